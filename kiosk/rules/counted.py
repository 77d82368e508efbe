"""The counting of a Friday, in the words of the record: what was bought, and why, from one and the same run."""

from collections.abc import Sequence
from fractions import Fraction

import msgspec
from msgspec import Struct

from kiosk.amounts import EntryId
from kiosk.counting import election
from kiosk.counting.equal_shares import count, lot
from kiosk.events import Approved, Offered, Step
from kiosk.state import Charter, Friday

Ballots = Sequence[frozenset[EntryId]]


class Counted(Struct, frozen=True):
    """What a counting came to.

    funded: in the order they were bought. approvals: in the order they were offered. floor: ballots that completion
    asks for. next: what was not bought and reached the floor, the closest first. by_lot: whether a lot was needed
    for what was bought; next_by_lot: whether one is needed for which comes next.
    """

    funded: tuple[EntryId, ...]
    approvals: tuple[Approved, ...]
    floor: int
    steps: tuple[Step, ...]
    next: tuple[EntryId, ...]
    by_lot: bool
    next_by_lot: bool


def counted(friday: Friday, ballots: Ballots, charter: Charter, seed: str) -> Counted:
    """Count a Friday by the Method of Equal Shares, completed by add1u. seed: made in the room, for ties."""
    rules = election.Rules(floor=Fraction(1, charter.floor) if charter.floor else Fraction(0))
    asked = election.Election(
        budget=friday.cents,
        projects=tuple(election.Project(each.project, each.cents, each.title) for each in friday.projects),
        ballots=tuple(ballots),
    )
    result = count(asked, rules, seed)
    floor = rules.least(len(ballots))
    approvals = {each.project: sum(each.project in ballot for ballot in ballots) for each in friday.projects}
    close = [
        each
        for each in friday.projects
        if each.project not in result.funded and approvals[each.project] >= max(floor, 1)
    ]
    ranked = sorted(close, key=lambda each: (*_rank(each, approvals), lot(seed, each.project)))
    return Counted(
        funded=tuple(EntryId(name) for name in result.funded),
        approvals=tuple(Approved(name, ballots) for name, ballots in approvals.items()),
        floor=floor,
        steps=tuple(_told(step) for step in result.steps),
        next=tuple(each.project for each in ranked),
        by_lot=result.by_lot,
        next_by_lot=len({_rank(each, approvals) for each in ranked[:2]}) < len(ranked[:2]),
    )


def _rank(offered: Offered, approvals: dict[EntryId, int]) -> tuple[int, int]:
    """More approvals first, then the cheaper."""
    return (-approvals[offered.project], offered.cents)


def _told(step: object) -> Step:
    """A step as the record has it: the same words, with fractions as text."""
    plain = msgspec.to_builtins(step, enc_hook=_as_text)
    told: Step = msgspec.convert(plain, Step)
    return told


def _as_text(value: object) -> str:
    if isinstance(value, Fraction):
        return str(value)
    raise NotImplementedError
