"""The signed note (C2SP signed-note v1.0.0) with Ed25519: a text, a blank line, and who signed it.

A note is read as a value or as a sentence on what is wrong with it; a note whose known signature does not fit is
refused whole.
"""

import base64
import binascii
import hashlib
from collections.abc import Sequence

from msgspec import Struct

ED25519 = b"\x01"
"""The kind of signature, as the standard numbers them."""

_DASH = "\u2014 "
_KEY, _SEED, _ID = 32, 32, 4
MOST_SIGNATURES = 64
LONGEST = 100_000
"""Bytes of a note that is looked at."""


class Bad(Struct, frozen=True):
    """What is wrong with a text that was to be a note."""

    why: str


class Verifier(Struct, frozen=True):
    """Whose signature it is: a name without spaces and plus, and 32 bytes of an Ed25519 public key."""

    name: str
    key: bytes

    @property
    def id(self) -> bytes:
        """Four bytes that tell this key from others of the same name."""
        return hashlib.sha256(self.name.encode() + b"\n" + ED25519 + self.key).digest()[:_ID]

    def __str__(self) -> str:
        """As one passes it on: name, id and key, parted by plus."""
        return f"{self.name}+{self.id.hex()}+{_b64(ED25519 + self.key)}"


class Signer(Struct, frozen=True):
    """What a key can sign with. seed: 32 secret bytes."""

    name: str
    seed: bytes

    @property
    def verifier(self) -> Verifier:
        """The public half."""
        from nacl.signing import SigningKey  # libsodium is only loaded where something is signed or checked

        return Verifier(self.name, bytes(SigningKey(self.seed).verify_key))

    def signature(self, message: bytes) -> bytes:
        """64 bytes over a message, of which the first line says what it is signed as."""
        from nacl.signing import SigningKey  # as above

        return SigningKey(self.seed).sign(message).signature


class Signature(Struct, frozen=True):
    """One line under a note. data: what follows the four bytes of the key's id."""

    name: str
    id: bytes
    data: bytes


class Note(Struct, frozen=True):
    """A text that ends with a line end, and all its signatures. signed: the known keys among them, all good."""

    text: str
    signatures: tuple[Signature, ...]
    signed: tuple[Verifier, ...] = ()


def _b64(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _bytes(text: str) -> bytes | None:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None


def is_name(name: str) -> bool:
    """Whether a key may be called so."""
    return bool(name) and "+" not in name and not any(sign.isspace() for sign in name)


def read_verifier(text: str) -> Verifier | Bad:
    """The key that `str(verifier)` wrote."""
    read = read_key(text, ED25519)
    if isinstance(read, Bad):
        return read
    verifier, said = read
    return verifier if verifier.id.hex() == said else Bad("the key does not fit its id")


def read_key(text: str, kind: bytes) -> tuple[Verifier, str] | Bad:
    """A key of a kind of signature as it is passed on, and the id that is said of it, in hex."""
    parts = text.strip().split("+", 2)
    if len(parts) != 3 or not is_name(parts[0]):
        return Bad("a key is a name, its id and the key itself, with a plus between them")
    data = _bytes(parts[2])
    if data is None or data[:1] != kind or len(data) != 1 + _KEY:
        return Bad("this is no Ed25519 key")
    return Verifier(parts[0], data[1:]), parts[1]


def sign(text: str, *signers: Signer) -> str:
    """The note: the text and a line for each signer. Raises ValueError for a text that can't be signed."""
    if not text.endswith("\n") or not _plain(text):
        raise ValueError("a note ends with a line end and holds no control characters")
    lines = [_line(text, signer) for signer in signers]
    return text + "\n" + "".join(lines)


def _line(text: str, signer: Signer) -> str:
    return line_of(signer.name, signer.verifier.id + signer.signature(text.encode()))


def line_of(name: str, data: bytes) -> str:
    """A line under a note. data: the id of the key, and what it signed."""
    return f"{_DASH}{name} {_b64(data)}\n"


def _plain(text: str) -> bool:
    return not any(sign < " " and sign != "\n" for sign in text)


def read_note(raw: bytes | str, verifiers: Sequence[Verifier], longest: int = LONGEST) -> Note | Bad:
    """A note that at least one of the known keys has signed; what is wrong with it otherwise. longest: in bytes."""
    parsed = parse_note(raw, longest)
    if isinstance(parsed, Bad):
        return parsed
    signed: list[Verifier] = []
    for signature in parsed.signatures:
        known = [each for each in verifiers if (each.name, each.id) == (signature.name, signature.id)]
        for verifier in known:
            if not verified(verifier, parsed.text.encode(), signature.data):
                return Bad(f"the signature of {verifier.name} does not fit the text")
            if verifier not in signed:
                signed.append(verifier)
    if not signed:
        return Bad("nobody known has signed it")
    return Note(parsed.text, parsed.signatures, tuple(signed))


def verified(verifier: Verifier, message: bytes, signature: bytes) -> bool:
    """Whether these 64 bytes are what the key has signed a message with."""
    from nacl.exceptions import BadSignatureError  # as above
    from nacl.signing import VerifyKey

    try:
        VerifyKey(verifier.key).verify(message, signature)
    except (BadSignatureError, ValueError, TypeError):
        return False
    return True


def parse_note(raw: bytes | str, longest: int = LONGEST) -> Note | Bad:
    """A note as it is written, whoever signed it. longest: in bytes."""
    data = raw.encode() if isinstance(raw, str) else raw
    if len(data) > longest:
        return Bad("it is too long")
    try:
        whole = data.decode()
    except UnicodeDecodeError:
        return Bad("it is not UTF-8")
    if not _plain(whole):
        return Bad("it holds control characters")
    text, blank, below = whole.rpartition("\n\n")
    if not blank or not below.endswith("\n"):
        return Bad("a text, a blank line and signatures are missing")
    lines = below[:-1].split("\n")
    if len(lines) > MOST_SIGNATURES:
        return Bad("it has too many signatures")
    signatures = [_signature(line) for line in lines]
    found = tuple(each for each in signatures if each is not None)
    if len(found) != len(lines):
        return Bad("a line of the signatures is none")
    return Note(text + "\n", found)


def _signature(line: str) -> Signature | None:
    name, space, coded = line.removeprefix(_DASH).partition(" ")
    data = _bytes(coded)
    if not line.startswith(_DASH) or not space or not is_name(name) or data is None or len(data) <= _ID:
        return None
    return Signature(name, data[:_ID], data[_ID:])
