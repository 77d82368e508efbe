"""The plug is pulled at every write and every sync: nothing acknowledged is lost, doubled or moved, and it starts.

Each case is one cut: after so many of the steps that the disk was asked for, with one fate for what was not synced.
The same cases are tried on three stores that are built wrongly; they must be found out.
"""

import hashlib
import random
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Protocol

import pytest
from crash.disk import WAYS, Files, Listener, Log, acknowledged, lay_out, left_after, read_in

from kiosk.amounts import BadgeHash, Moment
from kiosk.commands import Found, NewBadge, Refusal, Swap
from kiosk.core import Core
from kiosk.state import restore
from kiosk.store import Store, StoreError, differing

ENTRIES = 16
CASES = 20_000
"""Cuts that are tried in all on the real store, single and double."""


class Kept(Protocol):
    """A store under trial: entries are numbers that grow by one."""

    def add(self) -> None:
        """Write one more entry; acknowledged when it returns."""

    def entries(self) -> list[int]:
        """The numbers that are there, in order."""

    def close(self) -> None:
        """Let go."""


class Hand:
    """A clock that goes on a minute at every look, and an hour for each entry before it was set."""

    def __init__(self, entries: int) -> None:
        self.ms = 1_790_000_000_000 + entries * 3_600_000

    def now(self) -> Moment:
        self.ms += 60_000
        return Moment(wall=self.ms, mono=self.ms, boot="crash")


class Real:
    """The store of the kiosk, through rules and core, as a swap goes."""

    def __init__(self, folder: Path) -> None:
        self.store = Store.open(folder)
        self.core = Core(self.store, restore(self.store.tables()), Hand(self.store.last_number))
        if self.core.state.founded is None:
            founders = tuple((name, NewBadge(BadgeHash(name.lower()), "tag")) for name in ("Ada", "Ben", "Cy"))
            self.core.handle(Found(founders))

    def add(self) -> None:
        giver, taker = ("ada", "ben") if self.store.last_number % 2 else ("ben", "ada")
        booked = self.core.handle(Swap(BadgeHash(giver), (BadgeHash(taker),), 15, "repair"))
        assert not isinstance(booked, Refusal), booked

    def entries(self) -> list[int]:
        assert not differing(self.store), "the present is not what the record comes to"
        assert self.store.tree()[0] == self.store.last_number
        return [entry.number for entry in self.store.entries()]

    def close(self) -> None:
        self.store.close()


class Bare:
    """A store that somebody would write in an afternoon, with one thing wrong."""

    def __init__(self, folder: Path, *, journal: str, synchronous: str, early: bool = False) -> None:
        folder.mkdir(exist_ok=True)
        self.database = sqlite3.connect(folder / "record.sqlite", isolation_level=None)
        self.database.execute(f"PRAGMA journal_mode={journal}")
        self.database.execute(f"PRAGMA synchronous={synchronous}")
        self.database.execute("CREATE TABLE IF NOT EXISTS record (number INTEGER PRIMARY KEY, body TEXT)")
        self.early = early
        self.acknowledge: Any = lambda: None

    def add(self) -> None:
        self.database.execute("BEGIN IMMEDIATE")
        self.database.execute("INSERT INTO record (body) VALUES (?)", ("x" * 300,))
        if self.early:
            self.acknowledge()
        self.database.execute("COMMIT")

    def entries(self) -> list[int]:
        (well,) = self.database.execute("PRAGMA integrity_check").fetchone()
        assert well == "ok", well
        return [number for (number,) in self.database.execute("SELECT number FROM record ORDER BY number")]

    def close(self) -> None:
        self.database.close()


class Sleepless(Bare):
    """synchronous=NORMAL: the log is not synced at each commit."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder, journal="WAL", synchronous="NORMAL")


class Hasty(Bare):
    """Says yes before the commit."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder, journal="WAL", synchronous="FULL", early=True)


class Forgetful(Bare):
    """DELETE with FULL: the folder is not synced after the journal is gone, so it may come back and undo."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder, journal="DELETE", synchronous="FULL")


LISTENER = Listener()


@pytest.fixture
def room() -> Iterator[Path]:
    """A folder in memory where there is one: what the disk keeps is pretended, so a real one would only be slow."""
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as folder:
        yield Path(folder)


def recorded(kind: type[Any], folder: Path, entries: int) -> tuple[Files, Log, int]:
    """A store laid out and synced, then entries added while the disk is listened to; what was there before."""
    kind(folder).close()
    before = read_in(folder)
    with LISTENER.listening() as log:
        kept = kind(folder)
        start = len(kept.entries())
        kept.acknowledge = lambda: log.say(len_at(kept, log) + 1)
        log.say(start)
        for number in range(start + 1, start + entries + 1):
            kept.add()
            log.say(number)
        kept.close()
    return before, log, start


def len_at(kept: Any, log: Log) -> int:
    return acknowledged(log.steps)


Cut = tuple[int, str]
"""After so many steps, with this fate for what was not synced."""


def cuts(log: Log) -> list[Cut]:
    """Every cut there can be."""
    return [(end, way) for end in range(len(log.steps) + 1) for way in WAYS]


def left(before: Files, log: Log, cut: Cut, chance: random.Random) -> tuple[Files, int]:
    """The files that are left after a cut, and how many entries had been acknowledged."""
    end, way = cut
    return left_after(before, log.steps[:end], way, chance), acknowledged(log.steps[:end])


class Seen:
    """Which files were left before: half of all cuts leave what another has left, and need no second look."""

    def __init__(self) -> None:
        self._told: dict[bytes, int] = {}

    def new(self, files: Files, told: int) -> bool:
        """Whether these files, with so many acknowledged, were not left before."""
        whole = b"".join(name.encode() + len(data).to_bytes(8) + data for name, data in sorted(files.items()))
        key = hashlib.sha256(whole).digest()
        if told <= self._told.get(key, -1):
            return False
        self._told[key] = told
        return True


def must_hold(kind: type[Any], files: Files, told: int, folder: Path) -> Log:
    """Start on what is left, look, and go on; gives what that asked of the disk, for a second cut."""
    lay_out(files, folder)
    with LISTENER.listening() as log:
        kept = kind(folder)
        there = kept.entries()
        assert there == list(range(1, len(there) + 1)), "an entry is missing or moved"
        assert len(there) >= told, f"{told} were acknowledged, {len(there)} are left"
        log.say(len(there))
        kept.add()
        log.say(len(there) + 1)
        assert len(kept.entries()) == len(there) + 1
        kept.close()
    return log


@pytest.mark.timeout(900)
def test_no_cut_loses_an_acknowledged_entry_also_when_the_start_after_it_is_cut_off(room, record_property):
    """People would have to remember what they swapped."""
    chance, seen = random.Random(1), Seen()
    before, log, _ = recorded(Real, room / "recorded", ENTRIES)
    first = [left(before, log, cut, chance) for cut in cuts(log)]
    new = [case for case in first if seen.new(*case)]
    tried = len(first) - len(new)
    for number, (files, told) in enumerate(new):
        going_on = must_hold(Real, files, told, room / "cut")
        shutil.rmtree(room / "cut")
        tried += 1
        turns = (CASES - tried) // (len(new) - number)
        for second in chance.choices(cuts(going_on), k=max(1, turns)):
            again, told_then = left(files, going_on, second, chance)
            tried += 1
            if seen.new(again, max(told, told_then)):
                must_hold(Real, again, max(told, told_then), room / "again")
                shutil.rmtree(room / "again")
    record_property("cuts", tried)
    assert tried >= CASES


@pytest.mark.parametrize("kind", [Sleepless, Hasty, Forgetful])
def test_a_store_built_wrongly_is_found_out(kind, room):
    """The control: without it the trial above might be blind."""
    chance = random.Random(2)
    before, log, _ = recorded(kind, room / "recorded", 12)
    failed = 0
    for number, cut in enumerate(cuts(log)):
        files, told = left(before, log, cut, chance)
        place = room / str(number)
        try:
            must_hold(kind, files, told, place)
        except (AssertionError, sqlite3.DatabaseError, StoreError):
            failed += 1
        shutil.rmtree(place, ignore_errors=True)
    assert failed
