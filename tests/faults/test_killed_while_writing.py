"""The kiosk dies in the middle of booking, again and again: what somebody was told is written stays written.

A child process books hours and says each number aloud when `append` has returned; it is killed at a random moment.
This covers the program and the file, not the disk: what a killed process wrote is kept by the operating system. The
tests of a torn log (test_store_torn_log.py) and the count of syncs (test_store.py) are the other half.
"""

import os
import random
import select
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from kiosk.amounts import BadgeHash, Moment
from kiosk.events import AnyEvent, Entry, Founder, HoursSwapped, Share, ShopFounded
from kiosk.state import State, apply, document, fold, restore
from kiosk.store import Reader, Store, differing

KILLS = 100
LONGEST_LIFE = 0.03
"""Seconds after the first word; booking one entry takes about a fiftieth of it."""

SHORTEST_LIFE = 0.006
"""Seconds from birth, for those that are to die before or while they open."""

BORN = 10
"""Seconds within which a child that is to book says its first word, on the slowest machine."""

Say = Callable[[int], None]
Booking = Callable[[Store, Say, str], None]


def book_and_say(store: Store, say: Say, run: str) -> None:
    """As the kiosk does: said when it is written."""
    state = restore(store.tables())
    while True:
        state, number = book(store, state, note=f"{run}/{store.next_number}")
        say(number)


def say_and_book(store: Store, say: Say, run: str) -> None:
    """The mistake that this test is to find: said before it is written."""
    state = restore(store.tables())
    while True:
        say(store.next_number)
        state, _ = book(store, state, note=f"{run}/{store.next_number}")


def book(store: Store, state: State, note: str) -> tuple[State, int]:
    event: AnyEvent = HoursSwapped(
        giver="Ada", receivers=(Share("Ben", 15), Share("Cy", 5)), work="care", note=note
    )
    if state.founded is None:
        event = ShopFounded(tuple(Founder(name, BadgeHash(name), "tag") for name in ("Ada", "Ben", "Cy")))
    entry = Entry(device=store.device, number=store.next_number, moment=Moment(1, 1, "b"), event=event)
    state, touched = apply(state, entry)
    store.append([entry], {name: document(state, name) for name in touched})
    return state, entry.number


class Life(NamedTuple):
    """How long a child lives, in seconds: from its birth, or from its first word on."""

    seconds: float
    from_first_word: bool


def said_by_a_short_life(folder: Path, booking: Booking, run: str, life: Life) -> list[int]:
    """The numbers that a child process said before it was killed."""
    hear, tell = os.pipe()
    child = os.fork()
    if child == 0:
        live(folder, booking, run, tell)
    os.close(tell)
    if life.from_first_word:
        assert select.select([hear], [], [], BORN)[0], "the child said nothing"
    time.sleep(life.seconds)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    with os.fdopen(hear, "rb") as heard:
        text = heard.read()
    assert b"died of" not in text, text.decode()
    whole, _, _ = text.rpartition(b"\n")
    return [int(line) for line in whole.split()]


def live(folder: Path, booking: Booking, run: str, tell: int) -> None:
    """The child's whole life; it never returns into the test."""
    try:
        booking(Store.open(folder), lambda number: written(tell, f"{number}\n"), run)
    except BaseException as error:  # said over the pipe, as nobody sees a child's traceback
        written(tell, f"died of {error!r}\n")
    finally:
        os._exit(1)


def written(tell: int, text: str) -> None:
    os.write(tell, text.encode())


class Onlooker:
    """Looks into the record after each death, going on where it stopped the last time."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.state = State()
        self.last = 0
        self.notes: set[str] = set()

    def look(self) -> None:
        """Read on: the present must be what the record folds to, and no booking may be there twice."""
        if not (self.folder / "record.sqlite").exists():
            return
        with Store.open(self.folder) as store:
            assert store.rebuilt == ""
            entries = list(store.entries(after=self.last))
            assert [entry.number for entry in entries] == list(range(self.last + 1, store.next_number))
            self.state = fold(entries, self.state)
            assert restore(store.tables()) == self.state
        assert sum(account.minutes for account in self.state.accounts.values()) == 0
        notes = [entry.event.note for entry in entries if isinstance(entry.event, HoursSwapped)]
        assert self.notes.isdisjoint(notes)
        assert len(set(notes)) == len(notes)
        self.notes.update(notes)
        self.last += len(entries)


def lives() -> Iterator[Life]:
    """Anew from the same seed each time; a third of them so short that opening is hit as well."""
    dice = random.Random(2026)
    for number in range(KILLS):
        if number % 3 == 0:
            yield Life(dice.uniform(0, SHORTEST_LIFE), from_first_word=False)
        else:
            yield Life(dice.uniform(0, LONGEST_LIFE), from_first_word=True)


def test_nothing_that_was_said_is_lost_and_nothing_is_there_twice(tmp_path: Path) -> None:
    """Two people tapped, the screen said it is written, the power plug was pulled: it must be there tomorrow."""
    onlooker = Onlooker(tmp_path / "shop")
    said_in_all = 0
    for run, life in enumerate(lives()):
        said = said_by_a_short_life(onlooker.folder, book_and_say, f"{run}", life)
        before = onlooker.last
        onlooker.look()
        assert said == list(range(before + 1, before + 1 + len(said)))
        assert onlooker.last - before - len(said) in (0, 1), "the last one may have been written and not said"
        said_in_all += len(said)
    assert said_in_all > KILLS * 2 / 3, "the child must have got to book between its deaths"
    with Reader.open(onlooker.folder) as reader:
        assert differing(reader) == ()


def test_a_first_start_that_is_cut_off_can_be_repeated(tmp_path: Path) -> None:
    """A box that was unplugged while it was new must still come up."""
    for run in range(40):
        onlooker = Onlooker(tmp_path / f"shop {run}")
        life = Life(SHORTEST_LIFE * run / 40, from_first_word=False)
        said = said_by_a_short_life(onlooker.folder, book_and_say, "first", life)
        onlooker.look()
        assert onlooker.last >= len(said)
        with Store.open(onlooker.folder) as store:
            assert len(store.device) == 4
            book(store, restore(store.tables()), note="after")


def test_saying_it_too_early_is_found_out(tmp_path: Path) -> None:
    """The control: a kiosk that speaks before it writes must not pass the test above."""
    onlooker = Onlooker(tmp_path / "shop")
    for run, life in enumerate(lives()):
        said = said_by_a_short_life(onlooker.folder, say_and_book, f"{run}", life)
        onlooker.look()
        if said and said[-1] > onlooker.last:
            return
    pytest.fail("something that was said and not written was never missed: this test cannot fail")
