"""Opens the port and serves until it is told to end."""

import asyncio
import errno
import ipaddress
import os
import socket
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from kiosk import tongue
from kiosk.wall.feed import VIEWERS, Feed
from kiosk.wall.outlook import Outlook
from kiosk.wall.sheet import kit
from kiosk.wall.site import site, version

BESIDES = 60
"""Connections besides those of the viewers: pages and fonts that are just being fetched."""

PATIENCE = 10.0
"""Seconds within which a request must have come in whole."""

GONE = 60_000
"""Milliseconds after which a viewer that takes nothing any more is let go (tcp(7), TCP_USER_TIMEOUT)."""

POLITE = 10
"""How much the kiosk goes first where both want the processor (nice(2))."""


class Serving(uvicorn.Server):
    """The server; when it ends, its viewers are sent home first."""

    def __init__(self, config: uvicorn.Config, feed: Feed) -> None:
        super().__init__(config)
        self._feed = feed

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """In order."""
        self._feed.end()
        await super().shutdown(sockets)


class Prompt(H11Protocol):
    """A connection; one that asks for nothing, or never ends asking, is closed."""

    patience = PATIENCE

    def connection_made(self, transport: Any) -> None:
        """From now on it has ten seconds."""
        super().connection_made(transport)
        self.loop.call_later(self.patience, self._close_unless_asked)

    def _close_unless_asked(self) -> None:
        if self.cycle is None and not self.transport.is_closing():
            self.transport.close()


def listen(address: str, port: int) -> socket.socket:
    """The port, opened. Raises OSError with a sentence when it can't be."""
    try:
        family = socket.AF_INET6 if ipaddress.ip_address(address).version == 6 else socket.AF_INET
    except ValueError as error:
        raise OSError(f"the wall can't be shown on {address}: that is no address") from error
    opened = socket.socket(family, socket.SOCK_STREAM)
    try:
        opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, GONE)
        opened.bind((address, port))
        opened.listen(128)
    except OSError as error:
        opened.close()
        why = (
            "another program has it; name another with --port"
            if error.errno == errno.EADDRINUSE
            else error.strerror
        )
        raise OSError(f"the wall can't be shown on {address} port {port}: {why}") from error
    return opened


class Beyond(NamedTuple):
    """A kiosk's server, and with which key. at: host:port. key: the file it is in."""

    at: str
    key: Path


def serve(
    folder: Path,
    shop: str,
    opened: socket.socket,
    language: str = tongue.ENGLISH,
    *,
    follows: Beyond | None = None,
    tells: Beyond | None = None,
) -> None:
    """Serve in the shop's language, until SIGTERM or Ctrl-C.

    follows: another machine's kiosk that is shown, instead of the record in the folder. tells: our kiosk's server,
    over which walls on other machines follow this one.
    """
    tongue.speak(language)
    with suppress(OSError):
        os.nice(POLITE)
    with suppress(KeyboardInterrupt), opened:
        asyncio.run(_serve(folder, shop, opened, follows, tells))


async def _serve(
    folder: Path, shop: str, opened: socket.socket, follows: Beyond | None, tells: Beyond | None
) -> None:
    beside: list[Callable[[], Coroutine[Any, Any, None]]] = []
    if follows is not None:
        from kiosk.wall.following import Followed  # what another machine is reached by is an extra

        followed = Followed(follows.at, follows.key)
        feed = Feed(followed, kit(version()))
        beside.append(followed.run)
    else:
        feed = Feed(Outlook(folder, shop), kit(version()))
    if tells is not None:
        from kiosk.wall.following import Telling

        beside.append(Telling(feed, tells.at, tells.key).run)
    tasks = [asyncio.create_task(each()) for each in beside]
    try:
        await Serving(config_of(feed), feed).serve(sockets=[opened])
    finally:
        for each in tasks:
            each.cancel()


def config_of(feed: Feed) -> uvicorn.Config:
    """How the page is served: one process, few connections, no log of who asked for what."""

    async def living() -> AsyncIterator[None]:
        looking = asyncio.create_task(feed.run())
        yield
        looking.cancel()

    return uvicorn.Config(
        site(feed, living),
        http=Prompt,
        ws="none",
        loop="asyncio",
        lifespan="on",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        limit_concurrency=VIEWERS + BESIDES,
        timeout_keep_alive=5,
        timeout_graceful_shutdown=2,
        h11_max_incomplete_event_size=16_384,
    )
