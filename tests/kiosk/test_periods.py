"""Months and quarters by name: a report that is looked for under the wrong one is never held."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.periods import GRACE, after, before, first_day, is_late, last_day, month_of, months_of, quarter_of

DAYS = st.dates(date(1990, 1, 1), date(2990, 1, 1))


@given(DAYS)
def test_every_day_lies_in_its_month_and_its_quarter(day):
    for period in (month_of(day), quarter_of(day)):
        assert first_day(period) <= day <= last_day(period)


@given(DAYS)
def test_no_day_lies_between_two_periods(day):
    for period in (month_of(day), quarter_of(day)):
        assert first_day(after(period)) == last_day(period) + timedelta(days=1)
        assert before(after(period)) == period


@given(DAYS)
def test_a_quarter_is_its_three_months(day):
    months = list(months_of(quarter_of(day)))
    assert len(months) == 3
    assert month_of(day) in months
    assert list(months_of(months[0])) == [months[0]]


def test_a_year_ends_with_the_fourth_quarter():
    assert quarter_of(date(2026, 12, 31)) == "2026-Q4"
    assert after("2026-Q4") == "2027-Q1"
    assert before("2026-01") == "2025-12"


@pytest.mark.parametrize(
    "word", ["", "2026", "2026-13", "2026-1", "2026-Q5", "2026-Q0", "2026-Q04", "now", "2026-11-01"]
)
def test_what_names_no_period_is_named(word):
    with pytest.raises(ValueError, match="no month"):
        first_day(word)


@given(st.dates(date(2020, 1, 1), date(2040, 1, 1)), st.integers(-3, 40))
def test_late_is_what_two_working_days_have_gone_by_for(last, passed):
    days = [last + timedelta(days=each) for each in range(1, passed + 1)]
    assert is_late(last, last + timedelta(days=passed)) == (sum(each.weekday() < 5 for each in days) >= GRACE)
