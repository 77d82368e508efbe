"""A pretend RDM6300 with hands, which speaks the real bytes over a pseudo-terminal."""

import os
import time

from hardware.pretend.wires import PretendSerialDevice
from hardware.rdm6300 import tag_frame

REPEAT = 0.065  # seconds


class PretendRdm6300(PretendSerialDevice):
    """A reader of 125 kHz tags that nobody had to buy.

        with PretendRdm6300() as reader:
            device = Rdm6300Reader(reader.path)
            …
            reader.tap(bytes.fromhex("62E3086CED"))
            reader.away()

    path: the name of the port; without it, one in a folder of its own.
    """

    def __init__(self, path: str | os.PathLike[str] | None = None) -> None:
        self._frame = b""
        self._next_at = 0.0
        super().__init__(path, glance=REPEAT / 4)

    def tap(self, uid: bytes) -> None:
        """Lay a tag on; it stays until `away`. ValueError if it has not five bytes."""
        frame = tag_frame(uid)
        with self._guard:
            self._frame = frame
            self._next_at = 0.0

    def away(self) -> None:
        """Take the tag away."""
        with self._guard:
            self._frame = b""

    def present(self, uid: bytes, seconds: float) -> None:
        """Lay a tag on, wait, take it away; returns after that."""
        self.tap(uid)
        time.sleep(seconds)
        self.away()

    def _hear(self, data: bytes) -> None:
        """Nothing is ever said to this reader."""

    def _live_on(self) -> None:
        now = time.monotonic()
        if self._frame and now >= self._next_at:
            self._next_at = now + REPEAT
            self._port.write(self._frame)
