"""What is plugged in and pulled out again: how it is looked for, and what its drivers share.

A line is the way to one device: a serial port, or the node of one that types like a keyboard. It is opened, lost
and opened again for ever; whatever goes wrong with it becomes one `LineDownError` with a sentence for a person.
"""

import logging
import os
import random
import select
import threading
from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Generic, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from hardware.device import MonotonicClock, Sink, Status
from hardware.errors import HardwareError
from hardware.signals import DeviceChanged, DeviceState, Signal

log = logging.getLogger(__name__)


class LineTiming(Struct, frozen=True):
    """How patiently a lost port is looked for; all in seconds, except `jitter`.

    first_retry, longest_retry: the pause before opening again starts at the first, doubles, ends at the last.
    jitter: the share by which each pause is drawn longer or shorter, so that two kiosks do not march in step.
    look_every: how often a missing port's name is looked at meanwhile; when it appears, the pause is over.
    write: how long a port may refuse to take bytes before it counts as gone.
    """

    first_retry: float = 0.5
    longest_retry: float = 10.0
    jitter: float = 0.2
    look_every: float = 0.5
    write: float = 0.5


class LineDownError(HardwareError):
    """The port cannot be used now. state: LOST, BUSY or FAULT; the message is one sentence for a person."""

    def __init__(self, state: DeviceState, sentence: str) -> None:
        super().__init__(sentence)
        self.state = state
        self.sentence = sentence


class BackOff:
    """How long to pause before the next try: doubling, never more than the longest, never quite regular."""

    def __init__(self, timing: LineTiming, *, chance: random.Random | None = None) -> None:
        self._timing = timing
        self._chance = chance or random.Random()
        self._next = timing.first_retry

    def pause(self) -> float:
        """Seconds to wait this time; the next answer is longer."""
        steady = self._next
        self._next = min(steady * 2, self._timing.longest_retry)
        spread = steady * self._timing.jitter
        return min(self._chance.uniform(steady - spread, steady + spread), self._timing.longest_retry)

    def reset(self) -> None:
        """All is well again: the next pause is the shortest."""
        self._next = self._timing.first_retry


class Line(ABC):
    """The way to a device that comes and goes.

    port: what it is called in the settings, or the one of several that was opened last.
    """

    def __init__(self, port: str, *, name: str, clock: MonotonicClock, timing: LineTiming | None) -> None:
        self.port = port
        self.name = name
        self._clock = clock
        self._timing = timing or LineTiming()
        self._back_off = BackOff(self._timing)
        self._guard = threading.Lock()
        self._waker: tuple[int, int] | None = None

    @abstractmethod
    def open(self) -> None:
        """Take it, at once or not at all; raises LineDownError with the reason."""

    @abstractmethod
    def close(self) -> None:
        """Let go of it; harmless when it is not open. To be called by the thread that reads."""

    @abstractmethod
    def disappoint(self) -> None:
        """The device was not found here, or is lost: among several, another is tried next."""

    @abstractmethod
    def _there(self) -> set[str]:
        """What is there now, of all that may be opened."""

    @abstractmethod
    def _known(self) -> set[str]:
        """What was there when it was last tried in vain."""

    def interrupt(self) -> None:
        """Make a `read` that waits in another thread return at once."""
        with self._guard:
            if self._waker is not None:
                os.write(self._waker[1], b"!")

    def pause(self, stopping: threading.Event) -> None:
        """Wait before the next opening, each time longer.

        Over at once when stopping, or when something that was missing appears: whoever plugs it in is waiting.
        """
        until = self._clock() + self._back_off.pause()
        known = self._known()
        while (left := until - self._clock()) > 0 and not stopping.is_set():
            there = self._there()
            if there - known:
                return
            known = there
            stopping.wait(min(left, self._timing.look_every))

    def settled(self) -> None:
        """The device speaks: the next pause is short again."""
        self._back_off.reset()

    def _wakes(self, waker: tuple[int, int] | None) -> None:
        """From now on `interrupt` writes to this pipe, or to none; the one before is closed. Under the guard."""
        before, self._waker = self._waker, waker
        for end in before or ():
            os.close(end)

    def _ready(self, files: Sequence[int], within: float) -> list[int]:
        """Those of these files that have something to read, or have it within so many seconds; none if woken."""
        assert self._waker is not None
        woken = self._waker[0]
        ready, _, _ = select.select([*files, woken], [], [], max(0.0, within))
        if woken in ready:
            os.read(woken, 64)
            return []
        return ready


L = TypeVar("L", bound=Line)


class PluggedDevice(ABC, Generic[L]):
    """A device on a line, with a thread of its own that never ends by an error.

    A driver writes only `_talk`, which is called each time the line has opened, and returns when told to
    stop or raises LineDownError when the line or the device is lost.
    """

    def __init__(self, line: L, *, name: str, clock: MonotonicClock) -> None:
        self._name = name
        self._clock = clock
        self._line = line
        self._sink: Sink = _nobody
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None
        self._status = Status(DeviceState.STOPPED, since=clock())
        self._status_guard = threading.Lock()

    @property
    def name(self) -> str:
        """What people call it."""
        return self._name

    @property
    def where(self) -> str:
        """The port it is on, or was last looked for on."""
        return self._line.port

    def start(self, sink: Sink) -> None:
        """Begin to look for the device and to listen; returns at once, also when it is missing."""
        if self._thread is not None:
            return
        self._sink = sink
        self._stopping = threading.Event()
        self._status = Status(DeviceState.STARTING, since=self._clock())
        self._thread = threading.Thread(target=self._run, name=self._name, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Be silent and let go of the line; may be called twice, before start, and from the sink."""
        self._stopping.set()
        self._line.interrupt()
        thread, self._thread = self._thread, None
        if thread is not None and thread is not threading.current_thread():
            thread.join(timeout=5.0)
        with self._status_guard:
            if self._status.state is not DeviceState.STOPPED:
                self._status = replace(self._status, state=DeviceState.STOPPED, since=self._clock(), detail="")

    def status(self) -> Status:
        """How it is doing now; may be called from any thread."""
        with self._status_guard:
            return self._status

    @abstractmethod
    def _talk(self) -> None:
        """Work on the open line until `_stopping` is set; raise LineDownError when the device is lost."""

    @abstractmethod
    def _forget(self, at: float) -> None:
        """The device is lost: say what is no longer so (a card that lay there)."""

    def _run(self) -> None:
        stopping = self._stopping
        while not stopping.is_set():
            try:
                self._line.open()
                self._talk()
            except LineDownError as down:
                self._lost(down)
            except Exception:
                log.exception("%s: the driver stumbled", self._name)
                self._lost(LineDownError(DeviceState.FAULT, f"{self._name}: the driver stumbled; see the log"))
            self._line.close()
            self._line.pause(stopping)

    def _lost(self, down: LineDownError) -> None:
        self._line.disappoint()
        self._forget(self._clock())
        self._change(down.state, f"{self._name}: {down.sentence}")

    def _ready(self, detail: str) -> None:
        """The device spoke: it is ready, and the next search for it begins quickly again."""
        self._line.settled()
        self._heard_well()
        self._change(DeviceState.READY, detail)

    def _heard_well(self) -> None:
        with self._status_guard:
            self._status = replace(self._status, last_ok=self._clock())

    def _count_error(self, what: str) -> None:
        if self._stopping.is_set():
            return  # an exchange broken off by stopping is nobody's fault
        log.debug("%s: %s", self._name, what)
        with self._status_guard:
            self._status = replace(self._status, errors=self._status.errors + 1)

    def _change(self, state: DeviceState, detail: str) -> None:
        """Remember the state, and say it if it is news."""
        at = self._clock()
        with self._status_guard:
            if self._stopping.is_set() or (self._status.state, self._status.detail) == (state, detail):
                return
            since = self._status.since if self._status.state is state else at
            self._status = replace(self._status, state=state, since=since, detail=detail)
        self._say(DeviceChanged(device=self._name, at=at, state=state, detail=detail))

    def _say(self, signal: Signal) -> None:
        if self._stopping.is_set():
            return
        try:
            self._sink(signal)
        except Exception:
            # By its kind alone: a badge's number is in no log.
            log.exception("%s: the listener failed on a %s", self._name, type(signal).__name__)


def _nobody(_: Signal) -> None:
    """Hears signals before anybody listens."""
