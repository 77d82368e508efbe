"""Reading the record for an audit or a ledger: no more of it than the days need, and from beside the kiosk.

An audit is counted from what was written since its days began, the newest backwards, and the few entries of before
that those need. A ledger's running total is of everything, so for it the whole record is read, an entry at a time.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta, tzinfo
from itertools import takewhile
from pathlib import Path

from msgspec.structs import replace

from kiosk import periods
from kiosk.amounts import EntryId
from kiosk.batch import spread
from kiosk.counted import Counted
from kiosk.events import DutyHandedOver, Entry, Report, ReportHeld, RoundClosed, RoundVoided, duty_called
from kiosk.figures import SO_FAR, Audit, Ledger, Span, count, ledger_of, quarters_of
from kiosk.store import Reader

TURNED = ("duty handed over",)
"""How the record calls what says since when a term is over."""

SAID = ("number said", "concession won", "reform noted")
"""How it calls what is about other days than the one it was written on."""

HELD = ("report held",)
"""How it calls that a report was read aloud."""


TREND = 12
"""Months that a chart looks back over, with the last of them."""


def trend_of(period: str) -> tuple[str, ...]:
    """The months up to the end of a month or a quarter, as a chart shows them, the oldest first."""
    *_, month = periods.months_of(period)
    found = [month]
    while len(found) < TREND:
        found.append(periods.before(found[-1]))
    return tuple(reversed(found))


def counted(reader: Reader, today: date) -> Counted:
    """The last whole month and quarter, and the month that runs. Raises StoreDamagedError as `audits` does."""
    running, quarter = periods.month_of(today), periods.before(periods.quarter_of(today))
    *earlier, so_far = audits(reader, (*trend_of(periods.before(running)), running))
    quarterly = ledger(reader, quarter)
    return Counted(
        earlier[-1], tuple(earlier), quarterly, audits(reader, trend_of(quarter)), reader.last_number, so_far
    )


def audits(
    reader: Reader, of: Sequence[str], zone: tzinfo | None = None, upto: int | None = None
) -> tuple[Audit, ...]:
    """What the record tells of months or quarters. zone: of the room's clock, None for the machine's own.

    upto: the last of our entries that counts; None for the newest. Raises StoreDamagedError for an entry that is
    not what was written, and ValueError for what names no period.
    """
    spans = [Span.of(period) for period in of]
    begins, ends = min(span.first for span in spans), max(span.last for span in spans)
    low, high = reader.between(_midnight(begins, zone), _midnight(ends + timedelta(days=1), zone))
    last = reader.last_number if upto is None else upto
    entries = _with_earlier(reader, low, min(high, last), last)
    return _with_late(reader, low - 1, count(entries, _taken_back(reader, last), spans, zone))


def _taken_back(reader: Reader, upto: int) -> Mapping[EntryId, EntryId]:
    """What was taken back by then, and by which entry."""
    found = reader.taken_back()
    if upto >= reader.last_number:
        return found
    return {name: by for name, by in found.items() if reader.stands_at(by) <= upto}


def held(reader: Reader, report: Report, period: str) -> Entry | None:
    """The entry that says that a report was read aloud; None while it was not."""
    return _held(reader, 0).get((report, period))


def _held(reader: Reader, after: int) -> dict[tuple[str, str], Entry]:
    found: dict[tuple[str, str], Entry] = {}
    for entry in reader.of_kinds(HELD, after):
        assert isinstance(entry.event, ReportHeld)
        found.setdefault((entry.event.report, entry.event.period), entry)
    return found


def _with_late(reader: Reader, after: int, found: Sequence[Audit]) -> tuple[Audit, ...]:
    """The same, each with what came after it was held; what is so far is of no time and never held.

    after: a number before all of them, so that no more is read.
    """
    when = _held(reader, after)

    def told(each: Audit) -> Audit:
        if each.period == SO_FAR:
            return each
        report = "ledger" if periods.is_quarter(each.period) else "audit"
        read = when.get((report, each.period))
        return replace(each, late=came_after(reader, each, read)) if read else each

    return tuple(map(told, found))


def came_after(reader: Reader, audit: Audit, read: Entry) -> tuple[EntryId, ...]:
    """The entries behind an audit's figures that were written after another entry, in the order of the record.

    Of what was taken back since, that is the entry that took it back.
    """
    since = reader.stands_at(read.id)
    names = dict.fromkeys(name for figure in audit.figures() for name in figure.entries)
    places = [(reader.stands_at(name), name) for name in names]
    return tuple(name for place, name in sorted(places) if place > since)


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
    found = count(_passing(reader, passed), reader.taken_back(), quarters_of(period), zone)
    return ledger_of(_with_late(reader, 0, found))


def _passing(reader: Reader, passed: Callable[[int], None]) -> Iterator[Entry]:
    for entry in reader.entries():
        yield from spread((entry,))
        passed(entry.number)


def _midnight(day: date, zone: tzinfo | None) -> int:
    """The moment a day began in the room, in milliseconds since 1970."""
    begins = datetime.combine(day, time())
    return int((begins.astimezone() if zone is None else begins.replace(tzinfo=zone)).timestamp() * 1000)


def _with_earlier(reader: Reader, low: int, high: int, last: int) -> Iterator[Entry]:
    """The entries from one number to another, each after those of before that it is counted by; and what was said
    later, up to a last number."""
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
    yield from takewhile(lambda entry: reader.stands_at(entry.id) <= last, reader.of_kinds(SAID, high))


def _turned_before(reader: Reader, number: int, called: str) -> Iterator[Entry]:
    """The latest hand-over of a duty before an entry, if there is one."""
    for entry in reader.of_kinds_back(TURNED, number):
        assert isinstance(entry.event, DutyHandedOver)
        if duty_called(entry.event.duty, entry.event.fund) == called:
            yield entry
            return
