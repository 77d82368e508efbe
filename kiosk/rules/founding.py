"""What a founding takes over from another shop's template: only what could have been said at the kiosk."""

from collections.abc import Iterator

from kiosk.amounts import JAR, Handle
from kiosk.commands import Refusal
from kiosk.events import AnyEvent, CharterWritten, DutyBegan, WorkNamed
from kiosk.rules.charter import NUMBERS, fits, numbers_of
from kiosk.rules.duties import duty_name
from kiosk.rules.work import LONGEST_WORK, SHORTEST_WORK
from kiosk.rules.writing import WORK_SIGNS, plain_name, same
from kiosk.state import Charter, State
from kiosk.template import Template, digest_of

LONGEST_SHOP = 40
"""Characters."""


def begins_with(template: Template | None, founders: tuple[Handle, ...], state: State) -> tuple[AnyEvent, ...]:
    """The numbers, and then what else the template brings. state: before the founding."""
    if template is None:
        return (CharterWritten(numbers_of(state.charter)),)
    numbers = _numbers(template, state.charter, len(founders))
    charter = CharterWritten(numbers, digest_of(template), _whose(template))
    return (charter, *_work(template, founders, state), *_duties(template, founders, state))


def _whose(template: Template) -> str:
    """What the shop calls itself that it comes from, where that can be shown."""
    name = plain_name(template.shop, least=2, most=LONGEST_SHOP, signs=WORK_SIGNS)
    return "" if isinstance(name, Refusal) else name


def _numbers(template: Template, charter: Charter, people: int) -> dict[str, int]:
    """Theirs where they are sensible one by one and together; else those that a shop begins with."""
    own = numbers_of(charter)
    theirs = {
        name: value for name, value in template.numbers.items() if name in NUMBERS and value in NUMBERS[name].values
    }
    return own | theirs if fits(own | theirs, people) else own


def _work(template: Template, founders: tuple[Handle, ...], state: State) -> Iterator[WorkNamed]:
    known = {same(word) for word in state.work()}
    for said in template.work:
        word = plain_name(said, least=SHORTEST_WORK, most=LONGEST_WORK, signs=WORK_SIGNS)
        if not isinstance(word, Refusal) and same(word) not in known:
            known.add(same(word))
            yield WorkNamed(handle=founders[0], work=word)


def _duties(template: Template, founders: tuple[Handle, ...], state: State) -> Iterator[DutyBegan]:
    known: set[str] = set()
    for each in template.duties:
        name = duty_name(each.duty, state, JAR)
        if not isinstance(name, Refusal) and same(name) not in known:
            known.add(same(name))
            yield DutyBegan(name, each.how, each.term, founders)
