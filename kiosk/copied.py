"""When the last good copy of the record was made, left beside the record for the wall and for `kiosk state`."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from kiosk.amounts import Moment
from kiosk.beside import leave

COPIED_FILE = "copied.json"


class Copied(Struct, frozen=True):
    """The last copy that was found whole. target: the folder it is in."""

    moment: Moment
    entries: int
    target: str


def write_copied(folder: Path, copied: Copied) -> None:
    """Leave word; whole or not at all. A disk that refuses is no reason to stop: the copy is made."""
    leave(folder, COPIED_FILE, msgspec.json.encode(copied))


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
