"""Fingers on the three buttons of a kiosk that is walked through: the driver is real, only the copper is not."""

import time
from typing import Any

from hardware.buttons import Buttons
from hardware.debounce import ButtonTiming
from hardware.device import tee
from hardware.pretend.pins import PretendPins
from hardware.signals import DeviceState
from kiosk.faces import GatherFace
from kiosk.visit.hearing import listener

PINS = {"yes": 5, "no": 6, "abstain": 13}


class Fingers:
    """walk: the kiosk before which they stand. stuck: seconds after which a button that is down is stuck."""

    def __init__(self, walk: Any, *, stuck: float = 10.0) -> None:
        self.walk, self.pins = walk, PretendPins()
        timing = ButtonTiming(settle=0.02, held=0.5, stuck=stuck)
        self.buttons = Buttons(PINS, timing=timing, pin_factory=self.pins.pin_factory)
        self.buttons.start(tee(listener(walk.key, walk.house.hear)))
        deadline = time.monotonic() + 10
        while self.buttons.status().state is not DeviceState.READY:
            assert time.monotonic() < deadline, "the buttons are not ready"
            time.sleep(0.02)

    def press(self, button: str, kind: Any, words: str = "") -> Any:
        """Press, and wait for what the screen must show; then let the buttons rest."""
        self.pins.press(button, 0.05)
        face = self.walk.sees(kind, words)
        self.walk.wait(1.1)
        return face

    def hold_all(self) -> None:
        for button in PINS:
            self.pins.hold(button)
        self.walk.sees(GatherFace, "Tap in")
        for button in PINS:
            self.pins.release(button)

    def close(self) -> None:
        self.buttons.stop()
        self.pins.close()
