"""What the record folds to: the present, frozen, and how one entry changes it.

`apply` gives the next state and names the documents that the entry touched, so that the store can write just
those beside the entry, in the same commit. Nothing here grows with the length of the record.
"""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any, Literal, NamedTuple

import msgspec
from msgspec import Struct, field

from kiosk.amounts import BadgeHash, EntryId, Handle, Moment
from kiosk.events import (
    AnyEvent,
    BadgeAdded,
    BadgeRevoked,
    ClockDropped,
    ClockStarted,
    CoinFell,
    CommonsServed,
    Entry,
    HoursCountered,
    HoursSwapped,
    LeaveEnded,
    LeaveStarted,
    Medium,
    MemberJoined,
    MemberLeft,
    MemberReturned,
    NoticePosted,
    NoticeTakenDown,
    ShopFounded,
    WorkNamed,
    moves,
)

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

LATEST = 12
"""How many of the shop's latest swaps are kept at hand for the wall."""


class Charter(Struct, frozen=True):
    """The numbers the shop lives by. Minutes, seconds and counts.

    hands, hands_small, small_shop: how many badges what needs care needs, and below how many members fewer do.
    soft_limit, hard_limit: minutes either way of zero at which the kiosk warns, and refuses.
    undo: seconds in which one of the two can take a swap back.
    guard: seconds in which the very same swap is taken for a double read.
    founders: badges that found the shop.
    """

    hands: int = 3
    hands_small: int = 2
    small_shop: int = 6
    soft_limit: int = 10 * 60
    hard_limit: int = 20 * 60
    undo: int = 5 * 60
    guard: int = 10
    founders: int = 3


class RunningClock(Struct, frozen=True):
    """A measure begun and not ended."""

    work: str
    since: Moment


class Member(Struct, frozen=True):
    """Somebody of the shop, also after leaving (their name stays taken).

    back: the entry by which they came back, if they had left; hours from before it went to the commons.
    """

    handle: Handle
    standing: Literal["here", "away", "left"]
    joined: Moment
    clock: RunningClock | None = None
    back: EntryId | None = None


class Badge(Struct, frozen=True):
    """What a badge opens: nothing once it is revoked or its owner has left."""

    handle: Handle
    medium: Medium
    since: Moment
    good: bool = True


class Account(Struct, frozen=True):
    """A balance of hours: somebody's, or the commons'.

    minutes: above zero, gave more than got. recent: the latest entries that moved it, newest last.
    last: the latest swap this person gave, for the guard against double reads.
    """

    minutes: int = 0
    recent: tuple[EntryId, ...] = ()
    last: EntryId | None = None


class Notice(Struct, frozen=True):
    """A need or an offer on the board. until: its last day, as 2026-11-30."""

    id: EntryId
    handle: Handle
    side: Literal["need", "offer"]
    work: str
    words: str
    until: str
    posted: Moment


class Board(Struct, frozen=True):
    """What the wall says about hours: the month (UTC, as 2026-11), minutes swapped in it, and the latest swaps."""

    month: str = ""
    swapped: int = 0
    latest: tuple[EntryId, ...] = ()


class Coins(Struct, frozen=True):
    """What fell into the coin acceptor and nobody has counted yet. Cents; unknown: coins of no known value."""

    cents: int = 0
    unknown: int = 0


class State(Struct, frozen=True):
    """The present of the shop. founded is None until three badges have founded it."""

    founded: Moment | None = None
    members: Mapping[Handle, Member] = field(default_factory=dict)
    badges: Mapping[BadgeHash, Badge] = field(default_factory=dict)
    accounts: Mapping[Handle, Account] = field(default_factory=dict)
    notices: Mapping[EntryId, Notice] = field(default_factory=dict)
    named_work: tuple[str, ...] = ()
    board: Board = Board()
    coins: Coins = Coins()
    charter: Charter = Charter()

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


class Touched(NamedTuple):
    """A document of the present that an entry changed: its table and its name there."""

    table: str
    name: str


class Change(NamedTuple):
    """What one entry does: the state after it, and the documents it touched."""

    state: State
    touched: tuple[Touched, ...]


def apply(state: State, entry: Entry) -> Change:
    """Let one entry change the state."""
    changed, touched = _apply(state, entry, entry.event)
    moved = moves(entry.event)
    if not moved:
        return Change(changed, touched)
    after = _move(changed, entry, moved)
    names = [Touched("accounts", handle) for handle in moved]
    return Change(after, (*touched, *names, Touched("board", "board")))


def fold(entries: Iterable[Entry], state: State | None = None) -> State:
    """The state that a whole record leads to."""
    state = state or State()
    for entry in entries:
        state = apply(state, entry).state
    return state


def _apply(state: State, entry: Entry, event: AnyEvent) -> Change:
    match event:
        case ShopFounded(founders=founders):
            return _found(state, entry, founders)
        case MemberJoined() | MemberReturned():
            return _come_in(state, entry, event)
        case MemberLeft(handle=handle):
            return _go(state, handle)
        case LeaveStarted(handle=handle):
            return _stand(state, handle, standing="away")
        case LeaveEnded(handle=handle):
            return _stand(state, handle, standing="here")
        case BadgeAdded(handle=handle, badge=badge, medium=medium):
            given = Badge(handle=handle, medium=medium, since=entry.moment)
            return Change(_set(state, badges={badge: given}), (Touched("badges", badge),))
        case BadgeRevoked(badge=badge):
            lost = msgspec.structs.replace(state.badges[badge], good=False)
            return Change(_set(state, badges={badge: lost}), (Touched("badges", badge),))
        case HoursSwapped(giver=giver, clocked=True) | CommonsServed(giver=giver, clocked=True):
            return _stand(state, giver, clock=None)
        case ClockStarted(handle=handle, work=work):
            return _stand(state, handle, clock=RunningClock(work=work, since=entry.moment))
        case ClockDropped(handle=handle):
            return _stand(state, handle, clock=None)
        case NoticePosted():
            return _post(state, entry, event)
        case NoticeTakenDown(notice=notice):
            left = {key: value for key, value in state.notices.items() if key != notice}
            return Change(msgspec.structs.replace(state, notices=left), (Touched("notices", notice),))
        case CoinFell(cents=cents):
            fell = Coins(state.coins.cents + (cents or 0), state.coins.unknown + (cents is None))
            return Change(msgspec.structs.replace(state, coins=fell), (Touched("coins", "coins"),))
        case WorkNamed(work=work):
            words = (*state.named_work, work)
            return Change(msgspec.structs.replace(state, named_work=words), (Touched("shop", "shop"),))
    return Change(state, ())


def _set(state: State, **maps: Mapping[Any, Any]) -> State:
    """The state with these documents laid over the ones of the same name."""
    merged = {name: {**getattr(state, name), **documents} for name, documents in maps.items()}
    return msgspec.structs.replace(state, **merged)


def _found(state: State, entry: Entry, founders: Iterable[Any]) -> Change:
    members = {f.handle: Member(handle=f.handle, standing="here", joined=entry.moment) for f in founders}
    badges = {f.badge: Badge(handle=f.handle, medium=f.medium, since=entry.moment) for f in founders}
    founded = msgspec.structs.replace(_set(state, members=members, badges=badges), founded=entry.moment)
    touched = [Touched("members", handle) for handle in members] + [Touched("badges", b) for b in badges]
    return Change(founded, (Touched("shop", "shop"), *touched))


def _come_in(state: State, entry: Entry, event: MemberJoined | MemberReturned) -> Change:
    back = entry.id if isinstance(event, MemberReturned) else None
    member = Member(handle=event.handle, standing="here", joined=entry.moment, back=back)
    badge = Badge(handle=event.handle, medium=event.medium, since=entry.moment)
    changed = _set(state, members={event.handle: member}, badges={event.badge: badge})
    return Change(changed, (Touched("members", event.handle), Touched("badges", event.badge)))


def _go(state: State, handle: Handle) -> Change:
    """Badges are forgotten whole (a badge that was good may then become somebody else's); lost ones are not."""
    forgotten = [badge for badge, owned in state.badges.items() if owned.handle == handle and owned.good]
    hung = [notice for notice, hanging in state.notices.items() if hanging.handle == handle]
    gone = msgspec.structs.replace(state.members[handle], standing="left", clock=None)
    changed = msgspec.structs.replace(
        _set(state, members={handle: gone}),
        badges={key: value for key, value in state.badges.items() if key not in forgotten},
        notices={key: value for key, value in state.notices.items() if key not in hung},
    )
    touched = [Touched("badges", badge) for badge in forgotten] + [Touched("notices", n) for n in hung]
    return Change(changed, (Touched("members", handle), *touched))


def _stand(state: State, handle: Handle, **changes: Any) -> Change:
    member = msgspec.structs.replace(state.members[handle], **changes)
    return Change(_set(state, members={handle: member}), (Touched("members", handle),))


def _post(state: State, entry: Entry, event: NoticePosted) -> Change:
    notice = Notice(
        id=entry.id,
        handle=event.handle,
        side=event.side,
        work=event.work,
        words=event.words,
        until=event.until,
        posted=entry.moment,
    )
    return Change(_set(state, notices={entry.id: notice}), (Touched("notices", entry.id),))


def _move(state: State, entry: Entry, moved: Mapping[Handle, int]) -> State:
    giver = getattr(entry.event, "giver", None)
    accounts = {
        handle: _moved(state.accounts.get(handle, Account()), entry, minutes, gave=handle == giver)
        for handle, minutes in moved.items()
    }
    return msgspec.structs.replace(_set(state, accounts=accounts), board=_counted(state.board, entry, moved))


def _moved(account: Account, entry: Entry, minutes: int, *, gave: bool) -> Account:
    return Account(
        minutes=account.minutes + minutes,
        recent=(*account.recent, entry.id)[-RECENT:],
        last=entry.id if gave else account.last,
    )


def _counted(board: Board, entry: Entry, moved: Mapping[Handle, int]) -> Board:
    month = month_of(entry.moment)
    so_far = board.swapped if board.month == month else 0
    match entry.event:
        case HoursSwapped() | CommonsServed():
            swapped = sum(minutes for minutes in moved.values() if minutes > 0)
            return Board(month=month, swapped=so_far + swapped, latest=(*board.latest, entry.id)[-LATEST:])
        case HoursCountered(countered=countered):
            left = tuple(entry_id for entry_id in board.latest if entry_id != countered)
            back = sum(minutes for minutes in moved.values() if minutes > 0)
            return Board(month=month, swapped=max(0, so_far - back), latest=left)
    return board


def month_of(moment: Moment) -> str:
    """The month a moment counts to, as 2026-11; by UTC, so that every kiosk folds the record alike."""
    return datetime.fromtimestamp(moment.wall / 1000, UTC).strftime("%Y-%m")


# --- documents --------------------------------------------------------------------------------------------


class _Shop(Struct, frozen=True):
    founded: Moment | None
    named_work: tuple[str, ...]
    charter: Charter


def document(state: State, touched: Touched) -> dict[str, Any] | None:
    """A document of the present as plain data for the store; None when the entry removed it."""
    match touched.table:
        case "shop":
            value: Any = _Shop(founded=state.founded, named_work=state.named_work, charter=state.charter)
        case "board":
            value = state.board
        case "coins":
            value = state.coins
        case table:
            value = getattr(state, table).get(touched.name)
    return None if value is None else msgspec.to_builtins(value)


TABLES = ("shop", "members", "badges", "accounts", "notices", "board", "coins")
"""The tables of the present, as the store names them."""


def restore(tables: Mapping[str, Mapping[str, Any]]) -> State:
    """The state whose documents the store kept: what `fold` would give, without folding."""
    shop = msgspec.convert(tables["shop"]["shop"], _Shop) if tables.get("shop") else None
    return State(
        founded=shop.founded if shop else None,
        named_work=shop.named_work if shop else (),
        charter=shop.charter if shop else Charter(),
        members=msgspec.convert(dict(tables.get("members", {})), dict[str, Member]),
        badges=msgspec.convert(dict(tables.get("badges", {})), dict[BadgeHash, Badge]),
        accounts=msgspec.convert(dict(tables.get("accounts", {})), dict[str, Account]),
        notices=msgspec.convert(dict(tables.get("notices", {})), dict[EntryId, Notice]),
        board=msgspec.convert(tables["board"]["board"], Board) if tables.get("board") else Board(),
        coins=msgspec.convert(tables["coins"]["coins"], Coins) if tables.get("coins") else Coins(),
    )
