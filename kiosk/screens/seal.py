"""The seal of the record: a code as large as the screen allows, and what a photo of it is good for."""

from kiosk.faces import SealFace
from kiosk.screens import squares
from kiosk.screens.boxes import Box
from kiosk.screens.screen import Errand, load

__all__ = ["SealScreen", "squares"]


class SealScreen(Errand[SealFace]):
    """The code, and beside it (upright: below it) how many entries, from when, and the words."""

    def draw(self, face: SealFace, box: Box) -> None:
        """Draws it."""
        if self.tall:
            box = self.ids.ways.cut(face.choices, box, self.choose) if face.choices else box
            side = min(box.w, box.h * 0.5)
            code, text = box.cut_top(side, self.u(24))
        else:
            side = min(box.h, box.w * 0.54)
            code, text = box.cut_left(side, self.u(28))
            text = text._replace(y=box.y, h=box.h)
            text = self.ids.ways.cut(face.choices, text, self.choose) if face.choices else text
        self.ids.code.say(face.code, code)
        self._words(face, text)

    def _words(self, face: SealFace, box: Box) -> None:
        ids = self.ids
        for name, text, gap in (("entries", face.entries, 0), ("when", face.when, 16)):
            place, box = box.cut_top(ids[name].high(text, box.w), self.u(gap))
            ids[name].say(text, place)
        how = ids.how.fitted(face.how, (box.w, box.h * 0.5)).height
        words = ids.words.fitted(face.words, (box.w, box.h - how - self.u(16))).height
        upper, lower = box.cut_top(words, self.u(16))
        ids.words.say(face.words, upper)
        ids.how.say(face.how, lower)


load(__file__)
