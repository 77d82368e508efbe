"""Eight people at the wire: badges as PN532 frames, presses as edges on pins, and the plug pulled in the middle."""

import json
import os
import signal
from pathlib import Path

from fingers import Fingers
from programs import Program, kiosk

from kiosk.faces import OutcomeFace, RowsFace, SpeakFace, VoteFace

NAMES = ("Amina", "Jo", "Sara", "Tomek", "Priya", "Luis", "Wen", "Ada")


def shop_of_eight(walk):
    walk.found(*NAMES[:3])
    for name in NAMES[3:]:
        walk.enrol(name, *NAMES[: walk.core.state.hands_needed()])
    return walk


def test_eight_people_hold_a_circle_with_badges_and_buttons(walk):
    shop_of_eight(walk)
    fingers = Fingers(walk)
    try:
        fingers.hold_all()
        for name in NAMES:
            walk.wait(3).tap(name)
        fingers.press("yes", SpeakFace, "One priority")
        for speaker in walk.core.state.circle.order[1:]:
            fingers.press("no", SpeakFace, f"speaker='{speaker}'")
        fingers.press("no", RowsFace, "What needs doing")
        fingers.press(
            "no",
            RowsFace,
            "Choice(key='row:1', words='a question to vote on', icon='people', hint='', able=True, tone='strong'",
        )
        fingers.press("yes", RowsFace, "What is the question")
        fingers.press("yes", RowsFace, "What is told")
        fingers.press("no", RowsFace, "row:1")
        fingers.press("yes", RowsFace, "look at it again")
        fingers.press("yes", SpeakFace, "Argues against it")
        fingers.press("no", VoteFace, "pressed=0, people=8")
        for pressed, button in enumerate(("yes", "no", "yes", "yes", "abstain", "no", "yes"), start=1):
            fingers.press(button, VoteFace, f"pressed={pressed}, people=8")
        fingers.pins.press("yes", 0.05)
        walk.sees(VoteFace, "All have pressed")
        fingers.pins.press("no", 0.05)
        walk.sees(VoteFace, "did not count")
        walk.wait(5)
        told = walk.sees(OutcomeFace, "Carried")
        assert [share.count for share in told.counts] == [5, 2, 1]
        (decision,) = walk.core.state.decisions.values()
        assert decision.words == "as it was said aloud"
    finally:
        fingers.close()


def test_a_vote_killed_in_the_middle_is_void_and_taken_again(tmp_path: Path):
    """The running program is killed with SIGKILL; nobody's press is anywhere, and the next start says so."""
    words = ("kiosk.way_in", "run", "--pretend", "--drive", "--no-screen", "--data", str(tmp_path))
    first = Program(*words)
    first.hears("WallFace")
    for line, expected in (
        ("tap Amina", "HomeFace"),
        ("touch choose circle", "Tap in"),
        ("tap Jo", '"here": ["Amina", "Jo"]'),
        ("touch choose begin", "One priority"),
        ("touch choose pass", '"coming": []'),
        ("touch choose pass", "What needs doing"),
        ("touch choose row:1", "What is the question"),
        ("touch choose row:0", "look at it again"),
        ("touch choose row:0", "Argues against it"),
        ("touch choose vote", '"pressed": 0, "people": 2'),
        ("wait 1.2", '"resting": false'),
        ("press no", '"pressed": 1, "people": 2'),
    ):
        seen = len(first.lines)
        first.say(line)
        first.hears(expected, after=seen)
    os.kill(first.process.pid, signal.SIGKILL)
    first.process.wait(10)
    second = Program(*words)
    second.hears("This vote is void")
    state = json.loads(kiosk("state", "--json", "--data", str(tmp_path)).stdout)
    assert state["circle"]["open"]
    assert not state["circle"]["vote_open"]
    assert [question["why"] for question in state["questions"]] == ["void"]
    second.say("touch choose on")
    shown = json.loads(second.hears("What needs doing"))
    while not (waiting := [row["key"] for row in shown["rows"] if row["words"].startswith("vote again")]):
        seen = len(second.lines)
        second.say("touch choose page:1")
        shown = json.loads(second.hears("What needs doing", after=seen))
    for line, expected in (
        (f"touch choose {waiting[0]}", "Vote again?"),
        ("touch choose vote", "Argues against it"),
        ("touch choose vote", '"pressed": 0, "people": 2'),
        ("wait 1.2", '"resting": false'),
        ("press yes", '"pressed": 1, "people": 2'),
        ("wait 1.2", '"resting": false'),
        ("press yes", "Carried"),
    ):
        seen = len(second.lines)
        second.say(line)
        second.hears(expected, after=seen)
    second.end()
    told = kiosk("minutes", "--data", str(tmp_path))
    assert "The power was cut while we voted" in " ".join(told.stdout.split())
