"""What is said of the other kiosks of a shop: without it nobody would know why something waits."""

from kiosk.amounts import Moment
from kiosk.box import Box, KioskHow
from kiosk.rules.copies import Copies
from kiosk.state import State
from kiosk.views.alarms import box_alarms
from kiosk.views.checkup import findings
from kiosk.views.kiosks import how
from kiosk.views.scene import Scene

NOW = Moment(wall=1_793_620_800_000, mono=0, boot="a")


def alarms(*kiosks: KioskHow) -> list[tuple[str, str]]:
    scene = Scene(State(), NOW, lambda _: None, "Canal Street", {}, box=Box(kiosks=kiosks))
    return [(each.words, each.since) for each in box_alarms(scene)]


def test_how_long_ago_another_kiosk_was_heard_is_said_in_words():
    assert how(KioskHow("upstairs", 3)) == "“upstairs” was heard 3 seconds ago."
    assert how(KioskHow("upstairs", 125)) == "“upstairs” has not been heard for 2 minutes."
    assert how(KioskHow("upstairs")) == "“upstairs” has not been heard since the start."


def test_a_kiosk_that_is_silent_for_a_while_is_an_alarm_and_one_that_starts_again_is_none():
    assert alarms(KioskHow("upstairs", 3), KioskHow("in the yard", 15)) == []
    assert alarms(KioskHow("upstairs", 61)) == [("The kiosk “upstairs” can’t be reached", "for 1 min")]
    assert alarms(KioskHow("upstairs")) == [("The kiosk “upstairs” can’t be reached", "")]


def test_what_cannot_be_read_here_and_what_only_another_kiosk_knows_are_alarms():
    """An older program, or a record put back to a copy: nothing else on the screen would tell."""
    (told,) = alarms(KioskHow("upstairs", 3, unread=True))
    assert told[0] == "What “upstairs” writes can’t be read here"
    (told,) = alarms(KioskHow("upstairs", 3, knows_more=True))
    assert told[0] == "“upstairs” knows more of what was written here than this kiosk does"


def test_what_another_kiosk_wrote_and_does_not_come_in_is_an_alarm_after_a_while():
    """It says “later” each time, and nobody would ever learn that it is for ever."""
    assert alarms(KioskHow("upstairs", 3, behind=120)) == []
    assert alarms(KioskHow("upstairs", 3, behind=420)) == [
        ("What “upstairs” writes does not come in here", "for 7 min")
    ]
    assert len(alarms(KioskHow("upstairs", 3, unread=True, behind=420))) == 1


def test_the_doctor_says_of_each_whether_it_is_reached():
    box = Box(kiosks=(KioskHow("upstairs", 3), KioskHow("in the yard", 4000)))
    told = {each.what: (each.how, bool(each.mend)) for each in findings(box, NOW, Copies())}
    assert (told["“upstairs”"], told["“in the yard”"]) == (("well", False), ("mend", True))
