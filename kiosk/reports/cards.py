"""Members' cards on paper: sheets to print, cut and hand out.

Ten cards of the size of a bank card (85.6 × 54 mm, ISO/IEC 7810 ID-1) on a sheet of A4, with cut marks. A card's
code is drawn from its matrix as filled squares, so that it stays sharp on any printer. Measures are millimetres.
"""

import os
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

import qrcode
from fpdf import FPDF
from fpdf.fonts import TTFFont

FONTS = Path(__file__).parent.parent / "screens" / "fonts"
"""The letters of the screen are those of the paper."""

WIDTH, HEIGHT = 85.6, 54.0
COLUMNS, ROWS = 2, 5
SHEET_WIDTH, SHEET_HEIGHT = 210.0, 297.0

PROMISE = "Show this to the kiosk.\nKeep it like a key.\nIf it is lost, three members revoke it."

_MARGIN = 5.0
_LEFT = (SHEET_WIDTH - COLUMNS * WIDTH) / 2
_TOP = (SHEET_HEIGHT - ROWS * HEIGHT) / 2
_CODE = 34.0  # with the four light squares around it that ISO/IEC 18004 asks for
_INK = (29, 27, 24)
_SOFT = (106, 99, 88)
_LARGEST, _SMALLEST = 24, 8  # points


class Card(NamedTuple):
    """One card: whose it is ("" for nobody's yet: a line to write the name on), and its code."""

    handle: str
    code: str


def print_cards(cards: Sequence[Card], shop: str, path: Path, *, fonts: Path = FONTS) -> None:
    """Write the sheets as a PDF that its owner alone may read: what is on them opens the kiosk.

    Raises OSError when the file cannot be written.
    """
    paper = _paper(fonts)
    paper.set_title(f"Cards of {shop}")
    for sheet in _sheets(cards):
        paper.add_page()
        _draw_cut_marks(paper)
        for place, card in enumerate(sheet):
            row, column = divmod(place, COLUMNS)
            _draw_card(paper, card, shop, _LEFT + column * WIDTH, _TOP + row * HEIGHT)
    _write_for_owner(path, bytes(paper.output()))


def _sheets(cards: Sequence[Card]) -> Iterator[Sequence[Card]]:
    """The cards, a sheet at a time."""
    full = COLUMNS * ROWS
    return (cards[start : start + full] for start in range(0, len(cards), full))


def _paper(fonts: Path) -> FPDF:
    """Empty paper with the house's letters; Arabic letters join and run from the right (HarfBuzz)."""
    paper = FPDF(unit="mm", format="A4")
    paper.set_auto_page_break(auto=False)
    paper.c_margin = 0
    paper.add_font("house", "", fonts / "regular.ttf")
    paper.add_font("house", "B", fonts / "heavy.ttf")
    paper.add_font("arabic", "", fonts / "arabic-regular.ttf")
    paper.add_font("arabic", "B", fonts / "arabic-heavy.ttf")
    paper.set_fallback_fonts(["arabic"])
    paper.set_text_shaping(True)
    return paper


def _draw_cut_marks(paper: FPDF) -> None:
    """Short lines outside the cards, so that a cut that strays leaves nothing on them."""
    paper.set_draw_color(*_SOFT)
    paper.set_line_width(0.1)
    near, far = 2.0, 7.0
    for column in range(COLUMNS + 1):
        x = _LEFT + column * WIDTH
        paper.line(x, _TOP - far, x, _TOP - near)
        paper.line(x, SHEET_HEIGHT - _TOP + near, x, SHEET_HEIGHT - _TOP + far)
    for row in range(ROWS + 1):
        y = _TOP + row * HEIGHT
        paper.line(_LEFT - far, y, _LEFT - near, y)
        paper.line(SHEET_WIDTH - _LEFT + near, y, SHEET_WIDTH - _LEFT + far, y)


def _draw_card(paper: FPDF, card: Card, shop: str, x: float, y: float) -> None:
    room = WIDTH - 2 * _MARGIN
    _write_line(paper, shop, x + _MARGIN, y + 3, room, largest=9, style="")
    if _can_write(paper, card.handle):
        _write_line(paper, card.handle, x + _MARGIN, y + 7.5, room, largest=_LARGEST, style="B")
    else:
        _draw_line_to_write_on(paper, x + _MARGIN, y + 15.5, room)
    _draw_code(paper, card.code, x + 1.5, y + HEIGHT - _CODE - 1.5)
    paper.set_font("house", "", 10)
    paper.set_text_color(*_INK)
    paper.set_xy(x + _CODE + 3, y + HEIGHT - _CODE + 2)
    paper.multi_cell(WIDTH - _CODE - 3 - _MARGIN, 4.6, PROMISE, align="L")


def _can_write(paper: FPDF, handle: str) -> bool:
    """Whether there is a name, and letters for it; a name of empty boxes would be nobody's."""
    return bool(handle.strip()) and {ord(sign) for sign in handle} <= _letters(paper)


def _letters(paper: FPDF) -> set[int]:
    """All signs that the bold letters of the house have."""
    bold = (paper.fonts["houseB"], paper.fonts["arabicB"])
    return {sign for font in bold if isinstance(font, TTFFont) for sign in font.cmap}


def _write_line(paper: FPDF, words: str, x: float, y: float, room: float, *, largest: int, style: str) -> None:
    """One line, as large as it fits; squeezed when the smallest letters are too wide. y: its upper edge."""
    paper.set_text_color(*(_INK if style else _SOFT))
    size = largest
    paper.set_font("house", style, size)
    while size > _SMALLEST and paper.get_string_width(words) > room:
        size -= 1
        paper.set_font("house", style, size)
    paper.set_stretching(min(100.0, 100 * room / max(room, paper.get_string_width(words))))
    paper.set_xy(x, y)
    paper.cell(room, largest * 0.42, words, align="L")
    paper.set_stretching(100)


def _draw_line_to_write_on(paper: FPDF, x: float, y: float, room: float) -> None:
    paper.set_draw_color(*_SOFT)
    paper.set_line_width(0.3)
    paper.line(x, y, x + room, y)


def _draw_code(paper: FPDF, code: str, x: float, y: float) -> None:
    """The matrix row by row; squares side by side are one bar, and bars overlap downward by a hair.

    Without the overlap some viewers show light seams between the rows.
    """
    matrix = _matrix(code)
    side = _CODE / len(matrix)
    paper.set_fill_color(0, 0, 0)
    for number, row in enumerate(matrix):
        for start, length in _bars(row):
            paper.rect(x + start * side, y + number * side, length * side, side + 0.02, style="F")


def _matrix(code: str) -> list[list[bool]]:
    """The code's dark squares with the light border; a quarter of it may be damaged (level Q)."""
    drawing = qrcode.QRCode(error_correction=qrcode.ERROR_CORRECT_Q, border=4)
    drawing.add_data(code)
    drawing.make(fit=True)
    return [[bool(square) for square in row] for row in drawing.get_matrix()]


def _bars(row: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """Where dark bars start in a row, and how long they are, in squares."""
    start = 0
    for dark, squares in groupby(row):
        length = len(list(squares))
        if dark:
            yield start, length
        start += length


def _write_for_owner(path: Path, data: bytes) -> None:
    """A new file of one's own, never somebody else's opened anew: an old one's permissions would stay."""
    path.unlink(missing_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
