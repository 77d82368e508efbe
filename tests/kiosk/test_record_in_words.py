"""The record, read from the outside: what an entry is about stands there in words, not as a number or a label."""

from kiosk.amounts import EntryId, Moment
from kiosk.events import (
    CharterChange,
    CharterChanged,
    DownsideArgued,
    Entry,
    NumberCountered,
    NumberSaid,
    ProjectProposed,
    ProjectSeconded,
    RoundOpened,
    RoundVoided,
    TaskDone,
    ToolBorrowed,
    ToolShelved,
)
from kiosk.reports.present import as_lines


def read(*events):
    """The sentences of a record of these events, without number and time."""
    moment = Moment(wall=0, mono=0, boot="a")
    entries = [Entry(device="k1", number=at, moment=moment, event=each) for at, each in enumerate(events, 1)]
    return [line.split("  ", 2)[2] for line in as_lines(entries)]


def test_a_tool_is_called_by_its_name():
    """Nobody knows what DRILL234 is, and whether it is the drill that is missed."""
    *_, borrowed = read(
        ToolShelved("DRILL234", "the drill", ("Ada", "Ben")), ToolBorrowed("DRILL234", "Ada", "2026-11-09")
    )
    assert borrowed == "Ada borrowed the drill, until 2026-11-09."


def test_a_label_that_is_of_another_tool_now_is_called_as_it_was_then():
    _, first, _, second = read(
        ToolShelved("DRILL234", "the drill", ("Ada", "Ben")),
        ToolBorrowed("DRILL234", "Ada", "2026-11-09"),
        ToolShelved("DRILL234", "the saw", ("Ada", "Ben")),
        ToolBorrowed("DRILL234", "Ada", "2026-12-09"),
    )
    assert "the drill" in first
    assert "the saw" in second


def test_proposals_and_votes_are_called_by_their_words():
    said = read(
        ProjectProposed("a lamp", 20_00, "Ada", "Ada", "tools"),
        ProjectSeconded(EntryId("k1/1"), "Ben"),
        DownsideArgued(1, EntryId("k1/1"), "Jo"),
        RoundOpened(1, "Longer breaks?", ("Ada", "Ben", "Jo"), "Jo", "", "2027-01-01", "yes"),
        RoundVoided(EntryId("k1/4"), "stopped"),
    )
    assert said[1] == "Ben seconded “a lamp”, so it stands."
    assert said[2] == "Jo argued against “a lamp”."
    assert "“Longer breaks?”" in said[4]
    assert not any("k1/" in line for line in said)


def test_numbers_and_changes_of_the_charter_are_called_by_their_words():
    """Nobody knows which number was wrong, or which vote it was, from k1/1."""
    said = read(
        NumberSaid("made", "bread", 12, "loaves", "2026-11-01", "2026-11-01", "a list", "Ada", "Ben"),
        NumberCountered(EntryId("k1/1"), "twice", "Ada", "Ben"),
        RoundOpened(1, "Four hands?", ("Ada", "Ben", "Jo"), "outcome", "Jo", "", "2027-01-01"),
        CharterChanged(CharterChange("hands", 3, 4), EntryId("k1/3"), ("Ada", "Ben", "Jo")),
    )
    assert said[1] == "Ada and Ben said that “bread, 12 loaves” was wrong and counts no more: twice."
    assert "as “Four hands?” decided" in said[3]


def test_what_is_not_known_keeps_its_number():
    assert read(TaskDone(EntryId("k9/9"), "Ada")) == ["Ada said that k9/9 is done."]
