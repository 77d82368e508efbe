"""The circle opens: everybody taps in, and the five minutes fall into equal parts."""

from kiosk.faces import GatherFace
from kiosk.screens import chips, ring, theme, wording
from kiosk.screens.boxes import Box
from kiosk.screens.chips import Person
from kiosk.screens.ring import equal_cuts
from kiosk.screens.screen import Poster, load

__all__ = ["GatherScreen", "chips", "ring"]


class GatherScreen(Poster[GatherFace]):
    """The ring where the speaker's will be; beside it the black badge mark, and who is here."""

    def draw(self, face: GatherFace, box: Box) -> None:
        """Draws it."""
        gap = self.u(theme.GAP)
        if self.tall:
            self.ids.title.say(face.frame.title, self.head)
            size = min(box.w, box.h * 0.5)
            place, column = box.cut_top(size, self.u(24))
            self._ring(face, place.middle(size, size))
        else:
            whole = Box(box.x, box.y, box.w, self.head.top - box.y)
            size = min(whole.h - self.u(theme.TOUCH), whole.w * 0.5)
            left, right = whole.cut_left(size, self.u(32))
            self.ids.title.say(face.frame.title, left.cut_top(self.u(theme.TOUCH))[0])
            self._ring(face, left.cut_bottom(size)[0])
            column = right.cut_top(self.u(theme.TOUCH), gap)[1]
        rest = self.ids.ways.cut(face.choices, column, self.choose)
        mark, rest = rest.cut_top(self.u(104), gap)
        self.ids.mark.say("badge", face.prompt, mark)
        self._here(face, rest)

    def _ring(self, face: GatherFace, place: Box) -> None:
        ids = self.ids
        ids.ring.say_parted(1.0, equal_cuts(len(face.here)), place)
        inner = place.w - 2 * self.u(ids.ring.thick + 8)
        figures = place.middle(inner, self.u(96))
        figures = figures._replace(y=figures.y + self.u(8))
        ids.figures.say(face.time, figures)
        below = Box(place.x, figures.y - self.u(8 + 40), place.w, self.u(40))
        ids.under.say(face.under, below.middle(inner * 0.8, below.h))

    def _here(self, face: GatherFace, box: Box) -> None:
        """A chip for each who has tapped, or a dot and their number where there are many."""
        ids = self.ids
        people: list[Person] = [(name, "done") for name in face.here]
        laid = ids.chips.fit(people, (box.w, box.h))
        count = 0 if laid else len(people)
        ids.words.say(face.words, box)
        ids.chips.say(people, laid, box)
        line, rest = box.cut_top(self.u(40) if count else 0, self.u(8) if count else 0)
        ids.count.say(wording.here(count) if count else "", line)
        ids.dots.say(count, count, rest)


load(__file__)
