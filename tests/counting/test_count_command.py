"""`kiosk count`: what people and programs get from a file, and what they are told when it can't be counted."""

import json
import subprocess
import sys
from fractions import Fraction
from pathlib import Path

import pytest
from elections import EQUAL, MINORITY, ONE_VOICE
from typer.testing import CliRunner

from kiosk.__main__ import BAD_USE, app
from kiosk.counting.election import Election, Project
from kiosk.counting.pabulib import About, write
from kiosk.reports.counted import money

runner = CliRunner()
DATA = Path(__file__).parent / "data"
ABOUT = About("A jar", "Rhubarb Press", "2026-11-27")


@pytest.fixture
def file_of(tmp_path):
    """Writes an election down; gives the file's name."""

    def written(election: Election) -> str:
        file = tmp_path / "jar.pb"
        file.write_text(write(election, ABOUT), encoding="utf-8")
        return str(file)

    return written


def counted(*words: str):
    done = runner.invoke(app, ["count", *words, "--json"])
    assert done.exit_code == 0, done.stderr
    return json.loads(done.stdout)


def test_programs_get_the_result_with_its_steps_in_whole_cents(file_of):
    found = counted(file_of(MINORITY))
    assert found["funded"] == ["D", "B", "C"]
    assert (found["spent"], found["rest"], found["budget"], found["ballots"]) == (7800, 1200, 9000, 9)
    assert found["ties"] == []
    assert found["by_lot"] is False
    assert found["rules"] == {"completion": "add1u", "floor": "1/3", "unit": 1}
    assert [step["step"] for step in found["steps"]] == [
        "shared", "bought", "bought", "bought", "missed", "raised", "left",
    ]  # fmt: skip
    assert found["steps"][1] == {
        "step": "bought", "id": "D", "cents": 2000, "approvals": 9, "price": "2000/9", "payers": 9, "emptied": 0,
        "given": "0",
    }  # fmt: skip


def test_no_amount_is_a_float(file_of):
    def parts(value):
        yield value
        for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
            yield from parts(inner)

    assert not [each for each in parts(counted(file_of(EQUAL))) if isinstance(each, float)]


def test_people_get_sentences(file_of):
    done = runner.invoke(app, ["count", file_of(MINORITY)])
    assert done.exit_code == 0
    said = " ".join(done.stdout.split())
    assert "The jar holds 90.00. There are 9 ballots; each stands for 10.00." in said
    assert "D is bought for 20.00. 9 people want it: 9 pay about 2.22 each." in said
    assert "A costs 60.00; the 5 people who want it hold about 8.89 together by now, which is about 51.11" in said
    assert "A isn't bought: it costs 60.00, and 12.00 is left." in said
    assert said.endswith("Bought, in this order: D, B and C. Spent: 78.00. Left: 12.00.")
    assert all(len(line) <= 80 for line in done.stdout.splitlines())


def test_the_rules_can_be_said(file_of):
    file = file_of(ONE_VOICE)
    assert counted(file)["funded"] == []
    assert counted(file, "--floor", "0")["funded"] == ["R"]
    assert counted(file, "--floor", "0", "--completion", "none")["funded"] == []
    over = counted(file, "--floor", "0", "--unit", "100")["steps"]
    assert {"step": "raised", "unit": 10_000, "times": 0, "why": "over"} in over
    assert [step["id"] for step in over if step["step"] == "filled"] == ["R"]
    assert counted(file, "--floor", "0.25", "--unit", "1,5")["rules"] == {
        "completion": "add1u", "floor": "1/4", "unit": 150,
    }  # fmt: skip


def test_the_seed_decides_the_lot_and_a_missing_one_is_told(file_of):
    file = file_of(EQUAL)
    firsts = {counted(file, "--seed", str(seed))["funded"][0] for seed in range(20)}
    assert firsts == {"X", "Y", "Z"}
    quiet = runner.invoke(app, ["count", file, "--seed", "rain"])
    assert quiet.stderr == ""
    told = runner.invoke(app, ["count", file])
    assert "no --seed was given" in told.stderr
    assert "the lot decides" in " ".join(told.stdout.split())
    assert runner.invoke(app, ["count", file_of(MINORITY)]).stderr == ""


def test_a_broken_file_is_named_with_its_line(tmp_path):
    file = tmp_path / "broken.pb"
    file.write_text(write(MINORITY, ABOUT).replace("60.00", "sixty"))
    done = runner.invoke(app, ["count", str(file)])
    assert done.exit_code == BAD_USE
    assert done.stdout == ""
    assert done.stderr == f'{file}:14: the cost is "sixty"; an amount is a number such as 12 or 12.50\n'


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--floor", "2"], "--floor 2: say a part"),
        (["--floor", "1/0"], "--floor 1/0: say a part"),
        (["--floor", "-1/3"], "--floor -1/3: say a part"),
        (["--floor", "half"], "--floor half: say a part"),
        (["--floor", "1e-9"], "--floor 1e-9: say a part"),
        (["--unit", "0"], "--unit 0: say an amount"),
        (["--unit", "0.001"], "--unit 0.001: say an amount"),
        (["--completion", "more"], "more"),
    ],
)
def test_what_was_asked_wrongly_is_said_back(file_of, words, told):
    done = runner.invoke(app, ["count", file_of(MINORITY), *words])
    assert done.exit_code == BAD_USE
    assert told in done.stderr


def test_a_file_that_is_not_there_is_one_line(tmp_path):
    done = runner.invoke(app, ["count", str(tmp_path / "none.pb")])
    assert done.exit_code == BAD_USE
    assert done.stderr == f"kiosk: {tmp_path / 'none.pb'} can't be read: No such file or directory\n"
    assert runner.invoke(app, ["count", str(tmp_path)]).exit_code == BAD_USE


def test_standard_input_is_read_as_a_file_would_be():
    """Through the program itself, as a shell would."""
    command = [sys.executable, "-m", "kiosk", "count", "-", "--json"]
    done = subprocess.run(command, input=write(MINORITY, ABOUT).encode(), capture_output=True, check=False)
    assert json.loads(done.stdout)["funded"] == ["D", "B", "C"]
    done = subprocess.run(command, input=b"nothing", capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (BAD_USE, b'-:1: the file begins with "nothing", not with META\n')


def test_a_name_does_nothing_to_the_terminal(file_of):
    """Without this a file could clear the screen, or write other results over ours."""
    odd = (Project("a", 5, "\x1b[2J\x1b[1;31mwon\u202e"), Project("b", 5, "نه‌خیر"))
    done = runner.invoke(app, ["count", file_of(Election(9, odd, (frozenset("ab"),)))])
    assert all(sign.isprintable() or sign in "\n\u200c" for sign in done.stdout)
    assert "نه‌خیر (b)" in done.stdout


@pytest.mark.parametrize("file", sorted(DATA.glob("*.pb")), ids=lambda file: file.stem)
def test_real_files_are_counted_as_they_come(file):
    found = counted(str(file), "--unit", "20")
    assert found["funded"]
    assert found["spent"] + found["rest"] == found["budget"]


@pytest.mark.parametrize(
    ("cents", "said"),
    [
        (0, "0.00"), (5, "0.05"), (98_765_43, "98765.43"), (Fraction(2000, 9), "about 2.22"),
        (Fraction(1, 3), "less than 0.01"), (Fraction(1000), "10.00"), (Fraction(199, 2), "about 1.00"),
    ],
)  # fmt: skip
def test_money_is_said_as_people_say_it(cents, said):
    assert money(cents) == said
