"""Months and quarters, by their names: 2026-11 is a month, 2026-Q4 a quarter."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache

QUARTER = 3
"""Months."""


def month_of(day: date) -> str:
    """The month that a day is in."""
    return f"{day:%Y-%m}"


def quarter_of(day: date) -> str:
    """The quarter that a day is in."""
    return f"{day.year}-Q{(day.month - 1) // QUARTER + 1}"


def is_quarter(period: str) -> bool:
    """Whether it names a quarter, and not a month."""
    return "Q" in period


@lru_cache(maxsize=128)
def first_day(period: str) -> date:
    """The day a period begins with. Raises ValueError, naming it, for what names no month and no quarter."""
    year, _, part = period.partition("-")
    try:
        month = (int(part[1:]) - 1) * QUARTER + 1 if part.startswith("Q") else int(part)
        first = date(int(year), month, 1)
    except ValueError:
        first = None
    if first is None or period not in (month_of(first), quarter_of(first)):
        raise ValueError(f"{period!r} is no month like 2026-11 and no quarter like 2026-Q4")
    return first


@lru_cache(maxsize=128)
def last_day(period: str) -> date:
    """The day a period ends with."""
    first = first_day(period)
    month = first.month + (QUARTER - 1 if is_quarter(period) else 0)
    return date(first.year, month, monthrange(first.year, month)[1])


def after(period: str) -> str:
    """The next month or quarter."""
    begins = last_day(period) + timedelta(days=1)
    return quarter_of(begins) if is_quarter(period) else month_of(begins)


@lru_cache(maxsize=128)
def before(period: str) -> str:
    """The month or quarter before."""
    ended = first_day(period) - timedelta(days=1)
    return quarter_of(ended) if is_quarter(period) else month_of(ended)


def months_of(period: str) -> Iterator[str]:
    """The months of a quarter in turn; of a month, itself."""
    month = month_of(first_day(period))
    for _ in range(QUARTER if is_quarter(period) else 1):
        yield month
        month = after(month)


GRACE = 2
"""Days from Monday to Friday after the last day of a term: on the second of them people call it late."""


def is_late(last: date, today: date) -> bool:
    """Whether people would call late what was to be done by a day: not on the next morning, nor over a weekend."""
    days = (today - last).days
    weeks, rest = divmod(days, 7)
    return days > 0 and weeks * 5 + sum((last.weekday() + each) % 7 < 5 for each in range(1, rest + 1)) >= GRACE
