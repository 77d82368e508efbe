"""The jar's own page, money that people put in, and what every errand of the jar shares: words, sums, badges."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from msgspec.structs import replace

from kiosk.amounts import EntryId, Handle
from kiosk.commands import (
    BreakTool,
    Command,
    CountJar,
    DecideRest,
    EndFund,
    GiveMoney,
    MendTool,
    NewBadge,
    RemoveTool,
    ShelveTool,
    ShowReceipt,
    SliceWages,
    SpendReserve,
)
from kiosk.events import JarCounted, ReserveSpent, RestDecided, Slice
from kiosk.faces import Touch
from kiosk.state import State
from kiosk.tongue import phrase, unfilled
from kiosk.visit import keeping, lending, proposing
from kiosk.visit.circling import comes_late
from kiosk.visit.duty_places import Duties
from kiosk.visit.ground import Answered, Step, Surroundings, object_to, owner
from kiosk.visit.jar_places import (
    Badged,
    Breaking,
    ChooseRest,
    Counting,
    Draft,
    Giving,
    HowMuch,
    JarMore,
    JarPlace,
    Jars,
    Mending,
    MoneyIn,
    Parting,
    Parts,
    ProposalPlace,
    Receipts,
    Removing,
    Reserves,
    Resting,
    SaidIn,
    Shelf,
    Shelving,
    Showing,
    Slices,
    Slicing,
    Spending,
    Tap,
    Taps,
    in_circle,
)
from kiosk.visit.places import NoBadge, Place, Visit, back, go, start, turn
from kiosk.visit.tapping import joined, visitor
from kiosk.visit.turning import todays_circle
from kiosk.words import difference, jar_word, money

LONGEST_DIGITS = 9
"""Digits of an amount in cents: more than the rules take, so that they say why not."""

MOST_CENTS = 999_999_999
"""The sum of so many nines."""

# --- the pages --------------------------------------------------------------------------------------------


def jar_touched(visit: Visit, place: JarPlace, touch: Touch, around: Surroundings) -> Step:
    """Propose, put money in, one proposal, or what is done seldom."""
    match touch.value.split(":", 1):
        case ["page", "1" | "-1" as way]:
            return Step(turn(visit, replace(place, page=max(0, place.page + int(way)))))
        case ["project", name] if name in around.state.projects:
            return Step(go(visit, ProposalPlace(EntryId(name))))
        case ["propose"]:
            return proposing.begin(visit, Draft(fund=place.fund), around)
        case ["money in"]:
            return Step(go(visit, MoneyIn(place.fund)))
        case ["more"]:
            return Step(go(visit, JarMore(place.fund)))
    return Step(visit)


def money_in_touched(visit: Visit, place: MoneyIn, touch: Touch, around: Surroundings) -> Step:
    """By hand, or a slice of the wages."""
    match touch.value:
        case "give":
            return Step(go(visit, HowMuch(Giving(place.fund), taps=visitor(visit))))
        case "slice":
            return Step(go(visit, HowMuch(Slicing(place.fund), taps=visitor(visit))))
        case "slices":
            return Step(go(visit, Slices(Slicing(place.fund, each=True))))
    return Step(visit)


def more_touched(visit: Visit, place: JarMore, touch: Touch, around: Surroundings) -> Step:
    """What is done seldom."""
    if touch.value == "end" and may_end(place.fund, around):
        return Step(visit, EndFund(place.fund))
    ways: dict[str, Place] = {
        "count": HowMuch(Counting(place.fund), taps=visitor(visit)),
        "receipts": Receipts(),
        "reserves": Reserves(),
        "rest": ChooseRest(place.fund),
        "jars": Jars(),
        "tools": Shelf(),
        "duties": Duties(fund=place.fund),
    }
    return Step(go(visit, ways[touch.value]) if touch.value in ways else visit)


def may_end(name: str, around: Surroundings) -> bool:
    """Whether the circle that is open can end this jar: it came from another one, and is empty."""
    fund = around.state.funds.get(name)
    empty = fund is not None and not (fund.cents or fund.unknown) and fund.round is None
    return fund is not None and bool(fund.parent) and empty and todays_circle(around)


def jars_touched(visit: Visit, place: Jars, touch: Touch, around: Surroundings) -> Step:
    """Which jar."""
    match touch.value.split(":", 1):
        case ["page", "1" | "-1" as way]:
            return Step(turn(visit, Jars(max(0, place.page + int(way)))))
        case ["jar", name] if name in around.state.funds:
            return Step(start(visit, JarPlace(name), visit.who, visit.badge))
    return Step(visit)


# --- words ------------------------------------------------------------------------------------------------


def words_touched(visit: Visit, place: SaidIn, touch: Touch, around: Surroundings) -> Step:
    """Writing; then whatever comes next for what it is about."""
    if touch.verb == "type":
        return Step(turn(visit, replace(place, text=touch.value)))
    text = place.text.strip()
    if touch.value != "typed" or not text:
        return Step(visit)
    match place.what:
        case Draft() as draft:
            return Step(go(visit, HowMuch(replace(draft, title=text))))
        case Shelving() as shelving:
            named = Taps(replace(shelving, name=text), visitor(visit))
            return Step(go(visit, named))
        case Removing() as removing:
            return Step(go(visit, Taps(replace(removing, words=text), visitor(visit))))
        case Breaking(tool=tool) as breaking:
            return _by_one(visit, replace(breaking, words=text), BreakTool(tool, visit.badge, text))
        case Spending() as spending:
            return Step(go(visit, Taps(replace(spending, words=text))))
    return Step(visit)


def _by_one(visit: Visit, what: Badged, command: Command) -> Step:
    """One badge is enough: it is done where somebody has tapped, else a badge is waited for."""
    return Step(visit, command) if visit.who else Step(go(visit, Taps(what)))


# --- sums -------------------------------------------------------------------------------------------------


def sum_touched(visit: Visit, place: HowMuch, touch: Touch, around: Surroundings) -> Step:
    """Digits, − and +, or that is it. Who had agreed to another sum has not agreed to this one."""
    if touch.value == "back":
        return Step(back(visit))
    cents = _cents(place.cents, touch)
    if cents != place.cents:
        return Step(turn(visit, replace(place, cents=cents, taps=_still(visit, place))))
    if touch.value != "typed" or not place.cents:
        return Step(visit)
    match place.what:
        case Draft() as draft:
            return Step(proposing.priced(visit, replace(draft, cents=place.cents)))
        case Spending() as spending:
            return Step(go(visit, SaidIn(replace(spending, cents=place.cents))))
        case Parting(name=name) as parting:
            settled = replace(parting, name="", parts=(*parting.parts, (name, place.cents)))
            return Step(go(visit, Parts(settled)))
        case Slicing(now=(handle, badge)) as slicing:
            others = tuple(each for each in slicing.slices if each[0] != handle)
            more = replace(slicing, slices=(*others, (handle, badge, place.cents)), now=None)
            return Step(turn(back(visit), Slices(more)))
    return Step(visit)


def _still(visit: Visit, place: HowMuch) -> tuple[Tap, ...]:
    return visitor(visit) if isinstance(place.what, Giving | Slicing | Counting) else ()


def _cents(cents: int, touch: Touch) -> int:
    """The sum after a touch: digits as they stand, or so many cents more or less. No number, no change."""
    if touch.verb == "type" and re.fullmatch(f"[0-9]{{0,{LONGEST_DIGITS}}}", touch.value):
        return int(touch.value or "0")
    if touch.verb == "turn" and re.fullmatch(r"-?[0-9]{1,6}", touch.value):
        return max(0, min(MOST_CENTS, cents + int(touch.value)))
    return by_buttons(cents, touch.value) if touch.verb == "choose" else cents


def by_buttons(cents: int, key: str) -> int:
    """A sum typed with two buttons: one counts the last digit up and round, one begins the next digit."""
    match key:
        case "up":
            return cents - 9 if cents % 10 == 9 else cents + 1
        case "next digit":
            return cents * 10 if cents * 10 <= MOST_CENTS else 0
    return cents


def sum_taps(visit: Visit, place: HowMuch, badge: NewBadge, around: Surroundings) -> Step:
    """A badge agrees to this sum; the second one books it."""
    if not isinstance(place.what, Giving | Slicing | Counting) or _asked_alone(place.what):
        return known_taps(visit, place, badge, around)
    if not place.cents and not isinstance(place.what, Counting):
        return object_to(visit, around, phrase("First say how much"), phrase("Type it, or touch − and +."), "jar")
    taps = joined(visit, place.taps, badge, around)
    if isinstance(taps, Step):
        return taps
    if len(taps) < TWO:
        return Step(turn(visit, replace(place, taps=taps)))
    return Step(turn(visit, replace(place, taps=taps[:1])), _booking(place.what, place.cents, taps))


TWO = 2
"""Badges that money takes."""


def _asked_alone(what: Giving | Slicing | Counting) -> bool:
    """One person says how much of their own wages; the others tap elsewhere."""
    return isinstance(what, Slicing) and what.each


def _booking(what: Giving | Slicing | Counting, cents: int, taps: tuple[Tap, ...]) -> Command:
    badges = tuple(badge for _, badge in taps)
    match what:
        case Giving(fund=fund):
            return GiveMoney(badges[0], badges[1], cents, fund)
        case Slicing(fund=fund):
            return SliceWages(cents, badges, fund=fund)
        case Counting(fund=fund):
            return CountJar(cents, badges, fund)


def known_taps(visit: Visit, place: Any, badge: NewBadge, around: Surroundings) -> Step:
    """A badge that comes early: from here on it is known whose errand this is. Another's has to wait."""
    if in_circle(place):
        return comes_late(visit, place, badge, around)
    member = owner(badge, around)
    if isinstance(member, NoBadge):
        return object_to(visit, around, member.words, member.mend, member.icon)
    if visit.who and visit.who != member.handle:
        words = phrase("{name} is still at it", name=visit.who)
        return object_to(visit, around, words, phrase("{name} taps after that.", name=member.handle), "badge")
    return Step(turn(replace(visit, who=member.handle, badge=badge.hash), place))


# --- slices of the wages, person by person ----------------------------------------------------------------


def slices_tap(visit: Visit, place: Slices, badge: NewBadge, around: Surroundings) -> Step:
    """The next one says how much; or somebody sees what one person alone gives."""
    member = owner(badge, around)
    if isinstance(member, NoBadge):
        return object_to(visit, around, member.words, member.mend, member.icon)
    slicing = place.slicing
    if place.witness:
        alone = slicing.slices[0][0]
        if member.handle == alone:
            words = phrase("{name} has tapped", name=alone)
            return object_to(visit, around, words, phrase("Somebody else sees it."), "people")
        return Step(visit, _sliced(slicing, badge))
    had = next((cents for handle, _, cents in slicing.slices if handle == member.handle), 0)
    asked = replace(slicing, now=(member.handle, badge.hash))
    return Step(go(turn(visit, Slices(slicing)), HowMuch(asked, cents=had)))


def slices_touched(visit: Visit, place: Slices, touch: Touch, around: Surroundings) -> Step:
    """That is all: with two or more it is booked, one alone needs a witness."""
    slices = place.slicing.slices
    if touch.value != "book" or not slices:
        return Step(visit)
    if len(slices) < TWO:
        return Step(turn(visit, replace(place, witness=True)))
    return Step(visit, _sliced(place.slicing))


def _sliced(slicing: Slicing, witness: NewBadge | None = None) -> SliceWages:
    badges = tuple(badge for _, badge, _ in slicing.slices)
    return SliceWages(
        cents=sum(cents for _, _, cents in slicing.slices),
        badges=(*badges, witness.hash) if witness else badges,
        slices=tuple(Slice(handle, cents) for handle, _, cents in slicing.slices),
        fund=slicing.fund,
    )


# --- badges -----------------------------------------------------------------------------------------------


def needed(what: Badged, taps: tuple[Tap, ...], state: State) -> int:
    """How many badges this takes."""
    match what:
        case Breaking() | Mending():
            return 1
        case Resting():
            return state.hands_needed()
        case Spending():
            return 1 + state.hands_needed()
        case Showing(purchase=name):
            purchase = state.purchases.get(name)
            return 1 if taps and purchase and taps[0][0] == purchase.carrier else TWO
    return TWO


def badge_taps(visit: Visit, place: Taps, badge: NewBadge, around: Surroundings) -> Step:
    """One badge more; with the last one it is done."""
    taps = joined(visit, place.taps, badge, around)
    if isinstance(taps, Step):
        return taps
    first = place.what if isinstance(place.what, Showing) else None
    if first is not None and _carrier(first, around.state) in dict(taps):
        taps = tuple(each for each in taps if each[0] == _carrier(first, around.state))
    if len(taps) < needed(place.what, taps, around.state):
        return Step(turn(visit, replace(place, taps=taps)))
    here = turn(visit, replace(place, taps=visitor(visit)))
    if isinstance(place.what, Breaking):  # the same person may go on to propose its repair
        here = replace(here, who=taps[0][0], badge=taps[0][1])
    return Step(here, _asked(place.what, tuple(hash_ for _, hash_ in taps)))


def taps_touched(visit: Visit, place: Taps, touch: Touch, around: Surroundings) -> Step:
    """A step back, by the buttons."""
    return Step(back(visit) if touch.value == "back" else visit)


def _carrier(what: Showing, state: State) -> Handle:
    purchase = state.purchases.get(what.purchase)
    return purchase.carrier if purchase else ""


def _asked(what: Badged, badges: tuple[Any, ...]) -> Command:
    match what:
        case Shelving(label=label, name=name):
            return ShelveTool(label, name, badges)
        case Removing(tool=tool, words=words):
            return RemoveTool(tool, words, badges)
        case Breaking(tool=tool, words=words):
            return BreakTool(tool, badges[0], words)
        case Mending(tool=tool):
            return MendTool(tool, badges[0])
        case Resting(fund=fund, rest_to=rest_to):
            return DecideRest(rest_to, badges, fund)
        case Showing(purchase=purchase, words=words):
            return ShowReceipt(purchase, badges[0], words, badges[1] if len(badges) > 1 else None)
        case Spending() as spent:
            return SpendReserve(
                spent.reserve, spent.cents, spent.words, spent.decision, carrier=badges[0], hands=badges[1:]
            )


# --- answers ----------------------------------------------------------------------------------------------


def told(answered: Answered, around: Surroundings) -> tuple[str, str] | None:
    """What was done with a jar, in one sentence, with its picture; None for what is none of it."""
    command = answered.command
    event = answered.entries[-1].event if answered.entries else None
    match command:
        case GiveMoney(cents=cents, fund=fund) | SliceWages(cents=cents, fund=fund):
            went = phrase("{money} went in.", money=money(cents))
            return f"{went} {sum_words(around.state, fund)}", "jar"
        case CountJar() if isinstance(event, JarCounted):
            counted = phrase("Counted: {money}.", money=money(event.cents))
            return f"{counted} {difference(event.cents - event.expected)}", "jar"
        case DecideRest() if isinstance(event, RestDecided):
            return phrase("The rest goes to this from now on: {place}.", place=unfilled(event.rest_to)), "check"
        case ShowReceipt():
            return phrase("Thank you. It is written down what became of it."), "check"
        case SpendReserve() if isinstance(event, ReserveSpent):
            got = phrase(
                "{name} gets {money}: {words}.", name=event.carrier, money=money(event.cents), words=event.words
            )
            return got, "check"
        case EndFund(fund=fund):
            gone = phrase(
                "{jar} is no more. What was proposed there stands where it came from.", jar=jar_word(fund)
            )
            return gone, "check"
    return proposing.told(answered, around) or lending.told(answered, around)


def sum_words(state: State, fund: str) -> str:
    """What is in a jar now, as a sentence."""
    found = state.funds.get(fund)
    return phrase("Now it holds {money}.", money=money(found.cents)) if found else ""


def after(visit: Visit, answered: Answered, around: Surroundings) -> Visit | None:
    """Where it goes on after something of the jar was booked; None where a sentence is enough."""
    return proposing.after(visit, answered, around) or lending.after(visit, answered, around)


TAPS: Mapping[type, Callable[..., Step]] = {
    **proposing.TAPS,
    **lending.TAPS,
    HowMuch: sum_taps,
    SaidIn: known_taps,
    Slices: slices_tap,
    Taps: badge_taps,
}

TOUCHES: Mapping[type, Callable[..., Step]] = {
    **proposing.TOUCHES,
    **lending.TOUCHES,
    **keeping.TOUCHES,
    JarPlace: jar_touched,
    MoneyIn: money_in_touched,
    JarMore: more_touched,
    Jars: jars_touched,
    SaidIn: words_touched,
    HowMuch: sum_touched,
    Slices: slices_touched,
    Taps: taps_touched,
}
