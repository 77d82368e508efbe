"""What the poster of a Friday says, on paper and on the wall: what was bought, why the rest was not, where every
cent went.

No more than the detail fixed before the vote: with "outcome" nothing that counts approvals.
"""

from collections.abc import Mapping
from fractions import Fraction
from math import ceil
from typing import NamedTuple

from kiosk.amounts import JAR, EntryId
from kiosk.events import (
    Bought,
    Entry,
    FridayClosed,
    FridayOpened,
    HandedOn,
    Left,
    Missed,
    Offered,
    ProjectProposed,
)
from kiosk.words import by_day, local, money, names

NAMED = 6
"""So many people are named; of more, only how many they are."""


class Given(NamedTuple):
    """A jar that was given away: its two entries, and the proposals it was about."""

    opened: FridayOpened
    entry: Entry
    projects: Mapping[EntryId, ProjectProposed]

    @property
    def closed(self) -> FridayClosed:
        """What came of it."""
        assert isinstance(self.entry.event, FridayClosed)
        return self.entry.event


class Item(NamedTuple):
    """A line of the poster: something and its price, and a word about it ("" for none)."""

    title: str
    cents: int
    more: str = ""


class Told(NamedTuple):
    """All that the poster of a Friday says. cents: what was given away; day: when, as people say it."""

    shop: str
    headline: str
    day: str
    cents: int
    who: str
    bought: tuple[Item, ...]
    others: tuple[Item, ...]
    rest: tuple[Item, ...]
    spent: int
    handed_on: int
    returned: int
    entry: EntryId
    figures: str


def told(given: Given, shop: str) -> Told:
    """The poster of a Friday, in words and numbers."""
    opened, closed = given.opened, given.closed
    bought = {each.project for each in closed.funded}
    offered = {each.project: each for each in opened.projects}
    handed_on = sum(part.cents for part in closed.handed_on)
    returned = sum(part.cents for part in closed.returned)
    then = local(given.entry.moment)
    unsure = "" if given.entry.moment.trusted else " (by a clock that may be wrong)"
    return Told(
        shop=shop,
        headline=headline(opened),
        day=f"{then:%A} {then.day} {then:%B} {then.year}{unsure}",
        cents=opened.cents,
        who=_who(closed),
        bought=tuple(_bought(each, offered[each.project], given) for each in closed.funded),
        others=tuple(_other(each, given) for each in opened.projects if each.project not in bought),
        rest=(*(_handed_on(part, given) for part in closed.handed_on), *_returned(given)),
        spent=closed.spent,
        handed_on=handed_on,
        returned=returned,
        entry=given.entry.id,
        figures=figures(opened, closed, given.entry.id),
    )


def figures(opened: FridayOpened, closed: FridayClosed, entry: EntryId) -> str:
    """The sums of a Friday as one line, for a code: any reader shows them as they are."""
    handed_on = _plain(sum(part.cents for part in closed.handed_on))
    returned = _plain(sum(part.cents for part in closed.returned))
    return (
        f"Friday {opened.number} of {opened.fund}: {_plain(opened.cents)} EUR = {_plain(closed.spent)} spent"
        f" + {handed_on} handed on + {returned} returned; entry {entry}"
    )


def headline(opened: FridayOpened) -> str:
    """Which Friday it was."""
    return f"{'The jar' if opened.fund == JAR else opened.fund}, Friday {opened.number}"


def _plain(cents: int) -> str:
    return f"{cents // 100}.{cents % 100:02d}"


def _who(closed: FridayClosed) -> str:
    people = "One of us" if closed.ballots == 1 else f"{closed.ballots} of us"
    return f"{people} gave it away, to the last cent."


def _bought(bought: Bought, offered: Offered, given: Given) -> Item:
    carrier = given.projects[bought.project].carrier
    receipt = by_day(given.closed.due).removeprefix("on ")
    approved = next((each.ballots for each in given.closed.approvals if each.project == bought.project), None)
    parts = [f"{carrier} carries it out, receipt by {receipt}."]
    if approved is not None:
        parts.append(f"{approved} of {given.closed.ballots} approved it.")
    if bought.aside:
        parts.append(f"{money(bought.aside)} was set aside before.")
    return Item(offered.title, bought.cents + bought.aside, " ".join(parts))


def _other(offered: Offered, given: Given) -> Item:
    """A project that was not bought; why, where that is told, and when there is no next Friday for it."""
    why = [_why(offered.project, given.closed)]
    if offered.project in given.closed.expired:
        why.append("It has waited long enough and is off the list.")
    return Item(offered.title, given.projects[offered.project].cents, " ".join(filter(None, why)))


def _why(project: EntryId, closed: FridayClosed) -> str:
    left = next((each for each in closed.steps if isinstance(each, Left) and each.id == project), None)
    if left is None:
        return ""
    approve = "1 approves it" if left.approvals == 1 else f"{left.approvals} approve it"
    match left.why:
        case "nobody":
            return "Nobody approves it."
        case "floor":
            return f"{approve}; with what was left only what {left.least} approve is bought."
        case "rest":
            return f"{approve}; it costs more than the {money(left.rest)} that was left."
    missed = [each for each in closed.steps if isinstance(each, Missed) and each.id == project]
    short = f", {money(ceil(Fraction(missed[-1].short)))} too little" if missed else " too little"
    return f"{approve} and {'holds' if left.approvals == 1 else 'hold'}{short}."


def _handed_on(part: HandedOn, given: Given) -> Item:
    match part.place:
        case "fund":
            return Item(f"to {'the jar' if part.to == JAR else part.to}", part.cents)
        case "project":
            return Item(f"set aside for {given.projects[EntryId(part.to)].title}", part.cents)
    return Item(f"to the reserve: {part.to}", part.cents)


def _returned(given: Given) -> tuple[Item, ...]:
    parts = given.closed.returned
    if not parts:
        return ()
    people = names([part.handle for part in parts]) if len(parts) <= NAMED else f"{len(parts)} of us"
    each = {part.cents for part in parts}
    equally = f"{money(min(each))} each" if len(each) == 1 else f"{money(min(each))} or {money(max(each))} each"
    shares = "" if len(parts) == 1 else f"{equally}."
    return (Item(f"back to {people}", sum(part.cents for part in parts), shares),)
