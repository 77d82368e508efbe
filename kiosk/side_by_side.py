"""Two shops side by side, already linked, with a line between them that a touch cuts and mends.

Both are whole kiosks, up the same stairs as any other, with pretend devices and records of their own that are gone
afterwards. Where there is a nats-server each has its own, and the line is a cable between the two; else the same
segments are laid before the other kiosk as if somebody had carried them there.
"""

import logging
import socket
import sys
import tempfile
import threading
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any, NamedTuple

from msgspec.structs import replace

from kiosk import letterbox
from kiosk.asked import Wanted
from kiosk.badge_key import BadgeKey
from kiosk.cable import Cable
from kiosk.clock import SystemClock
from kiosk.commands import CloseSegment, Command, LinkNeighbour, Refusal, TakeSegment, WriteLetter
from kiosk.core import Core
from kiosk.demo import NEIGHBOUR_UIDS, UIDS, settle_in, settle_next_door
from kiosk.devices import PretendHands, open_devices
from kiosk.displays import display_there
from kiosk.events import SegmentClosed
from kiosk.faces import Face, Touch
from kiosk.house import House
from kiosk.letters import Visitor, link_key, write_card
from kiosk.open_lines import wire_of
from kiosk.opened import open_record
from kiosk.post import segments
from kiosk.screens.window import prepare
from kiosk.seal_key import seal_key
from kiosk.sealing.note import Signer, Verifier, read_verifier
from kiosk.settings import Neighbours, Settings, Shop
from kiosk.staircase import Devices, climb
from kiosk.state import Neighbour, State, restore
from kiosk.store import Reader, Store
from kiosk.traces import trace
from kiosk.wire import engine_there

log = logging.getLogger(__name__)

SHOPS = ("Canal Street", "Mill Lane")
GUESTS = (("Amina", "Jo"), ("Noor", "Emil"))
"""Of each, who swaps at the other's kiosk as well."""

LIMIT = 10 * 60
"""Minutes."""

LYING, STANDING = (1768, 760), (800, 1600)
"""Pixels of the window: beside each other, or over each other."""

LOOKS = 0.5
"""Seconds between two looks at what is on its way."""

TOUR = Path("build/tour-neighbours")
"""Where pictures are left when there is no display."""

BY_SERVERS = "carried by a server at each kiosk"
BY_HAND = "carried as by hand: there is no nats-server here"


class Side(NamedTuple):
    """One of the two, before it lives. at: where the other dials it; "" where it only dials."""

    name: str
    folder: Path
    signer: Signer
    at: str


class Half:
    """One half of the window, as a kiosk's screen."""

    def __init__(self, app: Any, show: Callable[[Face], None]) -> None:
        self._app, self._show = app, show
        self.newest: Face | None = None

    def show(self, face: Face) -> None:
        """Show a face soon; from any thread."""
        self.newest = face
        self._show(face)

    @property
    def drawn_by(self) -> str:
        """What draws it."""
        return str(self._app.drawn_by)

    def run(self) -> None:
        """The window runs for both."""

    def stop(self) -> None:
        """Close the window of both."""
        self._app.stop_from_thread()

    def after_a_frame(self, done: Callable[[], None]) -> None:
        """Call this once something more has been drawn."""
        self._app.after_a_frame(done)


def has_engine() -> bool:
    """Whether each kiosk can have a nats-server of its own."""
    if not engine_there():
        return False
    from kiosk.wire.server import program

    return program() is not None


# --- two shops that know each other -----------------------------------------------------------------------


def founded(folder: Path, at: str) -> tuple[Side, Side]:
    """Two shops with a few days behind them, linked. at: where one reaches the first; "" for nowhere."""
    sides = tuple(_side(folder / str(place), place, at) for place in (0, 1))
    here, there = sides
    for one, other, guests in ((here, there, GUESTS[0]), (there, here, GUESTS[1])):
        _link(one, other, guests)
    for one, other in ((here, there), (there, here), (here, there)):
        _carry(one, other)
    return here, there


def _side(folder: Path, place: int, at: str) -> Side:
    with Store.open(folder) as store:
        key, now = BadgeKey.of(folder, may_make=True), SystemClock().now()
        (settle_in(store, key, now, jar=True) if place == 0 else settle_next_door(store, key, now))
        signer = seal_key(folder, store.device, may_make=True)
        assert signer is not None
        return Side(SHOPS[place], folder, signer, at if place == 0 else "")


def _link(one: Side, other: Side, guests: tuple[str, ...]) -> None:
    """Many hands say yes to the other's card, and some say that they swap there."""
    uids = {**UIDS, **NEIGHBOUR_UIDS}
    with Store.open(one.folder) as store:
        core, key = Core(store, restore(store.tables()), SystemClock()), BadgeKey.of(one.folder, may_make=False)
        wire = wire_of(other.folder, other.signer.name.rpartition("/")[2], other.signer, other.at)
        card = write_card(other.name, other.signer, wire)
        hands = [member.handle for member in core.state.present()][:3]
        badges = tuple(key.hash("nfc", uids[name]) for name in hands)
        _must(core, LinkNeighbour(card, LIMIT, badges, one.signer.name))
        theirs = read_verifier(core.state.neighbours[other.name].key)
        assert isinstance(theirs, Verifier)
        shared = BadgeKey(link_key(one.signer, theirs) or b"")
        for name in guests:
            letter = Visitor("", shared.hash("nfc", uids[name]))
            _must(core, WriteLetter(other.name, letter, (key.hash("nfc", uids[name]),)))
        _must(core, CloseSegment(other.name, one.signer.name))


def _carry(one: Side, other: Side) -> None:
    """All that one has for the other, before either lives."""
    with Reader.open(one.folder) as reader, Store.open(other.folder) as store:
        core = Core(store, restore(store.tables()), SystemClock())
        neighbour = restore(reader.tables()).neighbours[other.name]
        for _, text in segments(neighbour, core.state.neighbours[one.name].taken, reader.find, one.signer):
            _must(core, TakeSegment(text, other.signer.name))


def _must(core: Core, command: Command) -> None:
    answer = core.handle(command)
    if isinstance(answer, Refusal):
        raise TypeError(f"two shops can’t be founded: {type(command).__name__}: {answer.code}")


# --- the line between them --------------------------------------------------------------------------------


class Street:
    """The line: watches what is on its way, and carries it where there is no server.

    tell: called with (cut, letters waiting at each), whenever that changes. accounts: what each has the other down
    for, in minutes.
    """

    def __init__(
        self, sides: tuple[Side, Side], cable: Cable | None, tell: Callable[[bool, tuple[int, int]], None]
    ) -> None:
        self._sides, self._cable, self._tell = sides, cable, tell
        self._told: object = None
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._live, name="street", daemon=True)
        self.is_cut = False
        self.waits = self.accounts = (0, 0)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """End; may be called twice."""
        self._over.set()
        if self._thread.is_alive():
            self._thread.join(timeout=10)

    def cut(self, wanted: bool) -> None:
        """Cut the line, or mend it; from any thread."""
        self.is_cut = wanted
        if self._cable is not None:
            self._cable.cut(wanted)
        self._tell(self.is_cut, self.waits)

    def _live(self) -> None:
        while not self._over.wait(LOOKS):
            try:
                self.look()
            except Exception as error:
                log.error("the line between the two stumbled: %s", trace(error))

    def look(self) -> None:
        """Once: count what waits, and carry it if that is done here."""
        with ExitStack() as open_now:
            readers = [open_now.enter_context(Reader.open(side.folder)) for side in self._sides]
            states = [restore(reader.tables()) for reader in readers]
            waits = tuple(self._one_way(place, readers, states) for place in (0, 1))
            accounts = tuple(self._account(place, states[place]) for place in (0, 1))
        self.waits, self.accounts = (waits[0], waits[1]), (accounts[0], accounts[1])
        if (self.is_cut, self.waits) != self._told:
            self._told = (self.is_cut, self.waits)
            self._tell(self.is_cut, self.waits)

    def _account(self, place: int, state: State) -> int:
        """Minutes that one has the other down for."""
        return state.balance(state.neighbours[self._sides[1 - place].name].account)

    def _one_way(self, place: int, readers: list[Reader], states: list[State]) -> int:
        """How many letters of one the other has not got yet."""
        one, other = self._sides[place], self._sides[1 - place]
        ours, taken = states[place].neighbours[other.name], states[1 - place].neighbours[one.name].taken
        if self._cable is None and not self.is_cut:
            if ours.waiting:
                letterbox.ask_to_close(one.folder)
            for number, text in segments(ours, taken, readers[place].find, one.signer):
                letterbox.lay(other.folder, number, text)
        return len(ours.waiting) + sum(_letters(readers[place], ours, n) for n in range(taken + 1, ours.sent + 1))


def _letters(reader: Reader, neighbour: Neighbour, number: int) -> int:
    """How many are in a segment; a note of how the account stands, which the kiosk writes by itself, is none."""
    found = reader.find(neighbour.out[str(number)])
    return len(found.entry.event.letters) if found and isinstance(found.entry.event, SegmentClosed) else 0


# --- the window -------------------------------------------------------------------------------------------


class Window(NamedTuple):
    """The window with both kiosks in it, and what there is to try it by."""

    app: Any
    halves: tuple[Half, Half]
    hands: tuple[PretendHands, PretendHands]
    houses: list[House]
    street: Street


def run_two(settings: Settings, tour: Path | None = None) -> int:
    """Until the window is closed; gives the exit code. Without a display, or with a tour, pictures are left."""
    if tour is None and not display_there():
        sys.stderr.write(f"kiosk: no display found; playing two shops into {TOUR} instead\n")
        tour = TOUR
    standing = settings.screen.height > settings.screen.width
    prepare(STANDING if standing else LYING, offscreen=tour is not None)
    with ExitStack() as stairs:
        window = open_two(settings.shop, stairs)
        if tour is None:
            window.app.run()
            return 0
        from kiosk.tour.two_shops import play_two

        return play_two(window, tour)


def open_two(shop: Shop, stairs: ExitStack) -> Window:
    """Both kiosks, alive behind a window that is not shown yet. The window must have been prepared."""
    folder = Path(stairs.enter_context(tempfile.TemporaryDirectory(prefix="kiosk-two-")))
    cable = Cable() if has_engine() else None
    if cable is not None:
        stairs.callback(cable.close)
    sides = founded(folder, f"127.0.0.1:{cable.port}" if cable else "")
    inner = _free_port() if cable else 0
    if cable is not None:
        cable.lay(inner)
    pretended = tuple(_devices(place, stairs) for place in (0, 1))
    hands = tuple(each for _, each in pretended if isinstance(each, PretendHands))
    houses: list[House] = []

    def cut(wanted: bool) -> None:
        street.cut(wanted)

    app = _app(houses, (hands[0], hands[1]), cut)
    halves = (Half(app, app.show), Half(app, app.show_other))

    def tell(is_cut: bool, waits: tuple[int, int]) -> None:
        from kiosk.screens.side_by_side import Line

        app.tell(Line(SHOPS, is_cut, waits, BY_SERVERS if cable else BY_HAND))

    street = Street(sides, cable, tell)
    for place, side in enumerate(sides):
        listen = f"127.0.0.1:{inner}" if cable and place == 0 else None
        mine = replace(Settings(), shop=replace(shop, name=side.name), neighbours=Neighbours(listen))
        wanted = Wanted(mine, side.folder, pretend=True)
        half, opened = halves[place], open_record(wanted.data, stairs, demo=True)
        houses.append(climb(wanted, opened, stairs, half, pretended[place], half.stop))
    street.start()
    stairs.callback(street.stop)
    return Window(app, halves, (hands[0], hands[1]), houses, street)


def _app(houses: list[House], hands: tuple[PretendHands, PretendHands], cut: Callable[[bool], None]) -> Any:
    from kiosk.screens.dock import Dock
    from kiosk.screens.side_by_side import TwoShops

    def touched(place: int) -> Callable[[Touch], None]:
        def hear(touch: Touch) -> None:
            # They live only once the window is there to be shown on.
            houses[place].hear(touch)

        return hear

    return TwoShops(
        (touched(0), touched(1)),
        (lambda: Dock(hands[0]), lambda: Dock(hands[1])),
        # Not in the window's thread: a cable takes a moment.
        lambda wanted: threading.Thread(target=cut, args=(wanted,), daemon=True).start(),
    )


def _devices(place: int, stairs: ExitStack) -> Devices:
    """Those of one kiosk; at hand are the badges of its own members, and of the guests."""
    own, next_door = ((UIDS, NEIGHBOUR_UIDS), (NEIGHBOUR_UIDS, UIDS))[place]
    guests = {name: next_door[name] for name in GUESTS[1 - place]}
    rig, hands = open_devices(Settings(), pretend=True, uids={**own, **guests})
    stairs.callback(hands.close)
    return rig, hands


def _free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])
