"""A kiosk that nobody is at draws nothing, and one that many were at keeps nothing: counted from outside."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from bench.watched import Watched

QUIET = 2.0
VISITS = 300
WARM = 100
GROWTH = 6.0
"""MiB that the memory may grow in so many visits: far less than a screen of each would take."""


@pytest.fixture(scope="module")
def kiosk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Watched]:
    folder = tmp_path_factory.mktemp("idle")
    with Watched(folder, "run", "--pretend", "--drive", "--data", str(folder / "shop")) as watched:
        watched.first_frame()
        yield watched


def test_nothing_is_drawn_while_nothing_changes(kiosk: Watched) -> None:
    """The box would be warm all night, and the panel's chip busy."""
    if time.time() % 60 > 60 - QUIET - 3:
        time.sleep(QUIET + 4)  # the wall's minute may not turn in between
    time.sleep(1.5)
    before = kiosk.frames
    time.sleep(QUIET)
    assert kiosk.frames == before


def visits(kiosk: Watched, how_many: int) -> None:
    for turn in range(how_many):
        kiosk.say(f"touch choose {('work:repair', 'jar', 'duties', 'board')[turn % 4]}")
        kiosk.say("touch home")


def test_visits_leave_nothing_behind(kiosk: Watched) -> None:
    """After a month the kiosk would be slow, and one day it would stand still."""
    visits(kiosk, WARM)
    memory, kept = kiosk.memory(), kiosk.kept()
    visits(kiosk, VISITS)
    assert kiosk.kept() == kept
    assert kiosk.memory() - memory < GROWTH


def test_a_probe_that_counts_no_frame_would_be_found_out(kiosk: Watched, tmp_path: Path) -> None:
    """The control: something that is shown draws."""
    before = kiosk.frames
    kiosk.say("touch choose work:care")
    time.sleep(1.0)
    assert kiosk.frames > before
