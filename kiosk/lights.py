"""What the lamps show: the three in the buttons, always alike, and the one for alarms."""

from collections.abc import Callable

from hardware.lamps import ALARM, PULSE, REMINDER, Lamps
from kiosk.faces import Alarm
from kiosk.house import Light
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


def alarm_lamp(lamps: Lamps | None) -> Callable[[tuple[Alarm, ...]], None]:
    """The alarm lamp pulses while anything is wrong, slowly where it waits for somebody; the wall says what."""
    if lamps is None or "alarm" not in lamps.names:
        return lambda _: None

    def light(alarms: tuple[Alarm, ...]) -> None:
        if not alarms:
            lamps.off("alarm")
        else:
            lamps.pattern("alarm", ALARM if any(alarm.pressing for alarm in alarms) else REMINDER)

    return light
