"""A serial port that comes back: opened, lost and opened again for ever.

An unplugged port raises three unrelated families in pyserial 3.5: SerialException, plain OSError and
termios.error, which is no OSError. Here they all become one `LineDownError` with a sentence for a person.
"""

import contextlib
import errno
import logging
import os
import time
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from hardware.device import MonotonicClock
from hardware.plugged import Line, LineDownError, LineTiming, PluggedDevice
from hardware.ports import matching, pattern_of
from hardware.signals import DeviceState

if TYPE_CHECKING:
    import serial

log = logging.getLogger(__name__)


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


class SerialLine(Line):
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
        super().__init__(port, name=name, clock=clock, timing=timing)
        self._wanted = port
        self._pattern = pattern_of(port)
        self._answers, self._but = answers, tuple(but)
        self._matched: tuple[str, ...] = ()
        self._tried: list[str] = []
        self._baudrate = baudrate
        self._serial: serial.Serial | None = None
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
            self._wakes(os.pipe())

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
            self._wakes(None)
        if opened is not None:
            with contextlib.suppress(*_serial_failures()):
                opened.close()

    def read(self, within: float) -> bytes:
        """What has come, or comes within so many seconds; empty if nothing does. Returns at the first bytes."""
        with self._in_use("read") as opened:
            if not self._ready([opened.fileno()], within):
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

    def _there(self) -> set[str]:
        """The ports that are there now, of those that may be opened."""
        if self._pattern:
            return set(matching(self._pattern, self._but))
        return {self.port} if Path(self.port).exists() else set()

    def _known(self) -> set[str]:
        return set() if self._missing else self._there() | set(self._matched)

    def settled(self) -> None:
        """The device behind the port speaks: the next pause is short again, and this port is looked at first."""
        super().settled()
        self._tried.clear()


class SerialDevice(PluggedDevice[SerialLine]):
    """A device on a serial port; a driver writes `_talk` and `_forget`."""

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
        line = SerialLine(port, baudrate, clock=clock, name=name, timing=line_timing, answers=answers, but=but)
        super().__init__(line, name=name, clock=clock)
