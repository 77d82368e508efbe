"""Members' cards on paper: sheets to print, cut and hand out.

Ten cards of the size of a bank card (85.6 × 54 mm, ISO/IEC 7810 ID-1) on a sheet of A4, with cut marks. A card's
code is drawn from its matrix as filled squares, so that it stays sharp on any printer. Measures are millimetres.
"""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from fpdf import FPDF

from kiosk.reports.paper import (
    FONTS,
    INK,
    SHEET_HEIGHT,
    SHEET_WIDTH,
    SOFT,
    can_write,
    draw_code,
    draw_line_to_write_on,
    new_paper,
    write_hint,
    write_line,
)
from kiosk.tongue import DIRECTING, later, phrase

WIDTH, HEIGHT = 85.6, 54.0
COLUMNS, ROWS = 2, 5

PROMISE = later("Show this to the kiosk.\nKeep it like a key.\nIf it is lost, three members revoke it.")

_MARGIN = 5.0
_LEFT = (SHEET_WIDTH - COLUMNS * WIDTH) / 2
_TOP = (SHEET_HEIGHT - ROWS * HEIGHT) / 2
_CODE = 34.0  # with the four light squares around it that ISO/IEC 18004 asks for
_LARGEST = 24  # points


class Card(NamedTuple):
    """One card: whose it is ("" for nobody's yet: a line to write the name on), and its code."""

    handle: str
    code: str


def print_cards(cards: Sequence[Card], shop: str, path: Path, *, fonts: Path = FONTS) -> None:
    """Write the sheets as a PDF that its owner alone may read: what is on them opens the kiosk.

    Raises OSError when the file cannot be written.
    """
    paper = new_paper(fonts)
    paper.set_title(phrase("Cards of {shop}", shop=shop).translate(DIRECTING))
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


def _draw_cut_marks(paper: FPDF) -> None:
    """Short lines outside the cards, so that a cut that strays leaves nothing on them."""
    paper.set_draw_color(*SOFT)
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
    write_line(paper, shop, x + _MARGIN, y + 3, room, largest=9)
    if can_write(paper, card.handle):
        write_line(paper, card.handle, x + _MARGIN, y + 7.5, room, largest=_LARGEST, style="B")
    else:
        draw_line_to_write_on(paper, x + _MARGIN, y + 15.5, room)
    draw_code(paper, card.code, x + 1.5, y + HEIGHT - _CODE - 1.5, _CODE)
    paper.set_text_color(*INK)
    left, top = x + _CODE + 3, y + HEIGHT - _CODE + 2
    write_hint(paper, phrase(PROMISE), left, top, WIDTH - _CODE - 3 - _MARGIN, _CODE - 6, sizes=(10, 9, 8))


def _write_for_owner(path: Path, data: bytes) -> None:
    """A new file of one's own, never somebody else's opened anew: an old one's permissions would stay."""
    path.unlink(missing_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
