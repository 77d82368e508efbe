"""Files of elections: read as public tools read them, written so that these can, and faults named by their line."""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from elections import elections
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pabutools.election.pabulib import parse_pabulib_from_string

from kiosk.counting.election import Election, Project
from kiosk.counting.pabulib import LARGEST, About, Fault, amount, read, write

FRIDAY = """\
META
key;value
description;The jar of a Friday
num_projects;2
num_votes;3
budget;100
vote_type;approval
PROJECTS
project_id;cost;name
k3/17;70.50;"Chairs; the ""good"" ones"
k3/18;30;Kettle
VOTES
voter_id;vote
1;"k3/17,k3/18"
2;k3/18
3;
"""


def test_a_file_becomes_what_was_voted_on_in_cents() -> None:
    assert read(FRIDAY.encode()) == Election(
        10_000,
        (Project("k3/17", 7050, 'Chairs; the "good" ones'), Project("k3/18", 3000, "Kettle")),
        (frozenset({"k3/17", "k3/18"}), frozenset({"k3/18"}), frozenset()),
    )


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("\ufeff" + FRIDAY, id="a byte order mark"),
        pytest.param(FRIDAY.replace("\n", "\r\n"), id="line ends of Windows"),
        pytest.param(FRIDAY.replace("\n", "\n\n").replace("VOTES", " votes "), id="empty lines, small letters"),
        pytest.param(FRIDAY.replace("30;", " 30,00 ; ").replace(";100", "; 100.0"), id="spaces, commas"),
        pytest.param(FRIDAY.replace("vote_type;approval", "vote_type;choose-1"), id="choose one"),
        pytest.param(FRIDAY.replace("num_projects;2\nnum_votes;3\n", ""), id="without numbers to check by"),
        pytest.param(FRIDAY.replace('"k3/17,k3/18"', "k3/17, k3/18,,k3/18"), id="named twice, and nothing named"),
        pytest.param(FRIDAY.removesuffix("\n"), id="no last line end"),
    ],
)
def test_the_same_is_read_however_a_tool_writes_it(text: str) -> None:
    assert read(text.encode()) == read(FRIDAY.encode())


def test_columns_are_found_by_their_names() -> None:
    moved = FRIDAY.replace("voter_id;vote", "vote;voter_id").replace("2;k3/18", "k3/18;2").replace("3;\n", ";3\n")
    moved = moved.replace('1;"k3/17,k3/18"', '"k3/17,k3/18";1')
    assert read(moved.encode()) == read(FRIDAY.encode())


@pytest.mark.parametrize(
    ("old", "new", "line", "reason"),
    [
        ("budget;100", "budget;much", 6, 'the budget is "much"; an amount is a number such as 12 or 12.50'),
        ("budget;100", "budget;", 6, 'the budget is ""; an amount is a number such as 12 or 12.50'),
        ("budget;100", "budget;-100", 6, 'the budget is "-100", and can\'t be less than nothing'),
        ("budget;100", "budget;100.005", 6, 'the budget is "100.005"; an amount has at most two decimals'),
        ("budget;100", "budget;1e9", 6, 'the budget is "1e9"; an amount is a number such as 12 or 12.50'),
        ("budget;100", "budget;" + "9" * 99, 6, "an amount is a number such as 12 or 12.50"),
        ("budget;100", "budget;١٠٠", 6, "an amount is a number such as 12 or 12.50"),
        ("budget;100\n", "", 1, "META has no budget"),
        ("budget;100", "budget;100\nbudget;900", 7, 'META says "budget" a second time'),
        ("vote_type;approval", "vote_type;ordinal", 7, 'the vote_type is "ordinal"; only approvals can be counted'),
        ("vote_type;approval\n", "", 1, "META has no vote_type"),
        ("num_votes;3", "num_votes;4", 5, 'num_votes is "4", and there are 3'),
        ("num_projects;2", "num_projects;two", 4, 'num_projects is "two", and there are 2'),
        ("k3/18;30", "k3/17;30", 11, 'a second project has the project_id "k3/17"'),
        ("k3/18;30", ";30", 11, "a project has no project_id"),
        ("70.50", "-70.50", 10, 'the cost is "-70.50", and can\'t be less than nothing'),
        ("70.50", "70.505", 10, 'the cost is "70.505"; an amount has at most two decimals'),
        ("2;k3/18", "2;k3/19", 15, 'a vote is for "k3/19", and there is no such project'),
        ("2;k3/18", "2;k3/18;and more", 15, "this has 3 cells, and the columns are 2"),
        ("2;k3/18", "2", 15, "this has 1 cell, and the columns are 2"),
        (
            "2;k3/18",
            "2;\x1b[2J" + "x" * 60,
            15,
            'a vote is for "�[2J' + "x" * 35 + '…", and there is no such project',
        ),
        ("project_id;cost", "project;cost", 9, "the PROJECTS section has no column project_id"),
        ("project_id;cost", "project_id;price", 9, "the PROJECTS section has no column cost"),
        ("voter_id;vote", "voter_id;wish", 13, "the VOTES section has no column vote"),
        ("key;value", "word;meaning", 2, "the META section has no column key"),
        ("META\n", "", 1, 'the file begins with "key", not with META'),
        ("META\n", "FRIDAY\nMETA\n", 1, 'the file begins with "FRIDAY", not with META'),
        ("VOTES\n", "PROJECTS\n", 12, "a second PROJECTS section begins here"),
        (FRIDAY[FRIDAY.index("VOTES") :], "", 11, "there is no VOTES section"),
        (FRIDAY[FRIDAY.index("PROJECTS") :], "", 7, "there is no PROJECTS section"),
        (FRIDAY[FRIDAY.index("voter_id") :], "", 12, "the VOTES section names no columns"),
        (FRIDAY, "", 1, "there is no META section"),
        (";Kettle", ';"Kettle', 11, "there is no VOTES section; is it behind a quotation mark that opens here"),
        (";Kettle", ';"' + "Kettle" * 30_000, 11, "this can't be read as cells parted by semicolons"),
    ],
)
def test_what_is_wrong_is_named_with_its_line(old: str, new: str, line: int, reason: str) -> None:
    """Without this somebody would search a file of a thousand votes by eye, or worse, count something else."""
    assert old in FRIDAY
    fault = read(FRIDAY.replace(old, new, 1).encode())
    assert isinstance(fault, Fault)
    assert fault.line == line
    assert reason in fault.reason
    assert "\n" not in fault.reason


def test_bytes_that_are_no_text_are_named_with_their_line() -> None:
    assert read(FRIDAY.encode().replace(b"Kettle", b"K\xff")) == Fault(11, "this is not text in UTF-8")


def test_a_file_that_would_fill_the_memory_is_not_even_looked_at() -> None:
    assert read(b"\0" * (LARGEST + 1)) == Fault(1, "the file is larger than 32 MiB")


def test_votes_may_stand_before_projects() -> None:
    head, rest = FRIDAY.split("PROJECTS")
    projects, votes = rest.split("VOTES")
    assert read(f"{head}VOTES{votes}PROJECTS{projects}".encode()) == read(FRIDAY.encode())


@pytest.mark.parametrize(
    ("text", "cents"),
    [
        ("12", 1200),
        ("12.5", 1250),
        ("12,50", 1250),
        ("0.01", 1),
        ("0", 0),
        ("007", 700),
        ("1.", None),
        (".5", None),
    ],
)
def test_amounts_become_cents_without_a_float(text: str, cents: int | None) -> None:
    assert amount(text) == cents


ABOUT = About("The jar; of a Friday\nin the break room", "Rhubarb Press", "2026-11-27", day=date(2026, 11, 27))
names = st.text(st.characters(exclude_categories=("Cs",)), max_size=20)


@settings(max_examples=200, deadline=None)
@given(elections(), st.lists(names, min_size=6, max_size=6))
def test_what_is_written_is_read_again(election: Election, called: list[str]) -> None:
    """Also by pabutools, whatever a proposal is called."""
    projects = [Project(p.id, p.cents, name) for p, name in zip(election.projects, called, strict=False)]
    text = write(Election(election.budget, tuple(projects), election.ballots), ABOUT)
    again = read(text.encode())
    assert isinstance(again, Election)
    assert again.budget == election.budget
    assert [(each.id, each.cents) for each in again.projects] == [(each.id, each.cents) for each in projects]
    assert Counter(again.ballots) == Counter(election.ballots)
    if election.projects:  # without any, pabutools takes the next section's name for the columns' names
        instance, profile = parse_pabulib_from_string(text)
        assert instance.budget_limit * 100 == election.budget
        assert {each.name: each.cost * 100 for each in instance} == {each.id: each.cents for each in projects}
        assert Counter(frozenset(each.name for each in ballot) for ballot in profile) == Counter(election.ballots)


def test_a_name_is_read_as_it_was_written() -> None:
    """Whatever has a line end in it is on one line afterwards."""
    odd = ['Chairs; the "good" ones', "=1+1", "Stühle, zwei", "كراسي", "two\nlines\u2028three"]
    projects = tuple(Project(str(place), 5, name) for place, name in enumerate(odd))
    again = read(write(Election(9, projects, ()), ABOUT).encode())
    assert isinstance(again, Election)
    assert [each.name for each in again.projects] == [*odd[:4], "two lines three"]


def test_a_file_says_whose_it_is_and_nothing_of_who_voted_in_which_order() -> None:
    """The same votes, cast in another order, are the same bytes."""
    ballots = (frozenset("ab"), frozenset("b"), frozenset("a"))
    projects = (Project("a", 100, "A"), Project("b", 250, "B"))
    text = write(Election(1000, projects, ballots), ABOUT)
    assert text == write(Election(1000, projects, ballots[::-1]), ABOUT)
    assert text.splitlines() == [
        "META",
        "key;value",
        'description;"The jar; of a Friday in the break room"',
        "unit;Rhubarb Press",
        "instance;2026-11-27",
        "num_projects;2",
        "num_votes;3",
        "budget;10.00",
        "vote_type;approval",
        "rule;equalshares/add1",
        "date_begin;27.11.2026",
        "date_end;27.11.2026",
        "currency;EUR",
        "PROJECTS",
        "project_id;cost;name",
        "a;1.00;A",
        "b;2.50;B",
        "VOTES",
        "voter_id;vote",
        "1;a",
        "2;a,b",
        "3;b",
    ]


@pytest.mark.parametrize("key", ["", " a", "a,b", "votes", "None", "a\nb", "\ud800"])
def test_an_id_that_no_file_can_hold_is_refused(key: str) -> None:
    with pytest.raises(ValueError, match="no file can hold"):
        write(Election(1, (Project(key, 1),), ()), ABOUT)


# Whatever the bytes are.

pieces = st.sampled_from(
    [
        "META",
        "PROJECTS",
        "VOTES",
        "\n",
        "\r",
        ";",
        '"',
        ",",
        "\0",
        "\x85",
        "budget;1\n",
        "key;value\n",
        "\ufeff",
        "1",
        *FRIDAY.splitlines(keepends=True),
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.binary(max_size=300), st.lists(pieces, max_size=40).map(lambda parts: "".join(parts).encode())))
@example(b"")
@example(b'META\n"')
@example(b"META\nkey;value\n;\n")
@example(b"META\nMETA\nMETA\n")
def test_no_bytes_make_it_stumble(data: bytes) -> None:
    """Without this a stick with a broken file would stop the kiosk."""
    found = read(data)
    assert isinstance(found, Election | Fault)
    if isinstance(found, Fault):
        assert 1 <= found.line <= data.count(b"\n") + data.count(b"\r") + 1
        assert found.reason.isprintable()


@settings(max_examples=150, deadline=None)
@given(st.integers(0, len(FRIDAY) - 1), st.integers(0, 12), st.binary(max_size=8))
def test_a_file_that_was_bitten_is_an_election_or_a_fault(place: int, bite: int, instead: bytes) -> None:
    whole = FRIDAY.encode()
    assert isinstance(read(whole[:place] + instead + whole[place + bite :]), Election | Fault)


@pytest.mark.parametrize("length", range(0, len(FRIDAY), 7))
def test_a_file_that_was_cut_off_is_not_counted(length: int) -> None:
    """Without this the last voters would be lost on a bad stick, and nobody would know."""
    cut = FRIDAY.encode()[:length]
    assert isinstance(read(cut), Fault)


def test_the_sources_of_real_files_are_named() -> None:
    folder = Path(__file__).parent / "data"
    told = (folder / "SOURCES.md").read_text(encoding="utf-8")
    assert all(f"`{file.name}`" in told for file in folder.glob("*.pb"))
    assert sum(file.stat().st_size for file in folder.iterdir()) < 200_000
