"""A disk that remembers every write and every sync, so that it can be cut off anywhere and put together again.

SQLite writes through a layer of its own (a VFS, https://www.sqlite.org/vfs.html). Here the usual one is asked to
open each file, and three of the file's methods and the deletion are listened to; the rest is left alone. So the
real store and the real SQLite are tried; only what the disk keeps is pretended.

What a disk may do with what was written and not yet synced (as the crash tests of SQLite do it, and Pillai and
others, "All file systems are not created equal", OSDI 2014): keep all, none, some, or half of one.
"""

import ctypes
import ctypes.util
import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

SECTOR = 512
OK = 0

# Names go through as pointers: SQLite keeps the name's memory for as long as the file is open.
_Open = ctypes.CFUNCTYPE(
    ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p
)
_Delete = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int)
_Write = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int, ctypes.c_int64)
_Truncate = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int64)
_Sync = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int)


class _Vfs(ctypes.Structure):
    _fields_ = [
        ("iVersion", ctypes.c_int),
        ("szOsFile", ctypes.c_int),
        ("mxPathname", ctypes.c_int),
        ("pNext", ctypes.c_void_p),
        ("zName", ctypes.c_char_p),
        ("pAppData", ctypes.c_void_p),
        ("xOpen", ctypes.c_void_p),
        ("xDelete", ctypes.c_void_p),
        ("others", ctypes.c_void_p * 14),
    ]


class _Methods(ctypes.Structure):
    _fields_ = [
        ("iVersion", ctypes.c_int),
        ("xClose", ctypes.c_void_p),
        ("xRead", ctypes.c_void_p),
        ("xWrite", ctypes.c_void_p),
        ("xTruncate", ctypes.c_void_p),
        ("xSync", ctypes.c_void_p),
        ("others", ctypes.c_void_p * 13),
    ]


class Step(NamedTuple):
    """Something asked of the disk: "write" (at, data), "truncate" (at), "sync", "delete"; or "said" (how many)."""

    what: str
    file: str = ""
    at: int = 0
    data: bytes = b""


@dataclass
class Log:
    """All that was asked of the disk, in order."""

    steps: list[Step] = field(default_factory=list)

    def say(self, how_many: int) -> None:
        """So many entries were acknowledged to somebody."""
        self.steps.append(Step("said", at=how_many))


class Listener:
    """Listens to all that SQLite asks of the disk in this process, between `start` and `stop`."""

    def __init__(self) -> None:
        self.sqlite = ctypes.CDLL(ctypes.util.find_library("sqlite3") or "libsqlite3.so.0")
        self.sqlite.sqlite3_vfs_find.restype = ctypes.c_void_p
        self.sqlite.sqlite3_vfs_find.argtypes = [ctypes.c_char_p]
        self.sqlite.sqlite3_vfs_register.argtypes = [ctypes.c_void_p, ctypes.c_int]
        self._usual = self.sqlite.sqlite3_vfs_find(None)
        self._log: Log | None = None
        self._names: dict[int, str] = {}
        self._methods: dict[int, tuple[_Methods, _Methods]] = {}
        self._kept: list[Any] = []
        self._vfs = self._listening(_Vfs.from_address(self._usual))
        self.sqlite.sqlite3_vfs_register(ctypes.addressof(self._vfs), 0)

    def _listening(self, usual: _Vfs) -> _Vfs:
        vfs = _Vfs.from_buffer_copy(usual)
        vfs.zName = b"listening"
        vfs.pNext = None
        opens, deletes = _Open(self._open), _Delete(self._delete)
        self._kept += [opens, deletes]
        vfs.xOpen = ctypes.cast(opens, ctypes.c_void_p)
        vfs.xDelete = ctypes.cast(deletes, ctypes.c_void_p)
        self._usual_open = _Open(usual.xOpen)
        self._usual_delete = _Delete(usual.xDelete)
        return vfs

    @contextmanager
    def listening(self) -> Iterator[Log]:
        """Every connection opened within it is listened to."""
        log = Log()
        self._log = log
        self.sqlite.sqlite3_vfs_register(ctypes.addressof(self._vfs), 1)
        try:
            yield log
        finally:
            self._log = None
            self.sqlite.sqlite3_vfs_register(self._usual, 1)

    def _note(self, step: Step) -> None:
        if self._log is not None:
            self._log.steps.append(step)

    def _open(self, _vfs: int, name: int | None, file: int, flags: int, out: int) -> int:
        code = self._usual_open(self._usual, name, file, flags, out)
        pointer = ctypes.c_void_p.from_address(file)
        if code == OK and pointer.value and name:
            self._names[file] = _name(name)
            pointer.value = ctypes.addressof(self._wrapped(pointer.value))
        return int(code)

    def _wrapped(self, methods: int) -> _Methods:
        """The usual methods, three of them listened to; made once for each kind of file."""
        if methods not in self._methods:
            usual = _Methods.from_address(methods)
            ours = _Methods.from_buffer_copy(usual)
            write, truncate, sync = self._listeners(
                _Write(usual.xWrite), _Truncate(usual.xTruncate), _Sync(usual.xSync)
            )
            ours.xWrite = ctypes.cast(write, ctypes.c_void_p)
            ours.xTruncate = ctypes.cast(truncate, ctypes.c_void_p)
            ours.xSync = ctypes.cast(sync, ctypes.c_void_p)
            self._methods[methods] = (usual, ours)
        return self._methods[methods][1]

    def _listeners(self, usual_write: Any, usual_truncate: Any, usual_sync: Any) -> tuple[Any, Any, Any]:
        def write(file: int, data: int, size: int, at: int) -> int:
            self._note(Step("write", self._names.get(file, ""), at, ctypes.string_at(data, size)))
            return int(usual_write(file, data, size, at))

        def truncate(file: int, size: int) -> int:
            self._note(Step("truncate", self._names.get(file, ""), size))
            return int(usual_truncate(file, size))

        def sync(file: int, flags: int) -> int:
            self._note(Step("sync", self._names.get(file, "")))
            return int(usual_sync(file, flags))

        made = (_Write(write), _Truncate(truncate), _Sync(sync))
        self._kept += made
        return made

    def _delete(self, _vfs: int, name: int, sync_folder: int) -> int:
        self._note(Step("delete", _name(name), sync_folder))
        return int(self._usual_delete(self._usual, name, sync_folder))


def _name(pointer: int) -> str:
    return Path(ctypes.string_at(pointer).decode()).name


# --- what is left after the power was cut -----------------------------------------------------------------


Files = dict[str, bytes]
WAYS = ("lost", "kept", "torn", "last only", "some")
"""What became of what was not synced."""


def acknowledged(steps: list[Step]) -> int:
    """How many entries somebody had been told of."""
    return max((step.at for step in steps if step.what == "said"), default=0)


def left_after(files: Files, steps: list[Step], way: str, chance: random.Random) -> Files:
    """The files as found after a cut: `files` from before these steps, what was synced, and some of the rest."""
    found = dict(files)
    waiting: dict[str, list[Step]] = {}
    gone: list[Step] = []
    for step in steps:
        if step.what == "sync":
            for each in waiting.pop(step.file, []):
                _put(found, each)
            # On ext4 a synced file has its name too; but a deletion may still be undone.
        elif step.what in ("write", "truncate"):
            waiting.setdefault(step.file, []).append(step)
        elif step.what == "delete":
            waiting.pop(step.file, None)
            if step.at:
                found.pop(step.file, None)
            else:
                gone.append(step)
    for each in _survivors([step for steps in waiting.values() for step in steps], way, chance):
        _put(found, each)
    for step in gone:
        if way == "kept" or (way == "some" and chance.random() < 0.5):
            found.pop(step.file, None)
    return found


def _survivors(waiting: list[Step], way: str, chance: random.Random) -> list[Step]:
    match way:
        case "lost":
            return []
        case "kept":
            return waiting
        case "last only":
            return waiting[-1:]
        case "torn":
            return [*waiting[:-1], *(_torn(waiting[-1], chance) if waiting else ())]
    return [
        each
        for step in waiting
        if chance.random() < 0.6
        for each in (_torn(step, chance) if chance.random() < 0.3 else (step,))
    ]


def _torn(step: Step, chance: random.Random) -> tuple[Step, ...]:
    """Only some sectors of it, perhaps with rubbish in the one that was being written."""
    if step.what != "write" or len(step.data) < 2:
        return ()
    if len(step.data) <= SECTOR:
        return (step._replace(data=step.data[: len(step.data) // 2]),)
    sectors = len(step.data) // SECTOR
    end = chance.randrange(sectors) * SECTOR
    rubbish = bytes(chance.randrange(256) for _ in range(min(SECTOR, len(step.data) - end)))
    return (step._replace(data=step.data[:end] + (rubbish if chance.random() < 0.5 else b"")),)


def _put(files: Files, step: Step) -> None:
    old = files.get(step.file, b"")
    if step.what == "truncate":
        files[step.file] = old[: step.at]
        return
    old = old.ljust(step.at, b"\0")
    files[step.file] = old[: step.at] + step.data + old[step.at + len(step.data) :]


def lay_out(files: Files, folder: Path) -> None:
    """Put the files into an empty folder."""
    folder.mkdir(parents=True)
    for name, data in files.items():
        (folder / name).write_bytes(data)


def read_in(folder: Path) -> Files:
    """What lies in a folder, but for the index of the log, which is memory and not disk."""
    return {path.name: path.read_bytes() for path in folder.iterdir() if not path.name.endswith(("-shm", ".lock"))}
