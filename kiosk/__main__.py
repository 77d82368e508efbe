"""The command line: `kiosk run`, and what reads the record from outside."""

import json
import sys
import textwrap
from pathlib import Path
from typing import Annotated, Any

import typer

from kiosk import (
    bringing_back,
    checking,
    copying,
    doctoring,
    exporting,
    joining,
    making_up,
    neighbouring,
    recounting,
    reporting,
    showing,
    templating,
    updating,
)
from kiosk.clock import SystemClock
from kiosk.codes import new_code
from kiosk.command_line import (
    BAD_USE,
    FAILED,
    AsJson,
    DataFolder,
    SettingsFile,
    fail,
    reader_of,
    reading,
    settings_from,
)
from kiosk.copied import told_of_copy
from kiosk.photos import LARGEST, NoPhoto, take_in
from kiosk.reports.charter import charter as written_charter
from kiosk.reports.charter import charter_lines
from kiosk.reports.minutes import minutes as written_minutes
from kiosk.reports.present import as_data, as_lines, present, present_lines
from kiosk.settings import EXAMPLE_FILE, SYSTEM_FILE, default_path, worth_a_look
from kiosk.state import restore
from kiosk.status import read_status
from kiosk.store import NoRecordError, Reader, StoreError
from kiosk.telling import started_carefully
from kiosk.tongue import speaking

app = typer.Typer(
    name="kiosk",
    help="The kiosk of a workplace without bosses: hours swapped, written down once, readable by all.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
print_app = typer.Typer(help="Make something to print.", no_args_is_help=True)
settings_app = typer.Typer(help="Look after the settings file.", no_args_is_help=True)
app.add_typer(print_app, name="print")
app.add_typer(settings_app, name="settings")
app.add_typer(exporting.export_app, name="export")
app.add_typer(reporting.report_app, name="report")
app.add_typer(neighbouring.neighbours_app, name="neighbours")
app.add_typer(joining.building_app, name="building")
app.add_typer(templating.template_app, name="template")
print_app.command("poster")(exporting.print_poster)
print_app.command("labels")(exporting.print_labels)
app.command("verify")(checking.verify_record)
app.command("checkpoint")(checking.print_checkpoint)
app.command("prove")(checking.prove)
app.command("backup")(copying.backup)
app.command("restore")(bringing_back.restore_copy)
app.command("count")(recounting.count)
app.command("doctor")(doctoring.doctor)
app.command("update")(updating.update)
app.command("wall")(showing.show_wall)
app.command("simulate")(making_up.simulate_year)


@app.command()
def run(
    settings: SettingsFile = None,
    data: DataFolder = None,
    pretend: Annotated[
        bool,
        typer.Option(
            "--pretend", help="Pretend devices for all that the settings don't name, with a dock to use them."
        ),
    ] = False,
    simulated: Annotated[
        bool,
        typer.Option(
            "--simulated",
            help="Pretend devices in a made-up shop with a year behind it, to look around in; made on first use.",
        ),
    ] = False,
    neighbours: Annotated[
        bool,
        typer.Option(
            "--neighbours",
            help="Two made-up shops side by side, with a line between them that a touch cuts and mends.",
        ),
    ] = False,
    no_screen: Annotated[
        bool, typer.Option("--no-screen", help="Without a window; for --drive and for tests.")
    ] = False,
    drive: Annotated[
        bool,
        typer.Option(
            "--drive", help="Take touches from standard input; print each face as JSON. See docs/check.md."
        ),
    ] = False,
    tour: Annotated[
        Path | None,
        typer.Option("--tour", metavar="FOLDER", help="Play a tour with pretend devices and leave pictures there."),
    ] = None,
) -> None:
    """Open the kiosk. It closes with its window, or by Ctrl-C."""
    from kiosk.opening import open_kiosk, open_two_kiosks  # a kiosk has much to load, which no other command needs

    if neighbours:
        if data is not None or simulated or no_screen or drive:
            fail(
                "two shops side by side are made anew each time, and need their window; say --neighbours alone",
                BAD_USE,
            )
        raise typer.Exit(open_two_kiosks(settings, tour))
    if simulated and data is not None:
        fail("a made-up year has a folder of its own; to look around in another, say --pretend --data", BAD_USE)
    data, pretend = (_made_up(), True) if simulated else (data, pretend)
    raise typer.Exit(
        open_kiosk(settings, data, pretend=pretend, no_screen=no_screen, drive=drive, tour=tour),
    )


def _made_up() -> Path:
    try:
        return making_up.year_to_look_around()
    except (StoreError, OSError, ValueError) as trouble:
        fail(str(trouble))


@app.command()
def record(
    settings: SettingsFile = None,
    data: DataFolder = None,
    as_json: AsJson = False,
    entries_named: reporting.EntriesNamed = None,
    of: reporting.OfSection = None,
) -> None:
    """Print the record, one entry a line, the oldest first; all of it, or the entries behind a figure."""
    with reading(settings, data) as reader:
        entries = reporting.wanted_entries(reader, entries_named, of)
        for line in (_json(as_data(entry)) for entry in entries) if as_json else as_lines(entries):
            typer.echo(line)


@app.command()
def state(settings: SettingsFile = None, data: DataFolder = None, as_json: AsJson = False) -> None:
    """Print the present: balances in minutes, members, needs, offers, duties, alarms."""
    folder = data or settings_from(settings).data.folder
    with reader_of(settings, data) as reader, reader.still():
        if not reader.present_is_as_written():
            fail("the present on this card is not as it was written; start the kiosk, which folds it anew")
        alarms = (*started_carefully(folder), *read_status(folder))
        shown = present(restore(reader.tables()), SystemClock().now(), alarms)
        shown |= {"entries": reader.last_number, "device": reader.device, "copy": told_of_copy(folder)}
    if as_json:
        typer.echo(_json(shown))
        return
    for line in present_lines(shown):
        typer.echo(line)


@app.command()
def charter(settings: SettingsFile = None, data: DataFolder = None, as_json: AsJson = False) -> None:
    """Print the numbers the shop lives by: what each is, since when, and by which vote."""
    chosen = settings_from(settings)
    language = "en" if as_json else chosen.shop.language
    with reading(settings, data) as reader, reader.still(), speaking(language):
        told = written_charter(restore(reader.tables()), reader.find)
        lines = [_json(each) for each in told] if as_json else list(charter_lines(told))
    for line in lines:
        typer.echo(line)


@app.command()
def minutes(
    settings: SettingsFile = None,
    data: DataFolder = None,
    circle: Annotated[int | None, typer.Option("--circle", metavar="N", help="Which circle; the latest.")] = None,
) -> None:
    """Print the minutes of a circle in plain words, in the shop's language."""
    with reading(settings, data) as reader, speaking(settings_from(settings).shop.language):
        told = written_minutes(reader.all_entries(), circle)
    if told is None:
        fail(f"there was no circle {circle}" if circle is not None else "there was no circle yet")
    for part in told:
        typer.echo(textwrap.fill(part, 80) + "\n")


@app.command()
def photo(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A photo of the whiteboard, JPEG or PNG.")],
    settings: SettingsFile = None,
    data: DataFolder = None,
) -> None:
    """Bring a photo to the kiosk. It waits there until many hands say that it belongs to the circle."""
    folder = data or settings_from(settings).data.folder
    reader_of(settings, data).close()
    try:
        with file.open("rb") as opened:
            brought = opened.read(LARGEST + 1)
    except OSError as trouble:
        fail(f"{file} can't be read: {trouble.strerror}", BAD_USE)
    try:
        taken = take_in(brought, folder)
    except OSError as trouble:
        fail(f"{trouble.filename or folder} can't be written: {trouble.strerror}")
    if isinstance(taken, NoPhoto):
        fail(f"{file} is not taken in: {taken.words}", BAD_USE)
    typer.echo(taken)
    typer.echo(f"{file} waits at the kiosk, for many hands", err=True)


@print_app.command("cards")
def cards(
    settings: SettingsFile = None,
    data: DataFolder = None,
    output: Annotated[Path, typer.Option("--output", "-o", metavar="FILE", help="The PDF to write.")] = Path(
        "cards.pdf"
    ),
    handle: Annotated[
        list[str] | None,
        typer.Option("--handle", metavar="NAME", help="A card for this name; may be said several times."),
    ] = None,
    blank: Annotated[int, typer.Option("--blank", min=0, max=500, help="How many cards without a name.")] = 0,
    force: Annotated[bool, typer.Option("--force", help="Write over a file that is there.")] = False,
    codes: Annotated[bool, typer.Option("--codes", help="Also print each name and code, a line each.")] = False,
) -> None:
    """Make a sheet (PDF) of cards with name and QR code: one for every member, or those you name.

    A fresh card opens nothing: at the kiosk, many hands make it somebody's ("people and badges", "a new badge").
    """
    from kiosk.reports.cards import Card, print_cards  # as for posters: only paper needs it

    chosen = settings_from(settings)
    if output.exists() and not force:
        fail(
            f"{output} is there already, perhaps with somebody's keys; name another with --output, or say --force",
            BAD_USE,
        )
    members = _members(data or chosen.data.folder, needed=not (handle or blank))
    names = [*(handle or ([] if blank else members)), *[""] * blank]
    for name in sorted({name for name in names if name} - set(members)):
        typer.echo(f"kiosk: nobody in the record is called {name}; the card is printed all the same", err=True)
    sheet = [Card(handle=name, code=new_code()) for name in names]
    try:
        with speaking(chosen.shop.language):
            print_cards(sheet, chosen.shop.name, output)
    except OSError as trouble:
        fail(f"{output} can't be written: {trouble.strerror}")
    if codes:
        for card in sheet:
            typer.echo(f"{card.code}  {card.handle}".rstrip())
    count = "1 card" if len(sheet) == 1 else f"{len(sheet)} cards"
    typer.echo(f"{count} in {output}; a card opens something only after many hands at the kiosk", err=True)


def _members(folder: Path, *, needed: bool) -> list[str]:
    """Who belongs to the shop. Without a record nobody does; where somebody is needed, that is said, and out."""
    try:
        with Reader.open(folder) as reader:
            return [member.handle for member in restore(reader.tables()).present()]
    except NoRecordError as missing:
        if needed:
            fail(f"{missing} For cards without a name say --blank 10.", BAD_USE)
        return []
    except StoreError as trouble:
        fail(str(trouble))


@settings_app.command("check")
def check(settings: SettingsFile = None) -> None:
    """Say what is wrong in the settings: path, line and fault; or that all is well."""
    path = settings or default_path()
    settings_from(settings)
    if path is None:
        typer.echo(
            f"there is no settings file: none was named with --settings or in KIOSK_SETTINGS, and there is no "
            f"{SYSTEM_FILE}. All is as it comes, and no devices are set: no reader, no scanner, no buttons. "
            f"An example lies at {EXAMPLE_FILE}."
        )
        return
    looks = worth_a_look(path)
    for each in looks:
        typer.echo(f"{each.path}:{each.line}: worth a look: {each.what}")
    typer.echo(f"{path}: nothing is wrong" if looks else f"{path}: all is well")


def _json(data: dict[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False)


def main() -> None:
    """Run the command line; a reader that has gone away (`| head`) is no fault."""
    try:
        app()
    except BrokenPipeError:
        sys.stderr.close()
        raise SystemExit(FAILED) from None


if __name__ == "__main__":
    main()
