"""A scanner of printed and shown codes, on a serial port or a USB port that acts as one.

Made for what GM65, DE2120 and their like send: the code's text, and behind it CR, LF, both, or nothing but
silence. The scanner is never asked or configured: it works as it comes out of the box, or as the set-up
codes in its leaflet made it. Set it to UTF-8 (some come as GBK).
"""

import re
import time
import unicodedata
from collections.abc import Collection

from msgspec import Struct

from hardware.device import MonotonicClock
from hardware.plugged import LineTiming
from hardware.serial_line import SerialDevice
from hardware.signals import CodeScanned, CodeUnreadable

LONGEST_CODE = 1024  # bytes; a piece of a letter is the longest code there is

_ENDS = re.compile(rb"[\r\n]")
# A DE2120 answers its own commands with ACK and NACK on the line the codes come on; NUL is padding.
_LINE_CHATTER = bytes((0x00, 0x06, 0x15))
_BYTE_ORDER_MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"
# What kind of code it was, if the scanner says so: "]", a letter, a digit (ISO/IEC 15424); "]Q1" is a QR code.
_SYMBOLOGY = re.compile(r"\][A-Za-z][0-9]")
# Characters that make text look like other text: Unicode's Bidi_Control.
_TURNS_AROUND = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_NEVER_IN_A_CODE = frozenset(("Cc", "Cs", "Zl", "Zp"))

TOO_LONG = "too long"
NOT_TEXT = "not text"
CUT_OFF = "cut off"


class Reading(Struct, frozen=True):
    """One presentation of a code. text: what it says, or empty and `why` says why it is unreadable.

    at: the moment of its last byte, in seconds.
    """

    text: str
    why: str
    at: float


def text_of(code: bytes) -> str | None:
    """The text a code stands for, NFC-normalised; None if it is no text that may be shown and compared."""
    try:
        text = code.translate(None, _LINE_CHATTER).decode("utf-8")
    except UnicodeDecodeError:
        return None
    text = text.removeprefix(_BYTE_ORDER_MARK)
    if symbology := _SYMBOLOGY.match(text):
        text = text[symbology.end() :].removeprefix(_BYTE_ORDER_MARK)
    text = unicodedata.normalize("NFC", text)
    return None if any(_is_forbidden(character) for character in text) else text


def _is_forbidden(character: str) -> bool:
    return (
        character in _TURNS_AROUND
        or character == _BYTE_ORDER_MARK
        or unicodedata.category(character) in _NEVER_IN_A_CODE
    )


class CodeReadings:
    """Makes readings of whatever the line brings. Pure; give it `now` in seconds on one steady clock.

    suffix_silence: a code that no CR or LF ends is over after this silence.
    repeat_guard: a scanner that looks all the time sends the same code again and again; it is one reading
    until it has not been seen for so long. Another code in between makes it a new one.
    settle: what begins within this time after `opened` is power-up noise.
    """

    def __init__(self, *, suffix_silence: float = 0.08, repeat_guard: float = 2.0, settle: float = 1.0) -> None:
        self._suffix_silence = suffix_silence
        self._repeat_guard = repeat_guard
        self._settle = settle
        self._settled_at = 0.0
        self._code = bytearray()
        self._began = 0.0
        self._last_byte = 0.0
        self._overflowing = False
        self._last: tuple[str, str, float] | None = None

    @property
    def waiting(self) -> int:
        """How many bytes are kept of a code that is not over yet; never more than LONGEST_CODE."""
        return len(self._code)

    def opened(self, now: float) -> None:
        """The line has just been opened; what was half heard before is forgotten."""
        self._settled_at = now + self._settle
        self._drop()

    def closed(self, now: float) -> list[Reading]:
        """The line is lost; a code that was half heard is unreadable."""
        readings = self._read("", CUT_OFF, now) if self._code else []
        self._drop()
        return readings

    def feed(self, data: bytes, now: float) -> list[Reading]:
        """The readings that are complete with these bytes, which came at `now`.

        Time that passed since the last bytes says nothing here: a busy machine fetches them late. Only a
        `tick`, after listening in vain, ends a code by silence.
        """
        readings: list[Reading] = []
        *ended, rest = _ENDS.split(data)
        for part in ended:
            readings += self._more(part, now)
            readings += self._end(now)
        return readings + self._more(rest, now)

    def tick(self, now: float) -> list[Reading]:
        """The reading that silence completes."""
        silent = now - self._last_byte >= self._suffix_silence
        return self._end(self._last_byte) if silent else []

    def spoilt(self, why: str, at: float) -> list[Reading]:
        """A code that did not get here whole; at: its last moment. Nonsense held there is complained of once."""
        self._drop()
        self._began = at
        return self._read("", why, at)

    def _more(self, part: bytes, now: float) -> list[Reading]:
        if not part:
            return []
        if not self._code and not self._overflowing:
            self._began = now
        self._last_byte = now
        if self._overflowing:
            return []
        if len(self._code) + len(part) <= LONGEST_CODE:
            self._code += part
            return []
        self._code.clear()
        self._overflowing = True
        return self._read("", TOO_LONG, now)

    def _end(self, at: float) -> list[Reading]:
        code, overflowed = bytes(self._code), self._overflowing
        self._drop()
        if overflowed or not code:
            return []
        text = text_of(code)
        if text is None:
            return self._read("", NOT_TEXT, at)
        return self._read(text, "", at) if text.strip() else []

    def _drop(self) -> None:
        self._code.clear()
        self._overflowing = False

    def _read(self, text: str, why: str, at: float) -> list[Reading]:
        if self._began < self._settled_at:
            return []
        last, self._last = self._last, (text, why, at)
        if last is not None and last[:2] == (text, why) and at - last[2] < self._repeat_guard:
            return []
        return [Reading(text, why, at)]


def signal_of(reading: Reading, device: str) -> CodeScanned | CodeUnreadable:
    """What a scanner says of a reading."""
    if reading.why:
        return CodeUnreadable(device=device, at=reading.at, why=reading.why)
    return CodeScanned(device=device, at=reading.at, text=reading.text)


class CodeScanner(SerialDevice):
    """Says CodeScanned and CodeUnreadable for codes held to a scanner.

    port, baudrate: as the scanner's leaflet says; 9600 for most.
    suffix_silence, repeat_guard, settle: as in `CodeReadings`, in seconds.
    It is READY as soon as its port is open: a scanner does not speak until it sees a code.
    """

    def __init__(
        self,
        port: str,
        *,
        name: str = "code scanner",
        clock: MonotonicClock = time.monotonic,
        baudrate: int = 9600,
        suffix_silence: float = 0.08,
        repeat_guard: float = 2.0,
        settle: float = 1.0,
        line_timing: LineTiming | None = None,
        but: Collection[str] = (),
    ) -> None:
        super().__init__(port, baudrate, name=name, clock=clock, line_timing=line_timing, but=but)
        self._listen = suffix_silence
        self._readings = CodeReadings(suffix_silence=suffix_silence, repeat_guard=repeat_guard, settle=settle)

    def _talk(self) -> None:
        self._readings.opened(self._clock())
        self._ready("")
        while not self._stopping.is_set():
            data = self._line.read(self._listen)
            now = self._clock()
            self._say_readings(self._readings.feed(data, now) if data else self._readings.tick(now))

    def _forget(self, at: float) -> None:
        self._say_readings(self._readings.closed(at))

    def _say_readings(self, readings: list[Reading]) -> None:
        for reading in readings:
            if reading.why:
                self._count_error(reading.why)
            else:
                self._heard_well()
            self._say(signal_of(reading, self._name))
