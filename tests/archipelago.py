"""Shops that write to each other, in memory: the real rules, the real folding, the real signatures; only the way
between them is made up. What is carried is a text, and it may come late, twice, or not at all."""

from base64 import b64encode

from msgspec.structs import replace

from kiosk.amounts import BadgeHash, EntryId, Moment
from kiosk.commands import (
    CloseSegment,
    Command,
    CosignSeal,
    LinkNeighbour,
    MendFork,
    NewBadge,
    OfferSwap,
    Refusal,
    ShowSeal,
    TakeSegment,
    WriteLetter,
)
from kiosk.commands import Found as FoundShop
from kiosk.events import Entry, Found, LetterWritten, SegmentClosed, SegmentTaken, Whose, write_entry
from kiosk.letters import AnyLetter, Line, News, Side, Story, Visitor, write_card
from kiosk.letters.segment import lines_of
from kiosk.post import segment_again
from kiosk.rules.case import Case
from kiosk.rules.contents import decide
from kiosk.rules.witness import base_of
from kiosk.sealing.checkpoint import Checkpoint, seal
from kiosk.sealing.cosignature import cosign
from kiosk.sealing.note import Signer
from kiosk.sealing.tree import grown_from, leaf_hash
from kiosk.state import State, apply, fold, says

DAY = 86_400_000
BEGAN = 1_793_620_800_000


class Shore:
    """One shop: three people, a key, a record in memory, and what it has sent."""

    def __init__(self, name: str, seed: int) -> None:
        self.name = name
        self.seed = seed
        self.device = f"k{seed:x}"
        self.signer = Signer(f"commons-kiosk/{self.device}", seed.to_bytes(32, "big"))
        self.entries: list[Entry] = []
        self.state = State()
        self.ms = 0
        self.boot, self.trusted = "test", True
        self.sent: dict[str, list[str]] = {}
        self.people = tuple(f"{who}{seed}" for who in ("Ada", "Ben", "Cy"))
        founders = [(who, NewBadge(badge_of(who), "tag")) for who in self.people]
        self.must(FoundShop(tuple(founders)))

    def now(self) -> Moment:
        return Moment(wall=BEGAN + self.ms, mono=self.ms, boot=self.boot, trusted=self.trusted)

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

    def tell(self, to: "Shore") -> None:
        """A letter of the usual length, which asks for no answer."""
        words = f"What we decided at circle {len(self.entries)}, for whoever wants to know"
        self.must(WriteLetter(to.name, News(words, "decision"), self.hands[:2]))

    def letters_written(self, to: str) -> list[EntryId]:
        """All letters to a neighbour, as this record has them."""
        written = [entry for entry in self.entries if isinstance(entry.event, LetterWritten)]
        return [EntryId(f"{self.device}/{entry.number}") for entry in written if entry.event.to == to]

    def letters_taken(self) -> list[tuple[str, Line]]:
        """All letters that came, as this record has them; with the name of the neighbour."""
        events = [entry.event for entry in self.entries]
        taken = [event for event in events if isinstance(event, SegmentTaken)]
        return [(event.neighbour, line) for event in taken for line in lines_of(event.text)]

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

    def proven(self) -> ShowSeal:
        """Our newest checkpoint, with what the neighbours need to see that it grew."""
        leaves = [leaf_hash(write_entry(entry)) for entry in self.entries]
        earlier = {base_of(each) for each in self.state.neighbours.values()}
        root, proofs = grown_from(leaves, len(leaves), [base for base in earlier if 0 < base <= len(leaves)])
        coded = {base: tuple(b64encode(step).decode() for step in proof) for base, proof in proofs.items()}
        return ShowSeal(seal(Checkpoint(self.signer.name, len(leaves), root), self.signer), coded)

    def show(self) -> Refusal | tuple[Entry, ...]:
        """Show our newest seal to whoever it may be shown to."""
        return self.ask(self.proven())

    def cosign(self) -> int:
        """Be a witness of all that can be witnessed; of how many."""
        made = 0
        for each in list(self.state.neighbours.values()):
            text = says(each.seal) + "\n"
            line = cosign(text, self.signer, self.now().wall // 1000)
            made += not isinstance(
                self.ask(CosignSeal(each.name, f"{text}\n{line}", str(self.signer.verifier))), Refusal
            )
        return made

    def mend(self, other: "Shore", of: Story, whose: Whose, goes_on: Side) -> Refusal | tuple[Entry, ...]:
        """Many hands say which of two stories goes on."""
        return self.ask(MendFork(other.name, of, whose, goes_on, self.hands))

    def copied(self) -> "Shore":
        """A kiosk that begins again from a copy of this record, as it is now."""
        twin = Shore(self.name, self.seed)
        twin.entries, twin.state, twin.ms = list(self.entries), fold(self.entries), self.ms
        twin.sent = {name: list(texts) for name, texts in self.sent.items()}
        return twin

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
