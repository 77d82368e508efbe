"""What a counting has to say for itself, step by step and with the numbers it went by; nobody's ballot is in it.

Cents are whole where money changes hands; what one person pays or holds can be a fraction of one.
"""

from collections.abc import Sequence
from fractions import Fraction
from typing import Literal

from msgspec import Struct

By = Literal["price", "approvals", "lot"]
"""What put one before others that were as good."""


Why = Literal["nobody", "short", "floor", "rest"]
"""What kept a project from being bought."""


class Shared(Struct, frozen=True, tag_field="step", tag="shared"):
    """A counting begins: each of so many ballots stands for `share` cents, `raised` of them put on top of the
    jar's."""

    ballots: int
    share: Fraction
    raised: int = 0


class Tied(Struct, frozen=True, tag_field="step", tag="tied"):
    """Several were as good; the first of these ids is bought. by: what put it first, cheaper, more approvals or
    the lot.

    In the round that fills up, only a tie of which the jar can't pay all is one.
    """

    ids: tuple[str, ...]
    by: By


class Bought(Struct, frozen=True, tag_field="step", tag="bought"):
    """Those who want a project pay for it: `payers` of them `price` cents each, `emptied` all that they had left,
    which was `given` cents together. The others of its approvals had nothing left. price * payers + given =
    cents."""

    id: str
    cents: int
    approvals: int
    price: Fraction
    payers: int
    emptied: int
    given: Fraction


class Missed(Struct, frozen=True, tag_field="step", tag="missed"):
    """Those who want a project hold too little together when nothing more can be bought: held + short = cents."""

    id: str
    cents: int
    approvals: int
    held: Fraction
    short: Fraction


class Raised(Struct, frozen=True, tag_field="step", tag="raised"):
    """Completion raised every share `times` times by `unit` cents, and why it stopped there.

    fits: all that may be bought fits the jar together, so nothing is raised; full: nothing more fits; over: the
    next raise would buy more than the jar holds.
    """

    unit: int
    times: int
    why: Literal["fits", "full", "over"]


class Filled(Struct, frozen=True, tag_field="step", tag="filled"):
    """Bought from what was left, as the one most approve of all that still fit. rest: cents left after it."""

    id: str
    cents: int
    approvals: int
    rest: int


class Left(Struct, frozen=True, tag_field="step", tag="left"):
    """Not bought, and why. nobody: nobody approves it; short: those who do hold too little; floor: fewer than
    `least` approve it; rest: it costs more than the `rest` cents that are left."""

    id: str
    cents: int
    approvals: int
    why: Why
    rest: int
    least: int


Step = Shared | Tied | Bought | Missed | Raised | Filled | Left


class Count(Struct, frozen=True):
    """A result and why it is so.

    steps: a counting with the jar's own money; with completion, what was raised, and if so the counting that
        stands; what was filled up with; and what was not bought. Each project is at the end in exactly one of a
        Bought of the last counting, a Filled, a Left.
    by_lot: whether the lot was needed anywhere, also in a counting that doesn't stand. If not, every seed buys the
        same.
    """

    funded: tuple[str, ...]
    spent: int
    rest: int
    steps: tuple[Step, ...]
    by_lot: bool

    @property
    def ties(self) -> Sequence[Tied]:
        """The ties of the countings that are told."""
        return tuple(step for step in self.steps if isinstance(step, Tied))
