import pytest

from kiosk.amounts import LONGEST, BadgeHash, Moment
from kiosk.commands import DropClock, StartClock, StartLeave
from kiosk.events import ClockDropped, ClockStarted
from kiosk.rules.clocking import measured
from kiosk.state import Charter, RunningClock

ADA = BadgeHash("ada")
HOUR = 3_600_000


def test_somebody_can_begin_before_they_know_how_long_it_takes(shop):
    assert shop.done(StartClock(badge=ADA, work="repair")).event == ClockStarted("Ada", "repair")
    assert shop.refused(StartClock(badge=ADA, work="care")) == "clock runs"
    assert shop.done(DropClock(badge=ADA)).event == ClockDropped("Ada")
    assert shop.refused(DropClock(badge=ADA)) == "no clock"
    assert shop.balances() == {}


def test_a_clock_runs_for_a_member_and_a_kind_of_work(shop):
    assert shop.refused(StartClock(badge=BadgeHash("who"), work="repair")) == "unknown badge"
    assert shop.refused(DropClock(badge=BadgeHash("who"))) == "unknown badge"
    assert shop.refused(StartClock(badge=ADA, work="bees")) == "unknown work"


def test_who_is_away_may_help_and_measure_it(shop):
    shop.done(StartLeave(badge=ADA))
    shop.done(StartClock(badge=ADA, work="repair"))


def clock(boot="a", trusted=True):
    return RunningClock(work="care", since=Moment(wall=50 * HOUR, mono=0, boot=boot, trusted=trusted))


@pytest.mark.parametrize(
    ("now", "minutes"),
    [
        (Moment(wall=0, mono=HOUR, boot="a"), 60),
        (Moment(wall=0, mono=HOUR, boot="a", trusted=False), 60),
        (Moment(wall=0, mono=59_999, boot="a"), 0),
        (Moment(wall=51 * HOUR, mono=0, boot="b"), 60),
        (Moment(wall=0, mono=12 * HOUR - 1, boot="a"), LONGEST - 1),
    ],
)
def test_a_clock_is_believed_where_the_time_can_be_known(now, minutes):
    assert measured(clock(), now, Charter()) == minutes


@pytest.mark.parametrize(
    ("running", "now"),
    [
        (clock(), Moment(wall=0, mono=12 * HOUR, boot="a")),
        (clock(), Moment(wall=62 * HOUR, mono=0, boot="b")),
        (clock(), Moment(wall=49 * HOUR, mono=0, boot="b")),
        (clock(), Moment(wall=51 * HOUR, mono=0, boot="b", trusted=False)),
        (clock(trusted=False), Moment(wall=51 * HOUR, mono=HOUR, boot="b")),
        (clock(trusted=False), Moment(wall=51 * HOUR, mono=HOUR, boot="a")),
    ],
    ids=["half a day", "half a day, restarted", "set back", "unsure now", "unsure then", "unsure then, one run"],
)
def test_nobody_is_credited_hours_that_only_a_wrong_clock_measured(running, now):
    assert measured(running, now, Charter()) is None
