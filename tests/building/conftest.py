"""Kiosks of one house with a real nats-server on loopback. What stands in their records is a list here: the wire
must not care what it carries."""

import hashlib
import os
import shutil
import signal
import socket
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from kiosk.wire.bridge import Taken
from kiosk.wire.building import Building, Keeping, Kept
from kiosk.wire.building_conf import Kiosk
from kiosk.wire.copies import Batches
from kiosk.wire.identity import Identity, identity
from kiosk.wire.server import program


class Room:
    """A kiosk: what it wrote and what it has heard of the others, one line an entry; how far the turns are."""

    def __init__(self, folder: Path, device: str) -> None:
        folder.mkdir()
        self.folder, self.device = folder, device
        self.me: Identity = identity(folder, device, device.encode().ljust(32))
        self.wrote: list[str] = []
        self.heard: dict[str, list[str]] = {}
        self.house: list[Kiosk] = []
        self.turn = 0
        self.passed: list[int] = []
        self.takes = True
        self.lock = threading.Lock()
        self.wire: Building | None = None
        self.kind = Building

    @property
    def card(self) -> Kiosk:
        return Kiosk(self.device, self.me.nkey, self.me.certificate)

    def added_in(self, generation: str) -> Kiosk:
        return Kiosk(self.device, self.me.nkey, self.me.certificate, generation)

    def token(self, opened: str, person: str) -> str:
        return hashlib.sha256(f"{opened} {person}".encode()).hexdigest()

    def open(self, where: Keeping | Kept) -> Building:
        self.wire = self.kind(self.folder, self.me, where, self, self.token)
        self.wire.start()
        return self.wire

    def close(self) -> None:
        if self.wire is not None:
            self.wire.stop()
            self.wire = None

    # --- what the wire needs of a kiosk -----------------------------------------------------------------------

    def kiosks(self) -> Sequence[Kiosk]:
        return tuple(self.house)

    def last_turn(self) -> int:
        return self.turn

    def last(self) -> int:
        return len(self.wrote)

    def taken(self, device: str) -> int:
        return len(self.heard.get(device, ()))

    def outgoing(self, after: int) -> Batches:
        lines = self.wrote[after : after + 7]
        return [(after + 1, after + len(lines), f"{self.device} {after + 1} {' '.join(lines)}")] if lines else []

    def take(self, text: str) -> Taken:
        device, first, *lines = text.split(" ")
        with self.lock:
            known = self.heard.setdefault(device, [])
            if not self.takes or int(first) > len(known) + 1:
                return "later"
            known.extend(lines[len(known) + 1 - int(first) :])
        return "taken"

    def pass_turn(self) -> None:
        assert self.wire is not None
        if self.wire.take(self.turn + 1) == "won":
            self.turn += 1
            self.passed.append(self.turn)

    def answer(self, question: bytes) -> bytes | None:
        return b"from " + self.device.encode() + b": " + question


class House:
    """Two kiosks or more; the first keeps the claims."""

    def __init__(self, tmp_path: Path, count: int = 2) -> None:
        with socket.socket() as asked:
            asked.bind(("127.0.0.1", 0))
            self.at = f"127.0.0.1:{asked.getsockname()[1]}"
        self.rooms = [Room(tmp_path / f"k{number}", f"k{number}") for number in range(1, count + 1)]
        for room in self.rooms:
            room.house = [each.card for each in self.rooms]

    @property
    def keeper(self) -> Room:
        return self.rooms[0]

    def where(self, room: Room) -> Keeping | Kept:
        return Keeping(self.at) if room is self.keeper else Kept(self.at, self.keeper.me.certificate)

    def open(self) -> list[Building]:
        wires = [room.open(self.where(room)) for room in self.rooms]
        for wire in wires:
            eventually(lambda wire=wire: wire.is_open)
        return wires

    def close(self) -> None:
        for room in self.rooms[::-1]:
            room.close()

    def wipe(self) -> None:
        """Kill it, and everything that it kept is gone."""
        self.kill(lambda: shutil.rmtree(self.keeper.folder / "js"))

    def kill(self, meanwhile: Callable[[], None] = lambda: None) -> None:
        """Kill the server, with something done to its store that it does not notice, and wait for the next."""
        killed = self.server
        assert killed > 0
        os.kill(killed, signal.SIGSTOP)
        meanwhile()
        os.kill(killed, signal.SIGKILL)
        eventually(lambda: self.server not in (0, killed))
        for room in self.rooms:
            if room.wire is not None:
                eventually(lambda wire=room.wire: wire.is_open)

    @property
    def server(self) -> int:
        """The number of the server's process."""
        assert self.keeper.wire is not None
        assert self.keeper.wire.server is not None
        pid = self.keeper.wire.server.pid
        assert pid >= 0
        return pid


def eventually(true: Callable[[], bool], patience: float = 30.0) -> None:
    until = time.monotonic() + patience
    while not true():
        assert time.monotonic() < until, "it did not come in time"
        time.sleep(0.02)


@pytest.fixture
def house(tmp_path: Path) -> Iterator[Callable[..., House]]:
    if program() is None:
        pytest.fail("nats-server is missing; make setup-dev installs it")
    made: list[House] = []

    def build(count: int = 2) -> House:
        made.append(House(tmp_path, count))
        return made[-1]

    yield build
    for each in made:
        each.close()
