"""Hidden thrones: one person does nearly all of a routine, or a kind of work is done that nobody swaps.

Two things make a throne. The share: the charter's `throne` percent of a routine over this quarter and the last, and
`throne_least` times at least. And that it is no chance: if everybody who is there were as likely as any other to do
it each time, it would come to this for one of them less than once in a million. The chance of somebody's share is
that of a binomial distribution, with the mean of how many do it each time, and of how many were there who could:
a shop that three have founded is not ruled by them because they let all others in. Where these vary, the binomial
is the larger of the two (Hoeffding, "On the distribution of the number of successes in independent trials", Annals
of Mathematical Statistics 27, 1956), so the alarm rather comes too late. Reckoned in whole numbers.
"""

from datetime import date, timedelta
from functools import lru_cache
from math import comb

from msgspec import Struct

from kiosk.amounts import JAR, Handle
from kiosk.periods import before, first_day, quarter_of
from kiosk.state import WORK, Inversion, Kind, Routine, State
from kiosk.state.routines import DUTY, MILLION, WORK_OF

SMALLEST = 4
"""People; in a smaller shop everybody does half of everything."""

SELDOM = 1_000_000
"""Once in so many times, or more seldom, chance alone would do it: a shop that is fair never sees such an alarm."""


class Throne(Struct, frozen=True):
    """One person does it nearly always: did it so many of all times. since: the first day that was counted."""

    routine: str
    handle: Handle
    did: int
    times: int
    since: date


class Unswapped(Struct, frozen=True):
    """A kind of work that nobody swaps, since a day, while so many other swaps were booked."""

    work: str
    since: date
    swaps: int

    @property
    def routine(self) -> str:
        """Its name among all routines."""
        return WORK_OF + self.work


def thrones(state: State, today: date) -> tuple[Throne, ...]:
    """All of them, the most lopsided first; not those that are being turned round. today: as in the room."""
    if len(state.present()) < SMALLEST:
        return ()
    periods = _two_quarters(today)
    names = _lopsided(state, periods) - turned_round(state, today)
    found = (_throne(state, together(state, name, periods), today) for name in sorted(names))
    return tuple(sorted((each for each in found if each), key=lambda each: -each.did * 1000 // each.times))


def _two_quarters(today: date) -> tuple[str, str]:
    now = quarter_of(today)
    return before(now), now


def _lopsided(state: State, periods: tuple[str, str]) -> frozenset[str]:
    """Routines of which somebody did the share in one of the quarters; nobody has it of both who has it of neither.

    So the wall, which asks each minute, need not add up all that everybody did.
    """
    share = state.charter.throne
    return frozenset(
        each.name
        for each in state.routines.values()
        if each.period in periods and max(each.people.values(), default=0) * 100 >= share * each.times
    )


def together(state: State, name: str, periods: tuple[str, ...]) -> Routine:
    """A routine over several quarters."""
    parts = [state.routines[key] for period in periods if (key := f"{period} {name}") in state.routines]
    people: dict[Handle, int] = {}
    for part in parts:
        for handle, done in part.people.items():
            people[handle] = people.get(handle, 0) + done
    times, deeds = sum(part.times for part in parts), sum(part.deeds for part in parts)
    return Routine(periods[0], name, times, deeds, people, sum(part.fair for part in parts))


def _throne(state: State, routine: Routine, today: date) -> Throne | None:
    charter = state.charter
    here = {member.handle for member in state.present()}
    handle, did = max(routine.people.items(), key=lambda each: each[1], default=("", 0))
    if handle not in here or did < charter.throne_least or did * 100 < charter.throne * routine.times:
        return None
    among = _among(state, routine.name)
    by_all = by_chance_never(did, routine.times, routine.deeds, among)
    if not by_all or not seldom(did, routine.times, routine.fair, routine.times * MILLION, among):
        return None
    return Throne(routine.name, handle, did, routine.times, first_day(_two_quarters(today)[0]))


def _among(state: State, routine: str) -> int:
    """How many people could have done it: those who are there; of a daughter fund's duties, its circle."""
    here = {member.handle for member in state.present() if member.standing == "here"}
    duty = state.duties.get(routine.removeprefix(DUTY)) if routine.startswith(DUTY) else None
    circle = state.funds[duty.fund].circle if duty and duty.fund != JAR and duty.fund in state.funds else ()
    return len(here.intersection(circle)) if circle else len(here)


@lru_cache(maxsize=256)
def by_chance_never(did: int, times: int, deeds: int, among: int) -> bool:
    """Whether chance alone would let one of so many people do it so often less than once in SELDOM times.

    deeds: how many people did it, all times together. times: how often it was done.
    """
    if among < 2 or not deeds:
        return False
    return seldom(did, times, min(deeds, times * among), times * among, among)


@lru_cache(maxsize=256)
def seldom(did: int, times: int, each: int, whole: int, among: int) -> bool:
    """The same, where somebody's chance at one time is each / whole on average."""
    tail: int = sum(comb(times, k) * each**k * (whole - each) ** (times - k) for k in range(did, times + 1))
    all_ways: int = whole**times
    return tail * among * SELDOM <= all_ways


def unswapped(state: State, today: date) -> tuple[Unswapped, ...]:
    """Kinds of work that nobody swaps though the shop does, the longest first; not those being turned round.

    So many swaps of other kinds have been booked since that chance alone would have brought one of this kind, if
    all kinds were as likely. Nobody misses "something else".
    """
    if state.founded is None:
        return ()
    quiet = turned_round(state, today)
    kinds = [work for work in state.work() if work != WORK[-1]]
    founded = date(1970, 1, 1) + timedelta(days=state.founded.wall // 86_400_000)
    found = []
    for work in kinds:
        kind = state.board.kinds.get(work, Kind())
        since = max(founded, date(1970, 1, 1) + timedelta(days=kind.day))
        others = state.board.swaps - kind.at if kind.at >= 0 else _swaps_after(state, kind)
        if (today - since).days >= state.charter.unswapped and _missed(others, len(kinds) + 1):
            found.append(Unswapped(work, since, others))
    return tuple(sorted((each for each in found if each.routine not in quiet), key=lambda each: each.since))


def _swaps_after(state: State, kind: Kind) -> int:
    """Where several kiosks write none knows how many there had been: what was swapped in later quarters counts."""
    last = quarter_of(date(1970, 1, 1) + timedelta(days=kind.day))
    times = (each.times.items() for each in state.board.kinds.values())
    return sum(count for each in times for period, count in each if period > last)


FEWEST_SWAPS = 30
"""Fewer swaps than these tell nothing."""


def _missed(swaps: int, kinds: int) -> bool:
    """Whether so many swaps would leave one of so many kinds out by chance less than once in SELDOM times."""
    return swaps >= FEWEST_SWAPS and (kinds - 1) ** swaps * kinds * SELDOM <= kinds**swaps


# --- turned round -----------------------------------------------------------------------------------------


def turned_round(state: State, today: date) -> frozenset[str]:
    """Routines that the shop turns round just now: they are no alarm until the day on which that is asked about."""
    return frozenset(each.routine for each in state.inversions.values() if each.until > today.isoformat())


def due_inversions(state: State, today: date) -> tuple[Inversion, ...]:
    """Those whose day has come, the longest first."""
    due = (each for each in state.inversions.values() if each.until <= today.isoformat())
    return tuple(sorted(due, key=lambda each: each.until))
