"""A piezo sounder, and the few short sounds by which the house answers people who do not look at the screen."""

import atexit
import threading
import time
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from msgspec import Struct

from hardware.device import MonotonicClock, Sink
from hardware.pins import RETRY, PinDevice
from hardware.signals import DeviceState


class Note(Struct, frozen=True):
    """A tone for a while. frequency: Hz, or None for a rest; seconds: how long."""

    frequency: float | None
    seconds: float


_E5, _A5, _E6 = 659.26, 880.0, 1318.51  # Hz, equal temperament at A4 = 440 Hz
_LOW = 220.0

SOUNDS: Final[Mapping[str, tuple[Note, ...]]] = MappingProxyType(
    {
        "heard": (Note(_A5, 0.08),),
        "done": (Note(_E5, 0.10), Note(_A5, 0.10), Note(_E6, 0.16)),
        "not possible": (Note(_LOW, 0.18), Note(None, 0.08), Note(_LOW, 0.30)),
        # One sound for all three buttons: who stands in the next room must not hear a choice.
        "vote": (Note(_E6, 0.12),),
    }
)
"""The earcons: rising for what was done, low and twice for what cannot be, told apart without an ear for pitch."""

_LOUDEST: Final = 0.5  # the duty cycle at which a piezo is loudest
_GLANCE: Final = 0.05


class Sounder(PinDevice):
    """Plays one sound at a time, from a thread of its own; a new one cuts the old one off.

        sounder = Sounder(18)
        sounder.start(inbox.put)
        sounder.play("done")

    It is silent after `stop`, and when the program ends. What is asked while the pin is missing is forgotten:
    a sound that comes late says something else.

    pin: the BCM number of the pin the piezo's transistor hangs on.
    pin_factory: gpiozero's; without it, this machine's.
    retry: seconds between two looks for a pin that could not be opened.
    """

    def __init__(
        self,
        pin: int,
        *,
        name: str = "sounder",
        sounds: Mapping[str, tuple[Note, ...]] = SOUNDS,
        pin_factory: Any = None,
        clock: MonotonicClock = time.monotonic,
        retry: float = RETRY,
    ) -> None:
        super().__init__(name=name, pin_factory=pin_factory, clock=clock, retry=retry)
        self._pin = pin
        self._sounds = sounds
        self._output: Any = None
        self._asked = threading.Condition()
        self._next: tuple[Note, ...] | None = None

    def play(self, sound: str) -> None:
        """Begin this sound now and return at once. KeyError if there is no such sound."""
        if sound not in self._sounds:
            raise KeyError(f"there is no sound {sound!r}; there are {', '.join(self._sounds)}")
        self._ask(self._sounds[sound])

    def silence(self) -> None:
        """Cut off what is playing."""
        self._ask(())

    def start(self, sink: Sink) -> None:
        """Take the pin; returns at once, also when it is missing."""
        atexit.unregister(self.stop)
        atexit.register(self.stop)
        super().start(sink)

    def stop(self) -> None:
        """Silent, and let go of the pin; may be called twice, and before start."""
        atexit.unregister(self.stop)
        super().stop()

    def _ask(self, notes: tuple[Note, ...]) -> None:
        with self._asked:
            self._next = notes
            self._asked.notify()

    def _open(self, pin_factory: Any) -> None:
        from gpiozero import PWMOutputDevice

        self._output = PWMOutputDevice(self._pin, initial_value=0, pin_factory=pin_factory)

    def _close(self) -> None:
        output, self._output = self._output, None
        if output is not None:
            try:
                output.off()
            finally:
                output.close()

    def _interrupt(self) -> None:
        with self._asked:
            self._asked.notify()

    def _work(self) -> None:
        with self._asked:
            self._next = None
        self._change(DeviceState.READY)
        while not self._stopping.is_set():
            for note in self._wait_for_sound():
                self._sound(note.frequency)
                if not self._lasts(note.seconds):
                    break
            self._sound(None)

    def _wait_for_sound(self) -> tuple[Note, ...]:
        with self._asked:
            while self._next is None and not self._stopping.is_set():
                self._asked.wait()
            notes, self._next = self._next, None
        return notes or ()

    def _lasts(self, seconds: float) -> bool:
        """Wait for the end of a note; False if something else was asked before it came."""
        until = self._clock() + seconds
        with self._asked:
            while (left := until - self._clock()) > 0:
                if self._next is not None or self._stopping.is_set():
                    return False
                self._asked.wait(min(left, _GLANCE))
        return True

    def _sound(self, frequency: float | None) -> None:
        if frequency is None:
            self._output.off()
            return
        self._output.frequency = frequency
        self._output.value = _LOUDEST
