"""Another program has the reader's port, or what has its name is no port."""

from pathlib import Path

import serial

from hardware.code_scanner import CodeScanner
from hardware.plugged import LineTiming
from hardware.pretend.ear import Ear
from hardware.pretend.scanner import PretendScanner
from hardware.signals import CodeScanned, DeviceState

SOON = LineTiming(first_retry=0.05, longest_retry=0.1, look_every=0.05)


def test_behaviour_4_a_port_held_by_another_program_is_named_and_taken_when_it_is_free() -> None:
    """Behaviour 4: the message says what to look for, and nobody need restart the kiosk afterwards."""
    ear = Ear()
    with PretendScanner() as wire:
        other = serial.Serial(wire.path, exclusive=True)
        scanner = CodeScanner(wire.path, settle=0.0, line_timing=SOON)
        scanner.start(ear)
        busy = ear.wait_for_state(DeviceState.BUSY)
        assert wire.path in busy.detail
        assert "another program" in busy.detail
        other.close()
        ear.wait_for_state(DeviceState.READY)
        wire.scan("free")
        assert ear.wait_for(CodeScanned).text == "free"
        scanner.stop()


def test_two_kiosks_do_not_share_a_scanner() -> None:
    """Half of each code would go to each of them."""
    first, second = Ear(), Ear()
    with PretendScanner() as wire:
        one = CodeScanner(wire.path, settle=0.0, line_timing=SOON)
        other = CodeScanner(wire.path, settle=0.0, line_timing=SOON)
        one.start(first)
        first.wait_for_state(DeviceState.READY)
        other.start(second)
        second.wait_for_state(DeviceState.BUSY)
        one.stop()
        second.wait_for_state(DeviceState.READY)
        other.stop()


def test_a_file_that_is_no_port_is_said_to_be_none(tmp_path: Path) -> None:
    """A slip in the settings is named, and the file is not touched."""
    ear = Ear()
    slip = tmp_path / "settings.toml"
    slip.write_text("port = 1", encoding="utf-8")
    for path in (slip, tmp_path):
        scanner = CodeScanner(str(path), line_timing=SOON)
        scanner.start(ear)
        fault = ear.wait_for_state(DeviceState.FAULT)
        assert "is not a serial port" in fault.detail
        scanner.stop()
    assert slip.read_text(encoding="utf-8") == "port = 1"
