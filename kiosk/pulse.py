"""The kiosk's pulse: whoever looks on can tell that it lives, and nothing is written for that.

A running kiosk holds a lock on an empty file beside the record, and the lock grows: at each beat it is made as many
bytes long as the monotonic clock of this machine says in seconds, and one more. So the time of the beat is in the
kernel and on no card, and it is gone at once when the kiosk is, however it ended. Asking takes no lock, so that
nobody who asks is ever in the way of a kiosk that starts.

The locks are those of open file descriptions (fcntl(2), F_OFD_SETLK): closing the file elsewhere lets go of none.
"""

import fcntl
import os
import struct
import time
from pathlib import Path
from typing import Self

PULSE_FILE = "pulse"

_LOCK = struct.Struct("hhqqi4x")
"""What the kernel takes for a lock: its sort, from where, the first byte, how many, whose (fcntl(2))."""


class Pulse:
    """Beats for the kiosk. A folder that gives no file for it gives no pulse; that is no reason to stop."""

    def __init__(self, folder: Path) -> None:
        self._file = _open(folder, os.O_RDWR | os.O_CREAT)

    def beat(self) -> None:
        """Say that the kiosk lives now."""
        if self._file is None:
            return
        try:
            fcntl.fcntl(self._file, fcntl.F_OFD_SETLK, _lock(fcntl.F_WRLCK, int(time.monotonic()) + 1))
        except OSError:
            return

    def close(self) -> None:
        """Let go; closing twice does no harm."""
        if self._file is not None:
            os.close(self._file)
            self._file = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def last_beat(folder: Path) -> float | None:
    """When the kiosk on a folder was last heard, in seconds on the monotonic clock; None when none runs."""
    file = _open(folder, os.O_RDONLY)
    if file is None:
        return None
    try:
        held = _LOCK.unpack(fcntl.fcntl(file, fcntl.F_OFD_GETLK, _lock(fcntl.F_RDLCK, 0)))
    except OSError:
        return None
    finally:
        os.close(file)
    sort, _, _, length, _ = held
    return None if sort == fcntl.F_UNLCK else float(length - 1)


def _lock(sort: int, length: int) -> bytes:
    """A lock on so many bytes from the first; 0 for all there could ever be."""
    return _LOCK.pack(sort, os.SEEK_SET, 0, length, 0)


def _open(folder: Path, how: int) -> int | None:
    try:
        return os.open(folder / PULSE_FILE, how | os.O_CLOEXEC, 0o600)
    except OSError:
        return None
