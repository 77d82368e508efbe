"""Screens are drawn without any screen; Kivy is told so before anything imports it."""

import sys
from collections.abc import Callable
from typing import Any, NamedTuple

import pytest

from kiosk.screens.window import prepare

if "kivy.config" not in sys.modules:
    prepare(offscreen=True)

from kivy.core.window import Window
from kivy.tests.common import UnitTestTouch

from kiosk.faces import Face, Touch
from kiosk.screens import pictures
from kiosk.screens.stage import SETTLES, Stage


class Finger:
    """Touches the window as a finger does."""

    def tap(self, x: float, y: float) -> None:
        self.move(x, y, x, y)

    def move(self, x: float, y: float, to_x: float, to_y: float) -> None:
        touch = UnitTestTouch(x, y)
        touch.touch_down()
        if (x, y) != (to_x, to_y):
            touch.touch_move(to_x, to_y)
        touch.touch_up()

    def press(self, x: float, y: float) -> UnitTestTouch:
        touch = UnitTestTouch(x, y)
        touch.touch_down()
        return touch

    def tap_on(self, widget: Any) -> None:
        self.tap(*widget.center)


class Play(NamedTuple):
    """A stage in the window, what it said, and a clock that only the test moves."""

    stage: Stage
    said: list[Touch]
    time: list[float]

    def settle(self) -> None:
        self.time[0] += SETTLES + 0.1

    def show(self, face: Face) -> None:
        self.stage.show(face)
        pictures.turn()


@pytest.fixture
def finger() -> Finger:
    return Finger()


@pytest.fixture
def play() -> Callable[..., Play]:
    """Puts a face on a stage of some size, and lets it settle."""

    def put(face: Face, size: tuple[int, int] = (800, 480)) -> Play:
        said: list[Touch] = []
        time = [100.0]
        pictures.window_of(size)
        stage = Stage(said.append, clock=lambda: time[0])
        stage.size_hint = (None, None)
        stage.pos, stage.size = (0, 0), size
        for child in list(Window.children):
            Window.remove_widget(child)
        Window.add_widget(stage)
        made = Play(stage, said, time)
        made.show(face)
        made.settle()
        return made

    return put
