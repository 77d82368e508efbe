"""`kiosk template`: this shop's way of doing things as a file for another, and the other way round."""

import os
from pathlib import Path
from typing import Annotated

import typer

from kiosk.command_line import BAD_USE, DataFolder, SettingsFile, fail, reader_of, settings_from
from kiosk.our_way import template_of
from kiosk.state import State, restore
from kiosk.store import NoRecordError, Reader, StoreError
from kiosk.template import (
    LONGEST,
    TEMPLATE_FILE,
    Template,
    differences,
    read_template,
    write_template,
)

template_app = typer.Typer(help="This shop's way of doing things, to be copied by another.", no_args_is_help=True)


@template_app.command("export")
def export(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Where to write it.")],
    settings: SettingsFile = None,
    data: DataFolder = None,
) -> None:
    """Write our charter, duties, kinds of work and words; never members or entries."""
    with reader_of(settings, data) as reader:
        template = template_of(restore(reader.tables()), settings_from(settings))
    try:
        file.write_bytes(write_template(template))
    except OSError as trouble:
        fail(f"{file} can’t be written: {trouble.strerror}")
    numbers, duties, work = len(template.numbers), len(template.duties), len(template.work)
    typer.echo(f"{numbers} numbers, {duties} duties, {work} kinds of work")


@template_app.command("import")
def take_over(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The template of another shop.")],
    settings: SettingsFile = None,
    data: DataFolder = None,
) -> None:
    """Begin a new shop with the template of another; its founding takes over what is any good."""
    wanted = settings_from(settings)
    folder = data or wanted.data.folder
    template = _read(file)
    if _founded(folder):
        fail("this shop is founded already; see what differs with: kiosk template compare", BAD_USE)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(folder / TEMPLATE_FILE, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "wb") as place:
            place.write(write_template(template))
            place.flush()
            os.fsync(place.fileno())
    except OSError as trouble:
        fail(f"{trouble.filename or folder} can’t be written: {trouble.strerror}")
    typer.echo(f"the template of {template.shop or 'a shop'} lies ready; it holds once three people found the shop")
    if template.language and template.language != wanted.shop.language:
        typer.echo(f"they speak {template.language}; here it is {wanted.shop.language} ([shop] language)")


@template_app.command("compare")
def compare(
    other: Annotated[
        str | None,
        typer.Argument(
            metavar="FILE", help="The template of another shop, or the name of a neighbour that told us its own."
        ),
    ] = None,
    settings: SettingsFile = None,
    data: DataFolder = None,
) -> None:
    """What another shop does otherwise; without a name, the one that ours was copied from. To follow it, propose it
    in the circle."""
    read = _read(Path(other)) if other is not None and _is_file(other) else None
    with reader_of(settings, data) as reader:
        state = restore(reader.tables())
        ours = template_of(state, settings_from(settings))
    lines = differences(ours, read or _told(other, state))
    for line in lines:
        typer.echo(line)
    if not lines:
        typer.echo("nothing differs")


def _is_file(other: str) -> bool:
    return Path(other).exists() or os.sep in other or other.endswith(".json")


def _told(other: str | None, state: State) -> Template:
    """The latest template that a neighbour told us of."""
    name = other or (state.copied_from.shop if state.copied_from else "")
    if not name:
        fail("this shop was not begun with a template; name a file, or a neighbour", BAD_USE)
    neighbour = state.neighbours.get(name)
    if neighbour is None:
        fail(f"{name} is neither a file nor a neighbour", BAD_USE)
    template = read_template(neighbour.template_text.encode())
    if isinstance(template, str):
        fail(f"{name} has not told us its template; ask them for the file (kiosk template export)", BAD_USE)
    return template


def _read(file: Path) -> Template:
    try:
        with file.open("rb") as opened:
            template = read_template(opened.read(LONGEST + 1))
    except OSError as trouble:
        fail(f"{file} can’t be read: {trouble.strerror}", BAD_USE)
    if isinstance(template, str):
        fail(f"{file}: {template}", BAD_USE)
    return template


def _founded(folder: Path) -> bool:
    try:
        with Reader.open(folder) as reader:
            return restore(reader.tables()).founded is not None
    except NoRecordError:
        return False
    except StoreError as trouble:
        fail(str(trouble))
