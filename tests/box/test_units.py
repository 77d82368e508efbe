"""Units that systemd understands, that ask for no more than they use, and that never give up."""

import ipaddress
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from kiosk.status import refused_update

ROOT = Path(__file__).parents[2]
UNITS = ROOT / "systemd"
SERVICES = {"kiosk": 12, "kiosk-wall": 9, "kiosk-check": 2}
"""How far each is exposed, in tenths, as `systemd-analyze security` counts: a wall that is taken away shows."""
WITH_NEIGHBOURS = {"kiosk": ("neighbours.conf", 15), "kiosk-wall": ("wall-neighbours.conf", 10)}
"""What `make install EXTRAS=neighbours` lays beside a unit, and how far that one is exposed then."""
TIMERS = ("kiosk-check",)

needs_systemd = pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd-analyze here")


def told(unit: str) -> dict[str, list[str]]:
    """What a unit says, each key with all its values."""
    found: dict[str, list[str]] = {}
    for line in (UNITS / unit).read_text(encoding="utf-8").splitlines():
        if line and line[0] not in "#[":
            key, _, value = line.partition("=")
            found.setdefault(key, []).append(value)
    return found


def lay_beside(units: Path, name: str, network: str) -> None:
    """A file of systemd/ into the folder of what is laid beside a unit."""
    (units / f"{name}.service.d").mkdir()
    shutil.copy(UNITS / network, units / f"{name}.service.d")


def analyze(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["systemd-analyze", *words], capture_output=True, text=True, check=False)


@pytest.fixture
def laid(tmp_path: Path) -> Path:
    """The units as they lie on a box, in a root of their own with all that they start."""
    units = tmp_path / "etc/systemd/system"
    units.mkdir(parents=True)
    for unit in UNITS.glob("kiosk*.*"):
        shutil.copy(unit, units)
    for name in ("opt/commons-kiosk/current/bin/kiosk", "opt/commons-kiosk/change-over", "usr/bin/cage"):
        program = tmp_path / name
        program.parent.mkdir(parents=True, exist_ok=True)
        program.write_text("#!/bin/sh\n")
        program.chmod(0o755)
    usual = tmp_path / "usr/lib/systemd"
    usual.mkdir(parents=True)
    for lib in ("/usr/lib/systemd/system", "/lib/systemd/system"):
        if Path(lib).is_dir() and not (usual / "system").exists():
            (usual / "system").symlink_to(lib)
    return tmp_path


@needs_systemd
@pytest.mark.parametrize("beside", ["kms", "cage", "neighbours"])
def test_systemd_understands_every_unit(laid: Path, beside: str) -> None:
    """systemd passes over a key it doesn't know; a box would then be less safe than it looks, or never start."""
    units = laid / "etc/systemd/system"
    if beside == "cage":
        lay_beside(units, "kiosk", "cage.conf")
    if beside == "neighbours":
        for unit, (network, _) in WITH_NEIGHBOURS.items():
            lay_beside(units, unit, network)
    names = [*(f"{name}.service" for name in SERVICES), *(f"{name}.timer" for name in TIMERS)]
    done = analyze("verify", "--man=no", f"--root={laid}", *names)
    ours = [line for line in done.stderr.splitlines() if "kiosk" in line]
    assert ours == []
    assert done.returncode == 0


@needs_systemd
@pytest.mark.parametrize("name", SERVICES)
def test_no_unit_is_exposed_further_than_it_must_be(name: str) -> None:
    done = analyze("security", "--offline=true", f"--threshold={SERVICES[name]}", str(UNITS / f"{name}.service"))
    assert done.returncode == 0, done.stdout.splitlines()[-1]


@needs_systemd
@pytest.mark.parametrize("name", WITH_NEIGHBOURS)
def test_with_neighbours_a_unit_is_exposed_no_further_than_a_line_takes(tmp_path: Path, name: str) -> None:
    network, threshold = WITH_NEIGHBOURS[name]
    shutil.copy(UNITS / f"{name}.service", tmp_path)
    lay_beside(tmp_path, name, network)
    unit = str(tmp_path / f"{name}.service")
    done = analyze("security", "--offline=true", f"--threshold={threshold}", unit)
    assert done.returncode == 0, done.stdout.splitlines()[-1]
    # Less than that it is not, so what is laid beside it is looked at.
    assert analyze("security", "--offline=true", f"--threshold={SERVICES[name]}", unit).returncode == 1


def test_the_kiosk_may_take_what_types_like_a_keyboard() -> None:
    """Without this its nodes, which systemd gives to the group input, could be neither opened nor had alone."""
    unit = told("kiosk.service")
    assert "input" in unit["SupplementaryGroups"][0].split()
    assert "char-input rw" in unit["DeviceAllow"]


@needs_systemd
def test_a_unit_without_its_walls_would_be_seen(tmp_path: Path) -> None:
    """Without this the test above could pass whatever the unit says."""
    bare = tmp_path / "kiosk.service"
    bare.write_text("[Service]\nExecStart=/bin/true\nUser=kiosk\n")
    assert analyze("security", "--offline=true", "--threshold=15", str(bare)).returncode == 1


def test_the_box_never_gives_up() -> None:
    """ "Start request repeated too quickly" has left boxes dead for a weekend (RPi-Jukebox-RFID#747, #761)."""
    for name in ("kiosk", "kiosk-wall"):
        unit = told(f"{name}.service")
        assert unit["StartLimitIntervalSec"] == ["0"]
        assert unit["Restart"] == ["always"]
        assert int(unit["RestartSec"][0]) >= 2
        assert not {"StartLimitAction", "RestartPreventExitStatus"} & set(unit)


def test_a_card_that_takes_nothing_does_not_keep_the_kiosk_from_starting() -> None:
    """Without this a full card with an update on trial would be a dark screen instead of one that says so."""
    unit = told("kiosk.service")
    for line in unit["ExecStartPre"] + unit["ExecStartPost"]:
        assert line.startswith("-+/opt/commons-kiosk/change-over ")


SCRIPTS = [
    *(ROOT / name for name in ("systemd/install", "systemd/change-over")),
    *(ROOT / f".ci/{name}" for name in ("test-install", "test-boot", "debian-base")),
    *(ROOT / f"firmware-config/{name}" for name in ("read-only", "prepare", "data-partition")),
    ROOT / "Makefile",
]


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda each: each.name)
def test_nothing_is_thrown_away_through_a_mount(script: Path) -> None:
    """Without this a folder that is mounted in one that is thrown away would go with it, however it came there."""
    for line in script.read_text(encoding="utf-8").splitlines():
        if re.search(r"\brm -[a-z]*r", line) and "__pycache__" not in line:
            assert "rm -rf --one-file-system " in line, line


@pytest.mark.parametrize("root", ["/", "", "bookworm", "/var/tmp/kiosk-root.abcdef"])
def test_the_trial_install_lays_nothing_where_it_is_told_to_by_hand(tmp_path: Path, root: str) -> None:
    """Without this `.ci/test-install trixie /` would lay a Debian over the machine. Only a copy without its outer
    part is asked here, in a folder of its own where it could lay none."""
    script = (ROOT / ".ci/test-install").read_text(encoding="utf-8")
    guard = script[script.index("root=$2") : script.index("passed=0")]
    words = ["sh", "-c", f"set -eu\nrelease=trixie\n{guard}\necho went on", "sh", "trixie", root]
    said = subprocess.run(words, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert said.returncode == 2
    assert "Say only which release" in said.stderr
    assert "went on" not in said.stdout


def test_nothing_waits_for_the_network() -> None:
    """A kiosk that waits for a network stays black where there is none (FullPageOS#509)."""
    for name in SERVICES:
        unit = told(f"{name}.service")
        assert not re.search("network", " ".join([*unit.get("After", []), *unit.get("Wants", [])]))


def test_a_hang_is_noticed_and_a_vote_is_not_swapped_out() -> None:
    unit = told("kiosk.service")
    assert unit["Type"] == ["notify"]
    assert 10 <= int(unit["WatchdogSec"][0]) <= 60
    assert (unit["LimitCORE"], unit["MemorySwapMax"]) == (["0"], ["0"])


def test_each_unit_opens_only_the_devices_it_has() -> None:
    """Only the kiosk has any: sound, drawing, touch, pins and the four names that serial ports go by."""
    assert sorted(told("kiosk.service")["DeviceAllow"]) == [
        f"char-{name} rw" for name in ("alsa", "drm", "gpiochip", "input", "ttyACM", "ttyAMA", "ttyS", "ttyUSB")
    ]
    for name in ("kiosk-wall", "kiosk-check"):
        unit = told(f"{name}.service")
        assert unit["PrivateDevices"] == ["yes"]
        assert not {"DeviceAllow", "SupplementaryGroups", "StateDirectory"} & set(unit)


def test_only_the_wall_speaks_over_a_network_and_only_to_this_box() -> None:
    assert told("kiosk-wall.service")["IPAddressAllow"] == ["localhost"]
    for name in SERVICES:
        unit = told(f"{name}.service")
        assert unit["IPAddressDeny"] == ["any"]
        families = " ".join(unit["RestrictAddressFamilies"]).split()
        assert ("AF_INET" in families) is (name == "kiosk-wall")


@pytest.mark.parametrize("name", WITH_NEIGHBOURS)
def test_neighbours_open_the_way_to_a_house_and_a_tunnel_and_to_nobody_else(name: str) -> None:
    """Without this a kiosk that was given lines could be reached from, and speak to, anywhere."""
    beside = told(WITH_NEIGHBOURS[name][0])
    allowed = [each for each in beside["IPAddressAllow"][0].split() if each != "localhost"]
    assert allowed
    assert all(ipaddress.ip_network(each).is_private for each in allowed)
    assert set(beside) <= {
        *("IPAddressAllow", "RestrictAddressFamilies", "SocketBindDeny", "MemoryMax", "TasksMax")
    }
    families = " ".join(
        [*told(f"{name}.service")["RestrictAddressFamilies"], *beside.get("RestrictAddressFamilies", [])]
    )
    assert set(families.split()) <= {"AF_UNIX", "AF_NETLINK", "AF_INET", "AF_INET6"}
    bound = [*told(f"{name}.service").get("SocketBindDeny", []), *beside.get("SocketBindDeny", [])]
    assert bound == ["ipv4:udp", "ipv6:udp"]


@pytest.mark.parametrize(
    ("said", "laid_with"), [((), '"kms" "none"'), (("EXTRAS=neighbours", "SCREEN=cage"), '"cage" "neighbours"')]
)
def test_what_is_said_to_make_is_what_is_laid(tmp_path: Path, said: tuple[str, ...], laid_with: str) -> None:
    """Without this somebody would ask for lines and get a kiosk that is alone, or the reverse."""
    done = subprocess.run(
        ["make", "-n", "-C", str(ROOT), "install", "PYTHON=python3", *said],
        capture_output=True,
        text=True,
        check=True,
    )
    assert f"systemd/install python3 {laid_with}" in done.stdout
    packages = next(line for line in done.stdout.splitlines() if ".ci/packages" in line)
    assert ("neighbours" in packages) == bool(said)


@pytest.mark.parametrize("words", [("kms", "neighbors"), ("x11", "none"), ("kms", "none neighbours")])
def test_what_cannot_be_laid_is_refused_before_anything_is_changed(tmp_path: Path, words: tuple[str, str]) -> None:
    """Without this a slip of the pen would quietly take the lines away. A copy is asked that thinks it is root."""
    script = (UNITS / "install").read_text(encoding="utf-8")
    asked = script[script.index("python=${1") : script.index("user() {")]
    said = subprocess.run(
        ["sh", "-c", f"set -eu\n{asked}\necho went on", "sh", "python3", *words],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (said.returncode, said.stdout) == (2, "")
    assert "Nothing was changed" in said.stderr


@pytest.mark.parametrize(("version", "goes"), [("2.10.27", True), ("2.15.1", True), ("2.9.10", False), ("", False)])
def test_lines_are_laid_only_beside_a_server_that_understands_them(
    tmp_path: Path, version: str, goes: bool
) -> None:
    """Debian 12 has one that does not; without this the kiosk there would say that it is alone, for ever."""
    if version:
        server = tmp_path / "nats-server"
        server.write_text(f"#!/bin/sh\necho nats-server: v{version}\n")
        server.chmod(0o755)
    script = (UNITS / "install").read_text(encoding="utf-8")
    asked = script[script.index("python=${1") : script.index("user() {")]
    said = subprocess.run(
        ["/bin/sh", "-c", f"set -eu\n{asked}\necho went on", "sh", "python3", "kms", "neighbours"],
        capture_output=True,
        text=True,
        check=False,
        env={"PATH": str(tmp_path)},
    )
    assert ("went on" in said.stdout) == goes, said.stderr


def test_only_the_kiosk_writes_and_only_to_its_record_to_sticks_and_the_light() -> None:
    for name in ("kiosk-wall", "kiosk-check"):
        assert "ReadWritePaths" not in told(f"{name}.service")
    unit = told("kiosk.service")
    assert (unit["StateDirectory"], unit["ReadWritePaths"]) == (
        ["commons-kiosk"],
        ["-/media -/run/media -/mnt -/sys/devices"],
    )


@needs_systemd
@pytest.mark.parametrize("name", TIMERS)
def test_the_timers_name_a_time_that_comes(name: str) -> None:
    (when,) = told(f"{name}.timer")["OnCalendar"]
    assert analyze("calendar", when).returncode == 0
    assert told(f"{name}.timer")["Persistent"] == ["yes"]


# --- which version runs


class Box:
    """The folder of versions, with the script that chooses among them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        shutil.copy(UNITS / "change-over", folder)

    def install(self, name: str) -> None:
        version = self.folder / "versions" / name
        version.mkdir(parents=True)
        (version / ".whole").touch()

    def change(self, *words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["sh", str(self.folder / "change-over"), *words], capture_output=True, text=True, check=False
        )

    def start(self, *, well: bool) -> None:
        """systemd starts the kiosk, and it gets ready or not."""
        assert self.change("starting").returncode == 0
        if well:
            assert self.change("started").returncode == 0

    @property
    def runs(self) -> str:
        return (self.folder / "current").readlink().name

    @property
    def there(self) -> list[str]:
        return sorted(each.name for each in (self.folder / "versions").iterdir())


@pytest.fixture
def box(tmp_path: Path) -> Box:
    made = Box(tmp_path)
    made.install("1.0")
    made.change("to", "1.0")
    made.start(well=True)
    made.install("1.1")
    return made


def test_a_version_that_starts_stays(box: Box) -> None:
    box.change("to", "1.1")
    box.start(well=True)
    assert refused_update(box.folder / "versions/1.1") == ""
    for _ in range(9):
        box.start(well=False)  # later troubles are not the update's
    assert box.runs == "1.1"


def test_a_version_that_does_not_start_is_put_back(box: Box) -> None:
    """Without this a bad update would leave the wall black until somebody who can mend it has time."""
    box.change("to", "1.1")
    for _ in range(3):
        box.start(well=False)
        assert box.runs == "1.1"
    box.start(well=True)
    assert box.runs == "1.0"
    assert (box.folder / "refused").read_text() == "1.1 did not start; 1.0 runs again\n"
    said = refused_update(box.folder / "versions/1.0")
    assert said == "1.1 did not start; 1.0 runs again. Whoever tends the kiosk looks for another."


def test_a_slow_first_start_is_no_failure(box: Box) -> None:
    box.change("to", "1.1")
    box.start(well=False)
    box.start(well=True)
    for _ in range(9):
        box.start(well=False)
    assert box.runs == "1.1"


def test_after_two_updates_in_a_row_the_last_that_worked_comes_back(box: Box) -> None:
    """Without this a second bad update would fall back on the first bad one."""
    box.change("to", "1.1")
    box.install("1.2")
    box.change("to", "1.2")
    for _ in range(4):
        box.start(well=False)
    assert box.runs == "1.0"
    assert box.there == ["1.0", "1.2"]


def test_one_can_go_back_by_hand(box: Box) -> None:
    box.change("to", "1.1")
    box.start(well=True)
    assert "1.0 runs" in box.change("back").stdout
    assert box.runs == "1.0"
    assert box.change("back").returncode == 1


@pytest.mark.parametrize("name", ["2.0", "", "..", "../1.1", "/etc"])
def test_what_is_no_whole_version_is_not_chosen(box: Box, name: str) -> None:
    (box.folder / "versions/2.0").mkdir()
    assert box.change("to", name).returncode == 1
    assert box.runs == "1.0"


def test_a_power_cut_between_trial_and_link_changes_nothing(box: Box) -> None:
    """The trial is written first: with the link still on the old version, the old version runs."""
    (box.folder / "trying").write_text("1.0\n")
    for _ in range(5):
        box.start(well=False)
    assert box.runs == "1.0"
