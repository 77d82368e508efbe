"""An audit reads only as much of the record as its days need, and comes to the same as if it had read all of it."""

from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from kiosk import figures
from kiosk.amounts import EntryId, Moment
from kiosk.events import (
    AnyEvent,
    Counts,
    DutyHandedOver,
    Entry,
    HoursCountered,
    HoursSwapped,
    NumberCountered,
    NumberSaid,
    RoundClosed,
    RoundOpened,
    Share,
)
from kiosk.reports import gathered
from kiosk.store import Reader, Store

FIVE = ("Jo", "Amina", "Sara", "Ada", "Ben")
FAR_EAST = timezone(timedelta(hours=9))
PER_MONTH = 700


def swap(minutes: int, note: str = "") -> HoursSwapped:
    return HoursSwapped("Jo", (Share("Amina", minutes),), "cooking", note)


def said(amount: int, until: str) -> NumberSaid:
    return NumberSaid("made", "bread", amount, "loaves", until, until, "the book", "Jo", "Amina")


def written(folder: Path) -> list[Entry]:
    """Six months, each of more swaps than a batch; and around them what reaches across."""
    store = Store.open(folder)
    entries: list[Entry] = []

    def add(month: int, day: int, event: AnyEvent, hour: int = 12) -> EntryId:
        wall = int(datetime(2026, month, day, hour, tzinfo=UTC).timestamp() * 1000)
        entry = Entry(store.device, len(entries) + 1, Moment(wall, wall, "a"), event)
        entries.append(entry)
        return entry.id

    add(5, 2, DutyHandedOver("taking minutes", "Jo", "", "2026-05-10"))
    add(5, 3, DutyHandedOver("facilitating", "Jo", "", "2026-05-10"))
    for month in range(6, 12):
        add(month, 1, swap(15), hour=0)
        over = add(month - 1, 28, RoundOpened(1, "?", FIVE, "counts", "Jo", "", ""))
        add(month, 1, RoundClosed(over, "carried", 5, Counts(4, 1, 0)))
        for place in range(PER_MONTH):
            add(month, 1 + place // 30, swap(15 * (1 + place % 4), '"kind":"number said"'))
        wrong = add(month, 27, swap(600))
        nought = add(month, 27, said(5000, f"2026-{month:02d}-26"))
        add(month, 27, said(50, f"2026-{month - 1:02d}-28"))
        add(1, 1, swap(45))
        add(month, 28, HoursCountered(wrong, {"Jo": -600, "Amina": 600}, "a slip", "both", ("Jo", "Amina")))
        add(month, 28, NumberCountered(nought, "a nought", "Jo", "Amina"))
    add(9, 30, DutyHandedOver("taking minutes", "Amina", "Jo", "2026-10-10"))
    store.append(entries, {})
    store.close()
    return entries


@pytest.fixture(scope="module")
def shop(tmp_path_factory):
    folder = tmp_path_factory.mktemp("shop")
    return written(folder), folder


@pytest.mark.parametrize("zone", [UTC, FAR_EAST], ids=["here", "far east"])
@pytest.mark.parametrize("period", ["2026-01", "2026-05", "2026-06", "2026-09", "2026-11", "2026-12", "2026-Q3"])
def test_what_is_read_for_an_audit_tells_all_that_the_record_does(shop, period, zone):
    entries, folder = shop
    with Reader.open(folder) as reader:
        (audit,) = gathered.audits(reader, [period], zone)
    if period != "2026-01":
        assert audit == figures.audit(entries, period, zone)
    else:  # so long ago that nobody looks there for entries by a clock that was wrong
        assert audit.value("hours", "all") in (0, 6 * 45)


def test_a_ledger_reads_all_of_it_and_says_how_far_it_is(shop):
    entries, folder = shop
    passed: list[int] = []
    with Reader.open(folder) as reader:
        ledger = gathered.ledger(reader, "2026-Q3", UTC, passed.append)
        with pytest.raises(ValueError, match="2026-11"):
            gathered.ledger(reader, "2026-11", UTC)
    assert ledger == figures.ledger(entries, "2026-Q3", UTC)
    assert passed == [entry.number for entry in entries]


def test_what_somebody_wrote_is_not_taken_for_a_kind_of_entry(shop):
    entries, folder = shop
    with Reader.open(folder) as reader:
        found = [entry.id for entry in reader.of_kinds(("number said",), 0)]
        back = [entry.id for entry in reader.of_kinds_back(("number said",), entries[-1].number + 1)]
    assert found == [entry.id for entry in entries if isinstance(entry.event, NumberSaid)]
    assert back == found[::-1]


def test_months_in_which_nothing_was_written_are_empty(shop):
    _, folder = shop
    with Reader.open(folder) as reader:
        late, early = (gathered.audits(reader, [period], UTC)[0] for period in ("2031-01", "2025-03"))
    assert all(section.empty for section in (*late.sections, *early.sections))
