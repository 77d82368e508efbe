"""What one kiosk of a shop tells the others: its own entries, a batch at a time, in a signed note.

The text is a C2SP signed note:

    commons-kiosk/entries/1
    from commons-kiosk/k2
    first 17
    5f… {"device":"k2","number":17,…}     the salt, in hex, and the line as it stands in its record
    - 9c… k1 40                           a batch of k1, up to entry 40, that stands there: only its hash
    root 4a…                              of the tree over its record, up to the last of these, in hex
    end 2

With the salts and hashes whoever has all batches can build the tree over that record, so a kiosk that tells
another past than before is found out. A batch that it took from elsewhere stands only at the beginning of one of
its own: what it wrote afterwards may build on that, so whoever has not got it waits.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple, Protocol

import msgspec

from kiosk.events import EntriesTaken, Entry, read_entry
from kiosk.sealing.note import Bad, Signer, Verifier, read_note, sign
from kiosk.sealing.tree import Peaks, grown, leaf_hash, root_of

HEAD = "commons-kiosk/entries/1"
LARGE = 40_000
"""Bytes of lines from which on a batch is closed; a single entry may be larger."""

LONGEST_BATCH = 250_000
"""Bytes that a batch may have: what is written in one turn stays together, also where that is a neighbour's segment
of 64 KB in which each sign takes two, with an answer to each of its letters. On the wire 256 KB go through."""

_NUMBER = re.compile("[1-9][0-9]{0,11}")
_HASH = re.compile("[0-9a-f]{64}")
_SALT = re.compile("[0-9a-f]{32}")
_DEVICE = re.compile("[0-9a-z]{1,32}")


class Told(NamedTuple):
    """One entry of a batch. leaf: its hash. entry: None for what that kiosk took from another one: of which, and
    up to which number of it."""

    number: int
    leaf: bytes
    entry: Entry | None
    device: str = ""
    upto: int = 0


class Content(NamedTuple):
    """A batch that was read. device: whose entries. root: of the tree up to the last of them."""

    device: str
    first: int
    told: tuple[Told, ...]
    root: bytes

    @property
    def last(self) -> int:
        """The number of the last entry."""
        return self.first + len(self.told) - 1


class Row(Protocol):
    """A row of the record as it stands in the file."""

    @property
    def number(self) -> int:
        """Which."""

    @property
    def body(self) -> str:
        """The line."""

    @property
    def salt(self) -> bytes:
        """What is in its hash beside the line."""

    @property
    def leaf(self) -> bytes:
        """Its hash."""


class Batch(NamedTuple):
    """A batch that may go out. text: signed. peaks: of the tree up to the last of it, to go on from."""

    first: int
    last: int
    text: str
    peaks: Peaks


# --- writing ----------------------------------------------------------------------------------------------


def batches(rows: Iterable[Row], peaks: Peaks, signer: Signer) -> Iterator[Batch]:
    """What there is to tell, in batches.

    rows: of this kiosk's record, one after another. peaks: of the tree over all that stand before them. Batches of
    others at the end are kept until something of our own follows, or two kiosks would tell each other for ever that
    they have heard each other.
    """
    waiting: list[_Line] = []
    for row in rows:
        line = _Line.of(row)
        if waiting and _is_full(waiting, line):
            batch = _closed(waiting, peaks, signer)
            peaks = batch.peaks
            yield batch
            waiting = []
        waiting.append(line)
    if any(line.own for line in waiting):
        yield _closed(waiting, peaks, signer)


class _Line(NamedTuple):
    number: int
    leaf: bytes
    text: str
    own: bool
    turn: int

    @classmethod
    def of(cls, row: Row) -> "_Line":
        entry = read_entry(row.body)
        match entry.event:
            case EntriesTaken(device=device, last=last):
                return cls(row.number, row.leaf, f"- {row.leaf.hex()} {device} {last}", own=False, turn=0)
        return cls(row.number, row.leaf, f"{row.salt.hex()} {row.body}", own=True, turn=entry.turn)


def _is_full(waiting: Sequence[_Line], coming: _Line) -> bool:
    """What was written in one turn stays together, as nobody else's turn may come in between."""
    last = waiting[-1]
    if last.turn and coming.turn == last.turn:
        return False
    large = sum(len(line.text.encode()) for line in (*waiting, coming)) > LARGE
    return large or (last.own and not coming.own)


def _closed(lines: Sequence[_Line], peaks: Peaks, signer: Signer) -> Batch:
    for line in lines:
        peaks = grown(peaks, line.number - 1, line.leaf)
    first = lines[0].number
    head = (HEAD, f"from {signer.name}", f"first {first}")
    tail = (f"root {root_of(peaks).hex()}", f"end {len(lines)}")
    text = sign("".join(f"{line}\n" for line in (*head, *(line.text for line in lines), *tail)), signer)
    return Batch(first, lines[-1].number, text, peaks)


# --- reading ----------------------------------------------------------------------------------------------


def sender(raw: str) -> str:
    """Which kiosk a batch says it is from, before anything of it is believed; "" where it says nothing."""
    lines = raw[:400].split("\n")
    name = lines[1].removeprefix("from commons-kiosk/") if len(lines) > 1 and lines[0] == HEAD else ""
    return name if _DEVICE.fullmatch(name) else ""


def read_batch(raw: str, verifier: Verifier) -> Content | Bad:
    """The batch that this kiosk has signed, or what is wrong with it."""
    if len(raw) > LONGEST_BATCH or len(raw.encode("utf-8", "surrogatepass")) > LONGEST_BATCH:
        return Bad("it is longer than a batch can be")
    note = read_note(raw.encode("utf-8", "surrogatepass"), [verifier], LONGEST_BATCH)
    if isinstance(note, Bad):
        return note
    if f"commons-kiosk/{sender(raw)}" != verifier.name:
        return Bad("it is from another kiosk than the one that signed it")
    try:
        return content(raw)
    except (ValueError, RecursionError) as error:
        return Bad(f"its lines can’t be read ({error})")


@lru_cache(maxsize=4)
def content(raw: str) -> Content:
    """What a batch says; for one that was believed before. Raises ValueError for none."""
    text, _, _ = raw.rpartition("\n\n")
    _, _, third, *told, root, end = text.split("\n")
    first, device = third.removeprefix("first "), sender(raw)
    if not device or not _NUMBER.fullmatch(first) or end != f"end {len(told)}" or not told:
        raise ValueError("its first and last lines are not as they should be")
    if not _HASH.fullmatch(root.removeprefix("root ")):
        raise ValueError("it has no root")
    lines = tuple(_told(line, device, number) for number, line in enumerate(told, int(first)))
    return Content(device, int(first), lines, bytes.fromhex(root.removeprefix("root ")))


def _told(line: str, device: str, number: int) -> Told:
    if line.startswith("- "):
        leaf, other, upto = line[2:].split(" ")
        if not (_HASH.fullmatch(leaf) and _DEVICE.fullmatch(other) and _NUMBER.fullmatch(upto)) or other == device:
            raise ValueError(f"line {number} names no batch")
        return Told(number, bytes.fromhex(leaf), None, other, int(upto))
    salt, _, body = line.partition(" ")
    if not _SALT.fullmatch(salt):
        raise ValueError(f"line {number} has no salt")
    try:
        entry = read_entry(body)
    except msgspec.DecodeError as error:
        raise ValueError(f"line {number}: {error}") from error
    if (entry.device, entry.number) != (device, number) or isinstance(entry.event, EntriesTaken):
        raise ValueError(f"line {number} is another entry")
    return Told(number, leaf_hash(bytes.fromhex(salt) + body.encode()), entry)


def taken(event: EntriesTaken) -> tuple[Told, ...]:
    """What came by an entry of ours, without what had been here before."""
    return tuple(told for told in content(event.text).told if event.first <= told.number <= event.last)


def entries_in(event: EntriesTaken) -> tuple[Entry, ...]:
    """The entries of the other kiosk that came by an entry of ours."""
    return tuple(told.entry for told in taken(event) if told.entry is not None)


def spread(entries: Iterable[Entry]) -> Iterator[Entry]:
    """All that the kiosks of the shop wrote: in the place of a batch the entries that are in it."""
    for entry in entries:
        if isinstance(entry.event, EntriesTaken):
            yield from entries_in(entry.event)
        else:
            yield entry
