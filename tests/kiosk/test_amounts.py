import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.amounts import Moment, elapsed, split


@given(minutes=st.integers(0, 10_000), ways=st.integers(1, 50))
def test_no_minute_is_lost_when_hours_are_shared(minutes: int, ways: int) -> None:
    parts = split(minutes, ways)
    assert sum(parts) == minutes
    assert len(parts) == ways
    assert max(parts) - min(parts) <= 1


def test_the_odd_minutes_fall_to_those_who_came_first() -> None:
    assert split(15, 4) == (4, 4, 4, 3)
    assert split(60, 7) == (9, 9, 9, 9, 8, 8, 8)


@given(minutes=st.integers(0, 10_000), ways=st.integers(1, 50))
def test_whoever_came_later_never_pays_more(minutes: int, ways: int) -> None:
    parts = split(minutes, ways)
    assert list(parts) == sorted(parts, reverse=True)


@pytest.mark.parametrize(
    ("later", "passed"),
    [
        (Moment(wall=0, mono=7_000, boot="a"), 5_000),
        (Moment(wall=9_000, mono=0, boot="b"), 8_000),
        (Moment(wall=400, mono=9_000, boot="b"), -600),
    ],
    ids=["one run: the wall clock may jump as it likes", "after a restart: by the wall clock", "set back"],
)
def test_a_clock_that_jumps_does_not_cut_the_time_to_undo(later: Moment, passed: int) -> None:
    assert elapsed(Moment(wall=1_000, mono=2_000, boot="a"), later) == passed
