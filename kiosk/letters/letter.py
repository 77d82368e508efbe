"""All that one shop can write to another, on one page. Letters are entries of the shop that writes them.

A letter only ever gains fields with defaults, and kinds are only ever added: a kiosk that is older than its
neighbour keeps what it does not understand and says that it is newer.
"""

from typing import Literal

from msgspec import Struct

from kiosk.amounts import BadgeHash, EntryId, Handle


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
    """The other half. offer: the entry in the record of the shop that asked. why: where it was not accepted."""

    offer: EntryId
    accepted: bool
    why: str = ""


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
    """Money that the writer holds ready for strikes, its own or a neighbour's, in cents. 0 takes it back."""

    cents: int
    until: str = ""


class CallUp(Letter, frozen=True, tag="call-up"):
    """The writer asks for pledged money. The answer says whether it comes. words: what for."""

    cents: int
    words: str
    until: str


class OrderCall(Letter, frozen=True, tag="order call"):
    """Who orders with us? what, in which unit, and the last day for totals."""

    what: str
    unit: str
    closes: str


class OrderTotal(Letter, frozen=True, tag="order total"):
    """How much the writer takes of what the reader has called an order for, all its members together."""

    order: EntryId
    amount: int


class Wanted(Letter, frozen=True, tag="wanted"):
    """A tool or a need, for the neighbours' boards. side: whether it is offered or needed."""

    side: Literal["offer", "need"]
    words: str
    until: str


class News(Letter, frozen=True, tag="news"):
    """A decision or a report that the writer makes public."""

    words: str
    of: Literal["decision", "report", "word"] = "word"


class SealShown(Letter, frozen=True, tag="seal"):
    """The writer's newest checkpoint, signed (C2SP tlog-checkpoint), for the reader to be a witness of."""

    text: str
    proof: tuple[str, ...] = ()


class Cosigned(Letter, frozen=True, tag="cosigned"):
    """A checkpoint of the reader with the writer's cosignature (C2SP tlog-cosignature)."""

    text: str


class TemplateShown(Letter, frozen=True, tag="template"):
    """The writer's way of doing things has changed. digest: SHA-256 of its template in hex. words: what changed."""

    digest: str
    words: str


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
    | OrderCall
    | OrderTotal
    | Wanted
    | News
    | SealShown
    | Cosigned
    | TemplateShown
    | Farewell
)


class Posted(Struct, frozen=True):
    """A letter with the entry that it is in the record of the shop that wrote it. at: milliseconds since 1970."""

    id: EntryId
    at: int
    letter: AnyLetter
