"""A round of approvals at the wire: a badge as PN532 frames opens a ballot, edges on pins go through the names."""

import pytest
from fingers import Fingers

from kiosk.amounts import BadgeHash
from kiosk.commands import BeginDuty
from kiosk.core import Booked
from kiosk.events import ApprovalClosed
from kiosk.faces import AskFace, BallotFace, OutcomeFace, RowsFace

THREE = ("Amina", "Jo", "Sara")


@pytest.fixture
def booth(shop):
    """Fingers of three people before an approval round: who takes the minutes next?"""
    hands = tuple(BadgeHash(shop.key.hash("nfc", shop.uid(name))) for name in THREE)
    booked = []
    shop.house.ask(lambda: booked.append(shop.core.handle(BeginDuty("taking minutes", "approval", "week", hands))))
    shop.tap("Amina").choose("circle").tap("Jo").tap("Sara").choose("begin")
    assert isinstance(booked[0], Booked)
    for _ in THREE:
        shop.choose("pass")
    shop.sees(RowsFace, "Taking minutes: who is next?")
    shop.choose("row:2").choose("vote")
    shop.sees(BallotFace, "The next one taps")
    fingers = Fingers(shop)
    yield fingers
    fingers.close()


def votes(booth, who, *presses, before):
    booth.walk.again(who)
    booth.walk.sees(BallotFace, f"who='{who}'")
    for place, button in enumerate(presses, start=1):
        more = place < len(presses)
        booth.press(button, BallotFace, f"at=({place + 1}, 3)" if more else f"voted=({before + 1}, 3)")


def test_three_people_tap_and_press_and_one_of_them_is_next(booth):
    walk = booth.walk
    booth.pins.press("yes", 0.05)
    walk.sees(BallotFace, "Tap your badge first")
    votes(booth, "Jo", "yes", "no", "abstain", before=0)
    walk.again("Jo")
    walk.sees(BallotFace, "You have voted")
    walk.again("Sara")
    booth.press("no", BallotFace, "at=(2, 3)")
    walk.again("Sara")
    walk.sees(BallotFace, "at=(1, 3)")
    booth.press("yes", BallotFace, "at=(2, 3)")
    walk.choose("stop").sees(AskFace, "Stop this vote?")
    walk.wait(3).tap("found in the street").sees(AskFace, "First: is it to be stopped?")
    walk.wait(3)
    booth.press("abstain", BallotFace, "The next one taps")
    booth.press("yes", BallotFace, "Tap your badge first")
    walk.again("Sara")
    booth.press("yes", BallotFace, "at=(2, 3)")
    walk.wait(31)
    walk.sees(BallotFace, "not finished")
    votes(booth, "Amina", "no", "yes", "no", before=1)
    votes(booth, "Sara", "yes", "no", "no", before=2)
    walk.wait(7)
    walk.sees(OutcomeFace, "Amina is next")
    (closed,) = [entry.event for entry in walk.store.entries() if isinstance(entry.event, ApprovalClosed)]
    assert (closed.ballots, closed.coming, closed.by_lot) == (3, "Amina", False)
