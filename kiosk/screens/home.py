"""A member's visit: who it is, where their balance stands, and what they can do, the likeliest first."""

from typing import Any

from kiosk.faces import HomeFace
from kiosk.screens import theme
from kiosk.screens.boxes import Box
from kiosk.screens.pieces import Crowd
from kiosk.screens.screen import Errand, load
from kiosk.screens.touchables import Tile, say_alike

MOST = 7
"""Tiles up to which there is room for the sentence at the foot of a screen that lies."""


class HomeScreen(Errand[HomeFace]):
    """The name, the balance, the tiles."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.around.ids.title.steps = [48, 38, 30, 24, 20]
        self.tiles = Crowd[Tile](self, Tile)

    def draw(self, face: HomeFace, box: Box) -> None:
        """Draws the visit."""
        box = self._balance(face, box)
        footer = self.ids.footer
        words = face.footer if self.tall or len(face.tiles) <= MOST else ""
        high = footer.high(words, box.w)
        place, rest = box.cut_bottom(high, self.u(theme.GAP) if high else 0)
        footer.say(words, place)
        self.tiles.keep(len(face.tiles))
        places = self._upright(rest, len(face.tiles)) if self.tall else self._lying(rest, len(face.tiles))
        # One with a second line needs the room of a row; then all stand like it.
        beside = "row" if any(choice.hint for choice in face.tiles[1:]) else "auto"
        for index, tile in enumerate(self.tiles):
            tile.stand = beside if index else "auto"
            tile.steps = [30, 24, 20] if index else [48, 38, 30]
            tile.picture = 40 if index else 72
        self.tiles[0].say(face.tiles[0], places[0], self.choose)
        say_alike(self.tiles[1:], face.tiles[1:], places[1:], self.choose)

    def _balance(self, face: HomeFace, box: Box) -> Box:
        """The balance as a bar from the middle, with its sentence; gives what is left."""
        words, bar = self.ids.balance, self.ids.bar
        if self.tall:
            text, below = box.cut_top(words.high(face.bar.words, box.w), self.u(12))
            place, rest = below.cut_top(self.u(20), self.u(28))
        else:
            most = min(box.w * 0.6, max(box.w * 0.45, words.wide(face.bar.words)))
            line, rest = box.cut_top(self.u(32), self.u(theme.GAP))
            text_wide = words.fitted(face.bar.words, (most, line.h)).width + 1
            text, place = line.cut_left(text_wide, self.u(24))
        words.say(face.bar.words, text)
        bar.say(face.bar, place.middle(place.w, self.u(20)))
        return rest

    def _lying(self, box: Box, count: int) -> list[Box]:
        """The first large at the left; the rest beside it."""
        first, rest = box.cut_left(box.w if count == 1 else self.u(280), self.u(theme.GAP))
        return [first, *self._others(rest, count - 1)]

    def _upright(self, box: Box, count: int) -> list[Box]:
        """The first large at the top; the rest below it."""
        rows = (count - 1 + 1) // 2
        high = min(box.h * 0.42, box.h - rows * self.u(88 + theme.GAP))
        first, rest = box.cut_top(box.h if count == 1 else high, self.u(theme.GAP))
        return [first, *self._others(rest, count - 1)]

    def _others(self, box: Box, count: int) -> list[Box]:
        gap = self.u(theme.GAP)
        if count <= 3:
            return box.rows(max(1, count), gap)[:count]
        across = 2
        if count % across == 0:
            return box.grid(across, count // across, gap)
        rows = box.rows((count + 1) // across, gap)
        return [rows[0], *(cell for row in rows[1:] for cell in row.columns(across, gap))]


load(__file__)
