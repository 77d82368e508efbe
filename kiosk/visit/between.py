"""What shops share besides hours, at the kiosk: the strike fund, orders, the boards, news, circles of debt."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from msgspec.structs import replace

from kiosk.amounts import EntryId
from kiosk.commands import Command, JoinOrder, NewBadge, Refusal, SeekCircle, WriteLetter
from kiosk.events import OrderJoined
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
from kiosk.periods import is_quarter
from kiosk.rules.between import called, held_for, is_open
from kiosk.rules.neighbours import LONGEST_SAID, LONGEST_SHOP, hands_for
from kiosk.rules.writing import WORK_SIGNS, plain_name, plain_words
from kiosk.state import Decision, State
from kiosk.tongue import later, phrase, speaking
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
from kiosk.visit.ground import Answered, Step, Surroundings, object_to, owner
from kiosk.visit.jar import known_taps
from kiosk.visit.pad import counted
from kiosk.visit.picking import today
from kiosk.visit.places import NoBadge, Visit, go, turn
from kiosk.visit.rows import SAID_ALOUD, voiced
from kiosk.visit.tapping import joined, visitor
from kiosk.words import period_word, refusal

LASTS: Mapping[str, int] = {"days": 3, "week": 7, "fortnight": 14, "month": 31}
"""How long something is called up, open or hangs, in days."""

UNITS = (later("kilos"), later("litres"), later("pieces"), later("boxes"))
"""In what orders are counted, to pick from. The letter has them in these words."""


def begin(visit: Visit, to: str, letter: AnyLetter, around: Surroundings) -> Step:
    """A letter is whole: whoever's visit it is has tapped; where that is enough, it is written."""
    taps = visitor(visit)
    if len(taps) >= hands_for(letter, around.state):
        return Step(visit, WriteLetter(to, letter, tuple(hash_ for _, hash_ in taps)))
    return Step(go(visit, LetterTaps(to, letter, taps)))


def hand_taps(visit: Visit, place: LetterTaps, badge: NewBadge, around: Surroundings) -> Step:
    """One hand more; with the last one the letter is written."""
    taps = joined(visit, place.taps, badge, around)
    if isinstance(taps, Step):
        return taps
    if len(taps) < hands_for(place.letter, around.state):
        return Step(turn(visit, replace(place, taps=taps)))
    here = turn(visit, replace(place, taps=visitor(visit)))
    return Step(here, WriteLetter(place.to, place.letter, tuple(hash_ for _, hash_ in taps)))


def between_touched(visit: Visit, place: Between, touch: Touch, around: Surroundings) -> Step:
    """One of the things that shops share."""
    ways: Mapping[str, Any] = {"fund": Fund, "orders": Orders, "boards": Boards, "tell": Tell, "circles": Circles}
    found = ways.get(touch.value)
    return Step(go(visit, found()) if found else visit)


# --- strike fund ------------------------------------------------------------------------------------------


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


def here(state: State) -> tuple[str, ...]:
    """The names of all neighbours."""
    return tuple(each.name for each in state.neighbours.values() if not each.parted)


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


# --- joint orders -----------------------------------------------------------------------------------------


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
    ordered = state.shared.orders.get(place.order)
    return place.amount if place.amount is not None else ordered.amounts.get(visit.who, 0) if ordered else 0


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


def page_only(visit: Visit, place: Any, touch: Touch, around: Surroundings) -> Step:
    """A page further."""
    return page_touched(visit, place, touch)


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


# --- words, and until when --------------------------------------------------------------------------------


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


# --- boards -----------------------------------------------------------------------------------------------


def boards_touched(visit: Visit, place: Boards, touch: Touch, around: Surroundings) -> Step:
    """A page further, something new, or something of ours."""
    match touch.value.split(":", 1):
        case ["page", _]:
            return page_touched(visit, place, touch)
        case ["need" | "offer" as side]:
            return Step(go(visit, Saying(Wanted(side, "", ""))))
        case ["hung", wanted] if wanted in around.state.shared.hung:
            return Step(go(visit, OneHung(EntryId(wanted))))
    return Step(visit)


def hung_touched(visit: Visit, place: OneHung, touch: Touch, around: Surroundings) -> Step:
    """Take it off."""
    if touch.value != "take off" or place.wanted not in around.state.shared.hung:
        return Step(visit)
    return begin(visit, "", TakenOff(place.wanted), around)


# --- news -------------------------------------------------------------------------------------------------


def decisions(state: State) -> tuple[Decision, ...]:
    """Decisions that stand and whose words were written down, the newest first."""
    return tuple(reversed([each for each in state.decisions.values() if each.words != SAID_ALOUD]))


def reports(state: State) -> tuple[tuple[str, str], ...]:
    """Reports that were held, with the month or the quarter, the newest first."""
    held = [(report, period) for report, periods in state.held.items() for period in periods]
    return tuple(sorted(held, key=lambda pair: (pair[1][:4], is_quarter(pair[1]), pair[1]), reverse=True))


REPORT_NEWS: Mapping[str, str] = {
    "audit": later("We held our autonomy audit of {period}."),
    "potluck": later("We talked {period} over: what went well, what went wrong."),
    "ledger": later("We held our autonomy ledger of {period}."),
    "autopsy": later("We looked at our routines of {period}: who benefits?"),
}
"""What is told of a report."""


def tell_touched(visit: Visit, place: Tell, touch: Touch, around: Surroundings) -> Step:
    """A decision, a report, or a word of one's own."""
    match touch.value.split(":", 2):
        case ["page", _]:
            return page_touched(visit, place, touch)
        case ["write"]:
            return Step(go(visit, Saying(News(""))))
        case ["decision", decision]:
            found = around.state.decisions.get(EntryId(decision))
            if found is not None and decision not in around.state.shared.told:
                with speaking(around.language):
                    words = voiced(found.words)
                return begin(visit, "", News(words, "decision", decision), around)
        case ["report", report, period] if report in REPORT_NEWS:
            about = f"{report} {period}"
            if about not in around.state.shared.told and period in around.state.held.get(report, ()):
                with speaking(around.language):
                    words = phrase(REPORT_NEWS[report], period=period_word(period))
                return begin(visit, "", News(words, "report", about), around)
    return Step(visit)


# --- circles of debt --------------------------------------------------------------------------------------


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


# --- answers ----------------------------------------------------------------------------------------------


def given_back(visit: Visit) -> Visit:
    """After a refusal the hands are given back."""
    if isinstance(visit.place, LetterTaps):
        return replace(visit, place=replace(visit.place, taps=visitor(visit)))
    return visit


def told(command: Command, answered: Answered, around: Surroundings) -> tuple[str, str] | None:
    """What was done, in one sentence, with its picture; None where it is nothing that shops share."""
    match command:
        case JoinOrder():
            return _ordered(answered, around), "check"
        case SeekCircle():
            return phrase("Asked. Once the letters have gone round, it shows here."), "swap"
        case WriteLetter(to=to, letter=letter):
            return _written(to, letter)
    return None


def _ordered(answered: Answered, around: Surroundings) -> str:
    event = answered.entries[-1].event
    if not isinstance(event, OrderJoined):
        return ""
    call = called(event.order, event.neighbour, around.state)
    if not event.amount or call is None:
        return phrase("{name} takes nothing of it.", name=event.handle)
    return phrase(
        "{name}: {amount} {unit} of {what}.", name=event.handle, amount=event.amount, unit=call.unit, what=call.what
    )


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
