"""The screen at night: dark while nobody is there, lit by whoever comes, and nothing is pressed by that."""

from collections.abc import Callable

import pytest
from kivy.core.window import Window

from kiosk.faces import Alarm, Touch
from kiosk.screens import pictures, theme
from kiosk.screens.dark import BLACK
from kiosk.screens.dark_hours import AWAKE, Night, minute_of, read_night, shift
from kiosk.screens.pieces import Words
from kiosk.screens.samples import ALARMS, HOME, SAID_NO, WALL, changed
from kiosk.screens.stage import Stage

from .conftest import Finger, Play

LATE = changed(WALL, time="23:10")


@pytest.fixture
def dimmed() -> list[bool]:
    return []


@pytest.fixture
def night(play: Callable[..., Play], dimmed: list[bool]) -> Play:
    """A wall late in the evening, with a stage that knows when it is night."""
    now = play(WALL)
    said: list[Touch] = []
    stage = Stage(said.append, clock=lambda: now.time[0], night=read_night("22:00-6:00"), dim=dimmed.append)
    stage.size_hint = (None, None)
    stage.pos, stage.size = (0, 0), (800, 480)
    for child in list(Window.children):
        Window.remove_widget(child)
    Window.add_widget(stage)
    late = Play(stage, said, now.time)
    late.show(LATE)
    late.settle()
    return late


def test_a_night_may_go_over_midnight() -> None:
    """The screen would shine at night and be dark by day."""
    over = read_night("22:00-6:00")
    assert over == Night(22 * 60, 6 * 60)
    assert [over.holds(minute_of(time)) for time in ("21:59", "22:00", "0:00", "5:59", "6:00", "12:00")] == [
        False, True, True, True, False, False,
    ]  # fmt: skip
    assert read_night("") is None
    assert not Night(60, 120).holds(59)
    assert Night(60, 120).holds(60)


def test_it_is_dark_and_shows_the_time_alone(night: Play, dimmed: list[bool]) -> None:
    """Somebody sleeps in the room; and who is up wants to know how late it is."""
    assert night.stage.is_dark
    assert dimmed == [True]
    dark = night.stage.children[0]
    assert dark.time.text == "23:10"
    assert theme.contrast(theme.ASH, BLACK) >= 7
    assert tuple(dark.size) == tuple(night.stage.size)


def test_behaviour_26_the_touch_that_wakes_presses_nothing(night: Play, finger: Finger, dimmed: list[bool]) -> None:
    """Whoever feels for the light would begin a swap."""
    tile = night.stage.screen.work[0]
    finger.tap_on(tile)
    assert not night.stage.is_dark
    assert night.said == []
    finger.tap_on(tile)  # at once again: a finger that trembles
    assert night.said == []
    night.settle()
    finger.tap_on(tile)
    assert night.said == [Touch("choose", tile.choice.key)]
    assert dimmed == [True, False]


def test_a_key_that_wakes_means_nothing_else(night: Play) -> None:
    assert night.stage.key("enter")
    assert not night.stage.is_dark
    assert night.said == []


def test_a_badge_a_button_and_a_circle_wake_it(night: Play) -> None:
    """Somebody taps at night and sees nothing."""
    night.show(HOME)
    assert not night.stage.is_dark
    night.time[0] += AWAKE + 1
    night.show(changed(LATE, time="23:20"))
    assert not night.stage.is_dark  # they have only just left
    night.time[0] += AWAKE + 1
    night.show(changed(LATE, time="23:22"))
    assert night.stage.is_dark
    night.show(changed(LATE, time="23:22", said=SAID_NO))
    assert not night.stage.is_dark


def test_it_stays_lit_for_a_while_and_is_dark_again_at_the_next_minute(night: Play, finger: Finger) -> None:
    finger.tap(5, 5)
    night.show(changed(LATE, time="23:11"))
    assert not night.stage.is_dark
    night.time[0] += AWAKE
    night.show(changed(LATE, time="23:12"))
    assert night.stage.is_dark


def test_by_day_it_is_lit(night: Play) -> None:
    night.show(changed(LATE, time="6:00"))
    assert not night.stage.is_dark


def test_what_is_broken_stays_to_be_seen(night: Play) -> None:
    """The card dies at night, and the first who comes by would not see it."""
    broken = (Alarm("The card takes nothing any more"), Alarm("Someone is late", pressing=False), *ALARMS)
    night.show(changed(LATE, time="23:12", alarms=broken))
    shown = [line.text for line in night.stage.children[0].alarms]
    assert shown[0] == "The card takes nothing any more"
    assert "Someone is late" not in shown
    assert [fault for fault in pictures.measure(night.stage.children[0]) if fault.what == "cut off"] == []


def test_the_time_stands_elsewhere_each_minute(night: Play) -> None:
    """It would burn into the panel."""
    places = set()
    for minute in range(10, 17):
        night.show(changed(LATE, time=f"23:{minute}"))
        places.add(tuple(night.stage.children[0].time.pos))
    assert len(places) == 7


def test_the_wall_wanders_by_a_few_dots_and_sets_nothing_anew(play: Callable[..., Play]) -> None:
    """The same lines in the same place for years burn in; and a shift that draws all of it would flicker."""
    now = play(changed(WALL, time="14:04"))
    before = Words.drawn
    now.show(changed(WALL, time="14:05"))
    assert Words.drawn == before + 1
    assert not Window.canvas.needs_redraw
    shifts = {shift(minute) for minute in range(24 * 60)}
    assert len(shifts) == 8
    assert max(abs(way) for each in shifts for way in each) <= 3
