# mypy: disallow-subclassing-any=False
"""What screens are put together from: flat shapes, type, pictures. They draw; they decide nothing.

Each is given its place and its content in one call, remembers them, and draws only what differs from before.
Edges are smooth by small textures drawn once, so that no sampling is asked of the graphics chip.
"""

import math
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar

from kivy.graphics import BorderImage, Color, Mesh, PopMatrix, PushMatrix, Rectangle, Scale
from kivy.properties import (
    BooleanProperty,
    ColorProperty,
    ListProperty,
    NumericProperty,
    OptionProperty,
    StringProperty,
)
from kivy.uix.widget import Widget

from kiosk import tongue
from kiosk.faces import Bar
from kiosk.screens import icons, theme, typeset
from kiosk.screens.boxes import Box
from kiosk.screens.shapes import disc, edge, shape

Part = TypeVar("Part", bound="Piece")


@contextmanager
def upright(box: Box, *, mirrored: bool) -> Iterator[None]:
    """What is drawn into the canvas meanwhile is readable also where the screen is drawn mirrored."""
    if not mirrored:
        yield
        return
    PushMatrix()
    Scale(-1, 1, 1, origin=(box.x + box.w / 2, 0))
    yield
    PopMatrix()


class Piece(Widget):
    """Anything on a screen. `scale` is pixels per unit and is handed down to whatever is put inside.

    mirrored: the screen is drawn mirrored, because its language is written from the right; handed down too. Where
    something is and what it looks like is still said as for a screen that is not; only type, most pictures and
    clocks are turned back (`upright`), so that they can be read.

    larger: by how many steps its type is larger; handed down too.
    """

    scale = NumericProperty(1.0)
    mirrored = BooleanProperty(False)
    larger = NumericProperty(0)
    opacity: float
    disabled: bool

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.size_hint = (None, None)

    def add_widget(self, widget: Any, *args: Any, **kwargs: Any) -> None:
        """Puts a piece inside this one, at this one's scale."""
        if isinstance(widget, Piece):
            widget.scale = self.scale
            widget.mirrored = self.mirrored
            widget.larger = self.larger
        super().add_widget(widget, *args, **kwargs)

    def on_scale(self, _: Any, scale: float) -> None:
        """Kivy says the scale has changed."""
        for child in self.children:
            if isinstance(child, Piece):
                child.scale = scale

    def on_mirrored(self, _: Any, mirrored: bool) -> None:
        """Kivy says the screen is mirrored, or no longer."""
        for child in self.children:
            if isinstance(child, Piece):
                child.mirrored = mirrored

    def on_larger(self, _: Any, larger: int) -> None:
        """Kivy says type is larger now, or no longer."""
        for child in self.children:
            if isinstance(child, Piece):
                child.larger = larger

    def u(self, units: float) -> int:
        """Units in whole pixels."""
        return round(units * float(self.scale))

    def kept(self, cells: Sequence[Box], within: Box) -> list[Box]:
        """Places whose order is that of things on the box or on a keyboard: at the same side also when mirrored."""
        return [cell.mirrored(within) for cell in cells] if self.mirrored else list(cells)

    def put(self, box: Box) -> None:
        """Takes its place."""
        whole = box.whole()
        self.pos, self.size = (whole.x, whole.y), (whole.w, whole.h)

    @property
    def box(self) -> Box:
        """Where it is."""
        return Box(self.x, self.y, self.width, self.height)

    def wipe(self) -> None:
        """It is never drawn again, and lets go of what it drew with."""

    def show(self, seen: bool) -> None:
        """There, or not there: what is not shown takes no touch either."""
        if self.opacity != float(seen):
            self.opacity = float(seen)
        if self.disabled == seen:
            self.disabled = not seen

    def on_touch_down(self, touch: Any) -> bool:
        """Kivy says a finger came down; what is not shown keeps it from nothing that lies below."""
        return bool(self.opacity) and bool(super().on_touch_down(touch))


def wipe(piece: Widget) -> None:
    """What is never shown again lets go of what it drew: its letters above all take much room.

    The rest of it holds on to itself, until Python's collection finds it.
    """
    for each in piece.walk(restrict=True):
        each.canvas.clear()
        if isinstance(each, Piece):
            each.wipe()


class Crowd(list[Part]):
    """Like pieces inside another, as many as are needed; those that stay are used again."""

    def __init__(self, inside: Piece, make: Callable[[], Part]) -> None:
        super().__init__()
        self._inside, self._make = inside, make

    def keep(self, count: int) -> "Crowd[Part]":
        """Have exactly so many."""
        while len(self) > count:
            gone = self.pop()
            self._inside.remove_widget(gone)
            wipe(gone)
        while len(self) < count:
            self.append(self._make())
            self._inside.add_widget(self[-1])
        return self


class Slab(Piece):
    """A flat shape with round corners, and an edge unless that is clear. radius: units, at most half its height."""

    fill = ColorProperty(theme.CARD)
    edge = ColorProperty(theme.NOTHING)
    edge_width = NumericProperty(2)
    radius = NumericProperty(theme.CORNER)

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        with self.canvas.before:
            self._edge_colour = Color(*self.edge)
            self._outer = BorderImage()
            self._fill_colour = Color(*self.fill)
            self._inner = BorderImage()
        self.bind(fill=self._paint, edge=self._paint, edge_width=self._draw, radius=self._draw)
        self.bind(pos=self._draw, size=self._draw, scale=self._draw)
        self._draw()

    def _paint(self, *_: Any) -> None:
        self._edge_colour.rgba, self._fill_colour.rgba = self.edge, self.fill
        self._draw()

    def _draw(self, *_: Any) -> None:
        has_edge = self.edge[3] > 0
        inset = max(1, self.u(self.edge_width)) if has_edge else 0
        radius = min(self.u(self.radius), int(self.width / 2), int(self.height / 2))
        _round(self._outer, self.box if has_edge else Box(0, 0, 0, 0), radius)
        _round(self._inner, self.box.inset(inset), radius - inset)


def _round(image: Any, box: Box, radius: int) -> None:
    radius = max(1, radius)
    image.texture = disc(radius)
    image.border = (radius,) * 4
    image.pos, image.size = (box.x, box.y), (max(0, box.w), max(0, box.h))


class Inked(Piece):
    """What is drawn in one colour, and anew only when something about it is new."""

    ink = ColorProperty(theme.INK)

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._last: object = None
        with self.canvas:
            self._colour = Color(*self.ink)
        self.bind(ink=self._paint)

    def _paint(self, *_: Any) -> None:
        self._colour.rgba = self.ink


class Words(Inked):
    """Type in a box. Its sizes are steps of the theme, largest first; it takes the largest that fits.

    lines: most lines, at each of the steps (the last counts for the rest). tight: figures alone, that need no more
    height than capitals. may_cut: whether "…" is right here, because all of it stands one touch further. most:
    pixels that it is never larger than, so that it is like others; 0 for any size. still: never grows.
    """

    weight = StringProperty("regular")
    steps = ListProperty([24])
    lines = ListProperty([1])
    tight = BooleanProperty(False)
    across = OptionProperty("left", options=["left", "center", "right"])
    along = OptionProperty("middle", options=["top", "middle", "bottom"])
    may_cut = BooleanProperty(False)
    most = NumericProperty(0)
    still = BooleanProperty(False)

    drawn = 0
    """How often any words were set anew, in this process: a still screen adds nothing."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.text = ""
        self.setting: typeset.Setting | None = None
        self.base = 0
        self.was_cut = False

    def fitted(self, text: str, room: tuple[float, float]) -> typeset.Setting:
        """How a text would be set in a room of pixels."""
        sizes, lines = zip(*self._may_have(text), strict=True)
        return typeset.fit(text, self.weight, sizes, room, lines, tight=self.tight)

    def setting_at(self, text: str, step: int) -> typeset.Setting:
        """How a text would be set in one line at one of the steps of the theme."""
        return typeset.fit(text, self.weight, [self.u(step)], (100_000, 100_000))

    def _may_have(self, text: str) -> list[tuple[int, int]]:
        """The sizes (pixels) that a text may have, and how many lines at each."""
        larger = 0 if self.still else int(self.larger)
        steps = theme.grown(self.steps, self.lines, larger)
        if larger and self.base and text == self.text:
            most = (self.base, *theme.above(self.base, larger))[-1]
            steps = tuple(each for each in steps if self.base <= each[0] <= most) or steps[-1:]
        sizes = [(self.u(step), lines) for step, lines in steps]
        return [each for each in sizes if not self.most or each[0] <= self.most] or sizes[-1:]

    def note_size(self) -> None:
        """Type that grows begins from the size that it has now, and never becomes smaller than it."""
        self.was_cut = self.setting is not None and self.setting.cut
        pixels = self.setting.size if self.setting is not None else 0
        self.base = next((step for step in theme.STEPS if self.u(step) == pixels), 0)

    def high(self, text: str, wide: float) -> int:
        """How high a text would stand at a width, with all the height it likes; 0 for none."""
        return self.fitted(text, (wide, 100_000)).height if text else 0

    def wide(self, text: str, weight: typeset.Weight | None = None) -> int:
        """How wide a text is in one line at the smallest of the sizes, in pixels; a hair more, to be safe."""
        said: typeset.Weight = weight or self.weight
        return typeset.fit(text, said, [self.u(self.steps[-1])], (100_000, 100_000)).width + 1

    def longest(self, texts: Sequence[str], wide: float) -> str:
        """The first of several ways to say something, longest first, that fits in one line; else the last."""
        return next((text for text in texts if self.wide(text) <= wide), texts[-1])

    def say(self, text: str, box: Box) -> None:
        """Draws the text in the box."""
        self.text = text
        self.put(box)
        sizes = (self.scale, self.larger, self.most, self.base, tuple(self.steps), tuple(self.lines))
        look = (sizes, self.weight, self.across, self.along)
        now = (text, box, look, self.mirrored, tongue.right_to_left())
        if now == self._last:
            return
        self._last = now
        self.setting = self.fitted(text, (box.w, box.h)) if text else None
        self._draw(self.setting, box)

    def _draw(self, setting: typeset.Setting | None, box: Box) -> None:
        Words.drawn += 1
        self.canvas.clear()
        with self.canvas:
            self._colour = Color(*self.ink)
            across = OTHER_SIDE[self.across] if self.mirrored else self.across
            with upright(box.whole(), mirrored=self.mirrored):
                for line, x, y in placed(setting, box, across, self.along):
                    assert setting is not None
                    texture: Any = typeset.picture_of(line, setting.font, setting.size)
                    Rectangle(texture=texture, pos=(x, y), size=texture.size)

    @property
    def texture_size(self) -> tuple[int, int]:
        """The room the text takes, in pixels."""
        if self.setting is None:
            return (0, 0)
        high = int(self.setting.size * typeset.CAPITALS) if self.tight else self.setting.height
        return (self.setting.width, high)

    @property
    def lost(self) -> bool:
        """Some of the text is not to be seen, and that is not intended."""
        return self.setting is not None and self.setting.cut and not self.may_cut


OTHER_SIDE = {"left": "right", "center": "center", "right": "left"}


def placed(setting: typeset.Setting | None, box: Box, across: str, along: str) -> list[tuple[str, int, int]]:
    """Where each line of a setting goes: (line, x, y) in whole pixels."""
    if setting is None:
        return []
    spare = box.h - setting.height
    top = box.top - {"top": 0.0, "middle": spare / 2, "bottom": spare}[along]
    found = []
    for index, line in enumerate(setting.lines):
        wide, high = typeset.extent(line, setting.font, setting.size)
        free, over = box.w - wide, (high - setting.line_height) / 2
        x = box.x + {"left": 0.0, "center": free / 2, "right": free}[across]
        found.append((line, round(x), round(top - (index + 1) * setting.line_height - over)))
    return found


class Picture(Inked):
    """A picture of the icon set in one colour, as large as its box is high; the buttons' three shapes are full."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        with self.canvas:
            PushMatrix()
            self._turn = Scale(1, 1, 1)
            self._rectangle = Rectangle(size=(0, 0))
            PopMatrix()

    def wipe(self) -> None:
        """The picture is let go of."""
        self._rectangle.texture = None

    def say(self, name: str, box: Box) -> None:
        """Draws the picture of that name; none for ""."""
        box = box.whole()
        self.put(box)
        if (name, box, self.mirrored) == self._last:
            return
        self._last = (name, box, self.mirrored)
        # What points along the way one reads turns with the screen; everything else stays as it is.
        self._turn.x = -1 if self.mirrored and name not in icons.TURNING else 1
        self._turn.origin = (box.x + box.h / 2, 0)
        if not name:
            self._rectangle.size = (0, 0)
            return
        texture: Any = shape(name, int(box.h))
        if texture is None:
            texture = typeset.picture_of(icons.letter(name), str(typeset.FONTS / "icons.ttf"), int(box.h))
        self._rectangle.texture = texture
        self._rectangle.pos, self._rectangle.size = (box.x, box.y), texture.size


class Patch(Piece):
    """A plain rectangle of one colour."""

    fill = ColorProperty(theme.INK)

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        with self.canvas:
            self._colour = Color(*self.fill)
            self._rectangle = Rectangle()
        self.bind(fill=self._draw, pos=self._draw, size=self._draw)

    def _draw(self, *_: Any) -> None:
        self._colour.rgba = self.fill
        self._rectangle.pos, self._rectangle.size = self.pos, self.size


class BalanceBar(Piece):
    """A balance from the middle: given to the right, got to the left, limits as marks and ends.

    While something is being booked, what it moves is drawn lighter, from where the balance is to where it will be.
    """

    track = ColorProperty(theme.LINE)

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._last: object = None

    def say(self, bar: Bar, box: Box) -> None:
        """Draws the balance."""
        box = box.whole()
        self.put(box)
        if (bar, box) == self._last:
            return
        self._last = (bar, box)
        self.canvas.clear()
        with self.canvas:
            self._draw(bar, box)

    def _draw(self, bar: Bar, box: Box) -> None:
        middle = box.x + box.w / 2
        unit = box.w / 2 / max(1, bar.hard)
        radius = int(box.h / 2)
        Color(*self.track)
        _round(BorderImage(), box, radius)
        for low, high, strength in spans(bar):
            left, right = middle + low * unit, middle + high * unit
            Color(*theme.HOURS[:3], strength)
            self._span(max(box.x, left), min(box.right, right), box)
        Color(*theme.SOFT)
        for mark in (-bar.soft, bar.soft):
            if 0 < abs(mark) < bar.hard:
                Rectangle(pos=(round(middle + mark * unit) - 1, box.y + box.h * 0.25), size=(2, box.h * 0.5))
        Color(*theme.INK)
        over, thick = max(2, round(box.h * 0.45)), max(2, self.u(4))
        Rectangle(pos=(round(middle - thick / 2), box.y - over), size=(thick, box.h + 2 * over))

    def _span(self, left: float, right: float, box: Box) -> None:
        if right - left < 1:
            return
        wide = max(right - left, self.u(4))
        _round(BorderImage(), Box(round(left), box.y, round(wide), box.h), int(min(box.h, wide) / 2))


def spans(bar: Bar) -> list[tuple[int, int, float]]:
    """The stretches of a bar: (from, to, how strong), in minutes from the middle."""
    now = bar.minutes
    if bar.after is None:
        return [(min(0, now), max(0, now), 1.0)]
    moved = (min(now, bar.after), max(now, bar.after), 0.45)
    kept = min(now, bar.after, key=abs) if now * bar.after > 0 else 0
    return [moved, (min(0, kept), max(0, kept), 1.0)]


class Ring(Piece):
    """Time as an arc that empties, from the top, clockwise. share: what is left, 0 to 1. thick: units."""

    ink = ColorProperty(theme.HOURS)
    track = ColorProperty(theme.LINE)
    thick = NumericProperty(6)

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._last: object = None

    def say(self, share: float, box: Box) -> None:
        """Draws what is left."""
        box = box.whole()
        self.put(box)
        now = (round(share, 3), box, tuple(self.ink), self.mirrored)
        if now == self._last:
            return
        self._last = now
        self.canvas.clear()
        with self.canvas, upright(box, mirrored=self.mirrored):
            Color(*self.track)
            self._arc(1.0, box)
            Color(*self.ink)
            self._arc(min(1.0, max(0.0, share)), box)

    def _arc(self, share: float, box: Box) -> None:
        thick = max(2, self.u(self.thick))
        outer, middle = min(box.w, box.h) / 2 + 1, (box.x + box.w / 2, box.y + box.h / 2)
        inner = outer - thick - 2
        steps = max(2, round(96 * share))
        vertices: list[float] = []
        for step in range(steps + 1):
            angle = 2 * math.pi * share * step / steps
            across, up = math.sin(angle), math.cos(angle)
            for radius, at in ((outer, 1.0), (inner, 0.0)):
                vertices += [middle[0] + across * radius, middle[1] + up * radius, at, 0.5]
        if share > 0:
            Mesh(vertices=vertices, indices=list(range(2 * steps + 2)), mode="triangle_strip", texture=edge(thick))


def ribbon(points: Sequence[tuple[float, float]], thick: int) -> None:
    """A line through points, so many pixels thick and smooth at its edges; drawn into the canvas at hand."""
    out = thick / 2 + 1
    vertices: list[float] = []
    for index, (x, y) in enumerate(points):
        (left, low), (right, high) = points[max(0, index - 1)], points[min(len(points) - 1, index + 1)]
        long = math.hypot(right - left, high - low) or 1
        across, up = (low - high) / long * out, (right - left) / long * out
        vertices += [x + across, y + up, 1.0, 0.5, x - across, y - up, 0.0, 0.5]
    Mesh(vertices=vertices, indices=list(range(2 * len(points))), mode="triangle_strip", texture=edge(thick))


class Progress(Piece):
    """How far an errand is: a short bar for each step, those done filled."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._last: object = None

    def wide(self, dots: tuple[int, int]) -> int:
        """How much room it takes, in pixels."""
        return dots[1] * self.u(32) + max(0, dots[1] - 1) * self.u(8)

    def say(self, dots: tuple[int, int], box: Box) -> None:
        """Draws (done, of all); shorter bars where there is less room."""
        box = box.whole()
        self.put(box)
        if (dots, box) == self._last:
            return
        self._last = (dots, box)
        self.canvas.clear()
        done, count = dots
        gap = self.u(8)
        each = min(self.u(32), int((box.w + gap) / max(1, count)) - gap)
        with self.canvas:
            for index in range(count):
                Color(*(theme.HOURS if index < done else theme.LINE))
                left = box.x + index * (each + gap)
                place = Box(left, round(box.y + box.h / 2) - self.u(5), each, self.u(10))
                _round(BorderImage(), place, int(place.h / 2))


class Strip(Slab):
    """A picture and a sentence on a dark shape: where something happens, but not by touch."""

    steps = ListProperty([38, 30, 24])
    ink = ColorProperty(theme.CARD)
    picture = NumericProperty(48)

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._picture, self._words = Picture(), Words(weight="semibold", lines=[2])
        self.add_widget(self._picture)
        self.add_widget(self._words)

    def say(self, icon: str, words: str, box: Box) -> None:
        """Draws both, in the middle: side by side, or one above the other where it is high."""
        self.put(box)
        self._words.steps = self.steps
        self._words.ink = self._picture.ink = self.ink
        if box.h > box.w * 0.6:
            self._above(icon, words, box.inset(self.u(16)))
        else:
            self._beside(icon, words, box.inset(self.u(20), self.u(8)))

    def _beside(self, icon: str, words: str, inner: Box) -> None:
        size = min(self.u(self.picture), int(inner.h)) if icon else 0
        gap = self.u(20) if icon else 0
        set_words = self._words.fitted(words, (inner.w - size - gap, inner.h))
        both = inner.middle(min(inner.w, size + gap + set_words.width + 1), inner.h)
        place, text = both.cut_left(size, gap)
        self._words.across = "left"
        self._picture.say(icon, place.middle(size, size))
        self._words.say(words, text)

    def _above(self, icon: str, words: str, inner: Box) -> None:
        size = self.u(self.picture)
        self._words.lines, self._words.across = [3], "center"
        high = self._words.fitted(words, (inner.w, inner.h - size - self.u(16))).height if words else 0
        both = inner.middle(inner.w, size + (self.u(16) + high if words else 0))
        place, text = both.cut_top(size, self.u(16))
        self._picture.say(icon, place.middle(size, size))
        self._words.say(words, text._replace(h=high, y=both.y))
