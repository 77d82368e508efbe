"""The whiteboard is wiped tomorrow: its photo belongs to the circle when the people of the circle say so."""

import io

import pytest
from by_hand import Kiosk
from PIL import Image
from programs import kiosk as run_kiosk

from kiosk.faces import ClosingFace, TapFace
from kiosk.photos import found, take_in, waiting
from kiosk.reports.verifying import verify
from kiosk.store import Reader


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


# --- and is looked at again when the record is checked ------------------------------------------------------


@pytest.fixture
def attached(kiosk, tmp_path):
    """A photo that belongs to a circle, in a shop that is closed for the day."""
    photo = brought(tmp_path)
    closed(kiosk)
    kiosk.press("abstain")
    for name in ("Amina", "Jo", "Sara"):
        kiosk.tap(name)
    kiosk.store.store.close()
    return tmp_path / "photos" / f"{photo}.jpg"


def faults(folder):
    with Reader.open(folder) as reader:
        return verify(reader, photos=folder).faults


def test_a_photo_that_is_as_it_was_attached_is_well(attached, tmp_path):
    assert faults(tmp_path) == ()
    told = run_kiosk("verify", "--data", str(tmp_path))
    assert told.returncode == 0, told.stderr
    assert "The photo of the whiteboard is as it was attached." in told.stdout


def test_a_photo_that_is_gone_is_named(attached, tmp_path):
    """What was on the whiteboard would be lost, and nobody would know that there was something."""
    attached.unlink()
    (fault,) = faults(tmp_path)
    assert fault.startswith("The photo of circle 1 (entry ")
    assert fault.endswith(f"is missing: photos/{attached.name}.")
    told = run_kiosk("verify", "--data", str(tmp_path))
    assert told.returncode == 1
    assert fault in told.stdout


def test_a_photo_with_another_picture_in_it_is_named(attached, tmp_path):
    """Somebody wipes a line off the whiteboard afterwards; or the card forgets one bit."""
    was = attached.read_bytes()
    attached.write_bytes(was[:-10] + bytes([was[-10] ^ 1]) + was[-9:])
    (fault,) = faults(tmp_path)
    assert "is not the picture that was attached any more" in fault
    attached.write_bytes(was)
    assert faults(tmp_path) == ()


def test_a_photo_that_the_power_cut_left_among_the_waiting_is_there(attached, tmp_path):
    attached.rename(tmp_path / "photos" / "waiting" / attached.name)
    assert faults(tmp_path) == ()


def test_a_photo_that_cannot_be_read_is_named(attached, tmp_path):
    attached.unlink()
    attached.mkdir()  # whatever stands there, it is no picture
    (fault,) = faults(tmp_path)
    assert attached.name in fault
