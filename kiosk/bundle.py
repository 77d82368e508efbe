"""An update as one file: a signed note that names every part with its size and hash, a zero byte, and the parts.

The note alone is an update too: the parts are then fetched from a package index, which needs not be trusted.

Nothing in the file is looked at before its note is known to be signed by a known key, and then the note says all
there is to know: there is no directory to be led astray by, nothing to unfold, and no name that leads anywhere.
"""

import hashlib
import os
import re
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from msgspec import Struct
from msgspec.structs import replace

from kiosk.sealing.note import LONGEST, Bad, Signer, Verifier, read_note, sign

HEADLINE = "commons-kiosk update"
MOST_PARTS = 300
LARGEST = 2**30
"""Bytes of all parts together; a kiosk with all its libraries is a tenth of that."""

PACKAGE = "commons_kiosk"
ENGINE = frozenset(("nats_py", "nkeys"))
"""The wheels without which a kiosk has no lines to neighbours: what the extra of that name adds."""

_VERSION = re.compile(r"(0|[1-9]\d{0,5})(\.(0|[1-9]\d{0,5})){2}")
_PART = re.compile(r"([0-9a-f]{64}) ([1-9]\d{0,9}) ([A-Za-z0-9][A-Za-z0-9_.+-]{0,199}\.whl)")
_BLOCK = 2**16


class Part(Struct, frozen=True):
    """One wheel. size: bytes. sha256: in hex."""

    name: str
    size: int
    sha256: str


class Bundle(Struct, frozen=True):
    """An update that is whole and signed. start: the byte at which the parts begin; 0 where they are elsewhere."""

    version: str
    parts: tuple[Part, ...]
    signed_by: str
    start: int = 0


class NoBundle(Struct, frozen=True):
    """Why a file is not taken, as the end of a sentence that begins with its name."""

    why: str


class BundleChangedError(Exception):
    """The file is not what it was a moment ago."""


class BadPartsError(Exception):
    """What was to become an update would not be taken."""


def is_version(text: str) -> bool:
    """Three whole numbers with dots, as semver.org has them for a release."""
    return _VERSION.fullmatch(text) is not None


def number(version: str) -> tuple[int, ...]:
    """What versions are compared by; what stands after a plus counts for nothing."""
    return tuple(int(part) for part in re.findall(r"\d+", version.partition("+")[0]))


def read_bundle(path: Path, known: Sequence[Verifier]) -> Bundle | NoBundle:
    """The update in a file, with every part's hash compared; or why it is none. Writes nothing."""
    try:
        with _open(path) as file:
            return _read(file, known)
    except OSError as trouble:
        return NoBundle(f"can’t be read ({trouble.strerror or trouble})")


def read_list(path: Path, known: Sequence[Verifier]) -> Bundle | NoBundle:
    """The update that a signed note names, be it alone in a file or with the parts behind it."""
    try:
        with _open(path) as file:
            found = _noted(file.read(LONGEST).partition(b"\0")[0], known)
    except OSError as trouble:
        return NoBundle(f"can’t be read ({trouble.strerror or trouble})")
    return found


def all_there(bundle: Bundle, folder: Path) -> None:
    """Compare what was fetched into a folder. Raises BundleChangedError unless it is the parts and no more."""
    strange = {each.name for each in folder.iterdir()} ^ {part.name for part in bundle.parts}
    if strange:
        raise BundleChangedError(f"{min(strange)} is missing, or was not asked for")
    for part in bundle.parts:
        if _hash(folder / part.name) != part.sha256:
            raise BundleChangedError(f"{part.name} is not the one that was signed")


def unpack(path: Path, bundle: Bundle, folder: Path) -> None:
    """Write the parts into a folder that is there and empty.

    Each is compared once more, for a stick can say something else the second time. Raises BundleChangedError then,
    and OSError when it can't be read or written.
    """
    with _open(path) as file:
        file.seek(bundle.start)
        for part in bundle.parts:
            found = hashlib.sha256()
            with (folder / part.name).open("xb") as out:
                for block in _blocks(file, part.size):
                    found.update(block)
                    out.write(block)
            if found.hexdigest() != part.sha256:
                raise BundleChangedError(f"{part.name} was another a moment ago")


def write_list(path: Path, version: str, wheels: Sequence[Path], signer: Signer) -> None:
    """Make the signed note alone. Raises BadPartsError when it would not be taken."""
    path.write_text(_note(version, wheels, signer), encoding="utf-8")


def write_bundle(path: Path, version: str, wheels: Sequence[Path], signer: Signer) -> None:
    """Make an update of these wheels. Raises BadPartsError when it would not be taken."""
    note = _note(version, wheels, signer)
    with path.open("wb") as out:
        out.write(note.encode() + b"\0")
        for wheel in sorted(wheels):
            out.write(wheel.read_bytes())


def _note(version: str, wheels: Sequence[Path], signer: Signer) -> str:
    parts = [Part(wheel.name, wheel.stat().st_size, _hash(wheel)) for wheel in sorted(wheels)]
    lines = [HEADLINE, version, *(f"{part.sha256} {part.size} {part.name}" for part in parts)]
    text = "\n".join(lines) + "\n"
    checked = _parts(text)
    if isinstance(checked, NoBundle):
        raise BadPartsError(f"this update {checked.why}")
    return sign(text, signer)


def _open(path: Path) -> BinaryIO:
    """A plain file, and not what a stick may hold in its place: a link to somewhere, a pipe that never ends."""
    handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise OSError(0, "it is no plain file")
    return os.fdopen(handle, "rb")


def _read(file: BinaryIO, known: Sequence[Verifier]) -> Bundle | NoBundle:
    head, zero, _ = file.read(LONGEST).partition(b"\0")
    if not zero:
        return NoBundle("is no update of this kiosk")
    noted = _noted(head, known)
    if isinstance(noted, NoBundle):
        return noted
    start = len(head) + 1
    if os.fstat(file.fileno()).st_size != start + sum(part.size for part in noted.parts):
        return NoBundle("is longer or shorter than its note says; copy it again")
    file.seek(start)
    for part in noted.parts:
        found = hashlib.sha256()
        for block in _blocks(file, part.size):
            found.update(block)
        if found.hexdigest() != part.sha256:
            return NoBundle(f"holds a {part.name} that is not the one that was signed; copy it again")
    return replace(noted, start=start)


def _noted(head: bytes, known: Sequence[Verifier]) -> Bundle | NoBundle:
    """What a signed note says; its parts are somewhere else."""
    note = read_note(head, known)
    if isinstance(note, Bad):
        return NoBundle(f"is not taken: {note.why}")
    parts = _parts(note.text)
    if isinstance(parts, NoBundle):
        return parts
    return Bundle(note.text.split("\n")[1], parts, note.signed[0].name)


def _parts(text: str) -> tuple[Part, ...] | NoBundle:
    """What a note names. Whoever signed it: a slip of theirs must not write outside of the folder either."""
    headline, _, rest = text.removesuffix("\n").partition("\n")
    version, *lines = rest.split("\n")
    if headline != HEADLINE:
        return NoBundle("is signed, but is no update of this kiosk")
    if not is_version(version):
        return NoBundle("has no version of three numbers")
    found = [_PART.fullmatch(line) for line in lines]
    parts = tuple(Part(each[3], int(each[2]), each[1]) for each in found if each is not None)
    if not parts or len(parts) != len(lines) or len(parts) > MOST_PARTS:
        return NoBundle("has a list of parts that can’t be read")
    if len({part.name for part in parts}) != len(parts):
        return NoBundle("names a part twice")
    if sum(part.size for part in parts) > LARGEST:
        return NoBundle("is larger than any kiosk")
    if f"{PACKAGE}-{version}-py3-none-any.whl" not in {part.name for part in parts}:
        return NoBundle(f"does not hold version {version} of the kiosk")
    return parts


def _blocks(file: BinaryIO, size: int) -> Iterator[bytes]:
    """So many bytes, in blocks; less when the file ends before."""
    while size > 0 and (block := file.read(min(_BLOCK, size))):
        size -= len(block)
        yield block


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
