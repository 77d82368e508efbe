"""Entries of hours as people read them: one line, or a whole sentence."""

from collections.abc import Mapping

from kiosk.amounts import COMMONS, JAR, EntryId, Handle
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
    DownsideArgued,
    DutyBegan,
    DutyDrawn,
    DutyEnded,
    DutyHandedOver,
    Entry,
    ExperimentReviewed,
    ExperimentStarted,
    Found,
    FridayClosed,
    FridayOpened,
    FundEnded,
    FundSplit,
    HandedOn,
    HoursCountered,
    HoursSwapped,
    JarCounted,
    LeaveEnded,
    LeaveStarted,
    MemberJoined,
    MemberLeft,
    MemberReturned,
    MoneyGiven,
    NoticePosted,
    NoticeTakenDown,
    PhotoAttached,
    ProjectProposed,
    ProjectSeconded,
    ProjectWithdrawn,
    QuestionDropped,
    ReceiptShown,
    RecordRestored,
    ReserveSpent,
    RestDecided,
    RoundClosed,
    RoundOpened,
    RoundVoided,
    ShopFounded,
    TaskDone,
    TaskDropped,
    TaskMoved,
    TaskTaken,
    ToolBorrowed,
    ToolBroken,
    ToolGone,
    ToolMended,
    ToolReturned,
    ToolShelved,
    Voiced,
    WagesSliced,
    WorkNamed,
    duty_called,
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
        case CoinFell(cents=cents, pulses=pulses, fund=fund):
            worth = money(cents) if cents is not None else f"of no known value ({pulses} pulses)"
            return f"A coin fell{_into(fund)}: {worth}."
        case RecordRestored():
            return _restored(entry.event)
    people = (_about_people, _about_the_circle, _about_votes, _about_duties)
    money_and_tools = (_about_money, _about_projects, _about_fridays, _about_funds, _about_tools)
    said = (each(entry.event) for each in (*people, *money_and_tools))
    return next((words for words in said if words), "")


def _restored(event: RecordRestored) -> str:
    from_copy = (
        f"The record was put back from a copy of {event.entries:,} entries, by the hands of {names(event.hands)}"
    )
    if not event.replaced:
        return f"{from_copy}; there was no other."
    lost = (
        f"{event.lost:,} of the {event.replaced:,} that were here are not in it"
        if event.lost
        else "nothing is gone"
    )
    old = f"{event.replaced_kiosk}, {event.replaced} entries, root {event.replaced_root[:16]}"
    return f"{from_copy}; {lost}. The old record ({old}) is kept in {event.aside}."


def _into(fund: str) -> str:
    return "" if fund == JAR else f" into {fund}"


def jar_named(fund: str) -> str:
    """A fund in a sentence."""
    return "the jar" if fund == JAR else f"the jar “{fund}”"


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
        case PhotoAttached(circle=number, photo=photo, hands=hands):
            return f"A photo of the whiteboard ({photo[:8]}) belongs to circle {number}, say {names(hands)}."
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
        case ApprovalOpened(duty=duty, candidates=candidates, fund=fund):
            return f"A vote on who is next, {duty_called(duty, fund)}: {names(candidates)}."
        case ApprovalClosed(round=opened, coming="", ballots=ballots):
            return f"The vote {opened}: nobody was chosen; {ballots} took part."
        case ApprovalClosed(round=opened, duty=duty, coming=coming, ballots=ballots, by_lot=by_lot, fund=fund):
            lot = ", by lot among several" if by_lot else ""
            return f"The vote {opened}: {coming} is next, {duty_called(duty, fund)}{lot}; {ballots} took part."
        case QuestionDropped(question=question):
            return f"The circle let the question {question} go."
        case DecisionReviewed(decision=decision, came_true=came_true, stands=stands):
            downside = "came true" if came_true else "did not come true"
            end = "goes on" if stands else "ended"
            return f"The decision {decision} was looked at: the downside {downside}; it {end}."
    return ""


def _about_duties(event: AnyEvent) -> str:
    match event:
        case DutyBegan(duty=duty, how=how, term=term, hands=hands, fund=fund):
            called = duty_called(duty, fund)
            return f"A duty goes round {HOW_WORDS[how]}, {EVERY[term]}: {called}; by the hands of {names(hands)}."
        case DutyEnded(duty=duty, hands=hands, fund=fund):
            return f"A duty goes round no more: {duty_called(duty, fund)}; by the hands of {names(hands)}."
        case DutyDrawn(duty=duty, coming=coming, among=among, by=by, skipped=skipped, fund=fund):
            drew = f"{by} drew the lot" if by else "The lot was drawn"
            return f"{drew} for {duty_called(duty, fund)}: {coming}, among {names(among)}{_missed(skipped)}."
        case DutyHandedOver():
            return _handed_over(event)
    return ""


def _handed_over(event: DutyHandedOver) -> str:
    came = f"from {event.leaving} to {event.coming}" if event.leaving else f"to {event.coming}"
    witness = f"; {event.witness} saw it" if event.witness else ""
    called = capital(duty_called(event.duty, event.fund))
    return f"{called} went {came}, until {event.until}{witness}{_missed(event.skipped)}."


def _missed(skipped: tuple[Handle, ...]) -> str:
    return f"; not there, and first next time: {names(skipped)}" if skipped else ""


_QUIET: Mapping[bool | None, str] = {
    True: "nobody said otherwise in any of them",
    False: "somebody said otherwise",
    None: "not known, as the power was cut",
}


def _about_money(event: AnyEvent) -> str:
    match event:
        case MoneyGiven(giver=giver, witness=witness, cents=cents, fund=fund):
            return f"{giver} put {money(cents)} into {jar_named(fund)}; {witness} saw it."
        case WagesSliced(cents=cents, hands=hands, slices=slices, fund=fund):
            whose = ", ".join(f"{each.handle} {money(each.cents)}" for each in slices)
            return (
                f"{money(cents)} of wages went into {jar_named(fund)}{f' ({whose})' if whose else ''}, "
                f"by the hands of {names(hands)}."
            )
        case JarCounted(cents=cents, expected=expected, hands=hands, unknown=unknown, fund=fund):
            odd = f", among it {unknown} coins of no known value" if unknown else ""
            off = f", {_difference(cents - expected)} than expected" if cents != expected else ", as expected"
            return f"{names(hands)} counted {jar_named(fund)}: {money(cents)}{off}{odd}."
    return ""


def _difference(cents: int) -> str:
    return f"{money(abs(cents))} {'more' if cents > 0 else 'less'}"


def _about_projects(event: AnyEvent) -> str:
    match event:
        case ProjectProposed(proposer=proposer, title=title, cents=cents, sort=sort, carrier=carrier, fund=fund):
            by = "" if carrier == proposer else f", carried out by {carrier}"
            return f"{proposer} proposed for {jar_named(fund)}: {title}, {money(cents)} ({sort}){by}."
        case ProjectSeconded(project=project, handle=handle):
            return f"{handle} seconded {project}, so it stands."
        case ProjectWithdrawn(project=project, handle=handle, cents=cents):
            back = f"; {money(cents)} that had been set aside went back" if cents else ""
            return f"{handle} took the proposal {project} back{back}."
        case DownsideArgued(project=project, against=against, words=words):
            return f"{against} argued against {project}{f': {words}' if words else ''}."
        case ReceiptShown(purchase=purchase, handle=handle, words=words, witness=witness):
            seen = f"; {witness} saw it" if witness else ""
            return f"{handle} showed what became of {purchase}: {words}{seen}."
    return ""


def _about_fridays(event: AnyEvent) -> str:
    match event:
        case FridayOpened(number=number, projects=projects, cents=cents, roll=roll, fund=fund):
            count = "1 project" if len(projects) == 1 else f"{len(projects)} projects"
            began = f"Friday {number} of {jar_named(fund)} began"
            return f"{began}: {money(cents)} among {count}; {names(roll)} take part."
        case FridayClosed(ballots=ballots, funded=funded, spent=spent, handed_on=handed_on, returned=returned):
            bought = "; ".join(f"{each.title}, {money(each.cents + each.aside)}" for each in funded) or "nothing"
            parts = [f"{money(each.cents)} to {_place(each)}" for each in handed_on]
            back = sum(each.cents for each in returned)
            parts += [f"{money(back)} back to {names([each.handle for each in returned])}"] if back else []
            rest = f"; {', '.join(parts)}" if parts else ""
            cast = "1 ballot" if ballots == 1 else f"{ballots} ballots"
            whose = "The jar" if event.fund == JAR else f"The jar “{event.fund}”"
            return f"{whose}, by {cast}, bought: {bought}. Spent: {money(spent)}{rest}. Left: {money(0)}."
    return ""


def _place(part: HandedOn) -> str:
    match part.place:
        case "fund":
            return jar_named(part.to)
        case "project":
            return f"{part.to}, set aside"
    return part.to


def _about_funds(event: AnyEvent) -> str:
    match event:
        case RestDecided(rest_to=rest_to, hands=hands, fund=fund):
            return f"What {jar_named(fund)} does not spend goes to: {rest_to}, by the hands of {names(hands)}."
        case ReserveSpent(
            reserve=reserve, cents=cents, words=words, carrier=carrier, hands=hands, decision=decision
        ):
            return (
                f"{carrier} got {money(cents)} of the {reserve} for {words}, as {decision} decided, "
                f"by the hands of {names(hands)}."
            )
        case FundSplit(parts=parts, fund=fund, duties=duties):
            made = ", ".join(f"“{each.name}” with {money(each.cents)} and {names(each.circle)}" for each in parts)
            each_has = f" In each, in turn, every week: {names(duties)}." if duties else ""
            return f"The circle parted {jar_named(fund)}: {made}.{each_has}"
        case FundEnded(fund=fund):
            return f"The circle ended {jar_named(fund)}, which was empty."
    return ""


def _about_tools(event: AnyEvent) -> str:
    match event:
        case ToolShelved(label=label, name=name, hands=hands):
            return f"{names(hands)} put a tool on the shelf: {name} ({label})."
        case ToolBorrowed(tool=tool, handle=handle, due=due):
            return f"{handle} borrowed {tool}, until {due}."
        case ToolReturned(tool=tool, handle=handle):
            return f"{handle} brought {tool} back."
        case ToolBroken(tool=tool, handle=handle, words=words):
            return f"{handle} said that {tool} is broken: {words}."
        case ToolMended(tool=tool, handle=handle):
            return f"{handle} said that {tool} works again."
        case ToolGone(tool=tool, words=words, hands=hands):
            return f"{names(hands)} took {tool} off the shelf: {words}."
    return ""


def _for(work: str) -> str:
    return "" if work == "other" else f" for {work_word(work)}"


def _of(work: str) -> str:
    return "" if work == "other" else f" of {work_word(work)}"


def lines(ids: tuple[EntryId, ...], scene: Scene, *, of: Handle = "") -> tuple[Line, ...]:
    """Entries as lines, newest first."""
    found = (scene.find(entry_id) for entry_id in reversed(ids))
    return tuple(line(each, scene, of=of) for each in found if each is not None)
