"""`kiosk backup`: a second copy of the record and of its keys, on a stick or in a folder."""

from pathlib import Path
from typing import Annotated

import typer

from kiosk.badge_key import KEY_FILE as BADGE_KEY
from kiosk.command_line import BAD_USE, DataFolder, SettingsFile, bar, fail, settings_from
from kiosk.key_file import write_new
from kiosk.reports.verifying import verify
from kiosk.seal_key import KEY_FILE as SEAL_KEY
from kiosk.store import NoRecordError, Reader, StoreError, back_up


def backup(
    target: Annotated[
        Path | None,
        typer.Argument(metavar="[TARGET]", help="The folder for the copy, as on a stick; or the settings' one."),
    ] = None,
    settings: SettingsFile = None,
    data: DataFolder = None,
    if_named: Annotated[
        bool, typer.Option("--if-named", help="Do nothing where no folder is named; for the weekly timer.")
    ] = False,
) -> None:
    """Copy the record while the kiosk runs, and check the copy. Cut off, it goes on next time where it stopped."""
    chosen = settings_from(settings)
    folder = data or chosen.data.folder
    target = target or chosen.data.backup
    if target is None:
        if if_named:
            return
        fail("say where the copy is to go, or name a folder as data.backup in the settings", BAD_USE)
    if target.absolute() == folder.absolute():
        fail("the copy must be somewhere else than the record", BAD_USE)
    try:
        added = _copied(folder, target)
        _copy_keys(folder, target)
        faults = _checked(target)
    except NoRecordError as missing:
        fail(str(missing), BAD_USE)
    except StoreError as trouble:
        fail(str(trouble))
    except OSError as trouble:
        fail(f"{trouble.filename or target} can’t be written: {trouble.strerror}")
    for fault in faults:
        typer.echo(fault)
    if faults:
        fail(f"the copy in {target} is not whole")
    typer.echo(
        f"{_entries(added)} added; the copy in {target} is whole. It holds the key of the badges: put it away."
    )


def _entries(count: int) -> str:
    return "1 entry" if count == 1 else f"{count} entries"


def _copied(folder: Path, target: Path) -> int:
    with Reader.open(folder) as reader, bar("copying", reader.last_number) as passed:
        return back_up(reader, target, passed)


def _checked(target: Path) -> tuple[str, ...]:
    with Reader.open(target) as copy, bar("checking", copy.last_number) as passed:
        return verify(copy, passed=passed).faults


def _copy_keys(folder: Path, target: Path) -> None:
    """Without its keys a record knows no badge and signs as somebody else."""
    for name in (BADGE_KEY, SEAL_KEY):
        if (folder / name).exists():
            key = (folder / name).read_bytes()
            if not (target / name).exists() or (target / name).read_bytes() != key:
                write_new(target / name, key)
