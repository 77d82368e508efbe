"""What a vote comes to, and how much of it is told."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.amounts import BadgeHash
from kiosk.commands import CloseRound, Hush, OpenCircle, OpenRound, Refusal
from kiosk.events import Counts, DissentCounted, RoundClosed
from kiosk.rules import decide
from kiosk.rules.circle import shuffled
from kiosk.rules.dissent import likelihood, unlikely
from kiosk.rules.votes import outcome, unanimous
from kiosk.state import Charter, Dissent
from kiosk.words import local

BADGES = tuple(BadgeHash(name) for name in ("ada", "ben", "cy", "dan", "eve"))

ballots = st.builds(Counts, *[st.integers(0, 9)] * 3)


@pytest.fixture
def shop(open_shop):
    shop = open_shop().founded().joined("Dan", "Eve")
    shop.done(OpenCircle(opener=BADGES[0], badges=BADGES, draw=17))
    return shop


def ask(shop, detail="counts"):
    day = (local(shop.now).date() + timedelta(days=30)).isoformat()
    shop.done(OpenRound("Close at four?", detail, "", day))


@given(ballots, st.integers(0, 30))
def test_only_more_yes_than_no_with_half_of_the_roll_carries(cast, people):
    pressed = cast.yes + cast.no + cast.abstain
    carried = cast.yes > cast.no and pressed >= people / 2
    assert (outcome(cast, people) == "carried") == carried
    if cast.yes == cast.no:
        assert outcome(cast, people) in ("tied", "too few")


@given(st.integers(0, 2**63))
def test_any_draw_is_an_order_of_everybody(draw):
    people = tuple("abcdefgh")
    assert sorted(shuffled(people, draw)) == sorted(people)


def test_every_order_of_four_can_come():
    assert len({shuffled(tuple("abcd"), draw) for draw in range(24)}) == 24


def test_where_only_the_outcome_is_told_unanimity_leaves_no_trace(shop):
    """Without this 5 : 0 could be told from 3 : 2, and everybody's vote would be known."""
    ask(shop, detail="outcome")
    splits = (Counts(5, 0, 0), Counts(4, 1, 0), Counts(3, 2, 0))
    written = {decide(CloseRound(split, Hush()), shop.case) for split in splits}
    assert len(written) == 1
    assert written.pop()[0].counts is None


def test_with_counts_it_does_show_so_the_test_above_can_fail(shop):
    ask(shop)
    splits = (Counts(5, 0, 0), Counts(4, 1, 0), Counts(3, 2, 0))
    assert len({decide(CloseRound(split, Hush()), shop.case) for split in splits}) == 3


def test_under_five_ballots_no_counts_are_told(shop):
    ask(shop)
    (closed,) = decide(CloseRound(Counts(3, 1, 0), Hush()), shop.case)
    assert closed.counts is None


def test_a_unanimous_yes_waits_and_stands_when_it_is_voted_again(shop):
    ask(shop)
    shop.done(CloseRound(Counts(5, 0, 0), Hush()))
    (question,) = shop.state.questions.values()
    assert question.why == "waits"
    assert not shop.state.decisions
    again = OpenRound(question.words, question.detail, "", question.review, again=question.id)
    assert isinstance(decide(again, shop.case), Refusal)


def test_five_rounds_are_told_together_and_never_one(shop):
    for _ in range(4):
        ask(shop, detail="outcome")
        shop.done(CloseRound(Counts(5, 0, 0), Hush()))
    assert shop.state.dissent.streak == 0
    ask(shop, detail="outcome")
    _, counted = decide(CloseRound(Counts(5, 0, 0), Hush(rounds=4, quiet=True)), shop.case)
    assert counted == DissentCounted(5, quiet=True)
    _, counted = decide(CloseRound(Counts(5, 0, 0), Hush(rounds=3, quiet=True)), shop.case)
    assert counted == DissentCounted(5, quiet=None)
    shop.done(CloseRound(Counts(5, 0, 0), Hush(rounds=4, quiet=True)))
    assert (shop.state.dissent.streak, shop.state.dissent.ballots) == (5, 25)


def test_a_tie_is_voted_again_and_decides_nothing(shop):
    ask(shop)
    shop.done(CloseRound(Counts(2, 2, 1), Hush()))
    assert [question.why for question in shop.state.questions.values()] == ["tied"]
    assert not shop.state.decisions


def test_more_presses_than_people_are_never_written_down(shop):
    ask(shop)
    assert isinstance(decide(CloseRound(Counts(6, 0, 0), Hush()), shop.case), Refusal)


@given(ballots)
def test_unanimous_means_several_people_and_one_answer(cast):
    pressed = cast.yes + cast.no + cast.abstain
    assert unanimous(cast) == (pressed > 1 and pressed in (cast.yes, cast.no))


def test_a_long_quiet_streak_is_an_alarm_and_a_short_one_is_not():
    charter = Charter(dissenter=20, unlikely=20)
    assert not unlikely(Dissent(streak=3, ballots=24), charter)
    assert unlikely(Dissent(streak=8, ballots=64), charter)
    assert likelihood(Dissent(streak=8, ballots=64), charter) == int((20 / 19) ** 64)


def test_a_closed_round_says_how_many_and_not_who(shop):
    ask(shop)
    (closed,) = decide(CloseRound(Counts(3, 1, 1), Hush()), shop.case)
    assert closed == RoundClosed(closed.round, "carried", 5, Counts(3, 1, 1))
