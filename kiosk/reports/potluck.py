"""A reflection potluck beside the kiosk: what was said, and the numbers of that evening, in lines and as files."""

import json
from collections.abc import Iterator
from datetime import tzinfo
from typing import Any, Literal

from msgspec import Struct
from msgspec.structs import replace

from kiosk.events import Entry, PotluckSaid, ReportHeld
from kiosk.figures import Audit, Section
from kiosk.reports import gathered
from kiosk.reports.plain_report import section_lines
from kiosk.reports.report_files import as_table, harmless, rows_of, told_of
from kiosk.store import Reader
from kiosk.tongue import DIRECTING, later, phrase
from kiosk.views.figures import REPORTS, days_of, doubt_of, late_of
from kiosk.views.potluck import told
from kiosk.visit.rows import voiced
from kiosk.words import capital, full_day, local, names, period_word

SAID = ("potluck said",)
"""How the record calls what was said at a potluck."""

Side = Literal["success", "failure"]

SIDES: tuple[tuple[Side, str], ...] = (
    ("success", later("What went well?")),
    ("failure", later("What went wrong?")),
)
"""In the order of the evening, with what the room was asked."""


class Potluck(Struct, frozen=True):
    """All that there is to tell of an evening. said: the entries of what was said, the oldest first.

    numbers: those that are read, as the record had them when it was held, or now where it was not; late: what came
    to that month since. held: the entry that says that it was; None while it was not.
    """

    numbers: Audit
    said: tuple[Entry, ...]
    held: Entry | None

    def of(self, side: Side) -> tuple[Entry, ...]:
        """What was said of one side."""
        return tuple(entry for entry in self.said if _words_of(entry, side))


def _words_of(entry: Entry, side: Side) -> bool:
    return isinstance(entry.event, PotluckSaid) and entry.event.side == side


def potluck(reader: Reader, period: str, zone: tzinfo | None = None) -> Potluck:
    """The potluck that looks back at a month. zone: of the room's clock, None for the machine's own.

    Raises as `gathered.audits` does.
    """
    said = tuple(
        entry
        for entry in reader.of_kinds(SAID, 0)
        if isinstance(entry.event, PotluckSaid) and entry.event.period == period
    )
    held = gathered.held(reader, "potluck", period)
    (now,) = gathered.audits(reader, (period,), zone)
    if held is None:
        return Potluck(_read(now), said, None)
    (evening,) = gathered.audits(reader, (period,), zone, upto=reader.stands_at(held.id) - 1)
    return Potluck(replace(_read(evening), late=gathered.came_after(reader, now, held)), said, held)


def _read(audit: Audit) -> Audit:
    """Only the numbers that are read at a potluck."""
    read = told(audit)
    sections = (
        Section(each.key, tuple(figure for figure in read if figure.section == each.key)) for each in audit.sections
    )
    return replace(audit, sections=tuple(each for each in sections if each.figures), late=())


# --- in words ---------------------------------------------------------------------------------------------


def head_of(report: Potluck) -> str:
    """Which it is: "Reflection potluck: November 2026"."""
    called = REPORTS["potluck"]
    return phrase("{report}: {period}", report=phrase(called), period=period_word(report.numbers.period))


def held_words(held: Entry | None) -> str:
    """When a meeting was held, and who says so; or that it was not."""
    if held is None or not isinstance(held.event, ReportHeld):
        return phrase("It was not held yet.")
    day = full_day(local(held.moment).date())
    return phrase("It was held on {day}, say {names}.", day=day, names=names(held.event.hands))


def said_words(entry: Entry) -> str:
    """What somebody said, as it was written down."""
    assert isinstance(entry.event, PotluckSaid)
    return capital(voiced(entry.event.words))


def nothing_said() -> str:
    """Stands where nothing was."""
    return phrase("Nothing was noted.")


def no_numbers() -> str:
    """Stands where there are none."""
    return phrase("The record tells no numbers of this month.")


def as_lines(report: Potluck) -> Iterator[str]:
    """The evening in the language spoken; what was said and each number with its entries behind it."""
    return (line.translate(DIRECTING).rstrip() for line in _lines(report))


def _lines(report: Potluck) -> Iterator[str]:
    numbers = report.numbers
    yield from filter(None, (head_of(report), days_of(numbers), held_words(report.held), late_of(numbers)))
    for side, asked in SIDES:
        yield from ("", phrase(asked))
        yield from (f"  {said_words(entry)}  [{entry.id}]" for entry in report.of(side))
        if not report.of(side):
            yield f"  {nothing_said()}"
    yield from section_lines(numbers)
    yield from filter(None, ("" if numbers.sections else no_numbers(), doubt_of(numbers)))


# --- files ------------------------------------------------------------------------------------------------


def as_json(report: Potluck, shop: str) -> str:
    """All of it. What was said stands as it is in the record."""
    event = report.held.event if report.held else None
    told = {
        "head": head_of(report),
        "shop": shop,
        "report": "potluck",
        "held": report.held.id if report.held else None,
        "hands": list(event.hands) if isinstance(event, ReportHeld) else [],
        "successes": [_said(entry) for entry in report.of("success")],
        "failures": [_said(entry) for entry in report.of("failure")],
        **told_of(report.numbers),
    }
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def _said(entry: Entry) -> dict[str, Any]:
    assert isinstance(entry.event, PotluckSaid)
    return {"words": entry.event.words, "entry": entry.id}


def as_csv(report: Potluck) -> str:
    """A row for each thing that was said, in the section "said", and one for each number."""
    return as_table(_rows(report))


def _rows(report: Potluck) -> Iterator[tuple[object, ...]]:
    numbers = report.numbers
    about = ("potluck", numbers.period, numbers.first.isoformat(), numbers.last.isoformat())
    for entry in report.said:
        if isinstance(entry.event, PotluckSaid):
            words = harmless(entry.event.words)
            yield (*about, "said", entry.event.side, words, "", "", "", "", "", entry.id)
    yield from rows_of("potluck", numbers)
