"""A round of approvals as people live it: one badge, one ballot, a press for each name."""

import pytest
from by_hand import Kiosk

from kiosk.commands import BeginDuty
from kiosk.core import Booked
from kiosk.demo import MEMBERS, UIDS
from kiosk.events import ApprovalClosed, ApprovalOpened, RoundVoided
from kiosk.faces import BallotFace, OutcomeFace
from kiosk.reports.minutes import minutes

HERE = MEMBERS[:5]


@pytest.fixture
def kiosk(tmp_path):
    kiosk = Kiosk(tmp_path)
    begin_duty(kiosk)
    return kiosk


def begin_duty(kiosk, duty="taking minutes"):
    hands = tuple(kiosk.key.hash("nfc", UIDS[name]) for name in MEMBERS[:3])
    assert isinstance(kiosk.core.handle(BeginDuty(duty, "approval", "week", hands)), Booked)


def open_round(kiosk, *people):
    kiosk.gather(*(people or HERE))
    assert "Taking minutes: who is next?" in shown(kiosk)
    kiosk.press("no", "no", "yes", "yes")


def vote(kiosk, who, *presses):
    kiosk.tap(who)
    kiosk.press(*presses)


def shown(kiosk):
    return repr(kiosk.faces[-1])


def entries(kiosk):
    wanted = (ApprovalOpened, ApprovalClosed, RoundVoided)
    return [each.event for each in kiosk.store.store.entries(after=0) if isinstance(each.event, wanted)]


def test_five_people_approve_of_whoever_takes_the_minutes_next(kiosk):
    open_round(kiosk)
    face = kiosk.faces[-1]
    assert isinstance(face, BallotFace)
    assert (face.waiting, face.voted, face.choices) == (True, (0, 5), ())
    kiosk.tap("Jo")
    face = kiosk.faces[-1]
    assert (face.frame.who, face.words, face.at, face.voted) == ("Jo", "Amina", (1, 5), (0, 5))
    assert [choice.key for choice in face.choices] == ["press:yes", "press:no", "press:abstain"]
    kiosk.press("yes", "no")
    assert kiosk.faces[-1].words == "Tomek"
    kiosk.press("abstain", "yes", "no")
    face = kiosk.faces[-1]
    assert (face.frame.who, face.waiting, face.voted) == ("", True, (1, 5))
    for name in ("Amina", "Sara", "Priya", "Tomek"):
        vote(kiosk, name, "no", "no", "no", "yes", "no")
    assert "It is being counted" in shown(kiosk)
    kiosk.wait(7)
    assert "Sara is next" in shown(kiosk)
    assert kiosk.core.state.duties["taking minutes"].coming == "Sara"
    assert entries(kiosk)[-1] == ApprovalClosed(entries(kiosk)[-1].round, "taking minutes", 5, "Sara")
    kiosk.press("yes")
    assert "What needs doing" in shown(kiosk)
    assert "who is next" not in shown(kiosk)


def test_the_last_one_can_step_back_before_it_is_counted(kiosk):
    """Without this the closing entry would hold the moment of the last press."""
    open_round(kiosk)
    for name in HERE:
        vote(kiosk, name, *["yes"] * 5)
    kiosk.wait(3.9)
    assert len(entries(kiosk)) == 1
    kiosk.wait(0.2)
    assert len(entries(kiosk)) == 2


def test_a_finger_votes_as_the_buttons_do(kiosk):
    open_round(kiosk)
    kiosk.tap("Jo")
    for key in ("yes", "no", "no", "no", "abstain"):
        kiosk.clock.ms += 500
        kiosk.touch(f"press:{key}")
    assert kiosk.faces[-1].voted == (1, 5)


def test_one_badge_has_one_ballot(kiosk):
    """Without this whoever taps most decides."""
    open_round(kiosk)
    vote(kiosk, "Jo", *["yes"] * 5)
    before = len(kiosk.heard)
    vote(kiosk, "Jo", "yes")
    assert "You have voted" in repr(kiosk.faces[-2])
    assert kiosk.heard[before:] == ["not possible", "not possible"]
    assert kiosk.faces[-1].voted == (1, 5)


def test_whoever_came_too_late_takes_no_part_in_this_one(kiosk):
    open_round(kiosk)
    vote(kiosk, MEMBERS[5], "yes")
    assert "began without you" in repr(kiosk.faces[-2])
    assert "Tap your badge first" in shown(kiosk)
    assert kiosk.core.state.circle.roll == HERE


def test_a_press_without_a_badge_is_nobodys_and_counts_nothing(kiosk):
    open_round(kiosk)
    kiosk.press("yes")
    assert "Tap your badge first" in shown(kiosk)
    assert kiosk.heard[-1] == "not possible"
    kiosk.tap_stranger()
    assert "nobody’s yet" in shown(kiosk)
    kiosk.press("no")
    assert "Tap your badge first" in shown(kiosk)


def test_a_ballot_of_approvals_says_what_its_buttons_mean_and_in_the_order_of_every_vote(kiosk):
    open_round(kiosk)
    kiosk.tap("Jo")
    choices = [(choice.key, choice.words, choice.icon) for choice in kiosk.faces[-1].choices]
    assert choices == [
        ("press:yes", "approve", "circle"),
        ("press:no", "not", "square"),
        ("press:abstain", "abstain", "triangle"),
    ]


@pytest.mark.parametrize("whose", ["nobody", "Amina", "Jo"])
def test_a_badge_ends_the_ballot_that_lay_open_also_while_it_is_asked_whether_to_stop(kiosk, whose):
    """Else whoever comes next goes on pressing for whoever stood there before."""
    open_round(kiosk)
    vote(kiosk, "Jo", "yes", "yes")
    kiosk.hold()
    assert "Stop this vote?" in shown(kiosk)
    if whose == "nobody":
        kiosk.tap_stranger()
    else:
        kiosk.tap(whose)
    assert "First: is it to be stopped?" in shown(kiosk)
    kiosk.wait(2)
    kiosk.press("abstain")
    kiosk.press("yes")
    assert "Tap your badge first" in shown(kiosk)
    kiosk.tap("Jo")
    assert kiosk.faces[-1].at == (1, 5)


def test_a_wrong_press_is_mended_by_tapping_again_before_the_last(kiosk):
    open_round(kiosk)
    vote(kiosk, "Jo", "yes", "yes")
    kiosk.tap("Jo")
    assert kiosk.faces[-1].at == (1, 5)
    kiosk.press("no", "no", "no", "no", "yes")
    for name in ("Amina", "Tomek"):
        vote(kiosk, name, *["no"] * 5)
    stop(kiosk, "yes")
    assert "Priya is next" in shown(kiosk)


def stop(kiosk, how):
    kiosk.hold()
    assert "Stop this vote?" in shown(kiosk)
    kiosk.press(how)


def test_another_badge_begins_its_own_ballot_and_never_goes_on_with_the_one_before(kiosk):
    """Without this the next one could finish somebody else's ballot, or vote for them."""
    open_round(kiosk)
    vote(kiosk, "Jo", "yes", "yes")
    kiosk.tap("Sara")
    assert (kiosk.faces[-1].frame.who, kiosk.faces[-1].at) == ("Sara", (1, 5))
    kiosk.press(*["no"] * 5)
    kiosk.tap("Jo")
    assert kiosk.faces[-1].at == (1, 5)
    kiosk.tap("Sara")
    assert "You have voted" in shown(kiosk)
    kiosk.press("yes")
    assert "Tap your badge first" in shown(kiosk), "a badge that has voted must not press for the one before"


def test_whoever_walks_off_in_the_middle_has_not_voted(kiosk):
    open_round(kiosk)
    vote(kiosk, "Jo", "yes", "yes")
    kiosk.wait(29)
    assert kiosk.faces[-1].frame.who == "Jo"
    kiosk.wait(2)
    assert "not finished" in shown(kiosk)
    assert (kiosk.faces[-1].frame.who, kiosk.faces[-1].voted) == ("", (0, 5))
    kiosk.press("yes")
    assert "Tap your badge first" in shown(kiosk)
    vote(kiosk, "Jo", *["no"] * 5)
    assert kiosk.faces[-1].voted == (1, 5)


def test_two_presses_in_one_breath_are_one(kiosk):
    open_round(kiosk)
    vote(kiosk, "Jo", "yes")
    kiosk.clock.ms -= 1_400
    kiosk.press("yes")
    kiosk.clock.ms -= 1_400
    kiosk.press("yes")
    assert "One moment" in shown(kiosk)
    assert kiosk.faces[-1].at == (2, 5)


def test_count_now_counts_whole_ballots_only(kiosk):
    open_round(kiosk)
    for name in ("Amina", "Tomek", "Priya"):
        vote(kiosk, name, "no", "no", "no", "yes", "no")
    vote(kiosk, "Jo", "yes", "yes", "yes")
    stop(kiosk, "yes")
    assert entries(kiosk)[-1].ballots == 3
    assert "Sara is next" in shown(kiosk)


def test_go_on_goes_on_where_it_was_and_no_badge_slips_in_between(kiosk):
    open_round(kiosk)
    vote(kiosk, "Jo", "yes", "yes")
    kiosk.hold()
    kiosk.tap("Sara")
    assert "is it to be stopped" in shown(kiosk)
    kiosk.press("abstain")
    assert (kiosk.faces[-1].frame.who, kiosk.faces[-1].waiting) == ("", True)
    vote(kiosk, "Jo", "yes", "yes")
    kiosk.hold()
    kiosk.press("abstain")
    assert (kiosk.faces[-1].frame.who, kiosk.faces[-1].at) == ("Jo", (3, 5))


def test_take_it_again_leaves_nothing_of_it_and_keeps_it_on_the_list(kiosk):
    open_round(kiosk)
    vote(kiosk, "Jo", *["yes"] * 5)
    stop(kiosk, "no")
    opened, void = entries(kiosk)
    assert isinstance(opened, ApprovalOpened)
    assert void.why == "given up"
    assert "This vote is void" in shown(kiosk)
    assert "Taking minutes: who is next?" in shown(kiosk)
    kiosk.press("yes", "no", "no", "yes", "yes")
    vote(kiosk, "Jo", *["no"] * 5)
    assert kiosk.faces[-1].voted == (1, 5)


def test_too_few_and_nobody_approved_of_read_alike(kiosk):
    open_round(kiosk)
    for name in HERE:
        vote(kiosk, name, *["no"] * 5)
    kiosk.wait(7)
    nobody = kiosk.faces[-1]
    kiosk.press("yes", "no", "no", "yes", "yes")
    vote(kiosk, "Jo", *["yes"] * 5)
    stop(kiosk, "yes")
    assert isinstance(nobody, OutcomeFace)
    assert kiosk.faces[-1] == nobody


def test_a_power_cut_voids_it_aloud(tmp_path):
    kiosk = Kiosk(tmp_path)
    begin_duty(kiosk)
    open_round(kiosk)
    vote(kiosk, "Jo", *["yes"] * 5)
    kiosk.store.store.close()
    after = Kiosk(tmp_path)
    after.clock.ms = kiosk.clock.ms + 60_000
    after.house.begin()
    after.wait(1)
    assert "This vote is void" in shown(after)
    assert "The power was cut" in shown(after)
    assert entries(after)[-1].why == "power cut"
    after.press("yes")
    assert "Taking minutes: who is next?" in shown(after)
    after.press("no", "no", "yes", "yes")
    assert after.faces[-1].voted == (0, 5)


def test_a_vote_lost_with_the_power_is_voided_even_if_the_card_is_full_at_first(tmp_path):
    """Without this it would stay open for ever: nobody could vote, and nobody could end the circle."""
    kiosk = Kiosk(tmp_path)
    kiosk.gather(*HERE)
    kiosk.ask()
    kiosk.press("yes")
    kiosk.store.store.close()
    after = Kiosk(tmp_path)
    after.clock.ms = kiosk.clock.ms + 60_000
    after.store.full = True
    after.house.begin()
    after.hold()
    after.press("yes")
    assert after.core.state.circle.round is not None
    after.store.full = False
    after.wait(9)
    assert "This vote is void" in shown(after)
    assert after.core.state.circle.round is None


def test_a_full_card_keeps_the_ballots_until_they_can_be_counted(kiosk):
    open_round(kiosk)
    for name in HERE:
        vote(kiosk, name, "no", "no", "no", "yes", "no")
    kiosk.store.full = True
    kiosk.wait(7)
    assert "can’t be kept" in shown(kiosk)
    kiosk.store.full = False
    kiosk.wait(13)
    assert "Sara is next" in shown(kiosk)


def test_a_vote_that_everybody_left_is_void_in_the_end_also_with_a_full_card_on_the_way(kiosk):
    open_round(kiosk)
    vote(kiosk, "Jo", *["yes"] * 5)
    kiosk.store.full = True
    kiosk.wait(21 * 60)
    assert kiosk.core.state.circle.approval is not None
    kiosk.store.full = False
    kiosk.wait(21 * 60)
    assert [type(event) for event in entries(kiosk)] == [ApprovalOpened, RoundVoided]


@pytest.mark.parametrize("sort", ["approvals", "hands"])
def test_after_a_stumble_the_open_vote_is_found_again_with_what_was_pressed(kiosk, sort):
    """Without this a fault of the screen in the middle of a vote would leave it open and out of reach."""
    if sort == "approvals":
        open_round(kiosk)
        vote(kiosk, "Jo", *["yes"] * 5)
    else:
        kiosk.gather(*HERE)
        kiosk.ask()
        kiosk.press("yes", "no")
    kiosk.blind = True
    kiosk.press("yes")
    kiosk.blind = False
    kiosk.wait(30)
    kiosk.hold()
    if sort == "approvals":
        assert kiosk.faces[-1].voted == (1, 5)
    else:
        assert kiosk.faces[-1].pressed == 3


def test_a_stumble_in_the_middle_of_a_ballot_leaves_nobodys_ballot_open(kiosk):
    """Without this the next one would press for whoever stood there before."""
    open_round(kiosk)
    vote(kiosk, "Jo", "yes", "yes")
    kiosk.blind = True
    kiosk.press("yes")
    kiosk.blind = False
    kiosk.hold()
    kiosk.press("yes")
    assert "Tap your badge first" in shown(kiosk)


def test_the_lamps_invite_only_whoever_may_press(kiosk):
    open_round(kiosk)
    assert kiosk.lit[-1] == "rest"
    kiosk.tap("Jo")
    assert kiosk.lit[-1] == "press"
    kiosk.press("no")
    assert kiosk.lit[-1] == "rest"
    kiosk.wait(2)
    assert kiosk.lit[-1] == "press"
    kiosk.press("no", "no", "no", "no")
    kiosk.wait(2)
    assert kiosk.lit[-1] == "rest"


def test_the_minutes_and_the_end_say_who_is_next_and_how_many_voted_and_no_more(kiosk):
    open_round(kiosk)
    for name in HERE:
        vote(kiosk, name, "no", "no", "no", "yes", "no")
    kiosk.wait(7)
    kiosk.press("yes", "abstain", "yes")
    (decided,) = kiosk.faces[-1].decided
    assert (decided.words, decided.more) == ("Taking minutes: who is next?", "Sara")
    told = "\n".join(minutes(kiosk.store.store.entries(after=0)))
    assert "“Taking minutes: who is next?” Sara." in told
