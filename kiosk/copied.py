"""When the last good copy of the record was made, left beside the record for the wall and for `kiosk state`."""

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from kiosk.amounts import Moment

COPIED_FILE = "copied.json"


class Copied(Struct, frozen=True):
    """The last copy that was found whole. target: the folder it is in."""

    moment: Moment
    entries: int
    target: str


def write_copied(folder: Path, copied: Copied) -> None:
    """Leave word; whole or not at all. A disk that refuses is no reason to stop: the copy is made."""
    draft = folder / f"{COPIED_FILE}.new"
    try:
        draft.touch(mode=0o600)
        draft.write_bytes(msgspec.json.encode(copied))
        hand_over(folder, draft)
        draft.replace(folder / COPIED_FILE)
    except OSError:
        return


def read_copied(folder: Path) -> Copied | None:
    """The last good copy; None when there was none."""
    try:
        return msgspec.json.decode((folder / COPIED_FILE).read_bytes(), type=Copied)
    except (OSError, msgspec.DecodeError):
        return None


def told_of_copy(folder: Path) -> dict[str, Any] | None:
    """The last good copy as plain data: when it was made (ISO 8601, UTC), of how many entries, and where it is."""
    copied = read_copied(folder)
    if copied is None:
        return None
    made = datetime.fromtimestamp(copied.moment.wall / 1000, UTC).isoformat(timespec="seconds")
    return {"made": made.replace("+00:00", "Z"), "entries": copied.entries, "target": copied.target}


def hand_over(folder: Path, *places: Path) -> None:
    """What root has written into a data folder belongs to the kiosk that runs on it, as the folder does."""
    owner = folder.stat()
    if os.geteuid() == 0:
        for place in places:
            os.chown(place, owner.st_uid, owner.st_gid, follow_symlinks=False)
