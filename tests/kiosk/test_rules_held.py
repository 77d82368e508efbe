"""Reports that are read aloud: a late one is on the wall like a debt, until two badges say that it was held."""

from datetime import UTC, date, datetime

import pytest

from kiosk.amounts import Moment
from kiosk.commands import HoldReport
from kiosk.events import BenefitSaid, Entry, ReportHeld
from kiosk.rules.held import overdue, to_hold
from kiosk.state import State, apply, document, fold, restore
from kiosk.store import Store, differing
from kiosk.words import local

DAY = 24 * 3600


def days_until(shop, day):
    return (date.fromisoformat(day) - local(shop.now).date()).days * DAY


def go_to(shop, day):
    shop.wait(days_until(shop, day))
    return shop


def late(shop):
    found = overdue(shop.state, local(shop.now).date())
    return {each.report: (each.period, each.more) for each in found}


@pytest.fixture
def old(shop):
    """Founded on 2 November 2026."""
    assert datetime.fromtimestamp(shop.now.wall / 1000, UTC).date() == date(2026, 11, 2)
    return shop


@pytest.mark.parametrize(
    ("day", "found"),
    [
        ("2026-12-07", {}),
        ("2026-12-08", {"audit": ("2026-11", 0), "potluck": ("2026-11", 0)}),
        ("2027-01-07", {"audit": ("2026-11", 0), "potluck": ("2026-11", 0)}),
        ("2027-01-08", {"audit": ("2026-12", 1), "potluck": ("2026-12", 1)}),
        ("2027-01-14", {"audit": ("2026-12", 1), "potluck": ("2026-12", 1)}),
        (
            "2027-01-15",
            {
                "audit": ("2026-12", 1),
                "potluck": ("2026-12", 1),
                "ledger": ("2026-Q4", 0),
                "autopsy": ("2026-Q4", 0),
            },
        ),
    ],
)
def test_a_report_is_late_the_day_after_its_last_day_and_there_is_one_line_each(old, day, found):
    assert late(go_to(old, day)) == found


def test_holding_it_takes_it_off_and_the_older_one_stays(old):
    go_to(old, "2027-01-08")
    old.done(HoldReport("audit", "2026-12", ("ada", "ben")))
    assert late(old)["audit"] == ("2026-11", 0)
    old.done(HoldReport("audit", "2026-11", ("ada", "ben")))
    assert "audit" not in late(old)
    assert restore(old.tables) == old.state == fold(old.entries)


def test_a_shop_that_was_founded_at_the_end_of_a_month_owes_nothing_for_it(empty):
    empty.wait(15 * DAY)
    empty.founded()
    assert local(empty.now).date() == date(2026, 11, 17)
    assert late(go_to(empty, "2026-12-31")) == {}
    assert late(go_to(empty, "2027-01-08"))["audit"] == ("2026-12", 0)


@pytest.mark.parametrize(
    ("report", "period", "day", "code"),
    [
        ("audit", "2026-Q4", "2027-01-02", "no period"),
        ("ledger", "2026-12", "2027-01-02", "no period"),
        ("audit", "December", "2027-01-02", "no period"),
        ("audit", "2026-13", "2027-01-02", "no period"),
        ("audit", "2026-12", "2026-12-31", "too early"),
        ("autopsy", "2026-Q4", "2026-12-23", "too early"),
        ("potluck", "2027-05", "2027-01-02", "too early"),
        ("audit", "2026-10", "2027-01-02", "before the shop"),
    ],
)
def test_what_can_not_be_held_is_refused_with_a_reason(old, report, period, day, code):
    go_to(old, day)
    assert old.refused(HoldReport(report, period, ("ada", "ben"))) == code


def test_people_may_sit_together_in_the_last_week_of_what_they_look_back_at(old):
    go_to(old, "2026-12-24")
    old.done(HoldReport("autopsy", "2026-Q4", ("ada", "ben")))
    old.done(HoldReport("potluck", "2026-12", ("ada", "ben")))
    assert old.state.held == {"autopsy": ("2026-Q4",), "potluck": ("2026-12",)}


def test_it_takes_two_different_people_and_is_held_once(old):
    go_to(old, "2027-01-02")
    assert old.refused(HoldReport("audit", "2026-12", ("ada", "ada"))) == "second badge"
    entry = old.done(HoldReport("audit", "2026-12", ("ada", "ben")))
    assert entry.event == ReportHeld("audit", "2026-12", ("Ada", "Ben"))
    assert old.refused(HoldReport("audit", "2026-12", ("ada", "ben"))) == "held already"


def test_what_can_be_held_now_is_the_newest_that_was_not(old):
    go_to(old, "2026-12-23")
    today = local(old.now).date()
    assert to_hold(old.state, "autopsy", today) == ""
    assert to_hold(old.state, "audit", today) == "2026-11"
    go_to(old, "2026-12-24")
    assert to_hold(old.state, "autopsy", local(old.now).date()) == "2026-Q4"
    old.done(HoldReport("autopsy", "2026-Q4", ("ada", "ben")))
    go_to(old, "2027-01-10")
    assert to_hold(old.state, "autopsy", local(old.now).date()) == ""


def test_what_was_held_and_said_is_still_there_after_a_restart(tmp_path):
    """Without this a kiosk whose shop has held a report would find its card damaged at the next start."""
    folder = tmp_path / "data"
    events = (ReportHeld("audit", "2026-10", ("Ana", "Jo")), BenefitSaid("2026-Q3", "proposing", "the early ones"))
    with Store.open(folder) as store:
        state = State()
        for event in events:
            entry = Entry(store.device, store.next_number, Moment(wall=1, mono=1, boot="b"), event)
            state, touched = apply(state, entry)
            store.append([entry], {name: document(state, name) for name in touched})
    with Store.open(folder) as store:
        assert store.rebuilt == ""
        assert restore(store.tables()) == state
        assert differing(store) == ()
