"""The strike fund at the kiosk: pledging, calling up, and answering a call-up."""

from collections.abc import Mapping

from msgspec.structs import replace

from kiosk.amounts import EntryId
from kiosk.faces import Touch
from kiosk.letters import (
    Answer,
    Brought,
    CallUp,
    Pledge,
)
from kiosk.rules.between import held_for
from kiosk.state import State
from kiosk.visit.amending import page_touched
from kiosk.visit.between_places import (
    AnswerSum,
    CallSum,
    Fund,
    OneAsked,
    OneCallUp,
    PledgeSum,
    PledgeWhom,
    Saying,
)
from kiosk.visit.ground import Step, Surroundings
from kiosk.visit.letter_taps import begin, here
from kiosk.visit.pad import counted
from kiosk.visit.places import Visit, go, turn


def fund_touched(visit: Visit, place: Fund, touch: Touch, around: Surroundings) -> Step:
    """Pledge, call it up, or one of the lines."""
    shared = around.state.shared
    match touch.value.split(":", 1):
        case ["page", _]:
            return page_touched(visit, place, touch)
        case ["pledge"]:
            return Step(go(visit, PledgeWhom()))
        case ["pledge", to] if to in ("", *here(around.state)):
            return Step(go(visit, _pledging(to, around.state)))
        case ["call up"]:
            return Step(go(visit, CallSum()))
        case ["call", call]:
            shop = next((name for name in here(around.state) if call in _calls(name, around.state)), "")
            return Step(go(visit, OneCallUp(shop, EntryId(call))) if shop else visit)
        case ["give", call] if call in shared.giving:
            giving = shared.giving[EntryId(call)]
            return begin(visit, giving.shop, Brought(EntryId(call), giving.cents), around)
        case ["asked", call] if call in shared.asked:
            return Step(go(visit, OneAsked(EntryId(call))))
    return Step(visit)


def _calls(shop: str, state: State) -> Mapping[EntryId, CallUp]:
    return state.neighbours[shop].called_up


def _pledging(to: str, state: State) -> PledgeSum:
    """What is pledged already, to be changed."""
    promise = state.shared.promised.get(to)
    return PledgeSum(to, promise.cents, promise.monthly) if promise else PledgeSum(to)


def whom_touched(visit: Visit, place: PledgeWhom, touch: Touch, around: Surroundings) -> Step:
    """For all, or for one."""
    match touch.value.split(":", 1):
        case ["page", _]:
            return page_touched(visit, place, touch)
        case ["to", to] if to in ("", *here(around.state)):
            return Step(go(visit, _pledging(to, around.state)))
    return Step(visit)


def pledge_touched(visit: Visit, place: PledgeSum, touch: Touch, around: Surroundings) -> Step:
    """Digits, − and +, once or each month, or that is it. Nothing takes back what was pledged."""
    cents = counted(place.cents, touch, hours=False)
    if cents != place.cents:
        return Step(turn(visit, replace(place, cents=cents)))
    if touch.value == "monthly":
        return Step(turn(visit, replace(place, monthly=not place.monthly)))
    if touch.value != "typed" or not (cents or place.to in around.state.shared.promised):
        return Step(visit)
    return begin(visit, place.to, Pledge(cents, "", "you" if place.to else "all", place.monthly), around)


def call_touched(visit: Visit, place: CallSum, touch: Touch, around: Surroundings) -> Step:
    """How much is needed; then what for."""
    cents = counted(place.cents, touch, hours=False)
    if cents != place.cents:
        return Step(turn(visit, CallSum(cents)))
    return Step(go(visit, Saying(CallUp(cents, "", ""))) if touch.value == "typed" and cents else visit)


def call_answered(visit: Visit, place: OneCallUp, touch: Touch, around: Surroundings) -> Step:
    """We give something, or not now."""
    neighbour = around.state.neighbours.get(place.shop)
    call = neighbour.called_up.get(place.call) if neighbour else None
    if neighbour is None or call is None:
        return Step(visit)
    if touch.value == "give":
        usual = min(call.cents, held_for(neighbour, around.state))
        return Step(go(visit, AnswerSum(place.shop, place.call, usual)))
    if touch.value == "not now":
        return begin(visit, place.shop, Answer(place.call, accepted=False), around)
    return Step(visit)


def answer_touched(visit: Visit, place: AnswerSum, touch: Touch, around: Surroundings) -> Step:
    """How much comes."""
    cents = counted(place.cents, touch, hours=False)
    if cents != place.cents:
        return Step(turn(visit, replace(place, cents=cents)))
    if touch.value != "typed" or not cents:
        return Step(visit)
    return begin(visit, place.shop, Answer(place.call, accepted=True, cents=cents), around)
