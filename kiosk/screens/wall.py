"""The idle screen: a poster of the shop, read with a coffee in hand, and three touches from a swap.

What can be touched lies on cards; what is only read lies on the paper. An area with nothing to say is not there,
and the others take its room.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

from kiosk.faces import Alarm, Bar, Choice, Line, WallFace
from kiosk.screens import theme, wording
from kiosk.screens.board import HangingTile
from kiosk.screens.boxes import Box
from kiosk.screens.pieces import Crowd, Piece, Slab, Words
from kiosk.screens.screen import Screen, load
from kiosk.screens.touchables import Tile
from kiosk.words import signed

MOST_WORK = 9
"""Kinds of work on the wall; the others are found after tapping."""

LARGE = 960
"""Units of width from which a lying wall has three columns."""


class AlarmSlab(Slab):
    """What is wrong, most pressing first; the only red thing there is."""

    def say(self, alarms: tuple[Alarm, ...], box: Box) -> None:
        """Draws the first, what mends it, and how many more there are."""
        self.put(box)
        ids, first = self.ids, alarms[0]
        words = " ".join(part for part in (first.words, first.since) if part)
        more = wording.more(len(alarms) - 1) if len(alarms) > 1 else ""
        mend = " · ".join(part for part in (first.mend, more) if part)
        if box.w > 2.4 * box.h:
            size = self.u(40)
            place, text = box.inset(self.u(20), self.u(8)).cut_left(size, self.u(16))
            ids.picture.say("warning", place.middle(size, size))
        else:
            text = box.inset(self.u(16), self.u(12))
            place, text = text.cut_top(self.u(32), self.u(6))
            ids.picture.say("warning", place._replace(w=place.h))
        low = ids.mend.fitted(mend, (text.w, text.h * 0.5)).height if mend else 0
        high = ids.words.fitted(words, (text.w, text.h - low)).height
        upper, lower = text.middle(text.w, min(text.h, high + low)).cut_top(high)
        ids.words.say(words, upper)
        ids.mend.say(mend, lower)


class Heading(Words):
    """A quiet word over an area."""


class BalanceLine(Piece):
    """One member: name, bar from the middle, amount."""

    def say(self, name: str, bar: Bar, box: Box, name_wide: float, amount_wide: float) -> None:
        """Draws it."""
        self.put(box)
        left, rest = box.cut_left(name_wide, self.u(12))
        right, middle = rest.cut_right(amount_wide, self.u(12))
        self.ids.name.say(name, left)
        self.ids.bar.say(bar, middle.middle(middle.w, self.u(12)))
        self.ids.amount.say(bar.words, right)


class SwapLine(Piece):
    """One recent swap: who to whom, how long, what, when."""

    def say(self, line: Line, box: Box) -> None:
        """Draws it."""
        self.put(box)
        size = self.u(28)
        place, text = box.cut_left(size if line.icon else 0, self.u(12) if line.icon else 0)
        self.ids.picture.say(line.icon, place.middle(size, size))
        upper, lower = text.rows(2, 0)
        self.ids.who.say(line.who or line.work, upper)
        about = (line.amount, line.work if line.who else "", line.mark or line.when)
        self.ids.what.say(" · ".join(part for part in about if part), lower)


class Area(NamedTuple):
    """Something to read on the wall: what draws it, and how high it is at least and at most (pixels).

    rank: the lower, the sooner it is given room. Order on the wall is order in the list.
    """

    name: str
    rank: int
    least: float
    most: float
    draw: Callable[[Box], None]


def shared_out(areas: list[Area], high: float, gap: float) -> list[tuple[Area, float]]:
    """Which areas have room, in their order, and how high each is: first all their least, then what is left."""
    chosen: list[Area] = []
    for area in sorted(areas, key=lambda each: each.rank):
        if sum(each.least for each in chosen) + area.least + gap * len(chosen) <= high:
            chosen.append(area)
    spare = high - sum(each.least for each in chosen) - gap * max(0, len(chosen) - 1)
    given = {}
    for area in chosen:
        extra = min(spare, area.most - area.least)
        given[area.name] = area.least + extra
        spare -= extra
    return [(area, given[area.name]) for area in areas if area.name in given]


class WallScreen(Screen[WallFace]):
    """The poster."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.work = Crowd[Tile](self, lambda: Tile(stand="stack", steps=[24, 20], picture=36))
        self.choices = Crowd[Tile](self, lambda: Tile(stand="row", steps=[20], picture=28))
        self.balances = Crowd[BalanceLine](self, BalanceLine)
        self.swaps = Crowd[SwapLine](self, SwapLine)
        self.hung = Crowd[HangingTile](self, HangingTile)
        self.headings = Crowd[Heading](self, Heading)
        self._clocks = Crowd[SwapLine](self, SwapLine)

    def draw(self, face: WallFace, box: Box) -> None:
        """Draws the wall."""
        for crowd in (self.balances, self.swaps, self.hung, self.headings, self._clocks):
            self._unused = crowd
        self._heads: list[tuple[str, Box]] = []
        rest = self._header(face, box)
        if self.tall:
            self._standing(face, rest)
        elif rest.w >= self.u(LARGE):
            self._large(face, rest)
        else:
            self._lying(face, rest)
        self.headings.keep(len(self._heads))
        for heading, (words, place) in zip(self.headings, self._heads, strict=True):
            heading.say(words, place)
