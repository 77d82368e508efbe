"""A vote in progress, in memory only: no order, no times, nobody's name beside what they pressed, no file."""

from bisect import insort
from collections.abc import Sequence
from typing import Literal

from kiosk.amounts import Handle
from kiosk.commands import Hush
from kiosk.events import Counts

Answer = Literal["yes", "no", "abstain"]

Taken = Literal["counted", "dropped", "resting", "full", "no ballot"]
"""What became of a press: it counts; with it the ballot dropped; the buttons were resting after the one before;
everybody has pressed; nobody's ballot is open."""

REST = 1_000
"""Milliseconds after a press in which the buttons rest: one finger is not two people. The same for every button."""


TOGETHER = 400
"""Milliseconds in which another button going down takes a press back: a hand on all three is nobody's vote."""


class ShowOfHands:
    """N people present, N presses, one after another.

    people: how many may press. opened: when, in milliseconds on the monotonic clock; the buttons rest first, since
    the one that opened the vote may be pressed twice.
    """

    def __init__(self, people: int, opened: int | None = None) -> None:
        self._people = people
        self._counts = dict.fromkeys(("yes", "no", "abstain"), 0)
        self._rests = 0
        self._fresh: tuple[Answer, int] | None = None
        if opened is not None:
            self.rest(opened)

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
        self._fresh = (answer, now)
        self.rest(now)
        return "counted"

    def rest(self, now: int) -> None:
        """Let the buttons rest from now on."""
        self._rests = now + REST

    def take_back(self, now: int) -> bool:
        """Other buttons went down too; whether that takes the last press back."""
        self.settle(now)
        if self._fresh is None:
            return False
        self._counts[self._fresh[0]] -= 1
        self._fresh = None
        return True

    def settle(self, now: int) -> None:
        """Forget which press was the last, once it can't be taken back any more."""
        if self._fresh is not None and now - self._fresh[1] > TOGETHER:
            self._fresh = None

    def count(self) -> Counts:
        """The three counts."""
        return Counts(**self._counts)


Begun = Literal["open", "voted already", "not on the roll", "counting"]
"""What became of a badge: its ballot is open; it has had its ballot; it takes no part in this round; it comes too
late, since the ballots are being counted."""

WALKED_OFF = 30_000
"""Milliseconds without a press after which a ballot that was begun is forgotten: its owner has walked off."""


class Approvals:
    """One badge, one ballot: a press for each candidate, yes to approve; no and abstain both leave it unapproved.

    candidates: in the order in which they come up, the same for everybody. roll: who may take part.

    Kept are who on the roll has had a ballot, and the ballots in an order that says nothing of who dropped them.
    Whose ballot is open is known while it is open; with the last press, or once left, nothing ties it to them.
    """

    def __init__(self, candidates: Sequence[str], roll: Sequence[Handle]) -> None:
        self._candidates = tuple(candidates)
        self._roll = tuple(roll)
        # A ballot is a number with a bit for each candidate, and all are kept sorted; the roll is only ticked. So
        # whatever order people come in, the same ballots of the same people make the same box, to the byte.
        self._ticked = [False] * len(self._roll)
        self._ballots: list[int] = []
        self._elsewhere = 0
        self._rests = 0
        self._shut = False
        self.forget()

    def forget(self) -> None:
        """Forget the ballot that is open, if any: its owner may begin again."""
        self._whose: int | None = None
        self._up = 0
        self._approved = 0
        self._alive = 0

    @property
    def pressed(self) -> int:
        """How many have pressed for every candidate: their ballots have dropped, here or at another kiosk."""
        return len(self._ballots) + self._elsewhere

    @property
    def inside(self) -> int:
        """How many ballots lie in this box."""
        return len(self._ballots)

    @property
    def up(self) -> int | None:
        """Which candidate is up, from 0; None while no ballot is open."""
        return None if self._whose is None else self._up

    @property
    def rests(self) -> int:
        """Until when the buttons rest, in milliseconds on the monotonic clock."""
        return self._rests

    @property
    def is_shut(self) -> bool:
        """Whether no ballot is taken any more."""
        return self._shut

    def shut(self) -> None:
        """Take no ballot any more: something is known of those inside, and who voted now would vote knowing it."""
        self.forget()
        self._shut = True

    @property
    def full(self) -> bool:
        """Whether all on the roll have had their ballot."""
        return self.pressed >= len(self._roll)

    def begin(self, handle: Handle, now: int) -> Begun:
        """Open somebody's ballot, from the first candidate; one that was open is forgotten, also their own.

        That holds for any badge: after another's tap nobody goes on pressing for whoever tapped before.
        now: milliseconds on the monotonic clock.
        """
        self.forget()
        if self._shut:
            return "counting"
        if handle not in self._roll:
            return "not on the roll"
        place = self._roll.index(handle)
        if self._ticked[place]:
            return "voted already"
        self._whose, self._alive = place, now
        return "open"

    def press(self, answer: Answer, now: int) -> Taken:
        """Take one press for the candidate that is up. now: milliseconds on the monotonic clock."""
        self.leave(now)
        if self._whose is None:
            return "no ballot"
        if now < self._rests:
            return "resting"
        self._approved |= (answer == "yes") << self._up
        self._up += 1
        self._rests = now + REST
        self._alive = now
        if self._up < len(self._candidates):
            return "counted"
        self._ticked[self._whose] = True
        insort(self._ballots, self._approved)
        self.forget()
        return "dropped"

    def leave(self, now: int) -> bool:
        """Forget a ballot that nobody has pressed for in a while; True when there was one. now: as above."""
        left = self._whose is not None and now - self._alive >= WALKED_OFF
        if left:
            self.forget()
        return left

    def ballots(self) -> tuple[frozenset[str], ...]:
        """What was approved of, ballot by ballot, in an order that says nothing; not the ballot that is open."""
        return tuple(
            frozenset(each for place, each in enumerate(self._candidates) if ballot >> place & 1)
            for ballot in self._ballots
        )

    # --- where other kiosks have a box of the same vote ---

    def count_elsewhere(self, count: int) -> None:
        """How many ballots lie in the other boxes."""
        self._elsewhere = count

    def hand_over(self, *, level: bool) -> tuple[int, ...]:
        """Shut the box and empty it: what was in it goes to the kiosk where the vote was opened.

        level: where only the sums count, only these go: what is handed over has the same, and says nothing of who
        was approved of together.
        """
        self.shut()
        handed = levelled(self._ballots, len(self._candidates)) if level else tuple(self._ballots)
        self._elsewhere += len(self._ballots)
        self._ballots = []
        return handed

    def fits(self, ballots: Sequence[int]) -> bool:
        """Whether these can have been in another box of this vote."""
        possible = all(0 <= each < 1 << len(self._candidates) for each in ballots)
        return possible and len(self._ballots) + len(ballots) <= len(self._roll)

    def take_in(self, ballots: Sequence[int]) -> None:
        """Put in what was handed over; from here on nobody knows in which box it was."""
        for each in ballots:
            insort(self._ballots, each)


def levelled(ballots: Sequence[int], candidates: int) -> tuple[int, ...]:
    """As many ballots with the same sum for each candidate, and nothing else in common with these."""
    sums = [sum(ballot >> place & 1 for ballot in ballots) for place in range(candidates)]
    return tuple(
        sum((nth < approving) << place for place, approving in enumerate(sums)) for nth in range(len(ballots))
    )


def remember(hush: Hush, *, unanimous: bool) -> Hush:
    """One more round whose counts are not told."""
    return Hush(rounds=hush.rounds + 1, quiet=hush.quiet and unanimous)
