"""How likely it is that nobody says no.

Where people speak freely one ballot in so many is a no (the charter's `dissenter`). If ballots fall independently,
n of them without a no come about with probability (1 - 1/dissenter)^n. Ballots in one room are not independent, so
this is a measure to think by and no proof. The thought that too much agreement weakens a case: Gunn and others,
"Too good to be true: when overwhelming evidence fails to convince", Proceedings of the Royal Society A 472 (2016).
"""

from fractions import Fraction

from kiosk.state import Charter, Dissent

SELDOM = 1_000_000
"""As seldom as is said at all: once in so many times, or never."""


def likelihood(dissent: Dissent, charter: Charter) -> int:
    """The longer streak comes about once in so many times; 1 when there is none, and SELDOM at the most.

    Where the charter says that every ballot is a no (`dissenter` 1), the first that is none could not have come.
    """
    _, cast = dissent.longest
    if not cast:
        return 1
    if charter.dissenter <= 1:
        return SELDOM
    # (d / (d - 1)) ** (14 d) is more than e ** 14, which is more than SELDOM: no need to reckon further.
    ballots = min(cast, 14 * charter.dissenter)
    return min(SELDOM, int(Fraction(charter.dissenter, charter.dissenter - 1) ** ballots))


def unlikely(dissent: Dissent, charter: Charter) -> bool:
    """Whether it is so unlikely that fear is likelier than agreement."""
    return likelihood(dissent, charter) >= min(charter.unlikely, SELDOM)
