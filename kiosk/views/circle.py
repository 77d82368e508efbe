"""The five-minute circle, as plain words: coming in, speaking in turn, what needs doing, and the end."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from kiosk.amounts import JAR, EntryId, Moment
from kiosk.events import (
    ApprovalClosed,
    DecisionReviewed,
    DutyBegan,
    DutyDrawn,
    DutyEnded,
    DutyHandedOver,
    ExperimentReviewed,
    ExperimentStarted,
    FridayClosed,
    RoundClosed,
    TaskTaken,
    duty_called,
)
from kiosk.faces import AskFace, ClosingFace, Decided, Doing, Face, GatherFace, RowsFace, SpeakFace, TapFace
from kiosk.rules.agenda import Item
from kiosk.rules.circle import FEWEST, LONGEST_TASK, LONGEST_VOICED
from kiosk.state import Circle, same_words
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
from kiosk.views.scene import Scene, frame
from kiosk.views.votes import asked, how, outcome_word, round_of, under_figures
from kiosk.visit import circle_places as places
from kiosk.visit.places import Visit
from kiosk.visit.rows import DAYS, items, topics, words
from kiosk.words import by, capital, local, next_one, until

T = TypeVar("T")


# --- coming in and speaking -------------------------------------------------------------------------------


def gathering(visit: Visit, place: places.Gathering, scene: Scene) -> GatherFace:
    """Who is here so far, and how much time each has."""
    here = tuple(handle for handle, _ in place.present)
    shared = scene.state.charter.circle * 1000
    enough = len(here) >= FEWEST
    return GatherFace(
        frame=frame(visit, scene, "The circle", back=False),
        prompt="Tap in",
        here=here,
        time=figures(shared // len(here) if enough else shared),
        under="for each" if enough else "for all of us",
        words="" if here else "Everybody who is here taps once.",
        choices=tuple(choice for choice in key_choices(place) if choice.key != "begin" or enough),
    )


def turns(visit: Visit, place: places.Turns, scene: Scene) -> Face:
    """Somebody speaks, or their words are picked while they do."""
    circle = scene.state.circle
    speaker = circle.speaker if circle else ""
    left = place.began + place.given - scene.now.mono
    if place.what is not None:
        question = "What comes first?" if place.what == "priority" else "What is in the way?"
        under = f"{speaker} · {figures(left)}"
        return picking(visit, place, scene, question, words(scene.state), place.at, under=under)
    spoken = circle.spoken if circle else ()
    return SpeakFace(
        frame=circle_frame(visit, scene),
        speaker=speaker,
        left=seconds(left),
        of=seconds(place.given),
        under=under_figures(left, place.given),
        prompt="One priority, one obstacle",
        part=part_of(place.given),
        heard=tuple((voice.priority, voice.obstacle) for voice in (circle.voices if circle else ())),
        spoken=spoken,
        coming=tuple(each for each in (circle.order if circle else ()) if each not in (*spoken, speaker)),
        choices=key_choices(place),
    )


def write_words(visit: Visit, place: places.WriteWords, scene: Scene) -> Face:
    """A priority or an obstacle in one's own words."""
    label = "What comes first?" if place.turn.what == "priority" else "What is in the way?"
    return writing(visit, scene, label, place.text, LONGEST_VOICED)


def more_time(visit: Visit, place: places.MoreTime, scene: Scene) -> AskFace:
    """A show of hands on the clock."""
    return asking(visit, place, scene, "Hands up: one more minute?", yes="most hands are up", no="not now")


# --- what needs doing -------------------------------------------------------------------------------------


def agenda(visit: Visit, place: places.Agenda, scene: Scene) -> RowsFace:
    """What the circle may take up."""
    found = items(scene.state, local(scene.now).date())
    rows = tuple(item_words(item) for item in found)
    icons = tuple(ITEM_ICONS[item.kind] for item in found)
    return picking(visit, place, scene, "What needs doing?", rows, place.at, icons=icons)


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
}
"""A picture for each kind of thing on the list."""


def item_words(item: Item) -> str:
    """One thing on the list."""
    return {
        "task": "a new task",
        "question": "a question to vote on",
        "vote": f"vote again: {item.words}",
        "late": f"late: {item.words}",
        "review": f"look again: {item.words}",
        "experiment": f"did it help? {item.words}",
        "approval": next_one(item.words),
        "duty": f"hand over: {item.words}",
        "grievance": f"again and again: {item.words}",
        "friday": "Friday: give the jar away" if item.words == JAR else f"Friday: give away {item.words}",
        "receipt": f"what became of it: {item.words}",
    }[item.kind]


def task_words(visit: Visit, place: places.TaskWords, scene: Scene) -> Face:
    """What is to be done."""
    if place.text is not None:
        return writing(visit, scene, "What is to be done?", place.text, LONGEST_TASK)
    return picking(visit, place, scene, "What is to be done?", topics(scene.state), place.at)


def task_day(visit: Visit, place: places.TaskDay, scene: Scene) -> Face:
    """By when."""
    return picking(visit, place, scene, "By when?", tuple(DAYS), place.at)


def task_doer(visit: Visit, place: places.TaskDoer, scene: Scene) -> Face:
    """Who does it."""
    return TapFace(
        frame=circle_frame(visit, scene),
        prompt="Who does it? Tap your badge",
        words=f"{place.words}, {by(place.due)}",
        choices=key_choices(place),
    )


def old_task(visit: Visit, place: places.OldTask, scene: Scene) -> Face:
    """A task past its day."""
    task = scene.state.tasks.get(place.task)
    text = f"{task.doer}: {task.words}, {by(task.due)}" if task else ""
    return asking(visit, place, scene, "Past its day", text)


def grievance(visit: Visit, place: places.Grievance, scene: Scene) -> Face:
    """What is tried against it."""
    if place.text is not None:
        return writing(visit, scene, "What do we try for a month?", place.text, LONGEST_TASK)
    return picking(
        visit, place, scene, f"{place.about}: what do we try for a month?", topics(scene.state), place.at
    )


def experiment(visit: Visit, place: places.Experiment, scene: Scene) -> AskFace:
    """An experiment is looked at."""
    against = scene.state.heard.obstacles.get(same_words(place.about))
    tried = f" We tried: {against.tried}." if against and against.tried else ""
    return asking(visit, place, scene, "Did it help?", f"In the way was: {place.about}.{tried}")


def review(visit: Visit, place: places.Review, scene: Scene) -> Face:
    """A decision is looked at again."""
    decision = scene.state.decisions.get(place.decision)
    words_ = decision.words if decision else ""
    if place.came_true is not None:
        return asking(visit, place, scene, "Does it go on?", words_)
    feared = f" What was feared: {decision.downside}." if decision and decision.downside else ""
    return asking(visit, place, scene, "Did the downside come true?", f"{words_}.{feared}")


def sure_to_close(visit: Visit, place: places.SureToClose, scene: Scene) -> Face:
    """About to end."""
    return asking(visit, place, scene, "Close the circle?", close="close it", back="not yet")


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
    return ClosingFace(
        frame=frame(visit, scene, f"Circle {latest.number if latest else 0}", back=False, leave=False),
        facts=f"{latest.people if latest else 0} people · {minutes(latest.opened, latest.end) if latest else ''}",
        decided=decided[page] if page < len(decided) else (),
        doing=doing[page] if page < len(doing) else (),
        page=(page + 1, count),
        empty="" if decided or doing else "Nothing was decided, and nobody took anything on.",
        choices=tuple(choice for choice in key_choices(place) if count > 1 or choice.key != "page:1"),
    )


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
    return _lines(f"{doing.words}, {doing.by}") + 2.0


def _lines(text: str) -> int:
    return -(-len(text) // LETTERS)


def minutes(began: Moment, ended: Moment | None) -> str:
    """How long it took."""
    taken = max(1, round(((ended or began).wall - began.wall) / 60_000))
    return f"{taken} min"


def decided_in(entry: EntryId, scene: Scene) -> Decided | None:
    """What was decided with an entry of the latest circle; None where nothing was."""
    found = scene.find(entry)
    match found.entry.event if found else None:
        case RoundClosed(round=opened, outcome=result, counts=counts):
            came = outcome_word(result)
            told = f"{came}, {counts.yes} to {counts.no}" if counts else came
            event = round_of(opened, scene)
            again = f" · looked at again {short_day(event.review)}" if event and result == "carried" else ""
            return Decided(event.question if event else "", f"{told}{again}", how(result))
        case ExperimentStarted(about=about, words=text):
            return Decided(f"We try: {text}", f"against “{about}”", "waits")
        case ExperimentReviewed(about=about, helped=helped):
            came = "it helped" if helped else "it did not help, and hangs on the wall again"
            return Decided(f"What we tried against “{about}”", came, "carried" if helped else "other")
        case FridayClosed() as closed:
            return Decided(*given_away(closed), "carried")
        case ApprovalClosed(duty=duty, coming=coming, fund=fund):
            return Decided(
                next_one(duty_called(duty, fund)), coming or "nobody was chosen", "carried" if coming else "other"
            )
        case DecisionReviewed(decision=decision, stands=stands):
            return Decided(
                asked(decision, scene), "goes on" if stands else "ended", "carried" if stands else "other"
            )
        case DutyDrawn(duty=duty, coming=coming, fund=fund):
            return Decided(next_one(duty_called(duty, fund)), f"{coming}, by lot", "carried")
        case DutyBegan(duty=duty, fund=fund):
            return Decided(f"{capital(duty_called(duty, fund))} goes round", "", "carried")
        case DutyEnded(duty=duty, fund=fund):
            return Decided(f"{capital(duty_called(duty, fund))} goes round no more", "", "carried")
    return None


def taken_on(entry: EntryId, scene: Scene) -> Doing | None:
    """Who took what on with an entry of the latest circle; None where nobody did."""
    found = scene.find(entry)
    match found.entry.event if found else None:
        case TaskTaken(doer=doer, words=text, due=due):
            return Doing(doer, text, by(due))
        case DutyHandedOver(coming=coming, duty=duty, until=last, fund=fund):
            return Doing(coming, duty_called(duty, fund), until(last))
    return None


def circle_line(scene: Scene) -> str:
    """What the wall's way to the circle says."""
    circle: Circle | None = scene.state.circle
    return f"go on with circle {circle.number}" if circle else "the circle"
