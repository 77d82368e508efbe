"""A key on the disk: written whole or not at all, for its owner's eyes only."""

import os
from pathlib import Path


def write_new(path: Path, key: bytes) -> None:
    """Write a new key; it has its name only once it is synced, since half a key makes every badge a stranger's."""
    draft = path.with_suffix(".new")
    draft.unlink(missing_ok=True)
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(key)
        file.flush()
        os.fsync(handle)
    draft.rename(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
