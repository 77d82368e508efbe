"""Shops that link up: who is a neighbour, hours across shops, and what else they write to each other.

There is no centre and no third party. Hours between two shops are two halves, an offer here and an answer there;
they count when both are seen, and both shops come to the same number from the same two chains of segments (the
half-blocks of TrustChain; a limit for each neighbour as in Komunitin's mesh).
"""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from msgspec.structs import replace

from kiosk.amounts import COMMONS, LONGEST, STEP, BadgeHash, EntryId, Handle
from kiosk.commands import (
    CloseSegment,
    LinkNeighbour,
    OfferSwap,
    Refusal,
    TakeSegment,
    UnlinkNeighbour,
    WriteLetter,
)
from kiosk.events import (
    AnyEvent,
    ForkSeen,
    LetterWritten,
    NeighbourLinked,
    NeighbourUnlinked,
    SegmentClosed,
    SegmentTaken,
)
from kiosk.letters import (
    Answer,
    AnyLetter,
    BalanceNote,
    Brought,
    CallUp,
    Card,
    Doubted,
    Farewell,
    Limit,
    News,
    Offer,
    OrderCall,
    OrderTotal,
    Pledge,
    Posted,
    RingAgreed,
    RingDropped,
    Segment,
    TakenOff,
    Visitor,
    Wanted,
    digest,
    read_card,
    read_segment,
)
from kiosk.letters.segment import body, fitting
from kiosk.rules import between, rings
from kiosk.rules.badges import handles, many_hands, owner, owners
from kiosk.rules.case import Case, Verdict
from kiosk.rules.hours import room
from kiosk.rules.witness import looked_through
from kiosk.rules.work import unknown_work
from kiosk.rules.writing import WORK_SIGNS, plain_name, plain_words, same
from kiosk.sealing.note import Bad, Verifier, read_verifier
from kiosk.state import Neighbour, OpenOffer, State
from kiosk.state.neighbour import answers, came_lately
from kiosk.words import local

LONGEST_SHOP, LONGEST_SAID = 40, 120
"""Characters."""

ANSWERED_IN = timedelta(days=42)
"""An offer may be answered for so long; whoever is further behind than that has been swept away by something."""

MOST_MINUTES = 1000 * 60
"""The highest limit with a neighbour that makes any sense."""

AT_ONCE = 64_000_000
"""Bytes that a neighbour may send at once, as after a year without a line; then as much as is forgotten a day."""

MOST_CENTS = 10_000_000_00
MOST_GOODS = between.MOST_GOODS


def link(command: LinkNeighbour, case: Case) -> Verdict:
    """Link with the shop whose card is here; theirs must do the same with ours."""
    hands = many_hands(command.hands, case)
    if isinstance(hands, Refusal):
        return hands
    found = to_link(command.card, command.me, case.state)
    if isinstance(found, Refusal):
        return found
    name, card = found
    return _bad_limit(command.minutes) or (
        NeighbourLinked(name, str(card.key), command.minutes, hands, card.wire, between.still_holds(case)),
        LetterWritten(name, Limit(command.minutes)),
        *between.pledge_to(name, case.state),
    )


def to_link(text: str, me: str, state: State) -> tuple[str, Card] | Refusal:
    """A card by which this shop can link, and what that neighbour will be called here."""
    card = read_card(text)
    if isinstance(card, Bad):
        return Refusal("no card", "This is not the card of a shop: {why}. Show it once more.", {"why": card.why})
    name = plain_name(card.shop, least=2, most=LONGEST_SHOP, signs=WORK_SIGNS)
    if isinstance(name, Refusal):
        return name
    known = _linked_by(str(card.key), state)
    if card.key.name == me or known is not None:
        with_whom = known.name if known else name
        return Refusal("linked", "With {shop} there is nothing to link any more.", {"shop": with_whom})
    return _free_name(name, state), card


def _linked_by(key: str, state: State) -> Neighbour | None:
    return next((each for each in state.neighbours.values() if each.key == key and not each.parted), None)


def _free_name(name: str, state: State) -> str:
    """Two shops of one name are told apart by a number; a shop that comes back is another account than before."""
    taken = {same(each) for each in state.neighbours}
    numbered = (f"{name} {number}" for number in range(2, len(taken) + 3))
    return next(each for each in (name, *numbered) if same(each) not in taken)


def _bad_limit(minutes: int) -> Refusal | None:
    if 0 <= minutes <= MOST_MINUTES and minutes % STEP == 0:
        return None
    return Refusal(
        "limit",
        "Choose a limit up to {most_minutes}, in steps of {step_minutes}.",
        {"most_minutes": MOST_MINUTES, "step_minutes": STEP},
    )


def unlink(command: UnlinkNeighbour, case: Case) -> Verdict:
    """Part: only at zero, so that nobody is left with hours that nobody will ever give back."""
    neighbour = linked(command.neighbour, case.state)
    hands = many_hands(command.hands, case)
    if isinstance(neighbour, Refusal):
        return neighbour
    if isinstance(hands, Refusal):
        return hands
    return not_at_zero(neighbour, case.state) or (
        LetterWritten(neighbour.name, Farewell(), hands),
        NeighbourUnlinked(neighbour.name, hands),
    )


def not_at_zero(neighbour: Neighbour, state: State) -> Refusal | None:
    """Why it can't be parted from yet."""
    owed = state.balance(neighbour.account)
    if not owed and not neighbour.offers and not neighbour.rings and not neighbour.ahead:
        return None
    return Refusal(
        "not at zero",
        "The account with {shop} is not at zero yet: {owed_minutes}, and {open} offers are open. "
        "Swap it back, or give the rest away, first.",
        {"shop": neighbour.name, "owed_minutes": abs(owed), "open": len(neighbour.offers)},
    )


def linked(name: str, state: State) -> Neighbour | Refusal:
    """The neighbour of that name, if it is still one."""
    found = state.neighbours.get(name)
    if found is None or found.parted:
        return Refusal("no neighbour", "That shop is no neighbour of this one. Choose one from the list.")
    return found


# --- hours across shops -----------------------------------------------------------------------------------


def offer_swap(command: OfferSwap, case: Case) -> Verdict:
    """Hours between a member of ours and one of a neighbour's, both of whom tapped here."""
    neighbour = linked(command.neighbour, case.state)
    member = owner(command.ours, case)
    if isinstance(neighbour, Refusal):
        return neighbour
    if isinstance(member, Refusal):
        return member
    theirs = neighbour.visitors.get(command.theirs)
    if theirs is None:
        return Refusal(
            "no visitor",
            "{shop} has not said whose badge this is. At their own kiosk, that person says that they swap here.",
            {"shop": neighbour.name},
        )
    note = plain_words(command.note, least=0, most=LONGEST_SAID)
    if isinstance(note, Refusal):
        return note
    # Where the clock can't be trusted, no day can be named: both stood here, and their hours must not be too late.
    until = local(case.now).date() + ANSWERED_IN if case.now.trusted else date.max
    offer = Offer(member.handle, theirs, command.minutes, command.work, until.isoformat(), note)
    return (
        _bad_swap(offer)
        or unknown_work(command.work, case.state)
        or _no_room_here(offer, case.state)
        or _forked(neighbour)
        or _over_limit(offer, neighbour, case.state)
        or (LetterWritten(neighbour.name, offer, (member.handle,)),)
    )


def _bad_swap(offer: Offer) -> Refusal | None:
    minutes = abs(offer.minutes)
    if STEP <= minutes <= LONGEST and minutes % STEP == 0:
        return None
    return Refusal(
        "amount",
        "Choose between {least_minutes} and {most_minutes}, in steps of {step_minutes}.",
        {"least_minutes": STEP, "most_minutes": LONGEST, "step_minutes": STEP},
    )


def _no_room_here(offer: Offer, state: State) -> Refusal | None:
    """The member's own limit holds for hours across shops too, with what is offered already counted in."""
    offered = [each.offer.minutes for each in _offers_of(offer.ours, state)]
    left = room(state, offer.ours)
    gives = left.gives_minutes - sum(minutes for minutes in offered if minutes > 0)
    gets = left.gets_minutes + sum(minutes for minutes in offered if minutes < 0)
    if -gets <= offer.minutes <= gives:
        return None
    return Refusal(
        "no room",
        "{handle} has room for {room_minutes} only. Choose less, or swap the other way round first.",
        {"handle": offer.ours, "room_minutes": max(0, gives if offer.minutes > 0 else gets)},
    )


def _offers_of(handle: Handle, state: State) -> Iterator[OpenOffer]:
    for neighbour in state.neighbours.values():
        yield from (each for each in neighbour.offers.values() if each.offer.ours == handle)


def _forked(neighbour: Neighbour) -> Refusal | None:
    """While it tells two stories nothing new is agreed with it; everything else goes on."""
    if not neighbour.two_stories:
        return None
    return Refusal(
        "fork",
        "{shop} has told two different stories; both are in the record. No swaps with it until both shops have "
        "looked at them together.",
        {"shop": neighbour.name},
    )


def _over_limit(offer: Offer, neighbour: Neighbour, state: State) -> Refusal | None:
    """Open offers count, so that what is agreed while nobody can be reached never goes past the limit."""
    left = room_with(neighbour, state)
    most = left.they_get if offer.minutes > 0 else left.they_give
    if abs(offer.minutes) <= most:
        return None
    if offer.minutes > 0:
        words = "{shop} has got so much that it is their turn to give. There is room for {room_minutes}."
    else:
        words = "{shop} has given so much that it is our turn to give. There is room for {room_minutes}."
    return Refusal("over the limit", words, {"shop": neighbour.name, "room_minutes": most})


class Between:
    """How far an account between two shops may still move, in minutes, with all open offers counted in."""

    def __init__(self, they_get: int, they_give: int) -> None:
        self.they_get = they_get
        self.they_give = they_give


def room_with(neighbour: Neighbour, state: State) -> Between:
    """What members of theirs may still get from ours, and give to ours; never below zero."""
    has = state.balance(neighbour.account)
    return Between(
        they_get=max(0, neighbour.limit + has - neighbour.would_give),
        they_give=max(0, neighbour.limit - has - neighbour.would_get),
    )


def _answers(neighbour: Neighbour, segment: Segment, moved: int, case: Case) -> Iterator[LetterWritten]:
    """An answer to each offer in a segment, one after another, each as the ones before it have left the account."""
    has = case.state.balance(neighbour.account) + moved
    for posted in _posted(segment):
        if not isinstance(posted.letter, Offer):
            continue
        why = _why_not(posted, neighbour, has, case)
        gained = 0 if why else posted.letter.minutes
        has += gained
        counted = {posted.letter.theirs: -gained, neighbour.account: gained} if gained else {}
        yield LetterWritten(neighbour.name, Answer(posted.id, not why, why, at=posted.at), (), counted)


def _why_not(posted: Posted, neighbour: Neighbour, has: int, case: Case) -> str:
    """Why an offer of theirs is not accepted; "" when it is. Both people stood there and agreed, so a member's own
    limit is not asked again: it may be overrun, and then that is seen.

    After a fork was mended, what is no newer than a letter that was read may have been read before: it must not
    count twice.
    """
    offer = posted.letter
    assert isinstance(offer, Offer)
    if neighbour.two_stories or (neighbour.mends and posted.at <= neighbour.read):
        return "two stories"
    member = case.state.members.get(offer.theirs)
    if offer.theirs != COMMONS and (member is None or member.standing == "left"):
        return "not a member"
    if _bad_swap(offer):
        return "amount"
    if case.now.trusted and local(case.now).date().isoformat() > offer.until:
        return "too late"
    after = has + offer.minutes
    beyond = max(after + neighbour.would_get, neighbour.would_give - after)
    if beyond > neighbour.limit and abs(after) > abs(has):
        return "over the limit"
    return ""


# --- segments ---------------------------------------------------------------------------------------------


def close_segment(command: CloseSegment, case: Case) -> Verdict:
    """Put what waits for a neighbour into a segment; a balance note, if asked for, stands at its end."""
    neighbour = case.state.neighbours.get(command.neighbour)
    verifier = read_verifier(neighbour.key) if neighbour else None
    if neighbour is None or not isinstance(verifier, Verifier):
        return Refusal("no neighbour", "That shop is no neighbour of this one. Choose one from the list.")
    if not linked_here(neighbour, command.me):
        return Refusal(
            "other kiosk links", "The kiosk that linked with {shop} writes to it.", {"shop": neighbour.name}
        )
    letters = [_posted_here(each, case) for each in neighbour.waiting]
    letters = letters[: fitting(command.me, verifier.name, letters)]
    whole = len(letters) == len(neighbour.waiting)
    number = neighbour.sent + 1
    if command.note and whole and not neighbour.parted:
        minutes = case.state.balance(neighbour.account) - sum(neighbour.ahead.values())
        note = BalanceNote(minutes, taken=neighbour.taken, sent=number)
        letters.append(Posted(case.next, case.now.wall, note))
        first: tuple[AnyEvent, ...] = (LetterWritten(neighbour.name, note),)
    elif letters:
        first = ()
    else:
        return Refusal("nothing to send", "Nothing waits for {shop}.", {"shop": neighbour.name})
    text = body(command.me, verifier.name, number, neighbour.sent_hash, letters)
    names = tuple(each.id for each in letters)
    return (*first, SegmentClosed(neighbour.name, number, neighbour.sent_hash, digest(text), names))


def linked_here(neighbour: Neighbour, me: str) -> bool:
    """Whether it is this kiosk that a neighbour knows. me: the name of its key."""
    return neighbour.kiosk in ("", me.rpartition("/")[2])


def _posted_here(letter: EntryId, case: Case) -> Posted:
    found = case.find(letter)
    assert found is not None
    assert isinstance(found.entry.event, LetterWritten)
    return Posted(letter, found.entry.moment.wall, found.entry.event.letter)


def take_segment(command: TakeSegment, case: Case) -> Verdict:
    """Take a neighbour's segment, whichever way it came. Taking it twice is no mistake, and does nothing."""
    read = _whose(command.text, case.state)
    if isinstance(read, Refusal):
        return read
    neighbour, segment = read
    if segment.to != command.me:
        return Refusal("not for us", "This is meant for another shop. Nothing was taken from it.")
    known = neighbour.chain.get(str(segment.number))
    if segment.number <= neighbour.taken and known in (segment.hash, None):
        return Refusal("known", "This was here already; nothing is new in it.")
    if segment.number > neighbour.taken + 1:
        return Refusal(
            "gap",
            "Between what is here and this, something of {shop} is missing: from {first} to {last}. "
            "Bring that first.",
            {"shop": neighbour.name, "first": neighbour.taken + 1, "last": segment.number - 1},
        )
    if segment.number <= neighbour.taken or segment.previous != neighbour.taken_hash:
        return _two_stories(neighbour, segment, command.text, case)
    if came_lately(neighbour, case.now) > AT_ONCE:
        return Refusal(
            "later",
            "{shop} sends more than a kiosk has room for. The rest is taken day by day.",
            {"shop": neighbour.name},
        )
    return take(neighbour, segment, command.text, case)


def _whose(text: str, state: State) -> tuple[Neighbour, Segment] | Refusal:
    why = "nobody known has signed it"
    for neighbour in sorted(state.neighbours.values(), key=lambda each: each.parted):
        verifier = read_verifier(neighbour.key)
        read = read_segment(text, verifier) if isinstance(verifier, Verifier) else verifier
        if isinstance(read, Segment):
            return neighbour, read
        why = why if read.why == "nobody known has signed it" else read.why
    return Refusal("no segment", "This can't be taken: {why}. Nothing was written.", {"why": why})


def _two_stories(neighbour: Neighbour, segment: Segment, text: str, case: Case) -> Verdict:
    if neighbour.fork is not None:
        seen = case.find(neighbour.fork)
        if seen and isinstance(seen.entry.event, ForkSeen) and seen.entry.event.hash == segment.hash:
            return Refusal("known", "This was here already; nothing is new in it.")
        # It may lie until people have said which story goes on.
        return _forked(neighbour) or Refusal("fork", "It waits until people have said which story goes on.")
    known = neighbour.chain.get(str(segment.number), neighbour.taken_hash)
    forked = ForkSeen(neighbour.name, segment.number, segment.hash, text)
    if neighbour.parted:
        return (forked,)
    return forked, LetterWritten(neighbour.name, Doubted("letters", known, segment.hash, segment.number))


def take(neighbour: Neighbour, segment: Segment, text: str, case: Case) -> tuple[AnyEvent, ...]:
    """What a segment that is the next one brings."""
    posted = rings.posted_in(segment)
    cleared = rings.cleared_by(neighbour, posted, case.state)
    moved = _together(_counted(neighbour, segment), rings.moved_by(cleared, neighbour, case.state))
    found = looked_through(neighbour, segment, case)
    taken = SegmentTaken(neighbour.name, segment.number, segment.hash, text, moved, found.good)
    if neighbour.parted:
        return (taken, *found.events)
    if any(isinstance(each.letter, Farewell) for each in posted):
        return (taken, *found.events, *rings.given_up(neighbour, cleared, case.state))
    left = {name: minutes for name, minutes in found.neighbour.rings.items() if name not in cleared}
    return (
        taken,
        *found.events,
        *_answers(replace(found.neighbour, rings=left), segment, moved.get(neighbour.account, 0), case),
        *rings.onward(neighbour, posted, cleared, segment.to, case.state),
    )


def _together(one: Mapping[Handle, int], other: Mapping[Handle, int]) -> Mapping[Handle, int]:
    return {handle: one.get(handle, 0) + other.get(handle, 0) for handle in dict.fromkeys((*one, *other))}


def _posted(segment: Segment) -> Iterator[Posted]:
    return (line.posted for line in segment.lines if line.posted is not None)


def _counted(neighbour: Neighbour, segment: Segment) -> Mapping[Handle, int]:
    """What the answers in a segment add to accounts here: each offer of ours counts once, by its first answer."""
    moved: dict[Handle, int] = {}
    waits = dict(neighbour.offers)
    for posted in _posted(segment):
        answered = waits.get(posted.letter.offer) if isinstance(posted.letter, Answer) else None
        if answered is None or not isinstance(posted.letter, Answer) or not answers(posted.letter, answered):
            continue
        waits.pop(posted.letter.offer)
        if not posted.letter.accepted:
            continue
        offer = answered.offer
        moved[offer.ours] = moved.get(offer.ours, 0) + offer.minutes
        moved[neighbour.account] = moved.get(neighbour.account, 0) - offer.minutes
    return moved


# --- other letters ----------------------------------------------------------------------------------------


def write_letter(command: WriteLetter, case: Case) -> Verdict:
    """Write what has no rule of its own: to one neighbour, or to all (to: "")."""
    if command.to:
        neighbour = linked(command.to, case.state)
        if isinstance(neighbour, Refusal):
            return neighbour
    of_its_own = _by_its_own_rule(command, case)
    if of_its_own is not None:
        return of_its_own
    letter = _in_plain_words(command.letter, command.to, case)
    if isinstance(letter, Refusal):
        return letter
    hands = _hands_for(letter, command.badges, case)
    if isinstance(hands, Refusal):
        return hands
    if isinstance(letter, Visitor):
        letter = Visitor(hands[0], letter.badge)
    return (LetterWritten(command.to, letter, hands),)


def _by_its_own_rule(command: WriteLetter, case: Case) -> Verdict | None:
    """Letters that answer something; None for the others."""
    match command.letter:
        case Answer() as answer if command.to:
            return between.answer_call(answer, case.state.neighbours[command.to], command.badges, case)
        case Brought() as brought if command.to:
            return between.brought(brought, case.state.neighbours[command.to], command.badges, case)
        case TakenOff() as off:
            return between.take_off(off, command.badges, case)
        case RingAgreed(ring=ring):
            return rings.agree(ring, command.badges, case)
        case RingDropped(ring=ring):
            return rings.drop(ring, command.badges, case)
    return None


_BY_MANY = (Limit, Pledge, CallUp, News, Answer, RingAgreed, RingDropped)
_BY_TWO = (OrderCall, OrderTotal, Wanted, Brought)
_TO_ONE = (Limit, Visitor, OrderTotal)


def hands_for(letter: AnyLetter, state: State) -> int:
    """How many badges it takes to write this."""
    if isinstance(letter, _BY_MANY):
        return state.hands_needed()
    return 2 if isinstance(letter, _BY_TWO) else 1


def _hands_for(letter: AnyLetter, badges: tuple[BadgeHash, ...], case: Case) -> tuple[Handle, ...] | Refusal:
    if isinstance(letter, _BY_MANY):
        return many_hands(badges, case)
    people = owners(badges, case)
    if isinstance(people, Refusal):
        return people
    if len(people) < hands_for(letter, case.state):
        return Refusal("two badges", "Two people tap for this, each with a badge of their own.")
    return handles(people)


def _in_plain_words(letter: AnyLetter, to: str, case: Case) -> AnyLetter | Refusal:
    """The letter as it goes out; a refusal where something in it can't be sent, or it is not written by people."""
    if isinstance(letter, _TO_ONE) and not to:
        return Refusal("to whom", "This goes to one neighbour. Choose which.")
    refused = _bad_number(letter, to, case) or _bad_day(letter, case)
    if refused:
        return refused
    match letter:
        case Pledge(cents=cents, until=until, monthly=monthly):
            return Pledge(cents, until, "you" if to else "all", monthly)
        case Limit() | Visitor() | OrderTotal():
            return letter
        case CallUp(words=said) | Wanted(words=said) | News(words=said):
            words = plain_words(said, least=2, most=LONGEST_SAID)
            return words if isinstance(words, Refusal) else _with(letter, words=words)
        case OrderCall(what=said, unit=unit):
            what = plain_words(said, least=2, most=LONGEST_SAID)
            unit_said = plain_name(unit, least=1, most=LONGEST_SHOP, signs=WORK_SIGNS)
            if isinstance(what, Refusal):
                return what
            return unit_said if isinstance(unit_said, Refusal) else _with(letter, what=what, unit=unit_said)
    return Refusal("by itself", "The kiosk writes this by itself.")


def _with(letter: AnyLetter, **changes: str) -> AnyLetter:
    fields = {name: getattr(letter, name) for name in letter.__struct_fields__}
    return type(letter)(**(fields | changes))


def _bad_number(letter: AnyLetter, to: str, case: Case) -> Refusal | None:
    match letter:
        case Limit(minutes=minutes):
            return _bad_limit(minutes)
        case CallUp(cents=0):
            return Refusal("cents", "Say how much is needed first.")
        case Pledge(cents=cents) | CallUp(cents=cents) | OrderCall(cents=cents) if not 0 <= cents <= MOST_CENTS:
            return Refusal("cents", "Choose an amount up to {most_cents}.", {"most_cents": MOST_CENTS})
        case OrderTotal(order=order, amount=amount):
            called = case.state.neighbours[to].calls.get(order)
            if called is None or local(case.now).date().isoformat() > called.closes:
                return Refusal("closed", "This order is closed, or was never called. Look at the list again.")
            if not 0 <= amount <= MOST_GOODS:
                return Refusal("amount", "Choose a number up to {most}.", {"most": MOST_GOODS})
    return None


def _bad_day(letter: AnyLetter, case: Case) -> Refusal | None:
    said = getattr(letter, "closes", getattr(letter, "until", ""))
    if not said:
        return None
    try:
        day = date.fromisoformat(said)
    except ValueError:
        day = date.min
    if day >= local(case.now).date():
        return None
    return Refusal("day", "Choose a day from today on.")
