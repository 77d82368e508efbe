"""Pictures of charts, drawn by another program when they are asked for, so that the kiosk's memory stays as it is.

The program begins with the first chart that is not there yet, and ends when none was asked for for a while. The
pictures lie in a folder of their own, by what is on them, and the oldest go when there are many.
"""

import contextlib
import hashlib
import logging
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from queue import Empty, Queue
from typing import Literal

import msgspec
from msgspec import Struct

from kiosk.chart import AnyChart

log = logging.getLogger(__name__)

PROGRAM = ("-m", "kiosk.reports.draw")
IDLE = 30.0
"""Seconds without a chart after which the program ends."""

AGAIN = 30.0
"""Seconds until it is tried again after it failed."""

MOST = 60
"""Pictures that are kept."""


class Job(Struct, frozen=True):
    """A chart to be drawn: so wide and high, letters so large, all in pixels; and the language that it is in."""

    chart: AnyChart
    wide: int
    high: int
    letters: int
    language: str
    form: Literal["png", "svg"] = "png"

    @property
    def name(self) -> str:
        """The name of its file: the same for the same picture."""
        return f"{hashlib.sha256(msgspec.json.encode(self)).hexdigest()[:32]}.{self.form}"


class Drawn:
    """Charts as pictures. From any thread."""

    def __init__(self, idle: float = IDLE) -> None:
        self._idle = idle
        self._lock = threading.Lock()
        self._folder: Path | None = None
        self._asked: Queue[Job] = Queue()
        self._waiting: set[str] = set()
        self._failed = -AGAIN
        self._thread: threading.Thread | None = None

    def picture(self, job: Job) -> Path | None:
        """Where the picture is; None while it is being drawn: ask again soon."""
        path = self._place() / job.name
        if path.exists():
            return path
        with self._lock:
            if time.monotonic() - self._failed < AGAIN:
                return None
            if job.name not in self._waiting:
                self._waiting.add(job.name)
                self._asked.put(job)
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._draw, name="drawing", daemon=True)
                self._thread.start()
        return None

    def close(self) -> None:
        """Throw all of them away."""
        with self._lock:
            if self._folder is not None:
                shutil.rmtree(self._folder, ignore_errors=True)
                self._folder = None

    def _place(self) -> Path:
        with self._lock:
            if self._folder is None:
                self._folder = Path(tempfile.mkdtemp(prefix="kiosk-charts-"))
            return self._folder

    def _draw(self) -> None:
        """Hand over one after the other; a chart that can't be drawn stays away until it is asked for again."""
        folder = self._place()
        drawing = subprocess.Popen(
            [sys.executable, *PROGRAM, str(folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=os.environ | {"MPLCONFIGDIR": str(folder), "MPLBACKEND": "agg"},
        )
        assert drawing.stdin is not None
        assert drawing.stdout is not None
        try:
            while True:
                job = self._asked.get(timeout=self._idle)
                drawing.stdin.write(msgspec.json.encode(job) + b"\n")
                drawing.stdin.flush()
                answered = drawing.stdout.readline()
                with self._lock:
                    self._waiting.discard(job.name)
                    self._failed = self._failed if answered else time.monotonic()
                if not answered:
                    log.warning("charts can't be drawn now")
                    return
                self._tidy(folder)
        except (Empty, OSError):
            return
        finally:
            with contextlib.suppress(OSError):
                drawing.stdin.close()
            drawing.terminate()
            drawing.wait()
            drawing.stdout.close()

    def _tidy(self, folder: Path) -> None:
        pictures = sorted(folder.glob("*.*g"), key=lambda path: path.stat().st_mtime_ns)
        for path in pictures[:-MOST]:
            path.unlink(missing_ok=True)
