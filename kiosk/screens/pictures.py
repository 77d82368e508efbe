"""Faces as pictures, without a screen; and what is wrong with them, measured.

Prepare the window first: `window.prepare(offscreen=True)`. All pictures are made in one process and one window.
"""

import math
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Literal, NamedTuple

from kivy.base import EventLoop
from kivy.core.window import Window
from kivy.uix.label import Label
from kivy.uix.widget import Widget

from kiosk.faces import Face
from kiosk.screens import theme
from kiosk.screens.boxes import Box
from kiosk.screens.keyboard import GAP as KEY_GAP
from kiosk.screens.keyboard import KeyCap
from kiosk.screens.pieces import Words
from kiosk.screens.room import drawn_box, over, seen, spilt, within
from kiosk.screens.stage import Stage
from kiosk.screens.touchables import Touchable

FINGER = 9.0
"""Millimetres that a thing to be touched is high and wide at least."""

PANEL = 7.0
"""Inches across the smallest panel this is made for."""


LONGEST = 20.0
"""Seconds until what moves must have come to rest."""

BREATH = 0.005
"""Seconds between two frames meanwhile: another program may need the processor to draw a chart."""


class Fault(NamedTuple):
    """Something wrong with a screen. what: kind of fault. words: of the thing that has it. more: how much."""

    what: Literal["cut off", "outside", "too small", "overlaps", "crowded"]
    words: str
    more: str


def staged(face: Face, size: tuple[int, int]) -> Stage:
    """A face on a stage of that many pixels, drawn."""
    window_of(size)
    stage = staged_empty(size)
    stage.show(face)
    turn()
    settle(stage)
    return stage


def laid_out(faces: Iterable[Face], size: tuple[int, int]) -> Iterator[tuple[Face, Stage]]:
    """Many faces, one after another on one stage of that many pixels, to be measured: nothing is drawn yet.

    Those of one kind come together, because their screen then stays: six times as fast as each by itself.
    """
    window_of(size)
    stage = staged_empty(size)
    for face in sorted(faces, key=lambda each: type(each).__name__):
        stage.show(face)
        yield face, stage


def staged_empty(size: tuple[int, int]) -> Stage:
    """A stage of that many pixels alone in the window; nothing touched is heard, and its time stands still."""
    stage = Stage(lambda _: None, clock=lambda: 0.0)
    stage.size_hint = (None, None)
    stage.pos, stage.size = (0, 0), size
    for child in list(Window.children):
        Window.remove_widget(child)
    Window.add_widget(stage)
    return stage


def settle(stage: Widget) -> None:
    """Lets whatever moves come to rest. A chart may take long, as another program draws it."""
    until = time.monotonic() + LONGEST
    while any(getattr(each, "moving", False) for each in stage.walk()) and time.monotonic() < until:
        turn()
        time.sleep(BREATH)


def turn(times: int = 1) -> None:
    """Turn Kivy's loop by hand."""
    if EventLoop.window is None:
        EventLoop.window = Window
    for _ in range(times):
        EventLoop.idle()


def window_of(size: tuple[int, int]) -> None:
    """The window, so many pixels large."""
    Window.clearcolor = theme.PAPER
    if tuple(Window.size) != size:
        Window.size = size
        turn()


def picture(face: Face, size: tuple[int, int], path: Path, inches: float = PANEL) -> list[Fault]:
    """Draw a face at a size (pixels) into a PNG file; gives what is wrong with it on a panel of so many inches."""
    stage = staged(face, size)
    save(stage, path)
    return measure(stage, inches)


def save(widget: Widget, path: Path) -> None:
    """A widget as a PNG file."""
    widget.export_to_png(str(path))


# --- measuring --------------------------------------------------------------------------------------------


def measure(root: Any, inches: float = PANEL) -> list[Fault]:
    """What is wrong on a screen: text cut off or outside, texts over each other, targets that a finger misses.

    inches: the diagonal of the panel that the root fills.
    """
    screen = Box(root.x, root.y, root.width, root.height)
    pixels_in_mm = math.hypot(root.width, root.height) / inches / 25.4
    texts = [each for each in seen(root) if isinstance(each, Words | Label) and each.text]
    targets = [each for each in seen(root) if isinstance(each, Touchable) and each.touched is not None]
    return [
        *(fault for text in texts for fault in _text_faults(text, screen)),
        *_overlaps(texts),
        *(fault for target in targets for fault in _target_faults(target, screen, pixels_in_mm)),
        *_crowded(targets, theme.screen(root.width, root.height).scale),
    ]


def words_of(text: Any) -> str:
    """The words, for a report."""
    return str(text.text)[:60]


def words_in(target: Any) -> str:
    """The first words on a target, for a report."""
    return next((words_of(each) for each in target.walk() if isinstance(each, Words) and each.text), "no words")


def _text_faults(text: Any, screen: Box) -> Iterator[Fault]:
    wide, high = text.texture_size
    if getattr(text, "lost", False):
        yield Fault("cut off", words_of(text), "ends in …")
    if spilt(text):
        yield Fault("cut off", words_of(text), f"{wide}×{high} in {text.width}×{text.height}")
    if not within(drawn_box(text), screen):
        yield Fault("outside", words_of(text), "beyond the edge of the screen")


def _overlaps(texts: list[Any]) -> Iterator[Fault]:
    """Texts that lie over each other. Lines have air above and below, so a little is none."""
    for index, one in enumerate(texts):
        for other in texts[index + 1 :]:
            if _same_layer(one, other) and over(drawn_box(one), drawn_box(other)):
                yield Fault("overlaps", words_of(one), words_of(other))


def _same_layer(one: Any, other: Any) -> bool:
    """Not one on the screen and one on the sheet over it."""
    return layer(one) is layer(other)


def layer(widget: Any) -> Any:
    """The part of the stage that a widget belongs to."""
    while isinstance(widget.parent, Widget) and not isinstance(widget.parent, Stage):
        widget = widget.parent
    return widget


def _target_faults(target: Any, screen: Box, pixels_in_mm: float) -> Iterator[Fault]:
    words = words_in(target)
    wide, high = target.width / pixels_in_mm, target.height / pixels_in_mm
    if min(wide, high) < FINGER:
        yield Fault("too small", words, f"{wide:.1f}×{high:.1f} mm")
    if not within(Box(target.x, target.y, target.width, target.height), screen):
        yield Fault("outside", words, "a target beyond the edge of the screen")


def _crowded(targets: list[Any], scale: float) -> Iterator[Fault]:
    """Targets that lie nearer to each other than the gap of the theme; keys may lie nearer, but never touch."""
    for index, one in enumerate(targets):
        for other in targets[index + 1 :]:
            wide = min(one.right, other.right) - max(one.x, other.x)
            high = min(one.top, other.top) - max(one.y, other.y)
            keys = isinstance(one, KeyCap) and isinstance(other, KeyCap)
            gap = scale * (KEY_GAP if keys else theme.GAP) - 1.5
            if _same_layer(one, other) and wide > -gap and high > -gap:
                yield Fault("crowded", words_in(one), words_in(other))
