"""The places of a reflection potluck, which the big screen leads: successes, failures, then the numbers, one by
one.

Frozen; forgotten when left. What was said is in the record by then.
"""

from typing import Literal

from msgspec import Struct

Side = Literal["success", "failure"]


class Potluck(Struct, frozen=True):
    """The evening. period: the month it looks back at. at: which number is shown, from 0.

    in_circle: the circle waits for what is done here.
    """

    period: str
    part: Literal["success", "failure", "figures", "end"] = "success"
    at: int = 0
    in_circle: bool = False


class PotluckWords(Struct, frozen=True):
    """What was said is kept: picked, or written (text is not None)."""

    period: str
    side: Side
    at: int = 0
    text: str | None = None
    in_circle: bool = False


PotluckPlace = Potluck | PotluckWords


def keys(place: Potluck) -> tuple[str, str, str]:
    """What the three buttons mean: note it or go on, then read aloud; at the end, that it was held."""
    if place.part == "end":
        return ("held", "done", "back")
    return ("on", "voice", "back") if place.part == "figures" else ("note", "on", "back")
