"""The heartbeat that systemd waits for: sent only while the house answers and the screen draws.

A process that is there says nothing; a kiosk whose inbox is stuck or whose picture stands still is dead to whoever
stands before it. So at each beat everybody who matters is asked something through the way that people's touches
take, and systemd hears of it only once all have answered. It starts the kiosk again when it hears nothing for
WatchdogSec. The protocol is one datagram a message (man sd_notify).
"""

import logging
import os
import socket
import threading
from collections.abc import Callable, Mapping

log = logging.getLogger(__name__)

Ask = Callable[[Callable[[], None]], None]
"""Passes a question on; what it is given is called, in whatever thread, once that one could answer."""

SLOWEST = 5.0
"""Seconds between two beats where systemd has set no limit."""


def wire(environ: Mapping[str, str] = os.environ) -> Callable[..., None] | None:
    """What says lines to systemd; None when nobody listens. An address beginning with @ is an abstract one."""
    address = environ.get("NOTIFY_SOCKET", "")
    if not address:
        return None
    where = "\0" + address[1:] if address.startswith("@") else address

    def say(*lines: str) -> None:
        try:
            with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as to_systemd:
                to_systemd.connect(where)
                to_systemd.send("\n".join(lines).encode())
        except OSError as trouble:
            log.warning("systemd does not hear the heartbeat: %s", trouble)

    return say


def interval(environ: Mapping[str, str] = os.environ) -> float:
    """Seconds between beats: a quarter of what systemd waits for.

    WATCHDOG_PID is not looked at: with a compositor around the kiosk it is the compositor's.
    """
    limit = environ.get("WATCHDOG_USEC", "")
    return min(SLOWEST, int(limit) / 4e6) if limit.isdecimal() and int(limit) else SLOWEST


class Heartbeat:
    """Asks everybody at each beat; says READY=1 when all have answered once, then WATCHDOG=1 each time they have.

    asked: who must answer, by the name that stands in `systemctl status` when they don't. say: to systemd; None and
    nothing is asked. every: seconds.
    """

    def __init__(
        self, asked: Mapping[str, Ask], say: Callable[..., None] | None = None, every: float | None = None
    ) -> None:
        self._asked = asked
        self._say = say if say is not None else wire()
        self._every = interval() if every is None else every
        self._over = threading.Event()
        self._owing: dict[str, bool] = {}
        self._ready = False
        self._silent: tuple[str, ...] = ()

    def start(self) -> None:
        """Begin to beat, where somebody listens."""
        if self._say is not None:
            threading.Thread(target=self._beat, name="heartbeat", daemon=True).start()

    def stop(self) -> None:
        """End; may be called twice. Not STOPPING=1: a kiosk that starts itself again would be killed for that."""
        self._over.set()

    def _beat(self) -> None:
        self._ask_all()
        # Until all have answered once it looks often, or the box would count as starting for longer than it is.
        while not self._over.wait(self._every if self._ready else min(self._every, 0.1)):
            try:
                self._look()
            except Exception:
                log.exception("a heartbeat failed")

    def _look(self) -> None:
        """All have answered: say so and ask again. Somebody has not: say nothing that systemd would count."""
        assert self._say is not None
        silent = tuple(name for name, owes in self._owing.items() if owes)
        if not silent:
            self._say(*(() if self._ready else ("READY=1",)), "WATCHDOG=1", "STATUS=open")
            self._ready = True
            self._ask_all()
        elif self._ready and silent != self._silent:
            self._say(f"STATUS={' and '.join(silent)} does not answer")
        self._silent = silent

    def _ask_all(self) -> None:
        self._owing = dict.fromkeys(self._asked, True)
        for name, ask in self._asked.items():
            ask(self._hear(name, self._owing))

    @staticmethod
    def _hear(name: str, owing: dict[str, bool]) -> Callable[[], None]:
        """What is called with the answer. It holds on to its own round, so that a late one counts for no other."""

        def answered() -> None:
            owing[name] = False

        return answered
