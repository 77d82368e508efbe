"""Joint orders as a screen shows them."""

from collections.abc import Iterator
from datetime import date

from kiosk.amounts import EntryId
from kiosk.faces import (
    Choice,
    Face,
    Line,
    ListFace,
    MoneyFace,
    ShelfFace,
    TilesFace,
    ToolLine,
)
from kiosk.letters import (
    OrderCall,
)
from kiosk.rules.between import called, is_open
from kiosk.tongue import phrase
from kiosk.views.fitting import short
from kiosk.views.scene import Scene, frame, paged
from kiosk.views.sharing import LINES, gone, neighbours_here, that_is_it
from kiosk.visit import between_places as places
from kiosk.visit.ordering import UNITS, taken
from kiosk.visit.pad import MOST_DIGITS
from kiosk.visit.places import Visit
from kiosk.words import figure, local, money, until

SHOWN = 60
"""Days that an order is shown after it has closed."""


def _all_orders(scene: Scene) -> Iterator[tuple[EntryId, str, OrderCall]]:
    for name, call in reversed(tuple(scene.state.called.items())):
        yield name, "", call
    for neighbour in neighbours_here(scene):
        for name, call in reversed(tuple(neighbour.calls.items())):
            yield name, neighbour.name, call


def open_orders(scene: Scene) -> tuple[tuple[EntryId, str, OrderCall], ...]:
    """Orders that members may still join: their names, who called them, and the calls."""
    return tuple(each for each in _all_orders(scene) if is_open(each[2], local(scene.now).date()))


def orders(visit: Visit, place: places.Orders, scene: Scene) -> Face:
    """Open ones first, the soonest to close before the others; then those that have closed lately."""
    today = local(scene.now).date()
    found = [each for each in _all_orders(scene) if (today - _closes(each[2])).days <= SHOWN]
    found.sort(key=lambda each: (not is_open(each[2], today), abs((_closes(each[2]) - today).days)))
    shown, page = paged(tuple(found), place.page, LINES)
    return ShelfFace(
        frame=frame(visit, scene, phrase("Order together")),
        lines=tuple(_order_line(*each, scene) for each in shown),
        choices=(Choice(key="call an order", words=phrase("call an order"), icon="plus"),),
        page=page,
        words=phrase("Everybody says how much; each shop’s total goes over by itself."),
        empty=phrase("No order is open. Whoever buys a lot of something calls one, and the neighbours join."),
    )


def _closes(call: OrderCall) -> date:
    return date.fromisoformat(call.closes)


def _order_line(name: EntryId, shop: str, call: OrderCall, scene: Scene) -> ToolLine:
    still = is_open(call, local(scene.now).date())
    here_ = scene.state.shared.ordered(name, shop).total
    who = shop or phrase("called by us")
    when = until(call.closes) if still else phrase("closed")
    count = _all_together(name, scene) if not shop else here_
    much = _units(count, call.unit) if count else ""
    return ToolLine(
        key=f"order:{name}:{shop}",
        name=phrase("{what}, {price}", what=call.what, price=price_of(call)) if call.cents else call.what,
        told=" · ".join(part for part in (who, when, much) if part),
        standing="out",
        icon="list",
    )


def _units(amount: int, unit: str) -> str:
    return phrase("{amount} {unit}", amount=figure(amount), unit=unit)


def price_of(call: OrderCall) -> str:
    """What one of it costs."""
    return phrase("{money} each", money=money(call.cents))


def _all_together(order: EntryId, scene: Scene) -> int:
    """Of an order of ours, what all shops take."""
    theirs = sum(each.totals.get(order, 0) for each in scene.state.neighbours.values())
    return theirs + scene.state.shared.ordered(order, "").total


def one_order(visit: Visit, place: places.OneOrder, scene: Scene) -> Face:
    """How many does somebody take?"""
    call = called(place.order, place.shop, scene.state)
    if call is None:
        return gone(visit, scene)
    amount = taken(place, visit, scene.state)
    return MoneyFace(
        frame=frame(visit, scene, call.what),
        amount=_units(amount, call.unit),
        digits=str(amount) if amount else "",
        prompt="" if visit.who else phrase("now whoever takes it taps"),
        words=_order_words(place, call, amount, scene),
        steps=(1, 10),
        step_words=(figure(1), figure(10)),
        less=amount > 0,
        longest=6,
        book=that_is_it() if visit.who else None,
        extra=(Choice("who", phrase("who takes how much"), "list", tone="quiet"),),
        icon="list",
    )


def _order_words(place: places.OneOrder, call: OrderCall, amount: int, scene: Scene) -> str:
    ordered = scene.state.shared.ordered(place.order, place.shop)
    count = _all_together(place.order, scene) if not place.shop else ordered.total
    cost = phrase("{each}, {sum} in all", each=price_of(call), sum=money(call.cents * amount))
    so_far = phrase("so far {amount}", amount=_units(count, call.unit))
    return " · ".join(part for part in (cost if call.cents else "", so_far, until(call.closes)) if part)


def order_list(visit: Visit, place: places.OrderList, scene: Scene) -> Face:
    """Who takes how much of it here; of ours, also each shop."""
    call = called(place.order, place.shop, scene.state)
    if call is None:
        return gone(visit, scene)
    lines, page = paged(tuple(_takers(place, call, scene)), place.page, LINES)
    return ListFace(
        frame=frame(visit, scene, call.what),
        lines=lines,
        page=page,
        empty=phrase("Nobody has taken any of it yet."),
        words=_order_sum(place, call, scene),
    )


def _takers(place: places.OrderList, call: OrderCall, scene: Scene) -> Iterator[Line]:
    ordered = scene.state.shared.ordered(place.order, place.shop)
    if not place.shop:
        for each in neighbours_here(scene):
            if place.order in each.totals:
                yield _taker(each.name, each.totals[place.order], call, "commons")
    for handle, amount in ordered.amounts.items():
        yield _taker(handle, amount, call, "people")


def _taker(who: str, amount: int, call: OrderCall, icon: str) -> Line:
    return Line("", who, _units(amount, call.unit), money(call.cents * amount) if call.cents else "", "", icon=icon)


def _order_sum(place: places.OrderList, call: OrderCall, scene: Scene) -> str:
    still = is_open(call, local(scene.now).date())
    ordered = scene.state.shared.ordered(place.order, place.shop)
    count = _all_together(place.order, scene) if not place.shop else ordered.total
    sum_ = _units(count, call.unit)
    if call.cents:
        sum_ = phrase("{amount}, {money}", amount=sum_, money=money(call.cents * count))
    if not place.shop:
        head = phrase("All shops together: {sums}.", sums=sum_)
    else:
        head = phrase("All of us together: {sums}.", sums=sum_)
    if still:
        return head
    has_it = phrase("{shop} has our total.", shop=place.shop)
    return f"{head} {has_it}" if ordered.sent else head


def which_unit(visit: Visit, place: places.WhichUnit, scene: Scene) -> Face:
    """In what it is counted."""
    return TilesFace(
        frame=frame(visit, scene, phrase("What is it counted in?"), dots=(1, 5)),
        choices=tuple(Choice(key=f"unit:{at}", words=phrase(unit), icon="list") for at, unit in enumerate(UNITS)),
        extra=(Choice("write", phrase("something else"), "note", tone="quiet"),),
        words=place.letter.what,
    )


def unit_price(visit: Visit, place: places.UnitPrice, scene: Scene) -> Face:
    """What one costs."""
    call = place.letter
    cents = call.cents
    return MoneyFace(
        frame=frame(visit, scene, phrase("What does one cost?"), dots=(2, 5)),
        amount=money(cents),
        digits=str(cents) if cents else "",
        words=phrase("{what}: {unit}. Nothing where you don’t know yet.", what=short(call.what), unit=call.unit),
        steps=(10, 1_00),
        less=cents > 0,
        longest=MOST_DIGITS,
        book=that_is_it(),
        icon="list",
    )
