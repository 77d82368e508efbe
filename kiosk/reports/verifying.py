"""Checking all that is on the disk: the file, every entry, the tree, the present, older checkpoints, and photos.

An entry that was altered, dropped, added or moved is named by its number; so is a checkpoint that this record does
not lead to, which is how a record that was written anew from some point on is found out. A photo of the whiteboard
is in the record by its hash; one that is missing or is another picture now is named by its entry.
"""

import hashlib
from collections.abc import Callable, Collection, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from kiosk.batch import read_batch
from kiosk.events import EntriesTaken, Entry, PhotoAttached, RecordRestored
from kiosk.photos import found
from kiosk.seal_key import origin
from kiosk.sealing.checkpoint import Checkpoint, open_seal, parse_checkpoint
from kiosk.sealing.cosignature import cosigned_by
from kiosk.sealing.note import Bad, Note, Verifier, parse_note, read_verifier
from kiosk.sealing.tree import EMPTY, Growing, peaks_of, root_of
from kiosk.state import State
from kiosk.store import Folding, Reader, StoreDamagedError, StoreError
from kiosk.store.restoring import kept_aside, shared
from kiosk.words import day


class Witness(NamedTuple):
    """An older checkpoint that somebody kept. name: where it came from.

    claim: what a neighbour says that we showed it; should the record not lead on from it, that is only told.
    """

    name: str
    raw: bytes
    claim: bool = False


class Cosigner(NamedTuple):
    """A neighbour that may have signed a checkpoint of ours too, with the key that the record has of it."""

    shop: str
    key: Verifier


class Verified(NamedTuple):
    """What was found. faults: a sentence each, none when all is well. told: what else there is to say.

    unread: a sentence for each older checkpoint that is none, which says nothing about the record.
    """

    size: int
    root: bytes
    faults: tuple[str, ...]
    told: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()


def verify(
    reader: Reader,
    witnesses: Sequence[Witness] = (),
    verifiers: Sequence[Verifier] = (),
    passed: Callable[[int], None] = lambda _: None,
    photos: Path | None = None,
    gone: Collection[str] = (),
    cosigners: Sequence[Cosigner] = (),
) -> Verified:
    """Read everything and check it.

    verifiers: keys whose signature is known. passed: called with each number. photos: the data folder whose photos
    are looked at too, and the records that were set aside there. gone: photos that are known to be missing.
    cosigners: neighbours whose cosignatures are checked.
    """
    damage = reader.damage()
    if damage:
        return Verified(0, EMPTY, tuple(f"The file is broken: {each}" for each in damage[:5]))
    with reader.still():
        return _verify(reader, _opened(witnesses, verifiers, cosigners), passed, photos, gone)


class _Kept(NamedTuple):
    """A witness, read; or why it can't be."""

    name: str
    checkpoint: Checkpoint | Bad
    signed: bool
    claim: bool = False
    also: str = ""


def _opened(
    witnesses: Sequence[Witness], verifiers: Sequence[Verifier], cosigners: Sequence[Cosigner]
) -> list[_Kept]:
    return [_open(each, verifiers, cosigners) for each in witnesses]


def _open(witness: Witness, verifiers: Sequence[Verifier], cosigners: Sequence[Cosigner]) -> _Kept:
    """A checkpoint of an unknown key is held against the record all the same, and that is said."""
    opened, note = open_seal(witness.raw, verifiers), parse_note(witness.raw)
    name, claim = witness.name, witness.claim
    if isinstance(note, Bad) or (isinstance(opened, Bad) and opened != Bad("nobody known has signed it")):
        return _Kept(name, opened if isinstance(opened, Bad) else Bad("it is no note"), False, claim)
    also = _cosigned(note, cosigners)
    if isinstance(also, Bad):
        return _Kept(name, also, False, claim)
    if isinstance(opened, Bad):
        return _Kept(name, parse_checkpoint(note.text), False, claim, also)
    return _Kept(name, opened[0], True, claim, also)


def _cosigned(note: Note, cosigners: Sequence[Cosigner]) -> str | Bad:
    """Which neighbours have signed it too, and when, as they say; what is wrong where a line does not fit."""
    made = cosigned_by(note, [each.key for each in cosigners])
    if isinstance(made, Bad):
        return made
    shops = {each.key: each.shop for each in cosigners}
    return "".join(f" {shops[each.witness]} has signed it too, on {_on(each.time)}." for each in made)


def _on(seconds: int) -> str:
    """A day, by UTC."""
    try:
        return datetime.fromtimestamp(seconds, UTC).date().isoformat()
    except (ValueError, OverflowError, OSError):
        return "a day that is none"


_LOOKED_AT_AFTERWARDS = (PhotoAttached, RecordRestored)


def _verify(
    reader: Reader, kept: list[_Kept], passed: Callable[[int], None], photos: Path | None, gone: Collection[str]
) -> Verified:
    roots = {each.checkpoint.size: b"" for each in kept if isinstance(each.checkpoint, Checkpoint)}
    folding, tree = Folding(), Growing()
    faults: list[str] = []
    aside: list[Entry] = []
    try:
        device = reader.device
        for number, (entry, leaf) in enumerate(reader.sealed(), 1):
            if entry.number != number or entry.device != device:
                faults = [_out_of_place(entry, device, number)]
                break
            folding.add(entry)
            if isinstance(entry.event, EntriesTaken):
                faults = _batch_faults(entry, entry.event, folding.state)
                if faults:
                    break
            if isinstance(entry.event, _LOOKED_AT_AFTERWARDS):
                aside.append(entry)
            tree.add(leaf)
            if number in roots:
                roots[number] = tree.root
            passed(number)
    except StoreDamagedError as damage:
        faults = [str(damage)]
    attached = [each for each in aside if isinstance(each.event, PhotoAttached) and each.event.photo not in gone]
    restored = [each for each in aside if isinstance(each.event, RecordRestored)]
    size, root, whole = tree.size, tree.root, not faults
    if whole:
        faults = [*_foreign(reader), *_tree_faults(reader, size, root), *_present_faults(folding, reader)]
    good = max((_agreed(each, size, roots) for each in kept), default=0)
    read = [(each, each.checkpoint) for each in kept if isinstance(each.checkpoint, Checkpoint)]
    old = [
        _since_a_copy(each, known, roots, restored, reader, photos)
        or _held_against(each, known, reader.device, size, roots, good, whole=whole)
        for each, known in read
    ]
    pairs = list(zip(read, old, strict=True))
    looked = _photo_faults(attached, photos) if photos else ()
    shown = (_photos_told(len(attached)),) if photos and attached and not looked else ()
    return Verified(
        size,
        root,
        (
            *faults,
            *(fault for (each, _), (fault, _) in zip(read, old, strict=True) if fault and not each.claim),
            *looked,
        ),
        (*(words for (each, _), said in pairs if (words := _said(each, *said))), *shown),
        tuple(
            f"{each.name} is no checkpoint to go by: {each.checkpoint.why}."
            for each in kept
            if isinstance(each.checkpoint, Bad) and not each.claim
        ),
    )


def _said(kept: _Kept, fault: str, told: str) -> str:
    """What else there is to say of a checkpoint; "" where its fault says it all."""
    if kept.claim and fault:
        return f"{fault} The neighbour says that we showed it: see what the kiosk says under neighbours."
    return told and told + kept.also


def _photo_faults(attached: Sequence[Entry], folder: Path) -> tuple[str, ...]:
    """Each photo that the record names is there, and is the picture that was attached."""
    return tuple(fault for entry in attached if (fault := _photo_fault(entry, folder)))


def _photo_fault(entry: Entry, folder: Path) -> str:
    assert isinstance(entry.event, PhotoAttached)
    name = f"The photo of circle {entry.event.circle} (entry {entry.id})"
    file = f"photos/{entry.event.photo}.jpg"
    path = found(folder, entry.event.photo)
    if path is None:
        return f"{name} is missing: {file}."
    try:
        with path.open("rb") as opened:
            same = hashlib.file_digest(opened, "sha256").hexdigest() == entry.event.photo
    except OSError as trouble:
        return f"{name} can’t be read: {file} ({trouble.strerror})."
    return "" if same else f"{name} is not the picture that was attached any more: {file}."


def _photos_told(count: int) -> str:
    return (
        "The photo of the whiteboard is as it was attached."
        if count == 1
        else f"All {count} photos are as attached."
    )


def _out_of_place(entry: Entry, device: str, number: int) -> str:
    return f"Where the entry {device}/{number} should be, {entry.id} is: something is missing before it."


def _batch_faults(entry: Entry, event: EntriesTaken, state: State) -> list[str]:
    """What another kiosk wrote is as it signed it, and follows on what is here of it."""
    known, heard = state.kiosks.get(event.device), state.taken[event.device]
    verifier = read_verifier(known.key if known else heard.key)
    batch = verifier if isinstance(verifier, Bad) else read_batch(event.text, verifier)
    if isinstance(batch, Bad):
        return [f"What came from the kiosk {event.device} (entry {entry.id}) is not as it was signed: {batch.why}."]
    if batch.last != heard.number or root_of(tuple(bytes.fromhex(each) for each in heard.peaks)) != batch.root:
        return [f"What came from the kiosk {event.device} (entry {entry.id}) does not follow on what came before."]
    return []


def _foreign(reader: Reader) -> list[str]:
    """Rows that no kiosk wrote there: this record holds the entries of one, and each takes a number from it."""
    return [
        f"{name} is no entry of this record, whose entries are {reader.device}/1 and so on."
        for name in reader.foreign()
    ]


def _tree_faults(reader: Reader, size: int, root: bytes) -> list[str]:
    said, kept = reader.tree()
    if (said, kept) == (size, root):
        return []
    return [f"The tree that was kept is not the one over these {size} entries."]


def _present_faults(folding: Folding, reader: Reader) -> list[str]:
    try:
        names = folding.differing(reader.tables())
    except StoreDamagedError as damage:
        return [str(damage)]
    return [f"The present is not what the record comes to: {name.table}, {name.name}." for name in names[:5]]


def _agreed(kept: _Kept, size: int, roots: dict[int, bytes]) -> int:
    """How many entries are as this witness knew them; 0 where it knew others."""
    old = kept.checkpoint
    if isinstance(old, Bad) or not 0 < old.size <= size or roots[old.size] != old.root:
        return 0
    return old.size


def _since_a_copy(
    kept: _Kept,
    old: Checkpoint,
    roots: dict[int, bytes],
    restored: Sequence[Entry],
    reader: Reader,
    folder: Path | None,
) -> tuple[str, str] | None:
    """What is wrong with a checkpoint of a record that a copy was put in the place of; None for any other.

    That many hands did it excuses only what went with it: where the record of then is still there, it must be the
    one that the checkpoint knew, and begin as this one does. Where several fit, the latest is named: what was there
    then is the nearest to what is here now.
    """
    if roots[old.size] == old.root:
        return None
    for entry in reversed(restored):
        event = entry.event
        assert isinstance(event, RecordRestored)
        theirs = origin(event.replaced_kiosk or reader.device)
        if old.origin != theirs or not event.shared < old.size <= event.replaced:
            continue
        known = _as_it_was(old, event, reader, folder)
        if known is False:
            continue
        lost, first = old.size - event.shared, event.shared + 1
        which = f"1 of them, number {first}, is" if lost == 1 else f"{lost} of them, from number {first}, are"
        since = f"since a copy was put in place on {day(entry.moment)} (entry {entry.id})"
        said = f"{kept.name} knew {old.size} entries. {which} missing {since}"
        if known:
            return f"{said}; the others are all here, unchanged. What is missing is in {event.aside}.", ""
        return f"{said}. Check the record of then too, with the same checkpoint: it was kept in {event.aside}.", ""
    return None


def _as_it_was(old: Checkpoint, event: RecordRestored, reader: Reader, folder: Path | None) -> bool | None:
    """Whether a record that was set aside is the one that a checkpoint knew, and begins as this one.

    None where it is not there, or can't be read.
    """
    place = kept_aside(folder, event) if folder else None
    if place is None:
        return None
    try:
        with Reader.open(place) as then:
            hashes = [leaf.hash for leaf in then.leaves()][: old.size]
            same = len(hashes) == old.size and root_of(peaks_of(hashes)[1]) == old.root
            return same and (then.device != reader.device or shared(reader, then) >= event.shared)
    except StoreError:
        return None


def _held_against(
    kept: _Kept, old: Checkpoint, device: str, size: int, roots: dict[int, bytes], good: int, *, whole: bool
) -> tuple[str, str]:
    """(what is wrong, what else is to be said).

    good: so many entries are as another witness knew them. whole: the record was read to its end.
    """
    if old.origin != origin(device):
        return f"{kept.name} is of another record, {old.origin}; this one is {origin(device)}.", ""
    if old.size > size and not whole:
        return f"{kept.name} knew {old.size} entries, and only {size} could be read.", ""
    if old.size > size:
        lost = f"the record was cut off or put back, and number {size + 1} is the first that is missing"
        return f"{kept.name} knew {old.size} entries, and here are {size}: {lost}.", ""
    if old.size and roots[old.size] != old.root:
        which = f"one after number {good}" if 0 < good < old.size else "one of them"
        return f"{kept.name} knew other entries up to number {old.size}: {which} was changed since.", ""
    how = "" if kept.signed else " (signed by a key that is not known here)"
    return "", f"{kept.name}: its {old.size} entries are all here, unchanged{how}."
