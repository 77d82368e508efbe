"""A copy of the record lies ready: many hands put it in place, or people walk away and it stays as it is."""

from collections.abc import Callable, Mapping

from kiosk.commands import NewBadge, PutInPlace, Refusal
from kiosk.faces import Touch
from kiosk.rules.copies import hand_of, hands_for, not_now
from kiosk.tongue import phrase
from kiosk.visit.ground import Answered, Step, Surroundings, nobodys, object_to
from kiosk.visit.places import CopyDecided, CopyHands, CopyOffered, Visit, go, leave, start, turn
from kiosk.words import refusal


def enter(visit: Visit, around: Surroundings) -> Step:
    """To the copy that lies ready."""
    if around.copies.offered is None:
        return object_to(visit, around, phrase("No copy lies ready any more"))
    return Step(go(visit, CopyOffered()))


def copy_touched(visit: Visit, place: CopyOffered, touch: Touch, around: Surroundings) -> Step:
    """On to the hands; or not now, which changes nothing."""
    offered = around.copies.offered
    if offered is None or touch.value == "not now":
        return Step(leave(visit))
    if touch.value != "put in place":
        return Step(visit)
    busy = not_now(around.state)
    if busy:
        return object_to(visit, around, *refusal(busy))
    return Step(go(visit, CopyHands(offered.root)))


def hand_taps(visit: Visit, place: CopyHands, badge: NewBadge, around: Surroundings) -> Step:
    """One hand more; with the last one it is put in place."""
    offered = around.copies.offered
    if offered is None or offered.root != place.root:
        words, mend = phrase("Another copy lies ready now, or none"), phrase("Look at it first.")
        return object_to(leave(visit), around, words, mend)
    if badge.random:
        phone = nobodys(badge, around)
        return object_to(visit, around, phone.words, phone.mend, phone.icon)
    whose = hand_of(badge, offered, around.state)
    if isinstance(whose, Refusal):
        return object_to(visit, around, *refusal(whose), "badge")
    here, there = whose
    if any(here == one or there == other for one, other, _ in place.hands):
        words = phrase("{name} has tapped", name=here)
        return object_to(visit, around, words, phrase("Now somebody else."), "people")
    hands = (*place.hands, (here, there, badge))
    if len(hands) < hands_for(offered, around.state):
        return Step(turn(visit, CopyHands(place.root, hands)))
    return Step(visit, PutInPlace(place.root, tuple(each for _, _, each in hands)))


def after(visit: Visit, answered: Answered) -> Visit:
    """It is decided: the kiosk starts again on the record that is put in place."""
    return start(visit, CopyDecided())


TAPS: Mapping[type, Callable[..., Step]] = {CopyHands: hand_taps}

TOUCHES: Mapping[type, Callable[..., Step]] = {CopyOffered: copy_touched}
