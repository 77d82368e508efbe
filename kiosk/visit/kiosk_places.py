"""Where somebody stands among the kiosks of the shop."""

from msgspec import Struct

from kiosk.invited import Invited
from kiosk.visit.jar_places import Tap


class Kiosks(Struct, frozen=True):
    """The other kiosks of the shop, and one that wants to be one of them."""

    page: int = 0


class LetInTaps(Struct, frozen=True):
    """Many hands let another kiosk in."""

    invited: Invited
    taps: tuple[Tap, ...] = ()


class TakeOffTaps(Struct, frozen=True):
    """Many hands take a kiosk off the shop."""

    device: str
    taps: tuple[Tap, ...] = ()


KioskPlace = Kiosks | LetInTaps | TakeOffTaps
