"""A photo of the whiteboard: it may show faces, so two people say that it stays; and a file is never trusted."""

import hashlib
import struct
import zlib
from io import BytesIO

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from PIL import Image
from typer.testing import CliRunner

from kiosk.__main__ import BAD_USE, app
from kiosk.amounts import BadgeHash
from kiosk.commands import AttachPhoto, CloseCircle, OpenCircle
from kiosk.events import PhotoAttached
from kiosk.photos import LARGEST, SIDE, WAITING, NoPhoto, drawn_anew, found, keep, take_in, waiting
from kiosk.reports.minutes import minutes
from kiosk.rules.photos import MOST_PHOTOS
from kiosk.state import restore
from kiosk.store import Store

ADA, BEN, CY = (BadgeHash(name) for name in ("ada", "ben", "cy"))
PHOTO = "ab" * 32

runner = CliRunner()


def picture(size=(40, 30), form="JPEG", shade="red", **more) -> bytes:
    out = BytesIO()
    Image.new("RGB", size, shade).save(out, form, **more)
    return out.getvalue()


# --- the file ---------------------------------------------------------------------------------------------


def test_what_phones_write_into_a_photo_is_gone(tmp_path):
    """Without this the record would keep where and with whose camera it was taken."""
    exif = Image.Exif()
    exif[0x010F] = "Somebody's phone"
    exif[0x8825] = {1: "N", 2: (52.0, 30.0, 0.0)}
    data = picture(exif=exif, comment=b"a secret word")
    assert b"Somebody's phone" in data
    name = take_in(data, tmp_path)
    kept = found(tmp_path, name).read_bytes()
    assert b"Somebody" not in kept
    assert b"secret" not in kept
    assert not Image.open(BytesIO(kept)).getexif()
    assert hashlib.sha256(kept).hexdigest() == name


def test_a_photo_taken_sideways_stands_upright():
    """Without this the board could not be read without turning one's head."""
    exif = Image.Exif()
    exif[0x0112] = 6
    assert Image.open(BytesIO(drawn_anew(picture((40, 30), exif=exif)))).size == (30, 40)


@pytest.mark.parametrize("form", ["JPEG", "PNG"])
def test_a_large_photo_is_made_smaller_and_a_small_one_is_not(form):
    """Without this a card would fill up with photos."""
    assert Image.open(BytesIO(drawn_anew(picture((3000, 1500), form)))).size == (SIDE, SIDE // 2)
    assert Image.open(BytesIO(drawn_anew(picture((40, 30), form)))).size == (40, 30)


def test_what_is_see_through_becomes_white():
    """Without this a drawing with a clear background would be black on black."""
    out = BytesIO()
    Image.new("RGBA", (8, 8), (0, 0, 0, 0)).save(out, "PNG")
    assert Image.open(BytesIO(drawn_anew(out.getvalue()))).getpixel((4, 4)) == (255, 255, 255)


def enormous() -> bytes:
    """A PNG of a few bytes that says it is 60000 pixels wide and high."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0" * 99))
        + chunk(b"IEND", b"")
    )


def gif() -> bytes:
    return picture(form="GIF")


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "neither"),
        (b"<svg onload='x'/>", "neither"),
        (gif(), "neither"),
        (picture()[:200], "broken"),
        (picture(form="PNG")[:50], "broken"),
        (b"\xff\xd8\xff" + b"\0" * 400, "broken"),
        (b"\x89PNG\r\n\x1a\n", "broken"),
        (enormous(), ""),
        (picture() + b"\0" * LARGEST, "larger"),
    ],
)
def test_a_file_that_is_no_good_photo_leaves_nothing_behind(tmp_path, data, why):
    """Without this anything could be put on the box by calling it a photo."""
    refused = take_in(data, tmp_path)
    assert isinstance(refused, NoPhoto)
    assert why in refused.words
    assert list(tmp_path.iterdir()) == []


@given(st.binary(max_size=200), st.integers(0, 700), st.sampled_from(["JPEG", "PNG"]))
@settings(max_examples=200, deadline=None)
@example(b"\0" * 50, 20, "PNG")
def test_whatever_is_in_a_file_the_answer_is_a_photo_or_a_sentence(noise, place, form):
    """Without this a file with a flaw would stop whoever brings it with a traceback."""
    good = picture(form=form)
    drawn = drawn_anew(good[:place] + noise + good[place + len(noise) :])
    assert isinstance(drawn, NoPhoto) or drawn.startswith(b"\xff\xd8\xff")


def test_the_same_photo_waits_once_and_the_newest_is_first(tmp_path):
    """Without this people would choose among copies."""
    one = take_in(picture(shade="red"), tmp_path)
    assert take_in(picture(shade="red"), tmp_path) == one
    assert waiting(tmp_path) == (one,)
    keep(tmp_path, one)
    assert waiting(tmp_path) == ()
    assert found(tmp_path, one) == tmp_path / "photos" / f"{one}.jpg"
    keep(tmp_path, one)
    assert take_in(picture(shade="red"), tmp_path) == one
    assert waiting(tmp_path) == ()


def test_only_so_many_wait(tmp_path):
    """Without this a program that runs wild would fill the card."""
    for shade in range(WAITING):
        assert isinstance(take_in(picture(shade=(shade * 12, 0, 0)), tmp_path), str)
    refused = take_in(picture(shade="blue"), tmp_path)
    assert isinstance(refused, NoPhoto)
    assert len(waiting(tmp_path)) == WAITING


@pytest.mark.parametrize("name", ["", "..", "../../etc/passwd", "AB" * 32, "ab" * 32 + "/", "ab" * 32 + "\n"])
def test_a_name_that_is_no_hash_is_no_path(tmp_path, name):
    """Without this an entry could make the kiosk show any file of the machine."""
    assert found(tmp_path, name) is None
    keep(tmp_path, name)


# --- the rule ---------------------------------------------------------------------------------------------


def in_a_circle(shop):
    shop.done(OpenCircle(opener=ADA, badges=(ADA, BEN, CY), draw=1))
    return shop


def test_two_people_attach_a_photo_and_the_minutes_say_that_there_is_one(shop):
    in_a_circle(shop)
    attached = shop.done(AttachPhoto(PHOTO, (ADA, BEN))).event
    assert attached == PhotoAttached(1, PHOTO, ("Ada", "Ben"))
    assert shop.state.latest.photos == (PHOTO,)
    shop.done(CloseCircle())
    shop.done(AttachPhoto("cd" * 32, (CY, BEN)))
    assert "There are 2 photos of the whiteboard." in minutes(shop.entries)
    assert restore(shop.tables).latest == shop.state.latest


def test_nobody_attaches_a_photo_alone(shop):
    """Without this one person could put up another's face for good."""
    in_a_circle(shop)
    assert shop.refused(AttachPhoto(PHOTO, (ADA,))) == "second badge"
    assert shop.refused(AttachPhoto(PHOTO, (ADA, ADA))) == "second badge"
    assert shop.refused(AttachPhoto(PHOTO, ())) == "second badge"
    assert shop.refused(AttachPhoto(PHOTO, (ADA, BadgeHash("nobody's")))) == "unknown badge"


def test_a_photo_belongs_to_the_circle_of_its_day(shop):
    assert shop.refused(AttachPhoto(PHOTO, (ADA, BEN))) == "no circle"
    in_a_circle(shop)
    shop.done(CloseCircle())
    shop.wait(24 * 3600)
    assert shop.refused(AttachPhoto(PHOTO, (ADA, BEN))) == "no circle"
    in_a_circle(shop)
    assert shop.done(AttachPhoto(PHOTO, (ADA, BEN))).event.circle == 2


def test_a_photo_is_attached_once_and_not_without_end(shop):
    in_a_circle(shop)
    for number in range(MOST_PHOTOS):
        shop.done(AttachPhoto(f"{number:064x}", (ADA, BEN)))
    assert shop.refused(AttachPhoto(f"{0:064x}", (ADA, BEN))) == "attached already"
    assert shop.refused(AttachPhoto(PHOTO, (ADA, BEN))) == "photos full"


@pytest.mark.parametrize("name", ["", "ab", "AB" * 32, "../" * 20, "ab" * 32 + "\n"])
def test_what_is_no_hash_is_never_written_down(shop, name):
    in_a_circle(shop)
    assert shop.refused(AttachPhoto(name, (ADA, BEN))) == "no photo"


# --- the command ------------------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path):
    with Store.open(tmp_path / "data"):
        return tmp_path / "data"


def test_a_photo_is_brought_by_a_command_and_waits(folder, tmp_path):
    """Without this the whiteboard would have to be copied by hand."""
    (tmp_path / "board.jpg").write_bytes(picture())
    done = runner.invoke(app, ["photo", str(tmp_path / "board.jpg"), "--data", str(folder)])
    assert done.exit_code == 0, done.output
    assert waiting(folder) == (done.stdout.strip(),)


def test_what_cannot_be_taken_in_is_one_line(folder, tmp_path):
    """Without this somebody would believe that it was."""
    (tmp_path / "board.txt").write_text("no photo")
    for name in ("board.txt", "not there.jpg", "."):
        done = runner.invoke(app, ["photo", str(tmp_path / name), "--data", str(folder)])
        assert done.exit_code == BAD_USE
        assert done.stderr.count("\n") == 1
    nowhere = runner.invoke(app, ["photo", str(tmp_path / "board.txt"), "--data", str(tmp_path / "no")])
    assert nowhere.exit_code == BAD_USE
    assert not (tmp_path / "no").exists()
