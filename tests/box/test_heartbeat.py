"""A kiosk that hangs is started again: systemd hears the heartbeat only while people would get an answer."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from systemd_ear import Ear

from kiosk.clock import SystemClock
from kiosk.core import Core
from kiosk.heartbeat import SLOWEST, Heartbeat, interval, wire
from kiosk.house import House
from kiosk.state import restore
from kiosk.store import Store

BEAT = 0.02
LONG = 12 * BEAT
"""Several beats: in this time a kick would have come."""


@pytest.fixture
def ear(tmp_path: Path) -> Iterator[Ear]:
    with Ear(tmp_path / "notify") as listening:
        yield listening


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with Store.open(tmp_path / "data") as store:
        living = House(Core(store, restore(store.tables()), SystemClock()), "Canal Street", show=lambda _: None)
        living.start()
        yield living
        living.stop()


def at_once(done: Callable[[], None]) -> None:
    done()


def test_a_house_and_a_screen_that_answer_are_heard(ear: Ear, house: House) -> None:
    """Without this systemd would shoot a kiosk that is well."""
    beat = Heartbeat({"the house": house.ask, "the screen": at_once}, wire(ear.environ(1)), BEAT)
    beat.start()
    ear.hears("WATCHDOG=1", times=5)
    assert ear.lines[0] == "READY=1"
    assert ear.count("READY=1") == 1
    beat.stop()
    beat.stop()


def test_a_house_that_is_stuck_is_not_covered_up(ear: Ear, house: House) -> None:
    """Without this taps would go unheard for ever while the picture looks well."""
    beat = Heartbeat({"the house": house.ask, "the screen": at_once}, wire(ear.environ(1)), BEAT)
    beat.start()
    ear.hears("WATCHDOG=1", times=2)
    stuck = threading.Event()
    house.ask(lambda: stuck.wait() and None)
    ear.hears("STATUS=the house does not answer")
    kicks = ear.count("WATCHDOG=1")
    time.sleep(LONG)
    assert ear.count("WATCHDOG=1") == kicks
    stuck.set()
    ear.hears("WATCHDOG=1", times=kicks + 2)
    beat.stop()


def test_a_screen_that_never_drew_is_not_ready(ear: Ear, house: House) -> None:
    """Without this an update that shows nothing would count as one that works."""
    beat = Heartbeat({"the house": house.ask, "the screen": lambda done: None}, wire(ear.environ(1)), BEAT)
    beat.start()
    time.sleep(LONG)
    beat.stop()
    assert ear.lines == []


def test_a_late_answer_counts_for_its_own_beat_only(ear: Ear) -> None:
    """Without this somebody who answers each question twice would stand in for the next one."""
    kept: list[Callable[[], None]] = []
    beat = Heartbeat({"the screen": kept.append}, wire(ear.environ(1)), BEAT)
    beat.start()
    while not kept:
        time.sleep(BEAT)
    kept[0]()
    ear.hears("WATCHDOG=1")
    kept[0]()
    time.sleep(LONG)
    beat.stop()
    assert ear.count("WATCHDOG=1") == 1


def test_without_systemd_nobody_is_asked() -> None:
    """Without this a kiosk on a desk would beat into the void."""
    asked: list[object] = []
    Heartbeat({"the house": asked.append}, wire({}), BEAT).start()
    time.sleep(2 * BEAT)
    assert asked == []


def test_an_abstract_address_is_heard_too() -> None:
    """systemd may give an address without a file (man sd_notify)."""
    with Ear(f"@kiosk-{os.getpid()}") as ear:
        say = wire(ear.environ(1))
        assert say is not None
        say("READY=1")
        ear.hears("READY=1")


def test_a_systemd_that_is_gone_stops_nothing(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """Without this a kiosk would fall over because nobody listens to it."""
    say = wire({"NOTIFY_SOCKET": str(tmp_path / "nobody")})
    assert say is not None
    say("WATCHDOG=1")
    assert "does not hear" in caplog.text


@pytest.mark.parametrize(
    ("limit", "seconds"), [("20000000", 5.0), ("2000000", 0.5), ("", SLOWEST), ("0", SLOWEST), ("soon", SLOWEST)]
)
def test_it_beats_four_times_before_the_limit(limit: str, seconds: float) -> None:
    assert interval({"WATCHDOG_USEC": limit}) == seconds


def test_a_frozen_picture_ends_the_kicks(tmp_path: Path, ear: Ear) -> None:
    """The whole kiosk, its window and its house; Kivy's thread is held for a while, as by a driver that hangs."""
    script = Path(__file__).with_name("a_frozen_screen.py")
    ours = {"SDL_VIDEODRIVER": "offscreen", "PYTHONPATH": str(Path(__file__).parents[2])}
    environ = {**os.environ, **ear.environ(1.0), **ours}
    kiosk = subprocess.Popen([sys.executable, script, tmp_path / "data"], env=environ)
    try:
        ear.hears("WATCHDOG=1", times=3)
        kiosk.send_signal(signal.SIGUSR1)
        ear.hears("STATUS=the screen does not answer")
        kicks = ear.count("WATCHDOG=1")
        ear.hears("WATCHDOG=1", times=kicks + 2)  # once it is let go, all is well again
        kiosk.terminate()
        assert kiosk.wait(timeout=20) == 0
        assert ear.lines[0] == "READY=1"
    finally:
        kiosk.kill()
