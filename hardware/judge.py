"""What makes sense of edges: pure, and told the time. It never looks at a clock by itself.

All that follows from the passing of time happens at its own moment, in order, no matter how late or how
often the time is told: the same edges give the same signals.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Iterator
from typing import Final

from msgspec import Struct

from hardware.signals import Signal

NEVER: Final = float("-inf")
"""A moment before all others."""


class Due(Struct, frozen=True):
    """Something that happens by the passing of time; at the same moment the lower rank goes first.

    Its act must see to it that it is not due again.
    """

    at: float
    rank: int
    act: Callable[[], None]

    def __lt__(self, other: "Due") -> bool:
        return (self.at, self.rank) < (other.at, other.rank)


class Judge(ABC):
    """Is told edges and the time, answers with signals.

    settle: seconds after the beginning in which everything is the noise of switching on.
    """

    def __init__(self, settle: float) -> None:
        self._settle = settle
        self._settled_at = NEVER
        self._now = NEVER
        self._errors = 0
        self._signals: list[Signal] = []

    @property
    def ready(self) -> bool:
        """Whether the noise of switching on is over."""
        return self._now >= self._settled_at

    @property
    def errors(self) -> int:
        """How many readings made no sense so far."""
        return self._errors

    @property
    @abstractmethod
    def trouble(self) -> str:
        """What needs a person, in words; empty when nothing does."""

    def begin(self, at: float, closed: Collection[str] = ()) -> None:
        """The contacts are watched from now on; these are closed already."""
        self._now = at
        self._settled_at = at + self._settle
        for contact in closed:
            self._turn_contact(contact, True, at)

    def edge(self, contact: str, closed: bool, at: float) -> list[Signal]:
        """A contact closed or opened at that moment; they are told in the order of their moments."""
        said = self.tick(at)
        self._turn_contact(contact, closed, at)
        return said

    def tick(self, at: float) -> list[Signal]:
        """All edges until then have been told; what does that mean?"""
        while (due := self._next()) is not None and due.at <= at:
            due.act()
        self._now = max(self._now, at)
        said, self._signals = self._signals, []
        return said

    def due(self) -> float | None:
        """When it wants to be told the time next, if no edge comes before; None for not at all."""
        due = self._next()
        moments = ([] if due is None else [due.at]) + ([] if self.ready else [self._settled_at])
        return min(moments, default=None)

    def _next(self) -> Due | None:
        return min(self._dues(), default=None)

    @abstractmethod
    def _turn_contact(self, contact: str, /, closed: bool, at: float) -> None:
        """The bare contact closed or opened; a repetition is no news."""

    @abstractmethod
    def _dues(self) -> Iterator[Due]:
        """All that will happen if nothing but time goes by."""
