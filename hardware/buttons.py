"""Push buttons between a pin and ground, such as the three for yes, no and abstain."""

import time
from collections.abc import Mapping
from typing import Any

from hardware.debounce import ButtonTiming, Debouncer
from hardware.device import MonotonicClock
from hardware.pins import RETRY, ContactDevice


class Buttons(ContactDevice):
    """Says ButtonPressed, ButtonReleased, ButtonsTogether, ButtonsHeld, ButtonStuck and ButtonFreed.

        buttons = Buttons({"yes": 5, "no": 6, "abstain": 13})
        buttons.start(inbox.put)

    Each button is wired from its pin to ground; the pin's pull-up is switched on. While a button is stuck
    the state is FAULT and the others work.

    pins: the BCM number of each button by its name.
    pin_factory: gpiozero's; without it, this machine's.
    retry: seconds between two looks for pins that could not be opened.
    """

    def __init__(
        self,
        pins: Mapping[str, int],
        *,
        name: str = "buttons",
        timing: ButtonTiming | None = None,
        pin_factory: Any = None,
        clock: MonotonicClock = time.monotonic,
        retry: float = RETRY,
    ) -> None:
        super().__init__(pins, name=name, pin_factory=pin_factory, clock=clock, retry=retry)
        self._timing = timing or ButtonTiming()

    def _new_judge(self) -> Debouncer:
        return Debouncer(list(self._pins), timing=self._timing, device=self._name)
