"""The nats-server beside the kiosk: started, watched, started anew, and ended with it."""

import contextlib
import json
import os
import secrets
import shutil
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from kiosk.wire.conf import NEIGHBOURS, PASSWORD, SEED, config
from kiosk.wire.identity import Identity, Presented

PROGRAM = "nats-server"
READY_WITHIN = 20.0
"""Seconds."""

MEMORY = "48MiB"
"""What the server's memory is kept to (Go's GOMEMLIMIT)."""


class NoServerError(OSError):
    """There is no nats-server, or it does not start."""


SYSTEM = "/usr/local/sbin:/usr/sbin"
"""Where Debian puts it, which is not on everybody's path."""


def program() -> str | None:
    """Where nats-server is: beside this Python, on the path, or in Debian’s place; None where it is not there."""
    beside = Path(sys.executable).parent / PROGRAM
    return str(beside) if beside.exists() else shutil.which(PROGRAM) or shutil.which(PROGRAM, path=SYSTEM)


class Engine:
    """One process. folder: for its settings and its copies, which may be deleted whenever it does not run.

    text: its settings. pem: the certificates it knows, one after another. hidden: what only its environment says.
    """

    def __init__(self, folder: Path, text: str, pem: str, hidden: Mapping[str, str]) -> None:
        self._folder, self._text, self._pem, self._hidden = folder, text, pem, hidden
        self._process: subprocess.Popen[bytes] | None = None
        self.url = ""

    def start(self) -> None:
        """Begin; returns when it listens. Raises NoServerError, with its last words, when it does not."""
        found = program()
        if found is None:
            raise NoServerError(f"{PROGRAM} is not installed")
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for old in self._folder.glob("nats-server*.ports"):
            old.unlink(missing_ok=True)
        settings = self._write()
        log = (self._folder / "nats.log").open("wb")
        with log:
            self._process = subprocess.Popen(
                [sys.executable, "-c", _WITH_US, found, "-c", str(settings)],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env={**os.environ, **self._hidden, "GOMEMLIMIT": MEMORY},
            )
        self.url = self._wait_until_it_listens()

    def _write(self) -> Path:
        (self._folder / NEIGHBOURS).write_text(self._pem)
        settings = self._folder / "nats.conf"
        settings.write_text(self._text)
        settings.chmod(0o600)
        return settings

    def _wait_until_it_listens(self) -> str:
        assert self._process is not None
        until = time.monotonic() + READY_WITHIN
        while time.monotonic() < until:
            if self._process.poll() is not None:
                break
            url = self._told()
            if url:
                return url
            time.sleep(0.02)
        words = (self._folder / "nats.log").read_text(errors="replace").strip().splitlines()
        self.stop()
        raise NoServerError(words[-1] if words else f"{PROGRAM} does not start")

    def _told(self) -> str:
        for file in self._folder.glob("nats-server*.ports"):
            with contextlib.suppress(OSError, ValueError, KeyError, IndexError):
                return str(json.loads(file.read_text())["nats"][0])
        return ""

    @property
    def pid(self) -> int:
        """Of the process; 0 when there is none."""
        return self._process.pid if self._process is not None else 0

    @property
    def lives(self) -> bool:
        """Whether it runs."""
        return self._process is not None and self._process.poll() is None

    def stop(self) -> None:
        """End; may be called twice."""
        if self._process is None:
            return
        self._process.terminate()
        try:
            self._process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process = None


class Server(Engine):
    """The one between shops. listen: where neighbours dial us; "" for nowhere. client: host:port, or any."""

    def __init__(
        self, folder: Path, us: Identity, neighbours: Sequence[Presented], listen: str = "", client: str = ""
    ) -> None:
        self.password = new_password()
        text = config(us, folder, neighbours, listen, client)
        pem = "".join(each.certificate for each in neighbours)
        super().__init__(folder, text, pem, {PASSWORD: self.password, SEED: us.seed})


def new_password() -> str:
    """The server reads it as a value of its settings: with a digit or a dash in front it would be half a number."""
    return f"p{secrets.token_urlsafe(24)}"


_WITH_US = "import ctypes, os, sys; ctypes.CDLL(None).prctl(1, 15); os.execv(sys.argv[1], sys.argv[1:])"
"""A kiosk that is killed leaves no server behind (prctl PR_SET_PDEATHSIG); said in a process of its own, since a
process with threads may run nothing between fork and exec."""
