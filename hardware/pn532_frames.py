"""The PN532's frames and answers, as bytes and nothing else: no port, no clock, no card.

    normal    00 | 00 FF | LEN | LCS | TFI PD0 … PDn | DCS | 00        LEN counts TFI to PDn
    extended  00 | 00 FF | FF FF | LENM LENL | LCS | TFI … | DCS | 00
    ACK       00 00 FF 00 FF 00         NACK  00 00 FF FF 00 00
    error     00 00 FF 01 FF 7F 81 00

LCS makes the length bytes sum to zero modulo 256, DCS the bytes from TFI on. TFI is D4 from the host and D5
from the chip; an answer's code is its command's plus one (NXP UM0701-02, PN532 user manual, section 6.2).
"""

from collections.abc import Iterator
from enum import Enum, IntEnum, auto

from msgspec import Struct

FROM_HOST = 0xD4
FROM_CHIP = 0xD5
LONGEST_DATA = 265  # TFI and 264 bytes, the most an extended frame carries
TAIL_SILENCE = 0.1  # seconds: a frame takes at most 25 ms at 115200 baud, so a start without an end was none

ACK = bytes.fromhex("0000FF00FF00")
NACK = bytes.fromhex("0000FFFF0000")
ERROR = bytes.fromhex("0000FF01FF7F8100")
WAKE_UP = b"\x55\x55" + bytes(14)  # 1.4 ms of line at 115200 baud, in which the chip's oscillator starts

_START = b"\x00\xff"
_ERROR_TFI = 0x7F


class Command(IntEnum):
    """The commands a badge reader needs."""

    GET_FIRMWARE_VERSION = 0x02
    SAM_CONFIGURATION = 0x14
    RF_CONFIGURATION = 0x32
    IN_LIST_PASSIVE_TARGET = 0x4A
    IN_RELEASE = 0x52


class Kind(Enum):
    """What a frame is for."""

    ACK = auto()
    NACK = auto()
    ERROR = auto()  # the chip did not understand the command
    DATA = auto()


class Frame(Struct, frozen=True):
    """One whole frame. data: the bytes after TFI, the code first; at: the moment of its last byte, in seconds."""

    kind: Kind
    data: bytes
    at: float


class Reject(Struct, frozen=True):
    """Something began like a frame and was none."""

    why: str
    at: float


Piece = Frame | Reject


def framed(data: bytes, *, tfi: int = FROM_HOST) -> bytes:
    """The frame that carries these bytes (code first); extended when they are more than 254.

    ValueError for nothing at all, or for more than the chip can take.
    """
    body = bytes((tfi,)) + data
    if not data or len(body) > LONGEST_DATA:
        raise ValueError(f"a PN532 frame carries 1 to {LONGEST_DATA - 1} bytes, not {len(data)}")
    checksum = -sum(body) & 0xFF
    return b"\x00\x00\xff" + _length_bytes(len(body)) + body + bytes((checksum, 0))


def _length_bytes(length: int) -> bytes:
    if length <= 0xFF:
        return bytes((length, -length & 0xFF))
    high, low = divmod(length, 0x100)
    return bytes((0xFF, 0xFF, high, low, -(high + low) & 0xFF))


class _Taken(Struct, frozen=True):
    """What stands at a start code: a frame or a reject, and how many bytes from the start code it uses up."""

    piece: Piece
    used: int


class FrameParser:
    """Finds the frames in whatever the line brings.

    A false start costs one byte, never the buffer: noise before, between and after frames hides none of
    them. A start whose end does not come within 100 ms of silence is false too, and what was waiting
    behind it is looked at again. Give it `now` in seconds on one steady clock.
    """

    def __init__(self, *, tfi: int = FROM_CHIP) -> None:
        self._tfi = tfi
        self._waiting = bytearray()
        self._last_byte = 0.0

    @property
    def waiting(self) -> int:
        """How many bytes are kept for a frame that is not whole yet; never more than one frame's worth."""
        return len(self._waiting)

    def feed(self, data: bytes, now: float) -> list[Piece]:
        """The pieces that are complete with these bytes, which came at `now`."""
        if not data:
            return []
        self._waiting += data
        self._last_byte = now
        return list(self._pieces())

    def tick(self, now: float) -> list[Piece]:
        """The pieces that silence brings to light."""
        found: list[Piece] = []
        if now - self._last_byte < TAIL_SILENCE:
            return found
        while (start := self._waiting.find(_START)) >= 0:
            del self._waiting[: start + 1]
            found.append(Reject("cut off", self._last_byte))
            found += self._pieces()
        self._waiting.clear()
        return found

    def clear(self) -> None:
        """Forget what is waiting."""
        self._waiting.clear()

    def _pieces(self) -> Iterator[Piece]:
        while (start := self._waiting.find(_START)) >= 0:
            del self._waiting[:start]
            taken = self._take()
            if taken is None:
                return
            del self._waiting[: taken.used]
            yield taken.piece
        # The last byte may be the first half of a start code.
        del self._waiting[: len(self._waiting) - self._waiting.endswith(b"\x00")]

    def _take(self) -> _Taken | None:
        """What stands at the start code the buffer begins with; None while it may still become a frame."""
        head = self._waiting[2:4]
        if len(head) < 2:
            return None
        if head == b"\x00\xff":
            return self._frame(Kind.ACK, b"", 4)
        if head == b"\xff\x00":
            return self._frame(Kind.NACK, b"", 4)
        if head == b"\xff\xff":
            return self._take_extended()
        if sum(head) & 0xFF:
            return self._reject("length checksum is wrong")
        return self._take_body(first=4, length=head[0])

    def _take_extended(self) -> _Taken | None:
        lengths = self._waiting[4:7]
        if len(lengths) < 3:
            return None
        if sum(lengths) & 0xFF:
            return self._reject("length checksum is wrong")
        return self._take_body(first=7, length=lengths[0] * 0x100 + lengths[1])

    def _take_body(self, *, first: int, length: int) -> _Taken | None:
        if not 1 <= length <= LONGEST_DATA:
            return self._reject("length is impossible")
        body = bytes(self._waiting[first : first + length])
        if body and not self._may_begin(body[0], length):
            return self._reject("not from the other side")
        end = first + length + 1
        if len(self._waiting) < end:
            return None
        if (sum(body) + self._waiting[end - 1]) & 0xFF:
            return self._reject("data checksum is wrong")
        if body[0] == _ERROR_TFI:
            return self._frame(Kind.ERROR, b"", end)
        return self._frame(Kind.DATA, body[1:], end)

    def _may_begin(self, tfi: int, length: int) -> bool:
        return (tfi == self._tfi and length >= 2) or (tfi == _ERROR_TFI and length == 1)

    def _frame(self, kind: Kind, data: bytes, used: int) -> _Taken:
        return _Taken(Frame(kind, data, self._last_byte), used)

    def _reject(self, why: str) -> _Taken:
        return _Taken(Reject(why, self._last_byte), used=1)


class Target(Struct, frozen=True):
    """A card as InListPassiveTarget lists it (106 kbit/s, type A)."""

    uid: bytes

    @property
    def random(self) -> bool:
        """A number made up for this tap, as phones do: four bytes, the first 08 (ISO/IEC 14443-3, 6.5.4)."""
        return len(self.uid) == 4 and self.uid[0] == 0x08


class UnreadableTargetsError(ValueError):
    """The chip's list of cards does not hold together, or names a card no card can be."""


UID_LENGTHS = (4, 7, 10)
_SPEAKS_ISO_DEP = 0x20  # in SEL_RES: the card has sent an ATS


def targets_in(answer: bytes) -> tuple[Target, ...]:
    """The cards in an answer to InListPassiveTarget; raises UnreadableTargetsError.

    answer: what follows the code 4B: NbTg { Tg SENS_RES(2) SEL_RES NFCIDLen NFCID… [ATSLen ATS…] }*,
    where ATSLen counts itself.
    """
    if not answer:
        raise UnreadableTargetsError("the number of cards is missing")
    count, rest = answer[0], answer[1:]
    if count > 2:
        raise UnreadableTargetsError(f"{count} cards, where two were asked for")
    found = []
    for _ in range(count):
        target, rest = _first_target(rest)
        found.append(target)
    return tuple(found)


def _first_target(data: bytes) -> tuple[Target, bytes]:
    if len(data) < 5:
        raise UnreadableTargetsError("a card is cut off")
    selected_as, length = data[3], data[4]
    uid, rest = data[5 : 5 + length], data[5 + length :]
    if len(uid) != length:
        raise UnreadableTargetsError("a number is shorter than its length says")
    _refuse_impossible(uid)
    return Target(uid), _after_ats(selected_as, rest)


def _refuse_impossible(uid: bytes) -> None:
    if len(uid) not in UID_LENGTHS:
        raise UnreadableTargetsError(f"a number of {len(uid)} bytes; it can have 4, 7 or 10")
    if set(uid) in ({0x00}, {0xFF}):
        raise UnreadableTargetsError("a number of nothing but 00 or FF")


def _after_ats(selected_as: int, rest: bytes) -> bytes:
    """What follows a card's ATS. Its words are never used, so all that matters is where it ends."""
    if not selected_as & _SPEAKS_ISO_DEP or not rest:
        return rest
    length = rest[0]
    if not 1 <= length <= len(rest):
        raise UnreadableTargetsError("an ATS is cut off")
    return rest[length:]
