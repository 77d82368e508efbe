"""The shelf of shared tools: what is in, what is out and with whom."""

from collections.abc import Callable, Mapping
from typing import Any

from kiosk.faces import ShelfFace, ToolLine, fewer
from kiosk.screens import theme, turner
from kiosk.screens.boxes import Box
from kiosk.screens.pieces import Crowd
from kiosk.screens.screen import Errand, load
from kiosk.screens.touchables import Touchable

__all__ = ["ShelfScreen", "turner"]

ROWS = 4
"""Tools that one page holds."""

PICTURES: Mapping[str, str] = {"in": "check", "out": "arrow-right", "overdue": "warning", "broken": "repair"}


class ToolTile(Touchable):
    """A tool: its name, where it is, and a picture of that; what is overdue is an alarm."""

    def say(self, line: ToolLine, box: Box, choose: Callable[[str], None]) -> None:
        """Draws it; a touch says its key."""
        self.chooses(line.key, choose)
        late = line.standing == "overdue"
        self.put(box)
        ids, inner = self.ids, box.inset(self.u(16), self.u(4))
        size = self.u(32)
        place, rest = inner.cut_left(size, self.u(16))
        ids.picture.ink = theme.ALARM if late else theme.DONE if line.standing == "in" else theme.INK
        ids.picture.say(line.icon or PICTURES[line.standing], place.middle(size, size))
        ids.told.weight, ids.told.ink = ("semibold", theme.ALARM) if late else ("regular", theme.SOFT)
        low = ids.told.fitted(line.told, (rest.w, rest.h - ids.name.high("Hg", rest.w))).height
        high = ids.name.fitted(line.name, (rest.w, rest.h - low)).height
        upper, lower = rest.middle(rest.w, high + low).cut_top(high)
        ids.name.say(line.name, upper)
        ids.told.say(line.told, lower)


class ShelfScreen(Errand[ShelfFace]):
    """Rows, and the pages of them; what can be done with the shelf at the foot."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = Crowd[ToolTile](self, ToolTile)

    def under_title(self, face: ShelfFace) -> str:
        """How many are in and out."""
        return face.words

    def draw(self, face: ShelfFace, box: Box) -> None:
        """Draws the shelf."""
        gap, across = self.u(theme.GAP), 1 if self.tall else 2
        rest = self.ids.ways.cut(face.choices, box, self.choose)
        rest = self.ids.turner.cut(face.page, rest, self.choose)
        self.ids.empty.say("" if face.lines else face.empty, rest)
        most = max(fewer(ROWS, int(self.larger)), len(face.lines))
        rows = most if self.tall else -(-most // 2)
        high = min(self.u(120), (rest.h - gap * (rows - 1)) / rows)
        cells = rest.cut_top(rows * high + (rows - 1) * gap)[0].grid(across, rows, gap)
        for row, line, cell in zip(self.rows.keep(len(face.lines)), face.lines, cells, strict=False):
            row.say(line, cell, self.choose)


load(__file__)
