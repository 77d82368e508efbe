"""What one entry adds to which figures, and on which day it counts.

Nothing that was secret comes out: of votes only what the record tells anyway, and of rounds of fewer than five
ballots nothing but the outcome.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime, tzinfo
from functools import lru_cache
from typing import Any, NamedTuple

from kiosk.amounts import EntryId
from kiosk.events import (
    AnyEvent,
    CircleJoined,
    CircleOpened,
    CoinFell,
    CommonsServed,
    CommonsShared,
    ConcessionWon,
    DecisionReviewed,
    DissentCounted,
    DutyHandedOver,
    Entry,
    FridayClosed,
    HoursSwapped,
    JarCounted,
    MemberJoined,
    MemberLeft,
    MemberReturned,
    MoneyGiven,
    NumberSaid,
    ReformNoted,
    ReportHeld,
    ReserveSpent,
    RoundClosed,
    RoundOpened,
    RoundVoided,
    ShopFounded,
    TaskDone,
    TaskDropped,
    TaskTaken,
    WagesSliced,
    duty_called,
)
from kiosk.periods import is_late

FEWEST = 5
"""Ballots; of fewer, nothing but the outcome of a round is counted, whatever an entry tells."""


class Part(NamedTuple):
    """What an entry adds to one figure. per: of a share, what it adds to the whole."""

    section: str
    key: str
    amount: int
    what: str = ""
    unit: str = ""
    per: int = 0


class Known(NamedTuple):
    """What is known from entries of before. rolls: of open rounds, how many may press. until: the last day of each
    duty's term. Both are kept up to date by `remember`.
    """

    rolls: dict[EntryId, int]
    until: dict[str, str]


def remember(entry: Entry, known: Known) -> None:
    """Keep what later entries are counted by."""
    match entry.event:
        case RoundOpened(roll=roll):
            known.rolls[entry.id] = len(roll)
        case RoundClosed(round=opened) | RoundVoided(round=opened):
            known.rolls.pop(opened, None)
        case DutyHandedOver(duty=duty, fund=fund, until=until):
            known.until[duty_called(duty, fund)] = until


def day_of(entry: Entry, zone: tzinfo | None) -> date:
    """The day an entry was written on, on the clock of the room (None: the machine's own)."""
    return _day_of(entry.moment.wall // _QUARTER, zone)


_QUARTER = 15 * 60_000
"""Milliseconds; no day anywhere begins but on a quarter of an hour."""


@lru_cache(maxsize=4096)
def _day_of(quarter: int, zone: tzinfo | None) -> date:
    return datetime.fromtimestamp(quarter * _QUARTER / 1000, UTC).astimezone(zone).date()


def counts_on(entry: Entry, zone: tzinfo | None) -> date:
    """The day an entry counts for: the one it was written on; of what is said, the last day that it is about."""
    match entry.event:
        case NumberSaid(until=until):
            return date.fromisoformat(until)
        case ConcessionWon(day=day) | ReformNoted(day=day):
            return date.fromisoformat(day)
    return day_of(entry, zone)


def parts_of(entry: Entry, known: Known, zone: tzinfo | None) -> Iterator[Part]:
    """All that an entry adds, as long as nothing has taken it back."""
    counting = _COUNTED.get(type(entry.event))
    if counting:
        yield from counting(entry.event)
    match entry.event:
        case RoundClosed(round=opened, pressed=pressed) if roll := known.rolls.get(opened):
            yield Part("votes", "part", pressed, per=roll)
        case RoundVoided(round=opened) if opened in known.rolls:
            yield Part("votes", "void", 1)  # that of a Friday, or of approvals, is no vote
        case DutyHandedOver(duty=duty, fund=fund, leaving=leaving) if leaving:
            called = duty_called(duty, fund)
            days = _days_late(known.until.get(called, ""), day_of(entry, zone))
            if days:
                yield Part("duties", "late", days, called)


def _days_late(until: str, day: date) -> int:
    """As the alarm on the wall counts them: from the day after the last one, once it is late at all."""
    if not until or not is_late(date.fromisoformat(until), day):
        return 0
    return (day - date.fromisoformat(until)).days


def undone_part(event: AnyEvent) -> Part | None:
    """What an entry that was taken back adds to what is listed as such; None for one that can't be."""
    match event:
        case HoursSwapped(receivers=receivers):
            return Part("undone", "hours", sum(share.minutes for share in receivers))
        case CommonsServed(minutes=minutes):
            return Part("undone", "hours", minutes)
        case NumberSaid():
            return Part("undone", "numbers", 1)
        case ConcessionWon():
            return Part("undone", "won", 1)
        case ReformNoted():
            return Part("undone", "reforms", 1)
    return None


# --- hours ------------------------------------------------------------------------------------------------


def _task_done(event: TaskDone) -> Iterator[Part]:
    if event.minutes > 0:
        yield Part("hours", "tasks", event.minutes)
    yield Part("tasks", "done", 1)


def _swapped(event: HoursSwapped) -> Iterator[Part]:
    minutes = sum(share.minutes for share in event.receivers)
    yield Part("hours", "swapped", minutes, event.work)
    yield Part("share", "each", minutes)


def _borne(event: CommonsShared) -> Iterator[Part]:
    yield Part("share", "borne", event.minutes * len(event.among))


def _commons(event: CommonsServed) -> Iterator[Part]:
    yield Part("hours", "commons", event.minutes, event.work)
    yield Part("share", "commons", event.minutes)


# --- numbers said aloud -----------------------------------------------------------------------------------


def _said(event: NumberSaid) -> Iterator[Part]:
    if event.measure == "hours":
        yield Part("hours", "said", event.amount, event.what)
    else:
        yield Part("goods", event.measure, event.amount, event.what, event.unit)


def _won(event: ConcessionWon) -> Iterator[Part]:
    yield _worth("won", event.cents, event.action)


def _reform(event: ReformNoted) -> Iterator[Part]:
    yield _worth("reforms", event.cents, event.by)


def _worth(section: str, cents: int, what: str) -> Part:
    return Part(section, "worth", cents, what) if cents else Part(section, "bare", 1, what)


def holds_on(event: AnyEvent, day: date) -> bool:
    """Whether a concession or a reform still holds on a day."""
    return (
        isinstance(event, ConcessionWon | ReformNoted)
        and date.fromisoformat(event.day) <= day
        and (not event.until or date.fromisoformat(event.until) >= day)
    )


# --- money ------------------------------------------------------------------------------------------------


def _coin(event: CoinFell) -> Iterator[Part]:
    yield Part("moved", "coins", event.cents) if event.cents is not None else Part("moved", "unknown", 1)


def _wages(event: WagesSliced) -> Iterator[Part]:
    yield Part("moved", "wages", event.cents)


def _by_hand(event: MoneyGiven) -> Iterator[Part]:
    yield Part("moved", "hands", event.cents)


def _counted(event: JarCounted) -> Iterator[Part]:
    yield Part("counts", "difference", event.cents - event.expected)
    yield Part("counts", "counted", 1)


def _friday(event: FridayClosed) -> Iterator[Part]:
    yield Part("given", "spent", event.spent)
    yield Part("given", "handed on", sum(part.cents for part in event.handed_on))
    yield Part("given", "returned", sum(part.cents for part in event.returned))
    for bought in event.funded:
        yield Part("bought", "project", bought.cents + bought.aside, bought.title)


def _reserve(event: ReserveSpent) -> Iterator[Part]:
    yield Part("bought", "reserve", event.cents, event.words)


# --- circles and votes ------------------------------------------------------------------------------------


def _round(event: RoundClosed) -> Iterator[Part]:
    yield Part("votes", event.outcome, 1)
    counts = event.counts
    if counts is None or event.pressed < FEWEST:
        yield Part("dissent", "untold", 1)
        return
    yield Part("dissent", "none" if event.pressed in (counts.yes, counts.no) else "some", 1)
    yield Part("dissent", "noes", counts.no, per=event.pressed)


def _five(event: DissentCounted) -> Iterator[Part]:
    quiet = {True: "five quiet", False: "five loud", None: "five lost"}[event.quiet]
    yield Part("dissent", quiet, 1)


def _reviewed(event: DecisionReviewed) -> Iterator[Part]:
    yield Part("reviews", "true" if event.came_true else "not true", 1)
    if event.stands:
        yield Part("reviews", "stands", 1)


def _turned(event: DutyHandedOver) -> Iterator[Part]:
    yield Part("duties", "turned", 1, duty_called(event.duty, event.fund))


def _once(section: str, key: str) -> Callable[[Any], Iterator[Part]]:
    return lambda _: iter((Part(section, key, 1),))


_COUNTED: Mapping[type, Callable[[Any], Iterator[Part]]] = {
    TaskDone: _task_done,
    HoursSwapped: _swapped,
    CommonsServed: _commons,
    CommonsShared: _borne,
    NumberSaid: _said,
    ConcessionWon: _won,
    ReformNoted: _reform,
    CoinFell: _coin,
    WagesSliced: _wages,
    MoneyGiven: _by_hand,
    JarCounted: _counted,
    FridayClosed: _friday,
    ReserveSpent: _reserve,
    CircleOpened: _once("circles", "held"),
    TaskTaken: _once("tasks", "taken"),
    TaskDropped: _once("tasks", "dropped"),
    RoundClosed: _round,
    DissentCounted: _five,
    DecisionReviewed: _reviewed,
    DutyHandedOver: _turned,
    MemberJoined: _once("people", "came"),
    MemberReturned: _once("people", "back"),
    MemberLeft: _once("people", "left"),
    ShopFounded: lambda event: iter((Part("people", "came", len(event.founders)),)),
    ReportHeld: lambda event: iter((Part("held", "held", 1, event.report),)),
}


def people_there(event: AnyEvent) -> tuple[int, int] | None:
    """The circle that an entry says something of, and how many people it adds to it; None for all others."""
    match event:
        case CircleOpened(number=number, roll=roll):
            return number, len(roll)
        case CircleJoined(circle=circle):
            return circle, 1
    return None
