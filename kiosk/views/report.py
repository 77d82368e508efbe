"""An audit or a ledger, a page at a time: at the kiosk, and by turns on a large wall when a month has begun."""

import json
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from msgspec.structs import replace

from kiosk import tongue
from kiosk.amounts import EntryId
from kiosk.chart import AnyChart
from kiosk.counted import Counted
from kiosk.events import (
    HOURS,
    ConcessionWon,
    Entry,
    Found,
    NumberSaid,
    ProjectProposed,
    ReformNoted,
    RoundOpened,
    TaskTaken,
)
from kiosk.faces import Choice, Face, Line, ListFace, Reckoned, ReportFace, ReportPage, TroubleFace
from kiosk.figures import LINES, SO_FAR, TITLES, Audit, Figure, Ledger, Name, Row, Section
from kiosk.figures.numbers import Behind
from kiosk.periods import is_quarter
from kiosk.tongue import phrase, plural
from kiosk.views.charts import MOST, charts
from kiosk.views.figures import (
    NOTHING,
    column_word,
    head_of,
    late_of,
    month_word,
    note_of,
    said,
    title_of,
    value_of,
    words_of,
)
from kiosk.views.lines import line, sentence
from kiosk.views.scene import Scene, frame, paged
from kiosk.visit.places import Visit
from kiosk.visit.report_places import BehindFigure, OnSheet, ReportPlace, Sort
from kiosk.words import capital, local, period_word

ROWS, ROWS_ON_WALL = 3, 6
"""Figures on a page: at the kiosk a finger finds each, on the wall they are only read."""

CHART_ROWS = 5
"""Of a chart at the kiosk."""

ENTRIES = 4
"""Entries on a page."""

MOST_MADE = 12

HANGS = timedelta(days=7)
"""How long after the end of a month or a quarter its report takes turns on a large wall."""

TURN, TURNS_OF_THE_WALL = 20_000, 2
"""Milliseconds that a page of a report is on the wall, and how many of these the wall itself has in between."""

CHARTED = {
    "hours": "kinds",
    "share": "share",
    "goods": "goods",
    "reforms": "won",
    "won": "won",
    "duties": "turnover",
    "dissent": "dissent",
}
"""The chart beside a section's figures."""


def pages_of(report: Audit | Ledger, trend: Sequence[Audit], rows: int = ROWS) -> tuple[ReportPage, ...]:
    """All pages of a report, in the language spoken, with so many figures on each: what is nothing has none."""
    whole = report.whole if isinstance(report, Ledger) else report
    most = CHART_ROWS if rows == ROWS else MOST
    drawn: dict[str, AnyChart] = {chart.name: chart for chart in charts(whole, trend, most) if not chart.none}
    head = head_of(report)
    found = [page for section in whole.sections for page in _section(head, report, section, drawn, rows)]
    if not found:
        none = phrase("The record tells nothing of these days.")
        return (ReportPage(head, phrase("Nothing yet"), none=none),)
    late = late_of(whole)
    return tuple(replace(page, page=(number, len(found)), late=late) for number, page in enumerate(found, 1))


def _section(
    head: str, report: Audit | Ledger, section: Section, drawn: dict[str, AnyChart], most: int
) -> Iterator[ReportPage]:
    rows = tuple(_ledger_rows(report, section) if isinstance(report, Ledger) else _audit_rows(section))
    for start in range(0, len(rows), most):
        yield ReportPage(
            head,
            title_of(section),
            note_of(section.key),
            rows[start : start + most],
            drawn.get(CHARTED.get(section.key, "")),
        )


def _ordered(figures: Sequence[Figure]) -> list[Figure]:
    """The sum first, then its parts from the largest, then what else there is."""
    standings = ("sum", "part", "beside")
    keys = [key for _, key in LINES]

    def place(each: Figure) -> tuple[int, int, int]:
        return standings.index(each.standing), -abs(each.value or 0) if each.what else 0, keys.index(each.key)

    return sorted(figures, key=place)


def _audit_rows(section: Section) -> Iterator[Reckoned]:
    for figure in _ordered([each for each in section.figures if each.value]):
        words, value, more = said(figure)
        yield Reckoned(words, value, more, _key(figure.name) if figure.entries else "", figure.standing == "sum")


def _ledger_rows(ledger: Ledger, section: Section) -> Iterator[Reckoned]:
    rows = {
        row.name: row for row in ledger.rows(section.key) if any(each and each.value for each in row.figures[:-1])
    }
    for figure in _ordered([row.some for row in rows.values()]):
        row = rows[figure.name]
        whole = ledger.whole.find(row.name)
        behind = _key(row.name) if whole and whole.entries else ""
        yield Reckoned(words_of(row.name), value_of(whole), _columns(ledger, row), behind, figure.standing == "sum")


def _columns(ledger: Ledger, row: Row) -> str:
    """The other columns, with what each is: months by their name alone, as the head says of which year they are."""
    others = [
        (audit, figure)
        for audit, figure in zip(ledger.columns, row.figures, strict=True)
        if audit is not ledger.whole and value_of(figure) != NOTHING
    ]
    return " · ".join(
        phrase("{period}: {value}", period=_column(audit.period), value=value_of(figure))
        for audit, figure in others
    )


def _column(period: str) -> str:
    alone = period == SO_FAR or is_quarter(period)
    return column_word(period) if alone else month_word(period)


def _key(name: Name) -> str:
    return ":".join(("figure", json.dumps(list(name), ensure_ascii=False)))


# --- at the kiosk -----------------------------------------------------------------------------------------


def report(visit: Visit, place: ReportPlace, scene: Scene) -> Face:
    """A page of the latest audit or ledger."""
    if scene.counted is None:
        return TroubleFace(
            frame=frame(visit, scene, ""),
            words=phrase("Still counting"),
            mend=phrase("The figures of the last month are here in a minute."),
            icon="clock",
        )
    pages = _pages(place.sort, scene.counted)
    page = pages[place.page % len(pages)]
    charted = page.chart is not None
    if place.chart:
        page = replace(page, rows=() if charted else page.rows)
    other: Sort = "ledger" if place.sort == "audit" else "audit"
    words = phrase("the quarter") if other == "ledger" else phrase("the month")
    return ReportFace(
        frame=frame(visit, scene, page.title),
        told=page,
        page=page.page,
        choices=(
            *((_picture_or_figures(place),) if charted else ()),
            Choice(key=f"report:{other}", words=words, icon="list"),
            *_held(place, scene, scene.counted),
        ),
    )


def _held(place: ReportPlace, scene: Scene, counted: Counted) -> tuple[Choice, ...]:
    """That it was read aloud, which two badges say; nothing where they have."""
    period = counted.audit.period if place.sort == "audit" else counted.ledger.period
    if period in scene.state.held.get(place.sort, ()):
        return ()
    words = phrase("read aloud: two tap")
    return (Choice(key=f"held:{period}", words=words, icon="people", tone="strong"),)


def _picture_or_figures(place: ReportPlace) -> Choice:
    words = phrase("the figures") if place.chart else phrase("the picture")
    return Choice(key="chart", words=words, icon="board")


_made: dict[tuple[Sort, int, str, int], tuple[ReportPage, ...]] = {}
"""Pages that were made, by what of and in which language: they are looked at many times."""


def _pages(sort: Sort, counted: Counted, rows: int = ROWS) -> tuple[ReportPage, ...]:
    name = (sort, id(counted), tongue.language(), rows)
    if name not in _made:
        if len(_made) > MOST_MADE:
            _made.clear()
        _made[name] = (
            pages_of(counted.audit, counted.audit_trend, rows)
            if sort == "audit"
            else pages_of(counted.ledger, counted.ledger_trend, rows)
        )
    return _made[name]


def behind(visit: Visit, place: BehindFigure, scene: Scene) -> Face:
    """The entries that a figure comes from, the newest first."""
    name = Name(*place.name)
    title = capital(words_of(name)) if (name.section, name.key) in LINES else ""
    entries = _entries(name, place.sort, scene.counted)
    shown, page = paged(tuple(reversed(entries)), place.page, ENTRIES)
    found = [entry for entry in map(scene.find, shown) if entry is not None]
    return ListFace(
        frame=frame(visit, scene, title),
        lines=tuple(_line(each, scene) for each in found),
        page=page,
        empty=phrase("No entry is behind this figure."),
        words="",
    )


def on_sheet(visit: Visit, place: OnSheet, scene: Scene) -> Face:
    """The entries that a code on a sheet names, the newest first."""
    behind = place.behind
    entries = place.known if behind.entries else _of_section(behind, scene.counted)
    shown, page = paged(tuple(reversed(entries)), place.page, ENTRIES)
    found = [entry for entry in map(scene.find, shown) if entry is not None]
    empty = phrase("The record has no such entries. The sheet may be of another shop.")
    if not behind.entries:
        empty = phrase(
            "Only the last month and quarter are at hand here. The numbers on the sheet name the entries."
        )
    return ListFace(
        frame=frame(visit, scene, _named_on_sheet(behind, len(entries))),
        lines=tuple(_line(each, scene) for each in found),
        page=page,
        empty=empty,
        words="",
    )


def _named_on_sheet(behind: Behind, count: int) -> str:
    if behind.entries and not count:
        return phrase("A code from a sheet")
    if behind.entries:
        return plural("From the sheet: {n} entry", "From the sheet: {n} entries", count)
    title = phrase(TITLES[behind.section])
    return phrase("{report}: {period}", report=title, period=period_word(behind.period))


def _of_section(behind: Behind, counted: Counted | None) -> tuple[EntryId, ...]:
    """The entries of a section, as far as that month or quarter is counted at hand."""
    whole = counted.ledger if counted else None
    columns = (*whole.columns[:-1], counted.audit, counted.running) if counted and whole else ()
    audit = next((each for each in columns if each and each.period == behind.period), None)
    figures = audit.section(behind.section).figures if audit else ()
    return tuple(dict.fromkeys(entry for figure in figures for entry in figure.entries))


def _line(found: Found, scene: Scene) -> Line:
    """An entry of any kind, as a sentence."""
    drawn = line(found, scene)
    icon = drawn.icon if isinstance(found.entry.event, HOURS) else "list"
    words = sentence(_worded(found.entry, scene))
    return Line(key=drawn.key, who=words, amount="", work="", when=drawn.when, icon=icon, mark=drawn.mark)


_ABOUT = ("round", "project", "purchase", "decision", "task", "number")
"""Fields in which an event names an older entry; on a screen that is called by its words."""


def _worded(entry: Entry, scene: Scene) -> Entry:
    """The entry with words in the place of names of entries; to be read, and never to be kept."""
    named = {name: getattr(entry.event, name, None) for name in _ABOUT}
    known = {name: words for name, old in named.items() if isinstance(old, str) and (words := _words(old, scene))}
    return replace(entry, event=replace(entry.event, **known)) if known else entry


def _words(name: str, scene: Scene) -> str:
    found = scene.find(EntryId(name))
    match found.entry.event if found else None:
        case RoundOpened(question=words) | ProjectProposed(title=words) | TaskTaken(words=words):
            return f"“{words}”"
        case NumberSaid(what=words) | ConcessionWon(what=words) | ReformNoted(what=words):
            return f"“{words}”"
    return ""


def _entries(name: Name, sort: Sort, counted: Counted | None) -> tuple[EntryId, ...]:
    if counted is None:
        return ()
    found = (counted.audit if sort == "audit" else counted.ledger.whole).find(name)
    return found.entries if found else ()


# --- on the wall ------------------------------------------------------------------------------------------


def report_on_wall(scene: Scene) -> ReportPage | None:
    """The page whose turn it is; None in the turns of the wall, and once the month has begun long ago."""
    counted = scene.counted
    if counted is None or scene.state.circle is not None:
        return None
    sorts = hanging(scene)
    turn, place = divmod(scene.now.wall // TURN, TURNS_OF_THE_WALL + 1)
    if not sorts or place < TURNS_OF_THE_WALL:
        return None
    pages = [page for sort in sorts for page in first_pages(_pages(sort, counted, ROWS_ON_WALL))]
    return pages[turn % len(pages)]


def hanging(scene: Scene) -> tuple[Sort, ...]:
    """The reports that take turns with the wall: those of a month or a quarter that ended lately."""
    counted, today = scene.counted, local(scene.now).date()
    if counted is None:
        return ()
    ended: dict[Sort, date] = {"audit": counted.audit.last, "ledger": counted.ledger.whole.last}
    return tuple(sort for sort, last in ended.items() if timedelta() < today - last <= HANGS)


def first_pages(pages: Sequence[ReportPage]) -> list[ReportPage]:
    """One of each section: whoever wants all of it looks at the kiosk, or at the sheet."""
    return list({page.title: page for page in reversed(pages)}.values())[::-1]
