"""Entries of hours as people read them: one line, or a whole sentence."""

from collections.abc import Mapping

from kiosk.amounts import COMMONS, JAR, EntryId, Handle
from kiosk.events import (
    AnyEvent,
    ApprovalClosed,
    ApprovalOpened,
    BadgeAdded,
    BadgeRevoked,
    CharterChanged,
    CharterWritten,
    CircleClosed,
    CircleExtended,
    CircleJoined,
    CircleOpened,
    ClockDropped,
    ClockStarted,
    CoinFell,
    CommonsServed,
    CommonsShared,
    ConcessionWon,
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
    KioskUpdated,
    LeaveEnded,
    LeaveStarted,
    MemberJoined,
    MemberLeft,
    MemberReturned,
    MoneyGiven,
    NoticePosted,
    NoticeTakenDown,
    NumberCountered,
    NumberSaid,
    PhotoAttached,
    ProjectProposed,
    ProjectSeconded,
    ProjectWithdrawn,
    QuestionDropped,
    ReceiptShown,
    RecordRestored,
    ReformNoted,
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
    UpdateAnswered,
    Voiced,
    WagesSliced,
    WorkNamed,
    duty_called,
    moves,
)
from kiosk.faces import Line
from kiosk.rules.charter import name_words, value_words
from kiosk.tongue import isolated, later, phrase, plural, unfilled
from kiosk.views.duties import EVERY, HOW_WORDS
from kiosk.views.kiosk_lines import about_the_building
from kiosk.views.neighbour_lines import about_neighbours
from kiosk.views.potluck import about_the_potluck
from kiosk.views.routines import about_assumptions
from kiosk.views.scene import Scene, icon
from kiosk.visit.rows import voiced
from kiosk.words import capital, duration, duty_word, figure, money, names, signed, when, work_word


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
        note=getattr(event, "note", "") or unfilled(getattr(event, "reason", "")),
    )


def _who(event: object) -> str:
    match event:
        case HoursSwapped() | CommonsServed():
            return _from_to((event.giver,), receivers(event))
        case CommonsShared(minutes=minutes, among=among):
            all_here = plural("{n} of us", "all {n} of us", len(among))
            ways = (names((COMMONS,)), all_here) if minutes > 0 else (all_here, names((COMMONS,)))
            return phrase("{gave} → {got}", gave=ways[0], got=ways[1])
        case HoursCountered(moves=stated):
            down = tuple(handle for handle, minutes in stated.items() if minutes < 0)
            up = tuple(handle for handle, minutes in stated.items() if minutes > 0)
            return _from_to(down, up) if down and up else ""
        case MemberLeft(handle=handle):
            return _from_to((handle,), (COMMONS,))
    return ""


def _from_to(gave: tuple[Handle, ...], got: tuple[Handle, ...]) -> str:
    # Translators: who gave → who got; the arrow points the way one reads.
    return phrase("{gave} → {got}", gave=names(gave), got=names(got))


def _what(event: object) -> str:
    match event:
        case HoursSwapped(work=work) | CommonsServed(work=work):
            return work_word(work)
        case CommonsShared():
            return phrase("borne by all alike")
        case HoursCountered():
            return phrase("taken back")
        case MemberLeft():
            return phrase("left the shop")
    return ""


def _icon(event: object) -> str:
    match event:
        case HoursSwapped(work=work) | CommonsServed(work=work):
            return icon(work)
        case CommonsShared():
            return "commons"
        case HoursCountered():
            return "undo"
    return "door"


def _mark(found: Found) -> str:
    if found.countered_by is not None:
        return phrase("taken back")
    return phrase("from memory") if getattr(found.entry.event, "from_memory", False) else ""


def sentence(entry: Entry) -> str:
    """What an entry says, in one sentence: "Amina gave Jo 1 h 30 of childcare." """
    areas = (
        _about_hours,
        _about_notices,
        _about_people,
        _about_the_circle,
        _about_votes,
        _about_duties,
        _about_money,
        _about_projects,
        _about_fridays,
        _about_funds,
        _about_tools,
        about_assumptions,
        about_the_potluck,
        _about_numbers,
        _about_the_charter,
        _about_the_record,
        about_neighbours,
        about_the_building,
    )
    said = (each(entry.event) for each in areas)
    return next((words for words in said if words), "")


def _borne(minutes: int, people: int) -> str:
    """What became of what the commons had got, or had over."""
    time = duration(abs(minutes))
    if minutes < 0:
        return plural(
            "What the commons had over went to the one who is here: {time}.",
            "What the commons had over went to all {n} who are here: {time} each.",
            people,
            time=time,
        )
    return plural(
        "What the commons had got was borne by the one who is here: {time}.",
        "What the commons had got was borne by all {n} who are here: {time} each.",
        people,
        time=time,
    )


def _about_hours(event: AnyEvent) -> str:
    match event:
        case HoursSwapped(giver=giver, work=work):
            return _swapped(giver, names(receivers(event)), given(event), work)
        case CommonsServed(giver=giver, minutes=minutes, work=work, witness=witness):
            facts = {"giver": giver, "time": duration(minutes), "witness": witness}
            if work == "other":
                return phrase("{giver} gave the commons {time}; {witness} saw it.", **facts)
            return phrase(
                "{giver} gave the commons {time} of {work}; {witness} saw it.", work=work_word(work), **facts
            )
        case CommonsShared(minutes=minutes, among=among):
            return _borne(minutes, len(among))
        case HoursCountered(moves=stated, reason=reason, by=by):
            return _took_back(names(by), stated, reason)
        case ClockStarted(handle=handle, work="other"):
            return phrase("{name} started a clock.", name=handle)
        case ClockStarted(handle=handle, work=work):
            return phrase("{name} started a clock for {work}.", name=handle, work=work_word(work))
        case ClockDropped(handle=handle):
            return phrase("{name} stopped the clock; nothing was booked.", name=handle)
    return ""


def _swapped(giver: str, got: str, minutes: int, work: str) -> str:
    if work == "other":
        return phrase("{giver} gave {receivers} {time}.", giver=giver, receivers=got, time=duration(minutes))
    return phrase(
        "{giver} gave {receivers} {time} of {work}.",
        giver=giver,
        receivers=got,
        time=duration(minutes),
        work=work_word(work),
    )


def _took_back(by: str, stated: Mapping[Handle, int], reason: str) -> str:
    """What an entry that is taken back had said is read off the one with the sides swapped."""
    gave = tuple(handle for handle, minutes in stated.items() if minutes < 0)
    got = tuple(handle for handle, minutes in stated.items() if minutes > 0)
    minutes = sum(minutes for minutes in stated.values() if minutes > 0)
    what = phrase("an entry")
    if gave and got:
        what = phrase("{time} that {gave} gave {got}", time=duration(minutes), gave=names(gave), got=names(got))
    if reason:
        return phrase("{names} took back {what}: {reason}.", names=by, what=what, reason=unfilled(reason))
    return phrase("{names} took back {what}.", names=by, what=what)


def _about_notices(event: AnyEvent) -> str:
    match event:
        case NoticePosted(handle=handle, side="need", words=words):
            return phrase("{name} needs: {words}", name=handle, words=words)
        case NoticePosted(handle=handle, words=words):
            return phrase("{name} offers: {words}", name=handle, words=words)
        case NoticeTakenDown(handle=handle, notice=notice):
            return phrase("{name} took {entry} off the board.", name=handle, entry=notice)
        case WorkNamed(handle=handle, work=work):
            return phrase("{name} named a kind of work: {work}.", name=handle, work=work)
    return ""


def _about_the_record(event: AnyEvent) -> str:
    match event:
        case RecordRestored():
            return _restored(event)
        case KioskUpdated(before=before, after=after):
            return phrase("Another program runs: {after} instead of {before}.", before=before, after=after)
        case UpdateAnswered(update=update, handle=handle, hands=hands):
            others = [each for each in hands if each != handle]
            return phrase(
                "{name} answers for the new program ({entry}), before {others}.",
                name=handle,
                entry=update,
                others=names(others),
            )
    return ""


def _restored(event: RecordRestored) -> str:
    facts = {"entries": figure(event.entries), "hands": names(event.hands)}
    if not event.replaced:
        return phrase(
            "The record was put back from a copy of {entries} entries, by the hands of {hands}; "
            "there was no other.",
            **facts,
        )
    facts |= {
        "kiosk": event.replaced_kiosk,
        "replaced": str(event.replaced),
        "root": event.replaced_root[:16],
        "folder": event.aside,
    }
    old = phrase("The old record ({kiosk}, {replaced} entries, root {root}) is kept in {folder}.", **facts)
    if not event.lost:
        new = phrase(
            "The record was put back from a copy of {entries} entries, by the hands of {hands}; nothing is gone.",
            **facts,
        )
        return f"{new} {old}"
    new = phrase(
        "The record was put back from a copy of {entries} entries, by the hands of {hands}; "
        "{lost} of the {here} that were here are not in it.",
        lost=figure(event.lost),
        here=figure(event.replaced),
        **facts,
    )
    return f"{new} {old}"


def jar_named(fund: str) -> str:
    """A fund in a sentence."""
    return phrase("the jar") if fund == JAR else phrase("the jar “{name}”", name=fund)


def _about_people(event: AnyEvent) -> str:
    match event:
        case ShopFounded(founders=founders):
            return phrase("{names} founded the shop.", names=names([founder.handle for founder in founders]))
        case MemberJoined(handle=handle, hands=hands):
            return phrase("{name} came in, by the hands of {hands}.", name=handle, hands=names(hands))
        case MemberReturned(handle=handle, hands=hands):
            return phrase("{name} came back, by the hands of {hands}.", name=handle, hands=names(hands))
        case MemberLeft(handle=handle, minutes=minutes):
            moved = signed(minutes)
            return phrase("{name} left; the balance ({balance}) went to the commons.", name=handle, balance=moved)
        case LeaveStarted(handle=handle):
            return phrase("{name} is away.", name=handle)
        case LeaveEnded(handle=handle):
            return phrase("{name} is back.", name=handle)
        case BadgeAdded(handle=handle, medium="card", hands=hands):
            return phrase("{name} got a new card, by the hands of {hands}.", name=handle, hands=names(hands))
        case BadgeAdded(handle=handle, hands=hands):
            return phrase("{name} got a new tag, by the hands of {hands}.", name=handle, hands=names(hands))
        case BadgeRevoked(handle=handle, hands=hands):
            return phrase(
                "A lost badge of {name} was revoked, by the hands of {hands}.", name=handle, hands=names(hands)
            )
    return ""


def _about_the_circle(event: AnyEvent) -> str:
    match event:
        case CircleOpened(number=number, roll=roll, opener=""):
            return phrase("Circle {number} began with {names}.", number=number, names=names(roll))
        case CircleOpened(number=number, roll=roll, opener=opener):
            return phrase(
                "Circle {number} began with {names}; {opener} opened it.",
                number=number,
                names=names(roll),
                opener=opener,
            )
        case CircleJoined(handle=handle):
            return phrase("{name} came to the circle.", name=handle)
        case Voiced():
            return _voiced(event)
        case CircleExtended(seconds=seconds):
            return phrase("By a show of hands the circle took {seconds} seconds more.", seconds=seconds)
        case CircleClosed(circle=number, left_open=True):
            return phrase("Circle {number} had been left open and was closed.", number=number)
        case CircleClosed(circle=number):
            return phrase("Circle {number} ended.", number=number)
        case PhotoAttached(circle=number, photo=photo, hands=hands):
            return phrase(
                "A photo of the whiteboard ({photo}) belongs to circle {number}, say {names}.",
                photo=photo[:8],
                number=number,
                names=names(hands),
            )
    return _about_tasks(event)


def _voiced(event: Voiced) -> str:
    in_the_way = phrase("in the way: {obstacle}", obstacle=voiced(event.obstacle)) if event.obstacle else ""
    said = "; ".join(part for part in (voiced(event.priority), in_the_way) if part)
    if not said:
        return phrase("{name} passed.", name=event.handle)
    return phrase("{name}: {said}.", name=event.handle, said=said)


def _about_tasks(event: AnyEvent) -> str:
    match event:
        case TaskTaken(doer=doer, words=words, due=due):
            return phrase("{name} takes on: {words}, by {day}.", name=doer, words=voiced(words), day=due)
        case TaskDone():
            return _done(event)
        case TaskMoved(task=task, due=due):
            return phrase("The circle gave {entry} until {day}.", entry=task, day=due)
        case TaskDropped(task=task):
            return phrase("The circle let {entry} go.", entry=task)
        case ExperimentStarted(about=about, words=words, until=until):
            return phrase(
                "Against “{obstacle}” the shop tries until {day}: {words}.",
                obstacle=voiced(about),
                day=until,
                words=voiced(words),
            )
        case ExperimentReviewed(about=about, helped=True):
            return phrase("What the shop tried against “{obstacle}” helped.", obstacle=voiced(about))
        case ExperimentReviewed(about=about):
            return phrase("What the shop tried against “{obstacle}” did not help.", obstacle=voiced(about))
    return ""


def _done(event: TaskDone) -> str:
    facts = {"name": event.handle, "entry": event.task, "time": duration(event.minutes)}
    match (bool(event.handle), bool(event.minutes)):
        case (False, False):
            words = later("The circle said that {entry} is done.")
        case (False, True):
            words = later("The circle said that {entry} is done; it took {time}.")
        case (True, False):
            words = later("{name} said that {entry} is done.")
        case _:
            words = later("{name} said that {entry} is done; it took {time}.")
    return phrase(words, **facts)


def _about_votes(event: AnyEvent) -> str:
    match event:
        case RoundOpened(question=question, against=against, downside=""):
            return phrase(
                "A vote on “{question}”; {name} argued against it.", question=voiced(question), name=against
            )
        case RoundOpened(question=question, against=against, downside=downside):
            return phrase(
                "A vote on “{question}”; {name} argued against it: {downside}.",
                question=voiced(question),
                name=against,
                downside=voiced(downside),
            )
        case RoundClosed(round=opened, outcome=outcome, counts=None):
            return phrase("The vote {entry}: {outcome}.", entry=opened, outcome=phrase(OUTCOMES[outcome]))
        case RoundClosed(round=opened, outcome=outcome, counts=counts) if counts:
            return phrase(
                "The vote {entry}: {outcome}, {yes} yes, {no} no, {abstain} abstained.",
                entry=opened,
                outcome=phrase(OUTCOMES[outcome]),
                yes=counts.yes,
                no=counts.no,
                abstain=counts.abstain,
            )
        case RoundVoided(round=opened, why=why):
            return phrase("The vote {entry} is void: {why}.", entry=opened, why=unfilled(why))
        case DissentCounted(rounds=rounds, quiet=quiet):
            return phrase(
                "The last {rounds} votes whose counts are not told, together: {heard}.",
                rounds=rounds,
                heard=phrase(QUIET[quiet]),
            )
        case QuestionDropped(question=question):
            return phrase("The circle let the question {entry} go.", entry=question)
        case DecisionReviewed():
            return _reviewed(event)
    return _about_approvals(event)


def _reviewed(event: DecisionReviewed) -> str:
    match (event.came_true, event.stands):
        case (True, True):
            words = later("The decision {entry} was looked at: the downside came true; it goes on.")
        case (True, False):
            words = later("The decision {entry} was looked at: the downside came true; it ended.")
        case (False, True):
            words = later("The decision {entry} was looked at: the downside did not come true; it goes on.")
        case _:
            words = later("The decision {entry} was looked at: the downside did not come true; it ended.")
    return phrase(words, entry=event.decision)


def _about_approvals(event: AnyEvent) -> str:
    match event:
        case ApprovalOpened(duty=duty, candidates=candidates, fund=fund):
            return phrase(
                "A vote on who is next, {duty}: {names}.",
                duty=duty_word(duty_called(duty, fund)),
                names=names(candidates),
            )
        case ApprovalClosed(round=opened, coming="", ballots=ballots):
            return phrase(
                "The vote {entry}: nobody was chosen; {ballots} took part.", entry=opened, ballots=ballots
            )
        case ApprovalClosed(round=opened, duty=duty, coming=coming, ballots=ballots, by_lot=by_lot, fund=fund):
            facts = {
                "entry": opened,
                "name": coming,
                "duty": duty_word(duty_called(duty, fund)),
                "ballots": ballots,
            }
            if by_lot:
                return phrase(
                    "The vote {entry}: {name} is next, {duty}, by lot among several; {ballots} took part.", **facts
                )
            return phrase("The vote {entry}: {name} is next, {duty}; {ballots} took part.", **facts)
    return ""


def _about_duties(event: AnyEvent) -> str:
    match event:
        case DutyBegan(duty=duty, how=how, term=term, hands=hands, fund=fund):
            return phrase(
                "A duty goes round {how}, {every}: {duty}; by the hands of {hands}.",
                how=phrase(HOW_WORDS[how]),
                every=phrase(EVERY[term]),
                duty=duty_word(duty_called(duty, fund)),
                hands=names(hands),
            )
        case DutyEnded(duty=duty, hands=hands, fund=fund):
            return phrase(
                "A duty goes round no more: {duty}; by the hands of {hands}.",
                duty=duty_word(duty_called(duty, fund)),
                hands=names(hands),
            )
        case DutyDrawn():
            return _and_missed(_drawn(event), event.skipped)
        case DutyHandedOver():
            return _and_missed(_handed_over(event), event.skipped)
    return ""


def _drawn(event: DutyDrawn) -> str:
    facts = {
        "duty": duty_word(duty_called(event.duty, event.fund)),
        "name": event.coming,
        "names": names(event.among),
    }
    if event.by:
        return phrase("{drawer} drew the lot for {duty}: {name}, among {names}", drawer=event.by, **facts)
    return phrase("The lot was drawn for {duty}: {name}, among {names}", **facts)


def _handed_over(event: DutyHandedOver) -> str:
    facts = {
        "duty": capital(duty_word(duty_called(event.duty, event.fund))),
        "name": event.coming,
        "day": event.until,
    }
    if event.leaving and event.witness:
        words = later("{duty} went from {before} to {name}, until {day}; {witness} saw it")
    elif event.leaving:
        words = later("{duty} went from {before} to {name}, until {day}")
    elif event.witness:
        words = later("{duty} went to {name}, until {day}; {witness} saw it")
    else:
        words = later("{duty} went to {name}, until {day}")
    return phrase(words, before=event.leaving, witness=event.witness, **facts)


def _and_missed(said: str, skipped: tuple[Handle, ...]) -> str:
    if not skipped:
        return f"{said}."
    return phrase("{said}; not there, and first next time: {names}.", said=said, names=names(skipped))


OUTCOMES: Mapping[str, str] = {
    "carried": later("carried"),
    "not carried": later("not carried"),
    "waits": later("waits"),
    "tied": later("tied"),
    "too few": later("too few"),
}
"""What came of a vote, as the record calls it."""

QUIET: Mapping[bool | None, str] = {
    True: later("nobody said otherwise in any of them"),
    False: later("somebody said otherwise"),
    None: later("not known"),
}


def _about_money(event: AnyEvent) -> str:
    match event:
        case CoinFell():
            return _coin(event)
        case MoneyGiven(giver=giver, witness=witness, cents=cents, fund=fund):
            return phrase(
                "{giver} put {money} into {jar}; {witness} saw it.",
                giver=giver,
                money=money(cents),
                jar=jar_named(fund),
                witness=witness,
            )
        case WagesSliced(cents=cents, hands=hands, slices=slices, fund=fund):
            facts = {"money": money(cents), "jar": jar_named(fund), "hands": names(hands)}
            if not slices:
                return phrase("{money} of wages went into {jar}, by the hands of {hands}.", **facts)
            whose = ", ".join(f"{isolated(each.handle)} {isolated(money(each.cents))}" for each in slices)
            return phrase(
                "{money} of wages went into {jar} ({whose}), by the hands of {hands}.", whose=whose, **facts
            )
        case JarCounted():
            return _counted(event)
    return ""


def _coin(event: CoinFell) -> str:
    facts = {"jar": event.fund, "pulses": event.pulses}
    if event.cents is None and event.fund == JAR:
        return phrase("A coin fell: of no known value ({pulses} pulses).", **facts)
    if event.cents is None:
        return phrase("A coin fell into {jar}: of no known value ({pulses} pulses).", **facts)
    if event.fund == JAR:
        return phrase("A coin fell: {money}.", money=money(event.cents))
    return phrase("A coin fell into {jar}: {money}.", money=money(event.cents), **facts)


def _counted(event: JarCounted) -> str:
    off = event.cents - event.expected
    found = phrase("as expected")
    if off > 0:
        found = phrase("{money} more than expected", money=money(off))
    if off < 0:
        found = phrase("{money} less than expected", money=money(-off))
    facts = {"names": names(event.hands), "jar": jar_named(event.fund), "money": money(event.cents), "found": found}
    if not event.unknown:
        return phrase("{names} counted {jar}: {money}, {found}.", **facts)
    return plural(
        "{names} counted {jar}: {money}, {found}, among it {n} coin of no known value.",
        "{names} counted {jar}: {money}, {found}, among it {n} coins of no known value.",
        event.unknown,
        **facts,
    )


def _about_projects(event: AnyEvent) -> str:
    match event:
        case ProjectProposed():
            return _proposed(event)
        case ProjectSeconded(project=project, handle=handle):
            return phrase("{name} seconded {entry}, so it stands.", name=handle, entry=project)
        case ProjectWithdrawn(project=project, handle=handle, cents=0):
            return phrase("{name} took the proposal {entry} back.", name=handle, entry=project)
        case ProjectWithdrawn(project=project, handle=handle, cents=cents):
            return phrase(
                "{name} took the proposal {entry} back; {money} that had been set aside went back.",
                name=handle,
                entry=project,
                money=money(cents),
            )
        case DownsideArgued(project=project, against=against, words=""):
            return phrase("{name} argued against {entry}.", name=against, entry=project)
        case DownsideArgued(project=project, against=against, words=words):
            return phrase(
                "{name} argued against {entry}: {words}.", name=against, entry=project, words=voiced(words)
            )
        case ReceiptShown(purchase=purchase, handle=handle, words=words, witness=""):
            return phrase(
                "{name} showed what became of {entry}: {words}.",
                name=handle,
                entry=purchase,
                words=unfilled(words),
            )
        case ReceiptShown(purchase=purchase, handle=handle, words=words, witness=witness):
            return phrase(
                "{name} showed what became of {entry}: {words}; {witness} saw it.",
                name=handle,
                entry=purchase,
                words=unfilled(words),
                witness=witness,
            )
    return ""


def _proposed(event: ProjectProposed) -> str:
    facts = {
        "name": event.proposer,
        "jar": jar_named(event.fund),
        "title": event.title,
        "money": money(event.cents),
        "sort": unfilled(event.sort),
    }
    if event.carrier == event.proposer:
        return phrase("{name} proposed for {jar}: {title}, {money} ({sort}).", **facts)
    return phrase(
        "{name} proposed for {jar}: {title}, {money} ({sort}), carried out by {carrier}.",
        carrier=event.carrier,
        **facts,
    )


def _about_fridays(event: AnyEvent) -> str:
    match event:
        case FridayOpened(number=number, projects=projects, cents=cents, roll=roll, fund=fund):
            return plural(
                "Friday {number} of {jar} began: {money} among {n} project; {names} take part.",
                "Friday {number} of {jar} began: {money} among {n} projects; {names} take part.",
                len(projects),
                number=number,
                jar=jar_named(fund),
                money=money(cents),
                names=names(roll),
            )
        case FridayClosed():
            return _friday_closed(event)
    return ""


def _friday_closed(event: FridayClosed) -> str:
    bought = "; ".join(
        f"{isolated(each.title)}, {isolated(money(each.cents + each.aside))}" for each in event.funded
    )
    parts = [phrase("{money} to {place}", money=money(each.cents), place=_place(each)) for each in event.handed_on]
    back = sum(each.cents for each in event.returned)
    if back:
        whom = names([each.handle for each in event.returned])
        parts.append(phrase("{money} back to {names}", money=money(back), names=whom))
    spent = phrase("Spent: {money}", money=money(event.spent))
    said = plural(
        "{jar}, by {n} ballot, bought: {projects}.",
        "{jar}, by {n} ballots, bought: {projects}.",
        event.ballots,
        jar=capital(jar_named(event.fund)),
        projects=bought or phrase("nothing"),
    )
    rest = "; ".join(part for part in (spent, ", ".join(parts)) if part)
    left = phrase("Left: {money}.", money=money(0))
    return f"{said} {rest}. {left}"


def _place(part: HandedOn) -> str:
    match part.place:
        case "fund":
            return jar_named(part.to)
        case "project":
            return phrase("{project}, set aside", project=part.to)
    return unfilled(part.to)


def _about_funds(event: AnyEvent) -> str:
    match event:
        case RestDecided(rest_to=rest_to, hands=hands, fund=fund):
            return phrase(
                "What {jar} does not spend goes to: {place}, by the hands of {hands}.",
                jar=jar_named(fund),
                place=unfilled(rest_to),
                hands=names(hands),
            )
        case ReserveSpent():
            return phrase(
                "{carrier} got {money} of the {reserve} for {words}, as {entry} decided, by the hands of {hands}.",
                carrier=event.carrier,
                money=money(event.cents),
                reserve=unfilled(event.reserve),
                words=event.words,
                entry=event.decision,
                hands=names(event.hands),
            )
        case FundSplit(parts=parts, fund=fund, duties=duties):
            made = ", ".join(
                phrase(
                    "“{name}” with {money} and {names}",
                    name=each.name,
                    money=money(each.cents),
                    names=names(each.circle),
                )
                for each in parts
            )
            said = phrase("The circle parted {jar}: {parts}.", jar=jar_named(fund), parts=made)
            each_has = phrase("In each, in turn, every week: {names}.", names=names(duties))
            return f"{said} {each_has}" if duties else said
        case FundEnded(fund=fund):
            return phrase("The circle ended {jar}, which was empty.", jar=jar_named(fund))
    return ""


def _about_tools(event: AnyEvent) -> str:
    match event:
        case ToolShelved(label=label, name=name, hands=hands):
            return phrase(
                "{names} put a tool on the shelf: {tool} ({label}).", names=names(hands), tool=name, label=label
            )
        case ToolBorrowed(tool=tool, handle=handle, due=due):
            return phrase("{name} borrowed {tool}, until {day}.", name=handle, tool=tool, day=due)
        case ToolReturned(tool=tool, handle=handle):
            return phrase("{name} brought {tool} back.", name=handle, tool=tool)
        case ToolBroken(tool=tool, handle=handle, words=words):
            return phrase("{name} said that {tool} is broken: {words}.", name=handle, tool=tool, words=words)
        case ToolMended(tool=tool, handle=handle):
            return phrase("{name} said that {tool} works again.", name=handle, tool=tool)
        case ToolGone(tool=tool, words=words, hands=hands):
            return phrase("{names} took {tool} off the shelf: {words}.", names=names(hands), tool=tool, words=words)
    return ""


def _about_numbers(event: AnyEvent) -> str:
    match event:
        case NumberSaid():
            return _number_said(event)
        case ConcessionWon(what=what, action=action):
            facts = _worth(event)
            return phrase(
                "The owners gave way on {day}: {what}, by {action}; {rest}.", what=what, action=action, **facts
            )
        case ReformNoted(what=what, by=by):
            facts = _worth(event)
            return phrase("To compare: {what}, of {day}, which {by} boasts of; {rest}.", what=what, by=by, **facts)
        case NumberCountered(number=number, reason=reason, teller=teller, witness=witness):
            return phrase(
                "{names} said that {entry} was wrong and counts no more: {reason}.",
                names=names((teller, witness)),
                entry=number,
                reason=unfilled(reason),
            )
    return ""


def _number_said(event: NumberSaid) -> str:
    facts = {
        "name": event.teller,
        "witness": event.witness,
        "what": work_word(event.what) if event.measure == "hours" else event.what,
        "amount": amount_said(event),
        "since": event.since,
        "until": event.until,
        "source": unfilled(event.source),
    }
    match event.measure:
        case "hours":
            words = later(
                "Hours under self-management from {since} to {until}, {what}: {amount} ({source}); "
                "{name} said so, and {witness}."
            )
        case "made":
            words = later(
                "Made under self-management from {since} to {until}, {what}: {amount} ({source}); "
                "{name} said so, and {witness}."
            )
        case "taken":
            words = later(
                "Taken by the owners from {since} to {until}, {what}: {amount} ({source}); "
                "{name} said so, and {witness}."
            )
    return phrase(words, **facts)


def amount_said(event: NumberSaid) -> str:
    """How much: "36 h", "1,240 loaves"."""
    if event.measure == "hours":
        return duration(event.amount)
    return f"{figure(event.amount)} {isolated(event.unit)}"


def _worth(event: ConcessionWon | ReformNoted) -> dict[str, str]:
    """The day, and what both have in common: what it is worth, how long it holds, who said so and from where."""
    holds = phrase("until {day}", day=event.until) if event.until else phrase("for good")
    people = {"names": names((event.teller, event.witness)), "source": unfilled(event.source), "holds": holds}
    if not event.cents:
        return {"day": event.day, "rest": phrase("{holds}, say {names} ({source})", **people)}
    worth = phrase("worth {money}, {holds}, say {names} ({source})", money=money(event.cents), **people)
    return {"day": event.day, "rest": worth}


def _about_the_charter(event: AnyEvent) -> str:
    match event:
        case CharterWritten(numbers=numbers):
            said = (f"{name_words(name)}: {isolated(value_words(name, value))}" for name, value in numbers.items())
            return phrase("The shop began with these numbers: {numbers}.", numbers="; ".join(said))
        case CharterChanged(change=change, decision=decision, hands=hands):
            return phrase(
                "In the charter, {number}: {after}, before {before}; as {entry} decided, by the hands of {names}.",
                number=name_words(change.number),
                after=value_words(change.number, change.after),
                before=value_words(change.number, change.before),
                entry=decision,
                names=names(hands),
            )
    return ""


def lines(ids: tuple[EntryId, ...], scene: Scene, *, of: Handle = "") -> tuple[Line, ...]:
    """Entries as lines, newest first."""
    found = (scene.find(entry_id) for entry_id in reversed(ids))
    return tuple(line(each, scene, of=of) for each in found if each is not None)
