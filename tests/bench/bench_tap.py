"""From tap to the next screen: how long from the last byte of the frame on the wire to the drawn frame.

Two taps of a swap are timed over and over: the giver's (nothing is written) and the receiver's (entry, two
balances and the board go to disk before anything is shown). Each is split into driver (last byte to the house's
inbox), core (inbox to the face, without the commit), commit, and draw (face handed over to the frame flipped).
Timed beside them: a press, which is the touch that begins the swap, from Kivy's thread; a bare SQLite commit of
as many bytes; and a bare Kivy label, changed inside Kivy's clock and from another thread. All in turn, in one
run. Ratios carry over to another machine, milliseconds don't.
"""

import sqlite3
import statistics
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

from kiosk.screens.window import prepare

prepare((800, 480), offscreen=True)

from kivy.clock import Clock
from kivy.core.window import Window
from kivy.uix.label import Label
from table import Row, lay_down

from hardware.pn532 import Pn532Reader, Pn532Timing
from hardware.pretend.pn532 import PretendPn532
from hardware.signals import CardGone, CardSeen, Signal
from kiosk.badge_key import BadgeKey
from kiosk.clock import SystemClock
from kiosk.core import Core
from kiosk.demo import MEMBERS, UIDS, settle_in
from kiosk.faces import BookedFace, DialFace, Face, TapFace, Touch
from kiosk.house import House
from kiosk.screens.app import KioskApp
from kiosk.store import Store
from kiosk.visit.hearing import listener

ROUNDS = int(sys.argv[1]) if len(sys.argv) > 1 else 40
PATIENCE = 10.0
MORE = 30
"""Milliseconds that a tap may take longer than a bare label."""


class TimedStore:
    """The real store; how long the last append took is remembered."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.commit = 0.0

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    def append(self, *what: Any) -> None:
        began = time.monotonic()
        self._store.append(*what)
        self.commit = time.monotonic() - began


class Watch:
    """Moments of one tap, in seconds on the monotonic clock."""

    def __init__(self) -> None:
        self.last_byte = self.inbox = self.face = self.flip = 0.0
        self.kind: type[Face] | None = None
        self.drawn = threading.Event()
        self.gone = threading.Event()
        self.waiting = False

    def signal(self, signal: Signal) -> None:
        if isinstance(signal, CardGone):
            self.gone.set()
        elif isinstance(signal, CardSeen):
            self.last_byte, self.inbox = signal.at, time.monotonic()

    def shown(self, face: Face) -> None:
        if self.kind is not None and isinstance(face, self.kind):
            self.face = time.monotonic()
            self.waiting = True

    def flipped(self, *_: object) -> None:
        if self.waiting:
            self.flip, self.waiting, self.kind = time.monotonic(), False, None
            self.drawn.set()


def main() -> None:
    watch = Watch()
    with tempfile.TemporaryDirectory() as folder, PretendPn532() as wire:
        store = Store.open(Path(folder))
        timed = TimedStore(store)
        key = BadgeKey.of(Path(folder), may_make=True)
        core = Core(timed, settle_in(store, key, SystemClock().now()), SystemClock())
        app = KioskApp(lambda _: None)
        house = House(core, "Bench", show=lambda face: (app.show(face), watch.shown(face))[0])
        reader = Pn532Reader(wire.path, timing=Pn532Timing(poll=0.03))
        into = listener(key, house.hear)
        house.start()
        reader.start(lambda signal: (watch.signal(signal), into(signal))[0])
        Window.bind(on_flip=watch.flipped)
        bench = Bench(watch, house, wire, timed, app, Path(folder))
        threading.Thread(target=bench.run, daemon=True).start()
        app.run()
        reader.stop()
        house.stop()
        store.close()
        bench.report()


class Bench:
    """Taps, commits and labels in turn."""

    def __init__(
        self, watch: Watch, house: House, wire: PretendPn532, store: TimedStore, app: KioskApp, folder: Path
    ) -> None:
        self.watch, self.house, self.wire, self.store, self.app = watch, house, wire, store, app
        self.times: dict[str, list[float]] = {}
        self.label = Label(text="0")
        self.raw = sqlite3.connect(folder / "bare.sqlite", isolation_level=None, check_same_thread=False)
        self.raw.execute("PRAGMA journal_mode=WAL")
        self.raw.execute("PRAGMA synchronous=FULL")
        self.raw.execute("CREATE TABLE bare(n INTEGER PRIMARY KEY, body BLOB)")
        self.trouble = ""

    def run(self) -> None:
        try:
            time.sleep(1.5)
            for turn in range(ROUNDS):
                self.round(turn)
        except AssertionError as error:
            self.trouble = str(error)
        self.app.stop_from_thread()

    def round(self, turn: int) -> None:
        pair = turn % 4 * 2
        giver, receiver = MEMBERS[pair : pair + 2] if turn % 8 < 4 else MEMBERS[pair : pair + 2][::-1]
        self.house.hear(Touch("home"))
        self.settle()
        self.note("press", self.press(Touch("choose", "work:repair"), TapFace))
        self.settle()
        self.tap(giver, DialFace, "giver's tap")
        # Another amount each time round, or the guard against double reads takes it for the same swap.
        self.house.hear(Touch("turn", str(turn // 8 % 3 * 15)))
        self.settle()
        self.tap(receiver, BookedFace, "receiver's tap")
        self.note("bare SQLite commit", self.bare_commit())
        self.note("bare label in the clock", self.bare_label(turn, inside=True))
        self.note("bare label from a thread", self.bare_label(turn, inside=False))

    def settle(self) -> None:
        done = threading.Event()
        self.house.ask(done.set)
        assert done.wait(PATIENCE)
        time.sleep(0.4)

    def tap(self, name: str, kind: type[Face], what: str) -> None:
        watch = self.watch
        self.store.commit = 0.0
        watch.kind = kind
        watch.drawn.clear()
        watch.gone.clear()
        self.wire.tap(UIDS[name])
        assert watch.drawn.wait(PATIENCE), f"{kind.__name__} was not drawn but {self.app.stage.face}"
        commit = self.store.commit
        self.note(f"{what}: all", watch.flip - watch.last_byte)
        self.note(f"{what}: driver", watch.inbox - watch.last_byte)
        self.note(f"{what}: core", watch.face - watch.inbox - commit)
        self.note(f"{what}: commit", commit)
        self.note(f"{what}: draw", watch.flip - watch.face)
        self.wire.away()
        assert watch.gone.wait(PATIENCE), "the badge did not go"

    def bare_commit(self) -> float:
        began = time.monotonic()
        self.raw.execute("INSERT INTO bare(body) VALUES(?)", (b"x" * 4000,))
        return time.monotonic() - began

    def press(self, touch: Touch, kind: type[Face]) -> float:
        """A touch as Kivy's thread says it, at any moment of the loop's turn."""
        watch = self.watch
        watch.kind = kind
        watch.drawn.clear()
        began = list[float]()

        def say(_: float) -> None:
            began.append(time.monotonic())
            self.house.hear(touch)

        Clock.schedule_once(say, 0)
        assert watch.drawn.wait(PATIENCE), f"{kind.__name__} was not drawn but {self.app.stage.face}"
        return watch.flip - began[0]

    def bare_label(self, turn: int, *, inside: bool) -> float:
        """A label in a corner, changed from this thread as a face would be; inside: timed from within the clock."""
        watch = self.watch
        began = [time.monotonic()]
        watch.drawn.clear()

        def change(_: float) -> None:
            if inside:
                began[0] = time.monotonic()
            if self.label.parent is None:
                Window.add_widget(self.label)
            self.label.text = f"{turn} {inside}"
            watch.waiting = True

        Clock.schedule_once(change, 0)
        assert watch.drawn.wait(PATIENCE), "the label was not drawn"
        return watch.flip - began[0]

    def note(self, what: str, seconds: float) -> None:
        self.times.setdefault(what, []).append(seconds * 1000)

    def report(self) -> None:
        if self.trouble:
            raise SystemExit(f"the bench stumbled: {self.trouble}")
        print(f"{ROUNDS} swaps, milliseconds, median [p10..p90]")
        for what, values in self.times.items():
            low, *_, high = statistics.quantiles(values, n=10)
            print(f"  {what:<24} {statistics.median(values):8.2f}  [{low:.2f}..{high:.2f}]")
        taps = {
            "last byte of a tap to the drawn frame": "giver's tap: all",
            "last byte of a tap that is written down to the drawn frame": "receiver's tap: all",
            "press to the drawn frame": "press",
        }
        lay_down("4-tap", [self.longer(what, way) for what, way in taps.items()])

    def longer(self, what: str, way: str) -> Row:
        """How much longer nine of ten take than nine of ten bare labels."""
        more = self.ninth(way) - self.ninth("bare label in the clock")
        return Row(f"{what}, p90, more than a bare label", f"≤ {MORE} ms", f"{more:.1f} ms", more <= MORE)

    def ninth(self, way: str) -> float:
        return statistics.quantiles(self.times[way], n=10)[-1]


if __name__ == "__main__":
    main()
