"""What other programs and people at a shell rely on: words, exit codes, and one clear line for each fault."""

import json
import os
import re
import subprocess
import sys

import pytest
from msgspec.structs import replace
from typer.testing import CliRunner

from kiosk.__main__ import BAD_USE, app
from kiosk.badge_key import BadgeKey
from kiosk.clock import SystemClock
from kiosk.demo import settle_in
from kiosk.displays import display_there
from kiosk.reports.present import present, present_lines
from kiosk.settings import SYSTEM_FILE
from kiosk.state import restore
from kiosk.store import Reader, Store

runner = CliRunner()


@pytest.fixture
def demo(tmp_path):
    """A data folder with a demo shop in it."""
    folder = tmp_path / "data"
    with Store.open(folder) as store:
        settle_in(store, BadgeKey.of(folder, may_make=True), SystemClock().now())
    return folder


def test_the_state_names_every_balance_in_minutes_and_their_sum(demo):
    done = runner.invoke(app, ["state", "--json", "--data", str(demo)])
    assert done.exit_code == 0
    state = json.loads(done.stdout)
    assert state["sum"] == sum(state["balances"].values()) == 0
    assert state["balances"]["commons"] == -30
    assert {"members", "needs", "offers", "alarms"} <= set(state)
    assert state["needs"][0]["handle"] == "Tomek"


def test_the_state_in_lines_says_days_with_their_year_and_one_of_a_thing_as_one(demo):
    """Without this nobody would know of which year a task is that has waited for long."""
    with Reader.open(demo) as reader:
        state = restore(reader.tables())
    now = SystemClock().now()
    later = replace(now, wall=now.wall + 400 * 86_400_000)
    data = present(state, later)
    data["funds"][0]["unknown"] = 1
    lines = list(present_lines(data))
    assert any("and 1 coin of no known value" in line for line in lines)
    alarms = [line for line in lines if line.startswith("alarm: ")]
    dated = [line for line in alarms if re.search(r"\((by|since) ", line)]
    assert dated
    assert all(re.search(r"\((by|since) [^)]* \d{4}\)\.", line) for line in dated)


def test_the_record_is_one_entry_a_line_oldest_first(demo):
    lines = runner.invoke(app, ["record", "--json", "--data", str(demo)]).stdout.splitlines()
    numbers = [json.loads(line)["number"] for line in lines]
    assert numbers == list(range(1, len(lines) + 1))
    assert json.loads(lines[0])["kind"] == "shop founded"
    people = runner.invoke(app, ["record", "--data", str(demo)]).stdout.splitlines()
    assert len(people) == len(lines)
    assert "Amina, Jo and Tomek founded the shop." in people[0]


def test_every_entry_of_the_record_is_said_in_words(demo):
    for line in runner.invoke(app, ["record", "--data", str(demo)]).stdout.splitlines():
        assert line.split("  ", 2)[2].strip(), line


def test_a_folder_without_a_record_is_one_line_and_exit_2(tmp_path):
    done = runner.invoke(app, ["state", "--data", str(tmp_path / "nothing")])
    assert done.exit_code == BAD_USE
    assert done.stderr.count("\n") == 1
    assert str(tmp_path / "nothing") in done.stderr


def test_a_wrong_setting_is_named_with_path_line_and_what_to_do(tmp_path):
    file = tmp_path / "settings.toml"
    file.write_text('[shop]\nname = "Ours"\n[badge_reader]\ndriver = "pn533"\nport = "/dev/null"\n')
    done = runner.invoke(app, ["settings", "check", "--settings", str(file)])
    assert done.exit_code == BAD_USE
    assert done.stderr.startswith(f"{file}:4: ")
    assert "pn532" in done.stderr


def test_right_settings_are_said_to_be_well(tmp_path):
    file = tmp_path / "settings.toml"
    file.write_text('[shop]\nname = "Ours"\n')
    done = runner.invoke(app, ["settings", "check", "--settings", str(file)])
    assert done.exit_code == 0
    assert "all is well" in done.stdout


def test_what_is_worth_a_look_is_no_fault(tmp_path):
    """Without this a box that runs would not start any more because its copy lies badly."""
    file = tmp_path / "settings.toml"
    file.write_text(f'[data]\nfolder = "{tmp_path}"\ncopy = "{tmp_path}/copy"\n')
    done = runner.invoke(app, ["settings", "check", "--settings", str(file)])
    assert done.exit_code == 0
    assert done.stdout.startswith(f"{file}:3: worth a look: data.copy lies inside")
    assert "all is well" not in done.stdout


def test_without_a_settings_file_it_says_where_it_looked(monkeypatch):
    """Without this somebody would wait for a badge reader that no settings name."""
    monkeypatch.delenv("KIOSK_SETTINGS", raising=False)
    done = runner.invoke(app, ["settings", "check"])
    assert done.exit_code == 0
    if not SYSTEM_FILE.exists():
        assert str(SYSTEM_FILE) in done.stdout
        assert "KIOSK_SETTINGS" in done.stdout
        assert "no devices are set" in done.stdout


def test_cards_are_printed_for_every_member(demo, tmp_path):
    sheet = tmp_path / "cards.pdf"
    done = runner.invoke(app, ["print", "cards", "--data", str(demo), "--output", str(sheet), "--codes"])
    assert done.exit_code == 0, done.output
    assert len(done.stdout.splitlines()) == 8
    assert "8 cards" in done.stderr


def test_printing_where_nothing_can_be_written_is_one_line(demo, tmp_path):
    done = runner.invoke(
        app, ["print", "cards", "--data", str(demo), "--output", str(tmp_path / "no" / "cards.pdf")]
    )
    assert done.exit_code == 1
    assert "cards.pdf" in done.stderr


def test_a_second_kiosk_on_the_same_record_is_told_why_it_may_not(demo):
    with Store.open(demo):
        done = subprocess.run(
            [sys.executable, "-m", "kiosk", "run", "--no-screen", "--data", str(demo)],
            capture_output=True,
            text=True,
            check=False,
            timeout=30,
        )
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert str(demo) in done.stderr


@pytest.mark.parametrize(
    "words",
    [[], ["run"], ["record"], ["state"], ["print"], ["print", "cards"], ["settings"], ["settings", "check"]],
)
def test_every_command_explains_itself(words):
    done = runner.invoke(app, [*words, "--help"])
    assert done.exit_code == 0
    assert "Usage" in done.stdout


def test_a_lost_key_stops_the_kiosk_with_one_line_and_harms_nothing(demo):
    (demo / "badge.key").unlink()
    done = subprocess.run(
        [sys.executable, "-m", "kiosk", "run", "--no-screen", "--data", str(demo)],
        capture_output=True,
        text=True,
        check=False,
        timeout=30,
    )
    assert done.returncode == 1
    assert "badge.key is missing" in done.stderr
    assert "Traceback" not in done.stderr


def test_head_may_close_the_pipe(demo):
    done = subprocess.run(
        f"{sys.executable} -m kiosk record --data {demo} | head -n 1",
        shell=True,
        capture_output=True,
        text=True,
        check=False,
        timeout=30,
    )
    assert done.stdout.count("\n") == 1
    assert "Traceback" not in done.stderr


def test_a_record_of_demo_members_never_becomes_a_shops_own(demo):
    done = subprocess.run(
        [sys.executable, "-m", "kiosk", "run", "--no-screen", "--data", str(demo)],
        capture_output=True,
        text=True,
        check=False,
        timeout=30,
    )
    assert done.returncode == 1
    assert "demo members" in done.stderr
    assert done.stderr.count("\n") == 1


def without_a_display(tmp_path, *words):
    bare = {key: value for key, value in os.environ.items() if "DISPLAY" not in key and key != "SDL_VIDEODRIVER"}
    return subprocess.run(
        [sys.executable, "-m", "kiosk", "run", "--data", str(tmp_path / "data"), *words],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        env=bare,
        cwd=tmp_path,
    )


def test_a_real_kiosk_without_a_display_says_so_and_fails_so_that_it_is_started_again(tmp_path):
    if display_there({}):
        pytest.skip("this machine has a screen on a connector")
    done = without_a_display(tmp_path)
    assert done.returncode == 1
    assert "no display found" in done.stderr
    assert not (tmp_path / "build").exists()


def test_the_charter_is_printed_with_what_changed_it(demo):
    """Without this only who stands at the kiosk could read what the shop lives by."""
    done = runner.invoke(app, ["charter", "--data", str(demo)])
    assert done.exit_code == 0
    assert "Hours at which the kiosk stops: 20 h" in done.stdout
    numbers = [
        json.loads(line)
        for line in runner.invoke(app, ["charter", "--json", "--data", str(demo)]).stdout.splitlines()
    ]
    hard = next(each for each in numbers if each["number"] == "hard_limit")
    assert (hard["value"], hard["unit"], hard["since"], hard["changes"]) == (1200, "minutes", "", [])
