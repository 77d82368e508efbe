"""One SQLite file: opened with every promise set and read back, written in whole commits, its errors said plainly.

A commit is on the disk when `commit` returns: write-ahead log with synchronous=FULL is one sync for each commit,
and the only one of the cheap modes that loses nothing acknowledged (https://www.sqlite.org/pragma.html#pragma_synchronous).
"""

import contextlib
import os
import sqlite3
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple, Self

from kiosk.store.errors import (
    BRING_BACK,
    StoreBusyError,
    StoreClosedError,
    StoreDamagedError,
    StoreError,
    StoreFailedError,
    StoreFullError,
    StoreGoneError,
    StoreReadOnlyError,
)

_PROMISES = {
    "journal_mode": ("WAL", "wal"),
    "synchronous": ("FULL", 2),
    "secure_delete": ("ON", 1),
    "trusted_schema": ("OFF", 0),
}
"""What is asked of SQLite, and the answer that shows it was heard. Deleted badges are overwritten with zeros."""

_PATIENCE = 5.0
"""Seconds to wait for somebody else's lock on the file, such as a person with the sqlite3 tool."""

_PRIMARY = 0xFF
"""The low byte of an SQLite error code names its family."""


class Statement(NamedTuple):
    """One piece of SQL and the values for its question marks."""

    sql: str
    values: tuple[object, ...] = ()


class SQLiteFile:
    """A file of rows. One thread at a time is let in; a reader never sees half a commit."""

    def __init__(
        self, path: Path, *, read_only: bool = False, must_exist: bool = False, longest: int | None = None
    ) -> None:
        """longest: bytes of a text that is read at all; for a file that may be hostile."""
        self.path = path
        self.lock = threading.RLock()
        self._connection = _connect_to_read(path) if read_only else _connect_to_write(path, must_exist=must_exist)
        self._place = None if read_only else _place_of(path)
        if longest is not None:
            self._connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, longest)

    def rows(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        """All rows that a question has for an answer."""
        with self.lock, _said(self.path):
            try:
                return self._connection.execute(sql, values).fetchall()
            except sqlite3.OperationalError as error:
                if "decode to UTF-8" not in str(error):
                    raise
                # A flipped byte has made some text no text any more; which it is, is told by whoever reads it.
                self._connection.text_factory = _as_far_as_it_goes
                return self._connection.execute(sql, values).fetchall()

    @property
    def in_place(self) -> bool:
        """Whether the file that is written to still lies where it was opened.

        A file that was taken away goes on taking writes, and nobody would ever find them again. SQLite itself looks
        only in its other journal modes.
        """
        return self._place is None or _place_of(self.path) == self._place

    def commit(self, statements: Iterable[Statement], patience: float = _PATIENCE) -> None:
        """Write all statements, or none: durable when it returns, as before when it raises.

        patience: seconds to wait for somebody else's lock. Raises StoreGoneError when the file is not in its place.
        """
        with self.lock, _said(self.path):
            if not self.in_place:
                raise StoreGoneError(f"{self.path} is not there any more. Put the card back.")
            self._begin(patience)
            try:
                for statement in statements:
                    self._connection.execute(statement.sql, statement.values)
                self._connection.execute("COMMIT")
            except BaseException:
                # After some errors, a full disk among them, SQLite has rolled back by itself.
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise

    def _begin(self, patience: float) -> None:
        if patience == _PATIENCE:
            self._connection.execute("BEGIN IMMEDIATE")
            return
        self._connection.execute(f"PRAGMA busy_timeout={int(patience * 1000)}").fetchall()
        try:
            self._connection.execute("BEGIN IMMEDIATE")
        finally:
            self._connection.execute(f"PRAGMA busy_timeout={int(_PATIENCE * 1000)}").fetchall()

    def become(self, other: "SQLiteFile") -> None:
        """Go on as another opening of the same path, which is used up by this; the old one is let go of."""
        with self.lock, other.lock:
            old = self._connection
            self._connection, self._place = other._connection, other._place
        with contextlib.suppress(sqlite3.Error):
            # SQLite sees that the file was moved, and leaves alone what lies in its place now.
            old.close()

    @contextmanager
    def still(self) -> Iterator[None]:
        """Everything read inside is as of one moment, whatever others commit meanwhile. For reading only."""
        with self.lock, _said(self.path):
            self._connection.execute("BEGIN")
            self._connection.execute("SELECT count(*) FROM sqlite_master").fetchall()
        try:
            yield
        finally:
            with self.lock, _said(self.path):
                self._connection.execute("ROLLBACK")

    def damage(self) -> tuple[str, ...]:
        """What SQLite finds broken in the file, a sentence each; empty when it is whole. Reads all of it."""
        try:
            found = self.rows("PRAGMA integrity_check")
        except StoreDamagedError as error:
            return (str(error),)
        return tuple(str(line) for (line,) in found if line != "ok")

    def close(self) -> None:
        """Let go of the file. Closing twice does no harm."""
        with self.lock, _said(self.path):
            self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _as_far_as_it_goes(text: bytes) -> str:
    return text.decode(errors="replace")


def _place_of(path: Path) -> tuple[int, int] | None:
    """Which file on which disk this is; None when there is none, or the disk does not answer."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _connect_to_write(path: Path, *, must_exist: bool) -> sqlite3.Connection:
    with _said(path):
        place = f"{path.absolute().as_uri()}?mode={'rw' if must_exist else 'rwc'}"
        connection = sqlite3.connect(
            place, uri=True, timeout=_PATIENCE, isolation_level=None, check_same_thread=False
        )
        try:
            for name, (wish, answer) in _PROMISES.items():
                _promise(connection, path, name, wish, answer)
        except BaseException:
            connection.close()
            raise
    return connection


def _promise(connection: sqlite3.Connection, path: Path, name: str, wish: str, answer: object) -> None:
    connection.execute(f"PRAGMA {name}={wish}").fetchall()
    (heard,) = connection.execute(f"PRAGMA {name}").fetchone()
    if heard != answer:
        message = f"SQLite would not set {name} to {wish} for {path} (it says {heard}), so nothing is safe there."
        raise StoreFailedError(message)


def _connect_to_read(path: Path) -> sqlite3.Connection:
    """Read through the write-ahead log; where that cannot be opened and there is none, read the file alone.

    A folder that cannot be written (a stick, a copy of somebody else's) has no room for the index that readers of
    the log share. Without a log the file is whole by itself.
    """
    try:
        return _read_as(path, "mode=ro")
    except (StoreFailedError, StoreReadOnlyError):
        log = path.with_name(path.name + "-wal")
        if log.exists() and log.stat().st_size:
            raise
        return _read_as(path, "mode=ro&immutable=1")


def _read_as(path: Path, how: str) -> sqlite3.Connection:
    with _said(path):
        place = f"{path.absolute().as_uri()}?{how}"
        connection = sqlite3.connect(
            place, uri=True, timeout=_PATIENCE, isolation_level=None, check_same_thread=False
        )
        try:
            connection.execute("PRAGMA query_only=ON")
            connection.execute("PRAGMA trusted_schema=OFF")
            connection.execute("SELECT count(*) FROM sqlite_master").fetchall()
        except BaseException:
            connection.close()
            raise
    return connection


@contextmanager
def _said(path: Path) -> Iterator[None]:
    """Say SQLite's errors in the house's own words."""
    try:
        yield
    except sqlite3.ProgrammingError as error:
        if "closed" not in str(error):
            raise
        raise StoreClosedError(f"The record {path} is closed already.") from error
    except sqlite3.Error as error:
        raise _in_words(error, path) from error
    except UnicodeDecodeError as error:
        # In a text, or in SQLite's own words about a broken name of a table.
        raise StoreDamagedError(f"{path} is damaged. {BRING_BACK}") from error


def _only_to_read(path: Path) -> bool:
    """Whether the system has set the disk to be read only, as it does when a card fails under it."""
    try:
        return bool(os.statvfs(path).f_flag & os.ST_RDONLY)
    except OSError:
        return False


def _in_words(error: sqlite3.Error, path: Path) -> StoreError:
    match getattr(error, "sqlite_errorcode", 0) & _PRIMARY:
        case sqlite3.SQLITE_FULL:
            return StoreFullError(
                f"The disk that holds {path} is full. Nothing was written; make room and try again."
            )
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return StoreBusyError(f"Somebody else holds {path} open for writing. Close it there and try again.")
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_PERM:
            return StoreReadOnlyError(f"{path} does not let itself be written ({error}).")
        case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_NOTADB:
            return StoreDamagedError(f"{path} is damaged ({error}). {BRING_BACK}")
        case sqlite3.SQLITE_IOERR | sqlite3.SQLITE_CANTOPEN if _only_to_read(path):
            return StoreReadOnlyError(f"The disk that holds {path} can only be read now. Nothing was written.")
        case sqlite3.SQLITE_TOOBIG:
            return StoreDamagedError(f"{path} holds something longer than any entry is.")
        case sqlite3.SQLITE_IOERR | sqlite3.SQLITE_CANTOPEN:
            return StoreFailedError(f"The disk failed at {path} ({error}). Nothing of the change is certain.")
    return StoreError(f"{path} refused a change ({error}).")
