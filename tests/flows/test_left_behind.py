"""What somebody leaves behind at the kiosk is worth nothing to the next person."""

from kiosk.faces import (
    BoardFace,
    BookedFace,
    DialFace,
    HomeFace,
    NoticeFace,
    TapFace,
    TilesFace,
    TroubleFace,
    WallFace,
)


def test_stepping_back_to_the_wall_ends_the_visit_whoever_tapped(shop):
    shop.choose("work:repair").tap("Amina").sees(DialFace)
    shop.back().sees(WallFace)
    shop.choose("people").sees(TilesFace)
    assert "leave for good" not in [choice.key for choice in shop.face.choices]
    shop.choose("leave for good").choose("sure")
    assert shop.core.state.members["Amina"].standing == "here"


def test_nobody_gives_hours_with_a_badge_that_was_tapped_before_the_wall(shop):
    shop.choose("board").choose("need").tap("Jo").choose("work:care").write("the plants").choose("week").choose(
        "ok"
    )
    shop.choose("work:repair").tap("Amina").sees(DialFace)
    shop.back().sees(WallFace)
    shop.choose(shop.face.notices[0].key).sees(NoticeFace)
    shop.choose("swap").sees(TapFace, "The one who gave taps")
    assert shop.balances() == {}


def test_no_need_is_put_up_in_the_name_of_somebody_who_stepped_back(shop):
    shop.choose("board").choose("need").tap("Amina").back().back().sees(WallFace)
    shop.choose("board").sees(BoardFace)
    shop.choose("offer").sees(TapFace, "Tap your badge")


def test_a_double_touch_on_leaving_is_no_farewell(shop):
    shop.tap("Amina").choose("people").choose("leave for good").choose("leave for good")
    assert shop.core.state.members["Amina"].standing == "here"


def test_two_who_only_look_book_nothing_on_a_forgotten_clock(shop):
    shop.tap("Amina").choose("swap").choose("work:repair").choose("clock").choose("ok")
    shop.wait(13 * 3600).tap("Amina").sees(DialFace, "first say how long it was")
    shop.tap("Jo").sees(DialFace, "First say how long it was")
    assert shop.balances() == {}
    shop.choose("right").tap("Sara").sees(BookedFace, "1 h")


def test_a_receiver_who_taps_while_the_note_is_written_books_the_swap(shop):
    shop.choose("work:repair").tap("Amina").choose("note")
    shop.house.hear(type_("the back door"))
    shop.tap("Jo").sees(BookedFace)
    [*_, entry] = shop.store.entries()
    assert entry.event.note == "the back door"


def type_(text: str):
    from kiosk.faces import Touch

    return Touch("type", text)


def test_a_bad_name_is_said_at_once_and_costs_the_others_nothing(walk):
    walk.tap("a").write("the commons").sees(object, "belongs to everybody")
    walk.write("Amina").tap("b").write("Jo").tap("c").write("Sara").sees(TroubleFace, "founded the shop")
    walk.choose("ok").choose("people").choose("join").write("Аmina").sees(object, "letters of different alphabets")
    walk.write("amina.").sees(object, "Amina in the shop already")
    walk.write("Nadia").sees(TapFace, "Lay the new badge")


def test_those_whom_an_entry_names_are_no_hands_for_it(shop):
    shop.enrol("Tomek", "Amina", "Jo").choose("work:repair").tap("Amina").tap("Jo").choose("done")
    shop.wait(301).tap("Jo").choose("entries").choose(shop.face.lines[0].key).choose("hands").choose("never")
    shop.tap("Amina").sees(TapFace, "Amina is part of this entry")
    shop.tap("Sara").tap("Tomek").sees(TroubleFace, "taken back")


def test_a_word_typed_with_two_spaces_books_all_the_same(shop):
    shop.tap("Amina").choose("swap").choose("name work").write("bee  keeping ").sees(DialFace, "bee keeping")
    shop.tap("Jo").sees(BookedFace, "bee keeping")


def test_a_tap_long_after_nobody_ticked_acts_for_nobody_who_has_gone(shop):
    shop.tap("Amina").sees(HomeFace)
    shop.clock.ahead += 60_000
    shop.choose("swap")
    assert isinstance(shop.face, WallFace)
