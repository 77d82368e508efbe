"""A cable that can be cut: a port that hands everything on to another one, for whoever tries out neighbours."""

import contextlib
import socket
import threading


class Cable:
    """Between whoever dials `port` and whoever listens on another port of this machine, until it is cut."""

    def __init__(self) -> None:
        self._ear = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._ear.getsockname()[1]
        self._to = 0
        self._cut = False
        self._ends: set[socket.socket] = set()
        self._lock = threading.Lock()

    def lay(self, to: int) -> None:
        """Let it lead to this port, and begin."""
        self._to = to
        threading.Thread(target=self._listen, name="cable", daemon=True).start()

    def cut(self, wanted: bool) -> None:
        """Cut it, or mend it; from any thread."""
        with self._lock:
            self._cut = wanted
            ends, self._ends = (self._ends, set()) if wanted else (set(), self._ends)
        for end in ends:
            _end(end)

    def close(self) -> None:
        """Take it away."""
        self.cut(True)
        _end(self._ear)

    def _listen(self) -> None:
        while True:
            try:
                near, _ = self._ear.accept()
            except OSError:
                return
            self._connect(near)

    def _connect(self, near: socket.socket) -> None:
        try:
            far = socket.create_connection(("127.0.0.1", self._to), timeout=5)
        except OSError:
            _end(near)
            return
        far.settimeout(None)
        with self._lock:
            if not self._cut:
                self._ends |= {near, far}
        if self._cut:
            _end(near)
            _end(far)
            return
        for one, other in ((near, far), (far, near)):
            threading.Thread(target=self._carry, args=(one, other), name="cable", daemon=True).start()

    def _carry(self, one: socket.socket, other: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := one.recv(65_536):
                other.sendall(data)
        with self._lock:
            self._ends -= {one, other}
        _end(one)
        _end(other)


def _end(one: socket.socket) -> None:
    with contextlib.suppress(OSError):
        one.shutdown(socket.SHUT_RDWR)
    one.close()
