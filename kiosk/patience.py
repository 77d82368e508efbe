"""Notices that something takes longer than people wait, while whoever does it can't say so."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager


class Patience:
    """Calls `slow`, on a thread of its own, when what is done inside `waiting` takes longer than `after` seconds.

    slow: called while `lock` is held and the thing still goes on, so that what it shows never comes after the end.
    """

    def __init__(self, after: float, slow: Callable[[], None]) -> None:
        self.lock = threading.RLock()
        self._after = after
        self._slow = slow
        self._begun, self._ended = threading.Event(), threading.Event()
        self._over = False
        self._going_on = False
        self.slow = False
        self._thread = threading.Thread(target=self._watch, name="patience", daemon=True)

    def start(self) -> None:
        """Begin to watch."""
        self._thread.start()

    def stop(self) -> None:
        """End; may be called twice."""
        self._over = True
        self._ended.set()
        self._begun.set()

    @contextmanager
    def waiting(self) -> Iterator[None]:
        """What is done inside is watched. `slow` says afterwards, until the next time, whether it took too long."""
        with self.lock:
            self.slow, self._going_on = False, True
        self._ended.clear()
        self._begun.set()
        try:
            yield
        finally:
            with self.lock:
                self._going_on = False
            self._begun.clear()
            self._ended.set()

    @property
    def tried(self) -> bool:
        """Whether something goes on right now that has taken too long already."""
        return self.slow and self._going_on

    def _watch(self) -> None:
        while True:
            self._begun.wait()
            if self._over:
                return
            if self._ended.wait(self._after):
                continue
            with self.lock:
                if self._going_on and not self.slow:
                    self.slow = True
                    self._slow()
            self._ended.wait()
