"""The present of the shop, frozen: what the record folds to. Nothing here grows with the length of the record."""

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct, field

from kiosk.amounts import JAR, LONGEST, STEP, BadgeHash, EntryId, Handle, Moment
from kiosk.events import CharterChange, Detail, How, Medium, Offered, Telling, Term, duty_called
from kiosk.letters import OrderCall
from kiosk.state.kiosks import HeardOf, Kiosk
from kiosk.state.neighbour import Neighbour
from kiosk.state.shared import Shared

WORK = (
    "repair",
    "childcare",
    "translation",
    "bookkeeping",
    "cooking",
    "care",
    "driving",
    "teaching",
    "other",
)
"""The kinds of work the house knows from the start; a shop adds its own."""

RECENT = 60
"""How many of somebody's latest entries are kept at hand for "what I booked"."""

PROJECTS = (
    "tool repair",
    "dental",
    "printing",
    "hardship",
    "strike reserve",
    "other",
)
"""The kinds of project the house knows from the start; a shop adds its own."""

KEEPING_THE_JAR = "keeping the jar"
"""The duty that counts as having looked after a fund."""

RESERVES = ("strike reserve", "hardship")
"""The reserves every shop may hand money on to; a shop adds its own."""

LATEST = 12
"""How many of the shop's latest swaps are kept at hand for the wall."""


class Charter(Struct, frozen=True):
    """The numbers the shop lives by. Minutes, seconds and counts.

    hands, hands_small, small_shop: how many badges what needs care needs, and below how many members fewer do.
    soft_limit, hard_limit: minutes either way of zero at which the kiosk warns, and refuses.
    undo: seconds in which one of the two can take a swap back.
    guard: seconds in which the very same swap is taken for a double read.
    founders: badges that found the shop.
    circle: seconds that those present share; extension: seconds that a show of hands adds; downside: seconds for
    the other side before a vote.
    counted: ballots from which on counts may be told. review: days until a decision is looked at again, when the
    circle names no other day. grievance: circles in which an obstacle is voiced before it hangs on the wall.
    dissenter: among people who speak freely one in so many ballots says no. unlikely: a streak that comes about
    less than once in so many times is an alarm.
    ceiling: cents that one meeting can give away; a fund that holds more may be split. floor: completion buys
    nothing that fewer than one in so many ballots, or fewer than two, approve of. totals, ballots: ballots from
    which on totals, and all ballots without names, may be told of a Friday. waits: Fridays that a proposal may
    wait. fund_circle: people that look after a daughter fund at least. tool_days: days for which a tool is lent.
    step, longest: minutes that a swap is chosen in, and that one may be at most. forgotten: minutes after which a
    running clock is not believed. quorum: percent of a roll that take part at least. block: rounds of which only
    the outcome is told that are looked at for dissent together.
    throne: percent of a routine that one person does, and throne_least: times, from which on it is an alarm.
    unswapped: days for which nobody swaps a kind of work. monthly_days, quarterly_days: days after the end of its
    month or quarter by which a report is held.
    """

    hands: int = 3
    hands_small: int = 2
    small_shop: int = 6
    soft_limit: int = 10 * 60
    hard_limit: int = 20 * 60
    undo: int = 5 * 60
    guard: int = 10
    founders: int = 3
    circle: int = 5 * 60
    extension: int = 60
    downside: int = 60
    counted: int = 5
    review: int = 91
    grievance: int = 3
    dissenter: int = 20
    unlikely: int = 20
    ceiling: int = 500_00
    floor: int = 3
    totals: int = 5
    ballots: int = 10
    waits: int = 3
    fund_circle: int = 3
    tool_days: int = 7
    step: int = STEP
    longest: int = LONGEST
    forgotten: int = LONGEST
    quorum: int = 50
    block: int = 5
    throne: int = 50
    throne_least: int = 6
    unswapped: int = 91
    monthly_days: int = 7
    quarterly_days: int = 14


class RunningClock(Struct, frozen=True):
    """A measure begun and not ended."""

    work: str
    since: Moment


class Member(Struct, frozen=True, omit_defaults=True):
    """Somebody of the shop, also after leaving (their name stays taken).

    back: the entry by which they came back, if they had left; hours from before it went to the commons.
    clocked: the entry that last started or ended their clock, where several kiosks write; clock_order: its order.
    """

    handle: Handle
    standing: Literal["here", "away", "left"]
    joined: Moment
    clock: RunningClock | None = None
    back: EntryId | None = None
    clocked: EntryId | None = None
    clock_order: int = 0


class Badge(Struct, frozen=True):
    """What a badge opens: nothing once it is revoked or its owner has left."""

    handle: Handle
    medium: Medium
    since: Moment
    good: bool = True


class Account(Struct, frozen=True, omit_defaults=True):
    """A balance of hours: somebody's, or the commons'.

    minutes: above zero, gave more than got. recent: the latest entries that moved it, newest last.
    last: the latest swap this person gave, for the guard against double reads.
    orders, last_order: of the last of recent, and of last, where several kiosks write.
    """

    minutes: int = 0
    recent: tuple[EntryId, ...] = ()
    last: EntryId | None = None
    orders: tuple[int, ...] = ()
    last_order: int = 0


class Notice(Struct, frozen=True):
    """A need or an offer on the board. until: its last day, as 2026-11-30."""

    id: EntryId
    handle: Handle
    side: Literal["need", "offer"]
    work: str
    words: str
    until: str
    posted: Moment


class Kind(Struct, frozen=True):
    """How a kind of work is swapped.

    day: of its latest swap, or on which it got its name, in days since 1970 (UTC). at: how many swaps of all kinds
    there had been then; -1 where several kiosks write, as none knows. times: its swaps by quarter, the latest
    quarters.
    """

    day: int = 0
    at: int = 0
    times: Mapping[str, int] = field(default_factory=dict)


class Board(Struct, frozen=True, omit_defaults=True):
    """What the wall says about hours: the month (UTC, as 2026-11), minutes swapped in it, and the latest swaps.

    swaps: all there ever were, also those taken back. kinds: of the kinds of work that were ever swapped, or that
    the shop named. They stand here because a swap writes this document anyway.
    months: minutes swapped by month, the latest months; orders: of the last of latest; both where several kiosks
    write. There also what was taken back stays among the latest.
    """

    month: str = ""
    swapped: int = 0
    latest: tuple[EntryId, ...] = ()
    swaps: int = 0
    kinds: Mapping[str, Kind] = field(default_factory=dict)
    months: Mapping[str, int] = field(default_factory=dict)
    orders: tuple[int, ...] = ()

    def swapped_in(self, month: str) -> int:
        """Minutes swapped in a month, as 2026-11, as far as it is remembered; less what was taken back in it."""
        alone = self.swapped if self.month == month else 0
        return max(0, alone + self.months.get(month, 0))


class Round(Struct, frozen=True):
    """A vote that is open: what its opening entry says. change: the number of the charter it is about."""

    id: EntryId
    question: str = ""
    roll: tuple[Handle, ...] = ()
    detail: Detail = "outcome"
    against: Handle = ""
    downside: str = ""
    review: str = ""
    again: EntryId | None = None
    waited: bool = False
    change: CharterChange | None = None


class Approval(Struct, frozen=True):
    """An approval round that is open: what its opening entry says."""

    id: EntryId
    duty: str
    candidates: tuple[Handle, ...]
    roll: tuple[Handle, ...]
    fund: str = JAR

    @property
    def name(self) -> str:
        """What the duty is called among all of them."""
        return duty_called(self.duty, self.fund)


class Voice(Struct, frozen=True):
    """What somebody said in their turn; either may be empty."""

    priority: str = ""
    obstacle: str = ""


class Circle(Struct, frozen=True):
    """The circle that is open. spoken: whose turn is over. seconds: all that is shared, extensions too.

    voted: rounds closed in it that wait; they are not voted again before the next circle. voices: what was noted of
    those who spoke, the latest few, newest last.
    """

    number: int
    opened: Moment
    opener: Handle
    roll: tuple[Handle, ...]
    order: tuple[Handle, ...]
    seconds: int
    spoken: tuple[Handle, ...] = ()
    round: Round | None = None
    approval: Approval | None = None
    voices: tuple[Voice, ...] = ()

    @property
    def vote(self) -> Round | Approval | None:
        """The vote that is open, of either sort."""
        return self.round or self.approval

    @property
    def speaker(self) -> Handle:
        """Who speaks now or next; "" when all have."""
        return next((handle for handle in self.order if handle not in self.spoken), "")


class LatestCircle(Struct, frozen=True):
    """The circle that was closed last, or is open: what the wall says of it.

    entries: its votes closed and its duties and tasks, the newest last. end: None while it is open. photos: of the
    whiteboard, by their SHA-256.
    """

    number: int
    opened: Moment
    people: int
    entries: tuple[EntryId, ...] = ()
    end: Moment | None = None
    photos: tuple[str, ...] = ()


class Task(Struct, frozen=True):
    """Who does what by when, and it is not done yet. due: a day, as 2026-11-30."""

    id: EntryId
    words: str
    doer: Handle
    due: str
    circle: int


class Question(Struct, frozen=True):
    """A question that is to be voted (again): it was tied, or void, or everyone said yes.

    id: its latest round. circle: in which that was. waited: everyone said yes once already, so that the next yes
    stands however many say it. change: the number of the charter it is about.
    """

    id: EntryId
    words: str
    why: Literal["waits", "tied", "void"]
    circle: int
    detail: Detail
    review: str
    waited: bool = False
    change: CharterChange | None = None


class Decision(Struct, frozen=True):
    """A question that was carried and stands. id: the round that carried it. review: the day it is looked at.

    change: the number of the charter that waits for many hands to hold; None once it holds, or where there is none.
    """

    id: EntryId
    words: str
    circle: int
    review: str
    downside: str = ""
    came_true: int = 0
    change: CharterChange | None = None


class Obstacle(Struct, frozen=True):
    """What was voiced as an obstacle, and in which circles (the latest few).

    answered: the day an experiment against it is looked at, as 2026-12-31; "" when none is on. tried: what it is.
    """

    words: str
    circles: tuple[int, ...]
    answered: str = ""
    tried: str = ""


class Heard(Struct, frozen=True):
    """Words voiced lately, to pick from, newest last; and obstacles by what `same_words` makes of their words."""

    words: tuple[str, ...] = ()
    obstacles: Mapping[str, Obstacle] = field(default_factory=dict)


class Dissent(Struct, frozen=True):
    """How many rounds in a row nobody said otherwise: of those whose counts are told, and, apart, of all others.

    streak: rounds; ballots: presses in them. untold, untold_ballots: the same where only the outcome is told, so
    far as that was counted. rounds: all that were ever counted. hidden, hidden_ballots: rounds of that sort since
    dissent was last counted; they are in no streak yet.
    """

    streak: int = 0
    ballots: int = 0
    rounds: int = 0
    hidden: int = 0
    hidden_ballots: int = 0
    untold: int = 0
    untold_ballots: int = 0

    @property
    def longest(self) -> tuple[int, int]:
        """The streak that is less likely: its rounds, and the ballots in them."""
        both = ((self.streak, self.ballots), (self.untold, self.untold_ballots))
        return max(both, key=lambda each: each[1])


class Duty(Struct, frozen=True):
    """A duty that goes round.

    holder: who has it; "" when nobody has. began: when it began to go round. since: when the holder took it, or
    when it came to be nobody's. until: the last day of the term, as 2026-11-30; "" when nobody has it. last: who
    had it last, also after leaving. coming: who was drawn or approved of as the next; "" where the turn says it.
    held: in which round each is: whoever comes next is of those with the least; newcomers start at what the least
    have, and whoever could not take it while others went on to the next round is moved on to theirs.
    had: how often each really had it. first: whose turn it was and who were not there; they come first next time.
    turns: how often it was handed over. fund: whose duty it is; those of the jar are the whole shop's.
    """

    duty: str
    how: How
    term: Term
    began: Moment
    holder: Handle = ""
    since: Moment | None = None
    until: str = ""
    last: Handle = ""
    coming: Handle = ""
    held: Mapping[Handle, int] = field(default_factory=dict)
    had: Mapping[Handle, int] = field(default_factory=dict)
    first: tuple[Handle, ...] = ()
    turns: int = 0
    fund: str = JAR

    @property
    def name(self) -> str:
        """What it is called among all duties."""
        return duty_called(self.duty, self.fund)


class Sources(Struct, frozen=True):
    """Money by where it came from, in cents.

    handed_on: from an earlier Friday, from the fund it was split off, or what had been set aside for a proposal
    that is gone. difference: what counts by hand found more than expected, or less (below zero).
    """

    coins: int = 0
    by_hand: int = 0
    wages: int = 0
    handed_on: int = 0
    difference: int = 0

    @property
    def total(self) -> int:
        """All of it."""
        return self.coins + self.by_hand + self.wages + self.handed_on + self.difference

    def plus(self, other: "Sources") -> "Sources":
        """Both together."""
        return Sources(
            coins=self.coins + other.coins,
            by_hand=self.by_hand + other.by_hand,
            wages=self.wages + other.wages,
            handed_on=self.handed_on + other.handed_on,
            difference=self.difference + other.difference,
        )

    def less(self, other: "Sources") -> "Sources":
        """This without the other."""
        return Sources(
            coins=self.coins - other.coins,
            by_hand=self.by_hand - other.by_hand,
            wages=self.wages - other.wages,
            handed_on=self.handed_on - other.handed_on,
            difference=self.difference - other.difference,
        )


class Friday(Struct, frozen=True):
    """A jar that is being given away: what its opening entry says. id: that entry."""

    id: EntryId
    fund: str
    circle: int
    number: int
    roll: tuple[Handle, ...]
    projects: tuple[Offered, ...]
    cents: int
    rest_to: str
    detail: Telling


class Fund(Struct, frozen=True, omit_defaults=True):
    """A jar with a circle of its own. name: "jar" is the first.

    parent: the fund it was split off; "" for the first. fresh: what came in since it was last counted. unknown:
    coins among that of no known value. counted: what the last count by hand found, not given away yet; counted_on:
    when. since: when the first of all that money came. circle: who looks after it; empty means all. rest_to: where
    the rest of a Friday goes. fridays: how often it was given away; emptied: when it last was. missed: for how many
    Fridays in a row somebody got nothing they approved of, as far as that is told. last: the latest money that
    people put in, for the guard against double reads; last_order: its order, where several kiosks write. turned:
    when it was last counted or given away there.
    """

    name: str
    parent: str = ""
    fresh: Sources = Sources()
    unknown: int = 0
    counted: Sources = Sources()
    counted_on: Moment | None = None
    since: Moment | None = None
    circle: tuple[Handle, ...] = ()
    rest_to: str = RESERVES[0]
    round: Friday | None = None
    fridays: int = 0
    emptied: Moment | None = None
    missed: int = 0
    last: EntryId | None = None
    last_order: int = 0
    turned: Moment | None = None

    @property
    def sources(self) -> Sources:
        """What was collected since it was last emptied, by where it came from."""
        return self.counted.plus(self.fresh)

    @property
    def cents(self) -> int:
        """All that is in it, as far as its value is known."""
        return self.sources.total


class Project(Struct, frozen=True):
    """A proposal. It stands once it was seconded.

    carrier: who carries it out. aside: cents of its price that were set aside for it already. seconded: when it
    began to stand. waited: Fridays at which it was not bought. argued: the circle in which it last had its slot
    for the other side; against, downside: who argued it, and their words.
    """

    id: EntryId
    fund: str
    title: str
    cents: int
    proposer: Handle
    carrier: Handle
    sort: str
    proposed: Moment
    words: str = ""
    tool: str = ""
    seconder: Handle = ""
    seconded: Moment | None = None
    aside: int = 0
    waited: int = 0
    argued: int = 0
    against: Handle = ""
    downside: str = ""

    @property
    def price(self) -> int:
        """What it takes from its jar: the cents that are not set aside for it yet."""
        return self.cents - self.aside


class Purchase(Struct, frozen=True):
    """Money that somebody received and has shown nothing for yet. id: the project, or the entry of a reserve spent.

    source: the fund or the reserve. due: the day by which a receipt or a word is shown, as 2026-11-30.
    """

    id: EntryId
    source: str
    title: str
    cents: int
    carrier: Handle
    received: Moment
    due: str


class Reserve(Struct, frozen=True):
    """Money the shop keeps beside its jars. used: decisions that stand and have given some of it out already."""

    name: str
    cents: int = 0
    used: tuple[EntryId, ...] = ()


class Money(Struct, frozen=True):
    """All money since the beginning, in cents: what ever came in, what was spent, what went back to members.

    What is in funds and reserves and set aside is came.total - spent - returned.
    """

    came: Sources = Sources()
    spent: int = 0
    returned: int = 0


class Tool(Struct, frozen=True):
    """A tool of the shelf. label: what its QR label says.

    borrower: who has it; "" when it is on the shelf. since, due: from when, and the day by which it is back.
    broken: what is wrong with it; "" when it works.
    """

    label: str
    name: str
    borrower: Handle = ""
    since: Moment | None = None
    due: str = ""
    broken: str = ""


class Amended(Struct, frozen=True):
    """A number of the charter that was changed: when and by which vote last, and by which entries (the latest)."""

    since: Moment
    decision: EntryId
    entries: tuple[EntryId, ...] = ()


class Spoken(Struct, frozen=True):
    """Numbers said aloud: the latest entries of them, and words from them to pick from, all newest last.

    goods: with the shop's word for one of them. works: kinds of work. won, noted: in what the owners gave way, and
    what others boast of. actions: by which it was won; boasters: who boasts. sources: where numbers come from.
    """

    latest: tuple[EntryId, ...] = ()
    goods: tuple[tuple[str, str], ...] = ()
    works: tuple[str, ...] = ()
    won: tuple[str, ...] = ()
    noted: tuple[str, ...] = ()
    actions: tuple[str, ...] = ()
    boasters: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()


class Restored(Struct, frozen=True):
    """The record was put back from a copy: when, of how many entries, and how many others are gone.

    circle: the latest circle at that time; whoever comes to a later one sees it. aside: where the old record is.
    """

    moment: Moment
    entries: int
    lost: int
    circle: int
    aside: str


class Program(Struct, frozen=True):
    """The program that runs, once it was another than before. by: who answers for it, "" while nobody does.

    before, since: of the earliest change that nobody had answered for then. update: the entry of the latest.
    """

    version: str
    before: str
    since: Moment
    update: EntryId
    by: Handle = ""


class Routine(Struct, frozen=True):
    """Something that people do for all, in one quarter. times: how often it was done; people: by whom how often.

    deeds: how many people did it, all times together: several may do it at once, or nobody whose name is known.
    fair: how often it would have fallen to somebody who was there each time, if all who were there then were alike,
    in millionths: in a shop of three it falls to everybody, whoever they are.
    """

    period: str
    name: str
    times: int = 0
    deeds: int = 0
    people: Mapping[Handle, int] = field(default_factory=dict)
    fair: int = 0


class FarSeal(Struct, frozen=True):
    """The latest seal of some shop that neighbours told of. key: of its kiosk. size: of its record.

    came: when it came here. by: the neighbour that first told of that shop. passed, passed_at: of how many entries
    the one is that we passed on last, and when. fork: where two seals of it can't both be true.
    """

    key: str
    text: str
    size: int
    came: Moment
    by: str
    passed: int = 0
    passed_at: Moment | None = None
    fork: EntryId | None = None


class CopiedFrom(Struct, frozen=True):
    """The template that this shop began with: whose it is, as that shop calls itself, and its digest."""

    shop: str
    digest: str


class Inversion(Struct, frozen=True):
    """A routine that is turned round for a while. until: the day it is asked about, as 2026-12-31.

    came: what happened, as it was said when it was asked about last.
    """

    id: EntryId
    routine: str
    words: str
    until: str
    since: Moment
    came: str = ""


class State(Struct, frozen=True):
    """The present of the shop. founded is None until three badges have founded it.

    argued: how often each has argued the other side before a vote. funds: the jar and its daughters, by name.
    named_projects: the shop's own kinds of project. kept: how often each has looked after a daughter fund, in its
    circle or by its duty of keeping the jar. duties: by what each is called (`Duty.name`). restored: the last time
    that the record was put back from a copy. program: None while it is the one that the record began with.
    spoken: numbers said aloud. amended: the numbers of the charter that were changed, by their names. routines: by
    quarter and name. held: of which months or quarters each report was held. benefits: who benefits, as (routine,
    words), by quarter. potlucks: what was said there, as (side, words), by month. inversions: those that are on.
    neighbours: by their names. pledged: cents that we hold ready for strikes. called: the orders that we have
    called. shops: the latest seals of all shops that neighbours told of, by the names of their records. template:
    ours, as the neighbours were last told of it, or its digest where it is long. copied_from: the template it
    began with. kiosks: of the shop, this one too; none where there never was another. turn: the latest of what is
    written one after another. taken: what is here of each of the others. shared: what else there is
    between the shops.
    """

    founded: Moment | None = None
    members: Mapping[Handle, Member] = field(default_factory=dict)
    badges: Mapping[BadgeHash, Badge] = field(default_factory=dict)
    accounts: Mapping[Handle, Account] = field(default_factory=dict)
    notices: Mapping[EntryId, Notice] = field(default_factory=dict)
    named_work: tuple[str, ...] = ()
    board: Board = Board()
    charter: Charter = Charter()
    circle: Circle | None = None
    latest: LatestCircle | None = None
    tasks: Mapping[EntryId, Task] = field(default_factory=dict)
    questions: Mapping[EntryId, Question] = field(default_factory=dict)
    decisions: Mapping[EntryId, Decision] = field(default_factory=dict)
    heard: Heard = Heard()
    dissent: Dissent = Dissent()
    argued: Mapping[Handle, int] = field(default_factory=dict)
    duties: Mapping[str, Duty] = field(default_factory=dict)
    funds: Mapping[str, Fund] = field(default_factory=lambda: {JAR: Fund(JAR)})
    projects: Mapping[EntryId, Project] = field(default_factory=dict)
    named_projects: tuple[str, ...] = ()
    purchases: Mapping[EntryId, Purchase] = field(default_factory=dict)
    reserves: Mapping[str, Reserve] = field(default_factory=dict)
    money: Money = Money()
    kept: Mapping[Handle, int] = field(default_factory=dict)
    tools: Mapping[str, Tool] = field(default_factory=dict)
    restored: Restored | None = None
    program: Program | None = None
    routines: Mapping[str, Routine] = field(default_factory=dict)
    held: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    benefits: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    potlucks: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    inversions: Mapping[EntryId, Inversion] = field(default_factory=dict)
    spoken: Spoken = Spoken()
    amended: Mapping[str, Amended] = field(default_factory=dict)
    neighbours: Mapping[str, Neighbour] = field(default_factory=dict)
    pledged: int = 0
    called: Mapping[EntryId, OrderCall] = field(default_factory=dict)
    shared: Shared = Shared()
    shops: Mapping[str, FarSeal] = field(default_factory=dict)
    template: str = ""
    copied_from: CopiedFrom | None = None
    kiosks: Mapping[str, Kiosk] = field(default_factory=dict)
    turn: int = 0
    taken: Mapping[str, HeardOf] = field(default_factory=dict)

    @property
    def in_building(self) -> bool:
        """Whether several kiosks write for this shop, or once did."""
        return bool(self.kiosks or self.taken)

    def kiosk_called(self, device: str) -> str:
        """What people call a kiosk."""
        return self.kiosks[device].name if device in self.kiosks else device

    @property
    def friday(self) -> Friday | None:
        """The jar that is being given away right now."""
        return next((fund.round for fund in self.funds.values() if fund.round), None)

    def owner(self, badge: BadgeHash) -> Member | None:
        """Whose good badge this is; None for unknown and revoked ones and for people who left."""
        found = self.badges.get(badge)
        return self.members[found.handle] if found and found.good else None

    def balance(self, handle: Handle) -> int:
        """Minutes; zero for an account that nothing has moved yet."""
        account = self.accounts.get(handle)
        return account.minutes if account else 0

    def present(self) -> tuple[Member, ...]:
        """All who belong to the shop now, also those away, in the order they joined."""
        return tuple(member for member in self.members.values() if member.standing != "left")

    def hands_needed(self) -> int:
        """How many badges what needs care needs, in a shop of this size."""
        small = len(self.present()) < self.charter.small_shop
        return self.charter.hands_small if small else self.charter.hands

    def work(self) -> tuple[str, ...]:
        """All kinds of work, the shop's own before "other"."""
        return (*WORK[:-1], *self.named_work, WORK[-1])

    def project_kinds(self) -> tuple[str, ...]:
        """All kinds of project, the shop's own before "other"."""
        return (*PROJECTS[:-1], *self.named_projects, PROJECTS[-1])
