"""The Merkle tree over the record: RFC 6962, section 2.1; checked as in RFC 9162, sections 2.1.3 and 2.1.4.

A leaf is SHA-256(0x00 ‖ data), an inner node SHA-256(0x01 ‖ left ‖ right), the root of nothing SHA-256 of nothing.
Hashes are 32 bytes. A tree that grows is kept as its *peaks*: the roots of the complete subtrees it falls into,
the largest first, one for each one in the binary number of its leaves.
"""

import hashlib
from collections.abc import Collection, Iterable, Sequence
from itertools import islice

HASH = 32
"""Bytes of a hash."""

EMPTY = hashlib.sha256(b"").digest()
"""The root of a tree without leaves."""

Peaks = tuple[bytes, ...]
Proven = tuple[bytes, ...]
"""The hashes of a proof."""


def leaf_hash(data: bytes) -> bytes:
    """The hash of a leaf."""
    return hashlib.sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of an inner node."""
    return hashlib.sha256(b"\x01" + left + right).digest()


# --- growing ----------------------------------------------------------------------------------------------


def grown(peaks: Peaks, size: int, leaf: bytes) -> Peaks:
    """The peaks after one leaf more, in as many steps as size has bits. size: how many leaves there were before."""
    kept = list(peaks)
    while size & 1:
        leaf = node_hash(kept.pop(), leaf)
        size >>= 1
    return (*kept, leaf)


class Growing:
    """A tree that many leaves are added to, one after the other. size: how many there are."""

    def __init__(self) -> None:
        self.size = 0
        self._peaks: list[bytes] = []

    def add(self, leaf: bytes) -> None:
        """One leaf more."""
        bits, peaks = self.size, self._peaks
        self.size = bits + 1
        while bits & 1:
            leaf = hashlib.sha256(b"\x01" + peaks.pop() + leaf).digest()  # `node_hash`, without the call
            bits >>= 1
        peaks.append(leaf)

    @property
    def peaks(self) -> Peaks:
        """Its peaks."""
        return tuple(self._peaks)

    @property
    def root(self) -> bytes:
        """Its root."""
        return root_of(self.peaks)


def peaks_of(leaves: Iterable[bytes]) -> tuple[int, Peaks]:
    """How many leaves there are, and the peaks of the tree over them."""
    tree = Growing()
    for leaf in leaves:
        tree.add(leaf)
    return tree.size, tree.peaks


def root_of(peaks: Peaks) -> bytes:
    """The root over some peaks."""
    if not peaks:
        return EMPTY
    root = peaks[-1]
    for peak in reversed(peaks[:-1]):
        root = node_hash(peak, root)
    return root


def root(leaves: Iterable[bytes]) -> bytes:
    """The root of a tree over these leaf hashes."""
    return root_of(peaks_of(leaves)[1])


# --- proving ----------------------------------------------------------------------------------------------


def _halves(size: int) -> int:
    """The largest power of two below a size of two or more: where a tree is parted."""
    return 1 << (size - 1).bit_length() - 1


def inclusion_proof(leaves: Sequence[bytes], index: int) -> tuple[bytes, ...]:
    """What shows that the leaf of this index, from 0, is in the tree: hashes from its sibling up.

    Raises IndexError where there is no such leaf.
    """
    if not 0 <= index < len(leaves):
        raise IndexError(f"there is no leaf {index} among {len(leaves)}")
    proof: list[bytes] = []
    first, size = 0, len(leaves)
    while size > 1:
        half = _halves(size)
        if index - first < half:
            proof.append(root(leaves[first + half : first + size]))
            size = half
        else:
            proof.append(root(leaves[first : first + half]))
            first, size = first + half, size - half
    return tuple(reversed(proof))


def consistency_proof(leaves: Sequence[bytes], earlier: int) -> tuple[bytes, ...]:
    """What shows that the tree over the first so many leaves is a beginning of this one.

    Raises ValueError where there never were so many, or none.
    """
    return tuple(root(leaves[first : first + count]) for first, count in _parts(earlier, len(leaves)))


def _parts(earlier: int, size: int) -> list[tuple[int, int]]:
    """The parts of a tree whose roots are the proof that it grew from so many leaves, as (first, how many).

    None of them lies over another. Raises ValueError where there never were so many, or none.
    """
    if not 0 < earlier <= size:
        raise ValueError(f"a tree of {size} has no beginning of {earlier}")
    parts: list[tuple[int, int]] = []
    first, whole = 0, True
    while earlier != size:
        half = _halves(size)
        if earlier <= half:
            parts.append((first + half, size - half))
            size = half
        else:
            parts.append((first, half))
            first, size, earlier, whole = first + half, size - half, earlier - half, False
    if not whole:
        parts.append((first, size))
    return parts[::-1]


def grown_from(leaves: Iterable[bytes], size: int, earlier: Collection[int]) -> tuple[bytes, dict[int, Proven]]:
    """The root over so many leaves, and for each earlier size what shows that the tree grew from it.

    Each leaf is looked at once and forgotten, so a long record needs no room. Raises ValueError as above, and where
    there are fewer leaves.
    """
    asked = {each: _Proving(_parts(each, size)) for each in earlier}
    tree = Growing()
    for leaf in islice(leaves, size):
        for each in asked.values():
            each.add(tree.size, leaf)
        tree.add(leaf)
    if tree.size != size:
        raise ValueError(f"there are {tree.size} leaves, not {size}")
    return tree.root, {each: proving.proof for each, proving in asked.items()}


class _Proving:
    """Makes the roots of some parts of a tree, none over another, while its leaves go by."""

    def __init__(self, parts: list[tuple[int, int]]) -> None:
        self._parts = parts
        self._trees = [Growing() for _ in parts]
        self._order = sorted(range(len(parts)), key=lambda place: parts[place])

    def add(self, index: int, leaf: bytes) -> None:
        while self._order and index >= sum(self._parts[self._order[0]]):
            self._order.pop(0)
        if self._order and index >= self._parts[self._order[0]][0]:
            self._trees[self._order[0]].add(leaf)

    @property
    def proof(self) -> Proven:
        return tuple(each.root for each in self._trees)


# --- checking ---------------------------------------------------------------------------------------------


def _hashes(*all_of_them: bytes) -> bool:
    return all(len(each) == HASH for each in all_of_them)


def is_included(leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Whether a proof shows that this leaf hash is the one of that index in the tree of this size and root."""
    if not 0 <= index < size or not _hashes(leaf, root, *proof):
        return False
    node, last, result = index, size - 1, leaf
    for step in proof:
        if not last:
            return False
        if node & 1 or node == last:
            result = node_hash(step, result)
            while not node & 1 and node:
                node, last = node >> 1, last >> 1
        else:
            result = node_hash(result, step)
        node, last = node >> 1, last >> 1
    return last == 0 and result == root


def is_beginning(earlier: int, earlier_root: bytes, size: int, root: bytes, proof: Sequence[bytes]) -> bool:
    """Whether a proof shows that the tree of the earlier size and root is a beginning of the other.

    A tree without leaves is no beginning that could be shown, as in transparency-dev/merkle.
    """
    if not 0 < earlier <= size:
        return False
    if earlier == size:
        return not proof and earlier_root == root
    if not _hashes(earlier_root, root, *proof):
        return False
    steps = [earlier_root, *proof] if earlier & (earlier - 1) == 0 else list(proof)
    if not steps:
        return False
    return _both_roots(earlier - 1, size - 1, steps) == (earlier_root, root)


def _both_roots(node: int, last: int, steps: Sequence[bytes]) -> tuple[bytes, bytes] | None:
    """The two roots that a proof leads to; None where it is too short or too long."""
    while node & 1:
        node, last = node >> 1, last >> 1
    old = new = steps[0]
    for step in steps[1:]:
        if not last:
            return None
        if node & 1 or node == last:
            old, new = node_hash(step, old), node_hash(step, new)
            while not node & 1 and node:
                node, last = node >> 1, last >> 1
        else:
            new = node_hash(new, step)
        node, last = node >> 1, last >> 1
    return None if last else (old, new)
