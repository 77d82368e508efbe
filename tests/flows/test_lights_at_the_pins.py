"""The light and the tone of a vote, recorded at the pins: whoever watches a lamp or listens learns nothing."""

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from by_hand import Kiosk

from hardware.pretend.rig import PretendRig
from hardware.signals import DeviceChanged, DeviceState, Signal
from kiosk.demo import MEMBERS
from kiosk.faces import Alarm
from kiosk.house import House
from kiosk.lights import AlarmLamp, button_lamps
from kiosk.visit.hearing import listener

BUTTONS = ("yes", "no", "abstain")
PATIENCE = 20.0


class Winking(House):
    """The control: lets the lamp of the pressed button stay lit."""

    lamps: Any = None
    pressed = ""

    def _press(self, answer: Any) -> None:
        super()._press(answer)
        self.pressed = answer

    def _shine(self) -> None:
        super()._shine()
        if self.pressed:
            Winking.lamps.on(self.pressed)


class Room:
    """A shop in an open vote whose buttons, lamps and sounder are the real drivers on mocked pins."""

    def __init__(self, folder: Path, house: type[House] = House) -> None:
        self.box = PretendRig()
        self.rig = self.box.open()
        self.ready: set[str] = set()
        self.kiosk = Kiosk(folder, house, light=button_lamps(self.rig.lamps), cue=self._cue)
        Winking.lamps = self.rig.lamps
        self.tones: list[str] = []
        self.kiosk.gather(*MEMBERS[:5])
        self.kiosk.ask()
        self.rig.start(self._hear)
        self.until(lambda: {"buttons", "lamps", "sounder"} <= self.ready, "the devices")
        self._heard = listener(self.kiosk.key, self._take)
        self.kiosk.wait(2)  # the buttons rest first
        self.before = len(self.kiosk.faces)

    def _cue(self, cue: str) -> None:
        if self.rig.sounder is not None:
            self.rig.sounder.play(cue)

    def _hear(self, signal: Signal) -> None:
        if isinstance(signal, DeviceChanged) and signal.state is DeviceState.READY:
            self.ready.add(signal.device)
        elif not isinstance(signal, DeviceChanged):
            self._heard(signal)

    def _take(self, heard: Any) -> None:
        self.kiosk.house.live_once(heard)

    def until(self, true: Callable[[], bool], what: str) -> None:
        deadline = time.monotonic() + PATIENCE
        while not true():
            assert time.monotonic() < deadline, f"{what} did not come"
            threading.Event().wait(0.01)

    def press(self, button: str) -> None:
        seen = len(self.kiosk.faces)
        self.kiosk.clock.ms += 1_500
        self.box.press(button)
        self.until(lambda: len(self.kiosk.faces) > seen, "the screen after a press")
        self.until(lambda: self.box.sounding() is None, "silence")

    def shown(self, lamp: str) -> list[float]:
        """All that a lamp has shown, in order."""
        assert self.box.settings.lamps is not None
        pin = self.box.pin_factory.pin(self.box.settings.lamps.pins[lamp])
        return [float(state.state) for state in pin.states]

    def heard(self) -> list[float]:
        """All the tones, in order, in Hz; 0 is silence."""
        pin = self.box.pin_factory.pin(self.box.settings.sounder_pin)
        return [round(float(pin.frequency or 0))] + [float(bool(state.state)) for state in pin.states]

    def close(self) -> None:
        self.rig.stop()
        self.box.close()
        self.kiosk.store.store.close()


@pytest.fixture
def enter(tmp_path: Path) -> Iterator[Callable[..., Room]]:
    rooms: list[Room] = []

    def open_room(house: type[House] = House) -> Room:
        rooms.append(Room(tmp_path / str(len(rooms)), house))
        return rooms[-1]

    yield open_room
    for room in rooms:
        room.close()


def lamps_differ(room: Room) -> bool:
    """Whether the three lamps have ever shown different things, whatever the moment."""
    threading.Event().wait(0.2)
    histories = [room.shown(button) for button in BUTTONS]
    return any(history != histories[0] for history in histories)


@pytest.mark.parametrize("button", BUTTONS)
def test_the_three_lamps_have_shown_the_same_whichever_was_pressed(enter, button):
    """Somebody who watches the buttons would know the vote of whoever stands before them."""
    room = enter()
    for _ in range(2):
        room.press(button)
    assert not lamps_differ(room)
    assert max(room.shown(button)) > 0, "no lamp was ever lit, so this would hold of anything"


def test_a_lamp_that_winks_is_found_out(enter):
    room = enter(Winking)
    room.press("no")
    assert lamps_differ(room)


def test_every_button_has_the_same_tone(enter):
    heard = []
    for button in BUTTONS:
        room = enter()
        room.press(button)
        heard.append(room.heard())
    assert heard[0] == heard[1] == heard[2]
    assert any(heard[0][1:]), "no tone was ever heard"


def test_the_alarm_lamp_says_what_is_broken_more_urgently_than_what_waits(enter):
    """Nobody would look up for a lamp that is always alike."""
    room = enter()
    light = AlarmLamp(room.rig.lamps)
    light((Alarm("Jo: fix the scale", pressing=False),))
    room.until(lambda: room.box.lamp("alarm") == 1.0, "the reminder")
    room.until(lambda: room.box.lamp("alarm") == 0.0, "its pause")
    assert not room.shown("alarm")[-1]
    light((Alarm("The badge reader does not answer"),))
    room.until(lambda: room.shown("alarm").count(1.0) >= 3, "the alarm's beat")
    light(())
    room.until(lambda: room.box.lamp("alarm") == 0.0, "the lamp to go out")
