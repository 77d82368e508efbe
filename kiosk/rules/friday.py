"""Friday: the jar is given away in public, to the last cent."""

from collections.abc import Iterable

from msgspec import Struct

from kiosk.amounts import EntryId, Handle, split
from kiosk.commands import CloseFriday, OpenFriday, Refusal
from kiosk.events import (
    BACK_TO_MEMBERS,
    NEXT_PROJECT,
    Bought,
    FridayClosed,
    FridayOpened,
    HandedOn,
    Offered,
    Returned,
    Telling,
)
from kiosk.rules.approvals import ballots_needed, enough_ballots
from kiosk.rules.case import Case, Verdict
from kiosk.rules.circle import FEWEST, opened, vote_open
from kiosk.rules.counted import Counted, counted
from kiosk.rules.fund_circles import circle_of, sharers
from kiosk.rules.funds import not_counted
from kiosk.rules.jar import fund_named
from kiosk.rules.projects import due_day, standing
from kiosk.rules.writing import plain_words
from kiosk.state import RESERVES, Charter, Circle, Friday, Fund, Project, State

LONGEST_SEED = 40
"""Characters."""


# --- opening ----------------------------------------------------------------------------------------------


def open_friday(command: OpenFriday, case: Case) -> Verdict:
    """Fix roll, projects, sum, the place for the rest and what will be told; nothing of it changes any more."""
    circle, fund = opened(case), fund_named(command.fund, case)
    if isinstance(circle, Refusal):
        return circle
    if isinstance(fund, Refusal):
        return fund
    projects = standing(case.state, fund.name)
    roll = roll_of(case.state, fund, circle)
    refused = vote_open(case) or _not_now(fund, projects, roll, circle, case)
    if refused:
        return refused
    return (
        FridayOpened(
            circle=circle.number,
            number=fund.fridays + 1,
            roll=roll,
            projects=tuple(Offered(each.id, each.title, each.price) for each in projects),
            cents=fund.counted.total,
            rest_to=fund.rest_to,
            detail=most_told(command.detail, len(roll), case.state.charter),
            fund=fund.name,
        ),
    )


def roll_of(state: State, fund: Fund, circle: Circle) -> tuple[Handle, ...]:
    """Who may take part: those of the circle that is open who look after this fund."""
    keepers = circle_of(state, fund)
    return tuple(handle for handle in circle.roll if handle in keepers)


def _not_now(
    fund: Fund, projects: tuple[Project, ...], roll: tuple[Handle, ...], circle: Circle, case: Case
) -> Refusal | None:
    if len(roll) < FEWEST:
        return Refusal("too few", "Two people who look after this jar give it away together. Wait for another one.")
    uncounted = not_counted(fund, case)
    if uncounted:
        return uncounted
    if not fund.counted.total:
        return Refusal("empty jar", "There is nothing in this jar. What is proposed waits for next Friday.")
    if not projects:
        return Refusal("no projects", "Nothing is proposed that has a second badge. Propose something first.")
    unheard = next((each for each in projects if each.argued != circle.number), None)
    if unheard is None:
        return None
    return Refusal(
        "downside first", "First somebody argues against “{title}”, for a minute.", {"title": unheard.title}
    )


def most_told(detail: Telling, people: int, charter: Charter) -> Telling:
    """What may be told at most where so many take part: among few, totals would tell who approved of what."""
    if detail == "ballots" and people >= charter.ballots:
        return "ballots"
    if detail != "outcome" and people >= charter.totals:
        return "totals"
    return "outcome"


# --- closing ----------------------------------------------------------------------------------------------


class Rest(Struct, frozen=True):
    """What was not spent, and where it went."""

    handed_on: tuple[HandedOn, ...] = ()
    returned: tuple[Returned, ...] = ()

    @property
    def cents(self) -> int:
        """All of it."""
        return sum(part.cents for part in self.handed_on) + sum(part.cents for part in self.returned)


def close_friday(command: CloseFriday, case: Case) -> Verdict:
    """Count, pay, and put the rest where it was to go: what was counted is gone to the last cent, or nothing is."""
    friday = case.state.friday
    if friday is None:
        return Refusal("no friday", "No jar is being given away. Open it in the circle first.")
    seed = plain_words(command.seed, least=1, most=LONGEST_SEED) if command.seed.strip() else ""
    if isinstance(seed, Refusal):
        return seed
    refused = _bad_ballots(command.ballots, friday, case.state.charter)
    if refused:
        return refused
    result = counted(friday, command.ballots, case.state.charter, seed)
    if not seed and (result.by_lot or (result.next_by_lot and friday.rest_to == NEXT_PROJECT)):
        return Refusal(
            "lot", "Some projects are level. Make a number in the room, with dice or fingers, and enter it."
        )
    closed = _closed(friday, command.ballots, result, seed, case)
    if closed.spent + _gone(closed) != friday.cents:
        return Refusal("not zero", "The sums don’t come to zero, so nothing was paid. Stop this and take it again.")
    return (closed,)


def _gone(closed: FridayClosed) -> int:
    return Rest(closed.handed_on, closed.returned).cents


def _bad_ballots(ballots: tuple[frozenset[EntryId], ...], friday: Friday, charter: Charter) -> Refusal | None:
    if len(ballots) > len(friday.roll):
        return Refusal("too many", "There are more ballots than people. Stop this and take it again.")
    refused = too_few_ballots(len(ballots), len(friday.roll), charter)
    if refused:
        return refused
    if frozenset().union(*ballots) - {each.project for each in friday.projects}:
        return Refusal("ballots", "There is a ballot for something that is not on the list. Take it again.")
    return None


def too_few_ballots(ballots: int, people: int, charter: Charter) -> Refusal | None:
    """Why a jar can't be given away by so few. people: how many are on the roll."""
    if enough_ballots(ballots, people, charter):
        return None
    return Refusal(
        "too few ballots",
        "{ballots} of {people} have taken part. It takes {needed}. Or take it on another day.",
        {"ballots": ballots, "people": people, "needed": ballots_needed(people, charter)},
    )


def _closed(
    friday: Friday, ballots: tuple[frozenset[EntryId], ...], result: Counted, seed: str, case: Case
) -> FridayClosed:
    state = case.state
    told = most_told(friday.detail, len(ballots), state.charter)
    more = told != "outcome"
    funded = _bought(friday, result, state) if more else _as_offered(friday, _bought(friday, result, state))
    spent = sum(bought.cents for bought in funded)
    rest = rest_of(friday, friday.cents - spent, result, state)
    return FridayClosed(
        round=friday.id,
        ballots=len(ballots),
        funded=funded,
        spent=spent,
        rest=friday.cents - spent,
        due=due_day(case),
        detail=told,
        floor=result.floor,
        handed_on=rest.handed_on,
        returned=rest.returned,
        expired=_expired(friday, funded, rest, state),
        seed=seed,
        by_lot=result.by_lot,
        nothing=nothing(ballots, result.funded) if more else None,
        approvals=result.approvals if more else (),
        steps=result.steps if more else (),
        cast=tuple(sorted(tuple(sorted(each)) for each in ballots)) if told == "ballots" else (),
        fund=friday.fund,
    )


def _bought(friday: Friday, result: Counted, state: State) -> tuple[Bought, ...]:
    offered = {each.project: each for each in friday.projects}
    return tuple(
        Bought(name, offered[name].title, offered[name].cents, state.projects[name].aside) for name in result.funded
    )


def _as_offered(friday: Friday, funded: tuple[Bought, ...]) -> tuple[Bought, ...]:
    """What was bought in the order it was offered: the order of buying would tell what more approved of."""
    places = {each.project: place for place, each in enumerate(friday.projects)}
    return tuple(sorted(funded, key=lambda each: places[each.project]))


def nothing(ballots: Iterable[frozenset[EntryId]], funded: tuple[EntryId, ...]) -> int:
    """How many ballots approve of something and got nothing of it."""
    return sum(bool(ballot) and ballot.isdisjoint(funded) for ballot in ballots)


def _expired(friday: Friday, funded: tuple[Bought, ...], rest: Rest, state: State) -> tuple[EntryId, ...]:
    """Proposals that have now waited long enough; not those that money is set aside for."""
    bought = {each.project for each in funded}
    paid_for = {part.to for part in rest.handed_on}
    waited = (state.projects[each.project] for each in friday.projects if each.project not in bought)
    return tuple(
        each.id
        for each in waited
        if each.waited + 1 >= state.charter.waits and not each.aside and each.id not in paid_for
    )


# --- the rest ---------------------------------------------------------------------------------------------


def rest_of(friday: Friday, cents: int, result: Counted, state: State) -> Rest:
    """Where the rest goes, as it was fixed before; to the first reserve where that place is not there."""
    if not cents:
        return Rest()
    people = sharers(state, state.funds[friday.fund])
    if friday.rest_to == BACK_TO_MEMBERS:
        return Rest(returned=shared_out(people, cents, friday.number)) if people else Rest((_kept(cents),))
    if friday.rest_to == NEXT_PROJECT:
        return Rest(handed_on=(_to_the_next(friday, cents, result),))
    place = friday.rest_to
    return Rest(handed_on=(HandedOn("fund" if place in state.funds else "reserve", place, cents),))


def shared_out(people: tuple[Handle, ...], cents: int, number: int) -> tuple[Returned, ...]:
    """Equal parts; the odd cents go one each to the next in the shop's order, who are others each Friday.

    number: the jar's Friday; the first odd cent is for the number-th of them, counted round. People must not be
    empty.
    """
    first = number % len(people)
    turned = (*people[first:], *people[:first])
    parts = dict(zip(turned, split(cents, len(people)), strict=True))
    return tuple(Returned(handle, parts[handle]) for handle in people if parts[handle])


def _to_the_next(friday: Friday, cents: int, result: Counted) -> HandedOn:
    """Set aside for the project that came closest: as many approvals as completion asks for, the most of all that
    were not bought, and dearer than what is left. Where there is none, the first reserve has it."""
    prices = {each.project: each.cents for each in friday.projects}
    dearer = next((name for name in result.next if prices[name] > cents), None)
    return HandedOn("project", dearer, cents) if dearer else _kept(cents)


def _kept(cents: int) -> HandedOn:
    return HandedOn("reserve", RESERVES[0], cents)
