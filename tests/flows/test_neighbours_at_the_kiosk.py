"""Two shops link by each other's codes, and a guest swaps: from the scanner's bytes to the books of both."""

from kiosk.amounts import EntryId
from kiosk.faces import DialFace, HomeFace, ShelfFace, TapFace, TilesFace, TroubleFace, WallFace
from kiosk.letters import BEGINNING, News, Posted, Wire, write_card, write_segment
from kiosk.letters.codes import as_codes
from kiosk.sealing.note import Signer


def link(one, other, hands):
    one.scan_all(list(reversed(other.our_card())))
    one.sees(DialFace, f"{other.shop} wants to link")
    for name in hands:
        one.tap(name)
    one.sees(TroubleFace, f"{other.shop} is our neighbour, up to 10 h either way.")
    one.choose("ok")


def carry(one, other):
    other.scan_all(one.letters_to(other.shop)).sees(TroubleFace, f"of {one.shop} came")
    other.choose("ok")


def test_two_shops_link_face_to_face_and_swap_in_three_touches(canal, mill):
    link(canal, mill, ("Amina", "Jo"))
    link(mill, canal, ("Tomek", "Priya"))

    # Tomek takes his badge along; Canal Street hears of it by code.
    mill.tap("Tomek").choose("neighbours").choose("neighbour:Canal Street").choose("swap there")
    mill.sees(TapFace, "Tap the badge that you take along")
    mill.again("Tomek").sees(TroubleFace, "Once this letter is at Canal Street")
    mill.choose("ok")
    carry(mill, canal)
    canal.uids["Tomek of Mill Lane"] = mill.uid("Tomek")

    # He gave, Amina got.
    canal.choose("work:repair").tap("Tomek of Mill Lane").sees(DialFace, "Tomek of Mill Lane gave repair")
    canal.tap("Amina")
    told = canal.sees(TroubleFace, "Tomek of Mill Lane gave Amina 1 h of repair.")
    assert "It counts once their kiosk has answered." in told.words
    assert canal.balances() == {}
    # Jo gave, he got.
    canal.choose("ok").choose("work:cooking").tap("Jo").turn(60).tap("Tomek of Mill Lane")
    canal.sees(TroubleFace, "Jo gave Tomek of Mill Lane 2 h of cooking.")
    canal.choose("ok")

    carry(canal, mill)
    assert mill.balances() == {"Tomek": -60, "@Canal Street": 60}
    carry(mill, canal)
    assert canal.balances() == {"Amina": -60, "Jo": 120, "@Mill Lane": -60}

    page = canal.choose("people").choose("neighbours").sees(ShelfFace)
    assert page.lines[0].told == "they got 1 h more from us"
    canal.choose("neighbour:Mill Lane").sees(HomeFace, "They got 1 h more from us")
    canal.choose("part").sees(HomeFace, "The account with Mill Lane is not at zero yet")
    # A guest opens nothing, and nobody can make a guest's badge their own by a slip.
    canal.wait(61).tap("Tomek of Mill Lane").sees(TroubleFace, "Tomek of Mill Lane")


def test_shops_that_are_even_part_as_easily_as_they_linked(canal, mill):
    link(canal, mill, ("Amina", "Jo"))
    canal.tap("Amina").choose("neighbours").choose("neighbour:Mill Lane").choose("part")
    canal.sees(TapFace, "Parting from Mill Lane")
    canal.tap("Jo").sees(TroubleFace, "We have parted from Mill Lane.")
    canal.choose("ok").choose("people").choose("neighbours")
    assert canal.sees(TilesFace, "No shop is linked yet").choices[0].key == "card"


def test_nobody_links_a_shop_alone_and_not_twice(canal, mill):
    codes = mill.our_card()
    canal.scan_all(codes).sees(DialFace, "Mill Lane wants to link")
    canal.turn(120).tap("Amina").sees(TapFace, "up to 12 h either way")
    canal.again("Amina").sees(TapFace, "Amina has tapped")
    assert not canal.core.state.neighbours
    canal.tap("Sara").sees(TroubleFace, "Mill Lane is our neighbour")
    canal.choose("ok").wait(20).scan_all(codes).sees(
        TroubleFace, "With Mill Lane there is nothing to link any more"
    )


def test_the_screen_says_which_codes_are_missing(canal):
    """A card with a certificate is two codes; they come in any order, and also twice."""
    certificate = "MIIB" + "".join(f"{number * 7919 % 65536:04x}" for number in range(240))
    signer = Signer("commons-kiosk/kmill", b"m" * 32)
    codes = as_codes(write_card("Mill Lane", signer, Wire("U" + "A" * 55, certificate)))
    assert codes is not None
    assert len(codes) == 2
    first, second = codes
    assert canal.scan(second).sees(TroubleFace, "1 of 2 codes so far").mend == "Now the other code."
    canal.scan_all([first]).sees(DialFace, "Mill Lane wants to link")
    # The scanner still sees the second one; the dial stays.
    canal.scanner_wire.scan(second)
    canal.wait(1).tap("Nobody").sees(DialFace, "This badge is nobody’s yet")


def test_two_stories_are_looked_at_in_both_shops_and_hours_are_swapped_again(canal, mill):
    link(canal, mill, ("Amina", "Jo"))
    link(mill, canal, ("Tomek", "Priya"))
    carry(mill, canal)
    # Whoever holds their key signs another letter as their first.
    other = Posted(EntryId("k1/9"), 1_793_620_800_000, News("We never wrote the other one"))
    forged = write_segment(mill.signer, canal.signer.name, 1, BEGINNING, [other])
    canal.scan_all(as_codes(forged)).sees(TroubleFace, "Mill Lane has told two different stories.")
    canal.choose("ok").sees(WallFace, "Mill Lane has told two different stories")

    canal.choose("people").choose("neighbours").sees(ShelfFace, "two different stories")
    canal.choose("neighbour:Mill Lane").sees(HomeFace, "look at both")
    canal.choose("stories").sees(TilesFace, "Mill Lane has signed two different letters as its number 1")
    canal.choose("known").sees(TapFace, "The first one goes on.")
    canal.tap("Amina").sees(TapFace, "the next one taps")
    canal.tap("Sara").sees(TroubleFace, "Now Mill Lane says the same, with its own hands.")
    canal.choose("ok")
    assert "stories" not in repr(canal.face)

    carry(canal, mill)
    mill.sees(WallFace, "Canal Street says that we have told two different stories")
    mill.tap("Tomek").choose("neighbours").choose("neighbour:Canal Street").choose("stories")
    shown = mill.sees(TilesFace, "They say: The first one goes on.")
    assert [each.key for each in shown.choices] == ["known"]
    mill.choose("known").tap("Luís").sees(TroubleFace, "So both shops have said.")
    mill.choose("ok").wait(61).sees(WallFace)
    assert not mill.face.alarms
    assert mill.core.state.neighbours["Canal Street"].sent == 1
