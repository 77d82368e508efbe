"""Time as a thick ring that empties, parted so that it can be read without figures."""

import math
from collections.abc import Sequence

from kivy.graphics import Color, Mesh
from kivy.properties import ColorProperty, NumericProperty

from kiosk.screens import theme
from kiosk.screens.boxes import Box
from kiosk.screens.pieces import Ring
from kiosk.screens.shapes import edge

NEAR = 0.03
"""Share of the ring: a cut that is nearer to the top than this would leave a sliver."""


class PartedRing(Ring):
    """A ring cut into parts. What is left is ink, from the top, clockwise; what is gone is the track.

    paper: what the cuts show. cut: units they are wide.
    """

    paper = ColorProperty(theme.PAPER)
    cut = NumericProperty(6)

    def say_parted(self, share: float, cuts: Sequence[float], box: Box) -> None:
        """Draws it. share: what is left, 0 to 1. cuts: where it is cut, as shares from the top."""
        box = box.whole()
        self.put(box)
        now = (round(share, 3), tuple(cuts), box, self.thick)
        if now == self._last:
            return
        self._last = now
        self.canvas.clear()
        with self.canvas:
            Color(*self.track)
            self._arc(1.0, box)
            Color(*self.ink)
            self._arc(min(1.0, max(0.0, share)), box)
            if 0 < share < 1:
                self._strip(share, 2, 0, box)
            Color(*self.paper)
            for at in cuts:
                self._strip(at, max(2, self.u(self.cut)), 2, box)

    def _strip(self, at: float, wide: int, over: int, box: Box) -> None:
        """A strip across the ring, with parallel smooth sides. over: pixels that it goes beyond the ring."""
        angle = 2 * math.pi * at
        across, up = math.sin(angle), math.cos(angle)
        outer = min(box.w, box.h) / 2 + over
        inner = outer - self.u(self.thick) - 2 * over
        half = wide / 2 + 1
        vertices: list[float] = []
        for radius in (outer, inner):
            for side, texel in ((-half, 0.0), (half, 1.0)):
                x = box.x + box.w / 2 + across * radius + up * side
                y = box.y + box.h / 2 + up * radius - across * side
                vertices += [x, y, texel, 0.5]
        Mesh(vertices=vertices, indices=[0, 1, 2, 3], mode="triangle_strip", texture=edge(wide))


def cuts_every(part: int, of: int) -> list[float]:
    """Where a ring of so many seconds is cut, one part after another from the top; none where it is one part."""
    if not 0 < part < of:
        return []
    return [at / of for at in range(0, of, part) if at / of < 1 - NEAR]


def equal_cuts(parts: int) -> list[float]:
    """Where a ring is cut into equal parts."""
    return [at / parts for at in range(parts)] if parts > 1 else []
