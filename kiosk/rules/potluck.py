"""The reflection potluck: what the room says went well and went wrong is kept, as plain words without a name."""

from kiosk.commands import Refusal, SayAtPotluck
from kiosk.events import PotluckSaid
from kiosk.rules.badges import owner
from kiosk.rules.case import Case, Verdict
from kiosk.rules.circle import opened
from kiosk.rules.held import not_held
from kiosk.rules.writing import plain_words

LONGEST_SAID = 120
"""Characters."""


def say_at_potluck(command: SayAtPotluck, case: Case) -> Verdict:
    """Keep what was said, while this potluck may be held and was not; whose badge it was is nobody's to know."""
    there = owner(command.badge, case) if command.badge else opened(case)
    if isinstance(there, Refusal):
        return there
    refused = not_held("potluck", command.period, case)
    words = plain_words(command.words, least=1, most=LONGEST_SAID)
    if refused:
        return refused
    if isinstance(words, Refusal):
        return words
    if (command.side, words) in case.state.potlucks.get(command.period, ()):
        return Refusal("said already", "That was said already. Say something else, or go on.")
    return (PotluckSaid(command.period, command.side, words),)
