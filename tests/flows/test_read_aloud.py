"""Every errand by three buttons and badges, by somebody who sees nothing: presses are edges on pins, badges are
frames, and what they hear is what a program called espeak-ng was told on its standard input."""

import os
import stat
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from fingers import Fingers

from kiosk.amounts import JAR
from kiosk.codes import new_label, read_label
from kiosk.commands import ProposeProject, ShelveTool
from kiosk.core import Booked
from kiosk.faces import GatherFace, HomeFace, VoteFace, WallFace
from kiosk.voice import Voice

from .conftest import Walk

PATIENCE = 30.0

SPEAKER = """#!/bin/sh
words=$(cat)
echo "$4|$words" >> "$SAID"
exec sleep 60
"""


class Ear:
    """Somebody at the kiosk with their eyes shut."""

    def __init__(self, walk: Walk, said: Path) -> None:
        self.walk, self.said = walk, said
        self.fingers = Fingers(walk)

    def close(self) -> None:
        self.fingers.close()

    def lines(self) -> list[str]:
        return self.said.read_text().splitlines() if self.said.exists() else []

    @property
    def last(self) -> str:
        return self.lines()[-1].partition("|")[2]

    def hears(self, words: str) -> str:
        """These words are the last that are said, or among the last."""
        deadline = time.monotonic() + PATIENCE
        while not (self.lines() and words in self.last):
            assert time.monotonic() < deadline, f"{words!r} was not said; {self.lines()[-3:]}"
            time.sleep(0.01)
        return self.last

    def asks(self) -> "Ear":
        """Hold the triangle for two seconds."""
        self.fingers.pins.hold("abstain")
        time.sleep(2.1)
        self.fingers.pins.release("abstain")
        self.hears("Circle takes what is framed.")
        self.walk.wait(1)
        return self

    def wishes(self) -> "Ear":
        """The same by a touch, which is quicker."""
        before = len(self.lines())
        self.walk.choose("voice")
        deadline = time.monotonic() + PATIENCE
        while len(self.lines()) == before:
            assert time.monotonic() < deadline, "nothing was said"
            time.sleep(0.01)
        self.walk.wait(1)
        return self

    def press(self, button: str) -> "Ear":
        """Press, and listen."""
        before = len(self.lines())
        self.fingers.pins.press(button, 0.04)
        deadline = time.monotonic() + PATIENCE
        while len(self.lines()) == before:
            assert time.monotonic() < deadline, f"{button} said nothing after {self.last!r}"
            time.sleep(0.01)
        self.walk.wait(0.6)
        return self

    def take(self, words: str) -> "Ear":
        """Go on with the square until this is said, and take it with the circle."""
        for _ in range(60):
            if self.last.endswith(f"{words}."):
                return self.press("yes")
            self.press("no")
        raise AssertionError(f"{words!r} is nowhere to be chosen; the last was {self.last!r}")

    def tap(self, name: str) -> "Ear":
        self.walk.tap(name)
        self.walk.wait(0.6)
        return self

    def spell(self, text: str) -> "Ear":
        """Write with the buttons: a few letters are opened, then one of them is taken."""
        alphabet = "abcdefghijklmnopqrstuvwxyz"
        for letter in text:
            first = alphabet.index(letter) // 5 * 5
            self.take(f"{alphabet[first]} to {alphabet[min(first + 4, 25)]}").take(letter)
        return self


@pytest.fixture
def ear(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Ear]:
    """A kiosk that Amina, Jo and Sara have founded, and that is read aloud to whoever asks."""
    folder, said = tmp_path / "bin", tmp_path / "said"
    folder.mkdir()
    program = folder / "espeak-ng"
    program.write_text(SPEAKER)
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("SAID", str(said))
    voice = Voice()
    walk = Walk(tmp_path / "data", say=voice.say, voice="asked")
    voice.start(walk.house.hear)
    walk.found("Amina", "Jo", "Sara").wait(30)
    ear = Ear(walk, said)
    yield ear
    ear.close()
    walk.end()
    voice.stop()


def test_hours_are_swapped_heard_and_taken_back_without_the_screen(ear: Ear) -> None:
    """Whoever can't see would have to ask a colleague what they owe, and to whom."""
    ear.asks()
    assert "Canal Street" in ear.last
    ear.tap("Amina").hears("Amina. even. ")
    ear.take("swap hours").hears("What did you do?")
    ear.take("childcare").hears("Amina gave childcare. one hour.")
    assert "now the one who got it taps" in ear.last
    ear.take("15 minutes more").hears("one hour 15.")
    ear.press("yes").hears("one hour 30.")
    ear.tap("Jo").hears("Amina gave Jo one hour 30 of childcare.")
    assert "Amina: one hour 30 more given than got. Jo: one hour 30 more got than given." in ear.last
    ear.take("undo").hears("one hour 30 taken back.")
    assert ear.walk.balances() == {"Amina": 0, "Jo": 0}


def test_an_hour_for_the_commons_and_what_i_booked(ear: Ear) -> None:
    """Sweeping the yard would count only for those who see."""
    ear.wishes().tap("Jo").take("swap hours").take("something else")
    ear.take("the commons").hears("now a witness taps")
    ear.tap("Sara").hears("Jo gave the commons one hour")
    ear.walk.choose("done").wait(3)
    ear.wishes().tap("Jo").hears("one hour more given than got")
    ear.take("what I booked").hears("Jo to the commons. plus one hour. something else.")


def test_a_need_is_put_up_with_words_spelled_by_buttons(ear: Ear) -> None:
    """The board would be for those who type."""
    ear.wishes().tap("Sara").take("need or offer").take("I need something").take("driving")
    ear.spell("ad").hears("So far: Ad.")
    ear.take("done").take("a week").hears("It hangs on the board.")
    [notice] = ear.walk.core.state.notices.values()
    assert (notice.words, notice.handle) == ("Ad", "Sara")


def test_a_proposal_is_heard_with_its_price_and_seconded(ear: Ear) -> None:
    """What is done with money and tools would be out of reach."""
    kiosk = ear.walk
    badge = kiosk.key.hash("nfc", kiosk.uid("Amina"))
    answer = kiosk.core.handle(ProposeProject(badge, "oven seal", 12050, "tool repair", fund=JAR))
    assert isinstance(answer, Booked)
    ear.wishes().tap("Jo").take("the jar").hears("0 cents.")
    while not ear.last.startswith("oven seal. 120 euros 50. wants a second badge"):
        ear.press("no")
    ear.press("yes").hears("120 euros 50")
    ear.take("second it").hears("Now it stands: oven seal.")
    [project] = kiosk.core.state.projects.values()
    assert project.seconder == "Jo"


def test_a_tool_is_borrowed_by_badge_and_label_and_said_to_be(ear: Ear) -> None:
    """Whoever can't read the shelf would not know whether it counted."""
    kiosk = ear.walk
    label = new_label()
    badges = (kiosk.key.hash("nfc", kiosk.uid("Amina")), kiosk.key.hash("nfc", kiosk.uid("Jo")))
    answer = kiosk.core.handle(ShelveTool(label=read_label(label), name="spirit level", badges=badges))
    assert isinstance(answer, Booked), answer
    ear.wishes().tap("Sara")
    kiosk.scan(label)
    ear.hears("spirit level")
    assert kiosk.core.state.tools[read_label(label)].borrower == "Sara"


def test_in_the_circle_each_button_is_named_and_no_vote_is_told_apart(ear: Ear) -> None:
    """Whoever listens at the door would know who pressed what."""
    ear.wishes()
    for button in ("yes", "no", "abstain"):
        ear.fingers.pins.hold(button)
    ear.walk.sees(GatherFace, "Tap in")
    for button in ("yes", "no", "abstain"):
        ear.fingers.pins.release(button)
    ear.walk.wait(1)
    for name in ("Amina", "Jo", "Sara"):
        ear.tap(name)
    ear.hears("Amina, Jo and Sara")
    ear.press("yes").hears("circle: note it. square: pass. triangle: longer.")
    ear.press("no").press("no").press("no").hears("What needs doing?")
    ear.press("no").press("yes").press("yes").press("yes").press("no")
    ear.hears("circle: yes. square: no. triangle: abstain.")
    ear.walk.sees(VoteFace)
    heard = []
    for button in ("yes", "no", "abstain"):
        ear.walk.wait(1.2)
        before = len(ear.lines())
        ear.press(button)
        heard.append(ear.lines()[before:])
    assert heard[0][0].replace("1 of", "2 of") == heard[1][0]
    assert not any(word in line for lines in heard[:2] for line in lines for word in ("yes", "no.", "abstain"))


def test_silence_comes_with_the_end_of_the_visit(ear: Ear, tmp_path: Path) -> None:
    """The next one would hear the last one’s balance."""
    ear.wishes().tap("Amina").hears("Amina. even.")
    assert speaking(tmp_path)
    ear.fingers.pins.press("abstain", 0.04)
    ear.walk.sees(WallFace)
    deadline = time.monotonic() + PATIENCE
    while speaking(tmp_path):
        assert time.monotonic() < deadline, "it still speaks"
        time.sleep(0.01)
    ear.walk.wait(3)
    said = len(ear.lines())
    ear.walk.tap("Jo").sees(HomeFace, "Jo")
    assert len(ear.lines()) == said


def speaking(folder: Path) -> bool:
    """Whether the program runs."""
    for each in Path("/proc").glob("[0-9]*/environ"):
        try:
            sleeps = b"sleep" in (each.parent / "cmdline").read_bytes()
            if sleeps and str(folder / "said").encode() in each.read_bytes():
                return True
        except OSError:
            continue
    return False
