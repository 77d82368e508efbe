"""A serial port that comes back: opened, lost and opened again for ever, and what its devices share.

An unplugged port raises three unrelated families in pyserial 3.5: SerialException, plain OSError and
termios.error, which is no OSError. Here they all become one `LineDownError` with a sentence for a person.
"""

import contextlib
import errno
import logging
import os
import random
import select
import threading
import time
from abc import ABC, abstractmethod
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from hardware.device import MonotonicClock, Sink, Status
from hardware.errors import HardwareError
from hardware.ports import matching, pattern_of
from hardware.signals import DeviceChanged, DeviceState, Signal

if TYPE_CHECKING:
    import serial

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


_SENTENCES: dict[int, tuple[DeviceState, str]] = {
    errno.ENOENT: (DeviceState.LOST, "is missing; is it plugged in?"),
    errno.ENODEV: (DeviceState.LOST, "is missing; is it plugged in?"),
    errno.ENXIO: (DeviceState.LOST, "is missing; is it plugged in?"),
    errno.ENOTDIR: (DeviceState.LOST, "is missing; is it plugged in?"),
    errno.ELOOP: (DeviceState.FAULT, "is a link that leads nowhere"),
    errno.EAGAIN: (DeviceState.BUSY, "is held by another program"),
    errno.EBUSY: (DeviceState.BUSY, "is held by another program"),
    errno.EACCES: (DeviceState.FAULT, "may not be opened by this user; is the user in the group dialout?"),
    errno.EPERM: (DeviceState.FAULT, "may not be opened by this user; is the user in the group dialout?"),
    errno.ENOTTY: (DeviceState.FAULT, "is not a serial port"),
    errno.EISDIR: (DeviceState.FAULT, "is not a serial port"),
    errno.EINVAL: (DeviceState.FAULT, "is not a serial port that can be set up"),
}


def why_not_opened(port: str, error: Exception) -> LineDownError:
    """What a person should know about a port that did not open, from whatever pyserial raised."""
    number = _errno_of(error)
    state, words = _SENTENCES.get(number, (DeviceState.LOST, f"did not open ({error})"))
    return LineDownError(state, f"{port} {words}")


def _errno_of(error: BaseException) -> int:
    """The system's number behind an error, wherever pyserial put it; 0 if there is none.

    pyserial passes it on at open, but wraps termios.error, whose first argument is the number, in a bare text.
    """
    number = getattr(error, "errno", None)
    if isinstance(number, int):
        return number
    if error.args and isinstance(error.args[0], int):
        return error.args[0]
    return _errno_of(error.__context__) if error.__context__ else 0


def _serial_failures() -> tuple[type[Exception], ...]:
    """All that a port can raise once it is open. SerialException is an OSError; termios.error is not."""
    import termios

    return OSError, termios.error


class SerialLine:
    """One port by name, opened for us alone.

    The name is looked up anew at each opening, so a link such as /dev/serial/by-id/… finds its device under
    whatever number it came back. A pattern such as /dev/serial/by-id/*, or "auto", is a choice of ports: the one
    that answered last, then the others in turn, and never one that does not match.

    answers: whether the device can be asked if it is there. One that only speaks when it has something to say is
    taken by its name alone, so a pattern must then match one port and no more. but: ports of other devices.
    """

    def __init__(
        self,
        port: str,
        baudrate: int,
        *,
        clock: MonotonicClock = time.monotonic,
        name: str = "serial line",
        timing: LineTiming | None = None,
        answers: bool = False,
        but: Collection[str] = (),
    ) -> None:
        self.port = port
        self._wanted = port
        self._pattern = pattern_of(port)
        self._answers, self._but = answers, tuple(but)
        self._matched: tuple[str, ...] = ()
        self._tried: list[str] = []
        self.name = name
        self._baudrate = baudrate
        self._clock = clock
        self._timing = timing or LineTiming()
        self._back_off = BackOff(self._timing)
        self._guard = threading.Lock()
        self._serial: serial.Serial | None = None
        self._waker: tuple[int, int] | None = None
        self._missing = False

    @property
    def is_open(self) -> bool:
        """Whether bytes can be sent and heard now, as far as is known."""
        return self._serial is not None

    def open(self) -> None:
        """Take the port, at once or not at all; raises LineDownError with the reason."""
        import serial

        self.close()
        if self._pattern:
            self.port = self._choose()
        try:
            opened = serial.Serial(
                self.port, self._baudrate, timeout=0, write_timeout=self._timing.write, exclusive=True
            )
        except _serial_failures() as error:
            self._missing = _errno_of(error) == errno.ENOENT
            if self._pattern:
                self._tried.append(self.port)
            raise why_not_opened(self.port, error) from error
        self._missing = False
        with self._guard:
            self._serial = opened
            self._waker = os.pipe()

    def _choose(self) -> str:
        """Which of the ports that match is to be opened now; LineDownError when there is none, or no telling."""
        self._matched = tuple(matching(self._pattern, self._but))
        self._missing = not self._matched
        if not self._matched:
            raise LineDownError(DeviceState.LOST, f"no port {self._wanted} is there; is it plugged in?")
        if not self._answers and len(self._matched) > 1:
            several = ", ".join(self._matched)
            raise LineDownError(
                DeviceState.FAULT, f"{self._wanted} could be any of {several}; write one of them in the settings"
            )
        if self.port in self._matched and self.port not in self._tried:
            return self.port
        left = [port for port in self._matched if port not in self._tried]
        if not left:  # all have been tried; from the first again
            self._tried.clear()
            left = list(self._matched)
        return left[0]

    def disappoint(self) -> None:
        """The device was not found behind this port, or is lost: among several, the next one is tried."""
        if self._pattern and self.port in self._matched and self.port not in self._tried:
            self._tried.append(self.port)

    def close(self) -> None:
        """Let go of the port; harmless when it is not open. To be called by the thread that reads."""
        with self._guard:
            opened, self._serial = self._serial, None
            waker, self._waker = self._waker, None
        if opened is not None:
            with contextlib.suppress(*_serial_failures()):
                opened.close()
        for end in waker or ():
            os.close(end)

    def read(self, within: float) -> bytes:
        """What has come, or comes within so many seconds; empty if nothing does. Returns at the first bytes."""
        with self._in_use("read") as opened:
            if not self._something_came(opened, within):
                return b""
            # A port that is gone is always ready and has nothing: then reading one byte says so.
            return opened.read(max(1, opened.in_waiting))

    def write(self, data: bytes) -> None:
        """Send all of it; raises LineDownError if the port does not take it."""
        with self._in_use("write") as opened:
            opened.write(data)

    def flush_input(self) -> None:
        """Forget all that came and was not read."""
        with self._in_use("flush") as opened:
            opened.reset_input_buffer()

    def interrupt(self) -> None:
        """Make a `read` that waits in another thread return at once."""
        with self._guard:
            if self._waker is not None:
                os.write(self._waker[1], b"!")

    def _something_came(self, opened: "serial.Serial", within: float) -> bool:
        assert self._waker is not None
        woken = self._waker[0]
        ready, _, _ = select.select([opened.fileno(), woken], [], [], max(0.0, within))
        if woken in ready:
            os.read(woken, 64)
            return False
        return bool(ready)

    @contextlib.contextmanager
    def _in_use(self, doing: str) -> Iterator["serial.Serial"]:
        """The open port; whatever goes wrong with it meanwhile closes it and becomes one LineDownError."""
        if self._serial is None:
            raise LineDownError(DeviceState.LOST, f"{self.port} is not open")
        try:
            yield self._serial
        except _serial_failures() as error:
            log.info("%s: %s failed on %s: %s", self.name, doing, self.port, error)
            self.close()
            raise LineDownError(DeviceState.LOST, f"{self.port} is gone; was it unplugged?") from error

    def pause(self, stopping: threading.Event) -> None:
        """Wait before the next opening, each time longer.

        Over at once when stopping, or when a port that was missing appears: whoever plugs it in is waiting.
        """
        until = self._clock() + self._back_off.pause()
        known = set() if self._missing else self._there() | set(self._matched)
        while (left := until - self._clock()) > 0 and not stopping.is_set():
            there = self._there()
            if there - known:
                return
            known = there
            stopping.wait(min(left, self._timing.look_every))

    def _there(self) -> set[str]:
        """The ports that are there now, of those that may be opened."""
        if self._pattern:
            return set(matching(self._pattern, self._but))
        return {self.port} if Path(self.port).exists() else set()

    def settled(self) -> None:
        """The device behind the port speaks: the next pause is short again, and this port is looked at first."""
        self._back_off.reset()
        self._tried.clear()


class SerialDevice(ABC):
    """A device on a serial port, with a thread of its own that never ends by an error.

    A driver writes only `_talk`, which is called each time the port has opened, and returns when told to
    stop or raises LineDownError when the line or the device is lost.
    """

    def __init__(
        self,
        port: str,
        baudrate: int,
        *,
        name: str,
        clock: MonotonicClock,
        line_timing: LineTiming | None,
        answers: bool = False,
        but: Collection[str] = (),
    ) -> None:
        self._name = name
        self._clock = clock
        self._line = SerialLine(
            port, baudrate, clock=clock, name=name, timing=line_timing, answers=answers, but=but
        )
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
        """Be silent and let go of the port; may be called twice, before start, and from the sink."""
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
