"""The boards of all shops, and what is told to neighbours."""

from collections.abc import Mapping

from kiosk.amounts import EntryId
from kiosk.faces import Touch
from kiosk.letters import (
    News,
    TakenOff,
    Wanted,
)
from kiosk.periods import is_quarter
from kiosk.state import Decision, State
from kiosk.tongue import later, phrase, speaking
from kiosk.visit.amending import page_touched
from kiosk.visit.between_places import (
    Boards,
    OneHung,
    Saying,
    Tell,
)
from kiosk.visit.ground import Step, Surroundings
from kiosk.visit.letter_taps import begin
from kiosk.visit.places import Visit, go
from kiosk.visit.rows import SAID_ALOUD, voiced
from kiosk.words import period_word


def boards_touched(visit: Visit, place: Boards, touch: Touch, around: Surroundings) -> Step:
    """A page further, something new, or something of ours."""
    match touch.value.split(":", 1):
        case ["page", _]:
            return page_touched(visit, place, touch)
        case ["need" | "offer" as side]:
            return Step(go(visit, Saying(Wanted(side, "", ""))))
        case ["hung", wanted] if wanted in around.state.shared.hung:
            return Step(go(visit, OneHung(EntryId(wanted))))
    return Step(visit)


def hung_touched(visit: Visit, place: OneHung, touch: Touch, around: Surroundings) -> Step:
    """Take it off."""
    if touch.value != "take off" or place.wanted not in around.state.shared.hung:
        return Step(visit)
    return begin(visit, "", TakenOff(place.wanted), around)


def decisions(state: State) -> tuple[Decision, ...]:
    """Decisions that stand and whose words were written down, the newest first."""
    return tuple(reversed([each for each in state.decisions.values() if each.words != SAID_ALOUD]))


def reports(state: State) -> tuple[tuple[str, str], ...]:
    """Reports that were held, with the month or the quarter, the newest first."""
    held = [(report, period) for report, periods in state.held.items() for period in periods]
    return tuple(sorted(held, key=lambda pair: (pair[1][:4], is_quarter(pair[1]), pair[1]), reverse=True))


REPORT_NEWS: Mapping[str, str] = {
    "audit": later("We held our autonomy audit of {period}."),
    "potluck": later("We talked {period} over: what went well, what went wrong."),
    "ledger": later("We held our autonomy ledger of {period}."),
    "autopsy": later("We looked at our routines of {period}: who benefits?"),
}
"""What is told of a report."""


def tell_touched(visit: Visit, place: Tell, touch: Touch, around: Surroundings) -> Step:
    """A decision, a report, or a word of one's own."""
    match touch.value.split(":", 2):
        case ["page", _]:
            return page_touched(visit, place, touch)
        case ["write"]:
            return Step(go(visit, Saying(News(""))))
        case ["decision", decision]:
            found = around.state.decisions.get(EntryId(decision))
            if found is not None and decision not in around.state.shared.told:
                with speaking(around.language):
                    words = voiced(found.words)
                return begin(visit, "", News(words, "decision", decision), around)
        case ["report", report, period] if report in REPORT_NEWS:
            about = f"{report} {period}"
            if about not in around.state.shared.told and period in around.state.held.get(report, ()):
                with speaking(around.language):
                    words = phrase(REPORT_NEWS[report], period=period_word(period))
                return begin(visit, "", News(words, "report", about), around)
    return Step(visit)
