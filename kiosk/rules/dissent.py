"""How likely it is that nobody says no.

Where people speak freely one ballot in so many is a no (the charter's `dissenter`). If ballots fall independently,
n of them without a no come about with probability (1 - 1/dissenter)^n. Ballots in one room are not independent, so
this is a measure to think by and no proof. The thought that too much agreement weakens a case: Gunn and others,
"Too good to be true: when overwhelming evidence fails to convince", Proceedings of the Royal Society A 472 (2016).
"""

from fractions import Fraction

from kiosk.state import Charter, Dissent


def likelihood(dissent: Dissent, charter: Charter) -> int:
    """A streak like this comes about once in so many times; 1 when there is none."""
    chance = (1 - Fraction(1, charter.dissenter)) ** dissent.ballots
    return int(1 / chance)


def unlikely(dissent: Dissent, charter: Charter) -> bool:
    """Whether it is so unlikely that fear is likelier than agreement."""
    return likelihood(dissent, charter) >= charter.unlikely
