"""Codes held to the scanner: each is read once and whole, whatever the scanner puts behind it."""

import itertools
import threading
import unicodedata
from collections.abc import Iterator, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hardware.code_scanner import LONGEST_CODE, CodeReadings, CodeScanner, Reading, text_of
from hardware.plugged import LineTiming
from hardware.pretend.ear import Ear
from hardware.pretend.scanner import PretendScanner
from hardware.signals import CodeScanned, CodeUnreadable, DeviceState

SOON = LineTiming(first_retry=0.05, longest_retry=0.2, look_every=0.05)
LONG_AFTER = 100.0


def said(readings: Sequence[Reading]) -> list[str]:
    """Readings in short: the text, or "!" and why there is none."""
    return [f"!{reading.why}" if reading.why else reading.text for reading in readings]


def readings_of(*chunks: bytes, opened: float = -10.0) -> list[str]:
    """What these bytes say, read one chunk after another, with silence behind the last."""
    lines = CodeReadings()
    lines.opened(opened)
    found: list[Reading] = []
    for chunk in chunks:
        found += lines.feed(chunk, 0.0)
    return said(found + lines.tick(LONG_AFTER))


@pytest.mark.parametrize("end", [b"\r", b"\n", b"\r\n", b""], ids=["CR", "LF", "CRLF", "silence"])
def test_behaviour_18_a_code_ends_as_its_scanner_ends_it(end: bytes) -> None:
    """Behaviour 18: nobody has to configure the scanner first."""
    assert readings_of(b"tool:hammer" + end) == ["tool:hammer"]


@pytest.mark.parametrize(
    ("chunks", "texts"),
    [
        ([b"one\rtwo\r"], ["one", "two"]),
        ([b"one\r\ntwo\r\n"], ["one", "two"]),
        ([b"one\r", b"\ntwo\r", b"\n"], ["one", "two"]),
        ([b"o", b"n", b"e", b"\r"], ["one"]),
        ([b"one\rtw", b"o\r"], ["one", "two"]),
        ([b"\r\n\r\n\r"], []),
        ([b"   \r"], []),
        ([], []),
    ],
)
def test_behaviour_18_codes_glued_and_codes_in_pieces_are_told_apart(chunks: list[bytes], texts: list[str]) -> None:
    """Behaviour 18: two codes are never one long one, one code is never ten short ones."""
    assert readings_of(*chunks) == texts


def test_behaviour_18_a_code_without_an_end_is_bounded_and_the_next_one_is_read() -> None:
    """Behaviour 18: 4 kB of nonsense is said once, kept nowhere, and over at the next end."""
    lines = CodeReadings()
    lines.opened(-10.0)
    found: list[Reading] = []
    for _ in range(64):
        found += lines.feed(b"x" * 64, 0.0)
        assert lines.waiting <= LONGEST_CODE
    found += lines.feed(b"x\rnext\r", 0.0)
    assert said(found) == ["!too long", "next"]


def test_a_code_without_an_end_is_also_over_when_silence_follows() -> None:
    """A scanner that ends codes by silence is not deaf after one that is too long."""
    lines = CodeReadings()
    lines.opened(-10.0)
    found = lines.feed(b"x" * (LONGEST_CODE + 1), 0.0) + lines.tick(0.2) + lines.feed(b"next\r", 0.3)
    assert said(found) == ["!too long", "next"]


def test_the_longest_code_is_read_and_one_byte_more_is_not() -> None:
    assert readings_of(b"x" * LONGEST_CODE + b"\r") == ["x" * LONGEST_CODE]
    assert readings_of(b"x" * (LONGEST_CODE + 1) + b"\r") == ["!too long"]


@pytest.mark.parametrize(
    ("code", "text"),
    [
        (b"\xef\xbb\xbfABC", "ABC"),
        (b"]Q1ABC", "ABC"),
        (b"]C0ABC", "ABC"),
        (b"]Q1\xef\xbb\xbfABC", "ABC"),
        (b"\xef\xbb\xbf]Q1ABC", "ABC"),
        (b"A]Q1BC", "A]Q1BC"),
        (b"]]ABC", "]]ABC"),
        (b"]ABC", "]ABC"),
        (b"x]Q1", "x]Q1"),
        (b"]]Q1", "]]Q1"),
        (b"\x06ABC\x15", "ABC"),
        (b"A\x00B\x00C", "ABC"),
        ("u\u0308".encode(), "ü"),
        ("גלגל".encode(), "גלגל"),
        (b"[b]bold[/b] [ref=x]", "[b]bold[/b] [ref=x]"),
        (b"$(rm -rf /); ../../etc", "$(rm -rf /); ../../etc"),
    ],
)
def test_behaviour_20_what_scanners_add_is_taken_off_and_the_rest_is_only_text(code: bytes, text: str) -> None:
    """Behaviour 20: a member's card works with and without the scanner's own marks; hostile words stay words."""
    assert text_of(code) == text


@pytest.mark.parametrize(
    "code",
    [
        b"\xff\xfeABC",
        b"ABC\xc3",
        b"A\x1bBC",
        b"A\tBC",
        b"A\x7fBC",
        "A\u0085BC".encode(),
        "A\u202eBC".encode(),
        "A\u2066BC".encode(),
        "A\u200fBC".encode(),
        "A\u2028BC".encode(),
        "A\ufeffBC".encode(),
        b"\xed\xa0\x80",
    ],
)
def test_behaviour_20_bytes_that_are_no_honest_text_are_unreadable(code: bytes) -> None:
    """Behaviour 20: nothing that moves a cursor, or turns words around, reaches a screen."""
    assert readings_of(code + b"\rnext\r") == ["!not text", "next"]


def test_a_code_of_nothing_but_marks_is_no_code() -> None:
    assert readings_of(b"\x06\r]Q1\r\x00\x00\r\xef\xbb\xbf\r") == []


def test_behaviour_19_a_code_held_there_for_five_seconds_is_one() -> None:
    """Behaviour 19: in continuous mode the scanner sends it again and again; it is booked once."""
    lines = CodeReadings()
    lines.opened(-10.0)
    found: list[Reading] = []
    for number in range(50):
        found += lines.feed(b"A\r", number * 0.1)
    assert said(found) == ["A"]


def test_behaviour_19_the_guard_counts_from_the_last_sighting() -> None:
    lines = CodeReadings(repeat_guard=2.0)
    lines.opened(-10.0)
    moments = [0.0, 1.9, 3.8, 5.9]
    found = [reading for moment in moments for reading in lines.feed(b"A\r", moment)]
    assert [(reading.text, reading.at) for reading in found] == [("A", 0.0), ("A", 5.9)]


def test_behaviour_19_another_code_in_between_makes_it_new() -> None:
    """Behaviour 19: borrowing the hammer, the saw, the hammer is three things."""
    assert readings_of(b"A\rB\rA\r") == ["A", "B", "A"]


def test_nonsense_held_there_is_complained_of_once() -> None:
    assert readings_of(b"\xff\r\xff\r\xff\r") == ["!not text"]


def test_what_comes_while_the_scanner_powers_up_is_ignored() -> None:
    """A scanner greets, and a line rattles; neither is a code."""
    lines = CodeReadings(settle=1.0)
    lines.opened(5.0)
    found = lines.feed(b"V1.2 ready\r", 5.5) + lines.feed(b"half of a co", 5.9) + lines.feed(b"de\r", 6.1)
    found += lines.feed(b"whole\r", 6.2)
    assert said(found) == ["whole"]


def test_a_code_carries_the_moment_of_its_last_byte_not_of_the_silence_behind_it() -> None:
    lines = CodeReadings(suffix_silence=0.08)
    lines.opened(-10.0)
    lines.feed(b"A", 1.0)
    lines.feed(b"B", 1.05)
    assert lines.tick(1.12) == []
    assert lines.tick(1.14) == [Reading("AB", "", 1.05)]
    assert lines.tick(1.3) == []


def test_what_was_half_heard_when_the_line_was_lost_is_no_code() -> None:
    lines = CodeReadings(settle=0.0)
    lines.opened(0.0)
    lines.feed(b"hal", 1.0)
    assert said(lines.closed(1.1)) == ["!cut off"]
    lines.opened(2.0)
    assert said(lines.feed(b"next\r", 3.0)) == ["next"]
    assert lines.closed(4.0) == []


@given(st.binary(max_size=1500), st.lists(st.integers(0, 1500), max_size=12))
@settings(deadline=None)
def test_it_does_not_matter_in_what_pieces_the_line_brings_it(data: bytes, cuts: list[int]) -> None:
    edges = [0, *sorted(min(cut, len(data)) for cut in cuts), len(data)]
    chunks = [data[start:end] for start, end in itertools.pairwise(edges)]
    assert readings_of(*chunks) == readings_of(data)


@given(st.binary(max_size=200))
@settings(deadline=None)
def test_behaviour_20_no_bytes_at_all_get_a_control_character_through(data: bytes) -> None:
    for text in readings_of(data):
        assert text == unicodedata.normalize("NFC", text)
        assert not any(unicodedata.category(character) == "Cc" for character in text)


# -- on the wire


@pytest.fixture
def wire() -> Iterator[PretendScanner]:
    with PretendScanner() as wire:
        yield wire


@pytest.fixture
def ear() -> Ear:
    return Ear()


@pytest.fixture
def scanner(wire: PretendScanner, ear: Ear) -> Iterator[CodeScanner]:
    scanner = CodeScanner(wire.path, settle=0.0, line_timing=SOON)
    scanner.start(ear)
    ear.wait_for_state(DeviceState.READY)
    yield scanner
    scanner.stop()


def test_codes_come_through_the_wire_in_order(scanner: CodeScanner, wire: PretendScanner, ear: Ear) -> None:
    wire.scan("one")
    wire.scan("two", end="\r\n")
    wire.scan("three", end="")
    ear.wait_for(CodeScanned, 3)
    assert [code.text for code in ear.all(CodeScanned)] == ["one", "two", "three"]
    assert ear.all(CodeScanned)[0].device == "code scanner"


def test_an_unreadable_code_is_said_and_counted(scanner: CodeScanner, wire: PretendScanner, ear: Ear) -> None:
    wire.raw(b"\xff\xff\r")
    assert ear.wait_for(CodeUnreadable).why == "not text"
    assert scanner.status().errors == 1
    wire.raw(b"x" * 4096)
    assert ear.wait_for(CodeUnreadable, 2).why == "too long"
    wire.scan("\rnext")
    assert ear.wait_for(CodeScanned).text == "next"


def test_what_a_scanner_says_while_it_powers_up_is_not_heard(wire: PretendScanner, ear: Ear) -> None:
    scanner = CodeScanner(wire.path, settle=600.0, line_timing=SOON)
    scanner.start(ear)
    ear.wait_for_state(DeviceState.READY)
    wire.raw(b"GM65 ready\r\xff\r")
    wire.unplug()
    ear.wait_for_state(DeviceState.LOST)
    scanner.stop()
    assert ear.all(CodeScanned) == []
    assert ear.all(CodeUnreadable) == []


def test_stopping_does_not_wait_for_a_code(wire: PretendScanner, ear: Ear) -> None:
    """The kiosk ends when it is told to, also while it listens."""
    scanner = CodeScanner(wire.path, name="patient scanner", suffix_silence=600.0, line_timing=SOON)
    scanner.start(ear)
    ear.wait_for_state(DeviceState.READY)
    scanner.stop()
    assert "patient scanner" not in [thread.name for thread in threading.enumerate()]
