"""The stage: what stays the same is not drawn again."""

from collections.abc import Callable

import msgspec
import pytest
from kivy.core.window import Window

from kiosk.faces import Face, SpeakFace, Touch
from kiosk.screens import pictures
from kiosk.screens.pieces import Words
from kiosk.screens.samples import BOOKED, HOME, SAID_NO, SAMPLES, TILES, WALL, changed, work_choices
from kiosk.screens.stage import SCREENS, what_it_is

from .conftest import Play

Put = Callable[..., Play]


def test_every_face_has_a_screen() -> None:
    """The kiosk would fall over at a face that no screen shows."""
    assert set(SCREENS) == set(Face.__args__)


def test_the_same_face_again_draws_nothing(play: Put) -> None:
    """An idle kiosk would keep its chip warm all day."""
    now = play(next(iter(SAMPLES.values())))
    for name, face in SAMPLES.items():
        now.show(face)
        pictures.turn(2)
        shown, before = now.stage.face, Words.drawn
        now.stage.show(msgspec.structs.replace(face))
        assert Words.drawn == before, name
        assert not Window.canvas.needs_redraw, name
        assert now.stage.face is shown, name  # the equal one was not even looked at


def test_a_minute_on_the_wall_draws_the_time_alone(play: Put) -> None:
    """Every minute the whole wall would flicker."""
    now = play(WALL)
    before = Words.drawn
    now.show(changed(WALL, time="14:21"))
    assert Words.drawn == before + 1


def test_a_second_of_undo_draws_the_arc_and_its_time_alone(play: Put) -> None:
    """A receipt would be set anew three hundred times."""
    now = play(BOOKED)
    before = Words.drawn
    now.show(msgspec.structs.replace(BOOKED, undo_left=271))
    assert Words.drawn == before + 1
    assert now.stage.screen.ids.undo.ids.left.text == "4:31"


def test_a_face_of_the_same_kind_uses_the_same_tiles(play: Put) -> None:
    """Each page would leave its widgets behind in memory."""
    now = play(TILES)
    screen, tiles = now.stage.screen, list(now.stage.screen.tiles)
    now.show(changed(TILES, choices=work_choices("knitting")[:5]))
    assert now.stage.screen is screen
    assert list(screen.tiles) == tiles[:5]
    assert [tile for tile in screen.children if tile in tiles[5:]] == []


def test_after_a_hundred_screens_there_is_one(play: Put) -> None:
    """The kiosk would run out of memory within a day."""
    now = play(WALL)
    some = list(SAMPLES.values())[::2]
    assert len(some) > 100
    for face in some:
        now.stage.show(face)
    now.show(WALL)
    assert len(now.stage.children) == 2  # the paper and the wall


def test_a_sheet_lies_over_the_next_screen_too(play: Put) -> None:
    """What the kiosk says would be hidden under the screen it comes with."""
    now = play(changed(HOME, said=SAID_NO))
    now.show(changed(TILES, said=SAID_NO))
    assert type(now.stage.children[0]).__name__ == "Sheet"
    now.show(TILES)
    assert "Sheet" not in {type(child).__name__ for child in now.stage.children}


def test_turning_the_panel_draws_everything_anew(play: Put) -> None:
    """A resized window would leave words at their old size."""
    now = play(HOME)
    now.stage.size = (720, 1280)
    assert now.stage.screen.scale == 1.5
    assert pictures.measure(now.stage) == []


@pytest.mark.parametrize("name", SAMPLES)
def test_time_passing_does_not_make_a_screen_new(name: str) -> None:
    """Touches would be swallowed each second."""
    face = SAMPLES[name]
    later = changed(face, time="14:59") if name.startswith("wall") else changed(face, seconds_left=1)
    if isinstance(face, SpeakFace):
        later = msgspec.structs.replace(later, left=face.left - 1, heard=(*face.heard, ("more", "")))
    assert what_it_is(later) == what_it_is(face)


def test_escape_goes_back_or_home(play: Put) -> None:
    """With a keyboard alone one could not leave."""
    now = play(TILES)
    now.stage.key("escape")
    now.show(HOME)
    now.stage.key("escape")
    now.show(WALL)
    now.stage.key("escape")
    assert now.said == [Touch("back"), Touch("home")]
