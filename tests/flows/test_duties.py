"""Duties at the wire: badges as PN532 frames, from the first touch to the record, and over a power cut."""

from datetime import date, timedelta

from kiosk.events import DutyBegan, DutyHandedOver
from kiosk.faces import DutiesFace, HomeFace, TapFace, TilesFace, TroubleFace, TypeFace, WallFace

WEEK = 7 * 24 * 3600


def last(walk):
    return list(walk.store.entries(after=walk.store.next_number - 2))[-1].event


def begin(shop):
    """Amina and Jo let the minutes go round, week by week."""
    shop.choose("duties").sees(DutiesFace, "No duty goes round yet")
    shop.choose("begin").sees(TilesFace, "What goes round?")
    shop.choose("begin:taking minutes").sees(TilesFace, "who comes next?")
    shop.choose("how:order").sees(TilesFace, "for how long?")
    shop.choose("term:week").sees(TapFace, "Two of you tap")
    shop.tap("Amina").wait(3).tap("Amina").sees(TapFace, "Amina has tapped")
    shop.tap("Jo").sees(TroubleFace, "Taking minutes goes round from now on.")
    return shop.choose("ok")


def test_a_duty_begins_by_many_hands_and_goes_from_one_to_the_next(shop):
    begin(shop)
    assert last(shop) == DutyBegan("taking minutes", "order", "week", ("Amina", "Jo"))
    shop.choose("duties").choose("duty:taking minutes").sees(TilesFace, "Amina comes next")
    shop.choose("hand over").sees(TapFace, "Amina and somebody else tap")
    shop.tap("Amina").sees(TapFace, "Now somebody else taps")
    shop.tap("Sara").sees(TroubleFace, "Taking minutes: Amina, until Sun")
    until = date.fromisoformat(last(shop).until)
    assert last(shop) == DutyHandedOver("taking minutes", "Amina", "", until.isoformat(), (), "Sara")
    assert until.weekday() == 6
    shop.choose("ok").choose("duties").choose("duty:taking minutes").choose("hand over")
    shop.again("Sara").wait(3).tap("Amina").sees(TapFace, "Jo comes next, not Sara")
    shop.wait(3).tap("Jo").wait(3).tap("Amina").sees(TroubleFace, "Taking minutes: Jo")
    assert last(shop).until == (until + timedelta(days=7)).isoformat()


def test_a_badge_that_is_nobodys_hands_nothing_over(shop):
    begin(shop)
    shop.choose("duties").choose("duty:taking minutes").choose("hand over")
    shop.tap("Amina").tap("found in the street").sees(TapFace, "nobody’s yet")
    shop.tap("Sara").sees(TroubleFace, "Taking minutes: Amina")


def test_a_title_is_answered_with_a_verb(shop):
    shop.choose("duties").choose("begin").choose("write").write("Schatzmeisterin")
    shop.sees(TypeFace, "die Kasse führen")
    shop.write("die Kasse führen").sees(TilesFace, "Die Kasse führen: who comes next?")


def test_who_has_what_and_who_comes_next_is_still_known_after_a_power_cut(shop):
    begin(shop)
    shop.choose("duties").choose("duty:taking minutes").tap("Amina").sees(TapFace, "Now somebody else taps")
    shop.restart()
    shop.sees(WallFace)
    assert shop.core.state.duties["taking minutes"].holder == ""
    shop.choose("duties").choose("duty:taking minutes").again("Amina").tap("Jo").sees(
        TroubleFace, "Amina, until Sun"
    )
    shop.restart()
    shop.sees(WallFace)
    (row,) = shop.choose("duties").sees(DutiesFace).rows
    assert (row.holder, row.next) == ("Amina", "Jo")


def test_when_the_term_is_over_any_badge_stands_for_the_one_who_is_not_there(shop):
    begin(shop)
    shop.choose("duties").choose("duty:taking minutes").choose("hand over").tap("Amina").tap("Sara")
    shop.choose("ok").choose("duties").choose("duty:taking minutes").choose("hand over")
    shop.again("Jo").wait(3).tap("Sara").sees(TapFace, "Amina has it until")
    shop.wait(WEEK).sees(WallFace)
    assert shop.choose("duties").sees(DutiesFace).rows[0].late
    shop.choose("duty:taking minutes").choose("hand over").sees(TapFace, "anybody’s badge will do")
    shop.tap("Sara").tap("Jo").sees(TroubleFace, "Taking minutes: Jo")
    assert (last(shop).leaving, last(shop).witness) == ("Amina", "Sara")


def test_from_ones_own_page_the_other_one_taps_and_that_is_all(shop):
    begin(shop)
    shop.again("Amina").sees(HomeFace, "Amina")
    shop.choose("duties").choose("duty:taking minutes").choose("hand over").sees(TapFace, "Now somebody else taps")
    shop.tap("Jo").sees(TroubleFace, "Taking minutes: Amina")
