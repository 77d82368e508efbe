"""The copy is what is left when the card breaks. It must be whole, and say so when it is not."""

import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys

import pytest
from by_hand import Kiosk
from programs import kiosk as run_kiosk
from typer.testing import CliRunner

from kiosk.__main__ import app
from kiosk.events import Entry, PhotoAttached
from kiosk.state import apply, document
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


def test_onto_a_copy_that_is_damaged_it_says_that_the_record_is_not(kiosk, tmp_path):
    """Without this somebody would bring back a backup over a record in which nothing is wrong."""
    copy(tmp_path)
    (tmp_path / "stick" / "record.sqlite").write_bytes(noise := b"\0\xff" * 9000)
    done = run_kiosk("backup", str(tmp_path / "stick"), "--data", str(tmp_path / "shop"))
    assert done.returncode == 1
    assert f"the copy in {tmp_path / 'stick'} is damaged, and the record itself is not concerned" in done.stderr
    assert "make a new one in another folder" in done.stderr
    assert "bring back" not in done.stderr
    assert (tmp_path / "stick" / "record.sqlite").read_bytes() == noise


def test_where_the_record_is_damaged_it_says_so_and_not_that_the_copy_is(kiosk, tmp_path):
    """Without this the good copy would be put aside, and the bad record kept."""
    copy(tmp_path)
    kiosk.store.store.close()
    (tmp_path / "shop" / "record.sqlite").write_bytes(b"\0\xff" * 9000)
    done = run_kiosk("backup", str(tmp_path / "stick"), "--data", str(tmp_path / "shop"))
    assert done.returncode == 1
    assert "Keep it as it is and bring back a backup." in done.stderr
    assert "not concerned" not in done.stderr


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
    nowhere = run_kiosk("backup", "/proc/kiosk-copy", "--data", str(tmp_path / "shop"))
    assert nowhere.stderr == "kiosk: No folder can be made in /proc. Name another.\n"
    same = run_kiosk("backup", str(tmp_path / "shop"), "--data", str(tmp_path / "shop"))
    assert same.returncode == 2
    assert "somewhere else" in same.stderr


# --- odd targets ------------------------------------------------------------------------------------------

LINE = f'"{sys.executable}" -m kiosk backup "$S/stick/kiosk" --data "$S/shop"'


def on_a_small_stick(tmp_path, script):
    """Run a script with a stick of its own mounted at $1/stick; each command's words and its exit code."""
    mounted = 'S="$1"; mkdir "$S/stick"; mount -t tmpfs -o size=48k none "$S/stick"'
    script = f'{mounted}; copy() {{ {LINE}; echo "=$?"; }}\n{script}'
    for unshare in (["unshare", "-m"], ["unshare", "-Urm"]):
        if not shutil.which("unshare") or subprocess.run([*unshare, "true"], check=False).returncode:
            continue
        done = subprocess.run(
            [*unshare, "sh", "-c", script, "sh", str(tmp_path)],
            capture_output=True,
            text=True,
            check=False,
            stdin=subprocess.DEVNULL,
        )
        return done.stdout + done.stderr
    pytest.skip("this machine lets nobody mount a small stick")


def test_a_full_stick_and_one_that_can_not_be_written_are_said_and_the_next_try_goes_on(kiosk, tmp_path):
    said = on_a_small_stick(
        tmp_path,
        'copy 2>&1; mount -o remount,size=4m "$1/stick"; copy 2>&1; mount -o remount,ro "$1/stick"; copy 2>&1',
    )
    full, good, read_only, end = said.split("=")
    assert len(full.splitlines()) == 1
    assert "full" in full or "No space" in full
    assert good.startswith("1\n")
    assert "is whole" in good
    assert read_only.startswith("0\n")
    assert len(read_only.splitlines()) == 2
    assert "read-only" in read_only.casefold() or "can be written" in read_only
    assert end.startswith("1")


def test_a_stick_without_permissions_is_as_good_as_any(kiosk, tmp_path, monkeypatch):
    """FAT has no owners, no modes, no links of any sort."""

    def refused(*_, **__):
        raise PermissionError(1, "Operation not permitted")

    for name in ("chmod", "fchmod", "chown", "lchown", "fchown", "link", "symlink"):
        monkeypatch.setattr(os, name, refused)
    done = CliRunner().invoke(app, ["backup", str(tmp_path / "stick"), "--data", str(tmp_path / "shop")])
    assert done.exit_code == 0, done.output
    assert root(tmp_path / "stick") == root(tmp_path / "shop")


@pytest.mark.parametrize("what", ["a link", "a file", "a link in the place of the record", "a pipe there"])
def test_where_no_plain_folder_is_nothing_is_copied_and_one_line_says_why(kiosk, tmp_path, what):
    stick, shop = tmp_path / "stick", tmp_path / "shop"
    if what == "a link":
        stick.symlink_to(tmp_path)
    elif what == "a file":
        stick.write_text("")
    else:
        stick.mkdir()
        place = stick / "record.sqlite"
        # Back to the record itself: a copy over it would be taken for a good one.
        place.symlink_to(shop / "record.sqlite") if what.startswith("a link") else os.mkfifo(place)
    done = CliRunner().invoke(app, ["backup", str(stick), "--data", str(shop)])
    assert done.exit_code == 1, done.output
    assert len(done.stderr.splitlines()) == 1
    assert str(stick) in done.stderr
    assert not (shop / "copied.json").exists()


def test_photos_go_with_the_record_and_one_that_was_altered_is_copied_anew(kiosk, tmp_path):
    shop, stick = tmp_path / "shop", tmp_path / "stick"
    photo = b"\xff\xd8\xff whiteboard"
    name = hashlib.sha256(photo).hexdigest()
    (shop / "photos").mkdir()
    (shop / "photos" / f"{name}.jpg").write_bytes(photo)
    lost = "ab" * 32
    state = kiosk.core.state
    for number, each in enumerate((name, lost), kiosk.store.next_number):
        entry = Entry(kiosk.store.device, number, kiosk.clock.now(), PhotoAttached(1, each, ("Jo", "Wen")))
        state, touched = apply(state, entry)
        kiosk.store.append([entry], {name_of: document(state, name_of) for name_of in touched})
    for _ in range(2):
        done = CliRunner().invoke(app, ["backup", str(stick), "--data", str(shop)])
        assert done.exit_code == 0, done.output
        assert f"The photo {lost}.jpg is not here any more" in done.output
        assert (stick / "photos" / f"{name}.jpg").read_bytes() == photo
        (stick / "photos" / f"{name}.jpg").write_bytes(b"half")


def test_a_stick_that_kept_another_photo_than_it_was_given_is_no_copy(kiosk, tmp_path, monkeypatch):
    """Without this somebody would trust a copy whose photos are gone the day they are needed."""
    shop, stick = tmp_path / "shop", tmp_path / "stick"
    photo = b"\xff\xd8\xff whiteboard"
    name = hashlib.sha256(photo).hexdigest()
    (shop / "photos").mkdir()
    (shop / "photos" / f"{name}.jpg").write_bytes(photo)
    entry = Entry(
        kiosk.store.device, kiosk.store.next_number, kiosk.clock.now(), PhotoAttached(1, name, ("Jo", "Wen"))
    )
    state, touched = apply(kiosk.core.state, entry)
    kiosk.store.append([entry], {each: document(state, each) for each in touched})
    rename = os.rename

    def loses(source, to, **how):
        if str(to).endswith(".jpg"):
            os.truncate(source, 3)
        rename(source, to, **how)

    monkeypatch.setattr(os, "rename", loses)
    done = CliRunner().invoke(app, ["backup", str(stick), "--data", str(shop)])
    assert done.exit_code == 1, done.output
    assert "is not the picture that was attached" in done.output
    assert "name another folder or stick" in done.output
    assert not (shop / "copied.json").exists()
