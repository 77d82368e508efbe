"""The jar's own page: how full it is, and what is proposed for it."""

from collections.abc import Callable
from typing import Any

from kiosk.faces import JarFace, Proposal
from kiosk.screens import jar, theme
from kiosk.screens.boxes import Box
from kiosk.screens.pieces import Crowd
from kiosk.screens.screen import Errand, load
from kiosk.screens.touchables import Touchable
from kiosk.screens.turner import Turner

__all__ = ["JarScreen", "jar"]

SMALL = 104
"""Units of height that the jar takes at least, where it stands above the proposals."""

ROWS = 3
"""Proposals that one page holds."""


TITLED = 2
"""Lines of a title beside the price; a longer one stands above it."""


class ProposalTile(Touchable):
    """A proposal: what, who, and whether it stands; the price large at the right."""

    def needs(self, line: Proposal, wide: float) -> float:
        """How high it must be at that width for all of its title to be read, in pixels."""
        ids, inner = self.ids, wide - 2 * self.u(16) - (self.u(32 + 14) if line.icon else 0)
        beside = inner - ids.price.wide(line.price) - self.u(16)
        if self._in_line(line, beside):
            return float(ids.title.high(line.title, beside) + ids.told.high("Hg", beside) + self.u(8))
        return float(ids.title.high(line.title, inner) + self._low(line, inner) + self.u(8))

    def say(self, line: Proposal, box: Box, choose: Callable[[str], None]) -> None:
        """Draws it; a touch says its key."""
        self.chooses(line.key, choose)
        self.look = "plain" if line.stands else "quiet"
        self.put(box)
        ids, inner = self.ids, box.inset(self.u(16), self.u(4))
        size = self.u(32)
        place, rest = inner.cut_left(size if line.icon else 0, self.u(14) if line.icon else 0)
        ids.picture.say(line.icon, place.middle(size, size))
        wide = ids.price.wide(line.price)
        in_line = self._in_line(line, rest.w - wide - self.u(16))
        ids.told.lines = [2 if in_line and box.h >= self.u(104) else 1]
        if in_line:
            price, rest = rest.cut_right(wide, self.u(16))
            about = self._about(line, rest.w, rest.h)
            if line.stands and ids.title.high(line.title, rest.w) + ids.told.high(about, rest.w) > rest.h:
                about = ""  # that it stands can be seen; a title is told nowhere else
            upper, lower = self._parted(line, rest, ids.told.high(about, rest.w))
        else:
            upper, rest = self._parted(line, rest, self._low(line, rest.w))
            price, lower = rest.cut_right(wide, self.u(16))
            about = self._about(line, lower.w, lower.h)
        ids.price.say(line.price, price)
        ids.title.say(line.title, upper)
        ids.told.say(about, lower)

    def _in_line(self, line: Proposal, wide: float) -> bool:
        """Whether the title has room beside the price: in one line, or two."""
        return len(self.ids.title.fitted(line.title, (wide, 10_000)).lines) <= TITLED

    def _low(self, line: Proposal, wide: float) -> int:
        """How high the line under a long title is."""
        return int(self.ids.price.high(line.price, wide))

    def _about(self, line: Proposal, wide: float, high: float) -> str:
        """As much as there is room for of what is told of it."""
        return next(text for text in _ways_to_tell(line) if not self.ids.told.fitted(text, (wide, high)).cut)

    def _parted(self, line: Proposal, box: Box, low: float) -> tuple[Box, Box]:
        """Where the title is, and what is under it."""
        high = self.ids.title.fitted(line.title, (box.w, box.h - low)).height
        return box.middle(box.w, high + low).cut_top(high)


def _ways_to_tell(line: Proposal) -> list[str]:
    """Whether it stands, and more of it where there is room; the longest first."""
    parts = [part for part in (line.told, line.who, line.note) if part]
    return [*(" · ".join(parts[:count]) for count in range(len(parts), 0, -1)), ""]


class JarScreen(Errand[JarFace]):
    """The jar at the left (where it stands, at the top), the proposals beside it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = Crowd[ProposalTile](self, ProposalTile)

    def under_title(self, face: JarFace) -> str:
        """Who keeps it."""
        return face.kept

    def draw(self, face: JarFace, box: Box) -> None:
        """Draws the page."""
        gap = self.u(theme.GAP)
        rest = self.ids.ways.cut(face.choices, box, self.choose)
        if self.tall:
            spare = max(self.u(SMALL), rest.h - self._needed(face, rest.w))
            mine, rest = rest.cut_top(min(self.u(172), rest.h * 0.36, spare), self.u(theme.GAP))
            glass, text = mine.cut_left(min(self.u(140), mine.h * 0.86), self.u(24))
            self._words(face, text, "left")
        else:
            mine, rest = rest.cut_left(self.u(208), self.u(24))
            glass = self._words(face, mine, "center")
        self.ids.glass.say(face.glass, glass)
        rest = self._pages(face, rest)
        self.ids.empty.say("" if face.lines else face.empty, rest)
        high = min(self.u(112), (rest.h - gap * (ROWS - 1)) / ROWS)
        needs = self._needs(face, rest.w)
        for row, line, place in zip(self.rows, face.lines, rest.piled(needs, high, gap), strict=True):
            row.say(line, place, self.choose)

    def _needs(self, face: JarFace, wide: float) -> list[float]:
        """How high each proposal must be, in pixels, and no smaller than a finger."""
        rows = self.rows.keep(len(face.lines))
        least = self.u(theme.TOUCH)
        return [max(least, row.needs(line, wide)) for row, line in zip(rows, face.lines, strict=True)]

    def _needed(self, face: JarFace, wide: float) -> float:
        """What all proposals need where they lie under the jar, with the line that turns the pages."""
        gap = self.u(theme.GAP)
        pages = self.u(theme.TOUCH) + gap if face.page[1] > 1 else 0
        return sum(self._needs(face, wide)) + gap * len(face.lines) + pages

    def _pages(self, face: JarFace, box: Box) -> Box:
        """The pages: at the right, or along the foot where the screen stands; gives what is left."""
        turner: Turner = self.ids.turner
        if not self.tall or face.page[1] <= 1:
            return turner.cut(face.page, box, self.choose)
        line, rest = box.cut_bottom(self.u(theme.TOUCH), self.u(theme.GAP))
        turner.along(face.page, line, self.choose)
        return rest

    def _words(self, face: JarFace, box: Box, across: str) -> Box:
        """The sum and when it is shared out; gives what is left for the jar below."""
        ids = self.ids
        for name in ("sum", "what", "foot"):
            ids[name].across = across
        high = ids.sum.high(face.glass.sum, box.w)
        middle = ids.what.high(face.what, box.w)
        low = ids.foot.high(face.foot, box.w) if self.tall else 0
        if self.tall:
            box = box.middle(box.w, high + middle + low)
        figures, rest = box.cut_top(high)
        what, rest = rest.cut_top(middle, self.u(12) if not self.tall else 0)
        ids.sum.say(face.glass.sum, figures)
        ids.what.say(face.what, what)
        ids.foot.say(face.foot if low else "", rest.cut_top(low)[0])
        return rest


load(__file__)
