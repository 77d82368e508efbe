"""The screens of a copy of the record that lies ready."""

from msgspec.structs import replace

from kiosk.faces import Choice, Face, TapFace, TilesFace, TroubleFace, WallFace, WelcomeFace
from kiosk.rules.copies import Offered, hands_for
from kiosk.views import people
from kiosk.views.scene import Scene, frame
from kiosk.views.wall import wall
from kiosk.visit.ground import number
from kiosk.visit.places import CopyDecided, CopyHands, CopyOffered, Idle, People, Visit
from kiosk.words import compared, day_of

_WAY = Choice(key="copy", words="a copy of the record", icon="undo")


def at_the_wall(visit: Visit, place: Idle, scene: Scene) -> WallFace | WelcomeFace:
    """The wall; on a kiosk that is nobody's yet with a way to the copy that lies ready."""
    shown = wall(visit, place, scene)
    if isinstance(shown, WelcomeFace) and scene.copies.offered:
        way = replace(_WAY, words="put a copy in place")
        return replace(shown, choices=(*shown.choices, way))
    return shown


def people_and_copy(visit: Visit, place: People, scene: Scene) -> Face:
    """What can be done about people and badges; and the copy that lies ready, which takes many hands too."""
    shown = people.people(visit, place, scene)
    if isinstance(shown, TilesFace) and scene.copies.offered and place.badge is None:
        return replace(shown, choices=(*shown.choices, _WAY))
    return shown


def offered(visit: Visit, place: CopyOffered, scene: Scene) -> Face:
    """What the copy is, what it would replace, and what would be lost."""
    copy = scene.copies.offered
    if copy is None:
        return TroubleFace(
            frame=frame(visit, scene, "", back=False, leave=False),
            words="No copy of the record lies ready any more",
            mend="The record stays as it is.",
            choices=(Choice(key="not now", words="all right", icon="check", tone="strong"),),
        )
    put = Choice(key="put in place", words="put it in place", icon="people")
    leave = Choice(key="not now", words="leave it as it is" if copy.here else "not now", icon="close")
    strong = leave if copy.lost or not copy.gained else put
    return TroubleFace(
        frame=frame(visit, scene, "", back=False, leave=False),
        words="A copy of the record wants to be put in place",
        mend=_told(copy, scene),
        icon="undo",
        choices=tuple(replace(each, tone="strong") if each is strong else each for each in (put, leave)),
    )


def _told(copy: Offered, scene: Scene) -> str:
    words = f"It has {copy.entries:,} entries, the newest from {day_of(copy.newest, scene.now)}."
    if copy.here and copy.here_newest is not None and copy.lost:
        gone = "1 entry" if copy.lost == 1 else f"{copy.lost:,} entries"
        ours = (
            f"Ours has {copy.here:,}, the newest from {day_of(copy.here_newest, scene.now)}: {gone} would be lost."
        )
    else:
        ours = compared(copy.here, copy.entries, copy.shared)
    if copy.lost and copy.shared == copy.entries:
        return f"{words} {ours} Nothing is wrong with ours, it only goes on from there: better leave it."
    if copy.lost and copy.shared:
        return f"{words} {ours} Up to entry {copy.shared:,} they are the same."
    return f"{words} {ours}"


def hands(visit: Visit, place: CopyHands, scene: Scene) -> Face:
    """Many hands: dots that fill."""
    copy = scene.copies.offered
    needed = hands_for(copy, scene.state) if copy else len(place.hands)
    lost = copy.lost if copy else 0
    gone = (
        "Nothing is lost" if not lost else "1 entry will be lost" if lost == 1 else f"{lost:,} entries will be lost"
    )
    kept = "; the record of now is kept aside" if copy and copy.here else ""
    return TapFace(
        frame=frame(visit, scene, "Put the copy in place"),
        prompt=f"{number(needed)} of you tap" if not place.hands else "the next one taps",
        words=f"{gone}{kept}. The record will say whose hands it was.",
        dots_filled=len(place.hands),
        dots=needed,
        names=tuple(name for name, _, _ in place.hands),
        icon="people",
    )


def decided(visit: Visit, place: CopyDecided, scene: Scene) -> Face:
    """Nothing can be done here any more but wait."""
    return TroubleFace(
        frame=frame(visit, scene, "", back=False, leave=False),
        words="The copy is put in place",
        mend="The kiosk starts again with it in a moment. Please wait.",
        icon="check",
    )
