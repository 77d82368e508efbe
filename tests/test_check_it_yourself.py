"""The page for whoever trusts nothing of ours: what it says to type is typed here, with no code of ours in it."""

import re
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from by_hand import Kiosk
from by_the_page import PROVEN_PY, ROOT_PY, SCRIPTS, TOOLS_HERE, typed
from programs import kiosk as run_kiosk

from kiosk.checking import proof_of
from kiosk.sealing.cosignature import cosign
from kiosk.sealing.note import Signer

pytestmark = pytest.mark.skipif(not TOOLS_HERE, reason="a tool of the page is not here")


@pytest.fixture(scope="module")
def laid_out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of a shop, an old checkpoint, the key, the script saved as the page says, and a proof of one entry."""
    place = tmp_path_factory.mktemp("desk")
    kiosk = Kiosk(place / "shop")
    (place / "old.txt").write_text(run_kiosk("checkpoint", "--data", str(place / "shop")).stdout)
    (place / "key.txt").write_text(run_kiosk("checkpoint", "--key", "--data", str(place / "shop")).stdout)
    kiosk.gather("Amina", "Jo")
    kiosk.store.store.close()
    (place / "root.py").write_text(ROOT_PY)
    (place / "proof.txt").write_text(run_kiosk("prove", "10", "--data", str(place / "shop")).stdout)
    return place


@pytest.fixture
def desk(laid_out: Path, tmp_path: Path) -> Path:
    """The same, to write on."""
    return Path(shutil.copytree(laid_out, tmp_path / "desk"))


def test_the_number_is_made_again_and_the_signature_holds(desk):
    assert len(SCRIPTS) == 6
    said, made = typed(SCRIPTS[0], desk).split()
    assert said == made
    assert "Signature Verified Successfully" in typed(SCRIPTS[1], desk)
    assert "shop founded" in typed(SCRIPTS[2], desk)


def test_a_changed_entry_leads_to_another_number(desk):
    database = f"{desk}/shop/record.sqlite"
    change = (
        "DROP TRIGGER never_changed; UPDATE record SET body = replace(body, 'Amina', 'Anina') WHERE number = 10"
    )
    subprocess.run(["sqlite3", database, change], check=True)
    said, made = typed(SCRIPTS[0], desk).split()
    assert said != made


def test_a_changed_checkpoint_is_not_signed(desk):
    old = (desk / "old.txt").read_text()
    (desk / "old.txt").write_text(old.replace("commons-kiosk/", "commons-Kiosk/", 1))
    done = subprocess.run(["bash", "-c", SCRIPTS[1]], cwd=desk, capture_output=True, text=True, check=False)
    assert "Signature Verified Successfully" not in done.stdout


@pytest.fixture
def envelope(desk: Path, tmp_path: Path) -> Path:
    """What somebody gets who has no record: the proof of one entry, the entry, and the key from long ago."""
    typed(SCRIPTS[3], desk)
    away = tmp_path / "away"
    away.mkdir()
    for name in ("proof.txt", "entry.txt", "key.txt"):
        shutil.copy(desk / name, away)
    (away / "proven.py").write_text(PROVEN_PY)
    return away


def test_a_proof_is_checked_with_two_files_and_a_key(envelope):
    assert re.fullmatch(r"It is entry 10 of [0-9]+\n", typed(SCRIPTS[4], envelope))
    assert "Signature Verified Successfully" in typed(SCRIPTS[1].replace("old.txt", "now.txt"), envelope)


def test_every_entry_of_a_record_is_proven(desk):
    """The way up has another shape for each place, and a script that is right for one can be wrong for the next."""
    (desk / "proven.py").write_text(PROVEN_PY)
    rows = sqlite3.connect(desk / "shop" / "record.sqlite").execute("SELECT number, body FROM record").fetchall()
    for number, body in rows:
        (desk / "proof.txt").write_text(proof_of(desk / "shop", str(number)))
        (desk / "entry.txt").write_text(f"{body}\n")
        assert typed(SCRIPTS[4], desk) == f"It is entry {number} of {len(rows)}\n"


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [("entry.txt", "Amina", "Anina"), ("proof.txt", "index 9", "index 8"), ("proof.txt", "index 9", "index 999")],
)
def test_another_entry_or_place_is_not_proven(envelope, file, old, new):
    """Somebody would be shown an entry that never was."""
    text = (envelope / file).read_text()
    assert old in text
    (envelope / file).write_text(text.replace(old, new))
    done = subprocess.run(
        [sys.executable, "-I", "proven.py", "proof.txt", "entry.txt"],
        cwd=envelope,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "NOT PROVEN" in done.stderr


def test_a_witness_is_checked_with_its_key_and_another_checkpoint_is_not_its(desk):
    """Step 2 too: with two signatures under it, the shop's own is the one that is meant."""
    old, signer = (desk / "old.txt").read_text(), Signer("commons-kiosk/mill", b"m" * 32)
    text = old.partition("\n\n")[0] + "\n"
    (desk / "old.txt").write_text(old + cosign(text, signer, 1_793_620_800))
    (desk / "witness.txt").write_text(f"{signer.verifier}\n")
    said = typed(SCRIPTS[5], desk)
    assert "Signature Verified Successfully" in said
    assert "2026" in said
    assert "Signature Verified Successfully" in typed(SCRIPTS[1], desk)
    (desk / "old.txt").write_text(old + cosign(text.replace("commons", "Commons"), signer, 1_793_620_800))
    done = subprocess.run(["bash", "-c", SCRIPTS[5]], cwd=desk, capture_output=True, text=True, check=False)
    assert "Signature Verified Successfully" not in done.stdout
