"""The shape of a device, and how its signals reach those who listen.

A device runs in a thread of its own (or in its library's), says signals to a sink, never raises out of
its thread, and looks for lost hardware for ever.
"""

import logging
from collections.abc import Callable
from typing import Protocol

from msgspec import Struct

from hardware.signals import DeviceState, Signal

log = logging.getLogger(__name__)

Sink = Callable[[Signal], None]
"""Takes a signal. Called from a device's thread: it must return at once (put it in a queue)."""

MonotonicClock = Callable[[], float]
"""Seconds that never jump; `time.monotonic`, or a clock that a test moves."""


class Status(Struct, frozen=True):
    """How a device is doing.

    since, last_ok: seconds on the monotonic clock (last_ok None until the first good word).
    errors: how many unreadable or failed exchanges so far.
    """

    state: DeviceState
    since: float
    last_ok: float | None = None
    errors: int = 0
    detail: str = ""


class Device(Protocol):
    """What the rig opens, closes in reverse order, and asks how it is."""

    @property
    def name(self) -> str:
        """What people call it: "badge reader", "code scanner", "buttons", "coin acceptor"."""

    def start(self, sink: Sink) -> None:
        """Begin to listen; returns at once, also when the hardware is missing."""

    def stop(self) -> None:
        """Be silent and let go of the hardware; may be called twice, and before start."""

    def status(self) -> Status:
        """How it is doing now; may be called from any thread."""


def tee(*sinks: Sink) -> Sink:
    """A sink that passes each signal to all of these; one that fails is logged and the others still hear."""

    def say(signal: Signal) -> None:
        for sink in sinks:
            try:
                sink(signal)
            except Exception:
                # By its kind alone: a button that was pressed, or a badge's number, is in no log.
                log.exception("a listener failed on a %s", type(signal).__name__)

    return say
