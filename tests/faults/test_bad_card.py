"""The card under a running kiosk is full, worn out, pulled, held or slow: it is said, nothing is lost or doubled.

The real store and the real SQLite run on a disk that is bad at the system call (bad_disk.py), or whose folder is
really taken away. What must hold is the same for all: it is said to whoever stands there, it is an alarm, no coin
is let in, nothing is booked that is not kept, and the next person goes on without a restart when the card is well.
"""

import os
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from bad_disk import BadDisk
from by_hand import Kiosk

from kiosk.commands import NewBadge
from kiosk.demo import UIDS
from kiosk.events import CoinFell, HoursSwapped, RoundVoided
from kiosk.faces import AskFace, BookedFace, DialFace, Face, Touch, VoteFace, WallFace
from kiosk.on_screen import STILL, WRITING
from kiosk.opened import present_of
from kiosk.state import restore
from kiosk.store import Store, StoreReadOnlyError, differing
from kiosk.visit.hearing import CoinHeard, Tapped
from kiosk.visit.voting import TRIES_AGAIN


@pytest.fixture(scope="module")
def disks() -> BadDisk:
    return BadDisk()


@pytest.fixture
def disk(disks: BadDisk) -> Iterator[BadDisk]:
    with disks.under():
        disks.go_on.clear()
        disks.writing.clear()
        yield disks


@pytest.fixture
def kiosk(tmp_path: Path, disk: BadDisk) -> Kiosk:
    return Kiosk(tmp_path / "shop")


def swaps(kiosk: Kiosk) -> int:
    return sum(isinstance(entry.event, HoursSwapped) for entry in kiosk.store.entries())


def coins(kiosk: Kiosk) -> int:
    return sum(isinstance(entry.event, CoinFell) for entry in kiosk.store.entries())


def try_to_swap(kiosk: Kiosk) -> None:
    kiosk.touch("work:repair")
    kiosk.tap("Priya")
    kiosk.tap("Wen")


def wait_until_tried(kiosk: Kiosk) -> None:
    kiosk.wait(TRIES_AGAIN / 1000 + 1)


def said_of(face: Face) -> str:
    said = face.said if isinstance(face, WallFace) else face.frame.said
    return f"{said.words} {said.mend}" if said else ""


def all_is_kept(kiosk: Kiosk) -> None:
    """What people see is what is on the card, and the next start finds it."""
    assert restore(kiosk.store.tables()) == kiosk.core.state
    folder = kiosk.store.store._file.path.parent
    kiosk.store.store.close()
    with Store.open(folder) as again:
        assert again.rebuilt == ""
        assert present_of(again) == kiosk.core.state
        assert differing(again) == ()


SICK: dict[str, tuple[Callable[[BadDisk], None], str]] = {
    "full": (BadDisk.full, "The memory card is full"),
    "full in the middle of a write": (lambda disk: disk.full(after=1), "The memory card is full"),
    "only to read": (BadDisk.read_only, "The memory card does not answer"),
    "broken": (BadDisk.broken, "The memory card does not answer"),
    "broken in the middle of a write": (lambda disk: disk.broken(after=1), "The memory card does not answer"),
}


@pytest.mark.parametrize("how", SICK)
def test_it_is_said_nothing_is_booked_and_the_next_one_goes_on(kiosk: Kiosk, disk: BadDisk, how: str) -> None:
    sicken, words = SICK[how]
    before, entries = kiosk.core.state, kiosk.store.next_number
    sicken(disk)
    try_to_swap(kiosk)
    assert isinstance(kiosk.faces[-1], DialFace), "nobody has to begin again"
    assert words in said_of(kiosk.faces[-1])
    assert kiosk.core.state == before
    assert kiosk.alarms[-1][0].words == f"{words}: nothing can be booked"
    assert kiosk.alarms[-1][0].pressing
    assert kiosk.gate == [False]
    wait_until_tried(kiosk)
    assert kiosk.alarms[-1][0].mend, "it stays an alarm as long as it is so"
    assert kiosk.gate == [False]
    disk.well()
    wait_until_tried(kiosk)
    assert kiosk.store.next_number == entries, "finding out that the card is well is no entry"
    assert not any("card" in alarm.words for alarm in kiosk.alarms[-1])
    assert kiosk.gate == [False, True]
    kiosk.house.live_once(Touch("home"))
    try_to_swap(kiosk)
    assert isinstance(kiosk.faces[-1], BookedFace)
    assert kiosk.store.next_number == entries + 1
    all_is_kept(kiosk)


@pytest.mark.parametrize("how", SICK)
def test_a_coin_that_fell_is_booked_once_when_it_can_be(kiosk: Kiosk, disk: BadDisk, how: str) -> None:
    SICK[how][0](disk)
    for _ in range(3):
        kiosk.house.live_once(CoinHeard(cents=50, pulses=5))
    kiosk.wait(1)
    assert kiosk.gate == [False]
    disk.well()
    kiosk.wait(1)
    kiosk.wait(1)
    assert coins(kiosk) == 3
    assert kiosk.core.state.funds["jar"].cents == 150
    assert kiosk.gate == [False, True]
    all_is_kept(kiosk)


def test_every_write_that_fails_leaves_all_or_nothing(tmp_path: Path, disk: BadDisk) -> None:
    """ENOSPC at the first write of a commit, at the second, and so on: never half an entry, never a wrong sum."""
    kiosk = Kiosk(tmp_path / "shop")
    for after in range(12):
        before, entries = kiosk.core.state, kiosk.store.next_number
        disk.full(after)
        try_to_swap(kiosk)
        booked = isinstance(kiosk.faces[-1], BookedFace)
        disk.well()
        assert kiosk.store.next_number == entries + booked
        assert restore(kiosk.store.tables()) == kiosk.core.state
        assert (kiosk.core.state == before) is not booked
        wait_until_tried(kiosk)
        kiosk.touch("done" if booked else "")
        kiosk.house.live_once(Touch("home"))
    all_is_kept(kiosk)


def test_what_the_system_made_read_only_is_called_so(
    tmp_path: Path, disk: BadDisk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A kernel that gives a card up says so of the whole disk, and SQLite only that a write failed."""
    kiosk = Kiosk(tmp_path / "shop")
    disk.read_only()
    monkeypatch.setattr(os, "statvfs", lambda _: SimpleNamespace(f_flag=os.ST_RDONLY))
    try_to_swap(kiosk)
    assert "The memory card can only be read" in said_of(kiosk.faces[-1])
    with pytest.raises(StoreReadOnlyError):
        kiosk.store.try_writing()


def test_a_card_that_cannot_be_read_shows_what_it_knows_and_goes_on(kiosk: Kiosk, disk: BadDisk) -> None:
    """The balances are in memory: they are shown as they are, and what can't be looked up is left out."""
    try_to_swap(kiosk)
    kiosk.touch("done")
    disk.broken()
    shown = dict(next(face for face in reversed(kiosk.faces) if isinstance(face, WallFace)).balances)
    for _ in range(3):
        wait_until_tried(kiosk)
        wall = kiosk.faces[-1]
        assert isinstance(wall, WallFace)
        assert dict(wall.balances) == shown
    disk.well()
    wait_until_tried(kiosk)
    try_to_swap(kiosk)
    assert isinstance(kiosk.faces[-1], BookedFace)
    all_is_kept(kiosk)


# --- votes ------------------------------------------------------------------------------------------------


def test_a_vote_on_a_full_card_does_not_open_and_that_is_said(kiosk: Kiosk, disk: BadDisk) -> None:
    kiosk.gather("Priya", "Wen", "Jo")
    disk.full()
    kiosk.ask()
    assert kiosk.core.state.circle is not None
    assert kiosk.core.state.circle.round is None
    assert any("The memory card is full" in said_of(face) for face in kiosk.faces)
    assert not any(isinstance(face, VoteFace) for face in kiosk.faces)


def test_a_vote_that_all_have_pressed_is_kept_until_it_can_be_written(kiosk: Kiosk, disk: BadDisk) -> None:
    kiosk.gather("Priya", "Wen", "Jo")
    kiosk.ask()
    assert isinstance(kiosk.faces[-1], VoteFace)
    kiosk.press("yes", "no", "yes")
    disk.full()
    kiosk.wait(5)
    assert isinstance(kiosk.faces[-1], VoteFace)
    assert "The memory card is full" in said_of(kiosk.faces[-1])
    disk.well()
    wait_until_tried(kiosk)
    wait_until_tried(kiosk)
    assert not isinstance(kiosk.faces[-1], VoteFace | AskFace)
    assert kiosk.core.state.circle is not None
    assert kiosk.core.state.circle.round is None
    assert not any(isinstance(entry.event, RoundVoided) for entry in kiosk.store.entries())
    all_is_kept(kiosk)


# --- the folder is gone -----------------------------------------------------------------------------------


def test_a_folder_that_is_taken_away_takes_no_entry_with_it(tmp_path: Path) -> None:
    """The old file goes on taking writes, and nobody would ever find them again."""
    kiosk = Kiosk(tmp_path / "shop")
    entries = kiosk.store.next_number
    (tmp_path / "shop").rename(tmp_path / "pulled")
    try_to_swap(kiosk)
    assert "The memory card is not there" in said_of(kiosk.faces[-1])
    assert kiosk.alarms[-1][0].words == "The memory card is not there: nothing can be booked"
    wait_until_tried(kiosk)
    assert not (tmp_path / "shop").exists(), "no empty record is begun in its place"
    (tmp_path / "pulled").rename(tmp_path / "shop")
    wait_until_tried(kiosk)
    assert kiosk.store.next_number == entries
    try_to_swap(kiosk)
    assert isinstance(kiosk.faces[-1], BookedFace)
    all_is_kept(kiosk)


def test_a_card_that_comes_back_as_another_disk_is_gone_on_with(tmp_path: Path) -> None:
    """Put back into the reader it is mounted anew: the file that was open before is dead for ever."""
    kiosk = Kiosk(tmp_path / "shop")
    try_to_swap(kiosk)
    kiosk.touch("done")
    (tmp_path / "shop").rename(tmp_path / "pulled")
    kiosk.house.live_once(CoinHeard(cents=20, pulses=2))
    shutil.copytree(tmp_path / "pulled", tmp_path / "shop")
    shutil.rmtree(tmp_path / "pulled")
    kiosk.wait(1)
    wait_until_tried(kiosk)
    kiosk.wait(1)
    assert kiosk.gate == [False, True]
    try_to_swap(kiosk)
    assert isinstance(kiosk.faces[-1], BookedFace)
    assert (swaps(kiosk), coins(kiosk)) == (swaps(kiosk), 1)
    all_is_kept(kiosk)


def test_another_record_in_its_place_is_not_written_to(tmp_path: Path) -> None:
    kiosk = Kiosk(tmp_path / "shop")
    Kiosk(tmp_path / "other").store.store.close()
    (tmp_path / "shop").rename(tmp_path / "pulled")
    (tmp_path / "other").rename(tmp_path / "shop")
    size = (tmp_path / "shop" / "record.sqlite").read_bytes()
    for _ in range(3):
        try_to_swap(kiosk)
        wait_until_tried(kiosk)
    assert any("card" in alarm.words for alarm in kiosk.alarms[-1])
    assert (tmp_path / "shop" / "record.sqlite").read_bytes() == size


# --- somebody else holds it -------------------------------------------------------------------------------


def test_a_record_that_another_program_holds_is_said_and_waited_for(tmp_path: Path) -> None:
    kiosk = Kiosk(tmp_path / "shop")
    with sqlite3.connect(tmp_path / "shop" / "record.sqlite", isolation_level=None) as other:
        other.execute("BEGIN IMMEDIATE")
        try_to_swap(kiosk)
        assert "Another program holds the record" in said_of(kiosk.faces[-1])
        wait_until_tried(kiosk)
        assert any("Another program" in alarm.words for alarm in kiosk.alarms[-1])
        other.execute("ROLLBACK")
    other.close()
    wait_until_tried(kiosk)
    try_to_swap(kiosk)
    assert isinstance(kiosk.faces[-1], BookedFace)
    all_is_kept(kiosk)


# --- slow -------------------------------------------------------------------------------------------------


def comes(true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 20
    while not true():
        assert time.monotonic() < deadline, "it did not come"
        time.sleep(0.005)


def tapped(kiosk: Kiosk, name: str) -> Tapped:
    kiosk.clock.ms += 5_000
    return Tapped(NewBadge(kiosk.key.hash("nfc", UIDS[name]), "tag"))


def test_while_a_write_takes_long_it_is_said_and_nothing_is_booked_twice(kiosk: Kiosk, disk: BadDisk) -> None:
    """Somebody who sees nothing happen taps again, and again, and touches all over the screen."""
    before, fallen = swaps(kiosk), coins(kiosk)
    house = kiosk.house
    house.start()
    house.hear(Touch("choose", "work:repair"))
    house.hear(tapped(kiosk, "Priya"))
    kiosk.settle()
    disk.hold()
    house.hear(tapped(kiosk, "Wen"))
    assert disk.writing.wait(20)
    house.hear(tapped(kiosk, "Wen"))  # before anything is said of it
    comes(lambda: said_of(kiosk.faces[-1]).startswith(WRITING.words))
    assert isinstance(kiosk.faces[-1], DialFace)
    for _ in range(3):
        house.hear(tapped(kiosk, "Wen"))
        house.hear(Touch("choose", "book"))
        house.hear(Touch("home"))
    assert said_of(kiosk.faces[-1]).startswith(STILL.words), "each touch is answered"
    house.hear(CoinHeard(cents=50, pulses=5))
    disk.go_on.set()
    comes(lambda: isinstance(kiosk.faces[-1], BookedFace))
    kiosk.settle()
    comes(lambda: coins(kiosk) == fallen + 1)
    kiosk.settle()
    assert isinstance(kiosk.faces[-1], BookedFace), "what was touched meanwhile was meant for another screen"
    assert swaps(kiosk) == before + 1
    house.stop()
    all_is_kept(kiosk)


def test_a_quick_write_is_not_spoken_of(kiosk: Kiosk) -> None:
    """It would flicker with every swap."""
    kiosk.house.start()
    kiosk.house.hear(Touch("choose", "work:repair"))
    kiosk.house.hear(tapped(kiosk, "Priya"))
    kiosk.house.hear(tapped(kiosk, "Wen"))
    kiosk.settle()
    kiosk.house.stop()
    assert isinstance(kiosk.faces[-1], BookedFace)
    assert not any(said_of(face).startswith(WRITING.words) for face in kiosk.faces)
