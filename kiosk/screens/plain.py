"""The plainest page: what happened, what still works, what mends it. It must show when other pages cannot."""

from kiosk.faces import PlainFace
from kiosk.screens.boxes import Box
from kiosk.screens.screen import Errand, load


class PlainScreen(Errand[PlainFace]):
    """A picture, a sentence, more sentences, and what can be chosen."""

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
        ids.lines.say("\n".join(face.lines), lower)


load(__file__)
