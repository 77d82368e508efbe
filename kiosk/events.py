"""Everything that can ever be in the record: past tense, frozen, explained, on one page.

An entry is one event with its name, its moment and who wrote it down. Entries are only ever added. What the
shop has, owes or promises is what these events fold to (`kiosk.state`), and nothing else.
"""

from collections.abc import Mapping
from typing import Literal

import msgspec
from msgspec import Struct

from kiosk.amounts import COMMONS, BadgeHash, EntryId, Handle, Moment

Medium = Literal["tag", "card"]
"""What a badge is made of: an NFC tag, or a printed card with a code."""


class Event(Struct, frozen=True, tag_field="kind", forbid_unknown_fields=True):
    """What all events share: a tag `kind` that names them in the record."""


# --- people -----------------------------------------------------------------------------------------------


class Founder(Struct, frozen=True):
    """One of those whose badges founded the shop."""

    handle: Handle
    badge: BadgeHash
    medium: Medium


class ShopFounded(Event, frozen=True, tag="shop founded"):
    """The first three badges tapped together became the shop. Before it nothing but a coin can happen."""

    founders: tuple[Founder, ...]


class MemberJoined(Event, frozen=True, tag="member joined"):
    """Somebody came in. hands: whose badges said so."""

    handle: Handle
    badge: BadgeHash
    medium: Medium
    hands: tuple[Handle, ...]


class MemberReturned(Event, frozen=True, tag="member returned"):
    """Somebody who had left came back under the old name, with a badge that is new."""

    handle: Handle
    badge: BadgeHash
    medium: Medium
    hands: tuple[Handle, ...]


class MemberLeft(Event, frozen=True, tag="member left"):
    """Somebody left. Their badges are forgotten, their name stays in the entries it signed.

    minutes: the balance that went to the commons account, as it was; may be below zero.
    hands: whose badges said so; empty when they said it themselves.
    """

    handle: Handle
    minutes: int
    hands: tuple[Handle, ...] = ()


class LeaveStarted(Event, frozen=True, tag="leave started"):
    """Somebody is away for a while; until they are back their balance sinks no further."""

    handle: Handle


class LeaveEnded(Event, frozen=True, tag="leave ended"):
    """Somebody who was away is back."""

    handle: Handle


class BadgeAdded(Event, frozen=True, tag="badge added"):
    """A member has one more badge."""

    handle: Handle
    badge: BadgeHash
    medium: Medium
    hands: tuple[Handle, ...]


class BadgeRevoked(Event, frozen=True, tag="badge revoked"):
    """A badge was lost. It opens nothing any more and is never used again."""

    handle: Handle
    badge: BadgeHash
    hands: tuple[Handle, ...]


# --- hours ------------------------------------------------------------------------------------------------


class Share(Struct, frozen=True):
    """How many minutes one receiver got."""

    handle: Handle
    minutes: int


class HoursSwapped(Event, frozen=True, tag="hours swapped"):
    """One person worked for others; each of them tapped.

    receivers: who got it and how many minutes each; the giver's side is their sum.
    work: the kind of work, one of the house's words or one that the shop added.
    clocked: measured by a start and an end at the kiosk; the running clock ends with this entry.
    from_memory: the clock ran longer than it is believed, or people chose another amount than it measured.
    notice: the need or offer it started from.
    """

    giver: Handle
    receivers: tuple[Share, ...]
    work: str
    note: str = ""
    clocked: bool = False
    from_memory: bool = False
    notice: EntryId | None = None


class CommonsServed(Event, frozen=True, tag="commons served"):
    """Somebody worked for the shop itself; a second badge witnessed it. The commons account is the receiver."""

    giver: Handle
    witness: Handle
    minutes: int
    work: str
    note: str = ""
    clocked: bool = False
    from_memory: bool = False


class HoursCountered(Event, frozen=True, tag="hours countered"):
    """An earlier entry of hours was taken back, by an entry that points at it with the sides swapped.

    countered: the entry taken back; it can be taken back once.
    moves: what this entry adds to each account (minutes), summing to zero; stated so that the reader need not
        look up the other entry. The side of somebody who has left falls to the commons.
    how: "undo" within five minutes by one of the two, "both" badges, or many "hands".
    by: whose badges said so.
    """

    countered: EntryId
    moves: Mapping[Handle, int]
    reason: str
    how: Literal["undo", "both", "hands"]
    by: tuple[Handle, ...]


class ClockStarted(Event, frozen=True, tag="clock started"):
    """Somebody began to work for others without knowing how long it will take."""

    handle: Handle
    work: str


class ClockDropped(Event, frozen=True, tag="clock dropped"):
    """A running clock was given up; nothing was booked."""

    handle: Handle


class NoticePosted(Event, frozen=True, tag="notice posted"):
    """A need or an offer went on the board. until: the last day it hangs there, as 2026-11-30."""

    handle: Handle
    side: Literal["need", "offer"]
    work: str
    words: str
    until: str


class NoticeTakenDown(Event, frozen=True, tag="notice taken down"):
    """A need or an offer was taken off the board before its last day, by the one who put it up."""

    handle: Handle
    notice: EntryId


class WorkNamed(Event, frozen=True, tag="work named"):
    """The shop has one more word for a kind of work."""

    handle: Handle
    work: str


class CoinFell(Event, frozen=True, tag="coin fell"):
    """A coin fell into the acceptor. That has happened, so it is never refused; nobody's name is with it.

    cents: its value; None when the acceptor does not know it, and then only the next count of the box tells.
    pulses: how the acceptor said it.
    """

    cents: int | None
    pulses: int


# --- the circle -------------------------------------------------------------------------------------------


class CircleOpened(Event, frozen=True, tag="circle opened"):
    """The daily circle began: the roll is marked for all at once, and the order of speaking is drawn.

    number: counts the shop's circles from 1. opener: whose badge opened it; "" by the buttons. roll: all who had
    tapped in, in the shop's order and not as they came. order: the same people as they will speak.
    seconds: shared equally by those present.
    """

    number: int
    opener: Handle
    roll: tuple[Handle, ...]
    order: tuple[Handle, ...]
    seconds: int


class CircleJoined(Event, frozen=True, tag="circle joined"):
    """Somebody came late and tapped in; they speak last, and may take part in what is opened from now on."""

    circle: int
    handle: Handle


class Voiced(Event, frozen=True, tag="voiced"):
    """Somebody's turn is over: one priority, one obstacle; empty where they passed."""

    circle: int
    handle: Handle
    priority: str = ""
    obstacle: str = ""


class CircleExtended(Event, frozen=True, tag="circle extended"):
    """By a show of hands the circle took more time. seconds: how much more."""

    circle: int
    seconds: int


class CircleClosed(Event, frozen=True, tag="circle closed"):
    """The circle ended. left_open: nobody ended it; it was closed when the next one began."""

    circle: int
    left_open: bool = False


class TaskTaken(Event, frozen=True, tag="task taken"):
    """Somebody took on a task in the circle, with their own badge. due: the day by which it is done, 2026-11-30."""

    circle: int
    words: str
    doer: Handle
    due: str


class TaskDone(Event, frozen=True, tag="task done"):
    """A task is done, said by its doer's badge; "" when the circle said so."""

    task: EntryId
    handle: Handle = ""


class TaskMoved(Event, frozen=True, tag="task moved"):
    """The circle gave a task another day."""

    circle: int
    task: EntryId
    due: str


class TaskDropped(Event, frozen=True, tag="task dropped"):
    """The circle let a task go."""

    circle: int
    task: EntryId


class ExperimentStarted(Event, frozen=True, tag="experiment started"):
    """The circle tries something against an obstacle voiced again and again. until: the day it is looked at."""

    circle: int
    about: str
    words: str
    until: str


class ExperimentReviewed(Event, frozen=True, tag="experiment reviewed"):
    """The day of an experiment came and the circle looked at it.

    about: the obstacle it was against. helped: then the obstacle is forgotten; else it hangs on the wall again.
    """

    circle: int
    about: str
    helped: bool


# --- votes ------------------------------------------------------------------------------------------------

Detail = Literal["counts", "outcome"]
"""What of a round's result is told; fixed before it opens."""

Outcome = Literal["carried", "waits", "not carried", "tied", "too few"]
"""What came of a round. waits: everyone said yes, so it is voted again in the next circle."""


class Counts(Struct, frozen=True):
    """A round's ballots by answer."""

    yes: int
    no: int
    abstain: int


class RoundOpened(Event, frozen=True, tag="round opened"):
    """A question was put to the buttons.

    roll: who may press, fixed here. detail: what will be told. against: who argued the downside; downside: their
    words, "" when none were written down. review: the day a decision is looked at again. again: the round of the
    same question before this one.
    """

    circle: int
    question: str
    roll: tuple[Handle, ...]
    detail: Detail
    against: Handle
    downside: str
    review: str
    again: EntryId | None = None


class RoundClosed(Event, frozen=True, tag="round closed"):
    """A round was counted. pressed: how many took part. counts: None when only the outcome is told."""

    round: EntryId
    outcome: Outcome
    pressed: int
    counts: Counts | None = None


class RoundVoided(Event, frozen=True, tag="round voided"):
    """A round came to nothing and is taken again; no press of it exists anywhere.

    why: the power was cut, or the circle gave it up.
    """

    round: EntryId
    why: Literal["power cut", "given up"]


class DissentCounted(Event, frozen=True, tag="dissent counted"):
    """Five rounds of which only the outcome was told, looked at together and never one by one.

    quiet: whether all five were unanimous; None when a power cut took the memory of some of them.
    """

    rounds: int
    quiet: bool | None


class QuestionDropped(Event, frozen=True, tag="question dropped"):
    """The circle let a question go that was waiting to be voted again."""

    circle: int
    question: EntryId


class DecisionReviewed(Event, frozen=True, tag="decision reviewed"):
    """A decision was looked at again. came_true: whether the downside came true. stands: whether it goes on.

    review: the next day it is looked at; "" when it no longer stands.
    """

    circle: int
    decision: EntryId
    came_true: bool
    stands: bool
    review: str


# --- duties -----------------------------------------------------------------------------------------------

How = Literal["order", "lot", "approval"]
"""How it is found out who comes next: in turn, by lot, or by an approval round."""

Term = Literal["day", "week", "month"]
"""How long somebody has a duty: a day, a week from Monday to Sunday, or a month, by the calendar."""


class DutyBegan(Event, frozen=True, tag="duty began"):
    """A duty goes round from now on. duty: a verb, as "taking minutes". hands: whose badges said so."""

    duty: str
    how: How
    term: Term
    hands: tuple[Handle, ...]


class DutyEnded(Event, frozen=True, tag="duty ended"):
    """A duty goes round no more. hands: whose badges said so."""

    duty: str
    hands: tuple[Handle, ...]


class DutyDrawn(Event, frozen=True, tag="duty drawn"):
    """A lot was drawn for who has a duty next.

    among: who could have been drawn. by: whose badge drew it. skipped: who had been drawn or approved of before and
    was not there; they come first next time.
    """

    duty: str
    coming: Handle
    among: tuple[Handle, ...]
    by: Handle = ""
    skipped: tuple[Handle, ...] = ()


class DutyHandedOver(Event, frozen=True, tag="duty handed over"):
    """A duty went from one to the next, by the badges of both.

    leaving: who had it; "" where nobody had. until: the last day of the new term, as 2026-11-30. skipped: those
    whose turn it would have been and who were not there; they come first next time. witness: whose badge stood for
    that of the one leaving, where nobody had it, or the term was over, or the one leaving was away; else "".
    """

    duty: str
    coming: Handle
    leaving: Handle
    until: str
    skipped: tuple[Handle, ...] = ()
    witness: Handle = ""


class ApprovalOpened(Event, frozen=True, tag="approval opened"):
    """Who takes a duty next is put to the buttons: one badge, one ballot, approve of any number.

    candidates: those who have not held it, in the shop's order. roll: who may take part.
    """

    circle: int
    duty: str
    candidates: tuple[Handle, ...]
    roll: tuple[Handle, ...]


class ApprovalClosed(Event, frozen=True, tag="approval closed"):
    """An approval round was counted. It is about people, so only who comes next is told.

    ballots: how many took part. coming: "" where too few did. by_lot: several were approved of equally often.
    """

    round: EntryId
    duty: str
    ballots: int
    coming: Handle
    by_lot: bool = False


AnyEvent = (
    ShopFounded
    | MemberJoined
    | MemberReturned
    | MemberLeft
    | LeaveStarted
    | LeaveEnded
    | BadgeAdded
    | BadgeRevoked
    | HoursSwapped
    | CommonsServed
    | HoursCountered
    | ClockStarted
    | ClockDropped
    | NoticePosted
    | NoticeTakenDown
    | WorkNamed
    | CoinFell
    | CircleOpened
    | CircleJoined
    | Voiced
    | CircleExtended
    | CircleClosed
    | TaskTaken
    | TaskDone
    | TaskMoved
    | TaskDropped
    | ExperimentStarted
    | ExperimentReviewed
    | RoundOpened
    | RoundClosed
    | RoundVoided
    | DissentCounted
    | QuestionDropped
    | DecisionReviewed
    | DutyBegan
    | DutyEnded
    | DutyDrawn
    | DutyHandedOver
    | ApprovalOpened
    | ApprovalClosed
)

HOURS = (HoursSwapped, CommonsServed)
"""The events that move hours and can be countered."""


class Entry(Struct, frozen=True):
    """One line of the record.

    device: names the kiosk that wrote it; number: counts from 1 there without a gap.
    """

    device: str
    number: int
    moment: Moment
    event: AnyEvent

    @property
    def id(self) -> EntryId:
        """How other entries point at this one."""
        return EntryId(f"{self.device}/{self.number}")


class Found(Struct, frozen=True):
    """An entry looked up in the record, and the entry that took it back, if one did."""

    entry: Entry
    countered_by: EntryId | None = None


def moves(event: AnyEvent) -> dict[Handle, int]:
    """What an event adds to each account, in minutes. The values sum to zero, whatever the event."""
    match event:
        case HoursSwapped(giver=giver, receivers=receivers):
            return {giver: sum(share.minutes for share in receivers)} | {
                share.handle: -share.minutes for share in receivers
            }
        case CommonsServed(giver=giver, minutes=minutes):
            return {giver: minutes, COMMONS: -minutes}
        case HoursCountered(moves=stated):
            return dict(stated)
        case MemberLeft(handle=handle, minutes=minutes):
            return {handle: -minutes, COMMONS: minutes}
    return {}


_to_text = msgspec.json.Encoder(order="deterministic")
_from_text = msgspec.json.Decoder(Entry)


def write_entry(entry: Entry) -> bytes:
    """An entry as one line of JSON; the same entry always gives the same bytes."""
    return _to_text.encode(entry)


def read_entry(line: bytes | str) -> Entry:
    """The entry that `write_entry` wrote. Raises msgspec.ValidationError, naming the field, on anything else."""
    return _from_text.decode(line)
