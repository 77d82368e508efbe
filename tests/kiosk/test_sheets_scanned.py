"""A code on a sheet, held to the scanner: it leads to the entries, changes nothing, and disturbs no vote."""

import pytest
from by_hand import Kiosk
from hypothesis import given, settings
from hypothesis import strategies as st

from hardware.signals import CodeScanned
from kiosk import figures, periods
from kiosk.amounts import EntryId
from kiosk.badge_key import BadgeKey
from kiosk.counted import Counted
from kiosk.faces import EntryFace, ListFace, TilesFace, Touch, WallFace
from kiosk.figures.numbers import MOST_SHOWN, Behind, read_behind
from kiosk.visit.hearing import SheetSeen, hear
from kiosk.words import local


@pytest.fixture
def kiosk(tmp_path):
    kiosk = Kiosk(tmp_path, counted=lambda: kiosk.counted)
    kiosk.counted = None
    yield kiosk
    kiosk.store.store.close()


def show(kiosk, behind):
    heard = hear(CodeScanned(at=0.0, device="scanner", text=str(behind)), BadgeKey(bytes(32)))
    assert heard == SheetSeen(behind)
    kiosk.clock.ms += 5_000
    kiosk.house.live_once(heard)
    return kiosk.faces[-1]


def hours(kiosk):
    return [entry for entry in kiosk.store.store.entries() if hasattr(entry.event, "giver")]


def test_entries_that_a_code_names_are_shown_to_anybody_and_nothing_is_booked(kiosk):
    """Whoever reads a figure on paper could not see where it comes from without a command line."""
    before = kiosk.store.store.last_number
    names = tuple(entry.id for entry in hours(kiosk)[:2])
    shown = show(kiosk, Behind(names))
    assert isinstance(shown, ListFace)
    assert [line.key for line in shown.lines] == [f"entry:{name}" for name in reversed(names)]
    kiosk.touch(shown.lines[0].key)
    assert isinstance(kiosk.faces[-1], EntryFace)
    kiosk.house.live_once(Touch("back"))
    assert kiosk.faces[-1] == shown
    kiosk.house.live_once(Touch("back"))
    assert isinstance(kiosk.faces[-1], WallFace)
    assert kiosk.store.store.last_number == before


def test_a_section_is_shown_as_far_as_it_is_counted(kiosk):
    today = local(kiosk.clock.now()).date()
    month = periods.month_of(today)
    assert show(kiosk, Behind((), month, "hours")).lines == ()
    entries = tuple(kiosk.store.store.entries())
    trend = figures.audits(entries, (month,))
    kiosk.counted = Counted(
        trend[-1], trend, figures.ledger(entries, periods.quarter_of(today)), trend, len(entries)
    )
    shown = show(kiosk, Behind((), periods.quarter_of(today), "share"))
    assert {line.key for line in shown.lines} <= {f"entry:{entry.id}" for entry in hours(kiosk)}
    assert shown.lines
    empty = show(kiosk, Behind((), "2019-03", "hours"))
    assert "at hand" in empty.empty


def test_entries_of_another_shop_are_said_to_be_none_of_ours(kiosk):
    assert "another shop" in show(kiosk, Behind((EntryId("zz9/1"), EntryId("zz9/7")))).empty


def test_in_the_middle_of_an_errand_the_errand_stays(kiosk):
    kiosk.tap("Amina")
    kiosk.touch("swap")
    assert isinstance(show(kiosk, Behind((EntryId("zz9/1"),))), TilesFace)


names = st.builds(
    lambda device, number: EntryId(f"{device}/{number}"),
    st.text("abcdefghijklmnopqrstuvwxyz0123456789", min_size=1, max_size=8),
    st.integers(1, 10**9),
)


@given(st.sets(names, min_size=1, max_size=30))
def test_what_is_printed_is_what_is_read(entries):
    found = read_behind(str(Behind(tuple(entries))))
    assert found is not None
    assert set(found.entries) == entries


@settings(max_examples=50)
@given(st.text(max_size=20) | st.sampled_from(["-1", "1-9999", "1,", "", "1-2000", "0x1"]).map("k1/{}".format))
def test_whatever_else_a_code_says_is_none_of_a_sheet_or_short(text):
    for code in (text, f"kiosk record --entries '{text}'", f"kiosk record --of {text}/hours"):
        found = read_behind(code)
        assert found is None or len(found.entries) <= MOST_SHOWN
