"""Samples of the circle's faces: ordinary, empty, full and odd."""

from collections.abc import Mapping

from msgspec.structs import replace

from kiosk.faces import (
    Alarm,
    AskFace,
    BallotFace,
    Choice,
    ClosingFace,
    Decided,
    Doing,
    Face,
    Frame,
    GatherFace,
    OutcomeFace,
    RowsFace,
    Said,
    Share,
    SpeakFace,
    VoteFace,
)
from kiosk.screens.odd import ARABIC, LONG_NAME, LONG_QUESTION

NAMES = ("Sara", "Jo", "Amina", "Tomek", "Priya", "Luís", "Wen", "Ada")
THIRTY = (*NAMES, *(f"Member {number}" for number in range(9, 29)), LONG_NAME, ARABIC)
SHAPES = ("circle", "square", "triangle")
LONG_KIOSK = "beside the long stairway"
READER_GONE = (Alarm("The badge reader does not answer", "for 12 min", "Look at its cable."),)
NOT_FETCHED = Said(
    "The kiosk “by the door” does not answer",
    "Nothing is counted without the ballots there: wait, or stop this vote and take it again.",
)
NOT_COUNTED = Said("One moment", "One press at a time. That one did not count.")


def ways(*words: tuple[str, str]) -> tuple[Choice, ...]:
    """The three buttons: (key, words) each."""
    return tuple(Choice(key, text, shape) for (key, text), shape in zip(words, SHAPES, strict=False))


def answers() -> tuple[Choice, ...]:
    """What can be pressed in a vote."""
    return ways(("press:yes", "yes"), ("press:no", "no"), ("press:abstain", "abstain"))


def row(number: int, words: str, *, marked: bool = False, icon: str = "") -> Choice:
    """One row of a list."""
    return Choice(f"row:{number}", words, icon, tone="strong" if marked else "plain")


AROUND = Frame(title="Circle 12", back=False)
BEGIN = (Choice("begin", "begin", "circle"), Choice("stop", "not now", "triangle"))
TAKE = ways(("take", "take it"), ("next", "next"), ("back", "back"))
WRITE = (Choice("write", "write it", "note", tone="quiet"),)

GATHER = GatherFace(
    frame=replace(AROUND, title="The circle"),
    prompt="Tap in",
    here=NAMES,
    time="0:38",
    under="for each",
    choices=BEGIN,
)
SPEAK = SpeakFace(
    frame=AROUND,
    speaker="Tomek",
    left=28,
    of=37,
    under="of 0:37",
    prompt="One priority, one obstacle",
    heard=(("flour order", "back door"), ("", ""), ("two new people", "mixer belt")),
    spoken=("Sara", "Jo", "Amina"),
    coming=("Priya", "Luís", "Wen", "Ada"),
    choices=ways(("note", "note it"), ("pass", "pass"), ("longer", "longer")),
)
AGAINST = SpeakFace(
    frame=replace(AROUND, title="The other side"),
    speaker="Amina",
    left=52,
    of=60,
    under="of 1:00",
    prompt="Argues against it, also when in favour",
    about="Shall we close at four on the day before a holiday?",
    choices=ways(("note", "note it"), ("vote", "vote")),
)
ROWS = RowsFace(
    frame=replace(AROUND, title="What is in the way?"),
    words="Tomek · 0:28",
    rows=(row(0, "too few hands"), row(1, "the back door sticks", marked=True), row(2, "supplies")),
    page=(1, 4),
    extra=WRITE,
    choices=ways(("take", "take it"), ("next", "next"), ("none", "none")),
)
ASK = AskFace(
    frame=AROUND,
    question="Hands up: one more minute?",
    choices=ways(("yes", "most hands are up"), ("no", "not now")),
)
VOTE = VoteFace(
    frame=Frame(title="Shall we close at four on the day before a holiday?", leave=False),
    question="Shall we close at four on the day before a holiday?",
    pressed=5,
    people=8,
    words="of 8 have pressed",
    choices=answers(),
)
OUTCOME = OutcomeFace(
    frame=AROUND,
    words="Carried",
    question="Shall we close at four on the day before a holiday?",
    meaning="More said yes than no. It stands.",
    how="carried",
    counts=(
        Share("yes", "circle", 5, 8),
        Share("no", "square", 2, 8),
        Share("abstained", "triangle", 1, 8),
    ),
    again="We look at it again on Friday 27 November.",
    choices=ways(("on", "on")),
)
CLOSING = ClosingFace(
    frame=Frame(title="Circle 12", back=False, leave=False),
    facts="8 people · 6 min",
    decided=(
        Decided("Start Mondays at seven", "carried, 6 to 2 · looked at again 27 Nov", "carried"),
        Decided("Swap the supplier of yeast", "everyone said yes, voted again next time", "waits"),
    ),
    doing=(
        Doing("Jo", "fix the flour scale", "by Fri 27 Nov"),
        Doing("Amina", "ask the landlord about the back door", "by Mon 30 Nov"),
    ),
    choices=ways(("done", "done")),
)
BALLOT = BallotFace(
    frame=Frame(title="Who takes minutes next month?", leave=False),
    title="Who takes minutes next month?",
    waiting=False,
    words="Priya",
    hint="Jo’s ballot. Not and abstain count alike. Tap again to begin again.",
    at=(2, 5),
    voted=(3, 8),
    choices=ways(("press:yes", "approve"), ("press:no", "not"), ("press:abstain", "abstain")),
)

CIRCLE: Mapping[str, Face] = {
    "gather": GATHER,
    "gather-empty": replace(
        GATHER,
        here=(),
        time="5:00",
        under="for all of us",
        words="Everybody who is here taps once.",
        choices=BEGIN[1:],
    ),
    "gather-odd": replace(GATHER, here=("Jo", LONG_NAME, ARABIC), time="1:40"),
    "gather-thirty": replace(GATHER, here=THIRTY, time="0:10"),
    "gather-said": replace(
        GATHER, frame=replace(GATHER.frame, said=Said("Jo is in", "Everybody taps once.", "badge", "plain"))
    ),
    "speak": SPEAK,
    "speak-first": replace(
        SPEAK, heard=(), spoken=(), coming=("Jo", "Wen"), speaker="Ada", left=100, of=100, under="of 1:40"
    ),
    "speak-time-is-up": replace(
        SPEAK,
        left=0,
        under="time is up",
        spoken=NAMES[:7],
        speaker="Ada",
        coming=(),
        heard=(*SPEAK.heard, ("the roster for December", "tired people"), ("the new oven", "money")) * 3,
    ),
    "speak-odd": replace(
        SPEAK,
        speaker=LONG_NAME,
        left=97,
        of=97,
        under="of 1:37",
        heard=((ARABIC, "Straßenverkehrsgenehmigungsbehördenformular"),),
        spoken=(ARABIC, "Jo"),
        coming=("Tomek",),
    ),
    "speak-thirty": replace(
        SPEAK, left=7, of=10, under="of 0:10", spoken=THIRTY[:12], speaker=THIRTY[12], coming=THIRTY[13:]
    ),
    "speak-alarm": replace(SPEAK, frame=replace(AROUND, alarms=READER_GONE, seconds_left=4)),
    "against": AGAINST,
    "against-long": replace(AGAINST, about=LONG_QUESTION, speaker=LONG_NAME, left=0, under="time is up"),
    "rows": ROWS,
    "rows-long": replace(
        ROWS,
        frame=replace(AROUND, title="What needs doing?"),
        words="",
        extra=(),
        rows=(
            row(2, f"vote again: {LONG_QUESTION}", icon="undo"),
            row(3, f"late: {LONG_QUESTION}", marked=True, icon="clock"),
            row(4, "again and again: the back door sticks", icon="info"),
        ),
        page=(2, 3),
        choices=TAKE,
    ),
    "rows-two": replace(
        ROWS,
        frame=replace(AROUND, title="What needs doing?"),
        words="",
        extra=(),
        rows=(row(0, "a new task", marked=True, icon="plus"), row(1, "a question to vote on", icon="people")),
        page=(1, 1),
        choices=TAKE,
    ),
    "rows-one": replace(
        ROWS,
        frame=replace(AROUND, title=f"What does {LONG_NAME} fear?"),
        words="",
        rows=(row(0, "as it was said aloud", marked=True),),
        page=(1, 1),
    ),
    "rows-odd": replace(
        ROWS,
        words=f"{LONG_NAME} · 0:28",
        rows=(row(12, ARABIC), row(13, LONG_NAME, marked=True), row(14, "Jo")),
        page=(5, 7),
    ),
    "ask": ASK,
    "ask-about": replace(
        ASK,
        question="Past its day",
        about=f"{LONG_NAME}: {LONG_QUESTION}, by Fri 27 Nov",
        choices=ways(("done", "done"), ("day", "another day"), ("drop", "let it go")),
    ),
    "vote": VOTE,
    "vote-none": replace(VOTE, pressed=0),
    "vote-resting": replace(VOTE, pressed=6, resting=True),
    "vote-all": replace(VOTE, pressed=8, words="All have pressed. It is being counted.", resting=True),
    "vote-long": replace(VOTE, question=LONG_QUESTION),
    "vote-three": replace(VOTE, question="Tea?", pressed=1, people=3, words="of 3 have pressed"),
    "vote-thirty": replace(VOTE, question=LONG_QUESTION, pressed=12, people=30, words="of 30 have pressed"),
    "vote-said": replace(VOTE, frame=replace(VOTE.frame, said=NOT_COUNTED), resting=True),
    "vote-alarm": replace(VOTE, frame=replace(VOTE.frame, alarms=READER_GONE)),
    "vote-stop": replace(
        VOTE,
        question="Stop this vote?",
        frame=replace(VOTE.frame, back=False),
        choices=ways(("close", "count it now"), ("void", "take it again"), ("go on", "go on")),
    ),
    "outcome": OUTCOME,
    "outcome-waits": replace(
        OUTCOME,
        words="Everyone said yes",
        how="waits",
        question=LONG_QUESTION,
        meaning="That is when one looks again: it is voted once more in the next circle, and then it stands.",
        again="",
        counts=(
            Share("yes", "circle", 30, 30),
            Share("no", "square", 0, 30),
            Share("abstained", "triangle", 0, 30),
        ),
    ),
    "outcome-alone": replace(OUTCOME, counts=()),
    "outcome-void": replace(
        OUTCOME,
        words="This vote is void",
        how="other",
        meaning="The power was cut. No press of it is kept anywhere. It waits on the list to be voted again.",
        again="",
        counts=(),
        question=LONG_QUESTION,
    ),
    "closing": CLOSING,
    "closing-empty": replace(
        CLOSING, decided=(), doing=(), empty="Nothing was decided, and nobody took anything on."
    ),
    "closing-decided": replace(
        CLOSING, doing=(), decided=(*CLOSING.decided, Decided("Paint the door red", "a tie", "other"))
    ),
    "closing-doing": replace(CLOSING, decided=()),
    "closing-long": replace(
        CLOSING,
        facts="30 people · 12 min",
        decided=(Decided(LONG_QUESTION, "carried, 16 to 12 · looked at again 27 Nov", "carried"),),
        doing=(Doing(LONG_NAME, LONG_QUESTION, "by Wed 30 Nov"),),
        page=(1, 3),
        choices=ways(("done", "done"), ("page:1", "more")),
    ),
    "ballot": BALLOT,
    "ballot-waiting": replace(
        BALLOT, waiting=True, words="The next one taps", hint="One badge, one ballot.", at=(0, 0), choices=()
    ),
    "ballot-also": replace(
        BALLOT,
        waiting=True,
        words="The next one taps",
        hint="One badge, one ballot.",
        at=(0, 0),
        choices=(Choice("also:k3", "also vote at: by the door", "plus"),),
    ),
    "ballot-also-long": replace(
        BALLOT,
        title=LONG_QUESTION,
        waiting=True,
        words="The next one taps",
        hint=f"One badge, one ballot. Also taken at the kiosk {LONG_KIOSK} and by the door.",
        at=(0, 0),
        voted=(3, 30),
        choices=(Choice("also:k3", f"also vote at: {LONG_KIOSK}", "plus"),),
    ),
    "ballot-unheard": replace(
        BALLOT,
        frame=replace(BALLOT.frame, said=NOT_FETCHED),
        waiting=True,
        words="All have voted",
        hint="Nothing is heard of the kiosk by the door. Nothing is counted without it: wait, or stop this vote.",
        at=(0, 0),
        voted=(8, 8),
        choices=(),
    ),
    "ballot-next": replace(
        BALLOT, waiting=True, words="", hint="", at=(0, 0), voted=(0, 0), choices=ways(("stop", "stop"))
    ),
    "ballot-odd": replace(
        BALLOT,
        words=LONG_NAME,
        hint=f"{LONG_NAME}’s ballot. Not and abstain count alike. Tap again to begin again.",
        choices=ways(("press:yes", "yes, approve"), ("press:no", "no"), ("press:abstain", "abstain")),
        title=LONG_QUESTION,
        at=(29, 30),
        voted=(12, 30),
    ),
    "ballot-arabic": replace(BALLOT, words=ARABIC, hint="", voted=(0, 3)),
    "ballot-said": replace(BALLOT, frame=replace(BALLOT.frame, said=NOT_COUNTED, seconds_left=3)),
}
"""The circle in its situations, by the name of its picture."""
