"""The real button driver on pretend pins: what a finger does, and what is said of it.

Behaviours are numbered as in the hardware notes; a stuck button is in tests/faults.
"""

import sys
import time
from collections.abc import Iterator

import gpiozero
import pytest
from gpiozero import DigitalOutputDevice

from hardware.buttons import Buttons
from hardware.debounce import ButtonTiming
from hardware.pretend.ear import Ear
from hardware.pretend.pins import PretendPins
from hardware.signals import ButtonPressed, ButtonReleased, ButtonsTogether, DeviceState, Signal

PINS = {"yes": 5, "no": 6, "abstain": 13}
QUICK = ButtonTiming(settle=0.05)


@pytest.fixture
def ear() -> Ear:
    return Ear()


@pytest.fixture
def pins() -> Iterator[PretendPins]:
    with PretendPins() as pins:
        yield pins


@pytest.fixture
def buttons(pins: PretendPins, ear: Ear) -> Iterator[Buttons]:
    buttons = Buttons(PINS, timing=QUICK, pin_factory=pins.pin_factory, retry=0.05)
    buttons.start(ear)
    ear.wait_for_state(DeviceState.READY)
    yield buttons
    buttons.stop()


def pressed(ear: Ear) -> list[str]:
    return [signal.button for signal in ear.all(ButtonPressed)]


def test_a_finger_on_a_button_is_heard_with_the_moment_it_came_down(
    buttons: Buttons, pins: PretendPins, ear: Ear
) -> None:
    before = time.monotonic()
    pins.press("yes", 0.12)
    released = ear.wait_for(ButtonReleased)
    press = ear.wait_for(ButtonPressed)
    assert (press.device, press.button) == ("buttons", "yes")
    assert before <= press.at < released.at
    assert released.held == pytest.approx(0.12, abs=0.05)
    assert buttons.status().last_ok is not None


def test_the_moment_is_that_of_the_edge_however_late_it_is_heard(
    buttons: Buttons, pins: PretendPins, ear: Ear
) -> None:
    """On a busy Pi the kernel stamps an edge long before Python gets its turn."""
    time.sleep(0.5)
    down = time.monotonic() - 0.45
    yes = pins.pin_factory.pin(5)
    yes.put(True, down)
    yes.put(False, down + 0.25)
    released = ear.wait_for(ButtonReleased)
    assert ear.wait_for(ButtonPressed).at == pytest.approx(down, abs=0.1)
    assert released.held == pytest.approx(0.25, abs=0.1)


def test_a_listener_that_fails_is_given_the_next_press_all_the_same(pins: PretendPins, ear: Ear) -> None:
    """Behaviour 25, for the buttons alone."""

    def fails(signal: Signal) -> None:
        ear(signal)
        raise RuntimeError("always")

    buttons = Buttons(PINS, timing=QUICK, pin_factory=pins.pin_factory)
    buttons.start(fails)
    ear.wait_for_state(DeviceState.READY)
    pins.press("yes", 0.1)
    pins.press("no", 0.1)
    ear.wait_for(ButtonReleased, 2)
    assert pressed(ear) == ["yes", "no"]
    buttons.stop()


def test_three_people_pressing_one_after_another_are_three_presses(
    buttons: Buttons, pins: PretendPins, ear: Ear
) -> None:
    for name in ("no", "yes", "yes"):
        pins.press(name, 0.1)
    ear.wait_for(ButtonReleased, 3)
    assert pressed(ear) == ["no", "yes", "yes"]


def test_a_chattering_contact_is_one_press(buttons: Buttons, pins: PretendPins, ear: Ear) -> None:
    """Behaviour 22."""
    pins.bounce("no", edges=15)
    ear.wait_for(ButtonReleased)
    assert pressed(ear) == ["no"]


def test_a_spark_is_no_press_and_the_next_press_works(buttons: Buttons, pins: PretendPins, ear: Ear) -> None:
    """Behaviour 22."""
    pins.bounce("no", edges=14)
    pins.press("no")
    ear.wait_for(ButtonReleased)
    assert pressed(ear) == ["no"]


def test_two_buttons_together_are_no_vote(buttons: Buttons, pins: PretendPins, ear: Ear) -> None:
    """Behaviour 24."""
    pins.hold("yes")
    pins.hold("abstain")
    assert ear.wait_for(ButtonsTogether).buttons == ("yes", "abstain")
    pins.release("yes")
    pins.release("abstain")
    pins.press("no")
    ear.wait_for(ButtonReleased)
    assert pressed(ear) == ["no"]


def test_a_button_pressed_while_switching_on_is_no_vote(pins: PretendPins, ear: Ear) -> None:
    """Behaviour 27."""
    buttons = Buttons(PINS, timing=ButtonTiming(settle=0.4), pin_factory=pins.pin_factory)
    buttons.start(ear)
    pins.press("yes", 0.1)
    ear.wait_for_state(DeviceState.READY)
    pins.press("no", 0.1)
    ear.wait_for(ButtonReleased)
    buttons.stop()
    assert pressed(ear) == ["no"]


def test_a_told_clock_stamps_the_signals(pins: PretendPins, ear: Ear) -> None:
    """Tests of the whole kiosk can let an hour pass in no time."""
    now = 1000.0
    buttons = Buttons(PINS, timing=ButtonTiming(settle=0), pin_factory=pins.pin_factory, clock=lambda: now)
    buttons.start(ear)
    now = 1001.0
    ear.wait_for_state(DeviceState.READY)
    pins.hold("yes")
    now = 1002.0
    assert ear.wait_for(ButtonPressed).at in (1000.0, 1001.0, 1002.0)
    buttons.stop()


def test_without_gpio_it_says_so_and_start_returns(ear: Ear, monkeypatch: pytest.MonkeyPatch) -> None:
    """A laptop, or a Pi without the library, still shows its screen, and says which buttons are missing and why."""
    monkeypatch.setenv("GPIOZERO_PIN_FACTORY", "nowhere")
    monkeypatch.setattr(gpiozero.Device, "pin_factory", None)
    buttons = Buttons(PINS, retry=0.05)
    buttons.start(ear)
    change = ear.wait_for_state(DeviceState.LOST)
    assert change.detail == "buttons: the pins cannot be used (Unable to find pin factory 'nowhere')"
    assert buttons.status().state is DeviceState.LOST
    buttons.stop()
    assert buttons.status().state is DeviceState.STOPPED


def test_without_the_library_of_the_pins_its_package_is_named(
    ear: Ear, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Without this whoever tends the kiosk would read of a module, and not what to install."""
    monkeypatch.delenv("GPIOZERO_PIN_FACTORY", raising=False)
    monkeypatch.setattr(gpiozero.Device, "pin_factory", None)
    monkeypatch.setitem(sys.modules, "lgpio", None)
    monkeypatch.delitem(sys.modules, "gpiozero.pins.lgpio", raising=False)
    buttons = Buttons(PINS, retry=0.01)
    buttons.start(ear)
    change = ear.wait_for_state(DeviceState.LOST)
    buttons.stop()
    assert change.detail == "buttons: the pins cannot be used: python3-lgpio is not there"
    assert [each.message for each in caplog.records if "lgpio" in each.message] == [
        "buttons: no pins: import of lgpio halted; None in sys.modules"
    ]


def test_pins_that_somebody_else_holds_are_taken_when_they_are_free(pins: PretendPins, ear: Ear) -> None:
    other = DigitalOutputDevice(13, pin_factory=pins.pin_factory)
    buttons = Buttons(PINS, timing=QUICK, pin_factory=pins.pin_factory, retry=0.05)
    buttons.start(ear)
    assert "GPIO13 is already in use" in ear.wait_for_state(DeviceState.LOST).detail
    other.close()
    ear.wait_for_state(DeviceState.READY)
    pins.press("abstain", 0.1)
    ear.wait_for(ButtonPressed)
    buttons.stop()


def test_stop_is_silent_may_come_twice_and_a_new_start_works(buttons: Buttons, pins: PretendPins, ear: Ear) -> None:
    buttons.stop()
    buttons.stop()
    before = ear.heard
    pins.press("yes", 0.1)
    assert ear.heard == before
    buttons.start(ear)
    ear.wait_for_state(DeviceState.READY, 2)
    pins.press("no", 0.1)
    ear.wait_for(ButtonReleased)
    assert pressed(ear) == ["no"]


def test_stop_before_start_is_harmless() -> None:
    buttons = Buttons(PINS)
    buttons.stop()
    assert buttons.status().state is DeviceState.STOPPED


def test_it_may_be_stopped_by_the_one_who_listens(pins: PretendPins) -> None:
    heard = Ear()
    buttons = Buttons(PINS, timing=QUICK, pin_factory=pins.pin_factory)

    def stop_at_once(signal: Signal) -> None:
        buttons.stop()
        heard(signal)

    buttons.start(stop_at_once)
    heard.wait_until(lambda: heard.heard, "the first signal")
    assert buttons.status().state is DeviceState.STOPPED


def test_hands_that_press_for_months_leave_nothing_behind(pins: PretendPins) -> None:
    """A kiosk that is shown around, or soaked, would grow by what its pretended pins remember."""
    contact = pins.pin_factory.pin(PINS["yes"])
    for _ in range(2000):
        pins.hold("yes")
        pins.release("yes")
    assert 100 < len(contact.states) < 2000
