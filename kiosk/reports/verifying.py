"""Checking all that is on the disk: the file, every entry, the tree, the present, and older checkpoints.

An entry that was altered, dropped, added or moved is named by its number; so is a checkpoint that this record does
not lead to, which is how a record that was written anew from some point on is found out.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from kiosk.events import Entry
from kiosk.sealing.checkpoint import Checkpoint, open_seal, parse_checkpoint
from kiosk.sealing.note import Bad, Verifier, parse_note
from kiosk.sealing.tree import EMPTY, Growing
from kiosk.store import Folding, Reader, StoreDamagedError


class Witness(NamedTuple):
    """An older checkpoint that somebody kept. name: where it came from."""

    name: str
    raw: bytes


class Verified(NamedTuple):
    """What was found. faults: a sentence each, none when all is well. told: what else there is to say."""

    size: int
    root: bytes
    faults: tuple[str, ...]
    told: tuple[str, ...] = ()


def verify(
    reader: Reader,
    witnesses: Sequence[Witness] = (),
    verifiers: Sequence[Verifier] = (),
    passed: Callable[[int], None] = lambda _: None,
) -> Verified:
    """Read everything and check it. verifiers: keys whose signature is known. passed: called with each number."""
    damage = reader.damage()
    if damage:
        return Verified(0, EMPTY, tuple(f"The file is broken: {each}" for each in damage[:5]))
    with reader.still():
        return _verify(reader, _opened(witnesses, verifiers), passed)


class _Kept(NamedTuple):
    """A witness, read; or why it can't be."""

    name: str
    checkpoint: Checkpoint | Bad
    signed: bool


def _opened(witnesses: Sequence[Witness], verifiers: Sequence[Verifier]) -> list[_Kept]:
    return [_open(each, verifiers) for each in witnesses]


def _open(witness: Witness, verifiers: Sequence[Verifier]) -> _Kept:
    """A checkpoint of an unknown key is held against the record all the same, and that is said."""
    opened = open_seal(witness.raw, verifiers)
    if not isinstance(opened, Bad):
        return _Kept(witness.name, opened[0], True)
    note = parse_note(witness.raw)
    if isinstance(note, Bad) or opened != Bad("nobody known has signed it"):
        return _Kept(witness.name, opened, False)
    return _Kept(witness.name, parse_checkpoint(note.text), False)


def _verify(reader: Reader, kept: list[_Kept], passed: Callable[[int], None]) -> Verified:
    roots = {each.checkpoint.size: b"" for each in kept if isinstance(each.checkpoint, Checkpoint)}
    folding, tree = Folding(), Growing()
    faults: list[str] = []
    try:
        for entry, leaf in reader.sealed():
            faults = _out_of_place(entry, reader.device, tree.size + 1)
            if faults:
                break
            folding.add(entry)
            tree.add(leaf)
            if tree.size in roots:
                roots[tree.size] = tree.root
            passed(tree.size)
    except StoreDamagedError as damage:
        faults = [str(damage)]
    size, root = tree.size, tree.root
    if not faults:
        faults = [*_tree_faults(reader, size, root), *_present_faults(folding, reader)]
    old = [_held_against(each, size, roots) for each in kept]
    return Verified(
        size,
        root,
        (*faults, *(fault for fault, _ in old if fault)),
        tuple(told for _, told in old if told),
    )


def _out_of_place(entry: Entry, device: str, number: int) -> list[str]:
    if (entry.device, entry.number) == (device, number):
        return []
    return [f"Where the entry {device}/{number} should be, {entry.id} is: something is missing before it."]


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


def _held_against(kept: _Kept, size: int, roots: dict[int, bytes]) -> tuple[str, str]:
    """(what is wrong, what else is to be said)."""
    old = kept.checkpoint
    if isinstance(old, Bad):
        return f"{kept.name} is no checkpoint to go by: {old.why}.", ""
    if old.size > size:
        return f"{kept.name} knew {old.size} entries, and here are {size}: the record was cut off or put back.", ""
    if old.size and roots[old.size] != old.root:
        return f"{kept.name} knew other entries up to number {old.size}: one of them was changed since.", ""
    how = "" if kept.signed else " (signed by a key that is not known here)"
    return "", f"{kept.name}: its {old.size} entries are all here, unchanged{how}."
