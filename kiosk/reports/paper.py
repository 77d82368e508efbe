"""What all sheets share: the house's letters on paper, its colours, and codes that stay sharp on any printer.

Measures are millimetres, sizes of letters points.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path

import qrcode
from fpdf import FPDF
from fpdf.fonts import TTFFont

from kiosk.tongue import DIRECTING, right_to_left

FONTS = Path(__file__).parent.parent / "screens" / "fonts"
"""The letters of the screen are those of the paper."""

SHEET_WIDTH, SHEET_HEIGHT = 210.0, 297.0

INK = (29, 27, 24)
SOFT = (106, 99, 88)
LINE = (221, 211, 191)
MONEY = (201, 138, 0)

POINT = 25.4 / 72
"""Millimetres."""

_SMALLEST = 8


def new_paper(fonts: Path = FONTS) -> FPDF:
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


def across(x: float, width: float) -> float:
    """Where something that wide begins: as said, or mirrored where one reads from the right."""
    return SHEET_WIDTH - x - width if right_to_left() else x


def side(align: str) -> str:
    """The edge that lines begin or end at, where one reads from the left: "L" or "R"; the other one mirrored."""
    return {"L": "R", "R": "L"}[align] if right_to_left() else align


def choose(paper: FPDF, size: float, style: str = "") -> None:
    """Take the house's letters in this size and style ("B" for bold)."""
    # fpdf2 believes that these are still chosen after a line that ended in Arabic; another size between tells it.
    paper.set_font("house", style, size + 1)
    paper.set_font("house", style, size)


def put(paper: FPDF, words: str, x: float, y: float, room: float, high: float, *, align: str = "L") -> None:
    """One line in the letters that are chosen; x and y: its upper left corner. align: "L" or "R"."""
    paper.set_xy(across(x, room), y)
    paper.cell(room, high, words, align=side(align))


def can_write(paper: FPDF, words: str) -> bool:
    """Whether there is something to write, and letters for it; a name of empty boxes would be nobody's."""
    return bool(words.strip()) and {ord(sign) for sign in words} <= letters(paper)


def letters(paper: FPDF) -> set[int]:
    """All signs that the bold letters of the house have."""
    bold = (paper.fonts["houseB"], paper.fonts["arabicB"])
    return {sign for font in bold if isinstance(font, TTFFont) for sign in font.cmap}


def printable(paper: FPDF, words: str) -> str:
    """Words with a dash of dots where there are no letters for them; a row of empty boxes says less."""
    known = letters(paper) | {ord(" ")}
    said = groupby(words.translate(DIRECTING), lambda sign: ord(sign) in known)
    return "".join("".join(signs) if there else "…" for there, signs in said)


def write_line(paper: FPDF, words: str, x: float, y: float, room: float, *, largest: int, style: str = "") -> None:
    """One line, as large as it fits; squeezed when the smallest letters are too wide. y: its upper edge."""
    paper.set_text_color(*(INK if style else SOFT))
    size = largest
    choose(paper, size, style)
    while size > _SMALLEST and paper.get_string_width(words) > room:
        size -= 1
        choose(paper, size, style)
    paper.set_stretching(min(100.0, 100 * room / max(room, paper.get_string_width(words))))
    put(paper, words, x, y, room, largest * 0.42)
    paper.set_stretching(100)


def write_lines(
    paper: FPDF, words: str, x: float, y: float, room: float, high: float, *, sizes: Sequence[int]
) -> float:
    """Words over as many lines as they need, in the largest of these sizes in which they fit a place; bold.

    Where even the smallest is too large the last lines are left out. Gives the height that was written on.
    """
    paper.set_text_color(*INK)
    size = next((size for size in sizes if _fits(paper, words, room, high, size)), sizes[-1])
    kept = broken(paper, words, room, size, "B")[: max(1, int(high / line_high(size)))]
    for place, line in enumerate(kept):
        put(paper, line, x, y + place * line_high(size), room, line_high(size))
    return len(kept) * line_high(size)


def _fits(paper: FPDF, words: str, room: float, high: float, size: int) -> bool:
    """Whether words fit a place in this size without one of them being broken."""
    lines = broken(paper, words, room, size, "B")
    whole = all(paper.get_string_width(part) <= room for part in words.split())
    return whole and len(lines) * line_high(size) <= high


def broken(paper: FPDF, words: str, room: float, size: int, style: str = "") -> list[str]:
    """Words as lines that fit, in letters of this size; the paper is left with those letters chosen."""
    choose(paper, size, style)
    lines = paper.multi_cell(room, line_high(size), words, dry_run=True, output="LINES", align="L")
    assert isinstance(lines, list)
    return lines


def line_high(size: float) -> float:
    """Millimetres from one line to the next, for letters of so many points."""
    return size * POINT * 1.2


def draw_line_to_write_on(paper: FPDF, x: float, y: float, room: float) -> None:
    """For a name that is written by hand."""
    paper.set_draw_color(*SOFT)
    paper.set_line_width(0.3)
    paper.line(across(x, room), y, across(x, room) + room, y)


def write_hint(
    paper: FPDF, words: str, x: float, y: float, room: float, high: float, *, sizes: Sequence[int]
) -> None:
    """Small words over lines of their own, in the largest of these sizes in which they fit; in the ink chosen."""
    size = next(
        (each for each in sizes if len(broken(paper, words, room, each)) * line_high(each) <= high), sizes[-1]
    )
    choose(paper, size)
    paper.set_xy(across(x, room), y)
    paper.multi_cell(room, line_high(size), words, align=side("L"))


def draw_code(paper: FPDF, code: str, x: float, y: float, wide: float) -> None:
    """A QR code with its light border, so wide; a quarter of it may be damaged (level Q).

    Drawn from its matrix row by row: squares side by side are one bar, and bars overlap downward by a hair, as some
    viewers would show light seams between the rows.
    """
    matrix = _matrix(code)
    square = wide / len(matrix)
    paper.set_fill_color(0, 0, 0)
    x = across(x, wide)
    for number, row in enumerate(matrix):
        for start, length in _bars(row):
            paper.rect(x + start * square, y + number * square, length * square, square + 0.02, style="F")


def _matrix(code: str) -> list[list[bool]]:
    """The code's dark squares with the four light ones around it that ISO/IEC 18004 asks for."""
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
