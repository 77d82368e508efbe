"""A second copy of the record: only what is new is copied, and what is there is held against the first.

The record only grows, so a copy that was cut off goes on where it stopped, and a nightly one is short. A copy that
is no beginning of this record is left as it is, and that is said: one of the two was changed.
"""

from collections.abc import Callable
from pathlib import Path

from kiosk.sealing.tree import grown
from kiosk.store.errors import StoreDamagedError, StoreFailedError, StoreReadOnlyError
from kiosk.store.record import Record, copied_row, copied_tree, laid_out_like
from kiosk.store.sqlite_file import SQLiteFile, Statement
from kiosk.store.store import Reader
from kiosk.store.tinydb_sqlite import SCHEMA, copied_documents

_KEEP = "Keep it, compare the two, and name another folder for the next copy."

_BATCH = 500
"""Entries that are written in one commit."""


FILES = ("record.sqlite", "record.sqlite-wal", "record.sqlite-shm", "record.sqlite-journal")
"""What a record may consist of in a folder."""


def back_up(
    reader: Reader, target: Path, passed: Callable[[int], None] = lambda _: None, *, present: bool = True
) -> int:
    """Bring the copy in a folder up to date; how many entries were added. On the disk when it returns.

    passed: called with the number of each entry that is there. present: whether the present goes with them; else
    whoever opens the copy for writing folds it anew. Raises StoreDamagedError where the copy is of
    another record or differs from this one, and the other StoreErrors where it can't be written; what
    was copied till then stays, and the next try goes on from there.
    """
    file = _opened(target)
    try:
        with reader.still():
            return _bring_up(reader, file, passed, present=present)
    finally:
        file.close()


def _opened(target: Path) -> SQLiteFile:
    _must_be_a_plain_place(target)
    try:
        # Never the way there too: a stick that is not plugged in would be made up on the kiosk's own card.
        target.mkdir(mode=0o700, exist_ok=True)
        place = target / "record.sqlite"
        place.touch(mode=0o600)
    except FileNotFoundError as error:
        if target.parent.is_dir():  # as in /proc, where nothing can be made
            raise StoreFailedError(f"No folder can be made in {target.parent}. Name another.") from error
        raise StoreFailedError(f"There is no {target.parent} to copy to. Is the stick plugged in?") from error
    except PermissionError as error:
        raise StoreReadOnlyError(f"No copy can be written in {target} ({error.strerror}).") from error
    except OSError as error:
        raise StoreFailedError(f"No copy can be written in {target} ({error.strerror}).") from error
    return SQLiteFile(place)


def _must_be_a_plain_place(target: Path) -> None:
    """A link may lead anywhere, also back to the record itself."""
    if target.is_symlink():
        raise StoreFailedError(f"{target} is only a link. Name the folder itself that the copy is to be in.")
    if target.exists() and not target.is_dir():
        raise StoreFailedError(f"{target} is no folder. Name a folder for the copy.")
    for place in (target / name for name in FILES):
        if place.is_symlink() or (place.exists() and not place.is_file()):
            raise StoreFailedError(f"{place} is no plain file, so no copy is written there. Take it away first.")


def _bring_up(reader: Reader, file: SQLiteFile, passed: Callable[[int], None], *, present: bool) -> int:
    if not file.rows("SELECT name FROM sqlite_master"):
        file.commit([*laid_out_like(reader.device), *SCHEMA])
    copy = Record(file)
    _must_be_a_beginning(reader, copy, file.path)
    before = size = copy.last
    peaks = copy.peaks
    batch: list[Statement] = []
    for row in reader.rows(after=size):
        batch += copied_row(row)
        peaks = grown(peaks, size, row.leaf)
        size += 1
        if len(batch) >= _BATCH:
            file.commit([*batch, copied_tree(size, peaks), copy.folded_to(None)])
            batch.clear()
        passed(size)
    # The present goes with the last of them, so a copy is never whole with a present that is not its own.
    documents = copied_documents(reader.documents() if present else ())
    file.commit([*batch, copied_tree(size, peaks), *documents, copy.folded_to(size if present else None)])
    if reader.tree() != (size, Record(file).root):
        raise StoreDamagedError(f"{file.path} did not become what it was copied from.")
    return size - before


def _must_be_a_beginning(reader: Reader, copy: Record, path: Path) -> None:
    if copy.device != reader.device:
        raise StoreDamagedError(f"{path} is of another kiosk ({copy.device}). Choose another folder for the copy.")
    last = copy.last
    if last > reader.last_number:
        raise StoreDamagedError(f"{path} has more entries than the record itself. {_KEEP}")
    theirs = next((leaf.hash for leaf in copy.leaves(after=last - 1)), b"")
    ours = next((leaf.hash for leaf in reader.leaves(after=last - 1)), b"") if last else b""
    if last and theirs != ours:
        raise StoreDamagedError(f"{path} differs from the record at entry {last}. {_KEEP}")
