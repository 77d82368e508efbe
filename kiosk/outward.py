"""What goes outward besides faces: lamps, tones, the coin gate, and word of all that is wrong."""

from collections.abc import Callable
from typing import Literal, TypeVar

from kiosk.faces import Alarm

T = TypeVar("T")

Cue = Literal["heard", "done", "not possible", "vote"]
"""What the sounder says; "vote" is the same for all three buttons."""

Light = Literal["off", "press", "rest"]
"""The three lamps in the buttons, always all alike: no vote, press now, the buttons rest."""


class Outward:
    """Says it to the devices; whatever stays as it is, only once.

    One that fails is an alarm, and no reason to send anybody away. failed: called with what it was, and the error.
    """

    def __init__(
        self,
        *,
        cue: Callable[[Cue], None],
        light: Callable[[Light], None],
        let_coins_in: Callable[[bool], None],
        told_alarms: Callable[[tuple[Alarm, ...]], None],
        failed: Callable[[str, Exception], None],
    ) -> None:
        self._failed = failed
        self.sound = self._guarded("a tone", cue)
        self._light = self._guarded("the lamps", light)
        self._let_coins_in = self._guarded("the coin gate", let_coins_in)
        self._told_alarms = self._guarded("word of the alarms", told_alarms)
        self._lit: Light = "off"
        self._gate_open, self._shut_for_good = True, False
        self._wrong: tuple[object, ...] | None = None

    def _guarded(self, what: str, do: Callable[[T], None]) -> Callable[[T], None]:
        def guarded(said: T) -> None:
            try:
                do(said)
            except Exception as error:
                self._failed(f"{what} failed", error)

        return guarded

    def shine(self, light: Light) -> None:
        """How the three button lamps are to be."""
        if light != self._lit:
            self._lit = light
            self._light(light)

    def gate(self, open_it: bool) -> None:
        """Whether coins are let in."""
        if open_it != self._gate_open and not self._shut_for_good:
            self._gate_open = open_it
            self._let_coins_in(open_it)

    def shut_gate_for_good(self) -> None:
        """No coin is let in any more, whatever is said afterwards."""
        self._shut_for_good = True
        self._let_coins_in(False)

    def warn(self, now: tuple[Alarm, ...]) -> None:
        """What is wrong goes out when it differs; not merely because another minute has passed."""
        wrong = tuple((each.words, each.mend, each.detail) for each in now)
        if wrong != self._wrong:
            self._wrong = wrong
            self._told_alarms(now)
