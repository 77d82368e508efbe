"""A kiosk that nobody is at draws nothing, and one that many were at keeps nothing: counted from outside."""

import time
from collections.abc import Iterator

import pytest
from bench.watched import Watched

QUIET = 2.0
VISITS = 100
PATIENCE = 30.0
SCREENS = ("work:repair", "jar", "duties", "board")


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


def drawn(kiosk: Watched, line: str) -> None:
    """Say it, and wait until it is seen."""
    before, until = kiosk.frames, time.monotonic() + PATIENCE
    kiosk.say(line)
    while kiosk.frames == before:
        assert time.monotonic() < until, f"nothing was drawn after {line}"
        time.sleep(0.02)


def visits(kiosk: Watched, how_many: int) -> None:
    for turn in range(how_many):
        kiosk.say(f"touch choose {SCREENS[turn % 4]}")
        kiosk.say("touch home")


def test_visits_leave_nothing_behind(kiosk: Watched) -> None:
    """With threads or files that stay, one day the kiosk stands still. (Memory is measured by `make bench`.)"""
    for screen in SCREENS:
        drawn(kiosk, f"touch choose {screen}")
        drawn(kiosk, "touch home")
    kept = kiosk.kept()
    visits(kiosk, VISITS)
    assert kiosk.kept() == kept


def test_a_probe_that_counts_no_frame_would_be_found_out(kiosk: Watched) -> None:
    """The control: something that is shown draws."""
    drawn(kiosk, "touch choose work:care")
