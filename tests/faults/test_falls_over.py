"""The kiosk falls over again and again, or can't start: a careful screen says so, and leads back by itself."""

import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from bad_disk import BadDisk
from by_hand import Kiosk
from programs import Program
from programs import kiosk as run_kiosk

from kiosk.amounts import Moment
from kiosk.events import RecordRestored
from kiosk.faces import Face, PlainFace, Touch
from kiosk.safe import SafeHouse, Why, copy_as_it_is, could_not_start, fell_over
from kiosk.starts import FILE, Starts
from kiosk.store import Reader, Store, StoreDamagedError, StoreFailedError
from kiosk.store.restoring import decide
from kiosk.store.store import held
from kiosk.traces import trace

# --- how it is noticed ------------------------------------------------------------------------------------


class Machine:
    """A machine that was switched on some seconds ago."""

    def __init__(self, *where: Path) -> None:
        self.where, self.boot, self.seconds = where, "first", 10.0

    def start(self, after: float = 5.0) -> Starts:
        self.seconds += after
        self.starts = Starts(self.where, self.boot, lambda: self.seconds)
        self.careful = self.starts.begin()
        return self.starts


def test_the_fourth_start_in_two_minutes_is_careful(tmp_path: Path) -> None:
    """A kiosk that dies at every start would show nothing, for ever."""
    machine = Machine(tmp_path)
    for _ in range(3):
        machine.start()
        assert not machine.careful
    machine.start()
    assert machine.careful


def test_one_that_lived_or_ended_in_order_is_not_held_against_it(tmp_path: Path) -> None:
    machine = Machine(tmp_path)
    for _ in range(10):
        machine.start().end()
        assert not machine.careful
    for _ in range(10):
        machine.start(after=121)
        assert not machine.careful


def test_an_update_that_fell_over_is_not_held_against_the_version_that_is_put_back(tmp_path: Path) -> None:
    """The good version would come back as a page that waits for somebody to touch it, all night."""
    for second in range(3):
        assert not Starts((tmp_path,), "first", lambda now=10.0 + second: now, "new").begin()
    back = Starts((tmp_path,), "first", lambda: 14.0, "old")
    assert not back.begin()
    assert back.error == ""


def test_power_cuts_are_no_crashes(tmp_path: Path) -> None:
    """Somebody who pulls the plug three times would be told that the kiosk is broken."""
    machine = Machine(tmp_path)
    for number in range(6):
        machine.boot, machine.seconds = f"boot {number}", number * 7.0
        machine.start()
        assert not machine.careful


def test_on_a_card_that_takes_nothing_it_is_noted_elsewhere(tmp_path: Path) -> None:
    machine = Machine(tmp_path / "not there", tmp_path)
    for _ in range(4):
        machine.start()
    assert machine.careful
    assert not (tmp_path / "not there").exists(), "a folder in the card's place would become an empty record"


def test_a_note_that_can_not_be_read_is_no_note(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"\x00\xff")
    machine = Machine(tmp_path)
    machine.start()
    assert not machine.careful


def test_what_it_fell_over_is_told_next_time_and_names_nobody(tmp_path: Path) -> None:
    nobody: dict[str, str] = {}
    with pytest.raises(KeyError) as found:
        nobody["Priya"]
    Machine(tmp_path).start().fell(trace(found.value))
    told = Machine(tmp_path).start().error
    assert "KeyError" in told
    assert "test_falls_over.py" in told
    assert "Priya" not in told


# --- what is shown then -----------------------------------------------------------------------------------


class Careful:
    """The careful house and who stands before it."""

    def __init__(self, folder: Path, why: Why, stick: Path | None = None) -> None:
        self.faces: list[PlainFace] = []
        self.fails: Exception | None = None
        self.tries = 0
        self._new = threading.Condition()
        self.house = SafeHouse(
            folder,
            "Canal Street",
            why,
            show=self._show,
            again=self._again,
            sticks=lambda: (stick,) if stick else (),
        )
        self.house.start()
        self.sees(why.words)

    def _show(self, face: Face) -> None:
        assert isinstance(face, PlainFace)
        with self._new:
            self.faces.append(face)
            self._new.notify_all()

    def _again(self) -> None:
        self.tries += 1
        if self.fails is not None:
            raise self.fails

    def touch(self, key: str, words: str) -> PlainFace:
        seen = len(self.faces)
        self.house.hear(Touch("choose", key) if key != "back" else Touch("back"))
        return self.sees(words, seen)

    def sees(self, words: str, after: int = 0) -> PlainFace:
        with self._new:
            assert self._new.wait_for(lambda: any(words in repr(face) for face in self.faces[after:]), 20), (
                self.faces
            )
        return next(face for face in self.faces[after:] if words in repr(face))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    kiosk = Kiosk(tmp_path / "shop")
    kiosk.store.store.close()
    return tmp_path / "shop"


@pytest.fixture
def careful(folder: Path, tmp_path: Path) -> Careful:
    (tmp_path / "stick").mkdir()
    return Careful(folder, fell_over("KeyError at kiosk/core.py:1 in handle"), tmp_path / "stick")


def test_it_says_what_happened_what_works_and_what_to_do(careful: Careful) -> None:
    front = careful.faces[0]
    assert "three times in two minutes" in front.words
    assert {choice.key for choice in front.choices} == {"again", "read", "check", "copy"}
    assert "Nothing is booked meanwhile" in front.sentences[1]
    assert "core.py" in front.small


def test_a_record_that_nobody_has_written_in_yet_is_not_said_to_be_broken(tmp_path: Path) -> None:
    """Whoever sets a kiosk up would look for a fault of the card, and there is none."""
    (tmp_path / "new").mkdir()
    for began in (False, True):
        if began:
            Store.open(tmp_path / "new").close()
        front = Careful(tmp_path / "new", fell_over("")).faces[0]
        assert "There is nothing in the record yet." in front.sentences[1]
        assert {choice.key for choice in front.choices} == {"again", "copy"}
    (tmp_path / "new/record.sqlite").unlink()
    (tmp_path / "new/badge.key").write_bytes(b"a key")
    assert "can’t be opened" in Careful(tmp_path / "new", fell_over("")).faces[0].sentences[1]


def test_the_line_for_whoever_helps_reads_as_one(folder: Path, tmp_path: Path) -> None:
    """They read it aloud on the telephone."""
    fell = "the screen, KeyError at kiosk/screens/wall.py:161 in draw, kiosk/screens/window.py:20 in show"
    small = Careful(folder, fell_over(fell)).faces[0].small
    told = "the screen, KeyError at kiosk/screens/wall.py:161 in draw (more is in the log)"
    assert small == f"For whoever helps: {told}"


def test_the_record_is_read_page_by_page(careful: Careful, folder: Path) -> None:
    first = careful.touch("read", "newest first")
    with Reader.open(folder) as reader:
        last = reader.last_number
    seen = len(first.sentences)
    face = first
    while any(choice.key == "older" for choice in face.choices):
        face = careful.touch("older", "newest first")
        seen += len(face.sentences)
    assert seen == last
    assert "founded the shop" in face.sentences[-1]
    careful.touch("back", "three times")


def test_it_is_checked_in_words(careful: Careful, folder: Path) -> None:
    assert "entries, each as it was written" in careful.touch("check", "All is well").sentences[0]
    whole = (folder / "record.sqlite").read_bytes()
    (folder / "record.sqlite").write_bytes(whole.replace(b'"minutes":60', b'"minutes":90'))
    careful.touch("check", "Not all is well")


def test_a_copy_goes_to_the_stick_and_an_older_one_stays(careful: Careful, folder: Path, tmp_path: Path) -> None:
    careful.touch("copy", "The record is copied")
    (tmp_path / "stick" / "kiosk-copy-1" / "record.sqlite").write_bytes(b"older")
    careful.touch("copy", "The record is copied")
    copy = tmp_path / "stick" / "kiosk-copy-2"
    assert (copy / "record.sqlite").read_bytes() == (folder / "record.sqlite").read_bytes()
    assert (copy / "badge.key").read_bytes() == (folder / "badge.key").read_bytes()
    assert (copy / "badge.key").stat().st_mode & 0o077 == 0
    assert (tmp_path / "stick" / "kiosk-copy-1" / "record.sqlite").read_bytes() == b"older"


def test_without_a_stick_it_says_what_to_plug_in(folder: Path) -> None:
    Careful(folder, fell_over("")).touch("copy", "No stick is found")


def test_trying_again_leaves_or_says_why_not(careful: Careful) -> None:
    careful.fails = StoreDamagedError("…")
    careful.touch("again", "The memory card is damaged")
    careful.fails = RuntimeError("Priya did it")
    face = careful.touch("again", "can’t start")
    assert "Priya" not in repr(face)
    careful.fails = None
    careful.house.hear(Touch("choose", "again"))
    ends(lambda: not careful.house._thread.is_alive())
    assert careful.tries == 3


def ends(true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 20
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_a_record_that_can_not_be_opened_is_said_and_can_still_be_copied(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "stick").mkdir()
    (folder / "record.sqlite").write_bytes(b"noise" * 4000)
    with pytest.raises(StoreDamagedError) as found:
        Store.open(folder)
    careful = Careful(folder, could_not_start(found.value), tmp_path / "stick")
    assert {choice.key for choice in careful.faces[0].choices} == {"again", "copy"}
    careful.touch("read", "This did not work")
    careful.touch("copy", "The record is copied")
    assert (tmp_path / "stick" / "kiosk-copy-1" / "record.sqlite").read_bytes() == b"noise" * 4000


def test_a_hole_in_the_card_does_not_stop_the_copy(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.pread

    def with_a_hole(file: int, size: int, at: int) -> bytes:
        if at == 4096:
            raise OSError(5, "Input/output error")
        return real(file, size, at)

    monkeypatch.setattr(os, "pread", with_a_hole)
    (tmp_path / "copy").mkdir()
    whole = (folder / "record.sqlite").read_bytes()
    assert copy_as_it_is(folder, tmp_path / "copy") == 1
    assert (tmp_path / "copy" / "record.sqlite").read_bytes() == whole[:4096] + bytes(4096) + whole[8192:]


# --- the whole kiosk --------------------------------------------------------------------------------------


def kiosk_on(folder: Path) -> Program:
    return Program("kiosk.way_in", "run", "--no-screen", "--drive", "--data", str(folder))


def test_a_kiosk_that_dies_three_times_starts_carefully_and_comes_back(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    for _ in range(3):
        dying = kiosk_on(tmp_path / "data")
        dying.hears("WelcomeFace")
        dying.process.send_signal(signal.SIGKILL)
        dying.process.wait()
    program = kiosk_on(tmp_path / "data")
    assert "three times in two minutes" in program.hears("PlainFace")
    program.say("touch choose again")
    program.hears("WelcomeFace")
    assert program.end() == 0
    after = kiosk_on(tmp_path / "data")
    after.hears("WelcomeFace")
    assert after.end() == 0


def test_the_log_says_what_lives_and_why_a_start_is_careful(tmp_path: Path) -> None:
    """Whoever reads it from afar would see nothing at all of a kiosk that waits for somebody to touch it."""
    call = [sys.executable, "-m", "kiosk.way_in", "run", "--no-screen", "--drive", "--data", str(tmp_path)]

    def log() -> list[str]:
        done = subprocess.run(call, input="", capture_output=True, text=True, check=False, timeout=60)
        return done.stderr.splitlines()

    with Store.open(tmp_path) as store:
        lives = f"kiosk: “Our shop”: kiosk {store.device} lives, entries: 0"
    assert log() == [lives]
    starts = Starts((tmp_path,))
    for _ in range(3):
        starts.begin()
    starts.fell("the screen, KeyError at kiosk/core.py:1 in handle")
    [line] = log()
    assert "starting carefully: The kiosk stopped three times in two minutes; the screen, KeyError" in line


def test_a_kiosk_whose_record_is_broken_says_so_and_goes_on_when_it_is_mended(tmp_path: Path) -> None:
    Store.open(tmp_path / "data").close()
    record = tmp_path / "data" / "record.sqlite"
    whole = record.read_bytes()
    record.write_bytes(b"noise" * 4000)
    program = kiosk_on(tmp_path / "data")
    assert "The memory card is damaged" in program.hears("PlainFace")
    record.write_bytes(whole)
    program.say("touch choose again")
    program.hears("WelcomeFace")
    assert program.end() == 0


def test_a_record_that_is_gone_while_its_key_is_there_is_not_begun_anew(tmp_path: Path) -> None:
    """After a bad power cut the file can be lost+found: founding another shop over it would bury it."""
    kiosk = Kiosk(tmp_path / "data")
    kiosk.store.store.close()
    (tmp_path / "data" / "record.sqlite").unlink()
    program = kiosk_on(tmp_path / "data")
    assert "The memory card is damaged" in program.hears("PlainFace")
    assert not (tmp_path / "data" / "record.sqlite").exists()
    assert program.end() == 0


def test_a_record_that_can_not_be_opened_makes_room_for_a_copy(tmp_path: Path) -> None:
    """What the refusal says to do must lead on, or a shop with a good copy in hand stands before a careful page."""
    shop, stick, aside = tmp_path / "data", tmp_path / "stick", tmp_path / "aside"
    Kiosk(shop).store.store.close()
    assert run_kiosk("backup", str(stick), "--data", str(shop)).returncode == 0
    (shop / "record.sqlite").write_bytes(b"noise" * 4000)
    refused = " ".join(run_kiosk("restore", str(stick), "--data", str(shop)).stderr.split())
    aside.mkdir()
    for name in re.findall(r"[a-z]+\.(?:sqlite|key)(?= and| aside)", refused):
        (shop / name).rename(aside / name)
    for place in shop.glob("record.sqlite-*"):
        place.unlink()
    program = kiosk_on(shop)
    program.hears("WelcomeFace")
    assert program.end() == 0


def test_a_copy_that_can_not_be_put_in_place_keeps_nobody_from_ending_it(tmp_path: Path) -> None:
    """It would start again at every Ctrl-C and every `systemctl stop`, until somebody kills it."""
    shop, stick = tmp_path / "data", tmp_path / "stick"
    Kiosk(shop).store.store.close()
    for words in (("backup", str(stick)), ("restore", str(stick))):
        assert run_kiosk(*words, "--data", str(shop)).returncode == 0
    event = RecordRestored(1, Moment(0, 0, ""), 1, 1, ("Jo", "Wen", "Sara"), "set-aside/old")
    decide(shop, event, Moment(0, 0, ""))
    with held(shop):
        program = kiosk_on(shop)
        program.hears("PlainFace")
        program.process.send_signal(signal.SIGTERM)
        assert program.process.wait(timeout=20) == 0


def test_a_folder_that_can_not_be_made_is_said_on_the_screen(tmp_path: Path) -> None:
    (tmp_path / "card").write_text("no folder")
    program = kiosk_on(tmp_path / "card" / "shop")
    program.hears("The memory card can only be read")
    assert program.end() == 0


def test_what_fails_behind_the_wall_is_said_on_it_and_mended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The wall is drawn before the house lives: nobody may stand before one that nothing answers behind."""
    monkeypatch.setenv("SDL_VIDEODRIVER", "offscreen")
    Store.open(tmp_path / "data").close()
    (tmp_path / "data/seal.key").write_bytes(b"half of it")
    program = Program("kiosk.way_in", "run", "--drive", "--data", str(tmp_path / "data"))
    assert "can’t start" in program.hears("PlainFace")
    (tmp_path / "data/seal.key").unlink()
    program.say("touch choose again")
    program.hears("WelcomeFace")
    assert program.end() == 0


def test_a_card_that_can_not_be_read_at_the_start_is_said(folder: Path) -> None:
    disk = BadDisk()
    with disk.under():
        disk.unreadable()
        with pytest.raises(StoreFailedError) as found:
            Store.open(folder)
    why = could_not_start(found.value)
    assert why.by_itself
    assert why.words == "The memory card does not answer"


def test_an_update_that_can_not_open_the_record_is_not_ready_while_it_is_tried(
    folder: Path, tmp_path: Path
) -> None:
    """Its careful page would count as a start, and the version before, which could open it, would not come back."""
    (folder / "record.sqlite").write_bytes(b"of a form that this version does not know")
    version = tmp_path / "opt/versions/9.9"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", "--symlinks", str(version)], check=True)
    call = [
        str(version / "bin/python"),
        "-m",
        "kiosk.way_in",
        "run",
        "--no-screen",
        "--drive",
        "--data",
        str(folder),
    ]
    environ = {**os.environ, "PYTHONPATH": os.pathsep.join(each for each in sys.path if each)}
    environ["SDL_VIDEODRIVER"] = "offscreen"
    (tmp_path / "opt/trying").write_text("1.0\n")
    tried = subprocess.run(call, env=environ, input="", capture_output=True, text=True, check=False, timeout=60)
    assert tried.returncode != 0
    assert tried.stdout == ""
    (tmp_path / "opt/trying").unlink()
    kept = subprocess.run(call, env=environ, input="", capture_output=True, text=True, check=False, timeout=60)
    assert "PlainFace" in kept.stdout
    # Nor is one that shows the wall, and then has nobody behind it.
    (tmp_path / "opt/trying").write_text("1.0\n")
    Store.open(tmp_path / "other").close()
    (tmp_path / "other/seal.key").write_bytes(b"half of it")
    call = [*call[:4], "--drive", "--data", str(tmp_path / "other")]
    shown = subprocess.run(call, env=environ, input="", capture_output=True, text=True, check=False, timeout=60)
    assert shown.returncode != 0
    assert "seal.key" in shown.stderr
    assert shown.stdout == ""
