"""The public tool comes to the same. Without this nobody could count a Friday again and be sure."""

import random
from pathlib import Path

import pytest
from elections import ADD1U, ALL_FIT, EQUAL, MINORITY, NO_FLOOR, ONE_VOICE, PLAIN, Theirs, drawn
from pabutools.election import parse_pabulib

from kiosk.counting import pabulib
from kiosk.counting.election import Election, Rules
from kiosk.counting.equal_shares import count
from kiosk.counting.steps import Raised

DATA = Path(__file__).parent / "data"
REAL = sorted(DATA.glob("*.pb"))


def wanted(election: Election) -> frozenset[str]:
    return frozenset[str]().union(*election.ballots)


def same(election: Election, theirs: Theirs, unit: int = 1) -> None:
    """Ours buys what theirs buys, in the same order where nothing but the Method of Equal Shares makes an order."""
    assert count(election, PLAIN).funded == theirs.plain
    ours = count(election, Rules(floor=NO_FLOOR, unit=unit))
    bought = tuple(each for each in theirs.add1u if each in wanted(election))
    (raised,) = (step for step in ours.steps if isinstance(step, Raised))
    if raised.why == "fits":  # theirs raises all the same, and buys it all in another order
        assert sorted(ours.funded) == sorted(bought)
    else:
        assert ours.funded == bought


def test_more_than_two_thousand_tie_free_elections_come_out_as_in_pabutools() -> None:
    """Plain and add1u with cents, of up to 14 people and 8 projects; of ties both are told the same order."""
    dice = random.Random(20261127)
    compared = tie_free = 0
    while tie_free < 2000:
        election = drawn(dice, dice.randint(1, 14), dice.randint(1, 8))
        theirs = Theirs(election)
        same(election, theirs)
        compared += 1
        tie_free += not theirs.tied
    assert compared > 2500


def test_larger_elections_come_out_as_in_pabutools() -> None:
    """Of 20 to 60 people and 10 to 25 projects."""
    dice = random.Random(20261204)
    for _ in range(60):
        election = drawn(dice, dice.randint(20, 60), dice.randint(10, 25), most_cents=3000, jar=9000)
        same(election, Theirs(election))


@pytest.mark.parametrize(
    ("election", "plain", "completed"),
    [
        pytest.param(MINORITY, ("D", "B", "C"), ("D", "B", "C"), id="minority"),
        pytest.param(ALL_FIT, ("Q",), ("Q", "P"), id="all fit"),
        pytest.param(ONE_VOICE, (), ("R",), id="one voice"),
    ],
)
def test_known_cases_come_out_as_both_public_tools_say(
    election: Election, plain: tuple[str, ...], completed: tuple[str, ...]
) -> None:
    assert count(election, PLAIN).funded == plain
    assert count(election, ADD1U).funded == completed
    same(election, Theirs(election))


def test_where_the_web_tool_gives_up_the_lot_decides() -> None:
    """Three projects of one price with as many approvals: the web tool stops with an error."""
    counted = count(EQUAL, PLAIN, seed="rain")
    assert counted.by_lot
    assert counted.ties[0].by == "lot"
    assert set(counted.ties[0].ids) == {"X", "Y", "Z"}
    assert counted.funded == Theirs(EQUAL, seed="rain").plain


@pytest.mark.parametrize("file", REAL, ids=lambda file: file.stem)
def test_real_elections_come_out_as_in_pabutools(file: Path) -> None:
    """Cities' elections, read by each from the file. Shares are raised by 20 zł; by cents pabutools takes long."""
    election = pabulib.read(file.read_bytes())
    assert isinstance(election, Election)
    instance, profile = parse_pabulib(str(file))
    assert {each.id: each.cents for each in election.projects} == {each.name: each.cost * 100 for each in instance}
    assert election.budget == instance.budget_limit * 100
    assert [set(ballot) for ballot in election.ballots] == [{each.name for each in ballot} for ballot in profile]
    same(election, Theirs(election, unit=2000), unit=2000)


def test_there_are_real_elections() -> None:
    assert len(REAL) >= 6
