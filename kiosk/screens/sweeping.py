"""Sweeping up behind the screens while nobody waits for it.

What a screen is made of holds on to itself in rings, so that only Python's collection frees it. Left to itself that
stops everything for a quarter of a second, and mostly in the middle of a tap, since that is when screens are made.
So what is there to stay is taken out of its sight once, and the rest is collected at the wall; where people go from
screen to screen for long, while they read; and where they don't even read, all the same.
"""

import ctypes
import gc
from collections.abc import Callable

LOOKS = 1.0
"""Seconds between two looks."""

STILL = 2
"""Looks for which what is shown must have stayed as it is."""

AT_THE_WALL, WHILE_READING, AT_ANY_TIME = 2, 8, 10
"""Times that Python has collected what is young, about a screen each, from which the old is collected too."""

NEVER_BY_ITSELF = 1_000
"""As many times as that Python waits before it does so itself."""


class Sweeping:
    """Looks every second whether it is time. shown: what is on the screen, and whether that is the wall."""

    def __init__(self, shown: Callable[[], tuple[object, bool]]) -> None:
        self._shown = shown
        self._seen: object = None
        self._still = 0

    def begin(self) -> None:
        """What is there now is there to stay: it is not looked through again. Python's own way is put off."""
        gc.unfreeze()
        gc.collect()
        _give_back()
        gc.freeze()
        gc.set_threshold(*gc.get_threshold()[:2], NEVER_BY_ITSELF)

    def look(self) -> None:
        """Sweep, if it is time; on Kivy's thread, whose frames nobody waits for just now."""
        shown, wall = self._shown()
        self._still = self._still + 1 if shown is self._seen else 0
        self._seen = shown
        if gc.get_count()[2] >= self._enough(wall=wall):
            gc.collect()
            _give_back()

    def _enough(self, *, wall: bool) -> int:
        if self._still < STILL:
            return AT_ANY_TIME
        return AT_THE_WALL if wall else WHILE_READING


def _give_back() -> None:
    """What was freed goes back to the system. The C library would keep the gaps that letters of all sizes leave."""
    give_back = getattr(ctypes.CDLL(None), "malloc_trim", None)  # glibc has it, other libraries do without
    if give_back is not None:
        give_back(0)
