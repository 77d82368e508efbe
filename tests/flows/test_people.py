"""Founding, many hands, lost badges, being away, leaving."""

from kiosk.faces import DialFace, HomeFace, TapFace, TilesFace, TroubleFace, TypeFace, WallFace, WelcomeFace


def test_three_badges_found_a_shop_that_belonged_to_nobody(walk):
    assert "belongs to nobody yet" in walk.sees(WelcomeFace).words
    walk.tap("a").sees(TypeFace, "The first badge")
    walk.write("Amina").sees(WelcomeFace, "Two more badges")
    walk.wait(3).tap("a").sees(WelcomeFace, "This badge is in already")
    walk.tap("b").write("amina").sees(TypeFace, "is taken")
    walk.write("Jo").tap("c").write("Sara").sees(TroubleFace, "Amina, Jo and Sara founded the shop.")
    walk.choose("ok").sees(WallFace)


def test_somebody_new_comes_in_by_many_hands(shop):
    shop.choose("people").choose("join").write("Tomek").sees(TapFace, "Lay the new badge")
    shop.tap("Amina").sees(TapFace, "This is Amina’s badge")
    shop.tap("Tomek").sees(TapFace, "Two of you tap")
    shop.wait(3).tap("Tomek").sees(TapFace, "That is the new badge itself")
    shop.tap("Jo").wait(3).tap("Jo").sees(TapFace, "Jo has tapped")
    shop.tap("Sara").sees(TroubleFace, "Welcome, Tomek.")
    shop.choose("ok").tap("Tomek").sees(HomeFace, "Tomek")


def test_an_unknown_badge_says_what_to_do_and_can_become_somebodys(shop):
    trouble = shop.tap("found in the street").sees(TroubleFace, "nobody’s yet")
    assert trouble.choices[0].key == "people"
    shop.choose("people").choose("join").write("Wen").sees(TapFace, "Two of you tap")
    shop.tap("Amina").tap("Jo").sees(TroubleFace, "Welcome, Wen.")
    shop.choose("ok").tap("found in the street").sees(HomeFace, "Wen")


def test_a_lost_badge_opens_nothing_and_is_never_used_again(shop):
    shop.choose("people").choose("revoke").choose("member:Jo")
    badge = shop.sees(TilesFace).choices[0]
    assert badge.words == "tag"
    shop.choose(badge.key).tap("Jo").sees(TapFace, "Jo is the one concerned")
    shop.tap("Amina").tap("Sara").sees(TroubleFace, "opens nothing any more")
    shop.choose("ok").tap("Jo").sees(TroubleFace, "reported lost")
    shop.choose("ok").choose("people").choose("add").choose("member:Jo").again("Jo")
    shop.sees(TapFace, "reported lost")


def test_a_phone_can_never_be_a_badge_and_hears_why(shop):
    shop.uids["phone"] = bytes.fromhex("08A1B2C3")
    shop.tap("phone").sees(TroubleFace, "new at every tap")
    shop.choose("ok").choose("people").choose("add").choose("member:Jo").again("phone")
    shop.sees(TapFace, "new at every tap")
    assert len(shop.core.state.badges) == 3


def test_the_absent_sink_no_further(shop):
    shop.tap("Jo").choose("people").choose("away").sees(TroubleFace, "Good time away")
    shop.choose("ok").choose("work:repair").tap("Amina").tap("Jo")
    shop.sees(DialFace, "away")
    assert shop.balances() == {}
    shop.choose("stay").back().wait(21).tap("Jo").choose("back again").sees(TroubleFace, "Good to have you back")
    shop.choose("ok").choose("work:repair").tap("Amina").tap("Jo")
    shop.wait(0)
    assert shop.balances() == {"Amina": 60, "Jo": -60}


def test_leaving_gives_the_hours_to_the_commons_and_returning_takes_hands(shop):
    shop.enrol("Tomek", "Amina", "Jo")
    shop.choose("work:repair").tap("Tomek").tap("Jo").choose("done")
    shop.tap("Tomek").choose("people").choose("leave for good").choose("sure")
    shop.sees(TroubleFace, "Tomek has left")
    assert shop.balances() == {"Tomek": 0, "Jo": -60, "commons": 60}
    shop.choose("ok").again("Tomek").sees(TroubleFace, "nobody’s yet")
    shop.choose("ok").choose("people").choose("return").choose("member:Tomek").tap("Tomek's new")
    shop.tap("Amina").tap("Sara").sees(TroubleFace, "Welcome back, Tomek.")


def test_somebody_else_tapping_begins_their_own_visit_and_mixes_nothing(shop):
    shop.tap("Amina").sees(HomeFace, "Amina")
    shop.tap("Jo").sees(HomeFace, "Jo")
    assert shop.face.frame.who == "Jo"
