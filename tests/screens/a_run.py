"""One run of the app, told as JSON on the last line: faces from threads, real keys, a deed that fails, an end."""

import json
import sys
import threading

from kiosk.screens.window import prepare

if True:  # Kivy may be imported only once it has been told how
    prepare((1120, 480), offscreen=True)
    from kivy.clock import Clock
    from kivy.core.window import Window
    from kivy.uix.widget import Widget

    from kiosk.screens.app import KioskApp
    from kiosk.screens.samples import TYPE, WALL, changed

TOLD: dict[str, object] = {"started": 0, "stopped": 0, "tries": 0}
SAID: list[tuple[str, str]] = []
DRAWN: list[str] = []


def count(what: str) -> None:
    TOLD[what] = int(str(TOLD[what])) + 1


def fail() -> None:
    count("tries")
    raise ValueError("as it happens")


def show_many() -> None:
    for minute in range(40):
        app.show(changed(WALL, time=f"14:{minute:02d}"))


def look(_: float) -> None:
    settled = app.stage.face is not None and not any(thread.is_alive() for thread in threads)
    if not settled or int(str(TOLD["tries"])) < 3:  # a slow machine takes its time
        Clock.schedule_once(look, 0.2)
        return
    TOLD["shown"] = app.stage.face.time
    TOLD["drawn"] = len(DRAWN)
    TOLD["stage"] = [int(side) for side in app.stage.size]
    TOLD["dock"] = [int(each) for each in (*tray.pos, *tray.size)]
    app.show(TYPE)
    Clock.schedule_once(write, 0.2)


def write(_: float) -> None:
    if app.stage.face is not TYPE:
        Clock.schedule_once(write, 0.1)
        return
    Window.dispatch("on_textinput", "Jo")
    for key in (8, 27):
        Window.dispatch("on_key_down", key, 0, None, [])
    app.on_stop()
    threading.Thread(target=app.stop_from_thread).start()


tray = Widget()
app = KioskApp(
    lambda touch: SAID.append((touch.verb, touch.value)),
    dock=lambda: tray,
    started=lambda: count("started"),
    stopped=lambda: count("stopped"),
)
shown = app.stage.show
app.stage.show = lambda face: (DRAWN.append("a face"), shown(face))
end = app.every(0.05, fail)
threads = [threading.Thread(target=show_many) for _ in range(3)]
Clock.schedule_once(lambda _: [thread.start() for thread in threads], 0)
Clock.schedule_once(look, 1.0)
app.run()
end()
sys.stdout.write(json.dumps(TOLD | {"said": SAID}) + "\n")
