"""Putting a question to the three buttons. What anybody presses never comes here: only that one more has."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from kiosk.amounts import EntryId
from kiosk.ballot_box import REST
from kiosk.commands import (
    CloseRound,
    DropQuestion,
    NewBadge,
    OpenRound,
    VoidRound,
)
from kiosk.events import RoundClosed, RoundVoided
from kiosk.faces import Said, Touch
from kiosk.state import Round, State
from kiosk.tongue import later, phrase
from kiosk.visit.amending import asking_begins
from kiosk.visit.circle_places import (
    Against,
    Asking,
    Booth,
    ChangePick,
    OldQuestion,
    Outcome,
    QuestionDetail,
    QuestionReview,
    QuestionWords,
    Voting,
)
from kiosk.visit.circling import onward
from kiosk.visit.friday_places import MakeSeed
from kiosk.visit.ground import Answered, Step, Surroundings, object_to
from kiosk.visit.picking import moved, picked, today
from kiosk.visit.places import Visit, back, go, say, start, turn
from kiosk.visit.rows import A_NUMBER, DETAILS, day_after, questions, reviews, topics

COUNTING = 3_000
"""Milliseconds between the last press and the counting: the last one steps back, and the record of the closing
does not hold the moment of a press."""

TRIES_AGAIN = 8_000
"""Milliseconds until a closing that could not be written down is tried again."""

ABANDONED = 20 * 60_000
"""Milliseconds without a press or a touch after which nobody is voting any more."""


class BoxTold(Struct, frozen=True):
    """What the ballot box says; the same words whichever button was pressed.

    taken: what became of a press, a badge, or of asking another kiosk to take ballots too; "left" when a ballot was
    forgotten that nobody went on with, "so far" for how it stands. pressed: how many have pressed; in a round of
    approvals, for every candidate. rests: until when the buttons rest, milliseconds on the monotonic clock. up:
    which candidate is up, from 0; None while no ballot is open.
    """

    taken: Literal[
        "counted",
        "dropped",
        "resting",
        "full",
        "no ballot",
        "open",
        "voted already",
        "not on the roll",
        "counting",
        "voted elsewhere",
        "unheard",
        "left",
        "so far",
        "opened there",
        "somebody is there",
        "not there",
    ]
    pressed: int
    rests: int = 0
    up: int | None = None

    @property
    def by_itself(self) -> bool:
        """Whether the box says it without anybody having done anything."""
        return self.taken in ("left", "so far")


# --- asking -----------------------------------------------------------------------------------------------


def words_touched(visit: Visit, place: QuestionWords, touch: Touch, around: Surroundings) -> Step:
    """What is asked; last of all, whether a number of the charter is to be another."""
    rows = questions(around.state)
    row = picked(touch, place.at, len(rows))
    if row is not None and rows[row] == A_NUMBER:
        return Step(go(visit, ChangePick()))
    if row is not None:
        return Step(_asked(visit, rows[row], around))
    if touch.verb == "type":
        return Step(turn(visit, replace(place, text=touch.value)))
    if place.text is not None:
        return Step(_asked(visit, place.text.strip(), around) if _typed(touch, place.text) else visit)
    match touch.value:
        case "back":
            return Step(back(visit))
        case "write":
            return Step(go(visit, replace(place, text="")))
    return Step(turn(visit, replace(place, at=moved(touch, place.at, len(rows)))))


def _typed(touch: Touch, text: str) -> bool:
    return touch.value == "typed" and bool(text.strip())


def _asked(visit: Visit, question: str, around: Surroundings) -> Visit:
    """Too few to be counted: only the outcome is told, and nobody is asked about it."""
    return go(visit, asking_begins(Asking(question), around.state))


def detail_touched(visit: Visit, place: QuestionDetail, touch: Touch, around: Surroundings) -> Step:
    """How much of the result is told."""
    row = picked(touch, place.at, len(DETAILS))
    if row is not None:
        asking = replace(place.asking, detail="counts" if tuple(DETAILS)[row] == "counts" else "outcome")
        return Step(go(visit, QuestionReview(asking)))
    return _turned(visit, place, touch, len(DETAILS))


def review_touched(visit: Visit, place: QuestionReview, touch: Touch, around: Surroundings) -> Step:
    """When it is looked at again; then the other side has a minute."""
    days = reviews(around.state)
    row = picked(touch, place.at, len(days))
    if row is not None:
        day = day_after(today(around), days[row])
        return Step(go(visit, Against(replace(place.asking, review=day), began=around.now.mono)))
    return _turned(visit, place, touch, len(days))


def _turned(visit: Visit, place: QuestionDetail | QuestionReview, touch: Touch, count: int) -> Step:
    if touch.value == "back":
        return Step(back(visit))
    return Step(turn(visit, replace(place, at=moved(touch, place.at, count))))


def old_question_touched(visit: Visit, place: OldQuestion, touch: Touch, around: Surroundings) -> Step:
    """Vote again, or let it go."""
    question = around.state.questions.get(place.question)
    if question is None or touch.value == "back":
        return Step(back(visit))
    match touch.value:
        case "drop":
            return Step(visit, DropQuestion(place.question))
        case "vote":
            asking = Asking(
                question.words, question.detail, question.review, again=place.question, change=question.change
            )
            if date.fromisoformat(question.review) <= today(around):
                return Step(go(visit, QuestionReview(asking)))
            return Step(go(visit, Against(asking, began=around.now.mono)))
    return Step(visit)


def against_touched(visit: Visit, place: Against, touch: Touch, around: Surroundings) -> Step:
    """The other side speaks; its words are picked or written, and the vote opens."""
    if touch.verb == "type":
        return Step(turn(visit, replace(place, text=touch.value)))
    if place.text is not None:
        return Step(visit, _opening(place, place.text.strip())) if _typed(touch, place.text) else Step(visit)
    if not place.noting:
        match touch.value:
            case "note":
                return Step(turn(visit, replace(place, noting=True)))
            case "vote":
                return Step(visit, _opening(place, ""))
        return Step(visit)
    rows = topics(around.state)
    row = picked(touch, place.at, len(rows))
    if row is not None:
        return Step(visit, _opening(place, rows[row]))
    match touch.value:
        case "none":
            return Step(visit, _opening(place, ""))
        case "write":
            return Step(go(visit, replace(place, text="")))
    return Step(turn(visit, replace(place, at=moved(touch, place.at, len(rows)))))


def _opening(place: Against, downside: str) -> OpenRound:
    asking = place.asking
    return OpenRound(asking.question, asking.detail, downside, asking.review, asking.again, asking.change)


# --- while it is open -------------------------------------------------------------------------------------


def open_round(state: State) -> Round | None:
    """The vote that is open."""
    return state.circle.round if state.circle else None


def badge_while_voting(visit: Visit, place: Voting, badge: NewBadge, around: Surroundings) -> Step:
    """No badge belongs to a show of hands."""
    return object_to(visit, around, phrase("A vote is open"), phrase("Badges wait until it is counted."))


def told(visit: Visit, heard: BoxTold, around: Surroundings) -> Visit:
    """What the box says: one more has pressed, or why a press does not count."""
    place = visit.place
    now = around.now.mono
    if isinstance(place, Voting):
        place = replace(place, pressed=heard.pressed, rests=heard.rests)
    after = turn(visit, place)
    said = _OBJECTIONS.get(heard.taken)
    return say(after, spoken(said), now) if said else after


_OBJECTIONS: Mapping[str, Said] = {
    "resting": Said(words=later("One moment"), mend=later("One press at a time. That one did not count.")),
    "full": Said(words=later("Everybody has pressed"), mend=later("This press did not count.")),
}


def spoken(said: Said) -> Said:
    """Something from a table of what is said, in the language spoken just now."""
    return replace(said, words=phrase(said.words), mend=phrase(said.mend))


def pressed_two(visit: Visit, around: Surroundings) -> Step:
    """A chord counts nothing, and in a vote that is said; the same whichever two it was."""
    if isinstance(visit.place, Voting | Booth) and not visit.place.stopping:
        return object_to(
            visit, around, phrase("Two buttons at once"), phrase("Neither of them counted. Press one.")
        )
    return Step(visit)


def voting_touched(visit: Visit, place: Voting, touch: Touch, around: Surroundings) -> Step:
    """Stopping it: count what there is, take it again, or go on."""
    if not place.stopping:
        return Step(turn(visit, replace(place, stopping=True)) if touch.value == "stop" else visit)
    match touch.value:
        case "close":
            return Step(turn(visit, replace(place, stopping=False)), CloseRound())
        case "void":
            return Step(turn(visit, replace(place, stopping=False)), VoidRound())
        case "go on":
            rests = around.now.mono + REST
            return Step(turn(visit, replace(place, stopping=False, rests=rests)))
    return Step(visit)


def held(visit: Visit) -> Visit:
    """All three buttons held: the circle wants to stop the vote, of either sort, where it was opened."""
    if isinstance(visit.place, Booth) and visit.place.guest:
        words = phrase("This vote is stopped where it was opened")
        return say(visit, Said(words=words, mend=phrase("Go there."), icon="info"), visit.touched)
    if isinstance(visit.place, Voting | Booth):
        return turn(visit, replace(visit.place, stopping=True))
    if isinstance(visit.place, MakeSeed):
        return turn(visit, replace(visit.place, text=None, stopping=True))
    return visit


def tick(visit: Visit, around: Surroundings) -> Step:
    """Time passes over an open vote: it is counted when all have pressed, and void when everybody has gone."""
    place = visit.place
    opened = open_round(around.state)
    if not isinstance(place, Voting) or opened is None:
        return Step(visit)
    now = around.now.mono
    if now - visit.touched >= ABANDONED:
        return Step(visit, VoidRound())
    if place.pressed >= len(opened.roll) and now >= place.rests + COUNTING and not place.stopping:
        return Step(visit, CloseRound())
    return Step(visit)


def not_kept(visit: Visit, around: Surroundings) -> Visit:
    """The result could not be written down: the box keeps it, and it is tried again in a while."""
    place = visit.place
    if isinstance(place, Voting):
        return replace(visit, place=replace(place, rests=around.now.mono + TRIES_AGAIN))
    return visit


def outcome_touched(visit: Visit, place: Outcome, touch: Touch, around: Surroundings) -> Step:
    """On to what else needs doing."""
    return Step(onward(visit, around) if touch.value == "on" else visit)


def after(visit: Visit, answered: Answered, around: Surroundings) -> Visit | None:
    """Where it goes on after something of a vote was booked; None for what is not a vote's."""
    match answered.command:
        case OpenRound():
            return start(visit, Voting(answered.entry, rests=around.now.mono + REST))
        case CloseRound() | VoidRound():
            return start(visit, Outcome(_counted(answered)))
    return None


def _counted(answered: Answered) -> EntryId:
    """The entry that ended the round."""
    ends = (RoundClosed, RoundVoided)
    return next(entry.id for entry in answered.entries if isinstance(entry.event, ends))


TAPS: Mapping[type, Callable[..., Step]] = {Voting: badge_while_voting}

TOUCHES: Mapping[type, Callable[..., Step]] = {
    QuestionWords: words_touched,
    QuestionDetail: detail_touched,
    QuestionReview: review_touched,
    OldQuestion: old_question_touched,
    Against: against_touched,
    Voting: voting_touched,
    Outcome: outcome_touched,
}
