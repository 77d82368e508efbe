"""Everything that can be asked of the house, and the shape of a refusal.

Commands name people by the badges they tapped, never by a name that a screen supplied: the rules look the
badges up, so a badge revoked a moment ago opens nothing.
"""

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct, field

from kiosk.amounts import JAR, BadgeHash, EntryId, Handle
from kiosk.events import CharterChange, Counts, Detail, How, Measure, Medium, Report, Slice, Telling, Term, Whose
from kiosk.letters import AnyLetter, Side, Story, Wire
from kiosk.template import Template


class NewBadge(Struct, frozen=True):
    """A badge that was tapped or shown, and may become somebody's. random: it changes at each tap (phones).

    there: the same badge under the key of a copy of the record that waits to be put in place; "" when none waits.
    guests: the same under the key of each link with a neighbour, by the neighbour's name.
    """

    hash: BadgeHash
    medium: Medium
    random: bool = False
    there: BadgeHash = BadgeHash("")
    guests: tuple[tuple[str, BadgeHash], ...] = ()


class Command(Struct, frozen=True):
    """What all commands share: nothing but being asked."""


class Found(Command, frozen=True):
    """Found the shop: (handle, badge) of those whose badges were tapped together. template: another shop's."""

    founders: tuple[tuple[Handle, NewBadge], ...]
    template: Template | None = None


class Join(Command, frozen=True):
    """Let somebody in under a new name."""

    handle: Handle
    badge: NewBadge
    hands: tuple[BadgeHash, ...]


class Return(Command, frozen=True):
    """Let somebody who had left come back under their old name."""

    handle: Handle
    badge: NewBadge
    hands: tuple[BadgeHash, ...]


class AddBadge(Command, frozen=True):
    """Give a member one more badge."""

    handle: Handle
    badge: NewBadge
    hands: tuple[BadgeHash, ...]


class RevokeBadge(Command, frozen=True):
    """Make a lost badge worthless."""

    handle: Handle
    lost: BadgeHash
    hands: tuple[BadgeHash, ...]


class StartLeave(Command, frozen=True):
    """Be away for a while."""

    badge: BadgeHash


class EndLeave(Command, frozen=True):
    """Be back."""

    badge: BadgeHash


class Leave(Command, frozen=True):
    """Leave the shop: said by one's own badge, or by many hands for somebody who is gone."""

    handle: Handle
    badges: tuple[BadgeHash, ...]


class Swap(Command, frozen=True):
    """Book hours from a giver to one or several receivers. minutes: the giver's, shared among the receivers."""

    giver: BadgeHash
    receivers: tuple[BadgeHash, ...]
    minutes: int
    work: str
    note: str = ""
    clocked: bool = False
    notice: EntryId | None = None


class ServeCommons(Command, frozen=True):
    """Book hours given to the shop itself, seen by a witness."""

    giver: BadgeHash
    witness: BadgeHash
    minutes: int
    work: str
    note: str = ""
    clocked: bool = False


class Undo(Command, frozen=True):
    """Take an entry back within five minutes, by one of the two.

    also: badges of others of the entry who stood there too, so that the record need not guess whose finger it was.
    """

    entry: EntryId
    badge: BadgeHash
    also: tuple[BadgeHash, ...] = ()


class Counter(Command, frozen=True):
    """Take an older entry back: with the badges of all it names, or with many hands."""

    entry: EntryId
    reason: str
    badges: tuple[BadgeHash, ...]


class StartClock(Command, frozen=True):
    """Begin to measure."""

    badge: BadgeHash
    work: str


class DropClock(Command, frozen=True):
    """Stop measuring and book nothing."""

    badge: BadgeHash


class PostNotice(Command, frozen=True):
    """Put a need or an offer on the board. until: its last day, as 2026-11-30."""

    badge: BadgeHash
    side: Literal["need", "offer"]
    work: str
    words: str
    until: str


class TakeDownNotice(Command, frozen=True):
    """Take one's own need or offer off the board."""

    badge: BadgeHash
    notice: EntryId


class NameWork(Command, frozen=True):
    """Add a word for a kind of work."""

    badge: BadgeHash
    work: str


class TakeCoin(Command, frozen=True):
    """Write down that a coin fell. cents: None when the acceptor does not know it."""

    cents: int | None
    pulses: int
    fund: str = JAR


# --- the circle -------------------------------------------------------------------------------------------


class OpenCircle(Command, frozen=True):
    """Begin the circle with those who tapped in.

    opener: whose badge opened it; "" by the buttons. draw: a random number that shuffles the order of speaking.
    """

    opener: BadgeHash
    badges: tuple[BadgeHash, ...]
    draw: int


class JoinCircle(Command, frozen=True):
    """Come late."""

    badge: BadgeHash


class Voice(Command, frozen=True):
    """End the turn of whoever speaks now, with one priority and one obstacle; empty where they passed."""

    priority: str = ""
    obstacle: str = ""


class ExtendCircle(Command, frozen=True):
    """Take more time, by a show of hands."""


class CloseCircle(Command, frozen=True):
    """End the circle."""


class TakeTask(Command, frozen=True):
    """Take on a task, with one's own badge. due: a day, as 2026-11-30."""

    badge: BadgeHash
    words: str
    due: str


class FinishTask(Command, frozen=True):
    """A task is done. badge: its doer's; None while the circle is open, when the circle says so.

    minutes: how long it took, in steps of a quarter of an hour; 0 when nobody says.
    """

    task: EntryId
    badge: BadgeHash | None = None
    minutes: int = 0


class MoveTask(Command, frozen=True):
    """Give a task another day, in the circle."""

    task: EntryId
    due: str


class DropTask(Command, frozen=True):
    """Let a task go, in the circle."""

    task: EntryId


class StartExperiment(Command, frozen=True):
    """Try something against a grievance, in the circle. until: the day it is looked at, as 2026-12-31."""

    about: str
    words: str
    until: str


class ReviewExperiment(Command, frozen=True):
    """Look at an experiment whose day has come, in the circle: did it help? about: the obstacle it was against."""

    about: str
    helped: bool


class AttachPhoto(Command, frozen=True):
    """Let a photo of the whiteboard belong to today's circle, by two badges. photo: the SHA-256 of its file."""

    photo: str
    badges: tuple[BadgeHash, ...]


class OpenRound(Command, frozen=True):
    """Put a question to the buttons. review: a day, as 2027-02-28.

    again: the latest round of a question that waits. Then its words and what is told of it are those that wait, and
    so is its day, as long as that has not come, and the number of the charter that it is about. change: that
    number, as it is and as it is to be.
    """

    question: str
    detail: Detail
    downside: str
    review: str
    again: EntryId | None = None
    change: CharterChange | None = None


class Hush(Struct, frozen=True):
    """What is remembered, in memory only, of the rounds since dissent was last counted whose counts are not told.

    rounds: how many are remembered; quiet: whether all of them were unanimous.
    """

    rounds: int = 0
    quiet: bool = True


class CloseRound(Command, frozen=True):
    """Count the open round. What was pressed is put in by the house, which alone has the box."""

    ballots: Counts = Counts(0, 0, 0)
    hush: Hush = Hush()


class VoidRound(Command, frozen=True):
    """Give the open round up: after a power cut nothing of it is left, or the circle wants it so."""

    why: Literal["power cut", "given up"] = "given up"


class DropQuestion(Command, frozen=True):
    """Let go a question that waits to be voted again."""

    question: EntryId


class ReviewDecision(Command, frozen=True):
    """Look at a decision again. review: the next day for that, as 2027-02-28; "" when it no longer stands."""

    decision: EntryId
    came_true: bool
    stands: bool
    review: str


# --- duties -----------------------------------------------------------------------------------------------


class BeginDuty(Command, frozen=True):
    """Let a duty go round, by many hands: among all, or among the circle of a daughter fund.

    All commands below name a duty as it is called among all of them (`Duty.name`).
    """

    duty: str
    how: How
    term: Term
    hands: tuple[BadgeHash, ...]
    fund: str = JAR


class EndDuty(Command, frozen=True):
    """Let a duty go round no more, by many hands."""

    duty: str
    hands: tuple[BadgeHash, ...]


class DrawDuty(Command, frozen=True):
    """Draw the lot for who has a duty next.

    draw: a random number that picks one. badge: whose finger it is. absent: who is said not to be here.
    """

    duty: str
    draw: int
    badge: BadgeHash
    absent: tuple[Handle, ...] = ()


class HandOver(Command, frozen=True):
    """Hand a duty over by two badges.

    coming: of the one whose turn it is. leaving: of the one who had it or, where nobody had, or that one is away,
    or the term is over, of anybody else as a witness. absent: who is said not to be here.
    """

    duty: str
    coming: BadgeHash
    leaving: BadgeHash
    absent: tuple[Handle, ...] = ()


class OpenApproval(Command, frozen=True):
    """Put to the buttons who takes a duty next, in the circle."""

    duty: str


class CloseApproval(Command, frozen=True):
    """Count the open approval round. What was approved of is put in by the house, which alone has the box.

    ballots: of each who took part, whom they approve of; in no order. draw: a random number for a tie.
    """

    ballots: tuple[frozenset[Handle], ...] = ()
    draw: int = 0


# --- the jar ----------------------------------------------------------------------------------------------


class GiveMoney(Command, frozen=True):
    """Put money into a jar by hand, seen by a witness. cents: at least one."""

    giver: BadgeHash
    witness: BadgeHash
    cents: int
    fund: str = JAR


class SliceWages(Command, frozen=True):
    """Put a slice of the wages into a jar, by two badges.

    cents: all of it. slices: whose it is, summing to it; empty where it comes as one sum.
    """

    cents: int
    badges: tuple[BadgeHash, ...]
    slices: tuple[Slice, ...] = ()
    fund: str = JAR


class CountJar(Command, frozen=True):
    """Say what a count by hand came to, by two badges. cents: may be nothing."""

    cents: int
    badges: tuple[BadgeHash, ...]
    fund: str = JAR


class ProposeProject(Command, frozen=True):
    """Propose to spend money of a jar.

    carrier: the badge of who carries it out; None when the proposer does. tool: the label of the broken tool that
    this would mend.
    """

    badge: BadgeHash
    title: str
    cents: int
    sort: str
    carrier: BadgeHash | None = None
    words: str = ""
    fund: str = JAR
    tool: str = ""


class SecondProject(Command, frozen=True):
    """Let a proposal stand, by a badge that is neither the proposer's nor the carrier's."""

    project: EntryId
    badge: BadgeHash


class WithdrawProject(Command, frozen=True):
    """Take one's own proposal back; anybody may once its proposer or its carrier has left."""

    project: EntryId
    badge: BadgeHash


class ArgueDownside(Command, frozen=True):
    """Give a project its slot for the other side, in the circle. words: may be empty."""

    project: EntryId
    words: str = ""


class OpenFriday(Command, frozen=True):
    """Put the projects of a jar to the buttons, in the circle: one badge, one ballot, approve of any number."""

    detail: Telling = "outcome"
    fund: str = JAR


class CloseFriday(Command, frozen=True):
    """Count the open Friday and give the jar away. What was approved of is put in by the house, which has the box.

    ballots: of each who took part, what they approve of; in no order. seed: made in the room, for a tie.
    """

    ballots: tuple[frozenset[EntryId], ...] = ()
    seed: str = ""


class ShowReceipt(Command, frozen=True):
    """Say what became of money that somebody received: its carrier by one badge, or anybody with a witness."""

    purchase: EntryId
    badge: BadgeHash
    words: str
    witness: BadgeHash | None = None


class DecideRest(Command, frozen=True):
    """Say where the rest of a jar goes, by many hands, before the Friday it is about."""

    rest_to: str
    hands: tuple[BadgeHash, ...]
    fund: str = JAR


class SpendReserve(Command, frozen=True):
    """Give out money of a reserve, as a carried decision says and by many hands. carrier: who gets it."""

    reserve: str
    cents: int
    words: str
    decision: EntryId
    carrier: BadgeHash
    hands: tuple[BadgeHash, ...]


class SplitFund(Command, frozen=True):
    """Part a fund that holds more than one meeting can give away, in the circle.

    parts: the name and the cents of each, summing to all that was counted. people: how many look after each part;
    who they are is drawn by rotation.
    """

    parts: tuple[tuple[str, int], ...]
    people: int = 3
    fund: str = JAR


class EndFund(Command, frozen=True):
    """End an empty daughter fund, in the circle."""

    fund: str


# --- tools ------------------------------------------------------------------------------------------------


class ShelveTool(Command, frozen=True):
    """Put a tool on the shelf, by two badges. label: what `kiosk.codes.read_label` reads on it."""

    label: str
    name: str
    badges: tuple[BadgeHash, ...]


class BorrowTool(Command, frozen=True):
    """Take a tool: badge, label."""

    tool: str
    badge: BadgeHash


class ReturnTool(Command, frozen=True):
    """Bring a tool back: label, badge."""

    tool: str
    badge: BadgeHash


class BreakTool(Command, frozen=True):
    """Say that a tool does not work any more, and what is wrong with it."""

    tool: str
    badge: BadgeHash
    words: str


class MendTool(Command, frozen=True):
    """Say that a broken tool works again."""

    tool: str
    badge: BadgeHash


class RemoveTool(Command, frozen=True):
    """Take a tool off the shelf for good, by two badges. words: where it went."""

    tool: str
    words: str
    badges: tuple[BadgeHash, ...]


# --- numbers said aloud -----------------------------------------------------------------------------------


class SayNumber(Command, frozen=True):
    """Say a number aloud, by two badges.

    measure: hours under self-management, goods made under it, or goods taken by the owners. what: the kind of work,
    or the goods. amount: whole minutes for hours, else whole units. unit: the shop's word for one of the goods; ""
    for hours. since, until: the first and the last day it is about, as 2026-11-01. source: where it comes from.
    """

    measure: Measure
    what: str
    amount: int
    unit: str
    since: str
    until: str
    source: str
    teller: BadgeHash
    witness: BadgeHash


class WinConcession(Command, frozen=True):
    """Say what the owners gave way in, by two badges.

    what: in what. action: by which action. cents: what it is worth; 0: not in money. day: when it was won, as
    2026-11-01. until: the day it holds for; "" for good. source: where that comes from.
    """

    what: str
    action: str
    cents: int
    day: str
    until: str
    source: str
    teller: BadgeHash
    witness: BadgeHash


class NoteReform(Command, frozen=True):
    """Note a reform that others boast of, to compare with. by: who does. Otherwise as a concession."""

    what: str
    by: str
    cents: int
    day: str
    until: str
    source: str
    teller: BadgeHash
    witness: BadgeHash


class CounterNumber(Command, frozen=True):
    """Say that a number, a concession or a reform was wrong, by two badges. It stays, and counts no more."""

    number: EntryId
    reason: str
    teller: BadgeHash
    witness: BadgeHash


# --- the charter ------------------------------------------------------------------------------------------


class ChangeCharter(Command, frozen=True):
    """Let a number hold that a vote has carried, by many hands. decision: the round that carried it."""

    decision: EntryId
    hands: tuple[BadgeHash, ...]


# --- the record itself ------------------------------------------------------------------------------------


class NoteProgram(Command, frozen=True):
    """Write down that another program runs, if it does. Asked by the kiosk itself when it starts.

    before: the program known beside the record, in case that the record names none.
    """

    before: str
    after: str


class AnswerUpdate(Command, frozen=True):
    """Answer for the program that runs, by many hands; whose badge comes first answers."""

    hands: tuple[BadgeHash, ...]


# --- reports and assumptions ------------------------------------------------------------------------------


class HoldReport(Command, frozen=True):
    """A report was read aloud. period: the month or the quarter it is about. badges: two, of different people."""

    report: Report
    period: str
    badges: tuple[BadgeHash, ...]


class SayBenefit(Command, frozen=True):
    """Who benefits from a routine, as the room says it.

    badge: of somebody who is there, and is not written down; None where the circle says it.
    """

    period: str
    routine: str
    words: str
    badge: BadgeHash | None = None


class SayAtPotluck(Command, frozen=True):
    """What went well, or wrong, as the room says it. period: the month. badge: as in who benefits."""

    period: str
    side: Literal["success", "failure"]
    words: str
    badge: BadgeHash | None = None


class StartInversion(Command, frozen=True):
    """Turn a routine round for a while, by many hands. until: the day it is asked about, as 2026-12-31."""

    period: str
    routine: str
    words: str
    until: str
    badges: tuple[BadgeHash, ...]


class ReviewInversion(Command, frozen=True):
    """The day came: what happened. until: the next day; "" when it is over. badges: two, of different people."""

    inversion: EntryId
    words: str
    until: str
    badges: tuple[BadgeHash, ...]


class PutInPlace(Command, frozen=True):
    """Put the copy of the record in place that lies ready. root: of the tree over it, in hex, as it was shown.

    Not among `AnyCommand`, as it changes nothing in this record: another takes its place.
    """

    root: str
    hands: tuple[NewBadge, ...]


# --- neighbours -------------------------------------------------------------------------------------------


class LinkNeighbour(Command, frozen=True):
    """Link with the shop whose card this is. minutes: how far its account may go. me: the name of our own key."""

    card: str
    minutes: int
    hands: tuple[BadgeHash, ...]
    me: str


class UnlinkNeighbour(Command, frozen=True):
    """Part with a neighbour."""

    neighbour: str
    hands: tuple[BadgeHash, ...]


class OfferSwap(Command, frozen=True):
    """Hours with a neighbour's member, both here. theirs: their badge, hashed with the key of the link.

    minutes: what ours gave; below zero: got.
    """

    neighbour: str
    ours: BadgeHash
    theirs: str
    minutes: int
    work: str
    note: str = ""


class WriteLetter(Command, frozen=True):
    """Write to a neighbour, or to all of them (to: "")."""

    to: str
    letter: AnyLetter
    badges: tuple[BadgeHash, ...]


class JoinOrder(Command, frozen=True):
    """Take so much of a joint order. neighbour: who called it; "" for us."""

    order: EntryId
    neighbour: str
    amount: int
    badge: BadgeHash


class SendTotals(Command, frozen=True):
    """Tell neighbours what we take of their orders that have closed, all together. Asked by the kiosk itself."""


class SeekCircle(Command, frozen=True):
    """Ask around whether what is owed between shops leads back to us. me: the name of our own key."""

    badge: BadgeHash
    me: str


class CloseSegment(Command, frozen=True):
    """Put what waits for a neighbour into a segment. Asked by the kiosk itself.

    me: the name of our own key. note: with a balance note at its end.
    """

    neighbour: str
    me: str
    note: bool = False


class TakeSegment(Command, frozen=True):
    """Take what came from a neighbour. text: from anybody, by any way. me: the name of our own key."""

    text: str
    me: str


class ShowSeal(Command, frozen=True):
    """Show our newest checkpoint to the neighbours. Asked by the kiosk itself.

    text: as it is signed. proofs: what shows that it grew, by the size of the one shown before, in Base64.
    """

    text: str
    proofs: Mapping[int, tuple[str, ...]]


class CosignSeal(Command, frozen=True):
    """Be a witness of a neighbour's newest seal. Asked by the kiosk itself.

    text: its checkpoint with our cosignature. key: ours, as it is passed on.
    """

    neighbour: str
    text: str
    key: str


class PassSeals(Command, frozen=True):
    """Pass on the seals that came. Asked by the kiosk itself."""


class ShowTemplate(Command, frozen=True):
    """Tell the neighbours that our template is another now. Asked by the kiosk itself. template: the file."""

    template: str


class MendFork(Command, frozen=True):
    """Say which of two stories goes on. whose: the neighbour's, or those that it says we told."""

    neighbour: str
    of: Story
    whose: Whose
    goes_on: Side
    hands: tuple[BadgeHash, ...]


# --- several kiosks in one building -----------------------------------------------------------------------


class AddKiosk(Command, frozen=True):
    """Let another kiosk belong to the shop, by many hands.

    device, name, key, wire: of the new one: in the record, for people ("by the door"), as it signs (C2SP vkey), and
    on the wire. here_name, here_key, here_wire: the same of this kiosk, for the first time that there are two.
    claims: the generation of the claims that are kept.
    """

    device: str
    name: str
    key: str
    hands: tuple[BadgeHash, ...]
    here_name: str
    here_key: str
    wire: Wire | None = None
    here_wire: Wire | None = None
    claims: str = ""


class RemoveKiosk(Command, frozen=True):
    """Let a kiosk belong to the shop no more: it broke, or was carried away."""

    device: str
    hands: tuple[BadgeHash, ...]


class JoinBuilding(Command, frozen=True):
    """Begin this kiosk's record as one of a shop that has a kiosk already. device, key: of that one."""

    device: str
    key: str


class TakeEntries(Command, frozen=True):
    """Take what another kiosk of the shop wrote. text: a batch, as it came."""

    text: str


class PassTurn(Command, frozen=True):
    """Write that a turn was won and not used, so that the others can go on."""


AnyCommand = (
    Found
    | Join
    | Return
    | AddBadge
    | RevokeBadge
    | StartLeave
    | EndLeave
    | Leave
    | Swap
    | ServeCommons
    | Undo
    | Counter
    | StartClock
    | DropClock
    | PostNotice
    | TakeDownNotice
    | NameWork
    | TakeCoin
    | OpenCircle
    | JoinCircle
    | Voice
    | ExtendCircle
    | CloseCircle
    | TakeTask
    | FinishTask
    | MoveTask
    | DropTask
    | StartExperiment
    | ReviewExperiment
    | AttachPhoto
    | NoteProgram
    | AnswerUpdate
    | OpenRound
    | CloseRound
    | VoidRound
    | DropQuestion
    | ReviewDecision
    | BeginDuty
    | EndDuty
    | DrawDuty
    | HandOver
    | OpenApproval
    | CloseApproval
    | GiveMoney
    | SliceWages
    | CountJar
    | ProposeProject
    | SecondProject
    | WithdrawProject
    | ArgueDownside
    | OpenFriday
    | CloseFriday
    | ShowReceipt
    | DecideRest
    | SpendReserve
    | SplitFund
    | EndFund
    | ShelveTool
    | BorrowTool
    | ReturnTool
    | BreakTool
    | MendTool
    | RemoveTool
    | HoldReport
    | SayBenefit
    | SayAtPotluck
    | StartInversion
    | ReviewInversion
    | SayNumber
    | WinConcession
    | NoteReform
    | CounterNumber
    | ChangeCharter
    | LinkNeighbour
    | UnlinkNeighbour
    | OfferSwap
    | WriteLetter
    | JoinOrder
    | SendTotals
    | SeekCircle
    | CloseSegment
    | TakeSegment
    | ShowSeal
    | CosignSeal
    | PassSeals
    | ShowTemplate
    | MendFork
    | AddKiosk
    | RemoveKiosk
    | JoinBuilding
    | TakeEntries
    | PassTurn
)


class Refusal(Struct, frozen=True):
    """Why something was not booked, and what to do instead: a value, not an exception.

    words: a sentence for the person at the kiosk, with {places} for facts.
    facts: what goes into the places; whole minutes and cents stay numbers (keys ending in
        "minutes" or "cents").
    code: names the refusal for programs and tests, as in "no room".
    """

    code: str
    words: str
    facts: Mapping[str, str | int] = field(default_factory=dict)
