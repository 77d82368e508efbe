"""The record: rows that are only ever added, each with a hash that a tree can be built over.

A row holds an entry as the one line of JSON that `kiosk.events.write_entry` makes, 16 random bytes of salt, and
SHA-256(0x00 ‖ salt ‖ line). The 0x00 marks a leaf (RFC 6962, section 2.1); the salt lets a leaf be shown to others
without letting them guess the entry behind it. SQLite itself refuses to change or remove a row, or to leave a gap.
"""

import secrets
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache
from hashlib import sha256
from itertools import chain
from typing import Any, NamedTuple

import msgspec

from kiosk.amounts import EntryId
from kiosk.batch import entries_in, spread
from kiosk.events import EntriesTaken, Entry, Found, read_entry, takes_back, write_entry
from kiosk.sealing.tree import HASH, Peaks, grown, peaks_of, root_of
from kiosk.sealing.tree import leaf_hash as hash_of_leaf
from kiosk.state import SHAPE
from kiosk.store.errors import BRING_BACK, NoRecordError, StoreDamagedError, StoreNewerError
from kiosk.store.sqlite_file import SQLiteFile, Statement

_FORM = "1"
"""The form of the file. A kiosk refuses a form that it does not know."""

_LETTERS = "23456789bcdfghjkmnpqrstvwxz"
"""For names of kiosks: nothing that looks like something else, and no vowels, so that no word comes out."""

_NAME_LENGTH = 4
_SALT_LENGTH = 16

_BATCH = 500
"""Entries read at a time, so that a long read neither fills the memory nor holds up the log."""

_FEW = 20
"""Entries read at a time where each is looked for among many."""

_REMEMBERED = 1024
"""Entries kept parsed: what a screen full of people looks up."""

_LONGEST_NUMBER = 18
"""Digits; what SQLite can count."""

SCHEMA = tuple(
    Statement(sql)
    for sql in (
        "CREATE TABLE IF NOT EXISTS about (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID",
        # By number alone: an entry goes behind the newest, and so changes one page, however many there are.
        "CREATE TABLE IF NOT EXISTS record (device TEXT NOT NULL, number INTEGER PRIMARY KEY,"
        " wall INTEGER NOT NULL, body TEXT NOT NULL, salt BLOB NOT NULL CHECK (length(salt) = 16),"
        " leaf BLOB NOT NULL CHECK (length(leaf) = 32), countered TEXT) STRICT",
        "CREATE INDEX IF NOT EXISTS taken_back ON record (countered) WHERE countered IS NOT NULL",
        "CREATE TRIGGER IF NOT EXISTS never_changed BEFORE UPDATE ON record"
        " BEGIN SELECT RAISE(ABORT, 'an entry of the record is never changed'); END",
        "CREATE TRIGGER IF NOT EXISTS never_removed BEFORE DELETE ON record"
        " BEGIN SELECT RAISE(ABORT, 'an entry of the record is never removed'); END",
        # Also stops INSERT OR REPLACE, which would remove a row without asking the trigger for removals.
        "CREATE TRIGGER IF NOT EXISTS no_gap BEFORE INSERT ON record WHEN NEW.number IS NOT"
        " (SELECT coalesce(max(number), 0) + 1 FROM record WHERE device = NEW.device)"
        " BEGIN SELECT RAISE(ABORT, 'an entry of the record has the next number'); END",
    )
)

HOUSE = tuple(
    Statement(sql)
    for sql in (
        # Where the entries of other kiosks stand: in which entry of ours. It can be made again from these at any
        # time, and is there only where a shop has several kiosks.
        "CREATE TABLE IF NOT EXISTS taken (device TEXT NOT NULL, number INTEGER NOT NULL, at INTEGER NOT NULL,"
        " wall INTEGER NOT NULL, countered TEXT, PRIMARY KEY (device, number)) STRICT, WITHOUT ROWID",
        "CREATE INDEX IF NOT EXISTS countered_elsewhere ON taken (countered) WHERE countered IS NOT NULL",
    )
)

_ADD = "INSERT INTO record (device, number, wall, body, salt, leaf, countered) VALUES (?, ?, ?, ?, ?, ?, ?)"
_ABOUT = "INSERT INTO about VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value"
_WHAT = "SELECT device, number, body, salt, leaf FROM record"
_ONE = f"{_WHAT} WHERE device = ? AND number = ?"
_SOME = f"{_WHAT} WHERE device = ? AND number > ? ORDER BY number LIMIT {_BATCH}"
_ROWS = (
    "SELECT device, number, wall, body, salt, leaf, countered FROM record WHERE device = ? AND number > ?"
    f" ORDER BY number LIMIT {_BATCH}"
)
_WALLS_BACK = f"SELECT wall, number FROM record WHERE device = ? AND number < ? ORDER BY number DESC LIMIT {_BATCH}"
_OF_A_KIND = (
    f"{_WHAT} WHERE device = ? AND number {{beyond}} ? AND ({{test}}) ORDER BY number {{order}} LIMIT {_FEW}"
)
_TAKEN_BACK = "SELECT countered, device, number FROM record WHERE countered IS NOT NULL ORDER BY number"
_FOREIGN = "SELECT device, number FROM record WHERE device IS NOT ? ORDER BY number LIMIT 5"
_LEAVES = f"SELECT number, leaf FROM record WHERE device = ? AND number > ? ORDER BY number LIMIT {_BATCH}"


_HAS_HOUSE = "SELECT 1 FROM sqlite_master WHERE name = 'taken'"
_ADD_TAKEN = "INSERT OR REPLACE INTO taken VALUES (?, ?, ?, ?, ?)"
_WHERE = "SELECT at FROM taken WHERE device = ? AND number = ?"
_TAKEN_BACK_THERE = "SELECT countered, device, number FROM taken WHERE countered IS NOT NULL"
_TAKEN_BACK_BY_ANOTHER = "SELECT device, number FROM taken WHERE countered = ? ORDER BY device, number LIMIT 1"
_BETWEEN_THERE = "SELECT min(at), max(at) FROM taken WHERE wall >= ? AND wall < ?"


class Leaf(NamedTuple):
    """An entry's number and its hash, 32 bytes."""

    number: int
    hash: bytes


def leaf_hash(salt: bytes, line: bytes) -> bytes:
    """What a tree over the record has for an entry: SHA-256(0x00 ‖ salt ‖ line)."""
    return hash_of_leaf(salt + line)


def new_record() -> list[Statement]:
    """What to write to lay out an empty record and give this kiosk a name."""
    return laid_out_like(new_name())


def new_name() -> str:
    """A name for a kiosk that no other one has."""
    return "".join(secrets.choice(_LETTERS) for _ in range(_NAME_LENGTH))


def laid_out_like(device: str) -> list[Statement]:
    """What to write to lay out an empty record of a kiosk that has a name already."""
    about = {"form": _FORM, "device": device, "present": _as_of(0)}
    return [*SCHEMA, *(Statement(_ABOUT, said) for said in about.items())]


class Additions(NamedTuple):
    """What to write for new entries, and what the record says about itself then."""

    statements: list[Statement]
    about: dict[str, str]

    @property
    def tree_line(self) -> str:
        """How the tree over all entries is said then."""
        return self.about["tree"]


@lru_cache(maxsize=8)
def _about_so_many(count: int) -> str:
    return _ABOUT.replace("(?, ?)", ", ".join(["(?, ?)"] * count))


def said_of_itself(about: Mapping[str, str]) -> Statement:
    """What to write so that the record says all this about itself."""
    return Statement(_about_so_many(len(about)), tuple(chain.from_iterable(about.items())))


class Copied(NamedTuple):
    """A row as it stands in the file, to be written into another."""

    device: str
    number: int
    wall: int
    body: str
    salt: bytes
    leaf: bytes
    countered: str | None


def copied_row(row: Copied) -> list[Statement]:
    """What to write so that a row of another file is in this one."""
    entry = read_entry(row.body) if _A_BATCH in row.body else None
    return [Statement(_ADD, tuple(row)), *(() if entry is None else where_they_stand(entry))]


_A_BATCH = '"kind":"entries taken"'


def where_they_stand(entry: Entry) -> Iterator[Statement]:
    """What to write so that entries of another kiosk are found that came by this one; nothing for any other."""
    if isinstance(entry.event, EntriesTaken):
        yield from HOUSE
        for each in entries_in(entry.event):
            wall, countered = _beside(each)
            yield Statement(_ADD_TAKEN, (each.device, each.number, entry.number, wall, countered))


def copied_tree(size: int, peaks: Peaks) -> Statement:
    """What to write so that the tree over so many entries is kept."""
    return Statement(_ABOUT, ("tree", _tree_text(size, peaks)))


def _tree_text(size: int, peaks: Peaks) -> str:
    return f"{size} {b''.join(peaks).hex()}"


def sum_line(total: int) -> str:
    """How a sum of documents is written."""
    return f"{total:064x}"


def as_of(number: int | None) -> dict[str, str]:
    """What the record says of itself when the present is as of this entry; None while it is being folded anew."""
    return {"present": "" if number is None else _as_of(number)}


def summed_to(total: int) -> dict[str, str]:
    """What it says of itself when the documents add up to this."""
    return {"present sum": sum_line(total)}


def _as_of(number: int) -> str:
    """How it is said up to which entry, and in which shape, the present was folded."""
    return f"{number} in shape {SHAPE}"


class Record:
    """The rows of one kiosk. device: its name.

    Raises NoRecordError where nothing was laid out yet, StoreNewerError for a form it does not know, and
    StoreDamagedError, naming the entry, when a row is not what was written.
    """

    def __init__(self, file: SQLiteFile) -> None:
        self._file = file
        about = self._about()
        if about.get("form") != _FORM:
            raise StoreNewerError(f"A newer kiosk wrote {file.path} (form {about.get('form')}); update this one.")
        if "device" not in about:
            raise StoreDamagedError(f"{file.path} is damaged: it does not say which kiosk wrote it.")
        self.device = about["device"]
        self._remembered = lru_cache(maxsize=_REMEMBERED)(self._entry)
        self._tree: tuple[int, Peaks] | None = None
        self._house = bool(file.rows(_HAS_HOUSE))

    @property
    def last(self) -> int:
        """The number of the newest entry; 0 when there is none."""
        if self._tree is not None:
            return self._tree[0]
        ((number,),) = self._file.rows("SELECT coalesce(max(number), 0) FROM record WHERE device = ?", self.device)
        if not isinstance(number, int):
            raise StoreDamagedError(f"{self._file.path} is damaged: the number of an entry is none.")
        return number

    @property
    def present_as_of(self) -> str:
        """The entry up to which the present was folded, by its number; empty while it is folded anew."""
        return self._about().get("present", "").split(" ")[0]

    @property
    def present_is_of_this_shape(self) -> bool:
        """Whether the present was folded as this version folds."""
        return self._about().get("present", "").endswith(f" in shape {SHAPE}")

    @property
    def peaks(self) -> Peaks:
        """The peaks of the tree over all entries, as they were kept; made anew where they were not kept so far."""
        size, peaks = self._kept_peaks()
        return peaks if size == self.last else peaks_of(leaf.hash for leaf in self.leaves())[1]

    @property
    def root(self) -> bytes:
        """The root of the tree over all entries."""
        return root_of(self.peaks)

    def _kept_peaks(self) -> tuple[int, Peaks]:
        if self._tree is not None:
            return self._tree
        size, _, hashes = self.tree_line.partition(" ")
        try:
            number, raw = int(size or -1), bytes.fromhex(hashes)
        except ValueError as error:
            raise StoreDamagedError(f"{self._file.path} is damaged: its tree can't be read ({error}).") from error
        return number, tuple(raw[at : at + HASH] for at in range(0, len(raw), HASH))

    @property
    def tree_line(self) -> str:
        """The tree as it is kept: two records with the same line hold the same entries."""
        return self._about().get("tree", "")

    @property
    def present_sum(self) -> str:
        """What the documents of the present were last said to add up to; empty where that was never written."""
        return self._about().get("present sum", "")

    def tried(self) -> Statement:
        """What to write to see whether anything can be: other than before, or SQLite would not write it."""
        return Statement(_ABOUT, ("tried", secrets.token_hex(4)))

    def check_end(self) -> None:
        """Raise StoreDamagedError when there are more or fewer entries than were written."""
        size, _ = self._kept_peaks()
        if size >= 0 and size != self.last:
            raise StoreDamagedError(
                f"{self._file.path} is damaged: {size} entries were written, and it ends at number {self.last}. "
                f"{BRING_BACK}"
            )

    @contextmanager
    def growing(self, entries: Sequence[Entry]) -> Iterator["Additions"]:
        """What to write within it so that these entries are in the record, and the present is as of the last.

        For the one writer: it need not look up again what it has just written. If the writing fails, it looks.
        Raises ValueError when an entry isn't the next.
        """
        last, peaks = self.last, self.peaks
        self._tree = None
        for number, entry in enumerate(entries, last + 1):
            if (entry.device, entry.number) != (self.device, number):
                raise ValueError(f"The next entry is {self.device}/{number}, not {entry.id}.")
        rows = [_Row.of(entry) for entry in entries]
        for size, row in enumerate(rows, last):
            peaks = grown(peaks, size, row.leaf)
        size = last + len(rows)
        line = _tree_text(size, peaks)
        there = [each for entry in entries for each in where_they_stand(entry)]
        yield Additions([*(row.statement for row in rows), *there], {"tree": line} | as_of(size))
        self._tree = size, peaks
        self._house = self._house or bool(there)

    def folded_to(self, number: int | None) -> Statement:
        """What to write so that the present is said to be as of this entry; None while it is being folded anew."""
        return said_of_itself(as_of(number))

    def find(self, entry_id: EntryId) -> Found | None:
        """The entry of this name and the one that took it back; None when there is no such entry."""
        device, _, digits = entry_id.rpartition("/")
        if not (digits.isascii() and digits.isdigit() and len(digits) <= _LONGEST_NUMBER):
            return None
        try:
            entry = self._remembered(device, int(digits))
        except KeyError:
            return None
        return Found(entry=entry, countered_by=self._taken_back_by(entry_id)) if entry.id == entry_id else None

    def entries(self, after: int = 0) -> Iterator[Entry]:
        """All entries of this kiosk with a higher number, oldest first."""
        for row in self._batches(_SOME, after, place=1):
            yield _parsed(*row)

    def find_again(self) -> list[Statement]:
        """What to write so that all entries of other kiosks are found."""
        batches = self._of_kinds(("entries taken",), _OF_A_KIND.format(beyond=">", test=_tests(1), order="ASC"), 0)
        found = [each for entry in batches for each in where_they_stand(entry)]
        self._house = self._house or bool(found)
        return found

    def stands_at(self, entry_id: EntryId) -> int:
        """The number of the entry of ours that this one is, or came by; 0 for a name that is not in the record."""
        device, _, digits = entry_id.rpartition("/")
        if device == self.device:
            return int(digits)
        rows = self._file.rows(_WHERE, device, int(digits)) if self._house else ()
        return next((int(at) for (at,) in rows), 0)

    def between(self, wall: int, until: int) -> tuple[int, int]:
        """The lowest and the highest number of the entries of a time, in milliseconds since 1970; until is no part
        of it. (n + 1, n) when there are none.

        Looks from the newest backwards, and only as far as needed: until a whole batch is older, so that a few
        entries by a clock that was wrong don't end it early.
        """
        low, high, upto = 0, 0, self.last
        while rows := self._file.rows(_WALLS_BACK, self.device, upto + 1):
            upto = rows[-1][1] - 1
            meant = [number for found, number in rows if wall <= found < until]
            if meant:
                low, high = min(meant), high or max(meant)
            if all(found < wall for found, _ in rows):
                break
        found = [(low, high)] if low else []
        if self._house:
            ((first, last),) = self._file.rows(_BETWEEN_THERE, wall, until)
            found += [(first, last)] if first is not None else []
        if not found:
            return upto + 1, upto
        return min(first for first, _ in found), max(last for _, last in found)

    def of_kinds(self, kinds: Sequence[str], after: int) -> Iterator[Entry]:
        """The entries of some kinds, as the record calls them, that came with a higher number than this, oldest
        first; those of the other kiosks too."""
        return self._of_kinds(kinds, _OF_A_KIND.format(beyond=">", test=self._kinds(kinds), order="ASC"), after)

    def of_kinds_back(self, kinds: Sequence[str], upto: int) -> Iterator[Entry]:
        """The same with a lower number than this, the newest first."""
        sql = _OF_A_KIND.format(beyond="<", test=self._kinds(kinds), order="DESC")
        return self._of_kinds(kinds, sql, upto, back=True)

    def _kinds(self, kinds: Sequence[str]) -> str:
        return _tests(len(kinds) * (2 if self._house else 1))

    def _of_kinds(self, kinds: Sequence[str], sql: str, at: int, *, back: bool = False) -> Iterator[Entry]:
        """Most entries need not be parsed for it. Those in a batch stand there as text within text."""
        said = [f'"kind":{msgspec.json.encode(kind).decode()}' for kind in kinds]
        if self._house and "entries taken" not in kinds:
            said += [msgspec.json.encode(each).decode()[1:-1] for each in said]
        while rows := self._file.rows(sql, self.device, at, *said):
            for row in rows:
                entry = _parsed(*row)
                at = entry.number
                whole = (entry,) if entry.event.__struct_config__.tag in kinds else tuple(spread((entry,)))
                # What somebody wrote may look like a kind.
                yield from (
                    each
                    for each in (reversed(whole) if back else whole)
                    if each.event.__struct_config__.tag in kinds
                )

    def taken_back(self) -> dict[EntryId, EntryId]:
        """Which entries were taken back, and by which."""
        found: dict[EntryId, EntryId] = {}
        for countered, device, number in self._file.rows(_TAKEN_BACK):
            found.setdefault(EntryId(countered), EntryId(f"{device}/{number}"))
        if self._house:
            for countered, device, number in self._file.rows(_TAKEN_BACK_THERE):
                found.setdefault(EntryId(countered), EntryId(f"{device}/{number}"))
        return found

    def sealed(self) -> Iterator[tuple[Entry, bytes]]:
        """All entries with the hash of each, oldest first, each held against what stands beside it."""
        for device, number, wall, body, salt, leaf, countered in self._batches(_ROWS, 0, place=1):
            entry = _parsed(device, number, body, salt, leaf)
            if wall != entry.moment.wall or countered != takes_back(entry.event):
                raise _altered(device, number, "what stands beside it is not what it says")
            yield entry, leaf

    def rows(self, after: int = 0) -> Iterator[Copied]:
        """All rows of this kiosk with a higher number as they stand, each held against its hash."""
        copied = Copied._make
        for values in self._batches(_ROWS, after, place=1):
            device, number, _, body, salt, leaf, _ = values
            if not _fits(body, salt, leaf):
                raise _altered(device, number)
            yield copied(values)

    def foreign(self) -> tuple[str, ...]:
        """The names of the first five rows that are not of this kiosk."""
        return tuple(f"{device}/{number}" for device, number in self._file.rows(_FOREIGN, self.device))

    def salt(self, number: int) -> bytes:
        """The salt in an entry's hash: with it and the entry anybody can make the leaf. KeyError for none such."""
        for _, _, _, salt, _ in self._file.rows(_ONE, self.device, number):
            return bytes(salt)
        raise KeyError(number)

    def leaves(self, after: int = 0) -> Iterator[Leaf]:
        """The hashes of all entries of this kiosk with a higher number, oldest first."""
        for number, leaf in self._batches(_LEAVES, after, place=0):
            yield Leaf(number, leaf)

    def _about(self) -> dict[str, str]:
        if not self._file.rows("SELECT 1 FROM sqlite_master WHERE name = 'about'"):
            raise NoRecordError(f"{self._file.path} holds no record of a kiosk.")
        return {str(name): str(value) for name, value in self._file.rows("SELECT name, value FROM about")}

    def _entry(self, device: str, number: int) -> Entry:
        for row in self._file.rows(_ONE, device, number):
            return _parsed(*row)
        if device != self.device and self._house:
            return self._entry_of_another(device, number)
        raise KeyError(number)

    def _entry_of_another(self, device: str, number: int) -> Entry:
        for (at,) in self._file.rows(_WHERE, device, number):
            for each in spread((self._remembered(self.device, at),)):
                if (each.device, each.number) == (device, number):
                    return each
            raise StoreDamagedError(f"The entry {device}/{number} is not where it is said to be.")
        raise KeyError(number)

    def _taken_back_by(self, entry_id: EntryId) -> EntryId | None:
        sql = "SELECT device, number FROM record WHERE countered = ? ORDER BY number LIMIT 1"
        for device, number in self._file.rows(sql, entry_id):
            return EntryId(f"{device}/{number}")
        if self._house:
            for device, number in self._file.rows(_TAKEN_BACK_BY_ANOTHER, entry_id):
                return EntryId(f"{device}/{number}")
        return None

    def _batches(self, sql: str, after: int, place: int) -> Iterator[tuple[Any, ...]]:
        """The rows of a question, read a batch at a time. place: where the number stands in a row."""
        return chain.from_iterable(self._read_by_batches(sql, after, place))

    def _read_by_batches(self, sql: str, after: int, place: int) -> Iterator[list[tuple[Any, ...]]]:
        while rows := self._file.rows(sql, self.device, after):
            yield rows
            after = rows[-1][place]


class _Row(NamedTuple):
    """An entry as it is written: its hash, and what to write."""

    leaf: bytes
    statement: Statement

    @classmethod
    def of(cls, entry: Entry) -> "_Row":
        """Salted anew."""
        line = write_entry(entry)
        salt = secrets.token_bytes(_SALT_LENGTH)
        leaf = leaf_hash(salt, line)
        wall, countered = _beside(entry)
        row = (entry.device, entry.number, wall, line.decode(), salt, leaf, countered)
        return cls(leaf, Statement(_ADD, row))


def _tests(kinds: int) -> str:
    return " OR ".join(["instr(body, ?) > 0"] * kinds)


def _beside(entry: Entry) -> tuple[int, str | None]:
    """What stands beside an entry, to be found by: when it was written, and what it takes back."""
    return entry.moment.wall, takes_back(entry.event)


def _altered(device: str, number: int, how: str = "it does not fit its hash") -> StoreDamagedError:
    return StoreDamagedError(f"The entry {device}/{number} was altered: {how}.")


def _fits(line: Any, salt: Any, leaf: object) -> bool:
    """Whether a row is as it was written: of the right kinds, which a bit of a page says too, and of that hash."""
    try:
        # `leaf_hash`, written out: this is done a million times.
        return sha256(b"\x00" + salt + line.encode()).digest() == leaf
    except (AttributeError, TypeError):
        return False


def _parsed(device: str, number: int, line: str, salt: bytes, leaf: bytes) -> Entry:
    """The entry of a row, if the row is as it was written."""
    if not _fits(line, salt, leaf):
        raise _altered(device, number)
    try:
        entry = read_entry(line)
    except msgspec.DecodeError as error:
        raise StoreDamagedError(f"The entry {device}/{number} cannot be read ({error}).") from error
    if entry.device != device or entry.number != number:
        raise StoreDamagedError(f"The entry {device}/{number} calls itself {entry.id}.")
    return entry
