"""A Friday after it is over: the poster says what the record says, and anybody can count the ballots again."""

import pabutools.election
import pypdfium2
import pytest
import zxingcpp
from a_year import Pages, Year
from pabutools.election import parse_pabulib
from typer.testing import CliRunner

from kiosk.__main__ import BAD_USE, app
from kiosk.amounts import JAR
from kiosk.counting import pabulib
from kiosk.counting.equal_shares import count
from kiosk.reports.fridays import about, election, given_away, told
from kiosk.store import Store

runner = CliRunner()


@pytest.fixture(scope="module")
def entries():
    record = Pages()
    Year(record, 3).live()
    return record.entries


@pytest.fixture(scope="module")
def fridays(entries):
    """Every Friday of every fund in a made-up year."""
    return [each for fund in (JAR, "bread", "bikes & boots") for each in given_away(entries, fund).values()]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The first weeks of the same year on a disk."""
    folder = tmp_path_factory.mktemp("year")
    with Store.open(folder) as store:
        Year(store, 3).live(weeks=16)
    return folder


# --- counting again ---------------------------------------------------------------------------------------


def test_whoever_counts_the_file_again_comes_to_what_the_record_says(fridays):
    """Without this the shop would have to believe the kiosk."""
    open_ones = [each for each in fridays if each.closed.detail == "ballots"]
    assert len(open_ones) > 3
    for given in open_ones:
        read = pabulib.read(pabulib.write(election(given), about(given, "Canal Street; “Bakery”")).encode())
        assert not isinstance(read, pabulib.Fault), read
        again = count(read, seed=given.closed.seed)
        assert again.funded == tuple(each.project for each in given.closed.funded)
        assert (again.spent, again.rest) == (given.closed.spent, given.closed.rest)


def test_pabutools_reads_the_file(fridays, tmp_path):
    """Without this only our own program could count our ballots."""
    for given in [each for each in fridays if each.closed.detail == "ballots"]:
        path = tmp_path / "friday.pb"
        path.write_text(pabulib.write(election(given), about(given, "Shop")), encoding="utf-8")
        instance, profile = parse_pabulib(str(path))
        assert instance.budget_limit * 100 == given.opened.cents
        assert {project.name: round(project.cost * 100) for project in instance} == {
            each.project: each.cents for each in given.opened.projects
        }
        assert isinstance(profile, pabutools.election.ApprovalProfile)
        assert sorted(sorted(project.name for project in ballot) for ballot in profile) == sorted(
            map(list, given.closed.cast)
        )


def test_the_command_writes_the_file_or_says_why_not(folder, tmp_path):
    """Without this ballots could be handed on that were promised to stay untold."""
    with Store.open(folder) as store:
        found = given_away(store.entries())
    for number, given in found.items():
        out = tmp_path / f"{number}.pb"
        words = ["export", "pabulib", str(number), "--data", str(folder), "--output", str(out)]
        done = runner.invoke(app, words)
        if given.closed.detail == "ballots":
            assert done.exit_code == 0, done.output
            assert pabulib.read(out.read_bytes()) == election(given)
        else:
            assert done.exit_code == BAD_USE
            assert "as was fixed before the vote" in done.stderr
            assert not out.exists()
    assert {given.closed.detail for given in found.values()} == {"outcome", "totals", "ballots"}


# --- the poster -------------------------------------------------------------------------------------------


def test_the_sums_on_the_poster_come_to_what_was_collected(fridays):
    """Without this the poster would show that something is missing."""
    for given in fridays:
        poster = told(given, "Shop")
        assert poster.spent + poster.handed_on + poster.returned == poster.cents == given.opened.cents
        assert sum(item.cents for item in poster.rest) == given.closed.rest
        assert len(poster.bought) + len(poster.others) == len(given.opened.projects)


def test_a_poster_says_no_more_than_was_fixed(fridays):
    """Without this a small circle would learn from the wall who approved of what."""
    for given in fridays:
        poster = told(given, "")
        counted = ["approve" in item.more for item in (*poster.bought, *poster.others)]
        assert not any(counted) if given.closed.detail == "outcome" else all(counted)


def test_a_poster_says_who_answers_for_the_money_and_until_when(fridays):
    """Without this nobody would know whom to ask."""
    for given in fridays:
        for bought, item in zip(given.closed.funded, told(given, "").bought, strict=True):
            assert given.projects[bought.project].carrier in item.more
            assert "receipt by Friday" in item.more
            assert item.cents == given.projects[bought.project].cents


def test_the_poster_of_the_latest_friday_is_what_one_gets(folder, tmp_path):
    """Without this somebody would hang up last week's."""
    with Store.open(folder) as store:
        found = given_away(store.entries())
    out = tmp_path / "poster.pdf"
    words = ["print", "poster", "--data", str(folder), "--output", str(out)]
    assert runner.invoke(app, words).exit_code == 0
    page = pypdfium2.PdfDocument(out)[0]
    (code,) = zxingcpp.read_barcodes(page.render(scale=2.5).to_pil().convert("L"))
    assert code.text == told(found[max(found)], "").figures
    assert runner.invoke(app, words).exit_code == BAD_USE
    assert runner.invoke(app, [*words, "--force"]).exit_code == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["print", "poster", "999"], "no Friday 999"),
        (["export", "pabulib", "999"], "no Friday 999"),
        (["print", "poster", "--fund", "nobody’s"], "nobody’s has not been given away"),
    ],
)
def test_a_friday_that_was_not_is_said(folder, tmp_path, words, said):
    """Without this there would be a traceback, or an empty sheet."""
    done = runner.invoke(app, [*words, "--data", str(folder), "--output", str(tmp_path / "x")])
    assert done.exit_code == BAD_USE
    assert said in done.stderr
    assert done.stderr.count("\n") == 1
