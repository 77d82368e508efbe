"""Screens that are put away and shown again: they look like new, and no finger from before counts."""

import gc
import weakref
from collections.abc import Callable, Iterator
from itertools import pairwise

import pytest
from kivy.core.window import Window
from kivy.graphics import Canvas
from kivy.graphics.opengl import GL_RGBA, GL_UNSIGNED_BYTE, glReadPixels

from kiosk.faces import Face, WallFace
from kiosk.screens import pictures
from kiosk.screens.samples import HOME, SAMPLES, WALL
from kiosk.screens.stage import OFTEN, SCREENS, Stage

from .conftest import Finger, Play

Put = Callable[..., Play]

BY_KIND = {kind: [name for name, face in SAMPLES.items() if type(face) is kind] for kind in OFTEN}
PAIRS = [pair for names in BY_KIND.values() for pair in pairwise([*names, names[0]])][::2]


def picture(face: Face, now: Play) -> bytes:
    now.show(face)
    pictures.settle(now.stage)
    pictures.turn()
    Window.dispatch("on_draw")
    return bytes(glReadPixels(0, 0, 800, 480, GL_RGBA, GL_UNSIGNED_BYTE))


@pytest.mark.parametrize(("before", "name"), PAIRS)
def test_a_screen_that_was_put_away_shows_nothing_of_before(before: str, name: str, play: Put) -> None:
    """The next person would see what the last one did."""
    new = picture(SAMPLES[name], play(SAMPLES[name]))
    now = play(SAMPLES[before])
    first = now.stage.screen
    now.show(SAMPLES["notice"])
    assert picture(SAMPLES[name], now) == new
    assert now.stage.screen is first


def test_two_faces_do_not_look_alike(play: Put) -> None:
    """The control: a picture that holds nothing would be like any other."""
    assert picture(WALL, play(WALL)) != picture(HOME, play(HOME))


def test_a_finger_from_before_means_nothing_when_the_screen_is_back(play: Put, finger: Finger) -> None:
    """Somebody would begin what they never touched: the finger came down before the screen was exchanged."""
    now = play(WALL)
    assert isinstance(WALL, WallFace)
    tile = now.stage.screen.work[0]
    touch = finger.press(*tile.center)
    now.show(HOME)
    now.show(WALL)
    now.settle()
    assert now.stage.screen.work[0] is tile
    touch.touch_move(*tile.center)
    touch.touch_up()
    assert now.said == []
    assert not tile.pressed


def strays(stage: Stage) -> list[str]:
    """Pieces in which a canvas was left that belongs to none of their own."""
    found = []
    for piece in stage.walk(restrict=True):
        own = [child.canvas for child in piece.children]
        within = (piece.canvas, piece.canvas.before, piece.canvas.after)
        drawn = [each for group in within for each in group.children if isinstance(each, Canvas)]
        found += [type(piece).__name__ for each in drawn if each not in own]
    return found


@pytest.mark.parametrize("kind", [kind for kind, names in BY_KIND.items() if len(names) > 1])
def test_pieces_that_come_and_go_leave_nothing_in_the_drawing(kind: type, play: Put) -> None:
    """Each time the wall is laid out anew a little more to draw and to hold, until the box has no room left."""
    names = BY_KIND[kind]
    now = play(SAMPLES[names[0]], (1920, 1080))
    for name in (*names[1:], names[0]):
        now.stage.show(SAMPLES[name])
    assert strays(now.stage) == []


ONCE = ("board", "notice", "type", "trouble", "jar", "duties")
"""Pages that are made anew each time."""


@pytest.fixture
def nothing_collected() -> Iterator[None]:
    """As between two sweeps: what holds on to itself stays."""
    gc.collect()
    gc.disable()
    yield
    gc.enable()


def letters() -> int:
    """Textures that are held, most of them lines of type."""
    return sum(type(each).__name__ in ("Texture", "TextureRegion") for each in gc.get_objects())


@pytest.mark.usefixtures("nothing_collected")
def test_a_page_that_is_gone_keeps_no_letters(play: Put) -> None:
    """Twenty pages would hold as much memory as all the rest, until somebody rests at the wall."""
    now = play(WALL)

    def look_around() -> int:
        for name in ONCE:
            now.show(SAMPLES[name])
        now.show(WALL)
        pictures.turn(2)
        return letters()

    look_around()
    before = look_around()
    for _ in range(3):
        after = look_around()
    assert after <= before + 5


def test_what_is_gone_is_collected(play: Put) -> None:
    """Something that holds a page for good would fill the memory within weeks."""
    now = play(WALL)
    gone = []
    for name in ONCE * 2:
        now.show(SAMPLES[name])
        gone.append(weakref.ref(now.stage.screen))
    now.show(WALL)
    pictures.turn(2)
    gc.collect()
    assert [page() for page in gone if page() is not None] == []


def test_a_page_on_which_somebody_writes_is_never_put_away(play: Put) -> None:
    """What was typed would stay in the kiosk."""
    written = SAMPLES["type"]
    now = play(written)
    screen = now.stage.screen
    now.show(HOME)
    now.show(written)
    assert now.stage.screen is not screen


def test_screens_are_made_before_they_are_wanted(play: Put) -> None:
    """The first one to tap would wait for all of them."""
    now = play(WALL)
    times = 0
    while now.stage.get_ready():
        times += 1
    assert times == len(SCREENS)
    wall = now.stage.screen
    now.show(HOME)
    now.show(WALL)
    assert now.stage.screen is wall
