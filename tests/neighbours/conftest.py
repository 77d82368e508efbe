"""Shops with real nats-servers on loopback: only the street between them is short."""

import os
import socket
import threading
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path

import pytest
from archipelago import Shore

from kiosk.commands import Refusal
from kiosk.open_lines import AT_ONCE
from kiosk.post import segments
from kiosk.wire.bridge import Taken
from kiosk.wire.identity import Identity, Presented, identity
from kiosk.wire.lines import Lines
from kiosk.wire.server import program

LONG = os.environ.get("KIOSK_LONG_LINES") == "1"
"""Whether what takes minutes is played whole; see docs/check.md."""


class Moored:
    """A shore with its server; letters come and go as they do in a kiosk, one at a time."""

    def __init__(self, shore: Shore, folder: Path, port: int) -> None:
        self.shore, self.folder, self.port = shore, folder, port
        folder.mkdir()
        self.me: Identity = identity(folder, shore.device, shore.signer.seed)
        self.known: dict[str, Presented] = {}
        self.lock = threading.Lock()
        self.lines: Lines | None = None
        self.took: list[str] = []

    @property
    def card(self) -> Presented:
        return Presented(self.shore.device, self.me.nkey, self.me.certificate, f"127.0.0.1:{self.port}")

    def outgoing(self, name: str, after: int) -> Sequence[tuple[int, str]]:
        with self.lock:
            neighbour = self.shore.state.neighbours[name]
            return list(islice(segments(neighbour, after, self.shore.find, self.shore.signer), AT_ONCE))

    def take(self, text: str) -> Taken:
        with self.lock:
            taken = self.shore.take(text)
            code = taken.code if isinstance(taken, Refusal) else "taken"
            self.took.append(code)
        return "later" if code == "gap" else "taken"

    def open(self) -> None:
        self.lines = Lines(
            self.folder,
            self.me,
            self.known,
            outgoing=self.outgoing,
            take=self.take,
            listen=f"127.0.0.1:{self.port}",
        )
        self.lines.start()

    def close(self) -> None:
        if self.lines is not None:
            self.lines.stop()

    def offer(self, to: "Moored", minutes: int, close: bool = True) -> bool:
        with self.lock:
            offered = not isinstance(self.shore.offer(to.shore, minutes), Refusal)
            if close:
                self.shore.close(to.shore)
        return offered

    def write(self, to: "Moored", count: int) -> None:
        """So many letters, not yet in a segment."""
        with self.lock:
            for _ in range(count):
                self.shore.tell(to.shore)

    def answer(self, to: "Moored") -> None:
        """What the post office does in a kiosk: what waits is put into a segment."""
        with self.lock:
            self.shore.close(to.shore)


def link(one: Moored, other: Moored, minutes: int = 10 * 60) -> None:
    for here, there in ((one, other), (other, one)):
        here.shore.link(there.shore, minutes)
        here.known[there.shore.name] = there.card
    for here, there in ((one, other), (other, one)):
        here.shore.close(there.shore)
    one.shore.hear_all(other.shore)
    other.shore.hear_all(one.shore)


def free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


@pytest.fixture
def harbour(tmp_path: Path) -> Iterator[Callable[[str], Moored]]:
    if program() is None:
        pytest.fail("nats-server is missing; make setup-dev installs it")
    made: list[Moored] = []

    def moor(name: str) -> Moored:
        number = len(made) + 10
        moored = Moored(Shore(name, number), tmp_path / f"k{number:x}", free_port())
        made.append(moored)
        return moored

    yield moor
    for each in made:
        each.close()
