"""What has room: titles that are cut or left out, rows that hold all of their words, and tiles on a page."""

from kiosk.faces import Choice, Frame, RowsFace
from kiosk.views.scene import lines_of, paged_by

TILES = 9
"""Tiles on one page."""

TILE = 40
"""Letters that fit a tile, or a title beside a sum."""

ROWS_ROOM, ROW, LONG_ROW = 9, 3, 4
"""Room on one page of rows with whole titles; what a row of two lines takes; what one of more takes."""

ROW_LETTERS = 56
"""Letters in a line of such a row."""


def short(text: str) -> str:
    """Words cut to what fits, and seen to be cut; only where all of them stand one touch further."""
    return text if len(text) <= TILE else text[: TILE - 1].rstrip() + "…"


def with_room(title: str, words: str, otherwise: str) -> str:
    """Words with a title in them, where that has room in a line; else other words, and no title."""
    return words if len(title) <= TILE else otherwise


def whole_titles(around: Frame, rows: tuple[Choice, ...], page: int) -> RowsFace:
    """Rows to touch, as many on a page as have room with all of their words."""
    sizes = [ROW if lines_of(row.words, ROW_LETTERS) <= 2 else LONG_ROW for row in rows]
    shown, at = paged_by(rows, sizes, page, ROWS_ROOM)
    return RowsFace(frame=around, rows=shown, page=at)
