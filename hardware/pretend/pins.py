# mypy: disallow-subclassing-any=False
"""Pretend pins with hands: someone to press the buttons and drop the coins, and eyes and ears for the rest.

The pins are gpiozero's own mocks, so that the real drivers run on them. As on a real Pi, an edge carries the
moment at which it was meant to happen, and reaches the driver when the machine finds the time.
"""

import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import cycle
from types import TracebackType
from typing import Any, Final, Self

from gpiozero.pins.mock import MockFactory, MockPWMPin
from msgspec import Struct

from hardware.rig import ButtonSettings, CoinSettings, LampSettings, RigSettings

ALL_PINS: Final = RigSettings(
    buttons=ButtonSettings(), lamps=LampSettings(), sounder_pin=18, coin_acceptor=CoinSettings()
)
"""One of each device that hangs on pins, where the settings put it by default."""

_REST: Final = 0.2  # seconds: a finger needs as long between two presses of one button
_NEXT_COIN: Final = 0.3  # seconds: and the next coin as long to be found, besides the pulses of the last
_PATIENCE: Final = 30.0  # seconds a movement may take
_LOOKED_BACK: Final = 1000  # states of a pin that are kept, for whoever looks at what it showed


class ContactPin(MockPWMPin):
    """A pin with a contact to ground. A closed contact wins over the pull-up, as it does in copper."""

    def __init__(self, factory: Any, info: Any) -> None:
        self._closed = False
        self._stamp: float | None = None
        super().__init__(factory, info)

    def put(self, closed: bool, at: float | None = None) -> None:
        """Close or open the contact. at: when that happened, monotonic seconds; without it, now."""
        self._closed, self._stamp = closed, at
        try:
            if self.function == "input":
                self.drive_low() if closed else self.drive_high()
        finally:
            self._stamp = None

    def _set_pull(self, value: str) -> None:
        super()._set_pull(value)
        if self._closed:
            self.drive_low()

    def _change_state(self, value: float) -> bool:
        changed = bool(super()._change_state(value))
        del self.states[:-_LOOKED_BACK]  # gpiozero keeps all of them, for as long as the program runs
        if changed and self._stamp is not None:
            self._last_change = self._stamp
        return changed


class OwnPins(MockFactory):
    """Pins of one box. Left to themselves, all factories of a program have the same ones: a machine has one set."""

    def __init__(self) -> None:
        super().__init__(pin_class=ContactPin)
        self.pins: dict[Any, Any] = {}
        self._reservations: dict[Any, list[Any]] = defaultdict(list)


class _Move(Struct, frozen=True):
    """What a hand does with a contact, so many seconds after it began."""

    after: float
    closed: bool


class PretendPins:
    """Pins that nobody had to solder, and the hands that go with them.

        pins = PretendPins()
        buttons = Buttons({"yes": 5}, pin_factory=pins.pin_factory)
        …
        pins.press("yes")

    settings: what hangs on which pin; the names of buttons and lamps, and the values of the coins.
    """

    def __init__(self, settings: RigSettings = ALL_PINS) -> None:
        self.pin_factory: Any = OwnPins()
        self._buttons = settings.buttons.pins if settings.buttons else {}
        self._lamps = settings.lamps.pins if settings.lamps else {}
        self._sounder = settings.sounder_pin
        self._coin = settings.coin_acceptor
        self._finger = ThreadPoolExecutor(1, thread_name_prefix="pretend finger")
        self._purse = ThreadPoolExecutor(1, thread_name_prefix="pretend purse")
        self._rested_at: dict[str, float] = {}
        self._next_coin_at = 0.0
        self._closing = threading.Event()

    # -- buttons

    def press(self, button: str, seconds: float = 0.15, *, wait: bool = True) -> None:
        """Press a button for so long. wait: return after that; else at once, and the finger goes on by itself."""
        self._touch(button, (_Move(0.0, True), _Move(seconds, False)), wait)

    def bounce(self, button: str, edges: int = 15, seconds: float = 0.010, *, hold: float = 0.15) -> None:
        """Let a contact chatter: so many edges in so many seconds; if it ends closed, let it go after `hold`."""
        levels = cycle((True, False))
        moves = [_Move(seconds * number / edges, next(levels)) for number in range(edges)]
        if moves[-1].closed:
            moves.append(_Move(seconds + hold, False))
        self._touch(button, moves, True)

    def hold(self, button: str) -> None:
        """Press a button and keep the finger on it."""
        self._contact(button).put(True)

    def release(self, button: str) -> None:
        """Take the finger away."""
        self._contact(button).put(False)
        self._rested_at[button] = time.monotonic() + _REST

    def _contact(self, button: str) -> ContactPin:
        if button not in self._buttons:
            raise ValueError(f"there is no button {button!r}; there are {', '.join(self._buttons)}")
        pin: ContactPin = self.pin_factory.pin(self._buttons[button])
        return pin

    def _touch(self, button: str, moves: Sequence[_Move], wait: bool) -> None:
        contact = self._contact(button)

        def touch() -> None:
            begin = max(time.monotonic(), self._rested_at.get(button, 0.0))
            self._move(contact, moves, begin)
            self._rested_at[button] = begin + moves[-1].after + _REST

        _do(self._finger, touch, wait)

    # -- coins

    def drop(self, cents: int, *, wait: bool = False) -> None:
        """Drop a coin: its pulses come from a hand of their own. ValueError if the acceptor knows no such coin.

        Several follow each other as fast as fingers find them. An acceptor that is shut by its inhibit line
        lets the coin fall through, without a pulse.
        """
        pulses = {value: count for count, value in self._coin_settings().coins.items()}
        if cents not in pulses:
            known = ", ".join(str(value) for value in sorted(pulses))
            raise ValueError(f"the acceptor knows no coin of {cents} cents; it knows {known}")

        def fall() -> None:
            self._closing.wait(max(self._next_coin_at - time.monotonic(), 0.0))
            if self.taking_coins:
                self._pulse([(self._nominal, self._nominal)] * pulses[cents])
            self._next_coin_at = time.monotonic() + _NEXT_COIN + 5 * self._nominal

        _do(self._purse, fall, wait)

    def pulses(self, widths_and_pauses: Iterable[tuple[float, float]], *, wait: bool = True) -> None:
        """Any pulses at all on the coin line: seconds on, seconds off, again and again."""
        pulses = list(widths_and_pauses)
        _do(self._purse, lambda: self._pulse(pulses), wait)

    def jam(self) -> None:
        """Let the coin line stay on."""
        self._coin_pin().put(True)

    def unjam(self) -> None:
        """Let the coin line go."""
        self._coin_pin().put(False)

    @property
    def taking_coins(self) -> bool:
        """Whether the inhibit line lets coins in; without that line they always go in."""
        inhibit = self._coin_settings().inhibit_pin
        if inhibit is None:
            return True
        pin = self.pin_factory.pin(inhibit)
        return pin.function == "output" and bool(pin.state)

    @property
    def _nominal(self) -> float:
        return self._coin_settings().nominal_ms / 1000

    def _coin_settings(self) -> CoinSettings:
        if self._coin is None:
            raise ValueError("there is no coin acceptor")
        return self._coin

    def _coin_pin(self) -> ContactPin:
        pin: ContactPin = self.pin_factory.pin(self._coin_settings().pin)
        return pin

    def _pulse(self, pulses: Sequence[tuple[float, float]]) -> None:
        moves, after = [], 0.0
        for width, pause in pulses:
            moves += [_Move(after, True), _Move(after + width, False)]
            after += width + pause
        self._move(self._coin_pin(), moves, time.monotonic())

    # -- what can be seen and heard

    def lamp(self, name: str) -> float:
        """How bright a lamp is now, 0 to 1."""
        if name not in self._lamps:
            raise ValueError(f"there is no lamp {name!r}; there are {', '.join(self._lamps)}")
        return self._level(self._lamps[name])

    def sounding(self) -> float | None:
        """What the sounder plays now, in Hz; None while it is silent."""
        if self._sounder is None or not self._level(self._sounder):
            return None
        frequency = self.pin_factory.pin(self._sounder).frequency
        return None if frequency is None else float(frequency)

    def _level(self, number: int) -> float:
        pin = self.pin_factory.pin(number)
        return float(pin.state) if pin.function == "output" else 0.0

    # -- hands

    def _move(self, contact: ContactPin, moves: Sequence[_Move], begin: float) -> None:
        """Do the moves, each stamped with the moment it was meant for, however late the machine is."""
        for move in moves:
            if self._closing.wait(max(begin + move.after - time.monotonic(), 0.0)):
                contact.put(False)
                return
            contact.put(move.closed, begin + move.after)

    def close(self) -> None:
        """Take all hands away; may be called twice."""
        self._closing.set()
        self._finger.shutdown(cancel_futures=True)
        self._purse.shutdown(cancel_futures=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _do(hand: ThreadPoolExecutor, movement: Callable[[], None], wait: bool) -> None:
    future: Future[None] = hand.submit(movement)
    if wait:
        future.result(_PATIENCE)
