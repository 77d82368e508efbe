"""The places of a Friday, inside the circle, each with what has been settled there. Frozen; forgotten when left."""

from collections.abc import Mapping

from msgspec import Struct

from kiosk.amounts import EntryId
from kiosk.events import Telling


class ToCount(Struct, frozen=True):
    """First the jar is counted by hand."""

    fund: str


class TooMuch(Struct, frozen=True):
    """There is more than one meeting can give away: split it, or give it away as it is."""

    fund: str


class SplitEqually(Struct, frozen=True):
    """Equal parts are offered. ways: how many; 0 for parts of any size."""

    fund: str
    ways: int = 2


class Drawn(Struct, frozen=True):
    """A fund was split: who looks after each part. entry: the one that split it."""

    entry: EntryId


class FrozenList(Struct, frozen=True):
    """Sum, list, roll and where the rest goes, before the vote. detail: what will be told; page counts from 0."""

    fund: str
    detail: Telling = "outcome"
    page: int = 0


class Downside(Struct, frozen=True):
    """The other side of one project. began: milliseconds, monotonic.

    noting: its words are being picked (at) or written (text is not None); else somebody just speaks.
    """

    friday: FrozenList
    project: EntryId
    began: int
    noting: bool = False
    at: int = 0
    text: str | None = None


class MakeSeed(Struct, frozen=True):
    """A tie is settled by a lot whose seed is made in the room: presses, or a word (text is not None).

    pressed: what was pressed so far, "1" for circle, "2" for square, "3" for triangle; shown to everybody.
    stopping: the circle is asked whether to end the vote, since nobody walks out of it.
    """

    pressed: str = ""
    text: str | None = None
    stopping: bool = False


class CountingSteps(Struct, frozen=True):
    """The counting, one step after another. entry: the one that closed it; at counts the steps from 0."""

    entry: EntryId
    at: int = 0
    page: int = 0


class Emptied(Struct, frozen=True):
    """The jar at zero, and all that left it. entry: the one that closed it; page counts from 0."""

    entry: EntryId
    page: int = 0


FridayPlace = ToCount | TooMuch | SplitEqually | Drawn | FrozenList | Downside | MakeSeed | CountingSteps | Emptied

ON_FRIDAY = (
    ToCount,
    TooMuch,
    SplitEqually,
    Drawn,
    FrozenList,
    Downside,
    MakeSeed,
    CountingSteps,
    Emptied,
)
"""Places that only an open circle has."""

KEYS: Mapping[str, tuple[str, str, str]] = {
    "ToCount": ("count", "", "back"),
    "TooMuch": ("split", "whole", "back"),
    "SplitEqually": ("take", "one more part", "back"),
    "Drawn": ("on", "", ""),
    "FrozenList": ("go on", "detail", "back"),
    "Downside": ("note", "go on", ""),
    "Downside noting": ("take", "next", "none"),
    "MakeSeed stopping": ("", "void", "go on"),
    "MakeSeed": ("seed:1", "seed:2", "seed:3"),
    "CountingSteps": ("next", "page:1", "skip"),
    "Emptied": ("on", "page:1", ""),
}
"""What the yes, no and abstain buttons stand for, place by place."""
