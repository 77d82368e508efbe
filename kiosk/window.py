"""The window as `kiosk run` opens it: the stage, and beside it the dock where devices are pretended."""

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from hardware.backlight import Backlight
from kiosk.asked import NoHands
from kiosk.faces import Face, Touch
from kiosk.screens.dark_hours import read_night
from kiosk.screens.window import leave_out, prepare
from kiosk.settings import Screen as ScreenSettings

if TYPE_CHECKING:
    from kiosk.devices import PretendHands

DOCK_WIDE = 320
"""Pixels that the dock takes beside the kiosk."""


PATIENCE = 1.0
"""Seconds that the first frame waits for a face; with a house that takes longer it is empty."""


class KioskWindow:
    """The screen of the staircase: shows faces from any thread, runs in the main one."""

    def __init__(self, app: Any) -> None:
        self._app = app
        self._over = threading.Event()
        self._shown = threading.Event()

    def show(self, face: Face) -> None:
        """Show a face soon; of several only the newest."""
        self._app.show(face)
        self._shown.set()

    @property
    def drawn_by(self) -> str:
        """What draws it; "" before it is open."""
        return str(self._app.drawn_by)

    def run(self) -> None:
        """Until the window is closed."""
        # Else an empty frame would come first, and take the time in which the house makes the face.
        self._shown.wait(PATIENCE)
        if not self._over.is_set():
            self._app.run()

    def stop(self) -> None:
        """Close it; from any thread, also before it is open, also twice."""
        if not self._over.is_set():
            self._over.set()
            self._shown.set()
            self._app.stop_from_thread()

    def after_a_frame(self, done: Callable[[], None]) -> None:
        """Call this once something more has been drawn; from any thread."""
        self._app.after_a_frame(done)


def open_window(
    settings: ScreenSettings,
    hands: "NoHands | PretendHands",
    touched: Callable[[Touch], None],
    failing: Callable[[tuple[str, ...]], None] = lambda _: None,
) -> KioskWindow:
    """The window, not yet shown. Kivy is imported only here, once it has been told how.

    failing: called with the kinds of pages that can't be shown, whenever that changes.
    """
    docked = not isinstance(hands, NoHands)
    width = settings.width + (DOCK_WIDE if docked and settings.width >= settings.height else 0)
    prepare((width, settings.height), fullscreen=settings.fullscreen, rotate=settings.rotate)
    leave_out()
    from kiosk.screens.app import KioskApp

    night = read_night(settings.night)
    if isinstance(hands, NoHands):
        return KioskWindow(KioskApp(touched, failing=failing, night=night, dim=Backlight().dim))
    from kiosk.screens.dock import Dock

    return KioskWindow(KioskApp(touched, dock=lambda: Dock(hands), failing=failing, night=night))
