"""Eight people at the wire: badges as PN532 frames, presses as edges on pins, and the plug pulled in the middle."""

import json
import os
import signal
from pathlib import Path

from fingers import Fingers
from programs import Program, kiosk

from kiosk.faces import TapFace, TilesFace, TroubleFace

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
        fingers.press("yes", TapFace, "One priority")
        for spoken in range(1, 8):
            fingers.press("no", TapFace, f"dots_filled={spoken}")
        fingers.press("no", TilesFace, "What needs doing")
        fingers.press(
            "no",
            TilesFace,
            "Choice(key='row:1', words='a question to vote on', icon='circle', hint='', able=True, tone='strong'",
        )
        fingers.press("yes", TilesFace, "What is the question")
        fingers.press("yes", TilesFace, "What is told")
        fingers.press("no", TilesFace, "row:1")
        fingers.press("yes", TilesFace, "look at it again")
        fingers.press("yes", TapFace, "Argues against it")
        fingers.press("no", TilesFace, "0 of 8")
        for pressed, button in enumerate(("yes", "no", "yes", "yes", "abstain", "no", "yes"), start=1):
            fingers.press(button, TilesFace, f"{pressed} of 8")
        fingers.pins.press("yes", 0.05)
        walk.sees(TilesFace, "All have pressed")
        fingers.pins.press("no", 0.05)
        walk.sees(TilesFace, "did not count")
        walk.wait(5)
        walk.sees(TroubleFace, "5 yes, 2 no, 1 abstained")
        (decision,) = walk.core.state.decisions.values()
        assert decision.words == "as it was said aloud"
    finally:
        fingers.close()


def test_a_plug_pulled_in_the_middle_of_a_vote_voids_it(tmp_path: Path):
    """The running program is killed with SIGKILL; nobody's press is anywhere, and the next start says so."""
    words = ("kiosk", "run", "--pretend", "--drive", "--no-screen", "--data", str(tmp_path))
    first = Program(*words)
    first.hears("WallFace")
    for line, expected in (
        ("tap Amina", "HomeFace"),
        ("touch choose circle", "Tap in"),
        ("tap Jo", "Amina and Jo"),
        ("touch choose begin", "One priority"),
        ("touch choose pass", '"dots_filled": 1'),
        ("touch choose pass", "What needs doing"),
        ("touch choose row:1", "What is the question"),
        ("touch choose row:0", "look at it again"),
        ("touch choose row:0", "Argues against it"),
        ("touch choose vote", "0 of 2"),
        ("press no", "1 of 2"),
    ):
        seen = len(first.lines)
        first.say(line)
        first.hears(expected, after=seen)
    os.kill(first.process.pid, signal.SIGKILL)
    first.process.wait(10)
    second = Program(*words)
    second.hears("This vote is void")
    second.end()
    state = json.loads(kiosk("state", "--json", "--data", str(tmp_path)).stdout)
    assert state["circle"]["open"]
    assert not state["circle"]["vote_open"]
    assert [question["why"] for question in state["questions"]] == ["void"]
    told = kiosk("minutes", "--data", str(tmp_path))
    assert "The power was cut while we voted" in " ".join(told.stdout.split())
