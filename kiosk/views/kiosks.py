"""The kiosks of the shop: which there are, whether each can be reached, and one that wants to be let in."""

from kiosk.box import KioskHow
from kiosk.faces import Alarm, Choice, Face, TapFace, TilesFace
from kiosk.tongue import phrase, plural
from kiosk.views.scene import Scene, frame, paged
from kiosk.visit import kiosk_places as places
from kiosk.visit.housing import waiting
from kiosk.visit.places import Visit
from kiosk.words import capital, some

ON_PAGE = 6
"""Tiles of one page."""

ALONE_AFTER = 20
"""Seconds without a sign of life after which the wall says so; a kiosk that starts again is back before."""

BEHIND_AFTER = 300
"""Seconds for which what another kiosk wrote may be on its way."""


def kiosks(visit: Visit, place: places.Kiosks, scene: Scene) -> Face:
    """Which there are. Touching one takes it off, which many hands do."""
    new = waiting(scene.invited, scene.state)
    first = (Choice(key="let in", words=phrase("let “{name}” in", name=new.name), icon="plus"),) if new else ()
    others = [each for each in scene.state.kiosks.values() if not each.removed and each.device != scene.device]
    off = tuple(
        Choice(key=f"off:{each.device}", words=phrase("take “{name}” off", name=each.name), icon="close")
        for each in others
    )
    shown, page = paged((*first, *off), place.page, ON_PAGE)
    return TilesFace(
        frame=frame(visit, scene, phrase("Kiosks of the shop")),
        choices=shown,
        page=page,
        words=" ".join(how(each) for each in scene.box.kiosks)
        or phrase("This is the only one. Whoever tends it can bring another."),
    )


def how(kiosk: KioskHow) -> str:
    """How another kiosk is, in a sentence."""
    if kiosk.reached:
        return plural(
            "“{name}” was heard {n} second ago.",
            "“{name}” was heard {n} seconds ago.",
            kiosk.seconds or 0,
            name=kiosk.name,
        )
    if kiosk.seconds is None:
        return phrase("“{name}” has not been heard since the start.", name=kiosk.name)
    minutes = kiosk.seconds // 60
    return plural(
        "“{name}” has not been heard for {n} minute.",
        "“{name}” has not been heard for {n} minutes.",
        minutes,
        name=kiosk.name,
    )


def let_in_taps(visit: Visit, place: places.LetInTaps, scene: Scene) -> Face:
    """Many hands let it in."""
    title = phrase("“{name}” wants to be a kiosk of the shop", name=place.invited.name)
    words = phrase("It will know all that stands in our record, and whose badge is whose.")
    return _hands(visit, scene, place.taps, title, words)


def take_off_taps(visit: Visit, place: places.TakeOffTaps, scene: Scene) -> Face:
    """Many hands take it off."""
    known = scene.state.kiosks.get(place.device)
    title = phrase("Taking “{name}” off", name=known.name if known else "")
    words = phrase("What was written there and has come here stays. What has not come yet is lost.")
    return _hands(visit, scene, place.taps, title, words)


def _hands(visit: Visit, scene: Scene, taps: tuple[tuple[str, object], ...], title: str, words: str) -> TapFace:
    needed = scene.state.hands_needed()
    first = capital(phrase("{number} of you tap", number=some(needed)))
    return TapFace(
        frame=frame(visit, scene, title),
        prompt=phrase("the next one taps") if taps else first,
        words=words,
        dots_filled=len(taps),
        dots=needed,
        names=tuple(handle for handle, _ in taps),
        icon="commons",
    )


def alone_alarms(scene: Scene) -> tuple[Alarm, ...]:
    """Another kiosk of the shop that can't be reached: what waits for it can't be written anywhere. And what of
    theirs can't be read here, or what of ours is only known there."""
    kiosks = scene.box.kiosks
    return (
        *(_knows_more(each) for each in kiosks if each.knows_more),
        *(_unread(each) for each in kiosks if each.unread),
        *(_behind(each) for each in kiosks if each.behind >= BEHIND_AFTER and not each.unread and not each.forked),
        *(_alone(each) for each in kiosks if each.seconds is None or each.seconds > ALONE_AFTER),
    )


def _knows_more(kiosk: KioskHow) -> Alarm:
    return Alarm(
        words=phrase("“{name}” knows more of what was written here than this kiosk does", name=kiosk.name),
        mend=phrase(
            "Was this one put back from an old copy? Take it off at “{name}”, and let it begin anew.",
            name=kiosk.name,
        ),
    )


def _unread(kiosk: KioskHow) -> Alarm:
    return Alarm(
        words=phrase("What “{name}” writes can’t be read here", name=kiosk.name),
        mend=phrase("Is the program of this kiosk an older one? Bring it up to date."),
    )


def _behind(kiosk: KioskHow) -> Alarm:
    return Alarm(
        words=phrase("What “{name}” writes does not come in here", name=kiosk.name),
        since=phrase("for {minutes} min", minutes=kiosk.behind // 60),
        mend=phrase("Something before it is missing. Is every kiosk of the shop on, and on the network?"),
    )


def _alone(kiosk: KioskHow) -> Alarm:
    minutes = (kiosk.seconds or 0) // 60
    return Alarm(
        words=phrase("The kiosk “{name}” can’t be reached", name=kiosk.name),
        since=phrase("for {minutes} min", minutes=minutes) if minutes else "",
        mend=phrase("Swaps and coins go on; all else waits. Is it on, and on the network?"),
    )
