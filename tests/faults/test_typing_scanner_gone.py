"""A scanner that types is pulled out, or may not be had: no half code, no word in a field; and found again."""

import errno
from collections.abc import Iterator
from pathlib import Path

import pytest

from hardware.plugged import LineTiming
from hardware.pretend.ear import Ear
from hardware.pretend.keyboard import PretendInputs, PretendKeyboard
from hardware.signals import CardGone, CardSeen, CodeScanned, CodeUnreadable, DeviceState
from hardware.typing_reader import TypingReader, TypingScanner

SOON = LineTiming(first_retry=0.05, longest_retry=0.2, look_every=0.02)
PATIENT = LineTiming(first_retry=60.0, longest_retry=60.0, look_every=0.02)


def open_files() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


@pytest.fixture
def inputs() -> Iterator[PretendInputs]:
    with PretendInputs() as inputs:
        yield inputs


@pytest.fixture
def wire(inputs: PretendInputs) -> PretendKeyboard:
    return inputs.plug(0x1A2B, 0x3C4D, parts=("kbd", "if01"))


@pytest.fixture
def ear() -> Ear:
    return Ear()


@pytest.fixture
def scanner(inputs: PretendInputs, wire: PretendKeyboard, ear: Ear) -> Iterator[TypingScanner]:
    scanner = TypingScanner(wire.port, settle=0.0, line_timing=SOON, nodes=inputs.nodes)
    scanner.start(ear)
    ear.wait_for_state(DeviceState.READY)
    yield scanner
    scanner.stop()


def test_behaviour_21_after_replugging_it_is_found_under_another_number(
    scanner: TypingScanner, inputs: PretendInputs, wire: PretendKeyboard, ear: Ear
) -> None:
    """Behaviour 21: the kernel counts on; what it types then goes into no field either."""
    before = Path(wire.by_id).readlink()
    wire.unplug()
    lost = ear.wait_for_state(DeviceState.LOST)
    assert lost.detail == f"code scanner: {wire.port} is gone; was it unplugged?"
    wire.replug()
    ear.wait_for_state(DeviceState.READY, 2)
    assert Path(wire.by_id).readlink() != before
    wire.type("tool:hammer")
    assert ear.wait_for(CodeScanned).text == "tool:hammer"
    assert wire.leaked == []


@pytest.mark.parametrize("named", ["port", "by_id"])
def test_one_that_is_missing_at_the_start_is_named_and_taken_as_soon_as_it_is_there(
    inputs: PretendInputs, wire: PretendKeyboard, ear: Ear, named: str
) -> None:
    """Who plugs it in does not stand there for a minute."""
    wire.unplug()
    port = getattr(wire, named)
    scanner = TypingScanner(port, line_timing=PATIENT, nodes=inputs.nodes)
    scanner.start(ear)
    assert ear.wait_for_state(DeviceState.LOST).detail == f"code scanner: {port} is missing; is it plugged in?"
    wire.replug()
    ear.wait_for_state(DeviceState.READY)
    scanner.stop()


def test_unplugged_in_the_middle_of_a_code_it_says_none(
    scanner: TypingScanner, wire: PretendKeyboard, ear: Ear
) -> None:
    wire.rest(60.0)  # its moments are not past when the plug is pulled
    wire.type("tool:ham", end="")
    wire.unplug()
    assert ear.wait_for(CodeUnreadable).why == "cut off"
    ear.wait_for_state(DeviceState.LOST)
    wire.replug()
    ear.wait_for_state(DeviceState.READY, 2)
    wire.rest(60.0)
    wire.type("mer")
    ear.wait_for(CodeScanned)
    assert [code.text for code in ear.all(CodeScanned)] == ["mer"]


def test_one_of_its_nodes_vanishes_and_all_are_let_go_and_taken_again(
    scanner: TypingScanner, wire: PretendKeyboard, ear: Ear
) -> None:
    """Half a device is none: who knows through which node it types."""
    wire.lose("if01")
    ear.wait_for_state(DeviceState.LOST)
    ear.wait_for_state(DeviceState.READY, 2)
    wire.appear("if01")
    ear.wait_until(lambda: wire.heard, "all of it taken")
    wire.type("whole")
    assert ear.wait_for(CodeScanned).text == "whole"


def test_a_node_that_appears_and_cannot_be_had_ends_the_listening_until_it_can(
    scanner: TypingScanner, inputs: PretendInputs, wire: PretendKeyboard, ear: Ear
) -> None:
    """Half of what it types would go into a field; better deaf than that."""
    wire.lose("if01")
    ear.wait_for_state(DeviceState.READY, 2)
    before = open_files()
    inputs.sharing = errno.EIO
    wire.appear("if01")
    assert "can't be had for the kiosk alone" in ear.wait_for_state(DeviceState.FAULT).detail
    assert not wire.heard
    inputs.sharing = 0
    ear.wait_for_state(DeviceState.READY, 3)
    wire.type("whole")
    assert ear.wait_for(CodeScanned).text == "whole"
    scanner.stop()
    assert open_files() == before - 4  # both ends of one node and of what wakes the thread


def test_where_keys_were_dropped_the_code_is_dropped_and_the_next_is_read(
    scanner: TypingScanner, wire: PretendKeyboard, ear: Ear
) -> None:
    """The box was busy, and the kernel keeps no more than a few characters."""
    wire.type("12345", end="")
    wire.overflow()
    wire.type("67890")
    assert ear.wait_for(CodeUnreadable).why == "cut off"
    wire.type("next")
    ear.wait_for(CodeScanned)
    assert [code.text for code in ear.all(CodeScanned)] == ["next"]
    assert scanner.status().errors == 1


@pytest.mark.parametrize("number", [errno.EACCES, errno.EPERM])
@pytest.mark.parametrize("named", ["port", "by_id"])
def test_one_that_may_not_be_opened_says_what_to_do_and_is_taken_when_it_may(
    inputs: PretendInputs, wire: PretendKeyboard, ear: Ear, number: int, named: str
) -> None:
    inputs.refusing = number
    scanner = TypingScanner(getattr(wire, named), settle=0.0, line_timing=SOON, nodes=inputs.nodes)
    scanner.start(ear)
    fault = ear.wait_for_state(DeviceState.FAULT)
    assert fault.detail.endswith("may not be opened by this user; is the user in the group input?")
    inputs.refusing = 0
    ear.wait_for_state(DeviceState.READY)
    wire.type("now")
    assert ear.wait_for(CodeScanned).text == "now"
    scanner.stop()


def test_a_badge_that_was_there_when_the_plug_was_pulled_is_gone(
    inputs: PretendInputs, wire: PretendKeyboard, ear: Ear
) -> None:
    reader = TypingReader(wire.port, repeat_guard=600.0, settle=0.0, line_timing=SOON, nodes=inputs.nodes)
    reader.start(ear)
    ear.wait_for_state(DeviceState.READY)
    wire.type("0000472288")
    ear.wait_for(CardSeen)
    wire.type("00004", end="")
    wire.unplug()
    ear.wait_for(CardGone)
    wire.replug()
    ear.wait_for_state(DeviceState.READY, 2)
    wire.type("0000472288")
    ear.wait_for(CardSeen, 2)
    assert reader.status().errors == 1
    reader.stop()
