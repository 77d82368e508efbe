"""What the wall says of the circle: who has which duty, what was decided, who does what."""

from typing import Any

from kiosk.faces import DutyRow, Point, WallFace
from kiosk.screens import theme, wording
from kiosk.screens.areas import NOTHING_TO_SAY, Area, Heights, Listed, sentence
from kiosk.screens.boxes import Box
from kiosk.screens.pieces import Crowd, Piece
from kiosk.screens.screen import load
from kiosk.tongue import phrase

NARROW = 168
"""Units that a duty needs to stand beside another."""


class HeldLine(Piece):
    """One duty: who has it and who has it then, and below it which duty, and until when where there is room."""

    def high(self, held: DutyRow, wide: float) -> float:
        """How high it would be, in pixels."""
        return float(self.ids.who.high(self._chain(held, wide), wide) + self.ids.duty.high(held.duty, wide))

    def _chain(self, held: DutyRow, wide: float) -> str:
        """Both names in one line where they fit; else who has it, or in two lines where that is the trouble."""
        both = chain(held)
        return both if held.late else str(self.ids.who.longest([both, held.holder or wording.NOBODY], wide))

    def say(self, held: DutyRow, box: Box) -> None:
        """Draws it."""
        self.put(box)
        ids = self.ids
        ids.who.ink = theme.ALARM if held.late else theme.INK
        words = self._chain(held, box.w)
        upper, lower = box.cut_top(ids.who.high(words, box.w))
        ids.who.say(words, upper)
        ids.duty.say(ids.duty.longest([f"{held.duty} · {held.until}", held.duty], lower.w), lower)


def chain(held: DutyRow) -> str:
    """Who has it, and who has it then."""
    if not held.next:
        return held.holder or wording.NOBODY
    return phrase("{gave} → {got}", gave=held.holder or wording.NOBODY, got=held.next)


class Duties(Area):
    """Who has which duty: side by side where it is wide, else one under the other."""

    rank = 2
    GAP, HEAD = 8, 32

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.lines = Crowd[HeldLine](self, HeldLine)

    def across(self, face: WallFace, wide: float) -> int:
        """How many stand side by side."""
        return max(1, min(len(face.duties), int((wide + self.u(24)) // self.u(NARROW + 24))))

    def _rows(self, face: WallFace, wide: float) -> list[float]:
        """How high each row is."""
        if not face.duties:
            return []
        across = self.across(face, wide)
        column = Box(0, 0, wide, 1).columns(across, self.u(24))[0].w
        sample = self.lines.keep(max(1, len(self.lines)))[0]
        highs = [sample.high(held, column) for held in face.duties]
        return [max(highs[at : at + across]) for at in range(0, len(highs), across)]

    def heights(self, face: WallFace, wide: float) -> Heights:
        """The first row, or the heading and all of them."""
        rows = self._rows(face, wide)
        if not rows:
            return NOTHING_TO_SAY
        return rows[0], self.u(self.HEAD) + sum(rows) + self.u(self.GAP) * (len(rows) - 1)

    def _head(self, face: WallFace, wide: float, high: float) -> float:
        """How high the heading is: none where there is no room for a row below it."""
        head = self.u(self.HEAD)
        return head if head + self._rows(face, wide)[0] <= high + 1 else 0

    def taken(self, face: WallFace, wide: float, high: float) -> float:
        """Only whole rows."""
        used, gap = float(self._head(face, wide, high)), self.u(self.GAP)
        for row in self._rows(face, wide):
            if used + row > high + 1:
                break
            used += row + gap
        return max(0.0, used - gap)

    def say(self, face: WallFace, box: Box) -> None:
        """Draws as many as there is room for, late ones first."""
        self.put(box)
        head, box = box.cut_top(self._head(face, box.w, box.h))
        self.ids.heading.say(sentence(wording.DUTIES) if head.h else "", head)
        across, gap = self.across(face, box.w), self.u(self.GAP)
        cells: list[Box] = []
        for row in self._rows(face, box.w):
            if row > box.h + 1:
                break
            line, box = box.cut_top(row, gap)
            cells += line.columns(across, self.u(24))
        shown = sorted(face.duties, key=lambda held: not held.late)[: len(cells)]
        for line, held, cell in zip(self.lines.keep(len(shown)), shown, cells, strict=False):
            line.say(held, cell)


class PointLine(Piece):
    """Something decided, or that somebody does: a mark, who, the words, a softer line."""

    def _text(self, point: Point, box: Box) -> tuple[Box, Box]:
        size = self.u(28) if point.mark else 0
        return box.cut_left(size, self.u(12) if size else 0)

    def high(self, point: Point, wide: float) -> float:
        """How high it would be, in pixels."""
        text = self._text(point, Box(0, 0, wide, 1))[1].w
        return float(self.ids.words.high(said(point), text) + self.ids.told.high(point.told, text))

    def say(self, point: Point, box: Box) -> None:
        """Draws it."""
        self.put(box)
        place, text = self._text(point, box)
        high = self.ids.words.high(said(point), text.w)
        self.ids.picture.ink = theme.DONE if point.mark == "check" else theme.INK
        self.ids.picture.say(point.mark, place.cut_top(place.w)[0])
        upper, lower = text.cut_top(high)
        self.ids.words.say(said(point), upper)
        self.ids.told.say(point.told, lower)


def said(point: Point) -> str:
    """Who, and what."""
    return phrase("{name}: {said}", name=point.who, said=point.words) if point.who else point.words


class Decided(Listed):
    """What the latest circle decided; `without` what the poster says already."""

    rank = 3
    heading = wording.WORDS["DECIDED"]

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.without: Point | None = None

    def _points(self, face: WallFace) -> tuple[Point, ...]:
        return tuple(each for each in face.decided if each != self.without)

    def one(self) -> Piece:
        """A new row."""
        return PointLine()

    def count(self, face: WallFace) -> int:
        """How many there are."""
        return len(self._points(face))

    def high(self, line: PointLine, face: WallFace, index: int, wide: float) -> float:
        """How high one of them is, in pixels."""
        return line.high(self._points(face)[index], wide)

    def tell(self, line: PointLine, face: WallFace, index: int, box: Box) -> None:
        """Draws one."""
        line.say(self._points(face)[index], box)


class NewsTold(Listed):
    """What is heard of the neighbours: of how many, and the latest words of each."""

    rank = 3
    heading = wording.WORDS["NEIGHBOURS"]

    def one(self) -> Piece:
        """A new row."""
        return PointLine()

    def count(self, face: WallFace) -> int:
        """How many there are."""
        return len(face.news)

    def high(self, line: PointLine, face: WallFace, index: int, wide: float) -> float:
        """How high one of them is, in pixels."""
        return line.high(face.news[index], wide)

    def tell(self, line: PointLine, face: WallFace, index: int, box: Box) -> None:
        """Draws one."""
        line.say(face.news[index], box)


class Doing(Listed):
    """Who does what, the soonest first."""

    rank = 3
    heading = wording.WORDS["WHO_DOES_WHAT"]

    def one(self) -> Piece:
        """A new row."""
        return PointLine()

    def count(self, face: WallFace) -> int:
        """How many there are."""
        return len(face.doing)

    def high(self, line: PointLine, face: WallFace, index: int, wide: float) -> float:
        """How high one of them is, in pixels."""
        return line.high(face.doing[index], wide)

    def tell(self, line: PointLine, face: WallFace, index: int, box: Box) -> None:
        """Draws one."""
        line.say(face.doing[index], box)


load(__file__)
