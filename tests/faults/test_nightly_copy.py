"""The copy of every night: made when nobody is there, given up for whoever comes, and missed aloud."""

import shutil
import tempfile
import time
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from by_hand import Kiosk
from msgspec.structs import replace
from typer.testing import CliRunner

from kiosk.__main__ import app
from kiosk.amounts import Moment
from kiosk.copied import Copied, read_copied, write_copied
from kiosk.events import CircleClosed, CircleOpened, Entry, RecordRestored
from kiosk.faces import WallFace
from kiosk.nightly import Nightly, due, in_short, second_medium
from kiosk.rules.copies import Copies
from kiosk.state import apply
from kiosk.store import Reader, StoreDamagedError, StoreFailedError, StoreFullError, StoreReadOnlyError

PATIENCE = 30.0
DAY = 24 * 3_600_000


@pytest.fixture
def stick():
    """Another medium: the memory, where there is a file system in it."""
    place = Path("/dev/shm")
    if not place.is_dir() or place.stat().st_dev == Path(tempfile.gettempdir()).stat().st_dev:
        pytest.skip("there is no second medium on this machine")
    folder = Path(tempfile.mkdtemp(dir=place))
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def kiosk(tmp_path):
    return Kiosk(tmp_path / "shop")


class Night:
    """A nightly copy with no patience, and what it said."""

    def __init__(self, target, folder, quiet=lambda: True):
        self.said = []
        self.night = Nightly(target, folder, self.said.append, quiet, still=0.02, looks=0.02, again=0.05)

    def __enter__(self):
        self.night.start()
        return self

    def __exit__(self, *_):
        self.night.stop()

    def until(self, true):
        deadline = time.monotonic() + PATIENCE
        while not true():
            assert time.monotonic() < deadline, f"it did not come; what was said is {self.said[-3:]}"
            time.sleep(0.02)


def at(text):
    return datetime.fromisoformat(text).astimezone()


def test_it_is_due_once_a_night_and_by_day_only_when_a_night_was_missed():
    last = at("2026-11-24T02:10")
    assert not due(last, at("2026-11-24T03:00"))
    assert not due(last, at("2026-11-24T23:00"))
    assert due(last, at("2026-11-25T01:00"))
    assert due(last, at("2026-11-25T09:00"))
    assert not due(at("2026-11-24T18:00"), at("2026-11-25T00:30"))
    assert due(None, at("2026-11-25T12:00"))
    assert due(at("2026-11-25T12:00") + timedelta(days=400), at("2026-11-25T12:00"))


def test_it_waits_until_nobody_is_there_and_then_makes_a_whole_copy(kiosk, tmp_path, stick):
    somebody = True
    with Night(stick / "kiosk", tmp_path / "shop", lambda: not somebody) as night:
        time.sleep(0.3)
        assert not (stick / "kiosk").exists()
        somebody = False
        night.until(lambda: read_copied(tmp_path / "shop") is not None)
        night.until(lambda: night.said)
    assert not any(night.said)
    with Reader.open(stick / "kiosk") as copy:
        assert copy.last_number == kiosk.store.store.last_number
    assert read_copied(tmp_path / "shop").target == str(stick / "kiosk")


def test_where_no_word_of_it_can_be_left_it_is_not_made_again_and_again(kiosk, tmp_path, stick):
    """A card that has become read-only would wear out the stick as well, every two minutes of every day."""
    (tmp_path / "shop" / "copied.json").mkdir()
    with Night(stick / "kiosk", tmp_path / "shop") as night:
        night.until(lambda: night.said)
        shutil.rmtree(stick / "kiosk")
        night.until(lambda: len(night.said) > 12)
    assert not any(night.said)
    assert not (stick / "kiosk").exists()


def test_it_is_given_up_for_whoever_comes(kiosk, tmp_path, stick):
    looks = iter([True, True, True, False])
    with Night(stick / "kiosk", tmp_path / "shop", lambda: next(looks, False)) as night:
        night.until(lambda: next(looks, None) is None and night.said)
        time.sleep(0.2)
    assert not any(night.said)
    assert read_copied(tmp_path / "shop") is None


def test_a_stick_that_is_missing_or_no_second_medium_is_said(kiosk, tmp_path, stick):
    assert "plugged in" in second_medium(stick / "no" / "kiosk", tmp_path)
    assert "same card" in second_medium(tmp_path / "kiosk", tmp_path)
    assert second_medium(stick / "kiosk", tmp_path) == ""
    with Night(stick / "no" / "kiosk", tmp_path / "shop") as night:
        night.until(lambda: any("plugged in" in said for said in night.said))
    (stick / "file").write_text("")
    with Night(stick / "file", tmp_path / "shop") as night:
        night.until(lambda: any("no folder" in said for said in night.said))


@pytest.mark.parametrize(
    ("error", "short"),
    [
        (
            StoreFullError("The disk that holds /media/stick/k/record.sqlite is full. Nothing was written;"),
            "larger one",
        ),
        (OSError(28, "No space left on device", "/media/stick/k/photos"), "larger one"),
        (StoreReadOnlyError("No copy can be written in /media/stick/k (Read-only file system)."), "locked"),
        (OSError(30, "Read-only file system", "/media/stick/k/badge.key"), "locked"),
        (StoreFailedError("The disk failed at /media/stick/k/record.sqlite (disk I/O error)."), "Plug it in anew"),
        (StoreDamagedError("/media/stick/k/record.sqlite differs from the record at entry 7."), "Keep it"),
        (
            StoreDamagedError("the copy in /media/stick/k is not whole; keep it, and name another folder"),
            "not whole",
        ),
    ],
)
def test_what_went_wrong_is_said_in_a_line_that_fits_the_wall(error, short):
    assert short in in_short(f"kiosk: {error}")
    assert len(in_short(f"kiosk: {error}")) < 80


def words(alarms):
    return [f"{alarm.words}. {alarm.mend}" for alarm in alarms]


def test_an_old_copy_and_one_that_could_not_be_made_hang_on_the_wall(tmp_path):
    told = Copies(wanted=True)
    kiosk = Kiosk(tmp_path / "shop", copies=lambda: told)
    now = kiosk.clock.now()
    told = Copies(wanted=True, last=Moment(now.wall - 2 * DAY, 0, "old"))
    kiosk.wait(1)
    assert not words(kiosk.alarms[-1])
    told = Copies(wanted=True, last=Moment(now.wall - 4 * DAY, 0, "old"))
    kiosk.wait(1)
    assert "The last copy of the record is from" in words(kiosk.alarms[-1])[0]
    assert "as soon as it is quiet" in words(kiosk.alarms[-1])[0]
    told = Copies(wanted=True, last=Moment(now.wall, 0, "old"), fault="The disk is full. Take a larger stick.")
    kiosk.wait(1)
    assert "No new copy of the record could be made. The disk is full" in words(kiosk.alarms[-1])[0]
    assert isinstance(kiosk.faces[-1], WallFace)
    told = Copies(wanted=False, last=Moment(now.wall - 40 * DAY, 0, "old"))
    kiosk.wait(1)
    assert not words(kiosk.alarms[-1])


def test_word_of_a_copy_survives_half_a_file(tmp_path):
    assert read_copied(tmp_path) is None
    copied = Copied(Moment(1_790_000_000_000, 1, "b"), 28, "/media/stick/kiosk")
    write_copied(tmp_path, copied)
    assert read_copied(tmp_path) == copied
    (tmp_path / "copied.json").write_text('{"moment":')
    assert read_copied(tmp_path) is None


def test_kiosk_state_tells_when_the_last_copy_was_made(kiosk, tmp_path):
    def state():
        return CliRunner().invoke(app, ["state", "--data", str(tmp_path / "shop")]).stdout

    assert "copy: none yet" in state()
    done = CliRunner().invoke(app, ["backup", str(tmp_path / "stick"), "--data", str(tmp_path / "shop")])
    assert done.exit_code == 0, done.output
    assert f"copy: {kiosk.store.store.last_number} entries, 20" in state()


def test_a_record_that_was_put_back_hangs_for_a_week_and_until_a_circle_had_it(tmp_path):
    kiosk = Kiosk(tmp_path / "shop")
    now = kiosk.clock.now()
    event = RecordRestored(28, now, 30, 28, ("Amina", "Jo", "Sara"), "set-aside/old", "k1", "ab" * 32, now)
    entry = Entry(kiosk.store.device, kiosk.store.next_number, now, event)
    kiosk.core.state = apply(kiosk.core.state, entry).state

    def hangs():
        kiosk.wait(1)
        return any(
            "put back from a copy of 28 entries: 2 entries are gone" in each for each in words(kiosk.alarms[-1])
        )

    assert hangs()
    kiosk.wait(8 * DAY / 1000)
    assert hangs()  # nobody has talked about it
    for _ in range(2):
        kiosk.core.state = circle_held(kiosk.core.state, now)
    assert not hangs()
    kiosk.core.state = apply(kiosk.core.state, replace(entry, moment=kiosk.clock.now())).state
    kiosk.core.state = circle_held(kiosk.core.state, now)
    assert hangs()  # not even a week


def circle_held(state, now):
    number = (state.latest.number if state.latest else 0) + 1
    for event in (CircleOpened(number, "Jo", ("Jo", "Wen"), ("Jo", "Wen"), 300), CircleClosed(number)):
        state = apply(state, Entry("k1", 99, now, event)).state
    return state


def test_a_record_that_can_not_be_read_just_now_does_not_take_the_wall_away(tmp_path):
    def failing():
        raise StoreFailedError("The disk failed.")

    kiosk = Kiosk(tmp_path / "shop", copies=failing)
    kiosk.wait(1)
    assert isinstance(kiosk.faces[-1], WallFace)
    assert kiosk.faces[-1].said is None
