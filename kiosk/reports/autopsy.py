"""An assumption autopsy beside the kiosk: who did what in a quarter, in plain lines and as JSON."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from msgspec import Struct

from kiosk.amounts import EntryId
from kiosk.events import BenefitSaid, Entry, InversionReviewed, InversionStarted, ReportHeld
from kiosk.periods import first_day, last_day
from kiosk.reports.potluck import held_words
from kiosk.rules.concentration import Concentration, Quarter, quarter
from kiosk.state import State
from kiosk.state.routines import QUARTERS
from kiosk.tongue import DIRECTING, phrase
from kiosk.views.assumptions import as_if_words, earlier_words, what_as_if_means
from kiosk.views.routines import report_word, routine_word
from kiosk.visit.rows import voiced
from kiosk.words import capital, figure, period_word, until, work_word

SAID = ("benefit said", "inversion started", "inversion reviewed", "report held")
"""How the record calls what people said and began at an autopsy, and that it was held."""


class Turned(Struct, frozen=True):
    """A routine that was turned round. came: what happened, each time it was asked: (words, the next day or "")."""

    entry: EntryId
    routine: str
    words: str
    until: str
    came: tuple[tuple[str, str], ...] = ()


class Autopsy(Struct, frozen=True):
    """All that there is to tell of a quarter. benefits: (routine, words).

    held: the entry that says that it was; None while it was not.
    """

    quarter: Quarter
    benefits: tuple[tuple[str, str], ...]
    turned: tuple[Turned, ...]
    held: Entry | None = None


def autopsy(state: State, said: Iterable[Entry], period: str) -> Autopsy:
    """Of one quarter. said: the entries of SAID, all of them, the oldest first."""
    benefits: list[tuple[str, str]] = []
    turned: dict[EntryId, Turned] = {}
    held: Entry | None = None
    for entry in said:
        match entry.event:
            case BenefitSaid(period=about, routine=routine, words=words) if about == period:
                benefits.append((routine, words))
            case InversionStarted(period=about, routine=routine, words=words, until=last) if about == period:
                turned[entry.id] = Turned(entry.id, routine, words, last)
            case InversionReviewed(inversion=name, words=words, until=last) if name in turned:
                before = turned[name]
                came = (*before.came, (words, last))
                turned[name] = Turned(name, before.routine, before.words, last or before.until, came)
            case ReportHeld(report="autopsy", period=about) if about == period:
                held = held or entry
    return Autopsy(quarter(state, period), tuple(benefits), tuple(turned.values()), held)


def forgotten(state: State, period: str) -> bool:
    """Whether a quarter is so long ago that its routines are counted no more."""
    kept = {each.period for each in state.routines.values()}
    return len(kept) >= QUARTERS and period < min(kept)


# --- JSON -------------------------------------------------------------------------------------------------


def as_json(report: Autopsy, shop: str) -> str:
    """All of it. Shares are whole per mille, "as if" is tenths of people; routines go by the record's names."""
    found = report.quarter
    told = {
        "shop": shop,
        "report": "autopsy",
        "period": found.period,
        "held": report.held.id if report.held else None,
        "first": first_day(found.period).isoformat(),
        "last": last_day(found.period).isoformat(),
        "routines": [_routine(each) for each in found.routines],
        "swaps": dict(found.swaps),
        "missing": list(found.missing),
        "benefits": [{"routine": routine, "words": words} for routine, words in report.benefits],
        "inversions": [_turned(each) for each in report.turned],
    }
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def _routine(each: Concentration) -> dict[str, Any]:
    return {
        "routine": each.routine,
        "words": routine_word(each.routine),
        "times": each.times,
        "people": [[handle, count] for handle, count in each.people],
        "busiest": each.busiest,
        "as_if": each.as_if,
        "earlier": each.earlier,
    }


def _turned(each: Turned) -> dict[str, Any]:
    return {
        "entry": each.entry,
        "routine": each.routine,
        "words": each.words,
        "until": each.until,
        "came": [{"words": words, "until": last} for words, last in each.came],
    }


# --- plain lines ------------------------------------------------------------------------------------------


def as_lines(report: Autopsy) -> Iterator[str]:
    """The report in the language spoken."""
    return (line.translate(DIRECTING).rstrip() for line in _lines(report))


def _lines(report: Autopsy) -> Iterator[str]:
    found = report.quarter
    yield phrase("{report}, {period}", report=capital(report_word("autopsy")), period=period_word(found.period))
    yield held_words(report.held)
    yield ""
    if found.routines:
        yield what_as_if_means()
    yield from (line for each in found.routines for line in _about(each))
    if not found.routines:
        yield phrase("Nothing was done for all in this quarter, as far as the record shows.")
    yield from _kinds(found)
    yield from _said(report)


def _about(each: Concentration) -> Iterator[str]:
    yield phrase("{routine}: {how}", routine=capital(routine_word(each.routine)), how=as_if_words(each))
    yield from (f"  {line}" for line in facts_of(each))


def facts_of(each: Concentration, between: str = " ") -> Iterator[str]:
    """Who did it how often, and how it was in the quarter before. between: a name and how often, on paper."""
    facts = [phrase("{name} {count}", name=handle, count=figure(count)) for handle, count in each.people]
    if facts:
        yield ", ".join(fact.replace(" ", between) for fact in facts)
    if each.earlier:
        yield earlier_words(each)


def _kinds(found: Quarter) -> Iterator[str]:
    kinds = list(kinds_of(found))
    yield from (["", *kinds] if found.swaps else kinds)


def kinds_of(found: Quarter, between: str = " ") -> Iterator[str]:
    """Which kinds of work were swapped how often, and which by nobody. between: a kind and how often, on paper."""
    if found.swaps:
        told = (phrase("{name} {count}", name=work_word(work), count=figure(count)) for work, count in found.swaps)
        yield phrase("Swaps by kind of work: {kinds}", kinds=", ".join(each.replace(" ", between) for each in told))
    if found.missing:
        yield phrase("Nobody swapped: {kinds}", kinds=", ".join(work_word(work) for work in found.missing))


def _said(report: Autopsy) -> Iterator[str]:
    if report.benefits:
        yield from ("", phrase("Who benefits?"))
    yield from (f"  {line}" for line in benefits_of(report))
    if report.turned:
        yield from ("", phrase("Turned round"))
    for each in report.turned:
        how, *came = turned_words(each)
        yield f"  {how}"
        yield from (f"    {line}" for line in came)


def benefits_of(report: Autopsy) -> Iterator[str]:
    """Who benefits from which routine, as the room said it."""
    for routine, words in report.benefits:
        yield phrase("{routine}: {words}", routine=capital(routine_word(routine)), words=voiced(words))


def turned_words(each: Turned) -> Iterator[str]:
    """How a routine was turned round, and what came of it."""
    facts = {"routine": capital(routine_word(each.routine)), "words": voiced(each.words)}
    yield phrase("{routine}: {words}, {until}", until=until(each.until), **facts)
    for words, _ in each.came:
        yield phrase("What came of it: {words}", words=voiced(words))
