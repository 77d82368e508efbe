"""The copy is what is left when the card breaks. It must be whole, and say so when it is not."""

import shutil
import sqlite3

import pytest
from by_hand import Kiosk
from programs import kiosk as run_kiosk

from kiosk.store import Reader, StoreDamagedError, back_up


@pytest.fixture
def kiosk(tmp_path):
    return Kiosk(tmp_path / "shop")


def root(folder):
    with Reader.open(folder) as reader:
        return reader.tree(), reader.tables()


def swap(kiosk):
    kiosk.touch("work:repair")
    kiosk.tap("Amina")
    kiosk.tap("Jo")
    kiosk.touch("done")


def copy(tmp_path, **how):
    with Reader.open(tmp_path / "shop") as reader:
        return back_up(reader, tmp_path / "stick", **how)


def test_a_copy_is_made_while_the_kiosk_runs_and_the_next_takes_only_what_is_new(kiosk, tmp_path):
    first = copy(tmp_path)
    assert first == kiosk.store.store.last_number
    swap(kiosk)
    assert copy(tmp_path) == 1
    assert root(tmp_path / "stick") == root(tmp_path / "shop")
    assert copy(tmp_path) == 0


def test_a_copy_cut_off_goes_on_where_it_stopped(kiosk, tmp_path):
    for _ in range(3):
        swap(kiosk)

    def pulled(number):
        if number == 20:
            raise OSError(5, "the stick was pulled")

    with pytest.raises(OSError, match="pulled"):
        copy(tmp_path, passed=pulled)
    copy(tmp_path)
    assert root(tmp_path / "stick") == root(tmp_path / "shop")


def test_a_kiosk_starts_from_a_copy_as_if_nothing_had_happened(kiosk, tmp_path):
    swap(kiosk)
    done = run_kiosk("backup", str(tmp_path / "stick"), "--data", str(tmp_path / "shop"))
    assert done.returncode == 0, done.stderr
    assert "is whole" in done.stdout
    balance = kiosk.core.state.balance("Amina")
    kiosk.store.store.close()
    shutil.rmtree(tmp_path / "shop")
    again = Kiosk(tmp_path / "stick")
    again.clock.ms = kiosk.clock.ms + 60_000
    assert again.core.state.balance("Amina") == balance
    swap(again)
    assert again.core.state.balance("Amina") == balance + 60


def test_a_copy_of_another_kiosk_is_left_alone(kiosk, tmp_path):
    Kiosk(tmp_path / "stick").store.store.close()
    before = root(tmp_path / "stick")
    with pytest.raises(StoreDamagedError, match="another kiosk"):
        copy(tmp_path)
    assert root(tmp_path / "stick") == before


def test_a_copy_that_differs_is_kept_and_said(kiosk, tmp_path):
    """One of the two was changed; writing over the copy would destroy the proof."""
    copy(tmp_path)
    database = sqlite3.connect(tmp_path / "stick" / "record.sqlite", isolation_level=None)
    database.execute("DROP TRIGGER never_changed")
    database.execute("UPDATE record SET leaf = zeroblob(32) WHERE number = (SELECT max(number) FROM record)")
    database.close()
    swap(kiosk)
    with pytest.raises(StoreDamagedError, match="differs from the record at entry"):
        copy(tmp_path)


def test_an_altered_record_is_not_copied_over_a_good_copy(kiosk, tmp_path):
    copy(tmp_path)
    swap(kiosk)
    good = root(tmp_path / "stick")
    kiosk.store.store.close()
    database = sqlite3.connect(tmp_path / "shop" / "record.sqlite", isolation_level=None)
    database.execute("DROP TRIGGER never_changed")
    database.execute("UPDATE record SET body = body || ' ' WHERE number = (SELECT max(number) FROM record)")
    database.close()
    done = run_kiosk("backup", str(tmp_path / "stick"), "--data", str(tmp_path / "shop"))
    assert done.returncode == 1
    assert "was altered" in done.stderr
    assert root(tmp_path / "stick") == good


def test_where_no_copy_can_be_made_one_line_says_so(kiosk, tmp_path):
    (tmp_path / "file").write_text("")
    done = run_kiosk("backup", str(tmp_path / "file" / "stick"), "--data", str(tmp_path / "shop"))
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    unplugged = run_kiosk("backup", str(tmp_path / "stick" / "our-kiosk"), "--data", str(tmp_path / "shop"))
    assert unplugged.returncode == 1
    assert "Is the stick plugged in?" in unplugged.stderr
    assert not (tmp_path / "stick").exists()
    same = run_kiosk("backup", str(tmp_path / "shop"), "--data", str(tmp_path / "shop"))
    assert same.returncode == 2
    assert "somewhere else" in same.stderr
