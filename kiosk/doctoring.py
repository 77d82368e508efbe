"""`kiosk doctor`: how each device, the card, the power and the clock are, and what to do where one is not well."""

import fcntl
import json
import logging
import time
from pathlib import Path
from typing import Annotated

import msgspec
import typer

from kiosk.badge_key import KEY_FILE as BADGE_KEY
from kiosk.box import Box, DeviceHow, look, memory_of, read_checked
from kiosk.clock import SystemClock
from kiosk.command_line import FAILED, AsJson, DataFolder, SettingsFile, settings_from
from kiosk.copied import read_copied
from kiosk.rules.copies import Copies
from kiosk.settings import Settings
from kiosk.store import RECORD_FILE, NoRecordError, Reader, StoreError
from kiosk.telling import Careful, Silent, Told, ask
from kiosk.views.card import card_said, card_state
from kiosk.views.checkup import Finding, findings, in_short
from kiosk.voice import Voice

LISTENS = 1.0
"""Seconds for which the devices are listened to when no kiosk runs."""

AT_MOST = 6.0
"""Seconds after which a device that has not answered has not answered."""

_SIGNS = {"well": "well", "mend": "MEND", "better": "  - ", "unknown": "  ? "}

ROOT = Path("/")


def doctor(
    settings: SettingsFile = None,
    data: DataFolder = None,
    as_json: AsJson = False,
    root: Annotated[
        Path, typer.Option("--root", hidden=True, help="Where /sys and /proc are read, for trying it out.")
    ] = ROOT,
) -> None:
    """Say how the kiosk is: devices, card, power, heat, clock, copies; and what to do. Exits 1 if not all is well.

    A kiosk that runs is asked; its ports and pins are left alone. When none runs, the devices that the settings
    name are opened for a moment.
    """
    chosen = settings_from(settings)
    folder = data or chosen.data.folder
    told = ask(folder)
    found = _look_over(chosen, folder, told, root)
    wrong = any(each.how == "mend" for each in found)
    if as_json:
        running = isinstance(told, Told)
        answer = {"well": not wrong, "running": running, "findings": msgspec.to_builtins(found)}
        typer.echo(json.dumps(answer, ensure_ascii=False))
    else:
        _print(found)
    if wrong:
        raise typer.Exit(FAILED)


def _look_over(chosen: Settings, folder: Path, told: Told | Silent | None, root: Path) -> list[Finding]:
    copied = read_copied(folder)
    fault = told.fault if isinstance(told, Told) else ""
    copies = Copies(None, chosen.data.copy is not None, copied.moment if copied else None, fault)
    devices, kiosk = _devices(chosen, folder, told)
    box = Box(
        machine=look(folder.resolve(), root),
        devices=devices,
        drawn_by=told.drawn_by if isinstance(told, Told) else "",
        used=memory_of(told.pid, root) if isinstance(told, Told) else None,
        checked=read_checked(folder),
        kiosks=told.kiosks if isinstance(told, Told) else (),
    )
    found = [kiosk, *findings(box, SystemClock().now(), copies)]
    record = _record(folder)
    return found if record is None else [record if each.what == record.what else each for each in found]


def _record(folder: Path) -> Finding | None:
    """Where there is none, or it can't be opened; None where it can, and what the newest check found is told."""
    try:
        _read(folder)
    except NoRecordError:
        if (folder / BADGE_KEY).exists():
            says = f"It is gone, though its key is there: {folder / RECORD_FILE}."
            return Finding("record", "mend", says, "Put it back, or bring back a copy: docs/tend.md.")
        mend = "The kiosk begins one when it starts. If there was one: is the card mounted?"
        return Finding("record", "better", f"There is none yet in {folder}.", mend)
    except StoreError as error:
        if _is_not_ours(folder):
            return Finding("record", "unknown", "This user may not read it.", "Say it with sudo, or as the kiosk.")
        return Finding("record", "mend", f"It can't be opened: {error}", card_said(card_state(error))[1])
    return None


def _read(folder: Path) -> None:
    """Look at what a start looks at, and write nothing. Raises the StoreErrors."""
    with Reader.open(folder) as reader, reader.still():
        reader.check_end()
        reader.present_is_as_written()


def _is_not_ours(folder: Path) -> bool:
    try:
        (folder / RECORD_FILE).open("rb").close()
    except PermissionError:
        return True
    except OSError:
        return False
    return False


def _devices(chosen: Settings, folder: Path, told: Told | Silent | None) -> tuple[tuple[DeviceHow, ...], Finding]:
    """How the devices are, and whether the kiosk runs."""
    if isinstance(told, Told) and told.careful is not None:
        return (), _carefully(told.careful)
    if isinstance(told, Told):
        return told.devices, Finding("kiosk", "well", f"It runs, as number {told.pid}; the devices are told by it.")
    if isinstance(told, Silent) or _somebody_writes(folder):
        says = "It runs, and does not answer; its devices are left alone."
        return (), Finding(
            "kiosk", "mend", says, "Wait a minute; then start it again: sudo systemctl restart kiosk."
        )
    voice = () if chosen.screen.voice == "off" else (Voice().look(),)
    return (*_open_for_a_moment(chosen), *voice), Finding(
        "kiosk", "well", "It does not run now; the devices were asked directly."
    )


def _carefully(why: Careful) -> Finding:
    """What a kiosk that started carefully says of itself."""
    error = f" ({why.error})" if why.error else ""
    says = f"It started carefully, because: {why.words}{error}. It books nothing, and its devices are left alone."
    touch = "Touch “try again” on its screen; docs/tend.md, “A careful start”."
    return Finding("kiosk", "mend", says, f"{why.mend} {touch}" if why.mend else touch)


def _somebody_writes(folder: Path) -> bool:
    """Whether a kiosk has the record open, whatever it says."""
    try:
        with (folder / "record.lock").open("rb") as lock:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        return False
    return False


def _open_for_a_moment(chosen: Settings) -> tuple[DeviceHow, ...]:
    """Open what the settings name, listen for a second (longer while one has not answered), and let go."""
    from kiosk.devices import (  # serial ports and pins, only when they are needed
        Watcher,
        open_devices,
        rig_settings,
    )

    # What drivers put into a log for later is said by the findings, in words.
    logging.basicConfig(level=logging.ERROR, format="kiosk: %(message)s")
    rig, _ = open_devices(chosen, pretend=False)
    watcher = Watcher(rig, rig_settings(chosen))
    began = time.monotonic()
    rig.start(watcher)
    try:
        while (passed := time.monotonic() - began) < AT_MOST:
            waiting = any(each.state == "starting" for each in watcher.look())
            if passed >= LISTENS and not waiting:
                break
            time.sleep(0.05)
        return watcher.look()
    finally:
        rig.stop()


def _print(found: list[Finding]) -> None:
    wide = max(len(each.what) for each in found)
    for each in found:
        typer.echo(f"{_SIGNS[each.how]}  {each.what:<{wide}}  {each.says}")
        if each.mend:
            typer.echo(f"{'':<{wide + 6}}  → {each.mend}")
    typer.echo("")
    typer.echo(in_short(found))
