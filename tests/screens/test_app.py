"""The app: a whole run of it, in a process of its own, because Kivy can be run only once in each."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

RUN = Path(__file__).parent / "a_run.py"


@pytest.fixture(scope="module")
def told() -> dict[str, object]:
    """What the run tells of itself."""
    done = subprocess.run(
        [sys.executable, str(RUN)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
    )
    assert done.returncode == 0, done.stderr[-2000:]
    told: dict[str, object] = json.loads(done.stdout.splitlines()[-1])
    return told | {"stderr": done.stderr}


def test_faces_come_from_any_thread_and_the_newest_wins(told: dict[str, object]) -> None:
    """A late face would stay on the screen."""
    assert told["shown"] == "14:39"
    assert int(str(told["drawn"])) < 20


def test_it_starts_once_and_stops_once(told: dict[str, object]) -> None:
    """The staircase would be walked down twice."""
    assert (told["started"], told["stopped"]) == (1, 1)


def test_what_fails_is_tried_again(told: dict[str, object]) -> None:
    """Kivy ends an interval for ever at its first exception: the kiosk would stand still."""
    assert int(str(told["tries"])) > 2


def test_the_dock_lies_beside_the_stage(told: dict[str, object]) -> None:
    """The dock would cover the kiosk."""
    assert told["stage"] == [800, 480]
    assert told["dock"] == [800, 0, 320, 480]


def test_real_keys_reach_the_stage(told: dict[str, object]) -> None:
    """A keyboard at the kiosk would be deaf."""
    assert told["said"] == [["type", "Jo"], ["type", "J"], ["back", ""]]


def test_kivy_keeps_quiet(told: dict[str, object]) -> None:
    """What is really wrong would drown in the log."""
    said = [line for line in str(told["stderr"]).splitlines() if "tried again" not in line]
    assert not any("[INFO" in line or "MTDev" in line for line in said)
