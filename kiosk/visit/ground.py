"""What every step of a visit stands on: the surroundings, the shape of a step, and whose badge this is."""

import secrets
from collections.abc import Callable
from typing import NamedTuple

import msgspec

from kiosk.amounts import EntryId, Handle, Moment
from kiosk.commands import Command, NewBadge, Refusal
from kiosk.events import Entry
from kiosk.faces import Said
from kiosk.invited import Invited
from kiosk.rules.case import Find
from kiosk.rules.copies import Copies
from kiosk.state import Member, State
from kiosk.tongue import ENGLISH, phrase
from kiosk.visit.places import NoBadge, Visit, say
from kiosk.words import capital, some

DOUBLE_READ = 1_000
"""Milliseconds in which the same badge heard again is the same tap."""


class Surroundings(NamedTuple):
    """The present, the moment, a way to look entries up, and one to draw lots.

    draw: a random whole number from 0 to below the one given. photos: which wait to be attached, by their SHA-256.
    shut: whether the round of approvals that is open is being counted, so that no ballot is taken any more.
    copies: how it stands with copies of the record. size, voice: of type, and when it is read aloud, as the
    settings say. language: the shop's, for what goes into the record. me: the name of the key our letters bear.
    device: what this kiosk is called in the record; "" where it is no matter.
    invited: a kiosk that wants to be let in.
    """

    state: State
    now: Moment
    find: Find
    draw: Callable[[int], int] = secrets.randbelow
    photos: Callable[[], tuple[str, ...]] = tuple
    shut: bool = False
    copies: Copies = Copies()
    size: int = 0
    voice: str = "off"
    figures: int = 0
    language: str = ENGLISH
    me: str = ""
    device: str = ""
    invited: Invited | None = None


class Step(NamedTuple):
    """Where a visit goes next, and what it asks of the house on the way.

    begins: whose ballot is to be opened; asked of the ballot box, and never written down. forgets: whether the
    ballot that lies open is to be forgotten. tries: a lamp or a tone that is to be tried. also: the kiosk that is
    to take ballots too.
    """

    visit: Visit
    command: Command | None = None
    begins: Handle = ""
    forgets: bool = False
    tries: str = ""
    also: str = ""


class Answered(msgspec.Struct, frozen=True):
    """What came of a command: the entries booked, or why not. failed: a sentence when it could not be written."""

    command: Command
    entries: tuple[Entry, ...] = ()
    refusal: Refusal | None = None
    failed: str = ""

    @property
    def entry(self) -> EntryId:
        """The entry that says what was done."""
        return self.entries[-1].id


def owner(badge: NewBadge, around: Surroundings) -> Member | NoBadge:
    """Whose badge this is, or the sentence for a badge that opens nothing."""
    return around.state.owner(badge.hash) or nobodys(badge, around)


def nobodys(badge: NewBadge, around: Surroundings) -> NoBadge:
    """The sentence for a badge that opens nothing: why, and what to do."""
    needed = around.state.hands_needed()
    if badge.random:
        return NoBadge(
            words=phrase("This number is new at every tap"),
            mend=phrase("Phones do that, so they can’t be a badge. Use a tag, or a printed card with a code."),
            icon="phone",
        )
    if badge.hash in around.state.badges:
        return NoBadge(
            words=phrase("This badge was reported lost"),
            mend=phrase(
                "It opens nothing any more. {number} others can give you a new one.", number=number(needed)
            ),
            icon="badge-lost",
        )
    return NoBadge(
        words=phrase("This badge is nobody’s yet"),
        mend=phrase("{number} members’ badges, one after the other, make it somebody’s.", number=number(needed)),
        icon="badge",
        badge=badge,
    )


def object_to(visit: Visit, around: Surroundings, words: str, mend: str = "", icon: str = "info") -> Step:
    """Say what was not possible, and stay where one is: nothing is lost."""
    return Step(say(visit, Said(words=words, mend=mend, icon=icon), around.now.mono))


def number(count: int) -> str:
    """A small number as a word at the start of a sentence."""
    return capital(some(count))
