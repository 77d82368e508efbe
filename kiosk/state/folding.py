"""Folding: one entry after another makes the present.

`apply` gives the next state and names the documents that the entry touched, so that the store can write just
those beside the entry, in the same commit.
"""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, TypeVar

import msgspec
from msgspec import Struct

from kiosk.amounts import JAR, BadgeHash, EntryId, Handle, Moment
from kiosk.batch import entries_in
from kiosk.events import (
    AnyEvent,
    BadgeAdded,
    BadgeRevoked,
    ClockDropped,
    ClockStarted,
    CommonsServed,
    EntriesTaken,
    Entry,
    HoursCountered,
    HoursSwapped,
    KioskUpdated,
    LeaveEnded,
    LeaveStarted,
    MemberJoined,
    MemberLeft,
    MemberReturned,
    NoticePosted,
    NoticeTakenDown,
    RecordRestored,
    RoundVoided,
    ShopFounded,
    UpdateAnswered,
    WorkNamed,
    moves,
)
from kiosk.letters import OrderCall
from kiosk.state.building import BUILDING, OF_ITS_BOX, TURN, heard
from kiosk.state.change import Change, Touched, lay, without
from kiosk.state.charter import CHARTER
from kiosk.state.circles import CIRCLE, leave_circle
from kiosk.state.duties import DUTIES, comes_back, comes_in, goes
from kiosk.state.jar import JARS, newcomer, void_friday
from kiosk.state.kiosks import HeardOf, Kiosk, Ordered, later
from kiosk.state.neighbour import Neighbour
from kiosk.state.neighbours import NEIGHBOURS
from kiosk.state.numbers import NUMBERS
from kiosk.state.present import (
    LATEST,
    RECENT,
    Account,
    Amended,
    Badge,
    Board,
    Charter,
    Circle,
    CopiedFrom,
    Decision,
    Dissent,
    Duty,
    FarSeal,
    Fund,
    Heard,
    Inversion,
    LatestCircle,
    Member,
    Money,
    Notice,
    Program,
    Project,
    Purchase,
    Question,
    Reserve,
    Restored,
    Routine,
    RunningClock,
    Spoken,
    State,
    Task,
    Tool,
)
from kiosk.state.routines import ASSUMPTIONS, counted, named, one_more
from kiosk.state.shared import Shared
from kiosk.state.tools import TOOLS
from kiosk.state.witness import WITNESS

T = TypeVar("T")


def apply(state: State, entry: Entry) -> Change:
    """Let one entry change the state: of a batch of another kiosk, all that are in it."""
    if isinstance(entry.event, EntriesTaken):
        return _take(state, entry.event)
    return _let(state, entry)


def _take(state: State, event: EntriesTaken) -> Change:
    """What is said of another kiosk's own box (its program, its card) changes nothing here."""
    touched: dict[Touched, None] = {Touched("taken", event.device): None}
    for entry in entries_in(event):
        if not isinstance(entry.event, OF_ITS_BOX):
            state, names = _let(state, entry)
            touched.update(dict.fromkeys(names))
    return Change(heard(state, event), tuple(touched))


def _let(state: State, entry: Entry) -> Change:
    event = entry.event
    changed, touched = (state, ()) if _moves_hours_alone(event) else _changed(state, entry)
    if entry.turn:
        changed, touched = msgspec.structs.replace(changed, turn=entry.turn), (*touched, TURN)
    moved = moves(event)
    if not moved:
        return Change(changed, touched)
    after = _move(changed, entry, moved)
    return Change(after, (*touched, *map(_account, moved), _BOARD))


def _moves_hours_alone(event: AnyEvent) -> bool:
    """Whether hours are all that it changes: most of a record is this, and it need not be asked what else."""
    return isinstance(event, HoursSwapped) and not event.clocked


def _changed(state: State, entry: Entry) -> Change:
    """All that an entry changes but hours."""
    change = _apply(state, entry, entry.event)
    # In a building the others leave out what is said of a box, so whose hands it was is counted nowhere.
    if state.in_building and isinstance(entry.event, OF_ITS_BOX):
        return change
    return counted(change, entry)


_BOARD = Touched("board", "board")


@lru_cache(maxsize=1024)
def _account(handle: Handle) -> Touched:
    return Touched("accounts", handle)


def fold(entries: Iterable[Entry], state: State | None = None) -> State:
    """The state that a whole record leads to."""
    state = state or State()
    for entry in entries:
        state = apply(state, entry).state
    return state


def _apply(state: State, entry: Entry, event: AnyEvent) -> Change:
    match event:
        case CommonsServed(clocked=False):
            return Change(state, ())
        case ShopFounded(founders=founders):
            return _found(state, entry, founders)
        case MemberJoined() | MemberReturned():
            return comes_in(_come_in(state, entry, event), event.handle)
        case MemberLeft(handle=handle):
            return goes(_go(state, entry, handle), handle, entry)
        case LeaveStarted(handle=handle):
            return _stand(state, handle, standing="away")
        case LeaveEnded(handle=handle):
            return comes_back(_stand(state, handle, standing="here"), handle)
        case BadgeAdded(handle=handle, badge=badge, medium=medium):
            given = Badge(handle=handle, medium=medium, since=entry.moment)
            return Change(lay(state, badges={badge: given}), (Touched("badges", badge),))
        case BadgeRevoked(badge=badge):
            lost = msgspec.structs.replace(state.badges[badge], good=False)
            return Change(lay(state, badges={badge: lost}), (Touched("badges", badge),))
        case HoursSwapped(giver=giver, clocked=True) | CommonsServed(giver=giver, clocked=True):
            return _clock(state, entry, giver, None)
        case ClockStarted(handle=handle, work=work):
            return _clock(state, entry, handle, RunningClock(work=work, since=entry.moment))
        case ClockDropped(handle=handle):
            return _clock(state, entry, handle, None)
        case NoticePosted():
            return _post(state, entry, event)
        case NoticeTakenDown(notice=notice):
            left = without(state.notices, notice)
            return Change(msgspec.structs.replace(state, notices=left), (Touched("notices", notice),))
        case WorkNamed(work=work):
            words = (*state.named_work, work)
            board = named(state.board, entry, work)
            after = msgspec.structs.replace(state, named_work=words, board=board)
            return Change(after, (Touched("shop", "shop"), _BOARD))
        case RecordRestored():
            return _restored(state, entry, event)
        case KioskUpdated():
            return _updated(state, entry, event)
        case UpdateAnswered(update=update, handle=handle):
            return _answered(state, update, handle)
        case RoundVoided(round=void) if state.friday and state.friday.id == void:
            return void_friday(state, state.friday)
    fold_one = _STEPS.get(type(event))
    return fold_one(state, entry, event) if fold_one else Change(state, ())


_STEPS = {
    **CIRCLE,
    **DUTIES,
    **JARS,
    **TOOLS,
    **NUMBERS,
    **CHARTER,
    **ASSUMPTIONS,
    **NEIGHBOURS,
    **WITNESS,
    **BUILDING,
}


def _found(state: State, entry: Entry, founders: Iterable[Any]) -> Change:
    members = {f.handle: Member(handle=f.handle, standing="here", joined=entry.moment) for f in founders}
    badges = {f.badge: Badge(handle=f.handle, medium=f.medium, since=entry.moment) for f in founders}
    founded = msgspec.structs.replace(lay(state, members=members, badges=badges), founded=entry.moment)
    touched = [Touched("members", handle) for handle in members] + [Touched("badges", b) for b in badges]
    return Change(founded, (Touched("shop", "shop"), *touched))


def _come_in(state: State, entry: Entry, event: MemberJoined | MemberReturned) -> Change:
    back = entry.id if isinstance(event, MemberReturned) else None
    new = Member(handle=event.handle, standing="here", joined=entry.moment, back=back)
    before = state.members.get(event.handle)
    member = _clocked(_with_clock_of(before, new), entry, None) if before and entry.order else new
    badge = Badge(handle=event.handle, medium=event.medium, since=entry.moment)
    changed = lay(state, members={event.handle: member}, badges={event.badge: badge})
    after, kept = newcomer(changed, event.handle)
    return Change(after, (Touched("members", event.handle), Touched("badges", event.badge), *kept))


def _go(state: State, entry: Entry, handle: Handle) -> Change:
    """Badges are forgotten whole (a badge that was good may then become somebody else's); lost ones are not."""
    forgotten = [badge for badge, owned in state.badges.items() if owned.handle == handle and owned.good]
    hung = [notice for notice, hanging in state.notices.items() if hanging.handle == handle]
    gone = msgspec.structs.replace(_clocked(state.members[handle], entry, None), standing="left")
    changed = msgspec.structs.replace(
        lay(state, members={handle: gone}),
        badges={key: value for key, value in state.badges.items() if key not in forgotten},
        notices={key: value for key, value in state.notices.items() if key not in hung},
    )
    touched = [Touched("badges", badge) for badge in forgotten] + [Touched("notices", n) for n in hung]
    out_of_circle = leave_circle(changed, handle)
    return Change(out_of_circle.state, (Touched("members", handle), *touched, *out_of_circle.touched))


def _stand(state: State, handle: Handle, **changes: Any) -> Change:
    member = msgspec.structs.replace(state.members[handle], **changes)
    return Change(lay(state, members={handle: member}), (Touched("members", handle),))


def _clock(state: State, entry: Entry, handle: Handle, clock: RunningClock | None) -> Change:
    member = _clocked(state.members[handle], entry, clock)
    return Change(lay(state, members={handle: member}), (Touched("members", handle),))


def _clocked(member: Member, entry: Entry, clock: RunningClock | None) -> Member:
    """Where two kiosks tell of somebody's clock, what stands later among the entries of all holds."""
    if not later(entry, member.clocked, member.clock_order):
        return member
    if not entry.order:
        return msgspec.structs.replace(member, clock=clock)
    return msgspec.structs.replace(member, clock=clock, clocked=entry.id, clock_order=entry.order)


def _with_clock_of(before: Member, member: Member) -> Member:
    return msgspec.structs.replace(
        member, clock=before.clock, clocked=before.clocked, clock_order=before.clock_order
    )


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
    return Change(lay(state, notices={entry.id: notice}), (Touched("notices", entry.id),))


def _restored(state: State, entry: Entry, event: RecordRestored) -> Change:
    latest = state.latest.number if state.latest else 0
    restored = Restored(entry.moment, event.entries, event.lost, latest, event.aside)
    return Change(msgspec.structs.replace(state, restored=restored), (Touched("restored", "restored"),))


def _updated(state: State, entry: Entry, event: KioskUpdated) -> Change:
    was = state.program
    before, since = (was.before, was.since) if was and not was.by else (event.before, entry.moment)
    return _programmed(state, Program(event.after, before, since, entry.id))


def _answered(state: State, update: EntryId, handle: Handle) -> Change:
    if state.program is None or state.program.update != update:
        return Change(state, ())
    return _programmed(state, msgspec.structs.replace(state.program, by=handle))


def _programmed(state: State, program: Program) -> Change:
    return Change(msgspec.structs.replace(state, program=program), (Touched("program", "program"),))


def _move(state: State, entry: Entry, moved: Mapping[Handle, int]) -> State:
    giver, name = getattr(entry.event, "giver", None), entry.id
    newest = (name,)
    accounts = dict(state.accounts)
    for handle, minutes in moved.items():
        before = accounts.get(handle, _NEW)
        if entry.order:
            accounts[handle] = _moved_in_building(before, entry, minutes, gave=handle == giver)
            continue
        recent = before.recent[1 - RECENT :] + newest
        accounts[handle] = Account(before.minutes + minutes, recent, name if handle == giver else before.last)
    counts = _counted_in_building if entry.order else _counted
    return msgspec.structs.replace(state, accounts=accounts, board=counts(state.board, entry, name, moved))


def _moved_in_building(before: Account, entry: Entry, minutes: int, *, gave: bool) -> Account:
    """The same whichever of two kiosks is heard first."""
    recent = Ordered(before.recent, before.orders).with_one(entry, RECENT)
    newer = gave and later(entry, before.last, before.last_order)
    last, last_order = (entry.id, entry.order) if newer else (before.last, before.last_order)
    return Account(before.minutes + minutes, recent.names, last, recent.orders, last_order)


_NEW = Account()


def _counted(board: Board, entry: Entry, name: EntryId, moved: Mapping[Handle, int]) -> Board:
    month = month_of(entry.moment)
    so_far = board.swapped if board.month == month else 0
    match entry.event:
        case HoursSwapped() | CommonsServed() as event:
            latest, given = (*board.latest[1 - LATEST :], name), so_far + _given(moved)
            kinds, swaps = one_more(board, entry, event), board.swaps + 1
            return msgspec.structs.replace(
                board, month=month, swapped=given, latest=latest, kinds=kinds, swaps=swaps
            )
        case HoursCountered(countered=countered):
            left = tuple(entry_id for entry_id in board.latest if entry_id != countered)
            less = max(0, so_far - _given(moved))
            return msgspec.structs.replace(board, month=month, swapped=less, latest=left)
    return board


MONTHS = 3
"""Months of which is remembered how much was swapped in them: what another kiosk wrote may come late."""


def _counted_in_building(board: Board, entry: Entry, name: EntryId, moved: Mapping[Handle, int]) -> Board:
    """As a kiosk alone counts it, but the same whichever of two kiosks is heard first."""
    match entry.event:
        case HoursSwapped() | CommonsServed() as event:
            latest = Ordered(board.latest, board.orders).with_one(entry, LATEST)
            kinds, swaps = one_more(board, entry, event), board.swaps + 1
            fresh = msgspec.structs.replace(
                board, latest=latest.names, orders=latest.orders, kinds=kinds, swaps=swaps
            )
            return _in_month(fresh, entry, _given(moved))
        case HoursCountered():
            return _in_month(board, entry, -_given(moved))
    return board


def _in_month(board: Board, entry: Entry, minutes: int) -> Board:
    month = month_of(entry.moment)
    months = {**board.months, month: board.months.get(month, 0) + minutes}
    kept = {each: months[each] for each in sorted(months)[-MONTHS:]}
    return msgspec.structs.replace(board, months=kept)


def _given(moved: Mapping[Handle, int]) -> int:
    return sum([minutes for minutes in moved.values() if minutes > 0])


def month_of(moment: Moment) -> str:
    """The month a moment counts to, as 2026-11; by UTC, so that every kiosk folds the record alike."""
    return _month_of_day(moment.wall // _DAY)


_DAY = 86_400_000


@lru_cache(maxsize=64)
def _month_of_day(days: int) -> str:
    """days: since 1970."""
    return datetime.fromtimestamp(days * _DAY / 1000, UTC).strftime("%Y-%m")


SHAPE = 8
"""Which way of folding this is. Raise it when entries of before fold to something else than they did: a kiosk that
was brought up to date then folds its record anew when it starts, and forgets nothing that the new way wants to
know."""


# --- documents --------------------------------------------------------------------------------------------


class _Shop(Struct, frozen=True):
    founded: Moment | None
    named_work: tuple[str, ...]
    charter: Charter
    named_projects: tuple[str, ...] = ()


def document(state: State, touched: Touched) -> dict[str, Any] | None:
    """A document of the present as plain data for the store; None when the entry removed it."""
    match touched.table:
        case "shop":
            value: Any = _Shop(
                founded=state.founded,
                named_work=state.named_work,
                charter=state.charter,
                named_projects=state.named_projects,
            )
        case "board":
            value = state.board
        case "pledged":
            value = {"cents": state.pledged}
        case "shared":
            value = state.shared
        case "template":
            value = {"told": state.template}
        case "copied_from":
            value = state.copied_from
        case "turn":
            value = {"number": state.turn}
        case (
            "heard" | "dissent" | "circle" | "latest" | "argued" | "money" | "kept" | "restored" | "spoken" as table
        ):
            value = getattr(state, table)
        case "program":
            value = state.program
        case "held" | "benefits" | "potlucks" as table:
            value = _as_document(getattr(state, table).get(touched.name))
        case table:
            value = getattr(state, table).get(touched.name)
    # By way of JSON, so that it is already as it comes back from the file: lists, no tuples.
    return None if value is None else _lean(type(value), msgspec.json.decode(msgspec.json.encode(value)))


def _lean(kind: type, plain: dict[str, Any]) -> dict[str, Any]:
    """Without what is as usual. msgspec leaves out only the very object that the default is, and what came back
    from the file is another one: the same present would be two documents."""
    usual = _usual(kind)
    return {name: held for name, held in plain.items() if name not in usual or held != usual[name]}


@lru_cache(maxsize=64)
def _usual(kind: type) -> Mapping[str, Any]:
    """What is left out of a document of this kind when it is so, as plain data."""
    if not (issubclass(kind, Struct) and kind.__struct_config__.omit_defaults):
        return {}
    fields = msgspec.structs.fields(kind)
    return {
        each.encode_name: msgspec.json.decode(msgspec.json.encode(each.default))
        for each in fields
        if each.default is not msgspec.NODEFAULT
    }


def _as_document(listed: tuple[Any, ...] | None) -> dict[str, Any] | None:
    """A list as a document: the store keeps names with values, and takes anything else for damage."""
    return None if listed is None else {"listed": listed}


def _listed(tables: Mapping[str, Mapping[str, Any]], table: str) -> dict[str, Any]:
    return {name: held["listed"] for name, held in tables.get(table, {}).items()}


TABLES = (
    "shop",
    "members",
    "badges",
    "accounts",
    "notices",
    "board",
    "circle",
    "latest",
    "tasks",
    "questions",
    "decisions",
    "heard",
    "dissent",
    "argued",
    "duties",
    "funds",
    "projects",
    "purchases",
    "reserves",
    "money",
    "kept",
    "tools",
    "restored",
    "program",
    "routines",
    "held",
    "benefits",
    "potlucks",
    "inversions",
    "spoken",
    "amended",
    "neighbours",
    "pledged",
    "called",
    "shared",
    "shops",
    "template",
    "copied_from",
    "kiosks",
    "turn",
    "taken",
)
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
        board=_only(tables, "board", Board) or Board(),
        circle=_only(tables, "circle", Circle),
        latest=_only(tables, "latest", LatestCircle),
        tasks=msgspec.convert(dict(tables.get("tasks", {})), dict[EntryId, Task]),
        questions=msgspec.convert(dict(tables.get("questions", {})), dict[EntryId, Question]),
        decisions=msgspec.convert(dict(tables.get("decisions", {})), dict[EntryId, Decision]),
        heard=_only(tables, "heard", Heard) or Heard(),
        dissent=_only(tables, "dissent", Dissent) or Dissent(),
        duties=msgspec.convert(dict(tables.get("duties", {})), dict[str, Duty]),
        argued=dict(tables.get("argued", {}).get("argued", {})),
        funds={JAR: Fund(JAR)} | msgspec.convert(dict(tables.get("funds", {})), dict[str, Fund]),
        projects=msgspec.convert(dict(tables.get("projects", {})), dict[EntryId, Project]),
        named_projects=shop.named_projects if shop else (),
        purchases=msgspec.convert(dict(tables.get("purchases", {})), dict[EntryId, Purchase]),
        reserves=msgspec.convert(dict(tables.get("reserves", {})), dict[str, Reserve]),
        money=_only(tables, "money", Money) or Money(),
        kept=dict(tables.get("kept", {}).get("kept", {})),
        tools=msgspec.convert(dict(tables.get("tools", {})), dict[str, Tool]),
        restored=_only(tables, "restored", Restored),
        program=_only(tables, "program", Program),
        routines=msgspec.convert(dict(tables.get("routines", {})), dict[str, Routine]),
        held=msgspec.convert(_listed(tables, "held"), dict[str, tuple[str, ...]]),
        benefits=msgspec.convert(_listed(tables, "benefits"), dict[str, tuple[tuple[str, str], ...]]),
        potlucks=msgspec.convert(_listed(tables, "potlucks"), dict[str, tuple[tuple[str, str], ...]]),
        inversions=msgspec.convert(dict(tables.get("inversions", {})), dict[EntryId, Inversion]),
        spoken=_only(tables, "spoken", Spoken) or Spoken(),
        amended=msgspec.convert(dict(tables.get("amended", {})), dict[str, Amended]),
        neighbours=msgspec.convert(dict(tables.get("neighbours", {})), dict[str, Neighbour]),
        pledged=tables["pledged"]["pledged"]["cents"] if tables.get("pledged") else 0,
        called=msgspec.convert(dict(tables.get("called", {})), dict[EntryId, OrderCall]),
        shared=_only(tables, "shared", Shared) or Shared(),
        shops=msgspec.convert(dict(tables.get("shops", {})), dict[str, FarSeal]),
        template=tables["template"]["template"]["told"] if tables.get("template") else "",
        copied_from=_only(tables, "copied_from", CopiedFrom),
        kiosks=msgspec.convert(dict(tables.get("kiosks", {})), dict[str, Kiosk]),
        turn=tables["turn"]["turn"]["number"] if tables.get("turn") else 0,
        taken=msgspec.convert(dict(tables.get("taken", {})), dict[str, HeardOf]),
    )


def _only(tables: Mapping[str, Mapping[str, Any]], table: str, kind: type[T]) -> T | None:
    """The one document of a table that holds just one."""
    return msgspec.convert(tables[table][table], kind) if tables.get(table) else None
