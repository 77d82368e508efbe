"""The record as double-entry books: which accounts an entry moves, by how much, on which day.

Pure, and without a word about any program's file format; `ledger_hledger` and `ledger_beancount` write it down.
Amounts are whole: minutes (commodity MIN) and cents (commodity EUR). They come from the entries alone; what the
present says of the same accounts (`standing`) is written under the books, so that whoever checks them checks both.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, tzinfo
from typing import Literal, NamedTuple, get_args

from kiosk.amounts import JAR, NEIGHBOUR_SIGN, EntryId, Handle, Moment
from kiosk.events import (
    HOURS,
    AnyEvent,
    CoinFell,
    Entry,
    FridayClosed,
    FundEnded,
    FundSplit,
    HandedOn,
    HoursCountered,
    JarCounted,
    MoneyGiven,
    ProjectProposed,
    ProjectWithdrawn,
    ReserveSpent,
    WagesSliced,
    moves,
)
from kiosk.state import State
from kiosk.views.lines import sentence
from kiosk.words import local

Commodity = Literal["MIN", "EUR"]

Shelf = Literal[
    "hours",
    "neighbours",
    "jar",
    "funds",
    "reserves",
    "set aside",
    "coins",
    "by hand",
    "wages",
    "differences",
    "projects",
    "from reserves",
    "returned",
]
"""The kinds of account; each stands somewhere else in the books."""

_SHELVES: tuple[Shelf, ...] = get_args(Shelf)

EARLIEST, LATEST = date(1970, 1, 1), date(2999, 12, 30)
"""Days that every reader of books understands; a clock that says anything else is wrong."""

BEFORE_ALL = date(2026, 1, 1)
"""The day for a record in which no clock could ever be trusted."""


class Account(NamedTuple):
    """An account: its kind, and its name where there are several of it, as people wrote it."""

    shelf: Shelf
    name: str | None = None

    @property
    def commodity(self) -> Commodity:
        """What is counted in it."""
        return "MIN" if self.shelf in ("hours", "neighbours") else "EUR"


class Posting(NamedTuple):
    """What an entry adds to an account, in minutes or cents. about: for what, where an entry is about several."""

    account: Account
    amount: int
    about: str = ""


class Booking(NamedTuple):
    """An entry in the books. Its postings sum to zero in each commodity; a remark moves nothing and has none.

    day: by the room's clock, never before the booking above. sure: False where the clock could not be trusted, and
    the day is that of the last one that could. told: what happened, in a sentence. countered: the entry that this
    one takes back. note: what people wrote with it. on: what a remark is about.
    """

    id: EntryId
    day: date
    sure: bool
    told: str
    postings: tuple[Posting, ...]
    countered: EntryId | None = None
    note: str = ""
    on: Account | None = None


class Books(NamedTuple):
    """All of it. standing: what the present says of every account that was moved, or should have been."""

    title: str
    accounts: tuple[Account, ...]
    bookings: tuple[Booking, ...]
    standing: tuple[tuple[Account, int], ...]


def books(title: str, entries: Iterable[Entry], state: State, zone: tzinfo | None = None) -> Books:
    """The books of a whole record, and what the kiosk has as its present. zone: as for `bookings`."""
    booked = tuple(bookings(entries, zone))
    moved = {posting.account: None for booking in booked for posting in booking.postings}
    moved |= {booking.on: None for booking in booked if booking.on is not None}
    gone = {account: 0 for account in moved if account.shelf not in ("projects", "from reserves")}
    stands = {account: count for account, count in (gone | standing(state)).items() if count or account in moved}
    accounts = sorted({**moved, **stands}, key=lambda account: _SHELVES.index(account.shelf))
    return Books(title, tuple(accounts), booked, tuple(stands.items()))


def fund(name: str) -> Account:
    """The account of a fund; the shop's own jar has one of its own."""
    return Account("jar") if name == JAR else Account("funds", name)


def _hours_of(handle: Handle) -> Account:
    """A member's account, or that of a neighbouring shop."""
    if handle.startswith(NEIGHBOUR_SIGN):
        return Account("neighbours", handle.removeprefix(NEIGHBOUR_SIGN))
    return Account("hours", handle)


def bookings(entries: Iterable[Entry], zone: tzinfo | None = None) -> Iterator[Booking]:
    """The books, in the order of the record. zone: of the room; None for the machine's own."""
    shop = _Shop()
    for entry, day, sure in _dated(tuple(entries), zone):
        postings = tuple(posting for posting in shop.moved(entry) if posting.amount)
        remark = _remark(entry.event)
        if not postings and remark is None:
            continue
        yield Booking(
            id=entry.id,
            day=day,
            sure=sure,
            told=_told(entry),
            postings=postings,
            countered=entry.event.countered if isinstance(entry.event, HoursCountered) else None,
            note=entry.event.note if isinstance(entry.event, HOURS) else "",
            on=None if postings else remark,
        )


def standing(state: State) -> dict[Account, int]:
    """What the present says of the accounts that it knows: all but what was spent on which kind of project."""
    hours = {_hours_of(handle): account.minutes for handle, account in state.accounts.items()}
    money = {fund(name): each.cents for name, each in state.funds.items()}
    money |= {Account("reserves", name): each.cents for name, each in state.reserves.items()}
    money |= {Account("set aside", project.id): project.aside for project in state.projects.values()}
    came = state.money.came
    money |= {
        Account("coins"): -came.coins,
        Account("by hand"): -came.by_hand,
        Account("wages"): -came.wages,
        Account("differences"): -came.difference,
        Account("returned"): state.money.returned,
    }
    return hours | money


def euros(cents: int) -> str:
    """Cents as books have them: "-0.05", "1234.50"."""
    whole, rest = divmod(abs(cents), 100)
    return f"{'-' if cents < 0 else ''}{whole}.{rest:02d}"


# --- days -------------------------------------------------------------------------------------------------


class _Dated(NamedTuple):
    entry: Entry
    day: date
    sure: bool


def _dated(entries: Sequence[Entry], zone: tzinfo | None) -> Iterator[_Dated]:
    """Each entry with a day that is not before the one above: books whose days go back are not accepted."""
    sure_days = (day for entry in entries if (day := _sure_day(entry.moment, zone)))
    day = next(sure_days, BEFORE_ALL)
    for entry in entries:
        own = _sure_day(entry.moment, zone)
        sure = own is not None and own >= day
        if own is not None and sure:
            day = own
        yield _Dated(entry, day, sure)


def _sure_day(moment: Moment, zone: tzinfo | None) -> date | None:
    """The day on the clock of the room, where that clock could be trusted and says something possible."""
    if not moment.trusted:
        return None
    try:
        day = local(moment, zone).date()
    except (OverflowError, ValueError, OSError):
        return None
    return day if EARLIEST <= day <= LATEST else None


# --- what an entry moves ----------------------------------------------------------------------------------


class _Shop:
    """What has to be remembered on the way: which funds there are, and what proposals are about."""

    def __init__(self) -> None:
        self._parents: dict[str, str] = {JAR: JAR}
        self._projects: dict[EntryId, ProjectProposed] = {}
        self._funds: dict[EntryId, str] = {}

    def moved(self, entry: Entry) -> Iterator[Posting]:
        """What an entry adds to which accounts."""
        yield from (Posting(_hours_of(handle), minutes) for handle, minutes in moves(entry.event).items())
        match entry.event:
            case ProjectProposed() as proposed:
                self._projects[entry.id] = proposed
                self._funds[entry.id] = proposed.fund
            case FundEnded(fund=ended):
                self._end(ended)
            case FundSplit(parts=parts, fund=parent):
                self._parents |= {part.name: parent for part in parts}
        yield from self._money(entry.event)

    def _end(self, ended: str) -> None:
        """Its proposals fall to the fund it came from."""
        parent = self._parents.pop(ended, JAR)
        self._funds |= {project: parent for project, of in self._funds.items() if of == ended}

    def _into(self, name: str) -> Account:
        """Where money for a fund goes: to the jar, once the fund has ended."""
        return fund(name if name in self._parents else JAR)

    def _money(self, event: AnyEvent) -> Iterator[Posting]:
        match event:
            case CoinFell(cents=int(cents), fund=name):
                yield from _from_to(Account("coins"), self._into(name), cents)
            case MoneyGiven(cents=cents, fund=name):
                yield from _from_to(Account("by hand"), self._into(name), cents)
            case WagesSliced(cents=cents, fund=name):
                yield from _from_to(Account("wages"), self._into(name), cents)
            case JarCounted(cents=cents, expected=expected, fund=name):
                yield from _from_to(Account("differences"), self._into(name), cents - expected)
            case ProjectWithdrawn(project=project, cents=cents):
                yield from _from_to(Account("set aside", project), self._into(self._funds[project]), cents)
            case ReserveSpent(reserve=reserve, cents=cents):
                yield from _from_to(Account("reserves", reserve), Account("from reserves", reserve), cents)
            case FundSplit(parts=parts, fund=name):
                yield Posting(fund(name), -sum(part.cents for part in parts))
                yield from (Posting(fund(part.name), part.cents) for part in parts)
            case FridayClosed():
                yield from self._friday(event)

    def _friday(self, event: FridayClosed) -> Iterator[Posting]:
        yield Posting(fund(event.fund), -event.spent - event.rest)
        for bought in event.funded:
            project = self._projects[bought.project]
            yield Posting(Account("set aside", bought.project), -bought.aside, project.title)
            yield Posting(Account("projects", project.sort), bought.cents + bought.aside, project.title)
        yield from map(self._handed_on, event.handed_on)
        yield Posting(Account("returned"), sum(part.cents for part in event.returned))

    def _handed_on(self, part: HandedOn) -> Posting:
        match part.place:
            case "fund":
                return Posting(self._into(part.to), part.cents)
            case "project":
                return Posting(Account("set aside", part.to), part.cents, self._projects[EntryId(part.to)].title)
        return Posting(Account("reserves", part.to), part.cents)


def _from_to(source: Account, target: Account, amount: int) -> Iterator[Posting]:
    yield Posting(target, amount)
    yield Posting(source, -amount)


def _remark(event: AnyEvent) -> Account | None:
    """What moves nothing and is worth a line all the same: a coin whose value only the next count tells."""
    return fund(event.fund) if isinstance(event, CoinFell) and event.cents is None else None


def _told(entry: Entry) -> str:
    """The entry's sentence; its kind, where nobody has written one."""
    kind = type(entry.event).__struct_config__.tag
    return sentence(entry) or str(kind)
