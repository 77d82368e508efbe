"""What the record says of neighbours, in one sentence each."""

from kiosk.events import (
    AnyEvent,
    FarForkSeen,
    ForkMended,
    ForkSeen,
    LetterWritten,
    NeighbourLinked,
    NeighbourUnlinked,
    OrderJoined,
    SealForkSeen,
    SegmentClosed,
    SegmentTaken,
)
from kiosk.letters import (
    Answer,
    AnyLetter,
    BalanceNote,
    Brought,
    CallUp,
    Cosigned,
    Doubted,
    Farewell,
    Limit,
    Mended,
    News,
    Offer,
    OrderCall,
    OrderTotal,
    Pledge,
    RingAgreed,
    RingCleared,
    RingDropped,
    RingSought,
    SealShown,
    SealsPassed,
    TakenOff,
    TemplateShown,
    Visitor,
    Wanted,
)
from kiosk.letters.segment import lines_of
from kiosk.rules.between import NOT_NOW
from kiosk.tongue import later, phrase, plural
from kiosk.words import duration, money, names, work_word

REASONS = {
    "not a member": later("that person is no member any more"),
    "amount": later("no such amount can be swapped"),
    "too late": later("it came too late"),
    "over the limit": later("it would go past the limit"),
    "two stories": later("two different stories are still to be looked at"),
}
"""Why an offer of hours was not accepted."""


def about_neighbours(event: AnyEvent) -> str:
    """The sentence; "" for what is not about neighbours."""
    match event:
        case NeighbourLinked(neighbour=shop, minutes=minutes, hands=hands):
            return phrase(
                "{names} linked this shop with {shop}, up to {time} either way.",
                names=names(hands),
                shop=shop,
                time=duration(minutes),
            )
        case NeighbourUnlinked(neighbour=shop, hands=hands):
            return phrase("{names} parted this shop from {shop}.", names=names(hands), shop=shop)
        case LetterWritten(to=to, letter=letter, hands=hands):
            return _written(to, letter, names(hands))
        case OrderJoined(order=order, handle=handle, amount=amount) if amount:
            return phrase("{name} takes {amount} of the order {entry}.", name=handle, amount=amount, entry=order)
        case OrderJoined(order=order, handle=handle):
            return phrase("{name} takes nothing of the order {entry}.", name=handle, entry=order)
        case SegmentClosed(neighbour=shop, letters=letters):
            return plural(
                "{n} letter to {shop} is ready.", "{n} letters to {shop} are ready.", len(letters), shop=shop
            )
        case SegmentTaken(neighbour=shop, text=text):
            count = len(lines_of(text))
            return plural("{n} letter of {shop} came.", "{n} letters of {shop} came.", count, shop=shop)
        case ForkSeen(neighbour=shop, number=number):
            return phrase(
                "{shop} has signed two different letters as its number {number}.", shop=shop, number=number
            )
    return _about_stories(event)


def _about_stories(event: AnyEvent) -> str:
    match event:
        case SealForkSeen(neighbour=shop):
            return phrase("The seal of {shop} does not lead on from the one before.", shop=shop)
        case FarForkSeen(neighbour=shop):
            return phrase("{shop} told of a far shop that has signed two seals that don’t go together.", shop=shop)
        case ForkMended(neighbour=shop, whose=whose, goes_on=goes_on, hands=hands):
            of = phrase("Of the two stories of {shop}", shop=shop)
            if whose == "ours":
                of = phrase("Of the two stories that {shop} heard of us", shop=shop)
            side = phrase("the first goes on") if goes_on == "known" else phrase("the second goes on")
            return phrase("{of}, {side}, said {names}.", of=of, side=side, names=names(hands))
    return ""


def _written(to: str, letter: AnyLetter, who: str) -> str:
    match letter:
        case Offer(ours=ours, theirs=theirs, minutes=minutes, work=work):
            facts = {"time": duration(abs(minutes)), "work": work_word(work), "shop": to}
            if minutes > 0:
                return phrase("{name} gave {other} of {shop} {time} of {work}.", name=ours, other=theirs, **facts)
            return phrase("{name} got {time} of {work} from {other} of {shop}.", name=ours, other=theirs, **facts)
        case Answer(offer=offer, accepted=True, cents=cents) if cents:
            return phrase(
                "{names} said yes to {shop}: {money} ({entry}).",
                names=who,
                shop=to,
                money=money(cents),
                entry=offer,
            )
        case Answer(offer=offer, why=why) if why == NOT_NOW:
            return phrase("{names} said to {shop}: not now ({entry}).", names=who, shop=to, entry=offer)
        case Answer(offer=offer, accepted=True):
            return phrase("The swap {entry} of {shop} counts.", entry=offer, shop=to)
        case Answer(offer=offer, why=why):
            reason = phrase(REASONS[why]) if why in REASONS else why
            return phrase("The swap {entry} of {shop} does not count: {why}.", entry=offer, shop=to, why=reason)
        case Limit(minutes=minutes):
            return phrase(
                "The account with {shop} may go up to {time} either way.", shop=to, time=duration(minutes)
            )
        case Visitor(handle=handle, badge=badge) if badge:
            return phrase("{name} may swap at the kiosk of {shop}.", name=handle, shop=to)
        case Visitor(handle=handle):
            return phrase("{name} swaps at the kiosk of {shop} no more.", name=handle, shop=to)
        case BalanceNote(minutes=minutes):
            return phrase("We told {shop} what its account here says: {time}.", shop=to, time=_signed(minutes))
        case RingSought() | RingAgreed() | RingCleared() | RingDropped():
            return _about_circles(to, letter, who)
    return _public(to, letter, who)


def _about_circles(to: str, letter: AnyLetter, who: str) -> str:
    match letter:
        case RingSought() if who:
            return phrase("{names} asked {shop} whether debts go round in a circle.", names=who, shop=to)
        case RingSought():
            return phrase("We asked {shop} on, whether debts go round in a circle.", shop=to)
        case RingAgreed(minutes=minutes):
            return phrase(
                "{names} agreed that up to {time} is struck off what {shop} owes us.",
                names=who,
                time=duration(minutes),
                shop=to,
            )
        case RingCleared(minutes=minutes):
            return phrase(
                "A circle of debt was cleared: {time} less that we owe {shop}.", time=duration(minutes), shop=to
            )
        case RingDropped() if who:
            return phrase("{names} said no to a circle of debt, to {shop}.", names=who, shop=to)
    return phrase("We told {shop} that nothing comes of a circle of debt.", shop=to)


def _signed(minutes: int) -> str:
    return ("−" if minutes < 0 else "") + duration(abs(minutes))


def _public(to: str, letter: AnyLetter, who: str) -> str:
    match letter:
        case Pledge(cents=cents, whom=whom, monthly=monthly):
            return _pledged(to if whom == "you" else "", money(cents), monthly, who)
        case CallUp(cents=cents, words=words):
            return phrase(
                "{names} asked the neighbours for {money}: {words}.", names=who, money=money(cents), words=words
            )
        case Brought(cents=cents):
            return phrase("{names} brought {shop} {money}.", names=who, shop=to, money=money(cents))
        case OrderCall(what=what, closes=closes):
            return phrase("{names} called an order of {what}, until {day}.", names=who, what=what, day=closes)
        case OrderTotal(order=order, amount=amount) if not who:
            return phrase(
                "We told {shop} how much we order: {amount} ({entry}).", amount=amount, shop=to, entry=order
            )
        case OrderTotal(order=order, amount=amount):
            return phrase(
                "{names} ordered {amount} with {shop} ({entry}).", names=who, amount=amount, shop=to, entry=order
            )
        case Wanted(side="need", words=words):
            return phrase("{names} asked the neighbours: {words}.", names=who, words=words)
        case Wanted(words=words):
            return phrase("{names} offered the neighbours: {words}.", names=who, words=words)
        case TakenOff(wanted=wanted):
            return phrase("{names} took {entry} off the neighbours’ boards.", names=who, entry=wanted)
        case News(words=words):
            return phrase("{names} told the neighbours: {words}.", names=who, words=words)
        case SealShown():
            return phrase("The neighbours were shown the seal of this record.")
        case Cosigned():
            return phrase("We signed the seal of {shop} as its witness.", shop=to)
        case SealsPassed(seals=seals):
            return plural(
                "The seal of {n} shop went on to the neighbours.",
                "The seals of {n} shops went on to the neighbours.",
                len(seals),
            )
        case Doubted():
            return phrase("We told {shop} that two of its stories don’t go together.", shop=to)
        case Mended():
            return phrase("We told {shop} which of two stories goes on.", shop=to)
        case TemplateShown():
            return phrase("The neighbours were told what our template is now.")
        case Farewell():
            return phrase("We said farewell to {shop}.", shop=to)
    return ""


def _pledged(shop: str, sum_: str, monthly: bool, who: str) -> str:
    if shop and monthly:
        return phrase("{names} pledged {money} a month for strikes of {shop}.", names=who, money=sum_, shop=shop)
    if shop:
        return phrase("{names} pledged {money} for a strike of {shop}.", names=who, money=sum_, shop=shop)
    if monthly:
        return phrase("{names} pledged {money} a month for strikes.", names=who, money=sum_)
    return phrase("{names} pledged {money} for strikes.", names=who, money=sum_)
