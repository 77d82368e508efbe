"""From settings to devices: which there are, on which wires, opened in order and closed in reverse."""

import logging
import time
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, Final

from msgspec import Struct, field

from hardware.buttons import Buttons
from hardware.code_scanner import CodeScanner
from hardware.coin_acceptor import CoinAcceptor
from hardware.debounce import ButtonTiming
from hardware.device import Device, MonotonicClock, Sink, Status, tee
from hardware.errors import PinInUseError, UnknownDriverError
from hardware.lamps import Lamps
from hardware.pn532 import Pn532Reader
from hardware.ports import is_typing
from hardware.rdm6300 import Rdm6300Reader
from hardware.signals import DeviceChanged, DeviceState
from hardware.sounder import Sounder
from hardware.typing_reader import TypingReader, TypingScanner

log = logging.getLogger(__name__)

COINS: Final[Mapping[int, int]] = MappingProxyType({4: 20, 5: 50, 6: 100, 7: 200})
"""Cents by pulses. No two of these counts add up to a third, so that two coins are never taken for another."""


class ReaderSettings(Struct, frozen=True):
    """The badge reader.

    port: such as /dev/serial/by-id/…, with the driver "pn532" (NFC) or "rdm6300" (125 kHz); or that of a reader
    that types like a keyboard, such as "keyboard:1a2b:3c4d", where the driver means nothing.
    """

    port: str
    driver: str = "pn532"


class ScannerSettings(Struct, frozen=True):
    """The code scanner.

    port: such as /dev/serial/by-id/…, with the driver "serial", for all that send a line a code; or that of a
    scanner that types like a keyboard, such as "keyboard:1a2b:3c4d", where the driver means nothing.

    settle: seconds after the port opens in which what comes is the noise of plugging in.
    """

    port: str
    driver: str = "serial"
    settle: float = 1.0


class ButtonSettings(Struct, frozen=True):
    """The pins of the three buttons, BCM numbers. settle: seconds of noise after the start."""

    yes: int = 5
    no: int = 6
    abstain: int = 13
    settle: float = 0.3

    @property
    def pins(self) -> dict[str, int]:
        """The pin of each button by its name."""
        return {"yes": self.yes, "no": self.no, "abstain": self.abstain}


class LampSettings(Struct, frozen=True):
    """The pins of the lamps in the buttons and of the alarm lamp, BCM numbers."""

    yes: int = 12
    no: int = 16
    abstain: int = 20
    alarm: int = 25

    @property
    def pins(self) -> dict[str, int]:
        """The pin of each lamp by its name."""
        return {"yes": self.yes, "no": self.no, "abstain": self.abstain, "alarm": self.alarm}


class CoinSettings(Struct, frozen=True):
    """The coin acceptor; what each means is said at CoinAcceptor."""

    coins: Mapping[int, int] = field(default_factory=lambda: COINS)
    pin: int = 23
    inhibit_pin: int | None = None
    nominal_ms: float = 65
    settle: float = 2.0
    most: int = 30


class RigSettings(Struct, frozen=True):
    """What hangs on this box. None: there is no such device."""

    badge_reader: ReaderSettings | None = None
    code_scanner: ScannerSettings | None = None
    buttons: ButtonSettings | None = None
    lamps: LampSettings | None = None
    sounder_pin: int | None = None
    coin_acceptor: CoinSettings | None = None


class Rig:
    """All devices of this box.

    lamps, sounder, coin_acceptor: to be spoken to; None when there are none.
    """

    def __init__(self, devices: tuple[Device, ...] = (), *, clock: MonotonicClock = time.monotonic) -> None:
        self.devices = devices
        self.lamps = next((device for device in devices if isinstance(device, Lamps)), None)
        self.sounder = next((device for device in devices if isinstance(device, Sounder)), None)
        self.coin_acceptor = next((device for device in devices if isinstance(device, CoinAcceptor)), None)
        self._clock = clock
        self._started: list[Device] = []
        self._failed: dict[str, Status] = {}

    def start(self, sink: Sink) -> None:
        """Start them in order; one that fails is reported as FAULT and keeps no other from starting."""
        guarded = tee(sink)
        self._failed.clear()
        for device in self.devices:
            if device in self._started:
                continue
            try:
                device.start(guarded)
            except Exception as error:
                log.exception("%s did not start", device.name)
                self._report(device, error, guarded)
            self._started.append(device)

    def stop(self) -> None:
        """Stop them in reverse; may be called twice, and before start."""
        while self._started:
            device = self._started.pop()
            try:
                device.stop()
            except Exception:
                log.exception("%s did not stop", device.name)

    def status(self) -> dict[str, Status]:
        """How each device is doing, by its name."""
        return {device.name: self._failed.get(device.name) or device.status() for device in self.devices}

    def _report(self, device: Device, error: Exception, sink: Sink) -> None:
        at = self._clock()
        detail = f"{device.name}: did not start ({error or type(error).__name__}); see the log"
        self._failed[device.name] = Status(DeviceState.FAULT, since=at, errors=1, detail=detail)
        sink(DeviceChanged(device=device.name, at=at, state=DeviceState.FAULT, detail=detail))


def open_rig(settings: RigSettings, *, pin_factory: Any = None, clock: MonotonicClock = time.monotonic) -> Rig:
    """The devices that the settings name, not yet started.

    pin_factory: gpiozero's; without it, this machine's.
    Raises UnknownDriverError for a driver this house does not have, PinInUseError for a pin given twice, and
    ValueError for a table of coins that makes no sense.
    """
    _refuse_shared_pins(settings)
    pins = {"pin_factory": pin_factory, "clock": clock}
    return Rig(tuple(_devices(settings, pins, clock)), clock=clock)


def _devices(settings: RigSettings, pins: dict[str, Any], clock: MonotonicClock) -> Iterator[Device]:
    # Lamps and sounder first: they answer what the others hear, and go out last.
    if settings.lamps is not None:
        yield Lamps(settings.lamps.pins, **pins)
    if settings.sounder_pin is not None:
        yield Sounder(settings.sounder_pin, **pins)
    if settings.badge_reader is not None:
        reader = settings.badge_reader
        others = (settings.code_scanner.port,) if settings.code_scanner else ()
        driver = _driver("badge reader", reader.driver, _READERS)
        yield (TypingReader if is_typing(reader.port) else driver)(reader.port, clock=clock, but=others)
    if settings.code_scanner is not None:
        scanner = settings.code_scanner
        others = (settings.badge_reader.port,) if settings.badge_reader else ()
        driver = _driver("code scanner", scanner.driver, _SCANNERS)
        kind = TypingScanner if is_typing(scanner.port) else driver
        yield kind(scanner.port, clock=clock, settle=scanner.settle, but=others)
    if settings.buttons is not None:
        timing = ButtonTiming(settle=settings.buttons.settle)
        yield Buttons(settings.buttons.pins, timing=timing, **pins)
    if settings.coin_acceptor is not None:
        yield _coin_acceptor(settings.coin_acceptor, pins)


def _coin_acceptor(settings: CoinSettings, pins: dict[str, Any]) -> CoinAcceptor:
    return CoinAcceptor(
        settings.pin,
        settings.coins,
        inhibit_pin=settings.inhibit_pin,
        nominal_ms=settings.nominal_ms,
        settle=settings.settle,
        most=settings.most,
        **pins,
    )


_READERS: Final[Mapping[str, Callable[..., Device]]] = {"pn532": Pn532Reader, "rdm6300": Rdm6300Reader}
_SCANNERS: Final[Mapping[str, Callable[..., Device]]] = {"serial": CodeScanner}


def _driver(device: str, driver: str, known: Mapping[str, Callable[..., Device]]) -> Callable[..., Device]:
    if driver not in known:
        raise UnknownDriverError(f"the {device} has no driver {driver!r}; there are {', '.join(known)}")
    return known[driver]


def _refuse_shared_pins(settings: RigSettings) -> None:
    owners: dict[int, str] = {}
    for owner, pin in _pins(settings):
        if pin in owners:
            raise PinInUseError(f"pin {pin} is given to {owners[pin]} and to {owner}")
        owners[pin] = owner


def _pins(settings: RigSettings) -> Iterator[tuple[str, int]]:
    """Every pin with the words for what hangs on it."""
    if settings.buttons is not None:
        yield from ((f'the button "{name}"', pin) for name, pin in settings.buttons.pins.items())
    if settings.lamps is not None:
        yield from ((f'the lamp "{name}"', pin) for name, pin in settings.lamps.pins.items())
    if settings.sounder_pin is not None:
        yield "the sounder", settings.sounder_pin
    if settings.coin_acceptor is not None:
        yield "the coin acceptor's coin line", settings.coin_acceptor.pin
        if settings.coin_acceptor.inhibit_pin is not None:
            yield "the coin acceptor's inhibit line", settings.coin_acceptor.inhibit_pin
