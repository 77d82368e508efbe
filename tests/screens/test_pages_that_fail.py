"""A page that fails, when it is built, drawn or touched, is a page with a way home; the kiosk goes on."""

import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import pytest
from kivy.base import ExceptionManager
from kivy.clock import Clock
from kivy.core.window import Window

from kiosk.faces import Alarm, PlainFace, Touch
from kiosk.screens import pictures
from kiosk.screens.app import TOO_MANY, _Net
from kiosk.screens.plain import PlainScreen
from kiosk.screens.samples import HOME, TILES, WALL, changed
from kiosk.screens.screen import Errand, Screen
from kiosk.screens.stage import RETRIES, SCREENS, SETTLES, Stage
from kiosk.screens.tiles import TilesScreen
from kiosk.screens.wall import WallScreen


class NotBuilt(Errand[Any]):
    def __init__(self, *_: Any) -> None:
        raise KeyError("Priya")


class NotDrawn(WallScreen):
    drawn = 0

    def draw(self, face: Any, box: Any) -> None:
        NotDrawn.drawn += 1
        raise ValueError("the badge of Priya")


class NotTouched(TilesScreen):
    def on_touch_down(self, touch: Any) -> bool:
        raise RuntimeError("Priya chose yes")

    def key(self, name: str) -> bool:
        raise RuntimeError("a key")


class Timed(TilesScreen):
    """Fails by itself, a while after it was drawn."""

    def draw(self, face: Any, box: Any) -> None:
        super().draw(face, box)
        Clock.schedule_once(self.fall, 0)

    def fall(self, _: float) -> None:
        raise RuntimeError("Priya waits")


class Sick:
    """A stage on which some pages fail, and what it says."""

    def __init__(self, screens: Mapping[type, type[Screen[Any]]]) -> None:
        self.said: list[Touch] = []
        self.failing: list[tuple[str, ...]] = []
        self.seconds = 100.0
        self.stage = Stage(
            self.said.append, lambda: self.seconds, screens={**SCREENS, **screens}, failing=self.failing.append
        )
        self.stage.size_hint = (None, None)
        self.stage.pos, self.stage.size = (0, 0), (800, 480)
        pictures.window_of((800, 480))
        for child in list(Window.children):
            Window.remove_widget(child)
        Window.add_widget(self.stage)

    def show(self, face: Any) -> None:
        self.stage.show(face)
        pictures.turn()
        self.seconds += SETTLES + 0.1

    @property
    def words(self) -> str:
        assert isinstance(self.stage.screen, PlainScreen), self.stage.screen
        face = self.stage.screen.face
        assert isinstance(face, PlainFace)
        return f"{face.words} {' '.join(face.sentences)}"


@contextmanager
def caught(net: _Net) -> Iterator[None]:
    """What comes out of Kivy's loop is handed to the net, as the loop does it in a whole run."""
    passed = ExceptionManager.PASS
    try:
        yield
    except RuntimeError as error:
        passed = net.handle_exception(error)
    assert passed == ExceptionManager.PASS


@pytest.mark.parametrize("broken", [NotBuilt, Timed, NotTouched])
def test_a_page_that_fails_has_a_way_home(broken: type, finger: Any, caplog: pytest.LogCaptureFixture) -> None:
    sick = Sick({type(TILES): broken})
    with caplog.at_level(logging.ERROR), caught(_Net(sick.stage)):
        sick.show(TILES)
        if broken is NotTouched:
            finger.tap(400, 200)
        pictures.turn(2)
    assert "Something went wrong here" in sick.words
    assert "lost" in sick.words
    assert sick.failing == [(type(TILES).__name__,)]
    assert "test_pages_that_fail.py" in caplog.text
    assert "Priya" not in caplog.text
    pictures.turn()
    sick.seconds += 1
    finger.tap_on(sick.stage.screen.around.ids.home)
    assert sick.said[-1] == Touch("home")
    sick.show(HOME)
    assert not isinstance(sick.stage.screen, PlainScreen)


def test_a_key_that_fails_is_no_end() -> None:
    sick = Sick({type(TILES): NotTouched})
    sick.show(TILES)
    assert sick.stage.key("enter")
    assert "Something went wrong here" in sick.words


def test_a_wall_that_cannot_be_drawn_still_tells_the_time_and_what_is_wrong(finger: Any) -> None:
    NotDrawn.drawn = 0
    sick = Sick({type(WALL): NotDrawn})
    wall = changed(WALL, alarms=(Alarm(words="The memory card is full: nothing can be booked"),))
    sick.show(wall)
    assert WALL.time in sick.words
    assert WALL.tap in sick.words
    face = sick.stage.screen.face
    assert face.frame.alarms == wall.alarms
    for minute in range(5):
        sick.show(changed(wall, time=f"15:0{minute}"))
        assert f"15:0{minute}" in sick.words
    assert NotDrawn.drawn == 1, "it does not fail again with each new face"
    assert sick.failing == [("WallFace",)]


def test_a_page_that_is_well_again_is_shown_and_no_alarm_any_more() -> None:
    """What made it fail was on it: another day it can be drawn."""
    sick = Sick({type(WALL): NotDrawn})
    sick.show(WALL)
    sick.stage._screens = SCREENS
    sick.show(changed(WALL, time="15:00"))
    assert isinstance(sick.stage.screen, PlainScreen)
    sick.seconds += RETRIES
    sick.show(changed(WALL, time="15:01"))
    assert isinstance(sick.stage.screen, WallScreen)
    assert sick.failing == [("WallFace",), ()]


def test_a_kiosk_that_fails_all_the_time_ends_and_is_started_again() -> None:
    """Stumbling on a hundred times a second would heat the box and fill the log."""
    sick = Sick({})
    sick.show(WALL)
    net = _Net(sick.stage)
    answers = [net.handle_exception(RuntimeError("again")) for _ in range(TOO_MANY + 2)]
    assert answers[0] == ExceptionManager.PASS
    assert answers[-1] == ExceptionManager.RAISE
    assert _Net(sick.stage).handle_exception(KeyboardInterrupt()) == ExceptionManager.RAISE
