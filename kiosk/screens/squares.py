"""A QR code, drawn from its matrix as squares on whole pixels."""

from functools import lru_cache
from typing import Any, Literal

from kivy.graphics import Color, Rectangle
from kivy.properties import OptionProperty

from kiosk.screens import theme
from kiosk.screens.boxes import Box
from kiosk.screens.pieces import Piece, upright

QUIET = 4
"""Light squares around the code (ISO/IEC 18004)."""

Run = tuple[int, int, int]
"""Dark squares that touch: (row from the top, the first column, how many)."""


Level = Literal["L", "M"]
"""How much of a code may be lost and it is still read (ISO/IEC 18004): 7 % or 15 %. Less means larger squares."""


@lru_cache(maxsize=8)
def runs(text: str, level: Level = "M") -> tuple[int, tuple[Run, ...]]:
    """How many squares wide the code of a text is, and its dark ones, row by row."""
    import qrcode  # it brings Pillow along, and most walls show no code

    levels = {"L": qrcode.constants.ERROR_CORRECT_L, "M": qrcode.constants.ERROR_CORRECT_M}
    code = qrcode.QRCode(error_correction=levels[level], border=0)
    code.add_data(text)
    code.make(fit=True)
    found: list[Run] = []
    for row, cells in enumerate(code.get_matrix()):
        start = None
        for column, dark in enumerate([*cells, False]):
            if dark and start is None:
                start = column
            elif not dark and start is not None:
                found.append((row, start, column - start))
                start = None
    return len(code.get_matrix()), tuple(found)


def across(text: str, level: Level = "M") -> int:
    """How many squares wide the code of a text is, with the light ones around it."""
    return runs(text, level)[0] + 2 * QUIET


class Squares(Piece):
    """A code on a light ground, as large as whole pixels allow."""

    level = OptionProperty("M", options=["L", "M"])

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._last: object = None

    def say(self, text: str, box: Box) -> None:
        """Draws the code of a text, in the middle of the box's foot; none for ""."""
        box = box.whole()
        self.put(box)
        if (text, box, self.mirrored) == self._last:
            return
        self._last = (text, box, self.mirrored)
        self.canvas.clear()
        if not text:
            return
        _, dark = runs(text, self.level)
        wide = across(text, self.level)
        size = max(1, int(min(box.w, box.h) // wide))
        ground = box.middle(size * wide, size * wide)._replace(y=box.y).whole()
        with self.canvas, upright(box, mirrored=self.mirrored):  # a scanner reads no mirrored code
            Color(*theme.CARD)
            Rectangle(pos=(ground.x, ground.y), size=(ground.w, ground.h))
            Color(*theme.INK)
            for row, column, count in dark:
                place = (ground.x + (QUIET + column) * size, ground.top - (QUIET + row + 1) * size)
                Rectangle(pos=place, size=(count * size, size))
