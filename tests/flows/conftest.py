"""A kiosk to walk through: driver, rules, store, visit and views are real; the wire and the clock are pretended."""

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from hardware.code_scanner import CodeScanner
from hardware.device import tee
from hardware.pn532 import Pn532Reader, Pn532Timing
from hardware.pretend.pn532 import PretendPn532
from hardware.pretend.scanner import PretendScanner
from hardware.signals import CardGone, Signal
from kiosk.amounts import Moment
from kiosk.badge_key import BadgeKey
from kiosk.codes import new_code
from kiosk.core import Core
from kiosk.faces import Face, SealFace, Touch
from kiosk.house import House
from kiosk.open_lines import LinkKeys, street
from kiosk.seal_key import seal_key
from kiosk.sealing.note import Signer
from kiosk.state import restore
from kiosk.store import Store
from kiosk.visit.hearing import Links, listener
from kiosk.visit.step import Tick

PATIENCE = 10.0
"""Seconds until a face that does not come is missed. Reached only when something is broken."""


class MovableClock:
    """Real time, and a hand to move it forward."""

    def __init__(self) -> None:
        self.ahead = 0
        self.boot = "walk"

    def now(self) -> Moment:
        mono = time.monotonic_ns() // 1_000_000 + self.ahead
        return Moment(wall=time.time_ns() // 1_000_000 + self.ahead, mono=mono, boot=self.boot)


class Walk:
    """One kiosk and the hands of the people before it. Badges are known by name. outward: as the house takes it."""

    shop = "Canal Street"

    def __init__(self, folder: Path, **outward: Any) -> None:
        self.folder = folder
        self.outward = outward
        self.clock = MovableClock()
        self.pn532 = PretendPn532()
        self.scanner_wire = PretendScanner()
        self.cards: dict[str, str] = {}
        self.uids: dict[str, bytes] = {}
        self.cues: list[str] = []
        self.gone = 0
        self._faces: list[Face] = []
        self._new = threading.Condition()
        self._open()

    def _open(self) -> None:
        self.store = Store.open(self.folder)
        self.key = BadgeKey.of(self.folder, may_make=self.store.next_number == 1)
        self.core = Core(self.store, restore(self.store.tables()), self.clock)
        more = self.outward | self._neighbourly()
        self.house = House(self.core, self.shop, show=self._show, cue=self.cues.append, **more)
        self.reader = Pn532Reader(self.pn532.path, timing=Pn532Timing(poll=0.03))
        self.scanner = CodeScanner(self.scanner_wire.path, repeat_guard=0.2, settle=0.05)
        sink = tee(listener(self.key, self.house.hear, links=self._links()), self._count)
        self.house.start()
        self.reader.start(sink)
        self.scanner.start(sink)

    def _neighbourly(self) -> dict[str, Any]:
        """What a kiosk has besides that is to be linked with others."""
        return {}

    def _links(self) -> Callable[[], Links | None]:
        return lambda: None

    def _count(self, signal: Signal) -> None:
        self.gone += isinstance(signal, CardGone)

    def _show(self, face: Face) -> None:
        with self._new:
            self._faces.append(face)
            self._new.notify_all()

    def close(self) -> None:
        self.reader.stop()
        self.scanner.stop()
        self.house.stop()
        self.store.close()

    def end(self) -> None:
        self.close()
        self.pn532.close()
        self.scanner_wire.close()

    def restart(self) -> None:
        """Power off and on: all that is in memory is gone."""
        self.close()
        self._faces.clear()
        self.clock.boot += "'"
        self._open()

    # --- hands

    def uid(self, name: str) -> bytes:
        return self.uids.setdefault(name, bytes([0x04, len(self.uids) + 1]) + name.encode()[:5].ljust(5, b"\x01"))

    def tap(self, name: str) -> "Walk":
        """Lay a badge on the reader, and take it away again when the reader has seen it."""
        self._hold(self.uid(name))
        return self

    def again(self, name: str) -> "Walk":
        """Lay the same badge down once more, some seconds later."""
        return self.wait(3).tap(name)

    def _hold(self, uid: bytes) -> None:
        seen, gone = len(self.cues), self.gone
        self.pn532.tap(uid)
        self._until(lambda: len(self.cues) > seen)
        self.pn532.away()
        # A badge is gone after three misses; only then is the next tap a new one.
        self._until(lambda: self.gone > gone)

    def show_card(self, name: str) -> "Walk":
        """Hold a printed card before the scanner."""
        seen = len(self.cues)
        self.scanner_wire.scan(self.cards.setdefault(name, new_code()))
        self._until(lambda: len(self.cues) > seen)
        return self

    def scan(self, code: str) -> "Walk":
        """Hold any code before the scanner, such as a tool's label."""
        time.sleep(0.3)  # the same code is one reading for a moment, by the scanner's own clock
        before = len(self._faces)
        self.scanner_wire.scan(code)
        self._until(lambda: len(self._faces) > before)
        return self

    def choose(self, key: str) -> "Walk":
        self.house.hear(Touch("choose", key))
        return self._settle()

    def turn(self, minutes: int) -> "Walk":
        self.house.hear(Touch("turn", str(minutes)))
        return self._settle()

    def write(self, text: str) -> "Walk":
        self.house.hear(Touch("type", text))
        self.house.hear(Touch("choose", "typed"))
        return self._settle()

    def back(self) -> "Walk":
        self.house.hear(Touch("back"))
        return self._settle()

    def wait(self, seconds: float) -> "Walk":
        """Let time pass."""
        self.clock.ahead += int(seconds * 1000)
        self.house.hear(Tick())
        return self._settle()

    def _settle(self) -> "Walk":
        """Until the house has taken all that was put before it."""
        done = threading.Event()
        self.house.ask(done.set)
        assert done.wait(PATIENCE), "the house does not answer"
        return self

    # --- eyes

    @property
    def face(self) -> Any:
        """What the screen shows now."""
        self._settle()
        return self._faces[-1]

    def sees(self, kind: type[Face], words: str = "") -> Any:
        """The face of this kind, holding these words, comes to be shown."""
        self._until(lambda: isinstance(self._last(), kind) and words in repr(self._last()))
        return self._last()

    def _last(self) -> Face | None:
        return self._faces[-1] if self._faces else None

    def _until(self, true: Callable[[], bool]) -> None:
        deadline = time.monotonic() + PATIENCE
        while not true():
            assert time.monotonic() < deadline, f"it did not come; the screen shows {self._last()!r}"
            with self._new:
                self._new.wait(0.01)

    def balances(self) -> dict[str, int]:
        return {handle: account.minutes for handle, account in self.core.state.accounts.items()}

    # --- ways that many errands begin with

    def found(self, *names: str) -> "Walk":
        for name in names:
            self.tap(name).write(name)
        return self.choose("ok")

    def enrol(self, name: str, *hands: str) -> "Walk":
        self.choose("people").choose("join").write(name).tap(name)
        for hand in hands:
            self.tap(hand)
        return self.choose("ok")


@pytest.fixture
def walk(tmp_path: Path) -> Iterator[Walk]:
    """A kiosk that nobody has founded yet."""
    walk = Walk(tmp_path / "data")
    yield walk
    walk.end()


@pytest.fixture
def shop(walk: Walk) -> Walk:
    """A kiosk that Amina, Jo and Sara have founded."""
    return walk.found("Amina", "Jo", "Sara")


class Corner(Walk):
    """A kiosk that can be linked; without the engine, so that letters go by code."""

    def __init__(self, folder: Path, shop: str, seed: int) -> None:
        self.shop, self.seed = shop, seed
        super().__init__(folder)

    def uid(self, name: str) -> bytes:
        """The badges of two shops are not the same, but for what one takes along."""
        return self.uids.setdefault(name, bytes([0x04, self.seed, len(self.uids) + 1]).ljust(7, b"\x07"))

    def _neighbourly(self) -> dict[str, Any]:
        signer = seal_key(self.folder, self.store.device, may_make=True)
        assert signer is not None
        self.signer: Signer = signer
        made = street(self.folder, self.store.device, signer, self.shop, find=self.store.find)
        return {"street": made}

    def _links(self) -> Callable[[], Links | None]:
        return LinkKeys(self.signer, lambda: self.core.state)

    def shown_codes(self) -> list[str]:
        """All codes that can be seen here, one after the other."""
        codes: list[str] = []
        while (face := self.sees(SealFace)).code not in codes:
            codes.append(face.code)
            if not face.choices:
                break
            self.choose("next")
        return codes

    def our_card(self) -> list[str]:
        self.choose("people").choose("neighbours").choose("card")
        codes = self.shown_codes()
        self.wait(301)
        return codes

    def letters_to(self, shop: str) -> list[str]:
        self.choose("people").choose("neighbours").choose(f"neighbour:{shop}").choose("letters")
        codes = self.shown_codes()
        self.wait(301)
        return codes

    def scan_all(self, codes: list[str]) -> "Walk":
        for code in codes:
            self.scan(code)
        return self


@pytest.fixture
def canal(tmp_path: Path) -> Iterator[Corner]:
    corner = Corner(tmp_path / "canal", "Canal Street", 1)
    corner.found("Amina", "Jo", "Sara")
    yield corner
    corner.end()


@pytest.fixture
def mill(tmp_path: Path) -> Iterator[Corner]:
    corner = Corner(tmp_path / "mill", "Mill Lane", 2)
    corner.found("Tomek", "Priya", "Luís")
    yield corner
    corner.end()
