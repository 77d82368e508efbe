"""The jar: full to its true level, its names beside each other, and still when nothing happens."""

import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import qrcode
from hypothesis import given
from hypothesis import strategies as some
from kivy.core.window import Window
from msgspec.structs import replace
from PIL import Image

from kiosk.faces import Glass, Mark, WallFace
from kiosk.screens import jar, jar_shape, pictures, squares, theme
from kiosk.screens.boxes import Box
from kiosk.screens.jar_samples import (
    COUNTING,
    EMPTIED,
    JAR_ON_WALL,
    JAR_PAGES,
    JAR_WALLS,
    MANY_PROPOSED,
    glass_of,
    jar_of,
)
from kiosk.screens.pieces import Words
from kiosk.screens.samples import SAMPLES, WALL, changed

from .conftest import Play

Put = Callable[..., Play]
LARGE = (1920, 1080)


def wall_of(cents: int) -> WallFace:
    face = changed(WALL, jar=jar_of(cents))
    assert isinstance(face, WallFace)
    return face


def the_jar(play: Play) -> Any:
    return play.stage.screen.ids.jar.ids.glass


# --- its level ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("level", [0, 1, 250, 500, 750, 900, 1000])
def test_the_jar_is_full_to_its_true_level(level: int, tmp_path: Path) -> None:
    """The room would believe there is more, or less, than there is."""
    face = changed(WALL, jar=replace(JAR_ON_WALL, glass=Glass("€ 1.00", level)))
    stage = pictures.staged(face, LARGE)
    pictures.save(stage, tmp_path / "wall.png")
    drawn = stage.screen.ids.jar.ids.glass
    shape = jar_shape.shape(drawn.box)
    image = Image.open(tmp_path / "wall.png").convert("RGB")
    column = round(shape.body.x + shape.body.w * 0.055)  # beside the coins
    money = {tuple(round(255 * part) for part in shade[:3]) for shade in (theme.FULL, theme.SURFACE)}
    shades = [image.getpixel((column, LARGE[1] - 1 - y)) for y in range(round(shape.body.y), round(shape.body.top))]
    above = max((place for place, shade in enumerate(shades) if shade in money), default=0)
    assert above / len(shades) == pytest.approx(level / 1000, abs=0.012) or level > 900  # there the shoulder bends


def test_nothing_lies_in_an_empty_jar(tmp_path: Path) -> None:
    """€ 0.00 would look like something."""
    path = tmp_path / "wall.png"
    pictures.picture(wall_of(0), LARGE, path)
    shades = {shade for _, shade in Image.open(path).convert("RGB").getcolors(1_000_000)}
    coloured = {tuple(round(255 * part) for part in shade[:3]) for shade in (theme.FULL, theme.SURFACE, theme.COIN)}
    assert not coloured & shades


# --- the names of its marks ---------------------------------------------------------------------------------


@given(some.lists(some.floats(-50, 500), min_size=1, max_size=12).map(sorted), some.integers(5, 60))
def test_names_never_lie_over_each_other(wanted: list[float], gap: int) -> None:
    """Two prices printed over each other are none."""
    places = jar_shape.apart(wanted, gap, 0, 400)
    if (len(wanted) - 1) * gap > 400:
        assert places == []
        return
    assert len(places) == len(wanted)
    assert places[0] >= -1e-6
    assert places[-1] <= 400 + 1e-6
    assert all(high - low >= gap - 1e-6 for low, high in pairwise(places))


@given(some.lists(some.floats(0, 400), min_size=1, max_size=8).map(sorted))
def test_names_that_have_room_stand_at_their_height(wanted: list[float]) -> None:
    """A mark would point somewhere else for no reason."""
    if all(high - low >= 20 for low, high in pairwise(wanted)):
        assert jar_shape.apart(wanted, 20, 0, 400) == pytest.approx(wanted)


marks = some.lists(some.integers(1, 1000), max_size=40).map(
    lambda heights: tuple(Mark(f"thing {height}", f"€ {height}", height) for height in heights)
)


@given(marks)
def test_what_is_named_is_near_its_height_and_the_cheapest_first(many: tuple[Mark, ...]) -> None:
    """A name far from its mark would be read as another's price; what is dear would push out what can be bought."""
    shape = jar_shape.shape(Box(0, 0, 300, 420))
    room = shape.body.inset(10)
    shown, missing, more = jar_shape.named(many, shape, 30, room, 6)
    assert len(shown) <= 6
    assert len(shown) + missing == len(many)
    assert all(abs(each.name - each.height) <= 30 * (jar_shape.NEAR + 1) + 1e-6 for each in shown)
    lines = sorted([*(each.name for each in shown), *([more] if missing else [])])
    assert all(high - low >= 30 - 1e-6 for low, high in pairwise(lines))
    assert not lines or (lines[0] >= room.y and lines[-1] <= room.top)
    if shown and min(mark.height for mark in many) > 60:
        assert shown[0].mark.height == min(mark.height for mark in many)


@pytest.mark.parametrize("name", [name for name in JAR_WALLS if SAMPLES[name].jar is not None])
def test_marks_without_a_name_are_counted(name: str, play: Put) -> None:
    """Somebody's proposal would be nowhere on the wall, and nobody would know that there is one more."""
    drawn = the_jar(play(SAMPLES[name], LARGE))
    left = len(SAMPLES[name].jar.glass.marks) - len(drawn._names)
    assert drawn.ids.more.text == (f"and {left} more" if left else "")


def test_of_forty_proposals_some_are_named(play: Put) -> None:
    """A jar with many proposals would show none of them."""
    face = changed(WALL, jar=replace(JAR_ON_WALL, glass=glass_of(0, MANY_PROPOSED[1:])))
    named = the_jar(play(face, LARGE))._names
    assert len(named) >= 4
    assert all(name.ids.price.text for name in named)


# --- it moves only to explain -------------------------------------------------------------------------------


def test_a_coin_falls_when_the_sum_grows(play: Put) -> None:
    """Whoever put a coin in would see nothing of it."""
    now = play(wall_of(40_00), LARGE)
    piece = the_jar(now)
    assert not piece.moving
    low, words = piece.shown, Words.drawn
    now.stage.show(wall_of(42_00))
    assert piece.moving
    assert piece.shown == low
    pictures.turn(2)
    assert 0 < piece.fallen < 1
    assert Words.drawn == words + 1  # the sum itself, once; no type is set anew on the way
    pictures.settle(now.stage)
    assert not piece.moving
    assert piece.shown == wall_of(42_00).jar.glass.level
    assert piece._falling.size == (0, 0)


def test_it_drains_and_no_coin_falls(play: Put) -> None:
    """Money that goes would look like money that comes."""
    now = play(wall_of(40_00), LARGE)
    now.stage.show(wall_of(10_00))
    pictures.turn(2)
    assert the_jar(now).fallen == 1
    assert wall_of(10_00).jar.glass.level < the_jar(now).shown < wall_of(40_00).jar.glass.level
    pictures.settle(now.stage)
    assert the_jar(now).shown == wall_of(10_00).jar.glass.level


def test_after_it_has_moved_nothing_is_drawn(play: Put) -> None:
    """A wall that is looked at all day would keep the chip warm."""
    now = play(wall_of(40_00), LARGE)
    now.show(wall_of(42_00))
    pictures.settle(now.stage)
    pictures.turn(3)
    assert not Window.canvas.needs_redraw


def test_motion_is_short() -> None:
    """Who waits for an animation waits for nothing."""
    assert jar.FALLS < 0.4


def test_a_jar_that_has_just_appeared_is_still(play: Put) -> None:
    """Each time somebody leaves, the wall would seem to fill up."""
    assert not the_jar(play(wall_of(40_00), LARGE)).moving


def test_one_funds_money_does_not_pour_into_another(play: Put) -> None:
    """Looking from one fund to the next would look like money moving."""
    now = play(changed(WALL, jar=replace(jar_of(40_00), fund="bakery")), LARGE)
    other = replace(jar_of(10_00), fund="kitchen")
    now.stage.show(changed(WALL, jar=other))
    assert not the_jar(now).moving
    assert the_jar(now).shown == other.glass.level


def test_a_jar_that_goes_in_the_middle_of_a_fall_does_no_harm(play: Put) -> None:
    """Somebody taps while a coin falls, and the kiosk stands still."""
    now = play(wall_of(40_00), LARGE)
    now.stage.show(wall_of(42_00))
    pictures.turn()
    now.stage.show(SAMPLES["home"])
    until = time.monotonic() + 2 * jar.FALLS
    while time.monotonic() < until:
        pictures.turn()
    assert now.stage.face is SAMPLES["home"]


def test_emptying_is_seen(play: Put) -> None:
    """The jar would be empty without anyone having seen it drain."""
    now = play(EMPTIED)
    piece = now.stage.screen.ids.glass
    assert piece.moving
    assert piece.shown > 0
    pictures.settle(now.stage)
    assert piece.shown == 0


# --- Friday -------------------------------------------------------------------------------------------------


def test_shares_flow_to_what_is_bought_and_leave_nothing(play: Put) -> None:
    """The counting would be a table of figures; or dots would stay on the screen."""
    now = play(COUNTING)
    flow = now.stage.screen.ids.flow
    assert flow.moving
    assert len(flow._dots) == 4
    pictures.settle(now.stage)
    assert flow._dots == []
    assert list(flow.canvas.children) == []


def test_where_only_the_outcome_is_told_nothing_shows_approvals(play: Put) -> None:
    """A bar would tell how many were for it, though the circle fixed that only the outcome is told."""
    now = play(JAR_PAGES["counting-outcome"])
    screen = now.stage.screen
    assert not screen.ids.flow.moving
    assert all(card.ids.bar.ids.track.opacity == 0 for card in screen.cards)
    assert all(card.ids.bar.ids.filled.opacity == 0 for card in screen.cards)
    said = {each.text for card in screen.cards for each in card.walk() if getattr(each, "text", "")}
    assert {text for text in said if "people" in text or "short" in text} == set()


def test_a_bought_project_has_the_green_edge_and_the_word(play: Put) -> None:
    """Colour alone would tell what was bought."""
    cards = play(COUNTING).stage.screen.cards
    assert [tuple(card.edge) == theme.DONE for card in cards] == [True, True, False, False]
    assert next(card.ids.verdict.text for card in cards) == "bought"


# --- the code -----------------------------------------------------------------------------------------------


def test_the_code_that_is_drawn_is_the_code(tmp_path: Path) -> None:
    """Whoever scans it to recount would get nothing, or something else."""
    stage = pictures.staged(EMPTIED, (1280, 720))
    pictures.save(stage, tmp_path / "emptied.png")
    image = Image.open(tmp_path / "emptied.png").convert("L")
    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, border=squares.QUIET)
    code.add_data(EMPTIED.code)
    code.make(fit=True)
    matrix = code.get_matrix()
    box = stage.screen.ids.code.box
    size = int(min(box.w, box.h) // len(matrix))
    ground = box.middle(size * len(matrix), size * len(matrix))._replace(y=box.y).whole()
    read = [
        [image.getpixel((int(ground.x + (column + 0.5) * size), int(720 - ground.top + (row + 0.5) * size))) < 128]
        for row in range(len(matrix))
        for column in range(len(matrix))
    ]
    assert [dark for [dark] in read] == [dark for row in matrix for dark in row]
    assert size >= 3


def test_the_code_is_made_once(play: Put) -> None:
    """Each second of the countdown would work out the code again."""
    squares.runs.cache_clear()
    now = play(EMPTIED)
    now.show(changed(EMPTIED, seconds_left=5))
    now.show(changed(EMPTIED, seconds_left=4))
    assert squares.runs.cache_info().misses == 1
