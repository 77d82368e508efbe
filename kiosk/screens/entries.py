"""My entries, newest first; a touch opens one."""

from collections.abc import Callable
from typing import Any

from kiosk.faces import Line, ListFace, fewer
from kiosk.screens import theme, turner, wording
from kiosk.screens.boxes import Box
from kiosk.screens.pieces import Crowd
from kiosk.screens.screen import Errand, load
from kiosk.screens.touchables import Touchable

__all__ = ["ListScreen", "turner"]

ROWS = 4
"""Entries that one page holds."""


class LineTile(Touchable):
    """One swap: who to whom, what and when, how long."""

    def say(self, line: Line, box: Box, choose: Callable[[str], None]) -> None:
        """Draws it; a touch says its key."""
        self.chooses(line.key, choose)
        self.put(box)
        inner = box.inset(self.u(16), self.u(4))
        size = self.u(32)
        place, rest = inner.cut_left(size, self.u(16))
        self.ids.picture.say(line.icon, place.middle(size, size))
        rest = self._amount(line, rest)
        about = " · ".join(part for part in (line.work, line.when) if part)
        low = self.ids.work.fitted(about, (rest.w, rest.h * 0.6)).height
        words = line.who or line.work
        high = self.ids.who.fitted(words, (rest.w, rest.h - low)).height
        both = rest.middle(rest.w, high + low)
        upper, lower = both.cut_top(high)
        self.ids.who.say(words, upper)
        self.ids.work.say(about, lower)

    def _amount(self, line: Line, box: Box) -> Box:
        ids = self.ids
        amount = f"{line.sign}{line.amount}"
        wide = max(
            ids.amount.fitted(amount, (10_000, box.h)).width, ids.mark.fitted(line.mark, (10_000, box.h)).width
        )
        place, rest = box.cut_right(wide + 1, self.u(16))
        high = ids.amount.high(amount, place.w)
        low = ids.mark.high(line.mark, place.w)
        upper, lower = place.middle(place.w, high + low).cut_top(high)
        ids.amount.ink = theme.SOFT if line.mark == wording.TAKEN_BACK else theme.INK
        ids.amount.say(amount, upper)
        ids.mark.say(line.mark, lower)
        return rest


class ListScreen(Errand[ListFace]):
    """Rows, and the pages of them."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = Crowd[LineTile](self, LineTile)

    def under_title(self, face: ListFace) -> str:
        """The balance."""
        return face.words

    def draw(self, face: ListFace, box: Box) -> None:
        """Draws the entries."""
        self.ids.empty.say("" if face.lines else face.empty, box)
        rest = self.ids.turner.cut(face.page, box, self.choose)
        self.rows.keep(len(face.lines))
        gap = self.u(theme.GAP)
        count = max(fewer(ROWS, int(self.larger)), len(face.lines))
        high = min(self.u(120), (rest.h - gap * (count - 1)) / count)
        for index, (row, line) in enumerate(zip(self.rows, face.lines, strict=True)):
            top = rest.top - index * (high + gap)
            row.say(line, Box(rest.x, top - high, rest.w, high), self.choose)


load(__file__)
