"""All that one shop can write to another, on one page. Letters are entries of the shop that writes them.

A letter only ever gains fields with defaults, and kinds are only ever added: a kiosk that is older than its
neighbour keeps what it does not understand and says that it is newer.
"""

from typing import Literal

from msgspec import Struct

from kiosk.amounts import BadgeHash, EntryId, Handle

Story = Literal["seals", "letters"]
"""What a shop can tell two stories in."""

Side = Literal["known", "shown"]
"""Which of two stories goes on: the one that was known first, or the one that was shown then."""


class Letter(Struct, frozen=True, tag_field="letter", forbid_unknown_fields=False):
    """What all letters share: a word that names their kind."""


class Offer(Letter, frozen=True, tag="offer"):
    """Hours across shops: the half that is written where both badges were tapped.

    ours, theirs: the member of the shop that writes, and the neighbour's. minutes: what ours gave to theirs; below
    zero: got from them. until: the last day on which it may be answered, 2026-12-10.
    """

    ours: Handle
    theirs: Handle
    minutes: int
    work: str
    until: str
    note: str = ""


class Answer(Letter, frozen=True, tag="answer"):
    """The other half. offer: the entry in the record of the shop that asked. why: where it was not accepted.

    cents: how much money comes, where it answers a call-up. at: when the offer was written, as it said; 0: unsaid.
    """

    offer: EntryId
    accepted: bool
    why: str = ""
    cents: int = 0
    at: int = 0


class Limit(Letter, frozen=True, tag="limit"):
    """How far the writer lets the account with the reader go, either way, in minutes. The smaller of both holds."""

    minutes: int


class Visitor(Letter, frozen=True, tag="visitor"):
    """A member who may swap at the neighbour's kiosk. badge: hashed with the key of this link; "" when no more."""

    handle: Handle
    badge: BadgeHash


class BalanceNote(Letter, frozen=True, tag="balance note"):
    """What the writer has on its account with the reader, in minutes, after so many segments of each.

    taken: the reader's segments that are in it. sent: the writer's own, up to the one that this stands in.
    """

    minutes: int
    taken: int
    sent: int


class Pledge(Letter, frozen=True, tag="pledge"):
    """Money that the writer holds ready for strikes, its own or a neighbour's, in cents. 0 takes it back.

    whom: for whoever strikes, or for the reader alone, besides. monthly: so much each month.
    """

    cents: int
    until: str = ""
    whom: Literal["all", "you"] = "all"
    monthly: bool = False


class CallUp(Letter, frozen=True, tag="call-up"):
    """The writer asks for pledged money. The answer says whether it comes. words: what for."""

    cents: int
    words: str
    until: str


class Brought(Letter, frozen=True, tag="brought"):
    """The writer has handed over what it accepted of the reader's call-up, in cents."""

    call: EntryId
    cents: int


class OrderCall(Letter, frozen=True, tag="order call"):
    """Who orders with us? what, in which unit, and the last day on which members say how much; then totals go over.

    cents: the price of one unit; 0: not known.
    """

    what: str
    unit: str
    closes: str
    cents: int = 0


class OrderTotal(Letter, frozen=True, tag="order total"):
    """How much the writer takes of what the reader has called an order for, all its members together."""

    order: EntryId
    amount: int


class Wanted(Letter, frozen=True, tag="wanted"):
    """A tool or a need, for the neighbours' boards. side: whether it is offered or needed."""

    side: Literal["offer", "need"]
    words: str
    until: str


class TakenOff(Letter, frozen=True, tag="taken off"):
    """What the writer hung on the neighbours' boards is off again. wanted: the entry that hung it there."""

    wanted: EntryId


class News(Letter, frozen=True, tag="news"):
    """A decision or a report that the writer makes public. about: where it stands in the writer's record."""

    words: str
    of: Literal["decision", "report", "word"] = "word"
    about: str = ""


class RingSought(Letter, frozen=True, tag="circle sought"):
    """Does what is owed lead back to whoever asked first? It goes from each shop to those that owe it.

    ring: names the circle, by the first entry of it. minutes: the smallest debt on the way so far. route: the names
    of the keys of all on the way, whoever asked first at its head, the writer last. shops: what those before the
    writer are called.
    """

    ring: str
    minutes: int
    route: tuple[str, ...]
    shops: tuple[str, ...] = ()


class RingAgreed(Letter, frozen=True, tag="circle agreed"):
    """The writer strikes so much off what the reader owes it, once as much was struck off what the writer owes.

    That binds the writer for good. minutes: at most; the smallest debt on the way so far. route, shops: all of the
    circle, in order.
    """

    ring: str
    minutes: int
    route: tuple[str, ...]
    shops: tuple[str, ...]


class RingCleared(Letter, frozen=True, tag="circle cleared"):
    """All have agreed: so much is struck off what the writer owes the reader."""

    ring: str
    minutes: int


class RingDropped(Letter, frozen=True, tag="circle dropped"):
    """Nothing comes of this circle."""

    ring: str


class SealShown(Letter, frozen=True, tag="seal"):
    """The writer's newest checkpoint, signed (C2SP tlog-checkpoint), for the reader to be a witness of.

    old, proof: that it grew from the one of this size, which was shown before (C2SP tlog-witness): hashes in
    Base64. 0: none was.
    """

    text: str
    proof: tuple[str, ...] = ()
    old: int = 0


class Cosigned(Letter, frozen=True, tag="cosigned"):
    """A checkpoint of the reader with the writer's cosignature (C2SP tlog-cosignature)."""

    text: str


class Passed(Struct, frozen=True):
    """The seal of some shop, handed from shop to shop. key: of that shop's kiosk. text: its checkpoint."""

    key: str
    text: str


class SealsPassed(Letter, frozen=True, tag="seals"):
    """The latest seals of shops that the writer knows of, so that far ones have witnesses too."""

    seals: tuple[Passed, ...]


class Doubted(Letter, frozen=True, tag="doubted"):
    """The reader has told the writer two stories. of: its seals, or its segments of letters.

    known, shown: what it told first, and what it told then that does not go with it: checkpoints, or the hashes of
    segments. number: of the segment; 0 for seals.
    """

    of: Story
    known: str
    shown: str
    number: int = 0


class Mended(Letter, frozen=True, tag="mended"):
    """Many hands at the writer's have said which of two stories goes on. of: as it was doubted.

    For letters, number, hash: the segment after which it goes on. chain: how the hashes of the last ones up to
    there begin, the oldest first.
    """

    of: Story
    goes_on: Side
    number: int = 0
    hash: str = ""
    chain: tuple[str, ...] = ()


class TemplateShown(Letter, frozen=True, tag="template"):
    """The writer's way of doing things has changed. digest: SHA-256 of its template in hex. words: what changed.

    template: the file itself, where it is not too long for a letter.
    """

    digest: str
    words: str
    template: str = ""


class Farewell(Letter, frozen=True, tag="farewell"):
    """The writer has unlinked; nothing will follow."""


AnyLetter = (
    Offer
    | Answer
    | Limit
    | Visitor
    | BalanceNote
    | Pledge
    | CallUp
    | Brought
    | OrderCall
    | OrderTotal
    | Wanted
    | TakenOff
    | News
    | RingSought
    | RingAgreed
    | RingCleared
    | RingDropped
    | SealShown
    | Cosigned
    | SealsPassed
    | Doubted
    | Mended
    | TemplateShown
    | Farewell
)


class Posted(Struct, frozen=True):
    """A letter with the entry that it is in the record of the shop that wrote it. at: milliseconds since 1970."""

    id: EntryId
    at: int
    letter: AnyLetter
