"""The commands that hand the record on, for other programs and for the wall: `kiosk export`."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Annotated

import typer

from kiosk.command_line import BAD_USE, DataFolder, SettingsFile, fail, reader_of, settings_from
from kiosk.reports.ledger_beancount import ledger
from kiosk.reports.ledger_hledger import journal
from kiosk.reports.postings import Books, books
from kiosk.state import restore
from kiosk.store import StoreError

export_app = typer.Typer(help="Hand the record on to other programs.", no_args_is_help=True)

Output = Annotated[
    Path | None, typer.Option("--output", "-o", metavar="FILE", help="The file to write; without it, print it.")
]
Force = Annotated[bool, typer.Option("--force", help="Write over a file that is there.")]


@export_app.command("hledger")
def export_hledger(
    settings: SettingsFile = None, data: DataFolder = None, output: Output = None, force: Force = False
) -> None:
    """Time and money as a journal for hledger; `hledger check` says whether it agrees with the kiosk."""
    _export(journal, settings, data, output, force=force)


@export_app.command("beancount")
def export_beancount(
    settings: SettingsFile = None, data: DataFolder = None, output: Output = None, force: Force = False
) -> None:
    """Time and money as a file for beancount; `bean-check` says whether it agrees with the kiosk."""
    _export(ledger, settings, data, output, force=force)


def _export(
    form: Callable[[Books], Iterator[str]],
    settings: Path | None,
    data: Path | None,
    output: Path | None,
    *,
    force: bool,
) -> None:
    shop = settings_from(settings).shop.name
    with reader_of(settings, data) as reader, reader.still():
        try:
            made = books(shop, reader.entries(), restore(reader.tables()))
        except StoreError as trouble:
            fail(str(trouble))
    hand_on("".join(f"{line}\n" for line in form(made)), output, force=force)


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
