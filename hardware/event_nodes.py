"""The nodes in /dev/input behind which Linux keeps what is typed, pressed or touched: one or more for each device.

What a node is asked is in linux/input.h; the numbers of its ioctls are those of all boards but PowerPC and MIPS.
"""

import contextlib
import errno
import fcntl
import os
import struct
import time
from array import array
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final, Protocol

from msgspec import Struct

FOLDER: Final = Path("/dev/input")

_READ, _WRITE = 2, 1
_LONGEST_NAME = 256
_KEYS_BYTES = 0x300 // 8  # a bit for each key there is
_CHUNK = 16_384  # bytes; more than a node ever keeps

EV_SYN, EV_KEY = 0, 1
_ENTERS = (28, 96)
_ONES = (2, 79)  # the key 1, and that of the keypad


class Identity(Struct, frozen=True):
    """Who is behind a node.

    bus, vendor, product: as lsusb tells them. name: what the maker calls it. place: the socket it hangs on, or ""
    where that is not told. serial: its own number, or "".
    types: whether it has keys for digits and Enter.
    """

    bus: int
    vendor: int
    product: int
    name: str
    place: str
    serial: str
    types: bool

    def is_beside(self, other: "Identity") -> bool:
        """Whether both are nodes of one device."""
        return self._device == other._device

    @property
    def _device(self) -> tuple[int, int, int, str, str]:
        return (self.bus, self.vendor, self.product, self.place, self.serial)


class Node(Protocol):
    """An open node. Each of these raises OSError when the device is gone."""

    def fileno(self) -> int:
        """What can be waited on."""

    def identity(self) -> Identity:
        """Who is behind it."""

    def grab(self) -> None:
        """Have it alone: what comes from now on goes to no field, no console and no other program.

        OSError with EBUSY if another program has it alone already.
        """

    def read(self) -> bytes:
        """The events that have come, as struct input_event, their moments on the monotonic clock; b"" for none."""

    def close(self) -> None:
        """Let go of it; may be called twice."""


class EventNode:
    """A node of Linux' evdev. path: such as /dev/input/event3; OSError if it can't be opened."""

    def __init__(self, path: str) -> None:
        self._file = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)

    def fileno(self) -> int:
        """What can be waited on."""
        return self._file

    def identity(self) -> Identity:
        """Who is behind it; OSError if this is no node of evdev."""
        bus, vendor, product, _ = struct.unpack("4H", self._ask(0x02, 8))
        keys = int.from_bytes(self._ask(0x20 + 1, _KEYS_BYTES), "little")
        place, slash, _ = self._text(0x07).rpartition("/")
        return Identity(
            bus=bus,
            vendor=vendor,
            product=product,
            name=self._text(0x06),
            place=place if slash else "",
            serial=self._text(0x08),
            types=all(any(keys >> key & 1 for key in either) for either in (_ONES, _ENTERS)),
        )

    def grab(self) -> None:
        """Have it alone, and its events stamped by the clock that `time.monotonic` reads."""
        fcntl.ioctl(self._file, _request(_WRITE, 0x90, 4), 1)
        fcntl.ioctl(self._file, _request(_WRITE, 0xA0, 4), struct.pack("i", time.CLOCK_MONOTONIC))
        with contextlib.suppress(OSError):  # before Linux 4.4 all kinds come
            self._keep_keys_alone()

    def read(self) -> bytes:
        """The events that have come; b"" for none."""
        try:
            return os.read(self._file, _CHUNK)
        except BlockingIOError:
            return b""

    def close(self) -> None:
        """Let go of it; what is typed goes again to whoever it went to before."""
        file, self._file = self._file, -1
        if file >= 0:
            with contextlib.suppress(OSError):
                os.close(file)

    def _keep_keys_alone(self) -> None:
        """The kernel keeps 64 events for us: without those that nobody needs, half as many keys again."""
        kinds = array("B", (1 << EV_SYN | 1 << EV_KEY, 0, 0, 0, 0, 0, 0, 0))  # whole longs
        where, size = kinds.buffer_info()
        fcntl.ioctl(self._file, _request(_WRITE, 0x93, 16), struct.pack("=IIQ", 0, size, where))

    def _ask(self, number: int, size: int) -> bytes:
        return fcntl.ioctl(self._file, _request(_READ, number, size), bytes(size))

    def _text(self, number: int) -> str:
        """A name; "" when the device has none."""
        try:
            said = self._ask(number, _LONGEST_NAME)
        except OSError as error:
            if error.errno != errno.ENOENT:
                raise
            return ""
        return said.partition(b"\0")[0].decode("utf-8", "replace")


class Seen(Struct, frozen=True):
    """A node that was opened, and who is behind it."""

    path: str
    node: Node
    identity: Identity


class Nodes(Struct, frozen=True):
    """Where the nodes are, and how one is opened (OSError if it can't be)."""

    folder: Path = FOLDER
    open: Callable[[str], Node] = EventNode

    def there(self) -> set[str]:
        """The nodes that are there now."""
        return {str(place) for place in self.folder.glob("event*")}

    def look(self, paths: Iterable[str]) -> tuple[list[Seen], dict[str, OSError]]:
        """Open these and ask who is behind them; and which of them refused, and why. All that is seen is open."""
        seen: list[Seen] = []
        refused: dict[str, OSError] = {}
        for path in sorted(paths):
            try:
                seen.append(self._seen(path))
            except OSError as error:
                refused[path] = error
        return seen, refused

    def _seen(self, path: str) -> Seen:
        node = self.open(path)
        try:
            return Seen(path, node, node.identity())
        except OSError:
            node.close()
            raise


LINUX: Final = Nodes()
"""Those of this machine."""


def _request(direction: int, number: int, size: int) -> int:
    """The number of an ioctl of input devices (asm-generic/ioctl.h)."""
    return direction << 30 | size << 16 | ord("E") << 8 | number
