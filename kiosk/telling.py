"""A running kiosk tells how its devices are, to whoever asks on this machine; nothing is written for that.

It listens on a socket beside the record that only its own user may open, and answers each caller with one JSON
object. So `kiosk doctor` need not open a port that the kiosk has open, and the card is not worn.
"""

import contextlib
import logging
import os
import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
from msgspec import Struct

from kiosk.box import DeviceHow, KioskHow
from kiosk.faces import Alarm

log = logging.getLogger(__name__)

SOCKET = "doctor.sock"

PATIENCE = 3.0
"""Seconds for which an answer is waited for."""

_MOST = 1_000_000


class Careful(Struct, frozen=True):
    """Why a kiosk started carefully, what mends that, and for whoever helps, the error."""

    words: str
    mend: str
    error: str = ""


class Told(Struct, frozen=True):
    """What a running kiosk says. pid: its number. drawn_by: what draws its screen. fault: why no copy was made.

    kiosks: the others of the house. careful: why only the careful page is there, where it is so.
    """

    pid: int
    devices: tuple[DeviceHow, ...] = ()
    alarms: tuple[Alarm, ...] = ()
    drawn_by: str = ""
    fault: str = ""
    kiosks: tuple[KioskHow, ...] = ()
    careful: Careful | None = None


class Silent(Struct, frozen=True):
    """A kiosk listens on this folder, and does not answer."""


class Telling:
    """The thread that answers. A folder that gives no socket is no reason to stop."""

    def __init__(self, folder: Path, tell: Callable[[], Told]) -> None:
        self._tell = tell
        self._place = folder / SOCKET
        self._listening = _listen(folder)
        self._mine = _file(self._place)
        self._thread = threading.Thread(target=self._answer, name="telling", daemon=True)

    def start(self) -> None:
        """Begin to answer."""
        if self._listening is not None:
            self._thread.start()

    def stop(self) -> None:
        """Answer no more; may be called twice."""
        listening, self._listening = self._listening, None
        if listening is None:
            return
        # Where another listens by now, as a house does after a careful start, its socket lies there.
        if self._mine is not None and _file(self._place) == self._mine:
            self._place.unlink(missing_ok=True)
        with contextlib.suppress(OSError):
            listening.shutdown(socket.SHUT_RDWR)
        listening.close()
        self._thread.join(timeout=PATIENCE)

    def _answer(self) -> None:
        while (listening := self._listening) is not None:
            try:
                caller, _ = listening.accept()
            except OSError:
                return
            try:
                with caller:
                    caller.settimeout(PATIENCE)
                    caller.sendall(msgspec.json.encode(self._tell()))
            except OSError:
                continue
            except Exception:
                log.exception("how the kiosk is could not be told")


def ask(folder: Path) -> Told | Silent | None:
    """What the kiosk on a folder tells; None when none runs there."""
    try:
        with _at(folder) as place, socket.socket(socket.AF_UNIX) as caller:
            caller.settimeout(PATIENCE)
            caller.connect(place)
            said = b""
            while len(said) < _MOST and (more := caller.recv(65_536)):
                said += more
        return msgspec.json.decode(said, type=Told)
    except (FileNotFoundError, ConnectionRefusedError, NotADirectoryError):
        return None
    except (OSError, msgspec.DecodeError):
        return Silent()


def started_carefully(folder: Path) -> tuple[Alarm, ...]:
    """An alarm where the kiosk on a folder shows only its careful page, for `kiosk state`; in English."""
    told = ask(folder)
    if not isinstance(told, Told) or told.careful is None:
        return ()
    why = told.careful
    words, detail = (
        f"The kiosk started carefully, and books nothing: {why.words}",
        f"{why.error}." if why.error else "",
    )
    return (Alarm(words, mend=why.mend, detail=detail),)


def _listen(folder: Path) -> socket.socket | None:
    listening = socket.socket(socket.AF_UNIX)
    try:
        (folder / SOCKET).unlink(missing_ok=True)
        with _at(folder) as place:
            listening.bind(place)
        (folder / SOCKET).chmod(0o600)
        listening.listen(4)
    except OSError as error:
        log.warning("nobody can ask this kiosk how it is: %s", error)
        listening.close()
        return None
    return listening


def _file(place: Path) -> tuple[int, int] | None:
    """Which file lies there."""
    try:
        found = place.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


@contextlib.contextmanager
def _at(folder: Path) -> Iterator[str]:
    """A name of the socket that is short, however deep the folder lies: a socket's name has 107 letters at most."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        yield f"/proc/self/fd/{handle}/{SOCKET}"
    finally:
        os.close(handle)
