"""Waiting for a badge."""

from kiosk.faces import TapFace
from kiosk.screens import hands, theme
from kiosk.screens.boxes import Box
from kiosk.screens.screen import Errand, load

__all__ = ["TapScreen", "hands"]


class TapScreen(Errand[TapFace]):
    """The sentence is the largest thing; the badge mark beside it is black, as on the wall."""

    def draw(self, face: TapFace, box: Box) -> None:
        """Draws it."""
        gap = self.u(theme.GAP)
        box = self.ids.ways.cut(face.choices, box, self.choose)
        mark, rest = box.cut_bottom(self.u(240), gap) if self.tall else box.cut_right(self.u(240), self.u(32))
        self.ids.mark.say("badge", "", mark)
        self._text(face, rest)

    def _text(self, face: TapFace, box: Box) -> None:
        """Picture, prompt, words from the top; the hands at the foot."""
        ids, gap = self.ids, self.u(theme.GAP)
        box = self._hands(face, box)
        words_high = ids.words.fitted(face.words, (box.w, box.h * 0.45)).height if face.words else 0
        room = box.h - words_high - gap
        size = self.u(64) if face.icon and room > self.u(64 + 16 + 110) else 0
        place, box = box.cut_top(size, gap if size else 0)
        ids.picture.say(face.icon if size else "", place._replace(w=size))
        room -= size + (gap if size else 0)
        prompt_high = ids.prompt.fitted(face.prompt, (box.w, room)).height
        place, box = box.cut_top(prompt_high, gap)
        ids.prompt.say(face.prompt, place)
        ids.words.say(face.words, box)

    def _hands(self, face: TapFace, box: Box) -> Box:
        size = 72 if face.dots <= 4 else 40
        named = bool(face.dots <= 4)
        high = self.ids.hands.high(face.dots, named, size, box.w)
        place, rest = box.cut_bottom(high, self.u(theme.GAP) if high else 0)
        self.ids.hands.say(face.dots_filled, face.dots, face.names if named else (), place, size)
        return rest


load(__file__)
