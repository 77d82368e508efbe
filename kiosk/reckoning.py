"""Keeps the figures of the last month and quarter up to date for the screen, as `kiosk report keep` counts them.

A program of its own counts, at the lowest priority, so that neither the screen nor a booking waits for it. The
longer it took, the longer it rests: it never has more than a small part of the machine.
"""

import contextlib
import logging
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from kiosk import periods
from kiosk.counted import Counted, read_counted
from kiosk.traces import trace

log = logging.getLogger(__name__)

LOOKS = 5.0
"""Seconds between two looks whether there is something new."""

RESTS, SHARE = 60.0, 20.0
"""Seconds from one count to the next at least; and how many times as long as the last one took."""

LONGEST = 1800.0
"""Seconds after which a count is given up."""

LOWEST = 19
"""How nice the program is that counts: everything else goes first."""


class Reckoning:
    """A thread that has it counted whenever the record has grown, or another month has begun.

    number: gives the number of the newest entry; from any thread. language: the shop's.
    """

    def __init__(
        self,
        folder: Path,
        number: Callable[[], int],
        language: str,
        *,
        looks: float = LOOKS,
        rests: float = RESTS,
        today: Callable[[], date] = date.today,
    ) -> None:
        self._folder, self._number, self._language, self._today = folder, number, language, today
        self._looks, self._rests = looks, rests
        self._counted = read_counted(folder)
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="reckoning", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """End, also in the middle of a count; may be called twice."""
        self._over.set()
        self._thread.join(timeout=10)

    def look(self) -> Counted | None:
        """What was counted last; None before the first time. From any thread."""
        return self._counted

    def due(self) -> bool:
        """Whether there is something new to count."""
        known = self._counted
        if known is None or known.number != self._number():
            return self._number() > 0
        return known.audit.period != periods.before(periods.month_of(self._today()))

    def _watch(self) -> None:
        if self._over.wait(self._rests):  # a start has enough to do
            return
        while not self._over.wait(self._looks):
            try:
                if self.due():
                    began = time.monotonic()
                    self._count()
                    self._over.wait(max(self._rests, SHARE * (time.monotonic() - began)))
            except Exception as error:
                log.error("the figures could not be counted; it is tried again: %s", trace(error))
                self._over.wait(self._rests)

    def _count(self) -> None:
        words = [sys.executable, "-m", "kiosk", "report", "keep", "--data", str(self._folder)]
        words += ["--language", self._language]
        counting = subprocess.Popen(
            words, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        with contextlib.suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, counting.pid, LOWEST)
        ends = time.monotonic() + LONGEST
        while counting.poll() is None:
            if self._over.wait(0.1) or time.monotonic() > ends:
                counting.terminate()
                counting.wait()
                return
        if counting.returncode:
            log.warning("the figures could not be counted (%s)", counting.returncode)
            return
        self._counted = read_counted(self._folder)
