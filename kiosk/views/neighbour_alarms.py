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
        *(_seal_fork(each) for each in here if each.seal_fork),
        *(_doubted(each, scene) for each in here if each.doubts),
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


def _seal_fork(neighbour: Neighbour) -> Alarm:
    return Alarm(
        words=phrase("The record of {shop} was changed, or put back", shop=neighbour.name),
        since=str(neighbour.seal_fork),
        mend=phrase("Look at both seals together with them; until then no hours are swapped with them."),
        pressing=False,
    )


def _doubted(neighbour: Neighbour, scene: Scene) -> Alarm:
    since = min((each.since for each in neighbour.doubts.values()), key=lambda at: at.wall)
    return Alarm(
        words=phrase("{shop} says that we have told two different stories", shop=neighbour.name),
        since=when(since, scene.now),
        mend=phrase("Talk with them, and look at both under neighbours."),
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
