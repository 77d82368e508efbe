"""How concentrated the routines of a quarter are: done by one, or by many alike.

"As if so many people did it": the number of people who, all doing equally much, would be as concentrated as those
who really did it. With p the part of all deeds that each person did, it is 1 / sum(p * p): Hill's number of order
two ("Diversity and evenness", Ecology 54, 1973), known from parties in parliaments as Laakso and Taagepera's
(Comparative Political Studies 12, 1979). Of the numbers there are it is the one that needs no logarithm, so it
comes out exactly from whole numbers, and it looks at the busiest most. Here it is told in whole tenths.
"""

from msgspec import Struct

from kiosk.amounts import Handle
from kiosk.periods import before
from kiosk.rules.thrones import FEWEST_SWAPS
from kiosk.state import WORK, Routine, State
from kiosk.state.routines import WORK_OF


class Concentration(Struct, frozen=True):
    """One routine in one quarter. people: who did it how often, the busiest first; times: how often it was done.

    as_if: tenths of the number of people who would be as concentrated. earlier: the same in the quarter before; 0
    where nobody did it then.
    """

    routine: str
    times: int
    people: tuple[tuple[Handle, int], ...]
    as_if: int
    earlier: int = 0

    @property
    def busiest(self) -> int:
        """The busiest one's share of all times, in whole per mille."""
        return self.people[0][1] * 1000 // self.times if self.people and self.times else 0

    @property
    def trend(self) -> int:
        """1: as if clearly more people did it than in the quarter before; -1: fewer; 0: as many, or not known."""
        change = self.as_if - self.earlier
        return 0 if not self.earlier or abs(change) * 10 < max(5 * 10, self.earlier) else (1 if change > 0 else -1)


class Quarter(Struct, frozen=True):
    """All routines of a quarter, the most lopsided first. swaps: by kind of work. missing: kinds nobody swapped."""

    period: str
    routines: tuple[Concentration, ...]
    swaps: tuple[tuple[str, int], ...]
    missing: tuple[str, ...]

    def of(self, routine: str) -> Concentration:
        """One of them; nobody did what is not there."""
        return next((each for each in self.routines if each.routine == routine), Concentration(routine, 0, (), 0))

    @property
    def names(self) -> tuple[str, ...]:
        """All that can be asked about: the routines, then the kinds of work that nobody swapped."""
        return (*(each.routine for each in self.routines), *(WORK_OF + work for work in self.missing))


SELDOM_DONE = 6
"""Times; what was done less often in a quarter says little, and stands at the end."""


def quarter(state: State, period: str) -> Quarter:
    """What the record shows of a quarter that is kept (`kiosk.state.routines.QUARTERS`); empty for others."""
    found = [_concentration(state, each) for each in state.routines.values() if each.period == period]
    swaps = {work: kind.times[period] for work, kind in state.board.kinds.items() if period in kind.times}
    enough = sum(swaps.values()) >= FEWEST_SWAPS
    missing = (work for work in state.work() if work != WORK[-1] and work not in swaps) if enough else ()
    return Quarter(
        period,
        tuple(sorted(found, key=lambda each: (each.times < SELDOM_DONE, -each.busiest, each.as_if, each.routine))),
        tuple(sorted(swaps.items(), key=lambda each: (-each[1], each[0]))),
        tuple(missing),
    )


def _concentration(state: State, done: Routine) -> Concentration:
    last = state.routines.get(f"{before(done.period)} {done.name}")
    people = tuple(sorted(done.people.items(), key=lambda each: (-each[1], each[0])))
    return Concentration(done.name, done.times, people, as_if(done), as_if(last) if last else 0)


def as_if(done: Routine) -> int:
    """As if so many people did it, in whole tenths, halves up; 0 where nobody is known to have."""
    squares = sum(count * count for count in done.people.values())
    return (20 * done.deeds * done.deeds + squares) // (2 * squares) if squares else 0
