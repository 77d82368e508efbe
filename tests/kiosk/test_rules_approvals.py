"""Who has a duty next, by approvals: when it may be asked, who is up, and who it is."""

from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.amounts import BadgeHash
from kiosk.commands import (
    BeginDuty,
    CloseApproval,
    CloseCircle,
    Leave,
    OpenApproval,
    OpenCircle,
    OpenRound,
    Refusal,
    StartLeave,
    VoidRound,
)
from kiosk.events import ApprovalClosed, ApprovalOpened, DutyHandedOver
from kiosk.rules.agenda import to_approve
from kiosk.rules.contents import decide
from kiosk.state import fold, restore
from kiosk.words import local

BADGES = tuple(BadgeHash(name) for name in ("ada", "ben", "cy", "dan", "eve"))
DUTY = "taking minutes"
A_DAY = 24 * 3600


@pytest.fixture
def shop(open_shop):
    shop = open_shop().founded().joined("Dan", "Eve")
    shop.done(BeginDuty(DUTY, "approval", "week", BADGES[:3]))
    shop.done(OpenCircle(BadgeHash(""), BADGES, 17))
    return shop


def opened(shop):
    shop.done(OpenApproval(DUTY))
    return shop.state.circle.approval


def closed(shop, *approved, draw=0):
    """Count ballots, each given as the first letters of those approved of: "AB"."""
    names = {name[0]: name for name in shop.state.members}
    ballots = tuple(frozenset(names[letter] for letter in each) for each in approved)
    return shop.done(CloseApproval(ballots, draw)).event


# --- when, and who is up ----------------------------------------------------------------------------------


def test_all_who_can_take_it_are_up_and_all_in_the_circle_vote(shop):
    event = shop.done(OpenApproval(DUTY)).event
    assert event == ApprovalOpened(1, DUTY, ("Ada", "Ben", "Cy", "Dan", "Eve"), ("Ada", "Ben", "Cy", "Dan", "Eve"))


def test_whoever_has_it_has_had_it_or_is_away_is_not_up(shop):
    shop.write(DutyHandedOver(DUTY, coming="Ada", leaving="", until="2026-11-08"))
    shop.write(DutyHandedOver(DUTY, coming="Ben", leaving="Ada", until="2026-11-15"))
    shop.done(StartLeave(BADGES[4]))
    assert opened(shop).candidates == ("Cy", "Dan")


def test_where_one_alone_can_take_it_nobody_is_voted_on(shop):
    """A yes or no on one person would be a verdict on them."""
    for name in ("Ada", "Ben", "Cy", "Dan"):
        shop.write(DutyHandedOver(DUTY, coming=name, leaving="", until="2026-11-08"))
    assert shop.refused(OpenApproval(DUTY)) == "only one"
    assert to_approve(shop.state, local(shop.now).date()) == ()


@pytest.mark.parametrize("how", ["order", "lot"])
def test_only_what_goes_by_approvals_is_put_to_the_buttons(shop, how):
    shop.done(BeginDuty("facilitating", how, "week", BADGES[:3]))
    assert shop.refused(OpenApproval("facilitating")) == "no approvals"
    assert shop.refused(OpenApproval("juggling")) == "no duty"


def test_one_thing_at_a_time_is_put_to_the_buttons(shop):
    opened(shop)
    assert shop.refused(OpenApproval(DUTY)) == "vote open"
    assert shop.refused(OpenRound("Close at four?", "outcome", "", "2026-12-01")) == "vote open"
    assert shop.refused(CloseCircle()) == "vote open"
    shop.done(VoidRound("given up"))
    shop.done(OpenRound("Close at four?", "outcome", "", "2026-12-01"))
    assert shop.refused(OpenApproval(DUTY)) == "vote open"


def test_whoever_was_chosen_and_is_here_is_not_voted_on_once_more(shop):
    """Without this a circle that dislikes a result could vote until it likes it."""
    opened(shop)
    closed(shop, "A", "A", "AB")
    assert shop.refused(OpenApproval(DUTY)) == "known already"
    shop.done(StartLeave(BADGES[0]))
    assert "Ada" not in opened(shop).candidates


def test_it_is_on_the_list_when_the_term_ends_soon_and_nobody_is_chosen(shop):
    def listed():
        return to_approve(shop.state, local(shop.now).date())

    assert listed() == (DUTY,)
    shop.write(DutyHandedOver(DUTY, coming="Ada", leaving="", until="2026-11-08"))
    assert listed() == ()
    shop.wait(3 * A_DAY)
    shop.done(CloseCircle())
    shop.done(OpenCircle(BadgeHash(""), BADGES, 17))
    assert listed() == (DUTY,)
    opened(shop)
    closed(shop, "B", "B", "B")
    assert listed() == ()


def test_outside_a_circle_nothing_is_put_to_the_buttons(shop):
    shop.done(CloseCircle())
    assert shop.refused(OpenApproval(DUTY)) == "no circle"
    assert shop.refused(CloseApproval()) == "no vote"
    assert shop.refused(VoidRound("given up")) == "no vote"


# --- who it is --------------------------------------------------------------------------------------------


def test_whom_most_approve_of_is_next(shop):
    round_ = opened(shop).id
    assert closed(shop, "AB", "B", "BC") == ApprovalClosed(round_, DUTY, 3, "Ben")
    assert shop.state.duties[DUTY].coming == "Ben"
    assert fold(shop.entries) == restore(shop.tables) == shop.state


def test_between_equals_the_lot_decides_and_that_is_said(shop):
    opened(shop)
    lots = {decide(CloseApproval((frozenset({"Ada", "Cy"}),) * 3, draw), shop.case)[0] for draw in range(4)}
    assert {(event.coming, event.by_lot) for event in lots} == {("Ada", True), ("Cy", True)}


def test_half_of_the_roll_must_take_part(shop):
    opened(shop)
    assert closed(shop, "A", "A").coming == ""
    opened(shop)
    assert closed(shop, "A", "A", "A").coming == "Ada"


def test_half_is_enough(shop):
    shop.done(Leave(handle="Eve", badges=(BADGES[4],)))
    assert len(opened(shop).roll) == 4
    assert closed(shop, "A", "A").coming == "Ada"


def test_one_ballot_of_two_chooses_nobody(shop):
    """Without this one alone would choose, and whom they approve of would be on the wall."""
    for name, badge in (("Cy", 2), ("Dan", 3), ("Eve", 4)):
        shop.done(Leave(handle=name, badges=(BADGES[badge],)))
    assert len(opened(shop).roll) == 2
    assert closed(shop, "A").coming == ""
    opened(shop)
    assert closed(shop, "A", "A").coming == "Ada"


def test_nobody_approved_of_is_nobody(shop):
    opened(shop)
    assert closed(shop, "", "", "", "").coming == ""
    assert shop.state.duties[DUTY].coming == ""


def test_whoever_left_in_the_meantime_is_not_next(shop):
    opened(shop)
    shop.done(Leave(handle="Eve", badges=(BADGES[4],)))
    assert closed(shop, "ED", "ED", "E").coming == "Dan"


def test_more_ballots_than_people_or_for_somebody_who_is_not_up_are_never_counted(shop):
    opened(shop)
    assert shop.refused(CloseApproval((frozenset(),) * 6)) == "too many"
    assert shop.refused(CloseApproval((frozenset({"Zoe"}),) * 3)) == "not up"


def test_a_void_round_leaves_everything_as_it_was(shop):
    before = shop.state
    opened(shop)
    shop.done(VoidRound("power cut"))
    assert shop.state == before
    assert fold(shop.entries) == restore(shop.tables) == shop.state


def test_a_round_left_open_overnight_is_void_when_the_next_circle_begins(shop):
    opened(shop)
    shop.wait(A_DAY)
    shop.done(OpenCircle(BadgeHash(""), BADGES, 17))
    assert shop.state.circle.approval is None


ballots = st.lists(st.frozensets(st.sampled_from(["Ada", "Ben", "Cy", "Dan", "Eve"])), max_size=6).map(tuple)


@pytest.fixture(scope="module")
def kept():
    """A shop with a round open, made once: judging does not change it."""
    return {}


@given(ballots, st.integers(-(2**63), 2**63), st.randoms())
@settings(deadline=None, suppress_health_check=list(HealthCheck))
def test_by_plain_arithmetic(kept, open_shop, cast, draw, chance):
    """Beside the rule: most approvals of those up, half of the roll, and the order of ballots says nothing."""
    if not kept:
        shop = open_shop().founded().joined("Dan", "Eve")
        shop.done(BeginDuty(DUTY, "approval", "week", BADGES[:3]))
        shop.done(OpenCircle(BadgeHash(""), BADGES, 17))
        shop.done(OpenApproval(DUTY))
        kept["shop"] = shop
    verdict = decide(CloseApproval(cast, draw), kept["shop"].case)
    shuffled = list(cast)
    chance.shuffle(shuffled)
    assert decide(CloseApproval(tuple(shuffled), draw), kept["shop"].case) == verdict
    if len(cast) > 5:
        assert isinstance(verdict, Refusal)
        return
    (event,) = verdict
    approvals = Counter(name for ballot in cast for name in ballot)
    best = [name for name, count in approvals.items() if count == max(approvals.values())]
    decided = 2 * len(cast) >= 5 and bool(best)
    assert event.ballots == len(cast)
    assert (event.coming in best) if decided else event.coming == ""
    assert event.by_lot == (decided and len(best) > 1)
