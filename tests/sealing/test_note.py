"""Notes, checkpoints and proofs as others write them: a seal nobody else can check is none."""

import base64
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.sealing import tree
from kiosk.sealing.checkpoint import Checkpoint, open_seal, parse_checkpoint, seal, write_checkpoint
from kiosk.sealing.cosignature import Cosignature, cosign, cosigned, cosigner_key, read_cosigner
from kiosk.sealing.note import Bad, Signer, parse_note, read_note, read_verifier, sign
from kiosk.sealing.proof import Proof, check_proof, parse_proof, write_proof

EXAMPLE_KEY = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
EXAMPLE = (
    "This is an example message.\n\n— example.com/foo "
    "Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n"
)
"""From the standard itself (C2SP, signed-note.md)."""

PARSED = {
    "Log\n123\nYmFuYW5hcw==\n": ("Log", 123, b"bananas", ()),
    "Banana\n9944\ndGhlIHZpZXcgZnJvbSB0aGUgdHJlZSB0b3BzIGlzIGdyZWF0IQ==\n": (
        "Banana",
        9944,
        b"the view from the tree tops is great!",
        (),
    ),
    "Log\n9944\ndGhlIHZpZXcgZnJvbSB0aGUgdHJlZSB0b3BzIGlzIGdyZWF0IQ==\nHere's some associated data.\n": (
        "Log",
        9944,
        b"the view from the tree tops is great!",
        ("Here's some associated data.",),
    ),
    "Log\n9944\ndGhlIHZpZXcgZnJvbSB0aGUgdHJlZSB0b3BzIGlzIGdyZWF0IQ==\nlots\nof\nlines\n": (
        "Log",
        9944,
        b"the view from the tree tops is great!",
        ("lots", "of", "lines"),
    ),
}
REFUSED = (
    "Head\n9944\n",
    "\n9944\ndGhlIHZpZXcgZnJvbSB0aGUgdHJlZSB0b3BzIGlzIGdyZWF0IQ==\n",
    "Log\n123\nYmFuYW5hcw==",
    "Log\nbananas\ndGhlIHZpZXcgZnJvbSB0aGUgdHJlZSB0b3BzIGlzIGdyZWF0IQ==\n",
    "Log\n-34\ndGhlIHZpZXcgZnJvbSB0aGUgdHJlZSB0b3BzIGlzIGdyZWF0IQ==\n",
    "Log\n3438945738945739845734895735\ndGhlIHZpZXcgZnJvbSB0aGUgdHJlZSB0b3BzIGlzIGdyZWF0IQ==\n",
    "Log\n123\nThisIsn'tBase64\n",
)
"""The cases of transparency-dev/formats, log/checkpoint_test.go (Apache License 2.0)."""

SIGNER = Signer("commons.example/breakroom-7", bytes(range(32)))


def test_the_example_of_the_standard_holds():
    verifier = read_verifier(EXAMPLE_KEY)
    assert not isinstance(verifier, Bad)
    assert str(verifier) == EXAMPLE_KEY
    note = read_note(EXAMPLE, [verifier])
    assert not isinstance(note, Bad)
    assert note.text == "This is an example message.\n"
    assert note.signed == (verifier,)


def test_one_letter_changed_is_found():
    verifier = read_verifier(EXAMPLE_KEY)
    changed = EXAMPLE.replace("message.", "message!")
    assert read_note(changed, [verifier]) == Bad("the signature of example.com/foo does not fit the text")
    assert read_note(EXAMPLE, [SIGNER.verifier]) == Bad("nobody known has signed it")


@pytest.mark.parametrize(("text", "parts"), PARSED.items())
def test_published_checkpoints_are_read_and_written_again(text, parts):
    assert parse_checkpoint(text) == Checkpoint(*parts)
    assert write_checkpoint(Checkpoint(*parts)) == text


@pytest.mark.parametrize("text", REFUSED)
def test_published_faults_are_found(text):
    assert isinstance(parse_checkpoint(text), Bad)


def test_the_one_published_case_that_the_standard_now_refuses():
    """Empty lines after the hash: other data to transparency-dev/formats, refused by tlog-checkpoint v1.0.0."""
    text = "Log\n9944\ndGhlIHZpZXcgZnJvbSB0aGUgdHJlZSB0b3BzIGlzIGdyZWF0IQ==\n\n\n\n"
    assert isinstance(parse_checkpoint(text), Bad)


@given(st.binary(min_size=32, max_size=32), st.integers(0, 2**62))
def test_a_sealed_checkpoint_opens_and_any_changed_byte_does_not(root, size):
    sealed = seal(Checkpoint(SIGNER.name, size, root), SIGNER)
    opened = open_seal(sealed, [SIGNER.verifier])
    assert not isinstance(opened, Bad)
    assert opened[0] == Checkpoint(SIGNER.name, size, root)
    raw = sealed.encode()
    place = size % len(raw)
    flipped = raw[:place] + bytes([raw[place] ^ 1]) + raw[place + 1 :]
    again = open_seal(flipped, [SIGNER.verifier])
    assert isinstance(again, Bad) or again[0] == opened[0]


@given(st.binary(max_size=300))
def test_no_bytes_break_the_readers(raw):
    for read in (parse_note, parse_proof):
        read(raw)
        read(EXAMPLE.encode()[: len(raw)] + raw)


def test_several_may_sign_and_an_unknown_one_is_passed_over():
    other = Signer("neighbour.example", b"\x07" * 32)
    note = read_note(sign("a\n", SIGNER, other), [other.verifier])
    assert not isinstance(note, Bad)
    assert note.signed == (other.verifier,)
    assert len(note.signatures) == 2


def test_a_proof_of_one_entry_can_be_checked_from_its_file_alone():
    leaves = [tree.leaf_hash(bytes([number])) for number in range(11)]
    sealed = seal(Checkpoint(SIGNER.name, 11, tree.root(leaves)), SIGNER)
    for index in range(11):
        file = write_proof(Proof(index, tree.inclusion_proof(leaves, index), sealed, b"salt"))
        proof = parse_proof(file)
        assert not isinstance(proof, Bad)
        assert proof.extra == b"salt"
        assert not isinstance(check_proof(proof, leaves[index], [SIGNER.verifier]), Bad)
        assert isinstance(check_proof(proof, leaves[index - 1], [SIGNER.verifier]), Bad)


def test_a_proof_file_is_as_the_standard_shows_it():
    file = write_proof(Proof(7, (b"\x01" * 32,), "a\n1\nAQ==\n\n— a AAAA\n"))
    step = base64.b64encode(b"\x01" * 32).decode()
    assert file == f"c2sp.org/tlog-proof@v1\nindex 7\n{step}\n\na\n1\nAQ==\n\n— a AAAA\n"
    assert isinstance(parse_proof(file.replace("index 7", "index 07")), Bad)
    assert isinstance(parse_proof(file.replace("@v1", "@v2")), Bad)


# --- cosignatures -----------------------------------------------------------------------------------------

COSIGNED = (Path(__file__).parent / "data" / "cosigned.txt").read_text()

LOG = "arche2025h1.staging.ct.transparency.dev+ba2f06c0+AU0vHmlGCS/PdN8b2OaGmKprLI8HKM+dJ472xgFYh15f"
WITNESSES = (
    "remora.n621.de+da77ade7+BOvN63jn/bLvkieywe8R6UYAtVtNbZpXh34x7onlmtw2",
    "witness1.smartit.nu/witness1+a48c820f+BPSFWg9G6KPiO7QPryYO5Xq4oYJJ+kAvLKLSimDhoxMO",
    "witness.stagemole.eu+67f7aea0+BEqSG3yu9YrmcM3BHvQYTxwFj3uSWakQepafafpUqklv",
)
"""The keys of three of them, as they are published for whoever trusts them."""


def witness(text):
    read = read_cosigner(text)
    assert not isinstance(read, Bad)
    return read


def test_cosignatures_that_others_made_hold_here():
    known = [witness(text) for text in WITNESSES]
    assert tuple(cosigner_key(each) for each in known) == WITNESSES
    found = cosigned(COSIGNED, known)
    assert {each.witness.name for each in found} == {each.name for each in known}
    assert {each.time for each in found} == {0x6A122120}
    log = read_verifier(LOG)
    assert open_seal(COSIGNED, [log])[0].size == 1432088532


def test_a_cosignature_under_another_checkpoint_is_found_out():
    changed = COSIGNED.replace("\n1432088532\n", "\n1432088533\n")
    assert isinstance(cosigned(changed, [witness(WITNESSES[0])]), Bad)
    assert cosigned(COSIGNED, [SIGNER.verifier]) == ()


@given(st.integers(0, 2**62), st.integers(0, 2**63 - 1))
def test_what_we_cosign_says_when_and_fits_no_other_time_or_key(size, time):
    text = write_checkpoint(Checkpoint("neighbour.example/k1", size, bytes(32)))
    line = cosign(text, SIGNER, time)
    assert cosigned(f"{text}\n{line}", [SIGNER.verifier]) == (Cosignature(SIGNER.verifier, time),)
    later = cosign(text, SIGNER, (time + 1) % 2**63)
    moved = line[:-90] + later[-90:]
    assert isinstance(cosigned(f"{text}\n{moved}", [SIGNER.verifier]), Bad) or moved in (line, later)
    assert read_note(f"{text}\n{line}", [SIGNER.verifier]) == Bad("nobody known has signed it"), "it is no seal"


def test_a_key_for_seals_is_none_for_cosignatures():
    assert isinstance(read_cosigner(str(SIGNER.verifier)), Bad)
    assert isinstance(read_verifier(cosigner_key(SIGNER.verifier)), Bad)
