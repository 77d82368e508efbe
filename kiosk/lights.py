"""What the lamps show: the three in the buttons, always alike, and the one for alarms."""

import threading
from collections.abc import Callable

from hardware.lamps import ALARM, PULSE, REMINDER, Lamps
from hardware.sounder import Sounder
from kiosk.faces import Alarm
from kiosk.outward import Light
from kiosk.visit.hearing import ANSWERS


def button_lamps(lamps: Lamps | None) -> Callable[[Light], None]:
    """All three button lamps alike, whatever was pressed: pulsing while one may press, else dark."""
    if lamps is None:
        return lambda _: None
    names = [name for name in ANSWERS if name in lamps.names]

    def light(how: Light) -> None:
        for name in names:
            if how == "press":
                lamps.pattern(name, PULSE)
            else:
                lamps.off(name)

    return light


class AlarmLamp:
    """The alarm lamp pulses while anything is wrong, slowly where it waits for somebody; the wall says what."""

    def __init__(self, lamps: Lamps | None) -> None:
        self._lamps = lamps if lamps is not None and "alarm" in lamps.names else None
        self._alarms: tuple[Alarm, ...] = ()

    def __call__(self, alarms: tuple[Alarm, ...]) -> None:
        """Show that these are wrong now."""
        self._alarms = alarms
        self.show()

    def show(self) -> None:
        """Show what is wrong, after the lamp has shown something else."""
        if self._lamps is None:
            return
        if not self._alarms:
            self._lamps.off("alarm")
        else:
            pressing = any(alarm.pressing for alarm in self._alarms)
            self._lamps.pattern("alarm", ALARM if pressing else REMINDER)


TRIED = 2.0
"""Seconds for which a lamp is lit that is tried."""


def trials(lamps: Lamps | None, sounder: Sounder | None, alarm: AlarmLamp) -> Callable[[str], None]:
    """Lights a lamp for two seconds ("lamp:yes"), or plays a tone ("tone:done"); what is not there is left out."""

    def back(lamp: str) -> None:
        if lamps is not None and lamp != "alarm":
            lamps.off(lamp)
        alarm.show()

    def try_out(what: str) -> None:
        kind, _, name = what.partition(":")
        if kind == "tone" and sounder is not None:
            sounder.play(name)
        if kind == "lamp" and lamps is not None and name in lamps.names:
            lamps.on(name)
            later = threading.Timer(TRIED, back, (name,))
            later.daemon = True
            later.start()

    return try_out
