"""The code on a member's card: a secret, written so that a scanner cannot take anything else for it.

`CK1-` + the secret in base32 (RFC 4648, without padding) + `-` + a checksum in base32. All signs are of QR's
alphanumeric set, which keeps the code small and its squares large. The checksum is against misreading and against
chance, not against forgery: what cannot be guessed is the secret.
"""

import base64
import binascii
import hashlib
import re
import secrets

SECRET_BYTES = 16
"""How long the secret is; 128 bits cannot be tried out."""

_SCHEME = "CK1-"
_SHAPE = re.compile(r"CK1-[A-Z2-7]{26}-[A-Z2-7]{4}")


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
    written = text.strip()
    code = written.upper()
    if not written.isascii() or not _SHAPE.fullmatch(code):  # some signs, such as ſ, turn into ASCII when raised
        return None
    body, checksum = code.rsplit("-", 1)
    if checksum != _checksum(body):
        return None
    return _secret(body.removeprefix(_SCHEME))


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
