"""`kiosk restore`: a copy of the record is checked and laid ready; many hands at the kiosk put it in place."""

import shutil
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from kiosk.belongings import badge_key, copy_keys, copy_photos, named_photos
from kiosk.beside import hand_over
from kiosk.clock import SystemClock
from kiosk.command_line import BAD_USE, DataFolder, SettingsFile, bar, fail, settings_from
from kiosk.opened import is_demo
from kiosk.state import State, restore
from kiosk.store import NoRecordError, Reader, StoreDamagedError, StoreError, StoreFailedError, StoreFullError
from kiosk.store.restoring import (
    DRAFT,
    READY,
    Checked,
    check,
    decided,
    examine,
    lay_ready,
    offer,
    open_warily,
    shared,
    withdraw,
)
from kiosk.views.contents import face
from kiosk.views.scene import Scene
from kiosk.visit.places import IDLE
from kiosk.words import compared, day_of

SPARE = 64 * 2**20
"""Bytes that must stay free on the card, so that people can go on booking."""


def restore_copy(
    source: Annotated[
        Path | None, typer.Argument(metavar="SOURCE", help="The folder with the copy, as on a stick.")
    ] = None,
    settings: SettingsFile = None,
    data: DataFolder = None,
    withdrawn: Annotated[
        bool, typer.Option("--withdraw", help="Take back a copy that lies ready; the record stays as it is.")
    ] = False,
) -> None:
    """Check a copy of the record and lay it ready. Many hands at the kiosk put it in place; nobody can alone."""
    folder = data or settings_from(settings).data.folder
    try:
        if withdrawn:
            _withdraw(folder)
        elif source is None:
            fail("name the folder with the copy, or say --withdraw", BAD_USE)
        else:
            _bring_back(source, folder)
    except StoreError as trouble:
        fail(str(trouble))
    except OSError as trouble:
        fail(f"{trouble.filename or folder} can’t be written: {trouble.strerror}")


def _withdraw(folder: Path) -> None:
    typer.echo(
        "The copy is taken back; the record stays as it is." if withdraw(folder) else "No copy lies ready here."
    )


def _bring_back(source: Path, folder: Path) -> None:
    if not folder.is_dir():
        if not source.is_dir():
            fail(
                f"there is no folder {source} with a copy (is the stick plugged in?), and no {folder} to bring it "
                "back to: start the kiosk here once, and then say this again",
                BAD_USE,
            )
        fail(f"there is no {folder}; start the kiosk here once, and then say this again", BAD_USE)
    if source.resolve() == folder.resolve():
        fail("the copy must be somewhere else than the record", BAD_USE)
    if decided(folder):
        fail("a copy is being put in place already; start the kiosk, and look at it there")
    examine(source)
    _must_have_its_key(source)
    _must_fit(source, folder)
    try:
        with open_warily(source) as reader:
            checked = _checked(reader)
            here = _told_of_here(folder, reader, checked)
            _must_be_shown(checked)
            with bar("laying ready", checked.size) as passed:
                draft = lay_ready(reader, folder, passed)
    except NoRecordError:
        fail(f"{source} holds no copy of a record", BAD_USE)
    except StoreDamagedError as trouble:
        _refuse(source, trouble)
    copy_keys(source, draft)
    with Reader.open(draft) as copy:
        names = named_photos(copy)
    with bar("photos", len(names)) as passed:
        photos = copy_photos(names, source, draft, passed)
    offer(folder, checked)
    hand_over(folder, *_all_of(folder / READY))
    for name in photos.missing:
        if not (folder / "photos" / f"{name}.jpg").exists():
            typer.echo(f"The photo {name}.jpg is not in the copy.")
    typer.echo(here)
    typer.echo("It lies ready. Many hands at the kiosk put it in place; till then nothing has changed.")


def _refuse(source: Path, why: StoreDamagedError) -> NoReturn:
    told = why.damage
    fail(f"the copy in {source} is not taken: {told}{' Take an older copy.' if ' is damaged' in told else ''}")


def _checked(reader: Reader) -> Checked:
    with bar("checking", reader.last_number) as passed:
        return check(reader, passed)


def _must_have_its_key(source: Path) -> None:
    if badge_key(source) is None:
        raise StoreFailedError(
            f"{source} has no badge.key (or what is called so is none), and without it no badge would be known."
        )


def _must_fit(source: Path, folder: Path) -> None:
    """The copy stands beside the record for a while, and what is replaced stays."""
    if (folder / DRAFT).exists():
        return  # begun, and most of it may be there already
    try:
        wanted = sum(place.stat().st_size for place in source.glob("record.sqlite*")) + SPARE
        free = shutil.disk_usage(folder).free
    except OSError as trouble:
        raise StoreFailedError(f"{source} can’t be looked at ({trouble.strerror}).") from trouble
    if wanted > free:
        raise StoreFullError(f"The copy needs {wanted >> 20} MB in {folder}, and {free >> 20} MB are free there.")


def _told_of_here(folder: Path, copy: Reader, checked: Checked) -> str:
    """How the copy stands to the record that is here; refuses what the kiosk could not start with."""
    now = SystemClock().now()
    try:
        with Reader.open(folder) as here:
            state, count = restore(here.tables()), here.last_number
            both = shared(here, copy)
    except NoRecordError:
        state, count, both = State(), 0, 0
    except StoreDamagedError as trouble:
        raise StoreFailedError(
            f"The record here can’t be read ({trouble.damage}) Move record.sqlite and badge.key aside, start the "
            "kiosk, say this again."
        ) from trouble
    if is_demo(checked.state) and not is_demo(state):
        raise StoreDamagedError("It began with demo members, whose badges anybody can make.")
    newest = day_of(checked.newest, now)
    return f"The copy has {checked.size} entries, the newest from {newest}. {compared(count, checked.size, both)}"


def _must_be_shown(checked: Checked) -> None:
    """A record that can't be shown would leave the kiosk dark."""
    try:
        face(IDLE, Scene(checked.state, SystemClock().now(), lambda _: None, "", {}))
    except Exception as error:
        raise StoreDamagedError(f"What it comes to can’t be shown ({type(error).__name__}: {error}).") from error


def _all_of(folder: Path) -> list[Path]:
    return [folder, *folder.rglob("*")]
