"""An ear: a sink that remembers what it heard, and can be waited on without guessing how long things take."""

import threading
import time
from collections.abc import Callable
from typing import TypeVar

from hardware.signals import DeviceChanged, DeviceState, Signal

S = TypeVar("S", bound=Signal)

PATIENCE = 20.0  # seconds; long, so that a busy machine does not decide what is true


class Ear:
    """Give it to `start` as the sink. Waiting raises AssertionError, with all that was heard, when in vain."""

    def __init__(self) -> None:
        self._heard: list[Signal] = []
        self._news = threading.Condition(threading.RLock())

    def __call__(self, signal: Signal) -> None:
        """Hear a signal."""
        with self._news:
            self._heard.append(signal)
            self._news.notify_all()

    @property
    def heard(self) -> tuple[Signal, ...]:
        """All that was heard, in order."""
        with self._news:
            return tuple(self._heard)

    def all(self, kind: type[S]) -> list[S]:
        """All signals of one kind, in order."""
        return [signal for signal in self.heard if isinstance(signal, kind)]

    def wait_for(self, kind: type[S], count: int = 1, within: float = PATIENCE) -> S:
        """The count-th signal of that kind, as soon as it is heard."""
        self.wait_until(lambda: len(self.all(kind)) >= count, f"{count} × {kind.__name__}", within)
        return self.all(kind)[count - 1]

    def wait_for_state(self, state: DeviceState, count: int = 1, within: float = PATIENCE) -> DeviceChanged:
        """The count-th change to that state, as soon as it is heard."""

        def found() -> list[DeviceChanged]:
            return [change for change in self.all(DeviceChanged) if change.state is state]

        self.wait_until(lambda: len(found()) >= count, f"{count} × {state}", within)
        return found()[count - 1]

    def wait_until(self, true: Callable[[], object], what: str, within: float = PATIENCE) -> None:
        """Wait until that is true; it is looked at with every signal, and often in between."""
        until = time.monotonic() + within
        with self._news:
            while not true():
                left = until - time.monotonic()
                if left <= 0:
                    raise AssertionError(f"not within {within} s: {what}; heard {self._heard}")
                self._news.wait(min(left, 0.01))
