"""Scanners and badge readers that pretend to be a keyboard: what they type reaches the kiosk, and no field."""

import errno
import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from hardware.event_nodes import EventNode, Identity, Nodes, Seen
from hardware.plugged import LineTiming
from hardware.pretend.ear import Ear
from hardware.pretend.keyboard import PretendInputs, PretendKeyboard, PretendNode
from hardware.rdm6300 import TagParser
from hardware.signals import CardGone, CardSeen, CodeScanned, CodeUnreadable, DeviceState
from hardware.typing_line import port_for
from hardware.typing_reader import TypingReader, TypingScanner, number_in

SOON = LineTiming(first_retry=0.05, longest_retry=0.2, look_every=0.02)


@pytest.fixture
def inputs() -> Iterator[PretendInputs]:
    with PretendInputs() as inputs:
        yield inputs


@pytest.fixture
def wire(inputs: PretendInputs) -> PretendKeyboard:
    return inputs.plug(0x1A2B, 0x3C4D)


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


def texts(ear: Ear) -> list[str]:
    return [code.text for code in ear.all(CodeScanned)]


# -- in no field


def test_behaviour_21_what_a_scanner_types_is_a_code_and_goes_into_no_field(
    scanner: TypingScanner, wire: PretendKeyboard, ear: Ear
) -> None:
    """Behaviour 21: a card's code would be written into the note that somebody types, or into a console."""
    wire.type("CK1-Ab$@\"'|~")
    wire.type("tool:hammer")
    ear.wait_for(CodeScanned, 2)
    assert texts(ear) == ["CK1-Ab$@\"'|~", "tool:hammer"]
    assert wire.leaked == []
    assert scanner.status().errors == 0


def test_behaviour_21_nothing_is_read_before_it_is_the_kiosks_alone(inputs: PretendInputs, ear: Ear) -> None:
    """Behaviour 21: what went into a field is not heard as well, nor is the rest of it a code."""
    wire = inputs.plug(0x1A2B, 0x3C4D)

    def open_and_be_typed_on(path: str) -> PretendNode:
        node = inputs.open(path)
        wire.type("half", end="")  # between the opening and the grab
        return node

    nodes = Nodes(inputs.folder, open_and_be_typed_on)
    scanner = TypingScanner(wire.port, settle=0.0, line_timing=SOON, nodes=nodes)
    scanner.start(ear)
    ear.wait_for_state(DeviceState.READY)
    assert len(wire.leaked) == 4
    wire.rest(2.0)
    wire.type("card")
    assert ear.wait_for(CodeScanned).text == "card"
    scanner.stop()
    assert (len(wire.leaked), ear.all(CodeUnreadable)) == (4, [])


def test_behaviour_21_what_another_program_has_is_not_read_and_said_so(
    inputs: PretendInputs, wire: PretendKeyboard, ear: Ear
) -> None:
    """Behaviour 21: two who read the same scanner would both book what it reads."""
    other = inputs.open(next(iter(inputs.nodes.there())))
    other.grab()
    scanner = TypingScanner(wire.port, settle=0.0, line_timing=SOON, nodes=inputs.nodes)
    scanner.start(ear)
    busy = ear.wait_for_state(DeviceState.BUSY)
    assert busy.detail == f"code scanner: {wire.port} is held by another program"
    wire.type("not for us")
    other.close()
    ear.wait_for_state(DeviceState.READY)
    wire.rest(1.0)
    wire.type("for us")
    ear.wait_for(CodeScanned)
    scanner.stop()
    assert texts(ear) == ["for us"]


def test_behaviour_21_a_node_that_cannot_be_had_alone_is_not_read(
    inputs: PretendInputs, wire: PretendKeyboard, ear: Ear
) -> None:
    """Behaviour 21: better deaf than that it is heard here and written there."""
    inputs.sharing = errno.EIO
    scanner = TypingScanner(wire.port, settle=0.0, line_timing=SOON, nodes=inputs.nodes)
    scanner.start(ear)
    fault = ear.wait_for_state(DeviceState.FAULT)
    assert "can't be had for the kiosk alone, so nothing is read from it (Input/output error)" in fault.detail
    wire.type("anything")
    inputs.sharing = 0
    ear.wait_for_state(DeviceState.READY)
    assert wire.reads == 1  # to forget what was typed before
    scanner.stop()
    assert ear.all(CodeScanned) == []


def test_behaviour_21_every_node_of_the_device_is_taken_and_no_node_of_another(
    inputs: PretendInputs, ear: Ear
) -> None:
    """Behaviour 21: some scanners show up twice; and the keyboard that somebody writes with goes on writing."""
    keyboard = inputs.plug(0x046D, 0xC31C, place="usb-2")
    wire = inputs.plug(0x1A2B, 0x3C4D, parts=("kbd", "if01", "if01-kbd"))
    scanner = TypingScanner(wire.port, settle=0.0, line_timing=SOON, nodes=inputs.nodes)
    scanner.start(ear)
    ear.wait_for_state(DeviceState.READY)
    assert wire.heard
    wire.type("by the first", part="kbd")
    wire.type("by the other", part="if01-kbd")
    wire.type("volume up", part="if01")
    keyboard.type("dear diary")
    ear.wait_for(CodeScanned, 2)
    scanner.stop()
    assert texts(ear) == ["by the first", "by the other"]
    assert wire.leaked == []
    assert len(keyboard.leaked) == len("dear diary\n")


def test_behaviour_21_a_node_that_appears_later_is_taken_too(
    inputs: PretendInputs, wire: PretendKeyboard, ear: Ear
) -> None:
    """Behaviour 21: the nodes of a device that was just plugged in come one after another."""
    wire = inputs.plug(0x1A2B, 0x9999, parts=("kbd", "if01-kbd"))
    wire.lose("if01-kbd")
    scanner = TypingScanner(wire.port, settle=0.0, line_timing=SOON, nodes=inputs.nodes)
    scanner.start(ear)
    ear.wait_for_state(DeviceState.READY)
    wire.appear("if01-kbd")
    ear.wait_until(lambda: wire.heard, "the other node taken")
    wire.type("late", part="if01-kbd")
    assert ear.wait_for(CodeScanned).text == "late"
    scanner.stop()
    assert wire.leaked == []


# -- which device it is


def test_a_path_names_one_of_two_that_are_the_same(inputs: PretendInputs, ear: Ear) -> None:
    first = inputs.plug(0x1A2B, 0x3C4D, place="usb-1")
    second = inputs.plug(0x1A2B, 0x3C4D, place="usb-2")
    doubtful = TypingScanner(first.port, line_timing=SOON, nodes=inputs.nodes)
    doubtful.start(ear)
    fault = ear.wait_for_state(DeviceState.FAULT)
    assert "could be any of several devices; write the path of one" in fault.detail
    doubtful.stop()
    scanner = TypingScanner(second.by_id, settle=0.0, line_timing=SOON, nodes=inputs.nodes)
    # The other is whatever has these numbers and is not the scanner's.
    reader = TypingReader(first.port, settle=0.0, line_timing=SOON, nodes=inputs.nodes, but=[second.by_id])
    scanner.start(ear)
    reader.start(ear)
    ear.wait_for_state(DeviceState.READY, 2)
    second.type("a code")
    first.type("0000472288")
    assert ear.wait_for(CodeScanned).text == "a code"
    ear.wait_for(CardSeen)
    scanner.stop()
    reader.stop()
    assert first.leaked + second.leaked == []


def test_a_pattern_that_fits_one_device_is_that_device(inputs: PretendInputs, ear: Ear) -> None:
    wire = inputs.plug(0x1A2B, 0x3C4D, parts=("kbd", "if01-kbd"))
    scanner = TypingScanner(f"{inputs.folder}/by-id/*-kbd", settle=0.0, line_timing=SOON, nodes=inputs.nodes)
    scanner.start(ear)
    ear.wait_for_state(DeviceState.READY)
    wire.type("hello")
    assert ear.wait_for(CodeScanned).text == "hello"
    scanner.stop()


def test_what_has_no_digits_is_no_scanner(inputs: PretendInputs, ear: Ear) -> None:
    """Somebody writes down the numbers of the touch screen."""
    touch = inputs.plug(0x0EEF, 0x0001, parts=("touch",))
    scanner = TypingScanner(touch.port, line_timing=SOON, nodes=inputs.nodes)
    scanner.start(ear)
    assert ear.wait_for_state(DeviceState.FAULT).detail.endswith(
        "is no keyboard: it has no keys for digits and Enter"
    )
    scanner.stop()


def test_the_line_for_the_settings_tells_two_of_a_kind_apart(tmp_path: Path) -> None:
    def seen(place: str, path: str) -> Seen:
        return Seen(path, EventNode(os.devnull), Identity(3, 0x1A2B, 0x3C4D, "Scanner", place, "", types=True))

    (tmp_path / "by-path").mkdir()
    (tmp_path / "event4").touch()
    link = tmp_path / "by-path/platform-usb-1.3-event-kbd"
    link.symlink_to(tmp_path / "event4")
    one, other = seen("usb-1", str(tmp_path / "event4")), seen("usb-2", str(tmp_path / "event5"))
    assert port_for(one, [one], tmp_path / "by-path") == "keyboard:1a2b:3c4d"
    assert port_for(one, [one, other], tmp_path / "by-path") == str(link)
    for each in (one, other):
        each.node.close()


# -- codes


def test_behaviour_19_a_code_held_there_is_one_and_another_in_between_makes_it_new(
    scanner: TypingScanner, wire: PretendKeyboard, ear: Ear
) -> None:
    for text in ("A", "A", "A", "B", "A"):
        wire.type(text)
        wire.rest(0.5)
    wire.rest(2.0)
    wire.type("A")
    ear.wait_for(CodeScanned, 4)
    assert texts(ear) == ["A", "B", "A", "A"]


def test_events_that_are_read_in_pieces_are_whole(scanner: TypingScanner, wire: PretendKeyboard, ear: Ear) -> None:
    wire.chunk = 7
    wire.rest(60.0)  # read so slowly, its moments must not be past
    wire.type("Piece by piece!")
    assert ear.wait_for(CodeScanned).text == "Piece by piece!"


def test_what_cannot_be_written_is_unreadable_and_counted(
    scanner: TypingScanner, wire: PretendKeyboard, ear: Ear
) -> None:
    wire.type("a", end="")
    wire.press(105)
    wire.type("b")
    assert ear.wait_for(CodeUnreadable).why == "not text"
    assert scanner.status().errors == 1
    wire.type("next")
    assert ear.wait_for(CodeScanned).text == "next"


def test_a_code_carries_the_moment_of_its_last_key(scanner: TypingScanner, wire: PretendKeyboard, ear: Ear) -> None:
    before = time.monotonic()
    wire.type("12345", pace=0.05)
    at = ear.wait_for(CodeScanned).at
    assert before + 0.25 <= at <= time.monotonic() + 0.25


def test_stopping_does_not_wait_for_a_code(inputs: PretendInputs, wire: PretendKeyboard, ear: Ear) -> None:
    scanner = TypingScanner(wire.port, name="patient scanner", line_timing=SOON, nodes=inputs.nodes)
    scanner.start(ear)
    ear.wait_for_state(DeviceState.READY)
    scanner.stop()
    assert "patient scanner" not in [thread.name for thread in threading.enumerate()]
    assert not wire.heard
    scanner.start(ear)
    ear.wait_for_state(DeviceState.READY, 2)
    scanner.stop()


# -- badges


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("01000734E0", "01000734e0"),
        ("62e3086ced", "62e3086ced"),
        ("0000472288", "000734e0"),
        ("000734E0", "000734e0"),
        ("9999999999", "9999999999"),
        ("4294967294", "fffffffe"),
    ],
)
def test_a_number_is_read_as_its_reader_writes_it(text: str, number: str) -> None:
    assert number_in(text) == bytes.fromhex(number)


@pytest.mark.parametrize(
    "text", ["", "0", "0000000000", "FFFFFFFF", "4294967295", "12345678901", "000734G0", "0000472288 ", "1-2345678"]
)
def test_what_is_no_number_of_a_tag_is_nobody(text: str) -> None:
    assert number_in(text) is None


def test_the_same_tag_at_an_rdm6300_is_the_same_badge_where_all_of_it_is_typed() -> None:
    """A shop with one reader of each kind; ten decimal digits lack the first byte, and are a badge of their own."""
    (uid,) = TagParser().feed(bytes.fromhex("02 3031303030373334 4530 4432 03"))
    assert number_in(uid.hex()) == uid
    assert number_in("0000472288") == uid[1:]


def test_a_badge_is_seen_once_is_gone_after_a_while_and_nonsense_is_counted(
    inputs: PretendInputs, wire: PretendKeyboard, ear: Ear
) -> None:
    reader = TypingReader(wire.port, repeat_guard=0.3, settle=0.0, line_timing=SOON, nodes=inputs.nodes)
    reader.start(ear)
    ear.wait_for_state(DeviceState.READY)
    wire.type("0000472288")
    wire.type("0000472288")
    seen = ear.wait_for(CardSeen)
    assert (seen.uid.hex(), seen.tech, seen.device) == ("000734e0", "em4100", "badge reader")
    ear.wait_for(CardGone)
    wire.type("hello")
    ear.wait_until(lambda: reader.status().errors == 1, "the error counted")
    wire.type("0000472288")
    wire.rest(1.0)
    wire.type("0000472288")
    ear.wait_for(CardSeen, 3)
    ear.wait_for(CardGone, 3)
    reader.stop()
    assert wire.leaked == []


# -- the machine's own nodes


def test_what_is_no_node_is_said_to_be_none(tmp_path: Path, ear: Ear) -> None:
    """The real ioctls, on a file that knows none of them."""
    (tmp_path / "event0").write_bytes(b"")
    scanner = TypingScanner(str(tmp_path / "event0"), line_timing=SOON, nodes=Nodes(tmp_path))
    scanner.start(ear)
    assert "is no keyboard" in ear.wait_for_state(DeviceState.FAULT).detail
    scanner.stop()


@pytest.mark.skipif(
    shutil.which("gcc") is None or not Path("/usr/include/linux/input.h").exists(),
    reason="no kernel's headers here",
)
def test_the_kernel_is_asked_by_its_own_numbers(tmp_path: Path) -> None:
    """A wrong number asks something else of somebody's keyboard."""
    names = (
        "EVIOCGRAB",
        "EVIOCSCLOCKID",
        "EVIOCSMASK",
        "EVIOCGID",
        "EVIOCGNAME(256)",
        "EVIOCGPHYS(256)",
        "EVIOCGUNIQ(256)",
    )
    rows = "".join(f'printf("%u\\n", (unsigned){name});' for name in (*names, "EVIOCGBIT(EV_KEY, 96)"))
    size = 'printf("%zu\\n", sizeof(struct input_event));'
    (tmp_path / "ask.c").write_text(
        f"#include <linux/input.h>\n#include <stdio.h>\nint main(void) {{ {rows} {size} return 0; }}\n"
    )
    subprocess.run(["gcc", "-o", tmp_path / "ask", tmp_path / "ask.c"], check=True)
    told = subprocess.run([tmp_path / "ask"], capture_output=True, text=True, check=True).stdout.split()
    program = (
        "import fcntl, os, hardware.event_nodes as nodes, hardware.typed_keys as keys\n"
        "asked = []\n"
        "def ioctl(_, number, told): asked.append(number); return told\n"
        "fcntl.ioctl = ioctl\n"
        "node = nodes.EventNode(os.devnull)\n"
        "node.grab()\n"
        "identity = node.identity()\n"
        "size = len(keys.event_bytes(keys.KeyEvent(1.0, 1, 2, 3)))\n"
        "grab, clock, mask, who, bits, place, name, serial = asked\n"
        "print(grab, clock, mask, who, name, place, serial, bits, size)\n"
    )
    ours = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    ).stdout.split()
    assert ours == told
