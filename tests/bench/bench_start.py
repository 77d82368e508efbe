"""How soon it is there, how much it takes, and how little it does while nobody is there.

Kiosks with a short and with a long record and a bare Kivy window with the same settings are started in turn, each
as a process of its own, and watched from outside (`probe.py`).
"""

import contextlib
import itertools
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, Self

from probe import FORM
from shops import copy_of
from table import KEPT, Row, against, at_most, lay_down, middle

ROUNDS = int(sys.argv[1]) if len(sys.argv) > 1 else 7
IDLE = 30.0
"""Seconds that nothing happens."""

VISITS = 10_000
WARM = 500
"""Visits before the memory is looked at: what is kept for the next time is then there."""

PATIENCE = 60.0
LARGE = 1_000_000
TICKS = os.sysconf("SC_CLK_TCK")
FIRST = ("work:repair", "jar", "work:care", "board", "work:cooking", "duties")
"""What is touched first in one visit after the other."""


class Watched:
    """A process of the probe, watched from outside."""

    def __init__(self, folder: Path, *arguments: str) -> None:
        self._file = folder / "frames"
        self._file.write_bytes(bytes(FORM.size))
        settings = folder / "settings.toml"
        settings.touch()
        probe = str(Path(__file__).with_name("probe.py"))
        self.began = time.monotonic()
        self.process = subprocess.Popen(
            [sys.executable, probe, str(self._file), *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            bufsize=1,
            env={**os.environ, "KIOSK_SETTINGS": str(settings)},
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        with contextlib.suppress(BrokenPipeError):
            self.process.stdin.close()
        self.process.stdout.read()
        self.process.wait(PATIENCE)

    @property
    def frames(self) -> int:
        return int(FORM.unpack(self._file.read_bytes())[0])

    def first_frame(self) -> float:
        """Seconds from the start of the process to its first frame."""
        while not self.frames:
            assert self.process.poll() is None, "it ended before it drew anything"
            assert time.monotonic() - self.began < PATIENCE, "it drew nothing"
            time.sleep(0.002)
        return float(FORM.unpack(self._file.read_bytes())[1]) - self.began

    def memory(self) -> float:
        """MiB in memory."""
        (line,) = (line for line in self._proc("status").splitlines() if line.startswith("VmRSS"))
        return int(line.split()[1]) / 1024

    def processor(self) -> float:
        """Seconds of the processor, so far."""
        fields = self._proc("stat").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    def _proc(self, name: str) -> str:
        return Path(f"/proc/{self.process.pid}/{name}").read_text()

    def kept(self) -> tuple[int, int]:
        """(threads, open files)."""
        place = Path(f"/proc/{self.process.pid}")
        return len(list((place / "task").iterdir())), len(list((place / "fd").iterdir()))

    def say(self, line: str) -> str:
        """One line to a driven kiosk, and the face that it answers with."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(f"{line}\n")
        return self.process.stdout.readline()


def started(folder: Path, *arguments: str) -> tuple[float, float]:
    """(seconds to the first frame, MiB a second later)."""
    with Watched(folder, *arguments) as watched:
        first = watched.first_frame()
        time.sleep(1.0)
        return first, watched.memory()


def starting(folder: Path, ways: dict[str, tuple[str, ...]]) -> list[Row]:
    found: dict[str, list[tuple[float, float]]] = {way: [] for way in ways}
    for _ in range(ROUNDS):
        for way, arguments in ways.items():
            found[way].append(started(folder, *arguments))
    firsts = {way: [first for first, _ in each] for way, each in found.items()}
    memory = {way: [size for _, size in each] for way, each in found.items()}
    for way in ways:
        print(f"  {way}: first frame {middle(firsts[way])} s, {middle(memory[way])} MiB")
    more = middle(long - short for long, short in zip(memory["long"], memory["short"], strict=True))
    return [
        at_most(f"first frame with {LARGE:,} entries ÷ with one", against(firsts["long"], firsts["short"]), 1.1),
        at_most(f"memory with {LARGE:,} entries, more than with one", more, 16, "MiB"),
        at_most("first frame ÷ that of a bare Kivy window", against(firsts["short"], firsts["bare"]), 1.5),
        at_most("memory ÷ that of a bare Kivy window", against(memory["short"], memory["bare"]), 1.3),
    ]


def idling(folder: Path, short: tuple[str, ...]) -> list[Row]:
    """Both idle at the same time; a frame may only be drawn for a face that was said, such as another minute."""
    bare_folder = folder / "bare"
    bare_folder.mkdir()
    with Watched(folder, *short) as kiosk, Watched(bare_folder, "bare") as bare:
        kiosk.first_frame()
        bare.first_frame()
        time.sleep(3.0)
        ratios, drawn = list[float](), 0
        for _ in range(3):
            before = (kiosk.processor(), bare.processor(), kiosk.frames)
            _until_a_minute_is_young()
            before = (kiosk.processor(), bare.processor(), kiosk.frames)
            time.sleep(IDLE / 3)
            drawn += kiosk.frames - before[2]
            ratios.append((kiosk.processor() - before[0]) / max(1 / TICKS, bare.processor() - before[1]))
    return [
        Row(f"frames drawn while nothing that is shown changes, in {IDLE:.0f} s", "0", str(drawn), drawn == 0),
        at_most("processor while nobody is there ÷ a bare Kivy window", middle(ratios), 1.3),
    ]


def _until_a_minute_is_young() -> None:
    """The wall tells the time: its minute may not turn while nothing is to change."""
    left = 60 - time.time() % 60
    if left < IDLE / 3 + 1.5:
        time.sleep(left + 1.5)


def visiting(folder: Path, short: tuple[str, ...]) -> list[Row]:
    touched = itertools.cycle(FIRST)
    with Watched(folder, *short) as kiosk:
        kiosk.first_frame()
        _visits(kiosk, touched, WARM)
        memory, kept, frames = kiosk.memory(), kiosk.kept(), kiosk.frames
        _visits(kiosk, touched, VISITS)
        time.sleep(1.0)
        more, kept_then, drawn = kiosk.memory() - memory, kiosk.kept(), kiosk.frames - frames
    what = f"memory after {VISITS:,} visits ({drawn:,} frames), more than before"
    flat = f"{kept[0]} and {kept[1]}, then {kept_then[0]} and {kept_then[1]}"
    return [
        Row(what, "< 10 MiB", f"{more:.1f} MiB", more < 10),
        Row("threads and open files before and after them", "the same", flat, kept == kept_then),
    ]


def _visits(kiosk: Watched, touched: Any, how_many: int) -> None:
    """Somebody begins something and leaves again, as fast as the house goes; drawn whenever the loop turns."""
    for _ in range(how_many):
        face = kiosk.say(f"touch choose {next(touched)}")
        assert '"refused"' not in face, face
        kiosk.say("touch home")


def main() -> int:
    KEPT.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=KEPT) as name:
        folder = Path(name)
        run = {
            "short": ("run", "--drive", "--data", str(copy_of(1, folder / "short"))),
            "long": ("run", "--drive", "--data", str(copy_of(LARGE, folder / "long"))),
        }
        ways = {"bare": ("bare",), **run}
        for arguments in ways.values():
            started(folder, *arguments)  # once for the page cache
        rows = starting(folder, ways)
        rows += idling(folder, run["short"])
        rows += visiting(folder, run["short"])
        lay_down("2-start", rows)
    return 0


if __name__ == "__main__":
    sys.exit(main())
