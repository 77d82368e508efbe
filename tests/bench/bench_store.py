"""What it costs to write an errand down, beside the least that it could cost: `python tests/bench/bench_store.py`.

An errand is a swap with all that it changes: the entry, two balances with their guards, and the board. All ways
take turns in one run, in an order shuffled anew each round, as a disk's mood changes by the minute. A ratio is
taken within its round, against the raw append of the same bytes. Measured once the log has been filled and is
written over in place, as it is from the first day on. Milliseconds belong to this machine's disk; ratios carry
over better.
"""

import json
import os
import random
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

import msgspec
from tinydb import TinyDB

sys.path.insert(0, str(Path(__file__).parent.parent))

from crash.disk import Listener, Step
from shops import Booking, copy_of
from table import KEPT, Row, against, at_least, at_most, lay_down, middle

from kiosk.amounts import EntryId
from kiosk.events import write_entry
from kiosk.state import restore
from kiosk.store import Store

ROUNDS = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000
SMALL, LARGE = 1_000, 1_000_000
DOCUMENTS = 10_000
SELDOM = 40
"""TinyDB's own file takes part in one round of so many: it is slow, and slows what is beside it."""

COUNTED = 1_000
"""Errands whose syncs and bytes are counted."""

LOG = 1_000
"""Pages in the log before it is written over; with four at least for each errand."""

SYNC = 0.005
"""Seconds that a sync takes on an SD card, roughly: pretended, since this machine's disk is far quicker."""

SLOW_ROUNDS = 300

RAW = "raw write + fdatasync"
ROOM = "the same, into a file that has its length already"
BARE = "bare SQLite commit, entry only"
STORE = "errand at {:,} entries"
WHOLE = "TinyDB's JSON file, entry only"

Act = Callable[[], object]


def ways(folder: Path, small: Booking, large: Booking, until: ExitStack) -> dict[str, Callable[[], Act]]:
    """Each way makes ready what it will write; only the act that it returns is measured."""
    raw = os.open(folder / "raw", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    until.callback(os.close, raw)
    room = os.open(folder / "room", os.O_WRONLY | os.O_CREAT)
    until.callback(os.close, room)
    os.write(room, bytes(ROUNDS * 8192))
    os.fsync(room)
    os.lseek(room, 0, os.SEEK_SET)
    bare = sqlite3.connect(folder / "bare.sqlite", isolation_level=None)
    until.callback(bare.close)
    for pragma in ("journal_mode=WAL", "synchronous=FULL"):
        bare.execute(f"PRAGMA {pragma}")
    bare.execute("CREATE TABLE record (number INTEGER PRIMARY KEY, body TEXT)")
    whole = until.enter_context(TinyDB(folder / "whole.json"))
    whole.insert_multiple(json.loads(write_entry(small.prepared([small.swap()])[0][0])) for _ in range(DOCUMENTS))

    def write_to(file: int) -> Callable[[], Act]:
        def ready() -> Act:
            (entry,), _, documents = small.prepared([small.swap()])
            text = write_entry(entry) + b"".join(map(msgspec.json.encode, documents.values()))

            def act() -> None:
                os.write(file, text)
                os.fdatasync(file)

            return act

        return ready

    def commit_bare() -> Act:
        (entry,), _, _ = small.prepared([small.swap()])
        return lambda: bare.execute("INSERT INTO record (body) VALUES (?)", (write_entry(entry).decode(),))

    def append_to(booking: Booking) -> Callable[[], Act]:
        def ready() -> Act:
            entries, booking.state, documents = booking.prepared([booking.swap()])
            return lambda: booking.store.append(entries, documents)

        return ready

    def insert_whole() -> Act:
        (entry,), _, _ = small.prepared([small.swap()])
        body = json.loads(write_entry(entry))
        return lambda: whole.insert(body)

    for _ in range(LOG):
        bare.execute("INSERT INTO record (body) VALUES ('x')")
    return {
        RAW: write_to(raw),
        ROOM: write_to(room),
        BARE: commit_bare,
        STORE.format(SMALL): append_to(small),
        STORE.format(LARGE): append_to(large),
        WHOLE: insert_whole,
    }


def measured(all_ways: dict[str, Callable[[], Act]]) -> dict[str, list[float]]:
    """Milliseconds of every round."""
    took: dict[str, list[float]] = {name: [] for name in all_ways}
    order, dice = list(all_ways), random.Random(2)
    for turn in range(ROUNDS):
        dice.shuffle(order)
        for name in order:
            if name != WHOLE or turn % SELDOM == 0:
                took[name].append(timed(all_ways[name]()))
    return took


def timed(act: Act) -> float:
    start = time.perf_counter()
    act()
    return (time.perf_counter() - start) * 1000


def fill_the_log(booking: Booking) -> None:
    """Until the log has been taken over once, and is written over in place from then on."""
    for _ in range(LOG // 4):
        booking.book([booking.swap()])


def counted(folder: Path) -> tuple[list[int], list[int]]:
    """(syncs, bytes) that each of many errands asked of the disk, what the log cost later among them."""
    syncs, sizes = list[int](), list[int]()
    with Listener().listening() as log:
        booking = Booking(folder)
        fill_the_log(booking)
        for _ in range(COUNTED):
            log.steps.clear()
            booking.book([booking.swap()])
            syncs.append(sum(step.what == "sync" for step in log.steps))
            sizes.append(sum(len(step.data) for step in log.steps))
        booking.store.close()
    return syncs, sizes


class _SlowCard(Listener):
    """Every sync that SQLite asks for takes longer."""

    def _note(self, step: Step) -> None:
        if step.what == "sync":
            time.sleep(SYNC)


def slow_row(folder: Path) -> Row:
    """The errand where a sync takes what it takes on a card, against a raw append there."""
    raw = os.open(folder.parent / "slow", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    errands, appends = list[float](), list[float]()

    def append_raw(text: bytes) -> None:
        os.write(raw, text)
        time.sleep(SYNC)
        os.fdatasync(raw)

    with _SlowCard().listening():
        booking = Booking(folder)
        fill_the_log(booking)
        for _ in range(SLOW_ROUNDS):
            entries, booking.state, documents = booking.prepared([booking.swap()])
            text = write_entry(entries[0]) + b"".join(map(msgspec.json.encode, documents.values()))
            appends.append(timed(lambda text=text: append_raw(text)))
            errands.append(timed(lambda new=entries, old=documents: booking.store.append(new, old)))
        booking.store.close()
    os.close(raw)
    return at_most(f"the same where a sync takes {SYNC * 1000:.0f} ms longer", against(errands, appends), 1.3)


def counted_rows(folder: Path) -> list[Row]:
    syncs, sizes = counted(folder)
    more = sum(found > 1 for found in syncs)
    often = f"1; one errand in {len(syncs) // max(1, more)} also moves the log into the file, with {max(syncs)}"
    mean = sum(sizes) / len(sizes) / 1024
    return [
        Row("syncs of an errand", "1", often, min(syncs) == 1 and more <= len(syncs) // 50),
        Row("written for an errand, the log's moving included, mean", "≤ 24 KB", f"{mean:.1f} KB", mean <= 24),
    ]


def rows(took: dict[str, list[float]]) -> list[Row]:
    small, large, raw = took[STORE.format(SMALL)], took[STORE.format(LARGE)], took[RAW]
    whole = against(took[WHOLE], small[::SELDOM])
    found = [
        at_most(f"errand, durable, at {SMALL:,} entries ÷ raw", against(small, raw), 1.3),
        at_most(f"errand, durable, at {LARGE:,} entries ÷ raw", against(large, raw), 1.3),
        at_most(f"errand at {LARGE:,} ÷ at {SMALL:,} entries", against(large, small), 1.1),
        at_least(f"TinyDB's JSON file at {DOCUMENTS:,} documents ÷ errand", whole, 80),
    ]
    beside = {"bare SQLite commit of the entry ÷ raw": BARE, "raw into a file of full length ÷ raw": ROOM}
    return [*found, *(Row(what, "", f"{against(took[way], raw)} ×", None) for what, way in beside.items())]


def say_writing(took: dict[str, list[float]]) -> None:
    print(f"writing one swap down, milliseconds: median of {ROUNDS} rounds [middle 80 %]\n")
    for name, values in took.items():
        print(f"  {name:52} {middle(values)}")


def say_reading(store: Store) -> None:
    looks = [
        timed(lambda number=number: store.find(EntryId(f"{store.device}/{number}"))) for number in range(1, 1001)
    ]
    starts = [timed(lambda: restore(store.tables())) for _ in range(20)]
    print(f"\nreading from {store.last_number:,} entries, milliseconds\n")
    print(f"  {'look an entry up for the first time':52} {middle(looks)}")
    print(f"  {'the present of sixty members at a start':52} {middle(starts)}\n")


def main() -> int:
    KEPT.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=KEPT) as name, ExitStack() as until:
        folder = Path(name)
        count = counted_rows(copy_of(SMALL, folder / "counted"))
        slow = slow_row(copy_of(SMALL, folder / "slowly"))
        small, large = Booking(copy_of(SMALL, folder / "small")), Booking(copy_of(LARGE, folder / "large"))
        until.callback(small.store.close)
        until.callback(large.store.close)
        fill_the_log(small)
        fill_the_log(large)
        took = measured(ways(folder, small, large, until))
        say_writing(took)
        say_reading(large.store)
        lay_down("1-store", [*rows(took), slow, *count])
    return 0


if __name__ == "__main__":
    sys.exit(main())
