"""What the record tells of a month or a quarter, as figures that each name the entries they come from.

Pure: entries in, figures out. Who reads a record for it is `kiosk.reports.gathered`; how figures are said is
`kiosk.views.figures`.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, tzinfo

from kiosk import periods
from kiosk.amounts import EntryId
from kiosk.events import Entry
from kiosk.figures.counting import Counter, taken_back
from kiosk.figures.figure import (
    SO_FAR,
    Audit,
    Figure,
    Ledger,
    Measure,
    Name,
    Row,
    Section,
    Span,
    Standing,
)
from kiosk.figures.wording import LINES, TITLES

__all__ = [
    "LINES",
    "SO_FAR",
    "TITLES",
    "Audit",
    "Counter",
    "Figure",
    "Ledger",
    "Measure",
    "Name",
    "Row",
    "Section",
    "Span",
    "Standing",
    "audit",
    "audits",
    "count",
    "ledger",
    "ledger_of",
    "quarters_of",
    "taken_back",
]


def audit(entries: Collection[Entry], period: str, zone: tzinfo | None = None) -> Audit:
    """What entries, the oldest first, tell of a month or a quarter.

    The whole record gives the same as only those that were written since the period began, those that took one of
    them back, the opening of each round that was closed since, and the hand-over before each hand-over since.
    zone: of the room's clock, None for the machine's own. Raises ValueError for what names no period.
    """
    (found,) = audits(entries, (period,), zone)
    return found


def audits(entries: Collection[Entry], of: Iterable[str], zone: tzinfo | None = None) -> tuple[Audit, ...]:
    """The same of several months or quarters, in one go."""
    return count(entries, taken_back(entries), [Span.of(period) for period in of], zone)


def count(
    entries: Iterable[Entry],
    taken: Mapping[EntryId, EntryId],
    spans: Iterable[Span],
    zone: tzinfo | None = None,
) -> tuple[Audit, ...]:
    """Entries counted into spans, where it is known which were taken back (`taken_back`), and by which.

    The span that is called SO_FAR names no entries, as it comes from all.
    """
    wanted = list(spans)
    counter = Counter(wanted, taken, zone, nameless=[span for span in wanted if span.period == SO_FAR])
    for entry in entries:
        counter.add(entry)
    return counter.audits()


def quarters_of(period: str) -> list[Span]:
    """What a quarter's ledger counts: its months, itself, the quarter before, and all to its end."""
    whole = Span.of(period)
    so_far = Span(SO_FAR, date.min, whole.last)
    return [*map(Span.of, periods.months_of(period)), whole, Span.of(periods.before(period)), so_far]


def ledger_of(found: tuple[Audit, ...]) -> Ledger:
    """A ledger from what the spans of `quarters_of` came to."""
    *months, whole, before, so_far = found
    return Ledger(whole.period, tuple(months), whole, before, so_far)


def ledger(entries: Collection[Entry], period: str, zone: tzinfo | None = None) -> Ledger:
    """The quarter: its months side by side, the quarter before and the running total, from the whole record.

    Raises ValueError for what names no quarter.
    """
    if not periods.is_quarter(period):
        raise ValueError(f"{period!r} is no quarter like 2026-Q4")
    return ledger_of(count(entries, taken_back(entries), quarters_of(period), zone))
