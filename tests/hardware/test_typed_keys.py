"""What a scanner types that pretends to be a keyboard: each character right, no half code a whole one."""

import itertools
import string
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hardware.code_scanner import LONGEST_CODE, text_of
from hardware.pretend.keyboard import pressed, stroke, typing
from hardware.typed_keys import GAP, PAUSE, EventParser, KeyEvent, Typed, Typist, event_bytes

FAST = 0.008
LONG_AFTER = 1_000.0

printable = st.text(st.characters(min_codepoint=0x20, max_codepoint=0x7E), max_size=60)

# By their numbers in linux/input-event-codes.h, written down here again.
LEFT_SHIFT, RIGHT_SHIFT, CAPS, NUM_LOCK, LEFT_CTRL, RIGHT_ALT, ENTER, KEYPAD_ENTER = 42, 54, 58, 69, 29, 100, 28, 96


def said(typed: Sequence[Typed]) -> list[str]:
    """In short: the text, or "!" and why there is none."""
    return [f"!{each.why}" if each.why else each.text for each in typed]


def heard(*groups: Sequence[KeyEvent]) -> list[str]:
    """What these events say, with a long silence behind them."""
    typist = Typist()
    typist.opened(0.0)
    return said([*typist.feed(itertools.chain(*groups)), *typist.tick(LONG_AFTER)])


def keys(*codes: int, at: float = 1.0) -> list[KeyEvent]:
    """Keys one after another, fast. A negative one is held down from there on; said again, it comes up."""
    events: list[KeyEvent] = []
    held: set[int] = set()
    for place, code in enumerate(codes):
        moment = at + place * FAST
        if code > 0:
            events += stroke(code, moment)
        else:
            events += pressed(-code, moment, down=-code not in held)
            held ^= {-code}
    return events


# -- which character it is

ROWS = (
    ((2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13), "1234567890-=", "!@#$%^&*()_+"),
    ((16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27), "qwertyuiop[]", "QWERTYUIOP{}"),
    ((30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41), "asdfghjkl;'`", 'ASDFGHJKL:"~'),
    ((43, 44, 45, 46, 47, 48, 49, 50, 51, 52, 53, 57), "\\zxcvbnm,./ ", "|ZXCVBNM<>? "),
)


@pytest.mark.parametrize("shift", [LEFT_SHIFT, RIGHT_SHIFT])
@pytest.mark.parametrize(("codes", "plain", "shifted"), ROWS)
def test_behaviour_21_each_key_writes_its_own_sign_with_and_without_shift(
    codes: tuple[int, ...], plain: str, shifted: str, shift: int
) -> None:
    """Behaviour 21: "$" is Shift and 4; without it a card's code is another card's (barcode-server#73)."""
    typed = keys(*codes, -shift, *codes, -shift, *codes, ENTER)
    assert heard(typed) == [text_of((plain + shifted + plain).encode())]


def test_the_keypad_writes_its_digits() -> None:
    digits = (82, 79, 80, 81, 75, 76, 77, 71, 72, 73)
    assert heard(keys(*digits, KEYPAD_ENTER)) == ["0123456789"]
    assert heard(keys(NUM_LOCK, *digits, NUM_LOCK, 55, 98, 74, 78, 83, 117, ENTER)) == ["0123456789*/-+.="]


def test_caps_lock_counts_as_the_scanner_presses_it() -> None:
    """Some scanners write capitals that way: on, the letters, off. It changes letters alone."""
    assert heard(keys(CAPS, 30, 48, 3, CAPS, 46, ENTER)) == ["AB2c"]
    assert heard(keys(CAPS, -LEFT_SHIFT, 30, 3, -LEFT_SHIFT, 48, ENTER, CAPS, 46, ENTER)) == ["a@B", "c"]


def test_caps_lock_that_was_never_taken_back_does_not_turn_the_next_code_around() -> None:
    assert heard(keys(CAPS, 30, ENTER), keys(48, ENTER, at=5.0)) == ["A", "b"]


def test_a_key_that_is_held_is_one_character() -> None:
    again = [KeyEvent(1.02, 1, 30, 2)] * 5
    shift = [*pressed(LEFT_SHIFT, 0.9), KeyEvent(0.95, 1, LEFT_SHIFT, 2)]
    assert heard(shift, keys(30, -48, ENTER, at=0.96)) == ["AB"]
    assert heard(pressed(30, 1.0), again, pressed(30, 1.03, down=False), keys(48, ENTER, at=1.04)) == ["ab"]


@pytest.mark.parametrize("odd", [(59,), (105,), (15,), (-LEFT_CTRL, 46, -LEFT_CTRL), (-RIGHT_ALT, 16, -RIGHT_ALT)])
def test_what_a_keyboard_cannot_write_makes_the_code_unreadable_and_not_another(odd: tuple[int, ...]) -> None:
    """Scanners write an ü as Alt and a number, and a tab as a key: without this the code would be another one."""
    assert heard(keys(30, *odd, 48, ENTER), keys(46, ENTER, at=1.3)) == ["!not text", "c"]


@given(printable, st.lists(st.integers(0, 20_000), max_size=12))
@settings(deadline=None)
def test_behaviour_21_any_text_comes_out_as_it_was_typed_in_whatever_pieces_it_is_read(
    text: str, cuts: list[int]
) -> None:
    """Behaviour 21: half an event at the end of a read is no reason to read a different code."""
    wire = b"".join(map(event_bytes, typing(text + "\n", 1.0)))
    edges = [0, *sorted(min(cut, len(wire)) for cut in cuts), len(wire)]
    parser, typist = EventParser(), Typist()
    typist.opened(0.0)
    found: list[Typed] = []
    for start, end in itertools.pairwise(edges):
        found += typist.feed(parser.feed(wire[start:end]))
    assert said(found) == ([text] if text else [])


# -- what is a code at all


def test_codes_behind_one_another_are_told_apart() -> None:
    assert heard(typing("one\ntwo\n\n\n", 1.0)) == ["one", "two"]


@given(
    st.lists(st.tuples(st.sampled_from(string.ascii_lowercase + "\n"), st.floats(GAP + 0.001, 3.0)), max_size=30)
)
@settings(deadline=None)
def test_behaviour_21_what_a_person_types_never_becomes_a_code(strokes: list[tuple[str, float]]) -> None:
    """Behaviour 21: somebody who writes on the wrong keyboard borrows no tool."""
    at, events = 10.0, list[KeyEvent]()
    for sign, gap in strokes:
        at += gap
        events += typing(sign, at)
    assert all(each.startswith("!") for each in heard(events))


@given(printable, printable, st.floats(GAP + 0.001, PAUSE - 0.1))
@settings(deadline=None)
def test_no_half_of_a_code_is_a_code(one: str, other: str, gap: float) -> None:
    """A scanner that falters in the middle of ten digits would otherwise type the number of another badge."""
    begun = 1.0 + FAST * max(0, len(one) - 1)
    found = heard(typing(one, 1.0), typing(other + "\n", begun + gap), typing("next\n", begun + gap + 2.0))
    assert found == (["!cut off"] if one else [other] if other else []) + ["next"]


def test_after_a_pause_a_new_code_begins_whatever_was_left_behind() -> None:
    """Somebody leans on a key, and the next card works."""
    typist = Typist()
    typist.opened(0.0)
    assert said(typist.feed(typing("x", 1.0))) == []
    assert said(typist.tick(1.05)) == []
    assert said(typist.tick(1.2)) == ["!cut off"]
    assert typist.waiting == 0
    assert said(typist.feed(typing("card\n", 1.0 + PAUSE + 0.01))) == ["card"]
    assert said(typist.feed(typing("x", 20.0) + typing("card\n", 30.0))) == ["!cut off", "card"]


def test_a_code_that_is_fetched_late_is_whole() -> None:
    """A busy machine fetches all of it at once, much later: what counts is when it was typed."""
    typist = Typist()
    typist.opened(0.0)
    assert said(typist.tick(50.0)) == []
    assert said(typist.feed(typing("hammer\n", 10.0) + typing("saw\n", 20.0))) == ["hammer", "saw"]


def test_what_is_typed_while_it_is_plugged_in_is_noise() -> None:
    typist = Typist()
    typist.opened(5.0, settle=1.0)
    assert said(typist.feed(typing("V1.2 ready\n", 5.1))) == []
    found = typist.feed(typing("lf a code\n", 5.2) + typing("hello", 5.9) + typing("world\n", 5.99))
    assert said(found) == []
    assert said(typist.feed(typing("card\n", 6.2))) == ["card"]


def test_a_code_without_an_end_is_bounded_and_the_next_one_is_read() -> None:
    typist = Typist()
    typist.opened(0.0)
    found: list[Typed] = []
    for event in typing("x" * 3000 + "\n" + "y" * LONGEST_CODE + "\nnext\n", 1.0, pace=0.001):
        found += typist.feed([event])
        assert typist.waiting <= LONGEST_CODE
    assert said(found) == ["!too long", "y" * LONGEST_CODE, "next"]


def test_where_the_kernel_had_to_drop_keys_the_code_is_dropped_and_said_so() -> None:
    """What is left of two codes, one behind the other, would be a third."""
    lost = [KeyEvent(1.1, 0, 3, 0), *stroke(30, 1.1), KeyEvent(1.1, 0, 0, 0)]
    found = heard(typing("12345", 1.0), lost, typing("67890\n", 1.11), typing("next\n", 1.3))
    assert found == ["!cut off", "next"]


def test_keys_of_which_the_end_was_dropped_are_not_held_for_ever() -> None:
    held = keys(-LEFT_SHIFT, -LEFT_CTRL, 30)
    lost = [KeyEvent(1.1, 0, 3, 0), KeyEvent(1.1, 0, 0, 0)]
    assert heard(held, lost, typing("abc\n", 3.0)) == ["!cut off", "abc"]


def test_half_a_code_is_none_when_the_device_is_gone() -> None:
    typist = Typist()
    typist.opened(0.0)
    assert said(typist.feed(typing("12345", 1.0))) == []
    assert said(typist.closed(1.1)) == ["!cut off"]
    typist.opened(2.0)
    assert said(typist.feed(typing("67890\n", 3.0))) == ["67890"]
    assert typist.closed(4.0) == []
