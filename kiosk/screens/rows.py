"""A list that is walked with three buttons: one row a line, to be read from the end of the room."""

from collections.abc import Callable
from typing import Any

from kiosk.faces import Choice, RowsFace
from kiosk.screens import theme, wording
from kiosk.screens.boxes import Box
from kiosk.screens.pieces import Crowd
from kiosk.screens.routines import RoutineLine
from kiosk.screens.screen import Poster, load
from kiosk.screens.touchables import Touchable

STEPS = [38, 30, 24, 20]
"""Units: how large the words of a row may be."""

TEN = 10
"""Pages from which on their number has two figures."""

PLACES = 3
"""Rows that a page has room for."""

SHORT = 44
"""Letters up to which a row is short: the short ones are as large as each other, and so are the long ones."""


class Row(Touchable):
    """One row; the marked one is black, and shows which button takes it."""

    def say(self, choice: Choice, most: int, box: Box, say: Callable[[str], None]) -> None:
        """Draws it. most: pixels that its words are never larger than."""
        self.able, self.look = choice.able, choice.tone
        self.chooses(choice.key, say)
        self.put(box)
        ids = self.ids
        picture, text, mark = self._parts(choice, box)
        marked = choice.tone == "strong"
        ids.words.ink = ids.picture.ink = ids.mark.ink = self.now.ink
        ids.picture.say(choice.icon, picture.middle(picture.w, picture.w))
        ids.mark.say("circle" if marked else "", mark.middle(mark.w, mark.w))
        ids.words.steps, ids.words.lines, ids.words.most = STEPS, self._lines(box), most
        ids.words.say(choice.words, text)

    def step_in(self, choice: Choice, box: Box) -> int:
        """How large its words would be there, in pixels."""
        text = self._parts(choice, box)[1]
        self.ids.words.steps, self.ids.words.lines, self.ids.words.most = STEPS, self._lines(box), 0
        return int(self.ids.words.fitted(choice.words, (text.w, text.h)).size)

    def _lines(self, box: Box) -> list[int]:
        """Most lines at each of the steps."""
        return [2, 3, 3, 8] if box.h > self.u(112) else [1, 2, 2, 4]

    def needs(self, choice: Choice, box: Box) -> float:
        """How high it must be at that width for all of its words to be read, in pixels."""
        text = self._parts(choice, box)[1]
        self.ids.words.steps, self.ids.words.lines, self.ids.words.most = STEPS[-1:], [8], 0
        return max(float(self.ids.words.high(choice.words, text.w) + self.u(14)), self.u(theme.TOUCH))

    def _parts(self, choice: Choice, box: Box) -> tuple[Box, Box, Box]:
        """Where the picture is, the words, and the mark; the words keep their place when they are marked."""
        inner = box.inset(self.u(16), self.u(6))
        size = self.u(28)
        picture, rest = inner.cut_left(size if choice.icon else 0, self.u(12) if choice.icon else 0)
        mark, text = rest.cut_right(size, self.u(8))
        return picture, text, mark


class Leaf(Touchable):
    """Turns to the page before, or the next."""

    def say(self, icon: str, box: Box, *, able: bool) -> None:
        """Draws it."""
        self.put(box)
        self.able = able
        self.ids.picture.ink = self.now.ink if able else theme.LINE
        size = self.u(28)
        self.ids.picture.say(icon, box.middle(size, size))


class RowsScreen(Poster[RowsFace]):
    """The question, the rows, the three buttons; a way aside beside the question."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = Crowd[Row](self, Row)
        self.routines = Crowd[RoutineLine](self, RoutineLine)
        self.ids.earlier.chooses("page:-1", self.choose)
        self.ids.later.chooses("page:1", self.choose)

    def draw(self, face: RowsFace, box: Box) -> None:
        """Draws it."""
        rest = self._foot(face, self._head(face, box))
        self.ids.empty.say(face.empty, self._routines(face, rest))
        self._rows(face, rest)

    def _routines(self, face: RowsFace, box: Box) -> Box:
        """Rows with a picture, all as high as each other; gives what is left."""
        gap = self.u(theme.GAP)
        high = min(self.u(128), box.rows(PLACES, gap)[0].h)
        for line, routine in zip(self.routines.keep(len(face.routines)), face.routines, strict=True):
            cell, box = box.cut_top(high, gap)
            line.say(routine, cell, self.choose)
        return box

    def _head(self, face: RowsFace, box: Box) -> Box:
        """The question, with a line under it, and the way aside; gives what is left."""
        head = self._aside(face)
        words = self.ids.words.high(face.words, box.w if self.tall else head.w)
        if self.tall:
            title = self.ids.title.high(face.frame.title, box.w)
            place, rest = box.cut_top(title + words, self.u(theme.GAP))
        else:
            title = self.ids.title.fitted(face.frame.title, (head.w, max(self.u(48), self.u(80) - words))).height
            high = max(head.h, title + words)
            place = Box(head.x, head.top - high, head.w, high)
            rest = box._replace(h=place.y - self.u(theme.GAP) - box.y)
            place = place.middle(place.w, title + words)
        upper, lower = place.cut_top(title)
        self.ids.title.say(face.frame.title, upper)
        self.ids.words.say(face.words, lower)
        return rest

    def _aside(self, face: RowsFace) -> Box:
        """The way aside in the first line; gives what is left of that."""
        aside = self.ids.aside
        aside.show(bool(face.extra))
        if not face.extra:
            aside.touched = None
            return self.head
        wide = self.u(148)
        gap = self.u(theme.GAP)
        place, rest = self.head.cut_left(wide, gap) if self.tall else self.head.cut_right(wide, gap)
        aside.say(face.extra[0], place, self.choose)
        return rest

    def _foot(self, face: RowsFace, box: Box) -> Box:
        """The three buttons; beside them, or above where the screen stands, the pages. Gives what is left."""
        ids, gap = self.ids, self.u(theme.GAP)
        ids.ways.stand = "stack" if self.tall else "only"
        ids.ways.high = 96 if self.tall else 72
        several = face.page[1] > 1
        for leaf in (ids.earlier, ids.later):
            leaf.show(several)
        turner = self.u(208 if face.page[1] < TEN else 224) if several else 0
        if self.tall:
            rest: Box = ids.ways.cut(face.choices, box, self.choose)
            line, rest = rest.cut_bottom(self.u(theme.TOUCH) if several else 0, gap if several else 0)
            self._pages(face.page, line.middle(turner, line.h))
            return rest
        high = self.u(ids.ways.high)
        foot, _ = box.cut_bottom(high)
        pages, ways = foot.cut_right(turner, gap if several else 0)
        ids.ways.cut(face.choices, ways, self.choose)
        self._pages(face.page, pages)
        return box.cut_bottom(high, gap)[1]

    def _pages(self, page: tuple[int, int], box: Box) -> None:
        ids = self.ids
        if page[1] <= 1:
            ids.page.say("", box)
            return
        leaf = self.u(theme.TOUCH)
        before, rest = box.cut_left(leaf)
        after, middle = rest.cut_right(leaf)
        ids.earlier.say("arrow-left", before, able=True)
        ids.page.say(wording.page(*page), middle)
        ids.later.say("arrow-right", after, able=True)

    def _rows(self, face: RowsFace, box: Box) -> None:
        """As high as a full page would make them; a few that are all there are may be higher."""
        gap = self.u(theme.GAP)
        count = PLACES if face.page[1] > 1 else max(1, min(PLACES, len(face.rows)))
        high = min((box.h - gap * (count - 1)) / count, self.u(176 if self.tall else 136))
        rows = self.rows.keep(len(face.rows))
        needs = [row.needs(choice, box) for row, choice in zip(rows, face.rows, strict=True)]
        cells = box.piled(needs, high, gap)
        placed = list(zip(rows, face.rows, cells, strict=False))
        for short in (True, False):
            alike = [each for each in placed if (len(each[1].words) <= SHORT) == short]
            common = min((row.step_in(choice, cell) for row, choice, cell in alike), default=0)
            for row, choice, cell in alike:
                row.say(choice, common, cell, self.choose)


load(__file__)
