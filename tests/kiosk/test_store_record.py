"""The record by itself: rows that nobody changes, and hashes that show when somebody did."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.amounts import BadgeHash, EntryId, Moment
from kiosk.events import Entry, HoursCountered, HoursSwapped, MemberJoined, Share, write_entry
from kiosk.store.errors import NoRecordError, StoreDamagedError, StoreError, StoreNewerError
from kiosk.store.record import Record, leaf_hash, new_record, said_of_itself
from kiosk.store.sqlite_file import SQLiteFile, Statement


@pytest.fixture
def file(tmp_path: Path) -> Iterator[SQLiteFile]:
    with SQLiteFile(tmp_path / "record.sqlite") as file:
        file.commit(new_record())
        yield file


@pytest.fixture
def record(file: SQLiteFile) -> Record:
    """Three entries; the second is taken back by the third."""
    record = Record(file)
    events = (
        MemberJoined(handle="Ada", badge=BadgeHash("b"), medium="tag", hands=()),
        HoursSwapped(giver="Ada", receivers=(Share("Ben", 15),), work="care"),
        HoursCountered(
            countered=EntryId(f"{record.device}/2"),
            moves={"Ada": -15, "Ben": 15},
            reason="",
            how="undo",
            by=("Ada",),
        ),
    )
    entries = [
        Entry(device=record.device, number=number, moment=Moment(wall=77, mono=1, boot="b"), event=event)
        for number, event in enumerate(events, 1)
    ]
    with record.growing(entries) as additions:
        file.commit([*additions.statements, said_of_itself(additions.about)])
    return record


@pytest.mark.parametrize(
    "meddling",
    [
        "UPDATE record SET body = replace(body, '15', '90') WHERE number = 2",
        "UPDATE record SET wall = 0",
        "UPDATE record SET number = 9 WHERE number = 3",
        "DELETE FROM record WHERE number = 3",
        "DELETE FROM record",
        "INSERT OR REPLACE INTO record SELECT device, number, wall, '{}', salt, leaf, NULL FROM record",
        "INSERT INTO record SELECT device, number, wall, '{}', salt, leaf, NULL FROM record WHERE number = 2",
        "INSERT INTO record SELECT device, 5, wall, body, salt, leaf, NULL FROM record WHERE number = 1",
        "INSERT INTO record SELECT device, 0, wall, body, salt, leaf, NULL FROM record WHERE number = 1",
        "INSERT INTO record SELECT 'zzzz', 2, wall, body, salt, leaf, NULL FROM record WHERE number = 1",
        "INSERT INTO record SELECT device, 4, wall, body, x'00', leaf, NULL FROM record WHERE number = 1",
        "INSERT INTO record SELECT device, 4, wall, NULL, salt, leaf, NULL FROM record WHERE number = 1",
    ],
)
def test_sqlite_itself_refuses_to_rewrite_the_past(file: SQLiteFile, record: Record, meddling: str) -> None:
    """A mistake in some later program, or a person with the sqlite3 tool in a hurry, changes no entry."""
    before = file.rows("SELECT * FROM record")
    with pytest.raises(StoreError):
        file.commit([Statement(meddling)])
    assert file.rows("SELECT * FROM record") == before


def test_a_leaf_is_the_hash_of_mark_salt_and_line(file: SQLiteFile, record: Record) -> None:
    """A tree over the record is checked by other people's programs; they must get the same leaves."""
    for entry, (salt, leaf) in zip(record.entries(), file.rows("SELECT salt, leaf FROM record"), strict=True):
        assert leaf == hashlib.sha256(b"\x00" + salt + write_entry(entry)).digest()
    assert [leaf.hash for leaf in record.leaves()] == [leaf for (leaf,) in file.rows("SELECT leaf FROM record")]
    assert [leaf.number for leaf in record.leaves(after=1)] == [2, 3]


def test_each_entry_has_its_own_salt(file: SQLiteFile, record: Record) -> None:
    """Without it a leaf could be guessed: who, how long and with whom are few possibilities."""
    salts = {salt for (salt,) in file.rows("SELECT salt FROM record")}
    assert len(salts) == 3
    assert {len(salt) for salt in salts} == {16}


def test_looking_up_what_took_an_entry_back_uses_an_index(file: SQLiteFile, record: Record) -> None:
    """Else every lookup would read the whole record, and get slower every week."""
    plan = file.rows("EXPLAIN QUERY PLAN SELECT device, number FROM record WHERE countered = 'x' ORDER BY number")
    assert "taken_back" in str(plan)
    found = record.find(EntryId(f"{record.device}/2"))
    assert found is not None
    assert found.countered_by == f"{record.device}/3"


@pytest.mark.parametrize(
    ("meddling", "said"),
    [
        ("body = replace(body, '15', '90')", "does not fit its hash"),
        ("leaf = zeroblob(32)", "does not fit its hash"),
        ("salt = zeroblob(16)", "does not fit its hash"),
    ],
)
def test_an_altered_entry_is_named(file: SQLiteFile, record: Record, meddling: str, said: str) -> None:
    """Somebody who gets around the triggers must not have their entry believed."""
    file.commit(
        [Statement("DROP TRIGGER never_changed"), Statement(f"UPDATE record SET {meddling} WHERE number = 2")]
    )
    with pytest.raises(StoreDamagedError, match=f"{record.device}/2 .*{said}"):
        record.find(EntryId(f"{record.device}/2"))
    with pytest.raises(StoreDamagedError, match=f"{record.device}/2 .*{said}"):
        list(record.entries())


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (b'{"device":', "cannot be read"),
        (b"{}", "cannot be read"),
        (
            write_entry(Entry("zzzz", 4, Moment(1, 1, "b"), HoursSwapped("a", (Share("b", 1),), "care"))),
            "calls itself",
        ),
    ],
)
def test_a_line_that_is_no_entry_is_named(file: SQLiteFile, record: Record, line: bytes, said: str) -> None:
    salt = bytes(16)
    row = (record.device, line.decode(), salt, leaf_hash(salt, line))
    file.commit([Statement("INSERT INTO record VALUES (?, 4, 0, ?, ?, ?, NULL)", row)])
    with pytest.raises(StoreDamagedError, match=f"{record.device}/4 {said}"):
        list(record.entries())


def test_a_newer_form_is_left_alone(file: SQLiteFile) -> None:
    """A kiosk that was not updated must not write into a form that it does not know."""
    file.commit([Statement("UPDATE about SET value = '2' WHERE name = 'form'")])
    with pytest.raises(StoreNewerError, match="newer kiosk"):
        Record(file)


def test_a_file_without_a_record_is_told_apart(tmp_path: Path) -> None:
    with SQLiteFile(tmp_path / "other.sqlite") as file, pytest.raises(NoRecordError, match="holds no record"):
        Record(file)
