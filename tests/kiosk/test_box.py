"""How the box is, from the files in which Linux tells it. A board's files are pretended; reading them is real."""

from pathlib import Path

import pytest
from by_hand import Kiosk

from hardware.backlight import Backlight
from kiosk.box import Box, Machine, look
from kiosk.faces import WallFace

PLATFORM = "sys/devices/platform/soc/soc:firmware/get_throttled"


def board(root: Path, **files: str) -> Path:
    """A root with such files. In the names, __ is a slash."""
    for name, text in files.items():
        place = root / name.replace("__", "/")
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text)
    return root


def put(root: Path, name: str, text: str) -> None:
    place = root / name
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(text)


def test_a_pi_that_is_starved_and_hot_says_so(tmp_path: Path) -> None:
    """Most "random" troubles of a Pi are its power supply, and nobody would look there."""
    root = board(
        tmp_path,
        sys__class__thermal__thermal_zone0__type="gpu-thermal\n",
        sys__class__thermal__thermal_zone0__temp="99000\n",
        sys__class__thermal__thermal_zone1__type="cpu-thermal\n",
        sys__class__thermal__thermal_zone1__temp="83590\n",
        proc__meminfo="MemTotal:  3884924 kB\nMemAvailable:   51200 kB\nHugePages_Total:       0\n",
    )
    put(root, PLATFORM, "50005\n")
    found = look(tmp_path, root)
    assert found.degrees == 84
    assert found.weak_now
    assert found.weak_before
    assert found.slowed_now
    assert (found.spare, found.memory) == (51200 * 1024, 3884924 * 1024)


@pytest.mark.parametrize(
    ("bits", "now", "before", "slowed"),
    [("0x0", False, False, False), ("50000", False, True, False), ("0x80008", False, False, True),
     ("1", True, False, False), ("20002", False, False, True)],
)  # fmt: skip
def test_each_bit_of_the_firmware_is_told_apart(
    tmp_path: Path, bits: str, now: bool, before: bool, slowed: bool
) -> None:
    """A fan would be bought where a cable is too thin."""
    put(tmp_path, PLATFORM, bits)
    found = look(tmp_path, tmp_path)
    assert (found.weak_now, found.weak_before, found.slowed_now) == (now, before, slowed)


@pytest.mark.parametrize(("alarm", "weak"), [("0", False), ("1", True)])
def test_the_voltage_alone_is_told_too(tmp_path: Path, alarm: str, weak: bool) -> None:
    """A kernel without the firmware's file has the sensor."""
    put(tmp_path, "sys/class/hwmon/hwmon0/name", "cpu_thermal")
    put(tmp_path, "sys/class/hwmon/hwmon1/name", "rpi_volt\n")
    put(tmp_path, "sys/class/hwmon/hwmon1/in0_lcrit_alarm", f"{alarm}\n")
    assert look(tmp_path, tmp_path).weak_now is weak


def test_a_machine_that_tells_nothing_is_not_guessed_at(tmp_path: Path) -> None:
    """All would be well for ever where nobody can know."""
    found = look(tmp_path, tmp_path / "bare")
    assert found.weak_now is None
    assert (found.degrees, found.spare, found.battery, found.synced, found.read_only) == (None,) * 5
    assert found.free is not None


@pytest.mark.parametrize("text", ["", "nonsense", "\x00\xff", "MemAvailable:\nVmRSS: x kB", "dev /", "-\n" * 3])
def test_nonsense_in_a_file_is_as_good_as_nothing(tmp_path: Path, text: str) -> None:
    """An odd kernel would keep the kiosk from starting."""
    for name in (PLATFORM, "proc/mounts", "proc/meminfo", "sys/class/thermal/thermal_zone0/temp"):
        put(tmp_path, name, text)
    assert look(tmp_path, tmp_path).degrees is None


def test_behaviour_33_a_card_that_went_read_only_is_known_by_the_folder_that_counts(tmp_path: Path) -> None:
    """Behaviour 33: the system is read-only on purpose; the record's own partition must not be."""
    folder = tmp_path / "my data"
    folder.mkdir()
    spelled = str(folder).replace(" ", "\\040")
    put(tmp_path, "proc/mounts", f"/dev/root / ext4 ro,noatime 0 0\n/dev/p3 {spelled} ext4 rw,noatime 0 0\n")
    assert look(folder, tmp_path).mount == str(folder)
    assert look(folder, tmp_path).read_only is False
    put(tmp_path, "proc/mounts", f"/dev/root / ext4 rw 0 0\n/dev/p3 {spelled} ext4 ro,errors=remount-ro 0 0\n")
    assert look(folder, tmp_path).read_only is True


def test_the_clock_is_known_by_its_battery_and_by_the_network(tmp_path: Path) -> None:
    put(tmp_path, "sys/class/rtc/rtc0/name", "rtc-ds1307")
    put(tmp_path, "run/systemd/timesync/synchronized", "")
    found = look(tmp_path, tmp_path)
    assert (found.battery, found.synced) == (True, True)


def warned(folder: Path, machine: Machine) -> list[tuple[str, bool]]:
    """What the wall says, and whether it is pressing, of a kiosk in such a machine."""
    kiosk = Kiosk(folder, box=lambda: Box(machine=machine))
    kiosk.wait(1)
    wall = kiosk.faces[-1]
    assert isinstance(wall, WallFace)
    assert all(alarm.mend for alarm in wall.alarms)
    return [(alarm.words, alarm.pressing) for alarm in wall.alarms]


@pytest.mark.parametrize(
    ("machine", "words", "pressing"),
    [
        (Machine(throttled=0x1), "The power supply is too weak", False),
        (Machine(throttled=0x5), "The power supply is too weak", True),
        (Machine(throttled=0x50000), "The power supply was too weak since the start", False),
        (Machine(low=True), "The power supply is too weak", False),
        (Machine(degrees=83), "The box is too hot: 83 °C", False),
        (Machine(degrees=85, throttled=0x8), "The box is too hot: 85 °C", True),
        (Machine(free=50_000_000, size=10**9), "The memory card is nearly full: 47 MB free", False),
        (Machine(free=10**9, size=10**10, read_only=True), "The card takes nothing any more", True),
    ],
)
def test_power_heat_and_card_are_on_the_wall_pressing_only_where_they_do_harm(
    tmp_path: Path, machine: Machine, words: str, pressing: bool
) -> None:
    """A lamp that always blinks is not looked at; one that never does costs the record."""
    assert (words, pressing) in warned(tmp_path, machine)


def test_a_machine_that_is_well_or_tells_nothing_is_no_alarm(tmp_path: Path) -> None:
    assert warned(tmp_path / "a", Machine()) == []
    assert warned(tmp_path / "b", Machine(degrees=62, throttled=0, free=10**10, size=10**11, read_only=False)) == []


def test_the_panels_light_goes_down_and_up_again(tmp_path: Path) -> None:
    """The room would be lit all night, or the kiosk be dark by day."""
    put(tmp_path, "sys/class/backlight/10-0045/max_brightness", "255\n")
    put(tmp_path, "sys/class/backlight/10-0045/brightness", "200\n")
    place = tmp_path / "sys/class/backlight/10-0045/brightness"
    light = Backlight(tmp_path)
    light.dim(True)
    assert 0 < int(place.read_text()) < 255 // 10
    light.dim(False)
    assert int(place.read_text()) == 200
    light.dim(True)
    Backlight(tmp_path).dim(False)  # one that was cut off at night
    assert int(place.read_text()) == 255
    Backlight(tmp_path / "no panel").dim(True)
