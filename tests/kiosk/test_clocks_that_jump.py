"""The clock of the box is wrong after a power cut: it is said, and nothing that counts on time is believed."""

import msgspec
from by_hand import ByHand, Kiosk

from kiosk.core import Core
from kiosk.faces import WallFace

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
