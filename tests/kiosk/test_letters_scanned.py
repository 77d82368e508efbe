"""Codes of letters at the kiosk in anybody's hands: it goes on, and nothing is taken that nobody signed."""

import pytest
from by_hand import Kiosk
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.commands import LinkNeighbour
from kiosk.core import Booked
from kiosk.demo import MEMBERS, UIDS
from kiosk.faces import DialFace, HomeFace, TroubleFace, VoteFace, WallFace
from kiosk.letters import BEGINNING, write_card, write_segment
from kiosk.letters.codes import MOST, as_codes
from kiosk.sealing.note import Signer
from kiosk.visit.hearing import LetterScanned, Pressed

MILL = Signer("commons-kiosk/kmill", b"m" * 32)
CARD = as_codes(write_card("Mill Lane", MILL)) or ()

signs = st.text("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:", min_size=1, max_size=60)
made_up = st.builds(
    lambda name, number, of, piece: f"COMMONS-POST:{name:08X}:{number}/{of}:{piece}",
    st.integers(0, 3),
    st.integers(0, 4) | st.just(MOST + 1),
    st.integers(0, 4) | st.just(MOST + 1),
    signs,
)
packed = st.text(max_size=300).map(lambda text: (as_codes(text) or ("COMMONS-POST:",))[0])
headed = st.text(max_size=80).map(lambda text: (as_codes(f"commons-kiosk/link/1\n{text}\n\n") or ("",))[0])


@pytest.fixture
def kiosk(tmp_path):
    kiosk = Kiosk(tmp_path)
    yield kiosk
    kiosk.store.close()


@given(st.lists(made_up | packed | headed | signs.map("COMMONS-POST:{}".format), max_size=12))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_code_that_anybody_can_print_freezes_the_visit_or_writes_anything(kiosk, codes):
    before = kiosk.store.next_number
    for code in codes:
        kiosk.clock.ms += 2_000
        kiosk.house.live_once(LetterScanned(code))
        said = kiosk.faces[-1].said if isinstance(kiosk.faces[-1], WallFace) else kiosk.faces[-1].frame.said
        assert said is None or said.words != "Something went wrong here", code
    assert kiosk.store.next_number == before
    kiosk.clock.ms += 2_000
    kiosk.tap(MEMBERS[0])
    assert isinstance(kiosk.faces[-1], HomeFace)
    kiosk.wait(21)


def linked(kiosk):
    """With Mill Lane, whose letters begin with the first."""
    hands = tuple(kiosk.key.hash("nfc", UIDS[name]) for name in MEMBERS[:4])
    card = write_card("Mill Lane", MILL)
    assert isinstance(kiosk.core.handle(LinkNeighbour(card, 600, hands, "commons-kiosk/us")), Booked)


def test_letters_for_another_shop_are_refused_with_the_reason(kiosk):
    linked(kiosk)
    codes = as_codes(write_segment(MILL, "commons-kiosk/others", 1, BEGINNING, [])) or ()
    before = kiosk.store.next_number
    for code in codes:
        kiosk.house.live_once(LetterScanned(code))
    face = kiosk.faces[-1]
    assert isinstance(face, TroubleFace)
    assert face.words == "This is meant for another shop"
    assert kiosk.store.next_number == before


def test_an_open_vote_does_not_so_much_as_blink(kiosk):
    """Else whoever holds up a code could take the vote away from the room, or tell when somebody pressed."""
    voting(kiosk)
    kiosk.wait(2)
    before, faces, heard = kiosk.faces[-1], len(kiosk.faces), list(kiosk.heard)
    assert isinstance(before, VoteFace)
    for code in (*CARD, "COMMONS-POST:5F3A90C1:2/3:ABC", "COMMONS-POST:junk"):
        kiosk.house.live_once(LetterScanned(code))
    assert len(kiosk.faces) == faces
    assert kiosk.heard == heard
    kiosk.house.live_once(Pressed("yes"))
    assert kiosk.faces[-1].pressed == 1


def voting(kiosk):
    for name in MEMBERS[:3]:
        kiosk.wait(2)
        kiosk.tap(name)
        if name == MEMBERS[0]:
            kiosk.touch("circle")
    for key in ("begin", "pass", "pass", "pass", "row:1", "row:0", "row:1", "row:0", "vote"):
        kiosk.wait(1)
        kiosk.touch(key)


def test_the_card_that_was_just_read_does_not_begin_anew_while_it_is_held_there(kiosk):
    kiosk.house.live_once(LetterScanned(CARD[0]))
    kiosk.clock.ms += 2_500
    kiosk.house.live_once(LetterScanned(CARD[0]))
    assert isinstance(kiosk.faces[-1], DialFace)
    assert kiosk.faces[-1].frame.title == "Mill Lane wants to link"
