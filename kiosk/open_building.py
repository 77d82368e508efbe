"""The other kiosks of the house, as long as the record has any: what a turn, a ballot and a batch ask of the wire.

Without an answer nothing is decided here, and nothing stops that needs none: swaps and coins go on.
"""

import logging
import threading
import time
from collections.abc import Callable, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.amounts import EntryId, Handle
from kiosk.badge_key import BadgeKey
from kiosk.batch import sender
from kiosk.box import KioskHow
from kiosk.commands import Command, PassTurn, TakeEntries
from kiosk.letters import Wire
from kiosk.sealing.note import Signer, Verifier, read_verifier
from kiosk.state import State, alive
from kiosk.store import Store
from kiosk.traces import trace
from kiosk.turns import Claimed
from kiosk.visit.ground import Answered
from kiosk.wire import engine_there

if TYPE_CHECKING:  # an extra: the kiosk runs without it
    from kiosk.wire.bridge import Taken
    from kiosk.wire.building import Building, Keeping, Kept
    from kiosk.wire.building_conf import Kiosk
    from kiosk.wire.copies import Batches
    from kiosk.wire.identity import Identity

log = logging.getLogger(__name__)

FOLDER = "building"
"""In the data folder; it may be deleted whenever no kiosk runs, but for the certificate and its key."""

LOOKS = 1.0
"""Seconds between two looks at who is of the house."""

PATIENCE = 30.0
"""Seconds for the house to answer."""

AT_ONCE = 16
"""Batches that are made at a time."""

WELL = ("known", "")
BAD = ("stranger", "no batch", "two stories")
"""Refusals of a batch that will never be taken."""

Book = Callable[[Command, Callable[[Answered], None]], None]

Answering = Callable[[str, bytes], bytes | None]
"""What this kiosk answers to another one of the shop."""


class Together:
    """A thread that keeps the wire of the house as the record and the settings want it; the turns of its kiosks.

    listen: host:port where the others reach us, if the claims are kept here; "" for elsewhere. at: where they are
    kept, if that is not where the record says; "" for there.
    """

    def __init__(
        self, folder: Path, store: Store, signer: Signer, key: BadgeKey, *, listen: str = "", at: str = ""
    ) -> None:
        self._folder, self._store, self._signer, self._key = folder / FOLDER, store, signer, key
        self._listen, self._at = listen, at
        self._ground: _Ground | None = None
        self._wire: Building | None = None
        self._where: Keeping | Kept | None = None
        self._stands: dict[str, tuple[int, float]] = {}
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._live, name="together", daemon=True)

    def start(
        self, state: Callable[[], State], book: Book, answering: Answering = lambda _device, _asked: None
    ) -> None:
        """Begin. Never raises: a kiosk that can reach nobody is alone, and works."""
        self._ground = _Ground(self._store, self._signer, state, book, answering)
        self._thread.start()

    def stop(self) -> None:
        """End; may be called twice."""
        self._over.set()
        if self._thread.is_alive():
            self._thread.join(timeout=30)
        self._close()

    # --- the turns of the house -----------------------------------------------------------------------------

    def take(self, number: int, without: str = "", /) -> Claimed:
        """Win a turn, also one of a kiosk that is taken off with it."""
        return self._wire.take(number, without) if self._wire is not None else "unheard"

    def holder(self, number: int, /) -> str | None:
        """Who has won it; "" for nobody, None when nobody knows."""
        return self._wire.holder(number) if self._wire is not None else None

    def ballot(self, opened: EntryId, handle: Handle, /) -> Claimed:
        """Begin somebody's ballot."""
        return self._wire.ballot(opened, handle) if self._wire is not None else "unheard"

    def open_round(self, opened: EntryId, /) -> Claimed:
        """Mark a vote by badge as open."""
        return self._wire.open_round(opened) if self._wire is not None else "unheard"

    def close_round(self, opened: EntryId, /) -> None:
        """It is over."""
        if self._wire is not None:
            self._wire.close_round(opened)

    def generation(self) -> str:
        """Of the claims that are kept; "" while they are not reached."""
        return self._wire.generation() if self._wire is not None else ""

    def knows_more(self) -> bool:
        """Whether this kiosk was put back, as far as it was heard."""
        wire, ground = self._wire, self._ground
        if wire is None or ground is None:
            return False
        others = alive(ground.state().kiosks.values(), self._store.device)
        return any(wire.has_of_us(each.device) > self._store.last_number for each in others)

    def ask(self, device: str, question: bytes, /) -> bytes | None:
        """Ask another kiosk of the shop; both say it with the key that the record names."""
        wire, ground = self._wire, self._ground
        if wire is None or ground is None:
            return None
        from kiosk.wire.asking import question as as_question
        from kiosk.wire.asking import read_answer

        asked = as_question(self._store.device, device, question, self._signer)
        said = wire.ask(device, asked)
        return read_answer(said, asked, ground.key_of(device)) if said else None

    def ask_soon(self, device: str, question: bytes, told: Callable[[bytes | None], None], /) -> None:
        """The same without waiting."""
        wire, ground = self._wire, self._ground
        if wire is None or ground is None:
            told(None)
            return
        from kiosk.wire.asking import question as as_question
        from kiosk.wire.asking import read_answer

        asked = as_question(self._store.device, device, question, self._signer)

        def heard(said: bytes | None) -> None:
            told(read_answer(said, asked, ground.key_of(device)) if said else None)

        wire.ask_soon(device, asked, heard)

    # --- how it is ------------------------------------------------------------------------------------------

    def look(self) -> tuple[KioskHow, ...]:
        """The other kiosks, and how long ago each was heard; from any thread."""
        wire, ground = self._wire, self._ground
        if ground is None:
            return ()
        state = ground.state()
        others = alive(state.kiosks.values(), self._store.device)
        return tuple(
            KioskHow(
                each.name,
                _whole(wire.reached(each.device)) if wire is not None else None,
                state.taken[each.device].forked if each.device in state.taken else False,
                each.device in ground.unread,
                wire is not None and wire.has_of_us(each.device) > self._store.last_number,
                self._behind(each.device, time.monotonic()),
            )
            for each in others
        )

    def _behind(self, device: str, now: float) -> int:
        """Whole seconds since something of a kiosk came in that wrote more; 0 where nothing is missing."""
        known = self._stands.get(device)
        return 0 if known is None else int(now - known[1])

    def _watch(self, now: float) -> None:
        """Whether what the others wrote comes in."""
        wire, ground = self._wire, self._ground
        if wire is None or ground is None:
            return
        for each in alive(ground.state().kiosks.values(), self._store.device):
            taken = ground.taken(each.device)
            if wire.wrote(each.device) <= taken:
                self._stands.pop(each.device, None)
            elif self._stands.get(each.device, (None,))[0] != taken:
                self._stands[each.device] = (taken, now)

    @property
    def trouble(self) -> str:
        """Why the claims can't be kept here, as nats-server says it; "" when all is well."""
        return self._wire.trouble if self._wire is not None else ""

    # --- the thread -----------------------------------------------------------------------------------------

    def _live(self) -> None:
        if not engine_there():
            return
        while True:
            try:
                self._look()
                self._watch(time.monotonic())
            except Exception as error:
                log.error("the wire of the house stumbled: %s", trace(error))
            if self._over.wait(LOOKS):
                return

    def _look(self) -> None:
        assert self._ground is not None
        where = self._wanted()
        if where == self._where:
            return
        self._close()
        us = identity_here(self._folder, self._store.device, self._signer, self._listen) if where else None
        if us is None or where is None:
            return
        from kiosk.wire.building import Building

        self._ground.us = us
        self._wire = Building(self._folder, us, where, self._ground, self._token)
        self._wire.start()
        self._where = where

    def _wanted(self) -> "Keeping | Kept | None":
        """Where the claims are: here, or at a kiosk whose certificate is one of the house's."""
        assert self._ground is not None
        others = alive(self._ground.state().kiosks.values(), self._store.device)
        wires = [each.wire for each in others if each.wire is not None]
        if not self._listen and not wires:
            return None  # Most kiosks are alone; the engine's library is large, and is not loaded for none.
        from kiosk.wire.building import Keeping, Kept
        from kiosk.wire.identity import from_base64

        if self._listen:
            return Keeping(self._listen)
        at = self._at or next((each.at for each in wires if each.at), "")
        return Kept(at, "".join(from_base64(each.certificate) for each in wires)) if at else None

    def _close(self) -> None:
        wire, self._wire, self._where = self._wire, None, None
        if wire is not None:
            wire.stop()

    def _token(self, opened: str, person: str) -> str:
        return self._key.hash("ballot", f"{opened}\0{person}".encode())


class _Ground:
    """What the wire needs of this kiosk."""

    def __init__(
        self, store: Store, signer: Signer, state: Callable[[], State], book: Book, answering: Answering
    ) -> None:
        self._store, self._signer, self.state, self._book = store, signer, state, book
        self._answering = answering
        self.us: Identity | None = None
        self.unread: frozenset[str] = frozenset()

    def kiosks(self) -> "Sequence[Kiosk]":
        from kiosk.wire.building_conf import Kiosk
        from kiosk.wire.identity import from_base64

        assert self.us is not None
        here = self.state().kiosks.get(self.us.device)
        us = Kiosk(self.us.device, self.us.nkey, self.us.certificate, here.claims if here else "")
        others = alive(self.state().kiosks.values(), self.us.device)
        shown = [(each, each.wire) for each in others]
        return (
            us,
            *(
                Kiosk(each.device, wire.nkey, from_base64(wire.certificate), each.claims)
                for each, wire in shown
                if wire is not None
            ),
        )

    def last_turn(self) -> int:
        return self.state().turn

    def last(self) -> int:
        return self._store.last_number

    def taken(self, device: str) -> int:
        known = self.state().taken.get(device)
        return known.number if known is not None else 0

    def outgoing(self, after: int) -> "Batches":
        found = islice(self._store.batches(after, self._signer), AT_ONCE)
        return [(each.first, each.last, each.text) for each in found]

    def take(self, text: str) -> "Taken":
        answered = self._ask(TakeEntries(text))
        if answered is None or answered.failed:
            return "later"
        code = answered.refusal.code if answered.refusal is not None else ""
        if code in BAD:
            log.warning("a batch of another kiosk was refused: %s", code)
        device = sender(text)
        self.unread = self.unread | {device} if code == "no batch" else self.unread - {device}
        return "taken" if code in (*WELL, *BAD) else "later"

    def pass_turn(self) -> None:
        self._ask(PassTurn())

    def answer(self, question: bytes, /) -> bytes | None:
        from kiosk.wire.asking import answer, read_question

        read = read_question(question, self._store.device, self.key_of)
        said = self._answering(*read) if read is not None else None
        return answer(question, said, self._signer) if said is not None else None

    def key_of(self, device: str) -> Verifier | None:
        """The key of another kiosk of the shop that is not taken off."""
        for each in alive(self.state().kiosks.values(), self._store.device):
            if each.device == device:
                key = read_verifier(each.key)
                return key if isinstance(key, Verifier) else None
        return None

    def _ask(self, command: Command) -> Answered | None:
        came = threading.Event()
        told: list[Answered] = []

        def answered(answer: Answered) -> None:
            told.append(answer)
            came.set()

        self._book(command, answered)
        return told[0] if came.wait(PATIENCE) else None


def identity_here(folder: Path, device: str, signer: Signer, listen: str = "") -> "Identity | None":
    """How this kiosk is known to the others of the house. folder: the wire's."""
    from kiosk.wire.identity import NoCertificateError, identity

    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        return identity(folder, device, signer.seed, listen.rpartition(":")[0])
    except NoCertificateError as error:
        log.warning("alone: %s", error)
        return None


def as_wire(us: "Identity", listen: str = "") -> Wire:
    """The same, as the record says it."""
    from kiosk.wire.identity import in_base64

    return Wire(us.nkey, in_base64(us.certificate), listen)


def _whole(seconds: float | None) -> int | None:
    return None if seconds is None else int(seconds)
