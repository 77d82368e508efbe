"""What the shop knows of one neighbour."""

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct, field

from kiosk.amounts import EntryId, Handle, Moment, elapsed, neighbour_account
from kiosk.letters import (
    BEGINNING,
    Answer,
    BalanceNote,
    CallUp,
    Doubted,
    Offer,
    OrderCall,
    Side,
    Story,
    Wanted,
    Wire,
)
from kiosk.state.shared import Promise

CHAIN = 400
"""How many of a neighbour's segments are remembered by their hash, to tell an old one from another story; and how
many of ours stay at hand that it has told us it has."""

TOLD = 12
"""How much news of a neighbour is kept to be shown."""

A_DAY, DAY = 4_000_000, 86_400_000
"""Bytes that a neighbour may send each day for ever; and a day in milliseconds."""

SHOWN = 4
"""How many of our seals that it was shown are remembered, for its cosignatures that come late."""


class OpenOffer(Struct, frozen=True):
    """Hours offered across shops and not answered yet. at: when it was written, in milliseconds since 1970."""

    offer: Offer
    at: int


class Agreed(Struct, frozen=True):
    """An offer of theirs that we accepted. segment: of ours that the answer went with; 0: it waits. minutes: what
    it added to the neighbour's account with us."""

    answer: EntryId
    minutes: int
    segment: int = 0


class Told(Struct, frozen=True):
    """Something a neighbour made public. at: when it was written there, in milliseconds since 1970."""

    words: str
    of: str
    at: int


class Called(Struct, frozen=True):
    """An order that somebody called. totals: what each shop takes, by its name; "" is this shop."""

    call: OrderCall
    totals: Mapping[str, int] = field(default_factory=dict)


class Shown(Struct, frozen=True):
    """A checkpoint of ours that we showed a neighbour, as it is signed, and when."""

    text: str
    at: Moment

    @property
    def size(self) -> int:
        """How many entries it stands for."""
        return size_of(self.text)


class Doubt(Struct, frozen=True):
    """A neighbour says that we told it two stories: its letter, and when that came.

    said: which of both goes on, as many hands there have said; "" while they have not. number, hash, chain: after
    which of our segments, as it knows them.
    """

    letter: Doubted
    since: Moment
    said: Side | Literal[""] = ""
    number: int = 0
    hash: str = ""
    chain: tuple[str, ...] = ()


class Mend(Struct, frozen=True):
    """Which of a neighbour's two stories goes on, as many hands here said. both: they have said so there too."""

    goes_on: Side
    at: Moment
    both: bool = False


def size_of(text: str) -> int:
    """How many entries a checkpoint that was looked at stands for; 0 for none."""
    lines = text.split("\n", 2)
    return int(lines[1]) if len(lines) == 3 and lines[1].isascii() and lines[1].isdigit() else 0


def says(text: str) -> str:
    """What a checkpoint says, whoever has signed it."""
    return text.partition("\n\n")[0]


class Neighbour(Struct, frozen=True):
    """A shop that this one is linked with, by the name it has here.

    key: as it is passed on. wire: how it is known there. minutes: how far its account may go here; theirs: how far
    it lets ours go there, None until it said so. sent, sent_hash: our latest segment to it; out: where the record
    says so of the last ones, by their numbers, as text; waiting: letters that go with the next. taken, taken_hash:
    its latest segment; chain: hashes of the last ones by their numbers, as text; heard: when it came. offers: ours
    that it has not answered. agreed: its offers that we accepted, until a balance note counts them. visitors: whose
    badges it told us, by their hash under the link's key. noted, differs: its latest balance note, and by how many
    minutes it is not what we have. pledged: cents. called_up: it asks for pledged money. calls, totals: its orders,
    and what it takes of ours. board: tools and needs. news: newest last. seal: its newest checkpoint that leads on
    from those before, and sealed when that came. witnessed: our newest checkpoint with its cosignature. template,
    template_words: the digest of its template, and what changed; template_text: the template itself, if it came
    with it. newer: kinds of letter this kiosk does not know. fork: where it told two stories. parted: one unlinked.
    cosigned: of how many entries the newest seal is that we have cosigned. shown: our last seals that we showed it.
    seal_fork: where its seals told two stories. doubts: what it says of ours. mends: what became of its stories.
    read: when the latest of its letters was written there, in milliseconds since 1970. kiosk: of ours that linked
    with it; that one's key it knows, so only that one writes to it.
    promised: what it holds ready for strikes, for all ("all") and for us alone ("you"). there: those of ours who
    swap there. rings: minutes that circles of debt will add to its account, once all have agreed. ahead: what they
    have added here already, and there not yet. came: bytes that came of it lately (`came_lately`).
    """

    name: str
    key: str
    minutes: int
    linked: Moment
    wire: Wire | None = None
    theirs: int | None = None
    sent: int = 0
    sent_hash: str = BEGINNING
    out: Mapping[str, EntryId] = field(default_factory=dict)
    waiting: tuple[EntryId, ...] = ()
    taken: int = 0
    taken_hash: str = BEGINNING
    chain: Mapping[str, str] = field(default_factory=dict)
    heard: Moment | None = None
    offers: Mapping[EntryId, OpenOffer] = field(default_factory=dict)
    agreed: tuple[Agreed, ...] = ()
    visitors: Mapping[str, Handle] = field(default_factory=dict)
    noted: BalanceNote | None = None
    differs: int = 0
    pledged: int = 0
    called_up: Mapping[EntryId, CallUp] = field(default_factory=dict)
    calls: Mapping[EntryId, OrderCall] = field(default_factory=dict)
    totals: Mapping[EntryId, int] = field(default_factory=dict)
    board: Mapping[EntryId, Wanted] = field(default_factory=dict)
    news: tuple[Told, ...] = ()
    seal: str = ""
    witnessed: str = ""
    template: str = ""
    template_words: str = ""
    newer: tuple[str, ...] = ()
    fork: EntryId | None = None
    parted: bool = False
    sealed: Moment | None = None
    cosigned: int = 0
    shown: tuple[Shown, ...] = ()
    seal_fork: EntryId | None = None
    doubts: Mapping[Story, Doubt] = field(default_factory=dict)
    mends: Mapping[Story, Mend] = field(default_factory=dict)
    template_text: str = ""
    read: int = 0
    kiosk: str = ""
    promised: Mapping[str, Promise] = field(default_factory=dict)
    there: tuple[Handle, ...] = ()
    rings: Mapping[str, int] = field(default_factory=dict)
    ahead: Mapping[str, int] = field(default_factory=dict)
    came: int = 0

    @property
    def account(self) -> Handle:
        """The account of what it has with us."""
        return neighbour_account(self.name)

    @property
    def two_stories(self) -> bool:
        """Whether it told two of something, and nobody has said yet which goes on."""
        return self.fork is not None or self.seal_fork is not None

    @property
    def limit(self) -> int:
        """Minutes: the smaller of both limits holds."""
        return self.minutes if self.theirs is None else min(self.minutes, self.theirs)

    @property
    def would_give(self) -> int:
        """Minutes that our open offers would take off its account, if all were accepted; circles of debt too."""
        offered = sum(each.offer.minutes for each in self.offers.values() if each.offer.minutes > 0)
        return offered - sum(minutes for minutes in self.rings.values() if minutes < 0)

    @property
    def would_get(self) -> int:
        """Minutes that our open offers would add to its account; circles of debt too."""
        offered = -sum(each.offer.minutes for each in self.offers.values() if each.offer.minutes < 0)
        return offered + sum(minutes for minutes in self.rings.values() if minutes > 0)


def answers(answer: Answer, waits: OpenOffer) -> bool:
    """Whether it answers this offer of ours, and not one of that name that was lost when a record was put back."""
    return answer.at in (0, waits.at)


def came_lately(neighbour: Neighbour, now: Moment) -> int:
    """Bytes of its segments that count against what a neighbour may send: each day so many are forgotten."""
    gone = max(0, elapsed(neighbour.heard, now)) if neighbour.heard else 0
    return max(0, neighbour.came - gone * A_DAY // DAY)
