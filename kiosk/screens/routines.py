"""Routines as pictures: a circle for each person, as large as what they do of it; and one routine as bars."""

import math
from collections.abc import Callable
from typing import Any

from kivy.graphics import Color, Rectangle

from kiosk.faces import RoutineFace, RoutineRow
from kiosk.screens import theme, wording
from kiosk.screens.boxes import Box
from kiosk.screens.pieces import Crowd, Inked, Piece, Words
from kiosk.screens.screen import Errand, load
from kiosk.screens.shapes import disc
from kiosk.screens.touchables import Touchable

SMALLEST = 4
"""Units; the radius of the smallest circle: somebody is never nobody."""

ACROSS = 2.8
"""How much wider than high the circles of seven people are, who do equally much, with the air between them."""

TRENDS = {"more": "arrow-up", "fewer": "arrow-down", "": ""}


class Circles(Inked):
    """Full circles in a line, each of an area like the part that one person does: one large one is a throne."""

    def radii(self, parts: tuple[int, ...], high: float) -> list[int]:
        """Pixels. parts: per mille; a whole thousand is as high as there is room."""
        return [max(self.u(SMALLEST), int(high / 2 * math.sqrt(part / 1000))) for part in parts]

    def wide(self, parts: tuple[int, ...], high: float) -> int:
        """How much room they take, in pixels."""
        return sum(2 * radius + self.u(4) for radius in self.radii(parts, high))

    def say(self, parts: tuple[int, ...], box: Box) -> None:
        """Draws as many as there is room for."""
        box = box.whole()
        self.put(box)
        if (parts, box) == self._last:
            return
        self._last = (parts, box)
        self.canvas.clear()
        with self.canvas:
            self._colour = Color(*self.ink)
            left = box.x
            for radius in self.radii(parts, box.h):
                if left + 2 * radius > box.right:
                    break
                low = round(box.y + box.h / 2 - radius)
                Rectangle(texture=disc(radius), pos=(round(left), low), size=(2 * radius, 2 * radius))
                left += 2 * radius + self.u(4)


class RoutineLine(Touchable):
    """One routine: the picture, what it is, and as if how many people did it; the marked one is black."""

    def say(self, row: RoutineRow, box: Box, choose: Callable[[str], None]) -> None:
        """Draws it; a touch says its key."""
        self.look = "strong" if row.marked else "plain"
        self.touched = lambda: choose(row.key)
        self.put(box)
        ids, inner = self.ids, box.inset(self.u(16), self.u(8))
        size = self.u(28)
        mark, rest = inner.cut_right(size, self.u(8))
        warned, rest = rest.cut_right(size if row.throne else 0, self.u(8) if row.throne else 0)
        picture, text = rest.cut_left(self._picture_wide(rest), self.u(16))
        self._picture(row, picture)
        ids.mark.say("circle" if row.marked else "", mark.middle(size, size))
        ids.alarm.ink = theme.CARD if row.marked else theme.ALARM
        ids.alarm.say("warning" if row.throne else "", warned.middle(size, size))
        self._text(row, text)
        self._inks()

    def _picture_wide(self, box: Box) -> float:
        return min(box.w * 0.42, box.h * 3.2)

    def _picture(self, row: RoutineRow, box: Box) -> None:
        ids = self.ids
        more = f"+{row.more}" if row.more else ""
        wide = ids.more.wide(more) if more else 0
        high = min(box.h, (box.w - self.u(4) - wide) / ACROSS)
        place = box.middle(box.w, high)._replace(w=ids.circles.wide(row.circles, high))
        ids.circles.say(row.circles, place)
        ids.more.say(more, Box(place.right + self.u(4), box.y, wide, box.h))
        size = self.u(36)
        ids.picture.say("" if row.circles else row.icon, box.middle(box.w, size)._replace(w=size))

    def _text(self, row: RoutineRow, box: Box) -> None:
        ids = self.ids
        trend, size = TRENDS[row.trend], self.u(22)
        told_wide = box.w - (size + self.u(8) if trend else 0)
        # What it is comes first, also where letters are large: it is never smaller than what is said of it.
        high = ids.words.fitted(row.words, (box.w, box.h * (0.58 if row.told else 1.0))).height
        low = ids.told.fitted(row.told, (told_wide, box.h - high)).height if row.told else 0
        upper, lower = box.middle(box.w, high + low).cut_top(high)
        ids.words.say(row.words, upper)
        place, told = lower.cut_left(size if trend else 0, self.u(8) if trend else 0)
        ids.trend.say(trend, place.middle(size, size))
        ids.told.say(row.told, told)

    def _inks(self) -> None:
        ids, look = self.ids, self.now
        for piece in (ids.words, ids.circles, ids.picture, ids.mark, ids.more):
            piece.ink = look.ink
        ids.told.ink = ids.trend.ink = look.soft


class ShareBar(Piece):
    """One person: name, how much of it they do as a bar, and in figures."""

    def say(self, bar: tuple[str, int, str], box: Box, name_wide: float, told_wide: float) -> None:
        """Draws it."""
        self.put(box)
        name, part, told = bar
        left, rest = box.cut_left(name_wide, self.u(12))
        right, middle = rest.cut_right(told_wide, self.u(12))
        self.ids.name.say(name, left)
        self.ids.told.say(told, right)
        track = middle.middle(middle.w, self.u(16))
        self.ids.track.put(track)
        self.ids.bar.put(track._replace(w=max(self.u(8), track.w * part / 1000)))


BAR, LAST, SHORTEST = 38, 34, 20
"""Units: how high a bar is, with its air; the line below them; and how long a bar is at least."""

NAMES = (24, 20)
"""Units: all names beside the bars are as large as each other."""


class RoutineScreen(Errand[RoutineFace]):
    """How concentrated it is, in large type; who does it, as bars; who benefits, on a card."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.bars = Crowd[ShareBar](self, ShareBar)
        self.said = Crowd[Words](self, lambda: Words(steps=[24, 20], lines=[1, 3]))

    def draw(self, face: RoutineFace, box: Box) -> None:
        """Draws the routine."""
        self.ids.ways.stand = "stack" if self.tall else "only"
        self.ids.ways.high = 96 if self.tall else 72
        rest = self._head(face, self.ids.ways.cut(face.choices, box, self.choose))
        gap = self.u(theme.GAP)
        if not face.bars:
            self.bars.keep(0)
            self.ids.more.say("", rest)
            self._answers(face, rest)
        elif self.tall:
            upper, lower = rest.cut_top(self._bars_high(face), gap)
            self._bars(face, upper)
            self._answers(face, lower)
        else:
            left, right = rest.cut_left(rest.w * 0.58, gap)
            self._bars(face, left)
            self._answers(face, right)

    def _head(self, face: RoutineFace, box: Box) -> Box:
        """How concentrated it is; gives what is left."""
        ids, size = self.ids, self.u(36)
        alarm, text = box.cut_left(size if face.throne else 0, self.u(12) if face.throne else 0)
        high = ids.words.fitted(face.words, (text.w, self.u(88))).height
        low = ids.told.high(face.told, box.w)
        upper, rest = text.cut_top(high)
        ids.alarm.say("warning" if face.throne else "", alarm.cut_top(high)[0].middle(size, size))
        ids.words.say(face.words, upper)
        told = box._replace(h=rest.h).cut_top(low)[0]
        ids.told.say(face.told, told)
        return box.cut_top(high + low, self.u(12))[1]

    def _bars_high(self, face: RoutineFace) -> float:
        return self.u(BAR) * len(face.bars) + self.u(LAST if face.people > len(face.bars) else 0)

    def _bars(self, face: RoutineFace, box: Box) -> None:
        """As many as there is room for; how many more is said below."""
        row, last = self.u(BAR), self.u(LAST)
        count = min(len(face.bars), int(box.h // row))
        if count < face.people and count * row + last > box.h:
            count = max(1, int((box.h - last) // row))
        bars = self.bars.keep(count)
        told = max((bars[0].ids.told.wide(each) for _, _, each in face.bars), default=0)
        most = box.w - told - self.u(24 + SHORTEST)
        wides = [[bars[0].ids.name.setting_at(name, step).width + 1 for name, *_ in face.bars] for step in NAMES]
        step = next((step for step, wide in zip(NAMES, wides, strict=True) if max(wide) <= most), NAMES[-1])
        wide = min(most, max(wides[NAMES.index(step)]))
        rest = box
        for piece, bar in zip(bars, face.bars, strict=False):
            piece.ids.name.steps = [step]
            place, rest = rest.cut_top(row)
            piece.say(bar, place, wide, told)
        more = wording.more(face.people - count) if face.people > count else ""
        self.ids.more.say(more, rest.cut_top(last if more else 0)[0])

    def _answers(self, face: RoutineFace, box: Box) -> None:
        """Who benefits, as the room said: the newest first, as many as there is room for."""
        ids, pad = self.ids, self.u(12)
        inner = box.inset(self.u(16), pad)
        said = self.said.keep(len(face.answers))
        highs = [each.high(text, inner.w) for each, text in zip(said, face.answers, strict=True)]
        head = ids.asked.high(face.asked, inner.w)
        while highs and head + sum(highs) > inner.h:
            highs.pop()
        card = box.cut_top(head + sum(highs) + 2 * pad)[0]
        ids.card.put(card)
        place, rest = card.inset(self.u(16), pad).cut_top(head)
        ids.asked.say(face.asked, place)
        for each, text, high in zip(self.said.keep(len(highs)), face.answers, highs, strict=False):
            place, rest = rest.cut_top(high)
            each.say(text, place)


load(__file__)
