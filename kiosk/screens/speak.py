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

THICK, THIN = (28, 8), (14, 6)
"""Units: how thick the ring is, and the air within it; thinner where the figures would else have no room."""

FIGURES = 128
"""Units of type of the figures, as long as there is any room for them."""


class SpeakScreen(Poster[SpeakFace]):
    """The ring at the left, or above where the screen stands; the name is the largest of the words."""

    def __init__(self, say: Say, scale: float, **kwargs: Any) -> None:
        super().__init__(say, scale, **kwargs)
        self.around.brief = True

    def draw(self, face: SpeakFace, box: Box) -> None:
        """Draws it."""
        if self.tall:
            size = min(box.w, box.h * 0.5, max(self._least(face), box.h - self._needed(face, box.w)))
            place, column = box.cut_top(size, self.u(theme.GAP))
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
        thick, air = THICK if place.w >= self._wide(face) + 2 * self.u(sum(THICK)) else THIN
        ids.ring.thick = thick
        ids.ring.say_parted(face.left / max(1, face.of), cuts, place)
        inner = place.w - 2 * self.u(thick + air)
        figures = place.middle(inner, self.u(96))
        figures = figures._replace(y=figures.y + self.u(8))
        ids.figures.say(_figures(face), figures)
        below = Box(place.x, figures.y - self.u(8 + 40), place.w, self.u(40))
        ids.under.weight, ids.under.ink = ("regular", theme.SOFT) if face.left else ("semibold", theme.INK)
        ids.under.say(face.under, below.middle(inner * 0.8, below.h))

    def _wide(self, face: SpeakFace) -> int:
        """How wide the figures are, in pixels."""
        return int(self.ids.figures.setting_at(_figures(face), FIGURES).width) + 1

    def _least(self, face: SpeakFace) -> int:
        """How large the ring must be for its figures to be read from the other end of the room."""
        return self._wide(face) + 2 * self.u(sum(THIN))

    def _needed(self, face: SpeakFace, wide: float) -> float:
        """How high all that stands under the ring is, from the name to the ways on."""
        ids = self.ids
        name = ids.name.fitted(face.speaker, (wide, self.u(LARGEST_NAME))).height + self.u(8)
        self._set_prompt(face)
        prompt = ids.prompt.high(face.prompt, wide) + self.u(8)
        heard = self._heard_high(2) + self.u(theme.GAP) if face.heard and not face.about else 0
        about = ids.about.high(face.about, wide) if face.about else 0
        laid = self.ids.chips.fit(_people(face), (wide, self.u(3 * 56)))
        people = laid.high + self.u(theme.GAP) if laid and (face.spoken or face.coming) else self.u(56)
        return float(name + prompt + heard + about + people + self.u(ids.ways.high + 2 * theme.GAP))

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
        self._set_prompt(face)
        high = ids.prompt.fitted(face.prompt, (box.w, box.h)).height
        place, rest = box.cut_top(high, self.u(8 if self.tall else theme.GAP))
        ids.prompt.say(face.prompt, place)
        ids.about.say(face.about, rest if face.about else rest.cut_top(0)[0])
        self._heard(face, self._people(face, rest))

    def _set_prompt(self, face: SpeakFace) -> None:
        """It is large where nothing else is told."""
        prompt, alone = self.ids.prompt, not face.heard and not face.about
        prompt.steps, prompt.lines = ([38, 30, 24], [2, 2, 3]) if alone else ([24, 20], [2, 3])

    def _people(self, face: SpeakFace, box: Box) -> Box:
        """A chip for each, or a dot where there are many; gives what is left above them."""
        ids = self.ids
        people = _people(face)
        alone = not face.spoken and not face.coming
        people, laid = (people, None) if alone else self._laid(face, box)
        dots = 0 if alone or laid else len(people)
        high = laid.high if laid else ids.dots.high(dots, (box.w, self.u(96))) if dots else 0
        place, rest = box.cut_bottom(high, self.u(theme.GAP) if high else 0)
        ids.chips.say(people, laid, place)
        ids.dots.say(len(face.spoken), dots, place, len(face.spoken))
        turn = wording.turn(len(face.spoken) + 1, dots) if dots else ""
        line, rest = rest.cut_bottom(ids.count.high(turn, rest.w), self.u(8) if dots else 0)
        ids.count.say(turn, line)
        return rest

    def _laid(self, face: SpeakFace, box: Box) -> tuple[list[Person], Laid | None]:
        """Whose chips there are, and how they lie: so that two lines that were heard have room, or one.

        Rather than those lines, the names of those who have spoken give way to their number.
        """
        everybody, rest = _people(face), _people_left(face)
        rooms = [self.u(theme.GAP) + self._heard_high(lines) for lines in (2, 1)] if face.heard else []
        rooms += [self.u(theme.GAP) + int(self.ids.flow.line)] if face.heard else []
        ways = [(people, kept) for kept in rooms[:2] for people in (everybody, rest)]
        ways += [(rest, kept) for kept in rooms[2:]]
        for people, kept in (*ways, (everybody, 0), (rest, 0)):
            laid = self.ids.chips.fit(people, (box.w, box.h - kept))
            if laid is not None:
                return people, laid
        return everybody, None

    def _heard_high(self, lines: int) -> int:
        return self._heading_high() + lines * int(self.ids.flow.line)

    def _heading_high(self) -> int:
        """As high as its letters need: those of some languages need more."""
        return max(self.u(HEADING), int(self.ids.heard.high(wording.HEARD, self.width)))

    def _heard(self, face: SpeakFace, box: Box) -> None:
        """What was heard so far, the newest, under a quiet heading where there is room for one."""
        ids = self.ids
        heard = () if face.about else face.heard
        heading = self._heading_high()
        lines = ids.flow.fit(heard, (box.w, box.h - heading))
        if not lines:
            lines, heading = ids.flow.fit(heard, (box.w, box.h)), 0
        high = heading + len(lines) * ids.flow.line if lines else 0
        place = box.cut_top(high)[0]
        top, rest = place.cut_top(heading if lines else 0)
        ids.heard.say(wording.HEARD if lines and heading else "", top)
        ids.flow.say(lines, rest)


def _figures(face: SpeakFace) -> str:
    """What is left, as a clock shows it."""
    return f"{face.left // 60}:{face.left % 60:02d}"


def _people(face: SpeakFace) -> list[Person]:
    """Everybody in their order."""
    done: list[Person] = [(name, "done") for name in face.spoken]
    return [*done, (face.speaker, "now"), *((name, "to come") for name in face.coming)]


def _people_left(face: SpeakFace) -> list[Person]:
    """How many have spoken, and who is to come."""
    done: list[Person] = [(str(len(face.spoken)), "done")] if face.spoken else []
    return [*done, *_people(face)[len(face.spoken) :]]


load(__file__)
