"""Somebody speaks: their time as a ring to be read from the other end of the room, their name, what was heard."""

from typing import Any

from kiosk.faces import SpeakFace
from kiosk.screens import chips, ring, theme, wording
from kiosk.screens.boxes import Box
from kiosk.screens.chips import Laid, Person
from kiosk.screens.ring import cuts_every
from kiosk.screens.screen import Poster, Say, load

__all__ = ["SpeakScreen", "chips", "ring"]

LARGE_NAME = 48
"""Units of type from which a name is large enough to stand in the first line."""

LARGEST_NAME = 96
"""Units of height that a name may take."""

HEADING = 26
"""Units of height above what was heard."""


class SpeakScreen(Poster[SpeakFace]):
    """The ring at the left, or above where the screen stands; the name is the largest of the words."""

    def __init__(self, say: Say, scale: float, **kwargs: Any) -> None:
        super().__init__(say, scale, **kwargs)
        self.around.brief = True

    def draw(self, face: SpeakFace, box: Box) -> None:
        """Draws it."""
        if self.tall:
            size = min(box.w, box.h * 0.5)
            place, column = box.cut_top(size, self.u(24))
            self.ids.title.say(face.frame.title, self.head)
            self._ring(face, place.middle(size, size))
            rest = self._name_in(face, column)
        else:
            whole = Box(box.x, box.y, box.w, self.head.top - box.y)
            size = min(whole.h - self.u(theme.TOUCH), whole.w * 0.5)
            left, column = whole.cut_left(size, self.u(32))
            self.ids.title.say(face.frame.title, left.cut_top(self.u(theme.TOUCH))[0])
            self._ring(face, left.cut_bottom(size)[0])
            rest = self._name(face, column)
        self._said(face, self.ids.ways.cut(face.choices, rest, self.choose))

    def _ring(self, face: SpeakFace, place: Box) -> None:
        """The ring, the figures in its middle, and what they are of."""
        ids = self.ids
        cuts = cuts_every(face.part, face.of)
        ids.ring.say_parted(face.left / max(1, face.of), cuts, place)
        inner = place.w - 2 * self.u(ids.ring.thick + 8)
        figures = place.middle(inner, self.u(96))
        figures = figures._replace(y=figures.y + self.u(8))
        ids.figures.say(f"{face.left // 60}:{face.left % 60:02d}", figures)
        below = Box(place.x, figures.y - self.u(8 + 40), place.w, self.u(40))
        ids.under.weight, ids.under.ink = ("regular", theme.SOFT) if face.left else ("semibold", theme.INK)
        ids.under.say(face.under, below.middle(inner * 0.8, below.h))

    def _name(self, face: SpeakFace, column: Box) -> Box:
        """The name beside the way out, where it is large enough there; else below it. Gives what is left."""
        name, gap = self.ids.name, self.u(theme.GAP)
        room = self.u(LARGEST_NAME)
        beside = column._replace(w=min(column.right, self.head.right) - column.x)
        set_beside = name.fitted(face.speaker, (beside.w, room))
        if set_beside.size < self.u(LARGE_NAME):
            return self._name_in(face, column.cut_top(self.u(theme.TOUCH), gap)[1])
        high = max(set_beside.height, self.u(theme.TOUCH))
        name.say(face.speaker, beside.cut_top(high)[0])
        return column.cut_top(high, self.u(8))[1]

    def _name_in(self, face: SpeakFace, column: Box) -> Box:
        high = self.ids.name.fitted(face.speaker, (column.w, self.u(LARGEST_NAME))).height
        place, rest = column.cut_top(high, self.u(8))
        self.ids.name.say(face.speaker, place)
        return rest

    def _said(self, face: SpeakFace, box: Box) -> None:
        """What is asked; then the people at the foot, and what was heard so far as there is room for it."""
        ids = self.ids
        alone = not face.heard and not face.about
        ids.prompt.steps, ids.prompt.lines = ([38, 30, 24], [2, 2, 3]) if alone else ([24, 20], [2, 3])
        high = ids.prompt.fitted(face.prompt, (box.w, box.h)).height
        place, rest = box.cut_top(high, self.u(theme.GAP))
        ids.prompt.say(face.prompt, place)
        ids.about.say(face.about, rest if face.about else rest.cut_top(0)[0])
        self._heard(face, self._people(face, rest))

    def _people(self, face: SpeakFace, box: Box) -> Box:
        """A chip for each, or a dot where there are many; gives what is left above them."""
        ids = self.ids
        people: list[Person] = [(name, "done") for name in face.spoken]
        people += [(face.speaker, "now"), *((name, "to come") for name in face.coming)]
        alone = not face.spoken and not face.coming
        laid = None if alone else self._laid(face, people, box)
        dots = 0 if alone or laid else len(people)
        high = laid.high if laid else ids.dots.high(dots, (box.w, self.u(96))) if dots else 0
        place, rest = box.cut_bottom(high, self.u(theme.GAP) if high else 0)
        ids.chips.say(people, laid, place)
        ids.dots.say(len(face.spoken), dots, place, len(face.spoken))
        line, rest = rest.cut_bottom(self.u(24) if dots else 0, self.u(8) if dots else 0)
        ids.count.say(wording.turn(len(face.spoken) + 1, dots) if dots else "", line)
        return rest

    def _laid(self, face: SpeakFace, people: list[Person], box: Box) -> Laid | None:
        """How the chips lie: so that two lines that were heard have room, or one; else as they can."""
        rooms = [self.u(theme.GAP) + self._heard_high(lines) for lines in (2, 1)] if face.heard else []
        tried = (self.ids.chips.fit(people, (box.w, box.h - kept)) for kept in (*rooms, 0))
        return next((laid for laid in tried if laid is not None), None)

    def _heard_high(self, lines: int) -> int:
        return self.u(HEADING) + lines * int(self.ids.flow.line)

    def _heard(self, face: SpeakFace, box: Box) -> None:
        """What was heard so far, the newest, under a quiet heading."""
        ids = self.ids
        heading = self.u(HEADING)
        lines = ids.flow.fit(face.heard, (box.w, box.h - heading)) if not face.about else []
        high = heading + len(lines) * ids.flow.line if lines else 0
        place = box.cut_top(high)[0]
        top, rest = place.cut_top(heading if lines else 0)
        ids.heard.say(wording.HEARD if lines else "", top)
        ids.flow.say(lines, rest)


load(__file__)
