# mypy: disallow-subclassing-any=False
"""The jar: glass, lid, and money up to its true level. It moves only to explain, for less than half a second."""

from typing import Any, NamedTuple

from kivy.animation import Animation
from kivy.graphics import Color, Mesh, Rectangle
from kivy.properties import BooleanProperty, NumericProperty, OptionProperty

from kiosk.faces import Glass, Mark
from kiosk.screens import jar_shape, theme, wording
from kiosk.screens.boxes import Box
from kiosk.screens.jar_shape import Placed, Shape
from kiosk.screens.pieces import Crowd, Piece, ribbon
from kiosk.screens.screen import load
from kiosk.screens.shapes import disc

FALLS = 0.35
"""Seconds that a coin falls, or the money takes to its new level."""

LINE, TWO_LINES = 30, 54
"""Units of height that the name of a mark takes; and a long one where all have so much room."""

MOST_NAMED = 6
"""Marks with a name on the glass, so that the jar stays the picture of a jar."""

TICK, SLANT = 12, 14
"""Units of a mark at the edge of the glass, and of the line that leads to it from its name."""


class MarkName(Piece):
    """The name of a mark and its price; a long name makes room for the price, in two lines where it is so high."""

    def is_long(self, mark: Mark, wide: float) -> bool:
        """Whether the name has no room in one line."""
        return bool(self.ids.title.wide(mark.title) + self.ids.price.wide(mark.price) + self.u(8) > wide)

    def say(self, mark: Mark, box: Box) -> float:
        """Draws it; gives where it ends."""
        self.put(box)
        price = self.ids.price.wide(mark.price)
        gap = self.u(8)
        title = min(self.ids.title.wide(mark.title), box.w - price - gap)
        left, rest = box.cut_left(title, gap)
        self.ids.title.lines = [2] if box.h >= self.u(TWO_LINES) else [1]
        self.ids.title.say(mark.title, left)
        self.ids.price.say(mark.price, rest._replace(w=price))
        return float(rest.x + price)


class Coin(NamedTuple):
    """A coin at the bottom: what draws it, and how high the money must stand for it to be there."""

    drawn: Any
    place: tuple[float, float]
    size: float


class JarPiece(Piece):
    """A jar with what is in it. told: the sum stands in the jar.

    marked: how the prices of proposals stand on the glass: with their names, as marks alone, or not at all.

    `shown` is the level that is drawn, on its way to the true one; `fallen` how far a coin has fallen, 0 to 1.
    """

    shown = NumericProperty(0.0)
    fallen = NumericProperty(1.0)
    marked = OptionProperty("names", options=["names", "marks", "none"])
    told = BooleanProperty(False)

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._said: tuple[Glass, Box, str, float] | None = None
        self._shape: Shape | None = None
        self._coins: list[Coin] = []
        self._names = Crowd[MarkName](self, MarkName)
        self._way: Animation | None = None
        self.bind(shown=self._pour, fallen=self._fall)

    # --- what is said -------------------------------------------------------------------------------------

    def say(self, glass: Glass, box: Box, of: str = "") -> None:
        """Draws the jar. of: whose it is; another's money is not seen to pour into this one."""
        box = box.whole()
        if (glass, box, of, self.scale) == self._said:
            return
        before, self._said = self._said, (glass, box, of, self.scale)
        self.put(box)
        if before is not None and before[1:] == self._said[1:]:
            if before[0].marks != glass.marks:
                self._draw(jar_shape.shape(box), glass)
            self._to(glass.level, before[0].level, grown=before[0].sum != glass.sum)
        else:
            self._draw(jar_shape.shape(box), glass)
            self._to(glass.level, glass.level if glass.was is None else glass.was, grown=False)
        self._figures(glass)

    @property
    def moving(self) -> bool:
        """It has not come to rest yet."""
        return self._way is not None

    @property
    def surface(self) -> tuple[float, float]:
        """The middle of the money's surface."""
        shape = self._shape
        return (shape.middle, shape.level(self.shown)) if shape is not None else (self.center_x, self.y)

    def _to(self, level: int, start: int, *, grown: bool) -> None:
        """From one level to the true one; with a coin that falls where the sum has grown."""
        self._rest()
        self.shown = float(start)
        self._pour()
        coin = grown and level >= start
        if start == level and not coin:
            return
        way = Animation(shown=float(level), duration=FALLS, t="in_out_quad")
        if coin:
            self.fallen = 0.0
            way &= Animation(fallen=1.0, duration=FALLS, t="in_quad")
        way.bind(on_complete=lambda *_: self._rest())
        self._way = way
        way.start(self)

    def _rest(self) -> None:
        way, self._way = self._way, None
        if way is not None:
            way.cancel(self)
            self.fallen = 1.0

    # --- what is drawn ------------------------------------------------------------------------------------

    def _draw(self, shape: Shape, glass: Glass) -> None:
        self._shape = shape
        # Before the canvas is open: pieces that are made while one is open stay in it for ever.
        leaders = self._name(shape, glass.marks if self.marked == "names" else ())
        self.canvas.before.clear()
        thick = max(2, round(shape.body.w * 0.02))
        with self.canvas.before:
            Color(*theme.GLASS)
            _fill(Mesh(mode="triangle_strip"), shape, shape.body.top)
            Color(*theme.FULL)
            self._money = Mesh(mode="triangle_strip")
            Color(*theme.SURFACE)
            self._surface = Mesh(mode="triangle_strip")
            Color(*theme.COIN)
            self._coins = _coins(shape)
            Color(*theme.MONEY)
            self._falling = Rectangle(size=(0, 0))
            Color(*theme.INK)
            for each, start in leaders:
                self._leader(shape, each, start)
            for mark in glass.marks if self.marked == "marks" else ():
                self._tick(shape, shape.level(mark.height), self.u(2 * TICK))
            ribbon(shape.outline(), thick)
        self.ids.lid.radius = shape.lid.h / self.scale * 0.3
        self.ids.lid.put(shape.lid)

    def _name(self, shape: Shape, marks: tuple[Mark, ...]) -> list[tuple[Placed, float]]:
        """Says the names that have room; gives where each is and ends, for a line to the edge of the glass."""
        room = shape.body.inset(shape.body.w * 0.055, self.u(4))
        room = room._replace(h=room.h - shape.body.w * 0.06)
        names = room.cut_right(self.u(TICK + SLANT), 0)[1]
        line, named = self._named(marks, shape, room, names.w)
        leaders = []
        for name, each in zip(self._names.keep(len(named.marks)), named.marks, strict=True):
            box = Box(names.x, round(each.name - line / 2), names.w, line)
            leaders.append((each, name.say(each.mark, box)))
        more = wording.more(named.missing) if named.missing else ""
        self.ids.more.say(more, Box(names.x, round(named.more - line / 2), names.w, line))
        return leaders

    def _named(self, marks: tuple[Mark, ...], shape: Shape, room: Box, wide: float) -> tuple[int, jar_shape.Named]:
        """How high each name is, and where they are: in two lines where one is long and all have room so."""
        sample = self._names.keep(max(len(self._names), min(1, len(marks))))
        low = jar_shape.named(marks, shape, self.u(LINE), room, MOST_NAMED)
        if any(sample[0].is_long(mark, wide) for mark in marks):
            high = jar_shape.named(marks, shape, self.u(TWO_LINES), room, MOST_NAMED)
            # Where some are left out at any rate, one name in full tells more than two that are cut.
            named = {id(each.mark) for each in low.marks}
            whole = {id(each.mark) for each in high.marks}
            if not high.missing or (low.missing and len(whole) >= len(named) - 1 and whole and whole <= named):
                return self.u(TWO_LINES), high
        return self.u(LINE), low

    def _tick(self, shape: Shape, level: float, long: float) -> None:
        height = round(max(level, shape.body.y + shape.body.w * 0.05)) + 0.5
        edge = shape.middle + shape.out(height) - 1
        ribbon([(edge - long, height), (edge, height)], max(1, self.u(2)))

    def _leader(self, shape: Shape, each: Placed, start: float) -> None:
        height = round(max(each.height, shape.body.y + shape.body.w * 0.05)) + 0.5
        edge = shape.middle + shape.out(height) - 1
        tick, start = edge - self.u(TICK), start + self.u(6)
        points = [(start, each.name), (tick - self.u(SLANT), each.name), (tick, height), (edge, height)]
        if abs(each.name - height) < self.u(2) or start > tick - self.u(SLANT):
            points = [(start, height), (edge, height)]
        ribbon(points, max(1, self.u(1.5)))

    def _figures(self, glass: Glass) -> None:
        """The sum in the jar itself, and a word below it."""
        ids, shape = self.ids, self._shape
        if shape is None or not self.told:
            return
        room = shape.body.inset(shape.body.w * 0.07, shape.body.w * 0.08)
        under, rest = room.cut_bottom(ids.under.high(glass.under, room.w))
        figures, _ = rest.cut_bottom(ids.sum.fitted(glass.sum, (rest.w, rest.h)).height)
        ids.sum.say(glass.sum, figures)
        ids.under.say(glass.under, under)

    def _pour(self, *_: Any) -> None:
        """The money at the level that is shown."""
        shape = self._shape
        if shape is None:
            return
        height = round(shape.level(self.shown))
        _fill(self._money, shape, height)
        lower = max(shape.body.y, height - max(2, shape.body.w * 0.035))
        _fill(self._surface, shape, height, lower)
        for coin in self._coins:
            there = coin.place[1] + coin.size <= lower
            coin.drawn.size = (coin.size, coin.size) if there else (0, 0)

    def _fall(self, *_: Any) -> None:
        """A coin on its way from the lid to the surface."""
        shape = self._shape
        if shape is None:
            return
        size = shape.body.w * jar_shape.COIN * 2.4 if self.fallen < 1 else 0
        start, end = shape.body.top, shape.level(self.shown) - size
        self._falling.texture = disc(max(1, round(size / 2)))
        self._falling.size = (size, size)
        self._falling.pos = (shape.middle - size / 2, start + (end - start) * self.fallen)


def _fill(mesh: Mesh, shape: Shape, height: float, low: float | None = None) -> None:
    """The inside between two heights."""
    rows = shape.filled(height)
    if low is not None and rows:
        out = shape.out(low)
        rows = [(shape.middle - out, shape.middle + out, low), *(row for row in rows if row[2] > low)]
    vertices: list[float] = []
    for left, right, y in rows:
        vertices += [left, y, 0, 0, right, y, 0, 0]
    mesh.vertices = vertices
    mesh.indices = list(range(2 * len(rows)))


def _coins(shape: Shape) -> list[Coin]:
    found = []
    radius = max(2, round(shape.body.w * jar_shape.COIN))
    for across, up in jar_shape.COINS:
        place = (
            round(shape.body.x + shape.body.w * across - radius),
            round(shape.body.y + shape.body.w * up - radius),
        )
        found.append(Coin(Rectangle(texture=disc(radius), pos=place, size=(0, 0)), place, radius * 2))
    return found


load(__file__)
