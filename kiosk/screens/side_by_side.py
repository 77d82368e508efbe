# mypy: disallow-subclassing-any=False
"""Two kiosks in one window, for whoever tries out neighbours: two stages, two docks, and the line between them.

The line is no part of a kiosk, and looks it, as the dock does. A touch cuts it, another one mends it.
"""

from collections.abc import Callable
from typing import Any

from kivy.clock import Clock
from kivy.core.window import Window
from kivy.uix.widget import Widget
from msgspec import Struct

from kiosk.faces import Face, Touch
from kiosk.screens.app import DOCK_HIGH, KEYS, KioskApp
from kiosk.screens.boxes import Box
from kiosk.screens.dock import Chip
from kiosk.screens.pieces import Piece
from kiosk.screens.screen import load
from kiosk.screens.stage import Stage

ACROSS = 168
"""Pixels that the line takes between the two kiosks."""


class Line(Struct, frozen=True):
    """How it is between the two. waits: how many letters the first has not got to the other yet, and the other way.

    carrier: what carries the letters, in words.
    """

    names: tuple[str, str]
    cut: bool = False
    waits: tuple[int, int] = (0, 0)
    carrier: str = ""


class Between(Piece):
    """The line. cut: called with whether it is to be cut now."""

    def __init__(self, cut: Callable[[bool], None], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._cut = cut
        self._line = Line(("", ""))
        self.chip = Chip()
        self.chip.touched = lambda: self._cut(not self._line.cut)
        self.add_widget(self.chip)
        self.bind(pos=self._arrange, size=self._arrange)

    def say(self, line: Line) -> None:
        """Shows how it is."""
        if line != self._line:
            self._line = line
            self._arrange()

    def _arrange(self, *_: Any) -> None:
        whole, line, ids = self.box, self._line, self.ids
        ids.ground.put(whole)
        upright = whole.h > whole.w
        rope, rest = whole.inset(0, 16).cut_top(72, 8) if upright else whole.inset(16, 0).cut_left(144, 16)
        self._draw_rope(rope.middle(rope.w, 16))
        inner = rest.inset(8, 0) if upright else rest
        if upright:
            state, inner = inner.cut_top(32, 8)
            chip, inner = inner.cut_top(72, 16)
            waits, inner = inner.cut_top(120, 16)
            carrier, _ = inner.cut_top(min(inner.h, 120))
        else:
            state, inner = inner.cut_left(72, 8)
            chip, inner = inner.cut_left(120, 16)
            chip = chip.middle(chip.w, min(64, chip.h))
            waits, carrier = inner.columns(2, 16)
        ids.state.say("cut" if line.cut else "linked", state)
        self.chip.say("mend it" if line.cut else "cut it", chip)
        ids.waits.say(_waiting(line), waits)
        ids.carrier.say(line.carrier, carrier)

    def _draw_rope(self, box: Box) -> None:
        """Whole, or with a gap as wide as a third of it."""
        gap = box.w / 3 if self._line.cut else 0
        half = (box.w - gap) / 2
        self.ids.left.put(Box(box.x, box.y, half, box.h))
        self.ids.right.put(Box(box.right - half, box.y, half, box.h))


def _waiting(line: Line) -> str:
    told = [f"{name} {count}" for name, count in zip(line.names, line.waits, strict=True) if count]
    return f"letters wait: {', '.join(told)}" if told else "no letter waits"


class TwoShops(KioskApp):
    """The window. touched: what each hears. docks: what is put below each. cut: as for Between."""

    title = "Commons Kiosk: two shops"

    def __init__(
        self,
        touched: tuple[Callable[[Touch], None], Callable[[Touch], None]],
        docks: tuple[Callable[[], Widget], Callable[[], Widget]],
        cut: Callable[[bool], None],
        **kwargs: Any,
    ) -> None:
        super().__init__(touched[0], **kwargs)
        self.other = Stage(touched[1])
        self._make_docks = docks
        self._cut = cut
        self._docks: list[Widget] = []
        self._typing = self.stage

    # --- from any thread ----------------------------------------------------------------------------------

    def show_other(self, face: Face) -> None:
        """Show a face on the second stage soon."""
        Clock.schedule_once(lambda _: self.other.show(face), 0)

    def tell(self, line: Line) -> None:
        """Show how it is between the two soon."""
        Clock.schedule_once(lambda _: self.between.say(line), 0)

    # --- Kivy's own ---------------------------------------------------------------------------------------

    def build(self) -> Widget:
        """Kivy asks for the root."""
        root = super().build()
        self.between = Between(self._cut)
        self._docks = [make() for make in self._make_docks]
        for each in (self.other, self.between, *self._docks):
            root.add_widget(each)
        Window.bind(on_touch_down=self._whose_keys)
        return root

    def on_stop(self) -> None:
        """Kivy says it is over."""
        Window.unbind(on_touch_down=self._whose_keys)
        super().on_stop()

    def _arrange(self, _root: Any, size: tuple[float, float]) -> None:
        """Beside each other in a lying window, over each other in a standing one; each has its dock below it."""
        whole = Box(0, 0, *size)
        if whole.w >= whole.h:
            half = (whole.w - ACROSS) / 2
            left, rest = whole.cut_left(half, 0)
            line, right = rest.cut_left(ACROSS, 0)
        else:
            half = (whole.h - ACROSS / 2) / 2
            left, rest = whole.cut_top(half, 0)
            line, right = rest.cut_top(ACROSS / 2, 0)
        self.between.put(line)
        for stage, dock, box in zip((self.stage, self.other), self._docks, (left, right), strict=True):
            top, below = box.cut_top(box.h - DOCK_HIGH, 0)
            stage.size_hint = dock.size_hint = (None, None)
            stage.pos, stage.size = (top.x, top.y), (top.w, top.h)
            dock.pos, dock.size = (below.x, below.y), (below.w, below.h)

    def _whose_keys(self, _window: Any, touch: Any) -> None:
        """What is typed goes to the kiosk that was touched last."""
        for stage in (self.stage, self.other):
            if stage.collide_point(*touch.pos):
                self._typing = stage

    def _key(self, _window: Any, key: int, *_rest: Any) -> bool:
        name = KEYS.get(key)
        return name is not None and self._typing.key(name)

    def _typed(self, _window: Any, text: str) -> None:
        self._typing.typed(text)


load(__file__)
