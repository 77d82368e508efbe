"""Folding who does what: the routines that the record shows, and the kinds of work that are swapped.

A routine is anything that some people do for all, again and again: opening the circle, lending a hand, having a
duty. It is counted by quarters, who did it how often; the kiosk tells of it when one person does nearly all of it
(`kiosk.rules.thrones`). What anybody voted is no part of it, and can't be: no entry knows.
"""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from msgspec import UNSET
from msgspec.structs import replace

from kiosk.amounts import EntryId, Handle, Moment
from kiosk.events import (
    AnyEvent,
    BadgeAdded,
    BadgeRevoked,
    BenefitSaid,
    CharterChanged,
    CircleOpened,
    CommonsServed,
    ConcessionWon,
    DownsideArgued,
    DutyBegan,
    DutyEnded,
    DutyHandedOver,
    Entry,
    HoursCountered,
    HoursSwapped,
    InversionReviewed,
    InversionStarted,
    JarCounted,
    MemberJoined,
    MemberLeft,
    MemberReturned,
    MoneyGiven,
    NumberCountered,
    NumberSaid,
    PhotoAttached,
    PotluckSaid,
    ProjectProposed,
    ProjectSeconded,
    ReceiptShown,
    RecordRestored,
    ReformNoted,
    ReportHeld,
    ReserveSpent,
    RestDecided,
    RoundOpened,
    ToolGone,
    ToolShelved,
    UpdateAnswered,
    WagesSliced,
    duty_called,
)
from kiosk.periods import quarter_of
from kiosk.state.change import Change, Touched, lay, without
from kiosk.state.circles import LATEST_CIRCLE, note
from kiosk.state.present import Board, Inversion, Kind, Routine, State

OPENING = "opening the circle"
PROPOSING = "proposing"
SECONDING = "seconding"
HANDS = "lending hands"
WITNESS = "standing witness"
AGAINST = "arguing the downside"
COUNTING = "counting the jar"
NUMBERS = "saying numbers"
TENDING = "tending the kiosk"
CHARTER = "changing the charter"

ROUTINES = (OPENING, PROPOSING, SECONDING, HANDS, WITNESS, AGAINST, COUNTING, NUMBERS, TENDING, CHARTER)
"""The routines of every shop, by their names in the record. Those of duties and kinds of work come beside them."""

DUTY, WORK_OF = "duty: ", "work: "
"""How the names of other routines begin: having a duty, and a kind of work."""

QUARTERS = 5
"""How many quarters are kept: the one that runs and a year."""

Deeds = tuple[tuple[str, tuple[Handle, ...]], ...]
"""(routine, who did it) of one entry. Nobody, where nobody's name is with it: it was done all the same."""


def deeds(event: AnyEvent) -> Deeds:
    """What somebody did for all by this entry; empty for most. The person it is about is never one who did it."""
    who = _WHO.get(type(event))
    return who(event) if who else ()


def _hands(event: Any) -> Deeds:
    """Many hands, or two. Whoever left by their own word, or gave for themselves, lent nobody a hand."""
    about = getattr(event, "handle", "")
    others = tuple(hand for hand in event.hands if hand != about)
    return ((HANDS, others),) if others else ()


def _countered(event: HoursCountered) -> Deeds:
    others = tuple(hand for hand in event.by if hand not in event.moves)
    return ((HANDS, others),) if event.how == "hands" and others else ()


def _saw(witness: Handle) -> Deeds:
    return ((WITNESS, (witness,)),) if witness else ()


def _turn(event: DutyHandedOver) -> Deeds:
    return ((DUTY + duty_called(event.duty, event.fund), (event.coming,)), *_saw(event.witness))


def _said(event: NumberSaid | ConcessionWon | ReformNoted | NumberCountered) -> Deeds:
    return ((NUMBERS, (event.teller,)), *_saw(event.witness))


_WHO: Mapping[type, Callable[[Any], Deeds]] = {
    CircleOpened: lambda event: ((OPENING, (event.opener,) if event.opener else ()),),
    ProjectProposed: lambda event: ((PROPOSING, (event.proposer,)),),
    ProjectSeconded: lambda event: ((SECONDING, (event.handle,)),),
    RoundOpened: lambda event: ((AGAINST, (event.against,)),),
    DownsideArgued: lambda event: ((AGAINST, (event.against,)),),
    CommonsServed: lambda event: _saw(event.witness),
    MoneyGiven: lambda event: _saw(event.witness),
    ReceiptShown: lambda event: _saw(event.witness),
    DutyHandedOver: _turn,
    NumberSaid: _said,
    ConcessionWon: _said,
    ReformNoted: _said,
    NumberCountered: _said,
    HoursCountered: _countered,
    JarCounted: lambda event: ((COUNTING, event.hands),),
    UpdateAnswered: lambda event: ((TENDING, (event.handle,)), *_hands(event)),
    RecordRestored: lambda event: ((TENDING, event.hands), (HANDS, event.hands)),
    CharterChanged: lambda event: ((CHARTER, event.hands), (HANDS, event.hands)),
    **dict.fromkeys(
        (
            MemberJoined,
            MemberReturned,
            MemberLeft,
            BadgeAdded,
            BadgeRevoked,
            PhotoAttached,
            DutyBegan,
            DutyEnded,
            WagesSliced,
            RestDecided,
            ReserveSpent,
            ToolShelved,
            ToolGone,
            ReportHeld,
            InversionStarted,
            InversionReviewed,
        ),
        _hands,
    ),
}


# --- counting ---------------------------------------------------------------------------------------------


def quarter(moment: Moment) -> str:
    """The quarter that a moment counts to, as 2026-Q4; by UTC, so that every kiosk folds the record alike."""
    return _quarter_of_day(moment.wall // DAY)


DAY = 86_400_000
"""Milliseconds."""


@lru_cache(maxsize=64)
def _quarter_of_day(days: int) -> str:
    return quarter_of(date(1970, 1, 1) + timedelta(days=days))


def counted(change: Change, entry: Entry) -> Change:
    """The change with what was done for all by this entry counted too."""
    for routine, people in deeds(entry.event):
        could = getattr(entry.event, "could", UNSET)
        could = _could(change.state, entry.event, routine) if could is UNSET else could
        fair = fair_share(len(people), could)
        change = _count(change, quarter(entry.moment), routine, people, fair)
    return change


MILLION = 1_000_000


def fair_share(did: int, could: int) -> int:
    """How likely it falls to one of those who could, when so many do it at once; in millionths, rounded up."""
    return min(MILLION, -(-did * MILLION // could)) if could else 0


def could_witness(state: State) -> int:
    """How many are there to stand witness."""
    return sum(1 for member in state.members.values() if member.standing == "here")


def _could(state: State, event: AnyEvent, routine: str) -> int:
    """How many were there who could have done it: of a daughter fund's duties, those of its circle; whoever it is
    about lends no hand."""
    here = {member.handle for member in state.members.values() if member.standing == "here"}
    fund = state.funds.get(getattr(event, "fund", ""))
    if routine.startswith(DUTY) and fund is not None and here.intersection(fund.circle):
        here = here.intersection(fund.circle)
    if routine == HANDS:
        here = here - {getattr(event, "handle", "")}
    return len(here)


def _count(change: Change, period: str, routine: str, people: tuple[Handle, ...], fair: int) -> Change:
    """A document for each routine and quarter: an entry writes one small one, however much else is done."""
    state, name = change.state, f"{period} {routine}"
    before = state.routines.get(name) or Routine(period, routine)
    done = dict(before.people)
    for handle in people:
        done[handle] = done.get(handle, 0) + 1
    after = replace(before, times=before.times + 1, deeds=before.deeds + len(people), people=done)
    after = replace(after, fair=before.fair + fair)
    grown = lay(state, routines={name: after})
    gone = _forgotten(grown) if name not in state.routines else ()
    for each in gone:
        grown = replace(grown, routines=without(grown.routines, each))
    return Change(grown, (*change.touched, *(Touched("routines", each) for each in (name, *gone))))


def _forgotten(state: State) -> tuple[str, ...]:
    """What is older than the quarters that are kept."""
    kept = _newest({each.period for each in state.routines.values()})
    return tuple(name for name, each in state.routines.items() if each.period not in kept)


def _newest(periods: set[str]) -> tuple[str, ...]:
    return tuple(sorted(periods))[-QUARTERS:]


# --- kinds of work ----------------------------------------------------------------------------------------


_NEVER = Kind()


def one_more(board: Board, entry: Entry, event: HoursSwapped | CommonsServed) -> dict[str, Kind]:
    """The kinds of work with one more swap of a kind.

    Work for the commons counts: two badges know of it, so it is not work unseen.
    A swap that is taken back later stays counted, as the entry that takes it back need not know its kind.
    """
    day, period = entry.moment.wall // DAY, quarter(entry.moment)
    before = board.kinds.get(event.work, _NEVER)
    at = -1 if entry.order else board.swaps + 1
    day = max(before.day, day) if entry.order else day
    times = {**before.times, period: before.times.get(period, 0) + 1}
    if len(times) > QUARTERS:
        times = {each: times[each] for each in _newest(set(times))}
    return {**board.kinds, event.work: Kind(day=day, at=at, times=times)}


def named(board: Board, entry: Entry, work: str) -> Board:
    """A kind of work that has a name from now on: nobody could swap it before."""
    at = -1 if entry.order else board.swaps
    return replace(board, kinds={**board.kinds, work: Kind(day=entry.moment.wall // DAY, at=at)})


# --- reports and inversions -------------------------------------------------------------------------------

HELD = 60
"""Periods of a report of which it is remembered that it was held: five years of months."""

BENEFITS = 60
"""Answers of a quarter that are kept at hand, the latest; all of them are in the record."""


def _held(state: State, entry: Entry, event: ReportHeld) -> Change:
    before = state.held.get(event.report, ())
    periods = tuple(sorted({*before, event.period}))[-HELD:]
    return _noted(lay(state, held={event.report: periods}), entry, Touched("held", event.report))


def _noted(state: State, entry: Entry, touched: Touched) -> Change:
    """What the shop did stands with what the circle did, if one is open."""
    return Change(note(state, entry.id), (touched, LATEST_CIRCLE) if state.circle else (touched,))


def _benefit(state: State, entry: Entry, event: BenefitSaid) -> Change:
    """Those of the quarter before stay, to be compared; older ones are in the record."""
    said = (*state.benefits.get(event.period, ()), (event.routine, event.words))[-BENEFITS:]
    grown = lay(state, benefits={event.period: said})
    old = tuple(sorted(grown.benefits))[:-2]
    kept = replace(grown, benefits={key: value for key, value in grown.benefits.items() if key not in old})
    return Change(kept, tuple(Touched("benefits", each) for each in (event.period, *old)))


POTLUCKS = 60
"""What was said at a potluck that is kept at hand, the latest; all of it is in the record."""


def _potluck(state: State, entry: Entry, event: PotluckSaid) -> Change:
    """That of the month before stays; older ones are in the record."""
    said = (*state.potlucks.get(event.period, ()), (event.side, event.words))[-POTLUCKS:]
    grown = lay(state, potlucks={event.period: said})
    old = tuple(sorted(grown.potlucks))[:-2]
    kept = replace(grown, potlucks={key: value for key, value in grown.potlucks.items() if key not in old})
    return Change(kept, tuple(Touched("potlucks", each) for each in (event.period, *old)))


def _inverted(state: State, entry: Entry, event: InversionStarted) -> Change:
    inversion = Inversion(
        id=entry.id, routine=event.routine, words=event.words, until=event.until, since=entry.moment
    )
    return _noted(lay(state, inversions={entry.id: inversion}), entry, _inversion(entry.id))


def _reviewed(state: State, entry: Entry, event: InversionReviewed) -> Change:
    """It goes on with another day, or is over; nothing stays without a date."""
    touched = _inversion(event.inversion)
    if not event.until:
        return _noted(replace(state, inversions=without(state.inversions, event.inversion)), entry, touched)
    again = replace(state.inversions[event.inversion], until=event.until, came=event.words)
    return _noted(lay(state, inversions={event.inversion: again}), entry, touched)


def _inversion(name: EntryId) -> Touched:
    return Touched("inversions", name)


ASSUMPTIONS: Mapping[type, Callable[[State, Entry, Any], Change]] = {
    ReportHeld: _held,
    BenefitSaid: _benefit,
    PotluckSaid: _potluck,
    InversionStarted: _inverted,
    InversionReviewed: _reviewed,
}
"""How each event about reports and assumptions changes the present."""
