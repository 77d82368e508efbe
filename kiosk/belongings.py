"""What belongs to a record besides its rows: the two keys, and the photos that it names by their hashes.

Copied both ways, onto a second medium and back from one; what comes from outside is never trusted: only plain files
of the right name and size are read, and a photo is what its name says or it is left behind.
"""

import errno
import hashlib
import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from msgspec import DecodeError

from kiosk.badge_key import KEY_FILE as BADGE_KEY
from kiosk.events import PhotoAttached, read_entry
from kiosk.key_file import write_new
from kiosk.photos import LARGEST, found
from kiosk.seal_key import KEY_FILE as SEAL_KEY
from kiosk.store import Reader

KEY_LENGTH = 32


class Photos(NamedTuple):
    """What became of the photos that a record names. missing: those that are not there, or not what they were."""

    added: int
    missing: tuple[str, ...]


def named_photos(reader: Reader, after: int = 0) -> tuple[str, ...]:
    """The photos that belong to circles, by their SHA-256, in the order they were attached."""
    named: dict[str, None] = {}
    for row in reader.rows(after):
        if '"photo attached"' not in row.body:
            continue
        try:
            event = read_entry(row.body).event
        except DecodeError:
            continue
        if isinstance(event, PhotoAttached):
            named[event.photo] = None
    return tuple(named)


def copy_photos(
    names: tuple[str, ...], source: Path, target: Path, passed: Callable[[int], None] = lambda _: None
) -> Photos:
    """Bring the photos of these names from one data folder to another. Raises OSError where it can't write."""
    added, missing = 0, []
    for number, name in enumerate(names, 1):
        if _photo(target, name) is None:
            data = _photo(source, name)
            if data is None:
                missing.append(name)
            else:
                _write_photo(target / "photos", name, data)
                added += 1
        passed(number)
    return Photos(added, tuple(missing))


def _photo(folder: Path, name: str) -> bytes | None:
    """A photo that is what its name says; None for any other."""
    place = found(folder, name)
    data = read_plain(place, LARGEST) if place is not None else None
    return data if data is not None and hashlib.sha256(data).hexdigest() == name else None


def _write_photo(folder: Path, name: str, data: bytes) -> None:
    try:
        folder.mkdir(mode=0o700)
    except FileExistsError:
        if folder.is_symlink() or not folder.is_dir():
            raise NotADirectoryError(errno.ENOTDIR, "it is no folder", str(folder)) from None
    write_new(folder / f"{name}.jpg", data)


def copy_keys(source: Path, target: Path) -> None:
    """Without its keys a record knows no badge and signs as somebody else. Raises OSError where it can't write."""
    for name in (BADGE_KEY, SEAL_KEY):
        key = read_plain(source / name, KEY_LENGTH)
        if key is not None and read_plain(target / name, KEY_LENGTH) != key:
            if (target / name).is_dir():
                raise IsADirectoryError(errno.EISDIR, "it is a folder", str(target / name))
            write_new(target / name, key)


def badge_key(folder: Path) -> bytes | None:
    """The key of the badges in a folder that may be hostile; None where there is none."""
    key = read_plain(folder / BADGE_KEY, KEY_LENGTH)
    return key if key is not None and len(key) == KEY_LENGTH else None


def read_plain(path: Path, most: int) -> bytes | None:
    """What is in a plain file of at most so many bytes; None for a link, a pipe, a larger file, or none at all."""
    try:
        # Without O_NONBLOCK a pipe would hold us up here for ever.
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        return None
    with os.fdopen(handle, "rb") as file:
        found = os.fstat(file.fileno())
        if not stat.S_ISREG(found.st_mode) or found.st_size > most:
            return None
        try:
            data = file.read(most + 1)
        except OSError:
            return None
    return data if len(data) <= most else None
