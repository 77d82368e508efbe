"""What is wrong between this shop and its neighbours."""

from kiosk.amounts import elapsed
from kiosk.faces import Alarm
from kiosk.state import Neighbour
from kiosk.tongue import phrase
from kiosk.views.scene import Scene
from kiosk.words import duration, when

SILENT = 8 * 86_400_000
"""Milliseconds: a neighbour that writes its weekly note is not silent for longer."""


def neighbour_alarms(scene: Scene) -> tuple[Alarm, ...]:
    """Two stories first, then books that differ, accounts past their limit, and neighbours one hears nothing of."""
    here = [each for each in scene.state.neighbours.values() if not each.parted]
    return (
        *(_fork(each) for each in here if each.fork),
        *(_differs(each) for each in here if each.differs),
        *(_over(each, scene) for each in here if abs(scene.state.balance(each.account)) > each.limit),
        *(_silent(each, scene) for each in here if _last_heard(each, scene) > SILENT),
    )


def _fork(neighbour: Neighbour) -> Alarm:
    return Alarm(
        words=phrase("{shop} has told two different stories", shop=neighbour.name),
        since=str(neighbour.fork),
        mend=phrase("Look at both letters together with them; until then no hours are swapped with them."),
        pressing=False,
    )


def _differs(neighbour: Neighbour) -> Alarm:
    words = phrase(
        "Our books and those of {shop} differ by {time}", shop=neighbour.name, time=duration(abs(neighbour.differs))
    )
    return Alarm(words=words, mend=phrase("Lay both books beside each other."), pressing=False)


def _over(neighbour: Neighbour, scene: Scene) -> Alarm:
    over = abs(scene.state.balance(neighbour.account)) - neighbour.limit
    words = phrase("The account with {shop} is {time} past its limit", shop=neighbour.name, time=duration(over))
    return Alarm(words=words, mend=phrase("Swap it back first."), pressing=False)


def _last_heard(neighbour: Neighbour, scene: Scene) -> int:
    return elapsed(neighbour.heard or neighbour.linked, scene.now)


def _silent(neighbour: Neighbour, scene: Scene) -> Alarm:
    return Alarm(
        words=phrase("Nothing is heard of {shop}", shop=neighbour.name),
        since=when(neighbour.heard or neighbour.linked, scene.now),
        mend=phrase("Look after the line, or carry the letters over on a stick."),
        pressing=False,
    )
