# mypy: disallow-subclassing-any=False
"""What screens are put together from: flat shapes, type, pictures. They draw; they decide nothing.

Each is given its place and its content in one call, remembers them, and draws only what differs from before.
Edges are smooth by small textures drawn once, so that no sampling is asked of the graphics chip.
"""

import math
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any, Literal, TypeVar

from kivy.graphics import BorderImage, Color, Mesh, Rectangle
from kivy.graphics.texture import Texture
from kivy.lang import Builder
from kivy.properties import (
    BooleanProperty,
    ColorProperty,
    ListProperty,
    NumericProperty,
    OptionProperty,
    StringProperty,
)
from kivy.uix.widget import Widget

from kiosk.screens import icons, theme, typeset
from kiosk.screens.boxes import Box
from kiosk.screens.theme import Colour

Part = TypeVar("Part", bound="Piece")

Builder.unload_file("")


@lru_cache(maxsize=64)
def disc(radius: int) -> Any:
    """A white disc with a smooth edge, as a texture of twice the radius."""
    wide = radius * 2
    middle = (wide - 1) / 2
    data = bytearray()
    for row in range(wide):
        for column in range(wide):
            distance = math.hypot(column - middle, row - middle)
            data += b"\xff\xff\xff" + bytes([round(255 * min(1, max(0, radius - distance)))])
    return _texture(wide, wide, bytes(data))


@lru_cache(maxsize=16)
def _edge(width: int) -> Any:
    """A white strip that fades within a pixel at either side: across a ring."""
    alphas = [0, *([255] * width), 0]
    return _texture(len(alphas), 1, b"".join(b"\xff\xff\xff" + bytes([alpha]) for alpha in alphas))


def _texture(wide: int, high: int, data: bytes) -> Any:
    texture = Texture.create(size=(wide, high), colorfmt="rgba")
    texture.blit_buffer(data, colorfmt="rgba", bufferfmt="ubyte")
    texture.mag_filter = texture.min_filter = "linear"
    texture.wrap = "clamp_to_edge"
    return texture


class Piece(Widget):
    """Anything on a screen. `scale` is pixels per unit and is handed down to whatever is put inside."""

    scale = NumericProperty(1.0)

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.size_hint = (None, None)

    def add_widget(self, widget: Any, *args: Any, **kwargs: Any) -> None:
        """Puts a piece inside this one, at this one's scale."""
        if isinstance(widget, Piece):
            widget.scale = self.scale
        super().add_widget(widget, *args, **kwargs)

    def on_scale(self, _: Any, scale: float) -> None:
        """Kivy says the scale has changed."""
        for child in self.children:
            if isinstance(child, Piece):
                child.scale = scale

    def u(self, units: float) -> int:
        """Units in whole pixels."""
        return round(units * self.scale)

    def put(self, box: Box) -> None:
        """Takes its place."""
        whole = box.whole()
        self.pos, self.size = (whole.x, whole.y), (whole.w, whole.h)

    @property
    def box(self) -> Box:
        """Where it is."""
        return Box(self.x, self.y, self.width, self.height)

    def show(self, seen: bool) -> None:
        """There, or not there: what is not shown takes no touch either."""
        if self.opacity != float(seen):
            self.opacity = float(seen)
        if self.disabled == seen:
            self.disabled = not seen


class Crowd(list[Part]):
    """Like pieces inside another, as many as are needed; those that stay are used again."""

    def __init__(self, inside: Piece, make: Callable[[], Part]) -> None:
        super().__init__()
        self._inside, self._make = inside, make

    def keep(self, count: int) -> "Crowd[Part]":
        """Have exactly so many."""
        while len(self) > count:
            self._inside.remove_widget(self.pop())
        while len(self) < count:
            self.append(self._make())
            self._inside.add_widget(self[-1])
        return self


class Slab(Piece):
    """A flat shape with round corners; with an edge when `edge` is not clear. radius: units, at most half its height."""

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


class Words(Piece):
    """Type in a box. Its sizes are steps of the theme, largest first; it takes the largest that fits.

    lines: most lines. may_cut: whether "…" is right here, because all of it stands one touch further.
    """

    weight = StringProperty("regular")
    steps = ListProperty([24])
    lines = NumericProperty(1)
    ink = ColorProperty(theme.INK)
    across = OptionProperty("left", options=["left", "center", "right"])
    along = OptionProperty("middle", options=["top", "middle", "bottom"])
    may_cut = BooleanProperty(False)

    drawn = 0
    """How often any words were set anew, in this process: a still screen adds nothing."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.text = ""
        self.setting: typeset.Setting | None = None
        self._last: object = None
        with self.canvas:
            self._colour = Color(*self.ink)
        self.bind(ink=self._paint)

    def _paint(self, *_: Any) -> None:
        self._colour.rgba = self.ink

    def fitted(self, text: str, room: tuple[float, float]) -> typeset.Setting:
        """How a text would be set in a room of pixels."""
        sizes = [self.u(step) for step in self.steps]
        return typeset.fit(text, self.weight, sizes, room, int(self.lines))

    def high(self, text: str, wide: float) -> int:
        """How high a text would stand at a width, with all the height it likes; 0 for none."""
        return self.fitted(text, (wide, 100_000)).height if text else 0

    def say(self, text: str, box: Box) -> None:
        """Draws the text in the box."""
        self.text = text
        self.put(box)
        now = (text, box, self.scale, self.weight, tuple(self.steps), self.lines, self.across, self.along)
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
            for line, place in placed(setting, box, self.across, self.along):
                texture: Any = typeset.picture_of(line, place.font, place.size)
                Rectangle(texture=texture, pos=(place.x, place.y), size=texture.size)

    @property
    def texture_size(self) -> tuple[int, int]:
        """The room the text takes, in pixels."""
        return (self.setting.width, self.setting.height) if self.setting else (0, 0)

    @property
    def lost(self) -> bool:
        """Some of the text is not to be seen, and that is not intended."""
        return self.setting is not None and self.setting.cut and not self.may_cut


class _Placed(tuple[int, int, str, int]):
    x = property(lambda self: self[0])
    y = property(lambda self: self[1])
    font = property(lambda self: self[2])
    size = property(lambda self: self[3])


def placed(
    setting: typeset.Setting | None, box: Box, across: str, along: str
) -> list[tuple[str, Any]]:
    """Where each line of a setting goes."""
    if setting is None:
        return []
    spare = box.h - setting.height
    top = box.top - {"top": 0, "middle": spare / 2, "bottom": spare}[along]
    found = []
    for index, line in enumerate(setting.lines):
        free = box.w - typeset.extent(line, setting.font, setting.size)[0]
        x = box.x + {"left": 0, "center": free / 2, "right": free}[across]
        y = top - (index + 1) * setting.line_height
        found.append((line, _Placed((round(x), round(y), setting.font, setting.size))))
    return found
