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

ROWS = 3
"""Proposals that one page holds."""


class ProposalTile(Touchable):
    """A proposal: what, who, and whether it stands; the price large at the right."""

    def say(self, line: Proposal, box: Box, choose: Callable[[str], None]) -> None:
        """Draws it; a touch says its key."""
        self.touched = lambda: choose(line.key)
        self.look = "plain" if line.stands else "quiet"
        self.put(box)
        ids, inner = self.ids, box.inset(self.u(16), self.u(4))
        size = self.u(32)
        place, rest = inner.cut_left(size if line.icon else 0, self.u(14) if line.icon else 0)
        ids.picture.say(line.icon, place.middle(size, size))
        price, rest = rest.cut_right(ids.price.wide(line.price), self.u(16))
        ids.price.say(line.price, price)
        ids.told.lines = [2 if box.h >= self.u(104) else 1]
        about = next(text for text in _ways_to_tell(line) if not ids.told.fitted(text, (rest.w, rest.h)).cut)
        low = ids.told.high(about, rest.w)
        high = ids.title.fitted(line.title, (rest.w, rest.h - low)).height
        upper, lower = rest.middle(rest.w, high + low).cut_top(high)
        ids.title.say(line.title, upper)
        ids.told.say(about, lower)


def _ways_to_tell(line: Proposal) -> list[str]:
    """Whether it stands, and more of it where there is room; the longest first."""
    parts = [part for part in (line.told, line.who, line.note) if part]
    return [*(" · ".join(parts[:count]) for count in range(len(parts), 0, -1)), ""]


class JarScreen(Errand[JarFace]):
    """The jar at the left (where it stands, at the top), the proposals beside it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = Crowd[ProposalTile](self, ProposalTile)

    def draw(self, face: JarFace, box: Box) -> None:
        """Draws the page."""
        gap = self.u(theme.GAP)
        rest = self.ids.ways.cut(face.choices, box, self.choose)
        if self.tall:
            mine, rest = rest.cut_top(min(self.u(172), rest.h * 0.36), self.u(theme.GAP))
            glass, text = mine.cut_left(min(self.u(140), mine.h * 0.86), self.u(24))
            self._words(face, text, "left")
        else:
            mine, rest = rest.cut_left(self.u(208), self.u(24))
            glass = self._words(face, mine, "center")
        self.ids.glass.say(face.glass, glass)
        rest = self._pages(face, rest)
        self.ids.empty.say("" if face.lines else face.empty, rest)
        self.rows.keep(len(face.lines))
        high = min(self.u(112), (rest.h - gap * (ROWS - 1)) / ROWS)
        for row, line in zip(self.rows, face.lines, strict=True):
            place, rest = rest.cut_top(high, gap)
            row.say(line, place, self.choose)

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
