"""A record that is written in large pieces: thousands of entries in one commit, so that a year takes seconds.

Nothing of it is safe before `flush`: that is for a record that is made anew and can be made again, and no other.
"""

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from kiosk.amounts import EntryId
from kiosk.events import Entry, Found, takes_back
from kiosk.state import Touched
from kiosk.store import RECORD_FILE, Store
from kiosk.store.record import laid_out_like
from kiosk.store.sqlite_file import SQLiteFile
from kiosk.store.tinydb_sqlite import SCHEMA

DEVICE = "simulated"
"""The kiosk that writes a made-up year, so that each of its entries says what it is: simulated/17."""

PIECE = 4_000
"""Entries in one commit."""


class Pages:
    """What the core needs of a record, kept in memory until it is written. Once it is closed, it is on the disk."""

    device = DEVICE

    def __init__(self, store: Store | None = None) -> None:
        """store: where it is written; without one it stays in memory."""
        self.entries: list[Entry] = []
        self._store = store
        self._written = 0
        self._documents: dict[Touched, dict[str, Any] | None] = {}
        self._countered: dict[EntryId, EntryId] = {}

    @property
    def next_number(self) -> int:
        """The number the next entry gets."""
        return len(self.entries) + 1

    def append(self, entries: Sequence[Entry], documents: Mapping[Touched, dict[str, Any] | None]) -> None:
        """Keep entries and the documents that they changed; many of them are written at a time."""
        for entry in entries:
            self.entries.append(entry)
            target = takes_back(entry.event)
            if target is not None:
                self._countered[target] = entry.id
        if self._store is not None:
            self._documents.update(documents)
            if len(self.entries) - self._written >= PIECE:
                self.flush()

    def find(self, entry_id: EntryId) -> Found | None:
        """An older entry, and what took it back."""
        device, _, number = entry_id.rpartition("/")
        if device != DEVICE or not number.isdecimal() or not 1 <= int(number) <= len(self.entries):
            return None
        return Found(self.entries[int(number) - 1], self._countered.get(entry_id))

    def try_writing(self) -> None:
        """Nothing is in the way."""

    def flush(self) -> None:
        """Write what is not written yet. Raises the StoreErrors."""
        fresh = self.entries[self._written :]
        if self._store is not None and fresh:
            self._store.append(fresh, self._documents)
            self._written, self._documents = len(self.entries), {}


def lay_out(folder: Path) -> None:
    """Begin an empty record by the kiosk DEVICE in a folder that has none. Raises OSError, and the StoreErrors."""
    path = folder / RECORD_FILE
    os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600))
    with SQLiteFile(path) as file:
        file.commit([*laid_out_like(DEVICE), *SCHEMA])
