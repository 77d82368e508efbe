"""A port that comes back: how long it is waited for, and what people are told meanwhile."""

import errno
import random
import subprocess
import sys
import termios
import threading
from pathlib import Path

import pytest
import serial

from hardware.plugged import BackOff, LineDownError, LineTiming
from hardware.pretend.wires import PretendPort
from hardware.serial_line import SerialLine, why_not_opened
from hardware.signals import DeviceState

STEADY = LineTiming(jitter=0.0)


def test_the_pauses_double_up_to_the_longest_and_begin_again_when_all_is_well() -> None:
    """A reader that is away overnight costs nothing; one that is back is not kept waiting the next time."""
    back_off = BackOff(STEADY)
    assert [back_off.pause() for _ in range(7)] == [0.5, 1.0, 2.0, 4.0, 8.0, 10.0, 10.0]
    back_off.reset()
    assert back_off.pause() == 0.5


def test_the_pauses_are_never_quite_regular_and_never_too_long() -> None:
    """Two kiosks that fight for one port do not march in step for ever."""
    back_off = BackOff(LineTiming(), chance=random.Random(1))
    first = [back_off.pause() for _ in range(50)]
    assert all(0.4 <= pause <= 10.0 for pause in first)
    assert len(set(first)) > 20


class SteppingClock:
    """A clock that goes on a tenth of a second each time it is looked at."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        self.now += 0.1
        return self.now


def test_a_line_pauses_longer_each_time_until_its_device_has_spoken() -> None:
    """A reader that comes and goes is found quickly each time; one that never answers is left in peace."""
    clock = SteppingClock()
    timing = LineTiming(first_retry=1.0, longest_retry=8.0, jitter=0.0, look_every=0.0)
    line = SerialLine("/dev/nothing", 9600, clock=clock, timing=timing)

    def paused() -> float:
        before = clock.now
        line.pause(threading.Event())
        return clock.now - before

    lengths = [paused(), paused(), paused()]
    line.settled()
    lengths.append(paused())
    assert lengths == pytest.approx([1.0, 2.0, 4.0, 1.0], abs=0.35)


def refused(number: int) -> Exception:
    return serial.SerialException(number, "could not open port")


def wrapped(number: int) -> Exception:
    """As pyserial hides a termios.error in a text."""
    hidden = serial.SerialException("Could not configure port: …")
    hidden.__context__ = termios.error(number, "no terminal")
    return hidden


@pytest.mark.parametrize(
    ("error", "state", "words"),
    [
        (refused(errno.ENOENT), DeviceState.LOST, "plugged in"),
        (refused(errno.ENODEV), DeviceState.LOST, "plugged in"),
        (refused(errno.EAGAIN), DeviceState.BUSY, "another program"),
        (refused(errno.EBUSY), DeviceState.BUSY, "another program"),
        (refused(errno.EACCES), DeviceState.FAULT, "dialout"),
        (wrapped(errno.ENOTTY), DeviceState.FAULT, "not a serial port"),
        (termios.error(errno.EIO, "gone"), DeviceState.LOST, "did not open"),
        (OSError("whatever else"), DeviceState.LOST, "whatever else"),
    ],
)
def test_behaviour_4_each_reason_is_a_sentence_that_names_the_port(
    error: Exception, state: DeviceState, words: str
) -> None:
    """Behaviour 4: people can act on what they are told."""
    down = why_not_opened("/dev/ttyUSB0", error)
    assert down.state is state
    assert down.sentence.startswith("/dev/ttyUSB0 ")
    assert words in down.sentence


def opened(port: PretendPort) -> SerialLine:
    line = SerialLine(port.path, 9600)
    line.open()
    return line


@pytest.mark.parametrize("doing", ["read", "write", "flush_input"])
def test_behaviour_1_whatever_is_done_on_an_unplugged_port_ends_in_one_kind_of_error(doing: str) -> None:
    """Behaviour 1: SerialException, OSError and termios.error all become the same sentence."""
    with PretendPort() as port:
        line = opened(port)
        port.unplug()
        act = {
            "read": lambda: line.read(1.0),
            "write": lambda: line.write(b"x"),
            "flush_input": line.flush_input,
        }[doing]
        with pytest.raises(LineDownError, match="unplugged") as caught:
            act()
        assert caught.value.state is DeviceState.LOST
        assert not line.is_open
        with pytest.raises(LineDownError, match="not open"):
            act()


def test_reading_returns_what_came_at_once_and_nothing_when_nothing_came() -> None:
    with PretendPort() as port:
        line = opened(port)
        port.write(b"abc")
        assert line.read(5.0) == b"abc"
        assert line.read(0.0) == b""
        line.close()
        line.close()


def test_bytes_go_both_ways_unchanged() -> None:
    """Nothing on the way treats a byte as a control character: numbers of badges contain all of them."""
    everything = bytes(range(256))
    with PretendPort() as port:
        line = opened(port)
        line.write(everything)
        heard = b""
        while len(heard) < 256 and (more := port.read(5.0)):
            heard += more
        port.write(everything)
        told = b""
        while len(told) < 256 and (more := line.read(5.0)):
            told += more
        line.close()
    assert (heard, told) == (everything, everything)


def test_what_came_before_a_flush_is_forgotten() -> None:
    with PretendPort() as port:
        line = opened(port)
        port.write(b"old")
        line.flush_input()
        port.write(b"new")
        assert line.read(5.0) == b"new"
        line.close()


def test_interrupting_ends_a_read_at_once() -> None:
    """The kiosk stops when it is told to, also when nobody taps."""
    with PretendPort() as port:
        line = opened(port)
        told: list[bytes] = []
        reading = threading.Thread(target=lambda: told.append(line.read(600.0)))
        reading.start()
        line.interrupt()
        reading.join(20.0)
        assert told == [b""]
        line.close()
        line.interrupt()


def open_files() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


def test_an_opened_line_leaves_no_file_behind() -> None:
    """A cable that is loose for a year must not use up the kiosk's files."""
    with PretendPort() as port:
        line = SerialLine(port.path, 9600)
        line.open()
        line.close()
        before = open_files()
        for _ in range(20):
            line.open()
            port.unplug()
            with pytest.raises(LineDownError):
                line.read(1.0)
            with pytest.raises(LineDownError):
                line.open()
            port.replug()
        assert open_files() == before


def test_behaviour_38_every_module_can_be_imported_without_pyserial_and_gpiozero() -> None:
    """Behaviour 38: the wall page's machine has no serial port and needs none."""
    code = (
        "import sys; sys.modules.update(serial=None, gpiozero=None, lgpio=None, kivy=None)\n"
        "import hardware.serial_line, hardware.pn532, hardware.rdm6300, hardware.code_scanner\n"
        "import hardware.pretend.pn532, hardware.pretend.rdm6300, hardware.pretend.scanner, hardware.pretend.ear\n"
        "import hardware.pretend.spoken, hardware.__main__\n"
        "line = hardware.serial_line.SerialLine('/dev/nothing', 9600); line.close()\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)
