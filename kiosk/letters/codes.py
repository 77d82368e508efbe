"""A segment as a few codes to be shown on a screen or printed, and put together again by whoever scans them.

Each code says which piece of which segment it is, so they may be scanned in any order and more than once:

    COMMONS-POST:5F3A90C1:2/3:…

The piece is deflate (RFC 1951) in Base45 (RFC 9285), whose 45 signs are those a QR code keeps densely.
"""

import hashlib
import re
import zlib
from collections.abc import Mapping

from msgspec import Struct, field

from kiosk.letters.segment import LONGEST
from kiosk.sealing.note import Bad

HEAD = "COMMONS-POST"
PIECE = 900
"""Signs of a piece; with it a code is of version 17 to 20 at level M, which a scanner reads from a screen."""

MOST = 60
"""Pieces; more are not scanned by anybody, a stick is quicker."""

_SIGNS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
_VALUE = {sign: value for value, sign in enumerate(_SIGNS)}
_CODE = re.compile(rf"{HEAD}:([0-9A-F]{{8}}):([1-9]\d?)/([1-9]\d?):([0-9A-Z $%*+\-./:]{{1,{PIECE}}})")


def base45(data: bytes) -> str:
    """RFC 9285: two bytes as three signs, a last one as two."""
    signs = []
    for place in range(0, len(data), 2):
        pair = data[place : place + 2]
        number = int.from_bytes(pair)
        for _ in range(len(pair) + 1):
            number, value = divmod(number, 45)
            signs.append(_SIGNS[value])
    return "".join(signs)


def from_base45(text: str) -> bytes | None:
    """The bytes; None for what no bytes are written as."""
    data = bytearray()
    for place in range(0, len(text), 3):
        group = text[place : place + 3]
        if len(group) == 1 or any(sign not in _VALUE for sign in group):
            return None
        number = sum(_VALUE[sign] * 45**power for power, sign in enumerate(group))
        if number >= 256 ** (len(group) - 1):
            return None
        data += number.to_bytes(len(group) - 1)
    return bytes(data)


def as_codes(text: str) -> tuple[str, ...] | None:
    """What the codes of a segment say; None where it would take too many."""
    packing = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    packed = base45(packing.compress(text.encode()) + packing.flush())
    pieces = [packed[place : place + PIECE] for place in range(0, len(packed), PIECE)]
    if len(pieces) > MOST:
        return None
    name = _name(text)
    return tuple(f"{HEAD}:{name}:{place}/{len(pieces)}:{piece}" for place, piece in enumerate(pieces, 1))


def _name(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:8].upper()


def is_code(text: str) -> bool:
    """Whether this may be a piece of a segment."""
    return text.startswith(HEAD + ":")


class Pieces(Struct, frozen=True):
    """The pieces of one segment, as far as they were scanned. name: of the segment; of: how many there are."""

    name: str = ""
    of: int = 0
    pieces: Mapping[int, str] = field(default_factory=dict)

    def missing(self) -> tuple[int, ...]:
        """Which are still to be scanned."""
        return tuple(number for number in range(1, self.of + 1) if number not in self.pieces)


def scan(so_far: Pieces, text: str) -> Pieces | Bad:
    """One code more. A code of another segment begins anew."""
    found = _CODE.fullmatch(text)
    if found is None:
        return Bad("this code holds no letters")
    name, number, of = found[1], int(found[2]), int(found[3])
    if not number <= of <= MOST:
        return Bad("this code holds no letters")
    if (name, of) != (so_far.name, so_far.of):
        return Pieces(name, of, {number: found[4]})
    return Pieces(name, of, {**so_far.pieces, number: found[4]})


def put_together(all_of: Pieces) -> str | Bad:
    """The segment, once nothing is missing. It never grows larger than a segment may be."""
    packed = from_base45("".join(all_of.pieces[number] for number in sorted(all_of.pieces)))
    if all_of.missing() or packed is None:
        return Bad("the codes don't fit together; scan them once more")
    unpacking = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        data = unpacking.decompress(packed, LONGEST + 1)
        text = data.decode()
    except (zlib.error, UnicodeDecodeError):
        return Bad("the codes don't fit together; scan them once more")
    if len(data) > LONGEST or not unpacking.eof or _name(text) != all_of.name:
        return Bad("the codes don't fit together; scan them once more")
    return text
