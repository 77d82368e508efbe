"""A wall page to look at: the real feed, site, server and browser; what the record would say is made up."""

import asyncio
import threading
from collections.abc import Callable, Iterator

import pytest
from browser import Browser

from kiosk.faces import WallFace, WelcomeFace
from kiosk.wall.feed import Feed
from kiosk.wall.outlook import News
from kiosk.wall.serving import Prompt, Serving, config_of, listen
from kiosk.wall.sheet import Sheet, kit, sheet_of
from kiosk.wall.site import version


class MadeUp:
    """Stands in for the record: whatever face the test wants, and news as old as it wants."""

    def __init__(self) -> None:
        self.sheet = Sheet("none")
        self.age: int | None = 0
        self.silent = "No news since 10:42. The kiosk may be off."

    def look(self) -> Sheet:
        return self.sheet

    def news(self) -> News:
        return News(self.age, self.silent)


class Shown:
    """A page server on a free port, in a thread of its own."""

    def __init__(self, port: int = 0, connection: type[Prompt] = Prompt) -> None:
        self.made_up = MadeUp()
        self._connection = connection
        self._ready = threading.Event()
        self.opened = listen("127.0.0.1", port)
        self.port = self.opened.getsockname()[1]
        self.address = f"http://127.0.0.1:{self.port}/"
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()
        assert self._ready.wait(10)

    def _run(self) -> None:
        asyncio.run(self._serve())

    async def _serve(self) -> None:
        self.feed = Feed(self.made_up, kit(version()), looks=0.05, beats=0.3)
        config = config_of(self.feed)
        config.http = self._connection
        self.server = Serving(config, self.feed)
        self._ready.set()
        await self.server.serve(sockets=[self.opened])

    def show(self, face: WallFace | WelcomeFace) -> None:
        self.made_up.sheet = sheet_of(face)

    def end(self) -> None:
        self.server.should_exit = True
        self._thread.join(timeout=10)
        self.opened.close()


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    found = Browser(tmp_path_factory.mktemp("chromium"))
    yield found
    found.end()


@pytest.fixture
def shown() -> Iterator[Shown]:
    server = Shown()
    yield server
    server.end()


@pytest.fixture
def again() -> Iterator[Callable[[int], Shown]]:
    """Serve once more, on a port that was served before."""
    servers: list[Shown] = []

    def on(port: int) -> Shown:
        servers.append(Shown(port))
        return servers[-1]

    yield on
    for server in servers:
        server.end()


@pytest.fixture
def another() -> Iterator[Callable[[type[Prompt]], Shown]]:
    """A server whose connections are of another kind."""
    servers: list[Shown] = []

    def of(kind: type[Prompt]) -> Shown:
        servers.append(Shown(connection=kind))
        return servers[-1]

    yield of
    for server in servers:
        server.end()
