"""What is put on a card means something to the Pi that reads it: it passes over what it doesn't know."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from hardware.backlight import Backlight
from kiosk.settings import SYSTEM_FILE, Settings, load

ROOT = Path(__file__).parents[2]
FIRMWARE = ROOT / "firmware-config"
KNOWN: dict[str, Any] = tomllib.loads(Path(__file__).with_name("known.toml").read_text(encoding="utf-8"))

STOCK_CONFIG = "dtparam=audio=on\ndtoverlay=vc4-kms-v3d\nmax_framebuffers=2\n[cm4]\notg_mode=1\n\n[all]\n\n"
STOCK_CMDLINE = (
    "console=serial0,115200 console=tty1 root=PARTUUID=1-02 rootfstype=ext4 fsck.repair=yes rootwait resize\n"
)
"""As in stage1/00-boot-files of RPi-Distro/pi-gen."""


def config() -> Iterator[tuple[str, str, str]]:
    """Each line of config.txt that says something, also those behind a hash: (board, key, value)."""
    board = "all"
    for line in (FIRMWARE / "config.txt").read_text(encoding="utf-8").splitlines():
        if found := re.fullmatch(r"\[(.+)\]", line):
            board = found[1]
        elif found := re.fullmatch(r"#?([a-z_]+)=(\S+)", line):
            yield board, found[1], found[2]


CONFIG = list(config())


def test_every_line_of_the_configuration_is_known_and_for_its_board() -> None:
    """Without this a typing error would leave a lamp on or a reader dumb, and nobody would be told."""
    assert len(CONFIG) > 10
    for board, key, value in CONFIG:
        assert board in KNOWN["config"]["filters"]
        assert key in KNOWN["config"]["options"]
        name = re.split("[,=]", value)[0]
        if key == "dtoverlay":
            assert board in KNOWN["config"]["overlays"][name], (board, name)
        if key == "dtparam":
            assert board in KNOWN["config"]["params"][name], (board, name)
        if key == "gpio":
            assert set(value.split("=")[1].split(",")) <= set(KNOWN["config"]["gpio"])


def test_each_board_has_one_way_to_a_good_serial_port() -> None:
    """Without this the one board that nobody tried would have a reader that loses every tenth tag."""
    ways = {board: value for board, key, value in CONFIG if key in ("dtoverlay", "dtparam") and board != "all"}
    assert ways == {
        "pi02": "disable-bt",
        "pi3": "disable-bt",
        "pi4": "disable-bt",
        "pi5": "uart0=on",
    }


def test_no_pin_is_set_twice_nor_taken_by_the_serial_port_or_the_clock() -> None:
    """Pins 8 and 10 of the header (GPIO 14, 15) are the serial port's, 3 and 5 (GPIO 2, 3) the clock's."""
    pins = [int(pin) for _, key, value in CONFIG if key == "gpio" for pin in value.split("=")[0].split(",")]
    assert len(pins) == len(set(pins))
    assert not {2, 3, 14, 15} & set(pins)


def words() -> list[tuple[str, str]]:
    lines = (FIRMWARE / "cmdline.txt").read_text(encoding="utf-8").splitlines()
    return [(line[0], line[1:]) for line in lines if line and not line.startswith("#")]


def test_the_kernel_knows_every_word_of_its_line() -> None:
    assert words()
    for sign, word in words():
        assert sign in "+-"
        assert word.split("=")[0] in KNOWN["cmdline"]["words"]


@pytest.fixture
def boot(tmp_path: Path) -> Path:
    """The boot partition of a fresh card."""
    folder = tmp_path / "bootfs"
    folder.mkdir()
    (folder / "config.txt").write_text(STOCK_CONFIG)
    (folder / "cmdline.txt").write_text(STOCK_CMDLINE)
    return folder


def prepare(boot: Path, *more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["sh", str(FIRMWARE / "prepare"), str(boot), *more], capture_output=True, text=True, check=False
    )


def everything(folder: Path) -> dict[str, tuple[bytes, int]]:
    return {each.name: (each.read_bytes(), each.stat().st_mtime_ns) for each in folder.iterdir()}


def test_a_card_is_prepared_once_and_keeps_what_it_had(boot: Path, tmp_path: Path) -> None:
    """Without this a second run would double the lines, and the display's own would be lost."""
    archive = tmp_path / "commons-kiosk.tar"
    archive.write_bytes(b"the project")
    assert prepare(boot, "--first-start", str(archive)).returncode == 0
    first = everything(boot)
    assert (boot / "config.txt").read_text().startswith(STOCK_CONFIG.rstrip())
    assert (FIRMWARE / "config.txt").read_text() in (boot / "config.txt").read_text()
    assert (boot / "config.txt.before-kiosk").read_text() == STOCK_CONFIG
    assert (boot / "user-data").read_text() == (FIRMWARE / "user-data").read_text()
    assert (boot / "commons-kiosk.tar").read_bytes() == b"the project"
    assert prepare(boot, "--first-start", str(archive)).stdout == ""
    assert everything(boot) == first


KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAkjEYn jo@canal"


def test_a_card_takes_its_settings_and_a_key_along(boot: Path, tmp_path: Path) -> None:
    """Without this somebody would stand before the wall with a keyboard, and no password would work."""
    archive, box, key = tmp_path / "a.tar", tmp_path / "box.toml", tmp_path / "id.pub"
    archive.touch()
    box.write_text("[screen]\nfullscreen = true\n")
    key.write_text(KEY + "\n")
    said = prepare(boot, "--first-start", str(archive), "--settings", str(box), "--key", str(key))
    assert said.returncode == 0, said.stderr
    told = yaml.safe_load((boot / "user-data").read_text())
    assert told["users"][0]["ssh_authorized_keys"] == [KEY]
    assert told["users"][0]["lock_passwd"] is True
    assert (boot / "kiosk-settings.toml").read_text() == box.read_text()
    assert any("kiosk-settings.toml" in str(command) for command in told["runcmd"])


def test_a_card_for_a_kiosk_with_lines_says_so_before_it_is_installed(boot: Path, tmp_path: Path) -> None:
    """Without this the first start would lay a kiosk that is alone, on a box that already hangs on the wall."""
    archive = tmp_path / "a.tar"
    archive.touch()
    said = prepare(boot, "--first-start", str(archive), "--extras", "neighbours")
    assert said.returncode == 0, said.stderr
    assert (boot / "kiosk-extras").read_text() == "neighbours\n"
    commands = [str(each) for each in yaml.safe_load((boot / "user-data").read_text())["runcmd"]]
    kept = next(at for at, each in enumerate(commands) if "/boot/firmware/kiosk-extras" in each)
    assert "/opt/commons-kiosk/extras" in commands[kept]
    assert "install" in commands[kept + 1]
    assert "/opt/commons-kiosk/extras" in (ROOT / "Makefile").read_text()
    assert prepare(boot, "--first-start", str(archive), "--extras", "neighbors").returncode == 2


@pytest.mark.parametrize("text", ["-----BEGIN OPENSSH PRIVATE KEY-----", 'ssh-rsa A" , "x', ""])
def test_what_is_no_public_key_is_not_laid_on_the_card(boot: Path, tmp_path: Path, text: str) -> None:
    """A secret key would lie on the card for everybody to read."""
    archive, key = tmp_path / "a.tar", tmp_path / "id"
    archive.touch()
    key.write_text(text)
    assert prepare(boot, "--first-start", str(archive), "--key", str(key)).returncode == 2
    assert not (boot / "user-data").exists()


@pytest.mark.parametrize("word", ["--key", "--settings"])
def test_a_file_that_is_not_there_is_said_before_anything_is_written(boot: Path, tmp_path: Path, word: str) -> None:
    """Without this the card would be half a kiosk, and found out on the wall."""
    archive = tmp_path / "a.tar"
    archive.touch()
    before = everything(boot)
    said = prepare(boot, "--first-start", str(archive), word, str(tmp_path / "gone"))
    assert said.returncode == 2
    assert len(said.stderr.splitlines()) == 1
    assert f"{tmp_path}/gone" in said.stderr
    assert everything(boot) == before


def test_settings_with_a_fault_are_not_laid_on_the_card(boot: Path, tmp_path: Path) -> None:
    """Without this the box would hang on the wall before it says that it can't start with them."""
    box = tmp_path / "box.toml"
    box.write_text("[shop]\nname = Rhubarb Press\n")
    before = everything(boot)
    call = ["make", "-s", "-o", "setup", "card", f"VENV={sys.prefix}", f"BOOT={boot}", f"SETTINGS={box}"]
    environ = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}
    said = subprocess.run(call, capture_output=True, text=True, check=False, cwd=ROOT, env=environ)
    assert said.returncode == 2
    assert f'{box}:2: [shop] name: words stand in straight quotes: name = "Rhubarb Press"' in said.stderr
    assert "Nothing was written to the card." in said.stderr
    assert everything(boot) == before


def test_the_kernels_line_stays_one_line_with_its_root(boot: Path) -> None:
    """Without this the Pi would not find its root, and stay dark."""
    prepare(boot)
    (line,) = (boot / "cmdline.txt").read_text().splitlines()
    assert "root=PARTUUID=1-02 rootfstype=ext4 fsck.repair=yes rootwait resize" in line
    assert "console=serial0,115200" not in line
    assert {word for sign, word in words() if sign == "+"} <= set(line.split())


def test_with_a_data_partition_the_root_does_not_take_the_whole_card(boot: Path, tmp_path: Path) -> None:
    archive = tmp_path / "a.tar"
    archive.touch()
    prepare(boot, "--first-start", str(archive), "--data-partition")
    assert "resize" not in (boot / "cmdline.txt").read_text().split()
    assert (boot / "data-partition").read_text() == (FIRMWARE / "data-partition").read_text()


def test_what_is_no_boot_partition_is_left_alone(tmp_path: Path) -> None:
    """Without this a slip would write into somebody's photos."""
    said = prepare(tmp_path)
    assert said.returncode == 2
    assert "is that the boot partition" in said.stderr
    assert list(tmp_path.iterdir()) == []


def image(path: Path, gib: int, root_mib: int = 2600) -> Path:
    """A card as it comes out of the flashing: boot, root, and nothing behind."""
    with path.open("wb") as file:
        file.truncate(gib * 2**30)
    table = f"label: dos\n,512MiB,c\n,{root_mib}MiB,L\n"
    subprocess.run(["sfdisk", "--quiet", str(path)], input=table, text=True, check=True)
    return path


def sizes(disk: Path) -> list[int]:
    """Each partition's size in MiB."""
    told = subprocess.run(["sfdisk", "--dump", str(disk)], capture_output=True, text=True, check=True).stdout
    return [int(sectors) // 2048 for sectors in re.findall(r"size= *(\d+)", told)]


needs_sfdisk = pytest.mark.skipif(shutil.which("sfdisk") is None, reason="no sfdisk here")


def share(card: Path, path: Path | None = None) -> subprocess.CompletedProcess[str]:
    """`data-partition` on an image. path: a folder whose programs come before the system's."""
    usual = "/usr/sbin:/usr/bin:/sbin:/bin"
    return subprocess.run(
        ["sh", str(FIRMWARE / "data-partition"), str(card)],
        capture_output=True,
        text=True,
        check=False,
        env={"PATH": f"{path}:{usual}" if path else usual},
    )


RECORD_AT = (1 + 512 + 8192) * 2**20
"""Bytes into a card after which the record's partition begins: the table, the boot partition and the root."""


def lies_there(card: Path) -> str:
    """The label of the file system where the record belongs, found sound; "" where there is none."""
    label = subprocess.run(
        ["blkid", "--probe", "--output", "value", "--match-tag", "LABEL", "--offset", str(RECORD_AT), str(card)],
        capture_output=True,
        text=True,
        check=False,
    ).stdout.strip()
    if label:
        subprocess.run(["e2fsck", "-fn", f"{card}?offset={RECORD_AT}"], check=True, capture_output=True)
    return label


@needs_sfdisk
def test_a_card_is_shared_out_into_root_and_record(tmp_path: Path) -> None:
    """Without this the record would lie on the partition that becomes read-only."""
    card = image(tmp_path / "card", 32)
    done = share(card)
    assert done.returncode == 0, done.stderr
    boot, root, data = sizes(card)
    assert (boot, root) == (512, 8192)
    assert data > 20_000
    assert lies_there(card) == "kiosk-data"


WRITERS = ("dd", "sfdisk", "mkfs.ext4", "e2label")
"""Programs that write to the card; the power is cut before and after each of them."""


def cutting(folder: Path, cut: int) -> Path:
    """Programs that stand before the system's: after so many steps of writing, nothing happens any more."""
    folder.mkdir()
    for name in WRITERS:
        real = shutil.which(name, path="/usr/sbin:/usr/bin:/sbin:/bin")
        (folder / name).write_text(
            "#!/bin/sh\n"
            f'case "$*" in *--dump*) exec {real} "$@" ;; esac\n'
            f'echo >>"{folder}/steps"; step=$(wc -l <"{folder}/steps")\n'
            f'if [ "$step" -gt {cut} ]; then kill -9 "$PPID"; exit 9; fi\n'
            f'exec {real} "$@"\n'
        )
        (folder / name).chmod(0o755)
    return folder


@needs_sfdisk
@pytest.mark.parametrize("cut", range(5))
def test_a_first_start_that_is_cut_off_goes_on_where_it_stopped(tmp_path: Path, cut: int) -> None:
    """Without this a plug pulled in the first minute would leave a card that never gets its partition."""
    card = image(tmp_path / "card", 16)
    assert share(card, cutting(tmp_path / "bin", cut)).returncode == -9
    assert lies_there(card) != "kiosk-data", "half of it must not look whole"
    done = share(card)
    assert done.returncode == 0, done.stderr
    assert sizes(card)[:2] == [512, 8192]
    assert len(sizes(card)) == 3
    assert lies_there(card) == "kiosk-data"


@needs_sfdisk
def test_what_an_earlier_kiosk_left_on_a_card_that_was_flashed_again_is_kept(tmp_path: Path) -> None:
    """Without this a shop that flashes its card anew, to mend the system, would lose its record in that minute."""
    card = image(tmp_path / "card", 16)
    share(card)
    before = uuid_there(card)
    table = "label: dos\n,512MiB,c\n,2600MiB,L\n"
    subprocess.run(
        ["sfdisk", "--quiet", "--wipe-partitions", "never", str(card)], input=table, text=True, check=True
    )
    assert len(sizes(card)) == 2
    for _ in range(2):
        done = share(card)
        assert done.returncode == 0, done.stderr
        assert "is kept" in done.stdout
        assert uuid_there(card) == before


def uuid_there(card: Path) -> bytes:
    """Which file system it is: bytes 104 to 120 of an ext4's superblock."""
    with card.open("rb") as file:
        file.seek(RECORD_AT + 1024 + 104)
        return file.read(16)


@needs_sfdisk
@pytest.mark.parametrize("third", ["17827840,+,L", "17829888,+,L", "17827840,2G,L\n,,L"])
def test_somebodys_own_third_partition_is_not_formatted(tmp_path: Path, third: str) -> None:
    """Without this a disk with somebody's photos on it would be empty in a moment."""
    card = image(tmp_path / "card", 16, 8192)
    subprocess.run(["sfdisk", "--quiet", "--append", str(card)], input=third, text=True, check=True)
    start = int(third.partition(",")[0]) * 512
    make = ["mkfs.ext4", "-q", "-F", "-L", "photos", "-E", f"offset={start}", str(card), "1g"]
    subprocess.run(make, check=True)
    before = sizes(card), card.stat().st_mtime_ns
    done = share(card)
    assert done.returncode == 1
    assert "nothing was changed" in done.stderr
    assert (sizes(card), card.stat().st_mtime_ns) == before


@needs_sfdisk
@pytest.mark.parametrize(("gib", "root_mib"), [(4, 2600), (32, 20_000)])
def test_a_card_that_is_too_small_or_in_use_is_not_touched(tmp_path: Path, gib: int, root_mib: int) -> None:
    card = image(tmp_path / "card", gib, root_mib)
    before = sizes(card)
    assert share(card).returncode == 1
    assert sizes(card) == before


def first_start() -> dict[str, Any]:
    text = (FIRMWARE / "user-data").read_text(encoding="utf-8")
    assert text.startswith("#cloud-config\n")
    told: dict[str, Any] = yaml.safe_load(text)
    return told


def test_cloud_init_knows_every_key() -> None:
    """Without this the card would come up as a plain Pi. `make test-install` asks cloud-init itself."""
    assert set(first_start()) <= set(KNOWN["cloud"]["keys"])


def test_the_first_start_installs_what_make_card_laid_there() -> None:
    """Without this one of the three files would call the archive something else."""
    commands = first_start()["runcmd"]
    assert ["tar", "-xf", "/boot/firmware/commons-kiosk.tar", "-C", "/usr/local/src/commons-kiosk"] in commands
    assert ["make", "-C", "/usr/local/src/commons-kiosk", "install"] in commands
    assert "commons-kiosk.tar" in (FIRMWARE / "prepare").read_text()
    assert re.search(r"^install:", (ROOT / "Makefile").read_text(), re.MULTILINE)


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd-analyze here")
def test_a_first_start_that_was_cut_off_is_tried_until_the_kiosk_is_there(tmp_path: Path) -> None:
    """Without this a plug pulled, or a network that was gone, in that quarter of an hour would leave a dark card:
    cloud-init asks for nothing twice."""
    told = first_start()
    (unit,) = (each for each in told["write_files"] if each["path"].endswith("kiosk-first-start.service"))
    path = tmp_path / "kiosk-first-start.service"
    path.write_text(unit["content"])
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", str(path)], capture_output=True, text=True, check=False
    )
    assert [line for line in done.stderr.splitlines() if "kiosk" in line] == []
    said = dict(line.partition("=")[::2] for line in unit["content"].splitlines() if "=" in line)
    assert said["ConditionPathExists"] == "!/opt/commons-kiosk/current"
    assert (said["Restart"], said["StartLimitIntervalSec"]) == ("on-failure", "0")
    # At every start, and at the end of the first; it does what runcmd does, after what `packages` does.
    assert any("systemctl start --no-block kiosk-first-start" in str(each) for each in told["bootcmd"])
    assert told["runcmd"][-1] == ["systemctl", "start", "--no-block", "kiosk-first-start.service"]
    assert "/var/lib/cloud/instance/scripts/runcmd" in unit["content"]
    (installed,) = re.findall("apt-get install -y (.*)", unit["content"])
    assert installed.split() == told["packages"]


def test_nobody_comes_in_with_a_password_and_nothing_pressed_is_swapped_out() -> None:
    told = first_start()
    assert told["ssh_pwauth"] is False
    files = {each["path"]: each["content"] for each in told["write_files"]}
    assert "Mechanism=none" in files["/etc/rpi/swap.conf.d/commons-kiosk.conf"]
    assert "Storage=volatile" in files["/etc/systemd/journald.conf.d/commons-kiosk.conf"]


def mounts() -> dict[str, list[str]]:
    lines = (FIRMWARE / "fstab").read_text(encoding="utf-8").splitlines()
    fields = [line.split() for line in lines if line and not line.startswith("#")]
    assert all(len(each) == 6 for each in fields)
    return {each[1]: each for each in fields}


def test_all_that_must_outlive_a_power_cut_is_on_the_data_partition() -> None:
    """Without this a read-only root would take the record, the settings or an update with it."""
    told = mounts()
    installed = load(ROOT / "systemd/settings.toml")
    assert isinstance(installed, Settings)
    for place in (str(installed.data.folder), str(SYSTEM_FILE.parent), "/opt/commons-kiosk"):
        assert told[place][0].startswith("/data/")
        assert "bind" in told[place][3].split(",")
    assert told["/data"][2] == "ext4"


def test_a_missing_partition_or_stick_does_not_stop_the_pi_nor_found_a_shop_in_memory() -> None:
    """A mount without nofail ends in emergency mode; a kiosk without its partition would begin an empty record."""
    assert all("nofail" in fields[3].split(",") for fields in mounts().values())
    held = (FIRMWARE / "read-only.conf").read_text()
    assert "AssertPathIsMountPoint=/var/lib/commons-kiosk" in held
    assert {"nosuid", "nodev", "noexec"} <= set(mounts()["/media/kiosk-copy"][3].split(","))


def read_only(boot: Path, word: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["sh", str(FIRMWARE / "read-only"), word],
        env={"BOOT": str(boot), "PATH": "/usr/sbin:/usr/bin:/sbin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_read_only_root_is_undone_by_one_word(boot: Path) -> None:
    line = STOCK_CMDLINE.replace("\n", " overlayroot=tmpfs:recurse=0\n")
    (boot / "cmdline.txt").write_text(line)
    assert read_only(boot, "off").returncode == 0
    assert (boot / "cmdline.txt").read_text() == STOCK_CMDLINE


def test_a_root_does_not_become_read_only_while_the_record_lies_on_it(boot: Path) -> None:
    """Without this a week of the shop's life would end at the next power cut."""
    said = read_only(boot, "on")
    assert said.returncode == 1
    assert "no partition kiosk-data" in said.stderr
    assert (boot / "cmdline.txt").read_text() == STOCK_CMDLINE


def test_a_line_that_names_no_root_is_never_written(tmp_path: Path) -> None:
    """Without this a slip in BOOT, or a card that can't be read just then, would leave a Pi that starts no more."""
    said = read_only(tmp_path, "off")
    assert said.returncode != 0
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "cmdline.txt").write_text("")
    said = read_only(tmp_path, "off")
    assert said.returncode == 1
    assert "names a root" in said.stderr
    assert (tmp_path / "cmdline.txt").read_text() == ""


def moved(tmp_path: Path) -> subprocess.CompletedProcess[str]:
    """Only how `read-only on` moves a folder, between two folders of ours."""
    script = (FIRMWARE / "read-only").read_text(encoding="utf-8")
    move = script[script.index("move() {") : script.index("case ${1:-} in")]
    text = f'set -eu\ndata="$1"\n{move}\nmove record "$2"\n'
    words = ["sh", "-c", text, "sh", str(tmp_path / "data"), str(tmp_path / "here")]
    return subprocess.run(words, capture_output=True, text=True, check=False)


def test_a_record_that_was_moved_by_half_is_moved_again_whole(tmp_path: Path) -> None:
    """Without this a power cut while it is copied would leave half a record, with the whole one hidden beneath."""
    (tmp_path / "data").mkdir()
    (tmp_path / "here").mkdir()
    for number in range(3):
        (tmp_path / f"here/{number}").write_text("whole")
    half = tmp_path / "data/.record.half"
    half.mkdir()
    (half / "0").write_text("wh")
    (half / "gone since").write_text("")
    for _ in range(2):
        assert moved(tmp_path).returncode == 0
        assert sorted(each.name for each in (tmp_path / "data").iterdir()) == ["record"]
        assert {each.name: each.read_text() for each in (tmp_path / "data/record").iterdir()} == dict.fromkeys(
            "012", "whole"
        )
    (tmp_path / "here/0").write_text("older")
    assert moved(tmp_path).returncode == 0
    assert (tmp_path / "data/record/0").read_text() == "whole", "what is in use there is never written over"


def added(place: Path) -> None:
    """Only how `read-only on` adds its lines to a table of mounts, to one of ours."""
    script = (FIRMWARE / "read-only").read_text(encoding="utf-8")
    add = script[script.index("add_lines() {") : script.index("case ${1:-} in")]
    text = f'set -eu\nhere="$1"\n{add}\nadd_lines "$2"\n'
    subprocess.run(["sh", "-c", text, "sh", str(FIRMWARE), str(place)], check=True)


@pytest.mark.parametrize("end", ["", "\n"])
def test_the_mounts_are_added_whole_and_to_no_other_line(tmp_path: Path, end: str) -> None:
    """Without this half of the lines, or one hung on to the root's own, would put the record into memory."""
    table = tmp_path / "fstab"
    table.write_text(f"PARTUUID=1-02 / ext4 defaults,noatime 0 1{end}")
    table.chmod(0o640)
    added(table)
    assert table.read_text() == "PARTUUID=1-02 / ext4 defaults,noatime 0 1\n" + (FIRMWARE / "fstab").read_text()
    assert table.stat().st_mode & 0o777 == 0o640
    assert [each.name for each in tmp_path.iterdir()] == ["fstab"]


def test_what_is_no_pi_never_gets_a_read_only_root(tmp_path: Path, boot: Path) -> None:
    """Without this a card in the reader of somebody who tries things out would be enough for it."""
    (tmp_path / "bin").mkdir()
    for name in ("blkid", "grep"):
        (tmp_path / "bin" / name).write_text(f"#!/bin/sh\nexit {int(name == 'grep')}\n")
        (tmp_path / "bin" / name).chmod(0o755)
    (tmp_path / "bin/dirname").symlink_to(str(shutil.which("dirname")))
    said = subprocess.run(
        ["/bin/sh", str(FIRMWARE / "read-only"), "on"],
        env={"BOOT": str(boot), "PATH": f"{tmp_path}/bin"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert said.returncode == 1
    assert "no Raspberry Pi" in said.stderr
    assert (boot / "cmdline.txt").read_text() == STOCK_CMDLINE


def test_other_partitions_stay_writable_under_the_overlay() -> None:
    """overlayroot=tmpfs alone makes every mounted partition read-only (raspberrypi/bookworm-feedback#137)."""
    assert "word='overlayroot=tmpfs:recurse=0'" in (FIRMWARE / "read-only").read_text()


def test_udev_knows_every_key_of_the_rules() -> None:
    """udev passes over a line it can't read. `make test-install` asks udev itself."""
    text = (FIRMWARE / "70-commons-kiosk.rules").read_text(encoding="utf-8")
    rules = [line for line in text.splitlines() if line and not line.startswith("#")]
    assert rules
    for rule in rules:
        for part in re.split(r",\s*", rule):
            found = re.fullmatch(r'([A-Z]+)(?:\{\w+\})?(==|!=|\+=|=|:=)"[^"]*"', part)
            assert found, part
            kind = "matches" if found[2] in ("==", "!=") else "assigns"
            assert found[1] in KNOWN["udev"][kind], part


def test_the_kiosk_may_turn_down_the_light_and_nothing_else(tmp_path: Path) -> None:
    """Without this the panel would shine all night; with more of it somebody could throw its switches.

    What udev would run is run here, on a panel of folders; its own group stands in for the group video.
    """
    text = (FIRMWARE / "70-commons-kiosk.rules").read_text(encoding="utf-8")
    (rule,) = [line for line in text.splitlines() if line.startswith('SUBSYSTEM=="backlight"')]
    panel = tmp_path / "sys/devices/platform/panel/backlight/panel"
    panel.mkdir(parents=True)
    for name in ("brightness", "max_brightness", "bl_power"):
        (panel / name).write_text("200\n")
        (panel / name).chmod(0o644)
    lights = tmp_path / "sys/class/backlight"
    lights.mkdir(parents=True)
    (lights / "panel").symlink_to(panel)
    for command in re.findall(r'RUN\+="([^"]+)"', rule):
        program, *words = command.replace("/sys%p", str(panel)).replace(" video ", f" {os.getgid()} ").split()
        assert program in ("/bin/chgrp", "/bin/chmod")
        subprocess.run([program, *words], check=True)
    rights = {each.name: each.stat().st_mode & 0o777 for each in panel.iterdir()}
    assert rights == {"brightness": 0o664, "max_brightness": 0o644, "bl_power": 0o644}
    Backlight(tmp_path).dim(dark=True)
    assert 0 < int((panel / "brightness").read_text()) < 200
    unit = (ROOT / "systemd/kiosk.service").read_text(encoding="utf-8")
    assert re.search(r"^SupplementaryGroups=.*\bvideo\b", unit, re.MULTILINE)


def test_the_watchdog_is_fed_within_what_the_chip_can_wait() -> None:
    """The Pi's counts to 15 s at most; asked for more, the kernel refuses and nobody watches."""
    found = re.search(r"^RuntimeWatchdogSec=(\d+)s$", (FIRMWARE / "watchdog.conf").read_text(), re.MULTILINE)
    assert found is not None
    assert 5 <= int(found[1]) < 15


def test_each_file_says_what_it_is_for_and_for_which_board() -> None:
    """Without this whoever finds a file on a card would not know whether it is theirs."""
    for path in FIRMWARE.iterdir():
        if path.suffix != ".md":
            head = "\n".join(path.read_text(encoding="utf-8").splitlines()[:12])
            assert re.search(
                r"\bany Pi\b|\bevery Pi\b|Zero 2 W|each Pi|where the root is read-only|Pi's boot|of a Pi", head
            ), path.name
