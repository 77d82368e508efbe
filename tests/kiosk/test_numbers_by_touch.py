"""Numbers said aloud at the kiosk: by touch and two badges; and a wrong one that is countered."""

import pytest
from by_hand import Kiosk

from kiosk.events import ConcessionWon, NumberCountered, NumberSaid, ReformNoted, TaskDone
from kiosk.faces import EntryFace, MoneyFace, ShelfFace, TapFace, TilesFace, TypeFace


@pytest.fixture
def kiosk(tmp_path):
    return Kiosk(tmp_path)


def shown(kiosk):
    return str(kiosk.faces[-1])


def newest(kiosk, kind):
    return next(
        entry.event for entry in reversed(list(kiosk.store.store.entries())) if isinstance(entry.event, kind)
    )


def begin(kiosk, kind):
    kiosk.tap("Amina")
    kiosk.touch("numbers")
    assert isinstance(kiosk.faces[-1], TilesFace)
    kiosk.touch(f"kind:{kind}")


def test_hours_are_said_with_the_days_the_source_and_two_badges(kiosk):
    begin(kiosk, "hours")
    kiosk.touch("work:repair")
    kiosk.digits("36")
    assert isinstance(kiosk.faces[-1], MoneyFace)
    assert kiosk.faces[-1].amount == "36 h"
    kiosk.turn(15)
    assert kiosk.faces[-1].amount == "36 h 15"
    kiosk.touch("typed")
    kiosk.touch("last week")
    kiosk.touch("pick:0")
    assert isinstance(kiosk.faces[-1], TapFace)
    assert kiosk.faces[-1].names == ("Amina",)
    kiosk.tap("Amina")
    assert "Now somebody else" in shown(kiosk)
    kiosk.tap("Jo")
    assert "It is written down" in shown(kiosk)
    said = newest(kiosk, NumberSaid)
    assert (said.measure, said.what, said.amount, said.source) == ("hours", "repair", 36 * 60 + 15, "the roster")
    assert (said.teller, said.witness) == ("Amina", "Jo")
    assert (said.since, said.until) == ("2026-09-14", "2026-09-20")


def test_goods_keep_their_unit_for_the_next_time(kiosk):
    begin(kiosk, "made")
    kiosk.write("<b>")
    assert isinstance(kiosk.faces[-1], TypeFace)
    assert "letters, digits and spaces" in shown(kiosk)
    kiosk.write("bread")
    kiosk.write("loaves")
    kiosk.digits("120")
    assert (kiosk.faces[-1].amount, kiosk.faces[-1].words) == ("120", "loaves")
    kiosk.touch("typed")
    kiosk.touch("day")
    kiosk.touch("pick:1")
    kiosk.touch("write")
    kiosk.write("the baker’s list")
    kiosk.tap("Jo")
    assert newest(kiosk, NumberSaid).unit == "loaves"
    kiosk.touch("ok")
    begin(kiosk, "taken")
    assert "bread" in shown(kiosk)
    kiosk.touch("pick:0")
    kiosk.digits("30")
    kiosk.touch("typed")
    kiosk.touch("today")
    assert "the baker’s list" in shown(kiosk)
    kiosk.touch("pick:0")
    kiosk.tap("Jo")
    taken = newest(kiosk, NumberSaid)
    assert (taken.measure, taken.what, taken.unit, taken.amount) == ("taken", "bread", "loaves", 30)


@pytest.mark.parametrize(("kind", "event"), [("won", ConcessionWon), ("reform", ReformNoted)])
def test_what_was_won_and_what_others_boast_of(kiosk, kind, event):
    begin(kiosk, kind)
    kiosk.write("ten minutes longer breaks")
    if kind == "won":
        kiosk.touch("pick:2")
    else:
        kiosk.write("the council")
    kiosk.digits("90000")
    kiosk.touch("typed")
    kiosk.touch("pick:2")
    kiosk.touch("year")
    kiosk.touch("pick:3")
    kiosk.tap("Jo")
    said = newest(kiosk, event)
    assert said.cents == 900_00
    assert (said.day, said.until) == ("2026-09-19", "2027-09-18")
    assert (said.action if kind == "won" else said.by) == ("a sit-in" if kind == "won" else "the council")


def test_what_is_not_worth_money_is_said_without(kiosk):
    begin(kiosk, "won")
    kiosk.write("the radio may play")
    for key in ("pick:0", "typed", "pick:0", "good", "pick:0"):
        kiosk.touch(key)
    kiosk.tap("Jo")
    assert (newest(kiosk, ConcessionWon).cents, newest(kiosk, ConcessionWon).until) == (0, "")


def test_a_wrong_number_is_countered_once_and_stays_on_the_list(kiosk):
    begin(kiosk, "hours")
    kiosk.touch("work:care")
    kiosk.digits("5")
    for key in ("typed", "today", "pick:0"):
        kiosk.touch(key)
    kiosk.tap("Jo")
    kiosk.touch("ok")
    kiosk.tap("Sara")
    for key in ("numbers", "said"):
        kiosk.touch(key)
    (line,) = kiosk.faces[-1].lines
    assert line.name == "5 h of care"
    kiosk.touch(line.key)
    assert isinstance(kiosk.faces[-1], EntryFace)
    kiosk.touch("wrong")
    kiosk.touch("amount")
    kiosk.tap("Wen")
    countered = newest(kiosk, NumberCountered)
    assert (countered.reason, countered.teller, countered.witness) == ("the amount was wrong", "Sara", "Wen")
    kiosk.touch("ok")
    kiosk.tap("Sara")
    for key in ("numbers", "said"):
        kiosk.touch(key)
    assert isinstance(kiosk.faces[-1], ShelfFace)
    assert kiosk.faces[-1].lines[0].told == "wrong; it counts no more"
    kiosk.touch(line.key)
    assert kiosk.faces[-1].choices == ()
    assert kiosk.faces[-1].line.note == "the amount was wrong"


def test_a_number_can_be_begun_by_whoever_taps_first(kiosk):
    """And nobody's badge is taken along into the errand of somebody else."""
    begin(kiosk, "hours")
    kiosk.tap("Jo")
    assert "Amina is still at it" in shown(kiosk)
    kiosk.wait(30)
    assert newest(kiosk, object) is not None
    assert "tap your badge" in shown(kiosk)


@pytest.mark.parametrize(
    ("presses", "minutes"),
    [(["abstain"], 0), (["yes", "yes", "no", "abstain"], 90), (["yes"] * 5 + ["abstain"], 15)],
)
def test_a_task_that_is_done_says_how_long_it_took_by_the_buttons(kiosk, presses, minutes):
    kiosk.gather("Amina", "Jo")
    kiosk.press("yes", "yes", "yes")
    kiosk.tap("Jo")
    kiosk.close()
    kiosk.wait(3 * 24 * 3600)
    kiosk.gather("Amina", "Jo")
    kiosk.touch("row:2")
    assert "Past its day" in shown(kiosk)
    kiosk.press("yes")
    assert "How long did it take Jo?" in shown(kiosk)
    kiosk.press(*presses)
    assert newest(kiosk, TaskDone).minutes == minutes
    assert "Done, and off the list" in shown(kiosk)


def test_the_length_of_a_task_can_be_typed(kiosk):
    kiosk.gather("Amina", "Jo")
    kiosk.press("yes", "yes", "yes")
    kiosk.tap("Jo")
    kiosk.close()
    kiosk.wait(3 * 24 * 3600)
    kiosk.gather("Amina", "Jo")
    kiosk.touch("row:2")
    kiosk.press("yes")
    kiosk.digits("3")
    kiosk.turn(15)
    assert kiosk.faces[-1].amount == "3 h 15"
    kiosk.digits("999")
    assert kiosk.faces[-1].amount == "200 h"
    kiosk.touch("typed")
    assert newest(kiosk, TaskDone).minutes == 200 * 60
