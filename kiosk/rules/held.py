"""Reports that are read aloud: which are due, which are late, and that one was held."""

from datetime import date, timedelta

from msgspec import Struct

from kiosk.commands import HoldReport, Refusal
from kiosk.events import Report, ReportHeld
from kiosk.periods import before, first_day, is_quarter, last_day, month_of, quarter_of
from kiosk.rules.case import Case, Verdict
from kiosk.rules.jar import two_badges
from kiosk.state import State
from kiosk.words import local

MONTHLY: tuple[Report, ...] = ("audit", "potluck")
QUARTERLY: tuple[Report, ...] = ("ledger", "autopsy")

MEETINGS = ("potluck", "autopsy")
"""Those at which people sit together: they may do so at the end of the month or the quarter they look back at."""

LAST_WEEK = timedelta(days=7)
"""How long before the end of its period a meeting may be held."""

TOO_SHORT = timedelta(days=14)
"""A period that ended sooner after the founding needs no report: there is hardly anything to tell."""


class Overdue(Struct, frozen=True):
    """A report that is late. period: the newest month or quarter it is missing for; more: for how many before it.

    due: the day by which it should have been held.
    """

    report: Report
    period: str
    due: date
    more: int = 0


def hold_report(command: HoldReport, case: Case) -> Verdict:
    """It was read aloud; two badges say so."""
    hands = two_badges(command.badges, case)
    if isinstance(hands, Refusal):
        return hands
    refused = not_held(command.report, command.period, case)
    return refused or (ReportHeld(command.report, command.period, hands),)


def not_held(report: Report, period: str, case: Case) -> Refusal | None:
    """Why this can't be held for that period; None when it can."""
    if not _fits(report, period):
        return Refusal("no period", "That is no month or quarter of this report. Choose one from the list.")
    if period in case.state.held.get(report, ()):
        return Refusal("held already", "It was held already. Nothing needs doing.")
    today = local(case.now).date()
    if today < begins(report, period):
        return Refusal("too early", "It is too early for this. Wait until the end of the time it is about.")
    if case.state.founded is None or last_day(period) < local(case.state.founded).date():
        return Refusal("before the shop", "There was no shop yet. Choose a later one.")
    return None


def _fits(report: Report, period: str) -> bool:
    try:
        first_day(period)
    except ValueError:
        return False
    return is_quarter(period) == (report in QUARTERLY)


def begins(report: Report, period: str) -> date:
    """The first day on which it may be held."""
    return last_day(period) - LAST_WEEK if report in MEETINGS else last_day(period) + timedelta(days=1)


def due_by(state: State, period: str) -> date:
    """The day by which a report is held that is about this period."""
    charter = state.charter
    days = charter.quarterly_days if is_quarter(period) else charter.monthly_days
    return last_day(period) + timedelta(days=days)


def newest(report: Report, today: date) -> str:
    """The newest period for which the report can be held today."""
    period = quarter_of(today) if report in QUARTERLY else month_of(today)
    return period if begins(report, period) <= today else before(period)


def to_hold(state: State, report: Report, today: date) -> str:
    """The newest period for which the report waits to be held; "" when there is none."""
    period = newest(report, today)
    young = state.founded is None or last_day(period) < local(state.founded).date() + TOO_SHORT
    return "" if young or period in state.held.get(report, ()) else period


def overdue(state: State, today: date) -> tuple[Overdue, ...]:
    """Reports that are late by a day or more, one line each. today: on the clock of the room."""
    found = (_late(state, report, today) for report in (*MONTHLY, *QUARTERLY))
    return tuple(each for each in found if each)


def _late(state: State, report: Report, today: date) -> Overdue | None:
    if state.founded is None:
        return None
    missing = [period for period in _told_of(state, report, today) if period not in state.held.get(report, ())]
    if not missing:
        return None
    return Overdue(report, missing[0], due_by(state, missing[0]), len(missing) - 1)


LOOKED_BACK = 12
"""Periods: of older ones nobody is reminded any more."""


def _told_of(state: State, report: Report, today: date) -> tuple[str, ...]:
    """The periods for which a report should have been held by yesterday, the newest first."""
    assert state.founded is not None
    enough = local(state.founded).date() + TOO_SHORT
    period = quarter_of(today) if report in QUARTERLY else month_of(today)
    found: list[str] = []
    while last_day(period) >= enough and len(found) < LOOKED_BACK:
        if due_by(state, period) < today:
            found.append(period)
        period = before(period)
    return tuple(found)
