"""Choose one of several."""

from typing import Any

from kiosk.faces import TilesFace
from kiosk.screens import theme
from kiosk.screens.boxes import Box
from kiosk.screens.pieces import Crowd
from kiosk.screens.screen import Errand, load
from kiosk.screens.touchables import Tile, say_alike
from kiosk.screens.turner import Turner

__all__ = ["TilesScreen", "Turner"]

FEW = 2
"""Choices up to which the sentence above them is the largest thing."""


class TilesScreen(Errand[TilesFace]):
    """Tiles in a grid, as large as their number allows; ways aside below, smaller."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.tiles = Crowd[Tile](self, Tile)
        self.extra = Crowd[Tile](self, lambda: Tile(stand="only", picture=24, steps=[24, 20]))

    def draw(self, face: TilesFace, box: Box) -> None:
        """Draws the choices."""
        gap = self.u(theme.GAP)
        rest = self._extra(face, self.ids.turner.cut(face.page, box, self.choose))
        if face.words and len(face.choices) <= FEW:
            cells = self._words_first(face, rest)
        else:
            rest = self._words(face.words, rest, large=False)
            across, down = self._grid(len(face.choices), face.page[1] > 1)
            cells = self._not_too_high(rest, down).grid(across, down, gap)
        self.tiles.keep(len(face.choices))
        high = cells[0].h if cells else 0
        for tile in self.tiles:
            tile.steps = [38, 30, 24, 20] if high >= self.u(112) else [30, 24, 20]
            tile.picture = 48 if high >= self.u(160) else 32
        say_alike(self.tiles, face.choices, cells, self.choose)

    def _words(self, text: str, box: Box, *, large: bool) -> Box:
        """The sentence above the tiles; gives what is left."""
        words = self.ids.words
        words.steps, words.lines = ([48, 38, 30, 24, 20], [4, 4, 4, 5, 7]) if large else ([24, 20, 20], [1, 1, 3])
        words.weight, words.ink = ("heavy", theme.INK) if large else ("regular", theme.SOFT)
        high = words.fitted(text, (box.w, box.h)).height if text else 0
        place, rest = box.cut_top(high, self.u(24 if large else theme.GAP) if high else 0)
        words.say(text, place)
        return rest

    def _words_first(self, face: TilesFace, box: Box) -> list[Box]:
        """With one or two choices the sentence is what counts: it is the largest, they are at the foot."""
        count, gap = len(face.choices), self.u(theme.GAP)
        rows = count if self.tall else 1
        foot, rest = box.cut_bottom(rows * self.u(88) + (rows - 1) * gap, self.u(24))
        self._words(face.words, rest, large=True)
        return foot.rows(count, gap) if self.tall else foot.columns(2, gap)

    def _extra(self, face: TilesFace, box: Box) -> Box:
        """Ways aside, in a line at the foot; gives what is left."""
        self.extra.keep(len(face.extra))
        if not face.extra:
            return box
        line, rest = box.cut_bottom(self.u(theme.TOUCH), self.u(theme.GAP))
        wide = line.columns(max(2, len(face.extra)), self.u(theme.GAP))
        for tile, choice, cell in zip(self.extra, face.extra, wide, strict=False):
            tile.say(choice, cell, self.choose)
        return rest

    def _grid(self, count: int, paged: bool) -> tuple[int, int]:
        """Columns and rows; the same on every page."""
        shown = 9 if paged else count
        if self.tall:
            across = 1 if shown <= 4 else 2
        else:
            across = {1: 1, 2: 2, 3: 3, 4: 2}.get(shown, 3 if shown <= 9 else 4)
        return across, -(-shown // across)

    def _not_too_high(self, box: Box, down: int) -> Box:
        """A few tiles do not fill a whole screen; they stand at its top."""
        highest = self.u(176) * down + self.u(theme.GAP) * (down - 1)
        return box.cut_top(min(box.h, highest))[0]


load(__file__)
