"""The shape of a jar, how far it is filled, and where the names of its marks stand. Pure, no Kivy.

A jar is upright and the same on both sides, so all of it is told by how far its side is from its middle, height by
height.
"""

import math
from typing import NamedTuple

from kiosk.faces import Mark
from kiosk.screens.boxes import Box

Point = tuple[float, float]

WIDEST = 0.86
"""How wide a jar is at most, of its height."""

LID_HIGH, LID_WIDE = 0.13, 0.83
CORNER, SHOULDER_HIGH, NECK = 0.15, 0.22, 0.11
"""Of the jar's width: the round of the foot, and how high and how far in the shoulder bends."""

CURVE = 10
"""Points on each bend."""

NEAR = 1.6
"""How far from its height a name may stand, in lines; one more where others are missing beside it."""

COINS: tuple[tuple[float, float], ...] = (
    (0.18, 0.10),
    (0.36, 0.085),
    (0.55, 0.11),
    (0.75, 0.09),
    (0.26, 0.235),
    (0.46, 0.22),
    (0.66, 0.245),
    (0.86, 0.21),
    (0.34, 0.37),
    (0.57, 0.365),
)
"""The middles of the coins at the bottom, of the jar's width: across from the left, and up from the foot."""

COIN = 0.062
"""How large a coin is: its radius, of the jar's width."""


class Shape(NamedTuple):
    """A jar in a box: where its lid and its glass are, and its right side as points (from the middle, upward)."""

    lid: Box
    body: Box
    side: tuple[Point, ...]

    @property
    def middle(self) -> float:
        """Where it would be folded."""
        return self.body.x + self.body.w / 2

    def level(self, part: float) -> float:
        """The height of a level, in pixels of the screen. part: per mille of the glass."""
        return self.body.y + self.body.h * min(1000.0, max(0.0, part)) / 1000

    def outline(self) -> list[Point]:
        """From under the lid down the right side, along the foot, and up the left."""
        right = [(self.middle + out, y) for out, y in reversed(self.side)]
        left = [(self.middle - out, y) for out, y in self.side]
        return [*right, *left]

    def filled(self, height: float) -> list[tuple[float, float, float]]:
        """The inside up to a height, as (left, right, y) from the foot up; nothing for an empty jar."""
        below = [(out, y) for out, y in self.side if y < height]
        if not below:
            return []
        cut = (self.out(height), height)
        return [(self.middle - out, self.middle + out, y) for out, y in (*below, cut)]

    def out(self, height: float) -> float:
        """How far the side is from the middle at a height."""
        for (low_out, low), (high_out, high) in zip(self.side, self.side[1:], strict=False):
            if low <= height <= high and high > low:
                return low_out + (high_out - low_out) * (height - low) / (high - low)
        return self.side[-1][0] if height > self.side[-1][1] else self.side[0][0]


def shape(box: Box) -> Shape:
    """The largest jar that a box holds, standing in its middle."""
    wide = min(box.w, box.h * WIDEST)
    whole = box.middle(wide, box.h).whole()
    lid_high = round(wide * LID_HIGH)
    lid, _ = whole.cut_top(lid_high)
    # The lid is screwed over the neck, so the glass ends a little above its lower edge.
    body = Box(whole.x, whole.y, whole.w, whole.h - lid_high + round(lid_high * 0.3))
    return Shape(lid.middle(round(wide * LID_WIDE), lid_high).whole(), body, _side(body))


def _side(body: Box) -> tuple[Point, ...]:
    half, corner = body.w / 2, min(body.w * CORNER, body.h / 3)
    high, in_ = min(body.w * SHOULDER_HIGH, body.h / 3), body.w * NECK
    turns = [math.pi / 2 * step / CURVE for step in range(CURVE + 1)]
    foot = [(half - corner + corner * math.sin(turn), body.y + corner - corner * math.cos(turn)) for turn in turns]
    shoulder = [(half - in_ + in_ * math.cos(turn), body.top - high + high * math.sin(turn)) for turn in turns]
    return (*foot, *shoulder)


# --- marks ------------------------------------------------------------------------------------------------


class Placed(NamedTuple):
    """A mark and where its name stands: the middle of the name's line, and the height it speaks of."""

    mark: Mark
    name: float
    height: float


class Named(NamedTuple):
    """The marks that are named, how many are not, and where that is said: amid those that are missing."""

    marks: list[Placed]
    missing: int
    more: float


def named(marks: tuple[Mark, ...], glass: Shape, line: float, room: Box, most: int) -> Named:
    """Names of marks that do not lie over each other, each near its height; the cheaper ones go first.

    line: the height of a name. room: where names may stand. most: so many at most.
    """
    shown = _placed(marks, glass, line, room, most)
    if len(shown) == len(marks):
        return Named(shown, 0, 0)
    shown = _placed(marks, glass, line, room._replace(h=room.h - line), most)
    kept = {id(each.mark) for each in shown}
    missing = sorted(mark.height for mark in marks if id(mark) not in kept)
    said = glass.level(missing[len(missing) // 2])
    below = sum(each.height <= said for each in shown)
    wanted = [each.height for each in shown]
    places = apart([*wanted[:below], said, *wanted[below:]], line, room.y + line / 2, room.top - line / 2)
    more = places.pop(below) if places else room.top - line / 2
    moved = [each._replace(name=name) for each, name in zip(shown, places or wanted, strict=True)]
    return Named(moved, len(missing), more)


def _placed(marks: tuple[Mark, ...], glass: Shape, line: float, room: Box, most: int) -> list[Placed]:
    chosen: list[Mark] = []
    names: list[float] = []
    for mark in sorted(marks, key=lambda each: each.height):
        if len(chosen) == most:
            break
        wanted = [glass.level(each.height) for each in (*chosen, mark)]
        tried = apart(wanted, line, room.y + line / 2, room.top - line / 2)
        if tried and all(abs(name - want) <= line * NEAR for name, want in zip(tried, wanted, strict=True)):
            chosen, names = [*chosen, mark], tried
    return [Placed(mark, name, glass.level(mark.height)) for mark, name in zip(chosen, names, strict=True)]


def apart(wanted: list[float], gap: float, low: float, high: float) -> list[float]:
    """Places at least a gap apart between two ends, as near as may be to where each wants to be (from below).

    Nothing where there is no room for so many.
    """
    if (len(wanted) - 1) * gap > high - low:
        return []
    heaps: list[tuple[float, int]] = []  # (the lowest place of neighbours that touch, how many)
    for want in wanted:
        start, count = min(max(want, low), high), 1
        while heaps and heaps[-1][0] + gap * heaps[-1][1] > start:
            other, many = heaps.pop()
            start = (other * many + (start - gap * many) * count) / (many + count)
            count += many
            start = min(max(start, low), high - gap * (count - 1))
        heaps.append((start, count))
    return [start + gap * place for start, count in heaps for place in range(count)]
