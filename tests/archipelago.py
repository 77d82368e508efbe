"""Shops that write to each other, in memory: the real rules, the real folding, the real signatures; only the way
between them is made up. What is carried is a text, and it may come late, twice, or not at all."""

from msgspec.structs import replace

from kiosk.amounts import BadgeHash, EntryId, Moment
from kiosk.commands import (
    CloseSegment,
    Command,
    LinkNeighbour,
    NewBadge,
    OfferSwap,
    Refusal,
    TakeSegment,
    WriteLetter,
)
from kiosk.commands import Found as FoundShop
from kiosk.events import Entry, Found, LetterWritten, SegmentClosed
from kiosk.letters import AnyLetter, Visitor, write_card
from kiosk.post import segment_again
from kiosk.rules import decide
from kiosk.rules.case import Case
from kiosk.sealing.note import Signer
from kiosk.state import State, apply

DAY = 86_400_000
BEGAN = 1_793_620_800_000


class Shore:
    """One shop: three people, a key, a record in memory, and what it has sent."""

    def __init__(self, name: str, seed: int) -> None:
        self.name = name
        self.device = f"k{seed:x}"
        self.signer = Signer(f"commons-kiosk/{self.device}", seed.to_bytes(32, "big"))
        self.entries: list[Entry] = []
        self.state = State()
        self.ms = 0
        self.sent: dict[str, list[str]] = {}
        self.people = tuple(f"{who}{seed}" for who in ("Ada", "Ben", "Cy"))
        founders = [(who, NewBadge(badge_of(who), "tag")) for who in self.people]
        self.must(FoundShop(tuple(founders)))

    def now(self) -> Moment:
        return Moment(wall=BEGAN + self.ms, mono=self.ms, boot="test")

    def find(self, name: EntryId) -> Found | None:
        number = int(name.split("/")[1])
        return Found(self.entries[number - 1]) if 0 < number <= len(self.entries) else None

    def ask(self, command: Command) -> Refusal | tuple[Entry, ...]:
        self.ms += 60_000
        verdict = decide(
            command, Case(self.state, self.now(), self.find, EntryId(f"{self.device}/{len(self.entries) + 1}"))
        )
        if isinstance(verdict, Refusal):
            return verdict
        entries = []
        for event in verdict:
            entry = Entry(self.device, len(self.entries) + 1, self.now(), event)
            self.entries.append(entry)
            entries.append(entry)
            self.state = apply(self.state, entry).state
        return tuple(entries)

    def must(self, command: Command) -> tuple[Entry, ...]:
        entries = self.ask(command)
        assert not isinstance(entries, Refusal), entries
        return entries

    @property
    def hands(self) -> tuple[BadgeHash, ...]:
        return tuple(badge_of(who) for who in self.people)

    @property
    def card(self) -> str:
        return write_card(self.name, self.signer)

    def link(self, other: "Shore", minutes: int = 10 * 60) -> None:
        self.must(LinkNeighbour(other.card, minutes, self.hands, self.signer.name))
        for who in self.people:
            self.must(WriteLetter(other.name, Visitor("", BadgeHash(visiting(who))), (badge_of(who),)))

    def write_as_it_is(self, letter: AnyLetter, to: str) -> None:
        """Write what no rule of ours would let through, as a kiosk does that somebody tampered with."""
        entry = Entry(self.device, len(self.entries) + 1, self.now(), LetterWritten(to, letter))
        self.entries.append(entry)
        neighbour = self.state.neighbours[to]
        waits = replace(neighbour, waiting=(*neighbour.waiting, entry.id))
        self.state = replace(self.state, neighbours={**self.state.neighbours, to: waits})

    def offer(self, to: "Shore", minutes: int, ours: int = 0, theirs: int = 0) -> Refusal | tuple[Entry, ...]:
        mine, guest = badge_of(self.people[ours]), visiting(to.people[theirs])
        return self.ask(OfferSwap(to.name, mine, guest, minutes, "repair"))

    def close(self, to: "Shore", note: bool = False) -> bool:
        """Put what waits into a segment; whether there was anything."""
        closed = self.ask(CloseSegment(to.name, self.signer.name, note))
        if isinstance(closed, Refusal):
            return False
        event = closed[-1].event
        assert isinstance(event, SegmentClosed)
        self.sent.setdefault(to.name, []).append(self.text_of(event))
        return True

    def text_of(self, event: SegmentClosed) -> str:
        """The segment, made again from the record alone."""
        return segment_again(event, self.state.neighbours[event.neighbour], self.find, self.signer)

    def take(self, text: str) -> Refusal | tuple[Entry, ...]:
        return self.ask(TakeSegment(text, self.signer.name))

    def hear_all(self, other: "Shore") -> None:
        """Everything the other has sent and that is not here yet."""
        for text in other.sent.get(self.name, [])[self.state.neighbours[other.name].taken :]:
            taken = self.take(text)
            assert not isinstance(taken, Refusal) or taken.code == "known", taken

    def has(self, other: "Shore") -> int:
        return self.state.balance(self.state.neighbours[other.name].account)


def badge_of(who: str) -> BadgeHash:
    return BadgeHash(f"badge of {who}")


def visiting(who: str) -> str:
    return f"guest badge of {who}"


def talk(here: Shore, there: Shore, note: bool = False) -> None:
    """Both send all they have, until nothing more comes of it."""
    for _ in range(3):
        for one, other in ((here, there), (there, here)):
            one.close(other, note)
            other.hear_all(one)
            note = False
    for one, other in ((here, there), (there, here)):
        while one.close(other):
            other.hear_all(one)
