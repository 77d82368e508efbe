"""What is owed to the record while the card is ill: what has happened is kept in mind until it is written."""

import logging
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager

from kiosk.commands import Command, NoteProgram, Refusal, TakeCoin
from kiosk.core import Booked, Core
from kiosk.store.errors import StoreError
from kiosk.views.card import CARD, card_state
from kiosk.visit.hearing import DeviceTold
from kiosk.visit.voting import TRIES_AGAIN

log = logging.getLogger(__name__)

SETTLES = 20_000
"""Milliseconds between two tries to find out whether a turn is left over, while the other kiosks are not heard."""


class Owing:
    """Asks the core, and tries again by itself what could not be written and can't be refused.

    waiting: around all that writes. told: called with how the card is. gate: called with whether coins may be let
    in. stumbled: called with what went wrong that is not the card's.
    """

    def __init__(
        self,
        core: Core,
        *,
        waiting: Callable[[], AbstractContextManager[None]],
        told: Callable[[DeviceTold], None],
        gate: Callable[[bool], None],
        stumbled: Callable[[str, Exception], None],
    ) -> None:
        self._core = core
        self._waiting = waiting
        self._told = told
        self._gate = gate
        self._stumbled = stumbled
        self._coins: list[TakeCoin] = []
        self._unnoted: NoteProgram | None = None
        self._tries_at = 0
        self._settles_at = 0
        self.card_ill = False

    def ask(self, command: Command) -> Booked | Refusal:
        """Ask the core. Raises StoreError when it could not be written; a coin that fell is owed from then on."""
        try:
            with self._waiting():
                verdict = self._core.handle(command)
        except Exception as trouble:
            if isinstance(trouble, StoreError):
                log.warning("could not write %s: %s", type(command).__name__, trouble)
                self.card_is_ill(trouble)
            if isinstance(command, TakeCoin):
                self.owe(command)
            raise
        if isinstance(verdict, Booked):
            self._card_is_well()
        return verdict

    def note(self, program: NoteProgram) -> None:
        """Write it down; with an ill card as soon as it can be."""
        self._unnoted = None
        try:
            self.ask(program)
        except StoreError:
            self._unnoted = program

    def owe(self, coin: TakeCoin) -> None:
        """A coin that fell is never refused: it is kept in mind until it is written, and no other is let in."""
        self._coins.append(coin)
        self._gate(False)

    def hand_over(self, take: Callable[[Sequence[TakeCoin]], None]) -> None:
        """To whoever writes it elsewhere; what can't be taken stays owed."""
        if self._coins:
            take(tuple(self._coins))
            self._coins.clear()

    def pass_time(self, now: int) -> None:
        """What could not be written down is tried again. now: monotonic milliseconds."""
        if self.card_ill and now >= self._tries_at:
            self._try_card()
        if self._coins:
            self._book_coins()
        if self._unnoted is not None and not self.card_ill:
            self.note(self._unnoted)
        if self._core.unsettled and not self.card_ill and now >= self._settles_at:
            self._settles_at = now + SETTLES
            self._settle()

    def _settle(self) -> None:
        """A turn that was won and not used is owed to the other kiosks."""
        try:
            with self._waiting():
                self._core.settle()
        except StoreError as trouble:
            self.card_is_ill(trouble)

    def card_is_ill(self, trouble: StoreError) -> None:
        """An alarm, and no coin is let in, until something can be written again; that is tried by itself."""
        self.card_ill = True
        self._tries_at = self._core.now().mono + TRIES_AGAIN
        self._told(DeviceTold(device=CARD, state=card_state(trouble), detail=str(trouble)))
        self._gate(False)

    def _card_is_well(self) -> None:
        if self.card_ill:
            self.card_ill = False
            self._told(DeviceTold(device=CARD, state="ready", detail=""))
        self._gate(not self._coins)

    def _try_card(self) -> None:
        try:
            with self._waiting():
                self._core.record.try_writing()
        except StoreError as trouble:
            self.card_is_ill(trouble)
        else:
            self._card_is_well()

    def _book_coins(self) -> None:
        try:
            with self._waiting():
                while self._coins:
                    self._core.handle(self._coins[0])
                    self._coins.pop(0)
        except StoreError as trouble:
            self.card_is_ill(trouble)
        except Exception as error:
            self._stumbled("a coin that fell can’t be written down yet", error)
        else:
            self._card_is_well()
