"""The places where duties go round, each with what has been begun there. Frozen; forgotten when left.

absent: who is said not to be here. in_circle: reached from what the circle does, and leads back there. fund: whose
duty a new one is to be.
"""

from msgspec import Struct

from kiosk.amounts import JAR, BadgeHash, Handle
from kiosk.events import How


class Duties(Struct, frozen=True):
    """All duties, or those of one daughter fund, who has them and who comes next; page counts from 0."""

    page: int = 0
    fund: str = JAR


class OneDuty(Struct, frozen=True):
    """One duty, and what can be done with it."""

    duty: str
    absent: tuple[Handle, ...] = ()


class HandingOver(Struct, frozen=True):
    """Two taps, in either order. first: who has tapped."""

    duty: str
    absent: tuple[Handle, ...] = ()
    first: tuple[Handle, BadgeHash] | None = None
    in_circle: bool = False


class DrawingLot(Struct, frozen=True):
    """About to draw the lot: whoever taps draws it."""

    duty: str
    absent: tuple[Handle, ...] = ()
    in_circle: bool = False


class WhichDuty(Struct, frozen=True):
    """What is to go round: one of the usual duties, or written (text is not None)."""

    text: str | None = None
    fund: str = JAR


class DutyHow(Struct, frozen=True):
    """How it is found out who comes next."""

    duty: str
    fund: str = JAR


class DutyTerm(Struct, frozen=True):
    """How long somebody has it."""

    duty: str
    how: How
    fund: str = JAR


DutyPlace = Duties | OneDuty | HandingOver | DrawingLot | WhichDuty | DutyHow | DutyTerm
