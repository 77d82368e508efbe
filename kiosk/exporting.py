"""The commands that hand the record on, to other programs and to the wall: `kiosk export`, `kiosk print`."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Annotated

import typer

from kiosk.amounts import JAR
from kiosk.codes import new_label, write_label
from kiosk.command_line import (
    BAD_USE,
    DataFolder,
    Force,
    SettingsFile,
    fail,
    hand_on,
    reader_of,
    reading,
    settings_from,
    spare,
)
from kiosk.counting import pabulib
from kiosk.reports.fridays import Given, about, election, given_away, told
from kiosk.reports.ledger_beancount import ledger
from kiosk.reports.ledger_hledger import journal
from kiosk.reports.postings import Books, books
from kiosk.state import restore
from kiosk.tongue import speaking

export_app = typer.Typer(help="Hand the record on to other programs.", no_args_is_help=True)

Output = Annotated[
    Path | None, typer.Option("--output", "-o", metavar="FILE", help="The file to write; without it, print it.")
]


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
    with reading(settings, data) as reader, reader.still():
        made = books(shop, reader.all_entries(), restore(reader.tables()))
    hand_on("".join(f"{line}\n" for line in form(made)), output, force=force)


# --- a Friday ---------------------------------------------------------------------------------------------

Number = Annotated[int | None, typer.Argument(metavar="ROUND", help="Which Friday, by its number; the latest.")]
OfFund = Annotated[str, typer.Option("--fund", metavar="NAME", help="Which fund's Friday.")]


def print_poster(
    number: Number = None,
    settings: SettingsFile = None,
    data: DataFolder = None,
    fund: OfFund = JAR,
    output: Annotated[Path, typer.Option("--output", "-o", metavar="FILE", help="The PDF to write.")] = Path(
        "poster.pdf"
    ),
    force: Force = False,
) -> None:
    """Make a poster (PDF) of what a Friday decided: what was bought, and where every cent went."""
    from kiosk.reports import poster  # paper takes half a second to import, and no other command needs it

    shop = settings_from(settings).shop
    spare(output, force=force)
    friday = _friday(settings, data, fund, number)
    try:
        with speaking(shop.language):
            poster.print_poster(told(friday, shop.name), output)
    except OSError as trouble:
        fail(f"{output} can't be written: {trouble.strerror}")
    typer.echo(f"Friday {friday.opened.number} in {output}", err=True)


@export_app.command("pabulib")
def export_pabulib(
    number: Annotated[int, typer.Argument(metavar="ROUND", help="Which Friday, by its number.")],
    settings: SettingsFile = None,
    data: DataFolder = None,
    fund: OfFund = JAR,
    country: Annotated[
        str, typer.Option("--country", metavar="NAME", help="The country to name; the file form asks for one.")
    ] = "not said",
    output: Output = None,
    force: Force = False,
) -> None:
    """A Friday's ballots as a .pb file, without names, for anybody to count again; only where ballots are told."""
    shop = settings_from(settings).shop.name
    friday = _friday(settings, data, fund, number)
    if friday.closed.detail != "ballots":
        fail(
            f"of Friday {number} only {_TELLS[friday.closed.detail]} is told, as was fixed before the vote; "
            "there are no ballots to hand on",
            BAD_USE,
        )
    hand_on(pabulib.write(election(friday), about(friday, shop, country)), output, force=force)


_TELLS = {"outcome": "what was bought", "totals": "how many approved of what"}


def _friday(settings: Path | None, data: Path | None, fund: str, number: int | None) -> Given:
    """A Friday that was closed; or one line that says why there is none, and out."""
    with reading(settings, data) as reader:
        fridays = given_away(reader.all_entries(), fund)
    name = "the jar" if fund == JAR else fund
    if not fridays:
        fail(f"{name} has not been given away yet", BAD_USE)
    wanted = number if number is not None else max(fridays)
    if wanted not in fridays:
        fail(f"{name} had no Friday {wanted} that came to an end; the latest is {max(fridays)}", BAD_USE)
    return fridays[wanted]


# --- the shelf --------------------------------------------------------------------------------------------


def print_labels(
    settings: SettingsFile = None,
    data: DataFolder = None,
    output: Annotated[Path, typer.Option("--output", "-o", metavar="FILE", help="The PDF to write.")] = Path(
        "labels.pdf"
    ),
    name: Annotated[
        list[str] | None,
        typer.Option("--name", metavar="TEXT", help="A new label with this name; may be said several times."),
    ] = None,
    blank: Annotated[int, typer.Option("--blank", min=0, max=500, help="How many new labels without a name.")] = 0,
    force: Force = False,
) -> None:
    """Make a sheet (PDF) of labels with name and QR code: for every tool on the shelf, or new ones.

    A new label is of no tool yet: at the kiosk, two badges put the tool on the shelf.
    """
    from kiosk.reports.labels import Label
    from kiosk.reports.labels import print_labels as labels_on_paper

    shop = settings_from(settings).shop
    spare(output, force=force)
    new = [(text, new_label()) for text in (*(name or ()), *[""] * blank)]
    labels = [Label(text, code) for text, code in new or _shelf(settings, data)]
    if not labels:
        fail("no tool is on the shelf; for new labels say --blank 24", BAD_USE)
    try:
        with speaking(shop.language):
            labels_on_paper(labels, shop.name, output)
    except OSError as trouble:
        fail(f"{output} can't be written: {trouble.strerror}")
    typer.echo(f"{'1 label' if len(labels) == 1 else f'{len(labels)} labels'} in {output}", err=True)


def _shelf(settings: Path | None, data: Path | None) -> list[tuple[str, str]]:
    """The name and the label's code of each tool that is on the shelf or borrowed, as it has it already."""
    with reader_of(settings, data) as reader:
        tools = restore(reader.tables()).tools.values()
    return [(tool.name, write_label(tool.label)) for tool in tools]
