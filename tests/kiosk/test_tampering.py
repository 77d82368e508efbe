"""A record of a thousand entries, and somebody with the card in hand: whatever is changed is found, and named.

Every byte of every row is changed, one at a time, and read as `kiosk verify` reads it: a third of a million times.
What takes the whole of `kiosk verify`, a tenth of a second each, is tried at the first, the last, and at places
drawn from a seed.
"""

import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

import pytest
from a_year import Year

from kiosk.checking import known_keys
from kiosk.reports.verifying import Verified, Witness, verify
from kiosk.seal_key import origin, seal_key
from kiosk.sealing.checkpoint import Checkpoint, seal
from kiosk.sealing.tree import peaks_of, root_of
from kiosk.store import Reader, Store, StoreDamagedError
from kiosk.store.record import Record, leaf_hash

ENTRIES, HALF = 1000, 500
WEEKS = 26
SEED = 20261127
PLACES = 16


class Row(NamedTuple):
    """As it stands in the file."""

    device: str
    number: int
    wall: int
    body: str
    salt: bytes
    leaf: bytes
    countered: str | None


@pytest.fixture(scope="module")
def shop(tmp_path_factory) -> Path:
    """Half a year of a shop, and checkpoints that somebody kept of its first 500 and its first 1,000 entries."""
    folder = tmp_path_factory.mktemp("desk") / "shop"
    with Store.open(folder) as store:
        Year(store).live(WEEKS)
        leaves = [leaf.hash for leaf in store.leaves()]
        device = store.device
    assert len(leaves) > ENTRIES
    signer = seal_key(folder, device, may_make=True)
    assert signer is not None
    for size in (HALF, ENTRIES):
        root = root_of(peaks_of(leaves[:size])[1])
        (folder.parent / f"{size}.txt").write_text(seal(Checkpoint(origin(device), size, root), signer))
    return folder


@pytest.fixture(scope="module")
def rows(shop) -> list[Row]:
    with sqlite3.connect(shop / "record.sqlite") as database:
        asked = "SELECT device, number, wall, body, salt, leaf, countered FROM record ORDER BY number"
        return [Row(*each) for each in database.execute(asked)]


class Forger:
    """Somebody with a tool for SQLite: the triggers are gone, and what was written is written otherwise."""

    def __init__(self, folder: Path, kept: Path) -> None:
        self.folder, self.kept = folder, kept
        self.database = sqlite3.connect(folder / "record.sqlite", isolation_level=None)
        self.database.execute("PRAGMA synchronous = OFF")
        for trigger in ("never_changed", "never_removed", "no_gap"):
            self.database.execute(f"DROP TRIGGER {trigger}")

    def put(self, number: int, column: str, value: bytes) -> None:
        cast = "CAST(? AS TEXT)" if column == "body" else "?"
        self.database.execute(f"UPDATE record SET {column} = {cast} WHERE number = ?", (value, number))

    def drop(self, first: int, last: int) -> None:
        self.database.execute("DELETE FROM record WHERE number BETWEEN ? AND ?", (first, last))

    def restore(self, row: Row) -> None:
        into = "INSERT OR REPLACE INTO record (device, number, wall, body, salt, leaf, countered)"
        self.database.execute(f"{into} VALUES (?, ?, ?, ?, ?, ?, ?)", row)

    def fit(self) -> None:
        """The tree over what is there now, so that the record looks whole."""
        leaves = [leaf for (leaf,) in self.database.execute("SELECT leaf FROM record ORDER BY number")]
        size, peaks = peaks_of(leaves)
        tree = f"{size} {b''.join(peaks).hex()}"
        self.database.execute("UPDATE about SET value = ? WHERE name = 'tree'", (tree,))

    def found(self, *kept: int) -> Verified:
        """What `kiosk verify` says with the checkpoints of these sizes."""
        witnesses = [Witness(f"{size}.txt", (self.kept / f"{size}.txt").read_bytes()) for size in kept]
        with Reader.open(self.folder) as reader:
            return verify(reader, witnesses, known_keys(self.folder, reader.device, []))

    def told(self, *kept: int) -> str:
        return " ".join(self.found(*kept).faults)


@pytest.fixture
def forger(shop, tmp_path) -> Iterator[Forger]:
    forger = Forger(Path(shutil.copytree(shop, tmp_path / "shop")), shop.parent)
    yield forger
    forger.database.close()


def some(first: int, last: int, count: int = PLACES) -> list[int]:
    """The first, the last, and others in between, the same each time."""
    return sorted({first, last, *Random(SEED).sample(range(first, last + 1), count - 2)})


class OneRow:
    """The file as the record asks it, with one row in it."""

    path = Path("record.sqlite")

    def __init__(self, device: str) -> None:
        self.row: tuple[Any, ...] | None = None
        self._about = [("form", "1"), ("device", device)]

    def rows(self, sql: str, *values: Any) -> list[Any]:
        if "FROM record" in sql:
            row, self.row = self.row, None
            return [row] if row else []
        return [(1,)] if "sqlite_master" in sql else self._about


def flipped(row: Row, dice: Random) -> Iterator[Row]:
    """The row with one byte changed, for each of its bytes; what is no text then is read as far as it goes."""
    body = row.body.encode()
    for place in range(len(body)):
        other = bytearray(body)
        other[place] ^= dice.randrange(1, 256)
        yield row._replace(body=other.decode(errors="replace"))
    for place in range(len(row.salt)):
        other = bytearray(row.salt)
        other[place] ^= dice.randrange(1, 256)
        yield row._replace(salt=bytes(other))
    for place in range(len(row.leaf)):
        other = bytearray(row.leaf)
        other[place] ^= dice.randrange(1, 256)
        yield row._replace(leaf=bytes(other))


def refused(record: Record) -> str:
    """Why the record can't be read; "" when it can."""
    try:
        list(record.sealed())
    except StoreDamagedError as damage:
        return str(damage)
    return ""


def test_every_byte_of_every_row_that_is_changed_is_found_and_its_entry_named(rows):
    """Bit rot, or somebody with a hex editor: all bytes of all thousand entries, their salts and their hashes."""
    dice, tried = Random(SEED), 0
    file = OneRow(rows[0].device)
    record = Record(file)
    for row in rows[:ENTRIES]:
        file.row = row
        assert [entry.number for entry, _ in record.sealed()] == [row.number], "as it was written, it is read"
        name = f"The entry {row.device}/{row.number} was altered"
        for changed in flipped(row, dice):
            file.row = changed
            assert name in refused(record), changed
            tried += 1
    assert tried > 250_000


@pytest.mark.parametrize("column", ["body", "salt", "leaf"])
def test_kiosk_verify_names_the_entry_whose_byte_was_flipped(forger, rows, column):
    """The same through the whole of the check, in the file itself; also where the text is no text any more."""
    dice = Random(SEED)
    for number in some(1, ENTRIES):
        row = rows[number - 1]
        was = row.body.encode() if column == "body" else getattr(row, column)
        place, by = dice.randrange(len(was)), dice.choice([0x01, 0x80])
        forger.put(number, column, was[:place] + bytes([was[place] ^ by]) + was[place + 1 :])
        found = forger.found(ENTRIES)
        assert f"/{number} " in found.faults[0], f"byte {place} of the {column}"
        assert found.size == number - 1, "the first that fails is the one that is named"
        forger.put(number, column, was)
    assert forger.told(HALF, ENTRIES) == ""


def test_what_stands_beside_an_entry_is_held_against_it(forger, rows):
    """Somebody makes a swap look taken back, or an undo look like none, without touching what is hashed."""
    undo = next(row for row in rows if row.countered)
    for changed in (
        undo._replace(countered=None),
        rows[9]._replace(countered=rows[4].body),
        rows[9]._replace(wall=1),
    ):
        forger.restore(changed)
        assert f"/{changed.number} was altered" in forger.told(ENTRIES)
        forger.restore(rows[changed.number - 1])
    assert forger.told(ENTRIES) == ""


def test_every_dropped_entry_is_named(forger, rows):
    for number in some(1, ENTRIES):
        forger.drop(number, number)
        forger.fit()
        assert f"/{number} should be" in forger.told(ENTRIES)
        forger.restore(rows[number - 1])
    forger.fit()
    assert forger.told(HALF, ENTRIES) == ""


def test_entries_in_each_others_place_are_named(forger, rows):
    """Next to each other, or far apart: the first of the two is named."""
    dice = Random(SEED)
    for number in some(1, ENTRIES - 1):
        other = dice.choice([number + 1, dice.randint(number + 1, ENTRIES)])
        one, two = rows[number - 1], rows[other - 1]
        forger.restore(two._replace(number=number))
        forger.restore(one._replace(number=other))
        forger.fit()
        assert f"/{number} calls itself {two.device}/{other}" in forger.told(ENTRIES)
        forger.restore(one)
        forger.restore(two)
    forger.fit()
    assert forger.told(HALF, ENTRIES) == ""


def test_an_entry_of_which_the_end_is_gone_is_named(forger, rows):
    dice = Random(SEED)
    for number in some(1, ENTRIES, 8):
        body = rows[number - 1].body.encode()
        forger.put(number, "body", body[: dice.randrange(len(body))])
        assert f"/{number} " in forger.told(ENTRIES)
        forger.put(number, "body", body)
    assert forger.told(HALF, ENTRIES) == ""


def test_a_record_put_back_to_any_older_state_is_found_and_the_first_that_is_missing_named(forger, rows):
    """Whoever puts an old copy of the card back has a record in which everything fits. The photo does not."""
    for size in reversed(some(0, ENTRIES - 1)):
        forger.drop(size + 1, len(rows))
        forger.fit()
        told = forger.told(ENTRIES)
        assert f"knew {ENTRIES} entries, and here are {size}" in told
        assert f"number {size + 1} is the first that is missing" in told


def test_what_was_written_anew_so_that_all_fits_is_narrowed_down_by_the_photos(forger, rows):
    """The strongest forger has made the hash and the tree fit again: only what people kept speaks against it."""
    for number in (*some(1, HALF, 6), *some(HALF + 1, ENTRIES, 6)):
        row = rows[number - 1]
        body = row.body.replace(
            f'"number":{number}', f'"number": {number}', 1
        )  # says the same, and is not the same
        assert body != row.body
        forger.put(number, "body", body.encode())
        forger.put(number, "leaf", leaf_hash(row.salt, body.encode()))
        forger.fit()
        told = forger.told(HALF, ENTRIES)
        assert f"{ENTRIES}.txt knew other entries up to number {ENTRIES}" in told
        assert (f"{HALF}.txt knew other entries" in told) == (number <= HALF)
        assert (f"one after number {HALF} was changed" in told) == (number > HALF)
        forger.restore(row)
    forger.fit()
    assert forger.told(HALF, ENTRIES) == ""


def test_no_tree_with_an_entry_less_or_two_exchanged_has_the_root_that_people_kept(rows):
    """By the tree alone, at two hundred places: a forger who makes all else fit has no place to hide."""
    leaves = [row.leaf for row in rows[:ENTRIES]]
    kept = root_of(peaks_of(leaves)[1])
    for place in some(0, ENTRIES - 1, 200):
        assert root_of(peaks_of([*leaves[:place], *leaves[place + 1 :]])[1]) != kept
        other = place - 1
        swapped = list(leaves)
        swapped[place], swapped[other] = swapped[other], swapped[place]
        assert root_of(peaks_of(swapped)[1]) != kept
