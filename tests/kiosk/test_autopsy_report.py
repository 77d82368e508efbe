"""`kiosk report autopsy`: who did what in a quarter, for people and for programs."""

import json

import pytest
from typer.testing import CliRunner

from kiosk.__main__ import app
from kiosk.events import (
    BenefitSaid,
    CircleOpened,
    InversionReviewed,
    InversionStarted,
    MemberJoined,
)
from kiosk.reports.autopsy import as_json, as_lines, autopsy, facts_of, forgotten
from kiosk.rules.concentration import Concentration, as_if
from kiosk.state import Routine
from kiosk.views.assumptions import as_if_words

ADA, BEN, CY = "Ada", "Ben", "Cy"


def opened(number, by):
    return CircleOpened(number, by, (ADA, BEN, CY), (ADA, BEN, CY), 300)


@pytest.fixture
def autumn(shop):
    for number, by in enumerate((ADA, ADA, ADA, BEN, ""), start=1):
        shop.write(opened(number, by))
    shop.write(MemberJoined("Dee", "x", "tag", (ADA, BEN, CY)))
    shop.write(BenefitSaid("2026-Q4", "opening the circle", "whoever does it"))
    begun = shop.write(InversionStarted("2026-Q4", "opening the circle", "by lot", "2026-11-20", (ADA, BEN)))
    shop.write(InversionReviewed(begun.id, "it went well without", "2026-12-20", (ADA, BEN)))
    shop.write(InversionReviewed(begun.id, "nobody minds", "", (ADA, BEN)))
    shop.wait(60 * 24 * 3600)
    shop.write(opened(6, ADA))
    shop.write(BenefitSaid("2027-Q1", "opening the circle", "all of us"))
    return shop


def told(shop, period):
    return json.loads(as_json(autopsy(shop.state, shop.entries, period), "Canal Street"))


def test_the_figures_of_a_quarter_are_whole_numbers_and_nothing_of_another_quarter_is_among_them(autumn):
    report = told(autumn, "2026-Q4")
    opening, *_ = [each for each in report["routines"] if each["routine"] == "opening the circle"]
    assert (opening["times"], opening["people"]) == (5, [[ADA, 3], [BEN, 1]])
    assert opening["busiest"] == 600, "one was opened by the buttons: of all five she opened three"
    assert opening["as_if"] == 16, "4 × 4 ÷ (9 + 1)"
    assert report["benefits"] == [{"routine": "opening the circle", "words": "whoever does it"}]
    assert [each["came"] for each in report["inversions"]] == [
        [{"words": "it went well without", "until": "2026-12-20"}, {"words": "nobody minds", "until": ""}]
    ]
    (later,) = told(autumn, "2027-Q1")["routines"]
    assert (later["as_if"], later["earlier"]) == (10, 16)
    assert told(autumn, "2027-Q1")["inversions"] == []


def test_in_plain_lines_everybody_reads_the_same(autumn):
    lines = "\n".join(as_lines(autopsy(autumn.state, autumn.entries, "2026-Q4")))
    assert "Opening the circle: done 5 times, as if 2 people did it\n  Ada 3, Ben 1" in lines
    assert "Opening the circle: whoever does it" in lines
    assert "What came of it: nobody minds" in lines


def test_what_several_do_together_says_how_many_badges_that_were():
    """Without this 14 people would seem to have done something 13 times, and nobody would believe either."""
    together = Concentration("counting the jar", 13, tuple((f"m{place}", 2) for place in range(13)), 130, 160)
    assert as_if_words(together) == "with 26 badges, as if 13 people did it"
    alone = Concentration("opening the circle", 13, (("m", 12), ("n", 1)), 12)
    assert as_if_words(alone) == "done 13 times, as if one person did it"
    facts = list(facts_of(together))
    assert facts[-1] == "In the quarter before it was as if 16 people did it."
    assert not any("13.0" in fact for fact in facts), "one number for one thing"


def test_the_report_says_what_a_number_of_people_means_that_nobody_counted(autumn):
    lines = list(as_lines(autopsy(autumn.state, autumn.entries, "2026-Q4")))
    assert sum("each equally often" in line for line in lines) == 1


@pytest.mark.parametrize(
    ("counts", "tenths"),
    [((), 0), ((7,), 10), ((1, 1), 20), ((5, 5, 5), 30), ((9, 1), 12), ((98, 1, 1), 10), ((1,) * 40, 400)],
)
def test_as_if_so_many_people_did_it(counts, tenths):
    people = {f"m{place}": count for place, count in enumerate(counts)}
    assert as_if(Routine("2026-Q4", "x", sum(counts), sum(counts), people)) == tenths


def test_a_quarter_that_is_counted_no_more_is_known_as_such(shop):
    """Without this the report would say that nothing was done in it."""
    for number in range(7):
        assert not forgotten(shop.state, "2026-Q4") or number > 5
        shop.write(opened(number, ADA))
        shop.wait(91 * 24 * 3600)
    assert forgotten(shop.state, "2026-Q4")
    assert not forgotten(shop.state, "2027-Q4")


def test_the_command_gives_lines_and_a_file_and_takes_quarters_only(tmp_path):
    from kiosk.badge_key import BadgeKey
    from kiosk.clock import SystemClock
    from kiosk.demo import settle_in
    from kiosk.store import Store

    with Store.open(tmp_path) as store:
        settle_in(store, BadgeKey.of(tmp_path, may_make=True), SystemClock().now())
    runner = CliRunner()
    before = runner.invoke(app, ["report", "autopsy", "--data", str(tmp_path), "--period", "2019-Q4"])
    assert before.stdout.splitlines()[0] == "The assumption autopsy, October to December 2019"
    assert "Nothing was done" in before.stdout
    no_quarter = runner.invoke(app, ["report", "autopsy", "--data", str(tmp_path), "--period", "2026-11"])
    assert no_quarter.exit_code == 2
    now = runner.invoke(app, ["report", "autopsy", "--data", str(tmp_path), "--json", str(tmp_path / "now.json")])
    assert now.exit_code == 0, now.output
    assert json.loads((tmp_path / "now.json").read_text())["report"] == "autopsy"
