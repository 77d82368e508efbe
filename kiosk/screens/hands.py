"""Many hands: a circle for each, filled when its badge is in, with the name under it."""

from kiosk.screens import theme
from kiosk.screens.boxes import Box
from kiosk.screens.pieces import Crowd, Piece
from kiosk.screens.screen import load

NAME = 56
"""Units under a circle for a name: two lines."""


class Hand(Piece):
    """One circle; empty, or filled with a tick."""

    def say(self, filled: bool, name: str, box: Box, size: int) -> None:
        """Draws it."""
        self.put(box)
        place, below = box.cut_top(size, self.u(8))
        circle = place._replace(w=size)
        ring = self.ids.ring
        ring.fill, ring.edge = (theme.INK, theme.NOTHING) if filled else (theme.CARD, theme.SOFT)
        ring.put(circle)
        self.ids.tick.say("check" if filled else "", circle.middle(size * 0.6, size * 0.6))
        self.ids.name.say(name, below)


class Hands(Piece):
    """A row of circles; several rows when there are many."""

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self.hands = Crowd[Hand](self, Hand)

    def high(self, dots: int, names: bool, size: int, wide: float) -> int:
        """How much height so many circles take, in pixels."""
        if not dots:
            return 0
        rows = -(-dots // self._across(dots, size, wide))
        return rows * (self.u(size) + (self.u(8 + NAME) if names else 0)) + (rows - 1) * self.u(8)

    def say(self, filled: int, dots: int, names: tuple[str, ...], box: Box, size: int) -> None:
        """Draws them, from the left."""
        self.put(box)
        self.hands.keep(dots)
        if not dots:
            return
        across = self._across(dots, size, box.w)
        gap = self.u(16)
        wide = min((box.w - gap * (across - 1)) / across, self.u(max(size * 1.5, 150 if names else 0)))
        high = self.u(size) + (self.u(8 + NAME) if names else 0)
        for index, hand in enumerate(self.hands):
            row, column = divmod(index, across)
            place = Box(box.x + column * (wide + gap), box.top - (row + 1) * high - row * self.u(8), wide, high)
            name = names[index] if index < len(names) else ""
            hand.say(index < filled, name, place, self.u(size))

    def _across(self, dots: int, size: int, wide: float) -> int:
        most = max(1, int((wide + self.u(16)) // self.u(size + 16)))
        return min(dots, most)


load(__file__)
