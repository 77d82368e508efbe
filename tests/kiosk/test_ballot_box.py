"""What is in the box: three counts. Without this somebody's vote could be read from the order or the time."""

import pickle

from hypothesis import given
from hypothesis import strategies as st

from kiosk.ballot_box import REST, ShowOfHands, remember
from kiosk.commands import Hush
from kiosk.events import Counts

answers = st.lists(st.sampled_from(["yes", "no", "abstain"]), max_size=30)


def filled(presses, people=30):
    box = ShowOfHands(people)
    for place, answer in enumerate(presses):
        assert box.press(answer, place * REST) == "counted"
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
