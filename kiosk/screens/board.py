"""The board: needs on one side, offers on the other."""

from collections.abc import Callable
from typing import Any

from kiosk.faces import BoardFace, Hanging, fewer
from kiosk.screens import theme, turner
from kiosk.screens.boxes import Box
from kiosk.screens.pieces import Crowd
from kiosk.screens.screen import Errand, load
from kiosk.screens.touchables import Tile, Touchable

__all__ = ["BoardScreen", "HangingTile", "turner"]

ROWS = 3
"""Notices of each side that one page holds."""


class HangingTile(Touchable):
    """One need or offer; an answer to it takes the second line."""

    def say(self, notice: Hanging, box: Box, choose: Callable[[str], None]) -> None:
        """Draws it; a touch says its key."""
        self.chooses(notice.key, choose)
        self.put(box)
        inner = box.inset(self.u(16), self.u(3))
        size = self.u(32)
        place, rest = inner.cut_left(size if notice.icon else 0, self.u(12) if notice.icon else 0)
        self.ids.picture.say(notice.icon, place.middle(size, size))
        ways = [" · ".join(part for part in (notice.who, notice.until) if part), notice.who]
        about = notice.match or self.ids.about.longest(ways, rest.w)
        self.ids.about.ink = theme.HOURS if notice.match else theme.SOFT
        self.ids.about.weight = "semibold" if notice.match else "regular"
        low = self.ids.about.high(about, 10_000)
        high = self.ids.words.fitted(notice.words, (rest.w, rest.h - low)).height
        upper, lower = rest.middle(rest.w, high + low).cut_top(high)
        self.ids.words.say(notice.words, upper)
        self.ids.about.say(about, lower)

    def high(self, notice: Hanging, wide: float) -> float:
        """How high it would be with all its words, in pixels."""
        text = wide - self.u(32) - (self.u(32 + 12) if notice.icon else 0)
        return float(self.ids.words.high(notice.words, text) + self.ids.about.high("Hg", text) + self.u(12))


class BoardScreen(Errand[BoardFace]):
    """Two columns; each begins with the touch that puts something up."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.heads = Crowd[Tile](self, lambda: Tile(stand="row", steps=[24, 20]))
        self.hung = Crowd[HangingTile](self, HangingTile)

    def draw(self, face: BoardFace, box: Box) -> None:
        """Draws the board."""
        gap = self.u(theme.GAP)
        bare = not face.needs and not face.offers
        rest = self.ids.turner.cut(face.page, box, self.choose)
        sides = rest.rows(2, self.u(24)) if self.tall and not bare else rest.columns(2, gap)
        self.heads.keep(len(face.choices))
        below = list(sides)
        for index, (tile, choice) in enumerate(zip(self.heads, face.choices, strict=True)):
            head, below[index] = below[index].cut_top(self.u(theme.TOUCH), gap)
            tile.say(choice, head, self.choose)
        room = below[0]._replace(w=rest.w)
        self.ids.empty.say(face.empty if bare else "", room)
        self.hung.keep(len(face.needs) + len(face.offers))
        tiles = iter(self.hung)
        for side, notices in zip(below, (face.needs, face.offers), strict=True):
            count = max(fewer(ROWS, int(self.larger)), len(notices))
            high = min(self.u(120), (side.h - gap * (count - 1)) / count)
            for index, notice in enumerate(notices):
                top = side.top - index * (high + gap)
                next(tiles).say(notice, Box(side.x, top - high, side.w, high), self.choose)


load(__file__)
