"""The wall on another machine: what is shown beside the kiosk goes over the kiosk's server, and is shown there too.

Only the sheet goes over, which anybody who stands before the wall can read, and the drawing on it. It is said again
every few seconds, with how old it is; nothing is kept on the way. Whoever follows has a key that can hear this and
nothing else, and can say nothing.
"""

import asyncio
import contextlib
import logging
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import msgspec
import nats
from nats.aio.client import Client
from nats.errors import Error as NatsError

from kiosk.clock import Clock, SystemClock
from kiosk.traces import trace
from kiosk.wall.feed import Feed
from kiosk.wall.outlook import News, news_of
from kiosk.wall.sheet import Sheet
from kiosk.wire.conf import WALL

log = logging.getLogger(__name__)

SAYS = 5.0
"""Seconds after which the sheet is said again, where it did not change."""

LOOKS = 0.5
"""Seconds between two looks whether it changed."""

AGAIN = 2.0
"""Seconds after which a connection that broke is made anew."""

LARGEST = 120_000
"""Bytes; what is larger is not sent, and not taken."""

CHARTS = 12
"""Drawings that are kept of those that came."""


class Said(msgspec.Struct, frozen=True):
    """What goes over. age: of the news in seconds, as in `News`."""

    age: int | None
    sheet: Any
    chart: str = ""
    drawing: str = ""


async def _until_it_breaks(at: str, key: Path, talk: Callable[[Client], Any]) -> None:
    """One connection after another, until cancelled; what goes wrong is said once in the log."""
    told = ""
    while True:
        try:
            client = await nats.connect(
                f"nats://{at}",
                nkeys_seed_str=key.read_text().strip(),
                allow_reconnect=False,
                connect_timeout=5,
                # Whoever is dead without saying so is noticed before the news is old.
                ping_interval=10,
                max_outstanding_pings=2,
                error_cb=_note,
            )
            told = ""
            try:
                await talk(client)
            finally:
                with contextlib.suppress(NatsError, OSError, TimeoutError):
                    await asyncio.wait_for(client.close(), 5)
        except Exception as error:
            words = str(error) if isinstance(error, NatsError | OSError) else trace(error)
            if words != told:
                told = words
                log.warning("the server at %s can’t be reached now: %s", at, words or type(error).__name__)
        await asyncio.sleep(AGAIN)


async def _note(_: Exception) -> None:
    """The end of the connection says enough."""


class Telling:
    """Says over the kiosk's server what its wall shows."""

    def __init__(self, feed: Feed, at: str, key: Path, *, says: float = SAYS) -> None:
        self._feed, self._at, self._key, self._says = feed, at, key, says

    async def run(self) -> None:
        """Until cancelled."""
        await _until_it_breaks(self._at, self._key, self._talk)

    async def _talk(self, client: Client) -> None:
        sheet, due = None, 0.0
        while not client.is_closed:
            now, newest = time.monotonic(), self._feed.sheet
            if newest is not None and (newest != sheet or now >= due):
                sheet, due = newest, now + self._says
                said = msgspec.json.encode(self._said(newest))
                if len(said) <= LARGEST:
                    await client.publish(WALL, said)
                    await client.flush(timeout=5)
            await asyncio.sleep(LOOKS)

    def _said(self, sheet: object) -> Said:
        """With the drawing, where there is room for it."""
        name = sheet.chart if isinstance(sheet, Sheet) else ""
        drawing = (self._feed.chart(name) or b"") if name else b""
        fits = len(drawing) < LARGEST // 2
        return Said(self._feed.news().age, sheet, name if fits else "", drawing.decode() if fits else "")


class Followed:
    """What a feed looks at on another machine: the sheet as it came last, and how old it is."""

    def __init__(
        self, at: str, key: Path, clock: Clock | None = None, mono: Callable[[], float] = time.monotonic
    ) -> None:
        self._at, self._key, self._clock, self._mono = at, key, clock or SystemClock(), mono
        self._sheet: Mapping[str, object] = msgspec.to_builtins(Sheet("none"))
        self._charts: dict[str, bytes] = {}
        self._heard: float | None = None

    async def run(self) -> None:
        """Hear it, until cancelled."""
        await _until_it_breaks(self._at, self._key, self._talk)

    async def _talk(self, client: Client) -> None:
        subscribed = await client.subscribe(WALL, pending_msgs_limit=8)
        while not client.is_closed:
            with contextlib.suppress(TimeoutError):
                self.take((await subscribed.next_msg(timeout=1.0)).data)

    def take(self, data: bytes) -> None:
        """Something came. What is no sheet changes nothing, and makes nothing newer."""
        if len(data) > 2 * LARGEST:
            return
        try:
            said = msgspec.json.decode(data, type=Said)
        except (msgspec.DecodeError, RecursionError):
            return
        if not isinstance(said.sheet, dict):
            return
        self._sheet = said.sheet
        if said.chart and said.drawing:
            kept = {**self._charts, said.chart: said.drawing.encode()}
            self._charts = dict(list(kept.items())[-CHARTS:])
        if said.age is not None:
            self._heard = self._mono() - max(0, said.age)

    def look(self) -> Mapping[str, object]:
        """The sheet as it came last."""
        return self._sheet

    def news(self) -> News:
        """How old it is: as old as it was there, and since then."""
        return news_of(None if self._heard is None else self._mono() - self._heard, self._clock.now())

    def chart(self, name: str) -> bytes | None:
        """A drawing that came with a sheet, as SVG; None for a name that is none."""
        return self._charts.get(name)
