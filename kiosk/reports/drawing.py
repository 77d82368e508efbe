"""Charts drawn by matplotlib: as vectors for paper and browsers (SVG), or as a picture of a size in pixels (PNG).

Full, hatched, dotted and empty are drawn as lines of their own and not as fill patterns, which not every reader of
SVG has. Measures are units: points on paper, pixels on a screen.
"""

import io
import re
import textwrap
from collections.abc import Callable, Iterator, Mapping, Sequence
from math import nan
from typing import Any, Literal, NamedTuple

import matplotlib as mpl
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.backend_bases import FigureCanvasBase
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from matplotlib.font_manager import FontEntry, fontManager
from matplotlib.layout_engine import ConstrainedLayoutEngine
from matplotlib.offsetbox import AnchoredOffsetbox, DrawingArea, HPacker, TextArea, VPacker
from matplotlib.patches import Rectangle
from matplotlib.transforms import IdentityTransform

from kiosk.chart import AnyChart, BarChart, ColumnChart, DotChart, LineChart, Look, Piece, Tick, Tint
from kiosk.reports.paper import FONTS
from kiosk.tongue import DIRECTING, right_to_left

INK, SOFT, LINE, PAPER = "#1d1b18", "#5b554b", "#cfc4ad", "#fffbf2"
TINTS: Mapping[Tint, str] = {"hours": "#0b5c6b", "money": "#c98a00", "ink": INK}

_UNIT = 72
"""Units to the inch, so that a unit is a point and a pixel."""

_FONTS: Mapping[str, tuple[str, int]] = {
    "regular": ("house", 400),
    "heavy": ("house", 700),
    "arabic-regular": ("house arabic", 400),
    "arabic-heavy": ("house arabic", 700),
}
"""The house's letters by file: what they are called here, and how heavy they are."""


class Looks(NamedTuple):
    """How large, and on what. letters: of labels; edge: of lines; ground: what lies under empty marks."""

    wide: float
    high: float
    letters: float
    ground: str = "none"

    @property
    def edge(self) -> float:
        """How thick a line is."""
        return self.letters / 11


def as_svg(chart: AnyChart, looks: Looks) -> bytes:
    """A chart as vectors, its letters too."""
    drawn = io.BytesIO()
    with mpl.rc_context(_rules(looks)):
        figure = _drawn(chart, looks, FigureCanvasSVG)
        figure.savefig(drawn, format="svg", metadata={"Date": None, "Creator": None})
    return _ABOUT.sub(b"", drawn.getvalue())


_SETTLES = 3
"""Times that a layout is made until it no longer moves by a hair."""

_ABOUT = re.compile(rb"<metadata>.*?</metadata>", re.DOTALL)
"""What matplotlib says of itself; nobody asked."""


def as_png(chart: AnyChart, looks: Looks) -> bytes:
    """A chart as a picture, a pixel a unit."""
    drawn = io.BytesIO()
    with mpl.rc_context(_rules(looks)):
        figure = _drawn(chart, looks, FigureCanvasAgg)
        figure.savefig(drawn, format="png", metadata={"Software": None})
    return drawn.getvalue()


def _rules(looks: Looks) -> Any:
    """What matplotlib is told; it knows each by a type of its own."""
    _letters()
    return {
        "font.family": ["house", "house arabic"],
        "font.size": looks.letters,
        "text.color": INK,
        "axes.edgecolor": SOFT,
        "axes.labelcolor": INK,
        "axes.linewidth": looks.edge,
        "xtick.color": SOFT,
        "ytick.color": SOFT,
        "xtick.labelcolor": INK,
        "ytick.labelcolor": INK,
        "xtick.major.size": 0,
        "ytick.major.size": 0,
        "xtick.major.pad": looks.letters * 0.35,
        "ytick.major.pad": looks.letters * 0.45,
        "svg.fonttype": "path",
        "svg.hashsalt": "kiosk",
        "figure.dpi": _UNIT,
        "savefig.dpi": _UNIT,
    }


def _letters() -> None:
    """The house's own, once."""
    if not any(font.name == "house" for font in fontManager.ttflist):
        fontManager.ttflist += [
            FontEntry(fname=str(FONTS / f"{file}.ttf"), name=name, weight=weight)
            for file, (name, weight) in _FONTS.items()
        ]


def _drawn(chart: AnyChart, looks: Looks, canvas: type[FigureCanvasBase]) -> Figure:
    """Laid out by whom it will be drawn by: letters are not quite as wide with another."""
    pad = looks.letters * 0.3 / _UNIT
    packed = ConstrainedLayoutEngine(w_pad=pad, h_pad=pad, hspace=0, wspace=0)
    figure = Figure(figsize=(looks.wide / _UNIT, looks.high / _UNIT), dpi=_UNIT, layout=packed)
    canvas(figure)
    figure.patch.set_alpha(0)
    axes = figure.add_subplot()
    axes.patch.set_alpha(0)
    for side in ("top", "right", "left", "bottom"):
        axes.spines[side].set_visible(False)
    if right_to_left():
        axes.yaxis.tick_right()
    marks = [*_DRAW[type(chart)](axes, chart, looks), *_keys(axes, chart, looks)]
    if right_to_left():
        axes.invert_xaxis()
    _fill(axes, marks, looks)
    return figure


def _plain(words: str) -> str:
    """Without the signs that direct writing: each label is a line of its own. A dollar is no formula."""
    return words.translate(DIRECTING).replace("$", r"\$")


_LABELS_WIDE, _IN_A_LINE, _LETTER = 0.3, 0.45, 0.52
"""How much of a chart its labels have, in two lines and in one; how wide a letter is, where its size is 1."""

_TWO_LINES, _AROUND = 2.4, 3
"""How many letters high a row is that has room for two lines; and how many rows all that is around them takes."""


def _label(words: str, looks: Looks, rows: int) -> str:
    """A label in two lines at most, in one where rows are low; all of what it is called stands beside the chart."""
    low = looks.high / (rows + _AROUND) < looks.letters * _TWO_LINES
    share = _IN_A_LINE if low else _LABELS_WIDE
    letters = max(8, int(looks.wide * share / (looks.letters * _LETTER)))
    if low:
        return _plain(words if len(words) <= letters else f"{words[: letters - 1].rstrip()}…")
    lines = textwrap.wrap(_plain(words), letters, max_lines=2, placeholder=" …", break_on_hyphens=False)
    return "\n".join(lines)


# --- marks ------------------------------------------------------------------------------------------------


class _Mark(NamedTuple):
    """A rectangle that was drawn, and how it is filled."""

    patch: Rectangle
    look: Look


def _mark(
    axes: Axes, look: Look, at: tuple[float, float], wide: float, high: float, looks: Looks, tint: Tint
) -> _Mark:
    full = look == "full"
    patch = Rectangle(
        at, wide, high, facecolor=TINTS[tint] if full else looks.ground, edgecolor=INK, linewidth=looks.edge
    )
    axes.add_patch(patch)
    return _Mark(patch, look)


def _fill(axes: Axes, marks: Sequence[_Mark], looks: Looks) -> None:
    """Draw hatches and dots, once it is known where everything comes to lie."""
    figure = axes.get_figure()
    assert isinstance(figure, Figure)
    for _ in range(_SETTLES):
        figure.draw_without_rendering()
    figure.set_layout_engine("none")
    for mark in marks:
        lines = list(_LINES[mark.look](mark, looks.letters * 0.42)) if mark.look in _LINES else []
        if lines:
            figure.add_artist(
                LineCollection(lines, colors=INK, linewidths=looks.edge, transform=IdentityTransform())
            )


def _hatching(mark: _Mark, step: float) -> Iterator[tuple[tuple[float, float], tuple[float, float]]]:
    """Slanted lines, cut at the edges."""
    box = mark.patch.get_window_extent()
    at = box.x0 - box.height + step
    while at < box.x1:
        low, high = max(at, box.x0), min(at + box.height, box.x1)
        yield (low, box.y0 + low - at), (high, box.y0 + high - at)
        at += step


def _dotting(mark: _Mark, step: float) -> Iterator[tuple[tuple[float, float], tuple[float, float]]]:
    """Short dashes in rows."""
    box, dash = mark.patch.get_window_extent(), step * 0.3
    rows = max(1, int(box.height / step))
    for row in range(rows):
        y = box.y0 + box.height * (row + 0.5) / rows
        x = box.x0 + step * (0.5 if row % 2 else 1)
        while x + dash < box.x1:
            yield (x, y), (x + dash, y)
            x += step


_LINES: Mapping[Look, Callable[[_Mark, float], Iterator[Any]]] = {"hatched": _hatching, "dotted": _dotting}


# --- the kinds of chart -----------------------------------------------------------------------------------

_THICK = 0.66
"""Of a bar, where 1 is from one to the next."""


def _bars(axes: Axes, chart: BarChart, looks: Looks) -> list[_Mark]:
    marks: list[_Mark] = []
    for row, (bar, span) in enumerate(zip(chart.bars, chart.spans, strict=True)):
        at = 0.0
        for piece in bar.pieces:
            wide = piece.amount / span
            if piece.amount:
                marks.append(_mark(axes, piece.look, (at, row - _THICK / 2), wide, _THICK, looks, chart.tint))
            at += wide
        _beside(axes, at, row, bar.pieces[-1], looks)
    axes.set_xlim(0, 1)
    axes.set_ylim(len(chart.bars) - 0.4, -0.6)
    axes.set_yticks(range(len(chart.bars)), [_label(bar.label, looks, len(chart.bars)) for bar in chart.bars])
    span = chart.spans[0] if chart.spans else 1
    axes.set_xticks([tick.at / span for tick in chart.ticks], [_plain(tick.words) for tick in chart.ticks])
    _scale_lines(axes, "x", looks)
    return marks


def _beside(axes: Axes, at: float, row: float, piece: Piece, looks: Looks) -> None:
    """The words at the end of a bar."""
    gap = looks.letters * 0.4
    axes.annotate(
        _plain(piece.words),
        (at, row),
        xytext=(-gap if right_to_left() else gap, 0),
        textcoords="offset points",
        ha="right" if right_to_left() else "left",
        va="center",
        fontweight="bold",
        annotation_clip=False,
    )


def _scale_lines(axes: Axes, along: Literal["x", "y"], looks: Looks) -> None:
    axes.grid(visible=True, axis=along, color=LINE, linewidth=looks.edge * 0.8)
    axes.set_axisbelow(True)


def _columns(axes: Axes, chart: ColumnChart, looks: Looks) -> list[_Mark]:
    marks: list[_Mark] = []
    for place, column in enumerate(chart.columns):
        at = 0
        for piece in column.pieces:
            if piece.amount:
                corner = (place - _THICK / 2, float(at))
                marks.append(_mark(axes, piece.look, corner, _THICK, piece.amount, looks, chart.tint))
            at += piece.amount
    _months(axes, [column.label for column in chart.columns], looks)
    _heights(axes, chart.ticks, looks)
    return marks


def _line(axes: Axes, chart: LineChart, looks: Looks) -> list[_Mark]:
    heights = [nan if height is None else height for _, height, _ in chart.points]
    tint = TINTS[chart.tint]
    axes.plot(range(len(heights)), heights, color=tint, linewidth=looks.edge * 2.5, clip_on=False)
    axes.plot(range(len(heights)), heights, "o", color=tint, markersize=looks.letters * 0.6, clip_on=False)
    close = looks.wide * 0.85 / len(chart.points) < looks.letters * _APART
    for place, (_, height, words) in enumerate(chart.points):
        if height is not None and (not close or place in _telling(heights)):
            before, after = (_height_at(chart, at, height) for at in (place - 1, place + 1))
            lowest = before > height < after
            _at_point(axes, (place, height), words, (before > height) - (after > height), looks, below=lowest)
    _months(axes, [label for label, _, _ in chart.points], looks)
    _heights(axes, chart.ticks, looks)
    return []


_APART = 3.2
"""Letters from one point to the next that have room for words at each."""


def _telling(heights: Sequence[float]) -> set[int]:
    """The points that must have words: the last, the highest and the lowest."""
    there = [place for place, height in enumerate(heights) if height == height]  # not a number is no height
    return {there[-1], max(there, key=heights.__getitem__), min(there, key=heights.__getitem__)}


def _height_at(chart: LineChart, place: int, otherwise: int) -> int:
    """The height of a neighbour, where there is one."""
    height = chart.points[place][1] if 0 <= place < len(chart.points) else None
    return otherwise if height is None else height


def _at_point(axes: Axes, point: tuple[int, int], words: str, side: int, looks: Looks, *, below: bool) -> None:
    """The words at a point, above it or below; side: 1 to the right, where a line falls, -1 to the left."""
    side = -side if right_to_left() else side
    axes.annotate(
        _plain(words),
        point,
        xytext=(side * looks.letters * 0.3, looks.letters * (-0.5 if below else 0.5)),
        textcoords="offset points",
        ha={1: "left", 0: "center", -1: "right"}[side],
        va="top" if below else "bottom",
        fontweight="bold",
        annotation_clip=False,
    )


_MONTH = 2.3
"""How many letters wide a month's name is at least, with the gap beside it."""


def _months(axes: Axes, labels: Sequence[str], looks: Looks, share: float = 0.85) -> None:
    """The names below; each other one where they would run into each other. share: of the chart that they have."""
    longest = max((len(line) for label in labels for line in _plain(label).splitlines()), default=0)
    wide = looks.letters * max(_MONTH, longest * _LETTER + 0.5)
    step = 1 if looks.wide * share / max(1, len(labels)) >= wide else 2
    shown = [label if (len(labels) - 1 - place) % step == 0 else "" for place, label in enumerate(labels)]
    axes.set_xlim(-0.6, len(labels) - 0.4)
    axes.set_xticks(range(len(labels)), [_plain(label) for label in shown])


def _heights(axes: Axes, ticks: Sequence[Tick], looks: Looks) -> None:
    axes.set_ylim(0, max(1, ticks[-1].at))
    axes.set_yticks([tick.at for tick in ticks], [_plain(tick.words) for tick in ticks])
    _scale_lines(axes, "y", looks)


def _dots(axes: Axes, chart: DotChart, looks: Looks) -> list[_Mark]:
    wide = min(looks.letters * 1.7, looks.high / (len(chart.rows) + 2) * 0.8, looks.wide / 30)
    for row, (_, counts) in enumerate(chart.rows):
        for place, count in enumerate(counts):
            if count is None:
                continue
            size = wide if count else wide * 0.5
            fill = INK if count else "none"
            axes.plot(place, row, "o", markersize=size, mfc=fill, mec=INK, mew=looks.edge, clip_on=False)
            if count:
                _number(axes, place, row, str(count), wide * 0.55)
    _months(axes, chart.columns, looks, 1 - _IN_A_LINE)
    axes.set_ylim(len(chart.rows) - 0.4, -0.6)
    axes.set_yticks(range(len(chart.rows)), [_label(label, looks, len(chart.rows)) for label, _ in chart.rows])
    return []


def _number(axes: Axes, x: float, y: float, words: str, size: float) -> None:
    """In the middle of a full dot."""
    axes.text(x, y, words, ha="center", va="center_baseline", fontsize=size, fontweight="bold", color=PAPER)


_DRAW: Mapping[type, Callable[[Axes, Any, Looks], list[_Mark]]] = {
    BarChart: _bars,
    ColumnChart: _columns,
    LineChart: _line,
    DotChart: _dots,
}


# --- what looks mean --------------------------------------------------------------------------------------


def _keys(axes: Axes, chart: AnyChart, looks: Looks) -> list[_Mark]:
    """A box of each look with its words, above the chart."""
    if not chart.keys:
        return []
    marks: list[_Mark] = []
    boxes: list[Artist] = []
    for key in chart.keys:
        area = DrawingArea(looks.letters * 1.6, looks.letters, 0, 0)
        full = key.look == "full"
        patch = Rectangle(
            (0, 0),
            looks.letters * 1.6,
            looks.letters,
            facecolor=TINTS[chart.tint] if full else looks.ground,
            edgecolor=INK,
            linewidth=looks.edge,
        )
        area.add_artist(patch)
        marks.append(_Mark(patch, key.look))
        pair: list[Artist] = [area, TextArea(_plain(key.words))]
        boxes.append(HPacker(children=pair[::-1] if right_to_left() else pair, pad=0, sep=looks.letters * 0.5))
    letters = sum(len(key.words) + 6 for key in chart.keys) * looks.letters * 0.55
    per_row = len(boxes) if letters < looks.wide * 0.9 else -(-len(boxes) // 2)
    rows = [boxes[at : at + per_row] for at in range(0, len(boxes), per_row)]
    packed: list[Artist] = [
        HPacker(children=row[::-1] if right_to_left() else row, pad=0, sep=looks.letters * 1.6) for row in rows
    ]
    side = right_to_left()
    axes.add_artist(
        AnchoredOffsetbox(
            "lower right" if side else "lower left",
            child=VPacker(children=packed, pad=0, sep=looks.letters * 0.4, align="right" if side else "left"),
            pad=0,
            borderpad=0.4,
            frameon=False,
            bbox_to_anchor=(1.0 if side else 0.0, 1.0),
            bbox_transform=axes.transAxes,
        )
    )
    return marks
