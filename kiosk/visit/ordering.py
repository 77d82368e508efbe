"""Joint orders at the kiosk: calling one, and taking so much of one."""

from msgspec.structs import replace

from kiosk.amounts import EntryId
from kiosk.commands import JoinOrder, NewBadge
from kiosk.events import OrderJoined
from kiosk.faces import Touch
from kiosk.letters import (
    OrderCall,
)
from kiosk.rules.between import called, is_open
from kiosk.state import State
from kiosk.tongue import later, phrase, speaking
from kiosk.visit.amending import page_touched
from kiosk.visit.between_places import (
    HowLong,
    OneOrder,
    OrderList,
    Orders,
    Saying,
    UnitPrice,
    WhichUnit,
)
from kiosk.visit.ground import Answered, Step, Surroundings, object_to, owner
from kiosk.visit.pad import counted
from kiosk.visit.picking import today
from kiosk.visit.places import NoBadge, Visit, go, turn

UNITS = (later("kilos"), later("litres"), later("pieces"), later("boxes"))
"""In what orders are counted, to pick from. The letter has them in these words."""


def orders_touched(visit: Visit, place: Orders, touch: Touch, around: Surroundings) -> Step:
    """One of them, or a new one."""
    match touch.value.split(":", 2):
        case ["page", _]:
            return page_touched(visit, place, touch)
        case ["call an order"]:
            return Step(go(visit, Saying(OrderCall("", "", ""))))
        case ["order", order, shop]:
            call = called(EntryId(order), shop, around.state)
            if call is None:
                return Step(visit)
            still = is_open(call, today(around))
            found = OneOrder(EntryId(order), shop) if still else OrderList(EntryId(order), shop)
            return Step(go(visit, found))
    return Step(visit)


def taken(place: OneOrder, visit: Visit, state: State) -> int:
    """How many stand on the pad: at first what whoever is here takes already."""
    ordered = state.shared.ordered(place.order, place.shop)
    return place.amount if place.amount is not None else ordered.amounts.get(visit.who, 0)


def order_touched(visit: Visit, place: OneOrder, touch: Touch, around: Surroundings) -> Step:
    """Digits, − and +; who takes how much; or that is it."""
    now = taken(place, visit, around.state)
    amount = counted(now, touch, hours=False)
    if amount != now:
        return Step(turn(visit, replace(place, amount=amount)))
    if touch.value == "who":
        return Step(go(visit, OrderList(place.order, place.shop)))
    if touch.value == "typed" and visit.who:
        return Step(visit, JoinOrder(place.order, place.shop, amount, visit.badge))
    return Step(visit)


def orderer_taps(visit: Visit, place: OneOrder, badge: NewBadge, around: Surroundings) -> Step:
    """Whoever takes so much."""
    member = owner(badge, around)
    if isinstance(member, NoBadge):
        return object_to(visit, around, member.words, member.mend, member.icon)
    return Step(visit, JoinOrder(place.order, place.shop, taken(place, visit, around.state), badge.hash))


def unit_touched(visit: Visit, place: WhichUnit, touch: Touch, around: Surroundings) -> Step:
    """In what it is counted."""
    match touch.value.split(":", 1):
        case ["write"]:
            return Step(go(visit, Saying(place.letter, "unit")))
        case ["unit", number] if number.isdigit() and int(number) < len(UNITS):
            with speaking(around.language):
                unit = phrase(UNITS[int(number)])
            return Step(go(visit, UnitPrice(replace(place.letter, unit=unit))))
    return Step(visit)


def price_touched(visit: Visit, place: UnitPrice, touch: Touch, around: Surroundings) -> Step:
    """What one costs; nothing where that is not known."""
    cents = counted(place.letter.cents, touch, hours=False)
    if cents != place.letter.cents:
        return Step(turn(visit, UnitPrice(replace(place.letter, cents=cents))))
    return Step(go(visit, HowLong(place.letter)) if touch.value == "typed" else visit)


def ordered(answered: Answered, around: Surroundings) -> str:
    """What somebody takes now, in one sentence."""
    event = answered.entries[-1].event
    if not isinstance(event, OrderJoined):
        return ""
    call = called(event.order, event.neighbour, around.state)
    if not event.amount or call is None:
        return phrase("{name} takes nothing of it.", name=event.handle)
    return phrase(
        "{name}: {amount} {unit} of {what}.", name=event.handle, amount=event.amount, unit=call.unit, what=call.what
    )
