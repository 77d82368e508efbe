"""Whoever listens to the devices fails: the others still hear, and the devices still speak.

Behaviour 25 of the hardware notes: with lgpio one exception in a callback would silence every button.
"""

import logging
from collections.abc import Iterator

import pytest

from hardware.device import tee
from hardware.pretend.ear import Ear
from hardware.pretend.rig import PretendRig
from hardware.rig import Rig
from hardware.signals import ButtonPressed, ButtonReleased, CodeScanned, CoinDropped, DeviceState, Signal


@pytest.fixture
def box() -> Iterator[PretendRig]:
    with PretendRig() as box:
        yield box


@pytest.fixture
def rig(box: PretendRig) -> Iterator[Rig]:
    rig = box.open()
    yield rig
    rig.stop()


def test_a_listener_that_fails_on_one_button_still_hears_the_others(
    rig: Rig, box: PretendRig, caplog: pytest.LogCaptureFixture
) -> None:
    ear = Ear()

    def falls_over_yes(signal: Signal) -> None:
        ear(signal)
        if isinstance(signal, ButtonPressed) and signal.button == "yes":
            raise RuntimeError("yes is too much")

    rig.start(falls_over_yes)
    ear.wait_for_state(DeviceState.READY, len(rig.devices))
    with caplog.at_level(logging.ERROR):
        for name in ("yes", "no", "yes", "abstain"):
            box.press(name, 0.1)
    ear.wait_for(ButtonReleased, 4)
    assert [signal.button for signal in ear.all(ButtonPressed)] == ["yes", "no", "yes", "abstain"]
    assert "yes is too much" in caplog.text


def test_a_listener_that_always_fails_keeps_the_others_from_nothing(rig: Rig, box: PretendRig) -> None:
    ear = Ear()

    def fails(_: Signal) -> None:
        raise RuntimeError("always")

    rig.start(tee(fails, ear))
    ear.wait_for_state(DeviceState.READY, len(rig.devices))
    ear.wait_until(lambda: box.pins.taking_coins, "the gate to open")
    box.press("no", 0.1)
    box.scan("tool:saw")
    box.drop(20)
    ear.wait_for(ButtonPressed)
    ear.wait_for(CodeScanned)
    ear.wait_for(CoinDropped)


def test_what_was_pressed_or_laid_down_is_not_in_the_log(
    rig: Rig, box: PretendRig, caplog: pytest.LogCaptureFixture
) -> None:
    """Without this one fault in a listener would write down who voted what, and the number of every badge."""
    ear = Ear()

    def fails(signal: Signal) -> None:
        raise RuntimeError("always")

    rig.start(tee(fails, ear))
    ear.wait_for_state(DeviceState.READY, len(rig.devices))
    with caplog.at_level(logging.DEBUG):
        box.press("abstain", 0.1)
        box.scan("kiosk:secret")
        ear.wait_for(ButtonPressed)
        ear.wait_for(CodeScanned)
    assert "a ButtonPressed" in caplog.text
    assert "abstain" not in caplog.text
    assert "secret" not in caplog.text


def test_an_edge_never_raises_into_the_thread_that_watches_all_pins(rig: Rig, box: PretendRig) -> None:
    """The mock calls in our own thread: an exception in a callback would come out of the press itself."""

    def fails(_: Signal) -> None:
        raise RuntimeError("always")

    rig.start(fails)
    for name in ("yes", "no"):
        box.hold(name)
        box.release(name)
