"""Does the screen freeze while the card is slow? The longest gap between frames while a write sleeps three seconds.

In the same run and window, in turns: a bare Kivy label that changes in every frame, while nothing is written; and
the kiosk in the middle of a swap whose write does not come back for three seconds, by a disk that is pretended at
the system call. Also: how long a tap that comes meanwhile takes to be answered on the screen. What carries over to
another machine is the ratio of the gaps.
"""

import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[1])]

from kiosk.screens.window import prepare

prepare((800, 480), offscreen=True)

from bad_disk import BadDisk
from kivy.clock import Clock
from kivy.core.window import Window
from kivy.uix.label import Label

from kiosk.badge_key import BadgeKey
from kiosk.clock import SystemClock
from kiosk.commands import NewBadge
from kiosk.core import Core
from kiosk.demo import MEMBERS, UIDS, settle_in
from kiosk.faces import BookedFace, DialFace, Face, Touch, WallFace
from kiosk.house import House
from kiosk.on_screen import STILL, WRITING
from kiosk.screens.app import KioskApp
from kiosk.store import Store
from kiosk.visit.hearing import Tapped

ROUNDS = int(sys.argv[1]) if len(sys.argv) > 1 else 6
SLEEPS = 3.0
PATIENCE = 30.0


class Bench:
    """The kiosk in a window, and a clock that looks at every frame."""

    def __init__(self, folder: Path, disk: BadDisk) -> None:
        self.disk = disk
        self.store = Store.open(folder)
        self.key = BadgeKey.of(folder, may_make=True)
        clock = SystemClock()
        self.app = KioskApp(self.touched, started=self.begin)
        state = settle_in(self.store, self.key, clock.now())
        self.house = House(Core(self.store, state, clock), "Canal Street", show=self.app.show)
        self.frames: list[float] = []
        self.label = Label()
        self.gaps: dict[str, list[float]] = {"bare": [], "slow": []}
        self.all_gaps: dict[str, list[float]] = {"bare": [], "slow": []}
        self.answers: list[float] = []
        self.trouble = ""

    def begin(self) -> None:
        Clock.schedule_interval(self.frame, 0)
        self.house.start()
        threading.Thread(target=self.rounds, daemon=True).start()

    def touched(self, touch: Touch) -> None:
        self.house.hear(touch)

    def frame(self, _: float) -> None:
        self.frames.append(time.monotonic())
        if self.label.parent:
            self.label.text = str(len(self.frames))

    def rounds(self) -> None:
        try:
            for number in range(ROUNDS + 1):
                self.bare(warm=number == 0)
                self.slow(number, warm=number == 0)
        except Exception as error:
            self.trouble = repr(error)
        self.house.stop()
        self.app.stop_from_thread()

    def bare(self, *, warm: bool) -> None:
        self.on_kivy(lambda: Window.add_widget(self.label))
        began = time.monotonic()
        time.sleep(SLEEPS)
        self.note("bare", began, time.monotonic(), warm)
        self.on_kivy(lambda: Window.remove_widget(self.label))

    def slow(self, number: int, *, warm: bool) -> None:
        giver, receiver = MEMBERS[number % len(MEMBERS)], MEMBERS[(number + 1) % len(MEMBERS)]
        self.house.hear(Touch("home"))
        self.until(lambda face: isinstance(face, WallFace))
        self.house.hear(Touch("choose", "work:repair"))
        self.house.hear(self.tap(giver))
        self.until(lambda face: isinstance(face, DialFace))
        self.disk.slow(SLEEPS)
        began = time.monotonic()
        self.house.hear(self.tap(receiver))
        self.until(lambda face: said(face) == WRITING)
        tapped = time.monotonic()
        self.house.hear(self.tap(receiver))
        self.until(lambda face: said(face) == STILL)
        answered = time.monotonic() - tapped
        self.until(lambda face: isinstance(face, BookedFace))
        self.note("slow", began, time.monotonic(), warm)
        if not warm:
            self.answers.append(answered)

    def tap(self, name: str) -> Tapped:
        return Tapped(NewBadge(self.key.hash("nfc", UIDS[name]), "tag"))

    def note(self, what: str, began: float, ended: float, warm: bool) -> None:
        frames = [at for at in self.frames if began <= at <= ended]
        gaps = [later - earlier for earlier, later in pairwise(frames)]
        if not warm:
            self.gaps[what].append(max(gaps))
            self.all_gaps[what] += gaps

    def on_kivy(self, do: Callable[[], object]) -> None:
        done = threading.Event()
        Clock.schedule_once(lambda _: (do(), done.set()), 0)
        assert done.wait(PATIENCE)

    def until(self, true: Callable[[Face | None], bool]) -> None:
        deadline = time.monotonic() + PATIENCE
        while not true(self.app.stage.face):
            assert time.monotonic() < deadline, "it did not come"
            time.sleep(0.001)

    def report(self) -> None:
        if self.trouble:
            raise SystemExit(f"the bench stumbled: {self.trouble}")
        print(f"{ROUNDS} writes of {SLEEPS:.0f} s; milliseconds between frames")
        for what, worst in self.gaps.items():
            usual = statistics.median(self.all_gaps[what])
            middle, least, most = (each * 1000 for each in (statistics.median(worst), min(worst), max(worst)))
            told = f"longest, median {middle:7.1f}  [{least:.1f}..{most:.1f}]"
            print(f"  {what:<5} usual {usual * 1000:6.1f}   {told}   {len(self.all_gaps[what])} frames")
        ratio = statistics.median(self.gaps["slow"]) / statistics.median(self.gaps["bare"])
        print(f"  longest gap while a write sleeps ÷ longest gap of a bare label = {ratio:.2f}")
        print(f"  a tap meanwhile is answered on the screen after {statistics.median(self.answers) * 1000:.0f} ms")


def said(face: Face | None) -> object:
    return getattr(getattr(face, "frame", face), "said", None)


def main() -> None:
    disk = BadDisk()
    with tempfile.TemporaryDirectory() as name, disk.under():
        bench = Bench(Path(name), disk)
        bench.app.run()
        bench.store.close()
        bench.report()


if __name__ == "__main__":
    main()
