"""How the box is: its devices, its card, its power. What can't be told on this machine is None, never a guess.

Everything is read from the files in which Linux tells it (/sys, /proc), below a root that tests may lay elsewhere.
"""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

import msgspec
from msgspec import Struct

from kiosk.amounts import Moment
from kiosk.beside import leave

CHECKED_FILE = "verified.json"

UNDER_VOLTAGE, CAPPED, THROTTLED, TOO_HOT = 0x1, 0x2, 0x4, 0x8
"""What the firmware of a Raspberry Pi says about now; the same 16 bits further up: since it was switched on."""


SILENT = 5
"""Seconds without a sign of life after which another kiosk of the house is not reached."""


class DeviceHow(Struct, frozen=True):
    """How a device is. where: its port or pins. since: seconds in this state. errors: exchanges that failed.

    last: what kind of thing it said last ("a badge"), and minutes: how long ago, in whole minutes; None for never,
    or not to be told now.
    """

    device: str
    state: str
    where: str = ""
    since: int = 0
    errors: int = 0
    detail: str = ""
    last: str = ""
    minutes: int | None = None


class KioskHow(Struct, frozen=True):
    """How another kiosk of the house is.

    seconds: since it was heard; None for not since the start. forked: it tells another past than before. unread:
    what it wrote last can't be read here. knows_more: it has more of what was written here than there is here.
    behind: seconds for which nothing more of it has come in here, though it wrote more.
    """

    name: str
    seconds: int | None = None
    forked: bool = False
    unread: bool = False
    knows_more: bool = False
    behind: int = 0

    @property
    def reached(self) -> bool:
        """Whether it was heard just now."""
        return self.seconds is not None and self.seconds <= SILENT


class Machine(Struct, frozen=True):
    """How the machine is.

    degrees: Celsius. throttled: the firmware's bits. low: whether the voltage is too low now, where only that is
    told. free, size: bytes on the card that the record is on; mount: where that is; read_only: that it takes
    nothing. spare, memory: bytes. battery: whether there is a clock with a battery; synced: whether the network has
    set the time since the start.
    """

    degrees: int | None = None
    throttled: int | None = None
    low: bool | None = None
    free: int | None = None
    size: int | None = None
    mount: str = ""
    read_only: bool | None = None
    spare: int | None = None
    memory: int | None = None
    battery: bool | None = None
    synced: bool | None = None

    @property
    def weak_now(self) -> bool | None:
        """Whether the power supply is too weak at this moment."""
        if self.throttled is None:
            return self.low
        return bool(self.throttled & UNDER_VOLTAGE) or bool(self.low)

    @property
    def weak_before(self) -> bool:
        """Whether it was since the box was switched on."""
        return bool((self.throttled or 0) & UNDER_VOLTAGE << 16)

    @property
    def slowed_now(self) -> bool:
        """Whether the box has made itself slower, to stay cool or because of its power."""
        return bool((self.throttled or 0) & (CAPPED | THROTTLED | TOO_HOT))


class Checked(Struct, frozen=True):
    """The newest `kiosk verify`: when, of how many entries, and how many faults it has named."""

    moment: Moment
    entries: int
    faults: int


class Box(Struct, frozen=True):
    """All that is known about the box. drawn_by: what draws the screen. used: bytes of memory the kiosk takes.

    kiosks: the others of the house.
    """

    machine: Machine = Machine()
    devices: tuple[DeviceHow, ...] = ()
    drawn_by: str = ""
    used: int | None = None
    checked: Checked | None = None
    kiosks: tuple[KioskHow, ...] = ()


def look(folder: Path, root: Path = Path("/")) -> Machine:
    """How the machine is now. folder: where the record is. root: where /sys and /proc are."""
    mount, options = _mount(folder, root)
    free, size = _room(folder)
    memory = _numbers(root / "proc/meminfo")
    return Machine(
        degrees=_degrees(root),
        throttled=_throttled(root),
        low=_low(root),
        free=free,
        size=size,
        mount=mount,
        read_only="ro" in options if options else None,
        spare=_bytes(memory.get("MemAvailable")),
        memory=_bytes(memory.get("MemTotal")),
        battery=any((root / "sys/class/rtc").glob("rtc*")) if (root / "sys/class").is_dir() else None,
        synced=_synced(root),
    )


def memory_of(pid: int, root: Path = Path("/")) -> int | None:
    """Bytes of memory that a program takes."""
    return _bytes(_numbers(root / f"proc/{pid}/status").get("VmRSS"))


def write_checked(folder: Path, checked: Checked) -> None:
    """Leave word of a check."""
    leave(folder, CHECKED_FILE, msgspec.json.encode(checked))


def read_checked(folder: Path) -> Checked | None:
    """The newest check; None when there was none."""
    try:
        return msgspec.json.decode((folder / CHECKED_FILE).read_bytes(), type=Checked)
    except (OSError, msgspec.DecodeError):
        return None


def _said(place: Path) -> str:
    """What a file says; "" when it can't be read."""
    try:
        return place.read_text(encoding="utf-8", errors="replace").strip()
    except OSError:
        return ""


def _numbers(place: Path) -> dict[str, int]:
    """Kilobytes by name, as /proc tells them."""
    found = {}
    for line in _said(place).splitlines():
        name, _, rest = line.partition(":")
        with contextlib.suppress(ValueError, IndexError):
            found[name] = int(rest.split()[0])
    return found


def _bytes(kilobytes: int | None) -> int | None:
    return None if kilobytes is None else kilobytes * 1024


def _degrees(root: Path) -> int | None:
    """Of the processor; of anything, where nothing is called that."""
    zones = sorted((root / "sys/class/thermal").glob("thermal_zone*"))
    named = [(_said(zone / "type"), _said(zone / "temp")) for zone in zones]
    named.sort(key=lambda zone: "cpu" not in zone[0])
    for _, milli in named:
        with contextlib.suppress(ValueError):
            return round(int(milli) / 1000)
    return None


def _throttled(root: Path) -> int | None:
    platform = root / "sys/devices/platform"
    for place in (*platform.glob("soc*/*firmware/get_throttled"), *platform.glob("*firmware*/get_throttled")):
        with contextlib.suppress(ValueError):
            return int(_said(place), 16)
    return None


def _low(root: Path) -> bool | None:
    for chip in (root / "sys/class/hwmon").glob("hwmon*"):
        said = _said(chip / "in0_lcrit_alarm")
        if _said(chip / "name") == "rpi_volt" and said:
            return said != "0"
    return None


def _room(folder: Path) -> tuple[int | None, int | None]:
    try:
        found = os.statvfs(folder)
    except OSError:
        return None, None
    return found.f_bavail * found.f_frsize, found.f_blocks * found.f_frsize


def _mount(folder: Path, root: Path) -> tuple[str, tuple[str, ...]]:
    """Where the folder's file system is mounted, and how."""
    best: tuple[str, tuple[str, ...]] = ("", ())
    for mount, options in _mounts(root):
        if folder.is_relative_to(mount) and len(mount) >= len(best[0]):
            best = (mount, options)
    return best


def _mounts(root: Path) -> Iterator[tuple[str, tuple[str, ...]]]:
    for line in _said(root / "proc/mounts").splitlines():
        parts = line.split()
        if len(parts) >= 4:
            mount = parts[1].replace("\\040", " ")
            yield mount, tuple(parts[3].split(","))


def _synced(root: Path) -> bool | None:
    """systemd-timesyncd leaves a file when the network has set the clock; without it nothing can be told."""
    folder = root / "run/systemd/timesync"
    return (folder / "synchronized").exists() if folder.is_dir() else None
