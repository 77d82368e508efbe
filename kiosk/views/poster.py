"""What the poster of a Friday says, on paper and on the wall: what was bought, why the rest was not, where every
cent went.

No more than the detail fixed before the vote: with "outcome" nothing that counts approvals.
"""

from collections.abc import Mapping
from datetime import date
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
from kiosk.tongue import DIRECTING, phrase, plural, unfilled
from kiosk.words import day_of_year, full_day, jar_word, local, money, names

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
    day = full_day(then)
    return Told(
        shop=shop,
        headline=headline(opened),
        day=day if given.entry.moment.trusted else phrase("{day} (by a clock that may be wrong)", day=day),
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
    return phrase(
        "Friday {number} of {jar}: {sum} EUR = {spent} spent + {handed_on} handed on + {returned} returned; "
        "entry {entry}",
        number=opened.number,
        jar=phrase("jar") if opened.fund == JAR else opened.fund,
        sum=_plain(opened.cents),
        spent=_plain(closed.spent),
        handed_on=handed_on,
        returned=returned,
        entry=entry,
    ).translate(DIRECTING)


def headline(opened: FridayOpened) -> str:
    """Which Friday it was."""
    jar = jar_word(JAR) if opened.fund == JAR else opened.fund
    return phrase("{jar}, Friday {number}", jar=jar, number=opened.number)


def _plain(cents: int) -> str:
    return f"{cents // 100}.{cents % 100:02d}"


def _who(closed: FridayClosed) -> str:
    return plural(
        "One of us gave it away, to the last cent.",
        "{n} of us gave it away, to the last cent.",
        closed.ballots,
    )


def _bought(bought: Bought, offered: Offered, given: Given) -> Item:
    carrier = given.projects[bought.project].carrier
    receipt = day_of_year(date.fromisoformat(given.closed.due))
    approved = next((each.ballots for each in given.closed.approvals if each.project == bought.project), None)
    parts = [phrase("{name} carries it out, receipt by {day}.", name=carrier, day=receipt)]
    if approved is not None:
        said = plural("{n} of {all} approved it.", "{n} of {all} approved it.", approved, all=given.closed.ballots)
        parts.append(said)
    if bought.aside:
        parts.append(phrase("{money} was set aside before.", money=money(bought.aside)))
    return Item(offered.title, bought.cents + bought.aside, " ".join(parts))


def _other(offered: Offered, given: Given) -> Item:
    """A project that was not bought; why, where that is told, and when there is no next Friday for it."""
    why = [_why(offered.project, given.closed)]
    if offered.project in given.closed.expired:
        why.append(phrase("It has waited long enough and is off the list."))
    return Item(offered.title, given.projects[offered.project].cents, " ".join(filter(None, why)))


def _why(project: EntryId, closed: FridayClosed) -> str:
    left = next((each for each in closed.steps if isinstance(each, Left) and each.id == project), None)
    if left is None:
        return ""
    match left.why:
        case "nobody":
            return phrase("Nobody approves it.")
        case "floor":
            return plural(
                "{n} approves it; with what was left only what {least} approve is bought.",
                "{n} approve it; with what was left only what {least} approve is bought.",
                left.approvals,
                least=left.least,
            )
        case "rest":
            return plural(
                "{n} approves it; it costs more than the {money} that was left.",
                "{n} approve it; it costs more than the {money} that was left.",
                left.approvals,
                money=money(left.rest),
            )
    missed = [each for each in closed.steps if isinstance(each, Missed) and each.id == project]
    if missed:
        return plural(
            "{n} approves it and holds, {money} too little.",
            "{n} approve it and hold, {money} too little.",
            left.approvals,
            money=money(ceil(Fraction(missed[-1].short))),
        )
    return plural("{n} approves it and holds too little.", "{n} approve it and hold too little.", left.approvals)


def _handed_on(part: HandedOn, given: Given) -> Item:
    match part.place:
        case "fund":
            to = phrase("to the jar") if part.to == JAR else phrase("to {jar}", jar=part.to)
            return Item(to, part.cents)
        case "project":
            title = given.projects[EntryId(part.to)].title
            return Item(phrase("set aside for {title}", title=title), part.cents)
    return Item(phrase("to the reserve: {reserve}", reserve=unfilled(part.to)), part.cents)


def _returned(given: Given) -> tuple[Item, ...]:
    parts = given.closed.returned
    if not parts:
        return ()
    named = phrase("back to {names}", names=names([part.handle for part in parts]))
    counted = plural("back to {n} of us", "back to {n} of us", len(parts))
    back = named if len(parts) <= NAMED else counted
    each = {part.cents for part in parts}
    equally = phrase("{money} each.", money=money(min(each)))
    if len(each) > 1:
        equally = phrase("{least} or {most} each.", least=money(min(each)), most=money(max(each)))
    return (Item(back, sum(part.cents for part in parts), "" if len(parts) == 1 else equally),)
