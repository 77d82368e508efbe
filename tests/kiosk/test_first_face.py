"""The wall that is drawn before the house lives."""

from pathlib import Path

from by_hand import ByHand, Kiosk
from msgspec.structs import replace

from kiosk.faces import WallFace, WelcomeFace
from kiosk.first_face import first_face
from kiosk.settings import Screen, Settings, Shop
from kiosk.state import restore
from kiosk.store import Store

HERE = Settings(shop=Shop(name="The Shop", language="ar"), screen=Screen(text="larger", voice="asked"))


def test_it_is_the_wall_that_the_house_shows(tmp_path: Path) -> None:
    """Without this people would read one thing, and half a second later another."""
    kiosk = Kiosk(tmp_path, voice=Settings().screen.voice)
    kiosk.wait(0)
    shown = kiosk.faces[-1]
    first = first_face(kiosk.store.store, kiosk.core.state, Settings(), kiosk.clock.now())
    assert isinstance(shown, WallFace)
    assert isinstance(first, WallFace)
    assert first.balances
    assert first.recent
    assert replace(first, shop=shown.shop) == shown


def test_it_speaks_as_the_shop_does(tmp_path: Path) -> None:
    kiosk = Kiosk(tmp_path)
    first = first_face(kiosk.store.store, kiosk.core.state, HERE, kiosk.clock.now())
    assert isinstance(first, WallFace)
    assert (first.language, first.size, first.voice, first.shop) == ("ar", 1, "off", "The Shop")
    assert "شارتك" in first.tap


def test_a_clock_that_went_back_is_said_at_once(tmp_path: Path) -> None:
    """What is due when would be read from a wall that is wrong about today."""
    kiosk = Kiosk(tmp_path)
    before = replace(kiosk.clock.now(), wall=kiosk.clock.now().wall - 40 * 86_400_000)
    first = first_face(kiosk.store.store, kiosk.core.state, Settings(), before)
    assert isinstance(first, WallFace)
    assert "what time it is" in " ".join(alarm.words for alarm in first.alarms)


def test_before_there_is_a_shop_it_invites_to_found_it(tmp_path: Path) -> None:
    with Store.open(tmp_path) as store:
        assert isinstance(first_face(store, restore(store.tables()), Settings(), ByHand().now()), WelcomeFace)


def test_a_wall_that_can_not_be_made_keeps_nobody_from_coming_in(tmp_path: Path) -> None:
    """The house shows a plainer one, and says what is wrong; without this the kiosk would not start at all."""
    kiosk = Kiosk(tmp_path)
    kiosk.store.store.close()
    assert first_face(kiosk.store.store, kiosk.core.state, Settings(), kiosk.clock.now()) is None
