"""The areas of the wall. Each knows how high it is at least and at most, and draws itself into what it is given.

What can be touched lies on cards; what is only read lies on the paper. An area with nothing to say is not there,
and the others take its room.
"""

from collections.abc import Callable, Sequence
from typing import Any

from kivy.properties import BooleanProperty

from kiosk.faces import Alarm, Bar, Hanging, Line, WallFace
from kiosk.screens import wording
from kiosk.screens.board import HangingTile
from kiosk.screens.boxes import Box
from kiosk.screens.pieces import Crowd, Piece, Slab, Words
from kiosk.screens.screen import load
from kiosk.tongue import phrase
from kiosk.words import signed

Heights = tuple[float, float]
"""At least and at most, in pixels; (0, 0) where there is nothing to say."""

NOTHING_TO_SAY: Heights = (0, 0)

AIR = 2
"""So many gaps more, at most, lie between two areas where there is room that nothing can use."""


class Area(Piece):
    """Something to read on the wall. rank: the lower, the sooner it has room. fills: takes all if it is alone."""

    rank: float = 9
    fills = False

    def heights(self, face: WallFace, wide: float) -> Heights:
        """How high it would be at that width."""
        raise NotImplementedError

    def taken(self, face: WallFace, wide: float, high: float) -> float:
        """How much of a height it would really take, where it has rows that are there or not."""
        del face, wide
        return high

    def say(self, face: WallFace, box: Box) -> None:
        """Draws itself."""
        raise NotImplementedError


def share_out(areas: Sequence[Area], face: WallFace, box: Box, gap: float, *, in_the_middle: bool = False) -> None:
    """Gives the areas their room, one under the other: first what they need by rank, then what is left over.

    What none of them can use lies between them, so that no corner stays empty. in_the_middle: where one that stands
    alone goes.
    """
    heights = {area: area.heights(face, box.w) for area in areas}
    chosen: list[Area] = []
    free = box.h + gap
    for area in sorted(areas, key=lambda each: each.rank):
        least = heights[area][0] + gap
        if heights[area][1] and least <= free:
            chosen.append(area)
            free -= least
    for area in areas:
        area.show(area in chosen)
    given = {}
    for area in sorted(chosen, key=lambda each: each.rank):
        most = min(heights[area][0] + free, heights[area][1])
        given[area] = area.taken(face, box.w, most)
        free -= given[area] - heights[area][0]
    air = min(AIR * gap, free / (len(given) + 1)) if given else 0.0
    if len(given) == 1 and chosen[0].fills:
        given[chosen[0]] = box.h
    elif len(given) == 1 and in_the_middle:
        box = box.cut_top(free / 2)[1]
    for area in areas:
        if area in given:
            place, box = box.cut_top(given[area], gap + air)
            area.say(face, place)


def unused(areas: Sequence[Area], face: WallFace, box: Box, gap: float) -> float:
    """How much of a height no area could use, in pixels."""
    most = [area.heights(face, box.w)[1] for area in areas]
    return max(0.0, box.h + gap - sum(high + gap for high in most if high))


class AlarmSlab(Slab):
    """What is wrong, most pressing first; the only red thing there is."""

    def _parts(self, box: Box, more: str) -> tuple[Box, Box, Box]:
        """Where the picture is, how many more there are, and the text: side by side where it is wide."""
        inner = box.inset(self.u(16), self.u(8))
        more_wide = self.ids.more.wide(more) if more else 0
        if box.w > self.u(480 if more else 320):
            picture, text = inner.cut_left(self.u(36), self.u(16))
            rest, text = text.cut_right(more_wide, self.u(16) if more else 0)
            return picture.middle(picture.w, picture.w), rest, text
        line, text = inner.cut_top(self.u(28))
        picture, rest = line.cut_left(line.h, self.u(12))
        return picture, rest, text

    def high(self, alarms: tuple[Alarm, ...], wide: float) -> float:
        """How high it would be with all its words, in pixels."""
        words, mend, more = said_of(alarms)
        _, _, text = self._parts(Box(0, 0, wide, self.u(400)), more)
        besides = self.u(400) - text.h
        return float(self.ids.words.high(words, text.w) + self.ids.mend.high(mend, text.w) + besides)

    def say(self, alarms: tuple[Alarm, ...], box: Box) -> None:
        """Draws the first, what mends it, and how many more there are."""
        self.put(box)
        words, mend, more = said_of(alarms)
        picture, rest, text = self._parts(box, more)
        self.ids.picture.say("warning", picture)
        self.ids.more.say(more, rest)
        high = self.ids.words.fitted(words, (text.w, text.h)).height
        low = (
            self.ids.mend.fitted(mend, (text.w, text.h - high)).height if mend and text.h - high > self.u(24) else 0
        )
        gap = min(self.u(4), text.h - high - low) if low else 0
        upper, lower = text.middle(text.w, high + low + gap).cut_top(high, gap)
        self.ids.words.say(words, upper)
        self.ids.mend.say(mend if low else "", lower)


def said_of(alarms: tuple[Alarm, ...]) -> tuple[str, str, str]:
    """What is wrong and since when; what mends it; how many more there are."""
    first = alarms[0]
    words = " · ".join(part for part in (first.words, first.since) if part)
    return words, first.mend, wording.more(len(alarms) - 1) if len(alarms) > 1 else ""


class Alarms(Area):
    """The red slab, where the wall has no band for it."""

    rank = 0
    fills = True

    def heights(self, face: WallFace, wide: float) -> Heights:
        """As high as its words."""
        if not face.alarms:
            return NOTHING_TO_SAY
        high = self.ids.slab.high(face.alarms, wide)
        return min(high, self.u(248)), high  # the jar stays beside it while its words are short

    def say(self, face: WallFace, box: Box) -> None:
        """Draws it."""
        self.put(box)
        self.ids.slab.say(face.alarms, box)


class Summary(Area):
    """How much was swapped this month, and that all balances sum to zero; large where nothing else is.

    beside: the jar is there too, and this is the smaller of the two.
    """

    rank = 1
    large = BooleanProperty(False)
    beside = BooleanProperty(False)

    def heights(self, face: WallFace, wide: float) -> Heights:
        """As high as its words."""
        alone = not face.balances and not face.recent
        if self.beside:
            self.ids.swapped.steps = [48 if alone else 30, 24, 20] if self.large else [24, 20, 20]
        elif alone:
            self.ids.swapped.steps = [72, 48] if wide > self.u(500) else [48, 38, 30]
        elif self.large:
            self.ids.swapped.steps = [38, 30, 24]
        else:
            self.ids.swapped.steps = [24, 20, 20] if face.alarms else [30, 24]
        self.ids.swapped.lines = [1, 1, 4] if face.alarms or self.beside else [4]
        if self.beside and self.large:
            self.ids.swapped.lines = [4 if alone else 2, 2, 4]
        high = float(self._high(face, wide))
        return high, high

    def _high(self, face: WallFace, wide: float) -> int:
        ids = self.ids
        return int(ids.swapped.high(sentence(face.swapped), wide) + ids.sum.high(face.sum_words, wide) + self.u(4))

    def say(self, face: WallFace, box: Box) -> None:
        """Draws it."""
        self.put(box)
        upper, lower = box.cut_top(self.ids.swapped.high(sentence(face.swapped), box.w), self.u(4))
        self.ids.swapped.say(sentence(face.swapped), upper)
        self.ids.sum.say(face.sum_words, lower)


def sentence(words: str) -> str:
    """With a capital, as it stands alone."""
    return words[:1].upper() + words[1:]


FEWEST = 2
"""Balances that have room at least; where there is no more in a narrow column, the others are left unsaid."""

BROAD = 340
"""Units of width from which how many others there are has room beside the fewest."""


class BalanceLine(Piece):
    """One member: name, bar from the middle, amount."""

    def say(self, name: str, bar: Bar, box: Box, name_wide: float, amount_wide: float) -> None:
        """Draws it."""
        self.put(box)
        if box.h >= self.u(Balances.STACKED):  # the bar has a line to itself
            line, middle = box.cut_top(self.u(30))
            right, left = line.cut_right(amount_wide, self.u(12))
            middle = middle.cut_top(self.u(14))[0]
        else:
            left, rest = box.cut_left(name_wide, self.u(12))
            right, middle = rest.cut_right(amount_wide, self.u(12))
        self.ids.name.say(name, left)
        self.ids.bar.say(bar, middle.middle(middle.w, self.u(12)))
        self.ids.amount.say(bar.words, right)


class Balances(Area):
    """Who gave and who got: the largest balances, as bars from the middle."""

    rank = 2
    ROW, AIRY, STACKED = 30, 40, 52
    SHORT = 110
    """Units of width below which a bar says little; it then stands under its name, where the wall is large."""

    stacks = BooleanProperty(False)

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.lines = Crowd[BalanceLine](self, BalanceLine)

    def heights(self, face: WallFace, wide: float) -> Heights:
        """Two rows, or all of them, with more air where there is room."""
        count = len(face.balances)
        least, most = self._rows(face, wide)
        return min(FEWEST, count) * least, count * most

    def _rows(self, face: WallFace, wide: float) -> tuple[int, int]:
        """How high a row is, at least and at most."""
        words = self.ids.more.wide
        name = min(max((words(name, "semibold") for name, _ in face.balances), default=0), wide * 0.42)
        amount = max((words(signed(minutes)) for _, minutes in face.balances), default=0)
        if self.stacks and wide - name - amount - self.u(24) < self.u(self.SHORT):
            return self.u(self.STACKED), self.u(self.STACKED + 6)
        return self.u(self.ROW), self.u(self.AIRY)

    def say(self, face: WallFace, box: Box) -> None:
        """Draws as many as there is room for."""
        self.put(box)
        least, most = self._rows(face, box.w)
        row = max(least, min(most, int(box.h / len(face.balances))))
        rows = int((box.h + 2) // row)
        fewer = FEWEST < rows < len(face.balances)
        shown = largest(face.balances, rows - 1 if fewer else rows)
        more = wording.more(len(face.balances) - len(shown))
        beside = rows == FEWEST < len(face.balances) and box.w >= self.u(BROAD)
        aside, box = box.cut_right(self.ids.more.wide(more) if beside else 0, self.u(24) if beside else 0)
        bars = [(name, Bar(minutes, face.soft, face.hard, signed(minutes))) for name, minutes in shown]
        wide = self.ids.more.wide
        amount = max((wide(bar.words) for _, bar in bars), default=0)
        name_wide = min(max((wide(name, "semibold") for name, _ in bars), default=0), box.w * 0.42)
        for line, (name, bar) in zip(self.lines.keep(len(bars)), bars, strict=True):
            place, box = box.cut_top(row)
            line.say(name, bar, place, name_wide, amount)
        place = aside.cut_top(row * rows)[0].cut_bottom(row)[0] if beside else box.cut_top(row)[0]
        self.ids.more.say(more if fewer or beside else "", place)


def largest(balances: tuple[tuple[str, int], ...], count: int) -> list[tuple[str, int]]:
    """So many of the balances that are furthest from zero, in the order they came in."""
    kept = {name for name, _ in sorted(balances, key=lambda each: -abs(each[1]))[: max(0, count)]}
    return [each for each in balances if each[0] in kept]


class SwapLine(Piece):
    """One recent swap: who to whom, how long, what, when."""

    def say(self, line: Line, box: Box) -> None:
        """Draws it."""
        self.put(box)
        size = self.u(28)
        place, text = box.cut_left(size if line.icon else 0, self.u(12) if line.icon else 0)
        self.ids.picture.say(line.icon, place.middle(size, size))
        about = [part for part in (line.amount, line.work if line.who else "", line.mark or line.when) if part]
        ways = [" · ".join(about[:count]) for count in range(len(about), 0, -1)]
        lower, upper = text.cut_bottom(self.ids.what.high(about[0], text.w))
        self.ids.who.say(line.who or line.work, upper)
        self.ids.what.say(self.ids.what.longest(ways, text.w), lower)

    def high(self, line: Line, wide: float) -> float:
        """How high it would be, in pixels."""
        text = wide - (self.u(28 + 12) if line.icon else 0)
        return float(self.ids.who.high(line.who or line.work, text) + self.ids.what.high(line.amount, text))


class Listed(Area):
    """Like things one under the other, under a quiet heading. heading: which word of the screens it is."""

    rank = 5
    GAP, HEAD = 10, 32
    heading = ""
    counted = True
    """Whether how many have no room is said; not of what is only the latest of many."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.lines: Crowd[Any] = Crowd(self, self.one)

    def heights(self, face: WallFace, wide: float) -> Heights:
        """The heading and one, or all of them."""
        highs = self._highs(face, wide)
        if not highs:
            return NOTHING_TO_SAY
        return self.u(self.HEAD) + highs[0], self.u(self.HEAD) + sum(highs) + self.u(self.GAP) * (len(highs) - 1)

    def taken(self, face: WallFace, wide: float, high: float) -> float:
        """As many whole rows as there is room for."""
        return self.u(self.HEAD) + self._fitting(self._highs(face, wide), high - self.u(self.HEAD))[1]

    def _fitting(self, highs: list[float], room: float) -> tuple[int, float]:
        """How many rows have room, and how high they are together."""
        gap = self.u(self.GAP)
        count, used = 0, 0.0
        while count < len(highs) and used + highs[count] <= room + 1:
            used += highs[count] + gap
            count += 1
        return count, max(0.0, used - gap)

    def _highs(self, face: WallFace, wide: float) -> list[float]:
        sample = self.lines.keep(max(1, len(self.lines)))[0]
        return [self.high(sample, face, index, wide) for index in range(self.count(face))]

    def say(self, face: WallFace, box: Box) -> None:
        """Draws as many as there is room for."""
        self.put(box)
        gap, highs = self.u(self.GAP), self._highs(face, box.w)
        place, rest = box.cut_top(self.u(self.HEAD))
        count, _ = self._fitting(highs, rest.h)
        self.ids.heading.say(self.ids.heading.longest(self._headings(len(highs) - count), place.w), place)
        for index, line in enumerate(self.lines.keep(count)):
            cell, rest = rest.cut_top(highs[index], gap)
            self.tell(line, face, index, cell)

    def _headings(self, left: int) -> list[str]:
        """The heading, with how many have no room, and alone."""
        alone = phrase(self.heading)
        return [f"{alone} · {wording.more(left)}", alone] if left > 0 and self.counted else [alone]

    def one(self) -> Piece:
        """A new row."""
        raise NotImplementedError

    def count(self, face: WallFace) -> int:
        """How many there are."""
        raise NotImplementedError

    def high(self, line: Any, face: WallFace, index: int, wide: float) -> float:
        """How high one of them is, in pixels; `line` is any row, to measure with."""
        raise NotImplementedError

    def tell(self, line: Any, face: WallFace, index: int, box: Box) -> None:
        """Draws one."""
        raise NotImplementedError


class Recent(Listed):
    """The last swaps."""

    rank = 3
    heading = wording.WORDS["LAST_SWAPS"]
    counted = False

    def one(self) -> Piece:
        """A new row."""
        return SwapLine()

    def count(self, face: WallFace) -> int:
        """How many there are."""
        return len(face.recent)

    def high(self, line: SwapLine, face: WallFace, index: int, wide: float) -> float:
        """How high one of them is, in pixels."""
        return line.high(face.recent[index], wide)

    def tell(self, line: SwapLine, face: WallFace, index: int, box: Box) -> None:
        """Draws one."""
        line.say(face.recent[index], box)


class Hung(Listed):
    """Needs and offers; each can be touched."""

    rank = 4
    GAP = 16
    heading = wording.WORDS["NEEDS_AND_OFFERS"]

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.choose: Callable[[str], None] | None = None

    def one(self) -> Piece:
        """A new row."""
        return HangingTile()

    def count(self, face: WallFace) -> int:
        """How many there are."""
        return len(face.notices)

    def high(self, line: HangingTile, face: WallFace, index: int, wide: float) -> float:
        """How high one of them is, in pixels: as its words need, and never too low for a finger."""
        return max(self.u(72), line.high(_both_sides(face.notices)[index], wide))

    def tell(self, line: HangingTile, face: WallFace, index: int, box: Box) -> None:
        """Draws one."""
        if self.choose is not None:
            line.say(_both_sides(face.notices)[index], box, self.choose)


def _both_sides(notices: tuple[Hanging, ...]) -> list[Hanging]:
    """A need, an offer, a need …: so that both are seen where few have room."""
    sides = [[each for each in notices if each.side == side] for side in ("need", "offer")]
    longest = max(len(side) for side in sides)
    return [side[index] for index in range(longest) for side in sides if index < len(side)]


class Running(Listed):
    """Clocks that run."""

    rank = 5
    heading = wording.WORDS["RUNNING"]

    def one(self) -> Piece:
        """A new row."""
        return Words(steps=[20], lines=[2])

    def count(self, face: WallFace) -> int:
        """How many there are."""
        return len(face.clocks)

    def high(self, line: Words, face: WallFace, index: int, wide: float) -> float:
        """How high one of them is, in pixels."""
        return float(line.high(face.clocks[index], wide))

    def tell(self, line: Words, face: WallFace, index: int, box: Box) -> None:
        """Draws one."""
        line.say(face.clocks[index], box)


load(__file__)
