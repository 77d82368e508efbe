"""Days that people name: today or later, and not too far."""

from datetime import date, timedelta

from kiosk.commands import Refusal
from kiosk.rules.case import Case
from kiosk.words import local

A_YEAR, TWO_YEARS = 366, 731
"""Days."""


def later_day(text: str, case: Case, *, most: int, least: int = 1) -> str | Refusal:
    """A day from `least` to `most` days from now on the clock of the room, as 2026-11-30."""
    today = local(case.now).date()
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return Refusal("no day", "This is no day. Choose one from the list.")
    if not today + timedelta(days=least) <= day <= today + timedelta(days=most):
        return Refusal("no such day", "That day is past or too far away. Choose one from the list.")
    return day.isoformat()
