"""Nobody's errand: what it was that opened nothing, and what to do; or one sentence on what was done."""

from kiosk.faces import TroubleFace
from kiosk.screens.boxes import Box
from kiosk.screens.screen import Errand, load


class TroubleScreen(Errand[TroubleFace]):
    """A picture, a sentence, and what mends it."""

    def draw(self, face: TroubleFace, box: Box) -> None:
        """Draws it."""
        ids, gap = self.ids, self.u(24)
        box = self.ids.ways.cut(face.choices, box, self.choose)
        size = self.u(112)
        place, text = box.cut_top(size, gap) if self.tall else box.cut_left(size, self.u(32))
        mend_high = ids.mend.fitted(face.mend, (text.w, text.h * 0.5)).height if face.mend else 0
        high = ids.words.fitted(face.words, (text.w, text.h - mend_high - gap)).height
        block = high + (gap + mend_high if mend_high else 0)
        if not self.tall:
            text = text.middle(text.w, max(block, size))
        upper, lower = text.cut_top(high, gap)
        ids.picture.say(face.icon, Box(place.x, text.top - size if not self.tall else place.y, size, size))
        ids.words.say(face.words, upper)
        ids.mend.say(face.mend, lower)


load(__file__)
