"""Whose turn it is to write, where a shop has several kiosks: an answer from outside, as one kiosk can't know it.

Swaps, coins and what else simply adds up is written by each kiosk at once. Everything else is written one after
another in the whole building: the kiosk must win the next turn, and must have heard of all before. How turns are
won is not said here; `kiosk.wire` asks a server in the building.
"""

from collections.abc import Callable
from typing import Literal, NamedTuple, Protocol

from kiosk.amounts import EntryId, Handle

Claimed = Literal["won", "lost", "unheard"]
"""It is ours; it is another kiosk's; nobody could be asked."""


class BoothsThere(NamedTuple):
    """Which other kiosks take ballots of the vote that was opened here, of which of them nothing is heard, which
    ever said that they do, and which did not when they were asked, the latest last."""

    at: tuple[str, ...] = ()
    silent: tuple[str, ...] = ()
    asked: frozenset[str] = frozenset()
    missed: tuple[str, ...] = ()


class Turns(Protocol):
    """What a kiosk asks about the others. None of these waits for long; who is not heard in time is unheard."""

    def take(self, number: int, without: str = "", /) -> Claimed:
        """Win a turn, if nobody has. One that this kiosk has won already is won.

        without: the kiosk that is taken off with this turn; it is not waited for, and what it has won is free.
        """

    def holder(self, number: int, /) -> str | None:
        """The kiosk that has won a turn; "" for nobody, None where nobody could be asked."""

    def ballot(self, opened: EntryId, handle: Handle, /) -> Claimed:
        """Win the one ballot of a person in a vote. One that began at this kiosk is won again there."""

    def open_round(self, opened: EntryId, /) -> Claimed:
        """Bind a vote that was just opened here to the claims that are kept now, before the first ballot."""

    def close_round(self, opened: EntryId, /) -> None:
        """The vote is over, or void: its claims may be thrown away. Twice does no harm."""

    def generation(self) -> str:
        """Which claims are kept: another one after they were lost; "" where nobody could be asked."""

    def knows_more(self) -> bool:
        """Whether another kiosk has more of what was written here than there is: then this one was put back."""

    def ask(self, device: str, question: bytes, /) -> bytes | None:
        """Ask another kiosk, from memory to memory; None where it does not answer."""

    def ask_soon(self, device: str, question: bytes, told: Callable[[bytes | None], None], /) -> None:
        """The same without waiting. told: called with the answer, from any thread."""


class Alone:
    """The turns of a kiosk that is the only one: always its own."""

    def take(self, _number: int, _without: str = "", /) -> Claimed:
        """Ours."""
        return "won"

    def holder(self, _number: int, /) -> str | None:
        """Nobody, until it is taken."""
        return ""

    def ballot(self, _opened: EntryId, _handle: Handle, /) -> Claimed:
        """The box itself knows who has voted."""
        return "won"

    def open_round(self, _opened: EntryId, /) -> Claimed:
        """There is nothing to be bound to."""
        return "won"

    def close_round(self, _opened: EntryId, /) -> None:
        """Nothing was kept."""

    def generation(self) -> str:
        """None."""
        return ""

    def knows_more(self) -> bool:
        """Nobody does."""
        return False

    def ask(self, _device: str, _question: bytes, /) -> bytes | None:
        """Nobody answers."""
        return None

    def ask_soon(self, _device: str, _question: bytes, _told: Callable[[bytes | None], None], /) -> None:
        """Nobody is asked."""


ALONE = Alone()
