"""The same at the real kernel, with keyboards that it makes up itself (uinput). Only where that may be asked for:

sudo modprobe uinput
sudo .venv/bin/python -m pytest tests/hardware/test_typing_at_the_kernel.py
"""

import fcntl
import os
import string
import struct
import time
from collections.abc import Iterator

import pytest

from hardware.event_nodes import LINUX, EventNode
from hardware.plugged import LineTiming
from hardware.pretend.ear import Ear
from hardware.pretend.keyboard import typing
from hardware.signals import CodeScanned, CodeUnreadable, DeviceState
from hardware.typed_keys import EventParser, Typist
from hardware.typing_reader import TypingScanner

UINPUT = "/dev/uinput"
SOON = LineTiming(first_retry=0.05, longest_retry=0.2, look_every=0.02)
SIGNS = string.digits + string.ascii_letters + string.punctuation
WRITE = 1 << 30

pytestmark = pytest.mark.skipif(not os.access(UINPUT, os.W_OK), reason="no keyboards can be made up here")


class MadeUp:
    """A keyboard of uinput (linux/uinput.h). place: the socket on which it says it hangs."""

    def __init__(self, product: int, place: str) -> None:
        self.place = place
        self._file = os.open(UINPUT, os.O_WRONLY)
        for kind in (1, 4):  # EV_KEY, EV_MSC
            self._ask(WRITE | 4 << 16, 100, kind)
        self._ask(WRITE | 4 << 16, 104, 4)  # MSC_SCAN
        for key in range(1, 128):
            self._ask(WRITE | 4 << 16, 101, key)
        self._ask(WRITE | 8 << 16, 108, place.encode() + b"\0")
        self._ask(WRITE | 92 << 16, 3, struct.pack("4H80sI", 3, 0xFFFE, product, 1, b"Made up", 0))
        self._ask(0, 1, 0)
        self.node = self._node()

    def _ask(self, how: int, number: int, told: int | bytes) -> None:
        fcntl.ioctl(self._file, how | ord("U") << 8 | number, told)

    def _node(self) -> str:
        until = time.monotonic() + 10
        while time.monotonic() < until:
            seen, _ = LINUX.look(LINUX.there())
            places = {each.identity.place: each.path for each in seen if each.identity.vendor == 0xFFFE}
            for each in seen:
                each.node.close()
            if self.place.rpartition("/")[0] in places:
                return places[self.place.rpartition("/")[0]]
            time.sleep(0.02)
        raise AssertionError("the kernel made no node")

    def type(self, text: str, pace: float = 0.005) -> None:
        for sign in text:
            for event in typing(sign, 0.0):
                os.write(self._file, struct.pack("@llHHi", 0, 0, event.kind, event.code, event.value))
            time.sleep(pace)

    def unplug(self) -> None:
        if self._file >= 0:
            os.close(self._file)
        self._file = -1


@pytest.fixture
def wire() -> Iterator[MadeUp]:
    wire = MadeUp(0x0001, "usb-made-up-1/input0")
    yield wire
    wire.unplug()


@pytest.fixture
def ear() -> Ear:
    return Ear()


@pytest.fixture
def scanner(wire: MadeUp, ear: Ear) -> Iterator[TypingScanner]:
    scanner = TypingScanner("keyboard:fffe:0001", repeat_guard=0.1, settle=0.0, line_timing=SOON)
    scanner.start(ear)
    ear.wait_for_state(DeviceState.READY)
    yield scanner
    scanner.stop()


def test_behaviour_21_what_is_typed_comes_here_and_to_nobody_else(wire: MadeUp, ear: Ear) -> None:
    """Behaviour 21, with the kernel's own part in it. The field is whatever else has the node open."""
    field = EventNode(wire.node)
    wire.type("for the field\n")
    assert field.read()
    scanner = TypingScanner("keyboard:fffe:0001", settle=0.0, line_timing=SOON)
    scanner.start(ear)
    ear.wait_for_state(DeviceState.READY)
    began = time.monotonic()
    wire.type(SIGNS + "\n")
    code = ear.wait_for(CodeScanned)
    assert code.text == SIGNS
    assert began < code.at < time.monotonic()
    assert field.read() == b""
    with pytest.raises(OSError, match="busy"):
        field.grab()
    scanner.stop()
    wire.type("again\n")
    assert field.read()
    field.close()


def test_behaviour_21_another_keyboard_goes_on_writing_and_a_second_node_is_taken(
    scanner: TypingScanner, wire: MadeUp, ear: Ear
) -> None:
    other = MadeUp(0x0002, "usb-made-up-2/input0")
    second = MadeUp(0x0001, "usb-made-up-1/input1")
    field = EventNode(other.node)
    time.sleep(0.2)
    other.type("dear diary\n")
    second.type("from the second\n")
    assert ear.wait_for(CodeScanned).text == "from the second"
    assert field.read()
    field.close()
    other.unplug()
    second.unplug()


def test_unplugged_in_the_middle_of_a_code_it_says_none_and_is_found_again(
    scanner: TypingScanner, wire: MadeUp, ear: Ear
) -> None:
    wire.type("tool:ham")
    wire.unplug()
    assert "is gone; was it unplugged?" in ear.wait_for_state(DeviceState.LOST).detail
    again = MadeUp(0x0001, "usb-made-up-1/input0")
    ear.wait_for_state(DeviceState.READY, 2)
    again.type("tool:saw\n")
    assert ear.wait_for(CodeScanned).text == "tool:saw"
    again.unplug()


def test_what_the_kernel_drops_is_no_code_and_fifteen_characters_are_kept(wire: MadeUp) -> None:
    """As the page on building one says."""
    node = EventNode(wire.node)
    node.grab()
    typist, parser = Typist(), EventParser()
    typist.opened(0.0)
    for text, said in (("123456789012345", []), ("x" * 300 + "\n", ["cut off"]), ("next\n", [""])):
        wire.type(text, pace=0.0)
        assert [each.why for each in typist.feed(parser.feed(node.read()))] == said
        time.sleep(1.1)
    node.close()


def test_behaviour_21_what_a_person_types_is_no_code(scanner: TypingScanner, wire: MadeUp, ear: Ear) -> None:
    wire.type("slowly\n", pace=0.15)
    ear.wait_for(CodeUnreadable)
    time.sleep(0.2)
    wire.type("fast\n")
    ear.wait_for(CodeScanned)
    assert [code.text for code in ear.all(CodeScanned)] == ["fast"]
