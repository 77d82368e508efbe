"""What a vote comes to, and how much of it is told."""

from datetime import timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from kiosk.amounts import BadgeHash, EntryId
from kiosk.commands import CloseCircle, CloseRound, Hush, OpenCircle, OpenRound, Refusal, VoidRound
from kiosk.events import Counts, DissentCounted, RoundClosed
from kiosk.rules.circle import shuffled
from kiosk.rules.contents import decide
from kiosk.rules.dissent import SELDOM, likelihood, unlikely
from kiosk.rules.votes import outcome, unanimous
from kiosk.state import Charter, Dissent, fold, restore
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
    carried = cast.yes > cast.no and pressed >= max(2, people / 2)
    assert (outcome(cast, people, Charter()) == "carried") == carried
    if cast.yes == cast.no:
        assert outcome(cast, people, Charter()) in ("tied", "too few")


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
    assert (shop.state.dissent.untold, shop.state.dissent.untold_ballots) == (5, 25)
    assert shop.state.dissent.longest == (5, 25)


def test_a_no_that_nobody_sees_does_not_hide_that_all_agree_where_everybody_sees_it(shop):
    """Where people dare only in rounds of which the outcome alone is told, the others stay an alarm."""
    for _ in range(4):
        ask(shop)
        shop.done(CloseRound(Counts(0, 5, 0), Hush()))
        ask(shop, detail="outcome")
        shop.done(CloseRound(Counts(3, 2, 0), Hush()))
    ask(shop, detail="outcome")
    shop.done(CloseRound(Counts(3, 2, 0), Hush(rounds=4, quiet=False)))
    assert shop.state.dissent.untold == 0
    assert shop.state.dissent.longest == (4, 20)
    ask(shop)
    shop.done(CloseRound(Counts(1, 4, 0), Hush()))
    assert shop.state.dissent.longest == (0, 0)


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


# --- voted again ------------------------------------------------------------------------------------------


def next_circle(shop):
    shop.done(CloseCircle())
    shop.wait(24 * 3600)
    shop.done(OpenCircle(opener=BADGES[0], badges=BADGES, draw=17))


def waiting(shop):
    (question,) = shop.state.questions.values()
    return question


def again(shop, **other):
    """Put the question that waits to the buttons once more."""
    question = waiting(shop)
    command = OpenRound(question.words, question.detail, "", question.review, again=question.id)
    return shop.done(replace(command, **other)).event


def everyone_says_yes(shop):
    ask(shop)
    shop.done(CloseRound(Counts(5, 0, 0)))
    next_circle(shop)


def test_what_is_voted_again_is_what_everyone_said_yes_to(shop):
    """Without this the yes of one circle could be spent on another question in the next."""
    everyone_says_yes(shop)
    asked = waiting(shop)
    later = (local(shop.now).date() + timedelta(days=200)).isoformat()
    opened = again(shop, question="Sell the shop?", detail="outcome", review=later)
    assert (opened.question, opened.detail, opened.review) == ("Close at four?", "counts", asked.review)


def test_a_day_that_has_passed_meanwhile_is_chosen_anew(shop):
    everyone_says_yes(shop)
    shop.wait(40 * 24 * 3600)
    later = (local(shop.now).date() + timedelta(days=91)).isoformat()
    assert again(shop, review=later).review == later


def test_a_question_waits_once_and_then_stands(shop):
    everyone_says_yes(shop)
    again(shop)
    assert shop.done(CloseRound(Counts(5, 0, 0))).event.outcome == "carried"


@pytest.mark.parametrize("meanwhile", [VoidRound("power cut"), VoidRound("given up"), CloseRound(Counts(2, 2, 1))])
def test_a_power_cut_or_a_tie_does_not_make_it_wait_once_more(shop, meanwhile):
    """Without this whoever can pull the plug could put off for ever what everyone wants."""
    everyone_says_yes(shop)
    again(shop)
    shop.done(meanwhile)
    again(shop)
    assert shop.done(CloseRound(Counts(5, 0, 0))).event.outcome == "carried"
    assert fold(shop.entries) == restore(shop.tables) == shop.state


def test_a_power_cut_in_the_first_vote_leaves_it_to_wait_as_any_other(shop):
    ask(shop)
    shop.done(VoidRound("power cut"))
    again(shop)
    assert shop.done(CloseRound(Counts(5, 0, 0))).event.outcome == "waits"


def test_a_question_that_nobody_asked_is_not_voted_again(shop):
    day = (local(shop.now).date() + timedelta(days=30)).isoformat()
    assert shop.refused(OpenRound("Close?", "counts", "", day, again=EntryId("k1/1"))) == "no question"


# --- odd numbers ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("odd", [Counts(-1, 3, 0), Counts(9, -4, 0), Counts(3, 1, -4)])
def test_nobody_presses_less_than_not_at_all(shop, odd):
    ask(shop)
    assert shop.refused(CloseRound(odd)) == "no count"


@given(st.integers(-1, 3), st.integers(0, 10**6), st.integers(1, 10**9))
def test_a_streak_can_be_judged_by_any_charter(dissenter, ballots, limit):
    """Without this a shop that changes a number of its charter could stop its own kiosk."""
    charter = Charter(dissenter=dissenter, unlikely=limit)
    seldom = likelihood(Dissent(streak=1, ballots=ballots), charter)
    assert 1 <= seldom <= SELDOM
    if not ballots:
        assert seldom == 1
    elif dissenter <= 1:
        assert unlikely(Dissent(streak=1, ballots=ballots), charter), (
            "every ballot is said to be a no, and this is none"
        )


@given(st.integers(2, 400), st.integers(0, 3000))
def test_how_seldom_is_worked_out_exactly_as_far_as_it_is_told(dissenter, ballots):
    exactly = Fraction(dissenter, dissenter - 1) ** ballots
    charter = Charter(dissenter=dissenter)
    assert likelihood(Dissent(streak=1, ballots=ballots), charter) == min(SELDOM, int(exactly))
