"""What is in the box. Without this somebody’s vote could be read from the order, the time or its place in it."""

import pickle
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.ballot_box import REST, TOGETHER, WALKED_OFF, Approvals, ShowOfHands, remember
from kiosk.commands import Hush
from kiosk.events import Counts

answers = st.lists(st.sampled_from(["yes", "no", "abstain"]), max_size=30)


def filled(presses, people=30):
    box = ShowOfHands(people)
    for place, answer in enumerate(presses):
        assert box.press(answer, place * REST) == "counted"
    box.settle(len(presses) * REST)
    return box


@given(answers, st.randoms())
def test_the_box_does_not_know_who_came_first(presses, chance):
    shuffled = list(presses)
    chance.shuffle(shuffled)
    assert pickle.dumps(filled(presses)) == pickle.dumps(filled(shuffled))


@given(answers)
def test_every_press_counts_once(presses):
    assert filled(presses).count() == Counts(*(presses.count(answer) for answer in ("yes", "no", "abstain")))


def test_one_finger_is_not_two_people():
    box = ShowOfHands(3)
    assert box.press("yes", 0) == "counted"
    assert box.press("no", REST - 1) == "resting"
    assert box.count() == Counts(1, 0, 0)
    assert box.press("no", REST) == "counted"


def test_as_many_presses_as_people_and_not_one_more():
    box = filled(["yes", "no"], people=2)
    assert box.full
    assert box.press("no", 99 * REST) == "full"
    assert box.count() == Counts(1, 1, 0)


def test_five_rounds_are_remembered_as_one_word():
    hush = Hush()
    for unanimous in (True, True, False, True):
        hush = remember(hush, unanimous=unanimous)
    assert hush == Hush(rounds=4, quiet=False)


# --- approvals: one badge, one ballot ---------------------------------------------------------------------

ROLL = tuple(f"person {number}" for number in range(9))
UP = ("a", "b", "c", "d")

ballots = st.lists(st.lists(st.sampled_from(["yes", "no", "abstain"]), min_size=4, max_size=4), max_size=9)


def voted(whole, clock=0):
    """A box into which these people, in this order, dropped these ballots."""
    box = Approvals(UP, ROLL)
    for handle, answers in whole:
        assert box.begin(handle, clock) == "open"
        for answer in answers:
            assert box.press(answer, clock) in ("counted", "dropped")
            clock += REST
    return box


def approved(whole):
    return Counter(
        frozenset(each for each, answer in zip(UP, answers, strict=True) if answer == "yes") for _, answers in whole
    )


@given(ballots, st.randoms())
def test_the_box_does_not_know_in_which_order_people_came(whole, chance):
    """The same people with the same ballots, in another order: to the byte the same box."""
    people = list(zip(ROLL, whole, strict=False))
    shuffled = list(people)
    chance.shuffle(shuffled)
    assert pickle.dumps(voted(people)) == pickle.dumps(voted(shuffled))


@given(ballots, st.randoms())
def test_the_box_does_not_know_whose_ballot_is_whose(whole, chance):
    """The same people, the same ballots, dealt out otherwise: to the byte the same box."""
    dealt = list(whole)
    chance.shuffle(dealt)
    as_it_was = voted(zip(ROLL, whole, strict=False))
    assert pickle.dumps(as_it_was) == pickle.dumps(voted(zip(ROLL, dealt, strict=False)))


@given(ballots)
def test_no_and_abstain_are_the_same_to_the_box(whole):
    as_no = [["no" if answer == "abstain" else answer for answer in answers] for answers in whole]
    assert pickle.dumps(voted(zip(ROLL, whole, strict=False))) == pickle.dumps(
        voted(zip(ROLL, as_no, strict=False))
    )


@given(ballots, ballots)
def test_what_is_begun_and_left_is_as_if_it_had_never_been(whole, begun):
    """Somebody walks off, or another badge comes: nothing of theirs stays, and they can begin again."""
    people = list(zip(ROLL, whole, strict=False))
    box, clock = Approvals(UP, ROLL), 0
    for place, (handle, answers) in enumerate(people):
        for other in (ROLL[-1], handle):
            box.begin(other, clock)
            for answer in begun[place][:3] if place < len(begun) else ():
                box.press(answer, clock)
                clock += REST
        box.begin(handle, clock)
        for answer in answers:
            box.press(answer, clock)
            clock += REST
    assert Counter(box.ballots()) == approved(people)
    assert box.pressed == len(people)


@given(ballots)
def test_every_ballot_counts_once_and_whole(whole):
    people = list(zip(ROLL, whole, strict=False))
    box = voted(people)
    assert Counter(box.ballots()) == approved(people)
    assert box.full == (len(people) == len(ROLL))
    assert list(box.ballots()) == list(voted(reversed(people)).ballots()), "an order that says nothing"


@given(
    st.lists(
        st.one_of(
            st.tuples(st.just("tap"), st.sampled_from([*ROLL, "a stranger"])),
            st.tuples(st.just("press"), st.sampled_from(["yes", "no", "abstain"])),
            st.tuples(st.just("wait"), st.sampled_from([1, REST, WALKED_OFF])),
        ),
        max_size=60,
    )
)
def test_whatever_is_tapped_and_pressed_each_has_one_ballot_at_most(acts):
    """A plain account of it beside the box: who is up, what of, and who has voted."""
    box, now, rests, since, who, marks, done = Approvals(UP, ROLL), 0, 0, 0, None, [], {}
    for what, how in acts:
        if what == "tap":
            said = box.begin(how, now)
            known = "voted already" if how in done else "open" if how in ROLL else "not on the roll"
            assert said == known
            who, marks, since = (how if said == "open" else None), [], now
        elif what == "press":
            said = box.press(how, now)
            if who is None or now < rests:
                assert said == ("resting" if who else "no ballot")
            else:
                marks, rests, since = [*marks, how], now + REST, now
                assert said == ("dropped" if len(marks) == len(UP) else "counted")
                if said == "dropped":
                    done[who], who, marks = marks, None, []
        else:
            now += how
            assert box.leave(now) == (who is not None and now - since >= WALKED_OFF)
            who = None if now - since >= WALKED_OFF else who
        assert box.up == (len(marks) if who else None)
    assert Counter(box.ballots()) == approved(done.items())


@pytest.mark.parametrize("said", ["voted already", "not on the roll"])
def test_a_badge_that_may_not_vote_ends_the_ballot_that_lay_open(said):
    """Without this somebody who has voted could press on for whoever walked off before them."""
    box = voted([(ROLL[0], ["yes"] * 4)], clock=0)
    box.begin(ROLL[1], 10 * REST)
    assert box.begin(ROLL[0] if said == "voted already" else "a stranger", 11 * REST) == said
    assert box.press("yes", 12 * REST) == "no ballot"


def test_a_press_after_half_a_minute_is_not_for_whoever_walked_off():
    box = Approvals(UP, ROLL)
    box.begin(ROLL[0], 0)
    assert box.press("yes", WALKED_OFF) == "no ballot"


def test_an_open_ballot_is_not_among_those_that_are_counted():
    box = Approvals(UP, ROLL)
    box.begin(ROLL[0], 0)
    for place in range(3):
        box.press("yes", place * REST)
    assert box.ballots() == ()
    assert box.pressed == 0


def test_the_press_that_opened_the_vote_counts_for_nobody_when_it_comes_twice():
    """The last one at the buttons would find that everybody has pressed."""
    box = ShowOfHands(3, opened=10_000)
    assert box.press("no", 10_000 + REST - 1) == "resting"
    assert box.pressed == 0
    assert box.press("no", 10_000 + REST) == "counted"


def test_a_hand_on_all_three_takes_its_first_press_back_and_no_other():
    box = ShowOfHands(3)
    box.press("yes", 0)
    box.press("no", 2 * REST)
    assert box.take_back(2 * REST + TOGETHER)
    assert box.count() == Counts(1, 0, 0)
    assert not box.take_back(2 * REST + TOGETHER), "only once"
    box.press("abstain", 4 * REST)
    assert not box.take_back(4 * REST + TOGETHER + 1), "too late: that was a vote"


@given(ballots, st.lists(st.booleans(), min_size=len(ROLL), max_size=len(ROLL)), st.booleans())
def test_two_boxes_that_are_put_together_hold_what_one_would(whole, at_the_door, level):
    """Whoever went to which, the same is counted: each ballot whole, or at least each sum."""
    people = list(zip(ROLL, whole, at_the_door, strict=False))
    here = voted((who, answers) for who, answers, door in people if not door)
    door = voted((who, answers) for who, answers, door in people if door)
    handed = door.hand_over(level=level)
    assert here.fits(handed)
    here.take_in(handed)
    one = voted((who, answers) for who, answers, _ in people)
    assert here.pressed == one.pressed
    assert Counter(name for each in here.ballots() for name in each) == Counter(
        name for each in one.ballots() for name in each
    )
    if not level:
        assert here.ballots() == one.ballots()
    assert not door.ballots()
    assert door.pressed == len(handed)
    assert door.begin(ROLL[0], 10**9) == "counting"


@given(ballots)
def test_where_only_the_sums_count_nothing_else_is_handed_over(whole):
    """Two boxes with the same sums hand over the same, whoever was approved of together."""
    handed = voted(zip(ROLL, whole, strict=False)).hand_over(level=True)
    columns = [sorted(column, key=lambda answer: answer != "yes") for column in zip(*whole, strict=True)]
    sums_alike = [list(row) for row in zip(*columns, strict=True)]
    assert voted(zip(ROLL, sums_alike, strict=False)).hand_over(level=True) == handed


def test_more_than_there_are_people_or_candidates_fits_in_no_box():
    box = Approvals(UP, ROLL)
    assert box.fits([0] * len(ROLL))
    assert not box.fits([0] * (len(ROLL) + 1))
    assert not box.fits([1 << len(UP)])
    assert not box.fits([-1])
