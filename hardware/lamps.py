"""Lamps: on, off, dimmed, or in a slow pattern. All of them are off when the program ends, however it ends.

"However" reaches as far as Python does: a return, an exception, a stop. A process that is killed leaves its
pins to the kernel; then the pull-down resistor at each lamp's transistor has the last word.
"""

import atexit
import contextlib
import threading
import time
from collections.abc import Mapping
from typing import Any, Final

from msgspec import Struct

from hardware.device import MonotonicClock, Sink
from hardware.pins import RETRY, PinDevice
from hardware.signals import DeviceState

MOST_FLASHES: Final = 3
"""Flashes in a second that no lamp exceeds: more can set off a seizure (WCAG 2.3.1)."""

_GLANCE: Final = 0.1  # longest wait while a pattern plays: a clock moved by a test wakes nobody


def _checked(fraction: float) -> float:
    if not 0.0 <= fraction <= 1.0:
        raise ValueError(f"a lamp glows from 0 to 1, not {fraction}")
    return float(fraction)


class Pattern(Struct, frozen=True):
    """Lit for so many seconds, dark for so many, again and again.

    level: how bright while lit, 0 to 1. ValueError for a pattern that flashes faster than three times a
    second, or that is never lit or never dark.
    """

    lit: float
    dark: float
    level: float = 1.0

    def __post_init__(self) -> None:
        if not (self.lit > 0 and self.dark > 0):
            raise ValueError(f"a pattern is lit and dark by turns, not {self.lit} s and {self.dark} s")
        if self.lit + self.dark < 1 / MOST_FLASHES:
            raise ValueError(
                f"a lamp that is lit {self.lit} s and dark {self.dark} s flashes faster than "
                f"{MOST_FLASHES} times a second"
            )
        _checked(self.level)

    def level_at(self, age: float) -> float:
        """How bright it is so many seconds after it began."""
        return self.level if age % (self.lit + self.dark) < self.lit else 0.0

    def changes_in(self, age: float) -> float:
        """How many seconds it stays as it is then."""
        phase = age % (self.lit + self.dark)
        return self.lit - phase if phase < self.lit else self.lit + self.dark - phase


PULSE: Final = Pattern(lit=1.0, dark=1.0)
"""Someone may press here."""

ALARM: Final = Pattern(lit=0.5, dark=0.5)
"""Something is wrong; the screen says what."""

REMINDER: Final = Pattern(lit=0.5, dark=3.5)
"""Something waits for somebody; the screen says what."""

_OFF: Final = 0.0


class _Wish(Struct, frozen=True):
    """What a lamp is to show, and since when."""

    show: float | Pattern
    since: float


class Lamps(PinDevice):
    """Lamps by name, each on a pin that is high when it is lit.

        lamps = Lamps({"yes": 12, "no": 16, "alarm": 25})
        lamps.start(inbox.put)
        lamps.on("yes")
        lamps.pattern("alarm", ALARM)

    Whoever asks for light never waits: a thread of its own writes the pins. What is asked before the start,
    or while the pins are missing, is shown as soon as they are there. A name that is not one of the lamps is
    a KeyError.

    pins: the BCM number of each lamp by its name.
    pin_factory: gpiozero's; without it, this machine's.
    retry: seconds between two looks for pins that could not be opened.
    """

    def __init__(
        self,
        pins: Mapping[str, int],
        *,
        name: str = "lamps",
        pin_factory: Any = None,
        clock: MonotonicClock = time.monotonic,
        retry: float = RETRY,
    ) -> None:
        super().__init__(name=name, pin_factory=pin_factory, clock=clock, retry=retry)
        self._pins = dict(pins)
        self._outputs: dict[str, Any] = {}
        self._asked = threading.Condition()
        self._wishes: dict[str, _Wish] = {}

    @property
    def names(self) -> tuple[str, ...]:
        """The lamps there are."""
        return tuple(self._pins)

    def on(self, lamp: str) -> None:
        """Light it."""
        self._ask(lamp, 1.0)

    def off(self, lamp: str) -> None:
        """Darken it."""
        self._ask(lamp, _OFF)

    def glow(self, lamp: str, fraction: float) -> None:
        """Light it so bright; ValueError unless 0 to 1."""
        self._ask(lamp, _checked(fraction))

    def pattern(self, lamp: str, pattern: Pattern) -> None:
        """Let it pulse until something else is asked of it; asked again, it keeps its beat."""
        self._ask(lamp, pattern)

    def all_off(self) -> None:
        """Darken them all."""
        for lamp in self._pins:
            self.off(lamp)

    def start(self, sink: Sink) -> None:
        """Take the pins; returns at once, also when they are missing."""
        atexit.unregister(self.stop)
        atexit.register(self.stop)
        super().start(sink)

    def stop(self) -> None:
        """All off, and let go of the pins; may be called twice, and before start."""
        atexit.unregister(self.stop)
        super().stop()
        with self._asked:
            self._wishes.clear()

    def _ask(self, lamp: str, show: float | Pattern) -> None:
        if lamp not in self._pins:
            raise KeyError(f"there is no lamp {lamp!r}; there are {', '.join(self._pins)}")
        with self._asked:
            wish = self._wishes.get(lamp)
            if wish is None or wish.show != show:
                self._wishes[lamp] = _Wish(show, self._clock())
                self._asked.notify()

    def _open(self, pin_factory: Any) -> None:
        from gpiozero import PWMOutputDevice

        for lamp, number in self._pins.items():
            self._outputs[lamp] = PWMOutputDevice(number, initial_value=0, pin_factory=pin_factory)

    def _close(self) -> None:
        outputs, self._outputs = self._outputs, {}
        # Off comes first, since what a pin does when its PWM just ends is up to the library. And one lamp
        # that fails must not leave the others lit.
        with contextlib.ExitStack() as each:
            for output in outputs.values():
                each.callback(output.close)
                each.callback(output.off)

    def _interrupt(self) -> None:
        with self._asked:
            self._asked.notify()

    def _work(self) -> None:
        self._change(DeviceState.READY)
        shown = dict.fromkeys(self._pins, _OFF)
        with self._asked:
            while not self._stopping.is_set():
                self._show(shown)
                self._asked.wait(self._until_next_change())

    def _show(self, shown: dict[str, float]) -> None:
        now = self._clock()
        for lamp, wish in self._wishes.items():
            level = wish.show.level_at(now - wish.since) if isinstance(wish.show, Pattern) else wish.show
            if level != shown[lamp]:
                self._outputs[lamp].value = level
                shown[lamp] = level

    def _until_next_change(self) -> float | None:
        """Seconds to wait; None while every lamp is steady."""
        now = self._clock()
        waits = (
            wish.show.changes_in(now - wish.since)
            for wish in self._wishes.values()
            if isinstance(wish.show, Pattern)
        )
        soonest = min(waits, default=None)
        return None if soonest is None else min(soonest, _GLANCE)
