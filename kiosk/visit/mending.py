"""Two stories at the kiosk: both are looked at, and many hands say which goes on."""

from collections.abc import Callable, Mapping

from msgspec.structs import replace

from kiosk.commands import Command, MendFork, NewBadge
from kiosk.faces import Touch
from kiosk.letters import Side
from kiosk.rules.mending import open_stories
from kiosk.state import Neighbour
from kiosk.tongue import later, phrase
from kiosk.visit.ground import Step, Surroundings
from kiosk.visit.neighbour_places import MendTaps, StoryCodes, TwoStories
from kiosk.visit.places import Visit, go, turn
from kiosk.visit.tapping import joined, visitor

SIDES: Mapping[Side, str] = {"known": later("The first one goes on."), "shown": later("The second one goes on.")}
"""What was said, in a sentence."""


def first_story(neighbour: Neighbour) -> TwoStories | None:
    """The first that is to be looked at with a neighbour."""
    return next((TwoStories(neighbour.name, of, whose) for of, whose in open_stories(neighbour)), None)


def stories_touched(visit: Visit, place: TwoStories, touch: Touch, around: Surroundings) -> Step:
    """One of both is chosen; the hands come then. Or both are shown as codes."""
    match touch.value:
        case "known" | "shown" as side:
            return Step(go(visit, MendTaps(place, side, visitor(visit))))
        case "codes" if place.of == "seals":
            return Step(go(visit, StoryCodes(place)))
    return Step(visit)


def codes_touched(visit: Visit, place: StoryCodes, touch: Touch, around: Surroundings) -> Step:
    """The other code."""
    return Step(turn(visit, replace(place, at=place.at + 1)) if touch.value == "next" else visit)


def mend_taps(visit: Visit, place: MendTaps, badge: NewBadge, around: Surroundings) -> Step:
    """One hand more; with the last one it is said."""
    taps = joined(visit, place.taps, badge, around)
    if isinstance(taps, Step):
        return taps
    here = turn(visit, replace(place, taps=taps))
    if len(taps) < around.state.hands_needed():
        return Step(here)
    story = place.story
    hands = tuple(hash_ for _, hash_ in taps)
    return Step(here, MendFork(story.name, story.of, story.whose, place.goes_on, hands))


def told(command: Command) -> tuple[str, str] | None:
    """What was said, in one sentence, with its picture; None where it is no matter of two stories."""
    if not isinstance(command, MendFork):
        return None
    then = (
        phrase("Now {shop} says the same, with its own hands.", shop=command.neighbour)
        if command.whose == "theirs"
        else phrase("So both shops have said.")
    )
    return " ".join((phrase(SIDES[command.goes_on]), then)), "check"


TAPS: Mapping[type, Callable[..., Step]] = {MendTaps: mend_taps}
TOUCHES: Mapping[type, Callable[..., Step]] = {TwoStories: stories_touched, StoryCodes: codes_touched}
