"""Lamps: what is asked is shown, never faster than a person can bear, and never after the end.

Behaviours are numbered as in the hardware notes.
"""

import subprocess
import sys
from collections.abc import Iterator
from itertools import pairwise

import pytest
from gpiozero import DigitalOutputDevice

from hardware.lamps import ALARM, PULSE, Lamps, Pattern
from hardware.pretend.ear import Ear
from hardware.pretend.pins import PretendPins
from hardware.signals import DeviceState

PINS = {"yes": 12, "no": 16, "abstain": 20, "alarm": 25}


@pytest.fixture
def ear() -> Ear:
    return Ear()


@pytest.fixture
def pins() -> Iterator[PretendPins]:
    with PretendPins() as pins:
        yield pins


@pytest.fixture
def lamps(pins: PretendPins, ear: Ear) -> Iterator[Lamps]:
    lamps = Lamps(PINS, pin_factory=pins.pin_factory, retry=0.05)
    lamps.start(ear)
    ear.wait_for_state(DeviceState.READY)
    yield lamps
    lamps.stop()


def wait_for_lamp(ear: Ear, pins: PretendPins, name: str, level: float) -> None:
    ear.wait_until(lambda: pins.lamp(name) == level, f"the lamp {name} at {level}")


def shown(pins: PretendPins, name: str) -> list[float]:
    """All that a lamp has shown, in order."""
    return [float(state.state) for state in pins.pin_factory.pin(PINS[name]).states]


def test_lamps_are_dark_until_asked(lamps: Lamps, pins: PretendPins) -> None:
    """Behaviour 27: a kiosk that is switched on must not flash its siren."""
    assert [pins.lamp(name) for name in PINS] == [0.0] * 4
    assert all(max(shown(pins, name)) == 0.0 for name in PINS)


def test_on_off_and_glow_are_shown(lamps: Lamps, pins: PretendPins, ear: Ear) -> None:
    lamps.on("yes")
    wait_for_lamp(ear, pins, "yes", 1.0)
    lamps.glow("yes", 0.25)
    wait_for_lamp(ear, pins, "yes", 0.25)
    lamps.off("yes")
    wait_for_lamp(ear, pins, "yes", 0.0)
    assert max(shown(pins, "no")) == 0.0


def test_what_is_asked_before_the_start_is_shown_when_the_pins_are_there(pins: PretendPins, ear: Ear) -> None:
    lamps = Lamps(PINS, pin_factory=pins.pin_factory)
    lamps.on("no")
    lamps.start(ear)
    wait_for_lamp(ear, pins, "no", 1.0)
    lamps.stop()


def test_a_pattern_goes_on_and_off_by_itself_and_ends_when_something_else_is_asked(
    lamps: Lamps, pins: PretendPins, ear: Ear
) -> None:
    lamps.pattern("alarm", Pattern(lit=0.2, dark=0.2, level=0.5))
    ear.wait_until(lambda: shown(pins, "alarm").count(0.5) == 2, "the second flash")
    lamps.off("alarm")
    wait_for_lamp(ear, pins, "alarm", 0.0)


def test_asking_again_for_the_same_pattern_keeps_its_beat(pins: PretendPins, ear: Ear) -> None:
    """A screen that says its alarm ten times a second must not make the lamp flicker."""
    now = 100.0
    lamps = Lamps(PINS, pin_factory=pins.pin_factory, clock=lambda: now)
    lamps.start(ear)
    lamps.pattern("alarm", ALARM)
    wait_for_lamp(ear, pins, "alarm", 1.0)
    now = 100.3
    lamps.pattern("alarm", ALARM)
    now = 100.6
    wait_for_lamp(ear, pins, "alarm", 0.0)
    lamps.stop()


@pytest.mark.parametrize(("lit", "dark"), [(0.1, 0.1), (0.01, 0.3), (0.16, 0.17)])
def test_a_pattern_faster_than_three_flashes_a_second_is_refused(lit: float, dark: float) -> None:
    """It can set off a seizure (WCAG 2.3.1)."""
    with pytest.raises(ValueError, match="faster than 3 times a second"):
        Pattern(lit=lit, dark=dark)


@pytest.mark.parametrize("pattern", [PULSE, ALARM, Pattern(0.17, 0.17)])
def test_no_pattern_flashes_more_than_three_times_in_a_second(pattern: Pattern) -> None:
    levels = [pattern.level_at(number / 1000) > 0 for number in range(10_000)]
    rises = [number for number, (was, lit) in enumerate(pairwise(levels)) if lit and not was]
    assert max(sum(begin <= rise < begin + 1000 for rise in rises) for begin in rises) <= 3


@pytest.mark.parametrize(("lit", "dark"), [(0, 1), (1, 0), (-1, 2)])
def test_a_pattern_that_is_none_is_refused(lit: float, dark: float) -> None:
    with pytest.raises(ValueError, match="by turns"):
        Pattern(lit=lit, dark=dark)


@pytest.mark.parametrize("fraction", [-0.1, 1.1])
def test_a_lamp_cannot_glow_more_than_fully(lamps: Lamps, fraction: float) -> None:
    with pytest.raises(ValueError, match="from 0 to 1"):
        lamps.glow("yes", fraction)


def test_a_lamp_that_is_not_there_is_named(lamps: Lamps) -> None:
    with pytest.raises(KeyError, match="no lamp 'siren'; there are yes, no, abstain, alarm"):
        lamps.on("siren")


def test_all_are_off_after_stop_and_stop_may_come_twice(lamps: Lamps, pins: PretendPins, ear: Ear) -> None:
    """Behaviour 28."""
    lamps.on("yes")
    lamps.glow("no", 0.5)
    lamps.pattern("alarm", PULSE)
    for name in ("yes", "no", "alarm"):
        ear.wait_until(lambda name=name: pins.lamp(name) > 0, f"the lamp {name}")
    lamps.stop()
    lamps.stop()
    assert [shown(pins, name)[-1] for name in PINS] == [0.0] * 4
    assert lamps.status().state is DeviceState.STOPPED


def test_one_lamp_that_cannot_be_put_out_leaves_no_other_burning(lamps: Lamps, pins: PretendPins, ear: Ear) -> None:
    """Behaviour 28."""
    for name in PINS:
        lamps.on(name)
        wait_for_lamp(ear, pins, name, 1.0)

    def fail(_: object) -> None:
        raise OSError("the line is gone")

    pins.pin_factory.pin(20)._set_state = fail
    lamps.stop()
    assert [shown(pins, name)[-1] for name in ("yes", "no", "alarm")] == [0.0] * 3


def test_after_a_stop_nothing_of_before_is_shown_again(lamps: Lamps, pins: PretendPins, ear: Ear) -> None:
    lamps.on("yes")
    wait_for_lamp(ear, pins, "yes", 1.0)
    lamps.stop()
    lamps.start(ear)
    ear.wait_for_state(DeviceState.READY, 2)
    lamps.on("no")
    wait_for_lamp(ear, pins, "no", 1.0)
    assert pins.lamp("yes") == 0.0


_LIT = """
import atexit, os, signal, sys, threading, time
from hardware.lamps import PULSE, Lamps
from hardware.pretend.pins import PretendPins
from hardware.sounder import Note, Sounder

pins = PretendPins()
outputs = [pins.pin_factory.pin(number) for number in (12, 25, 18)]


def brightest_and_last():
    shown = [[float(state.state) for state in pin.states] for pin in outputs]
    print([[max(levels), levels[-1]] for levels in shown])


atexit.register(brightest_and_last)
lamps = Lamps({"yes": 12, "alarm": 25}, pin_factory=pins.pin_factory)
sounder = Sounder(18, sounds={"long": (Note(440.0, 60.0),)}, pin_factory=pins.pin_factory)
signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
lamps.start(print)
sounder.start(print)
lamps.on("yes")
lamps.pattern("alarm", PULSE)
while not (pins.lamp("yes") and pins.lamp("alarm") and pins.sounding()):
    sounder.play("long")
    time.sleep(0.01)
"""


@pytest.mark.parametrize(
    "end", ["pass", "raise RuntimeError", "sys.exit(3)", "os.kill(os.getpid(), signal.SIGTERM); time.sleep(9)"]
)
def test_all_are_off_however_the_program_ends(end: str) -> None:
    """Behaviour 28: nobody comes in the morning to a siren that has been crying since the crash."""
    run = subprocess.run(
        [sys.executable, "-c", _LIT + end], capture_output=True, text=True, timeout=30, check=False
    )
    assert run.stdout.splitlines()[-1] == "[[1.0, 0.0], [1.0, 0.0], [0.5, 0.0]]", run.stderr


def test_missing_pins_are_said_and_looked_for(pins: PretendPins, ear: Ear) -> None:
    other = DigitalOutputDevice(25, pin_factory=pins.pin_factory)
    lamps = Lamps(PINS, pin_factory=pins.pin_factory, retry=0.05)
    lamps.start(ear)
    assert "GPIO25 is already in use" in ear.wait_for_state(DeviceState.LOST).detail
    lamps.on("yes")
    other.close()
    wait_for_lamp(ear, pins, "yes", 1.0)
    lamps.stop()


def test_a_pin_that_fails_while_lit_is_taken_anew(lamps: Lamps, pins: PretendPins, ear: Ear) -> None:
    pin = pins.pin_factory.pin(12)
    works = pin._set_state

    def fail_once(_: object) -> None:
        pin._set_state = works
        raise OSError("a hiccup")

    pin._set_state = fail_once
    lamps.on("yes")
    ear.wait_for_state(DeviceState.FAULT)
    ear.wait_for_state(DeviceState.READY, 2)
    wait_for_lamp(ear, pins, "yes", 1.0)
    assert lamps.status().errors == 1
