"""A vote in progress: three counts in memory, or who approves of whom. No order, no times, no names, no file.

A show of hands keeps three numbers and nothing else. In an approval round the box also knows whose badge has
voted, or nobody could be kept from voting twice; that is kept apart from what they pressed, and ends with the round.
"""

from typing import Literal

from kiosk.amounts import Handle
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


class Approvals:
    """One badge, one ballot: tap, then one press for each candidate: yes approves, the other two do not.

    candidates: whom one may approve of. roll: who may vote.
    """

    def __init__(self, candidates: tuple[Handle, ...], roll: tuple[Handle, ...]) -> None:
        self._candidates = candidates
        self._waiting = set(roll)
        self._approvals = dict.fromkeys(candidates, 0)
        self._ballots = 0
        self._voter = ""
        self._marks: list[bool] = []
        self._rests = 0

    @property
    def ballots(self) -> int:
        """How many have voted."""
        return self._ballots

    @property
    def full(self) -> bool:
        """Whether all have."""
        return not self._waiting

    @property
    def voter(self) -> Handle:
        """Who presses now; "" for nobody."""
        return self._voter

    @property
    def at(self) -> int:
        """Which candidate they are asked about."""
        return len(self._marks)

    def begin(self, voter: Handle) -> bool:
        """Somebody taps; a ballot that somebody else left half done is thrown away. False when they may not."""
        self._voter, self._marks = "", []
        if voter not in self._waiting:
            return False
        self._voter = voter
        return True

    def leave(self) -> None:
        """The one who presses has gone; they may tap again."""
        self._voter, self._marks = "", []

    def press(self, answer: Answer, now: int) -> Taken:
        """Take one press of the one who has tapped. now: milliseconds on the monotonic clock."""
        if not self._voter:
            return "full"
        if now < self._rests:
            return "resting"
        self._marks.append(answer == "yes")
        self._rests = now + REST
        if len(self._marks) == len(self._candidates):
            self._cast()
        return "counted"

    def _cast(self) -> None:
        for candidate, approved in zip(self._candidates, self._marks, strict=True):
            self._approvals[candidate] += approved
        self._waiting.discard(self._voter)
        self._ballots += 1
        self.leave()

    def count(self) -> dict[Handle, int]:
        """How many approve of each."""
        return dict(self._approvals)


def remember(hush: Hush, *, unanimous: bool) -> Hush:
    """One more round whose counts are not told."""
    return Hush(rounds=hush.rounds + 1, quiet=hush.quiet and unanimous)
