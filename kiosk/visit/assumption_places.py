"""The places of an assumption autopsy, and where badges are gathered for a report or a routine.

Frozen; forgotten when left. `at` counts the row that is marked, over all pages, as in the circle's lists.
"""

from typing import Literal

from msgspec import Struct

from kiosk.amounts import EntryId
from kiosk.commands import HoldReport, ReviewInversion, SayBenefit, StartInversion
from kiosk.visit.jar_places import Tap


class Autopsy(Struct, frozen=True):
    """The routines of a quarter. in_circle: the circle waits for what is done here, as in all these places."""

    period: str
    at: int = 0
    in_circle: bool = False


class OneRoutine(Struct, frozen=True):
    """One routine. way: what can be done about it now: turn it round, say what came of that, or neither."""

    period: str
    routine: str
    way: Literal["invert", "came", ""] = ""
    in_circle: bool = False


class WhoBenefits(Struct, frozen=True):
    """Who benefits from it: picked, or written (text is not None)."""

    period: str
    routine: str
    at: int = 0
    text: str | None = None
    in_circle: bool = False


class TurnRound(Struct, frozen=True):
    """How it is turned round: picked, or written (text is not None)."""

    period: str
    routine: str
    at: int = 0
    text: str | None = None
    in_circle: bool = False


class TurnUntil(Struct, frozen=True):
    """Until when."""

    period: str
    routine: str
    words: str
    at: int = 0
    in_circle: bool = False


class WhatCame(Struct, frozen=True):
    """The day has come: what happened, picked, or written (text is not None)."""

    inversion: EntryId
    at: int = 0
    text: str | None = None
    in_circle: bool = False


class GoesOn(Struct, frozen=True):
    """Whether it goes on, and until when."""

    inversion: EntryId
    words: str
    at: int = 0
    in_circle: bool = False


class Gathered(Struct, frozen=True):
    """Badges are gathered for this; with the last one it is asked, with all of them in it. needed: how many.

    Whoever has a report on the screen leads here with `Gathered(HoldReport(report, period, ()), 2)`.
    """

    command: HoldReport | SayBenefit | StartInversion | ReviewInversion
    needed: int
    taps: tuple[Tap, ...] = ()
    in_circle: bool = False


AssumptionPlace = Autopsy | OneRoutine | WhoBenefits | TurnRound | TurnUntil | WhatCame | GoesOn | Gathered
