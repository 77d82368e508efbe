"""Reports as files for other programs: JSON and CSV, named alike in every language and period.

Numbers are whole: minutes, cents, units, times, people, days. A share is `value` of `per`; so is half a person.
"""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from kiosk.figures import Audit, Figure, Ledger, Section
from kiosk.figures.numbers import in_short
from kiosk.views.figures import head_of, said, title_of

COLUMNS = (
    "report",
    "period",
    "first",
    "last",
    "section",
    "key",
    "what",
    "unit",
    "measure",
    "standing",
    "value",
    "per",
    "entries",
)
"""Of the CSV; more may come after these."""

_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_json(report: Audit | Ledger, shop: str) -> str:
    """All of it, with the words in the language spoken."""
    told = {"head": head_of(report), "shop": shop, **_report(report)}
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def _report(report: Audit | Ledger) -> dict[str, Any]:
    if isinstance(report, Audit):
        return {"report": "audit", **told_of(report)}
    return {
        "report": "ledger",
        "period": report.period,
        "months": [told_of(month) for month in report.months],
        "whole": told_of(report.whole),
        "before": told_of(report.before),
        "so_far": told_of(report.so_far),
    }


def told_of(audit: Audit) -> dict[str, Any]:
    """The figures of some days, as they stand in a file."""
    return {
        "period": audit.period,
        "first": audit.first.isoformat(),
        "last": audit.last.isoformat(),
        "sections": [_section(section) for section in audit.sections],
        "doubtful": list(audit.doubtful),
        "late": list(audit.late),
    }


def _section(section: Section) -> dict[str, Any]:
    return {"key": section.key, "title": title_of(section), "figures": [_figure(each) for each in section.figures]}


def _figure(figure: Figure) -> dict[str, Any]:
    words, value, _ = said(figure)
    return {
        "key": figure.key,
        "what": figure.what,
        "unit": figure.unit,
        "words": words,
        "said": value,
        "measure": figure.measure,
        "standing": figure.standing,
        "value": figure.value,
        "per": figure.per,
        "entries": list(figure.entries),
    }


def as_csv(report: Audit | Ledger) -> str:
    """A row for each figure; of a ledger for each figure of each of its columns."""
    name = "ledger" if isinstance(report, Ledger) else "audit"
    columns = report.columns if isinstance(report, Ledger) else (report,)
    return as_table(row for audit in columns for row in rows_of(name, audit))


def as_table(rows: Iterable[Sequence[object]]) -> str:
    """Rows under the heads of COLUMNS."""
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\r\n")
    table.writerow(COLUMNS)
    table.writerows(rows)
    return text.getvalue()


def rows_of(report: str, audit: Audit) -> Iterator[tuple[object, ...]]:
    """A row for each figure of some days. report: what it is called in every language."""
    for figure in audit.figures():
        yield (
            report,
            audit.period,
            audit.first.isoformat(),
            audit.last.isoformat(),
            figure.section,
            figure.key,
            harmless(figure.what),
            harmless(figure.unit),
            figure.measure,
            figure.standing,
            "" if figure.value is None else figure.value,
            figure.per,
            in_short(figure.entries),
        )


def harmless(words: str) -> str:
    """What people wrote is never run: a spreadsheet takes a quote before it for "this is only text"."""
    return f"'{words}" if words.startswith(_STARTS_A_FORMULA) else words
