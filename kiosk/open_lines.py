"""Lines to neighbours, as long as they are neighbours: opened, closed and opened anew as the record says.

The engine is an extra (`pip install commons-kiosk[neighbours]`, and nats-server). Without it a kiosk says that it
is alone, and lacks nothing but speed.
"""

import importlib.util
import logging
import threading
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.amounts import EntryId
from kiosk.events import Found
from kiosk.letters import Wire
from kiosk.post import segments
from kiosk.post_office import GONE
from kiosk.sealing.note import Signer
from kiosk.state import Neighbour, State
from kiosk.traces import trace
from kiosk.visit import Answered

if TYPE_CHECKING:  # an extra: the kiosk runs without it
    from kiosk.wire.bridge import Taken
    from kiosk.wire.identity import Identity, Presented
    from kiosk.wire.lines import Lines

log = logging.getLogger(__name__)

LOOKS = 1.0
"""Seconds between two looks at who is a neighbour."""

FOLDER = "wire"
"""In the data folder; it may be deleted whenever no kiosk runs, but for the certificate and its key."""


def engine_there() -> bool:
    """Whether the extra is installed."""
    return all(importlib.util.find_spec(name) is not None for name in ("nats", "nkeys"))


class OpenLines:
    """A thread that keeps the lines as the record has the neighbours.

    listen: host:port where others dial us; "" for nowhere. take: gives a segment to the house and waits.
    """

    def __init__(
        self,
        folder: Path,
        device: str,
        signer: Signer,
        *,
        state: Callable[[], State],
        find: Callable[[EntryId], Found | None],
        take: Callable[[str], Answered | None],
        listen: str = "",
    ) -> None:
        self._folder, self._device, self._signer, self._listen = folder / FOLDER, device, signer, listen
        self._state, self._find, self._take = state, find, take
        self._lines: Lines | None = None
        self._kept: Mapping[str, Wire] = {}
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._live, name="open lines", daemon=True)

    def start(self) -> None:
        """Begin. Never raises: a kiosk that can reach nobody is alone, and works."""
        self._thread.start()

    def stop(self) -> None:
        """End; may be called twice."""
        self._over.set()
        if self._thread.is_alive():
            self._thread.join(timeout=30)
        self._close()

    def is_open(self, neighbour: str) -> bool:
        """Whether a neighbour can be reached right now; from any thread."""
        return self._lines is not None and self._lines.is_open(neighbour)

    def _live(self) -> None:
        if not engine_there():
            return
        while True:
            try:
                self._look()
            except Exception as error:
                log.error("the lines to the neighbours stumbled: %s", trace(error))
            if self._over.wait(LOOKS):
                return

    def _look(self) -> None:
        """Open what the record says; everything is opened anew when a neighbour has come or gone."""
        from kiosk.wire.lines import Lines

        us = _identity(self._folder, self._device, self._signer, self._listen)
        if us is None:
            return
        neighbours = self._state().neighbours.values()
        wanted = {each.name: each.wire for each in neighbours if each.wire and _reached(each, self._listen)}
        if wanted == self._kept:
            return
        self._close()
        self._kept = wanted
        if not wanted:
            return
        shown = {name: _presented(self._state().neighbours[name]) for name in wanted}
        self._lines = Lines(self._folder, us, shown, outgoing=self._outgoing, take=self._taken, listen=self._listen)
        self._lines.start()

    def _close(self) -> None:
        if self._lines is not None:
            self._lines.stop()
            self._lines = None

    def _outgoing(self, name: str, after: int) -> Sequence[tuple[int, str]]:
        return list(segments(self._state().neighbours[name], after, self._find, self._signer))

    def _taken(self, text: str) -> "Taken":
        answered = self._take(text)
        if answered is None or answered.failed:
            return "later"
        return "taken" if answered.refusal is None or answered.refusal.code in GONE else "later"


def wire_of(folder: Path, device: str, signer: Signer, listen: str = "") -> Wire | None:
    """How we are known on the wire, for our card; None without the engine. folder: the data folder."""
    if not engine_there():
        return None
    from kiosk.wire.identity import in_base64

    us = _identity(folder / FOLDER, device, signer, listen)
    return Wire(us.nkey, in_base64(us.certificate), listen) if us else None


def _identity(place: Path, device: str, signer: Signer, listen: str) -> "Identity | None":
    from kiosk.wire.identity import NoCertificateError, identity

    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        return identity(place, device, signer.seed, listen.rpartition(":")[0])
    except NoCertificateError as error:
        log.warning("alone: %s", error)
        return None


def _reached(neighbour: Neighbour, listen: str) -> bool:
    """Whether a line can be: one of both listens."""
    wire = neighbour.wire
    gone = neighbour.parted and not neighbour.waiting
    return wire is not None and not gone and bool(wire.at or listen)


def _presented(neighbour: Neighbour) -> "Presented":
    from kiosk.wire.identity import Presented, from_base64

    assert neighbour.wire is not None
    device = neighbour.key.partition("+")[0].rpartition("/")[2]
    wire = neighbour.wire
    return Presented(device, wire.nkey, from_base64(wire.certificate), wire.at)
