"""A shop in memory: the real rules and the real state, a list for a record, and a clock that tests move."""

from __future__ import annotations

import msgspec
import pytest

from kiosk.amounts import BadgeHash, EntryId, Handle, Moment
from kiosk.commands import Command, Found, Join, NewBadge, Refusal
from kiosk.events import AnyEvent, Entry, takes_back
from kiosk.events import Found as Looked
from kiosk.rules.case import Case, Verdict
from kiosk.rules.contents import decide
from kiosk.state import State, Touched, apply, document

MONDAY = 1_793_620_800_000
"""2026-11-02 12:00 UTC, in milliseconds."""


class Shop:
    """A record that is a list, and a present that is kept beside it only by what entries said they touched."""

    def __init__(self) -> None:
        self.state = State()
        self.entries: list[Entry] = []
        self.tables: dict[str, dict[str, object]] = {}
        self.now = Moment(wall=MONDAY, mono=0, boot="run 1")

    @property
    def case(self) -> Case:
        return Case(state=self.state, now=self.now, find=self.find)

    def find(self, entry_id: EntryId) -> Looked | None:
        entry = next((entry for entry in self.entries if entry.id == entry_id), None)
        back = (other.id for other in self.entries if takes_back(other.event) == entry_id)
        return Looked(entry=entry, countered_by=next(back, None)) if entry else None

    def ask(self, command: Command) -> Verdict:
        """Ask, and book what the rules said happened."""
        verdict = decide(command, self.case)
        if not isinstance(verdict, Refusal):
            for event in verdict:
                self.write(event)
        return verdict

    def done(self, command: Command) -> Entry:
        """Ask for something that must not be refused; its entry."""
        verdict = self.ask(command)
        assert not isinstance(verdict, Refusal), verdict
        return self.entries[-1]

    def refused(self, command: Command) -> str:
        """Ask for something that must be refused; the refusal's code. Its words must be fit to be said."""
        before = self.state
        verdict = self.ask(command)
        assert isinstance(verdict, Refusal), f"{command} was booked: {verdict}"
        assert self.state is before
        said = verdict.words.format(**verdict.facts)
        assert said
        assert said.isprintable()
        return verdict.code

    def write(self, event: AnyEvent, device: str = "k1") -> Entry:
        number = 1 + sum(1 for entry in self.entries if entry.device == device)
        entry = Entry(device=device, number=number, moment=self.now, event=event)
        self.state, touched = apply(self.state, entry)
        self.entries.append(entry)
        for name in touched:
            self._keep(name)
        return entry

    def _keep(self, touched: Touched) -> None:
        table = self.tables.setdefault(touched.table, {})
        kept = document(self.state, touched)
        if kept is None:
            table.pop(touched.name, None)
        else:
            table[touched.name] = msgspec.json.decode(msgspec.json.encode(kept))

    def wait(self, seconds: float) -> None:
        passed = round(seconds * 1000)
        self.now = msgspec.structs.replace(self.now, wall=self.now.wall + passed, mono=self.now.mono + passed)

    def restart(self, seconds: float = 0, trusted: bool = True) -> None:
        """A new run; seconds: how far the wall clock has gone on, or back."""
        wall = self.now.wall + round(seconds * 1000)
        self.now = Moment(wall=wall, mono=0, boot=self.now.boot + "+", trusted=trusted)

    def founded(self) -> Shop:
        self.done(Found(founders=(("Ada", new("ada")), ("Ben", new("ben")), ("Cy", new("cy")))))
        return self

    def joined(self, *names: Handle) -> Shop:
        """Let these in; each one's badge is called like them, in small letters. Enough hands are lent."""
        for name in names:
            hands = tuple(BadgeHash(hand) for hand in ("ada", "ben", "cy"))
            self.done(Join(handle=name, badge=new(name.lower()), hands=hands))
        return self

    def balances(self) -> dict[Handle, int]:
        return {handle: account.minutes for handle, account in self.state.accounts.items()}


def new(name: str, random: bool = False) -> NewBadge:
    return NewBadge(hash=BadgeHash(name), medium="tag", random=random)


@pytest.fixture
def empty() -> Shop:
    """A kiosk out of its box: nobody has founded anything."""
    return Shop()


@pytest.fixture
def shop() -> Shop:
    """A shop founded by Ada, Ben and Cy, each with a badge named after them."""
    return Shop().founded()


@pytest.fixture
def open_shop() -> type[Shop]:
    """To make as many shops as a test wants."""
    return Shop
