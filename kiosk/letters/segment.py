"""A segment: a few letters in a signed note, one after another in a chain. It does not know what carries it.

The text is a C2SP signed note:

    commons-kiosk/segment/1
    from NAME
    to NAME
    number 17
    previous 5f…            SHA-256 of the text of segment 16, in hex; zeros before the first
    {"id":…,"at":…,"letter":{…}}
    end 1

It is written once and never opened again, so a second one with the same number is proof that its writer tells two
stories. What is read here may come from anybody: nothing is looked at before its length, and nothing believed
before its signature.
"""

import hashlib
import re
from collections.abc import Sequence

import msgspec
from msgspec import Struct

from kiosk.amounts import EntryId
from kiosk.letters.letter import AnyLetter, Posted
from kiosk.sealing.note import Bad, Signer, Verifier, read_note, sign

HEAD = "commons-kiosk/segment/1"
LONGEST = 64 * 1024
"""Bytes of a segment, its signature included."""

MOST = 500
"""Letters in a segment."""

_LONGEST_LINE = 8 * 1024
BEGINNING = "0" * 64
"""What the first segment of a chain calls the one before it."""

_LATEST, _MOST_NUMBER = 250_000_000_000_000, 10**60
"""Below both: when a letter was written, in milliseconds since 1970 (no calendar goes on beyond the year 9999), and
every number in it: one of thousands of digits can't even be written down again. Smaller nonsense is left out later
(`kiosk.letters.sense`)."""

_HEX = re.compile("[0-9a-f]{64}")
_NUMBER = re.compile("[1-9][0-9]{0,8}")
_ID = re.compile("[0-9a-z]{1,16}/[1-9][0-9]{0,11}")


class Line(Struct, frozen=True):
    """A letter as it came. posted: None where its kind is newer than this kiosk. kind: its word, for saying so."""

    id: EntryId
    kind: str
    posted: Posted | None


class Segment(Struct, frozen=True):
    """A segment that its writer has signed. sender, to: the names of the keys. hash: of its text, in hex."""

    sender: str
    to: str
    number: int
    previous: str
    lines: tuple[Line, ...]
    hash: str


class _Raw(Struct, frozen=True):
    id: str
    at: int
    letter: msgspec.Raw


class _Kind(Struct, frozen=True):
    letter: str


_raw = msgspec.json.Decoder(_Raw)
_kind = msgspec.json.Decoder(_Kind)
_letter = msgspec.json.Decoder(AnyLetter)
_write = msgspec.json.Encoder(order="deterministic")


def digest(text: str) -> str:
    """What the next segment calls this one."""
    return hashlib.sha256(text.encode()).hexdigest()


def body(sender: str, to: str, number: int, previous: str, letters: Sequence[Posted]) -> str:
    """The text that is signed; of the same letters it is always the same."""
    head = (HEAD, f"from {sender}", f"to {to}", f"number {number}", f"previous {previous}")
    lines = (_write.encode(each).decode() for each in letters)
    return "".join(f"{line}\n" for line in (*head, *lines, f"end {len(letters)}"))


def write_segment(signer: Signer, to: str, number: int, previous: str, letters: Sequence[Posted]) -> str:
    """The signed segment. Raises ValueError for one that no neighbour would take: too long, or too many letters."""
    text = sign(body(signer.name, to, number, previous, letters), signer)
    if len(text.encode()) > LONGEST or len(letters) > MOST:
        raise ValueError(f"A segment of {len(letters)} letters is too long to be taken.")
    return text


def fitting(sender: str, to: str, letters: Sequence[Posted]) -> int:
    """How many of the letters, from the first on, one segment holds."""
    room = LONGEST - len(body(sender, to, 10**9, BEGINNING, ())) - 1024
    for count, each in enumerate(letters[:MOST]):
        room -= len(_write.encode(each)) + 1
        if room < 0:
            return count
    return min(len(letters), MOST)


def read_segment(raw: bytes | str, verifier: Verifier) -> Segment | Bad:
    """The segment that this neighbour has signed, or what is wrong with it."""
    data = raw.encode("utf-8", "surrogatepass") if isinstance(raw, str) else raw
    if len(data) > LONGEST:
        return Bad("it is longer than a segment can be")
    note = read_note(data, [verifier])
    if isinstance(note, Bad):
        return note
    head, *rest = note.text[:-1].split("\n")
    if head != HEAD:
        return Bad("it is no segment of letters" if not head.startswith("commons-kiosk/segment/") else _NEWER)
    return _parsed(rest, verifier, digest(note.text))


_NEWER = "it is written in a newer way than this kiosk reads; bring the kiosk up to date"


def _parsed(rest: list[str], verifier: Verifier, name: str) -> Segment | Bad:
    if len(rest) < 5:
        return Bad("lines are missing")
    sender, to, number, previous = (_after(word, line) for word, line in zip(_WORDS, rest, strict=False))
    *written, end = rest[4:]
    if sender != verifier.name:
        return Bad("it is signed by another shop than it says it is from")
    if not to or not number or not _NUMBER.fullmatch(number) or not previous or not _HEX.fullmatch(previous):
        return Bad("its first lines are not as they should be")
    if end != f"end {len(written)}" or len(written) > MOST:
        return Bad("it does not end as it should")
    lines = [_line(each) for each in written]
    bad = next((each for each in lines if isinstance(each, Bad)), None)
    if bad is not None:
        return bad
    good = tuple(each for each in lines if isinstance(each, Line))
    if len({each.id for each in good}) < len(good):
        # What was checked is told by the name of its letter: a second one of that name would count unchecked.
        return Bad(_NO_NAME)
    return Segment(sender, to, int(number), previous, good, name)


_NO_NAME = "one of its letters has no proper name"
_WORDS = ("from ", "to ", "number ", "previous ")


def _after(word: str, line: str) -> str:
    return line[len(word) :] if line.startswith(word) else ""


def lines_of(text: str) -> tuple[Line, ...]:
    """The letters of a segment that was read and believed before: what stands in the record."""
    note, _, _ = text.rpartition("\n\n")
    read = (_line(each) for each in note.split("\n")[5:-1])
    return tuple(each for each in read if isinstance(each, Line))


def meant_for(text: str) -> str:
    """The name of the key that a segment is to, of one that was read and believed before."""
    return text.split("\n", 3)[2].removeprefix("to ")


def _line(text: str) -> Line | Bad:
    """One letter; a kind that is newer than this kiosk is kept as such, a broken one is not."""
    if len(text) > _LONGEST_LINE:
        return Bad("one of its letters is too long")
    try:
        raw = _raw.decode(text)
        kind = _kind.decode(raw.letter).letter
    except (msgspec.DecodeError, RecursionError):
        return Bad("one of its letters can't be read")
    named = _ID.fullmatch(raw.id) and 0 <= raw.at < _LATEST
    if not named or not kind or len(kind) > 40 or not kind.isprintable():
        return Bad(_NO_NAME)
    name = EntryId(raw.id)
    if kind not in KINDS:
        return Line(name, kind, None)
    try:
        letter = _letter.decode(raw.letter)
    except msgspec.DecodeError:
        letter = None
    if letter is None or any(_is_absurd(getattr(letter, field)) for field in letter.__struct_fields__):
        return Bad(f"a letter of the kind “{kind}” can't be understood")
    return Line(name, kind, Posted(name, raw.at, letter))


def _is_absurd(value: object) -> bool:
    """Whether it is a number of which nobody has so much of anything."""
    return isinstance(value, int) and abs(value) >= _MOST_NUMBER


KINDS = frozenset(str(kind.__struct_config__.tag) for kind in AnyLetter.__args__)
"""The kinds of letter that this kiosk understands."""
