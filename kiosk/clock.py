"""The two clocks of the box, read together."""

import secrets
import time
from typing import Protocol

import msgspec

from kiosk.amounts import Moment

BUILT = 1_767_225_600_000
"""Milliseconds since 1970: 1 January 2026. A box that says it is earlier has lost its time."""


DEMO = "demo"
"""Names the run in which demo members came in; by it their record is told from a shop's own."""

SIMULATED = "simulated"
"""Names the run of a year that was made up (`kiosk.simulating`), in each of its entries."""


class Clock(Protocol):
    """Tells what time it is; tests move theirs."""

    def now(self) -> Moment:
        """This moment."""


def known_after(now: Moment, newest: int) -> Moment:
    """This moment; not trusted where it is before the newest entry that was, in milliseconds since 1970."""
    return msgspec.structs.replace(now, trusted=False) if now.wall < newest else now


class SystemClock:
    """The clocks of this machine. A new name for the run is made at each start."""

    def __init__(self) -> None:
        self._boot = secrets.token_hex(4)

    def now(self) -> Moment:
        """This moment; not trusted when the wall clock is plainly wrong."""
        wall = time.time_ns() // 1_000_000
        return Moment(wall=wall, mono=time.monotonic_ns() // 1_000_000, boot=self._boot, trusted=wall >= BUILT)
