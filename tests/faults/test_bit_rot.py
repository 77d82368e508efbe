"""Bits of the card turn over, in every page: the kiosk starts with what is right, or says what is wrong.

It never falls over, and never shows a sum that is not what was booked.
"""

import random
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from by_hand import ByHand, Kiosk

from kiosk.core import Core
from kiosk.faces import BookedFace, PlainFace, WallFace
from kiosk.opened import present_of
from kiosk.reports.verifying import verify
from kiosk.safe import could_not_start
from kiosk.state import State, restore
from kiosk.store import Reader, Store, StoreDamagedError, StoreError
from kiosk.views.card import card_said

PAGE = 4096
BITS = 5
"""Turned over in each page, one at a time."""


class Kept(NamedTuple):
    """A record that lies on a card, and what it comes to."""

    folder: Path
    file: bytes
    state: State
    entries: int

    @property
    def pages(self) -> int:
        return len(self.file) // PAGE

    def turned(self, folder: Path, at: int, bit: int) -> Path:
        """A copy with one bit turned over."""
        rotten = bytearray(self.file)
        rotten[at] ^= 1 << bit
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(self.folder, folder)
        (folder / "record.sqlite").write_bytes(rotten)
        return folder


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Kept:
    folder = tmp_path_factory.mktemp("rot") / "shop"
    kiosk = Kiosk(folder)
    for _ in range(12):
        for name in ("Priya", "Wen"):
            kiosk.touch("work:repair")
            kiosk.tap(name)
            kiosk.tap("Wen" if name == "Priya" else "Amina")
            kiosk.touch("done")
        kiosk.drop(50)
    entries = kiosk.store.next_number - 1
    kiosk.store.store.close()
    return Kept(folder, (folder / "record.sqlite").read_bytes(), kiosk.core.state, entries)


def spots(kept: Kept) -> Iterator[tuple[int, int]]:
    """A few bits of every page, the same in each run; more where SQLite keeps what it finds its way by."""
    chance = random.Random(7)
    for page in range(kept.pages):
        for _ in range(BITS):
            yield page * PAGE + chance.randrange(PAGE), chance.randrange(8)
        yield page * PAGE + chance.randrange(100), chance.randrange(8)


def test_at_rest_it_starts_right_or_says_what_is_wrong(kept: Kept, tmp_path: Path) -> None:
    """A kiosk that starts with a wrong balance is worse than one that does not start."""
    right = told = 0
    for at, bit in spots(kept):
        folder = kept.turned(tmp_path / "turned", at, bit)
        try:
            with Store.open(folder) as store:
                state = present_of(store)
                Core(store, state, ByHand())
                last = store.last_number
        except StoreError as trouble:
            why = could_not_start(trouble)
            assert why.words, (at, bit)
            assert why.mend, (at, bit)
            told += 1
            continue
        assert state == kept.state, f"bit {bit} of byte {at} changed what people see"
        assert last == kept.entries, f"bit {bit} of byte {at} took an entry away"
        right += 1
    assert right > kept.pages
    assert told >= kept.pages / 4


def test_kiosk_verify_tells_every_bit_that_matters(kept: Kept, tmp_path: Path) -> None:
    """Whoever tends the kiosk must be able to find out, before the copy is the bad one too."""
    with Reader.open(kept.folder) as reader:
        entries, documents = list(reader.rows()), reader.documents()
    for at, bit in spots(kept):
        folder = kept.turned(tmp_path / "turned", at, bit)
        try:
            with Reader.open(folder) as reader:
                if verify(reader).faults:
                    continue
                assert list(reader.rows()) == entries, (at, bit)
                assert reader.documents() == documents, (at, bit)
        except StoreError:
            continue


def test_while_it_runs_nobody_sees_a_wrong_sum_and_it_lives_on(kept: Kept, tmp_path: Path) -> None:
    chance = random.Random(11)
    for page in range(kept.pages):
        folder = tmp_path / str(page)
        shutil.copytree(kept.folder, folder)
        kiosk = Kiosk(folder)
        kiosk.clock.ms += 3_600_000
        with (folder / "record.sqlite").open("r+b") as file:
            for _ in range(40):
                file.seek(at := page * PAGE + chance.randrange(PAGE))
                byte = file.read(1)
                file.seek(at)
                file.write(bytes([byte[0] ^ (1 << chance.randrange(8))]))
        for _ in range(2):
            kiosk.wait(1)
            before = kiosk.core.state.balance("Priya")
            kiosk.touch("work:repair")
            kiosk.tap("Priya")
            kiosk.tap("Wen")
            booked = isinstance(kiosk.faces[-1], BookedFace)
            assert kiosk.core.state.balance("Priya") == before + 60 * booked, page
            if not booked:
                assert kiosk.alarms[-1], page
            kiosk.wait(30)
            assert isinstance(kiosk.faces[-1], WallFace | PlainFace), page
        shown = next(face for face in reversed(kiosk.faces) if isinstance(face, WallFace))
        assert sum(minutes for _, minutes in shown.balances) == 0
        state = kiosk.core.state
        try:
            kiosk.store.store.close()
            with Store.open(folder) as again:
                assert present_of(again) == state, page
        except StoreError:
            continue


def test_a_present_that_rotted_is_folded_anew(kept: Kept, tmp_path: Path) -> None:
    """A digit of a balance that turned into another digit is still a balance."""
    at = kept.file.index(b'{"minutes":') + len(b'{"minutes":')
    at += kept.file[at : at + 1] == b"-"
    folder = kept.turned(tmp_path / "turned", at, 0)
    with Reader.open(folder) as reader:
        assert restore(reader.tables()) != kept.state
        assert not reader.present_is_as_written()
    with Store.open(folder) as store:
        assert "not as it was written" in store.rebuilt
        assert present_of(store) == kept.state
    with Store.open(folder) as store:
        assert store.rebuilt == ""


def test_a_record_that_lost_its_end_is_not_gone_on_with(kept: Kept, tmp_path: Path) -> None:
    """Two entries would get the same number, and nobody would miss the first."""
    folder = kept.turned(tmp_path / "turned", 0, 0)
    (folder / "record.sqlite").write_bytes(kept.file)
    with sqlite3.connect(folder / "record.sqlite") as file:
        file.execute("DROP TRIGGER never_removed")
        file.execute("DELETE FROM record WHERE number = (SELECT max(number) FROM record)")
    file.close()
    with pytest.raises(StoreDamagedError, match=f"{kept.entries} entries were written"):
        Store.open(folder)


@pytest.mark.parametrize("column", ["wall = wall + 1", "countered = 'none/1'"])
def test_what_stands_beside_an_entry_is_held_against_it(kept: Kept, tmp_path: Path, column: str) -> None:
    """It is in no hash; by it is found out whether an entry was taken back already."""
    folder = kept.turned(tmp_path / "turned", 0, 0)
    (folder / "record.sqlite").write_bytes(kept.file)
    with sqlite3.connect(folder / "record.sqlite") as file:
        file.execute("DROP TRIGGER never_changed")
        file.execute(f"UPDATE record SET {column} WHERE number = 7")
    file.close()
    with Reader.open(folder) as reader:
        assert "/7 was altered" in verify(reader).faults[0]


def test_what_is_said_of_a_damaged_card_tells_what_to_do() -> None:
    words, mend = card_said("damaged")
    assert "damaged" in words
    assert "copy" in mend
