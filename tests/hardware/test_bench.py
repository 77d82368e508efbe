"""The `hardware` command: what a person at the workbench types and reads."""

import json
import os
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec import Struct
from typer.testing import CliRunner

from hardware import signals
from hardware.__main__ import KINDS, Wiring, bench, device_for, line_for
from hardware.errors import UnknownDriverError
from hardware.signals import (
    ButtonReleased,
    ButtonsTogether,
    CardsAmbiguous,
    CardSeen,
    CodeScanned,
    CoinDropped,
    DeviceChanged,
    DeviceState,
    Signal,
)

HARDWARE = [sys.executable, "-m", "hardware"]
PATIENCE = 30.0


class Run:
    """The command, running, with its lines as they come."""

    def __init__(self, *words: str) -> None:
        self.process = subprocess.Popen(
            [*HARDWARE, *words],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
        self.lines: queue.SimpleQueue[str] = queue.SimpleQueue()
        self.reading = threading.Thread(target=self._read, daemon=True)
        self.reading.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.lines.put(line.rstrip("\n"))

    def line(self) -> str:
        return self.lines.get(timeout=PATIENCE)

    def line_with(self, words: str) -> str:
        while words not in (line := self.line()):
            pass
        return line

    def tell(self, line: str) -> str:
        assert self.process.stdin is not None
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()
        return self.line()

    def end(self) -> int:
        if self.process.stdin is not None:
            self.process.stdin.close()
        return self.process.wait(PATIENCE)

    def kill(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait(PATIENCE)
        self.reading.join(PATIENCE)
        for stream in (self.process.stdin, self.process.stdout, self.process.stderr):
            if stream is not None:
                stream.close()


@pytest.fixture
def runs() -> Iterator[list[Run]]:
    running: list[Run] = []
    yield running
    for run in running:
        run.kill()


def run(runs: list[Run], *words: str) -> Run:
    runs.append(Run(*words))
    return runs[-1]


def asked(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*HARDWARE, *words], capture_output=True, text=True, timeout=PATIENCE, check=False)


def test_a_pretend_reader_is_watched_from_another_terminal(runs: list[Run], tmp_path: Path) -> None:
    """Whoever wires the kiosk can try everything before a reader is bought."""
    name = str(tmp_path / "reader")
    pretend = run(runs, "pretend", "pn532", "--link", name)
    assert pretend.line() == name
    watch = run(runs, "watch", "pn532", "--port", name)
    assert watch.line() == "ready  PN532, firmware 1.6"
    assert pretend.tell("tap 04A1B2C3") == "ok tap 04A1B2C3"
    assert watch.line() == "card seen  04a1b2c3  nfc"
    assert pretend.tell("dance").startswith("? tap UID")
    assert pretend.tell("away") == "ok away"
    assert watch.line() == "card gone  04a1b2c3  nfc"
    assert pretend.tell("unplug") == "ok unplug"
    assert watch.line().startswith("lost  ")
    watch.process.send_signal(signal.SIGINT)
    assert watch.end() == 0
    assert pretend.end() == 0, "the end of the input ends it"
    assert list(tmp_path.iterdir()) == []


def test_codes_are_watched_as_json_and_quit_ends_the_pretence(runs: list[Run]) -> None:
    """One JSON object a line can be piped into anything."""
    pretend = run(runs, "pretend", "scanner")
    watch = run(runs, "watch", "scanner", "--port", pretend.line(), "--json")
    assert json.loads(watch.line())["state"] == "ready"
    scans = 0
    while watch.lines.empty() and scans < 100:  # the first second after opening is not heard
        pretend.tell(f"scan Schlüssel {scans}")
        scans += 1
        watch.reading.join(0.1)
    said = json.loads(watch.line())
    assert (said["kind"], said["device"]) == ("code scanned", "code scanner")
    assert said["text"].startswith("Schlüssel ")
    assert pretend.tell("quit") == "ok quit"
    assert pretend.process.wait(PATIENCE) == 0
    watch.process.terminate()
    assert watch.end() == 0


def test_watching_ends_when_nobody_reads_it_any_more() -> None:
    """`hardware watch … | head -1` comes back to the prompt."""
    read, write = os.pipe()
    command = [*HARDWARE, "watch", "rdm6300", "--port", "/dev/nothing"]
    watch = subprocess.Popen(command, stdout=write, stderr=subprocess.PIPE)
    os.close(write)
    try:
        with os.fdopen(read, "rb") as lines:
            assert lines.readline().startswith(b"lost  ")
        _, errors = watch.communicate(timeout=PATIENCE)
    finally:
        watch.kill()
    assert (watch.returncode, errors) == (0, b"")


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (("watch", "telepathy"), "there is no driver 'telepathy'"),
        (("watch", "pn532"), "--port"),
        (("watch", "buttons"), "--pin"),
    ],
)
def test_a_slip_is_answered_in_one_line(words: tuple[str, ...], complaint: str) -> None:
    answer = asked(*words)
    assert answer.returncode == 2
    assert complaint in answer.stderr
    assert answer.stderr.count("\n") == 1
    assert answer.stdout == ""


# -- without a process


def test_what_types_is_listed_or_it_is_said_that_nothing_does() -> None:
    """Whoever plugs a scanner in needs its line for the settings, and not a search in lsusb."""
    answer = CliRunner().invoke(bench, ["keyboards"])
    lines = answer.stdout.splitlines()
    assert all(line.startswith(('port = "keyboard:', 'port = "/dev/input/by-path/')) for line in lines)
    assert lines or (answer.exit_code == 2 and answer.stderr.startswith("hardware: "))


def helped(*words: str) -> str:
    answer = CliRunner().invoke(bench, [*words, "--help"])
    assert answer.exit_code == 0
    return answer.output


def test_help_names_the_commands_and_what_they_take() -> None:
    """What can be typed can be found out by typing."""
    assert all(word in helped() for word in ("watch", "pretend"))
    assert all(word in helped("pretend") for word in ("pn532", "rdm6300", "scanner"))
    assert all(word in helped("pretend", "pn532") for word in ("tap", "unplug", "cut", "power", "--link"))
    assert all(word in helped("watch") for word in ("buttons", "coins", "--port", "--json"))


@pytest.mark.parametrize(
    ("said", "line"),
    [
        (CardSeen(device="r", at=1.0, uid=b"\x04\xa1", tech="nfc"), "card seen  04a1  nfc"),
        (CardSeen(device="r", at=1.0, uid=b"\x08\xa1", random=True), "card seen  08a1  nfc  random"),
        (CardsAmbiguous(device="r", at=1.0), "cards ambiguous  2"),
        (CodeScanned(device="s", at=1.0, text='a "b"'), 'code scanned  "a \\"b\\""'),
        (ButtonReleased(device="b", at=1.0, button="yes", held=0.25), "button released  yes  0.25 s"),
        (ButtonsTogether(device="b", at=1.0, buttons=("yes", "no")), "buttons together  yes  no"),
        (CoinDropped(device="c", at=1.0, cents=50, pulses=1), "coin dropped  50 cents  1 pulses"),
        (DeviceChanged(device="c", at=1.0, state=DeviceState.READY), "ready"),
        (DeviceChanged(device="c", at=1.0, state=DeviceState.LOST, detail="gone"), "lost  gone"),
    ],
)
def test_each_signal_is_one_line(said: Signal, line: str) -> None:
    assert line_for(said) == line


def test_every_signal_there_is_has_words() -> None:
    """A new kind of signal must not end the watching."""
    kinds = {kind for kind in vars(signals).values() if isinstance(kind, type) and issubclass(kind, Signal)}
    assert kinds - {Signal, DeviceChanged} == set(KINDS)
    assert all(issubclass(kind, Struct) for kind in kinds)


@pytest.mark.parametrize(
    ("driver", "wiring", "name"),
    [
        ("pn532", Wiring(port="/dev/x"), "badge reader"),
        ("rdm6300", Wiring(port="/dev/x"), "badge reader"),
        ("scanner", Wiring(port="/dev/x"), "code scanner"),
        ("typing", Wiring(port="keyboard:1a2b:3c4d"), "badge reader"),
        ("scanner", Wiring(port="keyboard:1a2b:3c4d"), "code scanner"),
        ("buttons", Wiring(pins=("yes=5", "no=6")), "buttons"),
        ("coins", Wiring(pins=("23",), coins=("2=50", "4=100")), "coin acceptor"),
    ],
)
def test_every_driver_can_be_watched(driver: str, wiring: Wiring, name: str) -> None:
    assert device_for(driver, wiring).name == name


@pytest.mark.parametrize(
    ("driver", "wiring", "words"),
    [
        ("typing", Wiring(port="/dev/ttyUSB0"), "takes a port such as keyboard:1a2b:3c4d; `hardware keyboards`"),
        ("pn532", Wiring(port="keyboard:1a2b:3c4d"), "takes a serial port such as .*`hardware watch typing`"),
        ("buttons", Wiring(pins=("yes",)), "NAME=GPIO"),
        ("buttons", Wiring(pins=("yes=five",)), "whole number"),
        ("coins", Wiring(pins=("23",)), "--coin"),
        ("coins", Wiring(pins=("23", "24"), coins=("2=50",)), "one --pin"),
        ("coins", Wiring(pins=("23",), coins=("1",)), "PULSES=CENTS"),
    ],
)
def test_a_slip_in_the_wiring_is_named(driver: str, wiring: Wiring, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        device_for(driver, wiring)


def test_an_unknown_driver_is_named_with_those_there_are() -> None:
    with pytest.raises(UnknownDriverError, match=r"telepathy.*pn532.*coins"):
        device_for("telepathy", Wiring())
