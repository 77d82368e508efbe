"""What is kept beside the jars: reserves, where the rest of a Friday goes, and receipts for what was given out."""

from collections.abc import Callable, Mapping

from msgspec.structs import replace

from kiosk.amounts import EntryId
from kiosk.commands import ShowReceipt
from kiosk.faces import Touch
from kiosk.rules.funds import places_for_rest
from kiosk.state import Purchase, State
from kiosk.tongue import later, phrase
from kiosk.visit.ground import Step, Surroundings, object_to
from kiosk.visit.jar_places import (
    ChooseRest,
    HowMuch,
    Receipts,
    ReceiptWords,
    Reserves,
    Resting,
    Showing,
    Spending,
    Taps,
    WhichDecision,
)
from kiosk.visit.picking import moved, picked
from kiosk.visit.places import Visit, back, go, turn

BECAME = (
    later("bought; the receipt hangs here"),
    later("done; the receipt is in the folder"),
    later("paid as it was meant"),
    later("not spent yet"),
)
"""What became of money, to pick from; the record has it in these words."""


def unused(state: State) -> tuple[EntryId, ...]:
    """Decisions that stand and have opened no reserve yet, the newest first."""
    used = {each for reserve in state.reserves.values() for each in reserve.used}
    return tuple(reversed([each for each in state.decisions if each not in used]))


def owed(state: State) -> tuple[Purchase, ...]:
    """Money for which nothing has been shown yet, the longest due first."""
    return tuple(sorted(state.purchases.values(), key=lambda each: (each.due, each.id)))


# --- reserves ---------------------------------------------------------------------------------------------


def reserves_touched(visit: Visit, place: Reserves, touch: Touch, around: Surroundings) -> Step:
    """Which reserve; then the decision that opens it."""
    match touch.value.split(":", 1):
        case ["page", "1" | "-1" as way]:
            return Step(turn(visit, Reserves(max(0, place.page + int(way)))))
        case ["reserve", name] if name in around.state.reserves:
            if not around.state.reserves[name].cents:
                return object_to(visit, around, phrase("There is nothing in it"), icon="jar")
            if not unused(around.state):
                words = phrase("A reserve is opened by a vote that was carried")
                return object_to(visit, around, words, phrase("Put the question in the circle first."), "info")
            return Step(go(visit, WhichDecision(name)))
    return Step(visit)


def decision_touched(visit: Visit, place: WhichDecision, touch: Touch, around: Surroundings) -> Step:
    """Which carried decision; then how much."""
    match touch.value.split(":", 1):
        case ["page", "1" | "-1" as way]:
            return Step(turn(visit, replace(place, page=max(0, place.page + int(way)))))
        case ["decision", name] if name in unused(around.state):
            return Step(go(visit, HowMuch(Spending(place.reserve, EntryId(name)))))
    return Step(visit)


def rest_touched(visit: Visit, place: ChooseRest, touch: Touch, around: Surroundings) -> Step:
    """Where the rest goes; then the hands."""
    match touch.value.split(":", 1):
        case ["page", "1" | "-1" as way]:
            return Step(turn(visit, replace(place, page=max(0, place.page + int(way)))))
        case ["rest", name] if name in places_for_rest(around.state, place.fund):
            return Step(go(visit, Taps(Resting(place.fund, name))))
    return Step(visit)


# --- receipts ---------------------------------------------------------------------------------------------


def receipts_touched(visit: Visit, place: Receipts, touch: Touch, around: Surroundings) -> Step:
    """Which money it was about."""
    match touch.value.split(":", 1):
        case ["page", "1" | "-1" as way]:
            return Step(turn(visit, Receipts(max(0, place.page + int(way)))))
        case ["receipt", name] if name in around.state.purchases:
            return Step(go(visit, ReceiptWords(Showing(EntryId(name)))))
    return Step(visit)


def became_touched(visit: Visit, place: ReceiptWords, touch: Touch, around: Surroundings) -> Step:
    """What became of it: picked or written."""
    row = picked(touch, place.at, len(BECAME)) if place.text is None else None
    if row is not None:
        return _shown(visit, replace(place.showing, words=BECAME[row]), around)
    if touch.verb == "type" and place.text is not None:
        return Step(turn(visit, replace(place, text=touch.value)))
    if touch.value == "typed" and place.text and place.text.strip():
        return _shown(visit, replace(place.showing, words=place.text.strip()), around)
    match touch.value:
        case "back":
            return Step(back(visit))
        case "write" if place.text is None:
            return Step(go(visit, replace(place, text="")))
    return Step(turn(visit, replace(place, at=moved(touch, place.at, len(BECAME)))))


def _shown(visit: Visit, showing: Showing, around: Surroundings) -> Step:
    """By the badge of whoever got it, where that one stands here; else it is asked for."""
    purchase = around.state.purchases.get(showing.purchase)
    if purchase is None:
        return object_to(visit, around, phrase("Nothing is owed for this any more"))
    if visit.who and visit.who == purchase.carrier:
        return Step(visit, ShowReceipt(showing.purchase, visit.badge, showing.words))
    return Step(go(visit, Taps(showing)))


TOUCHES: Mapping[type, Callable[..., Step]] = {
    Reserves: reserves_touched,
    WhichDecision: decision_touched,
    ChooseRest: rest_touched,
    Receipts: receipts_touched,
    ReceiptWords: became_touched,
}
