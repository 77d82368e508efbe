"""Where the house counts otherwise than the public tools, on purpose; one by one, beside pabutools.

The rules are listed in kiosk/counting/equal_shares.py. Without these a recount that differs could mean anything.
"""

import pytest
from elections import ADD1U, ALL_FIT, EQUAL, NO_FLOOR, ONE_VOICE, PLAIN, Theirs, jar
from pabutools.election import ApprovalBallot, ApprovalProfile, Cost_Sat, Instance
from pabutools.election import Project as TheirProject
from pabutools.rules import method_of_equal_shares

from kiosk.counting.election import HOUSE, Election, Project, Rules
from kiosk.counting.equal_shares import count, lot
from kiosk.counting.steps import Filled, Left, Tied


def by_name(election: Election) -> tuple[str, ...]:
    """pabutools' plain result as it comes, which settles ties by name."""
    projects = {each.id: TheirProject(each.id, each.cents) for each in election.projects}
    instance = Instance(projects.values(), budget_limit=election.budget)
    profile = ApprovalProfile([ApprovalBallot(map(projects.get, each)) for each in election.ballots])
    return tuple(each.name for each in method_of_equal_shares(instance, profile, sat_class=Cost_Sat))


# 1. The floor.


def test_completion_never_gives_the_jar_to_a_single_voice() -> None:
    """Both tools give one person nine tenths of the jar."""
    assert Theirs(ONE_VOICE).add1u == count(ONE_VOICE, ADD1U).funded == ("R",)
    counted = count(ONE_VOICE, HOUSE)
    assert counted.funded == ()
    assert [(step.id, step.why, step.least) for step in counted.steps if isinstance(step, Left)] == [
        ("R", "floor", 2),
        ("T", "floor", 2),
    ]


def test_a_persons_own_share_is_theirs_whatever_the_floor() -> None:
    """Two people, each with half the jar: what either can pay alone is bought."""
    assert count(jar(100, {"A": 50, "B": 50}, "A", "B"), HOUSE).funded in (("A", "B"), ("B", "A"))


def test_what_is_below_the_floor_is_not_filled_up_with() -> None:
    election = jar(100, {"A": 90, "B": 10}, "A", "A", "A", "A", "B", "A", "A")
    assert count(election, ADD1U).funded == ("B", "A")
    election = jar(100, {"A": 90, "B": 9, "C": 9}, *["A"] * 11, "C")
    assert "C" in Theirs(election).add1u
    assert count(election, HOUSE).funded == ("A",)


@pytest.mark.parametrize(("ballots", "least"), [(0, 2), (1, 2), (3, 2), (6, 2), (7, 3), (9, 3), (10, 4), (200, 67)])
def test_the_floor_is_a_third_rounded_up_and_at_least_two(ballots: int, least: int) -> None:
    assert HOUSE.least(ballots) == least
    assert ADD1U.least(ballots) == 0


# 2. Ties: the cheaper first, then more approvals, then the lot.


def test_the_cheaper_of_equals_goes_first() -> None:
    """pabutools takes the first by name."""
    election = jar(60, {"A": 40, "B": 30}, "AB", "AB")
    assert by_name(election) == ("A",)
    counted = count(election, PLAIN)
    assert counted.funded == ("B",)
    assert counted.ties == (Tied(("B", "A"), "price"),)
    assert not counted.by_lot


def test_of_equals_of_one_price_that_with_more_approvals_goes_first() -> None:
    """Y has one more, who gave nearly all for W and so makes it no better. pabutools: X, by name."""
    election = jar(100, {"W": 30, "X": 40, "Y": 40}, "W", "WY", "XY", "WY", "X")
    assert by_name(election)[:2] == ("W", "X")
    counted = count(election, PLAIN)
    assert counted.funded[:2] == ("W", "Y")
    assert counted.ties[-1] == Tied(("Y", "X"), "approvals")
    assert not counted.by_lot


# 3. The lot.


def test_the_lot_can_be_drawn_again_with_a_command_that_every_machine_has() -> None:
    """printf '%s' 'rain k3f9/17' | sha256sum"""
    assert lot("rain", "k3f9/17") == "bf6d043e93e1dd197934d4c870c0cd329a1a07e786b6394a456124aea6f050a4"


def test_the_smallest_in_the_lot_wins_and_each_can() -> None:
    won = set()
    for seed in map(str, range(20)):
        counted = count(EQUAL, PLAIN, seed)
        assert counted.by_lot
        assert counted.funded[0] == min("XYZ", key=lambda each: lot(seed, each))
        assert counted.ties[0].ids == tuple(sorted("XYZ", key=lambda each: lot(seed, each)))
        won.add(counted.funded[0])
    assert won == {"X", "Y", "Z"}


def test_a_lot_that_only_a_rejected_counting_needed_is_told() -> None:
    """Whether a raise was too much hung on it, so the room must have made a seed."""
    counted = count(jar(100, {"W": 20, "X": 50, "Y": 20, "Z": 50}, "WXYZ", "XZ", "Z"), ADD1U)
    assert counted.ties == ()
    assert counted.by_lot


def test_filling_up_asks_the_lot_only_where_the_rest_cannot_pay_both() -> None:
    """Without this a shop would make a seed for nothing."""
    assert not count(jar(100, {"X": 50, "Y": 50}, "", "XY", ""), ADD1U).by_lot
    one = count(jar(100, {"X": 60, "Y": 60}, "X", "Y"), ADD1U)
    assert one.by_lot
    assert len(one.funded) == 1


# 4. Shares are exact, and raised by a cent.


def test_the_step_of_a_raise_can_matter_and_each_is_as_pabutools_with_that_step() -> None:
    """The web tool's step is a whole unit of the currency."""
    election = jar(100, {"A": 60, "B": 40, "C": 15}, "AB", "BC", "AB", "A")
    cent, euro = count(election, ADD1U), count(election, Rules(floor=NO_FLOOR, unit=100))
    assert cent.funded == Theirs(election, unit=1).add1u == ("B", "C")
    assert euro.funded == Theirs(election, unit=100).add1u == ("B", "A")


def test_no_part_of_a_cent_is_rounded_away() -> None:
    """Three people share 100.00; two of them hold 66.67 less a third of a cent, which is enough for 66.66 only."""
    two_of_three = [frozenset({"A"}), frozenset({"A"}), frozenset[str]()]
    assert count(Election(10_000, (Project("A", 6666),), tuple(two_of_three)), PLAIN).funded == ("A",)
    assert count(Election(10_000, (Project("A", 6667),), tuple(two_of_three)), PLAIN).funded == ()


# 5. What nobody approves is never bought.


def test_what_nobody_wants_is_not_bought_because_it_fits() -> None:
    election = jar(100, {"A": 10, "N": 20}, "A", "A")
    assert Theirs(election).add1u == ("A", "N")
    assert count(election, ADD1U).funded == ("A",)


# And where only the order differs.


def test_when_all_fits_nothing_is_raised() -> None:
    """pabutools raises until all is bought, in another order; the web tool fills up as we do."""
    assert Theirs(ALL_FIT).add1u == ("P", "Q")
    counted = count(ALL_FIT, HOUSE)
    assert counted.funded == ("Q", "P")
    assert [step.id for step in counted.steps if isinstance(step, Filled)] == ["P"]
