"""Judge, write, fold, tell: the one place where something becomes true.

Nothing is told before it is written down and synced. One thread calls this.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, Protocol

import msgspec

from kiosk.amounts import EntryId, Moment
from kiosk.clock import Clock
from kiosk.commands import Command, Refusal
from kiosk.events import Entry, Found
from kiosk.rules import decide
from kiosk.rules.case import Case
from kiosk.state import State, Touched, apply, document


class Record(Protocol):
    """What the core needs of a store."""

    @property
    def device(self) -> str:
        """The name of this kiosk in the record."""

    @property
    def next_number(self) -> int:
        """The number the next entry gets."""

    def append(self, entries: Sequence[Entry], documents: Mapping[Touched, dict[str, Any] | None]) -> None:
        """Write entries and the documents they changed in one commit; durable on return."""

    def find(self, entry_id: EntryId) -> Found | None:
        """An older entry, and what took it back."""

    def try_writing(self) -> None:
        """Find out whether it can be written again; raises as append does."""


class Booked(NamedTuple):
    """What a command came to: the entries that are now in the record."""

    entries: tuple[Entry, ...]


class Core:
    """Holds the present and lets commands change it."""

    def __init__(self, record: Record, state: State, clock: Clock) -> None:
        self.record = record
        self.state = state
        self._clock = clock
        self._newest_wall = _newest_wall(record)

    def now(self) -> Moment:
        """This moment; not trusted when the wall clock has gone back behind the newest entry that was."""
        moment = self._clock.now()
        if moment.wall < self._newest_wall:
            return msgspec.structs.replace(moment, trusted=False)
        return moment

    def handle(self, command: Command) -> Booked | Refusal:
        """Book what was asked, or say why not. Raises StoreError when it could not be written; nothing changed."""
        now = self.now()
        next_entry = EntryId(f"{self.record.device}/{self.record.next_number}")
        verdict = decide(command, Case(self.state, now, self.record.find, next_entry))
        if isinstance(verdict, Refusal):
            return verdict
        first = self.record.next_number
        entries = tuple(
            Entry(device=self.record.device, number=first + place, moment=now, event=event)
            for place, event in enumerate(verdict)
        )
        state, documents = self._fold(entries)
        self.record.append(entries, documents)
        self.state = state
        if now.trusted:
            self._newest_wall = now.wall
        return Booked(entries)

    def _fold(self, entries: Sequence[Entry]) -> tuple[State, dict[Touched, dict[str, Any] | None]]:
        state = self.state
        touched: dict[Touched, None] = {}
        for entry in entries:
            change = apply(state, entry)
            state = change.state
            touched.update(dict.fromkeys(change.touched))
        return state, {name: document(state, name) for name in touched}


def _newest_wall(record: Record) -> int:
    """When the newest entry was written, in milliseconds since 1970, if its clock was trusted; else 0."""
    found = record.find(EntryId(f"{record.device}/{record.next_number - 1}"))
    return found.entry.moment.wall if found and found.entry.moment.trusted else 0
