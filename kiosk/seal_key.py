"""The key this kiosk signs its checkpoints with.

It lies on the card beside the record, so it says whose record it is and protects nothing by itself: what protects
is that somebody else remembers an older checkpoint.
"""

import secrets
from pathlib import Path

from kiosk.key_file import write_new
from kiosk.sealing.note import Signer

KEY_FILE = "seal.key"
_LENGTH = 32


class SealKeyError(ValueError):
    """What lies in the place of the key is none."""


def seal_key(folder: Path, device: str, *, may_make: bool) -> Signer | None:
    """The key in a data folder, named after the kiosk; made where there is none and it may be made, else None.

    Raises SealKeyError when the file is not a key, OSError when it can't be read or written.
    """
    path = folder / KEY_FILE
    if not path.exists():
        if not may_make:
            return None
        write_new(path, secrets.token_bytes(_LENGTH))
    seed = path.read_bytes()
    if len(seed) != _LENGTH:
        raise SealKeyError(f"{path} is not a key to seal with ({len(seed)} bytes instead of {_LENGTH}).")
    return Signer(origin(device), seed)


def origin(device: str) -> str:
    """What a kiosk's record is called in its checkpoints."""
    return f"commons-kiosk/{device}"
