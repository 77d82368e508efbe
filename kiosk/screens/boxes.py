"""Rectangles that are cut up: how a screen is laid out. Pure, no Kivy; y grows upward, as on Kivy's canvas."""

from collections.abc import Sequence
from typing import NamedTuple


class Box(NamedTuple):
    """A place on the screen, in pixels from its lower left corner.

    Cutting gives (the piece, what is left); a gap lies between them and belongs to neither.
    """

    x: float
    y: float
    w: float
    h: float

    @property
    def right(self) -> float:
        """Where it ends on the right."""
        return self.x + self.w

    @property
    def top(self) -> float:
        """Where it ends at the top."""
        return self.y + self.h

    @property
    def wide(self) -> bool:
        """Wider than high."""
        return self.w > self.h

    def inset(self, sides: float, ends: float | None = None) -> "Box":
        """Smaller by a margin: left and right, above and below (the same unless said)."""
        ends = sides if ends is None else ends
        return Box(self.x + sides, self.y + ends, max(0, self.w - 2 * sides), max(0, self.h - 2 * ends))

    def cut_top(self, high: float, gap: float = 0) -> tuple["Box", "Box"]:
        """The upper piece, and the rest below."""
        rest = max(0, self.h - high - gap)
        return Box(self.x, self.top - high, self.w, high), Box(self.x, self.y, self.w, rest)

    def cut_bottom(self, high: float, gap: float = 0) -> tuple["Box", "Box"]:
        """The lower piece, and the rest above."""
        rest = max(0, self.h - high - gap)
        return Box(self.x, self.y, self.w, high), Box(self.x, self.y + high + gap, self.w, rest)

    def cut_left(self, wide: float, gap: float = 0) -> tuple["Box", "Box"]:
        """The left piece, and the rest on the right."""
        rest = max(0, self.w - wide - gap)
        return Box(self.x, self.y, wide, self.h), Box(self.x + wide + gap, self.y, rest, self.h)

    def cut_right(self, wide: float, gap: float = 0) -> tuple["Box", "Box"]:
        """The right piece, and the rest on the left."""
        rest = max(0, self.w - wide - gap)
        return Box(self.right - wide, self.y, wide, self.h), Box(self.x, self.y, rest, self.h)

    def columns(self, count: int, gap: float) -> list["Box"]:
        """Equal columns, from the left."""
        wide = (self.w - gap * (count - 1)) / max(1, count)
        return [Box(self.x + index * (wide + gap), self.y, wide, self.h) for index in range(count)]

    def rows(self, count: int, gap: float) -> list["Box"]:
        """Equal rows, from the top."""
        high = (self.h - gap * (count - 1)) / max(1, count)
        return [Box(self.x, self.top - high - index * (high + gap), self.w, high) for index in range(count)]

    def grid(self, across: int, down: int, gap: float) -> list["Box"]:
        """Equal cells, as one reads: from the left, then down."""
        return [cell for row in self.rows(down, gap) for cell in row.columns(across, gap)]

    def mirrored(self, within: "Box") -> "Box":
        """The same place seen from the other side of a larger box."""
        return self._replace(x=within.x + within.right - self.right)

    def middle(self, wide: float, high: float) -> "Box":
        """A smaller box in the middle of this one."""
        return Box(self.x + (self.w - wide) / 2, self.y + (self.h - high) / 2, wide, high)

    def piled(self, needs: Sequence[float], high: float, gap: float) -> list["Box"]:
        """Rows from the top, each as high as said, or as it needs; where all is too little, as fair as can be."""
        room = self.h - gap * max(0, len(needs) - 1)
        highs = [max(high, need) for need in needs]
        if sum(highs) > room:
            spare = max(0.0, room - sum(needs)) / max(1, len(needs))
            scarce = min(1.0, room / max(1.0, sum(needs)))
            highs = [need * scarce + spare for need in needs]
        boxes, rest = [], self
        for each in highs:
            place, rest = rest.cut_top(each, gap)
            boxes.append(place)
        return boxes

    def whole(self) -> "Box":
        """On whole pixels, so that edges are sharp; neighbours still meet."""
        left, low = round(self.x), round(self.y)
        return Box(left, low, round(self.right) - left, round(self.top) - low)
