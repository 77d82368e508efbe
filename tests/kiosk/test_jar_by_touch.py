"""The jar and the shelf as people use them at the kiosk: money in, proposals, the count, tools out and back."""

import re

import pytest
from by_hand import Kiosk
from msgspec.structs import replace

from kiosk.events import (
    JarCounted,
    MoneyGiven,
    ProjectProposed,
    ToolBorrowed,
    ToolBroken,
    ToolReturned,
    WagesSliced,
)
from kiosk.faces import JarFace, MoneyFace, ProposalFace, ShelfFace, TapFace, TilesFace, Touch, TypeFace, WallFace

LADDER, DRILL = "AAAAAAAA", "BBBBBBBB"


@pytest.fixture
def kiosk(tmp_path):
    kiosk = Kiosk(tmp_path)
    kiosk.wait(0)
    return kiosk


def shown(kiosk):
    return repr(kiosk.faces[-1])


def events(kiosk, kind):
    return [entry.event for entry in kiosk.store.store.entries() if isinstance(entry.event, kind)]


def jar(kiosk):
    return kiosk.core.state.funds["jar"]


def propose(kiosk, title="a seal for the oven", cents="12000", who="Tomek"):
    kiosk.touch("jar")
    kiosk.touch("propose")
    kiosk.write(title)
    kiosk.write(cents)
    kiosk.touch("sort:tool repair")
    kiosk.tap(who)


def shelve(kiosk, label=DRILL, name="the drill"):
    kiosk.scan(label)
    kiosk.write(name)
    kiosk.tap("Amina")
    kiosk.tap("Jo")
    kiosk.touch("ok")


# --- proposals --------------------------------------------------------------------------------------------


def test_a_proposal_is_made_in_under_a_minute_and_another_badge_lets_it_stand(kiosk):
    began = kiosk.clock.ms
    propose(kiosk)
    assert kiosk.clock.ms - began < 60_000
    (made,) = events(kiosk, ProjectProposed)
    assert (made.title, made.cents, made.proposer, made.carrier) == ("a seal for the oven", 12000, "Tomek", "Tomek")
    assert "Now it wants a second badge" in shown(kiosk)
    kiosk.tap("Tomek")
    assert "has a part in it" in shown(kiosk)
    kiosk.tap("Jo")
    (project,) = kiosk.core.state.projects.values()
    assert project.seconder == "Jo"
    assert "Now it stands" in shown(kiosk)


def test_who_proposes_need_not_carry_it_out(kiosk):
    kiosk.touch("jar")
    kiosk.touch("propose")
    kiosk.write("a new roster board")
    kiosk.write("1500")
    kiosk.touch("sort:other")
    kiosk.touch("other")
    kiosk.tap("Amina")
    kiosk.tap("Wen")
    (made,) = events(kiosk, ProjectProposed)
    assert (made.proposer, made.carrier) == ("Amina", "Wen")


def test_from_ones_own_page_nobody_has_to_tap_again(kiosk):
    kiosk.tap("Sara")
    kiosk.touch("jar")
    kiosk.touch("propose")
    kiosk.write("stamps")
    kiosk.write("900")
    kiosk.touch("name sort")
    kiosk.write("post")
    kiosk.touch("me")
    (made,) = events(kiosk, ProjectProposed)
    assert (made.proposer, made.carrier, made.sort) == ("Sara", "Sara", "post")
    kiosk.touch("later")
    assert isinstance(kiosk.faces[-1], WallFace)


def test_a_proposal_is_read_seconded_later_and_taken_back_by_its_proposer_only(kiosk):
    propose(kiosk)
    kiosk.touch("later")
    (name,) = kiosk.core.state.projects
    kiosk.touch("jar")
    assert isinstance(kiosk.faces[-1], JarFace)
    assert kiosk.faces[-1].lines[0].told == "wants a second badge"
    kiosk.touch(f"project:{name}")
    face = kiosk.faces[-1]
    assert isinstance(face, ProposalFace)
    assert [choice.key for choice in face.choices] == ["second"]
    kiosk.tap("Jo")
    kiosk.touch("second")
    assert kiosk.core.state.projects[name].seconder == "Jo"
    kiosk.touch("ok")
    kiosk.touch(f"project:{name}")
    assert not kiosk.faces[-1].choices
    kiosk.tap("Tomek")
    kiosk.touch("withdraw")
    assert not kiosk.core.state.projects


def test_walking_away_in_the_middle_books_nothing(kiosk):
    before = kiosk.store.store.next_number
    kiosk.touch("jar")
    kiosk.touch("propose")
    kiosk.write("a seal for the oven")
    kiosk.write("12000")
    kiosk.wait(61)
    assert isinstance(kiosk.faces[-1], WallFace)
    assert kiosk.store.store.next_number == before


# --- money in ---------------------------------------------------------------------------------------------


def test_money_by_hand_takes_two_badges_and_the_second_agrees_to_the_very_sum(kiosk):
    kiosk.touch("jar")
    kiosk.touch("money in")
    kiosk.touch("give")
    kiosk.tap("Amina")
    assert "First say how much" in shown(kiosk)
    kiosk.digits("500")
    kiosk.tap("Amina")
    assert kiosk.faces[-1].names == ("Amina",)
    kiosk.house.live_once(Touch("turn", "50"))
    assert kiosk.faces[-1].names == (), "who agreed to five euros has not agreed to five and a half"
    kiosk.tap("Amina")
    kiosk.tap("Amina")
    assert not events(kiosk, MoneyGiven)
    kiosk.tap("Jo")
    assert events(kiosk, MoneyGiven) == [MoneyGiven("Amina", "Jo", 550)]
    assert "€ 5.50 went in. Now it holds € 5.50." in shown(kiosk)


def test_a_slice_of_the_wages_comes_as_one_sum(kiosk):
    kiosk.tap("Priya")
    kiosk.touch("jar")
    kiosk.touch("money in")
    kiosk.touch("slice")
    kiosk.digits("8000")
    kiosk.tap("Luís")
    assert events(kiosk, WagesSliced) == [WagesSliced(8000, ("Priya", "Luís"))]


def test_slices_come_one_by_one_and_can_be_changed_until_they_are_booked(kiosk):
    kiosk.touch("jar")
    kiosk.touch("money in")
    kiosk.touch("slices")
    for name, cents in (("Amina", "1000"), ("Jo", "500"), ("Amina", "1500")):
        kiosk.tap(name)
        kiosk.write(cents)
    kiosk.touch("book")
    (sliced,) = events(kiosk, WagesSliced)
    assert sliced.cents == 2000
    assert {each.handle: each.cents for each in sliced.slices} == {"Jo": 500, "Amina": 1500}


def test_one_slice_alone_needs_somebody_who_saw_it(kiosk):
    kiosk.touch("jar")
    kiosk.touch("money in")
    kiosk.touch("slices")
    kiosk.tap("Amina")
    kiosk.write("1000")
    kiosk.touch("book")
    assert "somebody who saw it taps" in shown(kiosk)
    kiosk.tap("Amina")
    assert not events(kiosk, WagesSliced)
    kiosk.tap("Jo")
    assert events(kiosk, WagesSliced)[0].hands == ("Amina", "Jo")


def test_a_coin_says_what_the_jar_holds_now(kiosk):
    kiosk.drop(50)
    kiosk.drop(200)
    assert kiosk.faces[-1].said.mend == "Thank you. Now it holds € 2.50."
    kiosk.drop(None)
    assert "the next count tells" in shown(kiosk)
    assert kiosk.faces[-1].jar.glass.sum == "€ 2.50"
    assert "1 coin of no known value" in kiosk.faces[-1].jar.foot


# --- the count --------------------------------------------------------------------------------------------


def test_the_count_shows_the_difference_before_the_second_badge(kiosk):
    kiosk.drop(200)
    kiosk.touch("jar")
    kiosk.touch("more")
    kiosk.touch("count")
    kiosk.digits("150")
    assert "Expected" not in shown(kiosk), "who counts is not told beforehand what should come out"
    kiosk.tap("Amina")
    face = kiosk.faces[-1]
    assert isinstance(face, MoneyFace)
    assert face.words == "Expected € 2.00, counted € 1.50: € 0.50 less."
    kiosk.tap("Jo")
    assert events(kiosk, JarCounted) == [JarCounted(150, 200, ("Amina", "Jo"))]
    assert jar(kiosk).cents == 150


def test_a_count_may_come_to_nothing(kiosk):
    kiosk.touch("jar")
    kiosk.touch("more")
    kiosk.touch("count")
    kiosk.tap("Amina")
    assert "counted € 0.00: the same." in shown(kiosk)
    kiosk.tap("Jo")
    assert events(kiosk, JarCounted)[0].cents == 0


# --- tools ------------------------------------------------------------------------------------------------


def test_badge_then_label_is_borrowed_and_label_then_badge_is_back(kiosk):
    shelve(kiosk)
    kiosk.tap("Tomek")
    kiosk.scan(DRILL)
    (borrowed,) = events(kiosk, ToolBorrowed)
    assert borrowed.handle == "Tomek"
    assert re.search("Tomek has the drill. It is due back on Monday 28 September", shown(kiosk))
    kiosk.wait(21)
    assert [point.words for point in kiosk.faces[-1].tools] == ["the drill"]
    kiosk.scan(DRILL)
    assert "Tap to bring it back" in shown(kiosk)
    kiosk.tap("Jo")
    assert events(kiosk, ToolReturned) == [ToolReturned(DRILL, "Jo")]
    assert not kiosk.core.state.tools[DRILL].borrower


def test_a_label_held_a_moment_too_long_is_one_reading(kiosk):
    shelve(kiosk)
    kiosk.tap("Tomek")
    kiosk.scan(DRILL)
    kiosk.clock.ms -= 4_000
    kiosk.scan(DRILL)
    assert kiosk.core.state.tools[DRILL].borrower == "Tomek"
    assert not events(kiosk, ToolReturned)


def test_several_tools_are_taken_in_a_row(kiosk):
    shelve(kiosk)
    shelve(kiosk, LADDER, "the long ladder")
    kiosk.tap("Tomek")
    kiosk.scan(DRILL)
    kiosk.scan(LADDER)
    assert {tool.borrower for tool in kiosk.core.state.tools.values()} == {"Tomek"}


def test_what_breaks_becomes_a_proposal(kiosk):
    shelve(kiosk)
    kiosk.touch("jar")
    kiosk.touch("more")
    kiosk.touch("tools")
    assert isinstance(kiosk.faces[-1], ShelfFace)
    kiosk.touch(f"tool:{DRILL}")
    kiosk.touch("broken")
    assert isinstance(kiosk.faces[-1], TypeFace)
    kiosk.write("the chuck slips")
    assert not events(kiosk, ToolBroken)
    kiosk.tap("Wen")
    assert events(kiosk, ToolBroken) == [ToolBroken(DRILL, "Wen", "the chuck slips")]
    kiosk.write("4500")
    kiosk.touch("me")
    (made,) = events(kiosk, ProjectProposed)
    assert (made.title, made.sort, made.tool) == ("mend the drill: the chuck slips", "tool repair", DRILL)
    kiosk.touch("later")
    kiosk.tap("Jo")
    kiosk.scan(DRILL)
    assert "It is broken" in shown(kiosk)
    kiosk.wait(21)
    kiosk.scan(DRILL)
    kiosk.touch("works")
    kiosk.tap("Jo")
    assert not kiosk.core.state.tools[DRILL].broken


def test_a_label_in_the_middle_of_something_else_waits(kiosk):
    shelve(kiosk)
    kiosk.touch("work:repair")
    kiosk.tap("Priya")
    kiosk.scan(DRILL)
    assert "First what is on the screen" in shown(kiosk)
    assert not events(kiosk, ToolBorrowed)


def test_an_overdue_tool_is_an_alarm(kiosk):
    shelve(kiosk)
    kiosk.tap("Tomek")
    kiosk.scan(DRILL)
    kiosk.wait(9 * 24 * 3600)
    assert [alarm.words for alarm in kiosk.faces[-1].alarms] == ["Tomek still has the drill"]


def test_what_is_gone_leaves_the_shelf_with_two_badges(kiosk):
    shelve(kiosk)
    kiosk.scan(DRILL)
    kiosk.touch("gone")
    kiosk.write("worn out")
    kiosk.tap("Amina")
    assert isinstance(kiosk.faces[-1], TapFace)
    kiosk.tap("Jo")
    assert not kiosk.core.state.tools


# --- what is kept beside it -------------------------------------------------------------------------------


def test_where_the_rest_goes_is_decided_by_many_hands(kiosk):
    kiosk.touch("jar")
    kiosk.touch("more")
    kiosk.touch("rest")
    assert isinstance(kiosk.faces[-1], TilesFace)
    kiosk.touch("rest:hardship")
    for name in ("Amina", "Jo"):
        kiosk.tap(name)
    assert jar(kiosk).rest_to == "strike reserve"
    kiosk.tap("Wen")
    assert jar(kiosk).rest_to == "hardship"


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (0, "shared out in 4 days, on Friday"),
        (3, "shared out tomorrow"),
        (4, "shared out today"),
        (5, "shared out in 6 days, on Friday"),
    ],
)
def test_the_wall_says_in_words_when_the_jar_is_shared_out(kiosk, day, words):
    kiosk.wait(day * 24 * 3600)
    assert kiosk.faces[-1].jar.what == "nothing in it yet"
    kiosk.drop(200)
    assert kiosk.faces[-1].jar.what == words


def test_the_glass_is_full_to_its_true_level_and_what_stands_is_marked_on_it(kiosk):
    kiosk.drop(200)
    few = kiosk.faces[-1].jar.glass
    propose(kiosk, cents="400")
    assert not kiosk.core.state.projects[next(iter(kiosk.core.state.projects))].seconder
    kiosk.touch("later")
    assert not kiosk.faces[-1].jar.glass.marks, "what does not stand yet is no mark"
    kiosk.touch("jar:jar")
    kiosk.touch(f"project:{next(iter(kiosk.core.state.projects))}")
    kiosk.touch("second")
    kiosk.tap("Jo")
    kiosk.touch("ok")
    glass = kiosk.faces[-1].jar.glass
    assert [(mark.title, mark.price) for mark in glass.marks] == [("a seal for the oven", "€ 4")]
    assert glass.marks[0].height == pytest.approx(2 * glass.level, abs=2)
    assert glass.level == few.level


def test_several_jars_take_turns_on_the_wall(kiosk):
    state = kiosk.core.state
    kiosk.core.state = replace(state, funds={**state.funds, "kitchen": replace(state.funds["jar"], name="kitchen")})
    seen = set()
    for _ in range(4):
        kiosk.wait(60)
        seen.add(kiosk.faces[-1].jar.fund)
    assert seen == {"", "kitchen"}
