"""Folding the jar and its daughters: every cent is somewhere, and the state says where.

What came in, less what was spent and went back to members, is always the sum of what is in funds, in reserves and
set aside for proposals.
"""

from collections.abc import Callable, Mapping
from typing import Any

from msgspec.structs import replace

from kiosk.amounts import JAR, EntryId, Handle, Moment
from kiosk.events import (
    CoinFell,
    DownsideArgued,
    Entry,
    Fresh,
    FridayClosed,
    FridayOpened,
    FundEnded,
    FundSplit,
    HandedOn,
    JarCounted,
    MoneyGiven,
    ProjectProposed,
    ProjectSeconded,
    ProjectWithdrawn,
    ReceiptShown,
    ReserveSpent,
    RestDecided,
    WagesSliced,
)
from kiosk.state.change import Change, Touched, lay, without
from kiosk.state.circles import LATEST_CIRCLE, note
from kiosk.state.duties import new_duty
from kiosk.state.kiosks import later
from kiosk.state.present import PROJECTS, Friday, Fund, Project, Purchase, Reserve, Sources, State

NAMED = 40
"""How many kinds of project that the shop named are remembered."""

_MONEY = Touched("money", "money")
_KEPT = Touched("kept", "kept")
_ARGUED = Touched("argued", "argued")


def _fund(name: str) -> Touched:
    return Touched("funds", name)


# --- money in ---------------------------------------------------------------------------------------------


def _coin(state: State, entry: Entry, event: CoinFell) -> Change:
    if event.cents is not None:
        return _come(state, entry, event.fund, Sources(coins=event.cents))
    fund = _named(state, event.fund)
    return _keep(state, replace(fund, unknown=fund.unknown + 1, since=_since(fund, entry)))


def _since(fund: Fund, entry: Entry) -> Moment:
    """When the first of all that is in a fund came. Where several kiosks write, a coin may be heard of before or
    after the fund was counted, and must lead to the same: there money counts from the counting on."""
    if not entry.order:
        return fund.since or entry.moment
    if fund.turned is not None:
        return fund.since or fund.turned
    return min(fund.since or entry.moment, entry.moment, key=_when)


def _when(moment: Moment) -> tuple[int, str, int]:
    return moment.wall, moment.boot, moment.mono


def _named(state: State, name: str) -> Fund:
    """A fund, or the jar for one that has ended: what falls in is somewhere, whatever became of the fund."""
    return state.funds.get(name) or state.funds[JAR]


def _keep(state: State, fund: Fund) -> Change:
    return Change(lay(state, funds={fund.name: fund}), (_fund(fund.name),))


def _come(state: State, entry: Entry, name: str, money: Sources) -> Change:
    """New money came into the shop."""
    came = replace(state.money, came=state.money.came.plus(money))
    after, touched = _put(state, entry, name, money)
    return Change(replace(after, money=came), (*touched, _MONEY))


def _by_people(state: State, entry: Entry, name: str, money: Sources) -> Change:
    """As it comes; and the fund remembers the entry."""
    after, touched = _come(state, entry, name, money)
    fund = _named(after, name)
    if later(entry, fund.last, fund.last_order):
        after = _keep(after, replace(fund, last=entry.id, last_order=entry.order)).state
    return Change(after, touched)


def _put(state: State, entry: Entry, name: str, money: Sources) -> Change:
    """Money went into a fund, from within the shop or from outside."""
    fund = _named(state, name)
    return _keep(state, replace(fund, fresh=fund.fresh.plus(money), since=_since(fund, entry)))


def _given(state: State, entry: Entry, event: MoneyGiven) -> Change:
    return _by_people(state, entry, event.fund, Sources(by_hand=event.cents))


def _wages(state: State, entry: Entry, event: WagesSliced) -> Change:
    return _by_people(state, entry, event.fund, Sources(wages=event.cents))


def _counted(state: State, entry: Entry, event: JarCounted) -> Change:
    fund = state.funds[event.fund]
    more = Sources(difference=event.cents - event.expected)
    if isinstance(event.fresh, Fresh):
        return _counted_in_building(state, entry, event, event.fresh)
    found = replace(
        fund,
        fresh=Sources(),
        unknown=0,
        counted=fund.sources.plus(more),
        counted_on=entry.moment,
        since=fund.since if event.cents else None,
    )
    after, touched = _keep(state, found)
    money = replace(state.money, came=state.money.came.plus(more))
    return Change(replace(after, money=money), (*touched, _MONEY))


def _counted_in_building(state: State, entry: Entry, event: JarCounted, fresh: Fresh) -> Change:
    """Only what the kiosk knew that counted it: a coin of which another tells later stays new."""
    fund, more = state.funds[event.fund], Sources(difference=event.cents - event.expected)
    was = Sources(fresh.coins, fresh.by_hand, fresh.wages, fresh.handed_on, fresh.difference)
    left, unknown = fund.fresh.less(was), fund.unknown - fresh.unknown
    found = replace(
        fund,
        fresh=left,
        unknown=unknown,
        counted=fund.counted.plus(was).plus(more),
        counted_on=entry.moment,
        since=(fresh.since or entry.moment) if event.cents else entry.moment if _some(left, unknown) else None,
        turned=entry.moment,
    )
    after, touched = _keep(state, found)
    money = replace(state.money, came=state.money.came.plus(more))
    return Change(replace(after, money=money), (*touched, _MONEY))


def _some(fresh: Sources, unknown: int) -> bool:
    return bool(fresh.total or unknown)


# --- proposals --------------------------------------------------------------------------------------------


def _proposed(state: State, entry: Entry, event: ProjectProposed) -> Change:
    project = Project(
        id=entry.id,
        fund=event.fund,
        title=event.title,
        cents=event.cents,
        proposer=event.proposer,
        carrier=event.carrier,
        sort=event.sort,
        proposed=entry.moment,
        words=event.words,
        tool=event.tool,
    )
    after, touched = _propose(state, project)
    if event.sort in PROJECTS or event.sort in state.named_projects:
        return Change(after, touched)
    named = (*state.named_projects, event.sort)[-NAMED:]
    return Change(replace(after, named_projects=named), (*touched, Touched("shop", "shop")))


def _propose(state: State, project: Project) -> Change:
    return Change(lay(state, projects={project.id: project}), (Touched("projects", project.id),))


def _seconded(state: State, entry: Entry, event: ProjectSeconded) -> Change:
    project = state.projects[event.project]
    return _propose(state, replace(project, seconder=event.handle, seconded=entry.moment))


def _withdrawn(state: State, entry: Entry, event: ProjectWithdrawn) -> Change:
    project = state.projects[event.project]
    left = replace(state, projects=without(state.projects, project.id))
    gone = Touched("projects", project.id)
    if not event.cents:
        return Change(left, (gone,))
    after, touched = _put(left, entry, project.fund, Sources(handed_on=event.cents))
    return Change(after, (gone, *touched))


def _argued(state: State, entry: Entry, event: DownsideArgued) -> Change:
    heard = replace(state.projects[event.project], argued=event.circle, against=event.against, downside=event.words)
    after, touched = _propose(state, heard)
    argued = {**state.argued, event.against: state.argued.get(event.against, 0) + 1}
    return Change(replace(after, argued=argued), (*touched, _ARGUED))


# --- Friday -----------------------------------------------------------------------------------------------


def _open_friday(state: State, entry: Entry, event: FridayOpened) -> Change:
    friday = Friday(
        id=entry.id,
        fund=event.fund,
        circle=event.circle,
        number=event.number,
        roll=event.roll,
        projects=event.projects,
        cents=event.cents,
        rest_to=event.rest_to,
        detail=event.detail,
    )
    return _keep(state, replace(state.funds[event.fund], round=friday))


def void_friday(state: State, friday: Friday) -> Change:
    """It came to nothing: everything is as it was before it opened."""
    return _keep(state, replace(state.funds[friday.fund], round=None))


def _close_friday(state: State, entry: Entry, event: FridayClosed) -> Change:
    fund = state.funds[event.fund]
    assert fund.round is not None
    offered = fund.round.projects
    touched: dict[Touched, None] = {}

    def also(change: Change) -> State:
        touched.update(dict.fromkeys(change.touched))
        return change.state

    state = also(_keep(state, _emptied(fund, entry, event.nothing)))
    for bought in event.funded:
        state = also(_buy(state, entry.moment, event, state.projects[bought.project]))
    for project in offered:
        state = also(_wait(state, event, project.project))
    for part in event.handed_on:
        state = also(_hand_on(state, entry, part))
    returned = sum(part.cents for part in event.returned)
    spent = replace(state.money, spent=state.money.spent + _paid(event), returned=state.money.returned + returned)
    told = note(replace(state, money=spent), entry.id)
    return Change(told, (*touched, _MONEY, LATEST_CIRCLE))


def _paid(event: FridayClosed) -> int:
    """What left the shop: the jar's part and what had been set aside before."""
    return sum(bought.cents + bought.aside for bought in event.funded)


def _emptied(fund: Fund, entry: Entry, nothing: int | None) -> Fund:
    moment = entry.moment
    missed = fund.missed if nothing is None else fund.missed + 1 if nothing else 0
    left = fund.fresh.total or fund.unknown
    return replace(
        fund,
        counted=Sources(),
        counted_on=None,
        since=moment if left else None,
        round=None,
        fridays=fund.fridays + 1,
        emptied=moment,
        missed=missed,
        turned=moment if entry.order else fund.turned,
    )


def _buy(state: State, moment: Moment, event: FridayClosed, project: Project) -> Change:
    purchase = Purchase(
        id=project.id,
        source=event.fund,
        title=project.title,
        cents=project.cents,
        carrier=project.carrier,
        received=moment,
        due=event.due,
    )
    bought = replace(state, projects=without(state.projects, project.id))
    touched = (Touched("projects", project.id), Touched("purchases", purchase.id))
    return Change(lay(bought, purchases={purchase.id: purchase}), touched)


def _wait(state: State, event: FridayClosed, name: Any) -> Change:
    """A project that was offered and not bought waits for the next Friday, or has waited long enough."""
    project = state.projects.get(name)
    if project is None:
        return Change(state, ())
    if name in event.expired:
        return Change(replace(state, projects=without(state.projects, name)), (Touched("projects", name),))
    return _propose(state, replace(project, waited=project.waited + 1))


def _hand_on(state: State, entry: Entry, part: HandedOn) -> Change:
    match part.place:
        case "fund":
            return _put(state, entry, part.to, Sources(handed_on=part.cents))
        case "project":
            project = state.projects[EntryId(part.to)]
            return _propose(state, replace(project, aside=project.aside + part.cents))
    reserve = state.reserves.get(part.to) or Reserve(part.to)
    return _reserve(state, replace(reserve, cents=reserve.cents + part.cents))


def _reserve(state: State, reserve: Reserve) -> Change:
    return Change(lay(state, reserves={reserve.name: reserve}), (Touched("reserves", reserve.name),))


def _receipt(state: State, entry: Entry, event: ReceiptShown) -> Change:
    left = replace(state, purchases=without(state.purchases, event.purchase))
    return Change(left, (Touched("purchases", event.purchase),))


# --- funds and reserves -----------------------------------------------------------------------------------


def _rest(state: State, entry: Entry, event: RestDecided) -> Change:
    return _keep(state, replace(state.funds[event.fund], rest_to=event.rest_to))


def _spend(state: State, entry: Entry, event: ReserveSpent) -> Change:
    reserve = state.reserves[event.reserve]
    used = tuple(each for each in reserve.used if each in state.decisions)
    purchase = Purchase(
        id=entry.id,
        source=event.reserve,
        title=event.words,
        cents=event.cents,
        carrier=event.carrier,
        received=entry.moment,
        due=event.due,
    )
    less = replace(reserve, cents=reserve.cents - event.cents, used=(*used, event.decision))
    after, touched = _reserve(state, less)
    money = replace(state.money, spent=state.money.spent + event.cents)
    spent = replace(lay(after, purchases={entry.id: purchase}), money=money)
    return Change(spent, (*touched, _MONEY, Touched("purchases", entry.id)))


def _split(state: State, entry: Entry, event: FundSplit) -> Change:
    parent = state.funds[event.fund]
    left = parent.fresh.total or parent.unknown
    halved = replace(
        parent,
        counted=Sources(),
        counted_on=None,
        emptied=entry.moment,
        since=entry.moment if left else None,
        turned=entry.moment if entry.order else parent.turned,
    )
    daughters = {
        part.name: Fund(
            name=part.name,
            parent=parent.name,
            fresh=Sources(handed_on=part.cents),
            since=entry.moment,
            circle=part.circle,
            rest_to=parent.rest_to,
        )
        for part in event.parts
    }
    kept = dict(state.kept)
    for handle in (handle for part in event.parts for handle in part.circle):
        kept[handle] = kept.get(handle, 0) + 1
    duties = [
        new_duty(state, duty, "order", "week", entry.moment, fund) for fund in daughters for duty in event.duties
    ]
    begun = {duty.name: duty for duty in duties}
    after = replace(lay(state, funds={parent.name: halved, **daughters}, duties=begun), kept=kept)
    touched = (_fund(parent.name), *map(_fund, daughters), *(Touched("duties", name) for name in begun))
    return Change(after, (*touched, _KEPT))


def newcomer(state: State, handle: Handle) -> Change:
    """Whoever comes in starts at what those who have looked after a fund least have done."""
    others = [member.handle for member in state.present() if member.handle != handle]
    least = min((state.kept.get(other, 0) for other in others), default=0)
    if state.kept.get(handle, 0) >= least:
        return Change(state, ())
    return Change(replace(state, kept={**state.kept, handle: least}), (_KEPT,))


def _end(state: State, entry: Entry, event: FundEnded) -> Change:
    parent = state.funds[event.fund].parent
    moved = {
        project.id: replace(project, fund=parent)
        for project in state.projects.values()
        if project.fund == event.fund
    }
    duties = {name: duty for name, duty in state.duties.items() if duty.fund != event.fund}
    ended = replace(lay(state, projects=moved), funds=without(state.funds, event.fund), duties=duties)
    gone = (Touched("duties", name) for name in state.duties if name not in duties)
    touched = (_fund(event.fund), *(Touched("projects", name) for name in moved), *gone)
    ended_fund = state.funds[event.fund]
    if not _some(ended_fund.fresh, ended_fund.unknown):
        return Change(ended, touched)
    # Another kiosk told of a coin that fell into it meanwhile; where it is told of later, it goes to the jar too.
    kept, more = _put(ended, entry, JAR, ended_fund.fresh)
    jar = kept.funds[JAR]
    kept = lay(kept, funds={JAR: replace(jar, unknown=jar.unknown + ended_fund.unknown)})
    return Change(kept, (*touched, *more))


JARS: Mapping[type, Callable[[State, Entry, Any], Change]] = {
    CoinFell: _coin,
    MoneyGiven: _given,
    WagesSliced: _wages,
    JarCounted: _counted,
    ProjectProposed: _proposed,
    ProjectSeconded: _seconded,
    ProjectWithdrawn: _withdrawn,
    DownsideArgued: _argued,
    FridayOpened: _open_friday,
    FridayClosed: _close_friday,
    ReceiptShown: _receipt,
    RestDecided: _rest,
    ReserveSpent: _spend,
    FundSplit: _split,
    FundEnded: _end,
}
"""How each event of the jar changes the present."""
