"""What a member gets on paper: a card that a scanner reads, with a name on it, whatever the name."""

import stat
from collections.abc import Sequence
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp
from PIL import Image

from kiosk.codes import new_code, read_code, write_code
from kiosk.reports.cards import COLUMNS, HEIGHT, ROWS, SHEET_HEIGHT, SHEET_WIDTH, WIDTH, Card, print_cards

SCALE = 2.5  # of 72 dots an inch: far coarser than any printer
MILLIMETRE = SCALE * 72 / 25.4
LEFT = (SHEET_WIDTH - COLUMNS * WIDTH) / 2
TOP = (SHEET_HEIGHT - ROWS * HEIGHT) / 2

ODD_NAMES = ["W" * 24, "Ångström-Ðuñçêl", "أمينة بنت محمد", "Zoë O’Neil-van der Meer", "漢字", "x"]


def sheets(path: Path) -> list[Image.Image]:
    """The sheets as somebody's printer would show them."""
    document = pypdfium2.PdfDocument(path)
    return [page.render(scale=SCALE).to_pil().convert("L") for page in document]


def words(path: Path) -> str:
    """All that is written on the sheets."""
    document = pypdfium2.PdfDocument(path)
    return "\n".join(page.get_textpage().get_text_bounded() for page in document)


def scanned(sheet: Image.Image) -> list[str]:
    """What a scanner reads on each place of a sheet that has a code, from left to right, row by row."""
    return [text for place in range(COLUMNS * ROWS) if (text := scanned_at(sheet, place))]


def scanned_at(sheet: Image.Image, place: int) -> str:
    row, column = divmod(place, COLUMNS)
    corner = (LEFT + column * WIDTH, TOP + row * HEIGHT)
    card = part(sheet, corner[0], corner[1], WIDTH, HEIGHT)
    return "+".join(code.text for code in zxingcpp.read_barcodes(card))


def part(sheet: Image.Image, x: float, y: float, width: float, height: float) -> Image.Image:
    """A piece of a sheet; all in millimetres."""
    edges = (x, y, x + width, y + height)
    return sheet.crop((*(round(edge * MILLIMETRE) for edge in edges),))


def is_blank(piece: Image.Image) -> bool:
    return piece.getextrema() == (255, 255)


def fresh(names: Sequence[str]) -> list[Card]:
    return [Card(name, new_code()) for name in names]


def test_each_card_says_its_own_code_and_name(tmp_path: Path) -> None:
    """Without this somebody would walk in with another's card."""
    cards = fresh(["Amina", "Jo", "Tomek"])
    print_cards(cards, "Rhubarb Press", tmp_path / "cards.pdf")
    (sheet,) = sheets(tmp_path / "cards.pdf")
    assert scanned(sheet) == [card.code for card in cards]
    assert all(read_code(text) for text in scanned(sheet))
    written = words(tmp_path / "cards.pdf")
    assert [name for name in ("Amina", "Jo", "Tomek") if name in written] == ["Amina", "Jo", "Tomek"]
    assert written.count("Rhubarb Press") == 3
    assert written.replace("\r\n", " ").count("three members revoke it") == 3


def test_a_damaged_card_still_opens(tmp_path: Path) -> None:
    """Without this a coffee stain would take two other people's time."""
    card = Card("Jo", write_code(bytes(range(16))))
    print_cards([card], "Shop", tmp_path / "cards.pdf")
    (sheet,) = sheets(tmp_path / "cards.pdf")
    edges = (LEFT + 14, TOP + 30, LEFT + 22, TOP + 38)
    sheet.paste(255, (*(round(edge * MILLIMETRE) for edge in edges),))
    assert scanned(sheet) == [card.code]


def test_odd_names_neither_leave_their_card_nor_hide_a_code(tmp_path: Path) -> None:
    """Without this a long name would be cut off by the scissors, or print over a neighbour's."""
    cards = fresh(ODD_NAMES)
    print_cards(cards, "Ł" * 60, tmp_path / "cards.pdf")
    (sheet,) = sheets(tmp_path / "cards.pdf")
    assert scanned(sheet) == [card.code for card in cards]
    for column in (1, 2):
        assert is_blank(part(sheet, LEFT + column * WIDTH - 3, TOP, 2.5, ROWS * HEIGHT))
    assert "Zoë O’Neil-van der Meer" in words(tmp_path / "cards.pdf")


@pytest.mark.parametrize("name", ["", "  ", "漢字"])
def test_a_name_that_cannot_be_printed_gets_a_line_to_write_on(tmp_path: Path, name: str) -> None:
    """Without this the card would carry a row of empty boxes, or no place for a name."""
    print_cards([Card(name, new_code())], "Shop", tmp_path / "cards.pdf")
    (sheet,) = sheets(tmp_path / "cards.pdf")
    line = part(sheet, LEFT + 6, TOP + 15, WIDTH - 12, 1)
    assert all(min(line.getpixel((x, y)) for y in range(line.height)) < 200 for x in range(line.width))
    assert is_blank(part(sheet, LEFT + 1, TOP + 7.5, WIDTH - 2, 7))


def test_a_printed_name_needs_no_line(tmp_path: Path) -> None:
    """The test above would also pass if every card had a line."""
    print_cards([Card("Jo", new_code())], "Shop", tmp_path / "cards.pdf")
    (sheet,) = sheets(tmp_path / "cards.pdf")
    assert is_blank(part(sheet, LEFT + WIDTH / 2, TOP + 15, WIDTH / 3, 1))


def test_arabic_letters_join(tmp_path: Path) -> None:
    """Without this a name would be a row of single letters, as nobody writes it."""
    print_cards(fresh(["محمد", "abc"]), "Shop", tmp_path / "cards.pdf")
    (sheet,) = sheets(tmp_path / "cards.pdf")
    joined, single = (_strokes(part(sheet, LEFT + n * WIDTH + 1, TOP + 7.5, WIDTH - 2, 9)) for n in (0, 1))
    assert (joined, single) == (1, 3)


def _strokes(piece: Image.Image) -> int:
    """How many shapes stand side by side, with light between them."""
    dark = [any(piece.getpixel((x, y)) < 200 for y in range(piece.height)) for x in range(piece.width)]
    return sum(here and not before for before, here in zip([False, *dark], dark, strict=False))


def test_two_hundred_members_flow_over_twenty_sheets(tmp_path: Path) -> None:
    """Without this a large shop would get its first ten cards."""
    cards = fresh([f"Member {number}" for number in range(201)])
    print_cards(cards, "Shop", tmp_path / "cards.pdf")
    document = pypdfium2.PdfDocument(tmp_path / "cards.pdf")
    assert len(document) == 21
    last = document[20].render(scale=SCALE).to_pil().convert("L")
    assert scanned(last) == [cards[200].code]


def test_the_sheet_can_be_cut(tmp_path: Path) -> None:
    """Marks at every edge of the cards, none on them: without this cards come out crooked or striped."""
    print_cards(fresh([""]), "Shop", tmp_path / "cards.pdf")
    (sheet,) = sheets(tmp_path / "cards.pdf")
    for column in range(COLUMNS + 1):
        assert not is_blank(part(sheet, LEFT + column * WIDTH - 0.5, TOP - 6, 1, 3))
        assert not is_blank(part(sheet, LEFT + column * WIDTH - 0.5, SHEET_HEIGHT - TOP + 3, 1, 3))
    for row in range(ROWS + 1):
        assert not is_blank(part(sheet, LEFT - 6, TOP + row * HEIGHT - 0.5, 3, 1))
    assert is_blank(part(sheet, LEFT, TOP + HEIGHT, COLUMNS * WIDTH, (ROWS - 1) * HEIGHT))


def test_only_its_owner_may_read_the_file(tmp_path: Path) -> None:
    """The file is a bunch of keys: without this everybody on the machine could copy them."""
    path = tmp_path / "cards.pdf"
    path.write_text("an older file that all may read")
    path.chmod(0o666)
    print_cards(fresh(["Jo"]), "Shop", path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_place_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    """Without this somebody would wait at the printer."""
    with pytest.raises(OSError, match="No such file"):
        print_cards(fresh(["Jo"]), "Shop", tmp_path / "nowhere" / "cards.pdf")
