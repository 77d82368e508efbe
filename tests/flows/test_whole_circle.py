"""A whole circle of eight at the wire, from the roll to the minutes: by touch, and again by badges and buttons."""

import pytest
from fingers import Fingers

from kiosk.faces import AskFace, ClosingFace, GatherFace, OutcomeFace, RowsFace, SpeakFace, TapFace, VoteFace
from kiosk.reports.minutes import minutes
from kiosk.visit.circle_keys import keys

NAMES = ("Amina", "Jo", "Sara", "Tomek", "Priya", "Luis", "Wen", "Ada")
BUTTONS = ("yes", "no", "abstain")


class ByTouch:
    """Fingers on the screen; badges on the reader."""

    def __init__(self, walk):
        self.walk = walk

    def opens(self):
        self.walk.tap("Amina").choose("circle")
        return NAMES[1:]

    def does(self, key, kind, words=""):
        self.walk.choose(key)
        face = self.walk.sees(kind, words)
        self.walk.wait(1.1)
        return face

    def picks(self, row, kind, words=""):
        return self.does(f"row:{row}", kind, words)

    def restarts(self):
        self.walk.restart()

    def close(self):
        """Nothing is to be let go of."""


class ByButtons:
    """Fingers on the three buttons; the screen is only looked at."""

    def __init__(self, walk):
        self.walk = walk
        self.fingers = Fingers(walk)

    def opens(self):
        self.fingers.hold_all()
        return NAMES

    def does(self, key, kind, words=""):
        self.walk.sees(object)
        button = BUTTONS[keys(self.walk.house._visit.place).index(key)]
        return self.fingers.press(button, kind, words)

    def picks(self, row, kind, words=""):
        for marked in range(1, row + 1):
            self.does("next", RowsFace)
            self.walk._until(lambda marked=marked: self.marked() == f"row:{marked}")
        self.walk.wait(1)  # the row may be on a page that has only just been turned
        return self.does("take", kind, words)

    def marked(self):
        """The key of the row that stands out."""
        rows = getattr(self.walk._last(), "rows", ())
        return next((row.key for row in rows if row.tone == "strong"), "")

    def restarts(self):
        self.fingers.close()
        self.walk.restart()
        self.fingers = Fingers(self.walk)

    def close(self):
        self.fingers.close()


@pytest.fixture(params=[ByTouch, ByButtons], ids=["touch", "buttons"])
def hands(request, walk):
    walk.found(*NAMES[:3])
    for name in NAMES[3:]:
        walk.enrol(name, *NAMES[: walk.core.state.hands_needed()])
    hands = request.param(walk)
    yield hands
    hands.close()


def put_to_the_vote(hands):
    """A question with counts told, through the other side, to the buttons."""
    hands.picks(1, RowsFace, "What is the question")
    hands.picks(0, RowsFace, "What is told")
    hands.picks(1, RowsFace, "look at it again")
    hands.picks(0, SpeakFace, "Argues against it")
    hands.does("vote", VoteFace, "pressed=0, people=8")


def all_press(hands, answers):
    for pressed, answer in enumerate(answers, start=1):
        hands.does(f"press:{answer}", VoteFace, f"pressed={pressed}, people=8")


def outcome(hands, words):
    hands.walk.wait(5)
    hands.walk.sees(OutcomeFace, words)
    hands.walk.wait(1.5)  # what came of a vote stays until it can be read: a press too many does not take it away
    hands.does("on", RowsFace, "What needs doing")


def test_from_the_roll_to_the_minutes(hands):
    """Without this somebody in a hurry, or without the screen, would be left standing in the middle."""
    walk = hands.walk
    for name in hands.opens():
        walk.wait(3).tap(name)
    walk.sees(GatherFace, "'Ada'")
    assert set(walk.core.state.members) == set(NAMES)
    hands.does("begin", SpeakFace, "One priority")
    assert sorted(walk.core.state.circle.order) == sorted(NAMES)
    first = walk.core.state.circle.order[0]
    hands.does("note", RowsFace, "What comes first")
    hands.picks(1, RowsFace, "in the way")
    hands.picks(0, SpeakFace, f"speaker='{walk.core.state.circle.order[1]}'")
    for speaker in walk.core.state.circle.order[2:]:
        hands.does("pass", SpeakFace, f"speaker='{speaker}'")
    hands.does("pass", RowsFace, "What needs doing")

    hands.picks(0, RowsFace, "What is to be done")
    hands.picks(1, RowsFace, "By when")
    hands.picks(0, TapFace, "Who does it")
    walk.tap("Jo").sees(RowsFace, "What needs doing")
    walk.wait(7)

    put_to_the_vote(hands)
    all_press(hands, ("yes", "no", "yes", "yes", "abstain", "no", "yes", "yes"))
    outcome(hands, "Carried")

    put_to_the_vote(hands)
    all_press(hands, ("yes",) * 8)
    outcome(hands, "Everyone said yes")

    put_to_the_vote(hands)
    all_press(hands, ("yes", "no") * 4)
    outcome(hands, "A tie")

    put_to_the_vote(hands)
    all_press(hands, ("yes", "no", "yes"))
    hands.restarts()
    walk.sees(OutcomeFace, "This vote is void")
    walk.wait(1.5)
    hands.does("on", RowsFace, "What needs doing")
    rows = [question.why for question in walk.core.state.questions.values()]
    assert rows == ["waits", "tied", "void"]
    hands.picks(3, AskFace, "Vote again?")
    hands.does("vote", SpeakFace, "Argues against it")
    hands.does("vote", VoteFace, "pressed=0, people=8")
    all_press(hands, ("yes", "yes", "no", "yes", "yes", "no", "yes", "abstain"))
    outcome(hands, "Carried")

    hands.does("close", AskFace, "Close the circle?")
    face = hands.does("close", ClosingFace)
    assert [doing.who for doing in face.doing] == ["Jo"]
    told = " ".join(minutes(walk.store.entries()))
    for sentence in (
        "8 of us were there: Amina, Jo, Sara, Tomek, Priya, Luis, Wen and Ada.",
        f"{first}: ",
        "5 said yes, 2 no, 1 abstained. It was carried.",
        "Everyone said yes, so it is voted once more in the next circle, and then it stands.",
        "It was a tie, so we talk further and vote again.",
        "The power was cut while we voted",
        "Jo: ",
    ):
        assert sentence in told, f"{sentence!r} is not in {told!r}"
