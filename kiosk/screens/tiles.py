"""Choose one of several."""

from typing import Any

from kiosk.faces import TilesFace
from kiosk.screens import theme
from kiosk.screens.boxes import Box
from kiosk.screens.pieces import Crowd
from kiosk.screens.screen import Errand, load
from kiosk.screens.touchables import Tile
from kiosk.screens.turner import Turner

__all__ = ["TilesScreen", "Turner"]


class TilesScreen(Errand[TilesFace]):
    """Tiles in a grid, as large as their number allows; ways aside below, smaller."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.tiles = Crowd[Tile](self, Tile)
        self.extra = Crowd[Tile](self, lambda: Tile(stand="only", picture=24, steps=[24, 20]))

    def draw(self, face: TilesFace, box: Box) -> None:
        """Draws the choices."""
        words = self.ids.words
        high = words.high(face.words, box.w)
        place, rest = box.cut_top(high, self.u(theme.GAP) if high else 0)
        words.say(face.words, place)
        rest = self._extra(face, self.ids.turner.cut(face.page, rest, self.choose))
        across, down = self._grid(len(face.choices), face.page[1] > 1)
        rest = self._not_too_high(rest, down)
        self.tiles.keep(len(face.choices))
        for tile, choice, cell in zip(
            self.tiles, face.choices, rest.grid(across, down, self.u(theme.GAP)), strict=False
        ):
            tile.steps = [30, 24, 20] if cell.h >= self.u(72) else [24, 20]
            tile.picture = 48 if cell.h >= self.u(128) else 32
            tile.say(choice, cell, self.choose)

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
