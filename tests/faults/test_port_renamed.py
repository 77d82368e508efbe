"""A cable goes into another socket: the port has another name, and the device is found there, and nowhere else."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from hardware.code_scanner import CodeScanner
from hardware.plugged import LineTiming
from hardware.pn532 import Pn532Reader, Pn532Timing
from hardware.ports import AUTO, BY_ID, matching, pattern_of
from hardware.pretend.ear import Ear
from hardware.pretend.pn532 import PretendPn532
from hardware.pretend.scanner import PretendScanner
from hardware.pretend.wires import PretendPort
from hardware.serial_line import SerialLine
from hardware.signals import CardSeen, CodeScanned, DeviceState

QUICK = Pn532Timing(poll=0.02, rest=0.002, ack=0.05, answer=0.3, first_acks=(0.1, 0.2))
SOON = LineTiming(first_retry=0.05, longest_retry=0.2, look_every=0.02)
A = bytes.fromhex("04A1B2C3")


@pytest.fixture
def ear() -> Ear:
    return Ear()


@pytest.fixture
def by_id(tmp_path: Path) -> Path:
    folder = tmp_path / "by-id"
    folder.mkdir()
    return folder


@pytest.fixture
def reader(by_id: Path, ear: Ear) -> Iterator[Pn532Reader]:
    """Looks for its chip among all that has a name; the scanner's port is another's."""
    reader = Pn532Reader(f"{by_id}/*", timing=QUICK, line_timing=SOON, but=[f"{by_id}/usb-scanner"])
    yield reader
    reader.stop()


def test_behaviour_3_a_reader_that_comes_back_under_another_name_is_found(
    by_id: Path, ear: Ear, reader: Pn532Reader
) -> None:
    """Behaviour 3: somebody swaps the bridge for a spare one, whose name nobody has put into the settings."""
    with PretendPn532(by_id / "usb-old") as old:
        reader.start(ear)
        ear.wait_for_state(DeviceState.READY)
        assert reader.where.endswith("usb-old")
        old.unplug()
        ear.wait_for_state(DeviceState.LOST)
    with PretendPn532(by_id / "usb-spare") as spare:
        ear.wait_for_state(DeviceState.READY, 2)
        assert reader.where.endswith("usb-spare")
        spare.tap(A)
        assert ear.wait_for(CardSeen).uid == A


def test_among_several_ports_the_one_that_answers_is_taken(by_id: Path, ear: Ear, reader: Pn532Reader) -> None:
    """Something else that hangs on the box comes first by its name, and says nothing."""
    with PretendPort(by_id / "usb-a-printer"), PretendPn532(by_id / "usb-b-reader"):
        reader.start(ear)
        ear.wait_for_state(DeviceState.READY)
        assert reader.where.endswith("usb-b-reader")


def test_no_port_is_opened_that_does_not_match_or_is_anothers(by_id: Path, ear: Ear, reader: Pn532Reader) -> None:
    """Somebody else's machine on the same box would get bytes that it does not understand."""
    elsewhere, link = by_id.parent / "usb-milling-machine", by_id / "usb-the-same-scanner"
    with PretendPort(by_id / "usb-scanner") as scanner, PretendPort(elsewhere) as machine:
        link.symlink_to(by_id / "usb-scanner")
        reader.start(ear)
        lost = ear.wait_for_state(DeviceState.LOST)
        until = time.monotonic() + 0.5
        while time.monotonic() < until:
            assert not scanner.heard
            assert not machine.heard
            time.sleep(0.01)
    assert "no port" in lost.detail


def test_what_cannot_be_asked_is_taken_by_a_name_that_fits_alone(by_id: Path, ear: Ear) -> None:
    """A scanner only speaks when it reads: the kiosk would sit on the reader's port and wait for ever."""
    scanner = CodeScanner(f"{by_id}/usb-*", settle=0.0, line_timing=SOON)
    with PretendScanner(by_id / "usb-scanner") as wire:
        with PretendPort(by_id / "usb-other"):
            scanner.start(ear)
            fault = ear.wait_for_state(DeviceState.FAULT)
            assert "usb-other" in fault.detail
            assert "usb-scanner" in fault.detail
        ear.wait_for_state(DeviceState.READY)
        wire.scan("hello")
        assert ear.wait_for(CodeScanned).text == "hello"
        scanner.stop()


def test_a_port_that_is_named_stays_that_port(by_id: Path) -> None:
    """A name is no pattern: the kiosk would wander off to another device."""
    assert pattern_of("/dev/serial/by-id/usb-1a86_USB_Serial-if00-port0") == ""
    assert pattern_of(AUTO) == BY_ID
    assert matching(f"{by_id}/*") == []
    line = SerialLine(f"{by_id}/usb-named", 9600)
    assert line.port == f"{by_id}/usb-named"
