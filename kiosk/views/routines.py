"""How routines are called on the screen, and what entries about them say."""

from collections.abc import Mapping

from kiosk.events import AnyEvent, BenefitSaid, InversionReviewed, InversionStarted, ReportHeld
from kiosk.state.routines import DUTY, WORK_OF
from kiosk.tongue import later, phrase
from kiosk.visit.rows import voiced
from kiosk.words import capital, duty_word, names, period_word, work_word

ROUTINE_WORDS: Mapping[str, str] = {
    "opening the circle": later("opening the circle"),
    "proposing": later("proposing for the jar"),
    "seconding": later("seconding a proposal"),
    "lending hands": later("lending a hand"),
    "standing witness": later("standing witness"),
    "arguing the downside": later("arguing the downside"),
    "counting the jar": later("counting the jar"),
    "saying numbers": later("saying numbers"),
    "tending the kiosk": later("tending the kiosk"),
    "changing the charter": later("changing the charter"),
}

REPORT_WORDS: Mapping[str, str] = {
    "audit": later("the autonomy audit"),
    "potluck": later("the reflection potluck"),
    "ledger": later("the autonomy ledger"),
    "autopsy": later("the assumption autopsy"),
}


def routine_word(routine: str) -> str:
    """A routine in a sentence: "opening the circle", "the duty of taking minutes", "cooking"."""
    if routine.startswith(DUTY):
        return phrase("having “{duty}”", duty=duty_word(routine.removeprefix(DUTY)))
    if routine.startswith(WORK_OF):
        return phrase("the work of {work}", work=work_word(routine.removeprefix(WORK_OF)))
    return phrase(ROUTINE_WORDS[routine]) if routine in ROUTINE_WORDS else routine


def report_word(report: str) -> str:
    """A report in a sentence: "the autonomy audit"."""
    return phrase(REPORT_WORDS[report])


def about_assumptions(event: AnyEvent) -> str:
    """What an entry about reports and routines says; "" for all others."""
    match event:
        case ReportHeld(report=report, period=period, hands=hands):
            return phrase(
                "{report} of {period} was held, say {names}.",
                report=capital(report_word(report)),
                period=period_word(period),
                names=names(hands),
            )
        case BenefitSaid(period=period, routine=routine, words=words):
            return phrase(
                "Who benefits from {routine}, {period}: {words}.",
                routine=routine_word(routine),
                period=period_word(period),
                words=voiced(words),
            )
        case InversionStarted(routine=routine, words=words, until=until, hands=hands):
            return phrase(
                "The shop turns round {routine} until {day}: {words}; by the hands of {names}.",
                routine=routine_word(routine),
                day=until,
                words=voiced(words),
                names=names(hands),
            )
        case InversionReviewed(inversion=inversion, words=words, until="", hands=hands):
            return phrase(
                "What came of {entry}: {words}. It is over, say {names}.",
                entry=inversion,
                words=voiced(words),
                names=names(hands),
            )
        case InversionReviewed(inversion=inversion, words=words, until=until, hands=hands):
            return phrase(
                "What came of {entry}: {words}. It goes on until {day}, say {names}.",
                entry=inversion,
                words=voiced(words),
                day=until,
                names=names(hands),
            )
    return ""
