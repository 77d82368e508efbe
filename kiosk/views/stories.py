"""Two stories as a screen shows them: what was told first, what was shown then, and which goes on."""

from collections.abc import Mapping

from kiosk.events import ForkSeen, SealForkSeen
from kiosk.faces import Choice, Face, SealFace, TapFace, TilesFace, TroubleFace
from kiosk.letters import Side
from kiosk.state import Doubt, Neighbour, size_of
from kiosk.tongue import later, phrase, plural
from kiosk.views.scene import Scene, frame
from kiosk.visit.mending import SIDES
from kiosk.visit.neighbour_places import MendTaps, StoryCodes, TwoStories
from kiosk.visit.places import Visit
from kiosk.words import capital, figure, some, when

CHOICES: Mapping[Side, str] = {"known": later("the first one goes on"), "shown": later("the second one goes on")}

THEIR_SEAL = later(
    "The second seal of {shop} doesn’t lead on from the first. Talk with them: was their record changed, or put "
    "back?"
)
OUR_SEAL = later(
    "{shop} says that our second seal doesn’t lead on from the first. Talk with them: was our record changed, or "
    "put back?"
)
THEIR_LETTERS = later(
    "{shop} has signed two different letters as its number {number}. Talk with them: was their record put back?"
)
OUR_LETTERS = later(
    "{shop} says that we have signed two different letters as number {number}. Talk with them: was our record put "
    "back?"
)
FIRST_THEY = later("They say first which one goes on; then we say the same.")


def two_stories(visit: Visit, place: TwoStories, scene: Scene) -> Face:
    """Both, and which of them may be chosen now."""
    found = scene.state.neighbours.get(place.name)
    sides = _sides(place, found, scene) if found else None
    if found is None or sides is None:
        return _over(visit, scene)
    doubt = found.doubts.get(place.of) if place.whose == "ours" else None
    codes = (Choice("codes", phrase("both as codes"), icon="card"),) if place.of == "seals" else ()
    about = _about(place, found, scene)
    if doubt is not None and not doubt.said:
        mend = phrase(FIRST_THEY)
        return TroubleFace(frame=frame(visit, scene, ""), words=about, mend=mend, icon="warning", choices=codes)
    return TilesFace(
        frame=frame(visit, scene, phrase("Two stories")),
        choices=tuple(
            Choice(side, phrase(CHOICES[side]), icon="check", hint=hint)
            for side, hint in zip(CHOICES, sides, strict=True)
            if doubt is None or doubt.said == side
        ),
        extra=codes,
        words=" ".join((about, *_they_say(doubt))),
    )


def _about(place: TwoStories, found: Neighbour, scene: Scene) -> str:
    if place.of == "seals":
        return phrase(THEIR_SEAL if place.whose == "theirs" else OUR_SEAL, shop=place.name)
    words = THEIR_LETTERS if place.whose == "theirs" else OUR_LETTERS
    return phrase(words, shop=place.name, number=_number(place, found, scene))


def _they_say(doubt: Doubt | None) -> tuple[str, ...]:
    return (
        (phrase("They say: {words}", words=phrase(SIDES[doubt.said])),) if doubt is not None and doubt.said else ()
    )


def _number(place: TwoStories, found: Neighbour, scene: Scene) -> int:
    if place.whose == "ours":
        return found.doubts["letters"].letter.number
    event = _seen(place, found, scene)
    return event.number if isinstance(event, ForkSeen) else 0


def _seen(place: TwoStories, found: Neighbour, scene: Scene) -> object:
    name = found.fork if place.of == "letters" else found.seal_fork
    entry = scene.find(name) if name else None
    return entry.entry.event if entry else None


def _sides(place: TwoStories, found: Neighbour, scene: Scene) -> tuple[str, str] | None:
    """A word on each; None where there is nothing to look at any more."""
    seals = _seals(place, found, scene)
    if seals is not None:
        return _entries(seals[0]), _entries(seals[1])
    if place.whose == "ours":
        return ("", "") if place.of == "letters" and place.of in found.doubts else None
    seen = scene.find(found.fork) if place.of == "letters" and found.fork else None
    if seen is None:
        return None
    return phrase("as it came first"), phrase("came {time}", time=when(seen.entry.moment, scene.now))


def _over(visit: Visit, scene: Scene) -> TroubleFace:
    words = phrase("Nothing is left to look at here")
    return TroubleFace(frame=frame(visit, scene, ""), words=words, mend="", icon="check")


def _seals(place: TwoStories, found: Neighbour, scene: Scene) -> tuple[str, str] | None:
    if place.of != "seals":
        return None
    if place.whose == "ours":
        doubt = found.doubts.get("seals")
        return (doubt.letter.known, doubt.letter.shown) if doubt else None
    event = _seen(place, found, scene)
    return (event.known, event.shown) if isinstance(event, SealForkSeen) else None


def _entries(text: str) -> str:
    size = size_of(text)
    return plural("1 entry", "{count} entries", size, count=figure(size))


def story_codes(visit: Visit, place: StoryCodes, scene: Scene) -> Face:
    """Both seals as codes, for whoever wants to keep them or carry them over."""
    found = scene.state.neighbours.get(place.story.name)
    both = _seals(place.story, found, scene) if found else None
    if both is None:
        return _over(visit, scene)
    this = place.at % 2
    return SealFace(
        frame=frame(visit, scene, phrase("Two stories")),
        code=both[this],
        entries=_entries(both[this]),
        when=phrase("the first seal") if this == 0 else phrase("the second seal"),
        words=phrase("Whoever keeps both can prove that they don’t go together."),
        how=phrase("Any phone reads it as text."),
        choices=(Choice(key="next", words=phrase("the other one"), icon="arrow-right", tone="strong"),),
    )


def mend_taps(visit: Visit, place: MendTaps, scene: Scene) -> Face:
    """Many hands say which goes on."""
    needed = scene.state.hands_needed()
    first = capital(phrase("{number} of you tap", number=some(needed)))
    return TapFace(
        frame=frame(visit, scene, phrase("Two stories"), dots=(2, 2)),
        prompt=phrase("the next one taps") if place.taps else first,
        words=phrase(SIDES[place.goes_on]),
        dots_filled=len(place.taps),
        dots=needed,
        names=tuple(handle for handle, _ in place.taps),
        icon="commons",
    )
