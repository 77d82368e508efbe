"""A kiosk, or a bare Kivy window with the same settings, that counts its frames for whoever measures it.

`python tests/bench/probe.py FILE bare`, or `python tests/bench/probe.py FILE run --data FOLDER …` as `kiosk
run` takes it. FILE holds two numbers at any moment: how many frames were drawn, and when the first was, in
seconds on the monotonic clock, which all processes share.
"""

import mmap
import sys
import threading
import time
from pathlib import Path
from typing import Any

from watched import FORM


class Frames:
    """Counts frames into a file that somebody else reads."""

    def __init__(self, path: Path) -> None:
        with path.open("r+b") as file:
            self._shared = mmap.mmap(file.fileno(), FORM.size)
        self._count, self._first = 0, 0.0

    def drawn(self, *_: object) -> None:
        self._count += 1
        self._first = self._first or time.monotonic()
        FORM.pack_into(self._shared, 0, self._count, self._first)


def bare(frames: Frames) -> None:
    from kiosk.screens.window import prepare

    prepare()
    from kivy.app import App
    from kivy.clock import Clock
    from kivy.core.window import Window
    from kivy.uix.label import Label

    class Bare(App):
        def build(self) -> Any:
            Window.bind(on_flip=frames.drawn)
            return Label(text="here")

    def until_told() -> None:
        sys.stdin.read()
        Clock.schedule_once(lambda _: App.get_running_app().stop(), 0)

    threading.Thread(target=until_told, daemon=True).start()
    Bare().run()


def kiosk(frames: Frames, arguments: list[str]) -> None:
    import kiosk.window
    from kiosk.way_in import main as run

    usual = kiosk.window.open_window

    def open_window(*what: Any) -> Any:
        window = usual(*what)
        from kivy.core.window import Window

        stage = window._app.stage
        Window.bind(on_flip=lambda *_: frames.drawn() if stage.face is not None else None)
        return window

    kiosk.window.open_window = open_window
    sys.argv = ["kiosk", *arguments]
    run()


if __name__ == "__main__":
    counted = Frames(Path(sys.argv[1]))
    if sys.argv[2:] == ["bare"]:
        bare(counted)
    else:
        kiosk(counted, sys.argv[2:])
