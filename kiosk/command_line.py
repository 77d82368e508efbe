"""What all commands share: how they are told of a record, and how they say that something can't be done."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from rich.console import Console
from rich.progress import Progress

from kiosk.settings import Settings, default_path, load
from kiosk.store import NoRecordError, Reader, StoreError

SettingsFile = Annotated[
    Path | None,
    typer.Option(
        "--settings", metavar="FILE", help="The settings file; without it KIOSK_SETTINGS, or the system's."
    ),
]
DataFolder = Annotated[
    Path | None,
    typer.Option("--data", metavar="FOLDER", help="The data folder, instead of the one in the settings."),
]
AsJson = Annotated[bool, typer.Option("--json", help="As JSON, for other programs.")]

Force = Annotated[bool, typer.Option("--force", help="Write over a file that is there.")]

BAD_USE = 2
"""Exit code when what was asked cannot be done as asked: a wrong option, file or setting."""

FAILED = 1
"""Exit code when something went wrong on the way."""


def fail(message: str, code: int = FAILED) -> NoReturn:
    """One line on standard error, and out."""
    typer.echo(f"kiosk: {message}", err=True)
    raise typer.Exit(code)


def settings_from(file: Path | None) -> Settings:
    """The settings, or one line for each thing that is wrong with them, and out."""
    path = file or default_path()
    loaded = load(path)
    if isinstance(loaded, Settings):
        return loaded
    for fault in loaded:
        typer.echo(str(fault), err=True)
    raise typer.Exit(BAD_USE)


def reader_of(settings: Path | None, data: Path | None) -> Reader:
    """The record, opened to read."""
    folder = data or settings_from(settings).data.folder
    try:
        return Reader.open(folder)
    except NoRecordError as missing:
        fail(str(missing), BAD_USE)
    except StoreError as trouble:
        fail(str(trouble))


@contextmanager
def reading(settings: Path | None, data: Path | None) -> Iterator[Reader]:
    """The record while something is read from it; where it can't be read, one line that says so, and out."""
    with reader_of(settings, data) as reader:
        try:
            yield reader
        except StoreError as trouble:
            fail(str(trouble))


@contextmanager
def bar(what: str, total: int, every: int = 500) -> Iterator[Callable[[int], None]]:
    """A bar on standard error, where somebody looks on; gives what is told how far it has got.

    every: how many steps the bar takes at once.
    """
    with Progress(console=Console(stderr=True), transient=True, disable=not sys.stderr.isatty()) as progress:
        task = progress.add_task(what, total=total or 1)
        yield lambda done: progress.update(task, completed=done) if done % every == 0 else None


def hand_on(text: str, output: Path | None, *, force: bool) -> None:
    """Print a text, or write it where it was wished; in UTF-8, whatever the shell speaks."""
    if output is None:
        typer.echo(text.encode(), nl=False)
        return
    spare(output, force=force)
    try:
        output.write_text(text, encoding="utf-8")
    except OSError as trouble:
        fail(f"{output} can't be written: {trouble.strerror}")


def spare(output: Path, *, force: bool) -> None:
    """Stop before a file that is there already, unless it was said to write over it."""
    if output.exists() and not force:
        fail(f"{output} is there already; name another with --output, or say --force", BAD_USE)
