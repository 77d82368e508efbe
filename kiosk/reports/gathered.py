"""Reading the record for an audit or a ledger: no more of it than the days need, and from beside the kiosk.

An audit is counted from what was written since its days began, the newest backwards, and the few entries of before
that those need. A ledger's running total is of everything, so for it the whole record is read, an entry at a time.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, time, timedelta, tzinfo
from pathlib import Path

from kiosk import periods
from kiosk.batch import spread
from kiosk.events import DutyHandedOver, Entry, RoundClosed, RoundVoided, duty_called
from kiosk.figures import Audit, Ledger, Span, count, ledger_of, quarters_of
from kiosk.store import Reader

TURNED = ("duty handed over",)
"""How the record calls what says since when a term is over."""

SAID = ("number said", "concession won", "reform noted")
"""How it calls what is about other days than the one it was written on."""


def audits(reader: Reader, of: Sequence[str], zone: tzinfo | None = None) -> tuple[Audit, ...]:
    """What the record tells of months or quarters. zone: of the room's clock, None for the machine's own.

    Raises StoreDamagedError for an entry that is not what was written, and ValueError for what names no period.
    """
    spans = [Span.of(period) for period in of]
    begins, ends = min(span.first for span in spans), max(span.last for span in spans)
    found = reader.between(_midnight(begins, zone), _midnight(ends + timedelta(days=1), zone))
    return count(_with_earlier(reader, *found), reader.taken_back(), spans, zone)


def audit_of(folder: Path) -> Callable[[str], Audit]:
    """What the record in a folder tells of a month, read at once: only where it is short, as on the tour.

    A kiosk has it counted beside (`kiosk.reckoning`). Raises as `audits` does, and StoreError where it can't be
    read.
    """

    def tells(period: str) -> Audit:
        with Reader.open(folder) as reader:
            (found,) = audits(reader, (period,))
        return found

    return tells


def ledger(
    reader: Reader, period: str, zone: tzinfo | None = None, passed: Callable[[int], None] = lambda _: None
) -> Ledger:
    """What the record tells of a quarter. passed: called with the number of each entry that was read.

    Raises as `audits` does, also for a month.
    """
    if not periods.is_quarter(period):
        raise ValueError(f"{period!r} is no quarter like 2026-Q4")
    return ledger_of(count(_passing(reader, passed), reader.taken_back(), quarters_of(period), zone))


def _passing(reader: Reader, passed: Callable[[int], None]) -> Iterator[Entry]:
    for entry in reader.entries():
        yield from spread((entry,))
        passed(entry.number)


def _midnight(day: date, zone: tzinfo | None) -> int:
    """The moment a day began in the room, in milliseconds since 1970."""
    begins = datetime.combine(day, time())
    return int((begins.astimezone() if zone is None else begins.replace(tzinfo=zone)).timestamp() * 1000)


def _with_earlier(reader: Reader, low: int, high: int) -> Iterator[Entry]:
    """The entries from one number to another, each after those of before that it is counted by; and what was said
    later."""
    turned: set[str] = set()
    for entry in reader.all_entries(low - 1, high):
        match entry.event:
            case RoundClosed(round=opened) | RoundVoided(round=opened) if found := reader.find(opened):
                if reader.stands_at(opened) < low:
                    yield found.entry
            case DutyHandedOver(duty=duty, fund=fund, leaving=leaving):
                called = duty_called(duty, fund)
                if leaving and called not in turned:
                    yield from _turned_before(reader, low, called)
                turned.add(called)
        yield entry
    yield from reader.of_kinds(SAID, high)


def _turned_before(reader: Reader, number: int, called: str) -> Iterator[Entry]:
    """The latest hand-over of a duty before an entry, if there is one."""
    for entry in reader.of_kinds_back(TURNED, number):
        assert isinstance(entry.event, DutyHandedOver)
        if duty_called(entry.event.duty, entry.event.fund) == called:
            yield entry
            return
