"""The copy that the kiosk makes every night onto a second medium, as `kiosk backup` does.

A program of its own makes it, at the lowest priority, so that neither the screen nor a booking waits for it. When
somebody comes it is stopped; it goes on where it was the next time it is quiet.
"""

import contextlib
import logging
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from kiosk.copied import read_copied
from kiosk.tongue import later
from kiosk.views.kept import NOT_REACHED, NOT_THERE, SAME_CARD

log = logging.getLogger(__name__)

NIGHT = (1, 5)
"""The hours between which a copy is made, by the clock of the room."""

MISSED = timedelta(hours=26)
"""After so long without a copy it is made by day, at the next quiet moment."""

AGAIN = 3600.0
"""Seconds until one that came to nothing is tried again."""

QUIET = 120.0
"""Seconds without anybody before a copy begins."""

LOWEST = 19
"""How nice the program is that makes the copy: everything else goes first."""

LOOKS = 5.0
"""Seconds between two looks whether it is quiet."""


def due(last: datetime | None, now: datetime) -> bool:
    """Whether a copy is to be made now: once a night, or by day when a night was missed."""
    if last is None or last > now:
        return True
    by_night = NIGHT[0] <= now.hour < NIGHT[1] and last.date() != now.date()
    return by_night or now - last > MISSED


def second_medium(target: Path, folder: Path) -> str:
    """Why a folder is no place for a second copy, in a sentence; "" when it is one."""
    try:
        there = next(place for place in (target, target.parent) if place.exists())
    except StopIteration:
        return NOT_THERE.format(place=target.parent)
    except OSError as error:
        return NOT_REACHED.format(place=target, error=error.strerror)
    if there.stat().st_dev == folder.stat().st_dev:
        return SAME_CARD.format(place=there)
    return ""


def copy_every_night(
    target: Path, folder: Path, say: Callable[[str], None], quiet: Callable[[], bool], **waits: float
) -> Callable[[], None]:
    """Begin to look after the copy; gives what ends it.

    say: told why the latest try came to nothing, and "" when all is well. quiet: whether nobody is at the kiosk.
    """
    night = Nightly(target, folder, say, quiet, **waits)
    night.start()
    return night.stop


class Nightly:
    """A thread that waits for a quiet moment when a copy is due, and for the program that makes it."""

    def __init__(
        self,
        target: Path,
        folder: Path,
        say: Callable[[str], None],
        quiet: Callable[[], bool],
        *,
        still: float = QUIET,
        looks: float = LOOKS,
        again: float = AGAIN,
    ) -> None:
        self._target, self._folder, self._say, self._quiet = target, folder, say, quiet
        self._still, self._looks, self._again = still, looks, again
        self._made: datetime | None = None
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="nightly copy", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """End, also in the middle of a copy; may be called twice."""
        self._over.set()
        self._thread.join(timeout=10)

    def _watch(self) -> None:
        while not self._over.is_set():
            try:
                self._wait_until_due()
                if self._quiet_for_a_while() and not self._make():
                    self._over.wait(self._again)
            except Exception:
                log.exception("the nightly copy stumbled; it is tried again")
                self._over.wait(self._again)

    def _wait_until_due(self) -> None:
        while not due(self._last(), datetime.now().astimezone()):
            self._say("")
            if self._over.wait(self._looks):
                return

    def _last(self) -> datetime | None:
        """When the last one was made; what was made in this run counts also where no word of it could be left."""
        copied = read_copied(self._folder)
        if self._made is not None or copied is None or copied.target != str(self._target):
            return self._made
        return datetime.fromtimestamp(copied.moment.wall / 1000).astimezone()

    def _quiet_for_a_while(self) -> bool:
        """Wait until nobody was here for some time; False when the kiosk ends."""
        quiet = 0.0
        while quiet < self._still:
            if self._over.wait(self._looks):
                return False
            quiet = quiet + self._looks if self._quiet() else 0.0
        return True

    def _make(self) -> bool:
        """True when a copy was made, or somebody came: then it goes on at once when it is quiet again."""
        fault = second_medium(self._target, self._folder)
        if not fault:
            fault = self._let_it_be_made()
        self._say(fault)
        return not fault

    def _let_it_be_made(self) -> str:
        """What the program said when it came to nothing; "" when it did, or was stopped."""
        words = [sys.executable, "-m", "kiosk", "backup", str(self._target), "--data", str(self._folder)]
        making = subprocess.Popen(
            words, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
        )
        with contextlib.suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, making.pid, LOWEST)
        while True:
            try:
                _, said = making.communicate(timeout=self._looks)
            except subprocess.TimeoutExpired:
                if self._over.is_set() or not self._quiet():
                    making.terminate()
                    making.communicate()
                    return ""
                continue
            if making.returncode:
                return in_short(said.decode(errors="replace"))
            self._made = datetime.now().astimezone()
            return ""


_IN_SHORT = (
    (("is full", "No space", "no room"), later("The stick is full. Empty it, or take a larger one.")),
    (
        ("can be written", "itself be written", "ead-only"),
        later("The stick can’t be written. Look whether it is locked."),
    ),
    (
        ("differs from", "more entries"),
        later("The copy on it is of another past. Keep it, and put in another stick."),
    ),
    (("of another kiosk",), later("The copy on it is of another kiosk. Put in another stick.")),
    (("is not whole",), later("The copy on it is not whole. Keep it, and put in another stick.")),
    (("disk failed", "output error"), later("The stick failed. Plug it in anew, or take another one.")),
)
"""What the program may say, and how that is said on the wall, where there is room for a line or two."""


UNSAID = later("It ended without a word.")


def in_short(said: str) -> str:
    """What the program said when it came to nothing, as one or two short sentences with what mends it."""
    lines = [line for line in said.splitlines() if line.strip()]
    last = lines[-1].removeprefix("kiosk: ") if lines else UNSAID
    log.warning("no nightly copy was made: %s", last)
    known = (short for signs, short in _IN_SHORT if any(sign in last for sign in signs))
    return next(known, last[:1].upper() + last[1:200])
