"""Funds and reserves: the rest goes where it was to go, and no meeting gives away more than it can judge."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.amounts import JAR, BadgeHash, EntryId
from kiosk.commands import (
    ArgueDownside,
    CloseFriday,
    CloseRound,
    CountJar,
    DecideRest,
    EndFund,
    EndLeave,
    GiveMoney,
    Join,
    Leave,
    NewBadge,
    OpenCircle,
    OpenFriday,
    OpenRound,
    ProposeProject,
    SecondProject,
    ShowReceipt,
    SpendReserve,
    SplitFund,
    StartLeave,
    TakeCoin,
)
from kiosk.events import Counts, FundSplit, HandedOn
from kiosk.rules.friday import roll_of, shared_out
from kiosk.rules.fund_circles import circle_of, sharers
from kiosk.rules.funds import in_hand, next_keepers, over_ceiling, places_for_rest, times_kept
from kiosk.state import Duty, Sources, fold

NAMES = ("Ada", "Ben", "Cy", "Dan", "Eve", "Fay", "Gus", "Hal")
ALL = tuple(BadgeHash(name.lower()) for name in NAMES)
ADA, BEN, CY, DAN, EVE, FAY = ALL[:6]
HANDS = (ADA, BEN, CY)
DAY = 24 * 3600
TWO = (("garden", 300_00), ("press", 301_00))


@pytest.fixture
def shop(open_shop):
    return open_shop().founded().joined(*NAMES[3:])


def rich(shop, cents=601_00, fund=JAR):
    """A circle that is open, and a jar above the ceiling that was counted."""
    shop.wait(60)
    shop.done(GiveMoney(ADA, BEN, cents, fund=fund))
    if shop.state.circle is None:
        shop.done(OpenCircle(ADA, ALL, 7))
    shop.done(CountJar(shop.state.funds[fund].cents, (ADA, BEN), fund=fund))
    return shop


def friday(shop, fund, price, *, carrier=ADA):
    """One project, wanted by all who are there; what is left is the rest."""
    project = shop.done(ProposeProject(carrier, f"thing for {fund}", price, "other", fund=fund)).id
    shop.done(SecondProject(project, next(badge for badge in ALL if badge != carrier)))
    if shop.state.circle is None:
        shop.done(OpenCircle(ADA, ALL, 7))
    shop.done(ArgueDownside(project))
    shop.done(CountJar(shop.state.funds[fund].cents, (ADA, BEN), fund=fund))
    shop.done(OpenFriday(fund=fund))
    ballots = (frozenset({project}),) * len(shop.state.friday.roll)
    return shop.done(CloseFriday(ballots)).event


# --- where the rest goes ----------------------------------------------------------------------------------


def test_where_the_rest_goes_takes_many_hands(shop):
    assert shop.refused(DecideRest("hardship", (ADA, BEN))) == "more hands"
    shop.done(DecideRest("Hardship", HANDS))
    assert shop.state.funds[JAR].rest_to == "hardship"
    assert shop.refused(DecideRest("Jar", HANDS)) == "own rest"
    assert shop.refused(DecideRest("[b]", HANDS)) == "name signs"
    assert shop.refused(DecideRest("hardship", HANDS, fund="gone")) == "no fund"
    shop.done(DecideRest("next PROJECT in part", HANDS))
    assert shop.state.funds[JAR].rest_to == "next project in part"


def test_a_word_of_the_shops_own_becomes_a_reserve(shop):
    shop.done(DecideRest("new roof", HANDS))
    shop.done(GiveMoney(ADA, BEN, 50_00))
    closed = friday(shop, JAR, 40_00)
    assert closed.handed_on == (HandedOn("reserve", "new roof", 10_00),)
    assert shop.state.reserves["new roof"].cents == 10_00
    assert "new roof" in places_for_rest(shop.state, JAR)
    assert JAR not in places_for_rest(shop.state, JAR)


@given(people=st.integers(1, 40), cents=st.integers(1, 100_000), number=st.integers(1, 500))
def test_shared_out_equally_to_the_cent(people, cents, number):
    names = tuple(f"M{place}" for place in range(people))
    parts = [each.cents for each in shared_out(names, cents, number)]
    assert sum(parts) == cents
    assert all(parts)
    if cents >= people:
        assert max(parts) - min(parts) <= 1


def test_over_as_many_fridays_as_people_everybody_got_the_same():
    names = tuple(NAMES)
    got = dict.fromkeys(names, 0)
    for number in range(1, len(names) + 1):
        for each in shared_out(names, 3, number):
            got[each.handle] += each.cents
    assert set(got.values()) == {3}


# --- reserves ---------------------------------------------------------------------------------------------


def with_reserve(shop):
    shop.done(GiveMoney(ADA, BEN, 50_00))
    friday(shop, JAR, 40_00)
    shop.done(OpenRound("Pay Dan’s fine?", "counts", "", "2026-12-01"))
    shop.done(CloseRound(Counts(5, 1, 0)))
    (decision,) = shop.state.decisions
    return decision


def spend(decision, cents=10_00, carrier=DAN, hands=HANDS, reserve="strike reserve"):
    return SpendReserve(reserve, cents, "Dan’s fine", decision, carrier, hands)


def test_a_reserve_is_opened_by_a_carried_vote_and_many_hands_and_never_by_who_gets_it(shop):
    decision = with_reserve(shop)
    assert shop.refused(spend(EntryId("k1/1"))) == "no decision"
    assert shop.refused(spend(decision, hands=(ADA, BEN))) == "more hands"
    assert shop.refused(spend(decision, hands=(ADA, BEN, DAN))) == "own hand"
    assert shop.refused(spend(decision, cents=10_01)) == "too little"
    assert shop.refused(spend(decision, cents=-1)) == "sum"
    assert shop.refused(spend(decision, reserve="hardship")) == "no reserve"
    before = in_hand(shop.state)
    entry = shop.done(spend(decision, cents=4_00))
    assert shop.state.reserves["strike reserve"].cents == 6_00
    assert in_hand(shop.state) == before - 4_00
    assert shop.refused(spend(decision, cents=4_00)) == "used already"
    assert shop.state.purchases[entry.id].source == "strike reserve"
    shop.done(ShowReceipt(entry.id, DAN, "paid at the counter"))
    assert entry.id not in shop.state.purchases


# --- daughters --------------------------------------------------------------------------------------------


def test_above_the_ceiling_the_jar_splits_to_the_last_cent(shop):
    rich(shop)
    assert [fund.name for fund in over_ceiling(shop.state)] == [JAR]
    split = shop.done(SplitFund(TWO)).event
    assert isinstance(split, FundSplit)
    assert shop.state.funds[JAR].cents == 0
    garden = shop.state.funds["garden"]
    assert (garden.parent, garden.cents, garden.sources) == (JAR, 300_00, Sources(handed_on=300_00))
    assert in_hand(shop.state) == 601_00
    assert over_ceiling(shop.state) == ()


def test_each_part_has_a_circle_of_its_own_and_nobody_is_in_two(shop):
    rich(shop)
    split = shop.done(SplitFund(TWO, people=4)).event
    circles = [part.circle for part in split.parts]
    assert circles == [("Ada", "Cy", "Eve", "Gus"), ("Ben", "Dan", "Fay", "Hal")]


def test_nobody_looks_after_a_fund_twice_before_all_have_once(shop):
    rich(shop)
    shop.done(SplitFund(TWO))
    assert sum(times_kept(shop.state, name) for name in NAMES) == 6
    assert next_keepers(shop.state)[:2] == ("Gus", "Hal")
    rich(shop)
    shop.done(SplitFund((("boiler", 300_00), ("yard", 301_00))))
    counts = [times_kept(shop.state, name) for name in NAMES]
    assert (min(counts), max(counts)) == (1, 2)


def test_the_duty_of_keeping_the_jar_counts(shop):
    duty = Duty("keeping the jar", "order", "week", shop.now, held={"Ada": 1})
    state = msgspec.structs.replace(shop.state, duties={duty.duty: duty})
    assert next_keepers(state) == (*NAMES[1:], "Ada")


def test_who_is_away_is_not_drawn_and_comes_first_later(shop):
    shop.done(StartLeave(ADA))
    rich(shop)
    split = shop.done(SplitFund(TWO)).event
    assert all("Ada" not in part.circle for part in split.parts)
    assert times_kept(shop.state, "Ada") == 0


def test_a_newcomer_starts_at_what_the_least_have(shop):
    """Without this whoever comes in would look after every fund for weeks."""
    for _ in range(4):
        rich(shop)
        names = [f"part {number}" for number in range(len(shop.state.funds), len(shop.state.funds) + 2)]
        shop.done(SplitFund(tuple(zip(names, (300_00, 301_00), strict=True)), people=4))
    shop.done(Join("Zoe", NewBadge(BadgeHash("zoe"), "tag"), HANDS))
    assert times_kept(shop.state, "Zoe") == min(times_kept(shop.state, name) for name in NAMES) == 4
    assert fold(shop.entries) == shop.state


@pytest.mark.parametrize(
    ("parts", "people", "why"),
    [
        ((("garden", 601_00),), 3, "parts"),
        ((("garden", 300_00), ("press", 300_00)), 3, "parts"),
        ((("garden", 602_00), ("press", -1_00)), 3, "sum"),
        ((("garden", 601_00), ("press", 0)), 3, "sum"),
        ((("garden", 300_00), ("Garden", 301_00)), 3, "same name"),
        ((("jar", 300_00), ("press", 301_00)), 3, "name taken"),
        ((("Strike Reserve", 300_00), ("press", 301_00)), 3, "name taken"),
        ((("back to members", 300_00), ("press", 301_00)), 3, "name taken"),
        ((("[b]", 300_00), ("press", 301_00)), 3, "name signs"),
        (TWO, 2, "small circle"),
        (TWO, 5, "too few"),
    ],
)
def test_a_split_that_does_not_add_up_is_not_made(shop, parts, people, why):
    rich(shop)
    assert shop.refused(SplitFund(parts, people)) == why


def test_a_split_needs_a_circle_a_count_and_more_than_one_meeting_can_give(shop):
    assert shop.refused(SplitFund(TWO)) == "no circle"
    rich(shop, 500_00)
    assert shop.refused(SplitFund(TWO)) == "under ceiling"
    assert shop.refused(SplitFund(TWO, fund="gone")) == "no fund"
    shop.done(CountJar(601_00, (ADA, BEN)))
    shop.wait(2 * DAY)
    assert shop.refused(SplitFund(TWO)) == "not counted"


def test_a_daughter_works_like_the_jar_and_its_circle_gives_it_away(shop):
    rich(shop)
    shop.done(SplitFund(TWO, people=4))
    closed = friday(shop, "garden", 250_00)
    assert closed.fund == "garden"
    assert closed.ballots == 4
    assert shop.state.funds["garden"].cents == 0
    assert shop.state.funds["garden"].fridays == 1
    assert shop.state.funds["press"].cents == 301_00
    assert shop.state.reserves["strike reserve"].cents == 50_00


def test_the_rest_of_a_daughter_can_go_up_to_the_jar(shop):
    rich(shop)
    shop.done(SplitFund(TWO))
    shop.done(DecideRest("JAR", HANDS, fund="garden"))
    closed = friday(shop, "garden", 250_00)
    assert closed.handed_on == (HandedOn("fund", JAR, 50_00),)
    assert shop.state.funds[JAR].sources == Sources(handed_on=50_00)


def test_a_daughter_splits_in_turn(shop):
    rich(shop, 1_200_00)
    shop.done(SplitFund((("garden", 600_00), ("press", 600_00))))
    shop.done(CountJar(600_00, (ADA, BEN), fund="garden"))
    shop.done(SplitFund((("herbs", 250_00), ("trees", 350_00)), fund="garden"))
    assert shop.state.funds["herbs"].parent == "garden"
    assert in_hand(shop.state) == 1_200_00
    assert shop.refused(EndFund("garden")) == "daughters"


def test_a_daughter_whose_circle_has_left_is_everybodys_again(shop):
    """Without this its money could never be given away."""
    rich(shop)
    shop.done(SplitFund(TWO))
    garden = shop.state.funds["garden"]
    assert garden.circle == ("Ada", "Cy", "Eve")
    for name in ("Cy", "Eve"):
        shop.done(Leave(name, (BadgeHash(name.lower()),)))
    assert circle_of(shop.state, garden) == ("Ada", "Ben", "Dan", "Fay", "Gus", "Hal")


def test_a_daughter_whose_circle_is_away_is_everybodys_until_they_are_back(shop):
    """Without this its money waits, and grows, as long as they are away."""
    rich(shop)
    shop.done(SplitFund(TWO))
    garden = shop.state.funds["garden"]
    for name in ("Cy", "Eve"):
        shop.done(StartLeave(BadgeHash(name.lower())))
    assert circle_of(shop.state, garden) == ("Ada", "Ben", "Dan", "Fay", "Gus", "Hal")
    assert roll_of(shop.state, garden, shop.state.circle)
    assert sharers(shop.state, garden) == ("Ada", "Cy", "Eve")
    shop.done(EndLeave(BadgeHash("cy")))
    assert circle_of(shop.state, garden) == ("Ada", "Cy")


def test_an_empty_daughter_ends_and_what_was_proposed_falls_to_its_parent(shop):
    rich(shop)
    shop.done(SplitFund(TWO))
    assert shop.refused(EndFund(JAR)) == "the jar"
    assert shop.refused(EndFund("garden")) == "not empty"
    friday(shop, "garden", 300_00)
    wish = shop.done(ProposeProject(EVE, "seeds", 5_00, "other", fund="garden")).id
    shop.done(TakeCoin(cents=None, pulses=3, fund="garden"))
    assert shop.refused(EndFund("garden")) == "not empty"
    shop.done(CountJar(0, (ADA, BEN), fund="garden"))
    shop.done(DecideRest("garden", HANDS))
    assert shop.refused(EndFund("garden")) == "rest comes here"
    shop.done(DecideRest("hardship", HANDS))
    shop.done(EndFund("garden"))
    assert "garden" not in shop.state.funds
    assert shop.state.projects[wish].fund == JAR
    assert shop.refused(EndFund("garden")) == "no fund"
    assert fold(shop.entries) == shop.state
