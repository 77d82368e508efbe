"""The one writer and its readers: entries in, the present and the past out.

`Store.append` writes entries and every document they changed in one commit. `Reader` looks on, from other
processes, while the kiosk runs and while it does not.
"""

import errno
import fcntl
import hashlib
import os
import struct
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from itertools import takewhile
from pathlib import Path
from typing import Any, Self

import msgspec

from kiosk.amounts import EntryId
from kiosk.batch import Batch, batches, spread
from kiosk.events import Entry, Found
from kiosk.sealing.note import Signer
from kiosk.sealing.tree import Peaks, peaks_of
from kiosk.state import TABLES, State, Touched, apply, document, fold
from kiosk.store.errors import (
    NoRecordError,
    StoreBusyError,
    StoreDamagedError,
    StoreError,
    StoreFailedError,
    StoreFullError,
    StoreReadOnlyError,
)
from kiosk.store.record import (
    Copied,
    Leaf,
    Record,
    as_of,
    laid_out_like,
    new_record,
    said_of_itself,
    sum_line,
    summed_to,
)
from kiosk.store.sqlite_file import SQLiteFile, Statement
from kiosk.store.tinydb_sqlite import SCHEMA, Body, NamedTinyDB, Written

RECORD_FILE = "record.sqlite"
_LOCK = "record.lock"

_FULL = (errno.ENOSPC, errno.EDQUOT)
_NOT_WRITABLE = (errno.EACCES, errno.EPERM, errno.EROFS, errno.EEXIST, errno.ENOTDIR, errno.EISDIR)

_DOCUMENTS = "SELECT in_table, id, body FROM documents ORDER BY place"

_ROUND = 2**256
"""Sums of documents go round at this. It finds what a bad card did, not what somebody did who can add."""

_ENDS = 64
"""Ends of batches of which the tree is kept, so that the next ones begin there."""

_LENGTHS = struct.Struct(">QQQ")

Tables = dict[str, dict[str, Body]]
"""The present as plain data: documents by name, in their tables."""


class _Opened:
    """What the writer and a reader both can: look things up. Use it as a context manager, or close it."""

    def __init__(self, file: SQLiteFile, record: Record) -> None:
        self._file = file
        self._record = record
        self._ends: dict[int, Peaks] = {}

    @property
    def device(self) -> str:
        """The name of the kiosk that writes this record."""
        return self._record.device

    @property
    def last_number(self) -> int:
        """The number of the newest entry; 0 when there is none."""
        return self._record.last

    def find(self, entry_id: EntryId) -> Found | None:
        """An entry, and the one that took it back if there is one; None for a name that is not in the record."""
        return self._record.find(entry_id)

    def entries(self, after: int = 0) -> Iterator[Entry]:
        """The entries with a higher number than this, oldest first, read as they are asked for.

        Raises StoreDamagedError, naming the entry, when one is not what was written.
        """
        return self._record.entries(after)

    def all_entries(self, after: int = 0, upto: int | None = None) -> Iterator[Entry]:
        """The same, and in the place of what came from another kiosk of the shop the entries that were in it: what
        the shop wrote, whichever kiosk it was written at. What folds is `entries`.

        upto: the last of ours that is read.
        """
        own = self._record.entries(after)
        return spread(own if upto is None else takewhile(lambda entry: entry.number <= upto, own))

    def stands_at(self, entry_id: EntryId) -> int:
        """The number of the entry of ours that this one is, or came by; 0 for a name that is not in the record."""
        return self._record.stands_at(entry_id)

    def batches(self, after: int, signer: Signer) -> Iterator[Batch]:
        """What this kiosk wrote with a higher number than this, for the other kiosks of the shop."""
        for batch in batches(self._record.rows(after), self._peaks_at(after), signer):
            self._ends = dict([*self._ends.items(), (batch.last, batch.peaks)][-_ENDS:])
            yield batch

    def _peaks_at(self, number: int) -> Peaks:
        """What is asked for is mostly the end of what was given; otherwise it takes all entries before."""
        if number in self._ends:
            return self._ends[number]
        before = takewhile(lambda leaf: leaf.number <= number, self._record.leaves())
        return peaks_of(leaf.hash for leaf in before)[1]

    def leaves(self, after: int = 0) -> Iterator[Leaf]:
        """The hashes of the entries with a higher number than this, oldest first: what a tree is built over."""
        return self._record.leaves(after)

    def sealed(self) -> Iterator[tuple[Entry, bytes]]:
        """All entries with the hash of each, oldest first. Raises StoreDamagedError as `entries` does."""
        return self._record.sealed()

    def tree(self) -> tuple[int, bytes]:
        """How many entries there are, and the root of the tree over them, as both were kept."""
        with self._file.lock:
            return self._record.last, self._record.root

    def salt(self, number: int) -> bytes:
        """The salt in the hash of this kiosk's entry of that number; KeyError where there is none."""
        return self._record.salt(number)

    def tables(self) -> Tables:
        """The present, as `kiosk.state.restore` takes it. A copy."""
        raise NotImplementedError

    def still(self) -> AbstractContextManager[object]:
        """Within it everything is read as of one moment."""
        raise NotImplementedError

    def damage(self) -> tuple[str, ...]:
        """What is broken in the file itself, a sentence each; empty when it is whole. Reads all of it."""
        return self._file.damage()

    def close(self) -> None:
        """Let go of the record. Closing twice does no harm."""
        self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class Store(_Opened):
    """The one writer. rebuilt: why the present was folded anew when it was opened; empty when it was not.

    One thread at a time is let in, so a lookup never sees half of an append.
    """

    def __init__(self, file: SQLiteFile, lock: int) -> None:
        super().__init__(file, Record(file))
        self._lock = lock
        self._record.check_end()
        self._sums: dict[Touched, int] = {}
        self._total = 0
        self._present, self.rebuilt = self._present_or_mended()
        self._tree_line = self._record.tree_line

    @classmethod
    def open(cls, folder: Path, called: str = "") -> Self:
        """Open the record in a folder for writing, or begin one there, for its owner's eyes only. called: what the
        kiosk of one that begins is called; "" and a name is made for it.

        Raises StoreBusyError when another kiosk has it open, StoreReadOnlyError when the place can't be written,
        StoreDamagedError when something else stands there, StoreNewerError when a newer kiosk wrote it, and
        StoreFullError when there is no room.
        """
        path, lock = _take_place(folder)
        try:
            file = SQLiteFile(path)
        except BaseException:
            os.close(lock)
            raise
        try:
            _lay_out(file, called)
            return cls(file, lock)
        except BaseException:
            file.close()
            os.close(lock)
            raise

    @property
    def next_number(self) -> int:
        """The number that the next entry must have."""
        return self._record.last + 1

    def append(self, entries: Sequence[Entry], documents: Mapping[Touched, dict[str, Any] | None]) -> None:
        """Write entries down, with every document they changed (None: removed). On the disk when it returns.

        Raises ValueError for an entry that isn't the next, or documents without an entry; StoreFullError and the
        other StoreErrors when it could not be written, and then nothing of it was.
        """
        if not entries:
            raise ValueError("The present changes only with an entry of the record; none was given.")
        with self._file.lock, self._record.growing(entries) as additions:
            self._write(additions.statements, additions.about, documents)
            self._tree_line = additions.tree_line

    def try_writing(self) -> None:
        """Find out whether it can be written again, where it could not: writes something that means nothing.

        A file that was gone and lies in its place again is opened anew, if it holds just what this one does. Waits
        for nobody. Raises the StoreErrors as `append` does.
        """
        with self._file.lock:
            if not self._file.in_place:
                self._come_back()
            self._file.commit([self._record.tried()], patience=0)

    def _come_back(self) -> None:
        fresh = SQLiteFile(self._file.path, must_exist=True)
        try:
            self._must_be_the_same(Record(fresh))
            self._lock_again()
        except BaseException:
            fresh.close()
            raise
        self._file.become(fresh)

    def _must_be_the_same(self, found: Record) -> None:
        if (found.device, found.tree_line) != (self._record.device, self._tree_line):
            raise StoreFailedError(
                f"{self._file.path} is not the record that was there before. Switch the kiosk off and on."
            )

    def _lock_again(self) -> None:
        """The lock lies beside the file, and went with it."""
        if self._lock >= 0:
            os.close(self._lock)
            self._lock = -1
        folder = self._file.path.parent
        try:
            lock = os.open(folder / _LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError as error:
            raise _no_place(folder, error) from error
        try:
            _hold(lock, folder)
        except StoreBusyError:
            os.close(lock)
            raise
        self._lock = lock

    def tables(self) -> Tables:
        """The present, as `kiosk.state.restore` takes it. A copy."""
        with self._file.lock:
            return _as_tables(self._present)

    def still(self) -> AbstractContextManager[object]:
        """Within it everything is read as of one moment: appending waits. What takes long belongs into a Reader."""
        return self._file.lock

    def close(self) -> None:
        """Let go of the record; another kiosk may open it then. Closing twice does no harm."""
        super().close()
        if self._lock >= 0:
            os.close(self._lock)
            self._lock = -1

    def _write(
        self,
        first: Iterable[Statement],
        about: Mapping[str, str],
        documents: Mapping[Touched, dict[str, Any] | None],
    ) -> None:
        written = [Written.of(*name, body) for name, body in documents.items()]
        sums, total = dict[Touched, int](), self._total
        for name, one in zip(documents, written, strict=True):
            if name.table not in TABLES:
                raise ValueError(f"The present has no table {name.table!r}.")
            sums[name] = 0 if one.text is None else _sum_of(*name, one.text)
            total += sums[name] - self._sums.get(name, 0)
        total %= _ROUND
        self._present.write([*first, said_of_itself({**about, **summed_to(total)})], written)
        self._sums |= sums
        self._total = total

    def _present_or_mended(self) -> tuple[NamedTinyDB, str]:
        """The present as it was written, or folded anew from the record where it cannot be that."""
        said, last = self._record.present_as_of, self._record.last
        why = "" if said == str(last) else f"it was as of entry {said or 'none'}, but the record goes up to {last}"
        if not why and not self._record.present_is_of_this_shape:
            why = "another version of the kiosk had folded it"
        try:
            present = NamedTinyDB(self._file)
        except StoreDamagedError as error:
            why = str(error)
        if not why:
            rows = self._file.rows(_DOCUMENTS)
            self._sums = {Touched(table, name): _sum_of(table, name, body) for table, name, body in rows}
            self._total = sum(self._sums.values()) % _ROUND
            if self._record.present_sum in ("", sum_line(self._total)):
                return present, ""
            why = "it was not as it was written"
        self._fold_anew(last)
        return NamedTinyDB(self._file), f"The present was folded anew from the record: {why}."

    def _fold_anew(self, last: int) -> None:
        # Said to be folded to nowhere meanwhile, so that a start cut off between the two commits is made up for.
        emptied = [Statement("DELETE FROM documents"), Statement("DELETE FROM present_tables")]
        self._file.commit([*emptied, *self._record.find_again(), self._record.folded_to(None)])
        self._present = NamedTinyDB(self._file)
        self._sums, self._total = {}, 0
        self._write([], as_of(last), Folding.of(self.entries()).documents())


class Reader(_Opened):
    """Somebody who looks on: the wall, a report, a check. It never writes and never holds the writer up."""

    def __init__(self, file: SQLiteFile) -> None:
        super().__init__(file, Record(file))

    @classmethod
    def open(cls, folder: Path, longest: int | None = None) -> Self:
        """Open the record in a folder for reading. longest: bytes of one entry, where the file may be hostile.

        Raises NoRecordError when there is none, StoreFailedError when it can't be reached, and StoreDamagedError
        or StoreNewerError when it can't be understood.
        """
        file = SQLiteFile(_path_to_read(folder), read_only=True, longest=longest)
        try:
            return cls(file)
        except BaseException:
            file.close()
            raise

    def tables(self) -> Tables:
        """The present as last committed, as `kiosk.state.restore` takes it. A copy."""
        return _as_tables(NamedTinyDB(self._file))

    def still(self) -> AbstractContextManager[object]:
        """Within it everything is read as of one moment, whatever the kiosk writes meanwhile."""
        return self._file.still()

    def rows(self, after: int = 0) -> Iterator[Copied]:
        """The rows with a higher number, as they stand, oldest first; StoreDamagedError as in `entries`."""
        return self._record.rows(after)

    def between(self, wall: int, until: int) -> tuple[int, int]:
        """The lowest and the highest number of the entries of a time, in milliseconds since 1970; until is no part
        of it. (n + 1, n) when there are none. Looks from the newest backwards, only as far as needed.
        """
        return self._record.between(wall, until)

    def check_end(self) -> None:
        """Raise StoreDamagedError when there are more or fewer entries than were written."""
        self._record.check_end()

    def of_kinds(self, kinds: Sequence[str], after: int) -> Iterator[Entry]:
        """The entries of some kinds, as the record calls them, with a higher number than this, oldest first."""
        return self._record.of_kinds(kinds, after)

    def of_kinds_back(self, kinds: Sequence[str], upto: int) -> Iterator[Entry]:
        """The same with a lower number than this, the newest first."""
        return self._record.of_kinds_back(kinds, upto)

    def taken_back(self) -> dict[EntryId, EntryId]:
        """Which entries were taken back, and by which."""
        return self._record.taken_back()

    def foreign(self) -> tuple[str, ...]:
        """The names of the first rows that are not this kiosk's: nobody but a hand put them there."""
        return self._record.foreign()

    def documents(self) -> list[tuple[str, str, str]]:
        """(table, name, body) of each document of the present, as they stand in the file."""
        return self._file.rows(_DOCUMENTS)

    def present_is_as_written(self) -> bool:
        """Whether the documents add up to what they did when they were written; it does not read the record."""
        sql = "SELECT in_table, id, body, (SELECT value FROM about WHERE name = 'present sum') FROM documents"
        rows = self._file.rows(sql)
        total = sum(_sum_of(table, name, body) for table, name, body, _ in rows) % _ROUND
        return not rows or rows[0][3] in (None, sum_line(total))


def _sum_of(table: str, name: str, body: str) -> int:
    """A document as a number that no other document has. Lengths go in, so that nothing can move across.

    The sum of all is the same whatever their order, and another as soon as a bit of one of them is.
    """
    where, called, said = str(table).encode(), str(name).encode(), str(body).encode()
    lengths = _LENGTHS.pack(len(where), len(called), len(said))
    return int.from_bytes(hashlib.sha256(b"".join((lengths, where, called, said))).digest())


def refold(source: Store | Reader) -> State:
    """The state that the whole record leads to, entry by entry from the first."""
    return fold(source.entries())


def differing(source: Store | Reader) -> tuple[Touched, ...]:
    """The documents in which the present is not what the record folds to. Empty when all is well."""
    with source.still():
        return Folding.of(source.entries()).differing(source.tables())


class Folding:
    """Folds a record and notes every document it touches, so that the present can be held against it."""

    def __init__(self) -> None:
        self.state = State()
        self._touched: dict[Touched, None] = {}

    @classmethod
    def of(cls, entries: Iterable[Entry]) -> Self:
        """All of these."""
        folding = cls()
        for entry in entries:
            folding.add(entry)
        return folding

    def add(self, entry: Entry) -> None:
        """One entry more."""
        self.state, touched = apply(self.state, entry)
        for name in touched:
            self._touched[name] = None

    def documents(self) -> dict[Touched, Body | None]:
        """Every document that the record touched, as the last entry left it."""
        return {name: document(self.state, name) for name in self._touched}

    def differing(self, tables: Tables) -> tuple[Touched, ...]:
        """The documents in which a present is not what was folded."""
        kept = {Touched(table, name): body for table, held in tables.items() for name, body in held.items()}
        folded = self.documents()
        return tuple(name for name in sorted({*kept, *folded}) if kept.get(name) != _as_plain(folded.get(name)))


def _as_plain(body: Any) -> Any:
    """As it would come back from the file: tuples become lists there."""
    return msgspec.json.decode(msgspec.json.encode(body))


def _as_tables(present: NamedTinyDB) -> Tables:
    return {name: {str(found.doc_id): dict(found) for found in present.table(name)} for name in TABLES}


def _take_place(folder: Path) -> tuple[Path, int]:
    """The file to write to, there and empty if it was not there before, and a lock on its folder."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _check_writable(folder)
        lock = os.open(folder / _LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            _hold(lock, folder)
            _make_file(folder)
        except BaseException:
            os.close(lock)
            raise
    except StoreError:
        raise
    except OSError as error:
        raise _no_place(folder, error) from error
    return folder / RECORD_FILE, lock


def _check_writable(folder: Path) -> None:
    """Raise PermissionError unless the folder, and the record in it, can be written."""
    for place in (folder, folder / RECORD_FILE):
        if place.exists() and not os.access(place, os.W_OK, effective_ids=True):
            raise PermissionError(errno.EACCES, "it does not let itself be written", str(place))


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """Within it no kiosk opens the record in a folder that is there. Raises StoreBusyError when one has."""
    lock = os.open(folder / _LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        _hold(lock, folder)
        yield
    finally:
        os.close(lock)


def _hold(lock: int, folder: Path) -> None:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise StoreBusyError(
            f"Another kiosk is running on {folder}. Close it, or give this one a folder."
        ) from error


def _make_file(folder: Path) -> None:
    """Make the file for its owner only, and sync its name.

    One that is there is not so much as opened: closing it again would let go of the locks that SQLite may hold on
    it elsewhere in this process (https://www.sqlite.org/howtocorrupt.html, section 2.2).
    """
    if (folder / RECORD_FILE).exists():
        return
    os.close(os.open(folder / RECORD_FILE, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600))
    for place in (folder, folder.absolute().parent):
        handle = os.open(place, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _no_place(folder: Path, error: OSError) -> StoreError:
    why = f"{error.filename or folder}: {error.strerror}"
    if error.errno in _FULL:
        return StoreFullError(f"There is no room for a record in {folder} ({why}).")
    if error.errno in _NOT_WRITABLE:
        return StoreReadOnlyError(f"No record can be written in {folder} ({why}).")
    return StoreFailedError(f"The record in {folder} could not be opened ({why}).")


def _path_to_read(folder: Path) -> Path:
    path = folder / RECORD_FILE
    try:
        path.stat()
    except (FileNotFoundError, NotADirectoryError) as error:
        raise NoRecordError(f"There is no record in {folder}; no kiosk has written there yet.") from error
    except OSError as error:
        raise StoreFailedError(f"The record in {folder} could not be reached ({error.strerror}).") from error
    return path


def _lay_out(file: SQLiteFile, called: str) -> None:
    """Begin a record where there is nothing yet. Raises StoreDamagedError where something else stands."""
    standing = {name for (name,) in file.rows("SELECT name FROM sqlite_master")}
    if not standing:
        file.commit([*(laid_out_like(called) if called else new_record()), *SCHEMA])
    elif "about" not in standing:
        raise StoreDamagedError(f"{file.path} is a database, but no record of a kiosk.")
