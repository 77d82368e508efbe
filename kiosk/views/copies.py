"""The screens of a copy of the record that lies ready."""

from msgspec.structs import replace

from kiosk.faces import Choice, Face, TapFace, TilesFace, TroubleFace, WallFace, WelcomeFace
from kiosk.rules.copies import Offered, hands_for
from kiosk.tongue import phrase, plural
from kiosk.views import people
from kiosk.views.scene import Scene, frame
from kiosk.views.wall import wall
from kiosk.visit.ground import number
from kiosk.visit.places import CopyDecided, CopyHands, CopyOffered, Idle, People, Visit
from kiosk.words import capital, compared, day_of, figure


def at_the_wall(visit: Visit, place: Idle, scene: Scene) -> WallFace | WelcomeFace:
    """The wall; on a kiosk that is nobody's yet with a way to the copy that lies ready."""
    shown = wall(visit, place, scene)
    if isinstance(shown, WelcomeFace) and scene.copies.offered:
        way = Choice(key="copy", words=phrase("put a copy in place"), icon="undo")
        return replace(shown, choices=(*shown.choices, way))
    return shown


def people_and_copy(visit: Visit, place: People, scene: Scene) -> Face:
    """What can be done about people and badges; and the copy that lies ready, which takes many hands too."""
    shown = people.people(visit, place, scene)
    if isinstance(shown, TilesFace) and scene.copies.offered and place.badge is None:
        way = Choice(key="copy", words=phrase("a copy of the record"), icon="undo")
        return replace(shown, choices=(*shown.choices, way))
    return shown


def offered(visit: Visit, place: CopyOffered, scene: Scene) -> Face:
    """What the copy is, what it would replace, and what would be lost."""
    copy = scene.copies.offered
    if copy is None:
        return TroubleFace(
            frame=frame(visit, scene, "", back=False, leave=False),
            words=phrase("No copy of the record lies ready any more"),
            mend=phrase("The record stays as it is."),
            choices=(Choice(key="not now", words=phrase("all right"), icon="check", tone="strong"),),
        )
    put = Choice(key="put in place", words=phrase("put it in place"), icon="people")
    left = phrase("leave it as it is") if copy.here else phrase("not now")
    leave = Choice(key="not now", words=left, icon="close")
    strong = leave if copy.lost or not copy.gained else put
    return TroubleFace(
        frame=frame(visit, scene, "", back=False, leave=False),
        words=phrase("A copy of the record wants to be put in place"),
        mend=_told(copy, scene),
        icon="undo",
        choices=tuple(replace(each, tone="strong") if each is strong else each for each in (put, leave)),
    )


def _told(copy: Offered, scene: Scene) -> str:
    words = plural(
        "It has {count} entries, the newest from {day}.",
        "It has {count} entries, the newest from {day}.",
        copy.entries,
        count=figure(copy.entries),
        day=day_of(copy.newest, scene.now),
    )
    if copy.here and copy.here_newest is not None and copy.lost:
        ours = plural(
            "Ours has {here}, the newest from {day}: 1 entry would be lost.",
            "Ours has {here}, the newest from {day}: {count} entries would be lost.",
            copy.lost,
            count=figure(copy.lost),
            here=figure(copy.here),
            day=day_of(copy.here_newest, scene.now),
        )
    else:
        ours = compared(copy.here, copy.entries, copy.shared)
    if copy.lost and copy.shared == copy.entries:
        advice = phrase("Nothing is wrong with ours, it only goes on from there: better leave it.")
        return f"{words} {ours} {advice}"
    if copy.lost and copy.shared:
        same = phrase("Up to entry {number} they are the same.", number=figure(copy.shared))
        return f"{words} {ours} {same}"
    return f"{words} {ours}"


def hands(visit: Visit, place: CopyHands, scene: Scene) -> Face:
    """Many hands: dots that fill."""
    copy = scene.copies.offered
    needed = hands_for(copy, scene.state) if copy else len(place.hands)
    whose = phrase("The record will say whose hands it was.")
    return TapFace(
        frame=frame(visit, scene, phrase("Put the copy in place")),
        prompt=phrase("The next one taps")
        if place.hands
        else capital(phrase("{number} of you tap", number=number(needed))),
        words=f"{_gone(copy)} {whose}",
        dots_filled=len(place.hands),
        dots=needed,
        names=tuple(name for name, _, _ in place.hands),
        icon="people",
    )


def _gone(copy: Offered | None) -> str:
    """What is lost with it, and what stays."""
    lost = copy.lost if copy else 0
    if copy and copy.here and lost:
        return plural(
            "1 entry will be lost; the record of now is kept aside.",
            "{count} entries will be lost; the record of now is kept aside.",
            lost,
            count=figure(lost),
        )
    if lost:
        return plural("1 entry will be lost.", "{count} entries will be lost.", lost, count=figure(lost))
    if copy and copy.here:
        return phrase("Nothing is lost; the record of now is kept aside.")
    return phrase("Nothing is lost.")


def decided(visit: Visit, place: CopyDecided, scene: Scene) -> Face:
    """Nothing can be done here any more but wait."""
    return TroubleFace(
        frame=frame(visit, scene, "", back=False, leave=False),
        words=phrase("The copy is put in place"),
        mend=phrase("The kiosk starts again with it in a moment. Please wait."),
        icon="check",
    )
