"""A bad card, pretended at the system call: SQLite asks for a write or a read, and the card answers as bad ones do.

SQLite makes its calls through a table that can be changed from outside (xSetSystemCall,
https://www.sqlite.org/c3ref/vfs.html), which is how its own tests fail them. So the real store and the real SQLite
run, and the real errors come up through both; only the card is pretended.
"""

import ctypes
import ctypes.util
import errno
import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

OK = 0
_AT = 8
"""Bytes of a pointer."""

_Write = ctypes.CFUNCTYPE(
    ctypes.c_ssize_t, ctypes.c_int, ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int64, use_errno=True
)
_Stream = ctypes.CFUNCTYPE(ctypes.c_ssize_t, ctypes.c_int, ctypes.c_void_p, ctypes.c_size_t, use_errno=True)
_Set = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_char_p, ctypes.c_void_p)

_FIELDS_BEFORE_SET = 18
"""How many pointers sqlite3_vfs is long before xSetSystemCall; its three numbers are as long as two."""


class BadDisk:
    """The disk under every SQLite file of this process. Well at first; `sick` says what is wrong with it."""

    def __init__(self) -> None:
        sqlite = ctypes.CDLL(ctypes.util.find_library("sqlite3") or "libsqlite3.so.0")
        sqlite.sqlite3_vfs_find.restype = ctypes.c_void_p
        sqlite.sqlite3_vfs_find.argtypes = [ctypes.c_char_p]
        self._vfs = sqlite.sqlite3_vfs_find(None)
        self._set = _Set(ctypes.c_void_p.from_address(self._vfs + _FIELDS_BEFORE_SET * _AT).value)
        self._libc = ctypes.CDLL(None, use_errno=True)
        self._kept: list[Any] = []
        self.writes = 0
        self.reads = 0
        self._write_fails = self._read_fails = 0
        self._lets_through = 0
        self.seconds = 0.0
        self.writing = threading.Event()
        self.go_on = threading.Event()
        self.holds = False

    # --- what is wrong with it

    def full(self, after: int = 0) -> None:
        """No room for any write, after so many more that still fit."""
        self._write_fails, self._lets_through = errno.ENOSPC, after

    def read_only(self) -> None:
        """As a card that has given up writing."""
        self._write_fails, self._lets_through = errno.EROFS, 0

    def broken(self, after: int = 0) -> None:
        """Neither writing nor reading."""
        self._write_fails = self._read_fails = errno.EIO
        self._lets_through = after

    def unreadable(self) -> None:
        """Reading fails; writing is as it was."""
        self._read_fails = errno.EIO

    def slow(self, seconds: float) -> None:
        """The next write takes so long."""
        self.seconds = seconds

    def hold(self) -> None:
        """The next write waits until `go_on` is set; `writing` is set once it waits."""
        self.holds = True

    def well(self) -> None:
        """A good card again."""
        self._write_fails = self._read_fails = 0
        self.seconds, self.holds = 0.0, False
        self.go_on.set()

    # --- the calls

    @contextmanager
    def under(self) -> Iterator["BadDisk"]:
        """It is under all that is done within."""
        calls = {
            "pwrite": _Write(self._pwrite),
            "pwrite64": _Write(self._pwrite),
            "write": _Stream(self._stream),
            "pread": _Write(self._pread),
            "pread64": _Write(self._pread),
            "read": _Stream(self._stream_in),
        }
        self._kept.append(calls)  # SQLite may still hold one when it is put back
        for name, call in calls.items():
            self._set(self._vfs, name.encode(), ctypes.cast(call, ctypes.c_void_p))
        try:
            yield self
        finally:
            self.well()
            for name in calls:
                self._set(self._vfs, name.encode(), None)

    def _pwrite(self, file: int, data: int, size: int, at: int) -> int:
        return self._written() or self._real(os.pwrite, file, data, size, at)

    def _stream(self, file: int, data: int, size: int) -> int:
        return self._written() or self._real(os.write, file, data, size)

    def _pread(self, file: int, data: int, size: int, at: int) -> int:
        return self._read() or self._take(data, lambda: os.pread(file, size, at))

    def _stream_in(self, file: int, data: int, size: int) -> int:
        return self._read() or self._take(data, lambda: os.read(file, size))

    def _written(self) -> int:
        self.writes += 1
        if self._write_fails and self._lets_through <= 0:
            return _fails(self._write_fails)
        self._lets_through -= 1
        if self.seconds:
            seconds, self.seconds = self.seconds, 0.0
            time.sleep(seconds)
        if self.holds:
            self.holds = False
            self.writing.set()
            self.go_on.wait(30)
        return 0

    def _read(self) -> int:
        self.reads += 1
        return _fails(self._read_fails) if self._read_fails else 0

    def _real(self, call: Callable[..., int], file: int, data: int, size: int, *at: int) -> int:
        try:
            return call(file, ctypes.string_at(data, size), *at)
        except OSError as error:
            return _fails(error.errno or errno.EIO)

    def _take(self, data: int, call: Callable[[], bytes]) -> int:
        try:
            found = call()
        except OSError as error:
            return _fails(error.errno or errno.EIO)
        ctypes.memmove(data, found, len(found))
        return len(found)


def _fails(number: int) -> int:
    ctypes.set_errno(number)
    return -1
