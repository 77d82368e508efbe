"""The five-minute circle: tapping in, speaking in turn, what needs doing, and the end."""

from collections.abc import Callable, Mapping

from msgspec.structs import replace

from kiosk.amounts import STEP, BadgeHash, EntryId, Handle
from kiosk.commands import (
    CloseCircle,
    Command,
    DropQuestion,
    DropTask,
    ExtendCircle,
    FinishTask,
    JoinCircle,
    MoveTask,
    NewBadge,
    OpenCircle,
    ReviewDecision,
    ReviewExperiment,
    StartExperiment,
    TakeTask,
    Voice,
)
from kiosk.faces import Said, Touch
from kiosk.rules.agenda import Item
from kiosk.rules.approvals import approving, taken_elsewhere
from kiosk.rules.case import Case
from kiosk.rules.circle import LONGEST_DOING
from kiosk.rules.funds import not_counted
from kiosk.state import State
from kiosk.tongue import phrase
from kiosk.visit.assumption_places import Autopsy, WhatCame
from kiosk.visit.between_places import Tell
from kiosk.visit.circle_places import (
    IN_CIRCLE,
    Agenda,
    Booth,
    Experiment,
    Gathering,
    Grievance,
    MoreTime,
    NextOne,
    OldQuestion,
    OldTask,
    QuestionWords,
    Review,
    Summary,
    SureToClose,
    TaskDay,
    TaskDoer,
    TaskLength,
    TaskWords,
    Turns,
    Voting,
    WriteWords,
)
from kiosk.visit.friday_places import FrozenList, MakeSeed, ToCount, TooMuch
from kiosk.visit.ground import Step, Surroundings, object_to, owner
from kiosk.visit.jar_places import ReceiptWords, Showing
from kiosk.visit.pad import counted
from kiosk.visit.picking import moved, picked, today
from kiosk.visit.places import NOBODY, Care, Hands, NoBadge, Place, Visit, back, go, leave, say, start, turn
from kiosk.visit.potluck_places import Potluck
from kiosk.visit.rows import DAYS, day_after, items, topics, voiced, words
from kiosk.visit.turning import next_step
from kiosk.words import local

DRAWS = 2**63
"""A draw is a number below this: enough that every order of twenty people can come."""

FEWEST = 2
"""People that make a circle."""

TRIED_FOR = 31
"""Days until an experiment is looked at."""


# --- coming in --------------------------------------------------------------------------------------------


def enter(visit: Visit, around: Surroundings, opener: Handle = "", badge: BadgeHash = NOBODY) -> Visit:
    """Open the circle, or go on with today's where it was left. opener: "" by the buttons."""
    circle = around.state.circle
    if circle is not None and local(circle.opened).date() == today(around):
        return onward(visit, around)
    present = ((opener, badge),) if opener else ()
    return start(visit, Gathering(opener=opener, present=present))


def onward(visit: Visit, around: Surroundings) -> Visit:
    """Where the open circle goes on: a vote that is open, whoever has not spoken, then what needs doing."""
    circle = around.state.circle
    if circle is None:
        return leave(visit)
    elsewhere = taken_elsewhere(around.state, around.device) if around.device else ""
    if elsewhere:
        said = phrase("This vote is taken at the kiosk “{kiosk}”", kiosk=elsewhere)
        return say(leave(visit), Said(words=said, mend=phrase("Vote there."), icon="info"), around.now.mono)
    if circle.round is not None:
        return start(visit, Voting(circle.round.id))
    approvals = approving(around.state)
    if approvals is not None:
        return start(visit, MakeSeed() if around.shut else Booth(approvals.id))
    if not circle.speaker:
        return start(visit, Agenda())
    given = around.state.charter.circle * 1000 // max(1, len(circle.roll))
    return start(visit, Turns(began=around.now.mono, given=given))


def taps_in(visit: Visit, place: Gathering, badge: NewBadge, around: Surroundings) -> Step:
    """One more is here."""
    member = owner(badge, around)
    if isinstance(member, NoBadge):
        return object_to(visit, around, member.words, member.mend, member.icon)
    if member.handle in {handle for handle, _ in place.present}:
        told = phrase("{name} is in", name=member.handle)
        said = Said(words=told, mend=phrase("Everybody taps once."), icon="badge", tone="plain")
        return Step(say(visit, said, around.now.mono))
    return Step(turn(visit, replace(place, present=(*place.present, (member.handle, badge.hash)))))


def gathering_touched(visit: Visit, place: Gathering, touch: Touch, around: Surroundings) -> Step:
    """Begin, or let it be."""
    if touch.value == "stop":
        return Step(leave(visit))
    if touch.value != "begin":
        return Step(visit)
    if len(place.present) < FEWEST:
        mend = phrase("Everybody who is here taps a badge.")
        return object_to(visit, around, phrase("A circle takes two"), mend, "people")
    badges = dict(place.present)
    command = OpenCircle(badges.get(place.opener, NOBODY), tuple(badges.values()), around.draw(DRAWS))
    return Step(visit, command)


def comes_late(visit: Visit, place: object, badge: NewBadge, around: Surroundings) -> Step:
    """A badge in the middle of the circle: somebody comes late, or is here already."""
    member = owner(badge, around)
    if isinstance(member, NoBadge):
        return object_to(visit, around, member.words, member.mend, member.icon)
    circle = around.state.circle
    if circle is not None and member.handle not in circle.roll:
        return Step(visit, JoinCircle(badge.hash))
    told = phrase("{name} is in", name=member.handle)
    said = Said(words=told, mend=phrase("No need to tap again."), icon="badge", tone="plain")
    return Step(say(visit, said, around.now.mono))


# --- speaking ---------------------------------------------------------------------------------------------


def turn_touched(visit: Visit, place: Turns, touch: Touch, around: Surroundings) -> Step:
    """Somebody speaks; their words are picked, or they pass."""
    if place.what is not None:
        return _noting(visit, place, touch, around)
    match touch.value:
        case "note":
            return Step(turn(visit, replace(place, what="priority", at=0)))
        case "pass":
            return Step(visit, Voice())
        case "longer":
            return Step(go(visit, MoreTime(place)))
    return Step(visit)


def _noting(visit: Visit, place: Turns, touch: Touch, around: Surroundings) -> Step:
    rows = words(around.state)
    row = picked(touch, place.at, len(rows))
    if row is not None:
        return _noted(visit, place, rows[row])
    if touch.value == "none":
        return _noted(visit, place, "")
    if touch.value == "write":
        return Step(go(visit, WriteWords(place)))
    return Step(turn(visit, replace(place, at=moved(touch, place.at, len(rows)))))


def _noted(visit: Visit, place: Turns, text: str) -> Step:
    if place.what == "priority":
        return Step(turn(visit, replace(place, what="obstacle", priority=text, at=0)))
    return Step(visit, Voice(place.priority, text))


def words_written(visit: Visit, place: WriteWords, touch: Touch, around: Surroundings) -> Step:
    """A priority or an obstacle in one's own words."""
    if touch.verb == "type":
        return Step(turn(visit, replace(place, text=touch.value)))
    if touch.value == "typed" and place.text.strip():
        return _noted(back(visit), place.turn, place.text.strip())
    return Step(visit)


def more_time_touched(visit: Visit, place: MoreTime, touch: Touch, around: Surroundings) -> Step:
    """Most hands are up, or not."""
    match touch.value:
        case "yes":
            return Step(visit, ExtendCircle())
        case "no":
            return Step(back(visit))
    return Step(visit)


# --- what needs doing -------------------------------------------------------------------------------------


def agenda_touched(visit: Visit, place: Agenda, touch: Touch, around: Surroundings) -> Step:
    """One of the things on the list, or the end."""
    if touch.value == "close":
        return Step(go(visit, SureToClose()))
    rows = items(around.state, today(around))
    row = picked(touch, place.at, len(rows))
    if row is None:
        return Step(turn(visit, Agenda(moved(touch, place.at, len(rows)))))
    taken = _taken_up(rows[row], around)
    if taken is None:
        told = phrase("Nobody here can take it now")
        return object_to(visit, around, told, phrase("It stays where it is."), "people")
    return Step(go(visit, taken))


def friday_begins(fund: str, around: Surroundings) -> Place:
    """What comes first when a jar is given away: the count, then what to do with too much, then the list."""
    state = around.state
    if not_counted(state.funds[fund], Case(state, around.now, around.find)):
        return ToCount(fund)
    if state.funds[fund].counted.total > state.charter.ceiling:
        return TooMuch(fund)
    return FrozenList(fund)


def _taken_up(item: Item, around: Surroundings) -> Place | None:
    match item.kind:
        case "task":
            return TaskWords()
        case "question":
            return QuestionWords()
        case "duty":
            return next_step(item.id, around)
        case "vote":
            return OldQuestion(EntryId(item.id))
        case "late":
            return OldTask(EntryId(item.id))
        case "review":
            return Review(EntryId(item.id))
        case "experiment":
            return Experiment(item.id)
        case "approval":
            return NextOne(item.id)
        case "grievance":
            return Grievance(item.id)
        case "friday":
            return friday_begins(item.id, around)
        case "receipt":
            return ReceiptWords(Showing(EntryId(item.id), in_circle=True))
        case "autopsy":
            return Autopsy(item.id, in_circle=True)
        case "potluck":
            return Potluck(item.id, in_circle=True)
        case "inversion":
            return WhatCame(EntryId(item.id), in_circle=True)


def task_touched(visit: Visit, place: TaskWords, touch: Touch, around: Surroundings) -> Step:
    """What is to be done."""
    rows = topics(around.state)
    row = picked(touch, place.at, len(rows))
    if row is not None:
        return Step(go(visit, TaskDay(rows[row])))
    if place.text is not None and touch.value == "typed" and place.text.strip():
        return Step(go(visit, TaskDay(place.text.strip())))
    return _walked(visit, place, touch, len(rows))


def _walked(visit: Visit, place: TaskWords | QuestionWords | Grievance, touch: Touch, count: int) -> Step:
    """What all lists of words have: the next row, one's own words, a step back."""
    if touch.verb == "type":
        return Step(turn(visit, replace(place, text=touch.value)))
    match touch.value:
        case "back":
            return Step(back(visit))
        case "write":
            return Step(go(visit, replace(place, text="")))
    return Step(turn(visit, replace(place, at=moved(touch, place.at, count))))


def day_touched(visit: Visit, place: TaskDay, touch: Touch, around: Surroundings) -> Step:
    """By when."""
    row = picked(touch, place.at, len(DAYS))
    if row is None:
        if touch.value == "back":
            return Step(back(visit))
        return Step(turn(visit, replace(place, at=moved(touch, place.at, len(DAYS)))))
    due = day_after(today(around), tuple(DAYS.values())[row])
    if place.task is not None:
        return Step(visit, MoveTask(place.task, due))
    return Step(go(visit, TaskDoer(place.words, due)))


def doer_taps(visit: Visit, place: TaskDoer, badge: NewBadge, around: Surroundings) -> Step:
    """Who does it."""
    member = owner(badge, around)
    if isinstance(member, NoBadge):
        return object_to(visit, around, member.words, member.mend, member.icon)
    return Step(visit, TakeTask(badge.hash, place.words, place.due))


def doer_touched(visit: Visit, place: TaskDoer, touch: Touch, around: Surroundings) -> Step:
    """Nobody: a step back."""
    return Step(back(visit) if touch.value == "back" else visit)


def old_task_touched(visit: Visit, place: OldTask, touch: Touch, around: Surroundings) -> Step:
    """Done, another day, or let go."""
    task = around.state.tasks.get(place.task)
    if task is None:
        return Step(onward(visit, around))
    match touch.value:
        case "done":
            return Step(go(visit, TaskLength(place.task)))
        case "day":
            return Step(go(visit, TaskDay(task.words, task=place.task)))
        case "drop":
            return Step(visit, DropTask(place.task))
    return Step(visit)


def length_touched(visit: Visit, place: TaskLength, touch: Touch, around: Surroundings) -> Step:
    """How long it took: a quarter of an hour more and round, an hour more, or that is it."""
    minutes = place.minutes
    match touch.value:
        case "typed" if touch.verb == "choose":
            return Step(visit, FinishTask(place.task, minutes=minutes))
        case "quarter":
            minutes = minutes // 60 * 60 + (minutes + STEP) % 60
        case "hour":
            minutes = minutes + 60 if minutes + 60 <= LONGEST_DOING else minutes % 60
        case _:
            minutes = min(LONGEST_DOING, counted(minutes, touch, hours=True))
    return Step(turn(visit, replace(place, minutes=minutes)))


def review_touched(visit: Visit, place: Review, touch: Touch, around: Surroundings) -> Step:
    """Did the downside come true, and does the decision go on?"""
    if touch.value == "back":
        return Step(back(visit))
    if touch.value not in ("yes", "no"):
        return Step(visit)
    said_yes = touch.value == "yes"
    if place.came_true is None:
        return Step(go(visit, replace(place, came_true=said_yes)))
    again = day_after(today(around), around.state.charter.review) if said_yes else ""
    return Step(visit, ReviewDecision(place.decision, place.came_true, said_yes, again))


def grievance_touched(visit: Visit, place: Grievance, touch: Touch, around: Surroundings) -> Step:
    """What is tried against it."""
    rows = topics(around.state)
    row = picked(touch, place.at, len(rows))
    text = rows[row] if row is not None else (place.text or "").strip() if touch.value == "typed" else ""
    if not text:
        return _walked(visit, place, touch, len(rows))
    return Step(visit, StartExperiment(place.about, text, day_after(today(around), TRIED_FOR)))


def experiment_touched(visit: Visit, place: Experiment, touch: Touch, around: Surroundings) -> Step:
    """Did it help?"""
    match touch.value:
        case "yes" | "no":
            return Step(visit, ReviewExperiment(place.about, helped=touch.value == "yes"))
        case "back":
            return Step(back(visit))
    return Step(visit)


def close_touched(visit: Visit, place: SureToClose, touch: Touch, around: Surroundings) -> Step:
    """The end, or not yet."""
    match touch.value:
        case "close":
            return Step(visit, CloseCircle())
        case "back":
            return Step(back(visit))
    return Step(visit)


def sees_photos(visit: Visit, around: Surroundings) -> Visit:
    """At the end of the circle: whether a photo of the whiteboard waits to be attached to it; and whether there is
    something for the neighbours to hear of."""
    if not isinstance(visit.place, Summary):
        return visit
    waiting = around.photos()
    photo = waiting[0] if waiting else ""
    return replace(visit, place=replace(visit.place, photo=photo, tell=_to_be_told(around.state)))


def _to_be_told(state: State) -> bool:
    latest, told = state.latest, state.shared.told
    linked = any(not each.parted for each in state.neighbours.values())
    return linked and any(
        latest is not None and each.circle == latest.number and each.id not in told
        for each in state.decisions.values()
    )


def summary_touched(visit: Visit, place: Summary, touch: Touch, around: Surroundings) -> Step:
    """Read on, or go."""
    if touch.value.partition(":")[0] == "page":
        return Step(turn(visit, replace(place, page=place.page + 1)))
    if touch.value == "photo" and place.photo:
        return Step(go(visit, Hands(Care(what="photo", subject=place.photo))))
    if touch.value == "tell" and place.tell:
        return Step(go(visit, Tell()))
    return Step(leave(visit))


# --- answers ----------------------------------------------------------------------------------------------


def after(visit: Visit, command: Command, around: Surroundings) -> Visit | None:
    """Where the circle goes on after something of it was booked; None for what is not the circle's."""
    match command:
        case OpenCircle() | Voice():
            return onward(visit, around)
        case ExtendCircle() if isinstance(visit.place, MoreTime):
            longer = visit.place.turn.given + around.state.charter.extension * 1000
            return turn(back(visit), replace(visit.place.turn, given=longer))
        case JoinCircle():
            return _welcomed(visit, around)
        case CloseCircle():
            return sees_photos(start(visit, Summary()), around)
    sentence = _done(command, around.state)
    if not sentence or around.state.circle is None:
        return None
    said = Said(words=sentence, icon="check", tone="done")
    return say(onward(visit, around), said, around.now.mono)


def _welcomed(visit: Visit, around: Surroundings) -> Visit:
    circle = around.state.circle
    late = circle.roll[-1] if circle else ""
    here = onward(visit, around) if isinstance(visit.place, Agenda) else visit
    return say(here, Said(words=phrase("{name} is in", name=late), icon="badge", tone="done"), around.now.mono)


def _done(command: Command, state: State) -> str:
    match command:
        case TakeTask(badge=badge, words=text):
            doer = state.owner(badge)
            return phrase("{name}: {task}", name=doer.handle if doer else "", task=voiced(text))
        case FinishTask():
            return phrase("Done, and off the list")
        case MoveTask():
            return phrase("It has another day")
        case DropTask():
            return phrase("Let go")
        case DropQuestion():
            return phrase("The question is let go")
        case StartExperiment():
            return phrase("The experiment is on")
        case ReviewExperiment(helped=helped):
            return phrase("It helped, and is off the wall") if helped else phrase("It hangs on the wall again")
        case ReviewDecision(stands=stands):
            return phrase("It goes on") if stands else phrase("It ends here")
    return ""


TAPS: Mapping[type, Callable[..., Step]] = {
    **dict.fromkeys(IN_CIRCLE, comes_late),
    Gathering: taps_in,
    TaskDoer: doer_taps,
}

TOUCHES: Mapping[type, Callable[..., Step]] = {
    Gathering: gathering_touched,
    Turns: turn_touched,
    WriteWords: words_written,
    MoreTime: more_time_touched,
    Agenda: agenda_touched,
    TaskWords: task_touched,
    TaskDay: day_touched,
    TaskDoer: doer_touched,
    OldTask: old_task_touched,
    TaskLength: length_touched,
    Review: review_touched,
    Experiment: experiment_touched,
    Grievance: grievance_touched,
    SureToClose: close_touched,
    Summary: summary_touched,
}
