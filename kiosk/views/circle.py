"""The five-minute circle and its votes, as plain words. Nothing here can know what anybody pressed."""

from datetime import date

from kiosk.amounts import EntryId, Moment
from kiosk.events import (
    ApprovalClosed,
    Counts,
    DecisionReviewed,
    DutyBegan,
    DutyDrawn,
    DutyEnded,
    DutyHandedOver,
    ExperimentStarted,
    Outcome,
    RoundClosed,
    RoundOpened,
    RoundVoided,
    TaskTaken,
)
from kiosk.faces import Choice, Face, Frame, TapFace, TilesFace, TroubleFace, TypeFace
from kiosk.rules.agenda import Item
from kiosk.rules.circle import FEWEST, LONGEST_TASK, LONGEST_VOICED
from kiosk.rules.votes import LONGEST_DOWNSIDE, LONGEST_QUESTION, who_argues
from kiosk.state import Circle
from kiosk.views.scene import Scene, frame
from kiosk.visit import circle_places as places
from kiosk.visit.circling import keys
from kiosk.visit.places import Place, Visit
from kiosk.visit.rows import DAYS, DETAILS, PAGE, REVIEWS, items, topics, words
from kiosk.words import capital, local, names

SHAPES = ("circle", "square", "triangle")

SAYS = {
    "begin": "begin",
    "stop": "not now",
    "note": "note it",
    "pass": "pass",
    "longer": "more",
    "take": "take it",
    "next": "next",
    "none": "none",
    "back": "back",
    "yes": "yes",
    "no": "no",
    "close": "close",
    "done": "done",
    "day": "another day",
    "drop": "let it go",
    "vote": "vote",
    "void": "take it again",
    "go on": "go on",
    "on": "on",
    "page:1": "more",
    "press:yes": "yes",
    "press:no": "no",
    "press:abstain": "abstain",
    "ask": "to the buttons",
}
"""What the three buttons are called where they do this."""

OUTCOMES = {
    "carried": ("Carried", "More said yes than no. It stands."),
    "waits": (
        "Everyone said yes",
        "That is when one looks again: it is voted once more in the next circle, and then it stands.",
    ),
    "not carried": ("Not carried", "It stays as it was."),
    "tied": ("A tie", "A tie is not broken. Talk further, and vote again."),
    "too few": ("Too few pressed", "Less than half of those here took part. Nothing is decided."),
}
"""What came of a vote, and what it means now."""


def key_choices(place: Place, **other: str) -> tuple[Choice, ...]:
    """The three buttons as they can be touched, each with its shape."""
    known = {**SAYS, **other}
    return tuple(
        Choice(key=key, words=known[key], icon=shape) for key, shape in zip(keys(place), SHAPES, strict=True) if key
    )


def circle_frame(visit: Visit, scene: Scene, title: str = "", *, leave: bool = True) -> Frame:
    """The frame of the circle; its own keys are the way back."""
    number = scene.state.circle.number if scene.state.circle else 0
    return frame(visit, scene, title or f"Circle {number}", back=False, leave=leave)


def figures(milliseconds: int) -> str:
    """A time as a clock shows it: "0:37"."""
    seconds = max(0, -(-milliseconds // 1000))
    return f"{seconds // 60}:{seconds % 60:02d}"


def picking(visit: Visit, place: Place, scene: Scene, question: str, rows: tuple[str, ...], at: int) -> TilesFace:
    """A list that three buttons walk through: the marked row is the strong one."""
    at %= max(1, len(rows))
    first = at // PAGE * PAGE
    choices = tuple(
        Choice(
            f"row:{number}",
            short(text),
            icon="circle" if number == at else "",
            tone="strong" if number == at else "plain",
        )
        for number, text in enumerate(rows[first : first + PAGE], start=first)
    )
    write = (
        (Choice("write", "write it", "note"),) if hasattr(place, "text") or isinstance(place, places.Turns) else ()
    )
    return TilesFace(
        frame=circle_frame(visit, scene, question),
        choices=(*choices, *write),
        extra=key_choices(place),
        page=(first // PAGE + 1, -(-max(1, len(rows)) // PAGE)),
    )


TILE = 40
"""Letters that fit a tile."""


def short(text: str) -> str:
    """Words cut to what fits a tile, and seen to be cut."""
    return text if len(text) <= TILE else text[: TILE - 1].rstrip() + "…"


def asking(visit: Visit, place: Place, scene: Scene, question: str, text: str = "", **other: str) -> TilesFace:
    """One question with up to three answers."""
    return TilesFace(frame=circle_frame(visit, scene, question), choices=key_choices(place, **other), words=text)


def writing(visit: Visit, scene: Scene, label: str, text: str, longest: int) -> TypeFace:
    """Words of one's own."""
    return TypeFace(
        frame=frame(visit, scene, "The circle", back=True),
        label=label,
        text=text,
        longest=longest,
        ready=bool(text.strip()),
    )


# --- coming in and speaking -------------------------------------------------------------------------------


def gathering(visit: Visit, place: places.Gathering, scene: Scene) -> Face:
    """Who is here so far."""
    here = [handle for handle, _ in place.present]
    each = scene.state.charter.circle * 1000 // max(1, len(here))
    said = f"Here: {names(here)}." if here else "Everybody who is here taps once."
    time = f" {figures(each)} for each." if len(here) >= FEWEST else ""
    return TapFace(
        frame=frame(visit, scene, "The circle", back=False),
        prompt="Tap in",
        words=f"{said}{time}",
        choices=tuple(choice for choice in key_choices(place) if choice.key != "begin" or len(here) >= FEWEST),
    )


def turns(visit: Visit, place: places.Turns, scene: Scene) -> Face:
    """Somebody speaks, or their words are picked while they do."""
    circle = scene.state.circle
    speaker = circle.speaker if circle else ""
    left = figures(place.began + place.given - scene.now.mono)
    if place.what is not None:
        question = (
            f"{speaker}, {left}: what comes first?"
            if place.what == "priority"
            else f"{speaker}, {left}: what is in the way?"
        )
        return picking(visit, place, scene, question, words(scene.state), place.at)
    return TapFace(
        frame=circle_frame(visit, scene),
        prompt=f"{speaker}  {left}",
        words="One priority, one obstacle.",
        dots_filled=len(circle.spoken) if circle else 0,
        dots=len(circle.order) if circle else 0,
        choices=key_choices(place),
    )


def write_words(visit: Visit, place: places.WriteWords, scene: Scene) -> Face:
    """A priority or an obstacle in one's own words."""
    label = "What comes first?" if place.turn.what == "priority" else "What is in the way?"
    return writing(visit, scene, label, place.text, LONGEST_VOICED)


def more_time(visit: Visit, place: places.MoreTime, scene: Scene) -> Face:
    """A show of hands on the clock."""
    return asking(visit, place, scene, "Hands up: one more minute?", yes="most hands are up", no="not now")


# --- what needs doing -------------------------------------------------------------------------------------


def agenda(visit: Visit, place: places.Agenda, scene: Scene) -> Face:
    """What the circle may take up."""
    rows = tuple(item_words(item) for item in items(scene.state, local(scene.now).date()))
    return picking(visit, place, scene, "What needs doing?", rows, place.at)


def item_words(item: Item) -> str:
    """One thing on the list."""
    return {
        "task": "a new task",
        "question": "a question to vote on",
        "duty": f"hand over: {item.words}",
        "vote": f"vote again: {item.words}",
        "late": f"late: {item.words}",
        "review": f"look again: {item.words}",
        "grievance": f"again and again: {item.words}",
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


def by(due: str) -> str:
    """A day as a promise names it: "by Fri 27 Nov"."""
    parsed = date.fromisoformat(due)
    return f"by {parsed:%a} {parsed.day} {parsed:%b}"


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


# --- votes ------------------------------------------------------------------------------------------------


def question_words(visit: Visit, place: places.QuestionWords, scene: Scene) -> Face:
    """What is asked."""
    if place.text is not None:
        return writing(
            visit, scene, "What is the question? So that yes and no answer it", place.text, LONGEST_QUESTION
        )
    return picking(visit, place, scene, "What is the question?", topics(scene.state), place.at)


def question_detail(visit: Visit, place: places.QuestionDetail, scene: Scene) -> Face:
    """How much is told."""
    return picking(visit, place, scene, "What is told of the result?", tuple(DETAILS.values()), place.at)


def question_review(visit: Visit, place: places.QuestionReview, scene: Scene) -> Face:
    """When it is looked at again."""
    return picking(visit, place, scene, "When do we look at it again?", tuple(REVIEWS), place.at)


def old_question(visit: Visit, place: places.OldQuestion, scene: Scene) -> Face:
    """Vote again, or let it go."""
    question = scene.state.questions.get(place.question)
    return asking(visit, place, scene, "Vote again?", question.words if question else "")


def against(visit: Visit, place: places.Against, scene: Scene) -> Face:
    """The other side has a minute."""
    circle = scene.state.circle
    speaker = who_argues(scene.state, circle.roll) if circle else ""
    if place.text is not None:
        return writing(visit, scene, f"What does {speaker} fear?", place.text, LONGEST_DOWNSIDE)
    if place.noting:
        return picking(visit, place, scene, f"What does {speaker} fear?", topics(scene.state), place.at)
    left = figures(place.began + scene.state.charter.downside * 1000 - scene.now.mono)
    return TapFace(
        frame=circle_frame(visit, scene, "The other side"),
        prompt=f"{speaker}  {left}",
        words=f"Argues against it, also when in favour: {place.asking.question}",
        choices=key_choices(place),
    )


def voting(visit: Visit, place: places.Voting, scene: Scene) -> Face:
    """The question, and how many have pressed. Nothing else is known here."""
    circle = scene.state.circle
    opened = circle.round if circle else None
    people = len(opened.roll) if opened else 0
    if place.stopping:
        text = f"{place.pressed} of {people} have pressed."
        return asking(visit, place, scene, "Stop this vote?", text, close="count it now")
    full = place.pressed >= people
    state = "All have pressed. It is being counted." if full else f"{place.pressed} of {people} have pressed."
    return TilesFace(
        frame=frame(visit, scene, opened.question if opened else "", back=True, leave=False),
        choices=key_choices(place),
        words=state,
    )


def outcome(visit: Visit, place: places.Outcome, scene: Scene) -> Face:
    """What came of it."""
    found = scene.find(place.entry)
    ended = found.entry.event if found else None
    if not isinstance(ended, RoundClosed | RoundVoided):
        return asking(visit, place, scene, "")
    question = asked(ended.round, scene)
    if isinstance(ended, RoundVoided):
        why = "The power was cut. " if ended.why == "power cut" else ""
        return TroubleFace(
            frame=circle_frame(visit, scene, question),
            words="This vote is void",
            mend=f"{why}No press of it is kept anywhere. It waits on the list to be voted again.",
            icon="info",
            choices=key_choices(place),
        )
    title, meaning = OUTCOMES[ended.outcome]
    return TroubleFace(
        frame=circle_frame(visit, scene, question),
        words=title,
        mend=f"{told_counts(ended.counts)}{meaning}",
        icon="check" if ended.outcome == "carried" else "info",
        choices=key_choices(place),
    )


def asked(opened: EntryId, scene: Scene) -> str:
    """The question of a round."""
    found = scene.find(opened)
    event = found.entry.event if found else None
    return event.question if isinstance(event, RoundOpened) else ""


def told_counts(counts: Counts | None) -> str:
    """The counts in words, where they are told."""
    if counts is None:
        return ""
    return f"{counts.yes} yes, {counts.no} no, {counts.abstain} abstained. "


# --- the end ----------------------------------------------------------------------------------------------

SHOWN = 3
"""Lines on one page of the end."""


def summary(visit: Visit, place: places.Summary, scene: Scene) -> Face:
    """What was decided and who does what, a few lines at a time."""
    latest = scene.state.latest
    told = tuple(line for entry in (latest.entries if latest else ()) if (line := happened(entry, scene)))
    pages = max(1, -(-len(told) // SHOWN))
    page = place.page % pages
    shown = told[page * SHOWN : (page + 1) * SHOWN]
    return TroubleFace(
        frame=frame(visit, scene, f"Circle {latest.number if latest else 0}", back=False, leave=False),
        words=f"{latest.people if latest else 0} people, {minutes(latest.opened, latest.end) if latest else ''}",
        mend=" ".join(shown) or "Nothing was decided, and nobody took anything on.",
        icon="people",
        choices=tuple(choice for choice in key_choices(place) if pages > 1 or choice.key != "page:1"),
    )


def minutes(began: Moment, ended: Moment | None) -> str:
    """How long it took."""
    taken = max(1, round(((ended or began).wall - began.wall) / 60_000))
    return f"{taken} minute{'s' if taken > 1 else ''}"


def happened(entry: EntryId, scene: Scene) -> str:
    """One thing that the latest circle did, as a sentence; "" for what is not told."""
    found = scene.find(entry)
    match found.entry.event if found else None:
        case RoundClosed(round=opened, outcome=result, counts=counts):
            return f"“{asked(opened, scene)}”: {told_counts(counts)}{outcome_word(result)}."
        case TaskTaken(doer=doer, words=text, due=due):
            return f"{doer}: {text}, {by(due)}."
        case ExperimentStarted(about=about, words=text):
            return f"Against “{about}” we try: {text}."
        case DecisionReviewed(decision=decision, stands=stands):
            return f"“{asked(decision, scene)}” {'goes on' if stands else 'ended'}."
        case event:
            return duty_happened(event)


def duty_happened(event: object) -> str:
    """What was done about a duty, as a short sentence."""
    match event:
        case DutyHandedOver(duty=duty, leaving=leaving, coming=coming):
            return f"{capital(duty)}: {leaving} → {coming}." if leaving else f"{capital(duty)}: {coming}."
        case DutyDrawn(duty=duty, coming=coming):
            return f"{capital(duty)}: {coming} was drawn."
        case ApprovalClosed(duty=duty, coming=coming):
            return f"{capital(duty)}: {coming or 'nobody'} was approved of."
        case DutyBegan(duty=duty):
            return f"{capital(duty)} goes round."
        case DutyEnded(duty=duty):
            return f"{capital(duty)} goes round no more."
    return ""


def outcome_word(result: Outcome) -> str:
    """What came of a vote, at the end of a sentence."""
    return "everyone said yes, voted again next time" if result == "waits" else OUTCOMES[result][0].lower()


def circle_line(scene: Scene) -> str:
    """What the wall's way to the circle says."""
    circle: Circle | None = scene.state.circle
    return f"go on with circle {circle.number}" if circle else "the circle"
