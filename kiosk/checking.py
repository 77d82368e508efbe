"""The commands for whoever does not believe the kiosk: `kiosk verify`, `kiosk checkpoint`, `kiosk prove`."""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated

import msgspec
import typer

from kiosk.amounts import EntryId
from kiosk.box import Checked, write_checked
from kiosk.clock import SystemClock
from kiosk.command_line import BAD_USE, DataFolder, SettingsFile, bar, fail, settings_from
from kiosk.reports.verifying import Cosigner, Verified, Witness, verify
from kiosk.seal_key import SealKeyError, origin, seal_key
from kiosk.sealing.checkpoint import Checkpoint, seal
from kiosk.sealing.note import Bad, Signer, Verifier, read_verifier
from kiosk.sealing.proof import Proof, write_proof
from kiosk.sealing.tree import inclusion_proof
from kiosk.state import Neighbour, restore
from kiosk.store import NoRecordError, Reader, StoreError

_NEXT = (
    "Keep this record as it is: copy the whole data folder, and change nothing in it. Then check an older copy "
    "(kiosk verify --data COPY, with the same checkpoints); one that is well can be put back with kiosk restore."
)

_UNREAD = (
    "but it was not held against what is no checkpoint. Name a file as kiosk checkpoint printed it, all its lines."
)


class CheckingError(Exception):
    """Something that can't be done as asked; the message says why."""


def checkpoint_of(folder: Path, *, may_make: bool = True) -> str:
    """The signed checkpoint of the record in a folder. Raises CheckingError, StoreError."""
    with Reader.open(folder) as reader:
        size, root = reader.tree()
        signer = _signer(folder, reader.device, may_make=may_make)
    return seal(Checkpoint(signer.name, size, root), signer)


def _signer(folder: Path, device: str, *, may_make: bool) -> Signer:
    try:
        signer = seal_key(folder, device, may_make=may_make)
    except (SealKeyError, OSError) as trouble:
        raise CheckingError(str(trouble)) from trouble
    if signer is None:
        raise CheckingError(f"there is no key to sign with in {folder}")
    return signer


def known_keys(folder: Path, device: str, texts: list[str]) -> tuple[Verifier, ...]:
    """The keys whose signatures count: this kiosk's own, and those that were named. Raises CheckingError."""
    try:
        own = seal_key(folder, device, may_make=False)
    except (SealKeyError, OSError):
        own = None
    found = [own.verifier] if own else []
    for text in texts:
        read = read_verifier(text)
        if isinstance(read, Bad):
            raise CheckingError(f"{text!r} is no key: {read.why}")
        found.append(read)
    return tuple(found)


def verified(folder: Path, files: list[str], keys: list[str]) -> Verified:
    """Check everything, with a bar on standard error while it goes on. Raises CheckingError, StoreError."""
    witnesses = [_witness(name) for name in files]
    with Reader.open(folder) as reader:
        known = known_keys(folder, reader.device, keys)
        neighbours = _neighbours(reader)
        witnesses += [kept for each in neighbours for kept in _kept_by(each)]
        with bar("checking", reader.last_number) as passed:
            return verify(reader, witnesses, known, passed, folder, cosigners=_cosigners(neighbours))


def _neighbours(reader: Reader) -> tuple[Neighbour, ...]:
    """Those that the present has; none where it can't be read, which is found and said elsewhere."""
    try:
        return tuple(restore(reader.tables()).neighbours.values())
    except (StoreError, msgspec.ValidationError, KeyError, TypeError):
        return ()


def _cosigners(neighbours: Sequence[Neighbour]) -> tuple[Cosigner, ...]:
    read = ((each.name, read_verifier(each.key)) for each in neighbours)
    return tuple(Cosigner(shop, key) for shop, key in read if isinstance(key, Verifier))


def _kept_by(neighbour: Neighbour) -> Iterator[Witness]:
    """Our checkpoint that it has cosigned, and those that it says don't go together."""
    if neighbour.witnessed:
        yield Witness(f"the seal that {neighbour.name} signed", neighbour.witnessed.encode())
    doubt = neighbour.doubts.get("seals")
    if doubt is not None:
        yield Witness(f"the first seal that {neighbour.name} doubts", doubt.letter.known.encode(), claim=True)
        yield Witness(f"the second seal that {neighbour.name} doubts", doubt.letter.shown.encode(), claim=True)


def _witness(name: str) -> Witness:
    if name == "-":
        return Witness("standard input", _as_written(sys.stdin.buffer.read()))
    try:
        return Witness(name, _as_written(Path(name).read_bytes()))
    except OSError as trouble:
        raise CheckingError(f"{name} can’t be read: {trouble.strerror}") from trouble


def _as_written(raw: bytes) -> bytes:
    """With the line ends that were signed: phones and mails hand one on with others, or without the last."""
    return raw.replace(b"\r\n", b"\n").strip() + b"\n"


def proof_of(folder: Path, entry: str) -> str:
    """The proof file of one entry, under a checkpoint of now. Raises CheckingError, StoreError."""
    with Reader.open(folder) as reader, reader.still():
        found = reader.find(EntryId(entry)) or reader.find(EntryId(f"{reader.device}/{entry}"))
        if found is None:
            raise CheckingError(f"there is no entry {entry}; they are called {reader.device}/1 and so on")
        number = found.entry.number
        leaves = [leaf.hash for leaf in reader.leaves()]
        signer = _signer(folder, reader.device, may_make=True)
        size, root = reader.tree()
        sealed = seal(Checkpoint(origin(reader.device), size, root), signer)
        return write_proof(Proof(number - 1, inclusion_proof(leaves, number - 1), sealed, reader.salt(number)))


# --- the commands -----------------------------------------------------------------------------------------


def _folder(settings: Path | None, data: Path | None) -> Path:
    return data or settings_from(settings).data.folder


def verify_record(
    settings: SettingsFile = None,
    data: DataFolder = None,
    checkpoint: Annotated[
        list[str] | None,
        typer.Option("--checkpoint", metavar="FILE", help="An older checkpoint that somebody kept; - reads it."),
    ] = None,
    key: Annotated[
        list[str] | None,
        typer.Option("--key", metavar="KEY", help="A key whose signature counts, besides this kiosk’s own."),
    ] = None,
) -> None:
    """Check all that is on the disk, and that the record leads on from older checkpoints. Names what is wrong."""
    try:
        found = verified(_folder(settings, data), checkpoint or [], key or [])
    except (CheckingError, NoRecordError) as trouble:
        fail(str(trouble), BAD_USE)
    except StoreError as trouble:
        fail(str(trouble))
    for line in (*found.told, *found.unread, *found.faults):
        typer.echo(line)
    write_checked(_folder(settings, data), Checked(SystemClock().now(), found.size, len(found.faults)))
    if found.faults:
        fail(f"not all is well, as said above; {found.size} entries were read. {_NEXT}")
    if found.unread:
        fail(f"the record itself is well, all {found.size} entries; {_UNREAD}", BAD_USE)
    typer.echo(f"All is well: {found.size} entries, each as it was written, and the present is what they come to.")


def print_checkpoint(
    settings: SettingsFile = None,
    data: DataFolder = None,
    key: Annotated[bool, typer.Option("--key", help="Print the key that it is signed with instead.")] = False,
) -> None:
    """Print the signed checkpoint of this moment. Whoever keeps it is a witness."""
    folder = _folder(settings, data)
    try:
        if not key:
            typer.echo(checkpoint_of(folder), nl=False)
            return
        with Reader.open(folder) as reader:
            typer.echo(str(_signer(folder, reader.device, may_make=True).verifier))
    except (CheckingError, NoRecordError) as trouble:
        fail(str(trouble), BAD_USE)
    except StoreError as trouble:
        fail(str(trouble))


def prove(
    entry: Annotated[str, typer.Argument(metavar="ENTRY", help="Its name in the record, or its number.")],
    settings: SettingsFile = None,
    data: DataFolder = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="The file to write; without it, print it.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Write over a file that is there.")] = False,
) -> None:
    """Write a proof that an entry stands in the record, to be checked without this program."""
    if output is not None and output.exists() and not force:
        fail(f"{output} is there already; name another with --output, or say --force", BAD_USE)
    try:
        proof = proof_of(_folder(settings, data), entry)
    except (CheckingError, NoRecordError) as trouble:
        fail(str(trouble), BAD_USE)
    except StoreError as trouble:
        fail(str(trouble))
    if output is None:
        typer.echo(proof, nl=False)
        return
    try:
        output.write_text(proof)
    except OSError as trouble:
        fail(f"{output} can’t be written: {trouble.strerror}")
