"""Entries of hours as people read them: one line, or a whole sentence."""

from collections.abc import Mapping

from kiosk.amounts import COMMONS, EntryId, Handle
from kiosk.events import (
    AnyEvent,
    ApprovalClosed,
    ApprovalOpened,
    BadgeAdded,
    BadgeRevoked,
    CircleClosed,
    CircleExtended,
    CircleJoined,
    CircleOpened,
    ClockDropped,
    ClockStarted,
    CoinFell,
    CommonsServed,
    DecisionReviewed,
    DissentCounted,
    DutyBegan,
    DutyDrawn,
    DutyEnded,
    DutyHandedOver,
    Entry,
    ExperimentReviewed,
    ExperimentStarted,
    Found,
    HoursCountered,
    HoursSwapped,
    LeaveEnded,
    LeaveStarted,
    MemberJoined,
    MemberLeft,
    MemberReturned,
    NoticePosted,
    NoticeTakenDown,
    QuestionDropped,
    RoundClosed,
    RoundOpened,
    RoundVoided,
    ShopFounded,
    TaskDone,
    TaskDropped,
    TaskMoved,
    TaskTaken,
    Voiced,
    WorkNamed,
    moves,
)
from kiosk.faces import Line
from kiosk.views.duties import EVERY, HOW_WORDS
from kiosk.views.scene import Scene, icon
from kiosk.words import capital, duration, money, names, person, signed, when, work_word


def given(event: HoursSwapped | CommonsServed) -> int:
    """The giver's minutes."""
    return moves(event)[event.giver]


def receivers(event: HoursSwapped | CommonsServed) -> tuple[Handle, ...]:
    """Who got it."""
    if isinstance(event, HoursSwapped):
        return tuple(share.handle for share in event.receivers)
    return (COMMONS,)


def line(found: Found, scene: Scene, *, of: Handle = "") -> Line:
    """One entry as a line; seen by one of its people (`of`) it has a sign and their own amount."""
    entry, event = found.entry, found.entry.event
    minutes = moves(event).get(of, 0)
    shown = minutes if of else max(moves(event).values(), default=0)
    return Line(
        key=f"entry:{entry.id}",
        who=_who(event),
        amount=duration(shown),
        work=_what(event),
        when=when(entry.moment, scene.now),
        icon=_icon(event),
        mark=_mark(found),
        sign=("+" if minutes > 0 else "−") if of and minutes else "",
        note=getattr(event, "note", "") or getattr(event, "reason", ""),
    )


def _who(event: object) -> str:
    match event:
        case HoursSwapped() | CommonsServed():
            return f"{event.giver} → {names(receivers(event))}"
        case HoursCountered(moves=stated):
            down = [person(handle) for handle, minutes in stated.items() if minutes < 0]
            up = [person(handle) for handle, minutes in stated.items() if minutes > 0]
            return f"{names(down)} → {names(up)}" if down and up else ""
        case MemberLeft(handle=handle):
            return f"{handle} → {person(COMMONS)}"
    return ""


def _what(event: object) -> str:
    match event:
        case HoursSwapped(work=work) | CommonsServed(work=work):
            return work_word(work)
        case HoursCountered():
            return "taken back"
        case MemberLeft():
            return "left the shop"
    return ""


def _icon(event: object) -> str:
    match event:
        case HoursSwapped(work=work) | CommonsServed(work=work):
            return icon(work)
        case HoursCountered():
            return "undo"
    return "door"


def _mark(found: Found) -> str:
    if found.countered_by is not None:
        return "taken back"
    return "from memory" if getattr(found.entry.event, "from_memory", False) else ""


def sentence(entry: Entry) -> str:
    """What an entry says, in one sentence: "Amina gave Jo 1 h 30 of childcare." """
    match entry.event:
        case HoursSwapped(giver=giver, work=work) as event:
            return f"{giver} gave {names(receivers(event))} {duration(given(event))}{_of(work)}."
        case CommonsServed(giver=giver, minutes=minutes, work=work, witness=witness):
            return f"{giver} gave the commons {duration(minutes)}{_of(work)}; {witness} saw it."
        case HoursCountered(moves=stated, reason=reason, by=by):
            why = f": {reason}" if reason else ""
            return f"{names(by)} took back {_what_was_given(stated)}{why}."
        case ClockStarted(handle=handle, work=work):
            return f"{handle} started a clock{_for(work)}."
        case ClockDropped(handle=handle):
            return f"{handle} stopped the clock; nothing was booked."
        case NoticePosted(handle=handle, side=side, words=words):
            return f"{handle} {'needs' if side == 'need' else 'offers'}: {words}"
        case NoticeTakenDown(handle=handle, notice=notice):
            return f"{handle} took {notice} off the board."
        case WorkNamed(handle=handle, work=work):
            return f"{handle} named a kind of work: {work}."
        case CoinFell(cents=cents, pulses=pulses):
            worth = money(cents) if cents is not None else f"of no known value ({pulses} pulses)"
            return f"A coin fell: {worth}."
    return (
        _about_people(entry.event)
        or _about_the_circle(entry.event)
        or _about_votes(entry.event)
        or _about_duties(entry.event)
    )


def _what_was_given(stated: Mapping[Handle, int]) -> str:
    """What an entry that is taken back had said, read off the one with the sides swapped."""
    gave = [person(handle) for handle, minutes in stated.items() if minutes < 0]
    got = [person(handle) for handle, minutes in stated.items() if minutes > 0]
    minutes = sum(minutes for minutes in stated.values() if minutes > 0)
    return f"{duration(minutes)} that {names(gave)} gave {names(got)}" if gave and got else "an entry"


def _about_people(event: AnyEvent) -> str:
    match event:
        case ShopFounded(founders=founders):
            return f"{names([founder.handle for founder in founders])} founded the shop."
        case MemberJoined(handle=handle, hands=hands):
            return f"{handle} came in, by the hands of {names(hands)}."
        case MemberReturned(handle=handle, hands=hands):
            return f"{handle} came back, by the hands of {names(hands)}."
        case MemberLeft(handle=handle, minutes=minutes):
            return f"{handle} left; the balance ({signed(minutes)}) went to the commons."
        case LeaveStarted(handle=handle):
            return f"{handle} is away."
        case LeaveEnded(handle=handle):
            return f"{handle} is back."
        case BadgeAdded(handle=handle, medium=medium, hands=hands):
            return f"{handle} got a new {medium}, by the hands of {names(hands)}."
        case BadgeRevoked(handle=handle, hands=hands):
            return f"A lost badge of {handle} was revoked, by the hands of {names(hands)}."
    return ""


def _about_the_circle(event: AnyEvent) -> str:
    match event:
        case CircleOpened(number=number, roll=roll, opener=opener):
            who = f"; {opener} opened it" if opener else ""
            return f"Circle {number} began with {names(roll)}{who}."
        case CircleJoined(handle=handle):
            return f"{handle} came to the circle."
        case Voiced(handle=handle, priority=priority, obstacle=obstacle):
            said = "; ".join(part for part in (priority, f"in the way: {obstacle}" if obstacle else "") if part)
            return f"{handle}: {said}." if said else f"{handle} passed."
        case CircleExtended(seconds=seconds):
            return f"By a show of hands the circle took {seconds} seconds more."
        case CircleClosed(circle=number, left_open=left_open):
            return f"Circle {number} {'had been left open and was closed' if left_open else 'ended'}."
        case TaskTaken(doer=doer, words=words, due=due):
            return f"{doer} takes on: {words}, by {due}."
        case TaskDone(task=task, handle=handle):
            return f"{handle or 'The circle'} said that {task} is done."
        case TaskMoved(task=task, due=due):
            return f"The circle gave {task} until {due}."
        case TaskDropped(task=task):
            return f"The circle let {task} go."
        case ExperimentStarted(about=about, words=words, until=until):
            return f"Against “{about}” the shop tries until {until}: {words}."
        case ExperimentReviewed(about=about, helped=helped):
            return f"What the shop tried against “{about}” {'helped' if helped else 'did not help'}."
    return ""


def _about_votes(event: AnyEvent) -> str:
    match event:
        case RoundOpened(question=question, against=against, downside=downside):
            feared = f": {downside}" if downside else ""
            return f"A vote on “{question}”; {against} argued against it{feared}."
        case RoundClosed(round=opened, outcome=outcome, counts=counts):
            told = f", {counts.yes} yes, {counts.no} no, {counts.abstain} abstained" if counts else ""
            return f"The vote {opened}: {outcome}{told}."
        case RoundVoided(round=opened, why=why):
            return f"The vote {opened} is void: {why}."
        case DissentCounted(rounds=rounds, quiet=quiet):
            heard = {
                True: "nobody said otherwise in any of them",
                False: "somebody said otherwise",
                None: "not known",
            }
            return f"The last {rounds} votes whose counts are not told, together: {heard[quiet]}."
        case ApprovalOpened(duty=duty, candidates=candidates):
            return f"A vote on who is next, {duty}: {names(candidates)}."
        case ApprovalClosed(round=opened, coming="", ballots=ballots):
            return f"The vote {opened}: nobody was chosen; {ballots} took part."
        case ApprovalClosed(round=opened, duty=duty, coming=coming, ballots=ballots, by_lot=by_lot):
            lot = ", by lot among several" if by_lot else ""
            return f"The vote {opened}: {coming} is next, {duty}{lot}; {ballots} took part."
        case QuestionDropped(question=question):
            return f"The circle let the question {question} go."
        case DecisionReviewed(decision=decision, came_true=came_true, stands=stands):
            downside = "came true" if came_true else "did not come true"
            end = "goes on" if stands else "ended"
            return f"The decision {decision} was looked at: the downside {downside}; it {end}."
    return ""


def _about_duties(event: AnyEvent) -> str:
    match event:
        case DutyBegan(duty=duty, how=how, term=term, hands=hands):
            return f"A duty goes round {HOW_WORDS[how]}, {EVERY[term]}: {duty}; by the hands of {names(hands)}."
        case DutyEnded(duty=duty, hands=hands):
            return f"A duty goes round no more: {duty}; by the hands of {names(hands)}."
        case DutyDrawn(duty=duty, coming=coming, among=among, by=by, skipped=skipped):
            drew = f"{by} drew the lot" if by else "The lot was drawn"
            return f"{drew} for {duty}: {coming}, among {names(among)}{_missed(skipped)}."
        case DutyHandedOver():
            return _handed_over(event)
        case ApprovalOpened(duty=duty, candidates=candidates):
            return f"An approval round on who comes next for {duty}: {names(candidates)}."
        case ApprovalClosed(duty=duty, ballots=ballots, coming=coming, by_lot=by_lot):
            lot = ", by lot among those approved of equally often" if by_lot else ""
            return f"{ballots} took part; {coming or 'nobody'} comes next for {duty}{lot}."
    return ""


def _handed_over(event: DutyHandedOver) -> str:
    came = f"from {event.leaving} to {event.coming}" if event.leaving else f"to {event.coming}"
    witness = f"; {event.witness} saw it" if event.witness else ""
    return f"{capital(event.duty)} went {came}, until {event.until}{witness}{_missed(event.skipped)}."


def _missed(skipped: tuple[Handle, ...]) -> str:
    return f"; not there, and first next time: {names(skipped)}" if skipped else ""


_QUIET: Mapping[bool | None, str] = {
    True: "nobody said otherwise in any of them",
    False: "somebody said otherwise",
    None: "not known, as the power was cut",
}


def _for(work: str) -> str:
    return "" if work == "other" else f" for {work_word(work)}"


def _of(work: str) -> str:
    return "" if work == "other" else f" of {work_word(work)}"


def lines(ids: tuple[EntryId, ...], scene: Scene, *, of: Handle = "") -> tuple[Line, ...]:
    """Entries as lines, newest first."""
    found = (scene.find(entry_id) for entry_id in reversed(ids))
    return tuple(line(each, scene, of=of) for each in found if each is not None)
