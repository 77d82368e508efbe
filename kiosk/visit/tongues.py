"""Choosing the language of a visit: one touch shows all there are, the next one speaks it.

It is forgotten with the visit.
"""

from collections.abc import Callable, Mapping

from msgspec.structs import replace

from kiosk.faces import Touch
from kiosk.tongue import LANGUAGES
from kiosk.visit.ground import Step, Surroundings
from kiosk.visit.places import Founding, Home, Idle, Tongues, Visit

OFFERED = (Idle, Founding, Home)
"""Where another language can be chosen: before anything is begun."""


def touched(visit: Visit, place: Tongues, touch: Touch, around: Surroundings) -> Step:
    """One of the languages: back where one was, and it is spoken there.

    At the wall nobody is here yet, so there it is kept only until somebody taps, or for as long as a visit waits.
    """
    _, _, chosen = touch.value.partition(":")
    if chosen not in LANGUAGES or not visit.trail:
        return Step(visit)
    return Step(replace(visit, place=visit.trail[-1], trail=visit.trail[:-1], language=chosen, said=None))


TOUCHES: Mapping[type, Callable[..., Step]] = {Tongues: touched}
