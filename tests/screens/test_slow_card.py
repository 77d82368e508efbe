"""While the card takes long the screen goes on being drawn, and answers a finger."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from bad_disk import BadDisk
from by_hand import Kiosk
from kivy.clock import Clock

from kiosk.commands import NewBadge
from kiosk.demo import UIDS
from kiosk.faces import BookedFace, Face, Touch
from kiosk.on_screen import STILL, WRITING
from kiosk.screens import pictures
from kiosk.screens.samples import WALL
from kiosk.visit.hearing import Tapped

FRAMES = 25
"""Turns of Kivy's loop that must come while one write has not come back."""


def test_it_is_drawn_on_while_a_write_has_not_come_back(play: Any, finger: Any, tmp_path: Path) -> None:
    """A screen that stands still is touched again and again, and then unplugged."""
    on_stage = play(WALL)
    disk = BadDisk()
    with disk.under():
        kiosk = Kiosk(tmp_path, show=lambda face: Clock.schedule_once(lambda _: on_stage.stage.show(face), 0))
        kiosk.house.start()
        for heard in (Touch("choose", "work:repair"), tapped(kiosk, "Priya")):
            kiosk.house.hear(heard)
            kiosk.settle()
        disk.hold()
        kiosk.house.hear(tapped(kiosk, "Wen"))
        assert disk.writing.wait(20)
        frames = until(lambda: said(on_stage.stage.face) == WRITING)
        for _ in range(FRAMES):
            pictures.turn()
            frames += 1
        on_stage.settle()
        finger.tap(400, 240)
        kiosk.house.hear(on_stage.said[-1])
        until(lambda: said(on_stage.stage.face) == STILL)
        assert not disk.go_on.is_set(), "all of that came before the write was back"
        assert frames >= FRAMES
        disk.go_on.set()
        until(lambda: isinstance(on_stage.stage.face, BookedFace))
        kiosk.house.stop()


def said(face: Face | None) -> object:
    return getattr(getattr(face, "frame", face), "said", None)


def tapped(kiosk: Kiosk, name: str) -> Tapped:
    kiosk.clock.ms += 5_000
    return Tapped(NewBadge(kiosk.key.hash("nfc", UIDS[name]), "tag"))


def until(true: Callable[[], bool]) -> int:
    frames, deadline = 0, time.monotonic() + 20
    while not true():
        if time.monotonic() > deadline:
            pytest.fail("it did not come")
        pictures.turn()
        frames += 1
    return frames
