"""Clocks that people let run while they work, when the length is not known beforehand."""

from kiosk.amounts import Moment, elapsed
from kiosk.commands import DropClock, Refusal, StartClock
from kiosk.events import ClockDropped, ClockStarted
from kiosk.rules.badges import owner
from kiosk.rules.case import Case, Verdict
from kiosk.rules.work import unknown_work
from kiosk.state import Charter, RunningClock

_MINUTE = 60_000
"""Milliseconds."""


def start_clock(command: StartClock, case: Case) -> Verdict:
    """Begin to measure. Somebody away may: they are there, and work for others only raises their balance."""
    member = owner(command.badge, case)
    if isinstance(member, Refusal):
        return member
    if member.clock:
        return Refusal(
            "clock runs",
            "A clock of {handle}'s is running already, for {work}. End it first, or drop it.",
            {"handle": member.handle, "work": member.clock.work},
        )
    return unknown_work(command.work, case.state) or (ClockStarted(handle=member.handle, work=command.work),)


def drop_clock(command: DropClock, case: Case) -> Verdict:
    """Stop measuring and book nothing."""
    member = owner(command.badge, case)
    if isinstance(member, Refusal):
        return member
    return no_clock(member.handle, member.clock) or (ClockDropped(handle=member.handle),)


def no_clock(handle: str, clock: RunningClock | None) -> Refusal | None:
    """Why nothing can be ended; None when a clock runs."""
    if clock:
        return None
    return Refusal(
        "no clock",
        "No clock of {handle}'s is running. Start one, or choose the hours by hand.",
        {"handle": handle},
    )


def measured(clock: RunningClock, now: Moment, charter: Charter) -> int | None:
    """Whole minutes the clock ran; None when that cannot be believed and people must say it from memory.

    Not believed: a clock left open for so long that it was forgotten, one started while the wall clock may have
    been wrong or read after a restart while it may be, and one that would have ended before it began.
    """
    ran = elapsed(clock.since, now)
    sure = clock.since.trusted and comparable(clock.since, now)
    if not sure or not 0 <= ran < charter.forgotten * _MINUTE:
        return None
    return ran // _MINUTE


def comparable(earlier: Moment, later: Moment) -> bool:
    """Whether the time between can be known: by one run's steady clock, or by two trusted wall clocks."""
    return earlier.boot == later.boot or (earlier.trusted and later.trusted)
