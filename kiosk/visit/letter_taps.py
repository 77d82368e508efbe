"""A letter that is whole, and as many badges as it takes."""

from msgspec.structs import replace

from kiosk.commands import NewBadge, WriteLetter
from kiosk.letters import (
    AnyLetter,
)
from kiosk.rules.neighbours import hands_for
from kiosk.state import State
from kiosk.visit.between_places import (
    LetterTaps,
)
from kiosk.visit.ground import Step, Surroundings
from kiosk.visit.places import Visit, go, turn
from kiosk.visit.tapping import joined, visitor


def begin(visit: Visit, to: str, letter: AnyLetter, around: Surroundings) -> Step:
    """A letter is whole: whoever's visit it is has tapped; where that is enough, it is written."""
    taps = visitor(visit)
    if len(taps) >= hands_for(letter, around.state):
        return Step(visit, WriteLetter(to, letter, tuple(hash_ for _, hash_ in taps)))
    return Step(go(visit, LetterTaps(to, letter, taps)))


def hand_taps(visit: Visit, place: LetterTaps, badge: NewBadge, around: Surroundings) -> Step:
    """One hand more; with the last one the letter is written."""
    taps = joined(visit, place.taps, badge, around)
    if isinstance(taps, Step):
        return taps
    if len(taps) < hands_for(place.letter, around.state):
        return Step(turn(visit, replace(place, taps=taps)))
    here = turn(visit, replace(place, taps=visitor(visit)))
    return Step(here, WriteLetter(place.to, place.letter, tuple(hash_ for _, hash_ in taps)))


def here(state: State) -> tuple[str, ...]:
    """The names of all neighbours."""
    return tuple(each.name for each in state.neighbours.values() if not each.parted)


def given_back(visit: Visit) -> Visit:
    """After a refusal the hands are given back."""
    if isinstance(visit.place, LetterTaps):
        return replace(visit, place=replace(visit.place, taps=visitor(visit)))
    return visit
