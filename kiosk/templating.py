"""`kiosk template`: this shop's way of doing things as a file for another, and the other way round."""

import os
from pathlib import Path
from typing import Annotated

import typer

from kiosk.command_line import BAD_USE, DataFolder, SettingsFile, fail, reader_of, settings_from
from kiosk.our_way import template_of
from kiosk.state import restore
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
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The template of another shop.")],
    settings: SettingsFile = None,
    data: DataFolder = None,
) -> None:
    """What another shop does otherwise. To follow them, propose it in the circle."""
    theirs = _read(file)
    with reader_of(settings, data) as reader:
        ours = template_of(restore(reader.tables()), settings_from(settings))
    lines = differences(ours, theirs)
    for line in lines:
        typer.echo(line)
    if not lines:
        typer.echo("nothing differs")


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
