"""The one list of what is wrong. What is not on it, nobody mends."""

import pytest
from by_hand import Kiosk

from kiosk.demo import MEMBERS
from kiosk.faces import WallFace
from kiosk.reports.present import present
from kiosk.visit.hearing import DeviceTold

DAY = 24 * 3600


def with_a_task(folder):
    kiosk = Kiosk(folder)
    kiosk.gather(*MEMBERS[:3])
    kiosk.press("yes", "yes", "yes")
    kiosk.tap("Jo")
    kiosk.press("abstain", "yes", "yes")
    return kiosk


def words(alarms):
    return [alarm.words for alarm in alarms]


def test_a_task_past_its_day_is_on_the_wall_for_the_lamp_and_in_the_state_until_the_circle_mends_it(tmp_path):
    kiosk = with_a_task(tmp_path)
    assert kiosk.alarms == [()]
    kiosk.wait(3 * DAY)
    wall = kiosk.faces[-1]
    assert isinstance(wall, WallFace)
    assert words(wall.alarms) == ["Jo: as it was said aloud"]
    assert all(alarm.mend for alarm in wall.alarms)
    assert words(kiosk.alarms[-1]) == words(wall.alarms)
    assert not kiosk.alarms[-1][0].pressing, "nothing is broken"
    told = present(kiosk.core.state, kiosk.clock.now())["alarms"]
    assert [alarm["words"] for alarm in told] == words(wall.alarms)


def test_what_is_broken_comes_before_what_waits_and_is_told_once(tmp_path):
    kiosk = with_a_task(tmp_path)
    kiosk.wait(3 * DAY)
    seen = len(kiosk.alarms)
    kiosk.house.live_once(DeviceTold("badge reader", "lost", "badge reader: no such port"))
    kiosk.wait(61)
    kiosk.wait(61)
    assert len(kiosk.alarms) == seen + 1, "a minute more is no news to the lamp or the disk"
    first, second = kiosk.alarms[-1]
    assert first.pressing
    assert "badge reader" in first.words
    assert first.detail == "badge reader: no such port"
    assert second.words.startswith("Jo:")
    kiosk.house.live_once(DeviceTold("badge reader", "ready", ""))
    assert len(kiosk.alarms[-1]) == 1


def test_what_the_running_kiosk_left_word_of_is_in_the_state_too_and_nothing_twice(tmp_path):
    kiosk = with_a_task(tmp_path)
    kiosk.wait(3 * DAY)
    kiosk.house.live_once(DeviceTold("sounder", "lost", "sounder: gone"))
    told = present(kiosk.core.state, kiosk.clock.now(), kiosk.alarms[-1])["alarms"]
    assert [alarm["words"] for alarm in told] == ["The sounder does not answer", "Jo: as it was said aloud"]


@pytest.mark.parametrize(
    ("device", "words"), [("buttons", "The buttons do not"), ("sounder", "The sounder does not")]
)
def test_one_device_does_not_answer_and_several_do_not(tmp_path, device, words):
    """A wall that speaks badly is taken for a broken one."""
    kiosk = Kiosk(tmp_path)
    kiosk.house.live_once(DeviceTold(device, "lost", f"{device}: gone"))
    assert kiosk.alarms[-1][0].words.startswith(words)


def test_an_obstacle_voiced_in_three_circles_hangs_on_the_wall_until_something_is_tried(tmp_path):
    kiosk = Kiosk(tmp_path)
    for _ in range(3):
        kiosk.hold()
        kiosk.tap("Amina")
        kiosk.tap("Jo")
        kiosk.press("yes", "yes", "abstain", "yes", "no")
        kiosk.press("abstain", "yes", "yes")
        kiosk.wait(1)
    assert words(kiosk.alarms[-1]) == ["Voiced again and again: too few hands"]
    assert kiosk.alarms[-1][0].since == "in 3 circles"
