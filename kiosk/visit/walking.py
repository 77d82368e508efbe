"""Walking with the three buttons where they have no meaning of their own: the circle takes, the square goes on."""

from collections.abc import Sequence

from msgspec.structs import replace

from kiosk.faces import Marked, Said, Touch
from kiosk.tongue import phrase
from kiosk.visit.checkup_places import Tryout
from kiosk.visit.circle_keys import keys
from kiosk.visit.places import NOWHERE, Place, Visit, say

LETTERS = "letters="
"""What a way says that opens a few letters: that is walking, and no visit hears of it."""


def walked(place: Place) -> bool:
    """Whether the buttons walk here. In the test whatever arrives is shown instead."""
    return not isinstance(place, Tryout) and not any(keys(place))


def press(visit: Visit, button: str, ways: Sequence[Marked], now: int) -> tuple[Visit, Touch | None]:
    """A press: the visit with another thing marked, or the touch that it stands for. now: monotonic milliseconds.

    The first press only says what the buttons do, and marks the first thing. Without a touch it was only a step on.
    """
    if visit.at == NOWHERE:
        return begin(visit, now), None
    visit = replace(visit, said=None, touched=now)
    if button == "abstain":
        return (replace(visit, at=0, letters=""), None) if visit.letters else (visit, Touch("back"))
    if not ways:
        return visit, None
    at = visit.at % len(ways)
    if button == "no":
        return replace(visit, at=(at + 1) % len(ways)), None
    touch = ways[at].touch
    if touch is None:
        return visit, None
    if touch.value.startswith(LETTERS):
        return replace(visit, at=0, letters=touch.value.removeprefix(LETTERS)), None
    return replace(visit, letters="", at=0 if visit.letters else at), touch


def begin(visit: Visit, now: int) -> Visit:
    """The first thing is marked, and what the buttons do is said."""
    words = phrase("Circle takes what is framed")
    mend = phrase("Square: the next one. Triangle: back. Hold all three, and the circle opens.")
    said = Said(words=words, mend=mend, icon="circle", tone="plain")
    return say(replace(visit, at=0, letters="", touched=now), said, now)


def follow(visit: Visit, before: Marked | None, ways: Sequence[Marked]) -> Visit:
    """What was marked stays so while the screen goes on, also where something more can be touched now."""
    if visit.at == NOWHERE or before is None or visit.letters:
        return visit
    place = next((index for index, way in enumerate(ways) if way.touch == before.touch and way.touch), visit.at)
    return replace(visit, at=place)
