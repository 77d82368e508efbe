"""Putting a copy in the place of the record: checked, laid ready beside it, decided, and only then exchanged.

1. `examine` and `check` look at a copy that may be hostile, and write nothing.
2. `lay_ready` copies it row by row into a file of our own making: no trigger, view or page of a stranger's file
   comes along. It goes on where it was cut off. `offer` gives the whole folder its name.
3. `decide` writes into the copy whose hands it was. From this commit on it is decided, whatever happens.
4. `settle` exchanges the files, before the kiosk opens its record. It moves one file at a time, syncs each folder
   before the next, and can be cut off anywhere: called again it goes on. What was replaced is kept.
"""

import os
import re
import shutil
import stat
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec
from msgspec import Struct

from kiosk.amounts import EntryId, Moment
from kiosk.events import AnyEvent, Entry, RecordRestored
from kiosk.sealing.tree import Peaks, grown, root_of
from kiosk.state import State, Touched, apply, document, restore
from kiosk.store.backup import FILES, back_up
from kiosk.store.errors import StoreBusyError, StoreDamagedError, StoreError, StoreFailedError
from kiosk.store.sqlite_file import SQLiteFile
from kiosk.store.store import Folding, Reader, Store, held

READY = "restoring"
"""The folder, in the data folder, where a checked copy lies ready."""

DRAFT = "restoring.new"
"""The same while it is being laid ready."""

ASIDE = "set-aside"
"""The folder where records are kept that were replaced."""

LARGEST = 4 * 2**30 - 1
"""Bytes of a record that is looked at; FAT holds no larger file."""

LONGEST = 128 * 2**10
"""Bytes of one entry that is looked at; those of a large shop's Friday are less than half of it."""

LATEST = 253_402_300_000_000
"""Milliseconds since 1970; later than any clock can say."""

_KEYS = ("badge.key", "seal.key")
_SAID = "ready.json"
_DECIDED = "decided.json"
_OLD = "restoring.old"
_TABLES = {"about", "record", "documents", "present_tables", "taken"}
_DEVICE = re.compile(r"[0-9a-z]{1,32}")
_KEPT = re.compile(rf"{ASIDE}/[0-9a-z-]{{1,60}}")
_HOLES = 8
"""A file that takes up less than one part in so many of its size is holes, made to look large."""


class Checked(NamedTuple):
    """A copy that was read whole. root: of the tree over its entries. state: what they fold to."""

    device: str
    size: int
    root: bytes
    newest: Moment
    state: State


class Ready(Struct, frozen=True):
    """What is said of the copy that lies ready. root: in hex."""

    entries: int
    root: str
    newest: Moment


class _Decided(Struct, frozen=True):
    """The exchange that has begun. aside: where the old record goes, from the data folder."""

    aside: str


# --- looking at a copy ------------------------------------------------------------------------------------


def examine(source: Path) -> None:
    """Look at what lies in a folder without opening it; StoreError with the reason where it is not to be read."""
    if not source.is_dir():
        raise StoreFailedError(f"There is no folder {source}. Is the stick plugged in?")
    for name in FILES:
        place = source / name
        try:
            found = place.lstat()
        except FileNotFoundError:
            continue
        except OSError as error:
            raise StoreFailedError(f"{place} can’t be looked at ({error.strerror}).") from error
        if not stat.S_ISREG(found.st_mode):
            raise StoreDamagedError(f"{place} is no plain file, so it is not read.")
        if found.st_size > LARGEST:
            raise StoreDamagedError(f"{place} is larger than any record, so it is not read.")
        if found.st_blocks * 512 * _HOLES < found.st_size and not name.endswith("-shm"):
            raise StoreDamagedError(f"{place} is mostly holes, as no record is, so it is not read.")


def open_warily(source: Path) -> Reader:
    """A copy to be read that may have been made to do harm."""
    examine(source)
    reader = Reader.open(source, longest=LONGEST)
    try:
        _must_be_plain(source, reader)
    except BaseException:
        reader.close()
        raise
    return reader


def _must_be_plain(source: Path, reader: Reader) -> None:
    with SQLiteFile(source / FILES[0], read_only=True, longest=LONGEST) as file:
        for kind, table, sql in file.rows("SELECT type, name, coalesce(sql, '') FROM sqlite_master"):
            strange = kind == "view" or (kind == "table" and table not in _TABLES)
            if strange or not sql.startswith("CREATE ") or sql.startswith("CREATE VIRTUAL"):
                # Indexes that SQLite makes by itself have no words of their own.
                if kind == "index" and not sql:
                    continue
                raise StoreDamagedError(f"{source} holds something that no kiosk makes: the {kind} {table[:40]!r}.")
        # Before anything looks into the rows: whatever is too long for an entry ends here.
        for columns in ("max(length(body)), max(length(countered)) FROM record", "max(length(value)) FROM about"):
            file.rows(f"SELECT {columns}")
        tree = file.rows("SELECT value FROM about WHERE name = 'tree'")
    if not _DEVICE.fullmatch(reader.device):
        raise StoreDamagedError(f"{source} names no kiosk.")
    if tree and tree[0][0].partition(" ")[0] != str(reader.last_number):
        raise StoreDamagedError(f"{source} has lost entries at its end, or has some too many.")


def check(reader: Reader, passed: Callable[[int], None] = lambda _: None) -> Checked:
    """Read a copy whole: each entry as it was written, none missing, the tree over them, and what they come to.

    Raises StoreDamagedError with the reason.
    """
    damage = reader.damage()
    if damage:
        raise StoreDamagedError(f"The file is broken: {damage[0]}")
    try:
        with reader.still():
            return _check(reader, passed)
    except StoreError:
        raise
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError, RecursionError) as error:
        # Entries that fit their hashes and yet can't follow one another: no kiosk has written these.
        raise StoreDamagedError(f"Its entries can’t be added up ({type(error).__name__}: {error}).") from error


def _check(reader: Reader, passed: Callable[[int], None]) -> Checked:
    folding, size, newest = Folding(), 0, None
    peaks: Peaks = ()
    for entry, leaf in reader.sealed():
        if (entry.device, entry.number) != (reader.device, size + 1):
            raise StoreDamagedError(f"Where the entry {size + 1} should be, {entry.number} is.")
        if not 0 <= entry.moment.wall < LATEST:
            raise StoreDamagedError(f"The entry {entry.number} is of no time that there is.")
        folding.add(entry)
        peaks = grown(peaks, size, leaf)
        size += 1
        newest = entry.moment
        passed(size)
    if newest is None or folding.state.founded is None:
        raise StoreDamagedError("There is no shop in this copy, only an empty record.")
    root = root_of(peaks)
    if reader.tree() != (size, root):
        raise StoreDamagedError(f"The tree that was kept is not the one over these {size} entries.")
    folding.documents()
    return Checked(reader.device, size, root, newest, folding.state)


def shared(one: Reader | Store, other: Reader | Store) -> int:
    """With how many entries both records begin."""
    if one.device != other.device:
        return 0
    count = 0
    for mine, theirs in zip(one.leaves(), other.leaves(), strict=False):
        if mine.hash != theirs.hash:
            break
        count += 1
    return count


# --- laying it ready --------------------------------------------------------------------------------------


def lay_ready(reader: Reader, folder: Path, passed: Callable[[int], None] = lambda _: None) -> Path:
    """Copy the rows of a checked copy into the draft, in a file of our own; gives the draft's folder."""
    draft = folder / DRAFT
    try:
        back_up(reader, draft, passed, present=False)
    except StoreDamagedError:
        # Left over from another copy. Nobody is told of a draft, so it may go.
        shutil.rmtree(draft, ignore_errors=True)
        back_up(reader, draft, passed, present=False)
    with Store.open(draft):
        pass  # folds the present anew, by the rules of this kiosk
    return draft


def offer(folder: Path, checked: Checked) -> None:
    """The draft is whole: it lies ready from now on, in the place of what lay ready before."""
    draft = folder / DRAFT
    with Reader.open(draft) as copy:
        if copy.tree() != (checked.size, checked.root):
            raise StoreDamagedError("The copy did not become what it was copied from. Try again.")
    said = Ready(checked.size, checked.root.hex(), checked.newest)
    _write(draft / _SAID, msgspec.json.encode(said))
    _sync(draft)
    if decided(folder):
        raise StoreBusyError("A copy is being put in place already. Start the kiosk, and look at it there.")
    withdraw(folder)
    draft.rename(folder / READY)
    _sync(folder)


def withdraw(folder: Path) -> bool:
    """Take back the offer of a copy; whether there was one."""
    if decided(folder):
        raise StoreBusyError("The copy is being put in place already, by many hands.")
    old = folder / _OLD
    shutil.rmtree(old, ignore_errors=True)
    try:
        (folder / READY).rename(old)
    except FileNotFoundError:
        return False
    _sync(folder)
    shutil.rmtree(old, ignore_errors=True)
    return True


def ready(folder: Path) -> Ready | None:
    """What lies ready, if something does."""
    try:
        return msgspec.json.decode((folder / READY / _SAID).read_bytes(), type=Ready)
    except (OSError, msgspec.DecodeError):
        return None


def ready_mark(folder: Path) -> tuple[int, int] | None:
    """Changes whenever something else lies ready; cheap to look at. None when nothing does."""
    try:
        found = (folder / READY / _SAID).stat()
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns


def kept_aside(folder: Path, event: RecordRestored) -> Path | None:
    """Where a record that was replaced lies; None where it is not there any more, or is said to lie elsewhere."""
    place = folder / event.aside
    return place if _KEPT.fullmatch(event.aside) and (place / FILES[0]).is_file() else None


# --- putting it in place ----------------------------------------------------------------------------------


def decide(folder: Path, event: RecordRestored, now: Moment) -> Entry:
    """Write into the copy that lies ready whose hands put it in place, and of what. From then on it is decided."""
    said = ready(folder)
    with Store.open(folder / READY) as copy:
        size, root = copy.tree()
        if said is None or (size, root.hex()) != (said.entries, said.root):
            raise StoreDamagedError("The copy that lay ready is no longer the one that was checked.")
        (entry,) = _write_into(copy, lambda _: (event,), now)
    return entry


def take_along(folder: Path, happened: Callable[[State], Sequence[AnyEvent]], now: Moment) -> None:
    """Write what has happened since, and is in no record yet, into the copy that was decided on; in one commit.

    happened: the events, by the state of the copy.
    """
    with Store.open(folder / READY) as copy:
        _write_into(copy, happened, now)


def _write_into(copy: Store, happened: Callable[[State], Sequence[AnyEvent]], now: Moment) -> tuple[Entry, ...]:
    state, changed = restore(copy.tables()), dict[Touched, None]()
    events, first = happened(state), copy.next_number
    newest = copy.find(EntryId(f"{copy.device}/{first - 1}"))
    order = max(newest.entry.order if newest else 0, now.wall) + 1 if state.in_building else 0
    entries = tuple(
        Entry(copy.device, first + place, now, event, order + place if order else 0)
        for place, event in enumerate(events)
    )
    for entry in entries:
        state, touched = apply(state, entry)
        changed.update(dict.fromkeys(touched))
    copy.append(entries, {name: document(state, name) for name in changed})
    return entries


def decided(folder: Path) -> bool:
    """Whether a copy is to be put in place at the next start."""
    return (folder / READY / _DECIDED).exists() or _event(folder) is not None


def settle(folder: Path) -> str:
    """Put the copy in place that many hands decided on; the folder with the replaced record, "" for nothing done.

    For the start, before the record is opened. Raises StoreBusyError when a kiosk runs on it.
    """
    if not (folder / READY).exists() or not decided(folder):
        return ""
    with held(folder):
        return _exchange_all(folder, _begun(folder))


def _event(folder: Path) -> RecordRestored | None:
    """The entry that says whose hands it was, at the end of the copy that lies ready."""
    said = ready(folder)
    if said is None or not (folder / READY / FILES[0]).exists():
        return None
    try:
        with Reader.open(folder / READY) as copy:
            for entry in copy.entries(after=said.entries):
                return entry.event if isinstance(entry.event, RecordRestored) else None
    except StoreError:
        return None  # whatever became of the copy, the record that is here goes on
    return None


def _begun(folder: Path) -> _Decided:
    """Where the old record goes; written down before the first file is moved."""
    place = folder / READY / _DECIDED
    if place.exists():
        return msgspec.json.decode(place.read_bytes(), type=_Decided)
    event = _event(folder)
    assert event is not None
    if not _KEPT.fullmatch(event.aside):
        raise StoreDamagedError(f"{event.aside[:60]!r} is no place to keep a record.")
    coming = folder / READY / FILES[0]
    SQLiteFile(coming).close()  # all that is in its log goes into the file
    if coming.with_name(FILES[1]).exists():
        raise StoreBusyError(f"Somebody else holds {coming} open. Close it there and start again.")
    begun = _Decided(event.aside)
    _write(place, msgspec.json.encode(begun))
    _sync(place.parent)
    return begun


def _exchange_all(folder: Path, begun: _Decided) -> str:
    aside, coming = folder / begun.aside, folder / READY
    aside.mkdir(mode=0o700, parents=True, exist_ok=True)
    for place in (aside.parent, folder):
        _sync(place)
    if (coming / FILES[0]).exists():
        # The log of the old record goes before it: beside the new one it would be taken for the new one's.
        for name in FILES[1:]:
            _move(folder / name, aside / name)
    for name in (FILES[0], *_KEYS):
        if (coming / name).exists():
            _move(folder / name, aside / name)
            _move(coming / name, folder / name)
    for photo in _photos(coming):
        (folder / "photos").mkdir(mode=0o700, exist_ok=True)
        _move(photo, folder / "photos" / photo.name)
    # Its name goes first, so that half of it is never taken for a copy that lies ready.
    shutil.rmtree(folder / _OLD, ignore_errors=True)
    _move(coming, folder / _OLD)
    shutil.rmtree(folder / _OLD, ignore_errors=True)
    return begun.aside


def _photos(coming: Path) -> Iterator[Path]:
    place = coming / "photos"
    return iter(sorted(place.glob("*.jpg"))) if place.is_dir() else iter(())


def _move(place: Path, to: Path) -> None:
    """One file, synced on both sides before anything else is moved. Nothing happens where it is not there."""
    if not place.exists():
        return
    place.rename(to)
    _sync(to.parent)
    _sync(place.parent)


def _write(path: Path, data: bytes) -> None:
    draft = path.with_suffix(".new")
    draft.unlink(missing_ok=True)
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(handle)
    draft.rename(path)


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
