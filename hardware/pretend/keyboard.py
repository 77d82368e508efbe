"""A pretend scanner or reader that types, with hands, and the kernel's part in it: nodes, queues, who has it alone.

The real driver reads real struct input_event from it. Only the ioctls are pretended: a program can't make nodes
without rights that tests don't have.
"""

import contextlib
import os
import shutil
import tempfile
import threading
import time
from collections.abc import Iterable
from errno import EBUSY, ENODEV, ENOENT
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from hardware.event_nodes import EV_KEY, EV_SYN, Identity, Nodes
from hardware.typed_keys import (
    DOWN,
    ENTER,
    KEYS,
    LEFT_SHIFT,
    SYN_DROPPED,
    SYN_REPORT,
    UP,
    KeyEvent,
    event_bytes,
)

PACE = 0.008  # seconds from one character to the next, as a USB keyboard is asked

_EV_MSC, _MSC_SCAN = 4, 4
_PATIENCE = 1.0  # seconds for a driver to take events from a full queue
_STROKES: Final = {plain: (key, False) for key, (plain, _) in reversed(list(KEYS.items()))} | {
    shifted: (key, True) for key, (plain, shifted) in KEYS.items() if shifted != plain
}


def pressed(key: int, at: float, *, down: bool = True) -> list[KeyEvent]:
    """What the kernel tells of one key that goes down, or up."""
    return [
        KeyEvent(at, _EV_MSC, _MSC_SCAN, 0x70000 + key),
        KeyEvent(at, EV_KEY, key, DOWN if down else UP),
        KeyEvent(at, EV_SYN, SYN_REPORT, 0),
    ]


def stroke(key: int, at: float) -> list[KeyEvent]:
    """A key, down and up."""
    return [*pressed(key, at), *pressed(key, at, down=False)]


def typing(text: str, at: float, pace: float = PACE) -> list[KeyEvent]:
    """What the kernel tells while this is typed, a "\n" being Enter. ValueError for what no key writes."""
    events: list[KeyEvent] = []
    for place, sign in enumerate(text):
        if sign != "\n" and sign not in _STROKES:
            raise ValueError(f"a keyboard has no {sign!r}")
        moment = at + place * pace
        key, shift = (ENTER, False) if sign == "\n" else _STROKES[sign]
        events += pressed(LEFT_SHIFT, moment) if shift else []
        events += stroke(key, moment)
        events += pressed(LEFT_SHIFT, moment, down=False) if shift else []
    return events


class PretendInputs:
    """A /dev/input of its own, into which pretend keyboards are plugged.

        with PretendInputs() as inputs:
            scanner = inputs.plug(0x1A2B, 0x3C4D)
            device = TypingScanner(scanner.port, nodes=inputs.nodes)
            …
            scanner.type("tool:hammer")

    refusing, sharing: the number of the error with which every node refuses to be opened, or to be had alone; 0 for
    none.
    """

    def __init__(self) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="pretend-inputs-"))
        (self._folder / "by-id").mkdir()
        self._parts: dict[str, _Part] = {}
        self._number = 0
        self.guard = threading.RLock()
        self.refusing = self.sharing = 0

    @property
    def folder(self) -> Path:
        """Where its nodes are, and their names in by-id."""
        return self._folder

    @property
    def nodes(self) -> Nodes:
        """What the driver is given."""
        return Nodes(self._folder, self.open)

    def plug(
        self, vendor: int, product: int, *, place: str = "usb-1", parts: tuple[str, ...] = ("kbd",)
    ) -> "PretendKeyboard":
        """A keyboard in a socket. parts: one node for each; only "kbd" and "if01-kbd" have keys that write."""
        return PretendKeyboard(self, vendor, product, place, parts)

    def open(self, path: str) -> "PretendNode":
        """Open a node, as a program does; OSError if it is not there or refuses."""
        with self.guard:
            part = self._parts.get(os.path.realpath(path))
            if part is None or self.refusing:
                number = self.refusing or ENOENT
                raise OSError(number, os.strerror(number), path)
            return part.open(self.sharing)

    def lay(self, part: "_Part", name: str) -> str:
        """Make a node for a part of a device, under the next number; answers its path."""
        with self.guard:
            path = self._folder / f"event{self._number}"
            self._number += 1
            path.touch()
            self._parts[os.path.realpath(path)] = part
            link = self._folder / "by-id" / name
            link.unlink(missing_ok=True)
            link.symlink_to(path)
            return str(path)

    def take_away(self, path: str, name: str) -> None:
        """The node is gone."""
        with self.guard:
            (self._folder / "by-id" / name).unlink(missing_ok=True)
            self._parts.pop(os.path.realpath(path)).hang_up()
            Path(path).unlink()

    def close(self) -> None:
        """Away with all of it; may be called twice."""
        with self.guard:
            for part in self._parts.values():
                part.hang_up()
            self._parts.clear()
        shutil.rmtree(self._folder, ignore_errors=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class PretendKeyboard:
    """One device that types, with hands.

    port, by_id: what the driver may be given. leaked: the keys that went to others, such as the field in which
    somebody writes. chunk: how many bytes a read gets at most. reads: how often it was read.
    Its time runs ahead of the clock while it types: nobody has to wait for it.
    """

    def __init__(
        self, inputs: PretendInputs, vendor: int, product: int, place: str, parts: tuple[str, ...]
    ) -> None:
        self._inputs = inputs
        self.port = f"keyboard:{vendor:04x}:{product:04x}"
        self.leaked: list[int] = []
        self.chunk = 16_384
        self.reads = 0
        self._names = {part: f"usb-{place}-{vendor:04x}-event-{part}" for part in parts}
        self.by_id = str(inputs.folder / "by-id" / self._names[parts[0]])
        self._identities = {
            part: Identity(3, vendor, product, f"Pretend {part}", place, "", types=part.endswith("kbd"))
            for part in parts
        }
        self._parts: dict[str, tuple[_Part, str]] = {}
        self._now = 0.0
        self.replug()

    @property
    def heard(self) -> bool:
        """Whether some program has all its nodes alone."""
        with self._inputs.guard:
            return bool(self._parts) and all(part.owner is not None for part, _ in self._parts.values())

    def type(self, text: str, end: str = "\n", *, pace: float = PACE, part: str = "") -> None:
        """Type this, with Enter behind it. part: through which of its nodes; without it, the first."""
        now = self._moment()
        self._now = now + pace * len(text + end)
        self.send(typing(text + end, now, pace), part)

    def rest(self, seconds: float) -> None:
        """Let this much time pass, by its own clock."""
        self._now = self._moment() + seconds

    def press(self, *keys: int) -> None:
        """Press these keys one after another, by their numbers."""
        for key in keys:
            now = self._moment()
            self._now = now + PACE
            self.send(stroke(key, now))

    def overflow(self) -> None:
        """The kernel has to drop events, because nobody fetched them in time."""
        now = self._moment()
        self.send([KeyEvent(now, EV_SYN, SYN_DROPPED, 0), KeyEvent(now, EV_SYN, SYN_REPORT, 0)])

    def send(self, events: Iterable[KeyEvent], part: str = "") -> None:
        """Send exactly these. part: whose node; without it, the first's."""
        with self._inputs.guard:
            here = self._parts.get(part or next(iter(self._names)))
        if here is not None:
            here[0].emit(list(events))

    def _moment(self) -> float:
        return max(self._now, time.monotonic())

    def unplug(self) -> None:
        """Pull the plug: its nodes vanish, and a driver that has them open hears that they are gone."""
        for name in list(self._parts):
            self.lose(name)

    def lose(self, name: str) -> None:
        """One of its nodes vanishes."""
        _, path = self._parts.pop(name)
        self._inputs.take_away(path, self._names[name])

    def replug(self) -> None:
        """Plug it in again: the same names, other numbers."""
        for name in self._names:
            self.appear(name)

    def appear(self, name: str) -> None:
        """One of its nodes appears."""
        if name not in self._parts:
            part = _Part(self._inputs.guard, self, self._identities[name])
            self._parts[name] = (part, self._inputs.lay(part, self._names[name]))


class PretendNode:
    """What a program has open: a queue of its own, filled from the moment it was opened."""

    def __init__(self, part: "_Part", sharing: int) -> None:
        self._part = part
        self._sharing = sharing
        self._out, self.into = os.pipe()
        os.set_blocking(self._out, False)
        os.set_blocking(self.into, False)
        self._closed = False

    def fileno(self) -> int:
        """What can be waited on."""
        return self._out

    def identity(self) -> Identity:
        """Who is behind it."""
        return self._part.identity

    def grab(self) -> None:
        """Have it alone; EBUSY if somebody has."""
        if self._sharing:
            raise OSError(self._sharing, os.strerror(self._sharing))
        self._part.grab(self)

    def read(self) -> bytes:
        """The events that have come; ENODEV once it is unplugged."""
        self._part.keyboard.reads += 1
        with contextlib.suppress(BlockingIOError):
            data = os.read(self._out, self._part.keyboard.chunk)
            if not data:
                raise OSError(ENODEV, os.strerror(ENODEV))
            return data
        return b""

    def close(self) -> None:
        """Let go of it; may be called twice."""
        if not self._closed:
            self._closed = True
            self._part.leave(self)
            os.close(self._out)


class _Part:
    """The kernel's side of one node."""

    def __init__(self, guard: threading.RLock, keyboard: PretendKeyboard, identity: Identity) -> None:
        self._guard = guard
        self.keyboard = keyboard
        self.identity = identity
        self.owner: PretendNode | None = None
        self._listeners: list[PretendNode] = []

    def open(self, sharing: int) -> PretendNode:
        node = PretendNode(self, sharing)
        self._listeners.append(node)
        return node

    def grab(self, node: PretendNode) -> None:
        with self._guard:
            if node not in self._listeners:
                raise OSError(ENODEV, os.strerror(ENODEV))
            if self.owner is not None:
                raise OSError(EBUSY, os.strerror(EBUSY))
            self.owner = node

    def leave(self, node: PretendNode) -> None:
        with self._guard:
            self.owner = None if self.owner is node else self.owner
            if node in self._listeners:
                self._listeners.remove(node)
                os.close(node.into)

    def hang_up(self) -> None:
        for node in list(self._listeners):
            self.leave(node)

    def emit(self, events: list[KeyEvent]) -> None:
        with self._guard:
            hearing = [self.owner] if self.owner else list(self._listeners)
            if not self.owner:
                self.keyboard.leaked += [each.code for each in events if (each.kind, each.value) == (EV_KEY, DOWN)]
        data = b"".join(map(event_bytes, events))
        for node in hearing:
            self._send(node, data)

    def _send(self, node: PretendNode, data: bytes) -> None:
        until = time.monotonic() + _PATIENCE
        while data and time.monotonic() < until:
            with self._guard:
                if node not in self._listeners:
                    return
                with contextlib.suppress(BlockingIOError):
                    data = data[os.write(node.into, data) :]
            if data:
                time.sleep(0.001)
