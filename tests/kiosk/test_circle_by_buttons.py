"""The circle as people live it, from the first badge to the end, with badges and three buttons alone."""

import pytest
from by_hand import Kiosk

from kiosk.demo import MEMBERS
from kiosk.events import RoundClosed, RoundVoided
from kiosk.faces import OutcomeFace, Touch, WallFace
from kiosk.visit.hearing import CoinHeard, Pressed, PressedTwo


@pytest.fixture
def kiosk(tmp_path):
    return Kiosk(tmp_path)


def shown(kiosk):
    return repr(kiosk.faces[-1])


def pressed(kiosk):
    """How many have pressed, of all, as the screen says it."""
    return kiosk.faces[-1].pressed, kiosk.faces[-1].people


def closings(kiosk):
    entries = kiosk.store.store.entries(after=0)
    return [entry.event for entry in entries if isinstance(entry.event, RoundClosed | RoundVoided)]


def test_eight_people_speak_take_a_task_and_vote(kiosk):
    kiosk.hold()
    for name in MEMBERS:
        kiosk.tap(name)
    assert (kiosk.faces[-1].time, kiosk.faces[-1].under) == ("0:38", "for each")
    kiosk.press("yes")
    speaker = kiosk.core.state.circle.speaker
    assert speaker in shown(kiosk)
    kiosk.press("yes", "no", "yes", "yes")
    assert list(kiosk.core.state.heard.words) == ["supplies", "too few hands"]
    kiosk.press(*["no"] * 7)
    kiosk.press("yes", "no", "yes", "yes")
    kiosk.tap("Jo")
    (task,) = kiosk.core.state.tasks.values()
    assert (task.doer, task.words) == ("Jo", "too few hands")
    kiosk.wait(7)
    kiosk.ask()
    assert pressed(kiosk) == (0, 8)
    kiosk.press("yes", "yes", "no", "yes", "abstain", "yes", "no")
    assert pressed(kiosk) == (7, 8)
    kiosk.press("yes")
    kiosk.wait(7)
    assert [(share.words, share.count) for share in kiosk.faces[-1].counts] == [
        ("yes", 5),
        ("no", 2),
        ("abstained", 1),
    ]
    assert [decision.words for decision in kiosk.core.state.decisions.values()] == ["as it was said aloud"]
    kiosk.press("yes", "abstain", "yes")
    assert "8 people" in shown(kiosk)
    assert kiosk.core.state.circle is None


def test_those_who_speak_see_what_was_heard_before_them_in_this_circle(kiosk):
    """Everybody would say the same again; or words of last week would stand there as if said just now."""
    kiosk.hold()
    for name in MEMBERS[:4]:
        kiosk.tap(name)
    kiosk.press("yes")
    order = kiosk.core.state.circle.order
    assert (kiosk.faces[-1].heard, kiosk.faces[-1].coming) == ((), order[1:])
    kiosk.press("yes", "no", "yes", "yes")
    assert kiosk.faces[-1].heard == (("supplies", "too few hands"),)
    assert (kiosk.faces[-1].spoken, kiosk.faces[-1].speaker) == (order[:1], order[1])
    kiosk.press("no", "yes", "abstain", "yes")
    assert len(kiosk.faces[-1].heard) == 2
    assert kiosk.faces[-1].heard[1][0] == ""
    kiosk.press("no", "abstain", "yes", "yes")
    kiosk.hold()
    kiosk.tap("Amina")
    kiosk.tap("Jo")
    kiosk.press("yes")
    assert kiosk.faces[-1].heard == ()


def test_the_time_runs_out_and_says_so(kiosk):
    """A speaker would not know that they have had their time."""
    kiosk.hold()
    kiosk.tap("Amina")
    kiosk.tap("Jo")
    kiosk.press("yes")
    assert (kiosk.faces[-1].left, kiosk.faces[-1].of, kiosk.faces[-1].under) == (150, 150, "of 2:30")
    kiosk.wait(149.5)
    assert (kiosk.faces[-1].left, kiosk.faces[-1].under) == (1, "of 2:30")
    kiosk.wait(1)
    assert (kiosk.faces[-1].left, kiosk.faces[-1].under) == (0, "time is up")
    kiosk.wait(60)
    assert (kiosk.faces[-1].left, kiosk.faces[-1].under) == (0, "time is up")


def test_a_press_rests_all_three_and_then_they_wake(kiosk):
    """One finger would count twice, or the buttons would look dead for ever."""
    kiosk.gather(*MEMBERS[:5])
    kiosk.ask()
    assert kiosk.faces[-1].resting, "the button that opened it may be pressed twice"
    kiosk.wait(2)
    assert not kiosk.faces[-1].resting
    kiosk.press("no")
    assert kiosk.faces[-1].resting
    kiosk.wait(1.2)
    assert not kiosk.faces[-1].resting
    kiosk.press("yes", "yes", "yes", "yes")
    kiosk.wait(1.2)
    assert kiosk.faces[-1].resting
    assert "being counted" in kiosk.faces[-1].words


def test_the_end_tells_who_does_what_and_what_was_decided(kiosk):
    """Everybody would go home with another idea of what was agreed."""
    kiosk.gather(*MEMBERS[:5])
    kiosk.press("yes", "yes", "yes")
    kiosk.tap("Jo")
    kiosk.wait(7)
    kiosk.ask()
    kiosk.press("yes", "no", "yes", "abstain", "yes")
    kiosk.wait(7)
    kiosk.press("yes", "abstain", "yes")
    end = kiosk.faces[-1]
    assert end.facts == "5 people · 1 min"
    assert [(each.who, each.words) for each in end.doing] == [("Jo", "as it was said aloud")]
    assert [(each.words, each.how) for each in end.decided] == [("as it was said aloud", "carried")]
    assert end.decided[0].more.startswith("carried, 3 to 1 · looked at again ")
    assert end.empty == ""


def test_a_press_too_many_is_refused_and_shown(kiosk):
    kiosk.gather(*MEMBERS[:5])
    kiosk.ask()
    kiosk.press("yes", "yes", "no", "no", "abstain")
    before = len(kiosk.heard)
    kiosk.press("yes")
    assert "did not count" in shown(kiosk)
    assert kiosk.heard[before:] == ["not possible"]
    kiosk.wait(7)
    assert closings(kiosk)[0].outcome == "tied"


def test_a_power_cut_voids_the_vote_aloud_and_it_is_taken_again(tmp_path):
    kiosk = Kiosk(tmp_path)
    kiosk.gather(*MEMBERS[:5])
    kiosk.ask()
    kiosk.press("yes", "no", "yes")
    kiosk.store.store.close()
    after = Kiosk(tmp_path)
    after.clock.ms = kiosk.clock.ms + 60_000
    after.house.begin()
    after.wait(1)
    assert "This vote is void" in shown(after)
    assert isinstance(closings(after)[-1], RoundVoided)
    assert [question.why for question in after.core.state.questions.values()] == ["void"]
    after.press("yes")
    assert "vote again" in shown(after)
    after.press("no", "no", "yes", "yes", "no")
    assert pressed(after) == (0, 5)
    after.press("yes", "no", "yes", "yes", "abstain")
    after.wait(7)
    assert closings(after)[-1].outcome == "carried"


def test_nobody_walks_out_of_an_open_vote_by_mistake(kiosk):
    kiosk.gather(*MEMBERS[:5])
    kiosk.ask()
    kiosk.press("yes")
    kiosk.hold()
    assert pressed(kiosk) == (1, 5)
    assert kiosk.faces[-1].question == "Stop this vote?"
    kiosk.press("abstain")
    assert "press:yes" in shown(kiosk)
    assert kiosk.core.state.circle.round is not None
    kiosk.hold()
    kiosk.press("no")
    assert isinstance(kiosk.faces[-1], OutcomeFace)
    assert [type(event) for event in closings(kiosk)] == [RoundVoided]


def test_a_vote_that_everybody_left_is_void_in_the_end(kiosk):
    kiosk.gather(*MEMBERS[:5])
    kiosk.ask()
    kiosk.press("yes")
    kiosk.wait(21 * 60)
    assert closings(kiosk) == [RoundVoided(closings(kiosk)[0].round, "given up")]


def test_a_full_card_keeps_the_result_until_it_can_be_written(kiosk):
    kiosk.gather(*MEMBERS[:5])
    kiosk.ask()
    kiosk.press("yes", "yes", "no", "no", "yes")
    kiosk.store.full = True
    kiosk.wait(7)
    assert "can’t be kept" in shown(kiosk)
    kiosk.store.full = False
    kiosk.wait(13)
    assert closings(kiosk)[0].counts.yes == 3


def test_somebody_who_comes_late_is_on_the_roll_of_what_is_opened_next(kiosk):
    kiosk.gather(*MEMBERS[:4])
    kiosk.tap(MEMBERS[4])
    assert kiosk.core.state.circle.roll[-1] == MEMBERS[4]
    kiosk.press("no")
    kiosk.ask()
    kiosk.tap(MEMBERS[5])
    assert "A vote is open" in shown(kiosk)
    assert len(kiosk.core.state.circle.round.roll) == 5


def test_an_obstacle_voiced_in_three_circles_is_on_the_list(kiosk):
    for _ in range(3):
        kiosk.hold()
        kiosk.tap("Amina")
        kiosk.tap("Jo")
        kiosk.press("yes", "yes", "abstain", "yes", "no")
        kiosk.press("abstain", "yes", "yes")
        kiosk.wait(1)
    kiosk.hold()
    kiosk.tap("Amina")
    kiosk.tap("Jo")
    kiosk.press("yes", "no", "no")
    assert "again and again: too few hands" in shown(kiosk)


def test_an_experiment_is_looked_at_with_the_buttons(kiosk):
    """Without this a grievance would be off the wall for ever once anything was promised against it."""
    for _ in range(3):
        kiosk.hold()
        kiosk.tap("Amina")
        kiosk.tap("Jo")
        kiosk.press("yes", "yes", "abstain", "yes", "no")
        kiosk.press("abstain", "yes", "yes")
        kiosk.wait(1)
    kiosk.gather("Amina", "Jo")
    kiosk.press("no", "no", "yes", "yes")
    assert "The experiment is on" in shown(kiosk)
    kiosk.press("abstain", "yes", "yes")
    kiosk.wait(32 * 24 * 3600)
    kiosk.gather("Amina", "Jo")
    assert "did it help? too few hands" in shown(kiosk)
    kiosk.press("no", "no", "yes")
    assert "We tried: as it was said aloud." in shown(kiosk)
    kiosk.press("no")
    assert "hangs on the wall again" in shown(kiosk)
    assert "again and again: too few hands" in shown(kiosk)


def test_a_finger_turns_the_pages_of_a_list_and_comes_round(kiosk):
    kiosk.hold()
    kiosk.tap("Amina")
    kiosk.tap("Jo")
    kiosk.press("yes", "yes")
    first = kiosk.faces[-1].rows
    kiosk.touch("page:1")
    assert kiosk.faces[-1].rows != first
    kiosk.touch("page:1")
    kiosk.touch("page:1")
    assert kiosk.faces[-1].rows == first
    kiosk.touch("page:-1")
    assert kiosk.faces[-1].page == (3, 3)


def soon(kiosk, button, ms):
    kiosk.clock.ms += ms
    kiosk.house.live_once(Pressed(button))


def test_the_button_that_opened_the_vote_pressed_twice_is_nobodys_vote(kiosk):
    kiosk.gather(*MEMBERS[:5])
    kiosk.ask()
    soon(kiosk, "no", 200)
    assert "0 of 5" in shown(kiosk) or "pressed=0" in shown(kiosk)
    kiosk.hold()
    kiosk.press("abstain")
    soon(kiosk, "abstain", 250)
    assert "pressed=0" in shown(kiosk), "nor is the one that lets it go on"


def test_whoever_presses_just_when_the_vote_is_to_be_stopped_ends_nothing(kiosk):
    kiosk.gather(*MEMBERS[:5])
    kiosk.ask()
    kiosk.press("yes", "yes")
    kiosk.house.live_once(Touch("back"))
    for button in ("yes", "no", "abstain"):
        soon(kiosk, button, 100)
    assert closings(kiosk) == []
    assert "Stop this vote" in shown(kiosk)


def test_a_hand_on_all_three_buttons_is_no_vote_even_when_one_came_first(kiosk):
    kiosk.gather(*MEMBERS[:5])
    kiosk.ask()
    kiosk.press("yes", "yes")
    soon(kiosk, "no", 1_500)
    soon_two(kiosk)
    assert "pressed=2" in shown(kiosk)


def soon_two(kiosk):
    kiosk.clock.ms += 60
    kiosk.house.live_once(PressedTwo())


def test_a_coin_that_falls_on_a_full_card_leaves_an_open_vote_as_it_is(kiosk):
    kiosk.gather(*MEMBERS[:5])
    kiosk.ask()
    kiosk.press("yes")
    rests = kiosk.house._visit.place.rests
    kiosk.store.full = True
    kiosk.house.live_once(CoinHeard(100, 2))
    assert kiosk.house._visit.place.rests == rests


def test_the_first_press_outside_the_circle_says_what_the_buttons_do_there(kiosk):
    """Without this somebody presses on, and books what they have not seen, or thinks that the kiosk is broken."""
    kiosk.press("yes")
    assert "Hold all three, and the circle opens." in shown(kiosk)
    assert isinstance(kiosk.faces[-1], WallFace)
    kiosk.tap("Jo")
    kiosk.press("no")
    assert kiosk.faces[-1].frame.marked.words == "the jar"


def test_in_the_circle_a_button_without_a_use_points_at_the_others(kiosk):
    kiosk.hold()
    kiosk.tap("Jo")
    kiosk.press("no")
    assert "The others do: the screen says what." in shown(kiosk)
