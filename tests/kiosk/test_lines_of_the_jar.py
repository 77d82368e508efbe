"""What the record says of money and of tools, as people read it."""

import pytest

from kiosk.amounts import EntryId, Moment
from kiosk.events import (
    Bought,
    Entry,
    FridayClosed,
    FundSplit,
    HandedOn,
    JarCounted,
    MoneyGiven,
    Part,
    ProjectProposed,
    Returned,
    Slice,
    ToolBorrowed,
    WagesSliced,
)
from kiosk.views.lines import sentence


def said(event):
    return sentence(Entry(device="k1", number=1, moment=Moment(wall=0, mono=0, boot="a"), event=event))


@pytest.mark.parametrize(
    ("event", "words"),
    [
        (MoneyGiven("Ada", "Ben", 20_00), "Ada put € 20.00 into the jar; Ben saw it."),
        (
            WagesSliced(20_00, ("Ada", "Ben"), (Slice("Ada", 12_00), Slice("Cy", 8_00)), "garden"),
            "€ 20.00 of wages went into the jar “garden” (Ada € 12.00, Cy € 8.00), by the hands of Ada and Ben.",
        ),
        (JarCounted(20_00, 20_00, ("Ada", "Ben")), "Ada and Ben counted the jar: € 20.00, as expected."),
        (
            JarCounted(19_50, 20_00, ("Ada", "Ben"), unknown=2),
            "Ada and Ben counted the jar: € 19.50, € 0.50 less than expected, among it 2 coins of no known value.",
        ),
        (
            ProjectProposed("a saw", 40_00, "Ada", "Ben", "tool repair"),
            "Ada proposed for the jar: a saw, € 40.00 (tool repair), carried out by Ben.",
        ),
        (ToolBorrowed("ABCDEFGH", "Ada", "2026-11-09"), "Ada borrowed ABCDEFGH, until 2026-11-09."),
        (
            FundSplit(3, (Part("garden", 300_00, ("Ada", "Cy")), Part("press", 301_00, ("Ben", "Dan")))),
            "The circle parted the jar: “garden” with € 300.00 and Ada and Cy, "
            "“press” with € 301.00 and Ben and Dan.",
        ),
    ],
)
def test_an_entry_reads_as_one_would_say_it(event, words):
    assert said(event) == words


def test_a_friday_reads_whole_down_to_nothing():
    closed = FridayClosed(
        round=EntryId("k1/12"),
        ballots=8,
        funded=(Bought(EntryId("k1/9"), "a saw", 35_00, 5_00), Bought(EntryId("k1/8"), "ink", 10_00)),
        spent=45_00,
        rest=45_00,
        due="2026-11-13",
        detail="outcome",
        floor=3,
        handed_on=(HandedOn("reserve", "hardship", 44_98),),
        returned=(Returned("Ada", 1), Returned("Ben", 1)),
    )
    assert said(closed) == (
        "The jar, by 8 ballots, bought: a saw, € 40.00; ink, € 10.00. Spent: € 45.00; € 44.98 to hardship, "
        "€ 0.02 back to Ada and Ben. Left: € 0.00."
    )
