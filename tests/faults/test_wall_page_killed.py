"""The wall page runs beside the kiosk: whatever becomes of it, people go on booking, and it knows if they can’t."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from programs import PATIENCE, Program

from kiosk.pulse import last_beat


@pytest.fixture
def kiosk(tmp_path: Path) -> Iterator[Program]:
    program = Program(
        "kiosk.way_in", "run", "--pretend", "--no-screen", "--drive", "--data", str(tmp_path / "shop")
    )
    yield program
    program.process.kill()
    program.process.wait(timeout=10)


class WallPage:
    """`kiosk wall` on a free port."""

    def __init__(self, folder: Path) -> None:
        command = [sys.executable, "-m", "kiosk", "wall", "--data", str(folder), "--port", "0"]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        self.port = int(line.rpartition(":")[2].strip().rstrip("/"))

    def feed(self) -> Iterator[Any]:
        """What a viewer is told, one after the other."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE) as wire:
            wire.sendall(b"GET /feed HTTP/1.1\r\nHost: localhost\r\n\r\n")
            for line in wire.makefile("rb"):
                if line.startswith(b"data: "):
                    yield json.loads(line.removeprefix(b"data: "))

    def end(self, how: int) -> int:
        self.process.send_signal(how)
        code = self.process.wait(timeout=10)
        assert self.process.stdout is not None
        self.process.stdout.close()
        return code


def until(feed: Iterator[Any], told: Any) -> Any:
    deadline = time.monotonic() + PATIENCE
    for each in feed:
        if told(each):
            return each
        assert time.monotonic() < deadline, each
    raise AssertionError("the feed ended")


def swapped(told: Any) -> bool:
    return told["sheet"]["face"]["recent"][0]["who"] == "Amina → Jo"


def book(kiosk: Program, giver: str, receiver: str) -> None:
    """One swap by two cards, seen booked on the kiosk's own screen."""
    heard = len(kiosk.lines)
    for line in ("touch home", "touch choose work:repair", f"scan {giver}", "wait 0.05", f"scan {receiver}"):
        kiosk.say(line)
    kiosk.hears("BookedFace", heard)


def test_the_kiosk_books_whatever_becomes_of_the_page(kiosk: Program, tmp_path: Path) -> None:
    """Without this a crowd before the page, or its crash, would stop the swaps."""
    kiosk.hears("WallFace")
    page = WallPage(tmp_path / "shop")
    feed = page.feed()
    first = until(feed, lambda told: told.get("sheet") and told["sheet"]["face"])
    assert first["age"] is not None
    assert first["age"] < 30
    assert not swapped(first)
    book(kiosk, "Amina", "Jo")
    until(feed, lambda told: "sheet" in told and swapped(told))
    page.end(signal.SIGKILL)
    book(kiosk, "Tomek", "Sara")
    again = WallPage(tmp_path / "shop")
    found = until(again.feed(), lambda told: told.get("sheet") and told["sheet"]["face"])
    assert found["sheet"]["face"]["recent"][0]["who"] == "Tomek → Sara"
    assert again.end(signal.SIGTERM) in (0, -signal.SIGTERM)


def test_the_page_feels_the_pulse_of_a_running_kiosk_only(kiosk: Program, tmp_path: Path) -> None:
    """Without this the wall would show a dead kiosk's numbers as if they were of now."""
    kiosk.hears("WallFace")
    deadline = time.monotonic() + PATIENCE
    while last_beat(tmp_path / "shop") is None:
        assert time.monotonic() < deadline
        time.sleep(0.05)
    os.kill(kiosk.process.pid, signal.SIGKILL)
    kiosk.process.wait(timeout=10)
    assert last_beat(tmp_path / "shop") is None
