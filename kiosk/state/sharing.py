"""Folding what shops share besides hours: money for strikes, joint orders, the boards, circles of debt."""

from collections.abc import Mapping
from typing import Any, TypeVar

from msgspec.structs import replace

from kiosk.amounts import STEP, EntryId
from kiosk.events import Entry, LetterWritten, OrderJoined
from kiosk.letters import (
    Answer,
    Brought,
    CallUp,
    News,
    OrderTotal,
    Pledge,
    Posted,
    RingAgreed,
    RingCleared,
    RingDropped,
    RingSought,
    TakenOff,
    Wanted,
)
from kiosk.state.change import Change, Touched, lay, without
from kiosk.state.neighbour import Neighbour
from kiosk.state.present import State
from kiosk.state.shared import Asked, Came, Giving, Ordered, Promise, Ring, Shared

KEPT, SEEN, FEWEST, MOST_SHOPS = 60, 80, 3, 8
"""How much of one sort is kept, circles that are remembered to pass each on once, and shops in one circle."""

K = TypeVar("K")
V = TypeVar("V")


def latest(documents: Mapping[K, V], most: int = KEPT) -> Mapping[K, V]:
    """The newest of them: what a neighbour writes must not fill the card."""
    return documents if len(documents) <= most else dict(list(documents.items())[-most:])


def key_name(neighbour: Neighbour) -> str:
    """What its key is called, as circles name it."""
    return neighbour.key.partition("+")[0]


def by_key(name: str, state: State) -> Neighbour | None:
    """The neighbour whose key is called so."""
    here = (each for each in state.neighbours.values() if not each.parted)
    return next((each for each in here if key_name(each) == name), None)


def written(state: State, entry: Entry, event: LetterWritten) -> Change:
    """What a letter of ours changes besides what waits to go out."""
    after = _rings_written(state, event)
    shared = _shared_written(after.state.shared, state, entry, event)
    return _with(after, shared)


def _with(change: Change, shared: Shared) -> Change:
    if shared is change.state.shared:
        return change
    return Change(replace(change.state, shared=shared), (*change.touched, Touched("shared", "shared")))


def _shared_written(shared: Shared, state: State, entry: Entry, event: LetterWritten) -> Shared:
    match event.letter:
        case Pledge(cents=cents, monthly=monthly, whom=whom):
            promise = Promise(cents, monthly)
            return replace(shared, promised={**shared.promised, event.to if whom == "you" else "": promise})
        case CallUp() as call:
            return replace(shared, asked=latest({**shared.asked, entry.id: Asked(call)}))
        case Answer(offer=offer, accepted=accepted, cents=cents) if cents or not accepted:
            call_up = state.neighbours[event.to].called_up.get(offer)
            if call_up is None or not accepted:
                return shared
            return replace(shared, giving={**shared.giving, offer: Giving(event.to, call_up.words, cents)})
        case Brought(call=called):
            return replace(shared, giving=without(shared.giving, called))
        case OrderTotal(order=order):
            ordered = shared.ordered(order, event.to)
            orders = {**shared.orders, shared.order_name(order, event.to): replace(ordered, sent=True)}
            return replace(shared, orders=_called(orders, state))
        case Wanted() as wanted:
            return replace(shared, hung=latest({**shared.hung, entry.id: wanted}))
        case TakenOff(wanted=hung):
            return replace(shared, hung=without(shared.hung, hung))
        case News(about=about) if about:
            return replace(shared, told=(*shared.told, about)[-KEPT:])
    return shared


def joined(state: State, entry: Entry, event: OrderJoined) -> Change:
    """How much a member takes of an order."""
    shared = state.shared
    name, ordered = shared.order_name(event.order, event.neighbour), shared.ordered(event.order, event.neighbour)
    amounts = without(ordered.amounts, event.handle)
    if event.amount:
        amounts = {**amounts, event.handle: event.amount}
    orders = {**without(shared.orders, name), name: replace(ordered, amounts=amounts)}
    return _with(Change(state, ()), replace(shared, orders=_called(orders, state)))


def _called(orders: Mapping[EntryId, Ordered], state: State) -> Mapping[EntryId, Ordered]:
    """Where they are many, those whose call is still known: or a total that has gone over would go once more."""
    if len(orders) <= KEPT:
        return orders
    known = {*state.called, *(order for each in state.neighbours.values() for order in each.calls)}
    return {order: ordered for order, ordered in orders.items() if order.split("\n")[-1] in known}


def read(state: State, name: str, posted: Posted) -> Change:
    """What a neighbour's letter changes besides what is known of it. name: the neighbour's."""
    neighbour = state.neighbours[name]
    shared = state.shared
    match posted.letter:
        case Answer(offer=offer, cents=cents, accepted=accepted) if offer in shared.asked:
            asked = shared.asked[offer]
            answers = {**asked.answers, name: Came(cents if accepted else 0)}
            return _with(Change(state, ()), _asked(shared, offer, answers))
        case Brought(call=call, cents=cents) if name in getattr(shared.asked.get(call), "answers", ()):
            came = shared.asked[call].answers[name]
            answers = {**shared.asked[call].answers, name: replace(came, brought=cents)}
            return _with(Change(state, ()), _asked(shared, call, answers))
        case RingSought() as sought:
            return _with(Change(state, ()), _sought(state, neighbour, sought))
        case RingAgreed(ring=ring) as agreed if ring not in shared.rings:
            found = asked_of_us(agreed, neighbour, state)
            return Change(state, ()) if found is None else _with(Change(state, ()), _ring(shared, ring, found))
        case RingDropped(ring=ring) if may_drop(ring, neighbour, state):
            return _dropped(state, ring)
    return Change(state, ())


def _asked(shared: Shared, call: Any, answers: Mapping[str, Came]) -> Shared:
    return replace(shared, asked={**shared.asked, call: replace(shared.asked[call], answers=answers)})


# --- circles of debt --------------------------------------------------------------------------------------


def _ring(shared: Shared, name: str, ring: Ring) -> Shared:
    """The newest last; those that are over make room first."""
    rings = {**without(shared.rings, name), name: ring}
    over = [key for key, each in rings.items() if each.stage in ("sought", "cleared", "dropped") and key != name]
    for key in over[: max(0, len(rings) - KEPT)]:
        rings.pop(key)
    return replace(shared, rings=rings)


def _sought(state: State, neighbour: Neighbour, sought: RingSought) -> Shared:
    """A way that was sought by us has come back, or one of another's has come past."""
    shared = state.shared
    ring = shared.rings.get(sought.ring)
    if not is_named(sought.ring):
        return shared
    if ring is None or not ring.mine:
        seen = shared.seen if sought.ring in shared.seen else (*shared.seen, sought.ring)
        return replace(shared, seen=seen[-SEEN:])
    if ring.stage != "sought" or not well_formed(sought.route, (*sought.shops, neighbour.name)):
        return shared
    debtor = by_key(sought.route[1], state)
    owed = state.balance(neighbour.account)
    if debtor is None or key_name(neighbour) != sought.route[-1] or owed < STEP:
        return shared
    minutes = whole(min(sought.minutes, owed, -state.balance(debtor.account)))
    if minutes < STEP:
        return shared
    shops = (*sought.shops, neighbour.name)
    return _ring(
        shared, sought.ring, Ring("found", True, minutes, sought.route, shops, debtor.name, neighbour.name)
    )


def well_formed(route: tuple[str, ...], shops: tuple[str, ...]) -> bool:
    """Whether this can be the way round a circle."""
    return (
        FEWEST <= len(route) <= MOST_SHOPS
        and len(shops) == len(route) == len(set(route))
        and all(0 < len(each) <= KEPT and each.isprintable() for each in (*route, *shops))
    )


def is_named(ring: str) -> bool:
    """Whether a circle can be called so: by an entry of whoever asked first."""
    return 0 < len(ring) <= KEPT and ring.isprintable()


def whole(minutes: int) -> int:
    """Whole quarters of an hour, as all hours between shops are."""
    return minutes - minutes % STEP


def asked_of_us(agreed: RingAgreed, neighbour: Neighbour, state: State) -> Ring | None:
    """The circle in which this neighbour asks us to strike something off; None where that makes no sense here."""
    route, name = agreed.route, key_name(neighbour)
    open_ones = [each for each in state.shared.rings.values() if each.stage in ("asked", "agreed", "found")]
    formed = is_named(agreed.ring) and well_formed(route, agreed.shops)
    if not formed or name not in route or len(open_ones) >= MOST_OPEN:
        return None
    place = route.index(name)
    debtor = by_key(route[(place + 2) % len(route)], state)
    if debtor is None or place == len(route) - 1:
        return None
    minutes = whole(min(agreed.minutes, state.balance(neighbour.account), -state.balance(debtor.account)))
    if minutes < STEP:
        return None
    return Ring("asked", False, minutes, route, agreed.shops, debtor.name, neighbour.name, place + 1)


MOST_OPEN = 20
"""Circles that may be open at once. How many of one neighbour are left open, the rules say: what they send back is
an entry, so that what was agreed to before there was a limit folds as it did."""


def may_drop(ring: str, neighbour: Neighbour, state: State) -> bool:
    """Whether it ends a circle that this neighbour wants nothing of any more."""
    found = state.shared.rings.get(ring)
    return (
        found is not None
        and found.stage in ("found", "asked", "agreed")
        and neighbour.name in (found.debtor, found.creditor)
    )


def _dropped(state: State, name: str) -> Change:
    ring = state.shared.rings[name]
    after = _pending(state, ring, name, 0)
    return _with(after, _ring(after.state.shared, name, replace(ring, stage="dropped")))


def _pending(state: State, ring: Ring, name: str, minutes: int) -> Change:
    """What both accounts will move by, once it is cleared; 0 takes that away again."""
    changed = {}
    for shop, moves in ((ring.debtor, minutes), (ring.creditor, -minutes)):
        found = state.neighbours.get(shop)
        if found is not None:
            rings = without(found.rings, name)
            changed[shop] = replace(found, rings={**rings, name: moves} if moves else rings)
    return Change(lay(state, neighbours=changed), tuple(Touched("neighbours", shop) for shop in changed))


def _rings_written(state: State, event: LetterWritten) -> Change:
    match event.letter:
        case RingSought(ring=name, route=route) if len(route) == 1 and name not in state.shared.rings:
            return _with(Change(state, ()), _ring(state.shared, name, Ring("sought", mine=True)))
        case RingAgreed(ring=name, minutes=minutes, shops=shops, route=route):
            ring = replace(state.shared.rings[name], stage="agreed", minutes=minutes, shops=shops, route=route)
            after = _pending(state, ring, name, minutes)
            return _with(after, _ring(after.state.shared, name, ring))
        case RingCleared(ring=name, minutes=minutes):
            return _cleared(state, name, minutes)
        case RingDropped(ring=name) if name in state.shared.rings:
            return _dropped(state, name)
    return Change(state, ())


def _cleared(state: State, name: str, minutes: int) -> Change:
    """Both accounts have moved. Whoever began it is ahead of the one that owes it, until it has come round."""
    ring = replace(state.shared.rings[name], stage="cleared", minutes=minutes)
    after = _pending(state, ring, name, 0)
    if ring.mine:
        debtor = after.state.neighbours[ring.debtor]
        ahead = replace(debtor, ahead={**debtor.ahead, name: minutes})
        after = Change(lay(after.state, neighbours={debtor.name: ahead}), after.touched)
    return _with(after, _ring(after.state.shared, name, ring))
