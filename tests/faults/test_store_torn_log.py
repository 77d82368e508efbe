"""The power went while SQLite's log was being written: part of it is on the disk, or something else is.

The log is cut off, or overwritten, at many places. Whatever is left, the record must open, hold a whole number of
commits, and every commit before the damage; an entry must never be there without its documents.
"""

import random
import shutil
from pathlib import Path

import pytest

from kiosk.amounts import BadgeHash, Moment
from kiosk.events import Entry, Founder, HoursSwapped, Share, ShopFounded
from kiosk.state import State, apply, document, restore
from kiosk.store import Store, differing

BOOKED = 12

Marks = list[int]
"""How long the log was after each entry, in bytes."""


@pytest.fixture(scope="module")
def unplugged(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Marks]:
    """The files as they lie on the disk while a kiosk runs, and how the log grew."""
    running, lying = tmp_path_factory.mktemp("running"), tmp_path_factory.mktemp("lying")
    state, marks = State(), []
    with Store.open(running) as store:
        for number in range(1, BOOKED + 1):
            event = HoursSwapped(giver="Ada", receivers=(Share("Ben", 15),), work="care", note=f"{number}" * 300)
            founded = ShopFounded(tuple(Founder(name, BadgeHash(name), "tag") for name in ("Ada", "Ben", "Cy")))
            entry = Entry(store.device, number, Moment(number, 1, "b"), founded if number == 1 else event)
            state, touched = apply(state, entry)
            store.append([entry], {name: document(state, name) for name in touched})
            marks.append((running / "record.sqlite-wal").stat().st_size)
        for name in ("record.sqlite", "record.sqlite-wal"):
            shutil.copy(running / name, lying / name)
    return lying, marks


def opened_again(lying: Path, place: Path, log: bytes) -> int:
    """How many entries are there when the record is opened over this log. Everything else must be in order."""
    place.mkdir()
    shutil.copy(lying / "record.sqlite", place)
    (place / "record.sqlite-wal").write_bytes(log)
    with Store.open(place) as store:
        assert store.rebuilt == ""
        assert differing(store) == ()
        state = restore(store.tables())
        assert sum(account.minutes for account in state.accounts.values()) == 0
        return store.last_number


def whole_commits(marks: Marks, intact: int) -> int:
    return sum(1 for mark in marks if mark <= intact)


def test_a_log_that_was_cut_off_holds_every_commit_before_the_cut(
    unplugged: tuple[Path, Marks], tmp_path: Path
) -> None:
    """An entry that was synced must not fall with the one that was being written."""
    lying, marks = unplugged
    log = (lying / "record.sqlite-wal").read_bytes()
    dice = random.Random(7)
    cuts = [0, *marks, *(mark - 1 for mark in marks), *(dice.randrange(len(log)) for _ in range(60))]
    for number, cut in enumerate(cuts):
        assert opened_again(lying, tmp_path / f"{number}", log[:cut]) == whole_commits(marks, cut), f"cut at {cut}"


def test_a_log_with_noise_in_it_holds_every_commit_before_the_noise(
    unplugged: tuple[Path, Marks], tmp_path: Path
) -> None:
    """A disk may have written the later sectors and not the earlier ones."""
    lying, marks = unplugged
    log = (lying / "record.sqlite-wal").read_bytes()
    dice = random.Random(8)
    for number in range(60):
        start = dice.randrange(marks[1], len(log) - 512)
        noise = dice.randbytes(512)
        torn = log[:start] + noise + log[start + 512 :]
        assert opened_again(lying, tmp_path / f"{number}", torn) == whole_commits(marks, start), f"noise at {start}"


def test_the_whole_log_holds_everything(unplugged: tuple[Path, Marks], tmp_path: Path) -> None:
    """The control: with nothing torn nothing may be missing."""
    lying, marks = unplugged
    assert whole_commits(marks, marks[-1]) == BOOKED
    assert opened_again(lying, tmp_path / "whole", (lying / "record.sqlite-wal").read_bytes()) == BOOKED
