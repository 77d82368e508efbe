"""Several badges, one after another, for one thing: each counts once, and nobody who may not be among them."""

from collections.abc import Collection

from kiosk.amounts import Handle
from kiosk.commands import NewBadge
from kiosk.tongue import phrase
from kiosk.visit.ground import Step, Surroundings, object_to, owner
from kiosk.visit.jar_places import Tap
from kiosk.visit.places import NoBadge, Visit


def visitor(visit: Visit) -> tuple[Tap, ...]:
    """Whoever's visit it is has tapped already; nobody has at the wall."""
    return ((visit.who, visit.badge),) if visit.who else ()


def joined(
    visit: Visit,
    taps: tuple[Tap, ...],
    badge: NewBadge,
    around: Surroundings,
    *,
    concerned: Collection[Handle] = (),
) -> tuple[Tap, ...] | Step:
    """The taps with one more; or a step that says why this badge is not one of them. concerned: who can't be."""
    member = owner(badge, around)
    if isinstance(member, NoBadge):
        return object_to(visit, around, member.words, member.mend, member.icon)
    if member.handle in concerned:
        told = phrase("{name} is the one concerned", name=member.handle)
        return object_to(visit, around, told, phrase("Others tap for this."), "people")
    if member.handle in [handle for handle, _ in taps]:
        told = phrase("{name} has tapped", name=member.handle)
        return object_to(visit, around, told, phrase("Now somebody else."), "people")
    return (*taps, (member.handle, badge.hash))
