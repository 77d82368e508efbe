"""Scanners and badge readers that pretend to be a keyboard: they type what they read, and Enter behind it.

Most of the cheap ones do. What they type reaches the kiosk and nothing else (`TypingLine`), and is a code only if
it comes faster than people type (`Typist`). They must be set to the US layout, and to an Enter behind each code.
"""

import re
import time
from abc import abstractmethod
from collections.abc import Collection

from hardware.code_scanner import CodeReadings, Reading, signal_of
from hardware.device import MonotonicClock
from hardware.event_nodes import LINUX, Nodes
from hardware.plugged import LineTiming, PluggedDevice
from hardware.presence import TagPresence
from hardware.signals import Signal
from hardware.typed_keys import Typed, Typist
from hardware.typing_line import TypingLine

_LISTEN = 0.1  # seconds

_DECIMAL = re.compile(r"[0-9]{10}")
_HEX = re.compile(r"[0-9A-Fa-f]{8}|[0-9A-Fa-f]{10}")


def number_in(text: str) -> bytes | None:
    """The number of a 125 kHz tag as its reader types it; None if it is none.

    Ten hexadecimal digits are all five bytes of it. Ten decimal digits, as printed on most tags, are the last four
    bytes without the first, and so are eight hexadecimal ones.
    """
    if _DECIMAL.fullmatch(text) and int(text) < 1 << 32:
        uid = int(text).to_bytes(4, "big")
    elif _HEX.fullmatch(text):
        uid = bytes.fromhex(text)
    else:
        return None
    return None if set(uid) in ({0x00}, {0xFF}) else uid


class TypingDevice(PluggedDevice[TypingLine]):
    """What both share: what is typed is heard whole, in order.

    port: "keyboard:1a2b:3c4d", or a path in /dev/input. settle: seconds after it was plugged in in which what is
    typed is noise. nodes: those of this machine, or pretended ones.
    It is READY as soon as it is ours alone: it does not speak until something is held to it.
    """

    def __init__(
        self,
        port: str,
        *,
        name: str,
        clock: MonotonicClock,
        settle: float,
        line_timing: LineTiming | None,
        but: Collection[str],
        nodes: Nodes,
    ) -> None:
        line = TypingLine(port, clock=clock, name=name, timing=line_timing, but=but, nodes=nodes)
        super().__init__(line, name=name, clock=clock)
        self._settle = settle
        self._typist = Typist()

    def _talk(self) -> None:
        self._typist.opened(self._clock(), self._settle)
        self._ready("")
        while not self._stopping.is_set():
            # Whatever came before this moment is in what is read next; so nothing else came until then.
            asked = self._clock()
            for typed in [*self._typist.feed(self._line.read(_LISTEN)), *self._typist.tick(asked)]:
                self._hear(typed)
            self._quiet(asked)

    def _forget(self, at: float) -> None:
        for typed in self._typist.closed(at):
            self._hear(typed)

    @abstractmethod
    def _hear(self, typed: Typed) -> None:
        """Something was typed up to its Enter, or spoilt."""

    @abstractmethod
    def _quiet(self, until: float) -> None:
        """All that was typed until then has been heard."""


class TypingScanner(TypingDevice):
    """Says CodeScanned and CodeUnreadable for codes held to a scanner that types.

    repeat_guard: as in `CodeReadings`, in seconds.
    """

    def __init__(
        self,
        port: str,
        *,
        name: str = "code scanner",
        clock: MonotonicClock = time.monotonic,
        repeat_guard: float = 2.0,
        settle: float = 1.0,
        line_timing: LineTiming | None = None,
        but: Collection[str] = (),
        nodes: Nodes = LINUX,
    ) -> None:
        super().__init__(port, name=name, clock=clock, settle=settle, line_timing=line_timing, but=but, nodes=nodes)
        self._readings = CodeReadings(repeat_guard=repeat_guard, settle=0.0)

    def _hear(self, typed: Typed) -> None:
        for reading in self._read(typed):
            if reading.why:
                self._count_error(reading.why)
            else:
                self._heard_well()
            self._say(signal_of(reading, self._name))

    def _read(self, typed: Typed) -> list[Reading]:
        if typed.why:
            return self._readings.spoilt(typed.why, typed.at)
        code = typed.text.encode("ascii")
        return [*self._readings.feed(code, typed.began), *self._readings.feed(b"\r", typed.at)]

    def _quiet(self, until: float) -> None:
        """A code does not go away."""


class TypingReader(TypingDevice):
    """Says CardSeen (tech "em4100", five or four bytes) and CardGone for 125 kHz tags held to a reader that types.

    repeat_guard: seconds in which the same number again is the same tag, which has not been taken away. The reader
    does not say when it is; it is said to be gone after as long.
    """

    def __init__(
        self,
        port: str,
        *,
        name: str = "badge reader",
        clock: MonotonicClock = time.monotonic,
        repeat_guard: float = 2.0,
        settle: float = 1.0,
        line_timing: LineTiming | None = None,
        but: Collection[str] = (),
        nodes: Nodes = LINUX,
    ) -> None:
        super().__init__(port, name=name, clock=clock, settle=settle, line_timing=line_timing, but=but, nodes=nodes)
        self._presence = TagPresence(name, tech="em4100", silence=repeat_guard)

    def _hear(self, typed: Typed) -> None:
        uid = number_in(typed.text)
        if uid is None:
            self._count_error(typed.why or "not a tag")
            return
        self._heard_well()
        self._quiet(typed.began)
        self._say_all(self._presence.seen(uid, typed.at))

    def _quiet(self, until: float) -> None:
        self._say_all(self._presence.tick(until))

    def _forget(self, at: float) -> None:
        super()._forget(at)
        self._say_all(self._presence.forget(at))

    def _say_all(self, signals: list[Signal]) -> None:
        for signal in signals:
            self._say(signal)
