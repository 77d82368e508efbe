"""The seal of the record: a signed checkpoint, large on a page of its own, and small on the wall after a circle.

It holds a number that stands for all entries and says nothing of any; and none is made while a vote is open.
"""

from kiosk.amounts import elapsed
from kiosk.faces import Face, SealFace, SealOnWall, TroubleFace
from kiosk.rules.approvals import vote_open
from kiosk.views.scene import Scene, frame
from kiosk.visit.places import Seal, Visit
from kiosk.words import day, when

HANGS = 24 * 3_600_000
"""Milliseconds after a circle in which its seal hangs on the wall."""

FRESH = 3_600_000
"""Milliseconds in which it has room on a small wall too, whatever else there is."""

WITNESS = (
    "Photograph this, and you are a witness: whoever changes or removes anything that is written here "
    "can’t make it fit your photo any more."
)
HOW = (
    "Any phone reads it as text. Keep that: “check it yourself” in the docs says how to hold it against the "
    "record, also without our program."
)


def seal_hangs(scene: Scene) -> bool:
    """Whether the latest circle was closed so lately that the seal belongs on the wall."""
    return 0 <= _since_the_circle(scene) < HANGS


def _since_the_circle(scene: Scene) -> int:
    """Milliseconds since the latest circle was closed; -1 where none was, or where one is open."""
    latest = scene.state.latest
    return -1 if latest is None or latest.end is None else elapsed(latest.end, scene.now)


def seal_on_wall(scene: Scene) -> SealOnWall | None:
    """The seal as it hangs on the wall."""
    if scene.sealed is None or not seal_hangs(scene):
        return None
    return SealOnWall(
        code=scene.sealed.text,
        words="Be a witness: photograph our seal",
        told=f"{_entries(scene.sealed.size)}, {when(scene.sealed.at, scene.now)}",
        why="Whoever has the photo can prove that nothing was changed.",
        fresh=_since_the_circle(scene) < FRESH,
        key="seal",
    )


def seal(visit: Visit, place: Seal, scene: Scene) -> Face:
    """The seal, to be photographed."""
    if vote_open(scene.state):
        return _none(visit, scene, "No seal while a vote is open", "It is here again when the vote is over.")
    if scene.sealed is None:
        return _none(
            visit, scene, "The record can’t be sealed now", "Whoever tends the kiosk finds why in its log."
        )
    founded = scene.state.founded
    first = f"from {day(founded)} to " if founded else ""
    return SealFace(
        frame=frame(visit, scene, "The seal of our record"),
        code=scene.sealed.text,
        entries=_entries(scene.sealed.size),
        when=f"{first}{when(scene.sealed.at, scene.now)}",
        words=WITNESS,
        how=HOW,
    )


def _none(visit: Visit, scene: Scene, words: str, mend: str) -> TroubleFace:
    return TroubleFace(frame=frame(visit, scene, ""), words=words, mend=mend, icon="card")


def _entries(size: int) -> str:
    return f"{size:,} entries" if size != 1 else "1 entry"
