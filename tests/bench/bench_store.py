"""What it costs to write an hour down, beside the least that it could cost: `python tests/bench/bench_store.py`.

All ways take turns in one run, in an order shuffled anew each round, as a disk's mood changes by the minute. A
ratio is taken within its round, against the raw append of the same bytes. Milliseconds belong to this machine's
disk; the ratios, and how they grow with the record, carry over better.
"""

import json
import os
import random
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

import msgspec
from tinydb import TinyDB

from kiosk.amounts import BadgeHash, EntryId, Moment
from kiosk.events import AnyEvent, Entry, Founder, HoursSwapped, Share, ShopFounded, write_entry
from kiosk.state import State, Touched, apply, document, restore
from kiosk.store import Store, refold

ROUNDS = 400
SMALL, LARGE = 1_000, 20_000
"""Entries in the record before the first measured one."""

MEMBERS = 60
BATCH = 500
RAW = "raw write + fdatasync"

Act = Callable[[], object]


class Booking:
    """Books swaps between two of the shop's members, as the core does: judged by nobody, folded, written."""

    def __init__(self, folder: Path, entries: int) -> None:
        self.store = Store.open(folder)
        self.state = State()
        names = [f"member{number}" for number in range(MEMBERS)]
        self.dice = random.Random(1)
        self.book(ShopFounded(tuple(Founder(name, BadgeHash(name * 5), "tag") for name in names)))
        while self.store.last_number < entries:
            self.book(*(self.swap() for _ in range(min(BATCH, entries - self.store.last_number))))

    def swap(self) -> AnyEvent:
        giver, receiver = self.dice.sample(sorted(self.state.members), 2)
        note = "mended the chain and the bell, three of the spokes as well"
        return HoursSwapped(giver=giver, receivers=(Share(receiver, 45),), work="repair", note=note)

    def prepared(self, *events: AnyEvent) -> tuple[list[Entry], State, dict[Touched, dict[str, object] | None]]:
        first, state, names = self.store.next_number, self.state, list[Touched]()
        moment = Moment(wall=1_793_620_800_000, mono=12_345_678, boot="3f1c9a")
        entries = [Entry(self.store.device, first + place, moment, event) for place, event in enumerate(events)]
        for entry in entries:
            state, touched = apply(state, entry)
            names += touched
        return entries, state, {name: document(state, name) for name in names}

    def book(self, *events: AnyEvent) -> None:
        entries, state, documents = self.prepared(*events)
        self.store.append(entries, documents)
        self.state = state


def ways(folder: Path, small: Booking, large: Booking, until: ExitStack) -> dict[str, Callable[[], Act]]:
    """Each way makes ready what it will write; only the act that it returns is measured."""
    raw = os.open(folder / "raw", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    until.callback(os.close, raw)
    bare = sqlite3.connect(folder / "bare.sqlite", isolation_level=None)
    until.callback(bare.close)
    for pragma in ("journal_mode=WAL", "synchronous=FULL"):
        bare.execute(f"PRAGMA {pragma}")
    bare.execute("CREATE TABLE record (number INTEGER PRIMARY KEY, body TEXT)")
    whole = until.enter_context(TinyDB(folder / "whole.json"))
    whole.insert_multiple(json.loads(write_entry(small.prepared(small.swap())[0][0])) for _ in range(1000))

    def write_raw() -> Act:
        (entry,), _, documents = small.prepared(small.swap())
        text = write_entry(entry) + b"".join(map(msgspec.json.encode, documents.values()))

        def act() -> None:
            os.write(raw, text)
            os.fdatasync(raw)

        return act

    def commit_bare() -> Act:
        (entry,), _, _ = small.prepared(small.swap())
        return lambda: bare.execute("INSERT INTO record (body) VALUES (?)", (write_entry(entry).decode(),))

    def append_to(booking: Booking) -> Callable[[], Act]:
        def ready() -> Act:
            entries, booking.state, documents = booking.prepared(booking.swap())
            return lambda: booking.store.append(entries, documents)

        return ready

    def insert_whole() -> Act:
        (entry,), _, _ = small.prepared(small.swap())
        body = json.loads(write_entry(entry))

        def act() -> None:
            whole.insert(body)

        return act

    return {
        RAW: write_raw,
        "bare SQLite commit, entry only": commit_bare,
        f"Store.append at {SMALL:,} entries": append_to(small),
        f"Store.append at {LARGE:,} entries": append_to(large),
        "TinyDB's JSON file at 1,000 documents, entry only": insert_whole,
    }


def measured(all_ways: dict[str, Callable[[], Act]]) -> dict[str, list[float]]:
    """Milliseconds of every round."""
    took: dict[str, list[float]] = {name: [] for name in all_ways}
    order, dice = list(all_ways), random.Random(2)
    for _ in range(ROUNDS):
        dice.shuffle(order)
        for name in order:
            act = all_ways[name]()
            took[name].append(timed(act))
    return took


def timed(act: Act) -> float:
    start = time.perf_counter()
    act()
    return (time.perf_counter() - start) * 1000


def spread(values: list[float]) -> str:
    """The median, and where the middle eight of ten lie."""
    tenths = statistics.quantiles(values, n=10)
    return f"{statistics.median(values):8.3f} [{tenths[0]:.3f} .. {tenths[-1]:.3f}]"


def say_writing(took: dict[str, list[float]]) -> None:
    print(f"writing one swap down: median of {ROUNDS} rounds [middle 80 %]\n")
    print(f"{'':50} {'milliseconds':30} times raw")
    for name, values in took.items():
        ratios = [value / raw for value, raw in zip(values, took[RAW], strict=True)]
        print(f"{name:50} {spread(values):30} {spread(ratios)}")


def say_reading(booking: Booking) -> None:
    store = booking.store
    looks = [
        timed(lambda number=number: store.find(EntryId(f"{store.device}/{number}"))) for number in range(1, 1001)
    ]
    starts = [timed(lambda: restore(store.tables())) for _ in range(20)]
    folding = timed(lambda: refold(store))
    print(f"\nreading from {store.last_number:,} entries\n")
    print(f"{'look an entry up for the first time, ms':50} {spread(looks)}")
    print(f"{'the present of ' + str(MEMBERS) + ' members at a start, ms':50} {spread(starts)}")
    print(f"{'fold the whole record again, ms for each entry':50} {folding / store.last_number:8.3f}")


def main() -> int:
    with tempfile.TemporaryDirectory() as name, ExitStack() as until:
        folder = Path(name)
        small, large = Booking(folder / "small", SMALL), Booking(folder / "large", LARGE)
        until.enter_context(small.store)
        until.enter_context(large.store)
        say_writing(measured(ways(folder, small, large, until)))
        say_reading(large)
    return 0


if __name__ == "__main__":
    sys.exit(main())
