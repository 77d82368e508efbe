"""An audit or a ledger on sheets of A4: figures, where each comes from, and charts. Legible in black and white.

Beside a section stands a code. It says the command that prints the entries behind it, with their numbers, or, where
these are too many for a code, which section of which report is meant. Measures are millimetres, letters points.
"""

import io
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from fpdf import FPDF

from kiosk.amounts import EntryId
from kiosk.chart import AnyChart, BarChart, DotChart
from kiosk.figures import Audit, Figure, Ledger, Row, Section
from kiosk.figures.numbers import Behind, in_short
from kiosk.reports.drawing import Looks, as_svg
from kiosk.reports.paper import (
    FONTS,
    INK,
    LINE,
    POINT,
    SHEET_HEIGHT,
    SHEET_WIDTH,
    SOFT,
    across,
    broken,
    choose,
    draw_code,
    line_high,
    new_paper,
    printable,
    put,
    write_line,
)
from kiosk.tongue import DIRECTING, language, phrase, plural, right_to_left, speaking
from kiosk.views.charts import charts
from kiosk.views.figures import (
    column_word,
    days_of,
    doubt_of,
    head_of,
    late_of,
    note_of,
    said,
    title_of,
    value_of,
    words_of,
)

MARGIN = 18.0
ROOM = SHEET_WIDTH - 2 * MARGIN
BOTTOM = SHEET_HEIGHT - 20.0

TINY, SMALL, TEXT, HEAD, LARGE = 8, 10, 12, 15, 26
"""Points; the sizes that there are."""

CODE, SMALL_CODE = 22.0, 16.0
"""Of the code beside a section; that of a ledger says less, and its tables begin below it."""

TEXT_ROOM = ROOM - CODE - 6
"""Beside a code."""

GAP = 7.0
"""Between two sections."""

_TOP_AGAIN = MARGIN + 7.0
_CHART_HIGH = 56.0
_ROW_HIGH, _AROUND_ROWS = 6.4, 15.0

_TOGETHER = 150.0
"""A section that is no higher is not parted."""

KEPT = 3
"""Blocks of a section that is parted: its first ones stay with its title, and no fewer are carried over."""

_ABOVE_TITLE, _BELOW_TITLE = 2.5, 1.5

AIR = (1.0, 0.7, 0.45)
"""How much of the room between things is left, to spare a last sheet that is nearly empty."""

HALF = SHEET_HEIGHT / 2

MOST_IN_A_CODE = 120
"""Signs that a code of this size holds so that it is read from paper."""

MOST_LINES = 3
"""Of numbers of entries under a figure."""

BELONGS: Mapping[str, str] = {
    "kinds": "hours",
    "share": "share",
    "goods": "goods",
    "won": "reforms",
    "turnover": "duties",
    "dissent": "dissent",
}
"""The section that each chart stands under, by its name."""


class Sheet:
    """Paper, and how far it is written on. air: how much of the room between things is left, 1 for all."""

    def __init__(self, paper: FPDF, again: str, air: float = AIR[0]) -> None:
        self.paper = paper
        self.y = MARGIN
        self.air = air
        self._again = again
        paper.add_page()

    @property
    def nearly_empty(self) -> bool:
        """Whether the last of several sheets is not even half written on."""
        return len(self.paper.pages) > 1 and self.y < HALF

    def needs(self, high: float) -> bool:
        """Whether a new sheet had to be begun for so much; never for what no sheet would hold."""
        if self.y + high <= BOTTOM or (self.y <= _TOP_AGAIN and len(self.paper.pages) > 1):
            return False
        self.paper.add_page()
        write_line(self.paper, printable(self.paper, self._again), MARGIN, MARGIN - 4, ROOM, largest=SMALL)
        self.y = _TOP_AGAIN
        return True

    def line(self, words: str, size: int, *, style: str = "", soft: bool = False, room: float = ROOM) -> None:
        """A line and what it needs to be whole, over several if it is long."""
        for each in broken(self.paper, printable(self.paper, words), room, size, style):
            self.needs(line_high(size))
            self.paper.set_text_color(*(SOFT if soft else INK))
            choose(self.paper, size, style)
            put(self.paper, each, MARGIN, self.y, room, line_high(size))
            self.y += line_high(size)

    def rule(self) -> None:
        """A hair line."""
        self.paper.set_draw_color(*LINE)
        self.paper.set_line_width(0.3)
        self.paper.line(MARGIN, self.y, SHEET_WIDTH - MARGIN, self.y)


def print_report(
    report: Audit | Ledger, trend: Sequence[Audit], shop: str, path: Path, *, fonts: Path = FONTS
) -> None:
    """Write the sheets as a PDF. trend: the months that charts look back over, the oldest first.

    Raises OSError when the file cannot be written.
    """
    sheet = _laid_out(report, trend, shop, fonts, AIR[0])
    if sheet.nearly_empty:
        denser = (_laid_out(report, trend, shop, fonts, air) for air in AIR[1:])
        sheet = next((each for each in denser if len(each.paper.pages) < len(sheet.paper.pages)), sheet)
    number_sheets(sheet.paper)
    path.write_bytes(bytes(sheet.paper.output()))


def _laid_out(report: Audit | Ledger, trend: Sequence[Audit], shop: str, fonts: Path, air: float) -> Sheet:
    paper = new_paper(fonts)
    paper.set_text_shaping(True, direction="rtl" if right_to_left() else "ltr")
    head = head_of(report)
    paper.set_title(head.translate(DIRECTING))
    whole = report.whole if isinstance(report, Ledger) else report
    sheet = Sheet(paper, joined(shop, head), air)
    empty = [section for section in whole.sections if _is_empty(report, section)]
    draw_head(sheet, shop, head, days_of(whole))
    _draw_notes(sheet, whole, empty)
    drawn = {BELONGS[chart.name]: chart for chart in charts(whole, trend)}
    draw = _ledger_section(sheet, report) if isinstance(report, Ledger) else audit_section(sheet, report)
    for section in whole.sections:
        if section in empty:
            continue
        chart = drawn.get(section.key)
        draw(section, None if chart is None or chart.none else chart)
        sheet.y += GAP * air
    return sheet


def _is_empty(report: Audit | Ledger, section: Section) -> bool:
    """Whether there is nothing to show; of a ledger in none of its columns."""
    if isinstance(report, Ledger):
        return all(each.section(section.key).empty for each in report.columns[:-1])
    return section.empty


def draw_head(sheet: Sheet, shop: str, head: str, days: str) -> None:
    """What it is and of when."""
    paper = sheet.paper
    write_line(paper, printable(paper, shop), MARGIN, sheet.y, ROOM, largest=HEAD, style="B")
    sheet.y += line_high(HEAD) + 3
    write_line(paper, printable(paper, head), MARGIN, sheet.y, ROOM, largest=LARGE, style="B")
    sheet.y += line_high(LARGE) + 1
    sheet.line(days, TEXT, soft=True)
    sheet.y += 3


def draw_how_to_read(sheet: Sheet) -> None:
    """What the numbers below a figure are, and the codes."""
    words = phrase(
        "Every figure names its entries of the record. Hold a code to the kiosk’s scanner, and it shows them."
    )
    sheet.line(words, SMALL, soft=True)


def _draw_notes(sheet: Sheet, audit: Audit, empty: Iterable[Section]) -> None:
    """What came after it was read, how it is to be read, and what it has nothing to say of."""
    if late_of(audit):
        sheet.line(late_of(audit), TEXT)
        sheet.y += 2
    draw_how_to_read(sheet)
    titles = [title_of(section) for section in empty]
    nothing = phrase("Nothing in the record: {sections}.", sections=" · ".join(titles)) if titles else ""
    for each in filter(None, (nothing, doubt_of(audit))):
        sheet.line(each, SMALL, soft=True)
    sheet.y += GAP


# --- a month ----------------------------------------------------------------------------------------------


DrawSection = Callable[[Section, AnyChart | None], None]
"""Draws a section, and a chart under it."""


def audit_section(sheet: Sheet, audit: Audit) -> DrawSection:
    """What draws a section of a month."""

    def draw(section: Section, chart: AnyChart | None = None) -> None:
        blocks = [_figure(sheet, figure) for figure in section.figures if figure.value]
        under = chart_under(sheet, chart, CODE)
        began = begin(
            sheet, title_of(section), _command(audit, section), [*blocks, *under], note=note_of(section.key)
        )
        stack(sheet, [*blocks, *under], began)
        end(sheet, began)

    return draw


class Block(NamedTuple):
    """Something that stays on one sheet: how high it is, and what draws it.

    whole: whether it needs all the width, so that it must not begin beside the section's code.
    """

    high: float
    draw: Callable[[], None]
    whole: bool = False


def stack(sheet: Sheet, blocks: Sequence[Block], began: "Began", again: Callable[[], None] = lambda: None) -> None:
    """One below the other; where they go on on another sheet, so many that none stands there alone.

    again: what is drawn above them there.
    """
    for place, block in enumerate(blocks):
        rest = blocks[place:]
        if sheet.needs(sum(each.high for each in rest) if len(rest) <= KEPT else block.high):
            again()
        if block.whole:
            end(sheet, began)
        block.draw()


def chart_under(sheet: Sheet, chart: AnyChart | None, beside: float = 0) -> list[Block]:
    """A chart as the last block of a section. beside: how high a code may be that it has to keep clear of."""
    if chart is None:
        return []
    high = _head_high(chart) + _high(chart)
    return [Block(high, lambda: draw_chart(sheet, chart), whole=beside > 0)]


class Began(NamedTuple):
    """Where a section began: the sheet, and where its code ends there."""

    page: int
    code_ends: float


def begin(
    sheet: Sheet,
    title: str,
    command: str,
    blocks: Sequence[Block],
    code: float = CODE,
    note: str = "",
    above: float = 0,
) -> Began:
    """The title of a section, its note, and its code on the other side. blocks: what comes below.

    command: what the code says; "" where there is none. above: how high what stands between it and the blocks is.
    """
    room = TEXT_ROOM if command else ROOM
    titles = broken(sheet.paper, printable(sheet.paper, title), room, HEAD, "B")
    notes = broken(sheet.paper, printable(sheet.paper, note), room, TINY) if note else []
    head = _ABOVE_TITLE + len(titles) * line_high(HEAD) + len(notes) * line_high(TINY) + _BELOW_TITLE
    head = (max(head, code + 1) if above else head) + above
    all_of_it = head + sum(block.high for block in blocks)
    first = head + sum(block.high for block in blocks[:KEPT])
    # Of fewer than six neither the first nor the last three stay together, unless all do.
    few = len(blocks) < 2 * KEPT and all_of_it <= BOTTOM - _TOP_AGAIN
    sheet.needs(max(code + 4 if command else 0, all_of_it if few or all_of_it < _TOGETHER else first))
    sheet.rule()
    sheet.y += _ABOVE_TITLE
    if command:
        draw_code(sheet.paper, command, MARGIN + ROOM - code, sheet.y - 1.5, code)
    began = Began(sheet.paper.page, sheet.y + code - 1 if command else 0)
    sheet.line(title, HEAD, style="B", room=room)
    if note:
        sheet.line(note, TINY, soft=True, room=room)
    sheet.y += _BELOW_TITLE
    return began


def end(sheet: Sheet, began: Began) -> None:
    """What comes next begins below the section's code."""
    if sheet.paper.page == began.page:
        sheet.y = max(sheet.y, began.code_ends)


def _command(audit: Audit, section: Section) -> str:
    """What prints the entries behind a section, and shows them at the kiosk's scanner."""
    entries = tuple(dict.fromkeys(entry for figure in section.figures for entry in figure.entries))
    named = str(Behind(entries)) if entries else ""
    if named and len(named) <= MOST_IN_A_CODE:
        return named
    return str(Behind((), audit.period, section.key))


def _figure(sheet: Sheet, figure: Figure) -> Block:
    """What it is and what it comes to; below, smaller, the numbers of its entries."""
    words, value, more = said(figure)
    bold = figure.standing == "sum"
    return told_block(sheet, words, value, _sources(sheet.paper, figure, more), bold=bold, size=TINY)


def words_block(sheet: Sheet, words: str, entries: Sequence[EntryId]) -> Block:
    """What somebody said; below, smaller, the numbers of the entries it is from."""
    numbers = in_short(entries).replace(",", ", ")
    sources = broken(sheet.paper, printable(sheet.paper, numbers), TEXT_ROOM, TINY) if entries else []
    return told_block(sheet, words, "", sources, size=TINY)


def told_block(
    sheet: Sheet, words: str, value: str, below: Sequence[str], *, size: int, bold: bool = False
) -> Block:
    """Words, and on the other side what they come to. below: soft lines of some size, broken already."""
    paper, style = sheet.paper, "B" if bold else ""
    choose(paper, TEXT, "B")
    wide = paper.get_string_width(printable(paper, value)) + 4
    lines = broken(paper, printable(paper, words), TEXT_ROOM - wide, TEXT, style)
    after = _AFTER * sheet.air

    def draw() -> None:
        for place, line in enumerate(lines):
            paper.set_text_color(*INK)
            choose(paper, TEXT, style)
            put(paper, line, MARGIN, sheet.y, TEXT_ROOM - wide, line_high(TEXT))
            if not place:
                choose(paper, TEXT, "B")
                put(paper, printable(paper, value), MARGIN, sheet.y, TEXT_ROOM, line_high(TEXT), align="R")
            sheet.y += line_high(TEXT)
        for line in below:
            paper.set_text_color(*SOFT)
            choose(paper, size)
            _put_names(paper, line, sheet.y, size)
            sheet.y += line_high(size)
        sheet.y += after

    return Block(len(lines) * line_high(TEXT) + len(below) * line_high(size) + after, draw)


_AFTER = 1.2
"""Below what belongs together."""


def _put_names(paper: FPDF, line: str, y: float, size: int) -> None:
    """Numbers of entries run from the left everywhere, as they are typed; words among them as words do."""
    written = right_to_left() and any(unicodedata.bidirectional(sign) in ("R", "AL") for sign in line)
    paper.set_text_shaping(True, direction="rtl" if written else "ltr")
    put(paper, line, MARGIN, y, TEXT_ROOM, line_high(size))
    paper.set_text_shaping(True, direction="rtl" if right_to_left() else "ltr")


def _sources(paper: FPDF, figure: Figure, more: str) -> list[str]:
    """The numbers of a figure's entries; of very many the first, the last, and how many they are."""
    numbers = in_short(figure.entries).replace(",", ", ")
    lines = broken(paper, printable(paper, joined(more, numbers)), TEXT_ROOM, TINY)
    if len(lines) <= MOST_LINES:
        return lines
    count = plural("{n} entry", "{n} entries", len(figure.entries))
    between = f"{figure.entries[0]} … {figure.entries[-1]}"
    return broken(paper, printable(paper, joined(more, joined(count, between))), TEXT_ROOM, TINY)


def joined(*parts: str) -> str:
    """What there is, with a dot between."""
    return " · ".join(filter(None, parts))


# --- a quarter --------------------------------------------------------------------------------------------

_WORDS_WIDE = 55.0


def _ledger_section(sheet: Sheet, ledger: Ledger) -> DrawSection:
    columns = ledger.columns
    wide = (ROOM - _WORDS_WIDE) / len(columns)
    heads = [
        broken(sheet.paper, printable(sheet.paper, column_word(each.period)), wide - 2, TINY) for each in columns
    ]
    above = max(map(len, heads)) * line_high(TINY) + 1

    def draw(section: Section, chart: AnyChart | None = None) -> None:
        rows = [row for row in ledger.rows(section.key) if any(each and each.value for each in row.figures)]
        command = str(Behind((), ledger.period, section.key))
        blocks = [*(_row(sheet, row, wide) for row in rows), *chart_under(sheet, chart)]
        began = begin(sheet, title_of(section), command, blocks, SMALL_CODE, note_of(section.key), above=above)
        end(sheet, began)
        _draw_columns(sheet, heads, wide)
        stack(sheet, blocks, began, again=lambda: _draw_columns(sheet, heads, wide))

    return draw


def _draw_columns(sheet: Sheet, heads: Sequence[Sequence[str]], wide: float) -> None:
    paper = sheet.paper
    paper.set_text_color(*SOFT)
    high = max(map(len, heads))
    for place, lines in enumerate(heads):
        for at, line in enumerate(lines, high - len(lines)):
            choose(paper, TINY)
            x = MARGIN + _WORDS_WIDE + place * wide
            put(paper, line, x, sheet.y + at * line_high(TINY), wide, line_high(TINY), align="R")
    sheet.y += high * line_high(TINY) + 1


def _row(sheet: Sheet, row: Row, wide: float) -> Block:
    paper = sheet.paper
    bold = "B" if row.some.standing == "sum" else ""
    lines = broken(paper, printable(paper, words_of(row.name)), _WORDS_WIDE - 2, SMALL, bold)
    high = len(lines) * line_high(SMALL) + _AFTER_ROW

    def draw() -> None:
        paper.set_text_color(*INK)
        for at, line in enumerate(lines):
            choose(paper, SMALL, bold)
            put(paper, line, MARGIN, sheet.y + at * line_high(SMALL), _WORDS_WIDE, line_high(SMALL))
        for place, figure in enumerate(row.figures):
            _draw_value(paper, value_of(figure), MARGIN + _WORDS_WIDE + place * wide, sheet.y, wide, bold)
        sheet.y += high

    return Block(high, draw)


_AFTER_ROW = 0.6


def _draw_value(paper: FPDF, words: str, x: float, y: float, wide: float, bold: str) -> None:
    """In the column's letters, or in narrower ones where it is too long."""
    choose(paper, SMALL, bold)
    needed = paper.get_string_width(words) + 3
    paper.set_stretching(min(100.0, 100 * wide / needed))
    put(paper, printable(paper, words), x, y, wide, line_high(SMALL), align="R")
    paper.set_stretching(100)


# --- charts, and which sheet it is ------------------------------------------------------------------------


def draw_chart(sheet: Sheet, chart: AnyChart) -> None:
    """As wide as the sheet, with its title above."""
    high = _high(chart)
    sheet.needs(_head_high(chart) + high)
    sheet.y += _ABOVE_CHART
    sheet.line(chart.title, SMALL, style="B")
    if chart.note:
        sheet.line(chart.note, TINY, soft=True)
    drawn = _drawn(chart, high, language())
    sheet.paper.image(io.BytesIO(drawn), across(MARGIN, ROOM), sheet.y, ROOM, high)
    sheet.y += high


@lru_cache(maxsize=16)
def _drawn(chart: AnyChart, high: float, spoken: str) -> bytes:
    """Drawn once, however often the sheets are laid out. spoken: the language, which its labels run with."""
    with speaking(spoken):
        return as_svg(chart, Looks(ROOM / POINT, high / POINT, 9.5, ground="#ffffff"))


_ABOVE_CHART = 2.0


def _head_high(chart: AnyChart) -> float:
    return _ABOVE_CHART + line_high(SMALL) * (2 if chart.note else 1)


def _high(chart: AnyChart) -> float:
    """Rows are as high wherever they stand; all else is as high as it looks good."""
    match chart:
        case BarChart(bars=rows) | DotChart(rows=rows):
            return _AROUND_ROWS + _ROW_HIGH * len(rows)
    return _CHART_HIGH


def number_sheets(paper: FPDF) -> None:
    """Which sheet each is, now that it is known how many there are."""
    sheets = len(paper.pages)
    for number in range(1, sheets + 1):
        paper.page = number
        paper.set_text_color(*SOFT)
        choose(paper, TINY)
        words = phrase("sheet {number} of {sheets}", number=number, sheets=sheets)
        put(paper, words, MARGIN, SHEET_HEIGHT - 14, ROOM, line_high(TINY), align="R")
