"""Lines to neighbours, as long as they are neighbours: opened, closed and opened anew as the record says.

The engine is an extra (`pip install commons-kiosk[neighbours]`, and nats-server). Without it a kiosk says that it
is alone, and lacks nothing but speed.
"""

import logging
import threading
from collections.abc import Callable, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from kiosk.amounts import EntryId
from kiosk.badge_key import BadgeKey
from kiosk.events import Found
from kiosk.letters import Wire, link_key, write_card
from kiosk.letters.codes import as_codes
from kiosk.post import Street, segments
from kiosk.post_office import GONE
from kiosk.sealing.note import Signer, Verifier, read_verifier
from kiosk.state import Neighbour, State
from kiosk.traces import trace
from kiosk.visit.ground import Answered
from kiosk.wire import engine_there

if TYPE_CHECKING:  # an extra: the kiosk runs without it
    from kiosk.wire.bridge import Taken
    from kiosk.wire.identity import Identity, Presented
    from kiosk.wire.lines import Lines

log = logging.getLogger(__name__)

LOOKS = 1.0
"""Seconds between two looks at who is a neighbour."""

_ONE_AT_A_TIME = threading.Lock()
"""The certificate is made by whoever is first: the lines, or somebody who looks at our card."""

AT_ONCE = 64
"""Segments that are made again in one go, before they are sent."""

FOLDER = "wire"
"""In the data folder; it may be deleted whenever no kiosk runs, but for the certificate and its key."""


class OpenLines:
    """A thread that keeps the lines as the record has the neighbours.

    listen: host:port where others dial us; "" for nowhere. take: gives a segment to the house and waits. wall:
    host:port where walls on other machines reach the server; "" for nowhere.
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
        wall: str = "",
    ) -> None:
        self._folder, self._device, self._signer, self._listen = folder / FOLDER, device, signer, listen
        self._wall = wall
        self._state, self._find, self._take = state, find, take
        self._lines: Lines | None = None
        self._kept: Mapping[str, Wire] | None = None
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
        neighbours = self._state().neighbours.values()
        wanted = {each.name: each.wire for each in neighbours if each.wire and _reached(each, self._listen)}
        if wanted == self._kept:
            return
        if not wanted and not self._wall:
            # Most shops have no line; the engine's library is large, and is not loaded for none.
            self._close()
            self._kept = wanted
            return
        us = _identity(self._folder, self._device, self._signer, self._listen)
        if us is None:
            return
        from kiosk.wire.lines import Lines

        self._close()
        self._kept = wanted
        if self._wall:
            us = _with_wall(us, self._folder)
        shown = {name: _presented(self._state().neighbours[name]) for name in wanted}
        self._lines = Lines(
            self._folder,
            us,
            shown,
            outgoing=self._outgoing,
            take=self._taken,
            listen=self._listen,
            client=self._wall,
        )
        self._lines.start()

    def _close(self) -> None:
        if self._lines is not None:
            self._lines.stop()
            self._lines = None

    def _outgoing(self, name: str, after: int) -> Sequence[tuple[int, str]]:
        ours = segments(self._state().neighbours[name], after, self._find, self._signer)
        return list(islice(ours, AT_ONCE))

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


def street(
    folder: Path,
    device: str,
    signer: Signer,
    shop: str,
    *,
    find: Callable[[EntryId], Found | None],
    listen: str = "",
    is_open: Callable[[str], bool] = lambda _: False,
) -> Street:
    """What the screen needs of the street. folder: the data folder. The card is written once, when it is wanted."""
    written: list[tuple[str, ...]] = []
    made: dict[tuple[str, int, int], tuple[str, ...]] = {}

    def card() -> tuple[str, ...]:
        if not written:
            written.append(_card(folder, device, signer, shop, listen))
        return written[0]

    def letters(neighbour: Neighbour) -> tuple[str, ...]:
        after = max(neighbour.noted.taken if neighbour.noted else 0, neighbour.sent - MOST_CARRIED)
        key = (neighbour.name, neighbour.sent, after)
        if key not in made:
            made.clear()
            made[key] = tuple(
                code for _, text in segments(neighbour, after, find, signer) for code in as_codes(text) or ()
            )
        return made[key]

    return Street(signer.name, card, letters, is_open)


MOST_CARRIED = 40
"""Segments of which somebody scans the codes; whoever is further behind takes a stick."""


def _card(folder: Path, device: str, signer: Signer, shop: str, listen: str) -> tuple[str, ...]:
    try:
        text = write_card(shop, signer, wire_of(folder, device, signer, listen))
    except (OSError, ValueError) as trouble:
        log.warning("the card can't be written: %s", trouble)
        return ()
    return as_codes(text) or ()


class LinkKeys:
    """The key of each link, for the badges of visitors; made once for each neighbour."""

    def __init__(self, signer: Signer, state: Callable[[], State]) -> None:
        self._signer, self._state = signer, state
        self._made: dict[str, BadgeKey | None] = {}

    def __call__(self) -> dict[str, BadgeKey]:
        """By the neighbour's name, of those who still are one; from any thread."""
        here = [each for each in self._state().neighbours.values() if not each.parted]
        found = {each.name: self._key(each.key) for each in here}
        return {name: key for name, key in found.items() if key is not None}

    def _key(self, theirs: str) -> BadgeKey | None:
        if theirs not in self._made:
            verifier = read_verifier(theirs)
            shared = link_key(self._signer, verifier) if isinstance(verifier, Verifier) else None
            self._made[theirs] = BadgeKey(shared) if shared else None
        return self._made[theirs]


def _identity(place: Path, device: str, signer: Signer, listen: str) -> "Identity | None":
    from kiosk.wire.identity import NoCertificateError, identity

    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        with _ONE_AT_A_TIME:
            return identity(place, device, signer.seed, listen.rpartition(":")[0])
    except NoCertificateError as error:
        log.warning("alone: %s", error)
        return None


def _with_wall(us: "Identity", place: Path) -> "Identity":
    from kiosk.wire.identity import wall_keys

    return replace(us, wall=wall_keys(place))


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
