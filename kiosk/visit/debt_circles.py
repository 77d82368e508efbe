"""Circles of debt at the kiosk: looking for one, and agreeing or not."""

from kiosk.commands import NewBadge, SeekCircle
from kiosk.faces import Touch
from kiosk.letters import (
    RingAgreed,
    RingDropped,
)
from kiosk.tongue import phrase
from kiosk.visit.amending import page_touched
from kiosk.visit.between_places import (
    Circles,
    OneCircle,
)
from kiosk.visit.ground import Step, Surroundings, object_to, owner
from kiosk.visit.letter_taps import begin
from kiosk.visit.places import NoBadge, Visit, go


def circles_touched(visit: Visit, place: Circles, touch: Touch, around: Surroundings) -> Step:
    """One of them, or ask around for one."""
    match touch.value.split(":", 1):
        case ["page", _]:
            return page_touched(visit, place, touch)
        case ["look"] if visit.who:
            return Step(visit, SeekCircle(visit.badge, around.me))
        case ["look"]:
            return object_to(
                visit, around, phrase("Tap your badge"), phrase("Then the kiosk asks around."), "badge"
            )
        case ["ring", ring] if ring in around.state.shared.rings:
            return Step(go(visit, OneCircle(ring)))
    return Step(visit)


def seeker_taps(visit: Visit, place: Circles, badge: NewBadge, around: Surroundings) -> Step:
    """Whoever taps here asks around."""
    member = owner(badge, around)
    if isinstance(member, NoBadge):
        return object_to(visit, around, member.words, member.mend, member.icon)
    return Step(visit, SeekCircle(badge.hash, around.me))


def circle_touched(visit: Visit, place: OneCircle, touch: Touch, around: Surroundings) -> Step:
    """We agree, or not."""
    ring = around.state.shared.rings.get(place.ring)
    if ring is None:
        return Step(visit)
    if touch.value == "agree" and ring.stage in ("found", "asked"):
        return begin(visit, ring.debtor, RingAgreed(place.ring, ring.minutes, ring.route, ring.shops), around)
    if touch.value == "drop" and ring.stage in ("found", "asked", "agreed"):
        to = ring.debtor if ring.mine else ring.creditor
        return begin(visit, to, RingDropped(place.ring), around)
    return Step(visit)
