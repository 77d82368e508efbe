"""A vote is open: black paper, the question, how many have pressed. Never what."""

from typing import Any

from kiosk.faces import VoteFace
from kiosk.screens import chips
from kiosk.screens.boxes import Box
from kiosk.screens.screen import Poster, Say, load

__all__ = ["VoteScreen", "chips"]


class VoteScreen(Poster[VoteFace]):
    """The question takes all that the figure and the three answers leave; all is alike whatever is pressed."""

    black = True

    def __init__(self, say: Say, scale: float, **kwargs: Any) -> None:
        super().__init__(say, scale, **kwargs)
        self.around.stops = True

    def draw(self, face: VoteFace, box: Box) -> None:
        """Draws it from the foot."""
        ways = self.ids.ways
        ways.stand = "stack" if self.tall else "only"
        ways.high = 104 if self.tall else 96
        ways.resting = face.resting
        self.ids.question.lines = [6, 8, 9, 10] if self.tall else [2, 3, 4, 5, 6, 8]
        rest = ways.cut(face.choices, box, self.choose, gap=16 if self.tall else 24)
        question = self._count_upright(face, rest) if self.tall else self._count(face, rest)
        self.ids.question.say(face.question, question if self.tall else self.with_head(question))

    def _count(self, face: VoteFace, box: Box) -> Box:
        """How many have pressed: a figure, and beside it what it means and the dots; gives what is left above."""
        ids, gap = self.ids, self.u(8)
        place, rest = box.cut_bottom(self.u(112), self.u(24))
        text = self._figure(face, place)
        dots = ids.dots.high(face.people, (text.w, self.u(40)))
        line = ids.words.fitted(face.words, (text.w, text.h - dots - gap)).height
        upper, lower = text.middle(text.w, line + gap + dots).cut_top(line, gap)
        ids.words.say(face.words, upper)
        ids.dots.say(face.pressed, face.people, lower)
        return rest

    def _count_upright(self, face: VoteFace, box: Box) -> Box:
        """The same with the dots below, as wide as the screen."""
        ids = self.ids
        lower, box = box.cut_bottom(ids.dots.high(face.people, (box.w, self.u(96))), self.u(16))
        place, rest = box.cut_bottom(self.u(96), self.u(24))
        ids.words.say(face.words, self._figure(face, place))
        ids.dots.say(face.pressed, face.people, lower)
        return rest

    def _figure(self, face: VoteFace, box: Box) -> Box:
        """The figure at the left, as wide as the largest that may come; gives what is left beside it."""
        pressed = self.ids.pressed
        wide = pressed.fitted("0" * len(str(face.people)), (box.w, box.h)).width + 1
        place, rest = box.cut_left(wide, self.u(24))
        pressed.say(str(face.pressed), place)
        return rest


load(__file__)
