"""The reflection potluck: what was said is kept without a name, numbers are read, two badges say it was held."""

from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from by_hand import Kiosk
from hypothesis import given, settings
from hypothesis import strategies as some

from kiosk.amounts import Moment
from kiosk.commands import HoldReport, SayAtPotluck
from kiosk.events import Entry, PotluckSaid, ReportHeld
from kiosk.faces import HomeFace, PotluckFace, TapFace, WallFace
from kiosk.figures import Audit, audit
from kiosk.reports.gathered import audit_of
from kiosk.state import State, apply, document, restore
from kiosk.store import Reader
from kiosk.views.potluck import about_the_potluck, told

DAY = 24 * 3600


@pytest.fixture
def month(shop):
    """A shop at the end of its first month: 27 November 2026."""
    shop.wait(25 * DAY)
    return shop


def say(side="success", words="bread for all", badge="ada", period="2026-11"):
    return SayAtPotluck(period, side, words, badge)


def test_what_is_said_is_kept_without_a_name(month):
    """Nobody would say aloud what went wrong."""
    entry = month.done(say(side="failure", words="  two  of us   left "))
    assert entry.event == PotluckSaid("2026-11", "failure", "two of us left")
    written = msgspec.json.encode(entry).decode()
    assert "ada" not in written.casefold().replace("2026", "")
    assert month.state.potlucks == {"2026-11": (("failure", "two of us left"),)}
    assert about_the_potluck(entry.event) == "What went wrong in November 2026: two of us left."


def test_it_is_refused_too_early_once_held_and_twice(month):
    """Words would be put into a month that is over."""
    assert month.refused(say(period="2026-12")) == "too early"
    assert month.refused(say(period="2026-Q4")) == "no period"
    assert month.refused(say(period="2026-10")) == "before the shop"
    assert month.refused(say(words=" ")) != ""
    assert month.refused(say(badge="nobody")) != ""
    assert month.refused(say(badge=None)) == "no circle"
    month.done(say())
    assert month.refused(say()) == "said already"
    month.done(say(side="failure"))
    month.done(HoldReport("potluck", "2026-11", ("ada", "ben")))
    assert month.refused(say(words="more")) == "held already"


@settings(max_examples=40)
@given(some.lists(some.tuples(some.sampled_from(["success", "failure"]), some.integers(0, 200)), max_size=90))
def test_the_present_of_potlucks_is_what_comes_back_from_the_disk(said):
    """After a restart what was said would be gone, or more and more of it be carried around for ever."""
    state, tables = State(), {}
    for number, (side, month) in enumerate(said, 1):
        event = PotluckSaid(f"{2026 + month // 12}-{month % 12 + 1:02}", side, f"word {number}")
        moment = Moment(wall=number, mono=number, boot="b")
        state, touched = apply(state, Entry(device="k1", number=number, moment=moment, event=event))
        for each in touched:
            kept = document(state, each)
            table = tables.setdefault(each.table, {})
            if kept is None:
                table.pop(each.name, None)
            else:
                table[each.name] = kept
    assert restore(tables).potlucks == state.potlucks
    assert len(state.potlucks) <= 2
    assert all(len(each) <= 60 for each in state.potlucks.values())


# --- the evening ------------------------------------------------------------------------------------------


class Evening(Kiosk):
    """The demo shop in the last week of its month, and somebody's visit."""

    def __init__(self, folder: Path, audit: Callable[[str], Audit | None] | None = None) -> None:
        self.aloud: list[str] = []
        self.folder = folder
        said = self.aloud.append
        super().__init__(folder, say=lambda words, _: said(words), voice="asked", audit=audit or audit_of(folder))
        self.wait(5 * DAY)

    @property
    def face(self) -> PotluckFace:
        found = self.faces[-1]
        assert isinstance(found, PotluckFace), found
        return found


@pytest.fixture
def evening(tmp_path: Path) -> Evening:
    return Evening(tmp_path)


def test_any_badge_begins_it_and_buttons_lead_through_it(evening: Evening) -> None:
    """The evening would need somebody who knows how."""
    evening.tap("Wen")
    evening.touch("potluck")
    assert evening.face.head == "What went well?"
    evening.press("yes", "no", "yes")
    assert evening.face.sayings == ("Supplies",)
    evening.press("no")
    assert evening.face.head == "What went wrong?"
    evening.press("no")
    seen = []
    while evening.face.at[1]:
        seen.append((evening.face.head, evening.face.words, evening.face.value, evening.face.entries))
        evening.press("yes")
    with Reader.open(evening.folder) as reader:
        whole = audit(tuple(reader.entries()), "2026-09")
    assert len(seen) == len(told(whole)) > 3
    assert all(entries for *_, entries in seen)
    assert evening.face.head == "That was September 2026"
    evening.press("abstain")
    assert evening.face.at == (len(seen), len(seen))
    evening.press("yes", "yes")
    assert isinstance(evening.faces[-1], TapFace)
    assert evening.faces[-1].names == ("Wen",)
    assert not evening.core.state.held
    evening.tap("Jo")
    assert evening.core.state.held == {"potluck": ("2026-09",)}


def test_it_is_on_ones_own_page_at_the_end_of_the_month_until_it_was_held(evening: Evening) -> None:
    """Nobody would think of it. In the shop's first days there is hardly anything to tell, and nobody is asked."""
    for days, there in ((0, False), (10, False), (25, True)):
        evening.wait(days * DAY)
        evening.tap("Wen")
        home = evening.faces[-1]
        assert isinstance(home, HomeFace)
        assert ("potluck" in [tile.key for tile in home.tiles]) is there


def test_it_never_leaves_by_itself_while_the_room_talks(evening: Evening) -> None:
    """In the middle of a story the wall would come back."""
    evening.tap("Wen")
    evening.touch("potluck")
    evening.wait(2 * 3600)
    assert evening.face.head == "What went well?"
    evening.wait(2 * 3600)
    assert isinstance(evening.faces[-1], WallFace)


def test_a_badge_in_the_middle_sends_nobody_away(evening: Evening) -> None:
    """Whoever lays down their keys would end the evening."""
    evening.tap("Wen")
    evening.touch("potluck")
    evening.tap("Ada")
    assert evening.face.head == "What went well?"


def test_numbers_are_read_aloud_one_after_the_other_when_wished(evening: Evening) -> None:
    """The room would hear the same heading at each number, or nothing."""
    evening.tap("Wen")
    evening.touch("potluck")
    evening.press("no", "no")
    assert evening.aloud == []
    evening.press("no")
    assert "All together: 12 hours." in evening.aloud[-1]
    evening.press("yes")
    assert "For one another: 11 hours 30." in evening.aloud[-1]
    evening.press("yes")
    assert evening.aloud[-1] == "For the commons: 30 minutes."
    evening.press("no")
    assert evening.aloud[-1] == ""


def test_what_was_said_is_in_the_record_and_no_name_is(evening: Evening) -> None:
    evening.tap("Wen")
    evening.touch("potluck")
    evening.touch("note")
    evening.touch("write")
    evening.write("The oven was mended")
    with Reader.open(evening.folder) as reader:
        last = [entry.event for entry in reader.entries()][-1]
    assert last == PotluckSaid("2026-09", "success", "The oven was mended")
    assert not isinstance(last, ReportHeld)


def test_numbers_that_are_still_counted_come_by_themselves_and_then_stay(tmp_path: Path) -> None:
    """The house would read a month of entries itself while people wait, or the evening would have no numbers."""
    waiting = [None] * 6
    evening = Evening(tmp_path, lambda period: waiting.pop() if waiting else audit_of(tmp_path)(period))
    evening.tap("Wen")
    evening.touch("potluck")
    evening.press("no", "no")
    assert "Still counting" in evening.face.empty
    while waiting:
        evening.wait(1)
    evening.wait(1)
    assert evening.face.value
