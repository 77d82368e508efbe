"""The seal as it is photographed: drawn on the screen, read and checked by tools that are not ours."""

from pathlib import Path
from typing import NamedTuple

import pytest
import zxingcpp
from by_hand import Kiosk
from by_the_page import ROOT_PY, SCRIPTS, TOOLS_HERE, typed
from PIL import Image
from programs import kiosk as run_kiosk

from kiosk.faces import Face, SealFace, WallFace
from kiosk.screens import pictures, theme
from kiosk.screens.samples import SAMPLES, changed
from kiosk.screens.seal_samples import POSTER, SEAL_TEXT
from kiosk.screens.squares import QUIET, runs

SIZES = ((800, 480), (1280, 720), (720, 1280))
WALLS = ((800, 480), (1280, 720), (720, 1280), (1920, 1080), (1080, 1920))


class Shop(NamedTuple):
    folder: Path
    page: SealFace
    wall: WallFace


@pytest.fixture(scope="module")
def shop(tmp_path_factory) -> Shop:
    """A shop after its circle: the page of the seal, and the wall that it hangs on."""
    folder = tmp_path_factory.mktemp("desk")
    kiosk = Kiosk(folder / "shop")
    kiosk.gather("Amina", "Jo", "Sara")
    for key in ("close", "close", "done"):
        kiosk.touch(key)
    wall = kiosk.faces[-1]
    kiosk.touch("seal")
    page = kiosk.faces[-1]
    assert isinstance(wall, WallFace)
    assert isinstance(page, SealFace)
    kiosk.store.store.close()
    return Shop(folder, page, wall)


def photographed(face: Face, size: tuple[int, int], path: Path) -> tuple[Image.Image, list[zxingcpp.Barcode]]:
    """A picture of the screen, and the codes that a phone finds in it.

    Only QR codes: asked for every kind there is, the decoder once saw a second one where none was.
    """
    pictures.picture(face, size, path)
    picture = Image.open(path).convert("RGB")
    return picture, zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormat.QRCode)


def squares(code: zxingcpp.Barcode, across: int) -> float:
    """How many pixels wide a square of a code is in a picture."""
    return (code.position.top_right.x - code.position.top_left.x + 1) / across


def assert_quiet(picture: Image.Image, code: zxingcpp.Barcode, square: float) -> None:
    """Four squares around it are of one light colour, and its squares are ink on that."""
    left, top = code.position.top_left.x, code.position.top_left.y
    right, bottom = code.position.bottom_right.x, code.position.bottom_right.y
    out = round(QUIET * square) - 1
    shades = {
        picture.getpixel((x, y))
        for x in range(left - out, right + out)
        for y in range(top - out, bottom + out)
        if not (left - 1 <= x <= right + 1 and top - 1 <= y <= bottom + 1)
    }
    light = tuple(round(part * 255) for part in theme.CARD[:3])
    ink = tuple(round(part * 255) for part in theme.INK[:3])
    assert shades == {light}, "the quiet zone is not quiet"
    assert picture.getpixel((left + 2, top + 2)) == ink


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_a_phone_reads_the_seal_off_the_kiosk(shop: Shop, tmp_path: Path, size: tuple[int, int]) -> None:
    """Nobody could be a witness if the photo held no code that can be read."""
    picture, (code,) = photographed(shop.page, size, tmp_path / "page.png")
    assert code.text == shop.page.code
    square = squares(code, runs(shop.page.code, "L")[0])
    assert square >= 5
    assert_quiet(picture, code, square)


@pytest.mark.parametrize("size", WALLS, ids=lambda size: f"{size[0]}x{size[1]}")
def test_a_phone_reads_the_seal_off_the_wall(shop: Shop, tmp_path: Path, size: tuple[int, int]) -> None:
    """Just after the circle it hangs on every wall, small ones too, and large enough to be read."""
    picture, (code,) = photographed(shop.wall, size, tmp_path / "wall.png")
    assert code.text == shop.page.code, "the wall and the page show one and the same"
    square = squares(code, runs(shop.page.code, "L")[0])
    assert square >= (4 if min(size) == 1080 else 3) - 0.05
    assert_quiet(picture, code, square)


@pytest.mark.skipif(not TOOLS_HERE, reason="a tool of the page is not here")
def test_what_was_photographed_is_checked_by_tools_that_anybody_has(shop: Shop, tmp_path: Path) -> None:
    """The whole way: light on a screen, a decoder, openssl and sha256; and then our own program."""
    _, (code,) = photographed(shop.wall, (1920, 1080), tmp_path / "wall.png")
    data = str(shop.folder / "shop")
    (shop.folder / "old.txt").write_text(code.text)
    (shop.folder / "key.txt").write_text(run_kiosk("checkpoint", "--key", "--data", data).stdout)
    (shop.folder / "root.py").write_text(ROOT_PY)
    said, made = typed(SCRIPTS[0], shop.folder).split()
    assert said == made
    assert "Signature Verified Successfully" in typed(SCRIPTS[1], shop.folder)
    for text in (code.text, code.text.rstrip("\n").replace("\n", "\r\n")):  # the other as a phone may hand it on
        ours = run_kiosk("verify", "--data", data, "--checkpoint", "-", say=text)
        assert "are all here, unchanged.\n" in ours.stdout, ours.stderr


LYING, UPRIGHT = (1920, 1080), (1080, 1920)


@pytest.mark.parametrize(
    ("name", "size"),
    [
        ("wall-poster", LYING),
        ("wall-poster-seal", LYING),
        ("wall-poster-full", LYING),
        ("wall-poster-seal", UPRIGHT),
    ],
)
def test_a_phone_reads_the_figures_of_friday_off_the_wall(tmp_path: Path, name: str, size: tuple[int, int]) -> None:
    """The poster's figures could be looked at, and not be kept; and two codes could be taken for each other."""
    _, codes = photographed(SAMPLES[name], size, tmp_path / "wall.png")
    sealed = {SEAL_TEXT} if name != "wall-poster" else set()
    assert {code.text for code in codes} == {POSTER.code, *sealed}


def test_a_still_wall_draws_its_code_once(shop: Shop, play) -> None:
    """Each minute would make and draw thousands of squares again, on a machine that has other things to do."""
    runs.cache_clear()
    now = play(shop.wall, (800, 480))
    code = now.stage.screen.ids.seal.ids.code
    drawn = list(code.canvas.children)
    for minute in range(5):
        now.show(changed(shop.wall, time=f"14:{minute:02d}"))
    assert list(code.canvas.children) == drawn
    assert runs.cache_info().misses == 1
