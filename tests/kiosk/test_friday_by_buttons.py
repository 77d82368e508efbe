"""Friday with badges and three buttons alone: the count, the other side, ballots, the lot, and the jar at zero."""

import pytest
from by_hand import Kiosk

from kiosk.commands import (
    CountJar,
    GiveMoney,
    ProposeProject,
    SecondProject,
    SplitFund,
    StartLeave,
)
from kiosk.core import Booked
from kiosk.demo import MEMBERS, UIDS
from kiosk.events import (
    DownsideArgued,
    FridayClosed,
    FridayOpened,
    FundEnded,
    FundSplit,
    JarCounted,
    ReceiptShown,
    ReserveSpent,
    RoundVoided,
)
from kiosk.faces import BallotFace, CountingFace, EmptiedFace, FrozenFace, TapFace, Touch, TroubleFace
from kiosk.reports.fridays import given_away, told

HERE = MEMBERS[:5]
FRIDAY = 4
DAY = 24 * 3600


@pytest.fixture
def kiosk(tmp_path):
    kiosk = Kiosk(tmp_path)
    kiosk.wait(FRIDAY * DAY)
    return kiosk


def shown(kiosk):
    return repr(kiosk.faces[-1])


def events(kiosk, kind):
    return [entry.event for entry in kiosk.store.store.entries() if isinstance(entry.event, kind)]


def book(kiosk, command):
    answer = kiosk.core.handle(command)
    assert isinstance(answer, Booked), answer
    kiosk.clock.ms += 60_000
    return answer.entries[-1].id


def badge(kiosk, name):
    return kiosk.key.hash("nfc", UIDS[name])


def give(kiosk, cents):
    book(kiosk, GiveMoney(badge(kiosk, "Amina"), badge(kiosk, "Jo"), cents))


def propose(kiosk, title, cents, who="Tomek"):
    name = book(kiosk, ProposeProject(badge(kiosk, who), title, cents, "other"))
    book(kiosk, SecondProject(name, badge(kiosk, "Ada")))
    return name


def type_sum(kiosk, cents):
    """With two buttons: square counts the last digit up, circle begins the next one."""
    for place, digit in enumerate(str(cents)):
        kiosk.press(*["yes"] * bool(place), *["no"] * int(digit))


def count(kiosk, cents):
    kiosk.press("yes")
    type_sum(kiosk, cents)
    kiosk.tap("Amina")
    kiosk.tap("Jo")


def to_the_list(kiosk, cents, people=HERE):
    """Open the circle, take Friday up, and count what is there: the list is on the screen."""
    kiosk.gather(*people)
    assert "Friday: give the jar away" in shown(kiosk)
    kiosk.press("yes")
    count(kiosk, cents)
    assert isinstance(kiosk.faces[-1], FrozenFace)


def to_the_vote(kiosk, cents, people=HERE):
    to_the_list(kiosk, cents, people)
    kiosk.press("yes", *["no"] * len(kiosk.core.state.projects), "yes")
    assert isinstance(kiosk.faces[-1], BallotFace)


def vote(kiosk, **ballots):
    """One badge, one ballot: a press for each project, in the order they were proposed."""
    for name, presses in ballots.items():
        kiosk.tap(name)
        kiosk.press(*[{"y": "yes", "n": "no", "a": "abstain"}[press] for press in presses])
    kiosk.wait(7)


def test_five_people_give_a_jar_away_with_badges_and_buttons_alone(kiosk):
    give(kiosk, 30000)
    seal = propose(kiosk, "oven seal", 12000)
    dear = propose(kiosk, "second mixer", 26000, "Sara")
    to_the_list(kiosk, 29950)
    (counted,) = events(kiosk, JarCounted)
    assert (counted.cents, counted.expected) == (29950, 30000)
    face = kiosk.faces[-1]
    assert (face.glass.sum, face.expected, face.difference) == (
        "€ 299.50",
        "expected € 300.00",
        "€ 0.50 less than expected",
    )
    assert face.roll == HERE
    assert [project.heard for project in face.projects] == [False, False]
    assert "The rest goes to: strike reserve" in shown(kiosk)
    kiosk.press("no")
    assert "told: totals too" in shown(kiosk)
    kiosk.press("yes")
    assert "about='oven seal, € 120'" in shown(kiosk)
    kiosk.press("yes", "yes")
    assert "second mixer" in shown(kiosk)
    kiosk.press("no")
    assert [event.project for event in events(kiosk, DownsideArgued)] == [seal, dear]
    assert all(project.heard for project in kiosk.faces[-1].projects)
    kiosk.press("yes")
    (opened,) = events(kiosk, FridayOpened)
    assert (opened.roll, opened.detail, opened.cents) == (HERE, "totals", 29950)
    kiosk.tap("Jo")
    assert kiosk.faces[-1].words == "oven seal · € 120.00"
    kiosk.press("yes", "no")
    vote(kiosk, Amina="yn", Tomek="yn", Sara="ny", Priya="ay")
    face = kiosk.faces[-1]
    assert isinstance(face, CountingFace)
    assert face.frame.title == "Friday: counting, step 1 of 2"
    assert "5 ballots · each voice € 59.90" in face.head
    assert (face.projects[0].verdict, face.projects[0].told) == ("bought", "bought first: 3 people, € 40.00 each")
    kiosk.press("yes")
    lost = kiosk.faces[-1].projects[1]
    assert (lost.standing, lost.verdict) == ("lost", "€ 140.20 short")
    kiosk.press("yes")
    face = kiosk.faces[-1]
    assert isinstance(face, EmptiedFace)
    assert face.glass.sum == "€ 0.00"
    assert face.sums == (("spent", "€ 120.00"), ("handed on", "€ 179.50"), ("returned", "€ 0.00"))
    assert [(each.how, each.words) for each in face.gone] == [
        ("spent", "oven seal"),
        ("handed on", "strike reserve"),
    ]
    kiosk.press("yes")
    assert "What needs doing" in shown(kiosk)
    assert kiosk.core.state.reserves["strike reserve"].cents == 17950


def test_among_few_only_what_is_bought_is_told(kiosk):
    give(kiosk, 20000)
    propose(kiosk, "oven seal", 12000)
    to_the_list(kiosk, 20000, MEMBERS[:4])
    assert "told:" not in shown(kiosk)
    kiosk.press("yes", "no", "yes")
    vote(kiosk, Amina="y", Jo="y", Tomek="n", Sara="y")
    (closed,) = events(kiosk, FridayClosed)
    assert closed.approvals == closed.steps == closed.cast == ()
    assert kiosk.faces[-1].projects[0].verdict == "bought"
    assert "first" not in shown(kiosk)
    assert "approve" not in shown(kiosk)


def test_a_lot_is_drawn_from_what_three_people_press_in_front_of_all(kiosk):
    give(kiosk, 10000)
    propose(kiosk, "a bench", 8000)
    propose(kiosk, "a tree", 8000, "Sara")
    to_the_vote(kiosk, 10000)
    vote(kiosk, Amina="yn", Jo="yn", Tomek="ny", Sara="ny", Priya="yy")
    assert not events(kiosk, FridayClosed)
    assert "Three people press three times each, as they like: 9 to go" in shown(kiosk)
    kiosk.press(*["yes", "no", "abstain"] * 2, "yes", "yes")
    assert "1 to go" in shown(kiosk)
    assert [row.words for row in kiosk.faces[-1].rows] == ["123", "123", "11"]
    kiosk.press("no")
    (closed,) = events(kiosk, FridayClosed)
    assert (closed.seed, closed.by_lot, len(closed.funded)) == ("123123112", True, 1)
    assert "lot “123123112”" in shown(kiosk)


def test_the_seed_may_be_a_word(kiosk):
    give(kiosk, 10000)
    propose(kiosk, "a bench", 8000)
    propose(kiosk, "a tree", 8000, "Sara")
    to_the_vote(kiosk, 10000)
    vote(kiosk, Amina="yn", Jo="yn", Tomek="ny", Sara="ny", Priya="yy")
    kiosk.touch("write")
    kiosk.write("17 4 9")
    assert events(kiosk, FridayClosed)[0].seed == "17 4 9"


def test_a_power_cut_voids_the_round_aloud_and_it_is_taken_again(tmp_path):
    kiosk = Kiosk(tmp_path)
    kiosk.wait(FRIDAY * DAY)
    give(kiosk, 20000)
    propose(kiosk, "oven seal", 12000)
    to_the_vote(kiosk, 20000)
    vote(kiosk, Amina="y", Jo="n")
    kiosk.store.store.close()
    after = Kiosk(tmp_path)
    after.clock.ms = kiosk.clock.ms + 60_000
    after.house.begin()
    after.wait(1)
    assert "This vote is void" in shown(after)
    assert events(after, RoundVoided)[0].why == "power cut"
    assert after.core.state.funds["jar"].cents == 20000
    after.press("yes", "yes")
    assert isinstance(after.faces[-1], FrozenFace), "the count of today stands, and the other side was heard"
    after.press("yes")
    vote(after, Amina="y", Jo="y", Tomek="y", Sara="n", Priya="n")
    (closed,) = events(after, FridayClosed)
    assert [each.title for each in closed.funded] == ["oven seal"]


def test_the_circle_can_stop_it_and_count_what_there_is(kiosk):
    give(kiosk, 20000)
    propose(kiosk, "oven seal", 12000)
    to_the_vote(kiosk, 20000)
    vote(kiosk, Amina="y")
    kiosk.hold()
    kiosk.press("yes")
    assert "It takes 3" in shown(kiosk)
    assert not events(kiosk, FridayClosed)
    vote(kiosk, Jo="y", Tomek="y")
    kiosk.hold()
    kiosk.press("yes")
    assert events(kiosk, FridayClosed)[0].ballots == 3


def test_nobody_who_is_not_on_the_roll_has_a_ballot(kiosk):
    give(kiosk, 20000)
    propose(kiosk, "oven seal", 12000)
    to_the_vote(kiosk, 20000)
    kiosk.tap("Wen")
    assert "began without you" in shown(kiosk)


def test_too_much_for_one_meeting_is_split_and_each_part_has_its_circle(kiosk):
    give(kiosk, 60001)
    propose(kiosk, "oven seal", 12000)
    kiosk.gather(*HERE)
    kiosk.press("yes")
    count(kiosk, 60001)
    assert "It holds € 600.01" in shown(kiosk)
    kiosk.press("yes")
    assert [row.words for row in kiosk.faces[-1].rows] == ["part 1: € 300.01", "part 2: € 300.00"]
    kiosk.press("yes")
    assert "Part 1 of 2, € 300.01: what is it for?" in shown(kiosk)
    kiosk.press("yes", "yes")
    assert [row.words for row in kiosk.faces[-1].rows] == ["3 people each", "4 people each"]
    assert not events(kiosk, FundSplit)
    kiosk.press("yes")
    (split,) = events(kiosk, FundSplit)
    assert split.duties
    assert [len(part.circle) for part in split.parts] == [3, 3]
    assert not {*split.parts[0].circle} & {*split.parts[1].circle}
    face = kiosk.faces[-1]
    assert isinstance(face, TroubleFace)
    assert all(name in face.mend for part in split.parts for name in part.circle)
    kiosk.press("yes")
    assert "Friday: give away jar 2" in shown(kiosk)


def test_parts_can_be_named_and_typed(kiosk):
    give(kiosk, 60000)
    propose(kiosk, "oven seal", 12000)
    kiosk.gather(*HERE)
    kiosk.press("yes")
    count(kiosk, 60000)
    kiosk.press("yes")
    kiosk.touch("write")
    kiosk.touch("write")
    kiosk.write("Strike reserve")
    assert "There is a Strike reserve already" in shown(kiosk)
    kiosk.write("the kitchen")
    kiosk.write("40000")
    assert "€ 200.00 are left" in shown(kiosk)
    kiosk.touch("another")
    kiosk.touch("write")
    kiosk.write("the Kitchen")
    assert "Two parts have the same name" in shown(kiosk)
    kiosk.write("the yard")
    kiosk.write("20000")
    assert "That is all" in shown(kiosk)
    kiosk.touch("book")
    kiosk.touch("row:1")
    assert {len(part.circle) for part in events(kiosk, FundSplit)[0].parts} == {4}
    assert [(part.name, part.cents) for part in events(kiosk, FundSplit)[0].parts] == [
        ("the kitchen", 40000),
        ("the yard", 20000),
    ]


def to_the_split(kiosk):
    """The question how to split € 600.01."""
    give(kiosk, 60001)
    propose(kiosk, "oven seal", 12000)
    kiosk.gather(*HERE)
    kiosk.press("yes")
    count(kiosk, 60001)
    kiosk.press("yes")


def test_with_buttons_alone_parts_are_named_after_what_the_shop_needs(kiosk):
    """Without this every jar is called by a number, and nobody remembers which of them was the kitchen’s."""
    needed = [notice.work for notice in kiosk.core.state.notices.values()]
    to_the_split(kiosk)
    kiosk.press("yes")
    assert [row.words for row in kiosk.faces[-1].rows] == ["jar 2", *needed[:2]]
    kiosk.press("no", "yes")
    assert f"So far: {needed[0]}." in shown(kiosk)
    assert [row.words for row in kiosk.faces[-1].rows][:2] == ["jar 2", needed[1]]
    kiosk.press("no", "yes", "no", "yes")
    (split,) = events(kiosk, FundSplit)
    assert [(part.name, part.cents, len(part.circle)) for part in split.parts] == [
        (needed[0], 30001, 4),
        (needed[1], 30000, 4),
    ]


def test_with_buttons_alone_parts_are_of_any_size(kiosk):
    to_the_split(kiosk)
    kiosk.press("no", "no", "no")
    assert "Parts of any size?" in shown(kiosk)
    kiosk.press("yes", "yes")
    type_sum(kiosk, 40000)
    kiosk.press("abstain")
    assert "jar 2: € 400.00. € 200.01 are left." in shown(kiosk)
    kiosk.press("no", "yes")
    type_sum(kiosk, 20001)
    kiosk.press("abstain", "yes", "yes")
    (split,) = events(kiosk, FundSplit)
    assert [(part.name, part.cents) for part in split.parts] == [("jar 2", 40000), ("jar 3", 20001)]


def test_a_split_can_be_left_at_every_step_and_nothing_was_split(kiosk):
    to_the_split(kiosk)
    kiosk.press("yes", "yes", "yes")
    assert "How many look after each part?" in shown(kiosk)
    kiosk.press("abstain")
    assert "Part 2 of 2" in shown(kiosk)
    kiosk.press("abstain")
    assert "Part 1 of 2" in shown(kiosk)
    kiosk.press("abstain", "abstain", "abstain")
    assert "What needs doing" in shown(kiosk)
    assert not events(kiosk, FundSplit)


def test_where_only_one_size_of_circle_is_possible_it_is_not_asked(kiosk):
    for name in MEMBERS[6:]:
        book(kiosk, StartLeave(badge(kiosk, name)))
    to_the_split(kiosk)
    kiosk.press("yes", "yes", "yes")
    (split,) = events(kiosk, FundSplit)
    assert {len(part.circle) for part in split.parts} == {3}


def test_where_too_few_are_here_it_is_said(kiosk):
    for name in MEMBERS[5:]:
        book(kiosk, StartLeave(badge(kiosk, name)))
    to_the_split(kiosk)
    kiosk.press("yes", "yes", "yes")
    assert "That takes 6 people who are here, and there are 5" in shown(kiosk)
    assert not events(kiosk, FundSplit)


def test_whoever_got_money_says_what_became_of_it_in_the_circle_or_at_home(kiosk):
    give(kiosk, 20000)
    propose(kiosk, "oven seal", 12000)
    to_the_vote(kiosk, 20000)
    vote(kiosk, Amina="y", Jo="y", Tomek="y", Sara="n", Priya="n")
    kiosk.press("yes", "yes", "abstain", "yes", "yes")
    kiosk.wait(1)
    kiosk.tap("Tomek")
    assert "oven seal" in shown(kiosk)
    (name,) = kiosk.core.state.purchases
    kiosk.touch(f"receipt:{name}")
    kiosk.touch("row:0")
    assert events(kiosk, ReceiptShown) == [ReceiptShown(name, "Tomek", "bought; the receipt hangs here")]


def test_a_missing_receipt_is_on_the_wall_and_on_the_list(kiosk):
    give(kiosk, 20000)
    propose(kiosk, "oven seal", 12000)
    to_the_vote(kiosk, 20000)
    vote(kiosk, Amina="y", Jo="y", Tomek="y", Sara="n", Priya="n")
    kiosk.press("yes", "yes", "abstain", "yes", "yes")
    kiosk.wait(8 * DAY)
    assert [alarm.words for alarm in kiosk.faces[-1].alarms] == ["Tomek got € 120.00: oven seal"]
    kiosk.gather(*HERE)
    assert "what became of it: Tomek, oven seal" in shown(kiosk)
    kiosk.press("no", "no", "yes", "yes")
    assert isinstance(kiosk.faces[-1], TapFace)
    kiosk.tap("Sara")
    kiosk.tap("Jo")
    assert events(kiosk, ReceiptShown)[0].witness == "Jo"
    assert "What needs doing" in shown(kiosk)


def test_without_anything_that_stands_there_is_nothing_to_vote_on(kiosk):
    give(kiosk, 20000)
    kiosk.gather(*HERE)
    kiosk.press("yes")
    count(kiosk, 20000)
    assert "Nothing stands yet" in shown(kiosk)
    kiosk.press("yes")
    assert isinstance(kiosk.faces[-1], FrozenFace)
    assert not events(kiosk, FridayOpened)
    kiosk.press("abstain")
    assert "What needs doing" in shown(kiosk)


def test_a_daughter_is_given_away_by_its_own_circle_alone(kiosk):
    give(kiosk, 60000)
    kiosk.gather(*MEMBERS)
    kiosk.press("yes")
    count(kiosk, 60000)
    kiosk.press("yes", "yes", "yes", "yes", "yes", "yes")
    (split,) = events(kiosk, FundSplit)
    part = split.parts[0]
    book(kiosk, ProposeProject(badge(kiosk, "Tomek"), "a kettle", 4000, "other", fund=part.name))
    (name,) = kiosk.core.state.projects
    book(kiosk, SecondProject(name, badge(kiosk, "Ada")))
    kiosk.touch("row:0")
    count(kiosk, part.cents)
    assert kiosk.faces[-1].frame.title == f"Friday: {part.name}"
    assert kiosk.faces[-1].roll == tuple(handle for handle in MEMBERS if handle in part.circle)
    kiosk.press("yes", "no", "yes")
    outsider = next(handle for handle in MEMBERS if handle not in part.circle)
    kiosk.tap(outsider)
    assert "began without you" in shown(kiosk)
    vote(kiosk, **dict.fromkeys(part.circle, "y"))
    (closed,) = events(kiosk, FridayClosed)
    assert (closed.fund, closed.ballots) == (part.name, 3)


def test_the_wall_and_the_end_of_the_circle_say_what_came_of_friday(kiosk):
    give(kiosk, 20000)
    propose(kiosk, "oven seal", 12000)
    to_the_vote(kiosk, 20000)
    vote(kiosk, Amina="y", Jo="y", Tomek="y", Sara="n", Priya="n")
    kiosk.press("yes", "yes", "abstain", "yes")
    assert "The jar: oven seal" in shown(kiosk)
    kiosk.press("yes")
    assert [point.words for point in kiosk.faces[-1].decided] == ["The jar: oven seal"]
    assert kiosk.faces[-1].jar.what == "shared out today, to zero"


def test_an_empty_part_is_ended_in_the_circle(kiosk):
    """Without this a jar that nobody needs any more stays on the wall for ever."""
    give(kiosk, 60000)
    book(kiosk, CountJar(60000, (badge(kiosk, "Amina"), badge(kiosk, "Jo"))))
    kiosk.gather(*HERE)
    book(kiosk, SplitFund((("garden", 30000), ("press", 30000))))
    ways = ("jar", "more", "jars", "jar:garden", "more")
    kiosk.house.live_once(Touch("home"))
    for key in ways:
        kiosk.touch(key)
    assert "end this jar" not in shown(kiosk)
    kiosk.touch("end")
    assert not events(kiosk, FundEnded)
    book(kiosk, CountJar(0, (badge(kiosk, "Amina"), badge(kiosk, "Jo")), fund="garden"))
    kiosk.house.live_once(Touch("home"))
    for key in ways:
        kiosk.touch(key)
    assert "end this jar" in shown(kiosk)
    kiosk.touch("end")
    assert [ended.fund for ended in events(kiosk, FundEnded)] == ["garden"]
    assert "is no more" in shown(kiosk)
    assert "garden" not in kiosk.core.state.funds


def test_a_reserve_is_opened_by_a_carried_vote_and_many_hands(kiosk):
    give(kiosk, 20000)
    propose(kiosk, "oven seal", 12000)
    to_the_vote(kiosk, 20000)
    vote(kiosk, Amina="y", Jo="y", Tomek="y", Sara="n", Priya="n")
    kiosk.press("yes", "yes", "abstain", "yes", "yes")
    kiosk.touch("jar")
    kiosk.touch("more")
    kiosk.touch("reserves")
    kiosk.touch("reserve:strike reserve")
    assert "opened by a vote that was carried" in shown(kiosk)
    kiosk.gather(*HERE)
    kiosk.ask()
    kiosk.press("yes", "yes", "no", "yes", "yes")
    kiosk.wait(7)
    kiosk.press("yes", "abstain", "yes", "yes")
    (decision,) = kiosk.core.state.decisions
    kiosk.touch("jar")
    kiosk.touch("more")
    kiosk.touch("reserves")
    kiosk.touch("reserve:strike reserve")
    kiosk.touch(f"decision:{decision}")
    kiosk.write("5000")
    kiosk.write("Ada’s rent")
    kiosk.tap("Ada")
    kiosk.tap("Amina")
    kiosk.tap("Ada")
    assert "Ada has tapped" in shown(kiosk)
    kiosk.tap("Jo")
    assert not events(kiosk, ReserveSpent)
    kiosk.tap("Wen")
    (spent,) = events(kiosk, ReserveSpent)
    assert (spent.carrier, spent.hands, spent.cents) == ("Ada", ("Amina", "Jo", "Wen"), 5000)


def tied(kiosk):
    """Two of four have voted, it was to be counted, and two projects are level."""
    give(kiosk, 10000)
    propose(kiosk, "a bench", 10000)
    propose(kiosk, "a tree", 10000, "Sara")
    to_the_vote(kiosk, 10000, MEMBERS[:4])
    vote(kiosk, Amina="yy", Jo="yy")
    kiosk.hold()
    kiosk.press("yes")
    assert "Some projects are level" in shown(kiosk)


@pytest.mark.parametrize("way_out", ["home", "back", "hold", "left alone"])
def test_once_it_is_known_that_some_are_level_nobody_votes_any_more(kiosk, way_out):
    """Without this whoever votes next would learn how, and could ask again after each ballot."""
    tied(kiosk)
    match way_out:
        case "hold":
            kiosk.hold()
        case "left alone":
            kiosk.wait(3600)
            kiosk.hold()
        case _:
            kiosk.house.live_once(Touch(way_out))
    if way_out != "left alone":
        assert "Stop this vote?" in shown(kiosk)
        assert "count it now" not in shown(kiosk)
        kiosk.press("abstain")
    assert "Some projects are level" in shown(kiosk)
    kiosk.tap("Tomek")
    assert "Some projects are level" in shown(kiosk)
    kiosk.press(*["no"] * 9)
    (closed,) = events(kiosk, FridayClosed)
    assert (closed.ballots, closed.by_lot) == (2, True)


def test_a_level_friday_can_be_taken_again_instead_of_a_lot(kiosk):
    tied(kiosk)
    kiosk.house.live_once(Touch("home"))
    kiosk.press("no")
    assert "void" in shown(kiosk)
    assert [each.why for each in events(kiosk, RoundVoided)] == ["given up"]
    assert kiosk.core.state.funds["jar"].cents == 10000


def test_a_badge_that_is_nobodys_ends_the_ballot_that_lay_open(kiosk):
    """Without this whoever lays a bus ticket down could go on pressing for the one before."""
    give(kiosk, 10000)
    propose(kiosk, "a bench", 10000)
    to_the_vote(kiosk, 10000)
    kiosk.tap("Amina")
    kiosk.tap_stranger()
    assert kiosk.faces[-1].waiting
    kiosk.press("yes")
    assert "Tap your badge first" in shown(kiosk)
    assert kiosk.faces[-1].voted == (0, len(HERE))
    kiosk.tap("Amina")
    kiosk.press("yes")
    assert kiosk.faces[-1].voted == (1, len(HERE))


# --- on the wall afterwards -------------------------------------------------------------------------------


def given_away_and_home(kiosk, people=HERE):
    """A jar given away, the circle closed: the wall."""
    give(kiosk, 30000)
    propose(kiosk, "oven seal", 12000)
    to_the_vote(kiosk, 30000, people)
    vote(kiosk, **dict.fromkeys(people, "y"))
    while "What needs doing" not in shown(kiosk):
        kiosk.press("yes")
    kiosk.close()
    return kiosk.faces[-1]


def test_the_poster_hangs_on_the_wall_and_says_what_the_printed_one_says(kiosk):
    """Two sources would tell two sums, and the wall would argue with the sheet that hangs beside it."""
    wall = given_away_and_home(kiosk)
    printed = told(given_away(kiosk.store.store.entries())[1], "Canal Street")
    poster = wall.poster
    assert (poster.head, poster.day, poster.who) == (printed.headline, printed.day, printed.who)
    assert poster.sum == "€ 300.00"
    assert poster.spent == 400
    assert [(each.words, each.price, each.told) for each in poster.bought] == [
        (item.title, "€ 120.00", item.more) for item in printed.bought
    ]
    assert [(each.words, each.price) for each in poster.rest] == [("to the reserve: strike reserve", "€ 180.00")]
    assert poster.code == printed.figures
    assert poster.short in wall.decided, "where there is no room for it, it stands among what was decided"


def test_the_poster_tells_no_more_than_was_fixed_before_the_vote(kiosk):
    """Among four, how many approved of what would tell who did."""
    poster = given_away_and_home(kiosk, MEMBERS[:4]).poster
    assert "approved" not in repr(poster)
    assert poster.who == "4 of us gave it away, to the last cent."


def test_the_poster_comes_down_after_three_days(kiosk):
    assert given_away_and_home(kiosk).poster
    kiosk.wait(2 * DAY)
    assert kiosk.faces[-1].poster
    kiosk.wait(DAY)
    assert kiosk.faces[-1].poster is None


def test_the_poster_comes_down_with_the_next_circle(kiosk):
    assert given_away_and_home(kiosk).poster
    kiosk.gather("Amina", "Jo", "Sara")
    kiosk.close()
    assert kiosk.faces[-1].poster is None


def test_after_a_friday_the_record_is_sealed(kiosk):
    """The first seal is of the Friday itself, so that nobody can change its figures before the circle is over."""
    given_away_and_home(kiosk)
    ends = [entry.number for entry in kiosk.store.store.entries() if isinstance(entry.event, FridayClosed)]
    assert kiosk.seals[0].size == ends[0]
    assert kiosk.seals[-1].size == kiosk.store.store.last_number
