"""Pretend serial wires: a pseudo-terminal behind a name that stays, and what pretend devices on it share.

The real driver opens the name as it would /dev/serial/by-id/…, and meets what a real port does: a hang-up
when it is unplugged, another number when it comes back, bytes lost when nobody listens.
"""

import contextlib
import os
import select
import shutil
import tempfile
import threading
import time
import tty
from abc import ABC, abstractmethod
from pathlib import Path
from types import TracebackType
from typing import Self

_GLANCE = 0.02  # seconds between two looks at an unplugged or unheard wire
_PATIENCE = 1.0  # seconds for the other side to take bytes from a full wire


class PretendPort:
    """A serial port that is not there, and can be plugged and unplugged by hand.

    path: the name to appear under, a link that is made and removed; without it, one in a folder of its own.
    FileExistsError if something that is no such link has that name.
    """

    def __init__(self, path: str | os.PathLike[str] | None = None) -> None:
        self._folder = None if path else Path(tempfile.mkdtemp(prefix="pretend-port-"))
        self._link = Path(path) if path else Path(self._folder or "") / "port"
        self._guard = threading.RLock()
        self._near: int | None = None
        _refuse_to_overwrite(self._link)
        self._waker = os.pipe()
        self._closed = False
        self.replug()

    @property
    def path(self) -> str:
        """What a driver is given as its port; stays the same through unplugging and replugging."""
        return str(self._link)

    @property
    def plugged(self) -> bool:
        """Whether the port is there."""
        return self._near is not None

    @property
    def heard(self) -> bool:
        """Whether a driver has the port open; if not, what is sent is lost."""
        with self._guard:
            return self._near is not None and _somebody_has(self._near)

    def unplug(self) -> None:
        """Pull the plug: the name vanishes, and a driver that has it open gets a hang-up."""
        with self._guard:
            near, self._near = self._near, None
            if near is None:
                return
            self._link.unlink(missing_ok=True)
            os.close(near)
        os.write(self._waker[1], b"!")

    def replug(self) -> None:
        """Plug it in again: the same name, another pseudo-terminal."""
        with self._guard:
            if self._near is not None or self._closed:
                return
            _refuse_to_overwrite(self._link)
            near, far = os.openpty()
            tty.setraw(far)
            os.set_blocking(near, False)
            name = os.ttyname(far)
            os.close(far)  # from now on the wire knows whether somebody listens
            fresh = self._link.with_name(f"{self._link.name}.new")
            fresh.unlink(missing_ok=True)
            fresh.symlink_to(name)
            fresh.replace(self._link)
            self._near = near

    def read(self, within: float) -> bytes:
        """What the driver has sent, or sends within so many seconds; empty if nothing."""
        near = self._near
        if near is None or not self.heard:
            self._wait(None, min(within, _GLANCE))
            return b""
        self._wait(near, within)
        with self._guard:
            if self._near != near:
                return b""
            with contextlib.suppress(BlockingIOError, OSError):
                return os.read(near, 4096)
        return b""

    def write(self, data: bytes) -> None:
        """Send this to the driver; lost when the port is unplugged or nobody has it open."""
        until = time.monotonic() + _PATIENCE
        while data and time.monotonic() < until:
            with self._guard:
                if self._near is None or not _somebody_has(self._near):
                    return
                with contextlib.suppress(BlockingIOError, OSError):
                    data = data[os.write(self._near, data) :]
            if data:
                time.sleep(_GLANCE)

    def wake(self) -> None:
        """Make a `read` that waits in another thread return."""
        if not self._closed:
            os.write(self._waker[1], b"!")

    def close(self) -> None:
        """Unplug for good and remove the name; may be called twice. To be called when nobody reads any more."""
        if self._closed:
            return
        self.unplug()
        self._closed = True
        for end in self._waker:
            os.close(end)
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _wait(self, near: int | None, within: float) -> None:
        woken = self._waker[0]
        listened = [woken] if near is None else [woken, near]
        with contextlib.suppress(OSError, ValueError):  # unplugged just now
            ready, _, _ = select.select(listened, [], [], within)
            if woken in ready:
                os.read(woken, 64)


def _somebody_has(near: int) -> bool:
    """Whether the far side of a pseudo-terminal is open: it hangs up when the last one closes it."""
    looked = select.poll()
    looked.register(near, select.POLLIN)
    return not any(event & (select.POLLHUP | select.POLLNVAL) for _, event in looked.poll(0))


def _refuse_to_overwrite(link: Path) -> None:
    """A link to a pseudo-terminal is one of ours, perhaps left over; anything else is somebody's."""
    ours = link.is_symlink() and str(link.readlink()).startswith("/dev/pts/")
    if not ours and (link.exists() or link.is_symlink()):
        raise FileExistsError(f"{link} is there already and is no pretend port")


class PretendSerialDevice(ABC):
    """A device on a pretend port, with a thread of its own that hears and answers. It has hands to plug it."""

    def __init__(self, path: str | os.PathLike[str] | None = None, *, glance: float = _GLANCE) -> None:
        self._port = PretendPort(path)
        self._guard = threading.RLock()
        self._glance = glance
        self._ending = threading.Event()
        self._thread = threading.Thread(target=self._live, name=type(self).__name__, daemon=True)
        self._thread.start()

    @property
    def path(self) -> str:
        """What the driver is given as its port."""
        return self._port.path

    @property
    def heard(self) -> bool:
        """Whether a driver has the port open."""
        return self._port.heard

    def unplug(self) -> None:
        """Pull the plug, as somebody does with a foot."""
        self._port.unplug()

    def replug(self) -> None:
        """Plug it in again; it comes back under the same name."""
        self._port.replug()

    def garbage(self, data: bytes | None = None) -> None:
        """Noise on the line, now: these bytes, or some that look like beginnings of something."""
        self._port.write(_NOISE if data is None else data)

    def close(self) -> None:
        """Away with it; may be called twice."""
        self._ending.set()
        self._port.wake()
        if self._thread is not threading.current_thread():
            self._thread.join(timeout=5.0)
        self._port.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _live(self) -> None:
        while not self._ending.is_set():
            heard = self._port.read(self._glance)
            with self._guard:
                if heard:
                    self._hear(heard)
                self._live_on()

    @abstractmethod
    def _hear(self, data: bytes) -> None:
        """The driver sent these bytes."""

    @abstractmethod
    def _live_on(self) -> None:
        """Time passes; called many times a second."""


_NOISE = bytes.fromhex("00 FF 00 00 FF FF 02 55 FF 00 0D")
