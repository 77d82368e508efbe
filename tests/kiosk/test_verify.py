"""Somebody changes the record behind the kiosk's back, with the card in hand. An old checkpoint finds it out."""

import shutil
import sqlite3
import subprocess
from pathlib import Path

import pytest
from by_hand import Kiosk
from programs import kiosk as run_kiosk

from kiosk.box import read_checked
from kiosk.checking import checkpoint_of, known_keys, proof_of
from kiosk.events import RecordRestored, read_entry
from kiosk.reports.verifying import Witness, verify
from kiosk.sealing.note import Bad
from kiosk.sealing.proof import check_proof, parse_proof
from kiosk.sealing.tree import peaks_of
from kiosk.store import Reader
from kiosk.store.record import leaf_hash
from kiosk.store.restoring import check, decide, lay_ready, offer, settle


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demo shop with its checkpoint in old.txt, and some entries after it."""
    folder = tmp_path_factory.mktemp("shop")
    kiosk = Kiosk(folder)
    (folder / "old.txt").write_text(checkpoint_of(folder))
    kiosk.gather("Amina", "Jo", "Sara")
    kiosk.press("triangle", "abstain", "yes")
    kiosk.store.store.close()
    return folder


@pytest.fixture
def copy(shop: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(shop, tmp_path / "copy"))


def found(folder: Path) -> str:
    """All that is found wrong, in one text."""
    with Reader.open(folder) as reader:
        keys = known_keys(folder, reader.device, [])
        witness = Witness("the photo", (folder / "old.txt").read_bytes())
        all_of_it = verify(reader, [witness], keys)
        return " ".join((*all_of_it.faults, *all_of_it.unread))


class Forger:
    """Somebody with a tool for SQLite and all the time there is: triggers gone, hashes made to fit again."""

    def __init__(self, folder: Path) -> None:
        self.database = sqlite3.connect(folder / "record.sqlite", isolation_level=None)
        for trigger in ("never_changed", "never_removed", "no_gap"):
            self.database.execute(f"DROP TRIGGER {trigger}")

    def rows(self) -> list[tuple[int, str, bytes]]:
        return self.database.execute("SELECT number, body, salt FROM record ORDER BY number").fetchall()

    def write(self, number: int, body: str, salt: bytes) -> None:
        leaf = leaf_hash(salt, body.encode())
        self.database.execute("UPDATE record SET body = ?, leaf = ? WHERE number = ?", (body, leaf, number))

    def drop(self, number: int) -> None:
        self.database.execute("DELETE FROM record WHERE number = ?", (number,))

    def fit_the_tree(self) -> None:
        leaves = [leaf for (leaf,) in self.database.execute("SELECT leaf FROM record ORDER BY number")]
        size, peaks = peaks_of(leaves)
        tree = f"{size} {b''.join(peaks).hex()}"
        self.database.execute("UPDATE about SET value = ? WHERE name = 'tree'", (tree,))
        self.database.execute("UPDATE about SET value = ? WHERE name = 'present'", (str(size),))

    def done(self) -> None:
        self.database.close()


def test_all_is_well_where_nobody_did_anything(copy):
    assert found(copy) == ""


def test_an_entry_altered_by_one_letter_is_named(copy):
    forger = Forger(copy)
    forger.database.execute("UPDATE record SET body = replace(body, 'Amina', 'Anina') WHERE number = 12")
    forger.done()
    assert "/12 was altered" in found(copy)


def test_the_photo_of_another_kiosks_seal_accuses_nobody(copy, tmp_path):
    Kiosk(tmp_path / "other")
    (copy / "old.txt").write_text(checkpoint_of(tmp_path / "other"))
    assert "is of another record, commons-kiosk/" in found(copy)
    assert "changed" not in found(copy)


def test_a_row_of_another_kiosk_that_was_put_in_by_hand_is_named(copy):
    """It takes the next number, so that nothing can be booked any more, and everything else looks well."""
    forger = Forger(copy)
    number, body, salt = forger.rows()[-1]
    row = ("evil", number + 1, 1, body, salt, leaf_hash(salt, body.encode()))
    forger.database.execute(
        "INSERT INTO record (device, number, wall, body, salt, leaf) VALUES (?, ?, ?, ?, ?, ?)", row
    )
    assert f"evil/{number + 1} is no entry of this record" in found(copy)


def test_a_dropped_entry_is_named(copy):
    forger = Forger(copy)
    forger.drop(9)
    forger.done()
    assert "/9 should be" in found(copy)


def test_a_record_written_anew_so_that_everything_fits_is_found_by_the_old_checkpoint(copy):
    """The strongest forger: hashes, tree and present fit again, and the key is on the card. The photo is left."""
    forger = Forger(copy)
    for number, body, salt in forger.rows():
        if number == 20:
            forger.write(number, body.replace('"minutes":', '"minutes":1'), salt)
    forger.fit_the_tree()
    forger.database.execute("DELETE FROM documents")
    forger.database.execute("UPDATE about SET value = '' WHERE name = 'present'")
    forger.done()
    Kiosk(copy).store.store.close()  # the kiosk folds the present anew, and notices nothing
    assert "knew other entries up to number" in found(copy)


def test_a_record_put_back_to_an_older_state_is_found_by_the_checkpoint(copy):
    last = len(Forger(copy).rows())
    with Reader.open(copy) as reader:
        size = int((copy / "old.txt").read_text().splitlines()[1])
        assert reader.last_number == last > size
    forger = sqlite3.connect(copy / "record.sqlite", isolation_level=None)
    forger.execute("DELETE FROM record WHERE number > ?", (size - 3,))
    forger.close()
    again = Forger.__new__(Forger)
    again.database = sqlite3.connect(copy / "record.sqlite", isolation_level=None)
    again.fit_the_tree()
    again.database.execute("UPDATE about SET value = '' WHERE name = 'present'")
    again.done()
    Kiosk(copy).store.store.close()
    assert "the record was cut off or put back" in found(copy)


def swaps(folder: Path, *pairs: tuple[str, str]) -> None:
    kiosk = Kiosk(folder)
    for giver, receiver in pairs:
        kiosk.touch("work:repair")
        kiosk.tap(giver)
        kiosk.tap(receiver)
        kiosk.touch("done")
    kiosk.store.store.close()


def put_in_place(stick: Path, folder: Path, aside: str) -> None:
    """Many hands put a copy in place; what was here is kept aside under this name."""
    with Reader.open(folder) as here:
        replaced = here.last_number
    with Reader.open(stick) as copied:
        checked = check(copied)
        draft = lay_ready(copied, folder)
    shutil.copy(stick / "badge.key", draft / "badge.key")
    offer(folder, checked)
    event = RecordRestored(
        entries=checked.size,
        newest=checked.newest,
        replaced=replaced,
        shared=checked.size,
        hands=("Amina", "Jo", "Sara"),
        aside=f"set-aside/{aside}",
    )
    decide(folder, event, checked.newest)
    assert settle(folder)


@pytest.mark.parametrize("kept", [("first", "second"), ("first",), ()], ids=["both", "the first", "none"])
def test_where_copies_were_put_in_place_twice_the_one_that_the_checkpoint_knew_is_named(copy, tmp_path, kept):
    """Both went back behind the checkpoint. Naming the wrong one would send people to the wrong record."""
    stick = Path(shutil.copytree(copy, tmp_path / "stick"))
    swaps(copy, ("Amina", "Jo"), ("Jo", "Amina"))
    first = Witness("the first photo", checkpoint_of(copy).encode())
    put_in_place(stick, copy, "first")
    later = Path(shutil.copytree(copy, tmp_path / "later"))
    swaps(copy, ("Sara", "Wen"), ("Wen", "Sara"))
    second = Witness("the second photo", checkpoint_of(copy).encode())
    put_in_place(later, copy, "second")
    for name in {"first", "second"} - set(kept):
        shutil.rmtree(copy / "set-aside" / name)
    with Reader.open(copy) as reader:
        told = verify(reader, [first, second], known_keys(copy, reader.device, []), photos=copy)
    about_first, about_second = told.faults
    # The second photo is of the record that was set aside second. The first is too, as far as its size goes: only
    # the record of then shows that it isn't; where that is gone, the latest is the nearest to what is here.
    assert ("set-aside/first" in about_first) is ("second" in kept)
    assert "set-aside/second" in about_second
    assert ("the others are all here, unchanged" in about_first) is ("second" in kept)
    assert ("the others are all here, unchanged" in about_second) is ("second" in kept)


def test_a_present_that_somebody_improved_is_found(copy):
    """Ten hours more for a friend, without an entry."""
    forger = sqlite3.connect(copy / "record.sqlite", isolation_level=None)
    better = "UPDATE documents SET body = replace(body, ':-45,', ':600,') WHERE body LIKE '%:-45,%'"
    assert forger.execute(better).rowcount
    forger.close()
    assert "The present is not what the record comes to: accounts" in found(copy)


def test_a_forged_checkpoint_is_not_taken_for_a_witness(copy):
    text = (copy / "old.txt").read_text()
    (copy / "old.txt").write_text(text.replace(text.splitlines()[2], "A" * 43 + "="))
    assert "does not fit the text" in found(copy)


def test_every_single_byte_that_is_flipped_in_an_entry_is_found(copy):
    """Bit rot, or a nibble changed with a hex editor."""
    forger = Forger(copy)
    rows = {number: (body, salt) for number, body, salt in forger.rows()}
    number = 15
    body, _ = rows[number]
    for place in range(0, len(body), 7):
        changed = body[:place] + chr(ord(body[place]) ^ 1) + body[place + 1 :]
        forger.database.execute("UPDATE record SET body = ? WHERE number = ?", (changed, number))
        assert f"/{number} " in found(copy), f"the byte {place} was not found out"
    forger.database.execute("UPDATE record SET body = ? WHERE number = ?", (body, number))
    forger.done()
    assert found(copy) == ""


def test_the_commands_say_it_and_exit_accordingly(copy):
    well = run_kiosk("verify", "--data", str(copy), "--checkpoint", str(copy / "old.txt"))
    assert well.returncode == 0, well.stderr
    assert "All is well" in well.stdout
    assert "unchanged" in well.stdout
    forger = Forger(copy)
    forger.drop(5)
    forger.done()
    ill = run_kiosk("verify", "--data", str(copy))
    assert ill.returncode == 1
    assert "/5 should be" in ill.stdout
    assert "Keep this record as it is" in ill.stderr
    assert "kiosk restore" in ill.stderr


def test_a_file_that_is_no_checkpoint_says_nothing_against_the_record(copy):
    """A good record would be put away, and an older copy put in its place, for a file mixed up."""
    (copy / "junk.txt").write_text("bread, milk, soap\n")
    done = run_kiosk("verify", "--data", str(copy), "--checkpoint", str(copy / "junk.txt"))
    assert done.returncode == 2
    assert "is no checkpoint to go by" in done.stdout
    assert "the record itself is well" in done.stderr
    checked = read_checked(copy)
    assert checked is not None
    assert checked.faults == 0


def test_a_proof_is_never_written_over_another_file_unasked(copy):
    """The only proof that somebody had of entry 7."""
    file = copy / "7.tlog-proof"
    file.write_text("mine")
    said = run_kiosk("prove", "8", "--data", str(copy), "--output", str(file))
    assert (said.returncode, file.read_text()) == (2, "mine")
    assert "--force" in said.stderr
    assert run_kiosk("prove", "8", "--data", str(copy), "--output", str(file), "--force").returncode == 0
    assert "index 7\n" in file.read_text()


def test_a_proof_holds_for_its_entry_and_no_other(copy):
    file = proof_of(copy, "7")
    proof = parse_proof(file)
    assert not isinstance(proof, Bad)
    with Reader.open(copy) as reader:
        keys = known_keys(copy, reader.device, [])
        leaves = [leaf.hash for leaf in reader.leaves()]
    assert not isinstance(check_proof(proof, leaves[6], keys), Bad)
    assert isinstance(check_proof(proof, leaves[7], keys), Bad)
    bodies = {number: body for number, body, _ in Forger(copy).rows()}
    assert leaf_hash(proof.extra, bodies[7].encode()) == leaves[6], "the salt in the file makes the leaf"
    assert read_entry(bodies[7]).number == 7


def test_the_key_that_signs_is_for_its_owners_eyes_only(copy):
    assert (copy / "seal.key").stat().st_mode & 0o077 == 0
    assert subprocess.run(["test", "-s", str(copy / "seal.key")], check=False).returncode == 0
