"""How long a visit waits for a sign of life, place by place."""

from collections.abc import Mapping

from kiosk.visit.assumption_places import (
    Autopsy,
    Gathered,
    GoesOn,
    OneRoutine,
    TurnRound,
    TurnUntil,
    WhatCame,
    WhoBenefits,
)
from kiosk.visit.between_places import PUT_TOGETHER, Circles, LetterTaps, OneOrder
from kiosk.visit.circle_places import IN_CIRCLE, Booth, Gathering, Voting
from kiosk.visit.duty_places import HandingOver
from kiosk.visit.jar_places import HowMuch, Slices, Taps, WantsSecond, WhoCarries, in_circle
from kiosk.visit.kiosk_places import LetInTaps, TakeOffTaps
from kiosk.visit.neighbour_places import (
    GuestDial,
    HowFar,
    LettersOut,
    LinkTaps,
    MendTaps,
    OurCard,
    PartTaps,
    Scanning,
    StoryCodes,
    SwapThere,
    TwoStories,
)
from kiosk.visit.number_places import CharterHands, NumberTaps, WrongTaps
from kiosk.visit.places import (
    NOWHERE,
    CopyHands,
    CopyOffered,
    Founding,
    Hands,
    LayNewBadge,
    Place,
    Seal,
    Together,
    Visit,
)
from kiosk.visit.potluck_places import Potluck, PotluckWords
from kiosk.visit.report_places import BehindFigure, OnSheet, ReportPlace

STAYS = 20_000
"""Milliseconds without a touch after which a visit ends by itself."""

STAYS_FOR_OTHERS = 60_000
"""The same where somebody else has to come and tap."""

STAYS_FOUNDING = 300_000
"""The same while three people found a shop and write their names."""

STAYS_IN_CIRCLE = 20 * 60_000
"""The same in the circle, where people talk; a vote waits for its own end."""

STAYS_AT_POTLUCK = 3 * 3_600_000
"""The same where the room talks about the month: nobody touches anything for an hour, and it is not over."""

PATIENT: Mapping[type, int] = {
    **dict.fromkeys((Gathering, *IN_CIRCLE), STAYS_IN_CIRCLE),
    Voting: 365 * 24 * 3_600_000,
    Booth: 365 * 24 * 3_600_000,
    HandingOver: STAYS_FOR_OTHERS,
    Hands: STAYS_FOR_OTHERS,
    Together: STAYS_FOR_OTHERS,
    LayNewBadge: STAYS_FOR_OTHERS,
    Seal: STAYS_FOR_OTHERS,
    ReportPlace: STAYS_FOR_OTHERS,
    BehindFigure: STAYS_FOR_OTHERS,
    OnSheet: STAYS_FOR_OTHERS,
    Founding: STAYS_FOUNDING,
    CopyOffered: STAYS_FOR_OTHERS,
    CopyHands: STAYS_FOR_OTHERS,
    **dict.fromkeys((NumberTaps, WrongTaps, CharterHands), STAYS_FOR_OTHERS),
    **dict.fromkeys((HowMuch, Slices, Taps, WantsSecond, WhoCarries), STAYS_FOR_OTHERS),
    **dict.fromkeys((Autopsy, OneRoutine, WhoBenefits, TurnRound, TurnUntil), STAYS_FOR_OTHERS),
    **dict.fromkeys((Scanning, HowFar, LinkTaps, PartTaps, SwapThere, GuestDial, MendTaps), STAYS_FOR_OTHERS),
    **dict.fromkeys((OurCard, LettersOut, TwoStories, StoryCodes), STAYS_FOUNDING),
    **dict.fromkeys((LetInTaps, TakeOffTaps), STAYS_FOR_OTHERS),
    **dict.fromkeys((*PUT_TOGETHER, LetterTaps, OneOrder, Circles), STAYS_FOR_OTHERS),
    **dict.fromkeys((WhatCame, GoesOn, Gathered), STAYS_FOR_OTHERS),
}


SLOWER = 3
"""How many times longer a visit waits that is read aloud or walked with the buttons: listening takes its time."""


def waits(visit: Visit) -> int:
    """Milliseconds a visit waits for a sign of life where it is."""
    slowly = visit.voice == "on" or visit.at != NOWHERE
    return stays(visit.place) * (SLOWER if slowly else 1)


def stays(place: Place) -> int:
    """Milliseconds a place waits for a sign of life."""
    if isinstance(place, Potluck | PotluckWords):
        return STAYS_AT_POTLUCK
    if in_circle(place) or getattr(place, "in_circle", False):
        return STAYS_IN_CIRCLE
    return PATIENT.get(type(place), STAYS)
