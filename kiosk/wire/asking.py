"""A question from one kiosk of the house to another, and its answer: who says it is signed, whatever carries it.

The keys are those that the record names. Both texts begin with a line of their own, as all that these keys sign, so
that none can be taken for something else; an answer belongs to one question.
"""

import hashlib
import secrets
from collections.abc import Callable

import msgspec
from msgspec import Struct

from kiosk.sealing.note import Signer, Verifier, verified
from kiosk.wire import NO_MESSAGE

_QUESTION, _ANSWER = b"commons kiosk: a question to another kiosk\n", b"commons kiosk: the answer to a question\n"


class _Asked(Struct, frozen=True):
    """nonce: so that no two questions are alike."""

    by: str
    to: str
    nonce: str
    body: bytes
    signature: bytes = b""

    @property
    def signed(self) -> bytes:
        return _QUESTION + msgspec.json.encode((self.by, self.to, self.nonce, self.body))


class _Answered(Struct, frozen=True):
    body: bytes
    signature: bytes


def question(by: str, to: str, body: bytes, signer: Signer) -> bytes:
    """What is sent. by, to: the names of two kiosks."""
    asked = _Asked(by, to, secrets.token_hex(8), body)
    return msgspec.json.encode(msgspec.structs.replace(asked, signature=signer.signature(asked.signed)))


def read_question(raw: bytes, to: str, key_of: Callable[[str], Verifier | None]) -> tuple[str, bytes] | None:
    """Who asks, and what; None for what was not asked of this kiosk by one of the house. key_of: by its name."""
    try:
        asked = msgspec.json.decode(raw, type=_Asked)
    except NO_MESSAGE:
        return None
    key = key_of(asked.by)
    if asked.to != to or key is None or not verified(key, asked.signed, asked.signature):
        return None
    return asked.by, asked.body


def answer(raw: bytes, body: bytes, signer: Signer) -> bytes:
    """The answer to a question as it came."""
    return msgspec.json.encode(_Answered(body, signer.signature(_to_be_signed(raw, body))))


def read_answer(raw: bytes, asked: bytes, key: Verifier | None) -> bytes | None:
    """What the kiosk with this key answers to what was asked; None for anything else."""
    try:
        said = msgspec.json.decode(raw, type=_Answered)
    except NO_MESSAGE:
        return None
    if key is None or not verified(key, _to_be_signed(asked, said.body), said.signature):
        return None
    return said.body


def _to_be_signed(asked: bytes, body: bytes) -> bytes:
    return _ANSWER + hashlib.sha256(asked).digest() + body
