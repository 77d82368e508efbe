"""Labels for the tool shelf: sheets to print on paper or on stickers.

Twenty-four labels of 70 × 37 mm on a sheet of A4, three in a row, as sticker sheets have them. A label is no
secret: it says which tool this is, and nothing more. Measures are millimetres.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from fpdf import FPDF

from kiosk.reports.paper import (
    FONTS,
    LINE,
    SHEET_HEIGHT,
    SOFT,
    can_write,
    draw_code,
    draw_line_to_write_on,
    new_paper,
    write_hint,
    write_lines,
)
from kiosk.tongue import DIRECTING, later, phrase

WIDTH, HEIGHT = 70.0, 37.0
COLUMNS, ROWS = 3, 8

HINT = later("Take it: badge, label.\nBack: label, badge.")

_TOP = (SHEET_HEIGHT - ROWS * HEIGHT) / 2
_CODE = 29.0  # with the four light squares around it
_LEFT, _RIGHT = 3.0, 4.0
_NAME = (20, 17, 14, 12, 10)  # points
_NAME_HIGH = 19.0
_HINT_HIGH = 8.0
_HINT = (8, 7, 6)  # points


class Label(NamedTuple):
    """One label: the tool's name ("" for a line to write it on), and its code."""

    name: str
    code: str


def print_labels(labels: Sequence[Label], shop: str, path: Path, *, fonts: Path = FONTS) -> None:
    """Write the sheets as a PDF. Raises OSError when the file cannot be written."""
    paper = new_paper(fonts)
    paper.set_title(phrase("Labels for the tools of {shop}", shop=shop).translate(DIRECTING))
    full = COLUMNS * ROWS
    for place, label in enumerate(labels):
        if place % full == 0:
            paper.add_page()
            _draw_cuts(paper)
        row, column = divmod(place % full, COLUMNS)
        _draw_label(paper, label, column * WIDTH, _TOP + row * HEIGHT)
    path.write_bytes(bytes(paper.output()))


def _draw_cuts(paper: FPDF) -> None:
    """Hair lines where plain paper is cut; on stickers they fall between them."""
    paper.set_draw_color(*LINE)
    paper.set_line_width(0.1)
    for column in range(1, COLUMNS):
        paper.line(column * WIDTH, _TOP, column * WIDTH, SHEET_HEIGHT - _TOP)
    for row in range(ROWS + 1):
        paper.line(0, _TOP + row * HEIGHT, COLUMNS * WIDTH, _TOP + row * HEIGHT)


def _draw_label(paper: FPDF, label: Label, x: float, y: float) -> None:
    draw_code(paper, label.code, x + _LEFT, y + (HEIGHT - _CODE) / 2, _CODE)
    words = x + _LEFT + _CODE + 1
    room = WIDTH - _LEFT - _CODE - 1 - _RIGHT
    top = y + (HEIGHT - _CODE) / 2 + 3
    if can_write(paper, label.name):
        write_lines(paper, label.name, words, top, room, _NAME_HIGH, sizes=_NAME)
    else:
        draw_line_to_write_on(paper, words, top + 12, room)
    paper.set_text_color(*SOFT)
    write_hint(paper, phrase(HINT), words, y + HEIGHT - 11.5, room, _HINT_HIGH, sizes=_HINT)
