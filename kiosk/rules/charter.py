"""The charter: what each of its numbers is about, what it may sensibly be, and the hands that let a vote hold."""

from collections.abc import Iterator, Mapping
from typing import Any, Literal

from msgspec import Struct
from msgspec.structs import replace

from kiosk.amounts import EntryId
from kiosk.commands import ChangeCharter, Refusal
from kiosk.events import CharterChange, CharterChanged
from kiosk.rules.badges import many_hands
from kiosk.rules.case import Case, Verdict
from kiosk.rules.circle import vote_open
from kiosk.state import Charter, State
from kiosk.tongue import later, phrase, plural
from kiosk.words import capital, duration, money

Unit = Literal["minutes", "seconds", "cents", "days", "people", "badges", "ballots", "votes", "times", "percent"]
Part = Literal["one in", "once in", "circles", "Fridays"]


class Number(Struct, frozen=True):
    """One number of the charter.

    words: what it is about, to be said by `phrase`. unit: what it counts. values: all that it may sensibly be, the
    least first; just one where nothing can change it any more.
    """

    words: str
    unit: Unit | Part
    values: tuple[int, ...]


def _from(least: int, most: int, step: int = 1) -> tuple[int, ...]:
    return tuple(range(least, most + 1, step))


NUMBERS: Mapping[str, Number] = {
    "hands": Number(later("badges for what needs many hands"), "badges", _from(2, 12)),
    "hands_small": Number(later("badges for that in a small shop"), "badges", _from(2, 12)),
    "small_shop": Number(later("a shop is small under"), "people", _from(3, 30)),
    "founders": Number(later("badges that found a shop"), "badges", (3,)),
    "soft_limit": Number(later("hours at which the kiosk warns"), "minutes", _from(60, 6_000, 60)),
    "hard_limit": Number(later("hours at which the kiosk stops"), "minutes", _from(60, 12_000, 60)),
    "step": Number(later("the steps in which hours are chosen"), "minutes", (15, 20, 30, 60)),
    "longest": Number(later("the longest swap"), "minutes", _from(60, 1_440, 60)),
    "forgotten": Number(later("how long a running clock is believed"), "minutes", _from(60, 1_440, 60)),
    "undo": Number(later("how long one tap takes a swap back"), "seconds", _from(60, 3_600, 60)),
    "guard": Number(later("how long the same again is a double tap"), "seconds", _from(5, 60, 5)),
    "circle": Number(later("the time that a circle shares"), "seconds", _from(60, 3_600, 60)),
    "extension": Number(later("what a show of hands adds to it"), "seconds", _from(30, 900, 30)),
    "downside": Number(later("the time for the other side before a vote"), "seconds", _from(30, 600, 30)),
    "quorum": Number(later("the part of those here that has to vote"), "percent", _from(50, 100, 5)),
    "counted": Number(later("ballots for counts to be told"), "ballots", _from(5, 50)),
    "block": Number(later("votes that the streak takes together"), "votes", _from(5, 20)),
    "review": Number(later("until a decision is looked at again"), "days", _from(7, 366)),
    "grievance": Number(later("circles after which an obstacle hangs on the wall"), "circles", _from(2, 12)),
    "dissenter": Number(later("how many vote no where all speak freely"), "one in", _from(2, 100)),
    "unlikely": Number(
        later("how unlikely a streak is an alarm"), "once in", (5, 10, 20, 50, 100, 200, 500, 1_000)
    ),
    "ceiling": Number(later("what one meeting can give away"), "cents", _from(50_00, 10_000_00, 50_00)),
    "floor": Number(later("the part of the ballots that a late buy takes"), "one in", _from(2, 10)),
    "totals": Number(later("ballots for a Friday’s totals to be told"), "ballots", _from(5, 50)),
    "ballots": Number(later("ballots for all of them to be told"), "ballots", _from(5, 100)),
    "waits": Number(later("how long a proposal may wait"), "Fridays", _from(1, 52)),
    "fund_circle": Number(later("people who look after a daughter jar"), "people", _from(2, 12)),
    "tool_days": Number(later("how long a tool is lent"), "days", _from(1, 92)),
    "throne": Number(later("one person’s part of a routine that is an alarm"), "percent", _from(20, 95, 5)),
    "throne_least": Number(later("how often it was done for that"), "times", _from(3, 100)),
    "monthly_days": Number(later("after a month until its reports are late"), "days", _from(1, 27)),
    "quarterly_days": Number(later("after a quarter until its reports are late"), "days", _from(1, 80)),
    "unswapped": Number(later("until work that nobody swaps is named"), "days", _from(7, 366)),
}
"""All numbers of the charter in the order in which they are shown, by their names there. Where fewer ballots would
tell what single people voted, the least is what keeps a ballot secret, and no vote goes below it."""


# --- words ------------------------------------------------------------------------------------------------


def name_words(number: str) -> str:
    """What a number of the charter is called, in the language spoken; its name there if it is not known here."""
    return phrase(NUMBERS[number].words) if number in NUMBERS else number


def value_words(number: str, value: int) -> str:
    """A value of this number with its unit: "10 h", "3 badges", "one in 20"."""
    unit = NUMBERS[number].unit if number in NUMBERS else "times"
    match unit:
        case "minutes":
            return duration(value)
        case "seconds" if value % 60 == 0:
            return duration(value // 60)
        case "cents":
            return money(value)
        case "percent":
            return phrase("{n} %", n=value)
        case "one in":
            return phrase("one in {n}", n=value)
        case "once in":
            return phrase("once in {n} times", n=value)
    return _counted(unit, value)


def _counted(unit: Unit | Part, count: int) -> str:
    match unit:
        case "seconds":
            return plural("{n} second", "{n} seconds", count)
        case "days":
            return plural("{n} day", "{n} days", count)
        case "people":
            return plural("{n} person", "{n} people", count)
        case "badges":
            return plural("{n} badge", "{n} badges", count)
        case "ballots":
            return plural("{n} ballot", "{n} ballots", count)
        case "votes":
            return plural("{n} vote", "{n} votes", count)
        case "circles":
            return plural("{n} circle", "{n} circles", count)
        case "Fridays":
            return plural("{n} Friday", "{n} Fridays", count)
    return plural("{n} time", "{n} times", count)


def question(change: CharterChange) -> str:
    """What is put to the buttons: "Badges for what needs many hands: 4 badges, not 3 badges any more?" """
    return phrase(
        "{number}: {after}, not {before}?",
        number=capital(name_words(change.number)),
        after=value_words(change.number, change.after),
        before=value_words(change.number, change.before),
    )


# --- what is sensible -------------------------------------------------------------------------------------


def value_of(charter: Charter, number: str) -> int:
    """What a number is now. Raises KeyError, naming it, for one that is not in the charter."""
    if number not in NUMBERS:
        raise KeyError(number)
    return int(getattr(charter, number))


def numbers_of(charter: Charter) -> dict[str, int]:
    """All numbers of a charter by their names."""
    return {name: value_of(charter, name) for name in NUMBERS}


def sensible(number: str, state: State) -> tuple[int, ...]:
    """The values that a number could be changed to now, the least first; none where nothing may change it."""
    return tuple(_sensible(number, state))


def changeable(state: State) -> tuple[str, ...]:
    """The numbers that can be changed at all."""
    return tuple(number for number in NUMBERS if next(_sensible(number, state), None) is not None)


def _sensible(number: str, state: State) -> Iterator[int]:
    now = value_of(state.charter, number)
    changes = (CharterChange(number, now, value) for value in NUMBERS[number].values)
    return (change.after for change in changes if unfit(change, state) is None)


def unfit(change: CharterChange, state: State) -> Refusal | None:
    """Why this number can't be changed so now; None when it can."""
    known = NUMBERS.get(change.number)
    if known is None:
        return Refusal("no number", "The charter has no such number. Choose one from the list.")
    if len(known.values) == 1:
        return Refusal("settled", "This number has done its work, and nothing changes it. Choose another one.")
    if change.before != value_of(state.charter, change.number):
        return Refusal(
            "changed meanwhile", "This number was changed meanwhile. Put the question anew, from what it is now."
        )
    if change.after == change.before:
        return Refusal("no change", "It is that already. Choose another value.")
    if isinstance(change.after, bool) or change.after not in known.values:
        return Refusal("no value", "No shop can live by that. Choose a value that the kiosk offers.")
    after: dict[str, Any] = {change.number: change.after}
    return _broken(replace(state.charter, **after), len(state.present()))


def fits(numbers: Mapping[str, int], people: int) -> bool:
    """Whether a shop of so many people could live by all these numbers together."""
    return _broken(Charter(**numbers), people) is None


def _broken(charter: Charter, people: int) -> Refusal | None:
    """Why no shop of so many people could live by a charter like this; None when it could.

    Whoever it is about is none of the hands, so a shop can lend one less than it has people.
    """
    needed = charter.hands_small if people < charter.small_shop else charter.hands
    rules = (
        (
            charter.hands_small <= charter.hands,
            Refusal(
                "hands", "A small shop can’t need more badges than a large one. Change the other number first."
            ),
        ),
        (
            charter.hands < charter.small_shop,
            Refusal(
                "hands",
                "A shop that is not small must have more members than badges that it needs. "
                "Change the other number first.",
            ),
        ),
        (
            needed <= max(2, people - 1),
            Refusal(
                "hands",
                "This shop has {people} members, and one of them may be the one concerned. Choose fewer badges.",
                {"people": people},
            ),
        ),
        (
            charter.soft_limit <= charter.hard_limit,
            Refusal("limits", "The kiosk can’t stop before it warns. Change the other limit first."),
        ),
        (
            charter.totals <= charter.ballots,
            Refusal(
                "told", "All ballots tell more than totals, so that takes as many. Change the other number first."
            ),
        ),
    )
    return next((refused for holds, refused in rules if not holds), None)


# --- changing it ------------------------------------------------------------------------------------------


def waiting(state: State) -> tuple[EntryId, ...]:
    """Decisions that were carried and wait for many hands to hold, and that could hold now; the oldest first."""
    return tuple(
        each.id
        for each in state.decisions.values()
        if each.change is not None and unfit(each.change, state) is None
    )


def change_charter(command: ChangeCharter, case: Case) -> Verdict:
    """Let a number hold that a vote has carried, by many hands; any of the shop lends one."""
    decision = case.state.decisions.get(command.decision)
    if decision is None:
        return Refusal("no decision", "A number is changed by a vote that was carried. Put the question first.")
    if decision.change is None:
        return Refusal("holds already", "No number waits for this vote any more. Nothing needs doing.")
    refused = vote_open(case) or unfit(decision.change, case.state)
    if refused:
        return refused
    hands = many_hands(command.hands, case)
    if isinstance(hands, Refusal):
        return hands
    return (CharterChanged(decision.change, decision.id, hands),)
