"""All lines of a kiosk: its server, a bridge for each neighbour, and one thread for all of that."""

import asyncio
import logging
import threading
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from kiosk.traces import trace
from kiosk.wire.bridge import Bridge, Taken, end
from kiosk.wire.identity import Identity, Presented
from kiosk.wire.server import NoServerError, Server

log = logging.getLogger(__name__)

Outgoing = Callable[[str, int], Sequence[tuple[int, str]]]
"""Our segments to a neighbour, by its name here, with a higher number than this; each with its number."""

AGAIN = 5.0
"""Seconds after which a server that ended is started anew."""


class Lines:
    """neighbours: what they showed of themselves, by their names here. outgoing, take: as for a bridge, by name."""

    def __init__(
        self,
        folder: Path,
        us: Identity,
        neighbours: Mapping[str, Presented],
        *,
        outgoing: Outgoing,
        take: Callable[[str], Taken],
        listen: str = "",
        client: str = "",
    ) -> None:
        self.server = Server(folder, us, tuple(neighbours.values()), listen, client)
        self._bridges = {
            name: Bridge(us.device, each.device, self._url, _of(outgoing, name), take)
            for name, each in neighbours.items()
        }
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._live, name="lines", daemon=True)
        self.trouble = ""

    def start(self) -> None:
        """Begin. Never raises: without its server a kiosk is alone, and works."""
        self._thread.start()

    def stop(self) -> None:
        """End; may be called twice."""
        self._over.set()
        if self._thread.is_alive():
            self._thread.join(timeout=20)
        self.server.stop()

    def is_open(self, neighbour: str) -> bool:
        """Whether a neighbour can be reached right now."""
        bridge = self._bridges.get(neighbour)
        return bridge is not None and bridge.is_open

    def _url(self) -> tuple[str, str]:
        return self.server.url, self.server.password

    def _live(self) -> None:
        try:
            asyncio.run(self._all())
        except Exception as error:
            log.error("the lines fell over: %s", trace(error))

    async def _all(self) -> None:
        works = [asyncio.create_task(self._keep_server())]
        works += [asyncio.create_task(bridge.run()) for bridge in self._bridges.values()]
        while not self._over.is_set():
            await asyncio.sleep(0.1)
        await end(works)

    async def _keep_server(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            if not self.server.lives:
                try:
                    await loop.run_in_executor(None, self.server.start)
                    self.trouble = ""
                except NoServerError as error:
                    self.trouble = str(error)
                    log.warning("alone: %s", error)
                    await asyncio.sleep(AGAIN)
                    continue
            await asyncio.sleep(0.2)


def _of(outgoing: Outgoing, name: str) -> Callable[[int], Sequence[tuple[int, str]]]:
    return lambda after: outgoing(name, after)
