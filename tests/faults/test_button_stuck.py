"""A button is stuck: it is left out and named, the others work, and it counts again when it is free.

Behaviour 23 of the hardware notes.
"""

from collections.abc import Iterator

import pytest

from hardware.buttons import Buttons
from hardware.debounce import ButtonTiming
from hardware.pretend.ear import Ear
from hardware.pretend.pins import PretendPins
from hardware.signals import ButtonFreed, ButtonPressed, ButtonReleased, ButtonStuck, DeviceState

PINS = {"yes": 5, "no": 6, "abstain": 13}
IMPATIENT = ButtonTiming(stuck=0.4, settle=0.05)


@pytest.fixture
def ear() -> Ear:
    return Ear()


@pytest.fixture
def pins() -> Iterator[PretendPins]:
    with PretendPins() as pins:
        yield pins


@pytest.fixture
def buttons(pins: PretendPins) -> Iterator[Buttons]:
    buttons = Buttons(PINS, timing=IMPATIENT, pin_factory=pins.pin_factory)
    yield buttons
    buttons.stop()


def test_a_button_stuck_at_the_start_gives_no_vote_and_takes_none_away(
    buttons: Buttons, pins: PretendPins, ear: Ear
) -> None:
    pins.hold("yes")
    buttons.start(ear)
    assert ear.wait_for(ButtonStuck).button == "yes"
    change = ear.wait_for_state(DeviceState.FAULT)
    assert change.detail == 'buttons: "yes" is stuck; the others work'
    pins.press("no", 0.1)
    assert ear.wait_for(ButtonPressed).button == "no"
    pins.release("yes")
    assert ear.wait_for(ButtonFreed).button == "yes"
    ear.wait_for_state(DeviceState.READY)
    assert buttons.status().detail == ""
    ear.wait_for(ButtonReleased)
    pins.press("yes", 0.1)
    assert ear.wait_for(ButtonPressed, 2).button == "yes"


def test_a_button_that_gets_stuck_was_one_press_and_stays_one(
    buttons: Buttons, pins: PretendPins, ear: Ear
) -> None:
    buttons.start(ear)
    ear.wait_for_state(DeviceState.READY)
    pins.hold("no")
    assert ear.wait_for(ButtonStuck).button == "no"
    ear.wait_for_state(DeviceState.FAULT)
    pins.press("yes", 0.1)
    pins.release("no")
    ear.wait_for(ButtonFreed)
    ear.wait_for_state(DeviceState.READY, 2)
    assert [signal.button for signal in ear.all(ButtonPressed)] == ["no", "yes"]
    assert sorted(signal.button for signal in ear.all(ButtonReleased)) == ["no", "yes"]


def test_two_stuck_buttons_are_both_named_and_the_third_works(
    buttons: Buttons, pins: PretendPins, ear: Ear
) -> None:
    pins.hold("yes")
    pins.hold("abstain")
    buttons.start(ear)
    assert ear.wait_for_state(DeviceState.FAULT).detail == 'buttons: "yes" and "abstain" are stuck; the others work'
    pins.press("no", 0.1)
    assert ear.wait_for(ButtonPressed).button == "no"
