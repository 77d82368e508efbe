"""A line that is half open, and a neighbour that was away for very long: late is not lost. `KIOSK_LONG_LINES=1`
plays the whole of it, which takes minutes."""

import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from .conftest import LONG, Moored, link
from .test_two_shops_on_the_wire import eventually, settled

pytestmark = pytest.mark.timeout(1800)

FROZEN = 15.0 if LONG else 4.0
"""Seconds for which a server stands still, its connections open."""

SEGMENTS, LETTERS = (2000, 50) if LONG else (420, 5)
"""Written while nobody hears it: so many segments of so many letters. More than any list of the latest holds."""


@contextmanager
def frozen(moored: Moored) -> Iterator[None]:
    """Its server stands still; nobody is told, as when a cable is pulled somewhere on the way."""
    assert moored.lines is not None
    process = moored.lines.server.pid
    os.kill(process, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(process, signal.SIGCONT)


@pytest.mark.parametrize("still", ["here", "there"])
def test_what_is_written_while_a_line_is_half_open_arrives_once(harbour, still):
    here, there = harbour("Canal Street"), harbour("Mill Lane")
    link(here, there)
    here.open()
    there.open()
    assert here.offer(there, 15)
    eventually(lambda: settled(here, there))
    with frozen(here if still == "here" else there):
        assert here.offer(there, 30)
        assert there.offer(here, 15)
        time.sleep(FROZEN)
        assert there.shore.has(here.shore) == 15, "nothing can have come over a line that stands still"
    eventually(lambda: settled(here, there))
    assert there.shore.has(here.shore) == 15 + 30 - 15


def test_all_that_was_written_while_a_neighbour_was_away_for_long_is_caught_up(harbour):
    here, there = harbour("Canal Street"), harbour("Mill Lane")
    link(here, there, 1000 * 60)
    wrote = time.monotonic()
    for number in range(SEGMENTS):
        here.write(there, LETTERS - 1)
        if number % (SEGMENTS // 20) == 0:
            assert here.offer(there, 15, close=False)
        else:
            here.write(there, 1)
        here.answer(there)
    # No server ran meanwhile: all of it comes out of the record.
    opened = time.monotonic()
    here.open()
    there.open()
    first = there.shore.state.neighbours["Canal Street"].taken
    eventually(lambda: there.shore.state.neighbours["Canal Street"].taken > first)
    began = time.monotonic()
    eventually(lambda: settled(here, there), 1200)
    ended = time.monotonic()
    print(
        f"\n{SEGMENTS * LETTERS} letters in {SEGMENTS} segments: written in {opened - wrote:.1f} s, "
        f"the line in {began - opened:.1f} s, caught up in {ended - began:.1f} s"
    )
    sent = [line.id for neighbour, line in there.shore.letters_taken() if neighbour == "Canal Street"]
    assert len(sent) == len(set(sent))
    assert len(sent) >= SEGMENTS * LETTERS
    written = here.shore.letters_written("Mill Lane")
    assert sent == written[: len(sent)] == written, "all of it, in the order in which it was written"
    assert there.shore.has(here.shore) == 20 * 15
    assert "gap" not in there.took
