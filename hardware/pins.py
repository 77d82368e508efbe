"""The one place that touches gpiozero: pins that are looked for, opened, watched and let go of.

gpiozero is imported when a device starts, never with this module, so that everything here can be imported
on a machine without GPIO. Its edges come from a library's own thread: with lgpio one thread serves all pins
and an exception in it silences every button, so the callbacks here put an edge into a queue and do nothing else.
"""

import contextlib
import logging
import os
import queue
import threading
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from typing import Any, Final

from msgspec import Struct
from msgspec.structs import replace

from hardware.device import MonotonicClock, Sink, Status, tee
from hardware.judge import Judge
from hardware.signals import DeviceChanged, DeviceState, Signal

log = logging.getLogger(__name__)

RETRY: Final = 5.0
"""Seconds between two looks for pins that could not be opened."""

LATENESS: Final = 0.010
"""Seconds an edge may take from the pin to us. Time is told to a judge this much late, so that it is not
told that nothing happened while something is on its way."""

_GLANCE: Final = 0.05  # longest wait while something is due: a clock moved by a test wakes nobody
_OLDEST_STAMP: Final = 5.0  # an edge stamped longer ago is stamped by some other clock than ours
_MANY_EDGES: Final = 4096

_factory_guard = threading.Lock()


def default_pin_factory() -> Any:
    """The pins of this machine: gpiozero's if it was told (GPIOZERO_PIN_FACTORY), else lgpio's and no other.

    gpiozero's own way of trying one library after the other would end at one that is experimental: better to
    say that the pins are missing. Raises whatever the library raises.
    """
    from gpiozero import Device as GpioDevice

    with _factory_guard:  # several devices start at once, and the pins must be opened only once
        if GpioDevice.pin_factory is None and not os.environ.get("GPIOZERO_PIN_FACTORY"):
            from gpiozero.pins.lgpio import LGPIOFactory

            GpioDevice.pin_factory = LGPIOFactory()
        GpioDevice.ensure_pin_factory()
        return GpioDevice.pin_factory


class PinDevice(ABC):
    """A device on pins, with a thread of its own that opens them, works with them, and closes them.

    A driver writes `_open` (which may raise anything), `_work` (which returns when `_stopping` is set),
    `_close` (harmless at any time) and `_interrupt` (makes `_work` look at `_stopping`).
    """

    def __init__(self, *, name: str, pin_factory: Any, clock: MonotonicClock, retry: float) -> None:
        self._name = name
        self._given_factory = pin_factory
        self._clock = clock
        self._retry = retry
        self._say: Sink = tee()
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None
        self._status = Status(DeviceState.STOPPED, since=clock())
        self._status_guard = threading.Lock()

    @property
    def name(self) -> str:
        """What people call it."""
        return self._name

    def start(self, sink: Sink) -> None:
        """Begin to look for the pins; returns at once, also when they are missing. Harmless when started."""
        if self._thread is not None:
            return
        self._say = tee(sink)
        self._stopping = threading.Event()
        self._status = Status(DeviceState.STARTING, since=self._clock())
        self._thread = threading.Thread(target=self._run, args=(self._stopping,), name=self._name, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Be silent and let go of the pins; may be called twice, before start, and from the sink."""
        self._stopping.set()
        self._interrupt()
        thread, self._thread = self._thread, None
        if thread is not None and thread is not threading.current_thread():
            thread.join(timeout=5.0)
        with self._status_guard:
            if self._status.state is not DeviceState.STOPPED:
                self._status = replace(self._status, state=DeviceState.STOPPED, since=self._clock(), detail="")

    def status(self) -> Status:
        """How it is doing now; may be called from any thread."""
        with self._status_guard:
            return self._status

    @abstractmethod
    def _open(self, pin_factory: Any) -> None:
        """Take the pins; raise whatever gpiozero raises if they cannot be had."""

    @abstractmethod
    def _work(self) -> None:
        """Work with the pins until `_stopping` is set."""

    @abstractmethod
    def _close(self) -> None:
        """Let go of the pins, also of half of them; harmless when none is held."""

    @abstractmethod
    def _interrupt(self) -> None:
        """Wake `_work` so that it sees it is to stop."""

    def _run(self, stopping: threading.Event) -> None:
        while not stopping.is_set():
            try:
                self._open(self._given_factory or default_pin_factory())
            except Exception as error:
                log.debug("%s: no pins", self._name, exc_info=True)
                told = f"{self._name}: the pins cannot be used{_words(error)}"
                if told != self.status().detail:
                    log.warning("%s: no pins: %s", self._name, str(error) or type(error).__name__)
                self._change(DeviceState.LOST, told)
            else:
                self._work_safely()
            self._close_safely()
            stopping.wait(self._retry)

    def _work_safely(self) -> None:
        try:
            self._work()
        except Exception:
            log.exception("%s: the driver stumbled", self._name)
            self._count_error()
            self._change(DeviceState.FAULT, f"{self._name}: the driver stumbled; see the log")

    def _close_safely(self) -> None:
        try:
            self._close()
        except Exception:
            log.exception("%s: the pins did not close", self._name)

    def _change(self, state: DeviceState, detail: str = "") -> None:
        """Remember the state, and say it if it is news."""
        at = self._clock()
        with self._status_guard:
            if self._stopping.is_set() or (self._status.state, self._status.detail) == (state, detail):
                return
            since = self._status.since if self._status.state is state else at
            self._status = replace(self._status, state=state, since=since, detail=detail)
        self._say(DeviceChanged(device=self._name, at=at, state=state, detail=detail))

    def _count_error(self, by: int = 1) -> None:
        with self._status_guard:
            self._status = replace(self._status, errors=self._status.errors + by)

    def _worked(self) -> None:
        with self._status_guard:
            self._status = replace(self._status, last_ok=self._clock())


def _words(error: Exception) -> str:
    """Why there are no pins. gpiozero's own errors are sometimes wordless, then their name must do."""
    if isinstance(error, ModuleNotFoundError) and error.name:
        return f": python3-{error.name.partition('.')[0]} is not there"
    return f" ({str(error) or type(error).__name__})"


class Edge(Struct, frozen=True):
    """A contact to ground closed or opened. at: seconds on the monotonic clock, where it happened."""

    contact: str
    closed: bool
    at: float


class ContactDevice(PinDevice):
    """Contacts between a pin and ground, watched with the pin's own pull-up; a judge says what they mean.

    pins: the BCM number of each contact by its name.
    """

    def __init__(
        self, pins: Mapping[str, int], *, name: str, pin_factory: Any, clock: MonotonicClock, retry: float
    ) -> None:
        super().__init__(name=name, pin_factory=pin_factory, clock=clock, retry=retry)
        self._pins = dict(pins)
        self._edges: queue.Queue[Edge | None] = queue.Queue(_MANY_EDGES)
        self._inputs: dict[str, Any] = {}
        # gpiozero keeps only weak references to callbacks: forgotten here, they would fall silent.
        self._callbacks: list[Callable[[Any, Any], None]] = []

    @abstractmethod
    def _new_judge(self) -> Judge:
        """A judge that has seen nothing yet."""

    def _judged(self, judge: Judge) -> None:
        """Called after each look at the edges, for a driver that also acts on what the judge found."""

    def _open(self, pin_factory: Any) -> None:
        from gpiozero import InputDevice

        self._edges = queue.Queue(_MANY_EDGES)
        for contact, number in self._pins.items():
            device = InputDevice(number, pull_up=True, pin_factory=pin_factory)
            self._inputs[contact] = device
            device.pin.bounce = None  # the library's filter would swallow edges and stamp the rest late
            device.pin.edges = "both"
            callback = self._on_edge(contact, pin_factory)
            self._callbacks.append(callback)
            device.pin.when_changed = callback

    def _close(self) -> None:
        for device in self._inputs.values():
            if device.pin is not None:
                device.pin.when_changed = None
            device.close()
        self._inputs.clear()
        self._callbacks.clear()

    def _interrupt(self) -> None:
        with contextlib.suppress(queue.Full):  # if it is full, nobody sleeps
            self._edges.put_nowait(None)

    def _on_edge(self, contact: str, pin_factory: Any) -> Callable[[Any, Any], None]:
        """What the library calls, in its own thread, and what must therefore never raise."""
        edges = self._edges

        def changed(ticks: Any, state: Any) -> None:
            try:
                edges.put_nowait(Edge(contact, not state, self._moment(ticks, pin_factory)))
            except queue.Full:
                self._count_error()
            except Exception:
                log.exception("%s: an edge was lost", self._name)

        return changed

    def _moment(self, ticks: Any, pin_factory: Any) -> float:
        """The moment of an edge on our clock.

        The library stamps it in the kernel, before our threads get their turn; its ticks mean something only
        compared with its own present (gpiozero, Factory.ticks). A clock that a test moves has nothing in
        common with them.
        """
        now = self._clock()
        if self._clock is not time.monotonic:
            return now
        age = float(pin_factory.ticks_diff(pin_factory.ticks(), ticks))
        return now - age if 0.0 <= age <= _OLDEST_STAMP else now

    def _work(self) -> None:
        judge = self._new_judge()
        closed = [contact for contact, device in self._inputs.items() if device.is_active]
        judge.begin(self._clock(), closed)
        self._tell(judge, [])
        while not self._stopping.is_set():
            first = self._wait(judge.due())
            self._tell(judge, self._look(judge, first))

    def _wait(self, due: float | None) -> Edge | None:
        """The next edge, or None when it is time to look at the clock, or to stop."""
        timeout = None if due is None else min(max(due + LATENESS - self._clock(), 0.001), _GLANCE)
        try:
            return self._edges.get(timeout=timeout)
        except queue.Empty:
            return None

    def _look(self, judge: Judge, first: Edge | None) -> list[Signal]:
        # The time is taken before the queue is emptied: what comes after it must not count as silence.
        until = self._clock() - LATENESS
        signals: list[Signal] = []
        edge = first
        while True:
            if edge is not None:
                signals += judge.edge(edge.contact, edge.closed, edge.at)
            try:
                edge = self._edges.get_nowait()
            except queue.Empty:
                return signals + judge.tick(until)

    def _tell(self, judge: Judge, signals: list[Signal]) -> None:
        self._judged(judge)
        for signal in signals:
            self._say(signal)
        if signals:
            self._worked()
        with self._status_guard:
            self._status = replace(self._status, errors=max(self._status.errors, judge.errors))
        if judge.trouble:
            self._change(DeviceState.FAULT, f"{self._name}: {judge.trouble}")
        elif judge.ready:
            self._change(DeviceState.READY, self._caution())

    def _caution(self) -> str:
        """What people should know although all is well; empty when there is nothing."""
        return ""
