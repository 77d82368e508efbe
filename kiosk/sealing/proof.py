"""The proof of one entry as a file (c2sp.org/tlog-proof@v1): to be checked far from the kiosk, and years later."""

import base64
import binascii
from collections.abc import Sequence

from msgspec import Struct

from kiosk.sealing.checkpoint import Checkpoint, open_seal
from kiosk.sealing.note import LONGEST, Bad, Verifier
from kiosk.sealing.tree import HASH, is_included

_FIRST = "c2sp.org/tlog-proof@v1"
MOST_HASHES = 63


class Proof(Struct, frozen=True):
    """index: the entry's place, from 0. path: hashes from its sibling up. checkpoint: the signed note, as it is.

    extra: what else a reader needs to make the leaf from the entry (here its salt); not itself proven.
    """

    index: int
    path: tuple[bytes, ...]
    checkpoint: str
    extra: bytes = b""


def write_proof(proof: Proof) -> str:
    """The file."""
    extra = [f"extra {_b64(proof.extra)}"] if proof.extra else []
    lines = (_FIRST, *extra, f"index {proof.index}", *(_b64(step) for step in proof.path), "")
    return "".join(f"{line}\n" for line in lines) + proof.checkpoint


def parse_proof(raw: bytes | str) -> Proof | Bad:
    """The proof that a file holds."""
    try:
        text = raw if isinstance(raw, str) else raw.decode()
    except UnicodeDecodeError:
        return Bad("it is not UTF-8")
    head, blank, checkpoint = text[:LONGEST].partition("\n\n")
    lines = head.split("\n")
    if not blank or lines.pop(0) != _FIRST:
        return Bad(f"a proof begins with the line {_FIRST}")
    extra = _after("extra ", lines)
    numbered = lines.pop(0) if lines else ""
    index = numbered.removeprefix("index ")
    if not numbered.startswith("index ") or not _is_index(index):
        return Bad("the place of the entry is missing")
    path = tuple(_hash(line) for line in lines)
    known = tuple(step for step in path if step is not None)
    if len(known) != len(path) or len(path) > MOST_HASHES or extra is None:
        return Bad("a line is no hash")
    return Proof(int(index), known, checkpoint, extra)


def _after(word: str, lines: list[str]) -> bytes | None:
    """What follows a word on the first line, if it is there; None for nonsense."""
    if not lines or not lines[0].startswith(word):
        return b""
    return _bytes(lines.pop(0).removeprefix(word))


def _is_index(text: str) -> bool:
    plain = text.isascii() and text.isdigit() and len(text) <= 18
    return plain and (text == "0" or text[0] != "0")


def _hash(line: str) -> bytes | None:
    found = _bytes(line)
    return found if found is not None and len(found) == HASH else None


def _b64(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _bytes(text: str) -> bytes | None:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None


def check_proof(proof: Proof, leaf: bytes, verifiers: Sequence[Verifier]) -> Checkpoint | Bad:
    """The checkpoint under which this leaf hash is shown to stand; why it is not shown otherwise."""
    opened = open_seal(proof.checkpoint, verifiers)
    if isinstance(opened, Bad):
        return opened
    checkpoint, _ = opened
    if is_included(leaf, proof.index, checkpoint.size, proof.path, checkpoint.root):
        return checkpoint
    return Bad("the hashes don’t lead from this entry to the root of the checkpoint")
