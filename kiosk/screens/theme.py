"""Colours, sizes and spaces: the few that there are. Pure, no Kivy.

Lengths are said in units: one unit is a pixel on the 800 by 480 panel, and grows with the screen.
"""

from collections.abc import Sequence
from typing import NamedTuple

Colour = tuple[float, float, float, float]


def colour(code: str) -> Colour:
    """A colour as Kivy takes it, from "#RRGGBB"."""
    red, green, blue = (int(code[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return (red, green, blue, 1.0)


PAPER = colour("#F5EFE2")
CARD = colour("#FFFBF2")
INK = colour("#1D1B18")
SOFT = colour("#6A6358")
LINE = colour("#DDD3BF")
ASH = colour("#B5AA98")
"""Soft ink, and edges, on black paper."""
HOURS = colour("#0B5C6B")
MONEY = colour("#C98A00")
DONE = colour("#2F6B3A")
ALARM = colour("#B3261E")
"""What is wrong until it is mended; nothing else may use it."""

GLASS = colour("#EFE6D0")
FULL = colour("#E2B13C")
SURFACE = colour("#EBC565")
COIN = colour("#D9A325")
"""An empty jar; money in it, dark type on which is easily read; its surface, and single coins."""

NOTHING: Colour = (0.0, 0.0, 0.0, 0.0)

STEPS = (20, 24, 30, 38, 48, 72, 128)
"""All sizes of type, in units. No others: each costs memory for as long as the kiosk runs."""

FARTHEST = 48
"""The largest step that type grows to: what is larger already needs no help."""


def grown(steps: Sequence[int], lines: Sequence[int], by: int) -> tuple[tuple[int, int], ...]:
    """The sizes that a text may have, and how many lines at each, where type is larger by so many steps.

    The steps it would have stay behind them: where there is no room, it is as large as it can be, and never cut
    off.
    """
    found: dict[int, int] = {}
    for place, step in enumerate(steps):
        most = lines[min(place, len(lines) - 1)]
        for larger in (step, *above(step, by)):
            found[larger] = max(most, found.get(larger, 0))
    return tuple(sorted(found.items(), reverse=True))


def above(step: int, by: int) -> tuple[int, ...]:
    """So many of the next larger steps."""
    return tuple(larger for larger in STEPS if step < larger <= FARTHEST)[:by]


MARGIN, GAP, CORNER, TOUCH = 24, 16, 20, 64
"""Units: the edge of the screen, between things, a card's corner, the height of what a finger finds."""


class Screen(NamedTuple):
    """How large a screen is: pixels, and pixels per unit."""

    width: float
    height: float
    scale: float

    @property
    def tall(self) -> bool:
        """Standing upright."""
        return self.height > self.width

    def u(self, units: float) -> int:
        """Units in whole pixels."""
        return round(units * self.scale)


def screen(width: float, height: float) -> Screen:
    """The screen of that many pixels.

    A large panel holds more besides showing it larger: past twice the size, things grow by seven tenths of what
    the screen does.
    """
    short, long = sorted((max(1.0, width), max(1.0, height)))
    scale = min(long / 800, short / 480)
    return Screen(width, height, scale * 0.71 if scale > 2 else scale)


def luminance(shade: Colour) -> float:
    """How bright a colour looks, 0 to 1 (relative luminance, WCAG 2.2)."""
    red, green, blue = (each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in shade[:3])
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: Colour, other: Colour) -> float:
    """How well two colours are told apart, 1 to 21 (contrast ratio, WCAG 2.2)."""
    bright, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)
