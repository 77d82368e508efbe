"""A copy that is brought back may be anything: it is refused with a reason and nothing written, or it is whole."""

import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from by_hand import Kiosk
from typer.testing import CliRunner

from kiosk.__main__ import app
from kiosk.amounts import BadgeHash, Moment
from kiosk.events import BadgeRevoked, Entry, HoursSwapped, PhotoAttached, Share, write_entry
from kiosk.sealing.tree import peaks_of
from kiosk.state import apply, document
from kiosk.store import Reader
from kiosk.store.record import copied_tree, leaf_hash
from kiosk.store.restoring import ready

PHOTO = b"\xff\xd8\xff a photo of the whiteboard"
NAME = hashlib.sha256(PHOTO).hexdigest()


def run(*words: object) -> Any:
    return CliRunner().invoke(app, [str(word) for word in words])


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A shop with a photo, and a copy of it."""
    place = tmp_path_factory.mktemp("made")
    kiosk = Kiosk(place / "shop")
    entry = Entry(kiosk.store.device, kiosk.store.next_number, kiosk.clock.now(), PhotoAttached(1, NAME, ("Jo",)))
    state, touched = apply(kiosk.core.state, entry)
    kiosk.store.append([entry], {name: document(state, name) for name in touched})
    kiosk.store.store.close()
    (place / "shop" / "photos").mkdir()
    (place / "shop" / "photos" / f"{NAME}.jpg").write_bytes(PHOTO)
    done = run("backup", place / "stick", "--data", place / "shop")
    assert done.exit_code == 0, done.output
    assert "1 photo added" in done.output.replace("\n", " ")
    return place


@pytest.fixture
def shop(made, tmp_path):
    shutil.copytree(made / "shop", tmp_path / "shop")
    shutil.copytree(made / "stick", tmp_path / "stick")
    return tmp_path / "shop"


@pytest.fixture
def stick(shop):
    return shop.parent / "stick"


def lying_in(folder: Path) -> dict[str, bytes]:
    """All files but the index and the empty log that a reader makes."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and not path.name.endswith(("-shm", "-wal"))
    }


# --- what is refused --------------------------------------------------------------------------------------


def changed(stick: Path, *statements: str) -> None:
    database = sqlite3.connect(stick / "record.sqlite", isolation_level=None)
    for name in ("never_changed", "never_removed", "no_gap"):
        database.execute(f"DROP TRIGGER {name}")
    for statement in statements:
        database.execute(statement)
    database.close()


def forged(stick: Path, event: Any = None, **changes: Any) -> None:
    """One entry more, in all that can be checked by hashes as good as any other."""
    with Reader.open(stick) as reader:
        number, device = reader.last_number + 1, reader.device
        leaves = [leaf.hash for leaf in reader.leaves()]
    event = event or HoursSwapped(giver="Jo", receivers=(Share("Wen", 15),), work="care")
    moment = Moment(**{"wall": 1_790_000_000_000, "mono": 1, "boot": "b", **changes})
    line = write_entry(Entry(device, number, moment, event))
    salt = bytes(16)
    leaves.append(leaf_hash(salt, line))
    tree = copied_tree(number, peaks_of(leaves)[1])
    database = sqlite3.connect(stick / "record.sqlite", isolation_level=None)
    row = (device, number, min(moment.wall, 2**60), line.decode(), salt, leaves[-1], None)
    database.execute("INSERT INTO record VALUES (?, ?, ?, ?, ?, ?, ?)", row)
    database.execute(tree.sql, tree.values)
    database.close()


def replaced(name: str, make: Callable[[Path], object]) -> Callable[[Path], object]:
    def replace(stick: Path) -> None:
        (stick / name).unlink(missing_ok=True)
        make(stick / name)

    return replace


def sparse(path: Path) -> None:
    with path.open("wb") as file:
        file.write(b"SQLite format 3\0")
        file.truncate(3 * 2**30)


ENORMOUS = "UPDATE record SET body = hex(zeroblob({})) WHERE number = (SELECT max(number) FROM record)"

HOSTILE: dict[str, tuple[Callable[[Path], object], str]] = {
    "a link": (replaced("record.sqlite", lambda path: path.symlink_to("/etc/passwd")), "no plain file"),
    "a pipe": (replaced("record.sqlite", os.mkfifo), "no plain file"),
    "a folder": (replaced("record.sqlite", Path.mkdir), "no plain file"),
    "a log that is a pipe": (replaced("record.sqlite-wal", os.mkfifo), "no plain file"),
    "holes": (replaced("record.sqlite", sparse), "mostly holes"),
    "no database": (replaced("record.sqlite", lambda path: path.write_bytes(b"\0\xff" * 9000)), "damaged"),
    "no key": (lambda stick: (stick / "badge.key").unlink(), "no badge.key"),
    "a key that is a pipe": (replaced("badge.key", os.mkfifo), "no badge.key"),
    "a key that is a link": (replaced("badge.key", lambda path: path.symlink_to("/dev/zero")), "no badge.key"),
    "an altered row": (
        lambda stick: changed(stick, "UPDATE record SET body = replace(body, 'Jo', 'Al') WHERE number = 12"),
        "was altered",
    ),
    "a row less": (lambda stick: changed(stick, "DELETE FROM record WHERE number = 9"), "Where the entry 9"),
    "the last row less": (
        lambda stick: changed(stick, "DELETE FROM record WHERE number = (SELECT max(number) FROM record)"),
        "has lost entries at its end",
    ),
    "a view in the place of the rows": (
        lambda stick: changed(
            stick,
            "ALTER TABLE record RENAME TO documents2",
            "CREATE VIEW record AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT"
            " 'k' device, i number, 1 wall, '' body, x'' salt, x'' leaf, NULL countered FROM n",
        ),
        "no kiosk makes",
    ),
    "a row that is enormous": (
        lambda stick: changed(stick, ENORMOUS.format(1_000_000)),
        "longer than any entry",
    ),
    "a name that is a path": (
        lambda stick: changed(stick, "UPDATE about SET value = '../../etc' WHERE name = 'device'"),
        "names no kiosk",
    ),
    "an entry that can't follow": (
        lambda stick: forged(stick, BadgeRevoked("Jo", BadgeHash("nobody's"), ("Wen", "Ada"))),
        "can’t be added up",
    ),
    "a time that there is not": (lambda stick: forged(stick, wall=10**17), "of no time that there is"),
    "nothing in it": (
        lambda stick: changed(stick, "DELETE FROM record", "DELETE FROM about WHERE name = 'tree'"),
        "no shop in this copy",
    ),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_copy_is_refused_with_a_reason_and_nothing_is_written(shop, stick, what):
    spoil, reason = HOSTILE[what]
    spoil(stick)
    before = lying_in(shop)
    done = run("restore", stick, "--data", shop)
    assert done.exit_code == 1, done.output
    assert reason in done.stderr, done.output
    assert lying_in(shop) == before


def test_from_a_damaged_copy_an_older_one_is_asked_for(shop, stick):
    """Without this whoever brings back a backup would be told to bring back a backup."""
    (stick / "record.sqlite").write_bytes(b"\0\xff" * 9000)
    done = run("restore", stick, "--data", shop)
    assert done.stderr.rstrip().endswith("Take an older copy.")
    assert "bring back" not in done.stderr


def test_over_a_damaged_record_a_copy_is_not_told_to_be_brought_back_once_more(shop, stick):
    """Without this it would say: bring back a backup, to whoever does just that."""
    (shop / "record.sqlite").write_bytes(b"\0\xff" * 9000)
    done = run("restore", stick, "--data", shop)
    assert "The record here can’t be read" in done.stderr
    assert "bring back" not in done.stderr


def test_a_forged_entry_that_fits_is_no_reason_to_refuse(shop, stick):
    """Else the cases above could be refused for how they were forged and not for what they are."""
    forged(stick)
    done = run("restore", stick, "--data", shop)
    assert done.exit_code == 0, done.output
    assert "the same record with 1 entry more" in done.output


def test_a_hostile_copy_fills_no_memory(shop, stick):
    changed(stick, ENORMOUS.format(40_000_000))
    measure = (
        "import pathlib, re, runpy, sys\n"
        f"sys.argv = ['kiosk', 'restore', {str(stick)!r}, '--data', {str(shop)!r}]\n"
        "try:\n    runpy.run_module('kiosk', run_name='__main__')\n"
        "finally:\n"
        "    print(re.search(r'VmHWM:\\s*(\\d+)', pathlib.Path('/proc/self/status').read_text())[1])\n"
    )
    done = subprocess.run([sys.executable, "-c", measure], capture_output=True, text=True, check=False)
    assert "longer than any entry" in done.stderr
    assert int(done.stdout) < 120_000  # kilobytes; the row alone has 80,000, and Python takes half of the rest


# --- what is taken ----------------------------------------------------------------------------------------


def test_a_copy_is_laid_ready_with_its_photos_and_the_record_stays(shop, stick):
    before = lying_in(shop)
    done = run("restore", stick, "--data", shop)
    assert done.exit_code == 0, done.output
    assert "nothing would be lost" in done.output
    lies = ready(shop)
    assert lies is not None
    with Reader.open(shop / "restoring") as copy:
        assert copy.tree() == (lies.entries, bytes.fromhex(lies.root))
    assert (shop / "restoring" / "photos" / f"{NAME}.jpg").read_bytes() == PHOTO
    after = lying_in(shop)
    assert {name: data for name, data in after.items() if not name.startswith("restoring")} == before
    assert run("restore", "--withdraw", "--data", shop).exit_code == 0
    assert lying_in(shop) == before


def test_what_was_begun_goes_on_and_what_was_begun_from_another_copy_goes(shop, stick, made, tmp_path):
    """Cut off while it is laid ready, nobody is told of it."""
    (shop / "restoring.new").mkdir()
    shutil.copy(stick / "record.sqlite", shop / "restoring.new" / "record.sqlite")
    changed(shop / "restoring.new", "DELETE FROM record WHERE number > 5", "DELETE FROM about WHERE name = 'tree'")
    assert ready(shop) is None
    assert run("restore", stick, "--data", shop).exit_code == 0
    other = Kiosk(tmp_path / "other")
    other.store.store.close()
    shutil.copytree(tmp_path / "other", shop / "restoring.new")
    assert run("restore", stick, "--data", shop).exit_code == 0
    with Reader.open(shop / "restoring") as copy, Reader.open(stick) as source:
        assert copy.tree() == source.tree()


def test_a_photo_that_was_altered_on_the_stick_is_left_behind_and_that_is_said(shop, stick):
    (stick / "photos" / f"{NAME}.jpg").write_bytes(PHOTO + b"!")
    (shop / "photos" / f"{NAME}.jpg").unlink()
    done = run("restore", stick, "--data", shop)
    assert done.exit_code == 0, done.output
    assert f"The photo {NAME}.jpg is not in the copy" in done.output
    assert not (shop / "restoring" / "photos" / f"{NAME}.jpg").exists()


def test_where_there_is_no_copy_one_line_says_so(shop, stick, tmp_path):
    for source, words in ((tmp_path / "nothing", "plugged in"), (shop, "somewhere else")):
        done = run("restore", source, "--data", shop)
        assert done.exit_code in (1, 2)
        assert words in done.stderr
        assert len(done.stderr.splitlines()) == 1
    done = run("restore", stick, "--data", tmp_path / "never-run")
    assert done.exit_code == 2
    assert "start the kiosk here once" in done.stderr


def test_where_neither_copy_nor_folder_is_there_both_are_named(tmp_path):
    """Somebody would make the folder, say it again, and only then hear that the stick is not plugged in."""
    done = run("restore", tmp_path / "stick", "--data", tmp_path / "shop")
    assert done.exit_code == 2
    assert f"no folder {tmp_path / 'stick'}" in done.output
    assert f"no {tmp_path / 'shop'}" in done.output
