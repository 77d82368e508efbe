"""What is done with what equal shares leave over: add1u.

First every share is raised by one unit after the other, as if the jar held more, and all is counted again, while
what is bought costs no more than the jar really holds and something more would still fit. Then what is left buys
whatever most approve of that which still fits. The money put on top is only counted with; nothing is paid from
it.
"""

from collections.abc import Iterator, Sequence

from kiosk.counting.election import Wish
from kiosk.counting.purses import Room, Round, play
from kiosk.counting.steps import By, Filled, Raised, Tied


def raise_shares(room: Room) -> tuple[Raised, bool]:
    """How often the shares are raised, and whether the lot was needed on the way, also where it led too far.

    The same as counting anew after each single unit, but raises after which nothing changes are not counted one
    by one.
    """
    if sum(wish.cents for wish in room.wishes) <= room.budget:
        return Raised(room.unit, 0, "fits"), False
    rounds, at, by_lot = list[Round](), 0, False
    while True:
        rounds = play(room, at, rounds, watching=True)
        by_lot = by_lot or any(tie(_tied(room, each)).by == "lot" for each in rounds if len(each.tied) > 1)
        bought = {each.chosen for each in rounds}
        rest = room.budget - sum(room.wishes[place].cents for place in bought if place is not None)
        if rest < 0:
            return Raised(room.unit, at - 1, "over"), by_lot
        if all(wish.cents > rest for place, wish in enumerate(room.wishes) if place not in bought):
            return Raised(room.unit, at, "full"), by_lot
        at = min(each.until for each in rounds) + 1


def _tied(room: Room, each: Round) -> Sequence[Wish]:
    return [room.wishes[place] for place in each.tied]


def tie(wishes: Sequence[Wish]) -> Tied:
    """Several wishes that are as good, in the order in which ties are settled."""
    first, second = wishes[:2]
    by: By = "lot"
    if first.cents != second.cents:
        by = "price"
    elif first.approvals != second.approvals:
        by = "approvals"
    return Tied(tuple(wish.id for wish in wishes), by)


def fill(wishes: Sequence[Wish], rest: int) -> Iterator[Tied | Filled]:
    """Spend the rest on what most approve, one after the other; wishes: in the order in which ties are settled."""
    waiting = sorted(wishes, key=lambda wish: -wish.approvals)
    while waiting := [wish for wish in waiting if wish.cents <= rest]:
        first = waiting.pop(0)
        yield from _rivals(first, waiting, rest)
        rest -= first.cents
        yield Filled(first.id, first.cents, first.approvals, rest)


def _rivals(first: Wish, waiting: Sequence[Wish], rest: int) -> Iterator[Tied]:
    """A tie, if as many approve others and the rest can't pay all of them. The lot has a say only among those of
    one price, and only if it can't pay these."""
    equals = [first, *(wish for wish in waiting if wish.approvals == first.approvals)]
    alike = [wish for wish in equals if wish.cents == first.cents]
    if len(alike) * first.cents > rest:
        yield tie(alike)
    elif sum(wish.cents for wish in equals) > rest:
        yield Tied(tuple(wish.id for wish in equals), "price")
