"""The made-up shop: its people and their badges, its clock, and how it asks the real rules."""

import hashlib
import random
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import TypeVar

from kiosk.amounts import BadgeHash, Handle, Moment
from kiosk.badge_key import BadgeKey
from kiosk.commands import Command, NewBadge, Refusal
from kiosk.core import Booked, Core, Record
from kiosk.events import Entry
from kiosk.simulating.bosses import Bosses
from kiosk.simulating.clock import Clock
from kiosk.state import State

T = TypeVar("T")

DAY = 86_400_000
"""Milliseconds."""


class MisfitError(ValueError):
    """The rules refused what the made-up year took for granted: a fault of the year or of the rules."""


class Shop:
    """What all areas of a made-up year share.

    refused: how often the rules refused something that may be refused, by code. at_work: who is there today.
    """

    def __init__(self, record: Record, seed: int, first: date, bosses: Bosses | None = None) -> None:
        self.seed = seed
        self.first = first
        self.bosses = bosses or Bosses()
        self.key = BadgeKey(key_of(seed))
        self.clock = Clock(first)
        self.core = Core(record, State(), self.clock)
        self.at_work: tuple[Handle, ...] = ()
        self.refused: Counter[str] = Counter()
        self._uids: dict[Handle, bytes] = {}
        self._dice = self.dice_for("the shop")

    @property
    def state(self) -> State:
        """The present of the shop."""
        return self.core.state

    @property
    def today(self) -> date:
        """The day it is."""
        return self.clock.today

    @property
    def days_gone(self) -> int:
        """Whole days since the founding."""
        return (self.today - self.first).days

    def dice_for(self, area: str) -> random.Random:
        """Dice of an area's own, so that a throw more in one changes nothing in another."""
        return random.Random(f"{self.seed} {area}")

    # -- asking ------------------------------------------------------------------------------------------------

    def may(self, command: Command) -> Entry | None:
        """Ask for something that may be refused; its last entry, if it was not."""
        answer = self._ask(command)
        if isinstance(answer, Refusal):
            self.refused[f"{type(command).__name__}: {answer.code}"] += 1
            return None
        return answer.entries[-1]

    def must(self, command: Command) -> Entry:
        """Ask for something that can't be refused; its last entry. Raises MisfitError when it was."""
        answer = self._ask(command)
        if isinstance(answer, Refusal):
            raise MisfitError(f"{self.today}: {command}: {answer.code} {dict(answer.facts)}")
        return answer.entries[-1]

    def _ask(self, command: Command) -> Booked | Refusal:
        self.clock.wait(self._dice.randint(11, 50))
        return self.core.handle(command)

    def days_since(self, moment: Moment) -> int:
        """Whole days from a moment until now."""
        return (self.clock.now().wall - moment.wall) // DAY

    # -- people and badges -------------------------------------------------------------------------------------

    def belongs(self, handle: Handle) -> bool:
        """Whether somebody is of the shop now, on leave or not."""
        member = self.state.members.get(handle)
        return member is not None and member.standing != "left"

    def is_here(self, handle: Handle) -> bool:
        """Whether somebody is of the shop now and not on leave."""
        member = self.state.members.get(handle)
        return member is not None and member.standing == "here"

    def fresh(self, handle: Handle, uid: bytes) -> NewBadge:
        """A new tag, which they tap with from now on."""
        self._uids[handle] = uid
        return NewBadge(hash=self.badge(handle), medium="tag")

    def badge(self, handle: Handle) -> BadgeHash:
        """The badge that somebody taps with."""
        return self.key.hash("nfc", self._uids[handle])

    def badges(self, handles: Iterable[Handle]) -> tuple[BadgeHash, ...]:
        """The badges of several people."""
        return tuple(self.badge(handle) for handle in handles)

    def some(self, dice: random.Random, count: int, but: Collection[Handle] = ()) -> tuple[Handle, ...]:
        """Different people who are at work; fewer where fewer are."""
        people = [handle for handle in self.at_work if handle not in but]
        return tuple(dice.sample(people, min(count, len(people))))

    def hands(self, dice: random.Random, but: Collection[Handle] = ()) -> tuple[BadgeHash, ...]:
        """As many badges as what needs care needs, of people who are at work."""
        return self.badges(self.some(dice, self.state.hands_needed(), but))


def key_of(seed: int) -> bytes:
    """The key of a made-up shop's badges: 32 bytes, and no secret."""
    return hashlib.sha256(f"commons kiosk, simulated, {seed}".encode()).digest()


def weighed(dice: random.Random, of: Sequence[T], weights: Sequence[float]) -> T:
    """One of several, some likelier than others."""
    return dice.choices(of, weights)[0]


def often(dice: random.Random, mean: float) -> int:
    """How often something happens that happens `mean` times on average: a binomial draw of a dozen throws."""
    return sum(dice.random() < mean / 12 for _ in range(12))
