"""What can be done with a duty now, and where that is done."""

from typing import Literal

from kiosk.amounts import Handle
from kiosk.events import How, Term
from kiosk.rules.rotation import comes_next, may_take
from kiosk.visit.circle_places import NextOne
from kiosk.visit.duty_places import DrawingLot, HandingOver
from kiosk.visit.ground import Surroundings
from kiosk.visit.picking import today
from kiosk.words import local

Way = Literal["hand over", "draw", "ask", "not here", "end"]
"""Ways on from one duty: two taps, a lot, an approval round in the circle, the next one is not here, it ends."""

HOWS: tuple[How, ...] = ("order", "lot", "approval")
TERMS: tuple[Term, ...] = ("day", "week", "month")


def ways(duty_name: str, absent: tuple[Handle, ...], around: Surroundings) -> tuple[Way, ...]:
    """What can be done with a duty at the kiosk, the likeliest first."""
    state, day = around.state, today(around)
    coming = comes_next(state, duty_name, absent, day)
    found: list[Way] = ["hand over"] if coming else []
    if not coming and state.duties[duty_name].how == "lot" and may_take(state, duty_name, absent, day):
        found.append("draw")
    if not coming and state.duties[duty_name].how == "approval" and todays_circle(around):
        found.append("ask")
    if coming and not here_for_sure(coming, around):
        found.append("not here")
    return (*found, "end")


def todays_circle(around: Surroundings) -> bool:
    """Whether a circle is open, and not left open on another day."""
    circle = around.state.circle
    return circle is not None and local(circle.opened).date() == today(around)


def here_for_sure(handle: Handle, around: Surroundings) -> bool:
    """Whether somebody tapped in to the circle that is open, and so is here whatever anybody says."""
    circle = around.state.circle
    return circle is not None and todays_circle(around) and handle in circle.roll


def next_step(duty_name: str, around: Surroundings) -> HandingOver | DrawingLot | NextOne | None:
    """Where the circle goes on with a duty; None when nobody is here who could take it."""
    state, day = around.state, today(around)
    if comes_next(state, duty_name, (), day):
        return HandingOver(duty_name, in_circle=True)
    if not may_take(state, duty_name, (), day):
        return None
    if state.duties[duty_name].how == "lot":
        return DrawingLot(duty_name, in_circle=True)
    return NextOne(duty_name)
