"""Splitting a jar in the circle: how many parts, what each is for, how much it gets, how many look after it."""

from collections.abc import Callable, Mapping

from msgspec.structs import replace

from kiosk.amounts import JAR, split
from kiosk.commands import Refusal, SplitFund
from kiosk.faces import Touch
from kiosk.rules.funds import circle_sizes, part_name
from kiosk.rules.projects import standing
from kiosk.rules.writing import same
from kiosk.state import PROJECTS, WORK, State
from kiosk.visit.circle_places import Agenda
from kiosk.visit.friday_places import SplitEqually
from kiosk.visit.ground import Step, Surroundings, object_to
from kiosk.visit.jar_places import HowMuch, NamePart, Parting, PartPeople, Parts
from kiosk.visit.picking import moved, picked
from kiosk.visit.places import Visit, back, go, start, turn
from kiosk.words import refusal

MOST_PARTS = 4
"""Parts that are offered."""

UNEQUAL = 0
"""Stands among the numbers of equal parts for parts of any size."""

MOST_OFFERED = 12
"""People for each part up to which every number is offered; beyond it only all who are here."""

MOST_WORDS = 12
"""Names that are offered: more than four pages nobody walks through."""


# --- how many parts ---------------------------------------------------------------------------------------


def split_touched(visit: Visit, place: SplitEqually, touch: Touch, around: Surroundings) -> Step:
    """Equal parts, more of them, or parts of any size; then what each is for."""
    match touch.value:
        case "take":
            sums = equal_sums(around.state, place.fund, place.ways) if place.ways != UNEQUAL else ()
            return Step(go(visit, NamePart(Parting(place.fund, equal=sums))))
        case "one more part":
            return Step(turn(visit, replace(place, ways=_more(place.ways))))
        case "write":
            return Step(go(visit, NamePart(Parting(place.fund))))
        case "back":
            return Step(back(visit))
    return Step(visit)


def _more(ways: int) -> int:
    """Two, three, four, of any size, and round again."""
    if ways == UNEQUAL:
        return 2
    return ways + 1 if ways < MOST_PARTS else UNEQUAL


def equal_sums(state: State, fund: str, ways: int) -> tuple[int, ...]:
    """Equal parts of what was counted, in cents, the odd ones in the first."""
    return tuple(split(state.funds[fund].counted.total, ways))


# --- what each is for -------------------------------------------------------------------------------------


def part_words(state: State, parting: Parting) -> tuple[str, ...]:
    """Names to pick from: the next number, what is proposed for this jar, what is needed, the shop's own words."""
    taken = tuple(name for name, _ in parting.parts)
    known = (
        *(project.sort for project in standing(state, parting.fund)),
        *(notice.work for notice in state.notices.values()),
        *state.named_projects,
        *state.named_work,
        *PROJECTS,
        *WORK,
    )
    free = {same(word): word for word in reversed(known) if isinstance(part_name(word, state, taken), str)}
    ordered = dict.fromkeys(free[same(word)] for word in known if same(word) in free)
    words = (word for word in ordered if word not in (PROJECTS[-1], WORK[-1]))
    return (_numbered(state, taken), *tuple(words)[: MOST_WORDS - 1])


def _numbered(state: State, taken: tuple[str, ...]) -> str:
    """The first of jar 2, jar 3, … that nothing is called yet."""
    numbers = range(2, len(state.funds) + len(state.reserves) + len(taken) + 4)
    names = (f"{JAR} {number}" for number in numbers)
    return next(name for name in names if isinstance(part_name(name, state, taken), str))


def name_touched(visit: Visit, place: NamePart, touch: Touch, around: Surroundings) -> Step:
    """A name is picked, or written; then how much is for it, unless all parts are equal."""
    if touch.verb == "type":
        return Step(turn(visit, replace(place, text=touch.value)) if place.text is not None else visit)
    if place.text is not None:
        return _named(visit, place.what, place.text, around) if touch.value == "typed" else Step(visit)
    rows = part_words(around.state, place.what)
    row = picked(touch, place.at, len(rows))
    if row is not None:
        return _named(visit, place.what, rows[row], around)
    match touch.value:
        case "back":
            return Step(back(visit))
        case "write":
            return Step(go(visit, replace(place, text="")))
    return Step(turn(visit, replace(place, at=moved(touch, place.at, len(rows)))))


def _named(visit: Visit, parting: Parting, text: str, around: Surroundings) -> Step:
    name = part_name(text, around.state, tuple(each for each, _ in parting.parts))
    if isinstance(name, Refusal):
        return object_to(visit, around, *refusal(name))
    if not parting.equal:
        return Step(go(visit, HowMuch(replace(parting, name=name))))
    cents, *others = parting.equal
    settled = replace(parting, parts=(*parting.parts, (name, cents)), equal=tuple(others))
    return Step(go(visit, NamePart(settled))) if others else _who(visit, settled, around)


def parts_touched(visit: Visit, place: Parts, touch: Touch, around: Surroundings) -> Step:
    """One part more, or that is all."""
    match touch.value:
        case "another":
            return Step(go(visit, NamePart(replace(place.what, name=""))))
        case "book":
            return _who(visit, place.what, around)
        case "back":
            return Step(start(visit, Agenda()))
    return Step(visit)


# --- how many look after each -----------------------------------------------------------------------------


def sizes(state: State, parting: Parting) -> tuple[int, ...]:
    """How many people for each part there are to choose from."""
    possible = circle_sizes(state, len(parting.parts))
    return tuple(size for size in possible if size <= MOST_OFFERED or size == possible[-1])


def _who(visit: Visit, parting: Parting, around: Surroundings) -> Step:
    """How many look after each is asked where there is a choice; else the rules say whether there are enough."""
    if len(sizes(around.state, parting)) > 1:
        return Step(go(visit, PartPeople(parting)))
    return Step(visit, SplitFund(parting.parts, around.state.charter.fund_circle, parting.fund))


def people_touched(visit: Visit, place: PartPeople, touch: Touch, around: Surroundings) -> Step:
    """How many people each part takes; with that the jar is split."""
    rows = sizes(around.state, place.what)
    row = picked(touch, place.at, len(rows))
    if row is not None:
        return Step(visit, SplitFund(place.what.parts, rows[row], place.what.fund))
    if touch.value == "back":
        return Step(back(visit))
    return Step(turn(visit, replace(place, at=moved(touch, place.at, len(rows)))))


TOUCHES: Mapping[type, Callable[..., Step]] = {
    SplitEqually: split_touched,
    NamePart: name_touched,
    Parts: parts_touched,
    PartPeople: people_touched,
}
