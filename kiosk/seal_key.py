"""The key this kiosk signs its checkpoints with.

It lies on the card beside the record, so it says whose record it is and protects nothing by itself: what protects
is that somebody else remembers an older checkpoint.
"""

import secrets
from collections.abc import Callable
from pathlib import Path

import msgspec
from msgspec import Struct

from kiosk.amounts import Moment
from kiosk.beside import leave
from kiosk.key_file import write_new
from kiosk.sealing.checkpoint import Checkpoint, seal
from kiosk.sealing.note import Signer

KEY_FILE = "seal.key"
HANGING_FILE = "seal.json"
"""The latest checkpoint, left beside the record for the wall page; may be lost."""

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


class Sealed(Struct, frozen=True):
    """A checkpoint that was made to be photographed. text: as it is signed. size: entries it stands for."""

    text: str
    size: int
    at: Moment


def sealing(folder: Path, device: str, tree: Callable[[], tuple[int, bytes]]) -> Callable[[Moment], Sealed]:
    """How a running kiosk seals its record.

    tree: how many entries are on the disk, and the root over them. What it gives raises SealKeyError or OSError
    where there is no key to sign with, and StoreError where the tree can't be read.
    """

    def sealed(now: Moment) -> Sealed:
        signer = seal_key(folder, device, may_make=True)
        assert signer is not None
        size, root = tree()
        made = Sealed(seal(Checkpoint(signer.name, size, root), signer), size, now)
        leave(folder, HANGING_FILE, msgspec.json.encode(made))
        return made

    return sealed


def left_hanging(folder: Path, device: str, entries: int) -> Sealed | None:
    """The latest checkpoint that the kiosk left word of, for who looks on from beside it.

    device, entries: of the record as it is. None where there is no such checkpoint, or where it is of another
    record or of more entries: then the record was put back since.
    """
    try:
        found = msgspec.json.decode((folder / HANGING_FILE).read_bytes(), type=Sealed)
    except (OSError, msgspec.DecodeError):
        return None
    return found if found.text.startswith(f"{origin(device)}\n{found.size}\n") and found.size <= entries else None
