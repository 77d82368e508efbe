"""Charts as plain words and whole numbers, ready to be drawn: bars, columns, a line, dots.

Every mark has its words beside it, and looks are patterns (full, hatched, empty), so that no chart needs a colour.
"""

from typing import Literal

from msgspec import Struct

Look = Literal["full", "hatched", "dotted", "empty"]
"""How a mark is filled."""

Tint = Literal["hours", "money", "ink"]
"""What it is about, for whoever sees colours."""


class Piece(Struct, frozen=True):
    """A part of a bar: how it looks, how long it is, and the words that stand beside it ("" for none)."""

    look: Look
    amount: int
    words: str = ""


class Bar(Struct, frozen=True):
    """A bar, or a column, of one piece or several on end. label: what it is of."""

    label: str
    pieces: tuple[Piece, ...]

    @property
    def amount(self) -> int:
        """How long it is."""
        return sum(piece.amount for piece in self.pieces)


class Tick(Struct, frozen=True):
    """A mark on a scale, with its words."""

    at: int
    words: str


class Key(Struct, frozen=True):
    """What a look means, where that can't stand at each mark."""

    look: Look
    words: str


class Chart(Struct, frozen=True, tag=True):
    """What all charts have. name: in every language the same. note: what must be known to read it.

    none: what stands in its place where there is nothing to be drawn; "" where there is something.
    """

    name: str
    title: str
    tint: Tint
    note: str = ""
    none: str = ""
    keys: tuple[Key, ...] = ()


class BarChart(Chart, frozen=True):
    """Bars that lie. ticks: the common scale; empty where each bar's words say what it comes to.

    spans: the length at which each bar's scale ends, of each bar its own or all alike.
    """

    bars: tuple[Bar, ...] = ()
    spans: tuple[int, ...] = ()
    ticks: tuple[Tick, ...] = ()


class ColumnChart(Chart, frozen=True):
    """Columns that stand, one for each month."""

    columns: tuple[Bar, ...] = ()
    ticks: tuple[Tick, ...] = ()


class LineChart(Chart, frozen=True):
    """A line from month to month, in per mille. points: (month, height or None, words at the point)."""

    points: tuple[tuple[str, int | None, str], ...] = ()
    ticks: tuple[Tick, ...] = ()


class DotChart(Chart, frozen=True):
    """A row of dots for each of several: full with a number where something was, empty where nothing was.

    rows: (label, a number for each column, None before there was any). columns: months.
    """

    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, tuple[int | None, ...]], ...] = ()


def rows_of(chart: "AnyChart") -> int:
    """How many rows it has; 5 for what has none, so that it is high enough."""
    match chart:
        case BarChart(bars=rows) | DotChart(rows=rows):
            return len(rows)
    return 5


AnyChart = BarChart | ColumnChart | LineChart | DotChart
