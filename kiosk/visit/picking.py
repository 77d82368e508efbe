"""Walking a list with three buttons, or touching a row of it."""

from datetime import date

from kiosk.faces import Touch
from kiosk.visit.ground import Surroundings
from kiosk.visit.rows import PAGE
from kiosk.words import local


def picked(touch: Touch, at: int, count: int) -> int | None:
    """Which row was chosen, from 0; None when none was. at: the marked one; count: how many rows there are."""
    if not count:
        return None
    match touch.value.split(":", 1):
        case ["take"]:
            return at % count
        case ["row", number] if number.isdigit() and int(number) < count:
            return int(number)
    return None


def moved(touch: Touch, at: int, count: int) -> int:
    """Which row is marked after "next", or after a page is turned; after the last comes the first."""
    if not count:
        return at
    match touch.value.split(":", 1):
        case ["next"]:
            return (at + 1) % count
        case ["page", "1"]:
            further = at // PAGE * PAGE + PAGE
            return further if further < count else 0
        case ["page", "-1"]:
            return (at // PAGE * PAGE or -(-count // PAGE) * PAGE) - PAGE
    return at


def today(around: Surroundings) -> date:
    """The day on the clock of the room."""
    return local(around.now).date()
