"""An update at the kiosk: laid beside the old one, taken only from whom the shop trusts, and the old one stays."""

import os
import shutil
import subprocess
import sys
import threading
import zipfile
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from kiosk.bundle import write_bundle, write_list
from kiosk.sealing.note import Signer

ROOT = Path(__file__).parents[2]
OURS = Signer("commons-kiosk-updates", b"u" * 32)


def update(*words: str, index: str = "") -> subprocess.CompletedProcess[str]:
    """`kiosk update`; a real environment is laid, which takes its time on a busy machine. index: where pip asks."""
    call = [sys.executable, "-m", "kiosk", "update", *words]
    environ = {name: value for name, value in os.environ.items() if not name.startswith("PIP_")}
    environ |= {"PIP_CONFIG_FILE": os.devnull, "PIP_INDEX_URL": index or "http://127.0.0.1:9/", "PIP_RETRIES": "0"}
    return subprocess.run(call, capture_output=True, text=True, check=False, timeout=280, cwd=ROOT, env=environ)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder of versions as `make install` leaves it, with 0.1.0 running."""
    place = tmp_path / "opt"
    version = place / "versions/0.1.0+12345678"
    version.mkdir(parents=True)
    (version / ".whole").touch()
    (place / "current").symlink_to("versions/0.1.0+12345678")
    shutil.copy(ROOT / "systemd/change-over", place)
    return place


@pytest.fixture
def settings(tmp_path: Path) -> Path:
    path = tmp_path / "settings.toml"
    path.write_text(f'[updates]\nkey = "{OURS.verifier}"\n')
    return path


def wheel(folder: Path, version: str, needs: str = "") -> Path:
    """The smallest wheel that is a kiosk: one module, one command (format: packaging.python.org)."""
    folder.mkdir(exist_ok=True)
    path = folder / f"commons_kiosk-{version}-py3-none-any.whl"
    about = f"commons_kiosk-{version}.dist-info"
    files = {
        "kiosk_stub.py": "def main() -> None: print('a kiosk')\n",
        f"{about}/METADATA": f"Metadata-Version: 2.1\nName: commons-kiosk\nVersion: {version}\n{needs}",
        f"{about}/WHEEL": "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        f"{about}/entry_points.txt": "[console_scripts]\nkiosk = kiosk_stub:main\n",
    }
    record = "".join(f"{name},,\n" for name in [*files, f"{about}/RECORD"])
    with zipfile.ZipFile(path, "w") as packed:
        for name, text in {**files, f"{about}/RECORD": record}.items():
            packed.writestr(name, text)
    return path


def bundle(folder: Path, version: str, signer: Signer = OURS, needs: str = "") -> Path:
    made = wheel(folder / "wheels", version, needs)
    write_bundle(folder / f"{version}.update", version, [made], signer)
    return folder / f"{version}.update"


ENGINE = ("nats_py-2.16.0", "nkeys-0.2.1")


def with_lines(folder: Path, version: str, parts: tuple[str, ...] = ENGINE) -> Path:
    """An update for a kiosk with neighbours: its wheel names the extra, and the wheels of that lie beside it."""
    needs = "Provides-Extra: neighbours\n" + "".join(
        f"Requires-Dist: {part.partition('-')[0]} ; extra == 'neighbours'\n" for part in ENGINE
    )
    made = [wheel(folder / "wheels", version, needs), *(bare(folder / "wheels", part) for part in parts)]
    write_bundle(folder / f"{version}.update", version, made, OURS)
    return folder / f"{version}.update"


def bare(folder: Path, part: str, made_for: str = "py3-none-any", needs: str = "") -> Path:
    """A wheel with one module in it."""
    name, _, version = part.partition("-")
    path = folder / f"{part}-{made_for}.whl"
    files = {
        f"{name}.py": "",
        f"{part}.dist-info/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n{needs}",
        f"{part}.dist-info/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    with zipfile.ZipFile(path, "w") as packed:
        for each, text in {**files, f"{part}.dist-info/RECORD": ""}.items():
            packed.writestr(each, text)
    return path


def picture(place: Path) -> list[str]:
    return sorted(f"{each.relative_to(place)} {each.lstat().st_mtime_ns}" for each in place.rglob("*"))


def test_a_signed_update_is_laid_beside_the_old_one_and_runs_next(
    place: Path, settings: Path, tmp_path: Path
) -> None:
    (place / "extras").write_text("neighbours\n")
    done = update(str(with_lines(tmp_path, "0.2.0")), "--settings", str(settings), "--into", str(place))
    assert done.returncode == 0, done.stderr
    assert "0.2.0 runs from the next start" in done.stdout
    # Without this a kiosk with lines would be alone after each update, until somebody came with pip.
    there = {each.name for each in (place / "versions/0.2.0").glob("lib/*/site-packages/n*.py")}
    assert there == {"nats_py.py", "nkeys.py"}
    assert (place / "current").readlink() == Path("versions/0.2.0")
    assert (place / "trying").read_text() == "0.1.0+12345678\n"
    assert sorted(each.name for each in (place / "versions").iterdir()) == ["0.1.0+12345678", "0.2.0"]
    assert "0.2.0 from" in (place / "updates.log").read_text()
    back = update("--back", "--into", str(place))
    assert (place / "current").readlink() == Path("versions/0.1.0+12345678"), back.stderr


def test_an_update_that_would_take_the_lines_away_is_not_laid(place: Path, settings: Path, tmp_path: Path) -> None:
    """Without this the kiosk would say that it is alone, and nobody would know why."""
    (place / "extras").write_text("neighbours\n")
    before = picture(place)
    some = str(with_lines(tmp_path, "0.2.0", ENGINE[:1]))
    done = update(some, "--settings", str(settings), "--into", str(place))
    assert done.returncode == 2
    assert "holds nothing for the lines to neighbours" in done.stderr
    assert picture(place) == before


def test_an_update_that_lacks_a_part_is_not_laid(place: Path, settings: Path, tmp_path: Path) -> None:
    """Without this a bundle for another Pi or another Python would leave half a version."""
    broken = bundle(tmp_path, "0.2.0", needs="Requires-Dist: a-part-that-was-forgotten\n")
    before = picture(place / "versions")
    done = update(str(broken), "--settings", str(settings), "--into", str(place))
    assert done.returncode == 1
    assert "What runs is as it was" in done.stderr
    assert [line.split()[0] for line in picture(place / "versions")] == [line.split()[0] for line in before]
    assert (place / "current").readlink() == Path("versions/0.1.0+12345678")


PI = "cp313-cp313-manylinux_2_17_riscv64"
"""Which no machine is that runs these tests."""


def test_an_update_for_another_machine_says_so_and_for_which_it_must_be(
    place: Path, settings: Path, tmp_path: Path
) -> None:
    """Without this pip would say of Kivy, which lies in the file, that there is no such thing."""
    fits = [wheel(tmp_path / "wheels", "0.2.0"), bare(tmp_path / "wheels", "fonts-1.0")]
    strange = [bare(tmp_path / "wheels", "fonts-1.0", PI), bare(tmp_path / "wheels", "kivy-2.3.1", PI)]
    write_bundle(tmp_path / "pi.update", "0.2.0", [*fits, *strange], OURS)
    before = picture(place)
    done = update(str(tmp_path / "pi.update"), "--settings", str(settings), "--into", str(place))
    assert done.returncode == 2
    assert "is for another machine: its kivy does not fit this one (Python 3." in done.stderr
    assert picture(place) == before


def made(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """`make bundle` at its end: all wheels there are, signed as one."""
    wheels = [str(each) for each in (folder / "wheels").iterdir()]
    call = [sys.executable, str(ROOT / ".ci/bundle"), f"{folder}/key", f"{folder}/out.update", *words, *wheels]
    environ = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run(call, capture_output=True, text=True, check=False, env=environ)


FOR_A_PI = ("--python", "3.13", "--platform", "manylinux_2_17_riscv64")


def test_an_update_is_made_only_of_all_that_is_asked_for_on_the_machine_it_is_for(tmp_path: Path) -> None:
    """pip reads what is asked for as on the desk where it runs: the Pi would lack what its own Python needs."""
    needs = "Requires-Dist: kivy>=2 ; platform_machine == 'riscv64'\n"
    needs += "Requires-Dist: gone ; python_version < '3.13'\n"
    wheel(tmp_path / "wheels", "0.2.0", needs)
    bare(tmp_path / "wheels", "kivy-1.9", PI)
    done = made(tmp_path, *FOR_A_PI)
    assert done.returncode == 1
    assert "kivy>=2" in done.stderr
    assert "is not among the wheels" in done.stderr
    assert "gone" not in done.stderr
    assert not (tmp_path / "out.update").exists()
    bare(tmp_path / "wheels", "kivy-2.3.1", PI)
    (tmp_path / "wheels" / f"kivy-1.9-{PI}.whl").unlink()
    done = made(tmp_path, *FOR_A_PI)
    assert done.returncode == 0, done.stderr
    assert "2 wheels, for Python 3.13 on riscv64" in done.stdout
    done = made(tmp_path, "--python", "3.12", *FOR_A_PI[2:])
    assert "does not fit that machine" in done.stderr
    assert "gone" in done.stderr


@pytest.mark.parametrize(
    ("version", "signer", "why"),
    [
        ("0.2.0", Signer("commons-kiosk-updates", b"x" * 32), "nobody known has signed it"),
        ("0.1.0", OURS, "no newer"),
        ("0.0.9", OURS, "no newer"),
    ],
)
def test_what_is_not_ours_or_not_newer_changes_nothing(
    place: Path, settings: Path, tmp_path: Path, version: str, signer: Signer, why: str
) -> None:
    """An old update is signed too; laid again, it would bring back what was mended since."""
    hostile = bundle(tmp_path, version, signer)
    before = picture(place)
    done = update(str(hostile), "--settings", str(settings), "--into", str(place))
    assert done.returncode == 2
    assert why in done.stderr
    assert picture(place) == before


class Index:
    """A package index as pip asks one (packaging.python.org, simple repository API). asked: all it was asked."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "simple/commons-kiosk"
        self.folder.mkdir(parents=True)
        self.asked: list[str] = []
        asked = self.asked

        class Quiet(SimpleHTTPRequestHandler):
            def log_message(self, _: str, *words: object) -> None:
                asked.append(str(words[0]))

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.address = f"http://127.0.0.1:{self.server.server_port}/simple/"

    def offer(self, made: Path, *, bent: bool = False) -> None:
        """Offer a wheel; bent: with a byte more, and as if that were right."""
        shutil.copy(made, self.folder)
        if bent:
            with (self.folder / made.name).open("ab") as file:
                file.write(b"x")
        links = "".join(f'<a href="{each.name}">{each.name}</a>' for each in self.folder.glob("*.whl"))
        (self.folder / "index.html").write_text(f"<!doctype html><title>Links</title>{links}")


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Index]:
    made = Index(tmp_path / "web")
    yield made
    made.server.shutdown()
    made.server.server_close()


def listed(folder: Path, made: Path, version: str, signer: Signer = OURS) -> str:
    write_list(folder / f"{version}.list", version, [made], signer)
    return str(folder / f"{version}.list")


def test_a_signed_list_is_enough_where_there_is_a_network(
    place: Path, settings: Path, tmp_path: Path, index: Index
) -> None:
    """A list goes into a letter; the hundred megabytes behind it come from whoever has them."""
    made = wheel(tmp_path / "wheels", "0.2.0")
    index.offer(made)
    index.offer(wheel(tmp_path / "newer", "0.9.0"))  # a newer one that nobody signed is not what was asked for
    words = (listed(tmp_path, made, "0.2.0"), "--from-index", "--settings", str(settings), "--into", str(place))
    done = update(*words, index=index.address)
    assert done.returncode == 0, done.stderr
    assert (place / "current").readlink() == Path("versions/0.2.0")
    assert "signed by commons-kiosk-updates" in (place / "updates.log").read_text()
    assert sorted(each.name for each in (place / "versions").iterdir()) == ["0.1.0+12345678", "0.2.0"]


@pytest.mark.parametrize("bent", [True, False], ids=["another under its name", "not there"])
def test_what_the_index_sends_instead_is_not_laid(
    place: Path, settings: Path, tmp_path: Path, index: Index, bent: bool
) -> None:
    """Without this whoever holds the index, or a wire on the way to it, would have every kiosk."""
    made = wheel(tmp_path / "wheels", "0.2.0")
    index.offer(made if bent else wheel(tmp_path / "other", "0.3.0"), bent=bent)
    before = picture(place / "versions")
    words = (listed(tmp_path, made, "0.2.0"), "--from-index", "--settings", str(settings), "--into", str(place))
    done = update(*words, index=index.address)
    assert done.returncode == 1
    assert "What runs is as it was" in done.stderr
    assert [line.split()[0] for line in picture(place / "versions")] == [line.split()[0] for line in before]
    assert (place / "current").readlink() == Path("versions/0.1.0+12345678")


def test_a_list_that_nobody_known_has_signed_asks_nobody_for_anything(
    place: Path, settings: Path, tmp_path: Path, index: Index
) -> None:
    made = wheel(tmp_path / "wheels", "0.2.0")
    index.offer(made)
    before = picture(place)
    strange = listed(tmp_path, made, "0.2.0", Signer("commons-kiosk-updates", b"x" * 32))
    done = update(strange, "--from-index", "--settings", str(settings), "--into", str(place), index=index.address)
    assert done.returncode == 2
    assert "nobody known has signed it" in done.stderr
    assert (picture(place), index.asked) == (before, [])


def test_without_a_key_in_the_settings_no_file_is_taken(place: Path, tmp_path: Path) -> None:
    bare = tmp_path / "bare.toml"
    bare.write_text("")
    done = update(str(bundle(tmp_path, "0.2.0")), "--settings", str(bare), "--into", str(place))
    assert done.returncode == 2
    assert "name nobody whose updates are taken" in done.stderr


def test_a_kiosk_that_was_not_laid_by_make_install_says_so(tmp_path: Path) -> None:
    (tmp_path / "any.list").write_text("")
    done = update(str(tmp_path / "any.list"), "--from-index", "--into", str(tmp_path))
    assert done.returncode == 2
    assert "holds no versions" in done.stderr
    assert sys.prefix not in done.stdout


@pytest.mark.parametrize(
    ("spoil", "why"),
    [
        (Path.unlink, "there is no file"),
        (lambda file: file.write_bytes(file.read_bytes()[:-1]), "copy it again"),
        (lambda file: file.write_bytes(b"a letter"), "is no update of this kiosk"),
        (lambda file: file.write_bytes(file.read_bytes().replace(b"0.2.0", b"0.3.0", 1)), "is not taken"),
    ],
)
def test_a_file_that_is_no_update_is_said_before_all_else(
    settings: Path, tmp_path: Path, spoil: Callable[[Path], object], why: str
) -> None:
    """Without this somebody would lay the kiosk anew, only to learn then that the stick was bad."""
    file = bundle(tmp_path, "0.2.0")
    spoil(file)
    done = update(str(file), "--settings", str(settings), "--into", str(tmp_path / "no-versions"))
    assert done.returncode == 2
    assert why in done.stderr
    assert "holds no versions" not in done.stderr
