"""The pretended clock of a made-up year, and which of its days are for work."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from kiosk.amounts import Moment
from kiosk.clock import SIMULATED

DAYS_OFF = frozenset(((1, 1), (5, 1), (12, 25), (12, 26)))
"""Months and days on which the shop stands still."""

SATURDAY, FRIDAY = 5, 4
"""As `date.weekday` counts."""


class Clock:
    """Goes on only when it is told to, and never back. Times are those of the room, in this machine's time zone."""

    def __init__(self, first: date) -> None:
        self.then = datetime.combine(first, time(7))
        self._began = self.then.timestamp()

    def now(self) -> Moment:
        """This moment."""
        seconds = self.then.timestamp()
        return Moment(wall=round(seconds * 1000), mono=round((seconds - self._began) * 1000), boot=SIMULATED)

    @property
    def today(self) -> date:
        """The day it is."""
        return self.then.date()

    def go_to(self, day: date, minute: int) -> None:
        """Go on to a minute of a day, unless it is later already."""
        self.then = max(self.then, datetime.combine(day, time()) + timedelta(minutes=minute))

    def wait(self, seconds: int) -> None:
        """Go on."""
        self.then += timedelta(seconds=seconds)


def is_workday(day: date) -> bool:
    """Whether the shop works then."""
    return day.weekday() < SATURDAY and (day.month, day.day) not in DAYS_OFF


def workday_from(day: date) -> date:
    """That day, or the first workday after it."""
    while not is_workday(day):
        day += timedelta(days=1)
    return day


def workdays_after(day: date, count: int) -> date:
    """So many workdays later."""
    for _ in range(count):
        day = workday_from(day + timedelta(days=1))
    return day


def ends_week(day: date) -> bool:
    """Whether it is the week's last workday: the Friday, or the one that stands in for it."""
    return is_workday(day) and not any(is_workday(each) for each in _rest_of_week(day))


def ends_month(day: date) -> bool:
    """Whether it is the month's last workday."""
    later = workdays_after(day, 1)
    return is_workday(day) and later.month != day.month


def _rest_of_week(day: date) -> Iterator[date]:
    for days in range(1, FRIDAY - day.weekday() + 1):
        yield day + timedelta(days=days)
