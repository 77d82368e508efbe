"""`kiosk backup`: a second copy of the record, its photos and its keys, on a stick or in a folder."""

from pathlib import Path
from typing import Annotated

import typer

from kiosk.belongings import Photos, copy_keys, copy_photos, named_photos
from kiosk.clock import SystemClock
from kiosk.command_line import BAD_USE, DataFolder, SettingsFile, bar, fail, settings_from
from kiosk.copied import Copied, write_copied
from kiosk.reports.verifying import Verified, verify
from kiosk.store import RECORD_FILE, NoRecordError, Reader, StoreDamagedError, StoreError, back_up


def backup(
    target: Annotated[Path, typer.Argument(metavar="TARGET", help="The folder for the copy, as on a stick.")],
    settings: SettingsFile = None,
    data: DataFolder = None,
) -> None:
    """Copy the record while the kiosk runs, and check the copy. Cut off, it goes on next time where it stopped."""
    folder = data or settings_from(settings).data.folder
    if target.resolve() == folder.resolve():
        fail("the copy must be somewhere else than the record", BAD_USE)
    try:
        added = _copied(folder, target)
        copy_keys(folder, target)
        photos = _photos(folder, target)
        found = _checked(target, photos.missing)
    except NoRecordError as missing:
        fail(str(missing), BAD_USE)
    except StoreDamagedError as trouble:
        fail(_of_the_copy(trouble, target) or str(trouble))
    except StoreError as trouble:
        fail(str(trouble))
    except OSError as trouble:
        fail(f"{trouble.filename or target} can’t be written: {trouble.strerror}")
    for fault in found.faults:
        typer.echo(fault)
    if found.faults:
        fail(f"the copy in {target} is not whole; keep it, and name another folder or stick for the next one")
    for photo in photos.missing:
        typer.echo(f"The photo {photo}.jpg is not here any more, or was altered, so it is not in the copy.")
    write_copied(folder, Copied(SystemClock().now(), found.size, str(target.absolute())))
    typer.echo(
        f"{_added(added, photos)}; the copy in {target} is whole. It holds the key of the badges: put it away."
    )


def _of_the_copy(trouble: StoreDamagedError, target: Path) -> str:
    """What to say where it is not the record that is damaged; "" where it is."""
    if not trouble.damage.startswith(f"{target / RECORD_FILE} is damaged"):
        return ""
    return (
        f"the copy in {target} is damaged, and the record itself is not concerned. Keep that copy as it is, and "
        f"make a new one in another folder. ({trouble.damage})"
    )


def _added(entries: int, photos: Photos) -> str:
    more = f" and {_count(photos.added, 'photo', 'photos')}" if photos.added else ""
    return f"{_count(entries, 'entry', 'entries')}{more} added"


def _count(count: int, one: str, many: str) -> str:
    return f"1 {one}" if count == 1 else f"{count} {many}"


def _copied(folder: Path, target: Path) -> int:
    with Reader.open(folder) as reader, bar("copying", reader.last_number) as passed:
        return back_up(reader, target, passed)


def _photos(folder: Path, target: Path) -> Photos:
    """Those of the copy: of what was attached meanwhile the next copy knows."""
    with Reader.open(target) as copy:
        names = named_photos(copy)
    with bar("photos", len(names)) as passed:
        return copy_photos(names, folder, target, passed)


def _checked(target: Path, gone: tuple[str, ...]) -> Verified:
    """gone: photos that the record itself has lost; the copy is none the worse for that."""
    with Reader.open(target) as copy, bar("checking", copy.last_number) as passed:
        return verify(copy, passed=passed, photos=target, gone=gone)
