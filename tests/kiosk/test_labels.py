"""What sticks on a tool: a code that the scanner reads after years on a shelf, and a name that people read."""

from pathlib import Path

import pypdfium2
import pytest
import zxingcpp
from PIL import Image
from typer.testing import CliRunner

from kiosk.__main__ import BAD_USE, app
from kiosk.badge_key import BadgeKey
from kiosk.clock import SystemClock
from kiosk.codes import read_label
from kiosk.commands import RemoveTool, ShelveTool
from kiosk.core import Booked, Core
from kiosk.demo import settle_in, tag
from kiosk.reports.labels import COLUMNS, HEIGHT, ROWS, WIDTH, Label, print_labels
from kiosk.reports.paper import SHEET_HEIGHT
from kiosk.store import Store

SCALE = 2.5
MILLIMETRE = SCALE * 72 / 25.4
TOP = (SHEET_HEIGHT - ROWS * HEIGHT) / 2

NAMES = [
    "cordless drill",
    "W" * 40,
    "Akkubohrschrauber mit Schlagfunktion 18 V",
    "مثقاب كهربائي",
    "",
    "漢字",
    "saw",
]


def code(number: int) -> str:
    return f"TOOL1-ABCDEF{chr(65 + number // 26)}{chr(65 + number % 26)}-WXYZ"


def sheets(path: Path) -> list[Image.Image]:
    return [page.render(scale=SCALE).to_pil().convert("L") for page in pypdfium2.PdfDocument(path)]


def words(path: Path) -> str:
    return "\n".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(path))


def at(sheet: Image.Image, place: int) -> Image.Image:
    """One label, as it is cut out."""
    row, column = divmod(place, COLUMNS)
    edges = (column * WIDTH, TOP + row * HEIGHT, (column + 1) * WIDTH, TOP + (row + 1) * HEIGHT)
    return sheet.crop((*(round(edge * MILLIMETRE) for edge in edges),))


def scanned(piece: Image.Image) -> list[str]:
    return [found.text for found in zxingcpp.read_barcodes(piece)]


def test_each_label_says_its_own_code_whatever_its_name(tmp_path: Path) -> None:
    """Without this the drill would be borrowed as the saw."""
    labels = [Label(name, code(number)) for number, name in enumerate(NAMES)]
    print_labels(labels, "Canal Street", tmp_path / "labels.pdf")
    (sheet,) = sheets(tmp_path / "labels.pdf")
    assert [scanned(at(sheet, place)) for place in range(len(labels))] == [[label.code] for label in labels]
    told = words(tmp_path / "labels.pdf").replace("\r\n", " ")
    assert "cordless drill" in told
    assert "Akkubohrschrauber" in told.replace(" ", "")
    assert told.count("Back: label, badge.") == len(NAMES)


def test_a_name_stays_on_its_own_label(tmp_path: Path) -> None:
    """Without this a long name would be cut through, or stand on a neighbour's tool."""
    print_labels([Label("W" * 40, code(n)) for n in range(24)], "Shop", tmp_path / "labels.pdf")
    (sheet,) = sheets(tmp_path / "labels.pdf")
    for place in range(24):
        label = at(sheet, place)
        edge = label.crop((label.width - 18, 4, label.width - 4, label.height - 4))
        assert edge.getextrema()[0] > 200


@pytest.mark.parametrize("name", ["", "  ", "漢字"])
def test_a_name_that_cannot_be_printed_gets_a_line_to_write_on(tmp_path: Path, name: str) -> None:
    """Without this there would be no place for a name, or one of empty boxes."""
    print_labels([Label(name, code(0))], "Shop", tmp_path / "labels.pdf")
    (sheet,) = sheets(tmp_path / "labels.pdf")
    label = at(sheet, 0)
    rows = [[label.getpixel((x, y)) < 200 for x in range(label.width // 2, label.width - 40)] for y in range(140)]
    assert any(all(row) for row in rows)


def test_a_large_shelf_flows_over_sheets(tmp_path: Path) -> None:
    """Without this the twenty-fifth tool would have no label."""
    print_labels([Label(f"tool {n}", code(n)) for n in range(50)], "Shop", tmp_path / "labels.pdf")
    first, second, third = sheets(tmp_path / "labels.pdf")
    assert scanned(at(first, 23)) == [code(23)]
    assert scanned(at(second, 0)) == [code(24)]
    assert scanned(at(third, 1)) == [code(49)]


def test_a_scratched_label_is_still_read(tmp_path: Path) -> None:
    """Without this every label would be printed anew each year."""
    print_labels([Label("saw", code(0))], "Shop", tmp_path / "labels.pdf")
    (sheet,) = sheets(tmp_path / "labels.pdf")
    label = at(sheet, 0)
    label.paste(255, (100, 100, 130, 130))
    assert scanned(label) == [code(0)]


# --- the command ------------------------------------------------------------------------------------------

runner = CliRunner()


def labels_in(path: Path, count: int) -> list[str | None]:
    """What the kiosk reads on the first labels of a sheet."""
    (sheet,) = sheets(path)
    return [read_label(scanned(at(sheet, place))[0]) for place in range(count)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A demo shop with a saw on the shelf, and a drill that was there and is gone."""
    data = tmp_path / "data"
    with Store.open(data) as store:
        key = BadgeKey.of(data, may_make=True)
        core = Core(store, settle_in(store, key, SystemClock().now()), SystemClock())
        badges = (tag(key, "Amina").hash, tag(key, "Jo").hash)
        for command in (
            ShelveTool("AAAAAAAA", "saw", badges),
            ShelveTool("BBBBBBBB", "drill", badges),
            RemoveTool("BBBBBBBB", "lost", badges),
        ):
            assert isinstance(core.handle(command), Booked)
    return data


def test_tools_on_the_shelf_get_the_labels_they_have(folder: Path, tmp_path: Path) -> None:
    """Without this a new print would make the shelf forget its tools."""
    out = tmp_path / "labels.pdf"
    done = runner.invoke(app, ["print", "labels", "--data", str(folder), "--output", str(out)])
    assert done.exit_code == 0, done.output
    assert "1 label" in done.stderr
    assert labels_in(out, 1) == ["AAAAAAAA"]
    assert "saw" in words(out)


def test_new_labels_are_all_different_and_of_no_tool(folder: Path, tmp_path: Path) -> None:
    """Without this two tools would be one."""
    out = tmp_path / "labels.pdf"
    wanted = ["print", "labels", "--data", str(folder), "-o", str(out), "--name", "ladder", "--blank", "3"]
    assert runner.invoke(app, wanted).exit_code == 0
    read = labels_in(out, 4)
    assert None not in read
    assert len({*read, "AAAAAAAA"}) == 5
    assert "ladder" in words(out)


def test_a_sheet_is_not_written_over_and_an_empty_shelf_is_said(folder: Path, tmp_path: Path) -> None:
    """Without this labels that are already stuck on would be lost with their file."""
    out = tmp_path / "labels.pdf"
    wanted = ["print", "labels", "--data", str(folder), "--output", str(out)]
    assert runner.invoke(app, wanted).exit_code == 0
    again = runner.invoke(app, wanted)
    assert again.exit_code == BAD_USE
    assert "--force" in again.stderr
    assert runner.invoke(app, [*wanted, "--force"]).exit_code == 0
    with Store.open(tmp_path / "new"):
        pass
    empty = runner.invoke(app, ["print", "labels", "--data", str(tmp_path / "new"), "-o", str(tmp_path / "x.pdf")])
    assert empty.exit_code == BAD_USE
    assert "--blank" in empty.stderr
