"""`kiosk update`: another version beside the one that runs, from a signed file; its parts may come from an index.

Versions lie side by side, each an environment of its own, and `change-over` (systemd/change-over, laid beside them)
chooses among them: a new one is on trial until it has once been ready, and one that never gets there is put back.
"""

import os
import platform
import shutil
import subprocess
import sys
import sysconfig
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Annotated

import typer
from packaging.tags import sys_tags
from packaging.utils import InvalidWheelFilename, parse_wheel_filename

from kiosk.bundle import (
    ENGINE,
    PACKAGE,
    Bundle,
    BundleChangedError,
    NoBundle,
    all_there,
    number,
    read_bundle,
    read_list,
    unpack,
)
from kiosk.command_line import BAD_USE, SettingsFile, fail, settings_from
from kiosk.sealing.note import Bad, Verifier, read_verifier

CHANGE_OVER, CURRENT, WHOLE, LOG = "change-over", "current", ".whole", "updates.log"
EXTRAS = "extras"
"""What `make install EXTRAS=…` has laid here beside the bare kiosk, and every version after it has as well."""

ROOM = 5
"""How many times its parts an update takes on the disk while it is laid: packed, unpacked, compiled."""


def update(
    file: Annotated[Path | None, typer.Argument(metavar="[FILE]", help="A signed update, as on a stick.")] = None,
    settings: SettingsFile = None,
    from_index: Annotated[
        bool, typer.Option("--from-index", help="FILE is a signed list; fetch its parts from the package index.")
    ] = False,
    back: Annotated[bool, typer.Option("--back", help="Go back to the version before this one.")] = False,
    into: Annotated[
        Path | None, typer.Option("--into", metavar="FOLDER", help="Where versions lie; found by itself.")
    ] = None,
) -> None:
    """Lay a newer version beside this one; it runs from the next start, and is put back if it does not start."""
    if (file is not None) == back or (back and from_index):
        fail("say FILE, or --back; with --from-index FILE is a signed list", BAD_USE)
    # A file that is not worth a way is said before the way: whoever carries it need not first mend this kiosk.
    key = settings_from(settings).updates.key if file is not None else None
    bundle = _judged(file, key, from_index=from_index) if file is not None else None
    place = into or Path(sys.prefix).parent.parent
    if not (place / CHANGE_OVER).exists():
        fail(
            f"{place} holds no versions; this kiosk was not laid by make install, so update it as you laid it",
            BAD_USE,
        )
    if not os.access(place / "versions", os.W_OK):
        fail(f"{place} can’t be written by you; say it with sudo", BAD_USE)
    if file is None:
        _change_over(place, "back")
        return
    if bundle is None:
        fail("the settings name nobody whose updates are taken; add [updates] and the key you trust", BAD_USE)
    _must_be_newer(bundle.version, place)
    _must_hold_the_extra(file, bundle, place)
    _must_fit_this_machine(file, bundle)
    _lay(place, bundle.version, lambda draft: _fetch(file, bundle, draft))
    where = "the package index, as listed in " if from_index else ""
    _note(place, f"{bundle.version} from {where}{file}, signed by {bundle.signed_by}")
    typer.echo(f"{bundle.version} runs from the next start:  sudo systemctl restart kiosk")


def _judged(file: Path, key: str | None, *, from_index: bool) -> Bundle | None:
    """The update in a file, or why it is none, and out; None where nobody's is taken and it can't be told."""
    try:
        file.lstat()
    except FileNotFoundError:
        fail(f"there is no file {file}; is the stick plugged in? Nothing was changed.", BAD_USE)
    except OSError as trouble:
        fail(f"{file} can’t be read ({trouble.strerror}). Nothing was changed.", BAD_USE)
    if key is None:
        return None
    known = [_key(key)]
    return _bundle(file, read_list(file, known) if from_index else read_bundle(file, known))


def _key(text: str) -> Verifier:
    """Whose updates this kiosk takes."""
    key = read_verifier(text)
    if isinstance(key, Bad):
        fail(f"updates.key in the settings is no key: {key.why}", BAD_USE)
    return key


def _bundle(file: Path, found: Bundle | NoBundle) -> Bundle:
    if isinstance(found, NoBundle):
        fail(f"{file} {found.why}. Nothing was changed.", BAD_USE)
    return found


def _running(place: Path) -> str:
    current = place / CURRENT
    return current.readlink().name if current.is_symlink() else "0.0.0"


def _must_be_newer(version: str, place: Path) -> None:
    """An old update is signed as well: laid again, it would bring back what was mended since."""
    if number(version) <= number(_running(place)):
        fail(f"{version} is no newer than {_running(place)}, which runs. Nothing was changed.", BAD_USE)


def _extra(place: Path) -> str:
    """As pip is told of it, [neighbours]; "" for the bare kiosk."""
    kept = place / EXTRAS
    return f"[{kept.read_text(encoding='utf-8').strip()}]" if kept.exists() else ""


def _must_hold_the_extra(file: Path, bundle: Bundle, place: Path) -> None:
    """Else a kiosk would be alone after an update, and nobody would know why."""
    names = {part.name.partition("-")[0] for part in bundle.parts}
    if _extra(place) and ENGINE - names:
        fail(
            f"{file} holds nothing for the lines to neighbours; take a whole .update. Nothing was changed.",
            BAD_USE,
        )


def _must_fit_this_machine(file: Path, bundle: Bundle) -> None:
    """Else pip would say of a part that lies in the file that there is no such thing."""
    here = frozenset(sys_tags())
    fits: dict[str, bool] = {}
    try:
        for part in bundle.parts:
            name, _, _, made_for = parse_wheel_filename(part.name)
            fits[name] = fits.get(name, False) or not here.isdisjoint(made_for)
    except InvalidWheelFilename as trouble:
        fail(f"{file} names a part that is no wheel ({trouble}). Nothing was changed.", BAD_USE)
    strange = sorted(name for name, fit in fits.items() if not fit)
    if strange:
        fail(
            f"{file} is for another machine: its {strange[0]} does not fit this one ({_machine()}); "
            "ask whoever made it for one that does. Nothing was changed.",
            BAD_USE,
        )


def _machine() -> str:
    """What a wheel must be made for, as people ask for it."""
    processor = sysconfig.get_platform().rpartition("-")[2]
    return f"Python {sys.version_info.major}.{sys.version_info.minor}, {processor}, {' '.join(platform.libc_ver())}"


def _fetch(file: Path, bundle: Bundle, draft: Path) -> None:
    """The wheels of the new version into a folder, each as it was signed."""
    if bundle.start:
        unpack(file, bundle, draft)
        return
    # Where the index is, pip's own settings may say: whoever answers there can only send what was signed.
    asked = draft.with_suffix(".txt")
    asked.write_text("".join(f"{_pinned(part.name)} --hash=sha256:{part.sha256}\n" for part in bundle.parts))
    try:
        pip = ["-m", "pip", "--disable-pip-version-check", "download", "--quiet", "--no-deps", "--no-cache-dir"]
        pip += ["--only-binary=:all:", "--require-hashes", "--dest", str(draft), "-r", str(asked)]
        _run([sys.executable, *pip])
    finally:
        asked.unlink()
    all_there(bundle, draft)


def _pinned(wheel: str) -> str:
    """A wheel's name and version, which its file's name begins with (packaging.python.org)."""
    name, version, *_ = wheel.split("-")
    return f"{name}=={version}"


def _lay(place: Path, version: str, fetch: Callable[[Path], None]) -> None:
    """Fetch, lay, try whether it loads, and put it on trial; whatever goes wrong, all is as it was."""
    draft = place / "versions/.draft"
    shutil.rmtree(draft, ignore_errors=True)
    new: Path | None = None
    try:
        draft.mkdir()
        fetch(draft)
        _must_have_room(draft)
        new = place / "versions" / version
        shutil.rmtree(new, ignore_errors=True)
        _environment(new, draft, f"{PACKAGE}{_extra(place)}=={version}")
        (new / WHOLE).touch()
        _change_over(place, "to", version)
    except (OSError, ValueError, BundleChangedError, subprocess.CalledProcessError) as trouble:
        if new is not None:
            shutil.rmtree(new, ignore_errors=True)
        fail(f"the update could not be laid: {_said(trouble)}. What runs is as it was.")
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _must_have_room(draft: Path) -> None:
    needed = ROOM * sum(each.stat().st_size for each in draft.iterdir())
    free = shutil.disk_usage(draft).free
    if free < needed:
        raise ValueError(f"it takes {needed // 2**20} MB of room and there are {free // 2**20}; remove something")


def _environment(folder: Path, wheels: Path, wanted: str) -> None:
    """A fresh environment that holds only what lies in the folder of wheels, and, on a Pi, Debian's own lgpio."""
    # Isolated, so that no setting of this machine lets in a wheel that nobody signed.
    pip = ["-m", "pip", "--isolated", "--disable-pip-version-check", "install", "--quiet", "--no-index"]
    pip += ["--no-cache-dir", "--only-binary=:all:", "--find-links", str(wheels), wanted]
    # What does not fit together, or not this Python, is found out before anything is laid.
    _run([sys.executable, *pip, "--dry-run", "--ignore-installed"])
    config = Path(sys.prefix) / "pyvenv.cfg"
    sees_system = config.exists() and "include-system-site-packages = true" in config.read_text(encoding="utf-8")
    _run([sys.executable, "-m", "venv", *(["--system-site-packages"] if sees_system else []), str(folder)])
    _run([str(folder / "bin/python"), *pip])
    _run([str(folder / "bin/kiosk"), "--help"])


def _run(words: Sequence[str], environ: Mapping[str, str] | None = None) -> None:
    subprocess.run(words, check=True, capture_output=True, text=True, env=environ)


def _change_over(place: Path, *words: str) -> None:
    done = subprocess.run(["sh", str(place / CHANGE_OVER), *words], capture_output=True, text=True, check=False)
    if done.returncode:
        fail(done.stderr.strip().removeprefix("change-over: "))
    if done.stdout:
        typer.echo(done.stdout.strip())


def _said(trouble: Exception) -> str:
    """What went wrong, in one line: of a program that failed, the last thing it said."""
    if isinstance(trouble, subprocess.CalledProcessError):
        said = (trouble.stderr or trouble.stdout or "").strip().splitlines()
        return said[-1] if said else f"{Path(trouble.cmd[0]).name} failed"
    return str(trouble)


def _note(place: Path, what: str) -> None:
    """Who laid hands on it, and when. Not in the record: a command has no badge; the room is told by people."""
    who = os.environ.get("SUDO_USER") or os.environ.get("USER") or str(os.getuid())
    with (place / LOG).open("a", encoding="utf-8") as log:
        log.write(f"{time.strftime('%Y-%m-%d %H:%M', time.gmtime())} UTC  {who}: {what}\n")
