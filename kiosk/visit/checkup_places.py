"""Where somebody stands who looks after the kiosk: how it is, and the test of what arrives."""

from msgspec import Struct


class Checkup(Struct, frozen=True):
    """How is the kiosk? page counts from 0."""

    page: int = 0


class OneFinding(Struct, frozen=True):
    """One thing that was looked at."""

    what: str


class Arrived(Struct, frozen=True):
    """Something that arrived during the test: its picture, and what it was, in words."""

    icon: str
    words: str


class Tryout(Struct, frozen=True):
    """Press, tap, scan, drop: what arrives is shown, the newest first, and nothing is booked but a coin.

    down: buttons that are down; stuck: those that are left out. lamps, tones: how many have been tried so far.
    """

    arrived: tuple[Arrived, ...] = ()
    down: tuple[str, ...] = ()
    stuck: tuple[str, ...] = ()
    lamps: int = 0
    tones: int = 0


CheckupPlace = Checkup | OneFinding | Tryout
