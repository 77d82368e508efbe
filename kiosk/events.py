"""Everything that can ever be in the record: past tense, frozen, explained, on one page.

An entry is one event with its name, its moment and who wrote it down. Entries are only ever added. What the
shop has, owes or promises is what these events fold to (`kiosk.state`), and nothing else.
"""

from collections.abc import Mapping
from typing import Literal, NamedTuple

import msgspec
from msgspec import UNSET, Struct, UnsetType

from kiosk.amounts import COMMONS, JAR, BadgeHash, EntryId, Handle, Moment
from kiosk.letters import AnyLetter, Side, Story, Wire

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
    """Somebody worked for the shop itself; a second badge witnessed it. The commons account is the receiver.

    could: how many there were who could have witnessed it; said where several kiosks write, which may hear of
    somebody who came or left before or after it.
    """

    giver: Handle
    witness: Handle
    minutes: int
    work: str
    note: str = ""
    clocked: bool = False
    from_memory: bool = False
    could: int | UnsetType = UNSET


class CommonsShared(Event, frozen=True, tag="commons shared"):
    """What the commons had got was borne by all who were here, alike, before the next work for it was booked.

    minutes: by how many each of their balances went down; below zero: up, since the commons had hours over.
    among: whose, in the shop's order.
    """

    minutes: int
    among: tuple[Handle, ...]


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
    pulses: how the acceptor said it. fund: which jar it fell into.
    """

    cents: int | None
    pulses: int
    fund: str = JAR


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
    """A task is done, said by its doer's badge; "" when the circle said so. minutes: how long it took, if said."""

    task: EntryId
    handle: Handle = ""
    minutes: int = 0


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


class PhotoAttached(Event, frozen=True, tag="photo attached"):
    """A photo of the whiteboard belongs to a circle. photo: the SHA-256 of its file (a JPEG), in hex.

    hands: the two badges or more that said so.
    """

    circle: int
    photo: str
    hands: tuple[Handle, ...]


# --- the record itself ------------------------------------------------------------------------------------


class RecordRestored(Event, frozen=True, tag="record restored"):
    """The record up to here was put back from a copy, in the place of another record that was set aside.

    entries, newest: of the copy, and the moment of its newest entry. replaced: the entries of the record that was
    replaced (0: there were none), replaced_newest their newest, replaced_kiosk the kiosk that wrote them, and
    replaced_root the root of the tree over them, in hex. shared: with so many entries both began; all that the
    replaced record had after these is gone from here. hands: whose badges said so. aside: the folder, in the data
    folder, where the replaced record is kept.
    """

    entries: int
    newest: Moment
    replaced: int
    shared: int
    hands: tuple[Handle, ...]
    aside: str
    replaced_kiosk: str = ""
    replaced_root: str = ""
    replaced_newest: Moment | None = None

    @property
    def lost(self) -> int:
        """How many entries of the replaced record are not here."""
        return self.replaced - self.shared


class KioskUpdated(Event, frozen=True, tag="kiosk updated"):
    """Another program runs from here on; the kiosk found it by itself at its start. It is nobody's entry.

    before, after: each a number, a plus, and the beginning of a hash over its files, as 0.2.0+1f3a9c0b.
    """

    before: str
    after: str


class UpdateAnswered(Event, frozen=True, tag="update answered"):
    """Somebody answers for the program that runs: so they tended the kiosk. hands: whose badges, theirs first.

    update: the entry of the latest change that is meant; those before it that nobody answered for are meant too.
    """

    update: EntryId
    handle: Handle
    hands: tuple[Handle, ...]


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


class CharterChange(Struct, frozen=True):
    """A number of the charter that is to be another one. number: its name there. before, after: its values."""

    number: str
    before: int
    after: int


class RoundOpened(Event, frozen=True, tag="round opened"):
    """A question was put to the buttons.

    roll: who may press, fixed here. detail: what will be told. against: who argued the downside; downside: their
    words, "" when none were written down. review: the day a decision is looked at again. again: the round of the
    same question before this one. change: the number of the charter that it is about.
    """

    circle: int
    question: str
    roll: tuple[Handle, ...]
    detail: Detail
    against: Handle
    downside: str
    review: str
    again: EntryId | None = None
    change: CharterChange | None = None


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


def duty_called(duty: str, fund: str) -> str:
    """What a duty is called among all of them: that of a daughter fund with the fund's name."""
    return duty if fund == JAR else f"{duty} ({fund})"


class DutyBegan(Event, frozen=True, tag="duty began"):
    """A duty goes round from now on. duty: a verb, as "taking minutes". hands: whose badges said so.

    fund: whose duty it is, here and below: that of a daughter fund goes round among its circle, those of the jar
    among all.
    """

    duty: str
    how: How
    term: Term
    hands: tuple[Handle, ...]
    fund: str = JAR


class DutyEnded(Event, frozen=True, tag="duty ended"):
    """A duty goes round no more. hands: whose badges said so."""

    duty: str
    hands: tuple[Handle, ...]
    fund: str = JAR


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
    fund: str = JAR


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
    fund: str = JAR


class ApprovalOpened(Event, frozen=True, tag="approval opened"):
    """Who takes a duty next is put to the buttons: one badge, one ballot, approve of any number.

    candidates: those who have not held it, in the shop's order. roll: who may take part.
    """

    circle: int
    duty: str
    candidates: tuple[Handle, ...]
    roll: tuple[Handle, ...]
    fund: str = JAR


class ApprovalClosed(Event, frozen=True, tag="approval closed"):
    """An approval round was counted. It is about people, so only who comes next is told.

    ballots: how many took part. coming: "" where too few did. by_lot: several were approved of equally often.
    """

    round: EntryId
    duty: str
    ballots: int
    coming: Handle
    by_lot: bool = False
    fund: str = JAR


# --- the jar ----------------------------------------------------------------------------------------------

Telling = Literal["outcome", "totals", "ballots"]
"""What of a Friday is told; fixed before it opens.

outcome: what was bought and what was not. totals: also the approvals of each project and the figures of each step.
ballots: also every ballot, sorted, without a name.
"""

BACK_TO_MEMBERS = "back to members"
NEXT_PROJECT = "next project in part"
"""Two places for the rest of a Friday that are neither a fund nor a reserve. Any other words name one of those."""


class MoneyGiven(Event, frozen=True, tag="money given"):
    """Somebody put money into a jar by hand; a second badge saw it. could: as in commons served."""

    giver: Handle
    witness: Handle
    cents: int
    fund: str = JAR
    could: int | UnsetType = UNSET


class Slice(Struct, frozen=True):
    """What one person gave of their wages, in cents."""

    handle: Handle
    cents: int


class WagesSliced(Event, frozen=True, tag="wages sliced"):
    """A slice of the wages went into a jar.

    cents: all of it. slices: whose it was, summing to it; empty where it came as one sum. hands: the two badges.
    """

    cents: int
    hands: tuple[Handle, ...]
    slices: tuple[Slice, ...] = ()
    fund: str = JAR


class Fresh(Struct, frozen=True):
    """What had come into a jar since it was last counted, in cents, as the kiosk knew that counted it.

    unknown: coins of no known value. since: when the first of all that was in the jar came.
    """

    coins: int = 0
    by_hand: int = 0
    wages: int = 0
    handed_on: int = 0
    difference: int = 0
    unknown: int = 0
    since: Moment | None = None


class JarCounted(Event, frozen=True, tag="jar counted"):
    """A jar was emptied onto the table and counted by hand. What falls in from here on is the next count's.

    cents: what was counted. expected: what should have been there; the difference stands as a difference.
    hands: the two badges. unknown: coins of no known value that are told by this count.
    fresh: what of it was new; said where several kiosks write, so that a coin of which another tells later is not
    taken for counted.
    """

    cents: int
    expected: int
    hands: tuple[Handle, ...]
    unknown: int = 0
    fund: str = JAR
    fresh: Fresh | UnsetType = UNSET


class ProjectProposed(Event, frozen=True, tag="project proposed"):
    """Somebody proposes to spend money of a jar. It stands once a second badge says so.

    cents: its price. carrier: who carries it out and answers for the money, by their own badge. sort: what kind of
    project, one of the house's words or one of the shop's. words: more, if there is more to say. tool: the label of
    the broken tool it came from.
    """

    title: str
    cents: int
    proposer: Handle
    carrier: Handle
    sort: str
    words: str = ""
    fund: str = JAR
    tool: str = ""


class ProjectSeconded(Event, frozen=True, tag="project seconded"):
    """A second badge, neither the proposer's nor the carrier's: now the proposal stands."""

    project: EntryId
    handle: Handle


class ProjectWithdrawn(Event, frozen=True, tag="project withdrawn"):
    """A proposal was taken back: by who made it, or by anybody once its proposer or its carrier has left.

    cents: what had been set aside for it and goes back into its jar.
    """

    project: EntryId
    handle: Handle
    cents: int = 0


class DownsideArgued(Event, frozen=True, tag="downside argued"):
    """Somebody, by rotation, argued against a project before the vote. words: "" when none were written down."""

    circle: int
    project: EntryId
    against: Handle
    words: str = ""


class Offered(Struct, frozen=True):
    """A project as it is put to the vote. cents: what it takes from the jar, less what is set aside for it."""

    project: EntryId
    title: str
    cents: int


class FridayOpened(Event, frozen=True, tag="friday opened"):
    """A jar is given away: roll, projects, sum and the place for the rest are fixed here and change no more.

    number: counts the jar's Fridays from 1; one that came to nothing has its number again. roll: who may take part.
    projects: in the order they were proposed. cents: all that was counted. rest_to: where what is not spent goes.
    """

    circle: int
    number: int
    roll: tuple[Handle, ...]
    projects: tuple[Offered, ...]
    cents: int
    rest_to: str
    detail: Telling
    fund: str = JAR


class Bought(Struct, frozen=True):
    """A project that was bought. cents: what the jar paid; aside: what had been set aside for it before."""

    project: EntryId
    title: str
    cents: int
    aside: int = 0


class HandedOn(Struct, frozen=True):
    """A part of the rest that stays the shop's.

    place: a fund; a reserve, which an account of its own keeps; or a project, for which it is set aside.
    to: the name of the fund or the reserve, or the project.
    """

    place: Literal["fund", "reserve", "project"]
    to: str
    cents: int


class Returned(Struct, frozen=True):
    """A part of the rest that one member got back, in cents."""

    handle: Handle
    cents: int


class Approved(Struct, frozen=True):
    """How many ballots approve of a project."""

    project: EntryId
    ballots: int


class Shared(Struct, frozen=True, tag_field="step", tag="shared"):
    """A counting begins: each ballot stands for `share` cents, `raised` of them put on top of the jar's."""

    ballots: int
    share: str
    raised: int = 0


class Tied(Struct, frozen=True, tag_field="step", tag="tied"):
    """Several were as good; the first of them is bought. by: its price, more approvals, or the lot."""

    ids: tuple[EntryId, ...]
    by: Literal["price", "approvals", "lot"]


class Paid(Struct, frozen=True, tag_field="step", tag="bought"):
    """Those who want a project pay for it: `payers` of them `price` cents each, `emptied` all that they had left,
    which was `given` cents together."""

    id: EntryId
    cents: int
    approvals: int
    price: str
    payers: int
    emptied: int
    given: str


class Missed(Struct, frozen=True, tag_field="step", tag="missed"):
    """Those who want a project hold too little together when nothing more can be bought: held + short = cents."""

    id: EntryId
    cents: int
    approvals: int
    held: str
    short: str


class Raised(Struct, frozen=True, tag_field="step", tag="raised"):
    """Completion raised every share `times` times by `unit` cents, and why it stopped there.

    fits: all that may be bought fits the jar together, so nothing is raised; full: nothing more fits; over: the
    next raise would buy more than the jar holds.
    """

    unit: int
    times: int
    why: Literal["fits", "full", "over"]


class Filled(Struct, frozen=True, tag_field="step", tag="filled"):
    """Bought from what was left, as the one most approve of all that still fit. rest: cents left after it."""

    id: EntryId
    cents: int
    approvals: int
    rest: int


class Left(Struct, frozen=True, tag_field="step", tag="left"):
    """Not bought, and why. nobody: nobody approves it; short: those who do hold too little; floor: fewer than
    `least` approve it; rest: it costs more than the `rest` cents that are left."""

    id: EntryId
    cents: int
    approvals: int
    why: Literal["nobody", "short", "floor", "rest"]
    rest: int
    least: int


Step = Shared | Tied | Paid | Missed | Raised | Filled | Left
"""What a counting has to say for itself, one thing after another, as `kiosk.counting.steps` has it.

What one person pays or holds can be a fraction of a cent; it is written as an exact fraction, as in "125/3".
"""


class FridayClosed(Event, frozen=True, tag="friday closed"):
    """A jar was given away, to the last cent: spent + handed on + returned = what had been counted.

    ballots: how many took part. funded: in the order they were bought; in the order they were offered where
    only the outcome is told. due: the day by which each shows a receipt.
    handed_on, returned: where each part of the rest went. expired: proposals that have waited long enough.
    detail: what is told: as fixed, or less where too few took part. floor: ballots that completion asks for.
    seed: what the lot was drawn from, made in the room; by_lot: whether it was needed.
    nothing: ballots that approve of something and got nothing of it; None where that is not told.
    approvals, steps: from "totals" on. cast: with "ballots", what each approves of, in no order but the alphabet's.
    """

    round: EntryId
    ballots: int
    funded: tuple[Bought, ...]
    spent: int
    rest: int
    due: str
    detail: Telling
    floor: int
    handed_on: tuple[HandedOn, ...] = ()
    returned: tuple[Returned, ...] = ()
    expired: tuple[EntryId, ...] = ()
    seed: str = ""
    by_lot: bool = False
    nothing: int | None = None
    approvals: tuple[Approved, ...] = ()
    steps: tuple[Step, ...] = ()
    cast: tuple[tuple[EntryId, ...], ...] = ()
    fund: str = JAR


class ReceiptShown(Event, frozen=True, tag="receipt shown"):
    """What became of money that somebody received: a receipt, or a word.

    purchase: the project, or the entry by which a reserve was spent. witness: who saw it, where another than the
    carrier showed it; else "".
    """

    purchase: EntryId
    handle: Handle
    words: str
    witness: Handle = ""


class RestDecided(Event, frozen=True, tag="rest decided"):
    """From the next Friday on the rest of a jar goes here. hands: whose badges said so."""

    rest_to: str
    hands: tuple[Handle, ...]
    fund: str = JAR


class ReserveSpent(Event, frozen=True, tag="reserve spent"):
    """Money of a reserve was given out, as a carried decision says. due: the day by which a receipt is shown.

    decision: the round that carried it. carrier: who got it and answers for it. hands: whose badges said so.
    """

    reserve: str
    cents: int
    words: str
    decision: EntryId
    carrier: Handle
    hands: tuple[Handle, ...]
    due: str


class Part(Struct, frozen=True):
    """A daughter fund at its beginning. circle: who looks after it and gives it away."""

    name: str
    cents: int
    circle: tuple[Handle, ...]


class FundSplit(Event, frozen=True, tag="fund split"):
    """A fund held more than one meeting can give away, and was parted.

    parts: summing to all that was counted. duties: what goes round in each part's circle from then on, in turn and
    week by week; entries of before say nothing of it.
    """

    circle: int
    parts: tuple[Part, ...]
    fund: str = JAR
    duties: tuple[str, ...] = ()


class FundEnded(Event, frozen=True, tag="fund ended"):
    """A daughter fund that is empty ended, and its duties with it; its proposals fall to the fund it came from."""

    circle: int
    fund: str


# --- tools ------------------------------------------------------------------------------------------------


class ToolShelved(Event, frozen=True, tag="tool shelved"):
    """The shelf has one more tool. label: what its QR label says. hands: the two badges."""

    label: str
    name: str
    hands: tuple[Handle, ...]


class ToolBorrowed(Event, frozen=True, tag="tool borrowed"):
    """Somebody took a tool. due: the day by which it is back, as 2026-11-30."""

    tool: str
    handle: Handle
    due: str


class ToolReturned(Event, frozen=True, tag="tool returned"):
    """A tool is back on the shelf. handle: whose badge said so, whoever had it."""

    tool: str
    handle: Handle


class ToolBroken(Event, frozen=True, tag="tool broken"):
    """A tool does not work any more. words: what is wrong with it."""

    tool: str
    handle: Handle
    words: str


class ToolMended(Event, frozen=True, tag="tool mended"):
    """A broken tool works again."""

    tool: str
    handle: Handle


class ToolGone(Event, frozen=True, tag="tool gone"):
    """A tool is off the shelf for good. words: where it went. hands: the two badges."""

    tool: str
    words: str
    hands: tuple[Handle, ...]


# --- numbers said aloud -----------------------------------------------------------------------------------

Measure = Literal["hours", "made", "taken"]
"""Hours worked under self-management, goods made under self-management, or goods taken by the owners."""


class NumberSaid(Event, frozen=True, tag="number said"):
    """One number was said aloud, with where it comes from and two badges.

    what: the kind of work, or the goods. amount: whole minutes for hours, else whole units. unit: the shop's own
    word for one of the goods, "" for hours. since, until: the first and the last day that it is about, 2026-11-01.
    source: where it comes from, as whoever said it put it. teller: who said it. witness: the other badge.
    """

    measure: Measure
    what: str
    amount: int
    unit: str
    since: str
    until: str
    source: str
    teller: Handle
    witness: Handle


class ConcessionWon(Event, frozen=True, tag="concession won"):
    """The owners gave way. what: in what. action: by what it was won. cents: what it is worth; 0: not in money.

    day: when it was won. until: the day it holds for, "" for good. Otherwise as in a number that is said.
    """

    what: str
    action: str
    cents: int
    day: str
    until: str
    source: str
    teller: Handle
    witness: Handle


class ReformNoted(Event, frozen=True, tag="reform noted"):
    """A reform that others boast of, to compare with. by: who does. Otherwise as in a concession."""

    what: str
    by: str
    cents: int
    day: str
    until: str
    source: str
    teller: Handle
    witness: Handle


class NumberCountered(Event, frozen=True, tag="number countered"):
    """A number, a concession or a reform was wrong and counts no more; once only. number: the entry of it."""

    number: EntryId
    reason: str
    teller: Handle
    witness: Handle


Report = Literal["audit", "potluck", "ledger", "autopsy"]
"""What the shop reads aloud: monthly the audit, and the potluck; quarterly the ledger, and the autopsy."""


class ReportHeld(Event, frozen=True, tag="report held"):
    """A report was read aloud. period: the month or quarter it is about, 2026-11 or 2026-Q4. hands: two badges."""

    report: Report
    period: str
    hands: tuple[Handle, ...]


class PotluckSaid(Event, frozen=True, tag="potluck said"):
    """What was said at the potluck, without a name. period: the month that it looks back at."""

    period: str
    side: Literal["success", "failure"]
    words: str


# --- assumptions ------------------------------------------------------------------------------------------


class BenefitSaid(Event, frozen=True, tag="benefit said"):
    """Who benefits from a routine, as the room said it, without a name. period: the quarter, 2026-Q4."""

    period: str
    routine: str
    words: str


class InversionStarted(Event, frozen=True, tag="inversion started"):
    """The shop turns a routine round for a while, to see. until: the day on which it is asked what happened."""

    period: str
    routine: str
    words: str
    until: str
    hands: tuple[Handle, ...]


class InversionReviewed(Event, frozen=True, tag="inversion reviewed"):
    """The day came. words: what happened. until: the next day it is asked about; "" when it is over."""

    inversion: EntryId
    words: str
    until: str
    hands: tuple[Handle, ...]


# --- the charter ------------------------------------------------------------------------------------------


class CharterWritten(Event, frozen=True, tag="charter written"):
    """All the numbers that the shop lives by, by their names in the charter, as it began with them.

    template: the digest of the template that was taken over, "" for none. shop: whose it is, as that calls itself.
    """

    numbers: Mapping[str, int]
    template: str = ""
    shop: str = ""


class CharterChanged(Event, frozen=True, tag="charter changed"):
    """A carried vote and many hands changed one number. decision: the round that carried it."""

    change: CharterChange
    decision: EntryId
    hands: tuple[Handle, ...]


# --- neighbours -------------------------------------------------------------------------------------------

Whose = Literal["theirs", "ours"]
"""Whose two stories were looked at: a neighbour's, or those that a neighbour says we told."""


class NeighbourLinked(Event, frozen=True, tag="neighbour linked"):
    """Two shops linked, face to face. neighbour: what we call them. key: theirs, as it is passed on (C2SP vkey).

    minutes: how far we let the account with them go, either way. wire: how they are known there, if they are.
    tell: letters to all that were written before and still hold; they go with the first segment.
    """

    neighbour: str
    key: str
    minutes: int
    hands: tuple[Handle, ...]
    wire: Wire | None = None
    tell: tuple[EntryId, ...] = ()


class NeighbourUnlinked(Event, frozen=True, tag="neighbour unlinked"):
    """We parted. Their account stands at zero; what was promised is over."""

    neighbour: str
    hands: tuple[Handle, ...]


class LetterWritten(Event, frozen=True, tag="letter written"):
    """We wrote to a neighbour, or to all of them (to: ""). It goes with the next segment.

    hands: whose badges said so; none where the kiosk answers by rule. moved: what an answer that is accepted adds
    to our accounts, in minutes.
    """

    to: str
    letter: AnyLetter
    hands: tuple[Handle, ...] = ()
    moved: Mapping[Handle, int] = {}


class OrderJoined(Event, frozen=True, tag="order joined"):
    """A member said how much they take of a joint order, in whole units; what they said last counts, 0 is nothing.

    order: the letter that called it. neighbour: which shop did; "" for ours.
    """

    order: EntryId
    neighbour: str
    handle: Handle
    amount: int


class SegmentClosed(Event, frozen=True, tag="segment closed"):
    """Letters were put into a segment for a neighbour; from these words it can be made again to the byte.

    number: counts our segments to them. previous, hash: of the one before, and of this. letters: the entries in it.
    """

    neighbour: str
    number: int
    previous: str
    hash: str
    letters: tuple[EntryId, ...]


class SegmentTaken(Event, frozen=True, tag="segment taken"):
    """A neighbour's segment came, by whichever way, and was the next one. text: as it is signed.

    moved: what the answers in it add to our accounts, in minutes. good: letters in it that hold seals and
    cosignatures which were checked and found good; only those count.
    """

    neighbour: str
    number: int
    hash: str
    text: str
    moved: Mapping[Handle, int] = {}
    good: tuple[EntryId, ...] = ()


class ForkSeen(Event, frozen=True, tag="fork seen"):
    """A neighbour signed two different segments of the same number: it tells two stories. text: the second one."""

    neighbour: str
    number: int
    hash: str
    text: str


class SealForkSeen(Event, frozen=True, tag="seal fork seen"):
    """A neighbour's seal does not lead on from the one before: its record was changed or put back. known, shown:
    both checkpoints, as it signed them."""

    neighbour: str
    known: str
    shown: str


class FarForkSeen(Event, frozen=True, tag="far fork seen"):
    """A far shop signed two seals that can't both be true. key: theirs. neighbour: who told of the second."""

    neighbour: str
    key: str
    known: str
    shown: str


class ForkMended(Event, frozen=True, tag="fork mended"):
    """Many hands said which of two stories goes on. whose: the neighbour's stories, or those we told it ourselves.

    For seals, text: the checkpoint that goes on. For letters, number, hash: the segment after which it goes on;
    first: from which of our segments on none was read, 0 for all read; again: the letters in those, which go out
    once more.
    """

    neighbour: str
    of: Story
    whose: Whose
    goes_on: Side
    hands: tuple[Handle, ...]
    text: str = ""
    number: int = 0
    hash: str = ""
    first: int = 0
    again: tuple[EntryId, ...] = ()


# --- several kiosks in one building -----------------------------------------------------------------------


class KioskAdded(Event, frozen=True, tag="kiosk added"):
    """Another kiosk belongs to the shop from now on; what it signs is believed. Also said of the first one itself.

    name: what people call it, as in "by the door". key: by which it signs (C2SP vkey). wire: how it is known to the
    others on the wire. claims: the generation of the claims that were kept when it came.
    """

    device: str
    name: str
    key: str
    hands: tuple[Handle, ...]
    wire: Wire | None = None
    claims: str = ""


class KioskRemoved(Event, frozen=True, tag="kiosk removed"):
    """A kiosk is no more, or is none of the shop's any more. Nothing that it writes later is taken."""

    device: str
    hands: tuple[Handle, ...]


class BuildingJoined(Event, frozen=True, tag="building joined"):
    """The first entry of a new kiosk: it belongs to the shop of that one, whose key this is (C2SP vkey)."""

    device: str
    key: str


class EntriesTaken(Event, frozen=True, tag="entries taken"):
    """What another kiosk of the shop wrote came here and is part of this record: its entries first to last.

    text: as it signed them (`kiosk.batch`); it may begin with older ones that were here already.
    """

    device: str
    first: int
    last: int
    text: str


class TurnPassed(Event, frozen=True, tag="turn passed"):
    """This kiosk had its turn to write and, after a power cut, nothing to write any more."""


class KioskForked(Event, frozen=True, tag="kiosk forked"):
    """A kiosk of the shop signed another past than the one that is known here: it was put back from an old copy, or
    somebody has its key. Nothing of it is taken any more. text: what it signed."""

    device: str
    text: str


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
    | CommonsShared
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
    | PhotoAttached
    | RecordRestored
    | KioskUpdated
    | UpdateAnswered
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
    | MoneyGiven
    | WagesSliced
    | JarCounted
    | ProjectProposed
    | ProjectSeconded
    | ProjectWithdrawn
    | DownsideArgued
    | FridayOpened
    | FridayClosed
    | ReceiptShown
    | RestDecided
    | ReserveSpent
    | FundSplit
    | FundEnded
    | ToolShelved
    | ToolBorrowed
    | ToolReturned
    | ToolBroken
    | ToolMended
    | ToolGone
    | NumberSaid
    | ConcessionWon
    | ReformNoted
    | NumberCountered
    | ReportHeld
    | PotluckSaid
    | BenefitSaid
    | InversionStarted
    | InversionReviewed
    | CharterWritten
    | CharterChanged
    | NeighbourLinked
    | NeighbourUnlinked
    | LetterWritten
    | OrderJoined
    | SegmentClosed
    | SegmentTaken
    | ForkSeen
    | SealForkSeen
    | FarForkSeen
    | ForkMended
    | KioskAdded
    | KioskRemoved
    | BuildingJoined
    | EntriesTaken
    | TurnPassed
    | KioskForked
)

HOURS = (HoursSwapped, CommonsServed)
"""The events that move hours and can be countered."""


class Entry(Struct, frozen=True, omit_defaults=True):
    """One line of the record.

    device: names the kiosk that wrote it; number: counts from 1 there without a gap.
    order: where several kiosks write, what puts their entries in one order on all: milliseconds since 1970, or one
    more than of any entry that was known there. turn: counts what only one kiosk at a time may write.
    """

    device: str
    number: int
    moment: Moment
    event: AnyEvent
    order: int = 0
    turn: int = 0

    @property
    def place(self) -> "Place":
        """Where it stands among the entries of all kiosks."""
        return Place(self.order, self.device, self.number)

    @property
    def id(self) -> EntryId:
        """How other entries point at this one."""
        return EntryId(f"{self.device}/{self.number}")


class Place(NamedTuple):
    """Where an entry stands among those of all kiosks: the same on each, and behind all that its own knew."""

    order: int
    device: str
    number: int


class Found(Struct, frozen=True):
    """An entry looked up in the record, and the entry that took it back, if one did."""

    entry: Entry
    countered_by: EntryId | None = None


def moves(event: AnyEvent) -> dict[Handle, int]:
    """What an event adds to each account, in minutes. The values sum to zero, whatever the event."""
    match event:
        case HoursSwapped(giver=giver, receivers=(one,)):  # written out: most of a record is this
            return {giver: one.minutes, one.handle: -one.minutes}
        case HoursSwapped(giver=giver, receivers=receivers):
            return {giver: sum(share.minutes for share in receivers)} | {
                share.handle: -share.minutes for share in receivers
            }
        case CommonsServed(giver=giver, minutes=minutes):
            return {giver: minutes, COMMONS: -minutes}
        case CommonsShared(minutes=minutes, among=among):
            return {COMMONS: minutes * len(among)} | dict.fromkeys(among, -minutes)
        case HoursCountered(moves=stated):
            return dict(stated)
        case LetterWritten(moved=stated) | SegmentTaken(moved=stated):
            return dict(stated)
        case MemberLeft(handle=handle, minutes=minutes):
            return {handle: -minutes, COMMONS: minutes}
    return {}


def takes_back(event: AnyEvent) -> EntryId | None:
    """The entry that an event makes as if it had never been; None for what takes nothing back."""
    match event:
        case HoursCountered(countered=countered):
            return countered
        case NumberCountered(number=number):
            return number
    return None


_to_text = msgspec.json.Encoder(order="deterministic")
_from_text = msgspec.json.Decoder(Entry)


def write_entry(entry: Entry) -> bytes:
    """An entry as one line of JSON; the same entry always gives the same bytes."""
    return _to_text.encode(entry)


def read_entry(line: bytes | str) -> Entry:
    """The entry that `write_entry` wrote. Raises msgspec.ValidationError, naming the field, on anything else."""
    return _from_text.decode(line)
