"""One sheet, made once, handed to everybody who looks on (server-sent events, WHATWG HTML 9.2).

A viewer that is slow gets the latest sheet when it can take it, and misses those in between; it holds up nobody.
"""

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Mapping
from typing import Protocol

import msgspec
from msgspec import Struct

from kiosk.store import StoreError
from kiosk.traces import trace
from kiosk.wall.outlook import News
from kiosk.wall.sheet import Kit, Sheet

log = logging.getLogger(__name__)

LOOKS = 1.0
"""Seconds from one look to the next."""

BEATS = 15.0
"""Seconds after which the age of the news is said again, where nothing else was."""

VIEWERS = 240
"""Pages at once."""


class Told(Struct, frozen=True):
    """A sheet, and the age of its news as in `News`."""

    age: int | None
    silent: str
    sheet: Sheet | Mapping[str, object]


class Looks(Protocol):
    """What a feed needs of an outlook."""

    def look(self) -> Sheet | Mapping[str, object]:
        """The sheet as it is now, or as it came from another machine. Raises StoreError while it can't be read."""

    def news(self) -> News:
        """How old the news is."""

    def chart(self, name: str) -> bytes | None:
        """A drawing that was on a sheet, as SVG."""


class Feed:
    """Looks again and again while it runs, and tells all viewers what is new.

    looks, beats: seconds, as LOOKS and BEATS.
    """

    def __init__(self, outlook: Looks, kit: Kit, *, looks: float = LOOKS, beats: float = BEATS) -> None:
        self._outlook = outlook
        self._looks = looks
        self._beats = beats
        self._first = _event("kit", kit)
        self._sheet: Sheet | Mapping[str, object] | None = None
        self._message = b""
        self._said = 0.0
        self._trouble = ""
        self._turn = 0
        self._over = False
        self._told = asyncio.Event()
        self.viewers = 0

    async def run(self) -> None:
        """Look until cancelled."""
        while True:
            await self._look()
            await asyncio.sleep(self._looks)

    @property
    def sheet(self) -> Sheet | Mapping[str, object] | None:
        """The newest; None before the first."""
        return self._sheet

    def news(self) -> News:
        """How old it is."""
        return self._outlook.news()

    def chart(self, name: str) -> bytes | None:
        """A drawing that was on a sheet, as SVG; None for a name that is none."""
        return self._outlook.chart(name)

    def end(self) -> None:
        """Send every viewer home."""
        self._over = True
        self._wake()

    async def watch(self) -> AsyncIterator[bytes]:
        """What one viewer is sent: the kit, the sheet as it is, and then whatever is new."""
        self.viewers += 1
        try:
            yield b"retry: 3000\n\n" + self._first + self._whole()
            turn = self._turn
            while not self._over:
                if turn == self._turn:
                    await self._told.wait()
                    continue
                # Somebody who missed a turn may have missed a sheet.
                message = self._message if self._turn == turn + 1 else self._whole()
                turn = self._turn
                yield message
        finally:
            self.viewers -= 1

    async def _look(self) -> None:
        """A trouble is said once in the log; on the wall it is that no news comes. It is never the last look."""
        try:
            sheet = await asyncio.to_thread(self._outlook.look)
        except (StoreError, OSError) as trouble:
            self._note(f"the record can't be read now: {trouble}")
        except Exception as error:
            self._note(f"the wall can't be put together now: {trace(error)}")
        else:
            self._trouble = ""
            if sheet != self._sheet:
                self._sheet = sheet
                self._say(self._whole())
        if time.monotonic() - self._said >= self._beats:
            self._say(_event("beat", self._outlook.news()))

    def _note(self, trouble: str) -> None:
        if trouble != self._trouble:
            self._trouble = trouble
            log.warning("%s", trouble)

    def _whole(self) -> bytes:
        news = self._outlook.news()
        return _event("sheet", Told(news.age, news.silent, self._sheet)) if self._sheet is not None else b""

    def _say(self, message: bytes) -> None:
        self._message, self._said = message, time.monotonic()
        self._turn += 1
        self._wake()

    def _wake(self) -> None:
        told, self._told = self._told, asyncio.Event()
        told.set()


def _event(name: str, data: object) -> bytes:
    return b"event: %b\ndata: %b\n\n" % (name.encode(), msgspec.json.encode(data))
