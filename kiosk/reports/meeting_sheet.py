"""A potluck or an autopsy on sheets of A4, drawn as an audit is: what the room said, and the numbers before it.

Measures are millimetres, letters points.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path

from kiosk.amounts import EntryId
from kiosk.chart import Bar, BarChart, Key, Piece
from kiosk.figures.numbers import Behind
from kiosk.periods import first_day, last_day
from kiosk.reports.autopsy import Autopsy, Turned, benefits_of, facts_of, kinds_of, turned_words
from kiosk.reports.paper import FONTS, broken, new_paper, printable
from kiosk.reports.potluck import SIDES, Potluck, head_of, held_words, no_numbers, nothing_said, said_words
from kiosk.reports.report_sheet import (
    GAP,
    MOST_IN_A_CODE,
    SMALL,
    TEXT,
    TEXT_ROOM,
    Block,
    Sheet,
    audit_section,
    begin,
    chart_under,
    draw_head,
    draw_how_to_read,
    end,
    joined,
    number_sheets,
    stack,
    told_block,
    words_block,
)
from kiosk.rules.concentration import Concentration
from kiosk.tongue import DIRECTING, phrase, right_to_left
from kiosk.views.assumptions import as_if_words, what_as_if_means
from kiosk.views.figures import REPORTS, days_of, doubt_of, late_of
from kiosk.views.routines import routine_word
from kiosk.words import capital, figure, full_day, period_word

_BETWEEN = 1.6

NO_BREAK = "\N{NO-BREAK SPACE}"

_Said = tuple[str, tuple[EntryId, ...]]
"""What was said, and the entry that it is from."""

BARS = 12
"""Routines in the chart, the most lopsided ones."""


def print_potluck(report: Potluck, shop: str, path: Path, *, fonts: Path = FONTS) -> None:
    """Write the sheets of a potluck as a PDF. Raises OSError when the file cannot be written."""
    sheet = _begun(head_of(report), shop, days_of(report.numbers), fonts)
    sheet.line(joined(held_words(report.held), late_of(report.numbers)), TEXT)
    sheet.y += 2
    draw_how_to_read(sheet)
    if doubt_of(report.numbers):
        sheet.line(doubt_of(report.numbers), SMALL, soft=True)
    sheet.y += GAP
    for side, asked in SIDES:
        said = report.of(side)
        told = [(said_words(entry), (entry.id,)) for entry in said]
        _draw_said(sheet, phrase(asked), told or [(nothing_said(), ())])
    draw = audit_section(sheet, report.numbers)
    for section in report.numbers.sections:
        draw(section, None)
        sheet.y += GAP
    if not report.numbers.sections:
        sheet.line(no_numbers(), TEXT)
    _finish(sheet, path)


def print_autopsy(report: Autopsy, shop: str, path: Path, *, fonts: Path = FONTS) -> None:
    """Write the sheets of an autopsy as a PDF. Raises OSError when the file cannot be written."""
    found = report.quarter
    called = REPORTS["autopsy"]
    head = phrase("{report}: {period}", report=phrase(called), period=period_word(found.period))
    first, last = full_day(first_day(found.period)), full_day(last_day(found.period))
    sheet = _begun(head, shop, phrase("{first} – {last}", first=first, last=last), fonts)
    sheet.line(held_words(report.held), TEXT)
    sheet.y += GAP
    if not found.routines:
        sheet.line(phrase("Nothing was done for all in this quarter, as far as the record shows."), TEXT)
        sheet.y += GAP
    else:
        _draw_routines(sheet, found.routines)
    for line in kinds_of(found, between=NO_BREAK):
        sheet.line(line, TEXT)
        sheet.y += _BETWEEN
    sheet.y += GAP
    if report.benefits:
        _draw_said(sheet, phrase("Who benefits?"), [(line, ()) for line in benefits_of(report)])
    if report.turned:
        _draw_said(sheet, phrase("Turned round"), [line for each in report.turned for line in _turned(each)])
    _finish(sheet, path)


def _begun(head: str, shop: str, days: str, fonts: Path) -> Sheet:
    paper = new_paper(fonts)
    paper.set_text_shaping(True, direction="rtl" if right_to_left() else "ltr")
    paper.set_title(head.translate(DIRECTING))
    sheet = Sheet(paper, joined(shop, head))
    draw_head(sheet, shop, head, days)
    return sheet


def _finish(sheet: Sheet, path: Path) -> None:
    number_sheets(sheet.paper)
    path.write_bytes(bytes(sheet.paper.output()))


def _turned(each: Turned) -> Iterable[_Said]:
    how, *came = turned_words(each)
    return ((how, (each.entry,)), *((line, ()) for line in came))


def _draw_said(sheet: Sheet, title: str, said: Sequence[_Said]) -> None:
    """Words, each with its entry below; and a code that leads to all of them, where one can hold them."""
    entries = tuple(entry for _, those in said for entry in those)
    code = str(Behind(entries)) if entries else ""
    code = code if len(code) <= MOST_IN_A_CODE else ""
    blocks = [words_block(sheet, words, those) for words, those in said]
    began = begin(sheet, title, code, blocks)
    stack(sheet, blocks, began)
    end(sheet, began)
    sheet.y += GAP


def _draw_routines(sheet: Sheet, routines: Sequence[Concentration]) -> None:
    blocks = [_routine(sheet, each) for each in routines]
    chart = by_whom(routines)
    under = chart_under(sheet, chart if chart.bars else None)
    began = begin(sheet, phrase("Who does what?"), "", blocks, note=what_as_if_means())
    stack(sheet, [*blocks, *under], began)
    sheet.y += GAP


def _routine(sheet: Sheet, each: Concentration) -> Block:
    facts = [line for fact in facts_of(each, between=NO_BREAK) for line in _broken(sheet, fact)]
    return told_block(sheet, capital(routine_word(each.routine)), as_if_words(each), facts, size=SMALL)


def _broken(sheet: Sheet, words: str) -> list[str]:
    return broken(sheet.paper, printable(sheet.paper, words), TEXT_ROOM, SMALL)


def by_whom(routines: Sequence[Concentration]) -> BarChart:
    """How much of each routine one person did: the busiest one's part beside that of all others."""
    shown = [each for each in routines if each.people][:BARS]
    return BarChart(
        name="routines",
        title=phrase("How much of it one person did"),
        tint="ink",
        keys=(
            Key("full", phrase("whoever did it most")),
            Key("hatched", phrase("all others")),
        ),
        bars=tuple(Bar(capital(routine_word(each.routine)), _pieces(each)) for each in shown),
        spans=tuple(each.times for each in shown),
    )


def _pieces(each: Concentration) -> tuple[Piece, ...]:
    _, most = each.people[0]
    return (Piece("full", most), Piece("hatched", each.times - most, figure(each.times)))
