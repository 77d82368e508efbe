"""The kinds of work: the house's own and the shop's."""

from kiosk.commands import NameWork, Refusal
from kiosk.events import WorkNamed
from kiosk.rules.badges import owner
from kiosk.rules.case import Case, Verdict
from kiosk.rules.writing import WORK_SIGNS, plain_name, same
from kiosk.state import State

SHORTEST_WORK, LONGEST_WORK = 2, 24
"""Characters."""


def name_work(command: NameWork, case: Case) -> Verdict:
    """Add a word for a kind of work."""
    member = owner(command.badge, case)
    if isinstance(member, Refusal):
        return member
    word = plain_name(command.work, least=SHORTEST_WORK, most=LONGEST_WORK, signs=WORK_SIGNS)
    if isinstance(word, Refusal):
        return word
    known = next((kind for kind in case.state.work() if same(kind) == same(word)), None)
    if known:
        return Refusal("known work", "“{work}” is there already. Just choose it.", {"work": known})
    return (WorkNamed(handle=member.handle, work=word),)


def unknown_work(work: str, state: State) -> Refusal | None:
    """Why this is no kind of work here; None when it is one."""
    if work in state.work():
        return None
    return Refusal(
        "unknown work",
        "The shop has no such kind of work yet. Choose one from the screen, or add the word first.",
    )
