"""The way to a device that types like a keyboard: found among the nodes in /dev/input, and had alone.

It is read only while all its nodes are ours (EVIOCGRAB). Otherwise what it types would go into whatever field is
being written in, or to the console, where a code that ends with Enter is a command.
"""

import errno
import logging
import os
import time
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

from hardware.device import MonotonicClock
from hardware.event_nodes import LINUX, Nodes, Seen
from hardware.plugged import Line, LineDownError, LineTiming
from hardware.ports import matching, numbers_of, pattern_of, real
from hardware.signals import DeviceState
from hardware.typed_keys import EventParser, KeyEvent

log = logging.getLogger(__name__)

_MISSING = (DeviceState.LOST, "is missing; is it plugged in?")
_CLOSED = (DeviceState.FAULT, "may not be opened by this user; is the user in the group input?")
_NO_KEYBOARD = (DeviceState.FAULT, "is no keyboard: it has no keys for digits and Enter")
_SENTENCES: Mapping[int, tuple[DeviceState, str]] = {
    errno.ENOENT: _MISSING,
    errno.ENODEV: _MISSING,
    errno.ENXIO: _MISSING,
    errno.EACCES: _CLOSED,
    errno.EPERM: _CLOSED,
    errno.EBUSY: (DeviceState.BUSY, "is held by another program"),
    errno.ENOTTY: _NO_KEYBOARD,
    errno.EINVAL: _NO_KEYBOARD,
    errno.EISDIR: _NO_KEYBOARD,
}


class TypingLine(Line):
    """All nodes of one device that types, opened for us alone.

    port: "keyboard:1a2b:3c4d" for whatever has these two numbers, or a path or pattern such as
    "/dev/input/by-id/usb-…-event-kbd". It must mean one device and no more, since none can be asked what it is for.
    but: ports of other devices; what is on them is not meant.
    nodes: those of this machine, or pretended ones.
    """

    def __init__(
        self,
        port: str,
        *,
        clock: MonotonicClock = time.monotonic,
        name: str = "typing line",
        timing: LineTiming | None = None,
        but: Collection[str] = (),
        nodes: Nodes = LINUX,
    ) -> None:
        super().__init__(port, name=name, clock=clock, timing=timing)
        self._wanted = port
        self._numbers = numbers_of(port)
        self._pattern = "" if self._numbers else pattern_of(port)
        self._but = tuple(but)
        self._nodes = nodes
        self._mine: list[Seen] = []
        self._parsers: dict[int, EventParser] = {}
        self._tried_with: set[str] = set()
        self._judged: set[str] = set()
        self._look_at = 0.0

    def open(self) -> None:
        """Take all nodes of the device, or none; raises LineDownError with the reason."""
        self.close()
        self._tried_with = self._there()
        self._judged = self._nodes.there()
        targets = self._targets()
        seen, refused = self._nodes.look(self._judged | targets)
        mine: list[Seen] = []
        try:
            mine = self._choose(seen, targets, refused)
            self._take(mine)
        except LineDownError:
            _close(seen)
            raise
        _close(each for each in seen if each not in mine)
        self._judged -= set(refused)
        self._look_at = self._clock() + self._timing.look_every
        with self._guard:
            self._wakes(os.pipe())

    def _targets(self) -> set[str]:
        """The nodes that a path or a pattern leads to."""
        if self._numbers:
            return set()
        names = matching(self._pattern, self._but) if self._pattern else [self._wanted]
        if len(names) == 1:
            self.port = names[0]
        return {real(name) for name in names}

    def _choose(self, seen: list[Seen], targets: set[str], refused: Mapping[str, OSError]) -> list[Seen]:
        """Of all that was seen, the nodes of the device that is meant."""
        others = [each.identity for each in seen if each.path in {real(name) for name in self._but}]
        meant = [
            each
            for each in seen
            if self._is_meant(each, targets) and not any(each.identity.is_beside(other) for other in others)
        ]
        if not meant:
            raise self._why_none(targets, refused)
        typing = [each.identity for each in meant if each.identity.types]
        if not typing:
            raise self._down(_NO_KEYBOARD)
        if not all(each.is_beside(typing[0]) for each in typing):
            several = "could be any of several devices; write the path of one, from /dev/input/by-id or by-path"
            raise self._down((DeviceState.FAULT, several))
        return [each for each in seen if each.identity.is_beside(typing[0])]

    def _is_meant(self, each: Seen, targets: set[str]) -> bool:
        if self._numbers:
            return (each.identity.vendor, each.identity.product) == self._numbers
        return real(each.path) in targets

    def _why_none(self, targets: set[str], refused: Mapping[str, OSError]) -> LineDownError:
        """Why nothing was found: those that could not be opened may have been it."""
        likely = [error for path, error in refused.items() if path in targets or self._numbers]
        closed = next((each for each in likely if each.errno in (errno.EACCES, errno.EPERM)), None)
        why = closed or (likely[0] if likely and not self._numbers else None)
        return self._down_by(why) if why else self._down(_MISSING)

    def _take(self, nodes: Iterable[Seen]) -> None:
        """Have these alone. What was typed before that went elsewhere, and is not heard here as well."""
        for each in nodes:
            try:
                each.node.grab()
                each.node.read()
            except OSError as error:
                self.close()
                raise self._down_by(error) from error
            self._mine.append(each)
            if each.identity.types:
                self._parsers[each.node.fileno()] = EventParser()

    def _down_by(self, error: OSError) -> LineDownError:
        told = f"can't be had for the kiosk alone, so nothing is read from it ({error.strerror})"
        return self._down(_SENTENCES.get(error.errno or 0, (DeviceState.FAULT, told)))

    def _down(self, why: tuple[DeviceState, str]) -> LineDownError:
        state, words = why
        return LineDownError(state, f"{self.port} {words}")

    def close(self) -> None:
        """Let go of all its nodes; harmless when they are not open. To be called by the thread that reads."""
        with self._guard:
            self._wakes(None)
        mine, self._mine = self._mine, []
        self._parsers.clear()
        _close(mine)

    def read(self, within: float) -> list[KeyEvent]:
        """What has been typed, or is typed within so many seconds. Returns at the first events."""
        if self._waker is None:
            raise self._down((DeviceState.LOST, "is not open"))
        ready = self._ready([each.node.fileno() for each in self._mine], within)
        events: list[KeyEvent] = []
        try:
            for each in self._mine:
                if each.node.fileno() in ready:
                    events += self._heard(each)
        except OSError as error:
            if not events:  # else the next read says it again
                raise self._gone(error) from error
        self._look_for_more()
        return events

    def _heard(self, each: Seen) -> list[KeyEvent]:
        data = each.node.read()
        parser = self._parsers.get(each.node.fileno())
        return parser.feed(data) if parser else []

    def _gone(self, error: OSError) -> LineDownError:
        log.info("%s: read failed on %s: %s", self.name, self.port, error)
        self.close()
        return self._down((DeviceState.LOST, "is gone; was it unplugged?"))

    def _look_for_more(self) -> None:
        """Nodes of one device appear one after another; one that came later would still type into fields."""
        if self._clock() < self._look_at:
            return
        self._look_at = self._clock() + self._timing.look_every
        there = self._nodes.there()
        new, self._judged = there - self._judged, there
        seen, refused = self._nodes.look(new)
        self._judged -= set(refused)
        mine = [each for each in seen if each.identity.is_beside(self._mine[0].identity)]
        _close(each for each in seen if each not in mine)
        try:
            self._take(mine)
        except LineDownError:
            _close(mine)
            raise

    def disappoint(self) -> None:
        """There is no other to try."""

    def _known(self) -> set[str]:
        return self._tried_with

    def _there(self) -> set[str]:
        if self._numbers:
            return self._nodes.there()
        if self._pattern:
            return set(matching(self._pattern, self._but))
        return {self.port} if Path(self.port).exists() else set()


def port_for(each: Seen, seen: Iterable[Seen], by_path: Path = LINUX.folder / "by-path") -> str:
    """The port to write down for a device: its numbers, or the name of its socket where another has the same."""
    vendor, product = each.identity.vendor, each.identity.product
    twins = [
        other
        for other in seen
        if (other.identity.vendor, other.identity.product) == (vendor, product)
        and not other.identity.is_beside(each.identity)
    ]
    named = [str(link) for link in sorted(by_path.glob("*")) if real(str(link)) == real(each.path)]
    return named[0] if twins and named else f"keyboard:{vendor:04x}:{product:04x}"


def _close(seen: Iterable[Seen]) -> None:
    for each in seen:
        each.node.close()
