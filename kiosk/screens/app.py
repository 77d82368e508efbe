# mypy: disallow-subclassing-any=False
"""The Kivy app around the stage. Prepare the window (kiosk.screens.window) before importing this."""

import logging
import threading
from collections.abc import Callable
from typing import Any

from kivy.app import App
from kivy.clock import Clock
from kivy.core.window import Window
from kivy.uix.floatlayout import FloatLayout
from kivy.uix.widget import Widget

from kiosk.faces import Face, Touch
from kiosk.screens import theme
from kiosk.screens.stage import Stage

LOG = logging.getLogger(__name__)

DOCK_WIDE, DOCK_HIGH = 320, 280
"""Pixels that a dock takes beside a lying window, or below a standing one."""

KEYS = {8: "backspace", 13: "enter", 271: "enter", 27: "escape"}
"""SDL's numbers of the keys that are no letters."""


class KioskApp(App):
    """Shows faces, says touches. `show` and `stop_from_thread` may be called from any thread.

    on_touch: called on Kivy's thread. dock: makes a widget that is put beside the stage. started, stopped: called
    once each, on Kivy's thread, when the window is there and when it is about to go.
    """

    title = "Commons Kiosk"

    def __init__(
        self,
        on_touch: Callable[[Touch], None],
        dock: Callable[[], Widget] | None = None,
        started: Callable[[], None] = lambda: None,
        stopped: Callable[[], None] = lambda: None,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.stage = Stage(on_touch)
        self._dock = dock
        self._started, self._stopped = started, stopped
        self._lock = threading.Lock()
        self._newest: Face | None = None
        self._asked = self._over = False

    # --- from any thread ----------------------------------------------------------------------------------

    def show(self, face: Face) -> None:
        """Show a face soon. Of several that come before the next frame only the newest is drawn."""
        with self._lock:
            self._newest = face
            if self._asked:
                return
            self._asked = True
        Clock.schedule_once(self._show_newest, 0)

    def stop_from_thread(self) -> None:
        """Close the window soon."""
        Clock.schedule_once(lambda _: self.stop(), 0)

    def after_a_frame(self, done: Callable[[], None]) -> None:
        """Have a frame drawn, though nothing changed, and call this on Kivy's thread once it is on the panel."""

        def ask(_: float) -> None:
            Window.bind(on_flip=flips)
            Window.canvas.ask_update()

        def flips(*_: Any) -> None:
            Window.unbind(on_flip=flips)
            # Kivy tells of a flip just before it; on the next turn of its loop it is done.
            Clock.schedule_once(lambda _: done(), 0)

        Clock.schedule_once(ask, 0)

    def every(self, seconds: float, do: Callable[[], None]) -> Callable[[], None]:
        """Do something again and again; what fails is logged and tried again. Gives what ends it."""

        def guarded(_: float) -> None:
            # Kivy ends an interval for ever at its first exception, and at a return of False.
            try:
                do()
            except Exception:
                LOG.exception("something that is done every %s s failed; it is tried again", seconds)

        event = Clock.schedule_interval(guarded, seconds)

        def end() -> None:
            # Holds on to `guarded`: Kivy would only hold it weakly.
            event.cancel()

        return end

    # --- Kivy's own ---------------------------------------------------------------------------------------

    def build(self) -> Widget:
        """Kivy asks for the root."""
        Window.clearcolor = theme.PAPER
        root = FloatLayout()
        root.add_widget(self.stage)
        self._tray = self._dock() if self._dock is not None else None
        if self._tray is not None:
            root.add_widget(self._tray)
        root.bind(size=self._arrange)
        Window.bind(on_key_down=self._key, on_textinput=self._typed)
        Window.request_keyboard(lambda: None, self.stage)
        return root

    def on_start(self) -> None:
        """Kivy says the window is there."""
        self._arrange(self.root, self.root.size)
        self._started()

    def on_stop(self) -> None:
        """Kivy says it is over; it may say so twice."""
        if self._over:
            return
        self._over = True
        Window.unbind(on_key_down=self._key, on_textinput=self._typed)
        self._stopped()

    def _show_newest(self, _: float) -> None:
        with self._lock:
            face, self._asked = self._newest, False
        if face is not None and not self._over:
            self.stage.show(face)

    def _arrange(self, root: Any, size: tuple[float, float]) -> None:
        """The stage fills the window, less what the dock takes."""
        wide, high = size
        tray = self._tray
        self.stage.size_hint = (None, None)
        if tray is None:
            self.stage.pos, self.stage.size = root.pos, size
            return
        tray.size_hint = (None, None)
        if wide >= high:
            self.stage.pos, self.stage.size = (0, 0), (wide - DOCK_WIDE, high)
            tray.pos, tray.size = (wide - DOCK_WIDE, 0), (DOCK_WIDE, high)
        else:
            self.stage.pos, self.stage.size = (0, DOCK_HIGH), (wide, high - DOCK_HIGH)
            tray.pos, tray.size = (0, 0), (wide, DOCK_HIGH)

    def _key(self, _window: Any, key: int, *_rest: Any) -> bool:
        name = KEYS.get(key)
        return name is not None and self.stage.key(name)

    def _typed(self, _window: Any, text: str) -> None:
        self.stage.typed(text)
