"""Fingers: what is touched is said, and nothing else."""

import time
from collections.abc import Callable
from typing import Any

import msgspec
import pytest

from kiosk.faces import Choice, Face, Touch, TypeFace, WallFace
from kiosk.screens import pictures
from kiosk.screens.board import HangingTile
from kiosk.screens.dial import BEFORE_REPEAT, BETWEEN
from kiosk.screens.entries import LineTile
from kiosk.screens.jar_page import ProposalTile
from kiosk.screens.jar_samples import JAR, JAR_WALLS, MONEY, SHELF
from kiosk.screens.samples import DIAL, HOME, LIST, SAID_NO, SAMPLES, TAP, TILES, WALL, changed, work_choices
from kiosk.screens.shelf import ToolTile
from kiosk.screens.touchables import Tile, Touchable

from .conftest import Finger, Play

Put = Callable[..., Play]


def choices_of(face: Face) -> list[Choice]:
    """All that can be touched on a face."""
    fields = [getattr(face, name, ()) for name in ("choices", "tiles", "extra", "rows", "work")]
    single = [choice for choice in (getattr(face, "book", None), getattr(face, "undo", None)) if choice is not None]
    return [*(choice for some in fields for choice in some), *single]


def targets(play: Play) -> list[Any]:
    return [each for each in pictures.seen(play.stage) if isinstance(each, Touchable) and each.touched is not None]


COVERED = {"ill-slow"} | {name for name in SAMPLES if "said" in name}
"""Something is said over them, and it is that which is touched."""

QUIET = [name for name, face in SAMPLES.items() if name not in COVERED and not isinstance(face, TypeFace)]


LYING, STANDING = (800, 480), (720, 1280)


# Standing only some: the touching is the same there, and that all fits is measured elsewhere.
@pytest.mark.parametrize(("names", "size"), [(QUIET, LYING), (QUIET[::4], STANDING)], ids=["lying", "standing"])
def test_every_choice_says_its_key(names: list[str], size: tuple[int, int], play: Put, finger: Finger) -> None:
    """A tile that does nothing, or something else than what stands on it."""
    now = play(SAMPLES[names[0]], size)
    wrong = {}
    for name in names:
        face = SAMPLES[name]
        now.show(face)
        now.settle()
        now.said.clear()
        for target in targets(now):
            finger.tap_on(target)
        said = {touch.value for touch in now.said if touch.verb == "choose"}
        able = {choice.key for choice in choices_of(face) if getattr(choice, "able", True)}
        unable = {choice.key for choice in choices_of(face)} - able
        hidden = {choice.key for choice in face.work[8:-1]} if isinstance(face, WallFace) else set()
        if not able - hidden <= said or unable & said:
            wrong[name] = (able - hidden - said, unable & said)
    assert wrong == {}


def test_lines_and_notices_say_their_keys(play: Put, finger: Finger) -> None:
    """One could not open an entry or a notice."""
    hung = SAMPLES["wall-own-work"]
    rows = ((JAR, ProposalTile), (SHELF, ToolTile))
    for face, kind in ((LIST, LineTile), (SAMPLES["board"], HangingTile), (hung, HangingTile), *rows):
        now = play(face, (1920, 1080))
        shown = [each for each in targets(now) if isinstance(each, kind)]
        for target in shown:
            finger.tap_on(target)
        assert len({touch.value for touch in now.said}) == len(shown) > 1
        assert all(touch.value.startswith(("entry:", "notice:", "project:", "tool:")) for touch in now.said)


def test_the_ways_out(play: Put, finger: Finger) -> None:
    """Somebody would be caught in an errand."""
    now = play(TAP)
    finger.tap_on(now.stage.screen.around.ids.back)
    finger.tap_on(now.stage.screen.around.ids.home)
    assert now.said == [Touch("back"), Touch("home")]


def test_where_there_is_no_way_out_nothing_is_said(play: Put, finger: Finger) -> None:
    """A touch on empty paper would end a visit."""
    now = play(changed(TAP, back=False, leave=False))
    around = now.stage.screen.around
    finger.tap(760, 440)
    finger.tap_on(around.ids.home)
    assert {touch.verb for touch in now.said} <= {"stay"}


def test_the_last_seconds_are_seen_even_without_a_way_out(play: Put) -> None:
    """The screen would go home with no warning."""
    for leave in (True, False):
        around = play(changed(TAP, leave=leave, seconds_left=4)).stage.screen.around
        assert around.ids.home.ids.number.text == "4"
        assert around.ids.home.opacity == 1
        assert around.ids.seconds.width == pytest.approx(800 * 4 / 5)


def test_a_touch_beside_everything_says_that_somebody_is_here(play: Put, finger: Finger) -> None:
    """A visit would end under the hands of someone who is reading."""
    now = play(TAP)
    finger.tap(30, 30)
    assert now.said == [Touch("stay")]


def test_a_touch_on_the_empty_wall_says_nothing(play: Put, finger: Finger) -> None:
    """Leaning on the wall would begin a visit."""
    now = play(WALL)
    finger.tap(5, 5)
    assert now.said == []


def test_a_screen_that_has_just_appeared_takes_no_touch(play: Put, finger: Finger) -> None:
    """A finger meant for the screen before would choose on this one."""
    now = play(TILES)
    tile = now.stage.screen.tiles[0]
    now.show(HOME)
    finger.tap_on(tile)
    assert now.said == []
    now.settle()
    finger.tap_on(now.stage.screen.tiles[0])
    assert now.said == [Touch("choose", "swap")]


def test_the_next_page_is_another_screen_to_a_finger(play: Put, finger: Finger) -> None:
    """A second, hasty touch on "more" would choose whoever comes to lie there."""
    now = play(TILES)
    now.show(changed(TILES, choices=work_choices("knitting")[1:]))
    finger.tap_on(now.stage.screen.tiles[0])
    assert now.said == []


def test_a_countdown_does_not_make_a_screen_new(play: Put, finger: Finger) -> None:
    """In the last five seconds no touch would be heard."""
    now = play(HOME)
    now.show(changed(HOME, seconds_left=5))
    finger.tap_on(now.stage.screen.tiles[0])
    assert now.said == [Touch("choose", "swap")]


def test_a_finger_that_slides_off_means_nothing(play: Put, finger: Finger) -> None:
    """One could not think again."""
    now = play(HOME)
    tile = now.stage.screen.tiles[0]
    finger.move(*tile.center, 700, 100)
    assert now.said == []
    assert not tile.pressed


def test_a_finger_on_a_screen_that_goes_means_nothing(play: Put, finger: Finger) -> None:
    """The touch would be said by a screen that nobody sees any more."""
    now = play(HOME)
    touch = finger.press(*now.stage.screen.tiles[0].center)
    now.show(TAP)
    touch.touch_up()
    assert [each for each in now.said if each.verb == "choose"] == []


def test_a_sheet_takes_the_touch(play: Put, finger: Finger) -> None:
    """Reading a sentence away would choose what lies under it."""
    now = play(changed(HOME, said=SAID_NO))
    finger.tap_on(now.stage.screen.tiles[0])
    assert now.said == [Touch("stay")]
    now.show(HOME)
    finger.tap_on(now.stage.screen.tiles[0])
    assert now.said[-1] == Touch("choose", "swap")


def test_minus_and_plus(play: Put, finger: Finger) -> None:
    """The amount could not be set, or not beyond what is allowed."""
    now = play(DIAL)
    finger.tap_on(now.stage.screen.ids.less)
    finger.tap_on(now.stage.screen.ids.more)
    assert now.said == [Touch("turn", "-15"), Touch("turn", "15")]
    now.show(msgspec.structs.replace(DIAL, more=False, amount="12 h"))
    finger.tap_on(now.stage.screen.ids.more)
    assert now.said[2:] == [Touch("stay")]


def test_a_finger_that_rests_on_plus_counts_on(play: Put, finger: Finger) -> None:
    """Twelve hours would be forty-eight touches."""
    now = play(DIAL)
    touch = finger.press(*now.stage.screen.ids.more.center)
    until = time.monotonic() + BEFORE_REPEAT + 2.5 * BETWEEN
    while time.monotonic() < until:
        pictures.turn()
    touch.touch_up()
    heard = len(now.said)
    assert heard >= 3
    pictures.turn(10)
    assert len(now.said) == heard


def test_pages_are_turned(play: Put, finger: Finger) -> None:
    """Whoever is on the second page could not be chosen."""
    now = play(LIST)
    turner = now.stage.screen.ids.turner
    finger.tap_on(turner.ids.later)
    finger.tap_on(turner.ids.earlier)
    assert now.said == [Touch("choose", "page:1"), Touch("choose", "page:-1")]
    now.show(msgspec.structs.replace(LIST, page=(3, 3)))
    now.settle()
    finger.tap_on(turner.ids.later)
    assert now.said[2:] == [Touch("stay")]


WALLS = [name for name, face in SAMPLES.items() if isinstance(face, WallFace) and face.report is None]
"""But for those that show a page of a report for twenty seconds."""


@pytest.mark.parametrize("name", WALLS)
def test_every_kind_of_work_is_on_the_large_wall(name: str, play: Put) -> None:
    """On a large wall nobody could begin a lesson by touch, and nothing would say that it is left out."""
    face = SAMPLES[name]
    assert isinstance(face, WallFace)
    now = play(face, (1920, 1080))
    shown = [tile.choice.key for tile in now.stage.screen.work if tile.opacity]
    left_out = {choice.key for choice in face.work} - set(shown)
    assert not left_out or (len(shown) == 9 and "work:other" in shown)


def test_more_kinds_of_work_than_fit_keep_something_else(play: Put) -> None:
    """With twelve kinds nobody could book the thirteenth from the wall."""
    now = play(changed(WALL, work=work_choices("beekeeping", "knitting", "brewing")))
    shown = [tile.choice.key for tile in now.stage.screen.work]
    assert len(shown) == 9
    assert shown[-1] == "work:other"


def test_what_is_not_possible_says_why_and_does_nothing(play: Put, finger: Finger) -> None:
    """A dead button would look broken."""
    now = play(SAMPLES["tiles-unable"])
    tile = now.stage.screen.tiles[0]
    finger.tap_on(tile)
    assert now.said == [Touch("stay")]
    hints = [each.text for each in tile.walk() if getattr(each, "text", "")]
    assert "your clock runs" in hints
    assert isinstance(tile, Tile)


# --- the jar --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [(800, 480), (720, 1280), (1920, 1080)], ids=["lying", "standing", "large"])
def test_a_touch_on_the_jar_opens_it(size: tuple[int, int], play: Put, finger: Finger) -> None:
    """Nobody could propose anything from the wall."""
    now = play(SAMPLES["wall-jar"], size)
    finger.tap_on(now.stage.screen.ids.jar if size[0] == 1920 else now.stage.screen.ids.jar_line)
    assert now.said == [Touch("choose", "jar")]


def test_a_jar_that_opens_nothing_is_no_button(play: Put, finger: Finger) -> None:
    """A card that gives way under a finger and then does nothing."""
    jar = msgspec.structs.replace(JAR_WALLS["wall-jar"][1]["jar"], key="")
    now = play(changed(WALL, jar=jar))
    finger.tap_on(now.stage.screen.ids.jar_line)
    assert now.said == []


def test_money_goes_up_and_down_by_its_steps(play: Put, finger: Finger) -> None:
    """€ 12.50 could not be made € 12, or not € 17.50."""
    now = play(MONEY)
    for step in now.stage.screen.steps:
        finger.tap_on(step)
    assert [touch.value for touch in now.said] == ["-500", "-50", "50", "500"]
    assert {touch.verb for touch in now.said} == {"turn"}


def typed_on(now: Play, finger: Finger, keys: str) -> list[str]:
    """What is said when so many keys of the pad are touched; < is the one that takes back."""
    caps = {cap.does: cap for cap in now.stage.screen.caps}
    before = len(now.said)
    for key in keys.replace("00", "H"):
        finger.tap_on(caps[{"<": "rubout", "H": "00"}.get(key, key)])
    return [touch.value for touch in now.said[before:] if touch.verb == "type"]


def test_an_amount_is_typed_digit_by_digit(play: Put, finger: Finger) -> None:
    """€ 240 in steps of five would be forty-eight touches."""
    now = play(msgspec.structs.replace(MONEY, digits="", amount="€ 0.00"))
    assert typed_on(now, finger, "02400<") == ["2", "24", "2400", "240"]
    assert [touch.verb for touch in now.said][:1] == ["stay"]  # a zero at the beginning is no amount


def test_what_the_kiosk_answers_late_does_not_take_digits_back(play: Put, finger: Finger) -> None:
    """Whoever types fast would find the last digit gone."""
    now = play(msgspec.structs.replace(MONEY, digits="", amount="€ 0.00"))
    assert typed_on(now, finger, "12") == ["1", "12"]
    now.show(msgspec.structs.replace(MONEY, digits="1", amount="€ 0.01"))
    assert typed_on(now, finger, "3") == ["123"]
    now.show(msgspec.structs.replace(MONEY, digits="500", amount="€ 5.00"))  # somebody's step up
    assert typed_on(now, finger, "0") == ["5000"]


def test_more_digits_than_there_is_money_are_not_taken(play: Put, finger: Finger) -> None:
    """A cat on the pad would make a jar of ten million."""
    now = play(msgspec.structs.replace(MONEY, digits="9876543", amount="€ 98,765.43"))
    assert typed_on(now, finger, "1") == []
    assert now.said == [Touch("stay")]


def test_a_real_keyboard_types_an_amount_too(play: Put) -> None:
    """Whoever cannot use the screen could not put money in."""
    now = play(SAMPLES["money-book"])
    now.stage.typed("7")
    now.stage.typed("x")
    now.stage.key("backspace")
    now.stage.key("enter")
    assert now.said == [Touch("type", "12507"), Touch("type", "1250"), Touch("choose", "take")]
