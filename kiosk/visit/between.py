"""What shops share besides hours, at the kiosk: the strike fund, orders, the boards, news, circles of debt."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from msgspec.structs import replace

from kiosk.commands import Command, JoinOrder, Refusal, SeekCircle, WriteLetter
from kiosk.faces import Touch
from kiosk.letters import (
    Answer,
    AnyLetter,
    Brought,
    CallUp,
    News,
    OrderCall,
    Pledge,
    RingAgreed,
    RingDropped,
    TakenOff,
    Wanted,
)
from kiosk.rules.neighbours import LONGEST_SAID, LONGEST_SHOP
from kiosk.rules.writing import WORK_SIGNS, plain_name, plain_words
from kiosk.tongue import phrase
from kiosk.visit.amending import page_touched
from kiosk.visit.between_places import (
    PUT_TOGETHER,
    AnswerSum,
    Between,
    Boards,
    CallSum,
    Circles,
    Fund,
    HowLong,
    LetterTaps,
    OneAsked,
    OneCallUp,
    OneCircle,
    OneHung,
    OneOrder,
    OrderList,
    Orders,
    PledgeSum,
    PledgeWhom,
    Saying,
    Tell,
    UnitPrice,
    WhichUnit,
)
from kiosk.visit.debt_circles import circle_touched, circles_touched, seeker_taps
from kiosk.visit.ground import Answered, Step, Surroundings, object_to
from kiosk.visit.jar import known_taps
from kiosk.visit.letter_taps import begin, hand_taps
from kiosk.visit.ordering import order_touched, ordered, orderer_taps, orders_touched, price_touched, unit_touched
from kiosk.visit.picking import today
from kiosk.visit.places import Visit, go, turn
from kiosk.visit.strike_fund import (
    answer_touched,
    call_answered,
    call_touched,
    fund_touched,
    pledge_touched,
    whom_touched,
)
from kiosk.visit.telling_neighbours import boards_touched, hung_touched, tell_touched
from kiosk.words import refusal

LASTS: Mapping[str, int] = {"days": 3, "week": 7, "fortnight": 14, "month": 31}
"""How long something is called up, open or hangs, in days."""


def between_touched(visit: Visit, place: Between, touch: Touch, around: Surroundings) -> Step:
    """One of the things that shops share."""
    ways: Mapping[str, Any] = {"fund": Fund, "orders": Orders, "boards": Boards, "tell": Tell, "circles": Circles}
    found = ways.get(touch.value)
    return Step(go(visit, found()) if found else visit)


def page_only(visit: Visit, place: Any, touch: Touch, around: Surroundings) -> Step:
    """A page further."""
    return page_touched(visit, place, touch)


def words_touched(visit: Visit, place: Saying, touch: Touch, around: Surroundings) -> Step:
    """Writing; what can't be sent is said at once."""
    if touch.verb == "type":
        return Step(turn(visit, replace(place, text=touch.value)))
    if touch.value != "typed" or not place.text.strip():
        return Step(visit)
    if place.part == "unit":
        words = plain_name(place.text, least=1, most=LONGEST_SHOP, signs=WORK_SIGNS)
    else:
        words = plain_words(place.text, least=2, most=LONGEST_SAID)
    if isinstance(words, Refusal):
        return object_to(visit, around, *refusal(words), icon="note")
    return _worded(visit, place, words, around)


def _worded(visit: Visit, place: Saying, words: str, around: Surroundings) -> Step:
    match place.letter:
        case OrderCall() as call if place.part == "unit":
            return Step(go(visit, UnitPrice(replace(call, unit=words))))
        case OrderCall() as call:
            return Step(go(visit, WhichUnit(replace(call, what=words))))
        case News() as news:
            return begin(visit, "", replace(news, words=words), around)
        case CallUp() | Wanted() as letter:
            return Step(go(visit, HowLong(replace(letter, words=words))))


def long_touched(visit: Visit, place: HowLong, touch: Touch, around: Surroundings) -> Step:
    """Until when; then badges."""
    if touch.value not in LASTS:
        return Step(visit)
    last = (today(around) + timedelta(days=LASTS[touch.value])).isoformat()
    match place.letter:
        case OrderCall() as call:
            return begin(visit, "", replace(call, closes=last), around)
        case CallUp() | Wanted() as letter:
            return begin(visit, "", replace(letter, until=last), around)


def told(command: Command, answered: Answered, around: Surroundings) -> tuple[str, str] | None:
    """What was done, in one sentence, with its picture; None where it is nothing that shops share."""
    match command:
        case JoinOrder():
            return ordered(answered, around), "check"
        case SeekCircle():
            return phrase("Asked. Once the letters have gone round, it shows here."), "swap"
        case WriteLetter(to=to, letter=letter):
            return _written(to, letter)
    return None


def _written(to: str, letter: AnyLetter) -> tuple[str, str] | None:
    match letter:
        case Pledge(cents=0):
            return phrase("Nothing is pledged any more."), "check"
        case Pledge():
            return phrase("Pledged. The money stays where it is until it is called up."), "check"
        case CallUp():
            return phrase("Called up. Each neighbour answers with many hands."), "check"
        case Answer(accepted=True):
            return phrase("{shop} hears of it. Bring it over, and say so here.", shop=to), "check"
        case Answer():
            return phrase("{shop} hears of it.", shop=to), "check"
        case Brought():
            return phrase("It was brought over."), "check"
        case OrderCall():
            return phrase("The order is open. Now everybody says how much."), "check"
        case Wanted():
            return phrase("It hangs on the boards of all neighbours."), "board"
        case TakenOff():
            return phrase("It is off the boards."), "board"
        case News():
            return phrase("The neighbours hear of it."), "voice"
        case RingAgreed():
            return phrase("We have agreed. It is struck off once all have."), "check"
        case RingDropped():
            return phrase("Nothing comes of it. Nothing has moved."), "check"
    return None


TAPS: Mapping[type, Callable[..., Step]] = {
    **dict.fromkeys(PUT_TOGETHER, known_taps),
    OneOrder: orderer_taps,
    Circles: seeker_taps,
    LetterTaps: hand_taps,
}

TOUCHES: Mapping[type, Callable[..., Step]] = {
    Between: between_touched,
    Fund: fund_touched,
    PledgeWhom: whom_touched,
    PledgeSum: pledge_touched,
    CallSum: call_touched,
    OneCallUp: call_answered,
    AnswerSum: answer_touched,
    OneAsked: page_only,
    Orders: orders_touched,
    OneOrder: order_touched,
    OrderList: page_only,
    Saying: words_touched,
    WhichUnit: unit_touched,
    UnitPrice: price_touched,
    HowLong: long_touched,
    Boards: boards_touched,
    OneHung: hung_touched,
    Tell: tell_touched,
    Circles: circles_touched,
    OneCircle: circle_touched,
}
