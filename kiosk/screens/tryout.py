"""A test of what arrives: the three shapes, lit while their button is down; the newest thing, large."""

from typing import Any

from kiosk.faces import TryoutFace
from kiosk.screens import theme
from kiosk.screens.boxes import Box
from kiosk.screens.pieces import Crowd, Picture, Slab, Words
from kiosk.screens.screen import Errand, load

SHAPES = (("yes", "circle"), ("no", "square"), ("abstain", "triangle"))


class Shape(Slab):
    """One of the three buttons: a card, ink-black while it is down, struck out with a warning while it is stuck."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._picture = Picture()
        self.add_widget(self._picture)

    def say(self, shape: str, box: Box, *, down: bool, stuck: bool) -> None:
        """Draws it."""
        self.put(box)
        self.fill = theme.INK if down else theme.CARD
        self.edge = theme.ALARM if stuck else theme.LINE
        self._picture.ink = theme.CARD if down else theme.INK
        size = min(box.w, box.h) * 0.62
        self._picture.say("warning" if stuck else shape, box.middle(size, size))


class TryoutScreen(Errand[TryoutFace]):
    """The shapes at the top, what arrived below, a lamp and a tone at the foot."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.shapes = Crowd[Shape](self, Shape)
        self.earlier = Crowd[Words](self, lambda: Words(steps=[20], lines=[1], ink=theme.SOFT, may_cut=True))

    def draw(self, face: TryoutFace, box: Box) -> None:
        """Draws it from the foot."""
        gap = self.u(theme.GAP)
        self.ids.ways.high = 72 if self.tall else 64
        rest = self.ids.ways.cut(face.choices, box, self.choose)
        row, rest = rest.cut_top(self.u(208 if self.tall else 96), self.u(40) if self.tall else gap)
        cells = row.columns(len(SHAPES), gap)
        for piece, (button, shape), cell in zip(self.shapes.keep(len(SHAPES)), SHAPES, cells, strict=True):
            piece.say(shape, cell, down=button in face.down, stuck=button in face.stuck)
        self._newest(face, self._earlier(face, rest))

    def _earlier(self, face: TryoutFace, box: Box) -> Box:
        """A line for each that came before, at the foot; gives what is left."""
        lines = self.earlier.keep(len(face.earlier))
        if not lines:
            return box
        high = self.u(40 if self.tall else 28)
        place, rest = box.cut_bottom(high * len(lines), self.u(8))
        for line in lines:
            line.steps = [30, 24, 20] if self.tall else [20]
        for line, words, cell in zip(lines, face.earlier, place.rows(len(lines), 0), strict=True):
            line.say(words, cell)
        return rest

    def _newest(self, face: TryoutFace, box: Box) -> None:
        size = min(self.u(96 if self.tall else 72), int(box.h))
        if self.tall:
            high = max(size, self.ids.words.high(face.words, box.w - size - self.u(24)))
            box = box.cut_top(min(high, box.h))[0]
        place, text = box.cut_left(size, self.u(24))
        self.ids.picture.say(face.icon, place.middle(size, size))
        self.ids.words.say(face.words, text)


load(__file__)
