"""A Friday as people tell it afterwards, from the entries of the record; and its ballots for whoever counts again.

No more than the detail fixed before the vote: with "outcome" nothing that counts approvals.
"""

from collections.abc import Iterable

from kiosk.amounts import JAR, EntryId
from kiosk.counting.election import Election, Project
from kiosk.counting.pabulib import About
from kiosk.events import Entry, FridayClosed, FridayOpened, ProjectProposed
from kiosk.tongue import DIRECTING
from kiosk.views.poster import NAMED, Given, Item, Told, headline, told
from kiosk.words import local

__all__ = ["NAMED", "Given", "Item", "Told", "about", "election", "given_away", "told"]


def given_away(entries: Iterable[Entry], fund: str = JAR) -> dict[int, Given]:
    """Every Friday of a fund that was closed, by its number, the latest last."""
    found: dict[int, Given] = {}
    opened: dict[EntryId, FridayOpened] = {}
    projects: dict[EntryId, ProjectProposed] = {}
    for entry in entries:
        match entry.event:
            case ProjectProposed() as proposed:
                projects[entry.id] = proposed
            case FridayOpened(fund=name) as begun if name == fund:
                opened[entry.id] = begun
            case FridayClosed(fund=name, round=begun_by) if name == fund:
                begun = opened[begun_by]
                asked = {each.project: projects[each.project] for each in begun.projects}
                found[begun.number] = Given(begun, entry, asked)
    return found


# --- for counting again -----------------------------------------------------------------------------------


def election(given: Given) -> Election:
    """What was voted on and, where they are told, the ballots without names; counted again it comes to the same."""
    return Election(
        budget=given.opened.cents,
        projects=tuple(Project(each.project, each.cents, each.title) for each in given.opened.projects),
        ballots=tuple(frozenset[str](ballot) for ballot in given.closed.cast),
    )


def about(given: Given, shop: str, country: str = "not said") -> About:
    """What else somebody needs who counts it again. country: the form asks for one, and the kiosk knows none."""
    opened, closed = given.opened, given.closed
    lot = f"; among equals the lot decided, drawn from: {closed.seed}" if closed.by_lot else ""
    friday = headline(opened).translate(DIRECTING)
    return About(
        description=(
            f"{friday}, {shop}: equal shares, completed by add1u, which bought nothing that fewer than "
            f"{closed.floor} approve{lot}. Entry {given.entry.id}."
        ),
        unit=shop,
        country=country,
        instance=f"{opened.fund}, Friday {opened.number}",
        day=local(given.entry.moment).date(),
    )
