"""The errand of hours, from the frame on the wire to the words on the screen."""

import pytest

from kiosk.faces import (
    BookedFace,
    DialFace,
    EntryFace,
    HomeFace,
    ListFace,
    TapFace,
    TilesFace,
    TroubleFace,
    WallFace,
)


def test_three_touches_log_a_swap_on_record_screen_and_wall(shop):
    shop.choose("work:repair").sees(TapFace, "The one who gave taps")
    shop.tap("Amina").sees(DialFace, "Amina gave repair")
    shop.tap("Jo")
    booked = shop.sees(BookedFace)
    assert booked.words == "Amina gave Jo 1 h of repair."
    assert shop.balances() == {"Amina": 60, "Jo": -60}
    wall = shop.wait(21).sees(WallFace)
    assert wall.recent[0].who == "Amina → Jo"
    assert dict(wall.balances)["Amina"] == 60
    assert wall.swapped == "1 h swapped this month"
    assert wall.sum_words == "What some gave, others got: the sum is 0"


def test_badge_first_and_the_dial(shop):
    shop.tap("Amina").sees(HomeFace)
    shop.choose("swap").sees(TilesFace, "What did you do?")
    shop.choose("work:childcare").turn(15).turn(15)
    assert shop.sees(DialFace).amount == "1 h 30"
    shop.tap("Sara")
    assert shop.sees(BookedFace).words == "Amina gave Sara 1 h 30 of childcare."


def test_a_printed_card_does_all_that_a_tag_does(shop):
    shop.choose("people").choose("add").choose("member:Jo").show_card("Jo's card")
    shop.tap("Amina").tap("Sara").sees(TroubleFace, "Jo has one more badge")
    shop.choose("ok").choose("work:cooking").tap("Amina").show_card("Jo's card")
    assert shop.sees(BookedFace).words == "Amina gave Jo 1 h of cooking."


def test_minding_four_children_is_shared_and_the_odd_minutes_fall_to_the_first(shop):
    shop.enrol("Tomek", "Amina", "Jo")
    shop.choose("work:childcare").tap("Amina").choose("several").turn(15)
    shop.tap("Jo").tap("Sara")
    assert shop.sees(DialFace, "Sara").taken == (("Jo", "38 min"), ("Sara", "37 min"))
    shop.choose("book").sees(BookedFace, "Amina gave Jo and Sara 1 h 15 of childcare.")
    assert shop.balances() == {"Amina": 75, "Jo": -38, "Sara": -37}


def test_work_for_the_commons_needs_a_witness(shop):
    shop.choose("work:other").tap("Jo").choose("commons").sees(DialFace, "now a witness taps")
    shop.wait(3).tap("Jo").sees(DialFace, "That is the same person again")
    assert shop.balances() == {}
    shop.tap("Sara").sees(BookedFace, "Jo gave the commons 1 h; Sara saw it.")
    assert shop.balances() == {"Jo": 60, "commons": -60}


def test_the_wrong_amount_is_undone_with_one_touch(shop):
    shop.choose("work:repair").tap("Amina").tap("Jo").sees(BookedFace)
    shop.choose("undo").sees(TroubleFace, "1 h taken back")
    assert shop.balances() == {"Amina": 0, "Jo": 0}


def test_the_receiver_undoes_it_from_their_own_page_within_five_minutes(shop):
    shop.choose("work:repair").tap("Amina").tap("Jo").sees(BookedFace)
    shop.choose("done").wait(60).tap("Jo")
    undo = next(tile.key for tile in shop.sees(HomeFace).tiles if tile.words == "undo")
    shop.choose(undo).sees(TroubleFace, "taken back")
    assert shop.balances() == {"Amina": 0, "Jo": 0}


def test_after_five_minutes_it_takes_both_badges_and_a_reason(shop):
    shop.choose("work:repair").tap("Amina").tap("Jo").sees(BookedFace)
    shop.choose("done").wait(301).tap("Jo")
    assert "undo" not in [tile.words for tile in shop.sees(HomeFace).tiles]
    line = shop.choose("entries").sees(ListFace).lines[0]
    assert (line.who, line.sign, line.amount) == ("Amina → Jo", "−", "1 h")
    shop.choose(line.key).sees(EntryFace)
    shop.choose("together").choose("amount").sees(TapFace, "Now Amina taps")
    shop.tap("Sara").sees(TapFace, "This entry does not name Sara")
    shop.tap("Amina").sees(TroubleFace, "taken back")
    assert shop.balances() == {"Amina": 0, "Jo": 0}
    shop.choose("ok").again("Amina").choose("entries")
    assert shop.sees(ListFace).lines[-1].mark == "taken back"


def test_many_hands_take_back_what_one_of_the_two_will_not(shop):
    shop.enrol("Tomek", "Amina", "Jo")
    shop.choose("work:repair").tap("Amina").tap("Jo").sees(BookedFace)
    shop.choose("done").wait(301).tap("Jo")
    line = shop.choose("entries").sees(ListFace).lines[0]
    shop.choose(line.key).choose("hands").choose("never").sees(TapFace, "Two of you tap")
    shop.tap("Sara").tap("Tomek").sees(TroubleFace, "taken back")
    assert shop.balances() == {"Amina": 0, "Jo": 0}


def test_a_clock_measures_what_nobody_knows_beforehand(shop):
    shop.tap("Amina").choose("swap").choose("work:repair").choose("clock").sees(TroubleFace, "The clock runs")
    shop.choose("ok").wait(100 * 60).tap("Amina").sees(HomeFace, "stop the clock")
    shop.choose("clock")
    assert shop.sees(DialFace).amount == "1 h 45"
    shop.tap("Jo").sees(BookedFace, "1 h 45")
    assert shop.core.state.members["Amina"].clock is None


def test_a_clock_left_running_overnight_is_asked_about_at_the_next_tap(shop):
    shop.tap("Amina").choose("swap").choose("work:repair").choose("clock").choose("ok")
    shop.wait(14 * 3600).tap("Amina").sees(DialFace, "How long was it?")
    shop.turn(60).tap("Jo").sees(BookedFace, "2 h")
    [entry] = [found for found in shop.store.entries() if found.event.__class__.__name__ == "HoursSwapped"]
    assert entry.event.from_memory is True


def test_nobody_can_give_more_than_the_room_that_is_left(shop):
    for _ in range(2):
        shop.choose("work:care").tap("Amina")
        shop.turn(9 * 60).tap("Jo").sees(BookedFace)
        shop.choose("done").wait(11)
    shop.choose("work:care").tap("Amina")
    face = shop.sees(DialFace)
    assert (face.amount, face.more) == ("15 min", False) or face.amount == "1 h"
    shop.tap("Jo")
    assert shop.balances()["Amina"] <= 20 * 60


@pytest.mark.parametrize("seconds", [0, 3])
def test_a_badge_that_lies_there_twice_books_once(shop, seconds):
    shop.choose("work:repair").tap("Amina").tap("Jo").sees(BookedFace)
    shop.wait(seconds).choose("done")
    shop.choose("work:repair").tap("Amina").tap("Jo").sees(DialFace, "booked")
    assert shop.balances() == {"Amina": 60, "Jo": -60}


def test_the_guard_against_double_reads_survives_a_power_cut(shop):
    shop.choose("work:repair").tap("Amina").tap("Jo").sees(BookedFace)
    shop.restart()
    shop.choose("work:repair").tap("Amina").tap("Jo")
    shop.sees(DialFace, "booked")
    assert shop.balances() == {"Amina": 60, "Jo": -60}


def test_somebody_who_walks_away_books_nothing_and_leaves_the_kiosk_free(shop):
    shop.tap("Amina").choose("swap").choose("work:repair").sees(DialFace)
    assert shop.wait(16).sees(DialFace).frame.seconds_left is not None
    shop.wait(5).sees(WallFace)
    assert shop.balances() == {}
    shop.tap("Jo").sees(HomeFace, "Jo")
