"""The daily circle: who is there, who speaks when, what was said, and its end."""

from kiosk.amounts import STEP, Handle
from kiosk.commands import (
    CloseCircle,
    DropTask,
    ExtendCircle,
    FinishTask,
    JoinCircle,
    MoveTask,
    OpenCircle,
    Refusal,
    ReviewExperiment,
    StartExperiment,
    TakeTask,
    Voice,
)
from kiosk.events import (
    AnyEvent,
    CircleClosed,
    CircleExtended,
    CircleJoined,
    CircleOpened,
    ExperimentReviewed,
    ExperimentStarted,
    RoundVoided,
    TaskDone,
    TaskDropped,
    TaskMoved,
    TaskTaken,
    Voiced,
)
from kiosk.rules.agenda import due_experiments, grievances
from kiosk.rules.badges import handles, owner, owners
from kiosk.rules.case import Case, Verdict
from kiosk.rules.days import A_YEAR, later_day
from kiosk.rules.writing import plain_words
from kiosk.state import Circle
from kiosk.words import local

FEWEST = 2
"""People that make a circle."""

LONGEST_VOICED, LONGEST_TASK = 60, 120
"""Characters."""

LONGEST_DOING = 200 * 60
"""Minutes that one task may have taken."""


def opened(case: Case) -> Circle | Refusal:
    """The circle that is open."""
    return case.state.circle or Refusal("no circle", "No circle is open. Open one first: everybody taps a badge.")


def not_now(circle: Circle, case: Case) -> Refusal | None:
    """Why nothing can be put to the buttons just now: one thing after another, and never to one person alone."""
    refused = vote_open(case)
    if refused:
        return refused
    if len(circle.roll) < FEWEST:
        return Refusal("too few", "A vote takes two people. Wait until somebody else taps in.")
    return None


def open_circle(command: OpenCircle, case: Case) -> Verdict:
    """Begin, with all who tapped in and whoever opened it; one that was left open on another day ends first."""
    opener = owner(command.opener, case) if command.opener else None
    if isinstance(opener, Refusal):
        return opener
    members = owners((command.opener, *command.badges) if opener else command.badges, case)
    if isinstance(members, Refusal):
        return members
    if len(members) < FEWEST:
        return Refusal("too few", "A circle takes two people. Everybody who is here taps a badge.")
    left = _left_open(case)
    if isinstance(left, Refusal):
        return left
    here = set(handles(members))
    roll = tuple(member.handle for member in case.state.present() if member.handle in here)
    latest = case.state.latest
    return (
        *left,
        CircleOpened(
            number=latest.number + 1 if latest else 1,
            opener=opener.handle if opener else "",
            roll=roll,
            order=shuffled(roll, command.draw),
            seconds=case.state.charter.circle,
        ),
    )


def _left_open(case: Case) -> tuple[AnyEvent, ...] | Refusal:
    circle = case.state.circle
    if circle is None:
        return ()
    if local(circle.opened).date() == local(case.now).date():
        return Refusal("open already", "The circle is open already. Go on with it.")
    open_now = (circle.vote, case.state.friday)
    void = (RoundVoided(each.id, "given up") for each in open_now if each)
    return (*void, CircleClosed(circle.number, left_open=True))


def shuffled(people: tuple[Handle, ...], draw: int) -> tuple[Handle, ...]:
    """An order drawn by one number (Fisher and Yates; Durstenfeld 1964): each order comes from some number."""
    order = list(people)
    for last in range(len(order) - 1, 0, -1):
        draw, place = divmod(draw, last + 1)
        order[last], order[place] = order[place], order[last]
    return tuple(order)


def join_circle(command: JoinCircle, case: Case) -> Verdict:
    """Come late, and speak last."""
    circle, member = opened(case), owner(command.badge, case)
    if isinstance(circle, Refusal):
        return circle
    if isinstance(member, Refusal):
        return member
    if member.handle in circle.roll:
        return Refusal("in already", "{handle} is in already. No need to tap again.", {"handle": member.handle})
    return (CircleJoined(circle.number, member.handle),)


def voice(command: Voice, case: Case) -> Verdict:
    """The turn of whoever speaks is over."""
    circle = opened(case)
    if isinstance(circle, Refusal):
        return circle
    if not circle.speaker:
        return Refusal("all spoke", "Everybody has spoken. Go on with what needs doing.")
    said = [_voiced(text) for text in (command.priority, command.obstacle)]
    for words in said:
        if isinstance(words, Refusal):
            return words
    return (Voiced(circle.number, circle.speaker, str(said[0]), str(said[1])),)


def _voiced(text: str) -> str | Refusal:
    return plain_words(text, least=1, most=LONGEST_VOICED) if text.strip() else ""


def extend_circle(command: ExtendCircle, case: Case) -> Verdict:
    """More time, by a show of hands."""
    circle = opened(case)
    if isinstance(circle, Refusal):
        return circle
    return (CircleExtended(circle.number, case.state.charter.extension),)


def vote_open(case: Case) -> Refusal | None:
    """Why nothing else can be put to the buttons, and the circle can't end: one thing after another."""
    circle = case.state.circle
    if circle is not None and circle.vote is not None:
        return Refusal("vote open", "A vote is open. Finish it first, or stop it.")
    return friday_open(case)


def friday_open(case: Case) -> Refusal | None:
    """What to say while a jar is being given away."""
    if case.state.friday is None:
        return None
    return Refusal("friday open", "A jar is being given away just now. Finish that first, or stop it.")


def close_circle(command: CloseCircle, case: Case) -> Verdict:
    """The end, once no vote is open."""
    circle = opened(case)
    if isinstance(circle, Refusal):
        return circle
    return vote_open(case) or (CircleClosed(circle.number),)


# --- tasks ------------------------------------------------------------------------------------------------


def take_task(command: TakeTask, case: Case) -> Verdict:
    """Somebody takes it on, with a badge and a day."""
    circle, doer = opened(case), owner(command.badge, case)
    if isinstance(circle, Refusal):
        return circle
    if isinstance(doer, Refusal):
        return doer
    words = plain_words(command.words, least=1, most=LONGEST_TASK)
    if isinstance(words, Refusal):
        return words
    due = later_day(command.due, case, most=A_YEAR, least=0)
    if isinstance(due, Refusal):
        return due
    return (TaskTaken(circle.number, words, doer.handle, due),)


def _open_task(task: str, case: Case) -> Refusal | None:
    if task in case.state.tasks:
        return None
    return Refusal("no task", "This task is off the list already. Nothing needs doing.")


def finish_task(command: FinishTask, case: Case) -> Verdict:
    """Done: said by its doer, or by the circle."""
    refused = _open_task(command.task, case) or _bad_length(command.minutes)
    if refused:
        return refused
    if command.badge is None:
        circle = opened(case)
        return circle if isinstance(circle, Refusal) else (TaskDone(command.task, minutes=command.minutes),)
    doer = owner(command.badge, case)
    if isinstance(doer, Refusal):
        return doer
    task = case.state.tasks[command.task]
    if task.doer != doer.handle:
        return Refusal("not yours", "This is {doer}’s task. {doer} says when it is done.", {"doer": task.doer})
    return (TaskDone(command.task, doer.handle, command.minutes),)


def _bad_length(minutes: int) -> Refusal | None:
    """Why a task can't have taken so long; nothing said is as good."""
    if 0 <= minutes <= LONGEST_DOING and minutes % STEP == 0 and not isinstance(minutes, bool):
        return None
    return Refusal(
        "length",
        "Choose at most {most_minutes}, in steps of {step_minutes}, or leave it out.",
        {"most_minutes": LONGEST_DOING, "step_minutes": STEP},
    )


def move_task(command: MoveTask, case: Case) -> Verdict:
    """Another day, in the circle."""
    circle, gone = opened(case), _open_task(command.task, case)
    if isinstance(circle, Refusal) or gone:
        return circle if isinstance(circle, Refusal) else gone or ()
    due = later_day(command.due, case, most=A_YEAR, least=0)
    if isinstance(due, Refusal):
        return due
    return (TaskMoved(circle.number, command.task, due),)


def drop_task(command: DropTask, case: Case) -> Verdict:
    """Let it go, in the circle."""
    circle, gone = opened(case), _open_task(command.task, case)
    if isinstance(circle, Refusal) or gone:
        return circle if isinstance(circle, Refusal) else gone or ()
    return (TaskDropped(circle.number, command.task),)


def start_experiment(command: StartExperiment, case: Case) -> Verdict:
    """Try something against what is voiced again and again."""
    circle = opened(case)
    if isinstance(circle, Refusal):
        return circle
    if command.about not in {each.words for each in grievances(case.state)}:
        return Refusal("no grievance", "This does not hang on the wall any more. Choose another one.")
    words = plain_words(command.words, least=1, most=LONGEST_TASK)
    if isinstance(words, Refusal):
        return words
    until = later_day(command.until, case, most=A_YEAR)
    if isinstance(until, Refusal):
        return until
    return (ExperimentStarted(circle.number, command.about, words, until),)


def review_experiment(command: ReviewExperiment, case: Case) -> Verdict:
    """Did it help? What did is off the wall; what did not hangs there again."""
    circle = opened(case)
    if isinstance(circle, Refusal):
        return circle
    if command.about not in {each.words for each in due_experiments(case.state, local(case.now).date())}:
        return Refusal("no experiment", "No experiment against this is to be looked at now. Choose another one.")
    return (ExperimentReviewed(circle.number, command.about, command.helped),)
