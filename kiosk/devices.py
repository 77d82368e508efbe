"""The settings of the box as the rig takes them; and, where asked for, pretend devices with hands for the rest."""

import contextlib
import re
import threading
import time
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from msgspec.structs import replace

from hardware.device import Device
from hardware.plugged import PluggedDevice
from hardware.rig import (
    ButtonSettings,
    CoinSettings,
    LampSettings,
    ReaderSettings,
    Rig,
    RigSettings,
    ScannerSettings,
    open_rig,
)
from hardware.signals import (
    ButtonPressed,
    ButtonsTogether,
    ButtonStuck,
    CardsAmbiguous,
    CardSeen,
    CodeScanned,
    CodeUnreadable,
    CoinDropped,
    CoinUnidentified,
    Signal,
)
from kiosk.asked import NoHands
from kiosk.box import DeviceHow
from kiosk.codes import write_label
from kiosk.demo import CODES, PHONE, STRANGER, TOOLS, UIDS
from kiosk.settings import Settings

if TYPE_CHECKING:
    from hardware.pretend.rig import PretendRig

HELD = 0.7
"""Seconds a pretend badge lies on the reader when it is tapped."""


def rig_settings(settings: Settings) -> RigSettings:
    """What the settings name, in the rig's words."""
    reader, scanner, buttons = settings.badge_reader, settings.code_scanner, settings.buttons
    lamps, sounder, coins = settings.lamps, settings.sounder, settings.coin_acceptor
    return RigSettings(
        badge_reader=ReaderSettings(port=reader.port, driver=reader.driver) if reader else None,
        code_scanner=ScannerSettings(port=scanner.port) if scanner else None,
        buttons=ButtonSettings(yes=buttons.yes, no=buttons.no, abstain=buttons.abstain) if buttons else None,
        lamps=LampSettings(lamps.yes, lamps.no, lamps.abstain, lamps.alarm) if lamps else None,
        sounder_pin=sounder.pin if sounder else None,
        coin_acceptor=CoinSettings(
            coins=dict(coins.coins), pin=coins.pin, inhibit_pin=coins.inhibit_pin, nominal_ms=coins.nominal_ms
        )
        if coins
        else None,
    )


class PretendHands:
    """Hands for the devices that the settings don't name.

    real: names of devices that are real, and so have no hands here. uids: the badges at hand, by name.
    """

    def __init__(self, box: "PretendRig", rig: Rig, real: frozenset[str], uids: Mapping[str, bytes] = UIDS) -> None:
        self._uids = uids
        self._box = box
        self._rig = rig
        self._real = real
        self._unplugged: set[str] = set()

    # -- as the dock shows them

    def has(self, device: str) -> bool:
        """Whether this device is a pretend one."""
        return device not in self._real

    def badges(self) -> tuple[tuple[str, str], ...]:
        """(words, key) of each badge at hand."""
        return tuple((name, name) for name in self._uids) if self.has("badge reader") else ()

    def cards(self) -> tuple[tuple[str, str], ...]:
        """(words, key) of each printed card at hand."""
        return tuple((name, name) for name in CODES if name in self._uids) if self.has("code scanner") else ()

    def tap(self, key: str) -> None:
        """Hold a badge to the reader for a moment: a demo member's by name, or any by its number in hex."""
        if key not in self._uids and not re.fullmatch(r"([0-9A-Fa-f]{2}){4,10}", key):
            raise ValueError(f"a badge is one of {', '.join(self._uids)}, or a number of 4 to 10 bytes in hex")
        self._present(self._uids[key] if key in self._uids else bytes.fromhex(key))

    def away(self) -> None:
        """Take whatever lies there away."""
        self._box.away()

    def lay_two(self) -> None:
        """Hold a wallet with two badges to the reader."""
        first, second, *_ = self._uids.values()
        self._later(lambda: self._box.lay_two(first, second), self._box.away)

    def phone(self) -> None:
        """Hold a phone to the reader."""
        self._present(PHONE)

    def unknown(self) -> None:
        """Hold a badge of nobody's to the reader."""
        self._present(STRANGER)

    def _present(self, uid: bytes) -> None:
        self._box.present(uid, HELD, wait=False)

    def _later(self, now: Callable[[], None], later: Callable[[], None]) -> None:
        def hold() -> None:
            now()
            time.sleep(HELD)
            later()

        threading.Thread(target=hold, name="pretend hand", daemon=True).start()

    def scan(self, key: str) -> None:
        """Show a printed card or a tool's label: a demo member's or a demo tool's by name, or any code as text."""
        if not key:
            raise ValueError(f"a scan is one of {', '.join((*CODES, *TOOLS.values()))}, or any code as text")
        labels = {name: write_label(label) for label, name in TOOLS.items()}
        self._box.scan((CODES | labels).get(key, key))

    def scan_nonsense(self) -> None:
        """Show something that is no card of this house."""
        self._box.scan("https://example.org/poster")

    def press(self, button: str) -> None:
        """Press a button as one does."""
        self._box.press(button, wait=False)

    def hold(self, button: str) -> None:
        """Press and stay."""
        self._box.hold(button)

    def release(self, button: str) -> None:
        """Let go."""
        self._box.release(button)

    def drop(self, cents: int) -> None:
        """Drop a coin."""
        self._box.drop(cents)

    def cable(self, device: str, plugged: bool) -> None:
        """Pull a plug, or put it back; twice the same does nothing."""
        if plugged and device in self._unplugged:
            self._unplugged.discard(device)
            self._box.replug(device)
        elif not plugged and device not in self._unplugged:
            self._box.unplug(device)
            self._unplugged.add(device)

    def lamps(self) -> Mapping[str, float]:
        """How bright each lamp is, 0 to 1."""
        return {name: self._box.lamp(name) for name in self._box.lamps} if self.has("lamps") else {}

    def devices(self) -> tuple[tuple[str, str], ...]:
        """(device, state) of all, real and pretend."""
        return tuple((name, status.state.value) for name, status in self._rig.status().items())

    # -- as a driving program says them

    def words(self) -> Mapping[str, Callable[[str], None]]:
        """One line each; what follows the word is said to it."""
        return {
            "tap": self.tap,
            "away": lambda _: self.away(),
            "scan": self.scan,
            "press": self.press,
            "hold": self.hold,
            "release": self.release,
            "drop": lambda cents: self.drop(_coin(cents)),
            "unplug": lambda device: self.cable(device, plugged=False),
            "plug": lambda device: self.cable(device, plugged=True),
            "replug": lambda device: self.cable(device, plugged=True),
        }

    def close(self) -> None:
        """Take everything away; may be called twice."""
        with contextlib.suppress(OSError):
            self._box.close()


_LAST: Mapping[type, str] = {
    CardSeen: "a badge",
    CardsAmbiguous: "two badges at once",
    CodeScanned: "a code",
    CodeUnreadable: "something unreadable",
    ButtonPressed: "a press",
    ButtonsTogether: "several at once",
    ButtonStuck: "a button that is stuck",
    CoinDropped: "a coin",
    CoinUnidentified: "a coin that is not known",
}
"""What a device may have said last, by its kind alone: no number, no button, no value."""


class Watcher:
    """Knows how each device is. A sink that remembers when each said something, and of what kind; no more."""

    def __init__(self, rig: Rig, settings: RigSettings, *, hushed: Callable[[], bool] = lambda: False) -> None:
        self._rig, self._wheres, self._hushed = rig, _wheres(settings), hushed
        self._last: dict[str, tuple[str, float]] = {}

    def __call__(self, signal: Signal) -> None:
        """Hear a signal."""
        words = _LAST.get(type(signal))
        if words is not None:
            self._last[signal.device] = (words, signal.at)

    def look(self) -> tuple[DeviceHow, ...]:
        """How each device is now; of the buttons nothing is told while a vote is open."""
        now = time.monotonic()
        return tuple(self._one(device, now) for device in self._rig.devices)

    def _one(self, device: Device, now: float) -> DeviceHow:
        status = self._rig.status()[device.name]
        words, at = self._last.get(device.name, ("", now))
        told = bool(words) and not (device.name == "buttons" and self._hushed())
        return DeviceHow(
            device=device.name,
            state=status.state.value,
            where=device.where if isinstance(device, PluggedDevice) else self._wheres.get(device.name, ""),
            since=round(now - status.since),
            errors=status.errors,
            detail=status.detail,
            last=words if told else "",
            minutes=int((now - at) // 60) if told else None,
        )


def _coin(text: str) -> int:
    """The cents of a coin, as a driving program says them."""
    if not re.fullmatch(r"[0-9]{1,4}", text):
        raise ValueError("a coin is a number of cents, such as 50")
    return int(text)


def _wheres(settings: RigSettings) -> Mapping[str, str]:
    """The pins of each device that hangs on pins."""
    coins = settings.coin_acceptor
    pins = {
        "buttons": list(settings.buttons.pins.values()) if settings.buttons else [],
        "lamps": list(settings.lamps.pins.values()) if settings.lamps else [],
        "sounder": [settings.sounder_pin] if settings.sounder_pin is not None else [],
        "coin acceptor": [pin for pin in (coins.pin, coins.inhibit_pin) if pin is not None] if coins else [],
    }
    return {
        device: f"{'pin' if len(given) == 1 else 'pins'} {', '.join(map(str, given))}"
        for device, given in pins.items()
        if given
    }


def open_devices(
    settings: Settings, *, pretend: bool, uids: Mapping[str, bytes] = UIDS
) -> tuple[Rig, NoHands | PretendHands]:
    """The rig, not yet started, and the hands that go with it. uids: the pretend badges at hand.

    With pretend, a pretend device stands in for each that the settings don't name; pins are all real or all
    pretend, since a box has one set of pins. Raises ValueError for a pin given twice.
    """
    named = rig_settings(settings)
    if not pretend:
        return open_rig(named), NoHands()
    # Only here, so that a kiosk with real devices starts without the others.
    from hardware.pretend.rig import PretendRig

    box = PretendRig()
    pins_named = any((named.buttons, named.lamps, named.sounder_pin, named.coin_acceptor))
    mixed = replace(
        named if pins_named else box.settings,
        badge_reader=named.badge_reader or box.settings.badge_reader,
        code_scanner=named.code_scanner or box.settings.code_scanner,
    )
    rig = open_rig(mixed, pin_factory=None if pins_named else box.pin_factory)
    return rig, PretendHands(box, rig, _real(named, pins_named=pins_named), uids)


def _real(named: RigSettings, *, pins_named: bool) -> frozenset[str]:
    real = {"badge reader"} if named.badge_reader else set()
    real |= {"code scanner"} if named.code_scanner else set()
    if pins_named:
        real |= {"buttons", "lamps", "sounder", "coin acceptor"}
    return frozenset(real)
