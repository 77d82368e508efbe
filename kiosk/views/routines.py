"""How routines are called on the screen, and what entries about them say."""

from collections.abc import Mapping

from kiosk.events import AnyEvent, BenefitSaid, InversionReviewed, InversionStarted, ReportHeld
from kiosk.faces import Point
from kiosk.state.routines import DUTY, WORK_OF
from kiosk.tongue import later, phrase
from kiosk.views.scene import Scene
from kiosk.visit.rows import voiced
from kiosk.words import capital, duty_word, names, period_word, until, work_word

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


def decided_about(event: ReportHeld | InversionStarted | InversionReviewed, scene: Scene) -> tuple[str, str]:
    """What was decided about a report or a routine, and what more there is to say of it."""
    match event:
        case ReportHeld(report=report, period=period):
            return phrase("{report} was held", report=capital(report_word(report))), period_word(period)
        case InversionStarted(routine=routine, words=words, until=last):
            turned = phrase("Turned round: {routine}", routine=routine_word(routine))
            return turned, phrase("{words}, {until}", words=voiced(words), until=until(last))
        case InversionReviewed(inversion=inversion, words=words, until=last):
            found = scene.find(inversion)
            began = found.entry.event if found else None
            routine = routine_word(began.routine) if isinstance(began, InversionStarted) else ""
            came = phrase("{words}; it goes on {until}", words=voiced(words), until=until(last)) if last else words
            return phrase("What came of it: {routine}", routine=routine), voiced(came)


def on_wall(scene: Scene) -> tuple[Point, ...]:
    """Routines that are turned round just now, for the wall: nobody forgets them who walks by."""
    return tuple(
        Point(
            phrase("Turned round: {routine}", routine=routine_word(each.routine)),
            phrase("{words}, {until}", words=voiced(each.words), until=until(each.until)),
            mark="undo",
        )
        for each in scene.state.inversions.values()
    )


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
        case InversionStarted(routine=routine, words=words, until=last, hands=hands):
            return phrase(
                "The shop turns round {routine} until {day}: {words}; by the hands of {names}.",
                routine=routine_word(routine),
                day=last,
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
        case InversionReviewed(inversion=inversion, words=words, until=last, hands=hands):
            return phrase(
                "What came of {entry}: {words}. It goes on until {day}, say {names}.",
                entry=inversion,
                words=voiced(words),
                day=last,
                names=names(hands),
            )
    return ""
