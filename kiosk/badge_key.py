"""Turns what a badge says into the keyed hash that the house keeps.

Neither a tag's number nor a card's secret is ever stored: four-byte numbers can be tried out in minutes, so a
plain hash would give them away. HMAC-SHA-256 (RFC 2104) with a key that lies outside the database.
"""

import hashlib
import hmac
import secrets
from pathlib import Path

from kiosk.amounts import BadgeHash
from kiosk.key_file import write_new

KEY_FILE = "badge.key"
_LENGTH = 32


class BadgeKeyError(ValueError):
    """The key is missing or unreadable; without it every badge would be a stranger's."""


class BadgeKey:
    """Hashes badges. The kind of badge goes into the hash, so a card can never pass for a tag."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def hash(self, kind: str, said: bytes) -> BadgeHash:
        """The hash of what a badge says. kind: "nfc", "em4100" or "card"."""
        return BadgeHash(hmac.new(self._key, kind.encode() + b"\0" + said, hashlib.sha256).hexdigest())

    @classmethod
    def of(cls, folder: Path, *, may_make: bool) -> "BadgeKey":
        """The key that lies in a data folder; made at the first start (may_make), readable by its owner alone.

        Raises BadgeKeyError when it is missing and may not be made, or is not a key.
        """
        path = folder / KEY_FILE
        if not path.exists():
            if not may_make:
                raise BadgeKeyError(
                    f"{path} is missing, and without it no badge is known. "
                    "Put the file back from the backup; the record itself is unharmed."
                )
            write_new(path, secrets.token_bytes(_LENGTH))
        key = path.read_bytes()
        if len(key) != _LENGTH:
            raise BadgeKeyError(f"{path} is not a badge key ({len(key)} bytes instead of {_LENGTH}).")
        return cls(key)
