"""The soak: thousands of visits, devices coming and going. Memory, threads and files must stay as they are.

    make soak                       20,000 visits, with a screen; some two hours
    make soak ARGS="600 --painted"  the same painted by Mesa's llvmpipe
    make soak ARGS="5000 --no-screen"

The whole house runs, from the bytes on the wire to the screen; the hands are pretended, and the clock is moved on
by half an hour after each visit, so that every visit is a new one. After a day's visits comes a night of a few
seconds, since a kiosk tidies up behind its screens when nobody stands before it. At each tenth it prints what the
process holds. "Blocks" are what Python itself holds; where they stay and memory grows, it is a library in C.

The screen is all there: pieces, letters, drawing instructions, and Kivy's loop. Only the last step is left out,
since Kivy's mock of OpenGL paints nothing: so it is quick, and no renderer's memory is taken for ours. --painted
takes Mesa's renderer without its threads. With them, and no panel to wait for, it holds more and more that it has
not painted yet when the machine is busy, and keeps the room: "What grows" in docs/check.md.
"""

import argparse
import logging
import os
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from hardware.buttons import Buttons
from hardware.code_scanner import CodeScanner
from hardware.coin_acceptor import CoinAcceptor
from hardware.debounce import ButtonTiming
from hardware.device import tee
from hardware.lamps import Lamps
from hardware.plugged import LineTiming
from hardware.pn532 import Pn532Reader, Pn532Timing
from hardware.pretend.pins import PretendPins
from hardware.pretend.pn532 import PretendPn532
from hardware.pretend.scanner import PretendScanner
from hardware.rig import ButtonSettings, CoinSettings, LampSettings, Rig, RigSettings
from hardware.signals import CoinDropped, CoinUnidentified, DeviceState, Signal
from kiosk.amounts import Moment
from kiosk.badge_key import BadgeKey
from kiosk.core import Core
from kiosk.demo import CODES, MEMBERS, STRANGER, UIDS, settle_in
from kiosk.faces import Face, Touch
from kiosk.house import House
from kiosk.lights import AlarmLamp, button_lamps
from kiosk.store import Store
from kiosk.visit.hearing import listener
from kiosk.visit.step import Tick

VISITS = 20_000
PATIENCE = 5.0
"""Seconds until something that does not come is counted as missed."""

LATER = 30 * 60_000
"""Milliseconds between two visits, by the house's clock."""

A_DAY, NIGHT = 48, 4.0
"""Visits of a day, and seconds of real time in which nobody comes then."""

PINS = RigSettings(
    buttons=ButtonSettings(),
    lamps=LampSettings(),
    coin_acceptor=CoinSettings(inhibit_pin=24, nominal_ms=25, settle=0.0),
)


class Holds(NamedTuple):
    """What the process holds: kilobytes of memory, threads, open files, blocks of Python's own."""

    kb: int
    threads: int
    files: int
    blocks: int

    def __str__(self) -> str:
        held = f"{self.threads:3d} threads  {self.files:3d} files  {self.blocks:8,d} blocks"
        return f"{self.kb / 1024:7.1f} MiB  {held}"


def holds() -> Holds:
    status = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines() if ":" in line)
    files = len(list(Path("/proc/self/fd").iterdir()))
    return Holds(int(status["VmRSS"].split()[0]), int(status["Threads"]), files, sys.getallocatedblocks())


class JumpingClock:
    """Real time, and a hand that moves it on."""

    ahead = 0

    def now(self) -> Moment:
        mono = time.monotonic_ns() // 1_000_000 + self.ahead
        return Moment(wall=1_790_000_000_000 + mono, mono=mono, boot="soak")


class Soak:
    """One kiosk, and all hands before it."""

    def __init__(self, folder: Path, show: Callable[[Face], None] = lambda _: None) -> None:
        self.heard: Counter[str] = Counter()
        self.missed: Counter[str] = Counter()
        self.clock = JumpingClock()
        self.wire, self.codes, self.pins = PretendPn532(), PretendScanner(), PretendPins(PINS)
        self.store = Store.open(folder)
        key = BadgeKey.of(folder, may_make=True)
        self.core = Core(self.store, settle_in(self.store, key, self.clock.now()), self.clock)
        soon = LineTiming(first_retry=0.02, longest_retry=0.1, look_every=0.02)
        factory = self.pins.pin_factory
        lamps = Lamps(PINS.lamps.pins if PINS.lamps else {}, pin_factory=factory)
        self.rig = Rig(
            (
                lamps,
                Pn532Reader(self.wire.path, timing=Pn532Timing(poll=0.02, rest=0.002), line_timing=soon),
                CodeScanner(self.codes.path, repeat_guard=0.05, settle=0.0, line_timing=soon),
                Buttons({"yes": 5, "no": 6, "abstain": 13}, timing=ButtonTiming(settle=0.0), pin_factory=factory),
                CoinAcceptor(23, {4: 20, 5: 50}, inhibit_pin=24, nominal_ms=25, settle=0.0, pin_factory=factory),
            )
        )
        light = AlarmLamp(lamps)
        self.house = House(
            self.core, "The soak", show=show, told_alarms=light, light=button_lamps(lamps), draw=lambda below: 0
        )
        self.house.start()
        self.rig.start(tee(listener(key, self.house.hear), self._count))

    def _count(self, signal: Signal) -> None:
        self.heard[type(signal).__name__] += 1
        # On a machine that is out of breath the pretended pulses are uneven; then it is a coin that is not known.
        self.heard["a coin"] += isinstance(signal, CoinDropped | CoinUnidentified)

    def end(self) -> None:
        self.rig.stop()
        self.house.stop()
        self.store.close()
        self.wire.close()
        self.codes.close()
        self.pins.close()

    # --- hands

    def until(self, what: str, count: int) -> None:
        deadline = time.monotonic() + PATIENCE
        while self.heard[what] < count:
            if time.monotonic() > deadline:
                self.missed[what] += 1
                return
            time.sleep(0.005)

    def tap(self, uid: bytes) -> None:
        seen, gone = self.heard["CardSeen"], self.heard["CardGone"]
        self.wire.tap(uid)
        self.until("CardSeen", seen + 1)
        self.wire.away()
        self.until("CardGone", gone + 1)

    def scan(self, code: str) -> None:
        seen = self.heard["CodeScanned"]
        self.codes.scan(code)
        self.until("CodeScanned", seen + 1)

    def touch(self, *keys: str) -> None:
        for key in keys:
            self.house.hear(Touch("choose", key))

    def turn(self, minutes: int) -> None:
        self.house.hear(Touch("turn", str(minutes)))

    def replug(self, device: PretendPn532 | PretendScanner) -> None:
        name = "badge reader" if device is self.wire else "code scanner"
        device.unplug()
        self._until_it_is(name, DeviceState.LOST)
        device.replug()
        self._until_it_is(name, DeviceState.READY)

    def _until_it_is(self, name: str, state: DeviceState) -> None:
        deadline = time.monotonic() + PATIENCE
        while self.rig.status()[name].state is not state:
            if time.monotonic() > deadline:
                self.missed[f"{name} {state}"] += 1
                return
            time.sleep(0.005)

    def visit(self, number: int) -> None:
        """One visit; the kind of it goes round."""
        one, other = MEMBERS[number % 8], MEMBERS[(number + 1 + number // 8 % 6) % 8]
        VISITS_OF_ALL_KINDS[number % len(VISITS_OF_ALL_KINDS)](self, one, other)
        self.house.hear(Touch("home"))
        self.clock.ahead += LATER
        self.house.hear(Tick())
        done = threading.Event()
        self.house.ask(done.set)
        if not done.wait(PATIENCE):
            self.missed["an answer of the house"] += 1


def _swap(soak: Soak, one: str, other: str) -> None:
    soak.touch("work:repair")
    soak.tap(UIDS[one])
    soak.turn(-45)
    soak.tap(UIDS[other])


def _swap_back(soak: Soak, one: str, other: str) -> None:
    _swap(soak, other, one)


def _look_around(soak: Soak, one: str, other: str) -> None:
    soak.tap(UIDS[one])
    soak.touch("entries", "page:1")
    soak.house.hear(Touch("back"))
    soak.touch("board")
    soak.house.hear(Touch("back"))
    soak.touch("duties")


def _card(soak: Soak, one: str, other: str) -> None:
    soak.scan(CODES[one])
    soak.touch("jar")


def _strangers(soak: Soak, one: str, other: str) -> None:
    soak.tap(STRANGER)
    soak.touch("people")
    soak.scan("https://example.org/poster")


def _coin_and_button(soak: Soak, one: str, other: str) -> None:
    pressed, coins = soak.heard["ButtonPressed"], soak.heard["a coin"]
    soak.pins.press("no", 0.05)
    soak.until("ButtonPressed", pressed + 1)
    soak.pins.drop(50)
    soak.until("a coin", coins + 1)


def _reader_pulled(soak: Soak, one: str, other: str) -> None:
    soak.tap(UIDS[one])
    soak.replug(soak.wire)
    soak.tap(UIDS[other])


def _scanner_pulled(soak: Soak, one: str, other: str) -> None:
    soak.replug(soak.codes)
    soak.scan(CODES[other])


VISITS_OF_ALL_KINDS = (
    _swap, _look_around, _card, _swap_back, _strangers, _look_around, _coin_and_button, _card, _reader_pulled,
    _look_around, _scanner_pulled,
)  # fmt: skip


def play(
    soak: Soak, visits: int, say: Callable[[str], None] = lambda _: None, *, night: float = 0.0
) -> list[Holds]:
    """So many visits; what the process holds at the start (after a first round) and at each tenth.

    night: seconds of rest after each day's visits, and before each look.
    """
    first = min(visits // 10, 3 * len(VISITS_OF_ALL_KINDS))
    told: list[Holds] = []
    began = time.monotonic()
    for number in range(visits + 1):
        if number == first or (number > first and number % max(1, visits // 10) == 0):
            time.sleep(night)  # looked at when all is tidied up
            told.append(holds())
            say(f"{number:6d} visits  {told[-1]}  {time.monotonic() - began:6.0f} s")
        if number < visits:
            soak.visit(number)
        if number % A_DAY == A_DAY - 1:
            time.sleep(night)
    return told


def main() -> None:
    asked = argparse.ArgumentParser(description="Thousands of visits; what grows?")
    asked.add_argument("visits", nargs="?", type=int, default=VISITS)
    asked.add_argument("--no-screen", action="store_true", help="the house alone")
    asked.add_argument("--painted", action="store_true", help="painted by Mesa, and not by Kivy's mock of OpenGL")
    chosen = asked.parse_args()
    logging.basicConfig(level=logging.ERROR)
    with tempfile.TemporaryDirectory() as folder:
        if chosen.no_screen:
            soak = Soak(Path(folder))
            told = play(soak, chosen.visits, lambda line: print(line, flush=True))
            soak.end()
        else:
            soak, told = _with_screen(Path(folder), chosen.visits, painted=chosen.painted)
    print(f"missed: {dict(soak.missed) or 'nothing'}; said by the devices: {sum(soak.heard.values())} signals")
    if told:
        print(f"grown since the first rounds by {(told[-1].kb - told[0].kb) / 1024:.1f} MiB")


def _about_ours(record: logging.LogRecord) -> bool:
    """Kivy misses the version and the shaders that its own mock doesn't have."""
    return not record.getMessage().startswith(("OpenGL:", "Shader:"))


def _with_screen(folder: Path, visits: int, *, painted: bool) -> tuple[Soak, list[Holds]]:
    if painted:
        os.environ["LP_NUM_THREADS"] = "0"
    else:
        os.environ["KIVY_GL_BACKEND"] = "mock"
        logging.getLogger("kivy").addFilter(_about_ours)
    from kiosk.screens.window import prepare

    prepare((800, 480), offscreen=True)
    from kiosk.screens.app import KioskApp

    app = KioskApp(lambda _: None)
    soak = Soak(folder, app.show)
    told: list[Holds] = []

    def live() -> None:
        try:
            told.extend(play(soak, visits, lambda line: print(line, flush=True), night=NIGHT))
        finally:
            app.stop_from_thread()

    threading.Thread(target=live, name="hands").start()
    app.run()
    soak.end()
    return soak, told


if __name__ == "__main__":
    sys.exit(main())
