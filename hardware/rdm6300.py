"""A reader of 125 kHz tags: an RDM6300 (or any board that speaks like it) on a serial port at 9600 baud.

A frame is 14 bytes: 02, ten hexadecimal digits (one byte of version, four of number), two of checksum (the
five bytes XORed), 03. It comes about every 65 ms while a tag is near, and nothing comes otherwise, so a
reader that is silent cannot be told from one that is dead (Seeed wiki, "125Khz RFID module - UART").
These tags are copied by anyone for the price of a coffee: they name, they do not prove.
"""

import string
import time
from collections.abc import Collection, Iterator

from hardware.device import MonotonicClock
from hardware.plugged import LineTiming
from hardware.presence import TagPresence
from hardware.serial_line import SerialDevice
from hardware.signals import Signal

BAUDRATE = 9600
FRAME_LENGTH = 14

_BEGIN = 0x02
_END = 0x03
_HEX = frozenset(string.hexdigits.encode("ascii"))
_LISTEN = 0.05  # seconds; how finely a tag's going is noticed


def tag_frame(uid: bytes) -> bytes:
    """The frame a reader sends for these five bytes; ValueError if they are not five."""
    if len(uid) != 5:
        raise ValueError(f"a 125 kHz tag has five bytes, not {len(uid)}")
    digits = (uid + bytes((_checksum(uid),))).hex().upper()
    return bytes((_BEGIN, *digits.encode("ascii"), _END))


def _checksum(uid: bytes) -> int:
    total = 0
    for byte in uid:
        total ^= byte
    return total


class TagParser:
    """Finds tags in whatever the line brings; a false beginning costs one byte.

    rejected: how many beginnings were no tag: not hexadecimal, not ended, or with a wrong checksum.
    """

    def __init__(self) -> None:
        self.rejected = 0
        self._waiting = bytearray()

    def feed(self, data: bytes) -> list[bytes]:
        """The five bytes of each tag that is complete with this data."""
        self._waiting += data
        return list(self._tags())

    def clear(self) -> None:
        """Forget what is waiting: the line was lost."""
        self._waiting.clear()

    def _tags(self) -> Iterator[bytes]:
        while (begin := self._waiting.find(_BEGIN)) >= 0:
            del self._waiting[:begin]
            if self._may_still_come():
                return
            uid = _uid_in(bytes(self._waiting[:FRAME_LENGTH]))
            del self._waiting[: 1 if uid is None else FRAME_LENGTH]
            if uid is None:
                self.rejected += 1
            else:
                yield uid
        self._waiting.clear()

    def _may_still_come(self) -> bool:
        return len(self._waiting) < FRAME_LENGTH and _HEX.issuperset(self._waiting[1:13])


def _uid_in(frame: bytes) -> bytes | None:
    """The tag's five bytes if this is a whole and true frame."""
    digits = frame[1:13]
    if len(frame) != FRAME_LENGTH or frame[-1] != _END or not _HEX.issuperset(digits):
        return None
    *uid, checksum = bytes.fromhex(digits.decode("ascii"))
    if _checksum(bytes(uid)) != checksum or set(uid) in ({0x00}, {0xFF}):
        return None
    return bytes(uid)


class Rdm6300Reader(SerialDevice):
    """Says CardSeen (tech "em4100", five bytes) and CardGone for tags held to an RDM6300.

    presence: seconds of silence after which a tag is gone.
    It is READY as soon as its port is open: this reader never speaks of itself.
    """

    def __init__(
        self,
        port: str,
        *,
        name: str = "badge reader",
        clock: MonotonicClock = time.monotonic,
        presence: float = 0.3,
        line_timing: LineTiming | None = None,
        but: Collection[str] = (),
    ) -> None:
        super().__init__(port, BAUDRATE, name=name, clock=clock, line_timing=line_timing, but=but)
        self._presence = TagPresence(name, tech="em4100", silence=presence)
        self._parser = TagParser()

    def _talk(self) -> None:
        self._parser.clear()
        self._ready("")
        while not self._stopping.is_set():
            data = self._line.read(_LISTEN)
            self._hear(data, self._clock())

    def _hear(self, data: bytes, at: float) -> None:
        rejected = self._parser.rejected
        for uid in self._parser.feed(data):
            self._heard_well()
            self._say_all(self._presence.seen(uid, at))
        for _ in range(self._parser.rejected - rejected):
            self._count_error("not a tag")
        if not data:
            self._say_all(self._presence.tick(at))

    def _forget(self, at: float) -> None:
        self._say_all(self._presence.forget(at))

    def _say_all(self, signals: list[Signal]) -> None:
        for signal in signals:
            self._say(signal)
