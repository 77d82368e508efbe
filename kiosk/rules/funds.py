"""Funds and reserves: where the rest of a Friday goes, what is kept beside the jar, and daughters of it."""

from datetime import date

from msgspec import Struct

from kiosk.amounts import Handle
from kiosk.commands import DecideRest, EndFund, Refusal, SpendReserve, SplitFund
from kiosk.events import (
    BACK_TO_MEMBERS,
    NEXT_PROJECT,
    FundEnded,
    FundSplit,
    Part,
    ReserveSpent,
    RestDecided,
)
from kiosk.rules.badges import many_hands, owner
from kiosk.rules.case import Case, Verdict
from kiosk.rules.circle import FEWEST, opened
from kiosk.rules.duties import OF_A_FUND
from kiosk.rules.jar import bad_sum, fund_named
from kiosk.rules.projects import LONGEST_WORDS, due_day, next_friday, standing
from kiosk.rules.writing import WORK_SIGNS, plain_name, plain_words, same
from kiosk.state import KEEPING_THE_JAR, RESERVES, Fund, State
from kiosk.words import local

LONGEST_FUND = 24
"""Characters."""


# --- where the rest goes ----------------------------------------------------------------------------------


def places_for_rest(state: State, fund: str) -> tuple[str, ...]:
    """Where the rest of this fund may go, to choose from; any other word becomes a reserve of that name."""
    named = (*RESERVES, *(name for name in state.reserves if name not in RESERVES))
    others = (name for name in state.funds if name != fund)
    return (*named, BACK_TO_MEMBERS, NEXT_PROJECT, *others)


def decide_rest(command: DecideRest, case: Case) -> Verdict:
    """By many hands, and before the Friday it is about: nobody may know yet how much it will be."""
    fund = fund_named(command.fund, case)
    if isinstance(fund, Refusal):
        return fund
    if fund.round is not None:
        return Refusal("friday open", "This jar is being given away just now. Its rest goes where it was to go.")
    place = plain_name(command.rest_to, least=2, most=LONGEST_FUND, signs=WORK_SIGNS)
    if isinstance(place, Refusal):
        return place
    if same(place) == same(fund.name):
        return Refusal("own rest", "On Friday this jar is emptied, so its rest goes somewhere else. Choose where.")
    known = (each for each in places_for_rest(case.state, fund.name) if same(each) == same(place))
    hands = many_hands(command.hands, case)
    if isinstance(hands, Refusal):
        return hands
    return (RestDecided(rest_to=next(known, place), hands=hands, fund=fund.name),)


# --- reserves ---------------------------------------------------------------------------------------------


def spend_reserve(command: SpendReserve, case: Case) -> Verdict:
    """As a carried decision says, once; by many hands, none of them the one who gets it."""
    carrier = owner(command.carrier, case)
    if isinstance(carrier, Refusal):
        return carrier
    words = plain_words(command.words, least=1, most=LONGEST_WORDS)
    if isinstance(words, Refusal):
        return words
    refused = bad_sum(command.cents) or _not_in_it(command, case.state) or _not_decided(command, case.state)
    if refused:
        return refused
    hands = many_hands(command.hands, case, concerned=carrier.handle)
    if isinstance(hands, Refusal):
        return hands
    return (
        ReserveSpent(
            reserve=command.reserve,
            cents=command.cents,
            words=words,
            decision=command.decision,
            carrier=carrier.handle,
            hands=hands,
            due=due_day(case),
        ),
    )


def _not_in_it(command: SpendReserve, state: State) -> Refusal | None:
    reserve = state.reserves.get(command.reserve)
    if reserve is None:
        return Refusal("no reserve", "There is no such reserve. Choose one from the list.")
    if command.cents <= reserve.cents:
        return None
    return Refusal("too little", "There is {cents} in this reserve. Choose less.", {"cents": reserve.cents})


def _not_decided(command: SpendReserve, state: State) -> Refusal | None:
    if command.decision not in state.decisions:
        return Refusal("no decision", "A reserve is opened by a vote that was carried. Put the question first.")
    if any(command.decision in reserve.used for reserve in state.reserves.values()):
        return Refusal("used already", "This decision has opened a reserve once. For more, put a new question.")
    return None


# --- daughters --------------------------------------------------------------------------------------------


def times_kept(state: State, handle: Handle) -> int:
    """How often somebody has looked after a fund: in its circle, or by the duty of keeping the jar, whichever."""
    duty = state.duties.get(KEEPING_THE_JAR)
    return state.kept.get(handle, 0) + (duty.held.get(handle, 0) if duty else 0)


def next_keepers(state: State) -> tuple[Handle, ...]:
    """Those who are here, whoever has looked after a fund least first; then by the shop's order.

    Drawn from the front, nobody does it twice before all have done it once. Who is away comes first once they are
    back.
    """
    here = [member.handle for member in state.present() if member.standing == "here"]
    return tuple(sorted(here, key=lambda handle: times_kept(state, handle)))


def circle_sizes(state: State, ways: int) -> range:
    """How many people each of so many parts may have, the fewest first; empty where too few are here."""
    return range(state.charter.fund_circle, len(next_keepers(state)) // max(1, ways) + 1)


def split_fund(command: SplitFund, case: Case) -> Verdict:
    """Part a fund above the ceiling: what was counted, to the last cent, each part with a circle of its own."""
    circle, fund = opened(case), fund_named(command.fund, case)
    if isinstance(circle, Refusal):
        return circle
    if isinstance(fund, Refusal):
        return fund
    refused = _not_to_split(fund, case) or _bad_parts(command, fund, case.state)
    if refused:
        return refused
    keepers = next_keepers(case.state)
    ways = len(command.parts)
    if len(keepers) < ways * command.people:
        return Refusal(
            "too few",
            "That takes {needed} people who are here, and there are {here}. Make fewer parts, or smaller circles.",
            {"needed": ways * command.people, "here": len(keepers)},
        )
    drawn = keepers[: ways * command.people]
    parts = tuple(
        Part(name, cents, in_shops_order(case.state, drawn[place::ways]))
        for place, (name, cents) in enumerate(_named_parts(command))
    )
    return (FundSplit(circle.number, parts, fund.name, OF_A_FUND),)


def in_shops_order(state: State, people: tuple[Handle, ...]) -> tuple[Handle, ...]:
    """These people as the shop lists them."""
    return tuple(member.handle for member in state.present() if member.handle in people)


def _named_parts(command: SplitFund) -> tuple[tuple[str, int], ...]:
    """The parts with their names as they are kept; those that can't be names are refused before."""
    named = ((plain_name(name, 1, LONGEST_FUND, WORK_SIGNS), cents) for name, cents in command.parts)
    return tuple((name if isinstance(name, str) else "", cents) for name, cents in named)


def _not_to_split(fund: Fund, case: Case) -> Refusal | None:
    if case.state.friday is not None:
        return Refusal("friday open", "A jar is being given away just now. Finish that first, or stop it.")
    refused = not_counted(fund, case)
    if refused:
        return refused
    ceiling = case.state.charter.ceiling
    if fund.counted.total > ceiling:
        return None
    return Refusal(
        "under ceiling",
        "One meeting can give away {ceiling_cents}, and there is {cents}. Give it away on Friday as it is.",
        {"ceiling_cents": ceiling, "cents": fund.counted.total},
    )


def not_counted(fund: Fund, case: Case) -> Refusal | None:
    """Why this jar can't be emptied yet: it was not counted by hand today."""
    if fund.counted_on is not None and local(fund.counted_on).date() == local(case.now).date():
        return None
    return Refusal("not counted", "First count this jar by hand, today, with two badges.")


def _bad_parts(command: SplitFund, fund: Fund, state: State) -> Refusal | None:
    if len(command.parts) < FEWEST:
        return Refusal("parts", "A split makes two parts or more. Name them.")
    if command.people < state.charter.fund_circle:
        return Refusal(
            "small circle",
            "At least {people} people look after each part. Choose more.",
            {"people": state.charter.fund_circle},
        )
    typed = tuple(name for name, _ in command.parts)
    named = (part_name(name, state, typed[:place]) for place, name in enumerate(typed))
    refused = next((bad for bad in named if isinstance(bad, Refusal)), None)
    if refused:
        return refused
    odd = next(
        (bad for bad in (bad_sum(cents, most=fund.counted.total) for _, cents in command.parts) if bad), None
    )
    if odd:
        return odd
    if sum(cents for _, cents in command.parts) != fund.counted.total:
        return Refusal(
            "parts",
            "The parts don’t add up to the {cents} that were counted. Enter them again.",
            {"cents": fund.counted.total},
        )
    return None


def part_name(text: str, state: State, taken: tuple[str, ...] = ()) -> str | Refusal:
    """A new fund's name as it will be kept; a screen may ask while parts are named. taken: names of other parts.

    It can't be taken for another fund's, a reserve's, or another place for a rest.
    """
    name = plain_name(text, least=2, most=LONGEST_FUND, signs=WORK_SIGNS)
    if isinstance(name, Refusal):
        return name
    if same(name) in {same(each) for each in taken}:
        return Refusal("same name", "Two parts have the same name. Name them so that nobody mixes them up.")
    places = {BACK_TO_MEMBERS, NEXT_PROJECT, *RESERVES, *state.reserves, *state.funds}
    going = {fund.rest_to for fund in state.funds.values()}
    if same(name) in {same(each) for each in (*places, *going)}:
        return Refusal("name taken", "There is a {name} already. Please choose another name.", {"name": name})
    return name


def end_fund(command: EndFund, case: Case) -> Verdict:
    """End a daughter that is empty and has none of her own, when the circle says so."""
    circle, fund = opened(case), fund_named(command.fund, case)
    if isinstance(circle, Refusal):
        return circle
    if isinstance(fund, Refusal):
        return fund
    if not fund.parent:
        return Refusal("the jar", "This is the shop’s own jar. It stays.")
    if fund.round is not None or fund.cents or fund.unknown:
        return Refusal("not empty", "There is money in it. Give that away first.")
    if circle.approval is not None and circle.approval.fund == fund.name:
        return Refusal("approval open", "The buttons are asked who takes a duty of it just now. Finish that first.")
    daughters = [each.name for each in case.state.funds.values() if each.parent == fund.name]
    if daughters:
        return Refusal("daughters", "{name} came from it. End that first.", {"name": daughters[0]})
    heirs = [each.name for each in case.state.funds.values() if each.rest_to == fund.name]
    if heirs:
        return Refusal(
            "rest comes here", "The rest of {name} goes here. Say where else it goes first.", {"name": heirs[0]}
        )
    return (FundEnded(circle.number, fund.name),)


# --- late -------------------------------------------------------------------------------------------------


class LateFriday(Struct, frozen=True):
    """A jar that was not given away though there was money and something to buy. since: the first Friday missed."""

    fund: str
    cents: int
    since: date


def late_fridays(state: State, today: date) -> tuple[LateFriday, ...]:
    """Jars whose Friday has passed, the longest ago first. today: on the clock of the room; Friday itself is not
    late.

    A jar that was emptied in the days before a Friday has had it.
    """
    late = (each for each in (_missed(state, fund) for fund in state.funds.values()) if each)
    return tuple(sorted((each for each in late if each.since < today), key=lambda each: each.since))


def _missed(state: State, fund: Fund) -> LateFriday | None:
    """The first Friday on which this jar should be given away; None when there is nothing to give or to buy.

    What begins to stand, or falls in, on a Friday is for the next one: that day's circle may be over.
    """
    began = [local(each.seconded).date() for each in standing(state, fund.name) if each.seconded]
    if not fund.cents or fund.since is None or not began:
        return None
    ready = max(local(fund.since).date(), min(began))
    friday = next_friday(ready, rest=1)
    if fund.emptied is not None:
        friday = max(friday, next_friday(local(fund.emptied).date()))
    return LateFriday(fund.name, fund.cents, friday)


def over_ceiling(state: State) -> tuple[Fund, ...]:
    """Funds that hold more than one meeting can give away."""
    return tuple(fund for fund in state.funds.values() if fund.cents > state.charter.ceiling)


def in_hand(state: State) -> int:
    """Cents that are the shop's now: in funds, in reserves, and set aside for proposals."""
    funds = sum(fund.cents for fund in state.funds.values())
    reserves = sum(reserve.cents for reserve in state.reserves.values())
    return funds + reserves + sum(project.aside for project in state.projects.values())
