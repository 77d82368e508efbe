"""The cosignature (C2SP tlog-cosignature, Ed25519, `cosignature/v1`): a witness says that a record only ever grew.

It is one more line under a checkpoint. Signed is the time and the whole text of the checkpoint, under a first
line of its own, so the key may be the one that seals: nothing else that is ever signed with it begins that way.
"""

import base64
import hashlib
from collections.abc import Sequence

from msgspec import Struct

from kiosk.sealing.note import Bad, Note, Signer, Verifier, line_of, parse_note, read_key, verified

COSIGNATURE = b"\x04"
"""The kind of signature, as the standard numbers them."""

_TIME, _SIGNATURE = 8, 64
"""Bytes of both parts of a cosignature."""

_LATEST = 2**63


class Cosignature(Struct, frozen=True):
    """witness: whose. time: when it was made, in seconds since 1970, as the witness says."""

    witness: Verifier
    time: int


def cosigner_id(witness: Verifier) -> bytes:
    """Four bytes that name a key as a witness's; the same key that seals has others."""
    return hashlib.sha256(witness.name.encode() + b"\n" + COSIGNATURE + witness.key).digest()[:4]


def cosigner_key(witness: Verifier) -> str:
    """The key of a witness as one passes it on to whoever checks cosignatures."""
    coded = base64.b64encode(COSIGNATURE + witness.key).decode()
    return f"{witness.name}+{cosigner_id(witness).hex()}+{coded}"


def read_cosigner(text: str) -> Verifier | Bad:
    """The key that `cosigner_key` wrote."""
    read = read_key(text, COSIGNATURE)
    if isinstance(read, Bad):
        return read
    witness, said = read
    return witness if cosigner_id(witness).hex() == said else Bad("the key does not fit its id")


def cosign(text: str, signer: Signer, time: int) -> str:
    """The line under a checkpoint. text: what is above the blank line. time: in seconds since 1970."""
    signed = signer.signature(_message(text, time))
    return line_of(signer.name, cosigner_id(signer.verifier) + time.to_bytes(_TIME) + signed)


def _message(text: str, time: int) -> bytes:
    return f"cosignature/v1\ntime {time}\n{text}".encode()


def cosigned(raw: bytes | str, witnesses: Sequence[Verifier]) -> tuple[Cosignature, ...] | Bad:
    """Who of these witnesses has cosigned a note, each once; what is wrong where a line of theirs does not fit."""
    note = parse_note(raw)
    return note if isinstance(note, Bad) else cosigned_by(note, witnesses)


def cosigned_by(note: Note, witnesses: Sequence[Verifier]) -> tuple[Cosignature, ...] | Bad:
    """The same of a note that was parsed."""
    known = {(each.name, cosigner_id(each)): each for each in witnesses}
    found: dict[Verifier, Cosignature] = {}
    for signature in note.signatures:
        witness = known.get((signature.name, signature.id))
        if witness is None:
            continue
        time = int.from_bytes(signature.data[:_TIME])
        whole = len(signature.data) == _TIME + _SIGNATURE and time < _LATEST
        if not whole or not verified(witness, _message(note.text, time), signature.data[_TIME:]):
            return Bad(f"the cosignature of {witness.name} does not fit the text")
        found.setdefault(witness, Cosignature(witness, time))
    return tuple(found.values())


def line_by(raw: str, witness: Verifier) -> str:
    """The line by which this witness has cosigned a note; "" where there is none. It is not checked here."""
    note = parse_note(raw)
    if isinstance(note, Bad):
        return ""
    name, id_ = witness.name, cosigner_id(witness)
    lines = (
        line_of(each.name, each.id + each.data) for each in note.signatures if (each.name, each.id) == (name, id_)
    )
    return next(lines, "")
