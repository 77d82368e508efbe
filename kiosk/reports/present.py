"""The present and the record as plain data, for other programs: `kiosk state --json`, `kiosk record --json`."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from typing import Any

import msgspec

from kiosk.amounts import COMMONS, JAR, Moment
from kiosk.events import (
    ApprovalOpened,
    CircleOpened,
    ConcessionWon,
    Entry,
    ForkMended,
    ForkSeen,
    FridayOpened,
    NoticePosted,
    NumberCountered,
    NumberSaid,
    ProjectProposed,
    ReformNoted,
    RoundOpened,
    SegmentClosed,
    SegmentTaken,
    TaskTaken,
    ToolShelved,
    duty_called,
)
from kiosk.faces import Alarm
from kiosk.rules.agenda import grievances
from kiosk.rules.dissent import likelihood
from kiosk.rules.funds import in_hand, late_fridays
from kiosk.rules.notices import hanging
from kiosk.rules.projects import overdue_receipts
from kiosk.rules.rotation import comes_next, never_had, overdue
from kiosk.rules.tools import overdue_tools
from kiosk.state import Duty, Fund, Neighbour, Notice, Project, Sources, State
from kiosk.tongue import with_years
from kiosk.views.alarms import shop_alarms
from kiosk.views.lines import amount_said, sentence
from kiosk.views.scene import Scene
from kiosk.words import local, money


def stamp(moment: Moment) -> str:
    """A moment as ISO 8601 in UTC, to the millisecond."""
    return datetime.fromtimestamp(moment.wall / 1000, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def present(state: State, now: Moment, alarms: tuple[Alarm, ...] = ()) -> dict[str, Any]:
    """The present by handle; balances in minutes, with the commons account, and their sum.

    alarms: what the running kiosk has left word of; what the record itself tells is found here.
    """
    with with_years():
        found = shop_alarms(Scene(state, now, lambda _: None, "", {}))
    told = {alarm.words: alarm for alarm in (*alarms, *found)}
    members = [
        {
            "handle": member.handle,
            "standing": member.standing,
            "joined": stamp(member.joined),
            "badges": sum(badge.good and badge.handle == member.handle for badge in state.badges.values()),
            "clock": {"work": member.clock.work, "since": stamp(member.clock.since)} if member.clock else None,
        }
        for member in state.members.values()
    ]
    balances = {member.handle: state.balance(member.handle) for member in state.present()}
    balances |= {handle: account.minutes for handle, account in state.accounts.items() if handle not in balances}
    balances.setdefault(COMMONS, 0)
    notices = hanging(state, now)
    return {
        "founded": stamp(state.founded) if state.founded else None,
        "balances": balances,
        "sum": sum(balances.values()),
        "members": members,
        "needs": [_notice(notice) for notice in notices if notice.side == "need"],
        "offers": [_notice(notice) for notice in notices if notice.side == "offer"],
        "work": list(state.work()),
        "coins": {"cents": state.funds[JAR].cents, "unknown": state.funds[JAR].unknown},
        "circle": _circle(state),
        "duties": [_duty(duty, state, now) for duty in state.duties.values()],
        "tasks": [
            {"id": task.id, "words": task.words, "doer": task.doer, "due": task.due}
            for task in state.tasks.values()
        ],
        "questions": [{"words": each.words, "why": each.why} for each in state.questions.values()],
        "decisions": [{"words": each.words, "review": each.review} for each in state.decisions.values()],
        "grievances": [each.words for each in grievances(state)],
        "streak": {"votes": state.dissent.longest[0], "one_in": likelihood(state.dissent, state.charter)},
        **_jars(state, local(now).date()),
        "neighbours": [_neighbour(each, state) for each in state.neighbours.values()],
        "alarms": [msgspec.to_builtins(alarm) for alarm in told.values()],
    }


def _circle(state: State) -> dict[str, Any] | None:
    """The latest circle; of an open vote only that it is open."""
    latest = state.latest
    if latest is None:
        return None
    return {
        "number": latest.number,
        "opened": stamp(latest.opened),
        "people": latest.people,
        "open": state.circle is not None,
        "vote_open": state.circle is not None and state.circle.vote is not None,
    }


def _neighbour(neighbour: Neighbour, state: State) -> dict[str, Any]:
    """minutes: of its account here. limit: the smaller of both."""
    return {
        "name": neighbour.name,
        "key": neighbour.key,
        "minutes": state.balance(neighbour.account),
        "limit": neighbour.limit,
        "open_offers": len(neighbour.offers),
        "heard": stamp(neighbour.heard) if neighbour.heard else None,
        "differs": neighbour.differs,
        "two_stories": neighbour.fork is not None,
        "parted": neighbour.parted,
    }


def _duty(duty: Duty, state: State, now: Moment) -> dict[str, Any]:
    """next: None where a lot or an approval round has to say it. since: when the holder took it."""
    today = local(now).date()
    late = next((each.days for each in overdue(state, today) if each.duty == duty.name), 0)
    return {
        "duty": duty.duty,
        "fund": duty.fund,
        "how": duty.how,
        "term": duty.term,
        "holder": duty.holder or None,
        "since": stamp(duty.since) if duty.since and duty.holder else None,
        "until": duty.until or None,
        "next": comes_next(state, duty.name, (), today) or None,
        "never_held": list(never_had(state, duty)),
        "overdue_days": late,
    }


def _jars(state: State, today: date) -> dict[str, Any]:
    """Everything about money, in cents, and the shelf of tools."""
    late = {purchase.id for purchase in overdue_receipts(state, today)}
    overdue = {tool.label for tool in overdue_tools(state, today)}
    return {
        "funds": [_fund(fund, state) for fund in state.funds.values()],
        "reserves": {reserve.name: reserve.cents for reserve in state.reserves.values()},
        "money": {
            "came_in": _sources(state.money.came),
            "spent": state.money.spent,
            "returned": state.money.returned,
            "in_hand": in_hand(state),
        },
        "proposals": [_project(project) for project in state.projects.values()],
        "purchases": [
            {
                "id": each.id,
                "source": each.source,
                "title": each.title,
                "cents": each.cents,
                "carrier": each.carrier,
                "due": each.due,
                "overdue": each.id in late,
            }
            for each in state.purchases.values()
        ],
        "late_fridays": [
            {"fund": each.fund, "cents": each.cents, "since": each.since.isoformat()}
            for each in late_fridays(state, today)
        ],
        "tools": [
            {
                "label": tool.label,
                "name": tool.name,
                "borrower": tool.borrower,
                "due": tool.due,
                "overdue": tool.label in overdue,
                "broken": tool.broken,
            }
            for tool in state.tools.values()
        ],
    }


def _fund(fund: Fund, state: State) -> dict[str, Any]:
    """A fund; of an open Friday only that it is open."""
    return {
        "name": fund.name,
        "parent": fund.parent,
        "cents": fund.cents,
        "sources": _sources(fund.sources),
        "unknown": fund.unknown,
        "counted": fund.counted.total,
        "fresh": fund.fresh.total,
        "rest_to": fund.rest_to,
        "circle": list(fund.circle),
        "ceiling": state.charter.ceiling,
        "fridays": fund.fridays,
        "friday_open": fund.round is not None,
        "missed_in_a_row": fund.missed,
    }


def _sources(sources: Sources) -> dict[str, int]:
    return {**msgspec.to_builtins(sources), "total": sources.total}


def _project(project: Project) -> dict[str, Any]:
    return {
        "id": project.id,
        "fund": project.fund,
        "title": project.title,
        "cents": project.cents,
        "set_aside": project.aside,
        "kind": project.sort,
        "words": project.words,
        "proposer": project.proposer,
        "carrier": project.carrier,
        "seconder": project.seconder,
        "fridays_waited": project.waited,
    }


def _notice(notice: Notice) -> dict[str, Any]:
    return {
        "id": notice.id,
        "handle": notice.handle,
        "work": notice.work,
        "words": notice.words,
        "until": notice.until,
    }


NUMBERED: Mapping[type, str] = {
    CircleOpened: "circle",
    FridayOpened: "friday",
    SegmentClosed: "segment",
    SegmentTaken: "segment",
    ForkSeen: "segment",
    ForkMended: "segment",
    NumberCountered: "countered",
}
"""What the field `number` of an event is called beside the entry's own: as other events call the same."""


def as_data(entry: Entry) -> dict[str, Any]:
    """One entry: its name, number and time, the kind of event, and the event's own fields (see NUMBERED)."""
    told: dict[str, Any] = msgspec.to_builtins(entry.event)
    called = NUMBERED.get(type(entry.event), "number")
    event = {called if name == "number" else name: value for name, value in told.items()}
    return {
        "id": entry.id,
        "number": entry.number,
        "time": stamp(entry.moment),
        "time_trusted": entry.moment.trusted,
        **event,
    }


def as_lines(entries: Iterable[Entry]) -> Iterator[str]:
    """Entries, the oldest first, as a person reads them: "k3f9/17  2026-11-22 14:20  Amina gave Jo 1 h."

    An entry about an older one, or about a tool, says its words and not its number or label.
    """
    called: dict[str, str] = {}
    for entry in entries:
        yield f"{entry.id}  {local(entry.moment):%Y-%m-%d %H:%M}  {sentence(_worded(entry, called))}"
        _remember(entry, called)


_ABOUT = ("round", "project", "purchase", "question", "decision", "task", "notice", "tool", "number")
"""The fields in which an event names an older entry by its id, or a tool by its label."""


def _worded(entry: Entry, called: Mapping[str, str]) -> Entry:
    """The entry with words in place of ids and labels; to be read, and never to be kept."""
    named = {name: getattr(entry.event, name, None) for name in _ABOUT}
    known = {name: called[old] for name, old in named.items() if isinstance(old, str) and old in called}
    if not known:
        return entry
    return msgspec.structs.replace(entry, event=msgspec.structs.replace(entry.event, **known))


def _remember(entry: Entry, called: dict[str, str]) -> None:
    match entry.event:
        case ToolShelved(label=label, name=name):
            called[label] = name
        case RoundOpened(question=words) | ProjectProposed(title=words):
            called[entry.id] = f"“{words}”"
        case TaskTaken(words=words) | NoticePosted(words=words) if words:
            called[entry.id] = f"“{words}”"
        case ApprovalOpened(duty=duty, fund=fund):
            called[entry.id] = f"“{duty_called(duty, fund)}”"
        case NumberSaid(what=what) as said:
            called[entry.id] = f"“{what}, {amount_said(said)}”"
        case ConcessionWon(what=what) | ReformNoted(what=what):
            called[entry.id] = f"“{what}”"


def present_lines(data: dict[str, Any]) -> Iterator[str]:
    """The present as a person reads it, a line each."""
    yield "balances, in minutes:"
    width = max((len(handle) for handle in data["balances"]), default=0)
    for handle, minutes in data["balances"].items():
        yield f"  {handle:<{width}}  {minutes:+d}" if minutes else f"  {handle:<{width}}  0"
    yield f"sum: {data['sum']}"
    for side in ("needs", "offers"):
        for notice in data[side]:
            yield f"{side[:-1]}: {notice['handle']}: {notice['words']} ({notice['work']}, until {notice['until']})"
    for task in data["tasks"]:
        yield f"task: {task['doer']}: {task['words']} (by {task['due']})"
    for fund in data["funds"]:
        more = f", and {_counted(fund['unknown'], 'coin')} of no known value" if fund["unknown"] else ""
        yield f"{fund['name']}: {money(fund['cents'])}{more} (the rest goes to: {fund['rest_to']})"
    for name, cents in data["reserves"].items():
        yield f"reserve: {name}: {money(cents)}"
    for project in data["proposals"]:
        stands = "" if project["seconder"] else ", not seconded yet"
        yield f"proposal for {project['fund']}: {project['title']}: {money(project['cents'])}{stands}"
    for purchase in data["purchases"]:
        sum_owed = money(purchase["cents"])
        yield f"receipt: {purchase['carrier']}: {purchase['title']}, {sum_owed} (by {purchase['due']})"
    for tool in data["tools"]:
        where = f"with {tool['borrower']} until {tool['due']}" if tool["borrower"] else "on the shelf"
        yield f"tool: {tool['name']}: {where}{', broken' if tool['broken'] else ''}"
    for duty in data["duties"]:
        until = f"until {duty['until']}" if duty["until"] else ""
        over = f"{_counted(duty['overdue_days'], 'day')} over" if duty["overdue_days"] else ""
        when = ", ".join(part for part in (until, over) if part)
        who = f"{duty['holder'] or 'nobody'} → {duty['next'] or 'not known yet'}"
        called = duty_called(duty["duty"], duty["fund"])
        yield f"duty: {called}: {who} ({when})" if when else f"duty: {called}: {who}"
    if "copy" in data:
        copy = data["copy"]
        written = f"copy: {copy['entries']} entries, {copy['made']}, in {copy['target']}" if copy else ""
        yield written or "copy: none yet"
    for alarm in data["alarms"]:
        said = f"{alarm['words']} ({alarm['since']})" if alarm["since"] else alarm["words"]
        yield " ".join(part for part in (f"alarm: {said}.", alarm["detail"], alarm["mend"]) if part)


def _counted(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count} {what}s"
