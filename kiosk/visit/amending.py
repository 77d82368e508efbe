"""The charter: reading it, putting a change of it to the circle, and the many hands that let it hold."""

from bisect import bisect_left
from collections.abc import Callable, Mapping
from typing import Any

from msgspec.structs import replace

from kiosk.amounts import EntryId
from kiosk.commands import ChangeCharter, NewBadge
from kiosk.events import CharterChange, CharterChanged
from kiosk.faces import Touch
from kiosk.rules.charter import NUMBERS, changeable, name_words, question, sensible, value_of, value_words, waiting
from kiosk.state import State
from kiosk.tongue import phrase, speaking
from kiosk.visit.circle_places import Asking, ChangeDial, ChangePick, QuestionDetail, QuestionReview
from kiosk.visit.ground import Answered, Step, Surroundings, object_to
from kiosk.visit.number_places import CharterEntry, CharterHands, CharterNumber, CharterPage
from kiosk.visit.picking import moved, picked
from kiosk.visit.places import Visit, back, go, turn
from kiosk.visit.tapping import joined, visitor

SLOW, QUICK = 5, 12
"""Touches the same way after which the dial takes five values at once, and after which twenty."""


def page_touched(visit: Visit, place: Any, touch: Touch) -> Step:
    """A page further or back, in any list."""
    if touch.value not in ("page:1", "page:-1"):
        return Step(visit)
    return Step(turn(visit, replace(place, page=max(0, place.page + int(touch.value.partition(":")[2])))))


# --- reading ----------------------------------------------------------------------------------------------


def charter_touched(visit: Visit, place: CharterPage, touch: Touch, around: Surroundings) -> Step:
    """A page further, one number, or the hands for what was carried."""
    match touch.value.split(":", 1):
        case ["page", _]:
            return page_touched(visit, place, touch)
        case ["number", number] if number in NUMBERS:
            return Step(go(visit, CharterNumber(number)))
        case ["hold", decision] if decision in waiting(around.state):
            return Step(go(visit, CharterHands(EntryId(decision), visitor(visit))))
    return Step(visit)


def number_touched(visit: Visit, place: CharterNumber, touch: Touch, around: Surroundings) -> Step:
    """A page further in its history, or one change of it."""
    amended = around.state.amended.get(place.number)
    match touch.value.split(":", 1):
        case ["change", entry] if amended is not None and entry in amended.entries:
            return Step(go(visit, CharterEntry(EntryId(entry))))
    return page_touched(visit, place, touch)


# --- the hands --------------------------------------------------------------------------------------------


def hand_taps(visit: Visit, place: CharterHands, badge: NewBadge, around: Surroundings) -> Step:
    """One hand more; with the last one the number holds."""
    taps = joined(visit, place.taps, badge, around)
    if isinstance(taps, Step):
        return taps
    if len(taps) < around.state.hands_needed():
        return Step(turn(visit, replace(place, taps=taps)))
    here = turn(visit, replace(place, taps=visitor(visit)))
    return Step(here, ChangeCharter(place.decision, tuple(hash_ for _, hash_ in taps)))


# --- proposing, in the circle -----------------------------------------------------------------------------


def pick_touched(visit: Visit, place: ChangePick, touch: Touch, around: Surroundings) -> Step:
    """Which number."""
    rows = changeable(around.state)
    row = picked(touch, place.at, len(rows))
    if row is not None:
        return Step(go(visit, ChangeDial(rows[row], value_of(around.state.charter, rows[row]))))
    if touch.value == "back":
        return Step(back(visit))
    return Step(turn(visit, ChangePick(moved(touch, place.at, len(rows)))))


def further(state: State, place: ChangeDial, way: int) -> ChangeDial:
    """The dial turned to the next value that is sensible; turned on and on, some further. At the end it goes round.

    way: 1 or -1.
    """
    values = sorted({value_of(state.charter, place.number), *sensible(place.number, state)})
    run = place.run + way if place.run * way > 0 else way
    stride = 1 if abs(run) <= SLOW else 5 if abs(run) <= QUICK else 20
    last = len(values) - 1
    at = min(last, bisect_left(values, place.after))
    if at == (last if way > 0 else 0):
        return replace(place, after=values[last - at], run=0)
    return replace(place, after=values[max(0, min(last, at + way * stride))], run=run)


def dial_touched(visit: Visit, place: ChangeDial, touch: Touch, around: Surroundings) -> Step:
    """More, less, or that is it; then it is a question as any other."""
    state = around.state
    if touch.value in ("more", "less"):
        return Step(turn(visit, further(state, place, 1 if touch.value == "more" else -1)))
    if touch.value != "typed":
        return Step(visit)
    now = value_of(state.charter, place.number)
    if place.after == now:
        words = phrase("That is what it is now")
        return object_to(visit, around, words, phrase("Choose more or less."))
    change = CharterChange(place.number, now, place.after)
    with speaking(around.language):
        asking = Asking(question(change), change=change)
    return Step(go(visit, asking_begins(asking, state)))


def asking_begins(asking: Asking, state: State) -> QuestionDetail | QuestionReview:
    """What is settled first of a question: how much is told, where enough are here; then when it is looked at."""
    circle = state.circle
    enough = circle is not None and len(circle.roll) >= state.charter.counted
    return QuestionDetail(asking) if enough else QuestionReview(asking)


# --- answers ----------------------------------------------------------------------------------------------


def told(answered: Answered) -> tuple[str, str] | None:
    """What holds now, in one sentence, with its picture; None for what is not the charter's."""
    event = answered.entries[-1].event if answered.entries else None
    if not isinstance(event, CharterChanged):
        return None
    change = event.change
    words = phrase(
        "From now on, {number}: {after}.",
        number=name_words(change.number),
        after=value_words(change.number, change.after),
    )
    return words, "check"


TAPS: Mapping[type, Callable[..., Step]] = {CharterHands: hand_taps}

TOUCHES: Mapping[type, Callable[..., Step]] = {
    CharterPage: charter_touched,
    CharterNumber: number_touched,
    ChangePick: pick_touched,
    ChangeDial: dial_touched,
}
