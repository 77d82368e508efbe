"""Assumptions taken apart: who benefits from a routine, turning one round for a while, and what came of it."""

from kiosk.commands import Refusal, ReviewInversion, SayBenefit, StartInversion
from kiosk.events import BenefitSaid, InversionReviewed, InversionStarted
from kiosk.periods import before, quarter_of
from kiosk.rules.badges import many_hands, owner
from kiosk.rules.case import Case, Verdict
from kiosk.rules.circle import opened
from kiosk.rules.days import later_day
from kiosk.rules.jar import two_badges
from kiosk.rules.thrones import due_inversions
from kiosk.rules.writing import plain_words
from kiosk.state import State
from kiosk.state.routines import DUTY, ROUTINES, WORK_OF
from kiosk.words import local

LONGEST_BENEFIT, LONGEST_INVERSION = 60, 120
"""Characters."""

HALF_A_YEAR = 183
"""Days; an inversion is asked about by then, and then it may go on."""


def say_benefit(command: SayBenefit, case: Case) -> Verdict:
    """What the room says; whose badge it was is nobody's to know."""
    there = owner(command.badge, case) if command.badge else opened(case)
    if isinstance(there, Refusal):
        return there
    refused = _not_looked_at(command.period, command.routine, case)
    words = plain_words(command.words, least=1, most=LONGEST_BENEFIT)
    if refused:
        return refused
    if isinstance(words, Refusal):
        return words
    if (command.routine, words) in case.state.benefits.get(command.period, ()):
        return Refusal("said already", "That was said already. Say something else, or go on.")
    return (BenefitSaid(command.period, command.routine, words),)


def start_inversion(command: StartInversion, case: Case) -> Verdict:
    """Turn it round, by many hands: it silences an alarm for a while, which nobody may do alone."""
    hands = many_hands(command.badges, case)
    if isinstance(hands, Refusal):
        return hands
    refused = _not_looked_at(command.period, command.routine, case) or _on_already(command.routine, case)
    if refused:
        return refused
    words = plain_words(command.words, least=1, most=LONGEST_INVERSION)
    until = later_day(command.until, case, most=HALF_A_YEAR)
    if isinstance(words, Refusal):
        return words
    if isinstance(until, Refusal):
        return until
    return (InversionStarted(command.period, command.routine, words, until, hands),)


def review_inversion(command: ReviewInversion, case: Case) -> Verdict:
    """What happened, and whether it goes on; only once its day has come."""
    hands = two_badges(command.badges, case)
    if isinstance(hands, Refusal):
        return hands
    if command.inversion not in {each.id for each in due_inversions(case.state, local(case.now).date())}:
        return Refusal("not asked", "This is not asked about now. Choose another one from the list.")
    words = plain_words(command.words, least=1, most=LONGEST_INVERSION)
    until = later_day(command.until, case, most=HALF_A_YEAR) if command.until else ""
    if isinstance(words, Refusal):
        return words
    if isinstance(until, Refusal):
        return until
    return (InversionReviewed(command.inversion, words, until, hands),)


def routines_known(state: State) -> frozenset[str]:
    """All that can be asked about: what every shop does, what the record shows, duties, and kinds of work."""
    shown = {each.name for each in state.routines.values()}
    duties = {DUTY + name for name in state.duties}
    return frozenset((*ROUTINES, *shown, *duties, *(WORK_OF + work for work in state.work())))


def _not_looked_at(period: str, routine: str, case: Case) -> Refusal | None:
    now = quarter_of(local(case.now).date())
    if period not in (now, before(now)):
        return Refusal("no period", "That quarter is long past. Look at the one that ended last.")
    if routine not in routines_known(case.state):
        return Refusal("no routine", "The record knows no such routine. Choose one from the list.")
    return None


def _on_already(routine: str, case: Case) -> Refusal | None:
    if routine in {each.routine for each in case.state.inversions.values()}:
        return Refusal("on already", "This is being turned round already. Say first what came of it.")
    return None
