"""Judge, write, fold, tell: the one place where something becomes true.

Nothing is told before it is written down and synced. One thread calls this.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, Protocol

from kiosk.amounts import EntryId, Moment
from kiosk.batch import entries_in
from kiosk.clock import Clock, known_after
from kiosk.commands import Command, PassTurn, Refusal, RemoveKiosk, TakeCoin, TakeEntries
from kiosk.events import AnyEvent, EntriesTaken, Entry, Found
from kiosk.rules.case import Case
from kiosk.rules.contents import FREE, decide
from kiosk.state import State, Touched, alive, apply, document
from kiosk.turns import ALONE, Turns

STILL_WRITTEN = (TakeCoin, TakeEntries)
"""What is written also at a kiosk that was put back: what has happened is never refused."""


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
    """Holds the present and lets commands change it. turns: those of the shop's kiosks."""

    def __init__(self, record: Record, state: State, clock: Clock, turns: Turns = ALONE) -> None:
        self.record = record
        self.state = state
        self.turns = turns
        self._clock = clock
        newest = _newest(record)
        self._newest_wall = newest.moment.wall if newest and newest.moment.trusted else 0
        self._order = newest.order if newest else 0
        self._won = 0
        self.unsettled = state.in_building

    def now(self) -> Moment:
        """This moment; not trusted when the wall clock has gone back behind the newest entry that was."""
        return known_after(self._clock.now(), self._newest_wall)

    def handle(self, command: Command) -> Booked | Refusal:
        """Book what was asked, or say why not. Raises StoreError when it could not be written; nothing changed."""
        now = self.now()
        next_entry = EntryId(f"{self.record.device}/{self.record.next_number}")
        verdict = decide(command, Case(self.state, now, self.record.find, next_entry))
        if isinstance(verdict, Refusal):
            return verdict
        if self.others and not isinstance(command, STILL_WRITTEN) and self.turns.knows_more():
            return _PUT_BACK  # before a turn is won, for which the others would wait
        turn = self._turn(command)
        if isinstance(turn, Refusal):
            return turn
        entries = self._entries(verdict, now, turn)
        state, documents = self._fold(entries)
        self.record.append(entries, documents)
        self.state = state
        self._order = entries[-1].order
        if turn:
            self._won, self.unsettled = 0, False
        if now.trusted:
            self._newest_wall = now.wall
        return Booked(entries)

    def takes(self, vote: EntryId) -> bool:
        """Whether a vote is taken at this kiosk: it was opened here."""
        return vote.rpartition("/")[0] == self.record.device

    @property
    def others(self) -> tuple[str, ...]:
        """The other kiosks of the shop."""
        return tuple(each.device for each in alive(self.state.kiosks.values(), self.record.device))

    def settle(self) -> bool:
        """After a start, and after what could not be written: use up a turn that was won before, so that the other
        kiosks can go on. Whether that is known to be done; raises as `handle` does."""
        holder = self.turns.holder(self.state.turn + 1) if self.others else ""
        if holder is None:
            return False
        if holder == self.record.device and isinstance(self.handle(PassTurn()), Refusal):
            return False
        self.unsettled = False
        return True

    def _turn(self, command: Command) -> int | Refusal:
        """The turn that this is written in; 0 for what needs none."""
        if isinstance(command, FREE) or self.record.device not in self.state.kiosks:
            return 0
        number = self.state.turn + 1
        if self._won == number:
            return number
        if isinstance(command, PassTurn) and self.turns.holder(number) != self.record.device:
            return _NO_TURN
        gone = command.device if isinstance(command, RemoveKiosk) else ""
        others = [device for device in self.others if device != gone]
        claimed = self.turns.take(number, gone) if self.others else "won"
        if claimed == "won":
            self._won, self.unsettled = number, True
            return number
        if gone and not others:
            return number
        return _ANOTHER_WRITES if claimed == "lost" else _UNHEARD

    def _entries(self, events: Sequence[AnyEvent], now: Moment, turn: int) -> tuple[Entry, ...]:
        device, first, order = self.record.device, self.record.next_number, self._order
        entries = []
        for place, event in enumerate(events):
            if isinstance(event, EntriesTaken):
                order = max(order, *(entry.order for entry in entries_in(event)), now.wall)
            elif self.state.in_building:
                order = max(order + 1, now.wall)
            entries.append(Entry(device, first + place, now, event, order, turn))
        return tuple(entries)

    def _fold(self, entries: Sequence[Entry]) -> tuple[State, dict[Touched, dict[str, Any] | None]]:
        state = self.state
        touched: dict[Touched, None] = {}
        for entry in entries:
            change = apply(state, entry)
            state = change.state
            touched.update(dict.fromkeys(change.touched))
        return state, {name: document(state, name) for name in touched}


_ANOTHER_WRITES = Refusal("other kiosk", "Another kiosk is just writing something. Try again in a moment.")
_PUT_BACK = Refusal(
    "put back",
    "This kiosk was put back from an older copy, and what is written here is not believed. Go to another one; "
    "there this one can be taken off.",
)
_NO_TURN = Refusal("no turn", "There is no turn to pass on.")
_UNHEARD = Refusal(
    "unheard", "This needs the other kiosk, and it can’t be reached. Swaps, coins and money for the jar go on."
)


def _newest(record: Record) -> Entry | None:
    """The newest entry, if there is one."""
    found = record.find(EntryId(f"{record.device}/{record.next_number - 1}"))
    return found.entry if found else None
