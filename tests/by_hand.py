"""A kiosk without threads and wires, for tests: one thing is heard after another, and the clock waits."""

import threading
from pathlib import Path
from typing import Any

from kiosk.amounts import BadgeHash, EntryId, Moment
from kiosk.badge_key import BadgeKey
from kiosk.commands import NewBadge
from kiosk.core import Core
from kiosk.demo import UIDS, settle_in
from kiosk.events import Found
from kiosk.faces import Alarm, Face, Touch
from kiosk.house import House
from kiosk.photos import keep, waiting
from kiosk.seal_key import Sealed, sealing
from kiosk.state import restore
from kiosk.store import Store, StoreDamagedError, StoreFullError
from kiosk.visit.hearing import CoinHeard, HeldTogether, LabelSeen, Pressed, Tapped
from kiosk.visit.step import Tick


class FullCard:
    """A store on a card that can be full; everything else is the real one's."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.full = False
        self.stumbles = False
        self.damaged = ""

    def __getattr__(self, name: str) -> Any:
        return getattr(self.store, name)

    def find(self, entry_id: EntryId) -> Found | None:
        if entry_id == self.damaged:
            raise StoreDamagedError(f"Entry {entry_id} is not what was written.")
        return self.store.find(entry_id)

    def try_writing(self) -> None:
        if self.full:
            raise StoreFullError("The memory card is full. Ask whoever tends the kiosk for a new one.")
        self.store.try_writing()

    def append(self, *what: Any) -> None:
        if self.stumbles:
            raise RuntimeError("a fault in our own code")
        if self.full:
            raise StoreFullError("The memory card is full. Ask whoever tends the kiosk for a new one.")
        self.store.append(*what)


class ByHand:
    def __init__(self) -> None:
        self.ms = 1_000_000

    def now(self) -> Moment:
        return Moment(wall=1_790_000_000_000 + self.ms, mono=self.ms, boot="test")


class Kiosk:
    """The house without threads and wires: one thing is heard after another."""

    def __init__(self, folder: Path, house: type[House] = House, **outward: Any) -> None:
        self.store = FullCard(Store.open(folder))
        new = self.store.store.next_number == 1
        self.key = BadgeKey.of(folder, may_make=new)
        self.clock = ByHand()
        state = settle_in(self.store, self.key, self.clock.now()) if new else restore(self.store.store.tables())
        self.core = Core(self.store, state, self.clock)
        self.faces: list[Face] = []
        self.gate: list[bool] = []
        self.blind = False
        self.heard: list[str] = []
        self.lit: list[str] = []
        self.alarms: list[tuple[Alarm, ...]] = []
        self.seals: list[Sealed] = []
        self.seal = sealing(folder, self.store.device, self.store.store.tree)
        self.house = house(
            self.core,
            "Canal Street",
            **{
                "show": self._show,
                "cue": self.heard.append,
                "let_coins_in": self.gate.append,
                "light": self.lit.append,
                "told_alarms": self.alarms.append,
                "draw": lambda below: 7 % below,
                "photos": lambda: waiting(folder),
                "keep_photo": lambda photo: keep(folder, photo),
                "sealing": self._seal,
                **outward,
            },
        )

    def _show(self, face: Face) -> None:
        if self.blind:
            raise RuntimeError("the screen is gone")
        self.faces.append(face)

    def _seal(self, now: Moment) -> Sealed:
        self.seals.append(self.seal(now))
        return self.seals[-1]

    def stumble(self) -> None:
        raise RuntimeError("a fault in a question")

    def settle(self) -> None:
        done = threading.Event()
        self.house.ask(done.set)
        assert done.wait(10), "the house does not answer"

    def tap(self, name: str, after: int = 5_000) -> None:
        self.clock.ms += after
        self.house.live_once(Tapped(NewBadge(self.key.hash("nfc", UIDS[name]), "tag")))

    @property
    def stranger(self) -> BadgeHash:
        """A badge that is nobody's at first."""
        return self.key.hash("nfc", b"\x04stranger")

    def tap_stranger(self) -> None:
        self.clock.ms += 5_000
        self.house.live_once(Tapped(NewBadge(self.stranger, "tag")))

    def scan(self, label: str) -> None:
        """Hold a tool's label before the scanner."""
        self.clock.ms += 5_000
        self.house.live_once(LabelSeen(label))

    def drop(self, cents: int | None) -> None:
        """Let a coin fall; None is one that the acceptor does not know."""
        self.clock.ms += 500
        self.house.live_once(CoinHeard(cents=cents, pulses=1))

    def write(self, text: str) -> None:
        """Type words, or the digits of a sum, and say that this is it."""
        self.digits(text)
        self.touch("typed")

    def digits(self, text: str) -> None:
        """Type, and no more."""
        self.clock.ms += 1_000
        self.house.live_once(Touch("type", text))

    def wait(self, seconds: float) -> None:
        self.clock.ms += int(seconds * 1000)
        self.house.live_once(Tick())

    def turn(self, minutes: int) -> None:
        self.clock.ms += 100
        self.house.live_once(Touch("turn", str(minutes)))

    def touch(self, key: str) -> None:
        self.clock.ms += 1_000
        self.house.live_once(Touch("choose", key))

    def press(self, *buttons: str) -> None:
        """Press buttons one after another, slowly enough for each to count."""
        for button in buttons:
            self.clock.ms += 1_500
            self.house.live_once(Pressed(button))

    def hold(self) -> None:
        """Hold all three buttons."""
        self.clock.ms += 4_000
        self.house.live_once(HeldTogether())

    def gather(self, *names: str) -> None:
        """Open the circle with the buttons, tap in, and let everybody pass: what needs doing is next."""
        self.hold()
        for name in names:
            self.tap(name)
        self.press("yes", *["no"] * len(names))

    def close(self) -> None:
        """Close the circle by touch, and go back to the wall."""
        for key in ("close", "close", "done"):
            self.touch(key)

    def ask(self, *, counts: bool = True) -> None:
        """Put a question to the buttons, with the buttons alone."""
        self.press("no", "yes", "yes")
        if len(self.core.state.circle.roll) >= 5:  # type: ignore[union-attr]
            self.press(*(["no"] if counts else []), "yes")
        self.press("yes", "no")
