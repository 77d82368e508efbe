"""Minutes, moments and names: the smallest words of the house. Whole numbers only; a float never holds value."""

from collections.abc import Iterable
from typing import NewType

from msgspec import Struct

Handle = str
"""A member's public name, unique in the shop for ever (also after leaving). It is the member's id in the record."""

BadgeHash = NewType("BadgeHash", str)
"""A keyed hash of a tag's number or a card's secret, in hex. The number and the secret are never stored."""

EntryId = NewType("EntryId", str)
"""Names an entry of the record: the kiosk that wrote it and its number there, as in "k3f9/17"."""

COMMONS: Handle = "commons"
"""The account of all: what is given to the shop itself is received here. No member may take this name."""

NEIGHBOUR_SIGN = "@"
"""What the account with a neighbour begins with; no member's name can have it."""


def neighbour_account(neighbour: str) -> Handle:
    """The account of what a neighbouring shop has with us, among those of the members."""
    return NEIGHBOUR_SIGN + neighbour


JAR = "jar"
"""The first fund of the shop; daughter funds have names that the shop gives them."""

STEP = 15
"""Minutes; amounts are chosen in steps of a quarter of an hour, until a shop's charter says otherwise."""

LONGEST = 12 * 60
"""Minutes; the longest single swap, and how long a running clock is believed, until a charter says otherwise."""


class Moment(Struct, frozen=True):
    """When something happened.

    wall: milliseconds since 1970 UTC, as far as this box knows.
    mono: milliseconds on the monotonic clock of this run.
    boot: names the run, so that two monotonic times are compared only within one run.
    trusted: False when the wall clock may be wrong (no battery clock and no network yet).
    """

    wall: int
    mono: int
    boot: str
    trusted: bool = True


def elapsed(earlier: Moment, later: Moment) -> int:
    """Milliseconds from one moment to another; by the clock that cannot jump where both are of one run."""
    if earlier.boot == later.boot:
        return later.mono - earlier.mono
    return later.wall - earlier.wall


def split(minutes: int, ways: int) -> tuple[int, ...]:
    """Share minutes or cents so that nothing is lost: equal parts, the odd ones to those who came first."""
    part, odd = divmod(minutes, ways)
    return tuple(part + (1 if place < odd else 0) for place in range(ways))


LEAST_GLASS = 50_00
"""Cents; a jar is not drawn smaller than this, so that a single coin does not fill it."""


def glass(cents: int, prices: Iterable[int] = ()) -> int:
    """Cents that a jar's glass holds as it is drawn: its sum, the dearest proposal, and a tenth of air above."""
    return max(cents, LEAST_GLASS, *prices) * 10 // 9


def per_mille(part: int, whole: int) -> int:
    """A part of a whole in whole per mille, from 0 to 1000; something is never nothing."""
    if part <= 0 or whole <= 0:
        return 0
    return max(1, min(1000, part * 1000 // whole))
