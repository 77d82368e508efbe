"""The whiteboard is wiped tomorrow: its photo belongs to the circle when the people of the circle say so."""

import io

import pytest
from by_hand import Kiosk
from PIL import Image

from kiosk.faces import ClosingFace, TapFace
from kiosk.photos import found, take_in, waiting


@pytest.fixture
def kiosk(tmp_path):
    return Kiosk(tmp_path)


def brought(folder):
    picture = io.BytesIO()
    Image.new("RGB", (40, 30), "white").save(picture, "PNG")
    return take_in(picture.getvalue(), folder)


def closed(kiosk):
    kiosk.gather("Amina", "Jo")
    kiosk.press("abstain", "yes")


def offered(kiosk):
    return "photo" in [choice.key for choice in kiosk.faces[-1].choices]


def test_at_the_end_of_the_circle_three_badges_attach_the_photo(kiosk, tmp_path):
    photo = brought(tmp_path)
    closed(kiosk)
    assert isinstance(kiosk.faces[-1], ClosingFace)
    assert offered(kiosk)
    kiosk.press("abstain")
    assert isinstance(kiosk.faces[-1], TapFace)
    for name in ("Amina", "Jo", "Sara"):
        kiosk.tap(name)
    assert "belongs to the circle" in repr(kiosk.faces[-1])
    assert kiosk.core.state.latest.photos == (photo,)
    assert waiting(tmp_path) == ()
    assert found(tmp_path, photo) == tmp_path / "photos" / f"{photo}.jpg"


def test_a_photo_that_comes_while_people_read_the_end_is_offered_too(kiosk, tmp_path):
    closed(kiosk)
    assert not offered(kiosk)
    brought(tmp_path)
    kiosk.wait(1)
    assert offered(kiosk)


def test_whoever_leaves_attaches_nothing_and_the_photo_waits_on(kiosk, tmp_path):
    photo = brought(tmp_path)
    closed(kiosk)
    kiosk.press("abstain")
    kiosk.tap("Amina")
    kiosk.wait(120)
    assert kiosk.core.state.latest.photos == ()
    assert waiting(tmp_path) == (photo,)
