"""An audit or a ledger in plain lines, for a terminal: what is nothing is left out."""

from collections.abc import Iterator, Sequence

from kiosk.figures import Audit, Ledger, Section
from kiosk.figures.numbers import in_short
from kiosk.tongue import DIRECTING, phrase
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

SHORTEST, LONGEST = 12, 44
"""Letters of a column."""


def as_lines(report: Audit | Ledger) -> Iterator[str]:
    """The report in the language spoken; the record's numbers stand behind each figure of an audit."""
    lines = _ledger(report) if isinstance(report, Ledger) else _audit(report)
    return (line.translate(DIRECTING).rstrip() for line in lines)


def _audit(audit: Audit) -> Iterator[str]:
    yield from filter(None, (head_of(audit), days_of(audit), late_of(audit)))
    yield from section_lines(audit)
    yield from _end(audit, [section for section in audit.sections if section.empty])


def section_lines(audit: Audit) -> Iterator[str]:
    """All sections that tell something, each after an empty line."""
    for section in audit.sections:
        if not section.empty:
            yield from ("", title_of(section), *_figures(section))
            if note_of(section.key):
                yield f"  ({note_of(section.key)})"


def _figures(section: Section) -> Iterator[str]:
    found = [(said(figure), in_short(figure.entries)) for figure in section.figures if figure.value]
    words = min(LONGEST, max(len(each.words) for each, _ in found))
    values = max(len(each.value) for each, _ in found)
    for (what, value, more), entries in found:
        yield f"  {what:<{words}}  {value:>{values}}  {f'{more}  ' if more else ''}[{entries}]"


def _ledger(ledger: Ledger) -> Iterator[str]:
    yield from filter(None, (head_of(ledger), days_of(ledger.whole), late_of(ledger.whole)))
    columns = [column_word(column.period) for column in ledger.columns]
    empty: list[Section] = []
    for section in ledger.whole.sections:
        rows = [row for row in ledger.rows(section.key) if any(figure and figure.value for figure in row.figures)]
        if not rows:
            empty.append(section)
            continue
        table = [[title_of(section), *columns]]
        table += [[f"  {words_of(row.name)}", *map(value_of, row.figures)] for row in rows]
        yield from ("", *_table(table))
    yield from _end(ledger.whole, empty)


def _table(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    wide = [max(len(row[place]) for row in rows) for place in range(len(rows[0]))]
    for row in rows:
        yield "  ".join([f"{row[0]:<{wide[0]}}", *(f"{row[at]:>{wide[at]}}" for at in range(1, len(row)))])


def _end(audit: Audit, empty: Sequence[Section]) -> Iterator[str]:
    if empty:
        yield ""
        yield phrase("Nothing in the record: {sections}.", sections=", ".join(title_of(each) for each in empty))
    if doubt_of(audit):
        yield doubt_of(audit)
