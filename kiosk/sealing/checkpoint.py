"""The checkpoint (C2SP tlog-checkpoint v1.0.0): whose record, how long it is, and the root of the tree over it.

Photographed by anybody, it is a witness: no record that differs in any entry up to there leads to the same root.
"""

import base64
import binascii
from collections.abc import Sequence

from msgspec import Struct

from kiosk.sealing.note import Bad, Note, Signer, Verifier, read_note, sign

_MOST = 2**63
"""Leaves are counted below this."""


class Checkpoint(Struct, frozen=True):
    """origin: names the record. size: its entries. root: of the tree over them. extensions: further lines."""

    origin: str
    size: int
    root: bytes
    extensions: tuple[str, ...] = ()


def write_checkpoint(checkpoint: Checkpoint) -> str:
    """The text that is signed."""
    root = base64.b64encode(checkpoint.root).decode()
    lines = (checkpoint.origin, str(checkpoint.size), root, *checkpoint.extensions)
    return "".join(f"{line}\n" for line in lines)


def parse_checkpoint(text: str) -> Checkpoint | Bad:
    """The checkpoint that a text is."""
    lines = text.split("\n")
    if len(lines) < 4 or lines[-1]:
        return Bad("a checkpoint has three lines, each with its end")
    origin, digits, coded, *more = lines[:-1]
    if not origin:
        return Bad("the first line names the record, and is empty")
    size = _size(digits)
    if size is None:
        return Bad("the second line is no number of entries")
    root = _root(coded)
    if root is None:
        return Bad("the third line is no hash")
    if not all(more):
        return Bad("an empty line stands among the others")
    return Checkpoint(origin, size, root, tuple(more))


def _size(digits: str) -> int | None:
    if not (digits.isascii() and digits.isdigit()) or (digits[0] == "0" and digits != "0") or len(digits) > 19:
        return None
    size = int(digits)
    return size if size < _MOST else None


def _root(coded: str) -> bytes | None:
    try:
        root = base64.b64decode(coded, validate=True)
    except (binascii.Error, ValueError):
        return None
    return root or None


def seal(checkpoint: Checkpoint, signer: Signer) -> str:
    """The signed checkpoint."""
    return sign(write_checkpoint(checkpoint), signer)


def open_seal(raw: bytes | str, verifiers: Sequence[Verifier]) -> tuple[Checkpoint, Note] | Bad:
    """A checkpoint that one of the known keys has signed, with its note; what is wrong with it otherwise."""
    note = read_note(raw, verifiers)
    if isinstance(note, Bad):
        return note
    checkpoint = parse_checkpoint(note.text)
    return checkpoint if isinstance(checkpoint, Bad) else (checkpoint, note)
