"""Needs and offers: put up, matched, swapped from, gone by themselves."""

from kiosk.faces import BoardFace, BookedFace, DialFace, NoticeFace, TapFace, TilesFace, TroubleFace, WallFace


def post(shop, name: str, side: str, work: str, words: str):
    shop.choose("board").choose(side).tap(name).choose(f"work:{work}").write(words).choose("week")
    shop.sees(TroubleFace, "hangs on the board")
    return shop.choose("ok")


def test_a_need_hangs_on_the_wall_until_its_day_is_over(shop):
    post(shop, "Jo", "need", "translation", "a letter, Polish to English")
    assert shop.sees(WallFace).notices[0].words == "a letter, Polish to English"
    shop.wait(9 * 24 * 3600)
    assert shop.sees(WallFace).notices == ()


def test_a_swap_starts_from_a_need(shop):
    post(shop, "Jo", "need", "translation", "a letter, Polish to English")
    notice = shop.sees(WallFace).notices[0]
    shop.choose(notice.key).sees(NoticeFace, "Translation is needed")
    shop.choose("swap").sees(TapFace, "The one who gave taps")
    shop.tap("Sara").sees(DialFace, "Sara gave translation")
    shop.tap("Jo").sees(BookedFace, "Sara gave Jo 1 h of translation.")


def test_a_need_and_an_offer_of_one_kind_find_each_other(shop):
    post(shop, "Jo", "need", "driving", "to the tip on Saturday")
    post(shop, "Sara", "offer", "driving", "a van, weekends")
    board = shop.choose("board").sees(BoardFace)
    assert board.needs[0].match == "Sara offers this"
    assert board.offers[0].match == "Jo needs this"


def test_only_the_one_who_put_it_up_takes_it_down(shop):
    post(shop, "Jo", "offer", "repair", "bicycles")
    key = shop.sees(WallFace).notices[0].key
    assert "take down" not in [choice.key for choice in shop.choose(key).sees(NoticeFace).choices]
    shop.back().wait(21).tap("Jo").choose("board").choose(key).choose("take down")
    shop.sees(TroubleFace, "off the board")
    assert shop.choose("ok").sees(WallFace).notices == ()


def test_the_shop_names_its_own_kind_of_work(shop):
    shop.tap("Amina").choose("swap").choose("name work").write("beekeeping").sees(DialFace, "Amina gave beekeeping")
    shop.tap("Jo").sees(BookedFace, "1 h of beekeeping")
    shop.choose("done")
    assert "work:beekeeping" in [choice.key for choice in shop.sees(WallFace).work]


def test_the_shops_own_kinds_are_behind_something_else_on_the_wall(shop):
    shop.tap("Amina").choose("swap").choose("name work").write("beekeeping").tap("Jo").choose("done")
    shop.choose("work:other").sees(TilesFace, "beekeeping")
    shop.choose("work:beekeeping").sees(TapFace, "The one who gave taps")
