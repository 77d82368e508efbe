# mypy: disallow-subclassing-any=False
"""The Kivy app around the stage. Prepare the window (kiosk.screens.window) before importing this."""

import logging
import threading
import time
from collections.abc import Callable, Mapping
from typing import Any

from kivy.app import App
from kivy.base import ExceptionHandler, ExceptionManager
from kivy.clock import Clock
from kivy.core.window import Window
from kivy.graphics.opengl import GL_RENDERER, glGetString
from kivy.uix.floatlayout import FloatLayout
from kivy.uix.widget import Widget

from kiosk.faces import Face, Touch, WallFace
from kiosk.screens import theme
from kiosk.screens.dark_hours import Night
from kiosk.screens.screen import Screen
from kiosk.screens.stage import SCREENS, Stage
from kiosk.screens.sweeping import LOOKS, Sweeping
from kiosk.traces import trace

LOG = logging.getLogger(__name__)

DOCK_WIDE, DOCK_HIGH = 320, 280
"""Pixels that a dock takes beside a lying window, or below a standing one."""

BETWEEN = 0.05
"""Seconds between two things that are got ready once the first face is there; each takes less."""

TOO_MANY = 20
"""Faults within a minute after which the kiosk ends rather than stumbles on; it is started again then."""

KEYS = {8: "backspace", 13: "enter", 271: "enter", 27: "escape"}
"""SDL's numbers of the keys that are no letters."""


def _drawn_by() -> str:
    """The graphics chip, or the program that stands in for one; "" when it does not say."""
    try:
        return str(glGetString(GL_RENDERER), errors="replace").strip()
    except Exception:
        LOG.warning("what draws the screen does not say so")
        return ""


def _at_once(*_: Any) -> None:
    """What a finger did is dispatched on the loop's next turn: let that be now."""
    Clock.schedule_once(_nothing, 0)


def _nothing(_: float) -> None:
    pass


class _Net(ExceptionHandler):
    """Under everything that Kivy calls by itself: drawing, timers, a finger that was grabbed. None ends the kiosk.

    What is shown is left for a plainer page; where that does not help, the kiosk ends, to be started again.
    """

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._fell: list[float] = []

    def handle_exception(self, inst: BaseException) -> int:
        """Kivy asks what is to be done."""
        now = time.monotonic()
        self._fell = [*(at for at in self._fell if now - at < 60), now]
        if not isinstance(inst, Exception) or len(self._fell) > TOO_MANY:
            return int(ExceptionManager.RAISE)
        LOG.error("something failed while the screen was drawn: %s", trace(inst))
        try:
            self._stage.fail(inst)
        except Exception as error:
            # The plainest page stays; how often that may happen is counted above.
            LOG.error("the plainest page failed too: %s", trace(error))
        return int(ExceptionManager.PASS)


class KioskApp(App):
    """Shows faces, says touches. `show` and `stop_from_thread` may be called from any thread.

    on_touch: called on Kivy's thread. dock: makes a widget that is put beside the stage. started, stopped: called
    once each, on Kivy's thread, when the window is there and when it is about to go. screens, failing, night, dim:
    the stage's.
    """

    title = "Commons Kiosk"

    def __init__(
        self,
        on_touch: Callable[[Touch], None],
        dock: Callable[[], Widget] | None = None,
        started: Callable[[], None] = lambda: None,
        stopped: Callable[[], None] = lambda: None,
        screens: Mapping[type, Callable[..., Screen[Any]]] = SCREENS,
        failing: Callable[[tuple[str, ...]], None] = lambda _: None,
        night: Night | None = None,
        dim: Callable[[bool], None] = lambda _: None,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.stage = Stage(on_touch, screens=screens, failing=failing, night=night, dim=dim)
        self._net = _Net(self.stage)
        self._dock = dock
        self._started, self._stopped = started, stopped
        self._lock = threading.Lock()
        self._newest: Face | None = None
        self._asked = self._over = False
        self._sweeping = Sweeping(lambda: (self.stage.face, isinstance(self.stage.face, WallFace)))
        self._ready = False
        self.drawn_by = ""

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
            except Exception as error:
                LOG.error("what is done every %s s failed; it is tried again: %s", seconds, trace(error))

        event = Clock.schedule_interval(guarded, seconds)

        def end() -> None:
            # Holds on to `guarded`: Kivy would only hold it weakly.
            event.cancel()

        return end

    # --- Kivy's own ---------------------------------------------------------------------------------------

    def build(self) -> Widget:
        """Kivy asks for the root."""
        Window.clearcolor = theme.PAPER
        ExceptionManager.add_handler(self._net)
        root = FloatLayout()
        root.add_widget(self.stage)
        self._tray = self._dock() if self._dock is not None else None
        if self._tray is not None:
            root.add_widget(self._tray)
        root.bind(size=self._arrange)
        Window.bind(on_key_down=self._key, on_textinput=self._typed)
        Window.bind(on_mouse_down=_at_once, on_mouse_up=_at_once)
        Window.request_keyboard(lambda: None, self.stage)
        return root

    def on_start(self) -> None:
        """Kivy says the window is there."""
        self._arrange(self.root, self.root.size)
        self.drawn_by = _drawn_by()
        if self._asked:
            self._show_newest(0)  # so that the first frame is not an empty one
        self._started()

    def on_stop(self) -> None:
        """Kivy says it is over; it may say so twice."""
        if self._over:
            return
        self._over = True
        self.stage.wake()
        ExceptionManager.remove_handler(self._net)
        Window.unbind(on_key_down=self._key, on_textinput=self._typed)
        Window.unbind(on_mouse_down=_at_once, on_mouse_up=_at_once)
        self._stopped()

    def _show_newest(self, _: float) -> None:
        with self._lock:
            face, self._asked = self._newest, False
        if face is None or self._over:
            return
        self.stage.show(face)
        if not self._ready:
            self._ready = True
            Clock.schedule_once(self._get_ready, BETWEEN)

    def _get_ready(self, _: float) -> None:
        """One thing after the other, so that whoever taps meanwhile waits for none of them."""
        if self._over:
            return
        if self.stage.get_ready():
            Clock.schedule_once(self._get_ready, BETWEEN)
            return
        self._sweeping.begin()
        self.every(LOOKS, self._sweeping.look)

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
