"""Choosing the language of a visit: one touch shows all there are, the next one speaks it. Beside it, with one
touch each: larger type, and being read aloud.

All of it is forgotten with the visit.
"""

from collections.abc import Callable, Mapping

from msgspec.structs import replace

from kiosk.faces import LARGEST, Said, Touch
from kiosk.tongue import LANGUAGES, phrase
from kiosk.visit.ground import Step, Surroundings
from kiosk.visit.places import USUAL, Founding, Home, Idle, Tongues, Visit, say
from kiosk.visit.potluck_places import Potluck
from kiosk.visit.walking import begin, walked

OFFERED = (Idle, Founding, Home, Potluck)
"""Where another language can be chosen: before anything is begun, and where a whole room reads and listens."""


def touched(visit: Visit, place: Tongues, touch: Touch, around: Surroundings) -> Step:
    """One of the languages: back where one was, and it is spoken there.

    At the wall nobody is here yet, so there it is kept only until somebody taps, or for as long as a visit waits.
    """
    _, _, chosen = touch.value.partition(":")
    if chosen not in LANGUAGES or not visit.trail:
        return Step(visit)
    return Step(replace(visit, place=visit.trail[-1], trail=visit.trail[:-1], language=chosen, said=None))


def changed(visit: Visit, what: str, around: Surroundings) -> Visit:
    """The next size of type, after the largest the first again; or reading aloud on or off."""
    if what == "size":
        return replace(visit, size=(size_of(visit, around.size) + 1) % (LARGEST + 1), said=None)
    if around.voice == "off":
        mend = phrase("Whoever tends it can let it speak: voice, in the settings.")
        return say(visit, Said(words=phrase("This kiosk does not speak"), mend=mend), around.now.mono)
    if is_read(visit, around.voice):
        return replace(visit, voice="off", said=None)
    read = replace(visit, voice="on", said=None)
    return begin(read, around.now.mono) if walked(visit.place) else read


def size_of(visit: Visit, usual: int) -> int:
    """By how many steps type is larger. usual: as the settings say."""
    return usual if visit.size == USUAL else visit.size


def is_read(visit: Visit, voice: str) -> bool:
    """Whether a visit is read aloud. voice: "off", "asked" or "always", as the settings say."""
    if voice == "off":
        return False
    if visit.voice == "":
        return voice == "always" and not isinstance(visit.place, Idle)
    return visit.voice == "on"


TOUCHES: Mapping[type, Callable[..., Step]] = {Tongues: touched}
