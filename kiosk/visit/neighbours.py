"""Neighbours at the kiosk: linking by codes and many hands, letters carried by hand, visitors, and parting."""

import re
from collections.abc import Callable, Mapping

from msgspec.structs import replace

from kiosk.amounts import BadgeHash
from kiosk.commands import (
    CloseSegment,
    Command,
    LinkNeighbour,
    NewBadge,
    OfferSwap,
    Refusal,
    TakeSegment,
    UnlinkNeighbour,
    WriteLetter,
)
from kiosk.events import Entry, ForkSeen, LetterWritten, NeighbourLinked, SealForkSeen, SegmentTaken
from kiosk.faces import Touch
from kiosk.letters import Offer, Visitor
from kiosk.letters.card import HEAD
from kiosk.letters.codes import Pieces, put_together, scan
from kiosk.letters.segment import lines_of
from kiosk.rules.neighbours import MOST_MINUTES, not_at_zero, to_link
from kiosk.sealing.note import Bad
from kiosk.state import Neighbour
from kiosk.tongue import phrase, plural
from kiosk.visit import mending
from kiosk.visit.between_places import Between
from kiosk.visit.ground import Answered, Step, Surroundings, object_to, owner
from kiosk.visit.guests import given_by, guest_of, turned
from kiosk.visit.neighbour_places import (
    GuestDial,
    HowFar,
    LettersOut,
    LinkTaps,
    MendTaps,
    Neighbours,
    OneNeighbour,
    OurCard,
    PartTaps,
    Scanning,
    SwapThere,
    TheirNews,
)
from kiosk.visit.places import Home, Idle, NoBadge, People, Told, Visit, go, start, turn
from kiosk.visit.tapping import joined, visitor
from kiosk.words import duration, refusal, work_word

OPEN = (
    Idle,
    Home,
    Told,
    NoBadge,
    People,
    Neighbours,
    OneNeighbour,
    TheirNews,
    OurCard,
    LettersOut,
    SwapThere,
    Scanning,
    HowFar,
)
"""Places where a code of a letter begins something; elsewhere the errand comes first."""

STILL_HELD = 10_000
"""Milliseconds in which codes of letters that were complete just now are those that are still held there."""

STEP_OF_LIMIT = 60
"""Minutes by which one touch changes how far an account may go."""


def neighbour_of(name: str, around: Surroundings) -> Neighbour | None:
    """The neighbour of that name, as long as it is one."""
    found = around.state.neighbours.get(name)
    return None if found is None or found.parted else found


# --- scanning ---------------------------------------------------------------------------------------------


def scanned(visit: Visit, text: str, around: Surroundings) -> Step:
    """A code of a letter before the scanner."""
    place = visit.place
    if around.state.founded is None:
        words, mend = phrase("There is no shop here yet"), phrase("First found it; then link it with others.")
        return object_to(visit, around, words, mend)
    if not isinstance(place, OPEN):
        words, mend = phrase("First what is on the screen"), phrase("Then hold the code there again.")
        return object_to(visit, around, words, mend, "card")
    pieces = scan(place.pieces if isinstance(place, Scanning) else Pieces(), text)
    if isinstance(pieces, Bad):
        return object_to(visit, around, phrase("This code holds no letters"), icon="card")
    if pieces.name == visit.label and around.now.mono - visit.label_at < STILL_HELD:
        return Step(visit)
    if pieces.missing():
        return Step(start(visit, Scanning(pieces), visit.who, visit.badge))
    visit = replace(visit, label=pieces.name, label_at=around.now.mono)
    whole = put_together(pieces)
    if isinstance(whole, Bad):
        return Step(_nothing(visit, phrase("The codes don’t fit together"), phrase("Scan all of them once more.")))
    if whole.startswith(HEAD):
        return Step(_card(visit, whole, around))
    return Step(start(visit, Home() if visit.who else Idle(), visit.who, visit.badge), _take(whole, around))


def _take(text: str, around: Surroundings) -> TakeSegment:
    return TakeSegment(text, around.me)


def _nothing(visit: Visit, words: str, mend: str) -> Visit:
    return start(visit, NoBadge(words=words, mend=mend, icon="card"), visit.who, visit.badge)


def _card(visit: Visit, text: str, around: Surroundings) -> Visit:
    found = to_link(text, around.me, around.state)
    if isinstance(found, Refusal):
        return _nothing(visit, *refusal(found))
    return start(visit, HowFar(text), visit.who, visit.badge)


# --- badges -----------------------------------------------------------------------------------------------


def first_hand(visit: Visit, place: HowFar, badge: NewBadge, around: Surroundings) -> Step:
    """The first badge says that the limit on the dial is right."""
    taps = joined(visit, (), badge, around)
    if isinstance(taps, Step):
        return taps
    begun = LinkTaps(place.card, place.minutes)
    return hand_taps(go(visit, begun), begun, badge, around)


def hand_taps(visit: Visit, place: LinkTaps | PartTaps, badge: NewBadge, around: Surroundings) -> Step:
    """One hand more; with the last one the shops are linked, or part."""
    taps = joined(visit, place.taps, badge, around)
    if isinstance(taps, Step):
        return taps
    here = turn(visit, replace(place, taps=taps))
    if len(taps) < around.state.hands_needed():
        return Step(here)
    hands = tuple(hash_ for _, hash_ in taps)
    if isinstance(place, LinkTaps):
        return Step(here, LinkNeighbour(place.card, place.minutes, hands, around.me))
    return Step(here, UnlinkNeighbour(place.name, hands))


def visitor_taps(visit: Visit, place: SwapThere, badge: NewBadge, around: Surroundings) -> Step:
    """The badge that is to be known at the neighbour's kiosk, by its hash under the key of the link."""
    member = owner(badge, around)
    if isinstance(member, NoBadge):
        return object_to(visit, around, member.words, member.mend, member.icon)
    if place.ends:
        return Step(visit, WriteLetter(place.name, Visitor("", BadgeHash("")), (badge.hash,)))
    hashed = dict(badge.guests).get(place.name)
    if hashed is None:
        return object_to(visit, around, phrase("{shop} is no neighbour of this shop", shop=place.name))
    return Step(visit, WriteLetter(place.name, Visitor("", hashed), (badge.hash,)))


def ours_taps(visit: Visit, place: GuestDial, badge: NewBadge, around: Surroundings) -> Step:
    """A guest gave; now the one of ours who got it."""
    if guest_of(badge, around) is not None and around.state.owner(badge.hash) is None:
        words, mend = phrase("One of the two is a member here"), phrase("Two guests swap at their own kiosk.")
        return object_to(visit, around, words, mend, "badge")
    member = owner(badge, around)
    if isinstance(member, NoBadge):
        return object_to(visit, around, member.words, member.mend, member.icon)
    return Step(visit, given_by(place, badge))


# --- touches ----------------------------------------------------------------------------------------------


def neighbours_touched(visit: Visit, place: Neighbours, touch: Touch, around: Surroundings) -> Step:
    """A page further, one neighbour, or our card."""
    match touch.value.split(":", 1):
        case ["page", "1" | "-1" as way]:
            return Step(turn(visit, Neighbours(max(0, place.page + int(way)))))
        case ["neighbour", name] if neighbour_of(name, around):
            return Step(go(visit, OneNeighbour(name)))
        case ["card"]:
            return Step(go(visit, OurCard()))
        case ["between"] if any(not each.parted for each in around.state.neighbours.values()):
            return Step(go(visit, Between()))
        case ["good", _]:
            words, mend = phrase("First link with a shop"), phrase("Show them our card, and scan theirs here.")
            return object_to(visit, around, words, mend, "card")
    return Step(visit)


def one_touched(visit: Visit, place: OneNeighbour, touch: Touch, around: Surroundings) -> Step:
    """What can be done with a neighbour."""
    neighbour = neighbour_of(place.name, around)
    if neighbour is None:
        return object_to(visit, around, phrase("{shop} is no neighbour of this shop", shop=place.name))
    match touch.value:
        case "swap there":
            return Step(go(visit, SwapThere(place.name)))
        case "no more" if visit.who in neighbour.there:
            return Step(visit, WriteLetter(place.name, Visitor("", BadgeHash("")), (visit.badge,)))
        case "news":
            return Step(go(visit, TheirNews(place.name)))
        case "stories" if story := mending.first_story(neighbour):
            return Step(go(visit, story))
        case "letters":
            there = go(visit, LettersOut(place.name))
            return Step(there, CloseSegment(place.name, around.me) if neighbour.waiting else None)
        case "part":
            refused = not_at_zero(neighbour, around.state)
            if refused:
                return object_to(visit, around, *refusal(refused))
            return Step(go(visit, PartTaps(place.name, visitor(visit))))
    return Step(visit)


def there_touched(visit: Visit, place: SwapThere, touch: Touch, around: Surroundings) -> Step:
    """Whoever taps now swaps there no more; or it was meant the other way."""
    return Step(turn(visit, replace(place, ends=not place.ends)) if touch.value == "turn round" else visit)


def news_touched(visit: Visit, place: TheirNews, touch: Touch, around: Surroundings) -> Step:
    """A page further."""
    match touch.value.split(":", 1):
        case ["page", "1" | "-1" as way]:
            return Step(turn(visit, replace(place, page=max(0, place.page + int(way)))))
    return Step(visit)


def codes_touched(visit: Visit, place: OurCard | LettersOut, touch: Touch, around: Surroundings) -> Step:
    """The next code."""
    return Step(turn(visit, replace(place, at=place.at + 1)) if touch.value == "next" else visit)


def limit_touched(visit: Visit, place: HowFar, touch: Touch, around: Surroundings) -> Step:
    """Further, or less far."""
    if touch.verb != "turn":
        return Step(visit)
    minutes = place.minutes + _whole(touch.value)
    return Step(turn(visit, HowFar(place.card, max(STEP_OF_LIMIT, min(minutes, MOST_MINUTES)))))


def dial_touched(visit: Visit, place: GuestDial, touch: Touch, around: Surroundings) -> Step:
    """− and +."""
    if touch.verb != "turn":
        return Step(visit)
    return Step(turn(visit, turned(place, place.minutes + _whole(touch.value), around)))


def _whole(text: str) -> int:
    """A number of quarters of an hour, or 0: what a screen says is not trusted to be one."""
    return int(text) // 15 * 15 if re.fullmatch(r"-?[0-9]{1,4}", text) else 0


# --- answers ----------------------------------------------------------------------------------------------


def refused(visit: Visit, answered: Answered) -> Visit | None:
    """Where it goes on after a refusal; None where it is no matter of neighbours."""
    assert answered.refusal is not None
    if isinstance(answered.command, CloseSegment):
        return visit
    if isinstance(answered.command, TakeSegment):
        return _nothing(visit, *refusal(answered.refusal))
    return None


def given_back(visit: Visit) -> Visit:
    """After another refusal the hands are given back, so that it can be tried again."""
    match visit.place:
        case LinkTaps() as place:
            return replace(visit, place=replace(place, taps=()))
        case PartTaps() | MendTaps() as place:
            return replace(visit, place=replace(place, taps=visitor(visit)))
    return visit


def after(visit: Visit, answered: Answered) -> Visit | None:
    """What was put into segments is shown; nothing is told."""
    return visit if isinstance(answered.command, CloseSegment) else None


def told(command: Command, answered: Answered, around: Surroundings) -> tuple[str, str] | None:
    """What was done, in one sentence, with its picture; None where it is no matter of neighbours."""
    match command:
        case LinkNeighbour(minutes=minutes):
            shop, time = _linked(answered), duration(minutes)
            return phrase("{shop} is our neighbour, up to {time} either way.", shop=shop, time=time), "people"
        case UnlinkNeighbour(neighbour=shop):
            return phrase("We have parted from {shop}.", shop=shop), "door"
        case WriteLetter(to=shop, letter=Visitor(badge="")):
            return phrase("Once this letter is at {shop}, you swap there no more.", shop=shop), "badge-lost"
        case WriteLetter(to=shop, letter=Visitor()):
            return phrase("Once this letter is at {shop}, you can swap there.", shop=shop), "badge"
        case OfferSwap():
            return _offered(answered), "check"
        case TakeSegment():
            return _taken(answered.entries, around)
    return mending.told(command)


def _linked(answered: Answered) -> str:
    events = (entry.event for entry in answered.entries)
    return next((event.neighbour for event in events if isinstance(event, NeighbourLinked)), "")


def _offered(answered: Answered) -> str:
    event = answered.entries[-1].event
    if not isinstance(event, LetterWritten) or not isinstance(event.letter, Offer):
        return ""
    offer = event.letter
    words = phrase(
        "{giver} gave {receivers} {time} of {work}.",
        giver=offer.ours if offer.minutes > 0 else _guest(offer, event.to),
        receivers=_guest(offer, event.to) if offer.minutes > 0 else offer.ours,
        time=duration(abs(offer.minutes)),
        work=work_word(offer.work),
    )
    return " ".join((words, phrase("It counts once their kiosk has answered.")))


def _guest(offer: Offer, shop: str) -> str:
    return phrase("{name} of {shop}", name=offer.theirs, shop=shop)


def _taken(entries: tuple[Entry, ...], around: Surroundings) -> tuple[str, str]:
    for entry in entries:
        match entry.event:
            case ForkSeen(neighbour=shop) | SealForkSeen(neighbour=shop):
                return phrase("{shop} has told two different stories.", shop=shop), "warning"
    for entry in entries:
        match entry.event:
            case SegmentTaken(neighbour=shop, text=text):
                count = len(lines_of(text))
                came = plural("{n} letter of {shop} came.", "{n} letters of {shop} came.", count, shop=shop)
                return " ".join((came, *_waits(shop, around))), "check"
    return "", "check"


def _waits(shop: str, around: Surroundings) -> tuple[str, ...]:
    """That an answer waits to be carried over."""
    neighbour = neighbour_of(shop, around)
    if neighbour is None or not neighbour.waiting:
        return ()
    return (phrase("Our answer waits for them, under neighbours."),)


TAPS: Mapping[type, Callable[..., Step]] = {
    HowFar: first_hand,
    LinkTaps: hand_taps,
    PartTaps: hand_taps,
    SwapThere: visitor_taps,
    GuestDial: ours_taps,
    **mending.TAPS,
}

TOUCHES: Mapping[type, Callable[..., Step]] = {
    Neighbours: neighbours_touched,
    OneNeighbour: one_touched,
    TheirNews: news_touched,
    SwapThere: there_touched,
    OurCard: codes_touched,
    LettersOut: codes_touched,
    HowFar: limit_touched,
    GuestDial: dial_touched,
    **mending.TOUCHES,
}
