"""What the three buttons stand for in the circle, place by place. A vote’s presses go to the box instead."""

from collections.abc import Mapping

from kiosk.visit.assumption_places import OneRoutine
from kiosk.visit.circle_places import Booth, Summary, Turns, Voting
from kiosk.visit.friday_places import KEYS as FRIDAY_KEYS
from kiosk.visit.friday_places import MakeSeed
from kiosk.visit.jar_places import HowMuch, Parting, in_circle
from kiosk.visit.places import Place
from kiosk.visit.potluck_places import Potluck
from kiosk.visit.potluck_places import keys as potluck_keys


def keys(place: Place) -> tuple[str, str, str]:
    """What the three buttons mean where one is: the touches they stand for; "" for nothing."""
    if isinstance(place, Voting | Booth):
        return _voting_keys(place)
    if isinstance(place, HowMuch) and in_circle(place):
        return ("next digit", "up", "typed" if isinstance(place.what, Parting) else "back")
    if isinstance(place, Summary) and place.photo:
        return ("done", "page:1", "photo")
    if isinstance(place, Summary) and place.tell:
        return ("done", "page:1", "tell")
    if isinstance(place, Potluck):
        return potluck_keys(place)
    if isinstance(place, OneRoutine):
        return ("benefit", place.way, "back")
    return _KEYS.get(_which(place), _NOTHING)


_NOTHING = ("", "", "")


def _voting_keys(place: Voting | Booth) -> tuple[str, str, str]:
    if place.stopping:
        return ("close", "void", "go on")
    return ("press:yes", "press:no", "press:abstain")


def _which(place: object) -> str:
    name = type(place).__name__
    if isinstance(place, Turns) and place.what is not None:
        return "Turns noting"
    if isinstance(place, MakeSeed) and place.stopping:
        return f"{name} stopping"
    if getattr(place, "noting", False):
        return f"{name} noting" if getattr(place, "text", None) is None else ""
    return "" if getattr(place, "text", None) is not None else name


_LIST = ("take", "next", "back")

_KEYS: Mapping[str, tuple[str, str, str]] = {
    "Gathering": ("begin", "", "stop"),
    "Turns": ("note", "pass", "longer"),
    "Turns noting": ("take", "next", "none"),
    "MoreTime": ("yes", "no", ""),
    "Agenda": ("take", "next", "close"),
    "TaskWords": _LIST,
    "TaskDay": _LIST,
    "TaskDoer": ("", "", "back"),
    "OldTask": ("done", "day", "drop"),
    "TaskLength": ("quarter", "hour", "typed"),
    "ChangePick": _LIST,
    "ChangeDial": ("more", "less", "typed"),
    "QuestionWords": _LIST,
    "QuestionDetail": _LIST,
    "QuestionReview": _LIST,
    "Against": ("note", "vote", ""),
    "Against noting": ("take", "next", "none"),
    "NextOne": ("vote", "", "back"),
    "OldQuestion": ("vote", "drop", "back"),
    "Outcome": ("on", "", ""),
    "Review": ("yes", "no", "back"),
    "Experiment": ("yes", "no", "back"),
    "Grievance": _LIST,
    "SureToClose": ("close", "back", ""),
    "HandingOver": ("", "", "back"),
    "DrawingLot": ("", "", "back"),
    "Summary": ("done", "page:1", ""),
    "ReceiptWords": _LIST,
    "NamePart": _LIST,
    "Parts": ("book", "another", "back"),
    "PartPeople": _LIST,
    "Taps": ("", "", "back"),
    **dict.fromkeys(
        ("Autopsy", "PotluckWords", "WhoBenefits", "TurnRound", "TurnUntil", "WhatCame", "GoesOn"), _LIST
    ),
    "Gathered": ("", "", "back"),
    **FRIDAY_KEYS,
}
"""Touches that the yes, no and abstain buttons stand for, place by place."""
