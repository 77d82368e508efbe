"""Several kiosks of one shop, in memory or on the disk: the real cores, rules, folding and signatures.

Only the way between them, and who keeps the claims, is made up: a batch may come late, twice, or not at all.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

from kiosk.amounts import BadgeHash, EntryId, Handle, Moment
from kiosk.batch import Batch, batches, entries_in
from kiosk.commands import AddKiosk, Command, JoinBuilding, NewBadge, Refusal, TakeEntries
from kiosk.commands import Found as FoundShop
from kiosk.core import Booked, Core
from kiosk.events import EntriesTaken, Entry, Found, takes_back, write_entry
from kiosk.sealing.note import Signer
from kiosk.sealing.tree import peaks_of
from kiosk.state import State, Touched, restore
from kiosk.store import Store
from kiosk.store.record import Copied, leaf_hash
from kiosk.turns import ALONE, Claimed

BEGAN = 1_793_620_800_000
PEOPLE = ("Ada", "Ben", "Cy", "Dora")

OWN = ("taken", "restored", "program")
"""Tables that each kiosk has of its own: how far it has heard the others, and how its box is."""


def badge_of(who: str) -> BadgeHash:
    return BadgeHash(f"badge {who}")


HANDS = tuple(badge_of(who) for who in PEOPLE[:3])


class Clock:
    """One clock of a building; each kiosk's may go wrong by some of it."""

    def __init__(self) -> None:
        self.ms = 0

    def of(self, wrong: int = 0) -> "Hand":
        return Hand(self, wrong)


class Hand:
    def __init__(self, clock: Clock, wrong: int) -> None:
        self._clock, self.wrong = clock, wrong

    def now(self) -> Moment:
        self._clock.ms += 1
        return Moment(wall=BEGAN + self._clock.ms + self.wrong, mono=self._clock.ms, boot="test")


class Claims:
    """Who has won which turn; unheard by those from whom it is cut off."""

    def __init__(self) -> None:
        self.won: dict[int, str] = {}
        self.begun: dict[tuple[EntryId, Handle], str] = {}
        self.cut_off: set[str] = set()
        self.deaf: set[str] = set()
        self.put_back: set[str] = set()
        self.asked: Callable[[str, str, bytes], bytes | None] = lambda _by, _device, _question: None

    def of(self, device: str) -> "ClaimsOf":
        return ClaimsOf(self, device)


class ClaimsOf:
    def __init__(self, claims: Claims, device: str) -> None:
        self._claims, self._device = claims, device

    def take(self, number: int, without: str = "", /) -> Claimed:
        if self._device in self._claims.cut_off:
            return "unheard"
        if without and self._claims.won.get(number) == without:
            self._claims.won = {each: who for each, who in self._claims.won.items() if each < number}
        return "won" if self._claims.won.setdefault(number, self._device) == self._device else "lost"

    def holder(self, number: int, /) -> str | None:
        return None if self._device in self._claims.cut_off else self._claims.won.get(number, "")

    def ballot(self, opened: EntryId, handle: Handle, /) -> Claimed:
        if self._device in self._claims.cut_off:
            return "unheard"
        return "won" if self._claims.begun.setdefault((opened, handle), self._device) == self._device else "lost"

    def open_round(self, _opened: EntryId, /) -> Claimed:
        return "unheard" if self._device in self._claims.cut_off else "won"

    def close_round(self, _opened: EntryId, /) -> None:
        pass

    def generation(self) -> str:
        return "1"

    def knows_more(self) -> bool:
        return self._device in self._claims.put_back

    def ask(self, device: str, question: bytes, /) -> bytes | None:
        return self._claims.asked(self._device, device, question)

    def ask_soon(self, device: str, question: bytes, told: Callable[[bytes | None], None], /) -> None:
        told(self.ask(device, question))


class Rows:
    """A record in memory, with salts and hashes, and the present beside it that only append keeps."""

    def __init__(self, device: str) -> None:
        self.device = device
        self.rows: list[Copied] = []
        self.written: list[Entry] = []
        self.tables: dict[str, dict[str, Any]] = {}
        self.full = False
        self._all: dict[EntryId, Entry] = {}
        self._countered: dict[EntryId, EntryId] = {}

    @property
    def next_number(self) -> int:
        return len(self.rows) + 1

    def append(self, entries: Sequence[Entry], documents: Mapping[Touched, dict[str, Any] | None]) -> None:
        if self.full:
            raise OSError("the card is full")
        for entry in entries:
            line, salt = write_entry(entry), self.next_number.to_bytes(16)
            row = (entry.device, entry.number, 0, line.decode(), salt, leaf_hash(salt, line), None)
            self.rows.append(Copied._make(row))
            self.written.append(entry)
            for each in entries_in(entry.event) if isinstance(entry.event, EntriesTaken) else (entry,):
                self._all[each.id] = each
                back = takes_back(each.event)
                if back is not None:
                    self._countered[back] = each.id
        for name, body in documents.items():
            table = self.tables.setdefault(name.table, {})
            table.pop(name.name, None)
            if body is not None:
                table[name.name] = body

    def find(self, entry_id: EntryId) -> Found | None:
        entry = self._all.get(entry_id)
        return Found(entry, self._countered.get(entry_id)) if entry else None

    def try_writing(self) -> None:
        pass

    def batches(self, after: int, signer: Signer) -> Iterator[Batch]:
        return batches(self.rows[after:], peaks_of(row.leaf for row in self.rows[:after])[1], signer)


class Kiosk:
    """One of them. record: in memory, or a store on the disk."""

    def __init__(self, device: str, clock: Any, claims: Claims | None, record: Rows | Store | None = None) -> None:
        self.device = device
        self.clock, self.claims = clock, claims
        self.signer = Signer(f"commons-kiosk/{device}", device.encode().ljust(32, b"."))
        self.record: Any = record or Rows(device)
        self.start()

    def start(self) -> None:
        """As after the power was cut: all that is known is what stands in the record."""
        tables = self.record.tables if isinstance(self.record, Rows) else self.record.tables()
        turns = self.claims.of(self.device) if self.claims else ALONE
        self.core = Core(self.record, restore(tables), self.clock, turns)

    @property
    def state(self) -> State:
        return self.core.state

    def ask(self, command: Command) -> Booked | Refusal:
        return self.core.handle(command)

    def must(self, command: Command) -> Booked:
        booked = self.ask(command)
        assert isinstance(booked, Booked), booked
        return booked

    def code(self, command: Command) -> str:
        """The code of a refusal; "" where it was booked."""
        answer = self.ask(command)
        return answer.code if isinstance(answer, Refusal) else ""

    @property
    def key(self) -> str:
        return str(self.signer.verifier)

    def says(self, after: int = 0) -> list[Batch]:
        return list(self.record.batches(after, self.signer))

    def hear(self, other: "Kiosk") -> list[str]:
        """Take all of another kiosk that is not here yet; the codes of what was not taken."""
        known = self.state.taken.get(other.device)
        codes = [self.code(TakeEntries(batch.text)) for batch in other.says(known.number if known else 0)]
        return [code for code in codes if code]

    def shared(self) -> dict[str, dict[str, Any]]:
        """The documents that all kiosks of a shop have alike."""
        tables = self.record.tables if isinstance(self.record, Rows) else self.record.tables()
        return {name: dict(table) for name, table in tables.items() if name not in OWN and table}


def add(first: Kiosk, new: Kiosk, name: str) -> None:
    """Many hands at the first, and the other begins."""
    first.must(AddKiosk(new.device, name, new.key, HANDS, "by the door", first.key))
    new.must(JoinBuilding(first.device, first.key))
    assert new.hear(first) == []


def founded(first: Kiosk) -> None:
    first.must(FoundShop(tuple((who, NewBadge(badge_of(who), "tag")) for who in PEOPLE[:3])))


def talk(*kiosks: Kiosk) -> None:
    """Everybody hears everybody until nothing is new."""
    for _ in range(20):
        before = [kiosk.record.next_number for kiosk in kiosks]
        for one in kiosks:
            for other in kiosks:
                if one is not other:
                    one.hear(other)
        if before == [kiosk.record.next_number for kiosk in kiosks]:
            return
    raise AssertionError("they never come to an end")


def plain(body: object) -> object:
    return msgspec.json.decode(msgspec.json.encode(body))


def on_disk(folder: Path, device: str) -> Store:
    """A store whose kiosk has this name."""
    from kiosk.store import RECORD_FILE
    from kiosk.store.record import laid_out_like
    from kiosk.store.sqlite_file import SQLiteFile
    from kiosk.store.tinydb_sqlite import SCHEMA

    folder.mkdir()
    with SQLiteFile(folder / RECORD_FILE) as file:
        file.commit([*laid_out_like(device), *SCHEMA])
    return Store.open(folder)
