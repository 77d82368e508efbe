"""Figures as a person reads them: what each is, and what it comes to, in the language spoken.

Sheet, page, file and voice say the same words, all from here.
"""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from babel.dates import get_month_names

from kiosk import periods, tongue
from kiosk.figures import SO_FAR, Audit, Figure, Ledger, Name, Section
from kiosk.figures.wording import LINES, TITLES
from kiosk.tongue import later, phrase, plural, unfilled
from kiosk.words import capital, duration, duty_word, figure, full_day, money, period_word, work_word

REPORTS: Mapping[str, str] = {
    "audit": later("Autonomy audit"),
    "ledger": later("Autonomy ledger"),
    "potluck": later("Reflection potluck"),
    "autopsy": later("Assumption autopsy"),
}
"""What each report is called."""

NOTHING = "–"
"""Stands where there is nothing to take a share or a median of."""


class Said(NamedTuple):
    """A figure as it is read: what it is, what it comes to, and a word more ("" for none)."""

    words: str
    value: str
    more: str = ""


def said(found: Figure) -> Said:
    """A figure, in the language spoken."""
    return Said(words_of(found.name), value_of(found), _more(found))


def words_of(name: Name) -> str:
    """What a figure is."""
    template = LINES[name.section, name.key]
    if "{what}" not in template:
        return phrase(template)
    return phrase(template, what=_WHATS.get(name[:2], str)(name.what))


def title_of(section: Section) -> str:
    """What a section is about."""
    return phrase(TITLES[section.key])


def value_of(found: Figure | None) -> str:
    """What a figure comes to: "12 h 30", "€ 1,200.00", "400 loaves", "3", "38 %"."""
    if found is None or found.value is None:
        return NOTHING
    return _VALUES[found.measure](found)


def _minutes(found: Figure) -> str:
    return duration(found.value or 0)


def _cents(found: Figure) -> str:
    return money(found.value or 0)


def _units(found: Figure) -> str:
    said = figure(found.value or 0)
    return phrase("{count} {unit}", count=said, unit=found.unit) if found.unit else said


def _times(found: Figure) -> str:
    return figure(found.value or 0)


def _people(found: Figure) -> str:
    whole, half = divmod(found.value or 0, found.per)
    return phrase("{whole} ½", whole=whole) if half else figure(whole)


def _days(found: Figure) -> str:
    return plural("{n} day", "{n} days", found.value or 0)


def _share(found: Figure) -> str:
    """To the nearest whole per cent; something is never nothing, and not all is never all."""
    part, whole = found.value or 0, found.per
    nearest = (200 * part + whole) // (2 * whole)
    if part and not nearest:
        return phrase("under {percent} %", percent=1)
    if part < whole and nearest == 100:
        return phrase("over {percent} %", percent=99)
    return phrase("{percent} %", percent=nearest)


_VALUES: Mapping[str, Callable[[Figure], str]] = {
    "minutes": _minutes,
    "cents": _cents,
    "units": _units,
    "times": _times,
    "people": _people,
    "days": _days,
    "share": _share,
}


def _report(what: str) -> str:
    return phrase(REPORTS[what]) if what in REPORTS else what


_WHATS: Mapping[tuple[str, str], Callable[[str], str]] = {
    ("hours", "said"): work_word,
    ("hours", "swapped"): work_word,
    ("hours", "commons"): work_word,
    ("duties", "turned"): duty_word,
    ("duties", "late"): duty_word,
    ("held", "held"): _report,
    ("bought", "reserve"): unfilled,
    **dict.fromkeys((("won", "worth"), ("won", "bare"), ("reforms", "worth"), ("reforms", "bare")), unfilled),
}
"""How the record's own word for something is said."""

NOTES: Mapping[str, str] = {
    "share": later(
        "Hours for the commons ÷ (hours for one another + hours for the commons): 1 − FIC of Workers Control."
    ),
    "goods": later("In the shop’s own units."),
    "won": later("By which action, and counted on the day it was won."),
    "given": later("Of what lay in the jar on its Fridays."),
    "bought": later(
        "Whole prices: what the jar spent, with what had been set aside for it before, and what a reserve paid. "
        "So it can be more than was spent."
    ),
    "dissent": later("Only what the record tells of votes: never who, and nothing of fewer than five ballots."),
    "undone": later("Counted nowhere else on this sheet."),
    "circles": later("The middle one of all circles: half had more people, half had fewer."),
}
"""What must be known to read a section."""


def note_of(key: str) -> str:
    """What must be known to read a section; "" where nothing is."""
    return phrase(NOTES[key]) if key in NOTES else ""


def _more(found: Figure) -> str:
    """What a share is a share of, so that nobody need believe the rounding."""
    if found.measure != "share" or found.value is None:
        return ""
    if found.section == "share":
        return phrase("{part} of {whole}", part=duration(found.value), whole=duration(found.per))
    return phrase("{part} of {whole}", part=figure(found.value), whole=figure(found.per))


# --- periods ----------------------------------------------------------------------------------------------


def month_word(period: str, *, wide: bool = True) -> str:
    """A month by its name, without the year: "November", or as short as it goes: "Nov"."""
    names = get_month_names("wide" if wide else "abbreviated", context="stand-alone", locale=_locale())
    return capital(str(names[periods.first_day(period).month]))


def column_word(period: str) -> str:
    """A month or a quarter, short: "November 2026", "Quarter 4 of 2026"."""
    if period == SO_FAR:
        return phrase("so far")
    year = periods.first_day(period).year
    if periods.is_quarter(period):
        return phrase("Quarter {number} of {year}", number=int(period[-1]), year=str(year))
    return phrase("{month} {year}", month=month_word(period), year=str(year))


def _locale() -> str:
    return tongue.ENGLISH if tongue.language() == tongue.MARKED else tongue.language()


def head_of(report: Audit | Ledger) -> str:
    """Which report it is: "Autonomy audit, November 2026"."""
    kind = "ledger" if isinstance(report, Ledger) else "audit"
    return phrase("{report}: {period}", report=phrase(REPORTS[kind]), period=period_word(report.period))


def days_of(audit: Audit) -> str:
    """From which day to which: "Sunday 1 November 2026 – Monday 30 November 2026"."""
    return phrase("{first} – {last}", first=full_day(audit.first), last=full_day(audit.last))


def late_of(audit: Audit) -> str:
    """How many of its entries were written after it had been read aloud; "" when none were."""
    count = len(audit.late)
    if not count:
        return ""
    return plural("{n} entry came after it was held.", "{n} entries came after it was held.", count)


def doubt_of(audit: Audit) -> str:
    """How many of its entries were written by a clock that may be wrong; "" when none were."""
    count = len(audit.doubtful)
    return (
        plural(
            "1 entry was written by a clock that may be wrong.",
            "{n} entries were written by a clock that may be wrong.",
            count,
        )
        if count
        else ""
    )
