"""Friday begins: what was counted, who takes part, and the projects; none of it changes any more."""

from typing import Any

from kiosk.faces import Frozen, FrozenFace
from kiosk.screens import jar, theme, turner
from kiosk.screens.boxes import Box
from kiosk.screens.pieces import Crowd, Slab
from kiosk.screens.screen import Errand, load
from kiosk.tongue import isolated, plural

__all__ = ["FrozenScreen", "jar", "turner"]


PROJECTS = 216
"""Units of height that the projects of a page take, where the jar stands above them."""

LEAST = 48
"""Units that a row with a short title takes at least."""

LINE = 31
"""Units that the line under a long title takes."""

TITLED = 2
"""Lines of a title beside the price; a longer one stands above it."""


class FrozenRow(Slab):
    """A project: its title, its price, and whether its downside was heard."""

    def needs(self, project: Frozen, wide: float) -> float:
        """How high it must be at that width for all of its title to be read, in pixels."""
        ids, inner = self.ids, wide - self.u(2 * 14 + 28 + 12)
        beside = inner - ids.price.wide(project.price) - self.u(12)
        if self._in_line(project, beside):
            return max(float(ids.title.high(project.title, beside) + self.u(8)), self.u(LEAST))
        return float(ids.title.high(project.title, inner) + self.u(LINE + 8))

    def say(self, project: Frozen, box: Box) -> None:
        """Draws it: the price beside the title, or under it where that is long."""
        self.put(box)
        ids, inner = self.ids, box.inset(self.u(14), self.u(2))
        size = self.u(28)
        place, rest = inner.cut_left(size, self.u(12))
        ids.picture.ink = theme.DONE if project.heard else theme.INK
        ids.picture.say("check" if project.heard else "clock", place.middle(size, size))
        wide = ids.price.wide(project.price)
        if self._in_line(project, rest.w - wide - self.u(12)):
            price, rest = rest.cut_right(wide, self.u(12))
            low = ids.told.high(project.told, 10_000) if ids.told.wide(project.told) <= rest.w else 0
            low = 0 if low + ids.title.high(project.title, rest.w) > rest.h + self.u(8) else low
            upper, lower = self._parted(project, rest, low)
        else:
            low = self.u(LINE)
            upper, rest = self._parted(project, rest, low)
            price, lower = rest.cut_right(wide, self.u(12))
        ids.price.say(project.price, price)
        ids.title.say(project.title, upper)
        ids.told.say(project.told if low and ids.told.wide(project.told) <= lower.w else "", lower)

    def _in_line(self, project: Frozen, wide: float) -> bool:
        """Whether the title has room beside the price: in one line, or two."""
        return len(self.ids.title.fitted(project.title, (wide, 10_000)).lines) <= TITLED

    def _parted(self, project: Frozen, box: Box, low: float) -> tuple[Box, Box]:
        """Where the title is, and what is under it."""
        room = box.h - low - self.u(4 if low else 0)
        high = self.ids.title.fitted(project.title, (box.w, room)).height
        return box.middle(box.w, high + low).cut_top(high)


def take_part(names: tuple[str, ...], count: int) -> str:
    """How many take part, and the names of the first few of them."""
    named = ", ".join(isolated(each) for each in names[:count])
    if count == len(names):
        return plural("{n} takes part: {names}", "{n} take part: {names}", len(names), names=named)
    return plural(
        "{n} takes part: {names} and {more} more",
        "{n} take part: {names} and {more} more",
        len(names),
        names=named,
        more=len(names) - count,
    )


class FrozenScreen(Errand[FrozenFace]):
    """The counted jar at the left, the projects beside it, the roll and the place for the rest below.

    Three projects a page are easily read, four have room.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = Crowd[FrozenRow](self, FrozenRow)

    def under_title(self, face: FrozenFace) -> str:
        """What was expected, and what differs from it."""
        self.around.ids.under.weight = "semibold" if face.difference else "regular"
        self.around.ids.under.ink = theme.INK if face.difference else theme.SOFT
        return " · ".join(part for part in (face.difference, face.expected) if part)

    def draw(self, face: FrozenFace, box: Box) -> None:
        """Draws what is frozen."""
        ids = self.ids
        rest = self._below(face, self._foot(face, box))
        if self.tall:
            spare = rest.h - self.u(PROJECTS + theme.GAP)
            mine, rest = rest.cut_top(min(self.u(160), max(self.u(48), spare)), self.u(theme.GAP))
            glass, figures = mine.cut_left(min(self.u(136), mine.h * 0.86), self.u(24))
        else:
            mine, rest = rest.cut_left(self.u(208), self.u(24))
            figures, glass = mine.cut_top(ids.sum.high(face.glass.sum, mine.w), self.u(8))
        ids.sum.across = "left" if self.tall else "center"
        ids.sum.say(face.glass.sum, figures)
        ids.glass.say(face.glass, glass)
        self._projects(face, rest)

    def _foot(self, face: FrozenFace, box: Box) -> Box:
        """What can be touched, and the pages; gives what is left."""
        line, rest = box.cut_bottom(self.u(theme.TOUCH), self.u(theme.GAP))
        if not self.tall:
            self.ids.ways.cut(face.choices, self.ids.turner.along(face.page, line, self.choose), self.choose)
            return rest if face.choices or face.page[1] > 1 else box
        box = self.ids.ways.cut(face.choices, box, self.choose)
        line, rest = box.cut_bottom(self.u(theme.TOUCH), self.u(theme.GAP))
        self.ids.turner.along(face.page, line, self.choose)
        return rest if face.page[1] > 1 else box

    def _below(self, face: FrozenFace, box: Box) -> Box:
        """Who takes part, and where the rest goes; gives what is left."""
        for name, text in (("rest", face.rest), ("roll", self._roll(face, box.w))):
            words = self.ids[name]
            place, box = box.cut_bottom(words.high(text, box.w), self.u(8) if text else 0)
            words.say(text, place)
        return box.cut_bottom(0, self.u(4))[1]

    def _roll(self, face: FrozenFace, wide: float) -> str:
        """As many of the names as fit, found by halves."""
        names, roll = face.roll, self.ids.roll
        roll.lines = [2 if self.tall else 1]
        fits, too_many = 0, len(names) + 1
        while too_many - fits > 1:
            middle = (fits + too_many) // 2
            if roll.fitted(take_part(names, middle), (wide, 10_000)).cut:
                too_many = middle
            else:
                fits = middle
        return take_part(names, fits) if fits else ""

    def _projects(self, face: FrozenFace, box: Box) -> None:
        self.ids.empty.say("" if face.projects else face.empty, box)
        gap, count = self.u(8), max(len(face.projects), 3)
        high = min(self.u(84), (box.h - gap * (count - 1)) / count)
        rows = list(zip(self.rows.keep(len(face.projects)), face.projects, strict=True))
        needs = [row.needs(project, box.w) for row, project in rows]
        for (row, project), place in zip(rows, box.piled(needs, high, gap), strict=True):
            row.say(project, place)


load(__file__)
