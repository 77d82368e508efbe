"""A number of the charter at the wire, across two circles: all say yes, look again, say yes, and three tap."""

from kiosk.events import CharterChanged
from kiosk.faces import (
    AskFace,
    ClosingFace,
    DialFace,
    OutcomeFace,
    RowsFace,
    ShelfFace,
    SpeakFace,
    TapFace,
    VoteFace,
)

NAMES = ("Amina", "Jo", "Sara", "Tomek", "Priya", "Luis")


def gather(walk):
    walk.tap("Amina").choose("circle")
    for name in NAMES[1:]:
        walk.wait(3).tap(name)
    walk.choose("begin").sees(SpeakFace, "One priority")
    for _ in NAMES[1:]:
        walk.choose("pass").sees(SpeakFace)
    walk.choose("pass").sees(RowsFace, "What needs doing")


def all_say_yes(walk, outcome):
    walk.choose("vote").sees(VoteFace, "pressed=0, people=6")
    for pressed in range(1, 7):
        walk.wait(1.1).choose("press:yes").sees(VoteFace, f"pressed={pressed}, people=6")
    walk.wait(5).sees(OutcomeFace, outcome)
    walk.choose("on").sees(RowsFace, "What needs doing")
    walk.choose("close").sees(AskFace, "Close the circle?")
    walk.choose("close").sees(ClosingFace)
    walk.choose("done").wait(3)


def test_a_smaller_limit_holds_for_the_very_next_swap(walk):
    """Without this a shop would vote for a number, and go on living by another."""
    walk.found(*NAMES[:3])
    for name in NAMES[3:]:
        walk.enrol(name, *NAMES[: walk.core.state.hands_needed()])
    gather(walk)
    walk.choose("row:1").sees(RowsFace, "What is the question")
    walk.choose("row:1").sees(RowsFace, "Which number is to be another?")
    walk.choose("row:3").sees(AskFace, "question='10 h'")
    walk.choose("less").sees(AskFace, "question='9 h'")
    for hours in (8, 7, 6, 5, 1):  # turned on and on it takes several at once
        walk.choose("less").sees(AskFace, f"question='{hours} h'")
    walk.choose("typed").sees(RowsFace, "What is told")
    walk.choose("row:1").sees(RowsFace, "look at it again")
    walk.choose("row:0").sees(SpeakFace, "not 10 h?")
    all_say_yes(walk, "Everyone said yes")

    walk.wait(24 * 3600)
    gather(walk)
    walk.choose("row:2").sees(AskFace, "Vote again?")
    walk.choose("vote").sees(SpeakFace, "not 10 h?")
    all_say_yes(walk, "It holds once three of you have tapped")
    walk.restart()
    assert walk.core.state.charter.soft_limit == 600

    walk.tap("Luis").choose("numbers").choose("charter")
    hold = walk.sees(ShelfFace).choices[0]
    walk.choose(hold.key).sees(TapFace, "dots_filled=1, dots=3")
    walk.wait(3).tap("Jo").sees(TapFace, "dots_filled=2")
    walk.wait(3).tap("Priya")
    walk.wait(1).choose("ok")
    assert walk.core.state.charter.soft_limit == 60
    changed = [entry.event for entry in walk.store.entries() if isinstance(entry.event, CharterChanged)]
    assert [event.hands for event in changed] == [("Luis", "Jo", "Priya")]

    walk.wait(3).tap("Amina").choose("swap").choose("work:repair").sees(DialFace, "warning=''")
    walk.turn(60).sees(DialFace, "amount='2 h'")
    assert walk.sees(DialFace).warning
