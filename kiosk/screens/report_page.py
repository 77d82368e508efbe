"""A page of an audit or a ledger: figures that lead to their entries, and a chart."""

from collections.abc import Callable
from typing import Any

from kivy.properties import BooleanProperty

from kiosk.chart import rows_of
from kiosk.faces import Reckoned, ReportFace, ReportPage
from kiosk.screens import chart_picture, theme, turner
from kiosk.screens.boxes import Box
from kiosk.screens.pieces import Crowd, Piece
from kiosk.screens.screen import Errand, load
from kiosk.screens.touchables import Touchable

__all__ = ["ReportScreen", "ReportSheet", "chart_picture", "turner"]

BESIDE = 760
"""Units of width from which the chart stands beside the figures."""

ROOMY = 300
"""Units of height from which a page also says how it is to be read."""

LINE = 26
"""Units that a row of a chart needs."""

HIGHEST, HIGHEST_TOLD = 112, 160
"""Units; a line is no higher, however few there are: with its value alone, and with the other columns."""


class ReckonedLine(Touchable):
    """A figure: what it is, what it comes to; a touch shows the entries behind it."""

    def say(self, row: Reckoned, box: Box, choose: Callable[[str], None] | None) -> None:
        """Draws it. choose: None where nothing can be touched."""
        if choose is not None and row.key:
            self.chooses(row.key, choose)
        else:
            self.touched, self.says = None, None
        self.look = "plain" if self.touched else "quiet"
        self.put(box)
        ids = self.ids
        inner = box.inset(self.u(16), self.u(6))
        ids.words.weight = "semibold" if row.strong else "regular"
        more, upper = inner.cut_bottom(ids.more.high(row.more, inner.w) if row.more else 0)
        value, text = self._parted(row, upper)
        fits = self._least(row, text.w) <= upper.h
        if not fits:
            value, text = self._parted(row, inner)
        ids.value.say(row.value, value)
        ids.words.say(row.words, text)
        ids.more.say(row.more if fits else "", more)

    def _parted(self, row: Reckoned, box: Box) -> tuple[Box, Box]:
        """Where the value is, and the words: the value as large as it leaves them room."""
        parts = [
            box.cut_right(min(self.ids.value.setting_at(row.value, step).width + 2, box.w * 0.5), self.u(12))
            for step in (38, 30, 24, 20)
        ]
        return next((each for each in parts if self._least(row, each[1].w) <= box.h), parts[-1])

    def _least(self, row: Reckoned, wide: float) -> float:
        """How high its words must be to be whole."""
        words = self.ids.words
        steps, lines = list(words.steps), list(words.lines)
        words.steps, words.lines = steps[-1:], lines[-1:]
        high = float(words.high(row.words, wide))
        words.steps, words.lines = steps, lines
        return high


class ReportSheet(Piece):
    """A page: its figures and its chart. choose: told which figure was touched. headed: with its title too."""

    headed = BooleanProperty(False)

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.choose: Callable[[str], None] | None = None
        self.rows = Crowd[ReckonedLine](self, ReckonedLine)

    def say(self, page: ReportPage | None, box: Box) -> None:
        """Draws it; nothing for None."""
        self.show(page is not None)
        self.put(box)
        if page is None:
            self.rows.keep(0)
            self.ids.chart.say(None, box)
            return
        box = self._head(page, box)
        figures, chart = self._parted(page, box)
        self._figures(page, figures)
        self._chart(page, chart)

    def _head(self, page: ReportPage, box: Box) -> Box:
        ids = self.ids
        title, head = (page.title, page.head) if self.headed else ("", "")
        wide = ids.pages.wide(head) if head else 0
        place, rest = box.cut_top(ids.title.high(title, box.w - wide - self.u(16)), self.u(4) if title else 0)
        right, left = place.cut_right(wide, self.u(16))
        ids.title.say(title, left)
        ids.pages.say(head, right)
        # What it means can be read on the sheet too; on a small panel the figures need its room.
        words = page.note if self.headed or box.h >= self.u(ROOMY) else ""
        words = " ".join(filter(None, (words, page.late if self.headed else "")))
        note, rest = rest.cut_top(ids.note.high(words, rest.w), self.u(12) if words else 0)
        ids.note.say(words, note)
        return rest

    def _parted(self, page: ReportPage, box: Box) -> tuple[Box, Box]:
        """Where the figures are, and where the chart; on a small panel a page has either the one or the other."""
        if page.chart is None:
            return box, Box(0, 0, 0, 0)
        if not page.rows:
            return Box(0, 0, 0, 0), box
        needed = self.u((rows_of(page.chart) + 6) * LINE)
        if box.w >= self.u(BESIDE) and box.h >= needed:
            return box.cut_left(box.w * 0.42, self.u(32))
        if box.h >= needed * 2:
            return box.cut_top(box.h - needed, self.u(24))
        return box, Box(0, 0, 0, 0)

    def _figures(self, page: ReportPage, box: Box) -> None:
        gap = self.u(theme.GAP if self.choose else 8)
        self.ids.none.say(page.none, box)
        count = len(page.rows)
        self.rows.keep(count)
        highest = HIGHEST_TOLD if any(row.more for row in page.rows) else HIGHEST
        high = min(self.u(highest), (box.h - gap * (count - 1)) / max(1, count))
        for line, row in zip(self.rows, page.rows, strict=True):
            place, box = box.cut_top(high, gap)
            line.say(row, place, self.choose)

    def _chart(self, page: ReportPage, box: Box) -> None:
        ids, chart = self.ids, page.chart if box.w > 0 else None
        caption = chart.title if chart else ""
        told = chart.note if chart and chart.note != page.note else ""
        head, box = box.cut_top(ids.caption.high(caption, box.w))
        ids.caption.say(caption, head)
        if chart is not None and box.h < self.u((rows_of(chart) + 5) * LINE):
            told = ""  # the chart needs the room
        below, box = box.cut_top(ids.told.high(told, box.w), self.u(8))
        ids.told.say(told, below)
        ids.chart.say(chart, box)


class ReportScreen(Errand[ReportFace]):
    """A page of a report, and the ways to the others."""

    def under_title(self, face: ReportFace) -> str:
        """Which report, and what came after it was held."""
        return " · ".join(filter(None, (face.told.head, face.told.late)))

    def draw(self, face: ReportFace, box: Box) -> None:
        """Draws it."""
        box = self.ids.ways.cut(face.choices, box, self.choose)
        box = self.ids.turner.cut(face.page, box, self.choose)
        self.ids.sheet.choose = self.choose
        self.ids.sheet.say(face.told, box)


load(__file__)
