"""Folding the circle: who is there, what was said, what was put to the buttons, and what came of it."""

from collections.abc import Callable, Mapping
from typing import Any
from unicodedata import normalize

from msgspec.structs import replace

from kiosk.amounts import EntryId, Handle
from kiosk.events import (
    CircleClosed,
    CircleExtended,
    CircleJoined,
    CircleOpened,
    DecisionReviewed,
    DissentCounted,
    Entry,
    ExperimentReviewed,
    ExperimentStarted,
    PhotoAttached,
    QuestionDropped,
    RoundClosed,
    RoundOpened,
    RoundVoided,
    TaskDone,
    TaskDropped,
    TaskMoved,
    TaskTaken,
    Voiced,
)
from kiosk.state.change import Change, Touched, lay, without
from kiosk.state.present import (
    Circle,
    Decision,
    Dissent,
    Heard,
    LatestCircle,
    Obstacle,
    Question,
    Round,
    State,
    Task,
    Voice,
)

WORDS = 40
"""How many of the words voiced lately are kept to pick from."""

OBSTACLES = 200
"""How many different obstacles are remembered."""

VOICES = 24
"""How many voices of the open circle are kept to be shown."""

SHOWN = 24
"""How many entries of the latest circle the wall can show."""

_CIRCLE = Touched("circle", "circle")
LATEST_CIRCLE = Touched("latest", "latest")
"""The document of what the wall says of the latest circle."""

_HEARD = Touched("heard", "heard")
_DISSENT = Touched("dissent", "dissent")


def same_words(words: str) -> str:
    """What two ways to write the same obstacle share: no capitals, no full stop, single spaces."""
    return " ".join(normalize("NFKC", words).casefold().rstrip(".!? ").split())


def _open(state: State, entry: Entry, event: CircleOpened) -> Change:
    circle = Circle(
        number=event.number,
        opened=entry.moment,
        opener=event.opener,
        roll=event.roll,
        order=event.order,
        seconds=event.seconds,
    )
    latest = LatestCircle(number=event.number, opened=entry.moment, people=len(event.roll))
    return Change(replace(state, circle=circle, latest=latest), (_CIRCLE, LATEST_CIRCLE))


def _change(state: State, **changes: Any) -> State:
    assert state.circle is not None
    return replace(state, circle=replace(state.circle, **changes))


def _join(state: State, entry: Entry, event: CircleJoined) -> Change:
    assert state.circle is not None
    assert state.latest is not None
    circle = state.circle
    joined = _change(state, roll=(*circle.roll, event.handle), order=(*circle.order, event.handle))
    latest = replace(state.latest, people=state.latest.people + 1)
    return Change(replace(joined, latest=latest), (_CIRCLE, LATEST_CIRCLE))


def leave_circle(state: State, handle: Handle) -> Change:
    """Whoever left the shop speaks, argues and votes no more in the circle that is open.

    The roll of a vote that is open stays as it was fixed.
    """
    circle = state.circle
    if circle is None or handle not in circle.roll:
        return Change(state, ())
    parts = {"roll": circle.roll, "order": circle.order, "spoken": circle.spoken}
    fewer = {name: tuple(each for each in people if each != handle) for name, people in parts.items()}
    return Change(_change(state, **fewer), (_CIRCLE,))


def _voiced(state: State, entry: Entry, event: Voiced) -> Change:
    assert state.circle is not None
    spoken = _change(state, spoken=(*state.circle.spoken, event.handle))
    if not event.priority and not event.obstacle:
        return Change(spoken, (_CIRCLE,))
    voices = (*state.circle.voices, Voice(event.priority, event.obstacle))[-VOICES:]
    heard = _remember(state.heard, event)
    return Change(replace(_change(spoken, voices=voices), heard=heard), (_CIRCLE, _HEARD))


def _remember(heard: Heard, event: Voiced) -> Heard:
    new = [words for words in (event.priority, event.obstacle) if words]
    known = {same_words(words) for words in new}
    words = (*(each for each in heard.words if same_words(each) not in known), *new)[-WORDS:]
    if not event.obstacle:
        return Heard(words=words, obstacles=heard.obstacles)
    key = same_words(event.obstacle)
    before = heard.obstacles.get(key)
    circles = (*(each for each in (before.circles if before else ()) if each != event.circle), event.circle)
    known_as = before or Obstacle(event.obstacle, ())
    obstacle = replace(known_as, words=event.obstacle, circles=circles[-9:])
    kept = list({**without(heard.obstacles, key), key: obstacle}.items())[-OBSTACLES:]
    return Heard(words=words, obstacles=dict(kept))


def _extended(state: State, entry: Entry, event: CircleExtended) -> Change:
    assert state.circle is not None
    return Change(_change(state, seconds=state.circle.seconds + event.seconds), (_CIRCLE,))


def _close(state: State, entry: Entry, event: CircleClosed) -> Change:
    latest = replace(state.latest, end=entry.moment) if state.latest else None
    return Change(replace(state, circle=None, latest=latest), (_CIRCLE, LATEST_CIRCLE))


def note(state: State, entry_id: EntryId) -> State:
    """Keep an entry for what the wall says of the latest circle."""
    if state.circle is None or state.latest is None:
        return state
    return replace(state, latest=replace(state.latest, entries=(*state.latest.entries, entry_id)[-SHOWN:]))


def _take_task(state: State, entry: Entry, event: TaskTaken) -> Change:
    task = Task(id=entry.id, words=event.words, doer=event.doer, due=event.due, circle=event.circle)
    return Change(lay(note(state, entry.id), tasks={entry.id: task}), (Touched("tasks", entry.id), LATEST_CIRCLE))


def _end_task(state: State, entry: Entry, event: TaskDone | TaskDropped) -> Change:
    left = replace(state, tasks=without(state.tasks, event.task))
    return Change(left, (Touched("tasks", event.task),))


def _move_task(state: State, entry: Entry, event: TaskMoved) -> Change:
    task = replace(state.tasks[event.task], due=event.due)
    return Change(lay(state, tasks={event.task: task}), (Touched("tasks", event.task),))


def _experiment(state: State, entry: Entry, event: ExperimentStarted) -> Change:
    key = same_words(event.about)
    obstacle = replace(state.heard.obstacles[key], answered=event.until, tried=event.words)
    return _hears(state, entry, {**state.heard.obstacles, key: obstacle})


def _experiment_ends(state: State, entry: Entry, event: ExperimentReviewed) -> Change:
    """What helped takes the obstacle off; what did not leaves it voiced as often as it was, so it hangs again."""
    key = same_words(event.about)
    left = without(state.heard.obstacles, key)
    if event.helped:
        return _hears(state, entry, left)
    obstacle = replace(state.heard.obstacles[key], answered="", tried="")
    return _hears(state, entry, {**left, key: obstacle})


def _hears(state: State, entry: Entry, obstacles: Mapping[str, Obstacle]) -> Change:
    heard = replace(state.heard, obstacles=obstacles)
    return Change(replace(note(state, entry.id), heard=heard), (_HEARD, LATEST_CIRCLE))


def _attach(state: State, entry: Entry, event: PhotoAttached) -> Change:
    if state.latest is None or state.latest.number != event.circle:
        return Change(state, ())
    latest = replace(state.latest, photos=(*state.latest.photos, event.photo))
    return Change(replace(state, latest=latest), (LATEST_CIRCLE,))


# --- votes ------------------------------------------------------------------------------------------------


def _waited(state: State, question: EntryId | None) -> bool:
    """Whether everyone has said yes to it before; also where a power cut or a tie came in between."""
    asked = state.questions.get(question) if question else None
    return asked is not None and (asked.waited or asked.why == "waits")


def _open_round(state: State, entry: Entry, event: RoundOpened) -> Change:
    opened = Round(
        id=entry.id,
        question=event.question,
        roll=event.roll,
        detail=event.detail,
        against=event.against,
        downside=event.downside,
        review=event.review,
        again=event.again,
        waited=_waited(state, event.again),
        change=event.change,
    )
    asked = replace(state, questions=without(state.questions, event.again))
    gone = (Touched("questions", event.again),) if event.again else ()
    argued = {**state.argued, event.against: state.argued.get(event.against, 0) + 1}
    turned = replace(_change(asked, round=opened), argued=argued)
    return Change(turned, (_CIRCLE, *gone, Touched("argued", "argued")))


def _void(state: State, entry: Entry, event: RoundVoided) -> Change:
    assert state.circle is not None
    if state.circle.approval is not None and state.circle.approval.id == event.round:
        return Change(_change(state, approval=None), (_CIRCLE,))
    assert state.circle.round is not None
    void = state.circle.round
    closed = _change(state, round=None)
    return Change(_ask_again(closed, void, "void"), (_CIRCLE, Touched("questions", void.id)))


def _ask_again(state: State, asked: Round, why: Any) -> State:
    assert state.circle is not None
    question = Question(
        id=asked.id,
        words=asked.question,
        why=why,
        circle=state.circle.number,
        detail=asked.detail,
        review=asked.review,
        waited=asked.waited,
        change=asked.change,
    )
    return lay(state, questions={asked.id: question})


def _close_round(state: State, entry: Entry, event: RoundClosed) -> Change:
    assert state.circle is not None
    assert state.circle.round is not None
    counted = state.circle.round
    closed = note(_change(state, round=None), entry.id)
    closed = replace(closed, dissent=_listen(state.dissent, event))
    touched = (_CIRCLE, LATEST_CIRCLE, _DISSENT)
    if event.outcome == "carried":
        decision = Decision(
            id=counted.id,
            words=counted.question,
            circle=state.circle.number,
            review=counted.review,
            downside=counted.downside,
            change=counted.change,
        )
        return Change(lay(closed, decisions={counted.id: decision}), (*touched, Touched("decisions", counted.id)))
    if event.outcome in ("waits", "tied"):
        return Change(_ask_again(closed, counted, event.outcome), (*touched, Touched("questions", counted.id)))
    return Change(closed, touched)


def _listen(dissent: Dissent, event: RoundClosed) -> Dissent:
    if not event.pressed:
        return dissent
    one_more = replace(dissent, rounds=dissent.rounds + 1)
    if event.counts is None:
        hidden = dissent.hidden_ballots + event.pressed
        return replace(one_more, hidden=dissent.hidden + 1, hidden_ballots=hidden)
    if event.pressed in (event.counts.yes, event.counts.no):
        return replace(one_more, streak=dissent.streak + 1, ballots=dissent.ballots + event.pressed)
    return replace(one_more, streak=0, ballots=0)


def _count_dissent(state: State, entry: Entry, event: DissentCounted) -> Change:
    """A streak of their own: somebody who dares to say no where only the outcome is told says nothing of those
    rounds in which everybody sees the counts."""
    dissent = state.dissent
    heard = replace(dissent, hidden=0, hidden_ballots=0)
    if event.quiet:
        ballots = dissent.untold_ballots + dissent.hidden_ballots
        heard = replace(heard, untold=dissent.untold + event.rounds, untold_ballots=ballots)
    elif event.quiet is False:
        heard = replace(heard, untold=0, untold_ballots=0)
    return Change(replace(state, dissent=heard), (_DISSENT,))


def _drop_question(state: State, entry: Entry, event: QuestionDropped) -> Change:
    left = replace(state, questions=without(state.questions, event.question))
    return Change(left, (Touched("questions", event.question),))


def _review(state: State, entry: Entry, event: DecisionReviewed) -> Change:
    touched = (Touched("decisions", event.decision), LATEST_CIRCLE)
    noted = note(state, entry.id)
    if not event.stands:
        return Change(replace(noted, decisions=without(state.decisions, event.decision)), touched)
    decision = state.decisions[event.decision]
    again = replace(decision, review=event.review, came_true=decision.came_true + event.came_true)
    return Change(lay(noted, decisions={event.decision: again}), touched)


CIRCLE: Mapping[type, Callable[[State, Entry, Any], Change]] = {
    CircleOpened: _open,
    CircleJoined: _join,
    Voiced: _voiced,
    CircleExtended: _extended,
    CircleClosed: _close,
    TaskTaken: _take_task,
    TaskDone: _end_task,
    TaskDropped: _end_task,
    TaskMoved: _move_task,
    ExperimentStarted: _experiment,
    ExperimentReviewed: _experiment_ends,
    PhotoAttached: _attach,
    RoundOpened: _open_round,
    RoundClosed: _close_round,
    RoundVoided: _void,
    DissentCounted: _count_dissent,
    QuestionDropped: _drop_question,
    DecisionReviewed: _review,
}
"""How each event of the circle changes the present."""
