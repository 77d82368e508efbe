"""Writing, on the screen and on real keys."""

from collections.abc import Callable
from typing import Any

import msgspec
import pytest

from kiosk.faces import Touch, TypeFace
from kiosk.screens import keys, pictures
from kiosk.screens.keyboard import KeyCap
from kiosk.screens.samples import SAMPLES, TYPE

from .conftest import Finger, Play

Put = Callable[..., Play]


def cap(now: Play, shown: str) -> Any:
    """The key on which this stands."""
    for each in now.stage.screen.caps:
        if each.ids.letter.text == shown or (isinstance(each, KeyCap) and each.does == shown):
            return each
    raise AssertionError(f"no key {shown!r}")


def write(now: Play, finger: Finger, *shown: str) -> str:
    for each in shown:
        finger.tap_on(cap(now, each))
        texts = [touch.value for touch in now.said if touch.verb == "type"]
        if texts:
            now.show(msgspec.structs.replace(now.stage.face, text=texts[-1]))
    return now.stage.screen.text


@pytest.mark.parametrize("size", [(800, 480), (720, 1280)], ids=["lying", "standing"])
def test_letters_become_the_text(size: tuple[int, int], play: Put, finger: Finger) -> None:
    """Nobody could write their name."""
    now = play(TYPE, size)
    assert write(now, finger, keys.SHIFT, "J", "o", keys.BLANK, "h", "i") == "Jo hi"
    assert [touch.value for touch in now.said if touch.verb == "type"] == ["J", "Jo", "Jo ", "Jo h", "Jo hi"]


def test_figures_and_accents(play: Put, finger: Finger) -> None:
    """Łucja could not write her name, nor anyone a time."""
    now = play(TYPE)
    assert (
        write(now, finger, keys.TURN, "9", keys.TURN, keys.ACCENTS, "ł", "u", keys.ACCENTS, keys.ACCENTS, "ż")
        == "9łuż"
    )


def test_shift_reaches_the_accents(play: Put, finger: Finger) -> None:
    """Łucja would be łucja."""
    assert write(play(TYPE), finger, keys.SHIFT, keys.ACCENTS, "Ł", "u") == "Łu"


def test_rubout_takes_the_last_letter(play: Put, finger: Finger) -> None:
    """A slip of the finger would stay."""
    now = play(msgspec.structs.replace(TYPE, text="Jox"))
    assert write(now, finger, keys.RUBOUT) == "Jo"
    assert write(now, finger, keys.RUBOUT, keys.RUBOUT, keys.RUBOUT) == ""


def test_no_letter_beyond_the_longest(play: Put, finger: Finger) -> None:
    """The rules would refuse what the screen let someone write."""
    now = play(msgspec.structs.replace(TYPE, text="Jo", longest=3))
    assert write(now, finger, "a", "b") == "Joa"


def test_a_name_begins_with_a_capital(play: Put) -> None:
    """Everyone would have to look for shift first."""
    now = play(msgspec.structs.replace(SAMPLES["type-name"], text=""))
    assert now.stage.screen.shift
    assert not play(TYPE).stage.screen.shift


def test_a_fast_writer_loses_no_letter(play: Put, finger: Finger) -> None:
    """A face that comes late, with the text of two letters ago, would undo what was typed since."""
    now = play(TYPE)
    for letter in "abc":
        finger.tap_on(cap(now, letter))
    now.show(msgspec.structs.replace(TYPE, text="a"))
    finger.tap_on(cap(now, "d"))
    assert now.said[-1] == Touch("type", "abcd")
    for text in ("ab", "abc", "abcd"):
        now.show(msgspec.structs.replace(TYPE, text=text))
    assert now.stage.screen.text == "abcd"


def test_a_text_changed_by_the_kiosk_is_taken_over(play: Put, finger: Finger) -> None:
    """The screen would go on with a text that is no longer true."""
    now = play(TYPE)
    finger.tap_on(cap(now, "a"))
    now.show(msgspec.structs.replace(TYPE, text="something else"))
    assert now.stage.screen.text == "something else"


def test_done_is_said_only_when_ready(play: Put, finger: Finger) -> None:
    """An empty name could be given."""
    now = play(TYPE)
    finger.tap_on(now.stage.screen.ids.done)
    now.stage.key("enter")
    assert Touch("choose", "typed") not in now.said
    now.show(msgspec.structs.replace(TYPE, text="a", ready=True))
    finger.tap_on(now.stage.screen.ids.done)
    now.stage.key("enter")
    assert now.said[-2:] == [Touch("choose", "typed")] * 2


def test_a_real_keyboard_writes_too(play: Put) -> None:
    """Whoever has a keyboard would have to use the screen."""
    now = play(TYPE)
    now.stage.typed("H")
    now.stage.typed("é")
    now.stage.key("backspace")
    assert now.said == [Touch("type", "H"), Touch("type", "Hé"), Touch("type", "H")]


def test_another_question_begins_with_letters(play: Put, finger: Finger) -> None:
    """The next field would begin on the page of figures."""
    now = play(TYPE)
    finger.tap_on(cap(now, keys.TURN))
    assert now.stage.screen.page == "figures"
    now.show(msgspec.structs.replace(TYPE, label="And what else?"))
    assert now.stage.screen.page == "letters"


@pytest.mark.parametrize("tall", [False, True])
def test_each_page_has_its_ways_on_and_no_key_twice(tall: bool) -> None:
    """A page without a way back, or a row of keys that does not end at the edge."""
    for page in ("letters", "figures", "accents", "more accents"):
        does = [key.does for row in keys.layout(page, tall) for key in row]
        assert {keys.TURN, keys.ACCENTS, keys.RUBOUT, keys.BLANK} <= set(does), page
        assert len(does) == len(set(does)), page


def test_the_caret_stands_after_the_last_letter(play: Put) -> None:
    """One would not see where the next letter comes."""
    now = play(msgspec.structs.replace(TYPE, text="Jo"))
    caret, text = now.stage.screen.ids.caret, now.stage.screen.ids.text
    assert text.x < caret.x < text.x + 80
    now.show(msgspec.structs.replace(TYPE, text="Jo and Sara"))
    assert caret.x > text.x + 150
    assert isinstance(now.stage.face, TypeFace)
    assert pictures.measure(now.stage) == []
