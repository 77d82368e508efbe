"""Members of neighbours who stand at this kiosk: their badge is nobody's here, and known by the key of the link."""

from kiosk.amounts import LONGEST, STEP
from kiosk.commands import NewBadge, OfferSwap
from kiosk.rules.neighbours import room_with
from kiosk.state import State
from kiosk.tongue import phrase
from kiosk.visit.ground import Surroundings
from kiosk.visit.neighbour_places import Guest, GuestDial
from kiosk.visit.places import Errand, NoBadge


def guest_of(badge: NewBadge, around: Surroundings) -> Guest | None:
    """Whose badge it is among those that a neighbour told us; None where it is nobody's."""
    for shop, hashed in badge.guests:
        neighbour = around.state.neighbours.get(shop)
        if neighbour is not None and not neighbour.parted and hashed in neighbour.visitors:
            return Guest(shop, neighbour.visitors[hashed], hashed)
    return None


def welcome(guest: Guest) -> NoBadge:
    """A guest who taps where nothing was begun."""
    return NoBadge(
        words=phrase("{name} of {shop}", name=guest.handle, shop=guest.shop),
        mend=phrase("First touch the kind of work. Then whoever gave taps, and then whoever got it."),
        icon="swap",
    )


def most(guest: Guest, state: State) -> int:
    """Minutes that a guest can still give here."""
    neighbour = state.neighbours.get(guest.shop)
    left = room_with(neighbour, state).they_give if neighbour else 0
    return min(LONGEST, left) // STEP * STEP


def turned(place: GuestDial, minutes: int, around: Surroundings) -> GuestDial:
    """The dial at an amount that is a step, and within the room that is left."""
    nearest = (minutes + STEP // 2) // STEP * STEP
    return GuestDial(place.guest, place.work, max(STEP, min(nearest, most(place.guest, around.state))))


def got_by(guest: Guest, errand: Errand) -> OfferSwap:
    """A guest got from one of ours what is on the dial."""
    return OfferSwap(guest.shop, errand.badge, guest.badge, errand.minutes, errand.work, errand.note)


def given_by(place: GuestDial, badge: NewBadge) -> OfferSwap:
    """A guest gave to one of ours what is on the dial."""
    return OfferSwap(place.guest.shop, badge.hash, place.guest.badge, -place.minutes, place.work)
