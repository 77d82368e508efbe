"""Real kiosks of one shop, without a screen: house, store, rules, signatures, and the wire between them."""

import contextlib
import os
import signal
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from kiosks import HANDS, PEOPLE, badge_of

from kiosk.badge_key import BadgeKey
from kiosk.clock import SystemClock
from kiosk.commands import AddKiosk, Command, NewBadge, Refusal
from kiosk.commands import Found as FoundShop
from kiosk.core import Core
from kiosk.faces import Face
from kiosk.house import House
from kiosk.invitation import Invitation, complete, join, prepare
from kiosk.invited import lying
from kiosk.open_building import FOLDER, Together, as_wire, identity_here
from kiosk.seal_key import seal_key
from kiosk.state import State, restore
from kiosk.store import Reader, Store
from kiosk.visit.ground import Answered
from kiosk.visit.step import Tick

from .conftest import eventually

OWN = ("taken", "restored", "program")
"""Tables that each kiosk has of its own: how far it has heard the others, and how its box is."""


class Real:
    """A kiosk on a data folder. listen: where it keeps the claims for all."""

    def __init__(self, folder: Path, listen: str = "") -> None:
        self.folder, self.listen = folder, listen
        self.stairs = contextlib.ExitStack()
        self.start()

    def start(self) -> None:
        self.store = self.stairs.enter_context(Store.open(self.folder))
        self.device = self.store.device
        key = BadgeKey.of(self.folder, may_make=self.store.next_number == 1)
        signer = seal_key(self.folder, self.device, may_make=True)
        assert signer is not None
        self.signer = signer
        self.together = Together(self.folder, self.store, signer, key, listen=self.listen)
        self.core = Core(self.store, restore(self.store.tables()), SystemClock(), self.together)
        self.faces: list[Face] = []
        self.house = House(self.core, "Canal Street", show=self.faces.append, invited=lambda: lying(self.folder))
        self.house.start()
        self.stairs.callback(self.house.stop)
        self.together.start(lambda: self.core.state, self.house.book, self.house.answer)
        self.stairs.callback(self.together.stop)

    def stop(self) -> None:
        self.stairs.close()

    def shows(self, words: str) -> bool:
        """Whether the screen says this; some seconds have passed."""
        self.house.hear(Tick())
        return words in repr(self.faces[-1:])

    def kill_server(self) -> None:
        """The one that keeps the claims."""
        eventually(lambda: self._server() > 0)
        pid = self._server()
        assert pid > 0
        os.kill(pid, signal.SIGKILL)

    def _server(self) -> int:
        wire = self.together._wire
        return wire.server.pid if wire is not None and wire.server is not None else 0

    @property
    def state(self) -> State:
        return self.core.state

    def ask(self, command: Command) -> Answered:
        came, told = threading.Event(), list[Answered]()

        def answered(answer: Answered) -> None:
            told.append(answer)
            came.set()

        self.house.book(command, answered)
        assert came.wait(20)
        return told[0]

    def code(self, command: Command) -> str:
        """Why it was refused; "" where it was booked."""
        refusal: Refusal | None = self.ask(command).refusal
        return refusal.code if refusal else ""

    def shared(self) -> dict[str, dict[str, Any]]:
        """The documents that all kiosks of a shop have alike."""
        return {name: dict(table) for name, table in self.store.tables().items() if name not in OWN and table}

    def invite(self, stick: Path, name: str) -> None:
        """As `kiosk building invite` does, with the hands that tap at the screen."""
        us = identity_here(self.folder / FOLDER, self.device, self.signer, self.listen)
        assert us is not None
        invited = prepare(stick, name, "by the door", str(self.signer.verifier), as_wire(us, self.listen))
        add = AddKiosk(
            invited.device,
            invited.name,
            invited.key,
            HANDS,
            invited.here_name,
            invited.here_key,
            invited.wire,
            invited.here_wire,
        )
        assert self.code(add) == ""
        with Reader.open(self.folder) as reader:
            complete(stick, invited, reader, self.folder, self.signer)


def founded(kiosk: Real) -> None:
    who = tuple((name, NewBadge(badge_of(name), "tag")) for name in PEOPLE[:3])
    assert kiosk.code(FoundShop(who)) == ""


def joined(stick: Path, folder: Path) -> Real:
    """As `kiosk building join` does."""
    said = join(stick, folder)
    assert isinstance(said, Invitation), said
    return Real(folder)


def patiently(kiosk: Real, command: Command, wait: Callable[[float], object]) -> str:
    """Ask again where the other kiosk is just writing, or not heard; how often somebody would."""
    for _ in range(100):
        code = kiosk.code(command)
        if code not in ("other kiosk", "unheard"):
            return code
        wait(0.1)
    return code
