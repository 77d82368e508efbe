"""Two shops link by each other's codes, and a member of both swaps: from the scanner's bytes to the books of both."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import Walk

from kiosk.commands import CloseSegment
from kiosk.faces import DialFace, HomeFace, SealFace, TapFace, TilesFace, TroubleFace, VoteFace
from kiosk.letters import write_card
from kiosk.letters.codes import as_codes
from kiosk.open_lines import LinkKeys, street
from kiosk.sealing.note import Signer
from kiosk.seal_key import seal_key
from kiosk.visit.hearing import Links


class Corner(Walk):
    """A kiosk that can be linked; without the engine, so that letters go by code."""

    def __init__(self, folder: Path, shop: str, seed: int) -> None:
        self.shop, self.seed = shop, seed
        super().__init__(folder)

    def uid(self, name: str) -> bytes:
        """The badges of two shops are not the same, but for what one takes along."""
        return self.uids.setdefault(name, bytes([0x04, self.seed, len(self.uids) + 1]).ljust(7, b"\x07"))

    def _neighbourly(self) -> dict[str, Any]:
        signer = seal_key(self.folder, self.store.device, may_make=True)
        assert signer is not None
        self.signer: Signer = signer
        made = street(self.folder, self.store.device, signer, self.shop, find=self.store.find)
        return {"street": made}

    def _links(self) -> Callable[[], Links | None]:
        return LinkKeys(self.signer, lambda: self.core.state)

    def shown_codes(self) -> list[str]:
        """All codes that can be seen here, one after the other."""
        codes: list[str] = []
        while (face := self.sees(SealFace)).code not in codes:
            codes.append(face.code)
            if not face.choices:
                break
            self.choose("next")
        return codes

    def our_card(self) -> list[str]:
        self.choose("people").choose("neighbours").choose("card")
        codes = self.shown_codes()
        self.wait(301)
        return codes

    def letters_to(self, shop: str) -> list[str]:
        self.choose("people").choose("neighbours").choose(f"neighbour:{shop}").choose("letters")
        codes = self.shown_codes()
        self.wait(301)
        return codes

    def scan_all(self, codes: list[str]) -> "Corner":
        for code in codes:
            self.scan(code)
        return self


@pytest.fixture
def canal(tmp_path: Path) -> Iterator[Corner]:
    corner = Corner(tmp_path / "canal", "Canal Street", 1)
    corner.found("Amina", "Jo", "Sara")
    yield corner
    corner.end()


@pytest.fixture
def mill(tmp_path: Path) -> Iterator[Corner]:
    corner = Corner(tmp_path / "mill", "Mill Lane", 2)
    corner.found("Tomek", "Priya", "Luís")
    yield corner
    corner.end()


def link(one: Corner, other: Corner, hands: tuple[str, ...]) -> None:
    one.scan_all(list(reversed(other.our_card())))
    one.sees(DialFace, f"{other.shop} wants to link")
    for name in hands:
        one.tap(name)
    one.sees(TroubleFace, f"{other.shop} is our neighbour, up to 10 h either way.")
    one.choose("ok")


def carry(one: Corner, other: Corner) -> None:
    other.scan_all(one.letters_to(other.shop)).sees(TroubleFace, f"of {one.shop} came")
    other.choose("ok")


def test_two_shops_link_face_to_face_and_swap_in_three_touches(canal, mill):
    link(canal, mill, ("Amina", "Jo"))
    link(mill, canal, ("Tomek", "Priya"))

    # Tomek takes his badge along; Canal Street hears of it by code.
    mill.tap("Tomek").choose("neighbours").choose("neighbour:Canal Street").choose("swap there")
    mill.sees(TapFace, "Tap the badge that you take along")
    mill.again("Tomek").sees(TroubleFace, "Once this letter is at Canal Street").frame
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
    assert mill.balances() == {"Tomek": -60, "neighbour:Canal Street": 60}
    carry(mill, canal)
    assert canal.balances() == {"Amina": -60, "Jo": 120, "neighbour:Mill Lane": -60}

    page = canal.choose("people").choose("neighbours").sees(TilesFace)
    assert page.choices[0].hint == "they got 1 h more from us"
    canal.choose("neighbour:Mill Lane").sees(HomeFace, "They got 1 h more from us")
    canal.choose("part").sees(HomeFace, "The account with Mill Lane is not at zero yet")
    # A guest opens nothing, and nobody can make a guest's badge their own by a slip.
    canal.wait(61).tap("Tomek of Mill Lane").sees(TroubleFace, "Tomek of Mill Lane")


def test_shops_that_are_even_part_as_easily_as_they_linked(canal, mill):
    link(canal, mill, ("Sara", "Jo"))
    canal.tap("Amina").choose("neighbours").choose("neighbour:Mill Lane").choose("part")
    canal.sees(TapFace, "Parting from Mill Lane")
    canal.tap("Jo").sees(TroubleFace, "We have parted from Mill Lane.")
    canal.choose("ok").choose("people").choose("neighbours")
    assert [each.key for each in canal.sees(TilesFace).choices] == ["card"]


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
    from kiosk.letters import Wire

    certificate = "MIIB" + "".join(f"{number * 7919 % 65536:04x}" for number in range(240))
    signer = Signer("commons-kiosk/kmill", b"m" * 32)
    codes = as_codes(write_card("Mill Lane", signer, Wire("U" + "A" * 55, certificate)))
    assert codes is not None
    assert len(codes) == 2
    first, second = codes
    face = canal.scan(second).sees(TapFace, "1 of 2 codes is in.")
    assert (face.dots_filled, face.dots, face.prompt) == (1, 2, "Now the other code")
    canal.scan_all([first]).sees(DialFace, "Mill Lane wants to link")
    # The scanner still sees the second one; the dial stays.
    canal.scanner_wire.scan(second)
    canal.tap("Nobody").sees(DialFace, "This badge is nobody’s yet")


def test_letters_never_disturb_an_open_vote(canal, mill):
    codes = mill.our_card()
    canal.choose("people")  # somebody stood there
    canal.wait(21)
    from kiosk.visit.hearing import HeldTogether, LetterScanned

    canal.house.hear(HeldTogether())
    canal.tap("Amina").tap("Jo").tap("Sara")
    canal.house.hear(LetterScanned(codes[0]))
    assert canal.sees(type(canal.face), "First what is on the screen")
