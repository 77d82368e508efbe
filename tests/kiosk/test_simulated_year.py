"""A made-up year: lived through the real rules, the same for the same seed, never to be taken for a shop's own."""

import io
import json
import logging
import shutil
import stat
from collections import Counter, defaultdict
from datetime import date, timedelta

import bookkeepers as judge
import pypdfium2
import pytest
import recompute
from typer.testing import CliRunner

from kiosk import making_up
from kiosk.__main__ import app
from kiosk.asked import Wanted
from kiosk.badge_key import BadgeKey
from kiosk.clock import SystemClock
from kiosk.demo import CODES, MEMBERS, UIDS, card, settle_in, tag
from kiosk.opened import DemoRecordError, is_demo
from kiosk.reports.ledger_beancount import account_name as in_beancount
from kiosk.reports.ledger_hledger import account_name as in_hledger
from kiosk.rules.held import overdue
from kiosk.rules.thrones import thrones, unswapped
from kiosk.run import run_kiosk
from kiosk.settings import Settings
from kiosk.simulating import FIRST, NotEmptyError, Pages, Shop, Year, bosses_from, simulate
from kiosk.simulating.people import handle_of, uid_of
from kiosk.state import WORK, restore
from kiosk.store import Reader, Store, differing
from kiosk.tour import is_made_up
from kiosk.tour import made_up_shop as around
from kiosk.tour.playing import as_played
from kiosk.views.alarms import shop_alarms
from kiosk.views.scene import Scene

runner = CliRunner()

PATIENCE = 9
"""Days in a row that a well-kept shop may have an alarm for: a late task over a weekend, a tool that is out."""


class Watch:
    """Looks at all alarms each evening. longest: the longest run of evenings of each alarm, by its words."""

    def __init__(self) -> None:
        self.longest: Counter[str] = Counter()
        self.bosses: dict[str, list[date]] = defaultdict(list)
        self.late_reports = 0
        self._running: Counter[str] = Counter()

    def __call__(self, shop: Shop) -> None:
        scene = Scene(shop.state, shop.core.now(), shop.core.record.find, "a made-up shop", {})
        found = {alarm.words for alarm in shop_alarms(scene)}
        for gone in set(self._running) - found:
            del self._running[gone]
        self._running.update(found)
        self.longest |= self._running
        for throne in thrones(shop.state, shop.today):
            self.bosses[throne.routine].append(shop.today)
        for kind in unswapped(shop.state, shop.today):
            self.bosses[kind.routine].append(shop.today)
        if any("without dissent" in words for words in found):
            self.bosses["dissent"].append(shop.today)
        if any("has not turned" in words for words in found):
            self.bosses["turnover"].append(shop.today)
        self.late_reports += len(overdue(shop.state, shop.today))


def lived(*bosses: str, people: int = 20, days: int = 150, seed: int = 2) -> tuple[Shop, Watch]:
    watch = Watch()
    shop = Shop(Pages(), seed, FIRST, bosses_from(bosses, WORK))
    return Year(shop, people, days).live(watch), watch


@pytest.fixture(scope="module")
def year(tmp_path_factory):
    """A whole year on a disk, and what was on the wall each evening."""
    folder, watch = tmp_path_factory.mktemp("made up") / "year", Watch()
    shop = simulate(folder, people=40, days=365, seed=1, evening=watch)
    return folder, watch, shop


@pytest.fixture(scope="module")
def record(year):
    """What `kiosk record --json` prints of it."""
    folder, _, _ = year
    return [json.loads(line) for line in run("record", "--json", "--data", str(folder)).splitlines()]


def run(*words: str) -> str:
    done = runner.invoke(app, list(words))
    assert done.exit_code == 0, done.output
    return done.stdout


# --- bosses -----------------------------------------------------------------------------------------------


def test_a_fair_year_has_no_boss_and_nothing_that_stays(year):
    """Without this people would learn that the alarms cry wolf."""
    _, watch, _ = year
    assert watch.bosses == {}
    assert watch.late_reports == 0
    stayed = {words: evenings for words, evenings in watch.longest.items() if evenings > PATIENCE}
    assert stayed == {}


@pytest.mark.parametrize(
    ("boss", "alarm", "others"),
    [
        ("opens-circles", "opening the circle", ()),
        ("keeps-jar", "counting the jar", ("turnover",)),
        ("never-swaps:care", "work: care", ()),
        ("silent-votes", "dissent", ()),
    ],
)
def test_each_planted_boss_raises_its_alarm_and_no_other(boss, alarm, others):
    """Without this somebody could come to rule the shop, and the wall would say that all is well."""
    _, watch = lived(boss)
    assert len(watch.bosses[alarm]) > 6
    assert set(watch.bosses) == {alarm, *others}


def test_bosses_can_be_planted_together():
    """Without this one boss could hide another."""
    _, watch = lived("opens-circles", "silent-votes", "never-swaps:repair")
    assert set(watch.bosses) == {"opening the circle", "dissent", "work: repair"}


def test_a_boss_that_is_not_known_is_said_to_be_so():
    """Without this a slip in the name would look like a year without that boss."""
    with pytest.raises(ValueError, match="opens-everything"):
        bosses_from(("opens-everything",), WORK)
    with pytest.raises(ValueError, match="never-swaps:juggling"):
        bosses_from(("never-swaps:juggling",), WORK)


# --- figures ----------------------------------------------------------------------------------------------


def as_recomputed(figures):
    return {name: told for name, told in figures.items() if told["value"] or told["entries"]}


def as_told(audit, *, named=True):
    """The figures of an audit in a file of `kiosk report`, as the script has them, less those that are nothing."""
    return {
        (section["key"], figure["key"], figure["what"], figure["unit"]): {
            "value": figure["value"],
            "per": figure["per"],
            "entries": figure["entries"] if named else [],
        }
        for section in audit["sections"]
        for figure in section["figures"]
        if figure["value"] or figure["entries"]
    }


def report(folder, tmp_path, *words):
    file = tmp_path / "report.json"
    run("report", *words, "--json", str(file), "--force", "--data", str(folder))
    return json.loads(file.read_text())


def test_every_figure_of_twelve_audits_is_what_the_record_comes_to(year, record, tmp_path):
    """Without this a month could be read aloud that nobody can check."""
    folder, _, _ = year
    for month in range(1, 13):
        period = f"2025-{month:02d}"
        told = as_told(report(folder, tmp_path, "audit", "--period", period))
        assert told == as_recomputed(recompute.audit(record, *recompute.days_of(period))), period
        assert len(told) > 20


def test_every_figure_of_four_ledgers_is_what_the_record_comes_to(year, record, tmp_path):
    """Without this a quarter could be read aloud that nobody can check."""
    folder, _, _ = year
    for number in range(1, 5):
        period = f"2025-Q{number}"
        told = report(folder, tmp_path, "ledger", "--period", period)
        again = recompute.ledger(record, period)
        for column in (*told["months"], told["whole"], told["before"], told["so_far"]):
            known = as_told(column, named=column is not told["so_far"])
            assert known == as_recomputed(again[column["period"]]), (period, column["period"])


def test_every_figure_of_four_autopsies_is_what_the_record_comes_to(year, record, tmp_path):
    """Without this a routine could look shared out that one person does."""
    folder, _, _ = year
    for number in range(1, 5):
        period = f"2025-Q{number}"
        told = report(folder, tmp_path, "autopsy", "--period", period)
        again = recompute.autopsy(record, period)
        assert {each["routine"]: without(each, "routine", "words") for each in told["routines"]} == {
            routine: figures | {"people": [list(person) for person in figures["people"]]}
            for routine, figures in again["routines"].items()
        }
        assert len(told["routines"]) > 8
        assert told["swaps"] == again["swaps"]
        assert set(told["missing"]) == again["missing"]
        assert told["benefits"] == again["benefits"]
        assert told["inversions"] == again["inversions"]


def without(told, *keys):
    return {key: value for key, value in told.items() if key not in keys}


def test_other_programs_come_to_the_same_minute_and_cent(year, tmp_path):
    """Without this the kiosk would be the only witness of its own sums."""
    folder, _, _ = year
    state = run("state", "--json", "--data", str(folder))
    journal = run("export", "hledger", "--data", str(folder))
    assert judge.faults_for_hledger(journal) == ""
    assert judge.known_and_spent(judge.balances_by_hledger(journal)) == judge.as_the_kiosk_says(state, in_hledger)
    ledger = run("export", "beancount", "--data", str(folder))
    assert judge.faults_for_beancount(ledger, tmp_path) == ""
    told = judge.known_and_spent(judge.balances_by_beancount(ledger))
    assert told == judge.as_the_kiosk_says(state, in_beancount)


# --- the record -------------------------------------------------------------------------------------------


def test_the_year_holds_what_years_hold(record):
    """Without this the tests above could pass on a year in which nothing happened."""
    happened = Counter(entry["kind"] for entry in record)
    for kind in (
        "member left",
        "badge revoked",
        "leave started",
        "hours countered",
        "notice posted",
        "clock started",
        "task dropped",
        "experiment reviewed",
        "dissent counted",
        "decision reviewed",
        "duty drawn",
        "approval closed",
        "jar counted",
        "project withdrawn",
        "receipt shown",
        "reserve spent",
        "fund split",
        "fund ended",
        "tool broken",
        "number countered",
        "concession won",
        "reform noted",
        "report held",
        "benefit said",
        "potluck said",
        "inversion reviewed",
        "charter changed",
    ):
        assert happened[kind], kind
    assert happened["circle opened"] > 240
    assert len(record) > 12_000
    assert {entry["detail"] for entry in record if entry["kind"] == "friday closed"} == {
        "outcome",
        "totals",
        "ballots",
    }


def test_the_record_is_whole_and_the_present_is_what_it_comes_to(year):
    """Without this a kiosk would have to fold a made-up year anew, or would take it for damaged."""
    folder, _, shop = year
    with Reader.open(folder) as reader:
        assert differing(reader) == ()
        assert restore(reader.tables()) == shop.state
    assert "All is well" in run("verify", "--data", str(folder))
    assert sum(account.minutes for account in shop.state.accounts.values()) == 0


def test_a_made_up_year_is_never_taken_for_a_shops_own(year, record):
    """Without this its badges, which anybody can make, could open a shop's own kiosk."""
    folder, _, shop = year
    assert is_demo(shop.state)
    assert {entry["id"].partition("/")[0] for entry in record} == {"simulated"}
    assert {entry.moment.boot for entry in shop.core.record.entries} == {"simulated"}
    with pytest.raises(DemoRecordError):
        run_kiosk(Wanted(Settings(), folder=folder, screen=False))


def test_only_its_owner_can_read_it(year):
    """Without this a folder of the same sort, with real names in it one day, would be open to all."""
    folder, _, _ = year
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(each.stat().st_mode) for each in folder.iterdir()} == {0o600}


def test_the_badges_on_the_tray_open_it(year):
    """Without this nobody could do anything in it but look on."""
    _, _, shop = year
    for number, name in enumerate(MEMBERS):
        assert handle_of(number) == name
        assert uid_of(number) == UIDS[name]
        assert name in CODES
        for badge in (tag(shop.key, name), card(shop.key, name)):
            owner = shop.state.owner(badge.hash)
            assert owner is not None
            assert owner.handle == name


def test_a_month_takes_no_sheet_more_for_a_few_lines(year, tmp_path):
    """Without this a last sheet would be printed that is nearly empty."""
    folder, _, _ = year
    run("report", "audit", "--period", "2025-11", "--pdf", str(tmp_path / "audit.pdf"), "--data", str(folder))
    assert len(pypdfium2.PdfDocument(tmp_path / "audit.pdf")) == 6


# --- making one -------------------------------------------------------------------------------------------


def made(tmp_path, name, **wishes):
    folder = tmp_path / name
    simulate(folder, **({"people": 12, "days": 30, "seed": 5} | wishes))
    return run("record", "--json", "--data", str(folder))


def test_the_same_seed_is_the_same_year_to_the_byte(tmp_path):
    """Without this what one person sees in it another could not look up."""
    assert made(tmp_path, "one") == made(tmp_path, "two")
    assert made(tmp_path, "three", seed=6) != made(tmp_path, "four", seed=7)


def test_the_command_makes_the_year_that_was_asked_for(tmp_path):
    """Without this a newcomer could not have one, or would get another one."""
    folder = tmp_path / "year"
    words = ["--people", "5", "--days", "10", "--seed", "3", "--from", "2026-03-02", "--boss", "keeps-jar"]
    done = runner.invoke(app, ["simulate", str(folder), *words])
    assert done.exit_code == 0, done.output
    assert "10 days, " in done.output
    assert "all made up" in done.output
    record = [json.loads(line) for line in run("record", "--json", "--data", str(folder)).splitlines()]
    assert (recompute.written_on(record[0]), recompute.written_on(record[-1])) == (
        date(2026, 3, 2),
        date(2026, 3, 11),
    )
    done = runner.invoke(app, ["simulate", str(tmp_path / "other"), "--boss", "opens-doors"])
    assert done.exit_code == 2
    assert "opens-doors" in done.output
    assert not (tmp_path / "other").exists()


def test_without_a_first_day_it_ends_yesterday_and_says_how_to_have_the_same_again(tmp_path):
    """Without this the commands that look at the last month would find nothing in it."""
    folder = tmp_path / "year"
    done = runner.invoke(app, ["simulate", str(folder), "--people", "5", "--days", "20", "--seed", "3"])
    assert done.exit_code == 0, done.output
    founded = date.today() - timedelta(days=20)
    assert f"--seed 3 --from {founded}" in done.output
    first, *_, last = [json.loads(line) for line in run("record", "--json", "--data", str(folder)).splitlines()]
    assert recompute.written_on(first) == founded
    assert date.today() - timedelta(days=3) <= recompute.written_on(last) < date.today()


def test_it_goes_nowhere_where_something_is(tmp_path):
    """Without this one word too few could mix a made-up year with a shop's own record."""
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "letter.txt").write_text("mine")
    with pytest.raises(NotEmptyError):
        simulate(tmp_path / "full", people=12, days=5, seed=1)
    done = runner.invoke(app, ["simulate", str(tmp_path / "full"), "--days", "5"])
    assert done.exit_code == 2
    assert "empty or not there" in done.output
    assert [each.name for each in tmp_path.iterdir()] == ["full"]
    (tmp_path / "empty").mkdir()
    simulate(tmp_path / "empty", people=3, days=5, seed=1)


def test_what_is_cut_off_leaves_nothing(tmp_path):
    """Without this half a year would lie there, and look like a whole one."""

    def cut(shop: Shop) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        simulate(tmp_path / "cut", people=12, days=5, seed=1, evening=cut)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("people", "seed"), [(3, 1), (4, 2), (7, 3), (90, 4)])
def test_shops_of_any_size_fit_the_rules(people, seed):
    """Without this a small shop's year could stumble over a rule that only many can keep."""
    shop, _ = lived(people=people, days=70, seed=seed)
    assert len(shop.state.members) <= people
    assert not [code for code in shop.refused if not code.startswith(("HandOver", "OpenFriday"))]
    assert sum(account.minutes for account in shop.state.accounts.values()) == 0


# --- looking around ---------------------------------------------------------------------------------------


def test_one_is_made_to_look_around_in_and_made_anew_when_it_is_old(tmp_path, monkeypatch):
    """Without this a newcomer would wait at each start, or find a shop in which everything is long overdue."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr(making_up, "DAYS", 20)
    folder = making_up.year_to_look_around()
    assert folder.parent == tmp_path
    made_at = (folder / "record.sqlite").stat().st_ino
    assert making_up.year_to_look_around() == folder
    assert (folder / "record.sqlite").stat().st_ino == made_at
    shutil.rmtree(folder)
    simulate(folder, people=12, days=20, seed=1, first=date.today() - timedelta(days=60))
    making_up.year_to_look_around()
    with Reader.open(folder) as reader:
        last = max(entry.moment.wall for entry in reader.entries(reader.last_number - 5))
    assert date.fromtimestamp(last / 1000) >= date.today() - timedelta(days=4)


def test_what_stands_in_its_place_is_left_alone(tmp_path, monkeypatch):
    """Without this a shop's own record could be thrown away because it lay in the wrong place."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    (tmp_path / "commons-kiosk-simulated").mkdir()
    (tmp_path / "commons-kiosk-simulated" / "letter.txt").write_text("mine")
    done = runner.invoke(app, ["run", "--simulated", "--no-screen"])
    assert done.exit_code != 0
    assert [each.name for each in (tmp_path / "commons-kiosk-simulated").iterdir()] == ["letter.txt"]


def test_looking_around_shows_what_a_shop_has_and_changes_nothing(tmp_path):
    """Without this whoever has no display would see the demo shop again, and nothing of the year."""
    folder = tmp_path / "year"
    simulate(folder, people=12, days=70, seed=1, first=FIRST)
    assert is_made_up(folder)
    before = {each.name: each.read_bytes() for each in folder.iterdir() if not each.name.endswith("-shm")}
    with Reader.open(folder) as reader:
        seen = dict(around.Shop(reader, Settings()).faces())
    wanted = (
        "wall my-page what-i-booked a-swap needs-and-offers jar tools duties numbers-said charter potluck-number-1"
    )
    assert set(wanted.split()) <= set(seen)
    assert {"audit-01", "ledger-01", "wall-audit-01", "autopsy-2025-Q1", "autopsy-2025-Q1-1"} <= set(seen)
    assert "February 2025" in repr(seen["audit-01"])
    after = {each.name: each.read_bytes() for each in folder.iterdir() if not each.name.endswith("-shm")}
    assert after == before


def test_no_other_record_is_taken_for_a_made_up_year(tmp_path):
    """Without this a kiosk with demo members would leave out the tour through them."""
    assert not is_made_up(tmp_path)
    with Store.open(tmp_path) as store:
        settle_in(store, BadgeKey.of(tmp_path, may_make=True), SystemClock().now())
    assert not is_made_up(tmp_path)


def test_what_goes_wrong_on_the_tour_is_said_to_be_played(caplog):
    """Without this a newcomer would take a card that is pulled on purpose for a crash."""
    said = io.StringIO()
    sink = logging.StreamHandler(said)
    sink.setFormatter(logging.Formatter("kiosk: %(message)s"))
    logging.getLogger().addHandler(sink)
    try:
        with as_played():
            logging.getLogger("kiosk.owing").warning("could not write Swap")
        logging.getLogger("kiosk.owing").warning("could not write Join")
    finally:
        logging.getLogger().removeHandler(sink)
    played, real = said.getvalue().splitlines()
    assert "played" in played
    assert real == "kiosk: could not write Join"
