"""The commands for what the shop reads aloud about itself: `kiosk report audit`, `ledger`, `potluck`, `autopsy`."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import partial
from pathlib import Path
from typing import Annotated, NamedTuple

import typer

from kiosk import periods
from kiosk.amounts import EntryId
from kiosk.clock import SystemClock
from kiosk.command_line import (
    BAD_USE,
    DataFolder,
    Force,
    SettingsFile,
    bar,
    fail,
    hand_on,
    reading,
    settings_from,
    spare,
)
from kiosk.counted import Counted, called, write_charts, write_counted
from kiosk.events import Entry
from kiosk.figures import TITLES, Audit, Ledger
from kiosk.figures.numbers import UnreadableError, spelled_out
from kiosk.reports import autopsy as taken_apart
from kiosk.reports import gathered
from kiosk.reports import potluck as looked_back
from kiosk.reports.plain_report import as_lines
from kiosk.reports.report_files import as_csv, as_json
from kiosk.state import restore
from kiosk.store import Reader
from kiosk.tongue import speaking
from kiosk.views.report import ROWS_ON_WALL, pages_of
from kiosk.words import local

report_app = typer.Typer(help="What the shop reads aloud about itself.", no_args_is_help=True)

ON_THE_WALL = (620.0, 400.0, 20.0)
"""How wide and high a chart is on the page of the wall, and how large its letters, in its units."""

Language = Annotated[str | None, typer.Option("--language", metavar="CODE", help="Of the charts.")]
Pdf = Annotated[Path | None, typer.Option("--pdf", metavar="FILE", help="Write the sheet, to print.")]
Csv = Annotated[
    Path | None, typer.Option("--csv", metavar="FILE", help="Write the figures as a table; - prints it.")
]
Json = Annotated[
    Path | None, typer.Option("--json", metavar="FILE", help="Write the figures as JSON; - prints it.")
]
Month = Annotated[
    str | None, typer.Option("--period", metavar="MONTH", help="As 2026-11; without it the last whole month.")
]
Quarter = Annotated[
    str | None, typer.Option("--period", metavar="QUARTER", help="As 2026-Q4; without it the last whole quarter.")
]


@report_app.command("audit")
def audit(
    settings: SettingsFile = None,
    data: DataFolder = None,
    period: Month = None,
    pdf: Pdf = None,
    csv: Csv = None,
    json: Json = None,
    force: Force = False,
) -> None:
    """A month in figures: print it, or write it as a sheet (PDF) and as files. Each figure names its entries."""
    month = _period(period or _last_month(), quarter=False)
    with reading(settings, data) as reader, reader.still():
        trend = gathered.audits(reader, gathered.trend_of(month) if pdf else (month,))
        _say_where_it_lies(reader, month)
    _hand_on(_told(trend[-1], trend), settings, Files(pdf, csv, json), force=force)


@report_app.command("ledger")
def ledger(
    settings: SettingsFile = None,
    data: DataFolder = None,
    period: Quarter = None,
    pdf: Pdf = None,
    csv: Csv = None,
    json: Json = None,
    force: Force = False,
) -> None:
    """A quarter in figures: its months side by side, the quarter before, and all so far."""
    quarter = _period(period or _last_quarter(), quarter=True)
    with reading(settings, data) as reader, reader.still():
        with bar("reading the record", reader.last_number) as passed:
            found = gathered.ledger(reader, quarter, passed=passed)
        trend = gathered.audits(reader, gathered.trend_of(quarter)) if pdf else ()
        _say_where_it_lies(reader, quarter)
    _hand_on(_told(found, tuple(trend)), settings, Files(pdf, csv, json), force=force)


@report_app.command("potluck")
def potluck(
    settings: SettingsFile = None,
    data: DataFolder = None,
    period: Month = None,
    pdf: Pdf = None,
    csv: Csv = None,
    json: Json = None,
    force: Force = False,
) -> None:
    """What was said at a month's potluck, and the numbers of that evening: printed, as a sheet (PDF), as files."""
    month = _period(period or _last_month(), quarter=False)
    with reading(settings, data) as reader, reader.still():
        found = looked_back.potluck(reader, month)
        _say_where_it_lies(reader, month)

    def sheet(shop: str, at: Path) -> None:
        from kiosk.reports.meeting_sheet import print_potluck

        print_potluck(found, shop, at)

    told = Told(
        partial(looked_back.as_lines, found),
        sheet,
        partial(looked_back.as_json, found),
        partial(looked_back.as_csv, found),
    )
    _hand_on(told, settings, Files(pdf, csv, json), force=force)


@report_app.command("autopsy")
def autopsy(
    settings: SettingsFile = None,
    data: DataFolder = None,
    period: Quarter = None,
    pdf: Pdf = None,
    json: Json = None,
    force: Force = False,
) -> None:
    """Who did what in a quarter, how concentrated that was, who benefits, and what was turned round."""
    quarter = _period(period or _last_quarter(), quarter=True)
    with reading(settings, data) as reader, reader.still():
        state = restore(reader.tables())
        found = taken_apart.autopsy(state, reader.of_kinds(taken_apart.SAID, 0), quarter)
        _say_where_it_lies(reader, quarter)
    if taken_apart.forgotten(state, quarter):
        fail(f"{quarter} is longer ago than routines are counted; `kiosk record --json` has all of it", BAD_USE)

    def sheet(shop: str, at: Path) -> None:
        from kiosk.reports.meeting_sheet import print_autopsy

        print_autopsy(found, shop, at)

    told = Told(partial(taken_apart.as_lines, found), sheet, partial(taken_apart.as_json, found))
    _hand_on(told, settings, Files(pdf, None, json), force=force)


@report_app.command("keep", hidden=True)
def keep(data: DataFolder = None, settings: SettingsFile = None, language: Language = None) -> None:
    """Count the last whole month and quarter, and the month that runs, for the kiosk and the wall; keep that beside
    the record."""
    folder = data or settings_from(settings).data.folder
    with reading(settings, data) as reader, reader.still():
        counted = gathered.counted(reader, _today())
    write_counted(folder, counted)
    with speaking(language or settings_from(settings).shop.language):
        _keep_charts(folder, counted)


def _keep_charts(folder: Path, counted: Counted) -> None:
    from kiosk.reports.drawing import PAPER, Looks, as_svg

    looks = Looks(*ON_THE_WALL, ground=PAPER)
    pages = (
        *pages_of(counted.audit, counted.audit_trend, ROWS_ON_WALL),
        *pages_of(counted.ledger, counted.ledger_trend, ROWS_ON_WALL),
    )
    found = {called(page.chart): page.chart for page in pages if page.chart is not None}
    write_charts(folder, {name: as_svg(chart, looks) for name, chart in found.items()})


def _last_month() -> str:
    return periods.before(periods.month_of(_today()))


def _last_quarter() -> str:
    return periods.before(periods.quarter_of(_today()))


def _today() -> date:
    return local(SystemClock().now()).date()


def _period(text: str, *, quarter: bool) -> str:
    """A month or a quarter as it was wished, or one line that says what is wrong with it, and out."""
    try:
        periods.first_day(text)
    except ValueError as fault:
        fail(str(fault), BAD_USE)
    if periods.is_quarter(text) != quarter:
        fail(f"{text!r} is no {'quarter like 2026-Q4' if quarter else 'month like 2026-11'}", BAD_USE)
    return text


def _say_where_it_lies(reader: Reader, period: str) -> None:
    """One line, where the record has not begun in a month or a quarter yet, or ends before it."""
    if not reader.last_number:
        return
    ends = [next(reader.entries(after)) for after in (0, reader.last_number - 1)]
    first, last = (_as_long_as(period, local(entry.moment).date()) for entry in ends)
    if period < first:
        typer.echo(f"kiosk: the record begins in {first} only; say --period {first}", err=True)
    elif period > last:
        typer.echo(f"kiosk: the record ends in {last}; say --period {last}", err=True)


def _as_long_as(period: str, day: date) -> str:
    """The month that a day is in, or the quarter where the other is one."""
    return periods.quarter_of(day) if periods.is_quarter(period) else periods.month_of(day)


class Told(NamedTuple):
    """The ways in which a report can be told; each makes it only when it is wished."""

    lines: Callable[[], Iterable[str]]
    sheet: Callable[[str, Path], None]
    json: Callable[[str], str]
    csv: Callable[[], str] | None = None


class Files(NamedTuple):
    """Where it is to be written; None, and it is not."""

    pdf: Path | None
    csv: Path | None
    json: Path | None


def _told(report: Audit | Ledger, trend: tuple[Audit, ...]) -> Told:
    def sheet(shop: str, at: Path) -> None:
        from kiosk.reports.report_sheet import print_report  # paper and charts take a second to import

        print_report(report, trend, shop, at)

    return Told(partial(as_lines, report), sheet, partial(as_json, report), partial(as_csv, report))


def _hand_on(told: Told, settings: Path | None, files: Files, *, force: bool) -> None:
    """Write what was wished; print the report where nothing was."""
    shop = settings_from(settings).shop
    pdf, csv, json = files
    with speaking(shop.language):
        if csv and told.csv:
            hand_on(told.csv(), _file(csv), force=force)
        if json:
            hand_on(told.json(shop.name), _file(json), force=force)
        if pdf:
            _written(pdf, lambda: told.sheet(shop.name, pdf), force=force)
        if not any(files):
            for line in told.lines():
                typer.echo(line)


def _file(path: Path) -> Path | None:
    """Where to write; None, to print it, for "-"."""
    return None if str(path) == "-" else path


def _written(pdf: Path, write: Callable[[], None], *, force: bool) -> None:
    """Write a sheet, or say in one line why it can't be written, and out."""
    spare(pdf, force=force)
    try:
        write()
    except OSError as trouble:
        fail(f"{pdf} can't be written: {trouble.strerror}")
    typer.echo(f"the sheet is in {pdf}", err=True)


# --- the entries behind a figure --------------------------------------------------------------------------

EntriesNamed = Annotated[
    str | None,
    typer.Option("--entries", metavar="NUMBERS", help="Only these, as a sheet names them: k3f9/12,17,20-25."),
]
OfSection = Annotated[
    str | None,
    typer.Option("--of", metavar="PERIOD/SECTION", help="Only those behind a section of a report: 2026-11/hours."),
]


def wanted_entries(reader: Reader, named: str | None, of: str | None) -> Iterable[Entry]:
    """All entries of a record, or only those that were asked for; or one line that says why not, and out."""
    if named is not None and of is not None:
        fail("say either --entries or --of", BAD_USE)
    if of is not None:
        return _found(reader, _behind(reader, of))
    if named is None:
        return reader.all_entries()
    try:
        return _found(reader, spelled_out(named))
    except UnreadableError as fault:
        fail(str(fault), BAD_USE)


def _found(reader: Reader, names: Iterable[EntryId]) -> Iterator[Entry]:
    for name in names:
        found = reader.find(name)
        if found is None:
            fail(f"there is no entry {name}")
        yield found.entry


def _behind(reader: Reader, of: str) -> list[EntryId]:
    """The names of the entries that a section of a report comes from."""
    period, _, section = of.partition("/")
    if section not in TITLES:
        known = ", ".join(TITLES)
        fail(f"{of!r} is no section of a report; one is called like 2026-11/hours. There are: {known}", BAD_USE)
    try:
        (audit,) = gathered.audits(reader, [period])
    except ValueError as fault:
        fail(str(fault), BAD_USE)
    figures = audit.section(section).figures
    found = dict.fromkeys(entry for figure in figures for entry in figure.entries)
    return sorted(found, key=lambda name: (name.rpartition("/")[0], int(name.rpartition("/")[2])))
