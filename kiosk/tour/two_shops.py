"""The tour of two shops side by side: a guest swaps, the line is cut, it waits, the line is mended, it arrives."""

import logging
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from kiosk.faces import DialFace, Face, TapFace, Touch, TroubleFace, WallFace
from kiosk.tour.guide import TourError

log = logging.getLogger(__name__)

PATIENCE = 90.0
"""Seconds; a line that was cut may take one of nats-server's own pauses to be there again."""

REST = 2.0
"""Seconds between two badges."""


class Tour:
    """Plays it, in a thread beside the window's."""

    def __init__(self, window: Any, folder: Path) -> None:
        self._window, self._folder = window, folder
        self.fault: BaseException | None = None

    def play(self) -> None:
        """From the first picture to the last; then the window is closed."""
        try:
            self._play()
        except Exception as error:
            self.fault = error
        finally:
            self._window.app.stop_from_thread()

    def _play(self) -> None:
        for half in (0, 1):
            self._wait(half, WallFace)
        self._until(lambda: not any(self._window.street.waits))
        self._picture("1-linked")
        self._swap(0, "repair", "Amina", "Noor", "2-a-guest-swaps")
        self._arrives(1, 60, "3-it-shows-up-next-door")
        self._window.street.cut(True)
        self._swap(1, "cooking", "Emil", "Jo", "4-cut-and-a-swap")
        self._until(lambda: self._window.street.waits[1] > 0)
        time.sleep(8)
        if self._window.street.accounts[0] == 0:
            raise TourError("a letter came over a line that is cut")
        self._picture("5-it-waits")
        self._window.street.cut(False)
        self._arrives(0, 0, "6-mended-and-it-arrives")

    def _swap(self, place: int, work: str, giver: str, receiver: str, picture: str) -> None:
        house, hands = self._window.houses[place], self._window.hands[place]
        house.hear(Touch("choose", f"work:{work}"))
        self._wait(place, TapFace)
        hands.tap(giver)
        self._wait(place, DialFace)
        time.sleep(REST)
        hands.tap(receiver)
        self._wait(place, TroubleFace)
        self._picture(picture)
        house.hear(Touch("choose", "ok"))
        self._wait(place, WallFace)

    def _arrives(self, place: int, minutes: int, picture: str) -> None:
        """The account there has so much, and nothing is on its way any more."""
        street = self._window.street
        self._until(lambda: street.accounts[place] == minutes and not any(street.waits))
        self._picture(picture)

    def _wait(self, place: int, kind: type[Face]) -> None:
        self._until(lambda: isinstance(self._window.halves[place].newest, kind))

    def _until(self, true: Callable[[], bool]) -> None:
        ends = time.monotonic() + PATIENCE
        while not true():
            if time.monotonic() > ends:
                faces = [type(half.newest).__name__ for half in self._window.halves]
                raise TourError(f"it did not come; the screens show {faces}")
            time.sleep(0.1)

    def _picture(self, name: str) -> None:
        """Of the whole window, once it has come to rest."""
        time.sleep(1.0)
        done = threading.Event()

        def draw(_: float) -> None:
            self._window.app.root.export_to_png(str(self._folder / f"{name}.png"))
            done.set()

        from kivy.clock import Clock

        Clock.schedule_once(draw, 0)
        if not done.wait(PATIENCE):
            raise TourError(f"{name} was not drawn")


def play_two(window: Any, folder: Path) -> int:
    """Play it, and leave pictures in the folder. Gives the exit code."""
    folder.mkdir(parents=True, exist_ok=True)
    tour = Tour(window, folder)
    thread = threading.Thread(target=tour.play, name="tour", daemon=True)
    thread.start()
    window.app.run()
    thread.join(timeout=PATIENCE)
    if tour.fault is not None:
        raise TourError(str(tour.fault)) from tour.fault
    sys.stderr.write(f"two shops side by side, in {folder}\n")
    return 0
