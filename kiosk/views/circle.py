"""The five-minute circle, as plain words: coming in, speaking in turn, what needs doing, and the end."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from kiosk.amounts import JAR, EntryId, Moment
from kiosk.events import (
    ApprovalClosed,
    Counts,
    DecisionReviewed,
    DutyBegan,
    DutyDrawn,
    DutyEnded,
    DutyHandedOver,
    ExperimentReviewed,
    ExperimentStarted,
    FridayClosed,
    InversionReviewed,
    InversionStarted,
    Outcome,
    ReportHeld,
    RoundClosed,
    TaskTaken,
    duty_called,
)
from kiosk.faces import AskFace, ClosingFace, Decided, Doing, Face, GatherFace, RowsFace, SpeakFace, TapFace
from kiosk.rules.agenda import Item
from kiosk.rules.circle import FEWEST, LONGEST_TASK, LONGEST_VOICED
from kiosk.state import Circle, LatestCircle, same_words
from kiosk.tongue import phrase, plural
from kiosk.views.buttons import (
    asking,
    circle_frame,
    figures,
    key_choices,
    part_of,
    picking,
    seconds,
    short_day,
    writing,
)
from kiosk.views.friday import given_away
from kiosk.views.routines import decided_about, routine_word
from kiosk.views.scene import Scene, frame
from kiosk.views.votes import asked, how, outcome_word, round_of, under_figures
from kiosk.visit import circle_places as places
from kiosk.visit.places import Visit
from kiosk.visit.rows import DAYS, items, topics, voiced, words
from kiosk.words import by, capital, duty_word, local, next_one, period_word, until

T = TypeVar("T")


# --- coming in and speaking -------------------------------------------------------------------------------


def gathering(visit: Visit, place: places.Gathering, scene: Scene) -> GatherFace:
    """Who is here so far, and how much time each has."""
    here = tuple(handle for handle, _ in place.present)
    shared = scene.state.charter.circle * 1000
    enough = len(here) >= FEWEST
    return GatherFace(
        frame=frame(visit, scene, phrase("The circle"), back=False),
        prompt=phrase("Tap in"),
        here=here,
        time=figures(shared // len(here) if enough else shared),
        under=phrase("for each") if enough else phrase("for all of us"),
        words="" if here else phrase("Everybody who is here taps once."),
        choices=tuple(choice for choice in key_choices(place) if choice.key != "begin" or enough),
    )


def turns(visit: Visit, place: places.Turns, scene: Scene) -> Face:
    """Somebody speaks, or their words are picked while they do."""
    circle = scene.state.circle
    speaker = circle.speaker if circle else ""
    left = place.began + place.given - scene.now.mono
    if place.what is not None:
        under = phrase("{name} · {time}", name=speaker, time=figures(left))
        rows = tuple(voiced(each) for each in words(scene.state))
        return picking(visit, place, scene, _sought(place), rows, place.at, under=under)
    spoken = circle.spoken if circle else ()
    return SpeakFace(
        frame=circle_frame(visit, scene),
        speaker=speaker,
        left=seconds(left),
        of=seconds(place.given),
        under=under_figures(left, place.given),
        prompt=phrase("One priority, one obstacle"),
        part=part_of(place.given),
        heard=tuple(
            (voiced(voice.priority), voiced(voice.obstacle)) for voice in (circle.voices if circle else ())
        ),
        spoken=spoken,
        coming=tuple(each for each in (circle.order if circle else ()) if each not in (*spoken, speaker)),
        choices=key_choices(place),
    )


def _sought(place: places.Turns) -> str:
    """What is picked or written just now."""
    return phrase("What comes first?") if place.what == "priority" else phrase("What is in the way?")


def write_words(visit: Visit, place: places.WriteWords, scene: Scene) -> Face:
    """A priority or an obstacle in one's own words."""
    return writing(visit, scene, _sought(place.turn), place.text, LONGEST_VOICED)


def more_time(visit: Visit, place: places.MoreTime, scene: Scene) -> AskFace:
    """A show of hands on the clock."""
    question = phrase("Hands up: one more minute?")
    return asking(visit, place, scene, question, yes=phrase("most hands are up"), no=phrase("not now"))


# --- what needs doing -------------------------------------------------------------------------------------


def agenda(visit: Visit, place: places.Agenda, scene: Scene) -> RowsFace:
    """What the circle may take up."""
    found = items(scene.state, local(scene.now).date())
    rows = tuple(item_words(item) for item in found)
    icons = tuple(ITEM_ICONS[item.kind] for item in found)
    return picking(visit, place, scene, phrase("What needs doing?"), rows, place.at, icons=icons)


ITEM_ICONS = {
    "task": "plus",
    "question": "people",
    "duty": "arrow-right",
    "vote": "undo",
    "late": "clock",
    "review": "calendar",
    "experiment": "calendar",
    "approval": "people",
    "grievance": "info",
    "friday": "jar",
    "receipt": "list",
    "autopsy": "people-several",
    "potluck": "people-several",
    "inversion": "undo",
}
"""A picture for each kind of thing on the list."""


def item_words(item: Item) -> str:
    """One thing on the list."""
    said = voiced(item.words)
    return {
        "task": phrase("a new task"),
        "question": phrase("a question to vote on"),
        "vote": phrase("vote again: {words}", words=said),
        "late": phrase("late: {words}", words=said),
        "review": phrase("look again: {words}", words=said),
        "experiment": phrase("did it help? {words}", words=said),
        "approval": next_one(item.words),
        "duty": phrase("hand over: {duty}", duty=duty_word(item.words)),
        "grievance": phrase("again and again: {words}", words=said),
        "friday": _friday(item.words),
        "receipt": phrase("what became of it: {words}", words=item.words),
        "autopsy": _autopsy(item),
        "potluck": _potluck(item),
        "inversion": phrase("what came of it: {words}", words=routine_word(item.words)),
    }[item.kind]


def _potluck(item: Item) -> str:
    if item.kind != "potluck":
        return ""
    return phrase("look back together: {period}", period=period_word(item.id))


def _autopsy(item: Item) -> str:
    return phrase("take assumptions apart: {period}", period=period_word(item.id)) if item.kind == "autopsy" else ""


def _friday(fund: str) -> str:
    if fund == JAR:
        return phrase("Friday: give the jar away")
    return phrase("Friday: give away {fund}", fund=fund)


def _topics(scene: Scene) -> tuple[str, ...]:
    return tuple(voiced(each) for each in topics(scene.state))


def task_words(visit: Visit, place: places.TaskWords, scene: Scene) -> Face:
    """What is to be done."""
    if place.text is not None:
        return writing(visit, scene, phrase("What is to be done?"), place.text, LONGEST_TASK)
    return picking(visit, place, scene, phrase("What is to be done?"), _topics(scene), place.at)


def task_day(visit: Visit, place: places.TaskDay, scene: Scene) -> Face:
    """By when."""
    return picking(visit, place, scene, phrase("By when?"), tuple(phrase(each) for each in DAYS), place.at)


def task_doer(visit: Visit, place: places.TaskDoer, scene: Scene) -> Face:
    """Who does it."""
    return TapFace(
        frame=circle_frame(visit, scene),
        prompt=phrase("Who does it? Tap your badge"),
        words=phrase("{task}, {due}", task=voiced(place.words), due=by(place.due)),
        choices=key_choices(place),
    )


def old_task(visit: Visit, place: places.OldTask, scene: Scene) -> Face:
    """A task past its day."""
    task = scene.state.tasks.get(place.task)
    facts = {"name": task.doer, "task": voiced(task.words), "due": by(task.due)} if task else None
    text = phrase("{name}: {task}, {due}", **facts) if facts else ""
    return asking(visit, place, scene, phrase("Past its day"), text)


def grievance(visit: Visit, place: places.Grievance, scene: Scene) -> Face:
    """What is tried against it."""
    if place.text is not None:
        return writing(visit, scene, phrase("What do we try for a month?"), place.text, LONGEST_TASK)
    question = phrase("{obstacle}: what do we try for a month?", obstacle=voiced(place.about))
    return picking(visit, place, scene, question, _topics(scene), place.at)


def experiment(visit: Visit, place: places.Experiment, scene: Scene) -> AskFace:
    """An experiment is looked at."""
    against = scene.state.heard.obstacles.get(same_words(place.about))
    told = phrase("In the way was: {obstacle}.", obstacle=voiced(place.about))
    if against and against.tried:
        tried = phrase("We tried: {words}.", words=voiced(against.tried))
        told = f"{told} {tried}"
    return asking(visit, place, scene, phrase("Did it help?"), told)


def review(visit: Visit, place: places.Review, scene: Scene) -> Face:
    """A decision is looked at again."""
    decision = scene.state.decisions.get(place.decision)
    decided = voiced(decision.words) if decision else ""
    if place.came_true is not None:
        return asking(visit, place, scene, phrase("Does it go on?"), decided)
    told = f"{decided}."
    if decision and decision.downside:
        feared = phrase("What was feared: {words}.", words=voiced(decision.downside))
        told = f"{told} {feared}"
    return asking(visit, place, scene, phrase("Did the downside come true?"), told)


def sure_to_close(visit: Visit, place: places.SureToClose, scene: Scene) -> Face:
    """About to end."""
    return asking(
        visit, place, scene, phrase("Close the circle?"), close=phrase("close it"), back=phrase("not yet")
    )


# --- the end ----------------------------------------------------------------------------------------------

LETTERS, LINES = 27, 9.0
"""Letters in a line of the end's columns, and lines on a page, at the smallest type on the smallest screen."""


def summary(visit: Visit, place: places.Summary, scene: Scene) -> ClosingFace:
    """What was decided and who does what, as much on a page as there is room for."""
    latest = scene.state.latest
    entries = latest.entries if latest else ()
    decided = pages_of([made for entry in entries if (made := decided_in(entry, scene))], decided_lines)
    doing = pages_of([taken for entry in entries if (taken := taken_on(entry, scene))], doing_lines)
    count = max(1, len(decided), len(doing))
    page = place.page % count
    title = phrase("Circle {number}", number=latest.number if latest else 0)
    return ClosingFace(
        frame=frame(visit, scene, title, back=False, leave=False),
        facts=_people_and_time(latest) if latest else "",
        decided=decided[page] if page < len(decided) else (),
        doing=doing[page] if page < len(doing) else (),
        page=(page + 1, count),
        empty="" if decided or doing else phrase("Nothing was decided, and nobody took anything on."),
        choices=tuple(choice for choice in key_choices(place) if count > 1 or choice.key != "page:1"),
    )


def _people_and_time(latest: LatestCircle) -> str:
    people = plural("{n} person", "{n} people", latest.people)
    return phrase("{people} · {time}", people=people, time=minutes(latest.opened, latest.end))


def pages_of(things: Sequence[T], lines: Callable[[T], float]) -> tuple[tuple[T, ...], ...]:
    """Things in their order, as many on a page as its lines hold, and at least one."""
    pages: list[list[T]] = []
    left = 0.0
    for thing in things:
        needs = lines(thing)
        if needs > left or not pages:
            pages.append([])
            left = LINES
        pages[-1].append(thing)
        left -= needs
    return tuple(tuple(page) for page in pages)


def decided_lines(decided: Decided) -> float:
    """How many lines of a page a decision takes, with the air after it."""
    return _lines(decided.words) + _lines(decided.more) + 0.6


def doing_lines(doing: Doing) -> float:
    """How many lines of a page a task takes: the name is larger, and then there is air."""
    said = phrase("{task}, {due}", task=doing.words, due=doing.by)
    return _lines(said) + 2.0


def _lines(text: str) -> int:
    return -(-len(text) // LETTERS)


def minutes(began: Moment, ended: Moment | None) -> str:
    """How long it took."""
    taken = max(1, round(((ended or began).wall - began.wall) / 60_000))
    return phrase("{minutes} min", minutes=taken)


def decided_in(entry: EntryId, scene: Scene) -> Decided | None:
    """What was decided with an entry of the latest circle; None where nothing was."""
    found = scene.find(entry)
    match found.entry.event if found else None:
        case RoundClosed(round=opened, outcome=result, counts=counts):
            event = round_of(opened, scene)
            told = _came(result, counts)
            if event and result == "carried":
                told = phrase("{told} · looked at again {day}", told=told, day=short_day(event.review))
            return Decided(voiced(event.question) if event else "", told, how(result))
        case ExperimentStarted(about=about, words=text):
            tried = phrase("We try: {words}", words=voiced(text))
            return Decided(tried, phrase("against “{obstacle}”", obstacle=voiced(about)), "waits")
        case ExperimentReviewed(about=about, helped=helped):
            tried = phrase("What we tried against “{obstacle}”", obstacle=voiced(about))
            came = phrase("it helped") if helped else phrase("it did not help, and hangs on the wall again")
            return Decided(tried, came, "carried" if helped else "other")
        case FridayClosed() as closed:
            return Decided(*given_away(closed), "carried")
        case ApprovalClosed(duty=duty, coming=coming, fund=fund):
            came = coming or phrase("nobody was chosen")
            return Decided(next_one(duty_called(duty, fund)), came, "carried" if coming else "other")
        case DecisionReviewed(decision=decision, stands=stands):
            came = phrase("goes on") if stands else phrase("ended")
            return Decided(voiced(asked(decision, scene)), came, "carried" if stands else "other")
        case ReportHeld() | InversionStarted() | InversionReviewed() as event:
            return Decided(*decided_about(event, scene), "carried")
        case DutyDrawn(duty=duty, coming=coming, fund=fund):
            return Decided(next_one(duty_called(duty, fund)), phrase("{name}, by lot", name=coming), "carried")
        case DutyBegan(duty=duty, fund=fund):
            return Decided(phrase("{duty} goes round", duty=_called(duty, fund)), "", "carried")
        case DutyEnded(duty=duty, fund=fund):
            return Decided(phrase("{duty} goes round no more", duty=_called(duty, fund)), "", "carried")
    return None


def _came(result: Outcome, counts: Counts | None) -> str:
    came = outcome_word(result)
    return phrase("{came}, {yes} to {no}", came=came, yes=counts.yes, no=counts.no) if counts else came


def _called(duty: str, fund: str) -> str:
    return capital(duty_word(duty_called(duty, fund)))


def taken_on(entry: EntryId, scene: Scene) -> Doing | None:
    """Who took what on with an entry of the latest circle; None where nobody did."""
    found = scene.find(entry)
    match found.entry.event if found else None:
        case TaskTaken(doer=doer, words=text, due=due):
            return Doing(doer, voiced(text), by(due))
        case DutyHandedOver(coming=coming, duty=duty, until=last, fund=fund):
            return Doing(coming, duty_word(duty_called(duty, fund)), until(last))
    return None


def circle_line(scene: Scene) -> str:
    """What the wall's way to the circle says."""
    circle: Circle | None = scene.state.circle
    return phrase("go on with circle {number}", number=circle.number) if circle else phrase("the circle")
