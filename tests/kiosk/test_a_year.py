"""A whole year of a shop: other people's programs must come to the same minute and the same cent as the kiosk."""

import json
from collections import Counter

import bookkeepers as judge
import pytest
from a_year import Pages, Year
from typer.testing import CliRunner

from kiosk.__main__ import app
from kiosk.events import FridayClosed, ProjectWithdrawn
from kiosk.reports.ledger_beancount import account_name as in_beancount
from kiosk.reports.ledger_hledger import account_name as in_hledger
from kiosk.rules.funds import in_hand
from kiosk.store import Store

SEED = 3

runner = CliRunner()


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The record of a year, on a disk."""
    folder = tmp_path_factory.mktemp("year")
    with Store.open(folder) as store:
        Year(store, SEED).live()
    return folder


def run(folder, *words):
    done = runner.invoke(app, [*words, "--data", str(folder)])
    assert done.exit_code == 0, done.output
    return done.stdout


def test_hledger_comes_to_the_same_minute_and_cent(folder):
    """Without this the kiosk would be the only witness of its own sums."""
    journal = run(folder, "export", "hledger")
    assert judge.faults_for_hledger(journal) == ""
    assert judge.known_and_spent(judge.balances_by_hledger(journal)) == judge.as_the_kiosk_says(
        run(folder, "state", "--json"), in_hledger
    )


def test_beancount_comes_to_the_same_minute_and_cent(folder, tmp_path):
    """Without this the kiosk would be the only witness of its own sums."""
    ledger = run(folder, "export", "beancount")
    assert judge.faults_for_beancount(ledger, tmp_path) == ""
    assert judge.known_and_spent(judge.balances_by_beancount(ledger)) == judge.as_the_kiosk_says(
        run(folder, "state", "--json"), in_beancount
    )


def test_the_year_holds_what_years_hold(folder):
    """Without this the tests above could pass on a year in which nothing happened."""
    entries = [json.loads(line) for line in run(folder, "record", "--json").splitlines()]
    happened = Counter(entry["kind"] for entry in entries)
    assert len(entries) > 1500
    for kind in (
        "hours swapped",
        "commons served",
        "hours countered",
        "member left",
        "member returned",
        "money given",
        "wages sliced",
        "friday closed",
        "round voided",
        "project withdrawn",
        "reserve spent",
        "fund split",
        "fund ended",
    ):
        assert happened[kind], kind
    assert {entry["time_trusted"] for entry in entries} == {True, False}
    assert None in {entry["cents"] for entry in entries if entry["kind"] == "coin fell"}
    assert any(entry["cents"] != entry["expected"] for entry in entries if entry["kind"] == "jar counted")


@pytest.mark.parametrize("seed", range(4, 9))
def test_in_every_year_all_money_is_somewhere(seed):
    """Without this a cent could be lost in a week that nobody looked at."""
    record = Pages()
    year = Year(record, seed).live()
    money = year.state.money
    assert money.came.total - money.spent - money.returned == in_hand(year.state)
    assert sum(account.minutes for account in year.state.accounts.values()) == 0


def test_the_year_of_the_tests_goes_every_way_that_money_can_go():
    """Without this a way that money goes could be missing in the books, and the year would not notice."""
    record = Pages()
    Year(record, SEED).live()
    closed = [entry.event for entry in record.entries if isinstance(entry.event, FridayClosed)]
    assert {part.place for each in closed for part in each.handed_on} == {"fund", "reserve", "project"}
    assert any(each.returned for each in closed)
    assert any(bought.aside for each in closed for bought in each.funded)
    assert any(each.expired for each in closed)
    assert {each.detail for each in closed} == {"outcome", "totals", "ballots"}
    assert any(entry.event.cents for entry in record.entries if isinstance(entry.event, ProjectWithdrawn))


def test_the_same_seed_is_the_same_year():
    """Without this a failure could not be looked at twice."""
    one, two = Pages(), Pages()
    Year(one, 7).live(weeks=6)
    Year(two, 7).live(weeks=6)
    assert [entry.event for entry in one.entries] == [entry.event for entry in two.entries]
