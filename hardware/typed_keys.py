"""What a scanner or reader types that pretends to be a keyboard: from key events to whole codes. Pure.

Linux tells of each key that goes down or up in a struct input_event (linux/input.h), with the moment at which it
came from the wire. A key has a number, not a letter: which letter is meant depends on the layout that the scanner
was set to. Here that is always the US layout, with which they come out of the box.
"""

import struct
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Final

from msgspec import Struct

from hardware.code_scanner import CUT_OFF, LONGEST_CODE, NOT_TEXT, TOO_LONG
from hardware.event_nodes import EV_KEY, EV_SYN

GAP = 0.1  # seconds; scanners leave 5 to 40 ms between two characters, people more than this
PAUSE = 1.0  # seconds of silence after which what comes begins something new

SYN_REPORT, SYN_DROPPED = 0, 3
UP, DOWN = 0, 1  # 2 is a key that repeats because it is held

ENTER, KEYPAD_ENTER = 28, 96
LEFT_SHIFT, RIGHT_SHIFT, CAPS_LOCK = 42, 54, 58
_SHIFTS = frozenset((LEFT_SHIFT, RIGHT_SHIFT))
_CHORDS = frozenset((29, 97, 56, 100, 125, 126))  # Ctrl, Alt, Meta: what they make of a key is no text
_SILENT = frozenset((69, 70))  # Num Lock, Scroll Lock: some scanners set them before each code

_ROWS = (
    (2, "1234567890-=", "!@#$%^&*()_+"),
    (16, "qwertyuiop[]", "QWERTYUIOP{}"),
    (30, "asdfghjkl;'`", 'ASDFGHJKL:"~'),
    (43, "\\zxcvbnm,./", "|ZXCVBNM<>?"),
    (57, " ", " "),
    # The keypad means its digits, whatever Num Lock says.
    *((first, signs, signs) for first, signs in ((55, "*"), (71, "789-456+1230."), (98, "/"), (117, "="))),
)
KEYS: Final[Mapping[int, tuple[str, str]]] = MappingProxyType(
    {
        first + place: pair
        for first, plain, shifted in _ROWS
        for place, pair in enumerate(zip(plain, shifted, strict=True))
    }
)
"""What each key writes, without Shift and with it (linux/input-event-codes.h, US layout)."""


class KeyEvent(Struct, frozen=True):
    """A struct input_event. at: seconds, on the clock that its node was set to; kind: its `type`."""

    at: float
    kind: int
    code: int
    value: int


_EVENT = struct.Struct("@llHHi")  # as this machine's kernel lays it out: 24 bytes where it has 64 bits


def event_bytes(event: KeyEvent) -> bytes:
    """The event as the kernel hands it out."""
    seconds, micros = divmod(round(event.at * 1_000_000), 1_000_000)
    return _EVENT.pack(seconds, micros, event.kind, event.code, event.value)


class EventParser:
    """Cuts what is read from a node into events, wherever it was cut before."""

    def __init__(self) -> None:
        self._waiting = b""

    def feed(self, data: bytes) -> list[KeyEvent]:
        """The events that are complete with these bytes."""
        data = self._waiting + data
        whole = len(data) - len(data) % _EVENT.size
        self._waiting = data[whole:]
        return [
            KeyEvent(seconds + micros / 1_000_000, kind, code, value)
            for seconds, micros, kind, code, value in _EVENT.iter_unpack(data[:whole])
        ]


class Typed(Struct, frozen=True):
    """What was typed up to an Enter. text: its characters, ASCII, or empty and `why` says why there are none.

    began, at: the moments of its first and its last key, in seconds.
    """

    text: str
    why: str
    began: float
    at: float


class _Hands(Struct):
    """Which of the keys that change others are down."""

    shifts: set[int]
    chords: set[int]
    caps: bool = False

    def move(self, code: int, down: bool) -> bool:
        """The key went down or up; whether it is one of these."""
        held = self.shifts if code in _SHIFTS else self.chords if code in _CHORDS else None
        if held is not None:
            (held.add if down else held.discard)(code)
        elif code == CAPS_LOCK:
            self.caps ^= down
        return held is not None or code == CAPS_LOCK or code in _SILENT

    def sign(self, code: int) -> str:
        """What a key writes now; "" when that is no text."""
        plain, shifted = KEYS.get(code, ("", ""))
        if self.chords:
            return ""
        return shifted if bool(self.shifts) ^ (self.caps and plain.isalpha()) else plain

    def let_go(self) -> None:
        """All keys are up, as far as is known."""
        self.shifts.clear()
        self.chords.clear()
        self.caps = False


class Typist:
    """Makes codes of key events. All times are those of the events, in seconds: a busy machine fetches them late.

    - A code ends on Enter, that of the keypad too.
    - More than `gap` between two characters, or before the Enter, and it is no code: people type like that. It is
      said to be cut off, and the rest is passed over up to an Enter or a `pause`: half a code is another code.
    - A key that writes no ASCII character makes the code unreadable.
    - Where the kernel had to drop events (SYN_DROPPED) a part is missing: cut off, too.
    - Caps Lock counts as the scanner presses it, and is off again after a pause.
    """

    def __init__(self, *, gap: float = GAP, pause: float = PAUSE) -> None:
        self._gap = gap
        self._pause = pause
        self._hands = _Hands(set(), set())
        self._text: list[str] = []
        self._spoilt = False
        self._settled_at = self._began = self._last = self._moved = 0.0
        self._deaf = False
        self._stale = False

    @property
    def waiting(self) -> int:
        """How many characters are kept of a code that is not over yet; never more than LONGEST_CODE."""
        return len(self._text)

    def opened(self, at: float, settle: float = 0.0) -> None:
        """The nodes are ours from now on. What is typed within `settle` seconds is the noise of plugging in."""
        self._drop()
        self._hands.let_go()
        self._stale = self._deaf = False
        self._settled_at = at + settle

    def closed(self, at: float) -> list[Typed]:
        """The device is gone; a code of which only half was typed is unreadable."""
        return list(self._break(at))

    def tick(self, at: float) -> list[Typed]:
        """All that happened until then was told: half a code that was left alone is none."""
        return list(self._break(at)) if self._is_late(at) else []

    def feed(self, events: Iterable[KeyEvent]) -> list[Typed]:
        """What is whole with these events."""
        return [typed for event in events for typed in self._one(event)]

    def _one(self, event: KeyEvent) -> Iterator[Typed]:
        if event.kind == EV_SYN:
            yield from self._sync(event)
        elif event.kind == EV_KEY and not self._stale and event.value in (UP, DOWN):
            yield from self._key(event.code, event.value == DOWN, event.at)

    def _sync(self, event: KeyEvent) -> Iterator[Typed]:
        """The kernel says that events are missing, or where a group of them ends (event-codes.rst)."""
        if event.code == SYN_REPORT:
            self._stale = False
        elif event.code == SYN_DROPPED:
            self._stale, self._deaf, self._moved = True, True, event.at
            self._hands.let_go()
            self._drop()
            yield Typed("", CUT_OFF, event.at, event.at)

    def _key(self, code: int, down: bool, at: float) -> Iterator[Typed]:
        if down:
            yield from self._begin_anew_after_a_pause(at)
        if self._hands.move(code, down) or not down:
            return
        if self._is_late(at):
            yield from self._break(at)
        self._last = at
        if code in (ENTER, KEYPAD_ENTER):
            yield from self._end(at)
        elif at < self._settled_at:
            self._deaf = True
        elif not self._deaf:
            yield from self._more(self._hands.sign(code), at)

    def _begin_anew_after_a_pause(self, at: float) -> Iterator[Typed]:
        before, self._moved = self._moved, at
        if at - before > self._pause:
            yield from self._break(at)
            self._deaf = self._hands.caps = False

    def _is_late(self, at: float) -> bool:
        return self._has_some and at - self._last > self._gap

    @property
    def _has_some(self) -> bool:
        return bool(self._text) or self._spoilt

    def _more(self, sign: str, at: float) -> Iterator[Typed]:
        if not self._has_some:
            self._began = at
        if not sign:
            self._spoilt = True
        elif len(self._text) < LONGEST_CODE:
            self._text.append(sign)
        else:
            self._deaf = True
            self._drop()
            yield Typed("", TOO_LONG, self._began, at)

    def _end(self, at: float) -> Iterator[Typed]:
        text, spoilt = "".join(self._text), self._spoilt
        self._deaf = False
        self._drop()
        if spoilt:
            yield Typed("", NOT_TEXT, self._began, at)
        elif text:
            yield Typed(text, "", self._began, at)

    def _break(self, at: float) -> Iterator[Typed]:
        """What is kept is no code, and neither is what may follow of it."""
        if self._has_some:
            self._drop()
            self._deaf = True
            yield Typed("", CUT_OFF, self._began, at)

    def _drop(self) -> None:
        self._text.clear()
        self._spoilt = False
