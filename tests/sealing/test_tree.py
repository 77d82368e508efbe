"""The tree over the record, by the vectors that other logs use. Without it a changed entry would go unnoticed."""

import base64
import hashlib
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.sealing import tree

CASES = [
    json.loads(line) for line in (Path(__file__).parent / "data" / "merkle_proofs.jsonl").read_text().splitlines()
]

INPUTS = ("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")
ROOTS = (
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
)
"""Eight leaves and the roots over the first so many of them (transparency-dev/merkle, testonly/constants.go)."""


def unpacked(text):
    return base64.b64decode(text or "")


def test_all_published_cases_are_here():
    assert len(CASES) == 196


@pytest.mark.parametrize(
    "case", [case for case in CASES if case["kind"] == "inclusion"], ids=lambda case: case["file"]
)
def test_published_proofs_of_inclusion(case):
    proof = [unpacked(step) for step in case["proof"] or ()]
    held = tree.is_included(
        unpacked(case["leafHash"]), case["leafIdx"], case["treeSize"], proof, unpacked(case["root"])
    )
    assert held != case["wantErr"]


@pytest.mark.parametrize(
    "case", [case for case in CASES if case["kind"] == "consistency"], ids=lambda case: case["file"]
)
def test_published_proofs_of_consistency(case):
    proof = [unpacked(step) for step in case["proof"] or ()]
    held = tree.is_beginning(case["size1"], unpacked(case["root1"]), case["size2"], unpacked(case["root2"]), proof)
    assert held != case["wantErr"]


def test_the_hashes_of_the_standard():
    """As in rfc6962_test.go of transparency-dev/merkle."""
    assert hashlib.sha256().digest() == tree.EMPTY
    assert tree.leaf_hash(b"").hex() == ROOTS[1]
    assert tree.leaf_hash(b"L123456").hex() == "395aa064aa4c29f7010acfe3f25db9485bbd4b91897b6ad7ad547639252b4d56"
    assert (
        tree.node_hash(b"N123", b"N456").hex() == "aa217fe888e47007fa15edab33c2b492a722cb106c64667fc2b044444de66bbb"
    )


def test_published_roots():
    leaves = [tree.leaf_hash(bytes.fromhex(each)) for each in INPUTS]
    assert [tree.root(leaves[:count]).hex() for count in range(9)] == list(ROOTS)


def leaves_of(count, salt=0):
    return [tree.leaf_hash(bytes([salt]) + number.to_bytes(4, "big")) for number in range(count)]


@given(st.integers(0, 300))
def test_a_root_kept_while_it_grows_is_the_root_of_all(count):
    peaks = ()
    for size, leaf in enumerate(leaves_of(count)):
        peaks = tree.grown(peaks, size, leaf)
    assert (count, peaks) == tree.peaks_of(leaves_of(count))
    assert tree.root_of(peaks) == tree.root(leaves_of(count))


@given(st.integers(1, 120), st.data())
def test_every_leaf_can_be_shown_and_no_other(count, data):
    leaves = leaves_of(count)
    index = data.draw(st.integers(0, count - 1))
    proof, root = tree.inclusion_proof(leaves, index), tree.root(leaves)
    assert tree.is_included(leaves[index], index, count, proof, root)
    assert not tree.is_included(leaves_of(count, 1)[index], index, count, proof, root)
    other = data.draw(st.integers(0, count))
    assert not tree.is_included(leaves[index], other, count, proof, root) or other == index


@given(st.integers(1, 120), st.data())
def test_every_beginning_can_be_shown_and_no_forged_one(count, data):
    """Somebody rewrote an old entry and all after it: no proof leads from the old root to the new."""
    leaves = leaves_of(count)
    earlier = data.draw(st.integers(1, count))
    proof = tree.consistency_proof(leaves, earlier)
    old, new = tree.root(leaves[:earlier]), tree.root(leaves)
    assert tree.is_beginning(earlier, old, count, new, proof)
    changed = data.draw(st.integers(0, earlier - 1))
    forged = [*leaves[:changed], tree.leaf_hash(b"forged"), *leaves[changed + 1 :]]
    assert not tree.is_beginning(earlier, old, count, tree.root(forged), tree.consistency_proof(forged, earlier))


def test_what_never_was_can_not_be_asked_for():
    with pytest.raises(IndexError, match="no leaf 3 among 3"):
        tree.inclusion_proof(leaves_of(3), 3)
    with pytest.raises(ValueError, match="no beginning of 4"):
        tree.consistency_proof(leaves_of(3), 4)
    with pytest.raises(ValueError, match="no beginning of 0"):
        tree.consistency_proof(leaves_of(3), 0)


@given(st.integers(1, 70), st.data())
def test_a_proof_made_while_leaves_go_by_is_the_same(size, data):
    """A record is as long as a shop is old; whoever had to hold all of it for a proof would stop making any."""
    leaves = [tree.leaf_hash(bytes([number])) for number in range(size + 3)]
    bases = data.draw(st.lists(st.integers(1, size), max_size=3, unique=True))
    root, proofs = tree.grown_from(iter(leaves), size, bases)
    assert root == tree.root(leaves[:size])
    assert proofs == {base: tree.consistency_proof(leaves[:size], base) for base in bases}
    for base, proof in proofs.items():
        assert tree.is_beginning(base, tree.root(leaves[:base]), size, root, proof)


def test_no_proof_is_made_from_what_is_not_there():
    with pytest.raises(ValueError, match="not 9"):
        tree.grown_from(iter([tree.EMPTY] * 8), 9, [])
