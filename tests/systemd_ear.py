"""A socket that listens as systemd does, and remembers when it heard what."""

import socket
import threading
import time
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType

PATIENCE = 20.0
"""Seconds until something that does not come is missed. Reached only when something is broken."""


class Ear:
    """systemd's end of the notification socket, at a path or (name beginning with @) without a file."""

    def __init__(self, name: Path | str) -> None:
        self.name = str(name)
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._socket.bind("\0" + self.name[1:] if self.name.startswith("@") else self.name)
        self.lines: list[str] = []
        self._new = threading.Condition()
        threading.Thread(target=self._listen, daemon=True).start()

    def environ(self, seconds: float) -> Mapping[str, str]:
        return {"NOTIFY_SOCKET": self.name, "WATCHDOG_USEC": str(int(seconds * 1e6))}

    def _listen(self) -> None:
        while True:
            try:
                told = self._socket.recv(4096).decode()
            except OSError:
                return
            with self._new:
                self.lines.extend(told.split("\n"))
                self._new.notify_all()

    def count(self, line: str) -> int:
        with self._new:
            return self.lines.count(line)

    def hears(self, line: str, times: int = 1) -> None:
        """Waits until it has heard this line so often in all."""
        deadline = time.monotonic() + PATIENCE
        with self._new:
            while self.lines.count(line) < times:
                left = deadline - time.monotonic()
                assert left > 0, f"{line} did not come; heard {self.lines[-5:]}"
                self._new.wait(left)

    def __enter__(self) -> "Ear":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._socket.close()
