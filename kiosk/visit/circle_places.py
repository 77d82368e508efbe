"""The places of the circle, each with what has been begun there. Frozen; forgotten when left.

Every list in the circle can be walked with the three buttons: `at` counts the row that is marked, over all pages.
"""

from typing import Literal

from msgspec import Struct

from kiosk.amounts import BadgeHash, EntryId, Handle
from kiosk.events import CharterChange, Detail
from kiosk.visit.friday_places import ON_FRIDAY, FridayPlace


class Gathering(Struct, frozen=True):
    """People tap in. opener: whose badge opened it; "" by the buttons. present: in the order they tapped."""

    opener: Handle = ""
    present: tuple[tuple[Handle, BadgeHash], ...] = ()


class Turns(Struct, frozen=True):
    """Somebody's turn to speak. began: milliseconds on the monotonic clock; given: milliseconds they have.

    at, what: while the words are noted: None while they just speak, else which words are picked now.
    priority: picked already.
    """

    began: int
    given: int
    what: Literal["priority", "obstacle"] | None = None
    priority: str = ""
    at: int = 0


class WriteWords(Struct, frozen=True):
    """Writing a priority or an obstacle; the turn goes on behind it."""

    turn: Turns
    text: str = ""


class MoreTime(Struct, frozen=True):
    """Hands up: does the circle take more time?"""

    turn: Turns


class Agenda(Struct, frozen=True):
    """What needs doing: things that wait, a new task, a new question, the end."""

    at: int = 0


class TaskWords(Struct, frozen=True):
    """What is to be done: picked from words voiced lately, or written (text is not None)."""

    at: int = 0
    text: str | None = None


class TaskDay(Struct, frozen=True):
    """By when. task: set when an old task gets another day."""

    words: str
    at: int = 0
    task: EntryId | None = None


class TaskLength(Struct, frozen=True):
    """A task is done: how long it took, or nothing said. Minutes."""

    task: EntryId
    minutes: int = 0


class TaskDoer(Struct, frozen=True):
    """Who takes it: their badge. due: as 2026-11-30."""

    words: str
    due: str


class OldTask(Struct, frozen=True):
    """A task past its date: done, another day, or let go."""

    task: EntryId


class QuestionWords(Struct, frozen=True):
    """What is asked: picked, or written (text is not None)."""

    at: int = 0
    text: str | None = None


class Asking(Struct, frozen=True):
    """A question being put: what has been settled of it so far. review: as 2027-02-28.

    change: the number of the charter that it is about.
    """

    question: str
    detail: Detail = "outcome"
    review: str = ""
    again: EntryId | None = None
    change: CharterChange | None = None


class ChangePick(Struct, frozen=True):
    """Which number of the charter is to be another."""

    at: int = 0


class ChangeDial(Struct, frozen=True):
    """What it is to be. run: how often in a row it was turned the same way; below zero: down."""

    number: str
    after: int
    run: int = 0


class QuestionDetail(Struct, frozen=True):
    """How much of the result is told: counts, or only the outcome."""

    asking: Asking
    at: int = 0


class QuestionReview(Struct, frozen=True):
    """When a decision on it is looked at again."""

    asking: Asking
    at: int = 0


class Against(Struct, frozen=True):
    """The downside slot: one person argues against it. began: milliseconds, monotonic.

    noting: their words are being picked (at) or written (text is not None); else they just speak.
    """

    asking: Asking
    began: int
    noting: bool = False
    at: int = 0
    text: str | None = None


class OldQuestion(Struct, frozen=True):
    """A question that waits to be voted again: vote, or let go."""

    question: EntryId


class Voting(Struct, frozen=True):
    """A round is open. pressed: how many have; never what. rests: monotonic milliseconds until which buttons rest.

    stopping: the circle is asked whether to close it early.
    """

    round: EntryId
    pressed: int = 0
    rests: int = 0
    stopping: bool = False


class NextOne(Struct, frozen=True):
    """About to put to the buttons who has a duty next."""

    duty: str


class Booth(Struct, frozen=True):
    """A round of approvals is open: one badge, one ballot. What anybody approves of is never here.

    whose: whose ballot is open; "" while a badge is waited for. up: which candidate they are at, from 0. voted: how
    many have had their ballot. rests: monotonic milliseconds until which the buttons rest. stopping: the circle is
    asked whether to end it early. guest: it was opened at another kiosk, and is ended there.
    """

    round: EntryId
    whose: Handle = ""
    up: int = 0
    voted: int = 0
    rests: int = 0
    stopping: bool = False
    guest: bool = False


class Outcome(Struct, frozen=True):
    """What came of a round. entry: the one that closed or voided it."""

    entry: EntryId


class Review(Struct, frozen=True):
    """A decision is looked at again. came_true: None until it is said whether the downside came true."""

    decision: EntryId
    came_true: bool | None = None


class Experiment(Struct, frozen=True):
    """An experiment whose day has come: did it help? about: the obstacle it was against."""

    about: str


class Grievance(Struct, frozen=True):
    """An obstacle voiced again and again: what is tried against it (picked, or written), then until when."""

    about: str
    words: str = ""
    at: int = 0
    text: str | None = None


class Summary(Struct, frozen=True):
    """The circle has ended: what was decided, who does what. page counts from 0.

    photo: one of the whiteboard that waits to be attached, by its SHA-256; "" for none. tell: something was decided
    that the neighbours may hear of.
    """

    page: int = 0
    photo: str = ""
    tell: bool = False


class SureToClose(Struct, frozen=True):
    """About to end the circle."""


CirclePlace = (
    Gathering
    | Turns
    | WriteWords
    | MoreTime
    | Agenda
    | TaskWords
    | TaskDay
    | TaskDoer
    | OldTask
    | TaskLength
    | ChangePick
    | ChangeDial
    | QuestionWords
    | QuestionDetail
    | QuestionReview
    | Against
    | OldQuestion
    | Voting
    | NextOne
    | Booth
    | Outcome
    | Review
    | Experiment
    | Grievance
    | Summary
    | SureToClose
    | FridayPlace
)

IN_CIRCLE = (
    Turns,
    WriteWords,
    MoreTime,
    Agenda,
    TaskWords,
    TaskDay,
    TaskDoer,
    OldTask,
    TaskLength,
    ChangePick,
    ChangeDial,
    QuestionWords,
    QuestionDetail,
    QuestionReview,
    Against,
    OldQuestion,
    Voting,
    NextOne,
    Booth,
    Outcome,
    Review,
    Experiment,
    Grievance,
    SureToClose,
    *ON_FRIDAY,
)
"""Places that only an open circle has."""
