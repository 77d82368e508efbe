"""Duties of daughter funds at the kiosk: seen where the small jar is seen, and handed over by two badges."""

import pytest
from by_hand import Kiosk

from kiosk.commands import CountJar, GiveMoney, OpenCircle, SplitFund
from kiosk.core import Booked
from kiosk.demo import MEMBERS, UIDS
from kiosk.events import DutyBegan, DutyHandedOver, FundSplit
from kiosk.faces import DutiesFace, JarFace, TapFace, TilesFace, TroubleFace, TypeFace, WallFace
from kiosk.reports.present import present, present_lines
from kiosk.views.lines import sentence

KEEPING = "keeping the jar (garden)"
MINUTE = 60


@pytest.fixture
def kiosk(tmp_path):
    """A kiosk whose jar was split into a garden and a press."""
    kiosk = Kiosk(tmp_path)
    badges = [kiosk.key.hash("nfc", UIDS[name]) for name in MEMBERS]
    for command in (
        GiveMoney(badges[0], badges[1], 601_00),
        OpenCircle(badges[0], tuple(badges), 7),
        CountJar(601_00, tuple(badges[:2])),
        SplitFund((("garden", 300_00), ("press", 301_00))),
    ):
        assert isinstance(kiosk.core.handle(command), Booked)
    kiosk.wait(1)
    return kiosk


def last(kiosk):
    return list(kiosk.store.store.entries(after=kiosk.store.store.next_number - 2))[-1].event


def keepers(kiosk):
    return kiosk.core.state.funds["garden"].circle


def to_its_duties(kiosk):
    kiosk.touch("jar:garden")
    kiosk.touch("more")
    kiosk.touch("duties")


def take(kiosk):
    """The first of the circle takes the duty of keeping the garden’s jar; another one of it sees it."""
    first, second, _ = keepers(kiosk)
    to_its_duties(kiosk)
    kiosk.touch(f"duty:{KEEPING}")
    kiosk.touch("hand over")
    kiosk.tap(first)
    kiosk.tap(second)
    return first, second


def test_a_small_jars_page_says_who_keeps_it_and_leads_to_its_duties(kiosk):
    kiosk.touch("jar:garden")
    assert kiosk.faces[-1].kept == f"nobody keeps it yet; {keepers(kiosk)[0]} is next"
    kiosk.wait(21)
    first, _ = take(kiosk)
    face = kiosk.faces[-1]
    assert isinstance(face, TroubleFace)
    assert f"Keeping the jar (garden): {first}, until Sun" in face.words
    assert isinstance(last(kiosk), DutyHandedOver)
    assert last(kiosk).fund == "garden"
    kiosk.touch("ok")
    kiosk.wait(61)
    kiosk.touch("jar:garden")
    face = kiosk.faces[-1]
    assert isinstance(face, JarFace)
    assert face.kept.startswith(f"{first} keeps it until Sun")
    kiosk.touch("more")
    assert "3 go round" in repr(kiosk.faces[-1])
    kiosk.touch("duties")
    face = kiosk.faces[-1]
    assert isinstance(face, DutiesFace)
    assert face.frame.title == "Duties of garden"
    assert [row.duty for row in face.rows] == [KEEPING, "taking minutes (garden)", "facilitating (garden)"]
    assert face.rows[0].holder == first


def test_one_duty_says_among_whom_it_goes_round(kiosk):
    to_its_duties(kiosk)
    kiosk.touch(f"duty:{KEEPING}")
    face = kiosk.faces[-1]
    assert isinstance(face, TilesFace)
    assert f"among {', '.join(keepers(kiosk)[:2])} and {keepers(kiosk)[2]} of its circle." in face.words


def test_somebody_of_another_circle_is_told_who_is_next(kiosk):
    outsider = next(name for name in MEMBERS if name not in keepers(kiosk))
    to_its_duties(kiosk)
    kiosk.touch(f"duty:{KEEPING}")
    kiosk.touch("hand over")
    kiosk.tap(outsider)
    kiosk.tap(MEMBERS[-1] if outsider != MEMBERS[-1] else MEMBERS[-2])
    face = kiosk.faces[-1]
    assert isinstance(face, TapFace)
    assert f"{keepers(kiosk)[0]} comes next" in repr(face.frame.said)


def test_the_wall_shows_them_while_it_shows_that_jar_and_says_when_they_do_not_turn(kiosk):
    take(kiosk)
    kiosk.touch("ok")
    kiosk.wait(61)
    seen = {}
    for _ in range(3):
        kiosk.wait(MINUTE)
        face = kiosk.faces[-1]
        assert isinstance(face, WallFace)
        seen[face.jar.fund] = [row.duty for row in face.duties]
    assert seen["garden"][0] == KEEPING
    assert seen["press"][0] == "keeping the jar (press)"
    assert seen[""] == []
    kiosk.wait(9 * 24 * 3600)
    said = [alarm.words for alarm in kiosk.faces[-1].alarms]
    assert any(words.startswith("Keeping the jar (garden) has not turned for") for words in said)


def test_a_small_jar_gets_a_duty_of_its_own(kiosk):
    to_its_duties(kiosk)
    kiosk.touch("begin")
    assert "begin:keeping the jar" not in [choice.key for choice in kiosk.faces[-1].choices]
    kiosk.touch("write")
    assert isinstance(kiosk.faces[-1], TypeFace)
    kiosk.write("watering the beds")
    assert "Watering the beds (garden): who comes next?" in repr(kiosk.faces[-1])
    kiosk.touch("how:order")
    kiosk.touch("term:day")
    for name in MEMBERS[:3]:
        kiosk.tap(name)
    assert "Watering the beds (garden) goes round from now on." in repr(kiosk.faces[-1])
    assert last(kiosk) == DutyBegan("watering the beds", "order", "day", MEMBERS[:3], "garden")


def test_the_list_of_all_duties_has_them_too_and_programs_are_told(kiosk):
    kiosk.touch("duties")
    face = kiosk.faces[-1]
    assert isinstance(face, DutiesFace)
    assert face.page == (1, 2)
    assert face.rows[0].duty == KEEPING
    told = present(kiosk.core.state, kiosk.core.now())
    assert [(each["duty"], each["fund"]) for each in told["duties"]][:2] == [
        ("keeping the jar", "garden"),
        ("taking minutes", "garden"),
    ]
    assert any(line.startswith(f"duty: {KEEPING}: nobody → ") for line in present_lines(told))


def test_the_record_says_what_goes_round_in_each_part(kiosk):
    split = next(each for each in kiosk.store.store.entries() if isinstance(each.event, FundSplit))
    assert "In each, in turn, every week: keeping the jar, taking minutes and facilitating." in sentence(split)
