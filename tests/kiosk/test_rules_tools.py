"""The shelf of tools: two touches each way, and nobody is blamed for what a neighbour has."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.amounts import BadgeHash
from kiosk.codes import LABEL_LETTERS, new_label, read_code, read_label, write_code, write_label
from kiosk.commands import (
    BorrowTool,
    BreakTool,
    Leave,
    MendTool,
    ProposeProject,
    RemoveTool,
    ReturnTool,
    ShelveTool,
)
from kiosk.events import ToolBorrowed, ToolReturned
from kiosk.rules.tools import overdue_tools, tools_out
from kiosk.state import fold

ADA, BEN, CY = (BadgeHash(name) for name in ("ada", "ben", "cy"))
NOBODY = BadgeHash("nobody's")
SAW, DRILL = "AAAAAAAA", "BBBBBBBB"
DAY = 24 * 3600


@pytest.fixture
def shelf(shop):
    shop.done(ShelveTool(SAW, "Saw", (ADA, BEN)))
    shop.done(ShelveTool(DRILL, "Drill (18 V)", (BEN, CY)))
    return shop


def test_badge_label_borrowed_label_badge_back(shelf):
    assert shelf.done(BorrowTool(SAW, ADA)).event == ToolBorrowed(SAW, "Ada", "2026-11-09")
    (out,) = tools_out(shelf.state)
    assert (out.borrower, out.since, out.due) == ("Ada", shelf.now, "2026-11-09")
    assert shelf.done(ReturnTool(SAW, ADA)).event == ToolReturned(SAW, "Ada")
    assert tools_out(shelf.state) == ()
    assert fold(shelf.entries) == shelf.state


def test_whoever_finds_a_tool_brings_it_back(shelf):
    shelf.done(BorrowTool(SAW, ADA))
    shelf.done(ReturnTool(SAW, BEN))
    assert tools_out(shelf.state) == ()


def test_what_is_out_is_not_lent_twice_and_what_is_there_is_not_brought(shelf):
    shelf.done(BorrowTool(SAW, ADA))
    assert shelf.refused(BorrowTool(SAW, BEN)) == "out already"
    assert shelf.refused(BorrowTool(SAW, ADA)) == "out already"
    assert shelf.refused(ReturnTool(DRILL, BEN)) == "on the shelf"


def test_a_label_or_a_badge_that_nobody_knows_books_nothing(shelf):
    for command in (BorrowTool, ReturnTool, MendTool):
        assert shelf.refused(command("CCCCCCCC", ADA)) == "no tool"
        assert shelf.refused(command(SAW, NOBODY)) == "unknown badge"
    assert shelf.refused(BreakTool("CCCCCCCC", ADA, "x")) == "no tool"


def test_overdue_is_the_day_after_and_the_longest_comes_first(shelf):
    shelf.done(BorrowTool(DRILL, ADA))
    shelf.wait(DAY)
    shelf.done(BorrowTool(SAW, BEN))
    assert overdue_tools(shelf.state, date(2026, 11, 9)) == ()
    assert [tool.name for tool in overdue_tools(shelf.state, date(2026, 11, 10))] == ["Drill (18 V)"]
    assert [tool.name for tool in overdue_tools(shelf.state, date(2026, 12, 1))] == ["Drill (18 V)", "Saw"]


def test_what_is_broken_becomes_a_proposal_and_is_not_lent_until_it_works(shelf):
    shelf.done(BreakTool(SAW, ADA, "the blade"))
    assert shelf.refused(BreakTool(SAW, BEN, "the blade")) == "broken already"
    assert shelf.refused(BorrowTool(SAW, BEN)) == "broken"
    shelf.done(ProposeProject(ADA, "a blade for the saw", 12_00, "tool repair", tool=SAW))
    assert [project.tool for project in shelf.state.projects.values()] == [SAW]
    shelf.done(MendTool(SAW, BEN))
    assert shelf.refused(MendTool(SAW, BEN)) == "not broken"
    shelf.done(BorrowTool(SAW, BEN))


def test_a_tool_that_breaks_while_it_is_out_is_still_brought_back(shelf):
    shelf.done(BorrowTool(SAW, ADA))
    shelf.done(BreakTool(SAW, ADA, "the blade"))
    shelf.done(ReturnTool(SAW, ADA))
    assert shelf.state.tools[SAW].broken == "the blade"
    assert shelf.refused(BreakTool(DRILL, ADA, "  ")) == "no words"


def test_on_and_off_the_shelf_take_two_people(shelf):
    assert shelf.refused(ShelveTool("CCCCCCCC", "Plane", (ADA, ADA))) == "second badge"
    assert shelf.refused(RemoveTool(SAW, "lost", (ADA,))) == "second badge"
    shelf.done(BorrowTool(SAW, CY))
    shelf.done(RemoveTool(SAW, "lost on the train", (ADA, BEN)))
    assert SAW not in shelf.state.tools
    assert shelf.refused(ReturnTool(SAW, CY)) == "no tool"


def test_no_two_tools_are_mixed_up(shelf):
    assert shelf.refused(ShelveTool(SAW, "Plane", (ADA, BEN))) == "label taken"
    assert shelf.refused(ShelveTool("CCCCCCCC", "saw", (ADA, BEN))) == "name taken"
    assert shelf.refused(ShelveTool("CCCCCCCC", "[b]", (ADA, BEN))) == "name signs"


A_CARD = write_code(bytes(16))


@pytest.mark.parametrize("label", ["", "short", "aaaaaaaa", "AAAAAAA1", "AAAAAAAAA", "ÄAAAAAAA", A_CARD])
def test_only_a_label_of_ours_is_a_label(shelf, label):
    assert shelf.refused(ShelveTool(label, "Plane", (ADA, BEN))) == "no label"


def test_a_tool_of_somebody_who_left_is_still_out_with_them(shelf):
    """It does not come back by their leaving."""
    shelf.done(BorrowTool(SAW, CY))
    shelf.done(Leave("Cy", (CY,)))
    assert [tool.borrower for tool in tools_out(shelf.state)] == ["Cy"]
    shelf.done(ReturnTool(SAW, ADA))


@given(st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", min_size=LABEL_LETTERS, max_size=LABEL_LETTERS))
def test_a_label_says_its_letters_and_is_never_a_badge(letters):
    label = write_label(letters)
    assert read_label(label) == read_label(f" {label.lower()}\n") == letters
    assert read_code(label) is None
    assert read_label(write_code(bytes(16))) is None


def test_labels_in_use_stay_good():
    """They are glued to tools; their form can't change any more."""
    assert write_label("ABCDEFGH") == "TOOL1-ABCDEFGH-THZM"
    assert read_label("TOOL1-ABCDEFGH-THZM") == "ABCDEFGH"
    assert len({new_label() for _ in range(200)}) == 200


@given(st.integers(0, 18), st.sampled_from("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789- é"))
def test_a_scratched_label_is_noticed(place, sign):
    label = write_label("ABCDEFGH")
    misread = label[:place] + sign + label[place + 1 :]
    assert misread == label or read_label(misread) is None
