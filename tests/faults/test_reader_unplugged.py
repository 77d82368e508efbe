"""Somebody pulls the badge reader's plug, or its power, and puts it back."""

import os
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

import pytest

from hardware.code_scanner import CodeScanner
from hardware.plugged import LineTiming
from hardware.pn532 import Pn532Reader, Pn532Timing
from hardware.pretend.ear import Ear
from hardware.pretend.pn532 import PretendPn532
from hardware.pretend.rdm6300 import PretendRdm6300
from hardware.pretend.scanner import PretendScanner
from hardware.rdm6300 import Rdm6300Reader
from hardware.serial_line import SerialDevice
from hardware.signals import CardGone, CardSeen, CodeScanned, CodeUnreadable, DeviceChanged, DeviceState

QUICK = Pn532Timing(poll=0.02, rest=0.002, ack=0.3, answer=0.3, first_acks=(0.3, 0.5, 1.5))
SOON = LineTiming(first_retry=0.05, longest_retry=0.2, look_every=0.05)
PATIENT = LineTiming(first_retry=600.0, longest_retry=600.0, look_every=0.05)

A = bytes.fromhex("04A1B2C3")
B = bytes.fromhex("047BCB51962280")
TAG = bytes.fromhex("62E3086CED")


@pytest.fixture
def chip() -> Iterator[PretendPn532]:
    with PretendPn532() as chip:
        yield chip


@pytest.fixture
def ear() -> Ear:
    return Ear()


D = TypeVar("D", bound=SerialDevice)


class Start:
    """Starts devices, and stops them when the test is over."""

    def __init__(self, ear: Ear) -> None:
        self.ear = ear
        self.started: list[SerialDevice] = []

    def __call__(self, device: D) -> D:
        self.started.append(device)
        device.start(self.ear)
        return device

    def reader(self, chip: PretendPn532, line_timing: LineTiming = SOON) -> Pn532Reader:
        return self(Pn532Reader(chip.path, timing=QUICK, line_timing=line_timing))


@pytest.fixture
def start(ear: Ear) -> Iterator[Start]:
    start = Start(ear)
    yield start
    for device in start.started:
        device.stop()


def test_behaviour_1_unplugged_it_is_lost_and_after_replugging_the_first_tap_works(
    chip: PretendPn532, ear: Ear, start: Start
) -> None:
    """Behaviour 1: a foot in the cable costs nobody a restart, and no card is held for there."""
    start.reader(chip)
    chip.tap(A)
    ear.wait_for(CardSeen)
    chip.unplug()
    lost = ear.wait_for_state(DeviceState.LOST)
    assert chip.path in lost.detail
    assert ear.all(CardGone)[0].uid == A
    chip.replug()
    ear.wait_for_state(DeviceState.READY, 2)
    assert ear.wait_for(CardSeen, 2).uid == A


def test_behaviour_1_unplugged_in_the_middle_of_an_answer_says_no_card(
    chip: PretendPn532, ear: Ear, start: Start
) -> None:
    """Behaviour 1: half a number is nobody's."""
    start.reader(chip)
    ear.wait_for_state(DeviceState.READY)
    chip.cut(14)
    chip.tap(A)
    ear.wait_until(lambda: chip.spent, "the answer cut off")
    chip.unplug()
    ear.wait_for_state(DeviceState.LOST)
    assert ear.all(CardSeen) == []


def test_behaviour_2_a_reader_missing_at_the_start_is_named_and_found_later(
    chip: PretendPn532, ear: Ear, start: Start
) -> None:
    """Behaviour 2: the kiosk starts without its reader, says so, and finds it when it comes."""
    chip.unplug()
    reader = start.reader(chip)
    lost = ear.wait_for_state(DeviceState.LOST)
    assert "missing" in lost.detail
    assert reader.status().state is DeviceState.LOST
    chip.replug()
    ear.wait_for_state(DeviceState.READY)


def test_replugging_is_noticed_long_before_the_next_try_is_due(chip: PretendPn532, ear: Ear, start: Start) -> None:
    """Who plugs it in again does not stand there for ten seconds."""
    chip.unplug()
    start.reader(chip, PATIENT)
    ear.wait_for_state(DeviceState.LOST)
    chip.replug()
    ear.wait_for_state(DeviceState.READY)


def test_behaviour_3_a_port_that_comes_back_under_another_number_is_found(
    chip: PretendPn532, ear: Ear, start: Start
) -> None:
    """Behaviour 3: the kernel counts on, the name stays."""
    before = Path(chip.path).readlink()
    start.reader(chip)
    ear.wait_for_state(DeviceState.READY)
    keeps_the_number = os.open(before, os.O_RDWR | os.O_NOCTTY)
    try:
        chip.unplug()
        ear.wait_for_state(DeviceState.LOST)
        chip.replug()
        assert Path(chip.path).readlink() != before
        ear.wait_for_state(DeviceState.READY, 2)
    finally:
        os.close(keeps_the_number)


def set_ups(chip: PretendPn532) -> int:
    """How often it was woken and set up."""
    return sum(command[:1] == b"\x14" for command in chip.commands)


def wait_for_set_ups(chip: PretendPn532, ear: Ear, times: int) -> None:
    ear.wait_until(lambda: set_ups(chip) >= times, f"{times} × set up")


def test_behaviour_10_a_chip_whose_power_was_cut_is_woken_again(chip: PretendPn532, ear: Ear, start: Start) -> None:
    """Behaviour 10: the port stays open and the chip has forgotten everything; nobody must press a button.

    Nor does a badge that lay there all the time count as laid down again.
    """
    reader = start.reader(chip)
    chip.tap(A)
    ear.wait_for(CardSeen)
    for times in (1, 2):
        chip.power_cycle()
        wait_for_set_ups(chip, ear, times + 1)
    chip.tap(B)
    assert ear.wait_for(CardSeen, 2).uid == B
    assert reader.status().errors > 0
    states = [change.state for change in ear.all(DeviceChanged)]
    assert states[-1] is DeviceState.READY
    # On a machine with much else to do it may be silent long enough to count as lost meanwhile, and begin anew.
    if DeviceState.LOST not in states:
        assert [seen.uid for seen in ear.all(CardSeen)] == [A, B]


def test_a_reader_that_falls_silent_is_lost_and_found_when_it_speaks(
    chip: PretendPn532, ear: Ear, start: Start
) -> None:
    start.reader(chip)
    ear.wait_for_state(DeviceState.READY)
    chip.mute()
    lost = ear.wait_for_state(DeviceState.LOST)
    assert "nothing answers" in lost.detail
    chip.speak()
    ear.wait_for_state(DeviceState.READY, 2)
    chip.tap(A)
    assert ear.wait_for(CardSeen).uid == A


def test_stopping_while_the_reader_is_missing_does_not_wait_for_the_next_try(
    chip: PretendPn532, ear: Ear, start: Start
) -> None:
    """The kiosk ends when it is told to."""
    chip.unplug()
    reader = start.reader(chip, PATIENT)
    ear.wait_for_state(DeviceState.LOST)
    reader.stop()
    assert not [thread for thread in threading.enumerate() if thread.name == "badge reader"]


def test_the_tag_reader_comes_back_too(ear: Ear, start: Start) -> None:
    with PretendRdm6300() as wire:
        start(Rdm6300Reader(wire.path, line_timing=SOON))
        wire.tap(TAG)
        ear.wait_for(CardSeen)
        wire.unplug()
        ear.wait_for_state(DeviceState.LOST)
        assert ear.all(CardGone)[-1].uid == TAG
        wire.replug()
        seen_again = len(ear.all(CardSeen)) + 1
        assert ear.wait_for(CardSeen, seen_again).uid == TAG


def test_the_scanner_comes_back_too_and_half_a_code_is_no_code(ear: Ear, start: Start) -> None:
    with PretendScanner() as wire:
        start(CodeScanner(wire.path, settle=0.0, suffix_silence=30.0, line_timing=SOON))
        ear.wait_for_state(DeviceState.READY)
        wire.raw(b"whole\rhal")
        ear.wait_for(CodeScanned)
        wire.unplug()
        assert ear.wait_for(CodeUnreadable).why == "cut off"
        wire.replug()
        ear.wait_for_state(DeviceState.READY, 2)
        wire.scan("next")
        assert ear.wait_for(CodeScanned, 2).text == "next"


def test_a_lost_reader_says_each_thing_once(chip: PretendPn532, ear: Ear, start: Start) -> None:
    """A log that repeats itself every second hides what matters."""
    chip.unplug()
    reader = start.reader(chip)
    ear.wait_for_state(DeviceState.LOST)
    chip.replug()
    ear.wait_for_state(DeviceState.READY)
    reader.stop()
    changes = [(change.state, change.detail) for change in ear.all(DeviceChanged)]
    assert len(changes) == len(set(changes))
