"""N people, N presses, at the wire: no chord, no bounce, no held and no stuck button is one more, or one less.

The edges are put on the pins; driver, debouncing, house, box and record are the real ones.
"""

import time
from collections.abc import Iterator

import pytest
from fingers import PINS, Fingers

from kiosk.events import RoundClosed
from kiosk.faces import OutcomeFace, RowsFace, SpeakFace, VoteFace

PEOPLE = ("Amina", "Jo", "Sara", "Tomek", "Wen")


@pytest.fixture
def five(walk) -> Iterator[Fingers]:
    """Fingers of five people in a circle, who have a vote before them whose counts are told."""
    walk.found(*PEOPLE[:3])
    for name in PEOPLE[3:]:
        walk.enrol(name, *PEOPLE[: walk.core.state.hands_needed()])
    walk.tap("Amina").choose("circle")
    for name in PEOPLE[1:]:
        walk.tap(name)
    walk.choose("begin")
    for _ in PEOPLE:
        walk.choose("pass")
    walk.choose("row:1").choose("row:0").choose("row:1").choose("row:0")
    walk.wait(1)  # a press on a screen that has only just appeared was meant for the one before
    fingers = Fingers(walk, stuck=1.0)
    yield fingers
    fingers.close()


def so_far(pressed: int) -> str:
    """What the face holds when so many have pressed."""
    return f"pressed={pressed}, people=5"


def opened(fingers: Fingers) -> Fingers:
    fingers.walk.choose("vote")
    fingers.walk.sees(VoteFace, so_far(0))
    fingers.walk.wait(1.1)  # the buttons rest first: one of them may have opened it
    return fingers


def closed(fingers: Fingers) -> RoundClosed:
    """Counted, as the record has it; one more press is refused first, and that is shown."""
    walk = fingers.walk
    walk.sees(VoteFace, "All have pressed")
    fingers.pins.press("yes", 0.05)
    walk.sees(VoteFace, "did not count")
    walk.wait(7)
    walk.sees(OutcomeFace)
    return [entry.event for entry in walk.store.entries() if isinstance(entry.event, RoundClosed)][-1]


def counts(fingers: Fingers) -> tuple[int, int, int]:
    told = closed(fingers).counts
    assert told is not None
    return (told.yes, told.no, told.abstain)


def chord(fingers: Fingers, *buttons: str) -> None:
    """These go down within a moment of each other, stay for a while, and come up."""
    for button in buttons:
        fingers.pins.hold(button)
        time.sleep(0.02)
    time.sleep(0.15)
    for button in buttons:
        fingers.pins.release(button)
    time.sleep(0.25)


def test_two_buttons_at_once_are_nobodys_press_and_that_is_said(five):
    opened(five)
    for pair in (("yes", "no"), ("no", "abstain"), ("abstain", "yes")):
        chord(five, *pair)
        five.walk.sees(VoteFace, "Two buttons at once")
        assert so_far(0) in repr(five.walk.face)
        five.walk.wait(7)
    for number, button in enumerate(("yes", "no", "no", "no", "abstain"), start=1):
        five.press(button, VoteFace, so_far(number))
    assert counts(five) == (1, 3, 1)


def test_a_contact_that_chatters_is_one_press(five):
    """Bursts of one to fifty milliseconds at the beginning of a press."""
    opened(five)
    presses = zip(("yes", "no", "yes", "abstain", "yes"), (1, 5, 15, 30, 50), strict=True)
    for number, (button, milliseconds) in enumerate(presses, start=1):
        five.pins.bounce(button, edges=9, seconds=milliseconds / 1000, hold=0.15)
        five.walk.sees(VoteFace, so_far(number))
        five.walk.wait(1.1)
        time.sleep(0.25)
        assert so_far(number) in repr(five.walk.face)
    assert counts(five) == (3, 1, 1)


def test_a_contact_that_lets_go_for_a_moment_while_it_is_held_is_one_press(five):
    opened(five)
    for number in range(1, 6):
        five.pins.hold("no")
        five.walk.sees(VoteFace, so_far(number))
        five.walk.wait(1.1)
        for _ in range(3):
            five.pins.pin_factory.pin(PINS["no"]).put(False)
            time.sleep(0.03)
            five.pins.hold("no")
            time.sleep(0.05)
        five.pins.release("no")
        time.sleep(0.25)
        assert so_far(number) in repr(five.walk.face)
    assert counts(five) == (0, 5, 0)


def test_a_button_held_from_before_the_vote_until_after_it_opened_votes_for_nobody(five):
    """It meant something else when it went down; only a new press is a vote."""
    five.pins.hold("yes")
    five.walk.sees(RowsFace, "fear")
    five.walk.choose("none")
    five.walk.sees(VoteFace, so_far(0))
    five.walk.wait(1.1)
    for number in (1, 2):
        five.press("no", VoteFace, so_far(number))
    five.pins.release("yes")
    time.sleep(0.25)
    assert so_far(2) in repr(five.walk.face)
    for number in (3, 4, 5):
        five.press("yes", VoteFace, so_far(number))
    assert counts(five) == (3, 2, 0)


def test_a_button_that_gets_stuck_is_one_press_and_the_others_vote_on(five):
    opened(five)
    five.pins.hold("abstain")
    five.walk.sees(VoteFace, so_far(1))
    five.walk.wait(1.1)
    five.walk.sees(VoteFace, "is stuck")
    for number, button in enumerate(("yes", "no", "yes", "yes"), start=2):
        five.press(button, VoteFace, so_far(number))
    assert counts(five) == (3, 1, 1)


def test_a_button_that_was_stuck_all_along_votes_for_nobody(five):
    five.pins.hold("abstain")
    five.walk.sees(SpeakFace, "That button does nothing just now")
    opened(five)
    five.walk.sees(VoteFace, "is stuck")
    assert so_far(0) in repr(five.walk.face)
    for number, button in enumerate(("yes", "no", "no", "yes"), start=1):
        five.press(button, VoteFace, so_far(number))
    five.pins.release("abstain")
    time.sleep(0.25)
    five.press("abstain", VoteFace, "All have pressed")
    assert counts(five) == (2, 2, 1)


def test_as_fast_as_fingers_go_presses_are_not_more_than_people(five):
    """Fifteen presses in some three seconds: those within the second of rest count nothing."""
    opened(five)
    for number in range(15):
        five.pins.press(("yes", "no", "abstain")[number % 3], 0.03)
        time.sleep(0.12)
    time.sleep(0.25)
    five.walk.wait(1.1)
    taken = five.walk.face.pressed
    assert 1 <= taken < 5, "they took less than five seconds"
    for number in range(taken + 1, 6):
        five.press("no", VoteFace, so_far(number))
    assert closed(five).pressed == 5
