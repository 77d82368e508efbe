"""A vote in progress: three counts in memory. No order, no times, no names, no file."""

from typing import Literal

from kiosk.commands import Hush
from kiosk.events import Counts

Answer = Literal["yes", "no", "abstain"]

Taken = Literal["counted", "resting", "full"]
"""What became of a press: it counts; the buttons were resting after the one before; everybody has pressed."""

REST = 1_000
"""Milliseconds after a press in which the buttons rest: one finger is not two people. The same for every button."""


class ShowOfHands:
    """N people present, N presses, one after another.

    people: how many may press.
    """

    def __init__(self, people: int) -> None:
        self._people = people
        self._counts = dict.fromkeys(("yes", "no", "abstain"), 0)
        self._rests = 0

    @property
    def pressed(self) -> int:
        """How many have pressed."""
        return sum(self._counts.values())

    @property
    def rests(self) -> int:
        """Until when the buttons rest, in milliseconds on the monotonic clock."""
        return self._rests

    @property
    def full(self) -> bool:
        """Whether all have."""
        return self.pressed >= self._people

    def press(self, answer: Answer, now: int) -> Taken:
        """Take one press. now: milliseconds on the monotonic clock."""
        if self.full:
            return "full"
        if now < self._rests:
            return "resting"
        self._counts[answer] += 1
        self._rests = now + REST
        return "counted"

    def count(self) -> Counts:
        """The three counts."""
        return Counts(**self._counts)


def remember(hush: Hush, *, unanimous: bool) -> Hush:
    """One more round whose counts are not told."""
    return Hush(rounds=hush.rounds + 1, quiet=hush.quiet and unanimous)
