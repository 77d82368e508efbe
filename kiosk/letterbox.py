"""Where letters lie that somebody carried here, until the kiosk takes them: a folder beside the record.

Whoever lays them there need not be trusted. A file is looked at only as far as a segment is long, and what the
kiosk makes of it is the business of its rules.
"""

import hashlib
import os
import re
from collections.abc import Iterator
from pathlib import Path

from kiosk.letters import LONGEST

MOST = 2000
"""So many may lie there; more is a slip, or meant to fill the card."""

_NAME = re.compile(r"[0-9]{9}-[0-9a-f]{64}\.letters")
CLOSE_NOW = "close-now"
"""A file of this name asks the kiosk to put what waits into segments now: somebody stands there with a stick."""


def _place(folder: Path) -> Path:
    return folder / "letters"


def lay(folder: Path, number: int, text: str) -> None:
    """Lay a segment there. number: of the segment, for the order. Raises OSError when it can't be written."""
    data = text.encode()
    if len(data) > LONGEST or not 0 < number < 10**9 or sum(1 for _ in lying(folder)) >= MOST:
        return
    place = _place(folder)
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    name = f"{number:09}-{hashlib.sha256(data).hexdigest()}.letters"
    draft = place / f"{name}.new"
    draft.unlink(missing_ok=True)
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(place / name)


def lying(folder: Path) -> Iterator[Path]:
    """What lies there, in the order of the numbers."""
    try:
        there = sorted(_place(folder).iterdir())
    except OSError:
        return
    yield from (path for path in there if _NAME.fullmatch(path.name))


def read(path: Path) -> str:
    """What a file says, as far as a segment can be long; "" for what is no text, or no file."""
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        with os.fdopen(handle, "rb") as file:
            data = file.read(LONGEST + 1)
        return data.decode() if len(data) <= LONGEST else ""
    except (OSError, UnicodeDecodeError):
        return ""


def ask_to_close(folder: Path) -> None:
    """Ask the running kiosk to put what waits into segments now."""
    place = _place(folder)
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    (place / CLOSE_NOW).touch(mode=0o600)


def asked_to_close(folder: Path) -> bool:
    """Whether somebody asked; the question is taken away with it."""
    try:
        (_place(folder) / CLOSE_NOW).unlink()
    except OSError:
        return False
    return True
