"""The code on a member's card: a secret, written so that a scanner cannot take anything else for it.

`CK1-` + the secret in base32 (RFC 4648, without padding) + `-` + a checksum in base32. All signs are of QR's
alphanumeric set, which keeps the code small and its squares large. The checksum is against misreading and against
chance, not against forgery: what cannot be guessed is the secret.

A tool's label looks alike and begins otherwise: `TOOL1-` + eight letters + `-` + a checksum. It is no secret, and
can never be read as a card.
"""

import base64
import binascii
import hashlib
import re
import secrets

SECRET_BYTES = 16
"""How long the secret is; 128 bits cannot be tried out."""

LABEL_LETTERS = 8
"""How long a tool's label is, without what is around it; chance never makes the same twice on one shelf."""

_SCHEME = "CK1-"
_BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
_SHAPE = re.compile(r"CK1-[A-Z2-7]{26}-[A-Z2-7]{4}")
_LABEL_SCHEME = "TOOL1-"
_LABEL_SHAPE = re.compile(r"TOOL1-[A-Z2-7]{8}-[A-Z2-7]{4}")


def new_code() -> str:
    """A fresh card's code, with a secret that nobody has."""
    return write_code(secrets.token_bytes(SECRET_BYTES))


def write_code(secret: bytes) -> str:
    """The code that says this secret; raises ValueError unless it has SECRET_BYTES bytes."""
    if len(secret) != SECRET_BYTES:
        raise ValueError(f"a card's secret has {SECRET_BYTES} bytes, not {len(secret)}")
    body = _SCHEME + base64.b32encode(secret).decode("ascii").rstrip("=")
    return f"{body}-{_checksum(body)}"


def read_code(text: str) -> bytes | None:
    """The secret that a code says; None when it is not a card of ours, or was misread.

    Small letters and spaces around it do no harm: some scanners are set up so.
    """
    body = _checked(text, _SHAPE)
    return None if body is None else _secret(body.removeprefix(_SCHEME))


def new_label() -> str:
    """A fresh tool's label, as it is printed."""
    return write_label("".join(secrets.choice(_BASE32) for _ in range(LABEL_LETTERS)))


def write_label(letters: str) -> str:
    """The label that says these letters; raises ValueError unless they are LABEL_LETTERS letters of base32."""
    body = _LABEL_SCHEME + letters
    label = f"{body}-{_checksum(body)}" if letters.isascii() else ""
    if not _LABEL_SHAPE.fullmatch(label):
        raise ValueError(f"a tool's label has {LABEL_LETTERS} letters of base32")
    return label


def read_label(text: str) -> str | None:
    """The letters by which a tool is known; None when it is not a tool's label of ours, or was misread."""
    body = _checked(text, _LABEL_SHAPE)
    return None if body is None else body.removeprefix(_LABEL_SCHEME)


def _checked(text: str, shape: re.Pattern[str]) -> str | None:
    """A code of this shape without its checksum; None when it has another shape or was misread."""
    written = text.strip()
    code = written.upper()
    if not written.isascii() or not shape.fullmatch(code):  # some signs, such as ſ, turn into ASCII when raised
        return None
    body, checksum = code.rsplit("-", 1)
    return body if checksum == _checksum(body) else None


def _secret(letters: str) -> bytes | None:
    """What the letters say, if they say it in the one canonical way: each secret has exactly one code."""
    try:
        secret = base64.b32decode(letters + "=" * (-len(letters) % 8))
    except binascii.Error:
        return None
    canonical = base64.b32encode(secret).decode("ascii").rstrip("=")
    return secret if canonical == letters else None


def _checksum(body: str) -> str:
    """The first four letters of base32 over SHA-256: a misread code passes once in a million."""
    return base64.b32encode(hashlib.sha256(body.encode("ascii")).digest()).decode("ascii")[:4]
