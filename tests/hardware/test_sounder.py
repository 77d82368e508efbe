"""The sounder: short answers that never make anybody wait. That it is silent after any end is in test_lamps."""

import time
from collections.abc import Iterator

import pytest

from hardware.pretend.ear import Ear
from hardware.pretend.pins import PretendPins
from hardware.signals import DeviceState
from hardware.sounder import SOUNDS, Note, Sounder


@pytest.fixture
def ear() -> Ear:
    return Ear()


@pytest.fixture
def pins() -> Iterator[PretendPins]:
    with PretendPins() as pins:
        yield pins


LONG = {"long": (Note(440.0, 30.0),), "other": (Note(500.0, 0.05), Note(None, 0.05), Note(600.0, 0.05))}


@pytest.fixture
def sounder(pins: PretendPins, ear: Ear) -> Iterator[Sounder]:
    sounder = Sounder(18, sounds={**SOUNDS, **LONG}, pin_factory=pins.pin_factory)
    sounder.start(ear)
    ear.wait_for_state(DeviceState.READY)
    yield sounder
    sounder.stop()


def test_a_sound_begins_at_once_and_ends_by_itself(sounder: Sounder, pins: PretendPins, ear: Ear) -> None:
    sounder.play("heard")
    ear.wait_until(lambda: pins.sounding() == 880.0, "the tone")
    ear.wait_until(lambda: pins.sounding() is None, "silence")


def test_asking_never_waits(sounder: Sounder) -> None:
    """A vote must not be held up by its own beep."""
    begin = time.monotonic()
    for _ in range(100):
        sounder.play("long")
    assert time.monotonic() - begin < 10.0  # one such sound lasts 30 s


def test_a_new_sound_replaces_the_old_one(sounder: Sounder, pins: PretendPins, ear: Ear) -> None:
    sounder.play("long")
    ear.wait_until(lambda: pins.sounding() == 440.0, "the first")
    sounder.play("other")
    ear.wait_until(lambda: pins.sounding() == 600.0, "the end of the second")
    ear.wait_until(lambda: pins.sounding() is None, "silence")


def test_silence_cuts_it_off(sounder: Sounder, pins: PretendPins, ear: Ear) -> None:
    sounder.play("long")
    ear.wait_until(lambda: pins.sounding() == 440.0, "the tone")
    sounder.silence()
    ear.wait_until(lambda: pins.sounding() is None, "silence")


def test_it_is_silent_after_stop_and_stop_may_come_twice(sounder: Sounder, pins: PretendPins, ear: Ear) -> None:
    """Behaviour 28."""
    sounder.play("long")
    ear.wait_until(lambda: pins.sounding() == 440.0, "the tone")
    sounder.stop()
    sounder.stop()
    assert float(pins.pin_factory.pin(18).states[-1].state) == 0.0


def test_a_sound_that_is_not_there_is_named(sounder: Sounder) -> None:
    with pytest.raises(KeyError, match="no sound 'fanfare'; there are heard, done, not possible, vote"):
        sounder.play("fanfare")


def test_the_house_has_its_four_sounds_and_all_are_short() -> None:
    """There is one sound for a vote, whichever button it was: a tone per button would tell the next room."""
    assert set(SOUNDS) == {"heard", "done", "not possible", "vote"}
    assert all(sum(note.seconds for note in notes) < 1.0 for notes in SOUNDS.values())


def test_sounds_asked_for_before_the_pin_is_there_are_not_played_late(pins: PretendPins, ear: Ear) -> None:
    sounder = Sounder(18, sounds=LONG, pin_factory=pins.pin_factory)
    sounder.play("long")
    sounder.start(ear)
    ear.wait_for_state(DeviceState.READY)
    time.sleep(0.1)  # it would begin at once
    assert pins.sounding() is None
    sounder.stop()
