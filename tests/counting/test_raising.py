"""Raises that change nothing are passed over. Without these somebody could lose a project to a short cut."""

import random
from collections.abc import Sequence
from fractions import Fraction

from elections import ADD1U, NO_FLOOR, drawn, elections, plainly, rules
from hypothesis import example, given, settings
from hypothesis import strategies as st
from msgspec import structs

from kiosk.counting.completion import raise_shares
from kiosk.counting.election import HOUSE, Election, Project, Rules
from kiosk.counting.equal_shares import count, ranked
from kiosk.counting.purses import NEVER, Round, play, room
from kiosk.counting.steps import Raised


def raised(steps: tuple[object, ...]) -> int:
    return sum(step.times for step in steps if isinstance(step, Raised))


@settings(max_examples=200, deadline=None)
@given(elections(), rules(), st.sampled_from(["", "rain", "snow"]))
@example(Election(0, (), ()), HOUSE, "")
@example(Election(10, (Project("a", 10),), ()), HOUSE, "")
@example(Election(100, (Project("a", 0), Project("b", 100)), (frozenset("ab"),)), ADD1U, "")
def test_counting_is_the_same_as_counting_again_for_every_single_raise(
    election: Election, asked: Rules, seed: str
) -> None:
    """The result, how often was raised, whether the lot was needed; beside fractions and a plain loop."""
    counted = count(election, asked, seed)
    assert (counted.funded, raised(counted.steps), counted.by_lot) == plainly(election, asked, seed)


@settings(max_examples=60, deadline=None)
@given(elections(most_cents=2000, most_budget=4000), st.integers(1, 3))
def test_thousands_of_raises_are_passed_over_rightly(election: Election, unit: int) -> None:
    counted = count(election, Rules(floor=NO_FLOOR, unit=unit))
    assert (counted.funded, raised(counted.steps), counted.by_lot) == plainly(
        election, Rules(floor=NO_FLOOR, unit=unit)
    )


def same_rounds(some: Sequence[Round], others: Sequence[Round]) -> bool:
    return [(each.chosen, each.tied) for each in some] == [(each.chosen, each.tied) for each in others]


@settings(max_examples=200, deadline=None)
@given(elections(), st.integers(1, 7), st.data())
def test_a_counting_stays_the_same_for_as_long_as_it_says(
    election: Election, unit: int, data: st.DataObject
) -> None:
    """And taking up a counting in its middle, also with most purses forgotten, is counting from the start."""
    here = room(election, ranked(election, ""), unit)
    at, rounds = 0, play(here, 0, watching=True)
    for _ in range(4):
        until = min(each.until for each in rounds)
        fresh = play(here, data.draw(st.integers(at, min(until, at + 500))))
        assert [each.chosen for each in fresh] == [each.chosen for each in rounds]
        # Whoever is as good later on was so before: no tie is passed over.
        assert all(set(new.tied) <= set(old.tied) for new, old in zip(fresh, rounds, strict=True))
        if until == NEVER:
            return
        at = until + 1
        forgetful = [rounds[0], *(structs.replace(each, purses=None) for each in rounds[1:])]
        assert same_rounds(play(here, at, forgetful), play(here, at))
        rounds = play(here, at, rounds, watching=True)
        assert same_rounds(rounds, play(here, at))


def test_few_countings_are_needed_where_single_raises_would_be_tens_of_thousands() -> None:
    """Without this a kiosk would count for minutes while the shop waits: twenty people, a jar of 10,000.00."""
    election = drawn(random.Random(6), 20, 20, most_cents=400_000, jar=1_000_000)
    here = room(Election(1_000_000, election.projects, election.ballots), ranked(election, ""), 1)
    result, _ = raise_shares(here)
    at, countings, rounds = 0, 0, list[Round]()
    while at <= result.times:
        rounds = play(here, at, rounds, watching=True)
        at, countings = min(each.until for each in rounds) + 1, countings + 1
    assert result.times > 5000
    assert countings < 100


def test_the_unit_is_a_cent_unless_somebody_says_otherwise() -> None:
    assert HOUSE.unit == 1
    assert HOUSE.floor == Fraction(1, 3)
