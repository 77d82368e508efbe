"""What is wrong right now with a running kiosk, left beside the record for `kiosk state` to read.

Not part of the record: it is about the box, is true only while the kiosk runs, and may be lost.
"""

import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import msgspec
from msgspec import Meta, Struct

from kiosk.faces import Alarm

STATUS_FILE = "status.json"


class Status(Struct, frozen=True):
    """pid: of the kiosk that wrote it. alarms: what is wrong with it and its devices."""

    pid: Annotated[int, Meta(ge=1, lt=2**31)]
    alarms: tuple[Alarm, ...]


def write_status(folder: Path, alarms: Iterable[Alarm]) -> None:
    """Leave word; whole or not at all. A disk that refuses is no reason to stop."""
    draft = folder / f"{STATUS_FILE}.new"
    try:
        draft.touch(mode=0o600)
        draft.write_bytes(msgspec.json.encode(Status(pid=os.getpid(), alarms=tuple(alarms))))
        draft.replace(folder / STATUS_FILE)
    except OSError:
        return


def on_trial(prefix: Path = Path(sys.prefix)) -> bool:
    """Whether this version is one that `change-over` still tries: it has never said that it is ready."""
    return (prefix.parent.parent / "trying").exists()


def refused_update(prefix: Path = Path(sys.prefix)) -> str:
    """What `change-over` says of a version that did not start, as a sentence; empty when there was none.

    prefix: of the environment that runs; versions lie side by side, and the word beside them.
    """
    try:
        said = (prefix.parent.parent / "refused").read_text(encoding="utf-8")[:200].strip()
    except (OSError, UnicodeDecodeError):
        return ""
    return f"{said}. Whoever tends the kiosk looks for another." if said else ""


def read_status(folder: Path) -> tuple[Alarm, ...]:
    """The alarms of the kiosk that runs on this folder; none when it does not run."""
    try:
        status = msgspec.json.decode((folder / STATUS_FILE).read_bytes(), type=Status)
        os.kill(status.pid, 0)
    except PermissionError:
        return status.alarms
    except (OSError, msgspec.DecodeError):
        return ()
    return status.alarms
