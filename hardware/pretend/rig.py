"""A whole box that nobody had to buy: for the bench, for the screen on a laptop, and for the tests."""

import threading
import time
from types import TracebackType
from typing import Any, Self

from hardware.pretend.pins import PretendPins
from hardware.pretend.pn532 import PretendPn532
from hardware.pretend.rdm6300 import PretendRdm6300
from hardware.pretend.scanner import PretendScanner
from hardware.pretend.wires import PretendSerialDevice
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


class PretendRig:
    """All devices, pretended at the wire and the pin, with all hands in one place.

        with PretendRig() as box:
            rig = box.open()
            rig.start(inbox.put)
            box.present(bytes.fromhex("04A1B2C3D4E5F6"))
            box.press("yes")
            box.drop(50)

    The real drivers run. Two things are quicker than on a wall: coins have pulses of 25 ms, and the noise
    after the start lasts a quarter of a second at most.

    reader: the driver of the badge reader, "pn532" or "rdm6300".
    coins: cents by number of pulses; without it, the table of CoinSettings.
    """

    def __init__(self, *, reader: str = "pn532", coins: CoinSettings | None = None) -> None:
        self._reader = _reader(reader)
        self._scanner = PretendScanner()
        self._wires: dict[str, PretendSerialDevice] = {
            "badge reader": self._reader,
            "code scanner": self._scanner,
        }
        self.settings = RigSettings(
            badge_reader=ReaderSettings(port=self._reader.path, driver=reader),
            code_scanner=ScannerSettings(port=self._scanner.path, settle=0.0),
            buttons=ButtonSettings(settle=0.25),
            lamps=LampSettings(),
            sounder_pin=18,
            coin_acceptor=coins or CoinSettings(inhibit_pin=24, nominal_ms=25, settle=0.25),
        )
        self.pins = PretendPins(self.settings)
        self._card_guard = threading.RLock()

    @property
    def pin_factory(self) -> Any:
        """What the drivers are given as gpiozero's pin factory."""
        return self.pins.pin_factory

    @property
    def lamps(self) -> tuple[str, ...]:
        """The lamps there are."""
        return tuple(self.settings.lamps.pins) if self.settings.lamps else ()

    def open(self) -> Rig:
        """The real drivers on these pretend wires, not yet started."""
        return open_rig(self.settings, pin_factory=self.pin_factory)

    # -- hands

    def tap(self, uid: bytes) -> None:
        """Lay a badge on the reader; it stays until `away`."""
        self._reader.tap(uid)

    def lay_two(self, first: bytes, second: bytes) -> None:
        """Lay two badges on the reader at once, as in a wallet; ValueError for a reader that can't tell two."""
        nfc = self._reader if isinstance(self._reader, PretendPn532) else None
        if nfc is None:
            raise ValueError("this badge reader can't tell two badges from one")
        nfc.tap([first, second])

    def away(self) -> None:
        """Take the badge away."""
        self._reader.away()

    def present(self, uid: bytes, seconds: float = 0.6, *, wait: bool = True) -> None:
        """Lay a badge on, and take it away after so long. wait: return after that, else at once."""
        if not wait:
            threading.Thread(target=self.present, args=(uid, seconds), name="pretend badge", daemon=True).start()
            return
        with self._card_guard:  # one badge after another
            self.tap(uid)
            time.sleep(seconds)
            self.away()

    def scan(self, text: str) -> None:
        """Hold a code to the scanner."""
        self._scanner.scan(text)

    def press(self, button: str, seconds: float = 0.15, *, wait: bool = True) -> None:
        """Press a button for so long. wait: return after that, else at once."""
        self.pins.press(button, seconds, wait=wait)

    def hold(self, button: str) -> None:
        """Press a button and keep the finger on it."""
        self.pins.hold(button)

    def release(self, button: str) -> None:
        """Take the finger away."""
        self.pins.release(button)

    def bounce(self, button: str, edges: int = 15) -> None:
        """Let a button's contact chatter."""
        self.pins.bounce(button, edges)

    def drop(self, cents: int, *, wait: bool = False) -> None:
        """Drop a coin. wait: return after its last pulse, else at once."""
        self.pins.drop(cents, wait=wait)

    def lamp(self, name: str) -> float:
        """How bright a lamp is now, 0 to 1."""
        return self.pins.lamp(name)

    def sounding(self) -> float | None:
        """What the sounder plays now, in Hz; None while it is silent."""
        return self.pins.sounding()

    def unplug(self, device: str) -> None:
        """Pull the plug of the "badge reader" or the "code scanner"; ValueError for what has no plug."""
        self._wire(device).unplug()

    def replug(self, device: str) -> None:
        """Put the plug back in."""
        self._wire(device).replug()

    def _wire(self, device: str) -> PretendSerialDevice:
        if device not in self._wires:
            raise ValueError(f"{device!r} has no plug to pull; there are {', '.join(self._wires)}")
        return self._wires[device]

    def close(self) -> None:
        """Take everything away; may be called twice."""
        self.pins.close()
        for wire in self._wires.values():
            wire.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _reader(driver: str) -> PretendPn532 | PretendRdm6300:
    if driver == "pn532":
        return PretendPn532()
    if driver == "rdm6300":
        return PretendRdm6300()
    raise ValueError(f"there is no pretend badge reader {driver!r}; there are pn532, rdm6300")
