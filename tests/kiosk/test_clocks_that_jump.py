"""The clock of the box is wrong after a power cut: it is said, and nothing that counts on time is believed."""

import random
import re

import msgspec
import pytest
from by_hand import ByHand, Kiosk

from kiosk.core import Core
from kiosk.faces import BookedFace, HomeFace, WallFace
from kiosk.store import refold

HOUR = 3_600_000


class Behind(ByHand):
    """A clock that comes back from a power cut three hours early, in another run."""

    def now(self):
        moment = super().now()
        return msgspec.structs.replace(moment, wall=moment.wall - 3 * HOUR, boot="after")


def test_a_clock_behind_the_newest_entry_is_not_trusted_after_a_restart(tmp_path):
    kiosk = Kiosk(tmp_path)
    kiosk.touch("work:repair")
    kiosk.tap("Priya")
    kiosk.tap("Wen")
    behind = Behind()
    behind.ms = kiosk.clock.ms
    assert Core(kiosk.store, kiosk.core.state, behind).now().trusted is False
    assert Core(kiosk.store, kiosk.core.state, kiosk.clock).now().trusted is True


def test_a_clock_that_is_not_trusted_is_an_alarm_on_the_wall(tmp_path):
    kiosk = Kiosk(tmp_path)
    kiosk.clock.ms -= 3 * HOUR
    kiosk.wait(0)
    wall = kiosk.faces[-1]
    assert isinstance(wall, WallFace)
    assert "does not know what time it is" in repr(wall.alarms)


def test_hours_that_the_clock_did_not_measure_are_said_from_memory(tmp_path):
    kiosk = Kiosk(tmp_path)
    kiosk.tap("Priya")
    for key in ("swap", "work:repair", "clock", "ok"):
        kiosk.touch(key)
    kiosk.wait(60)
    kiosk.tap("Priya")
    kiosk.touch("clock")
    for _ in range(8):
        kiosk.turn(15)
    kiosk.tap("Wen")
    [*_, entry] = kiosk.store.entries()
    assert (entry.event.clocked, entry.event.from_memory) == (True, True)


# --- a year, forwards and back, while the kiosk runs --------------------------------------------------------

YEAR = 365 * 24 * HOUR


class Jumping(ByHand):
    """The wall clock jumps; what counts seconds does not."""

    def __init__(self, ms=1_000_000):
        super().__init__()
        self.ms = ms
        self.ahead = 0
        self.boot = "first"

    def now(self):
        moment = super().now()
        return msgspec.structs.replace(moment, wall=moment.wall + self.ahead, boot=self.boot)


def jumping(folder):
    kiosk = Kiosk(folder)
    kiosk.clock = Jumping(kiosk.clock.ms)
    kiosk.core._clock = kiosk.clock
    return kiosk


def swap(kiosk):
    kiosk.touch("work:repair")
    kiosk.tap("Priya")
    kiosk.tap("Wen")


def stumbled(kiosk):
    return [alarm for alarms in kiosk.alarms for alarm in alarms if "stumbled" in alarm.words]


@pytest.mark.parametrize("jump", [YEAR, -YEAR])
def test_undo_guard_and_visit_count_seconds_and_not_dates(tmp_path, jump):
    kiosk = jumping(tmp_path)
    swap(kiosk)
    before = kiosk.core.state.balance("Priya")
    kiosk.clock.ahead += jump
    kiosk.tap("Wen")
    assert isinstance(kiosk.faces[-1], HomeFace), "the visit goes on"
    assert "undo" in repr(kiosk.faces[-1])
    kiosk.touch(next(key for key in re.findall(r"key='([^']*)'", repr(kiosk.faces[-1])) if key.startswith("undo")))
    assert kiosk.core.state.balance("Priya") == before - 60
    kiosk.wait(25)
    assert isinstance(kiosk.faces[-1], WallFace), "and ends after twenty seconds, not after a year"


@pytest.mark.parametrize("jump", [YEAR, -YEAR])
def test_the_same_badge_again_books_nothing_twice_over_a_jump(tmp_path, jump):
    kiosk = jumping(tmp_path)
    kiosk.touch("work:repair")
    kiosk.tap("Priya")
    swaps = kiosk.store.next_number
    kiosk.tap("Wen")
    kiosk.clock.ahead += jump
    kiosk.clock.ms -= 4_800
    kiosk.tap("Wen")
    assert kiosk.store.next_number == swaps + 1


@pytest.mark.parametrize("jump", [YEAR, -YEAR])
def test_duties_and_fridays_are_as_they_were_when_the_clock_is_right_again(tmp_path, jump):
    """A wrong date may raise an alarm; it moves no duty, closes no round and shares nothing out."""
    kiosk = jumping(tmp_path)
    kiosk.touch("duties")
    for key in ("begin", "begin:taking minutes", "how:order", "term:week"):
        kiosk.touch(key)
    for name in ("Jo", "Wen", "Ada"):
        kiosk.tap(name)
    kiosk.touch("ok")
    kiosk.drop(200)
    before, alarms = kiosk.core.state, kiosk.alarms[-1]
    kiosk.clock.ahead += jump
    for _ in range(3):
        kiosk.wait(30)
    assert kiosk.core.state == before
    if jump > 0:
        assert len(kiosk.alarms[-1]) > len(alarms), "by that date the duty should have turned"
    else:
        assert "does not know what time it is" in repr(kiosk.alarms[-1])
    kiosk.clock.ahead -= jump
    kiosk.wait(30)
    assert kiosk.core.state == before
    assert kiosk.alarms[-1] == alarms
    assert not stumbled(kiosk)


def test_what_was_written_in_a_year_to_come_is_gone_on_from(tmp_path):
    """The date was wrong for an hour. Nobody can take the entries back, and nothing stands still for a year."""
    kiosk = jumping(tmp_path)
    kiosk.clock.ahead += YEAR
    swap(kiosk)
    kiosk.touch("done")
    kiosk.store.store.close()
    ms = kiosk.clock.ms
    kiosk = jumping(tmp_path)  # switched off and on, and the date is right
    kiosk.clock.ms, kiosk.clock.boot = ms, "second"
    kiosk.wait(1)
    assert "does not know what time it is" in repr(kiosk.alarms[-1])
    before = kiosk.core.state.balance("Priya")
    kiosk.wait(30)
    swap(kiosk)
    assert isinstance(kiosk.faces[-1], BookedFace)
    assert kiosk.core.state.balance("Priya") == before + 60
    [*_, entry] = kiosk.store.entries()
    assert not entry.moment.trusted


def test_whatever_people_do_while_the_clock_jumps_nothing_stumbles(tmp_path):
    chance = random.Random(5)
    kiosk = jumping(tmp_path)
    names = ("Priya", "Wen", "Jo", "Ada")
    for _ in range(700):
        face = kiosk.faces[-1] if kiosk.faces else None
        keys = [
            each.key
            for field in ("choices", "tiles", "rows", "lines")
            for each in getattr(face, field, ())
            if each.key
        ]
        what = chance.random()
        if what < 0.1:
            kiosk.clock.ahead += chance.choice((YEAR, -YEAR, HOUR, -HOUR))
        if what < 0.25:
            kiosk.tap(chance.choice(names))
        elif what < 0.35:
            kiosk.press(chance.choice(("yes", "no", "abstain")))
        elif what < 0.45:
            kiosk.wait(chance.choice((1, 25, 400)))
        elif what < 0.48:
            kiosk.drop(50)
        elif keys:
            kiosk.touch(chance.choice(keys))
        assert not stumbled(kiosk)
        assert sum(account.minutes for account in kiosk.core.state.accounts.values()) == 0
    assert refold(kiosk.store.store) == kiosk.core.state
