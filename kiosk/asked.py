"""What `kiosk run` was asked for; and what stands in where there is no screen, or no device to pretend with."""

import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple, Protocol

from kiosk.faces import Face
from kiosk.settings import Settings

HOUSE_THREAD = "house"
"""The name of the thread that the house lives in."""


class Wanted(NamedTuple):
    """What the command line asked for. folder: the data folder, instead of the settings' one."""

    settings: Settings
    folder: Path | None = None
    pretend: bool = False
    screen: bool = True
    drive: bool = False
    tour: Path | None = None

    @property
    def data(self) -> Path:
        """The data folder."""
        return self.folder or self.settings.data.folder


class Screen(Protocol):
    """What faces are shown on; `run` takes the main thread until the kiosk ends."""

    def show(self, face: Face) -> None:
        """Show a face; from any thread."""

    def run(self) -> None:
        """Be there until stopped."""

    def stop(self) -> None:
        """End; from any thread, also twice."""

    @property
    def drawn_by(self) -> str:
        """What draws it; "" while that is not known."""

    def after_a_frame(self, done: Callable[[], None]) -> None:
        """Call this once something more has been drawn; from any thread."""


class NoScreen:
    """Stands in for the screen where there is none: faces only go to whoever drives."""

    drawn_by = ""

    def __init__(self) -> None:
        self._over = threading.Event()

    def show(self, face: Face) -> None:
        """Nothing to draw on."""

    def run(self) -> None:
        """Wait for the end."""
        self._over.wait()

    def stop(self) -> None:
        """The end."""
        self._over.set()

    def after_a_frame(self, done: Callable[[], None]) -> None:
        """There is nothing to wait for."""
        done()


class NoHands:
    """Real devices have no pretend hands."""

    def words(self) -> Mapping[str, Callable[[str], None]]:
        """None."""
        return {}

    def close(self) -> None:
        """Nothing to take away."""
