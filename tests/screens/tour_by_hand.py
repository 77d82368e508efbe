"""The tour without wires and without waiting: the same stops, the same house, the clock moved by hand.

What takes minutes on the wires takes a second here, so that it can be played in every language.
"""

import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple

from by_hand import ByHand

from hardware.signals import (
    CardsAmbiguous,
    CardSeen,
    CodeScanned,
    CoinDropped,
    DeviceChanged,
    DeviceState,
    Signal,
)
from kiosk.badge_key import BadgeKey
from kiosk.codes import write_label
from kiosk.core import Core
from kiosk.demo import PHONE, STRANGER, UIDS, settle_in
from kiosk.faces import Face, Touch
from kiosk.house import House
from kiosk.open_lines import LinkKeys, street
from kiosk.reports.gathered import audit_of
from kiosk.safekeeping import Safekeeping, keeps
from kiosk.seal_key import seal_key, sealing
from kiosk.settings import Settings, Shop
from kiosk.state import State
from kiosk.store import Store
from kiosk.tongue import ENGLISH
from kiosk.tour.cards import A_COPY, A_FRESH_CARD, EMPTY_SHOP
from kiosk.tour.guide import PROGRAMS, card_of, key_on, sheet_code
from kiosk.tour.jar_and_shelf import JAR_AND_SHELF
from kiosk.tour.shops import A_BOX, as_if_over, lay_a_copy
from kiosk.tour.stop import Stop
from kiosk.tour.walking import SHOPS, careful
from kiosk.visit.hearing import hear
from kiosk.visit.step import Tick
from kiosk.words import local

REST_MS = 2_000
"""Between two things that the hands do: longer than a badge's guard and than a button rests."""
MOST_TICKS = 40
"""Quarters of a second until what comes by itself must have come."""


class NoSuchScreenError(AssertionError):
    """A stop led somewhere else."""


class Hands:
    """Does what a stop says to a house that lives one thing at a time."""

    def __init__(self, stops: tuple[Stop, ...], language: str, stairs: ExitStack) -> None:
        fresh = stops in (EMPTY_SHOP, A_FRESH_CARD)
        self.card = Path(stairs.enter_context(tempfile.TemporaryDirectory(prefix="kiosk-by-hand-"))) / "card"
        store = stairs.enter_context(Store.open(self.card))
        self.key = BadgeKey.of(self.card, may_make=True)
        self.clock = ByHand()
        state = State() if fresh else settle_in(store, self.key, self.clock.now(), jar=stops is JAR_AND_SHELF)
        if stops in (A_COPY, A_FRESH_CARD):
            lay_a_copy(self.card, stairs)
        core, self.keeping = Core(store, state, self.clock), Safekeeping(self.card, store, again=lambda: None)
        signer = seal_key(self.card, store.device, may_make=True)
        assert signer is not None
        counted = None if fresh else as_if_over(self.card, local(self.clock.now()).date())
        self.faces: list[Face] = []
        self.house = House(
            core,
            "Canal Street",
            show=self.faces.append,
            copies=self.keeping.look,
            put_in_place=keeps(core, self.keeping),
            sealing=sealing(self.card, store.device, store.tree),
            box=lambda: A_BOX,
            draw=lambda below: 7 % below,
            language=language,
            audit=audit_of(self.card),
            counted=lambda: counted,
            street=street(self.card, store.device, signer, "Canal Street", find=store.find),
        )
        self.links = LinkKeys(signer, lambda: core.state)
        self.house.begin()
        self.tick()

    def do(self, stop: Stop, key: str) -> None:
        """What the stop says. key: of what is touched, where something is."""
        word, _, rest = stop.do.partition(" ")
        if word:
            self._does()[word](key or rest)

    def _does(self) -> Mapping[str, Callable[[str], None]]:
        return {
            "touch": lambda key: self.touch("choose", key),
            "type": lambda text: self.touch("type", text),
            "turn": lambda minutes: self.touch("turn", minutes),
            "home": lambda _: self.touch("home"),
            "back": lambda _: self.touch("back"),
            "tap": lambda name: self.lay(UIDS[name]),
            "phone": lambda _: self.lay(PHONE, random=True),
            "stranger": lambda _: self.lay(STRANGER),
            "two": lambda _: self.signal(CardsAmbiguous(device="badge reader", at=0)),
            "nonsense": lambda _: self.signal(
                CodeScanned(device="code scanner", at=0, text="a code from a parcel")
            ),
            "drop": lambda cents: self.signal(CoinDropped(device="coins", at=0, cents=int(cents), pulses=1)),
            "card": lambda shop: self.signal(CodeScanned(device="code scanner", at=0, text=card_of(shop))),
            "label": lambda word: self.signal(CodeScanned(device="code scanner", at=0, text=write_label(word))),
            "sheet": lambda section: self.signal(
                CodeScanned(device="code scanner", at=0, text=sheet_code(section, local(self.clock.now()).date()))
            ),
            "program": lambda _: self.new_program(),
            "rest": lambda _: self.tick(),
            "pull": lambda _: self.pull(),
            "unplug": lambda device: self.cable(device, DeviceState.LOST),
            "plug": lambda device: self.cable(device, DeviceState.READY),
        }

    def touch(self, verb: str, value: str = "") -> None:
        self.clock.ms += REST_MS
        self.house.live_once(Touch(verb, value))

    def lay(self, uid: bytes, *, random: bool = False) -> None:
        self.signal(CardSeen(device="badge reader", at=0, uid=uid, random=random))

    def signal(self, signal: Signal) -> None:
        self.clock.ms += REST_MS
        heard = hear(signal, self.key, self.keeping.key(), self.links())
        if heard is not None:
            self.house.live_once(heard)

    def tick(self) -> None:
        self.clock.ms += 250
        self.house.live_once(Tick())

    def cable(self, device: str, state: DeviceState) -> None:
        self.signal(DeviceChanged(device=device, at=0, state=state, detail=""))

    def new_program(self) -> None:
        self.house.note_program(*PROGRAMS)
        self.tick()

    def pull(self) -> None:
        self.card.rename(self.card.with_name("pulled"))
        self.lay(UIDS["Wen"])


def named(stop: Stop, face: Face) -> str:
    """The key of what a stop touches, also by its place or by its words; "" where it touches nothing."""
    word, _, key = stop.do.partition(" ")
    return key_on(face, key) if word == "touch" else ""


class Followed(NamedTuple):
    """What a stop came to in English, for those who follow it in another language: the key that was touched, and
    how many quarters of a second passed until its face came."""

    key: str
    ticks: int


class Tour:
    """Walked in English first; in any other language the same things are done at the same moments."""

    def __init__(self) -> None:
        self._followed: list[Followed] = []
        self.english = dict(self._walk_first())

    def walked(self, language: str) -> Iterator[tuple[str, Face]]:
        """The name of each picture and its face, in a language."""
        followed = iter(self._followed)
        for stops in SHOPS:
            with ExitStack() as stairs:
                hands = Hands(stops, language, stairs)
                for stop in stops:
                    key, ticks = next(followed)
                    if not stop.do.startswith("touch words "):
                        key = named(stop, hands.faces[-1])
                    hands.do(stop, key)
                    for _ in range(ticks):
                        hands.tick()
                    if not isinstance(hands.faces[-1], stop.face):
                        raise NoSuchScreenError(f"after {stop.do!r} came {hands.faces[-1]}")
                    if stop.picture:
                        yield stop.picture, hands.faces[-1]
        yield from careful(Settings(shop=Shop(language=language)))

    def _walk_first(self) -> Iterator[tuple[str, Face]]:
        for stops in SHOPS:
            with ExitStack() as stairs:
                hands = Hands(stops, ENGLISH, stairs)
                for stop in stops:
                    face, followed = _lead(hands, stop)
                    self._followed.append(followed)
                    if stop.picture:
                        yield stop.picture, face
        yield from careful(Settings())


def _lead(hands: Hands, stop: Stop) -> tuple[Face, Followed]:
    key = named(stop, hands.faces[-1])
    hands.do(stop, key)
    for ticks in range(MOST_TICKS):
        face = hands.faces[-1]
        if isinstance(face, stop.face) and stop.words in repr(face):
            return face, Followed(key, ticks)
        hands.tick()
    raise NoSuchScreenError(f"after {stop.do!r} no {stop.face.__name__} came; the screen shows {hands.faces[-1]}")
