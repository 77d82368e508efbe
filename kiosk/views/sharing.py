"""What all views of what shops share are made from."""

from kiosk.faces import (
    Choice,
    Face,
    TroubleFace,
)
from kiosk.state import Neighbour
from kiosk.tongue import phrase
from kiosk.views.scene import Scene, frame
from kiosk.visit.places import Visit
from kiosk.words import local

LINES, TILES, EACH_SIDE = 4, 8, 3
"""Lines and tiles on one page, and notices of each side."""


def neighbours_here(scene: Scene) -> tuple[Neighbour, ...]:
    """All that are neighbours now."""
    return tuple(each for each in scene.state.neighbours.values() if not each.parted)


def today_text(scene: Scene) -> str:
    """The day on the clock of the room, as letters have it."""
    return local(scene.now).date().isoformat()


def gone(visit: Visit, scene: Scene) -> Face:
    """What was to be shown is not there any more."""
    words = phrase("This is over, or was taken back.")
    return TroubleFace(frame=frame(visit, scene, ""), words=words, mend="")


def that_is_it() -> Choice:
    """What takes the amount on a pad."""
    return Choice("typed", phrase("that is it"), "check", tone="strong")
