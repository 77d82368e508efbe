"""What the circle button takes: a ring around it; where nothing on the screen is it, its words at the foot."""

from collections.abc import Iterator
from typing import Any

from kivy.graphics import Color, Line

from kiosk.faces import Marked
from kiosk.screens import theme
from kiosk.screens.boxes import Box
from kiosk.screens.pieces import Piece
from kiosk.screens.screen import load
from kiosk.screens.touchables import Touchable

AROUND, THICK = 8, 5
"""Units: how far the ring lies outside, in the gap between things, and how thick it is."""


class Mark(Piece):
    """Lies over a screen."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        with self.canvas:
            Color(*theme.INK)
            self._ring = Line(width=1)

    def draw(self, marked: Marked, screen: Any, box: Box) -> None:
        """Draws it. screen: what is shown, in which it is looked for; box: the stage."""
        self.put(box)
        found = next((each for each in touchables(screen) if marked.touch and each.says == marked.touch), None)
        self._around(found)
        self._words("" if found is not None else marked.words, box)

    def _around(self, found: Touchable | None) -> None:
        if found is None:
            self._ring.points = []
            return
        out = self.u(AROUND)
        place = Box(found.x, found.y, found.width, found.height).inset(-out)
        self._ring.width = self.u(THICK) / 2
        self._ring.rounded_rectangle = (*place, self.u(theme.CORNER) + out)

    def _words(self, words: str, box: Box) -> None:
        ids = self.ids
        ids.slab.show(bool(words))
        if not words:
            ids.words.say("", box)
            ids.picture.say("", box)
            return
        foot = box.inset(self.u(theme.GAP)).cut_bottom(self.u(theme.TOUCH + 8))[0]
        size = self.u(28)
        room = foot.w - size - self.u(64)
        wide = int(ids.words.fitted(words, (room, foot.h - self.u(8))).width)
        slab = foot.middle(size + self.u(12 + 40) + wide, foot.h)
        ids.slab.put(slab)
        picture, text = slab.inset(self.u(20), self.u(4)).cut_left(size, self.u(12))
        ids.picture.say("circle", picture.middle(size, size))
        ids.words.say(words, text._replace(w=wide + 1))


def touchables(widget: Any) -> Iterator[Touchable]:
    """All that can be touched and is seen."""
    if widget.opacity == 0:
        return
    if isinstance(widget, Touchable) and widget.touched is not None:
        yield widget
    for child in reversed(widget.children):
        yield from touchables(child)


load(__file__)
