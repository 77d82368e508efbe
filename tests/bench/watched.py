"""A process of the probe, watched from outside: its frames, its memory, what it keeps open, and its processor."""

import contextlib
import os
import struct
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Self

FORM = struct.Struct("qd")
"""What the probe tells at any moment: how many frames it drew, and when the first."""

TICKS = os.sysconf("SC_CLK_TCK")
PATIENCE = 60.0


def _as_installed() -> dict[str, str]:
    """The environment, with compiled modules kept as on an installed kiosk; a first start makes them."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


class Watched:
    """A process of the probe, watched from outside. settled: what its environment says besides."""

    def __init__(self, folder: Path, *arguments: str, settled: Mapping[str, str] | None = None) -> None:
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
            env=_as_installed() | {"KIOSK_SETTINGS": str(settings)} | dict(settled or {}),
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
