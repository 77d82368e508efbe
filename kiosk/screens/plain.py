"""The plainest page: what happened, what still works, what mends it. It must show when other pages cannot."""

from collections.abc import Callable
from typing import Any

from kiosk.faces import PlainFace, Touch
from kiosk.screens.boxes import Box
from kiosk.screens.pieces import Crowd, Words
from kiosk.screens.screen import Errand, load

STEPS = (30, 24, 20)
"""Sizes of the sentences, all alike: the largest at which all of them fit."""


class PlainScreen(Errand[PlainFace]):
    """A picture, a sentence, more sentences, and what can be chosen."""

    def __init__(self, say: Callable[[Touch], None], scale: float, **kwargs: Any) -> None:
        super().__init__(say, scale, **kwargs)
        self._lines = Crowd[Words](self, lambda: Words(lines=[9], along="top"))

    def draw(self, face: PlainFace, box: Box) -> None:
        """Draws it."""
        ids, gap = self.ids, self.u(16)
        box = ids.ways.cut(face.choices, box, self.choose)
        small_high = ids.small.fitted(face.small, (box.w, box.h * 0.3)).height if face.small else 0
        small, box = box.cut_bottom(small_high, gap if small_high else 0)
        ids.small.say(face.small, small)
        size = self.u(64 if self.tall else 88)
        place, text = box.cut_top(size, gap) if self.tall else box.cut_left(size, self.u(32))
        high = ids.words.fitted(face.words, (text.w, text.h * 0.5)).height
        upper, lower = text.cut_top(high, gap)
        ids.picture.say(face.icon, Box(place.x, text.top - size if not self.tall else place.y, size, size))
        ids.words.say(face.words, upper)
        self._say_lines(face.sentences, lower)

    def _say_lines(self, lines: tuple[str, ...], room: Box) -> None:
        between = self.u(10)
        self._lines.keep(len(lines))
        for step in STEPS:
            for words in self._lines:
                words.steps = [step]
            highs = [words.high(line, room.w) for words, line in zip(self._lines, lines, strict=True)]
            if sum(highs) + between * (len(highs) - 1) <= room.h:
                break
        for words, line, high in zip(self._lines, lines, highs if lines else (), strict=True):
            place, room = room.cut_top(min(high, room.h), between)
            words.say(line, place)


load(__file__)
