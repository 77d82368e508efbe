"""What holds of every counting, whatever is in the jar, on the list and on the ballots."""

import random
from fractions import Fraction
from itertools import combinations

import msgspec
from elections import ADD1U, PLAIN, elections, rules
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.counting.election import Election, Project, Rules
from kiosk.counting.equal_shares import count
from kiosk.counting.steps import Bought, Count, Filled, Left, Missed, Shared, Tied

seeds = st.sampled_from(["", "rain", "snow"])
every = settings(max_examples=150, deadline=None)


def approvals(election: Election, key: str) -> int:
    return sum(key in ballot for ballot in election.ballots)


def countings(counted: Count) -> list[list[Bought | Missed | Shared]]:
    """The steps of each counting: the one with the jar's own money, and the raised one if there is one."""
    found: list[list[Bought | Missed | Shared]] = []
    for step in counted.steps:
        if isinstance(step, Shared):
            found.append([])
        if isinstance(step, Shared | Bought | Missed):
            found[-1].append(step)
    return found


@every
@given(elections(), rules(), seeds)
def test_never_more_is_spent_than_there_is(election: Election, asked: Rules, seed: str) -> None:
    counted = count(election, asked, seed)
    cents = {each.id: each.cents for each in election.projects}
    assert counted.spent == sum(cents[each] for each in counted.funded) <= election.budget
    assert counted.spent + counted.rest == election.budget
    assert type(counted.spent) is type(counted.rest) is int
    assert len(set(counted.funded)) == len(counted.funded)


@every
@given(elections(), rules(), seeds)
def test_the_explanation_adds_up_to_the_result(election: Election, asked: Rules, seed: str) -> None:
    """Everything funded was paid for in a step that stands, and everything else says once why not."""
    counted = count(election, asked, seed)
    last = countings(counted)[-1] if election.ballots else []
    bought = [step for step in last if isinstance(step, Bought)]
    filled = [step for step in counted.steps if isinstance(step, Filled)]
    assert counted.funded == tuple(step.id for step in [*bought, *filled])
    assert counted.spent == sum(step.cents for step in [*bought, *filled])
    fates = [step.id for step in [*bought, *filled, *(s for s in counted.steps if isinstance(s, Left))]]
    assert sorted(fates) == sorted(each.id for each in election.projects)
    if filled:
        assert filled[-1].rest == counted.rest


@every
@given(elections(), rules(), seeds)
def test_every_purchase_is_paid_to_the_cent_by_those_who_want_it(
    election: Election, asked: Rules, seed: str
) -> None:
    for steps in countings(count(election, asked, seed)):
        shared = steps[0]
        assert isinstance(shared, Shared)
        for step in steps:
            if isinstance(step, Bought):
                assert step.price * step.payers + step.given == step.cents
                assert step.approvals == approvals(election, step.id) >= step.payers + step.emptied
                assert step.payers >= 1
                assert step.price <= shared.share
                assert step.given <= step.price * step.emptied
            if isinstance(step, Missed):
                assert step.held + step.short == step.cents
                assert step.short > 0
        paid = sum(step.cents for step in steps if isinstance(step, Bought))
        assert paid <= shared.ballots * shared.share
        assert shared.share == Fraction(election.budget, shared.ballots) + shared.raised


@every
@given(elections(), rules(), seeds)
def test_what_nobody_wants_is_never_bought(election: Election, asked: Rules, seed: str) -> None:
    assert all(approvals(election, each) for each in count(election, asked, seed).funded)


@every
@given(elections(), rules(), seeds)
def test_completion_buys_nothing_below_the_floor(election: Election, asked: Rules, seed: str) -> None:
    own = count(election, PLAIN, seed).funded
    for each in count(election, asked, seed).funded:
        assert each in own or approvals(election, each) >= asked.least(len(election.ballots))


@every
@given(elections(), rules(), seeds, st.randoms(use_true_random=False))
def test_neither_the_order_of_ballots_nor_that_of_projects_matters(
    election: Election, asked: Rules, seed: str, dice: random.Random
) -> None:
    """Without this whoever votes first, or proposes first, could have a say more."""
    projects = dice.sample(election.projects, len(election.projects))
    ballots = dice.sample(election.ballots, len(election.ballots))
    shuffled = Election(election.budget, tuple(projects), tuple(ballots))
    assert count(shuffled, asked, seed) == count(election, asked, seed)


@every
@given(elections(), rules(), st.text(max_size=5), st.text(max_size=5))
def test_the_lot_decides_only_where_it_says_so(election: Election, asked: Rules, one: str, other: str) -> None:
    """Without a tie of one price and as many approvals, every seed buys the same."""
    first, second = count(election, asked, one), count(election, asked, other)
    assert first.by_lot == second.by_lot
    if not first.by_lot:
        assert sorted(first.funded) == sorted(second.funded)
    prices = {each.id: each.cents for each in election.projects}
    for tie in (*first.ties, *second.ties):
        best, rival = tie.ids[:2]
        alike = (prices[best], approvals(election, best)) == (prices[rival], approvals(election, rival))
        assert alike == (tie.by == "lot")
        assert prices[best] == min(prices[each] for each in tie.ids)


@every
@given(elections(), rules())
def test_a_group_that_wants_one_thing_gets_it_for_its_own_money(election: Election, asked: Rules) -> None:
    """k people who approve P and nothing else: if P costs no more than their shares, P is bought."""
    counted = count(election, asked)
    for each in election.projects:
        alone = sum(ballot == {each.id} for ballot in election.ballots)
        if alone and each.cents * len(election.ballots) <= alone * election.budget:
            assert each.id in counted.funded


@every
@given(elections())
def test_a_group_gets_what_its_money_pays_for_up_to_one_project(election: Election) -> None:
    """EJR up to one project, which the Method of Equal Shares promises: of people who want all of T and could pay
    for it together, one has as much of what they want as T is worth, or has more with one project more."""
    funded = set(count(election, PLAIN).funded)
    prices = {each.id: each.cents for each in election.projects}
    people = len(election.ballots)
    for size in range(1, len(prices) + 1):
        for wanted in combinations(prices, size):
            worth = sum(prices[each] for each in wanted)
            more = max((prices[each] for each in wanted if each not in funded), default=0)
            group = [ballot for ballot in election.ballots if ballot.issuperset(wanted)]
            got = [sum(prices[each] for each in ballot & funded) for ballot in group]
            short = sum(each < worth and each + more <= worth for each in got)
            assert not short or short * election.budget < worth * people


@every
@given(elections(), rules(), seeds)
def test_no_ballot_can_be_told_from_the_explanation(election: Election, asked: Rules, seed: str) -> None:
    """It is made of counts: two elections with the same crowds of each size say the same, whoever is in them."""
    told = msgspec.json.encode(count(election, asked, seed), enc_hook=str)
    again = Election(election.budget, election.projects, tuple(reversed(election.ballots)))
    assert msgspec.json.encode(count(again, asked, seed), enc_hook=str) == told


def test_an_election_that_cannot_be_is_refused() -> None:
    """What is counted was checked before; if not, that is a surprise and must not become a result."""
    one = Project("a", 1)
    for budget, projects, ballots in (
        (-1, (one,), ()),
        (1, (one, one), ()),
        (1, (Project("a", -1),), ()),
        (1, (one,), (frozenset("b"),)),
    ):
        try:
            Election(budget, projects, ballots)
        except ValueError:
            continue
        raise AssertionError((budget, projects, ballots))


def test_a_shop_without_ballots_or_projects_spends_nothing() -> None:
    assert count(Election(100, (), ())).rest == 100
    assert count(Election(100, (Project("a", 0),), ())).funded == ()
    assert count(Election(100, (), (frozenset(),)), ADD1U).funded == ()
    assert count(Election(0, (Project("a", 1),), (frozenset("a"),))).funded == ()


def test_what_costs_nothing_and_somebody_wants_is_done_first() -> None:
    counted = count(Election(100, (Project("a", 0), Project("b", 50)), (frozenset("ab"), frozenset("b"))))
    assert counted.funded == ("a", "b")
    assert not [step for step in counted.steps if isinstance(step, Tied)]
