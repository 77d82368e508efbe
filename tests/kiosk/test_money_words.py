"""How money is said, and how full a jar is drawn."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from kiosk.amounts import LEAST_GLASS, glass, per_mille
from kiosk.tongue import speaking
from kiosk.words import fund_word, jar_word, money, price


@pytest.mark.parametrize(
    ("cents", "said"),
    [
        (0, "€ 0.00"),
        (5, "€ 0.05"),
        (1250, "€ 12.50"),
        (98_765_43, "€ 98,765.43"),
        (1_234_567_89, "€ 1,234,567.89"),
        (-120, "−€ 1.20"),
    ],
)
def test_money_as_it_is_said(cents: int, said: str) -> None:
    """A sum of five figures would be hard to read, or a missing euro would turn into 98 cents too much."""
    assert money(cents) == said


@pytest.mark.parametrize(("cents", "said"), [(260_00, "€ 260"), (259_50, "€ 259.50"), (1_000_00, "€ 1,000")])
def test_a_price_is_as_short_as_it_goes(cents: int, said: str) -> None:
    """A price would leave no room for its title."""
    assert price(cents) == said


@given(some.integers(0, 10_000_000), some.lists(some.integers(1, 10_000_000), max_size=40))
def test_every_price_and_the_sum_have_room_on_the_glass(cents: int, prices: list[int]) -> None:
    """A mark would lie above the lid."""
    whole = glass(cents, prices)
    assert whole > max(cents, *prices, 0)
    assert all(0 < per_mille(each, whole) <= 900 for each in prices)
    assert per_mille(cents, whole) <= 900
    assert whole >= LEAST_GLASS


@given(some.integers(1, 10_000_000), some.integers(1, 10_000_000))
def test_something_is_never_nothing(part: int, whole: int) -> None:
    """The first coin would leave the jar empty."""
    assert 1 <= per_mille(part, whole) <= 1000
    assert per_mille(0, whole) == 0


def test_a_jar_that_the_kiosk_named_is_said_in_the_language_spoken():
    """Half of a split would be called "jar 2" among words of another language, or somebody's own name changed."""
    names = ["jar 2", "jar two", "Jar 2", "{x}"]
    assert [fund_word(name) for name in names] == names
    with speaking("de"):
        assert [fund_word(name) for name in names] == ["Topf 2", *names[1:]]
        assert jar_word("jar 2") == "Der Topf: Topf 2"
