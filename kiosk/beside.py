"""Small files left beside the record: whole or not at all, and no reason to stop when a disk refuses them."""

import os
from pathlib import Path


def leave(folder: Path, name: str, text: bytes) -> None:
    """Leave a file, for its owner's eyes; a disk that refuses loses it, and nothing else."""
    draft = folder / f"{name}.new"
    try:
        draft.touch(mode=0o600)
        draft.write_bytes(text)
        hand_over(folder, draft)
        draft.replace(folder / name)
    except OSError:
        return


def hand_over(folder: Path, *places: Path) -> None:
    """What root has written into a data folder belongs to the kiosk that runs on it, as the folder does."""
    owner = folder.stat()
    if os.geteuid() == 0:
        for place in places:
            os.chown(place, owner.st_uid, owner.st_gid, follow_symlinks=False)
