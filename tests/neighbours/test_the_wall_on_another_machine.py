"""The wall of a kiosk on another machine: it shows what hangs beside the kiosk, says how old that is, and its key
opens nothing else. The server is a real one; each attack is tried once more where the rights were left out."""

import asyncio
import re
import time
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import nats
import pytest
from nats.errors import Error as NatsError

from kiosk.screens.samples import SAMPLES
from kiosk.wall.feed import Feed
from kiosk.wall.following import LARGEST, Followed, Telling
from kiosk.wall.outlook import News
from kiosk.wall.sheet import Sheet, kit, sheet_of
from kiosk.wall.site import version
from kiosk.wire.conf import WALL, bridge
from kiosk.wire.identity import WALL_READER, WALL_WRITER, Identity, Presented, identity, wall_keys
from kiosk.wire.server import Server

from .conftest import free_port

NEUTRAL = 60
"""Seconds of silence after which a page is grey (kiosk/wall/page/wall.js)."""


class Beside:
    """The wall beside the kiosk."""

    def __init__(self) -> None:
        self.sheet = sheet_of(SAMPLES["wall"])

    def look(self) -> Sheet:
        return self.sheet

    def news(self) -> News:
        return News(0, "")


def as_sent(sheet: Sheet) -> object:
    return msgspec.json.decode(msgspec.json.encode(sheet))


class House:
    """A kiosk's server with a neighbour and a wall, and the keys that go with it."""

    def __init__(self, folder: Path, kind: type[Server] = Server) -> None:
        self.folder, self.port = folder, free_port()
        other = folder / "other"
        other.mkdir(parents=True)
        us, them = identity(folder, "k1", b"1" * 32), identity(other, "k2", b"2" * 32)
        us = msgspec.structs.replace(us, wall=wall_keys(folder))
        shown = Presented(them.device, them.nkey, them.certificate)
        self.make = lambda: kind(folder, us, [shown], f"127.0.0.1:{free_port()}", self.at)
        self.server = self.make()
        self.server.start()

    @property
    def at(self) -> str:
        return f"127.0.0.1:{self.port}"


class Careless(Server):
    """A server without the rights that a wall's key is held to."""

    def __init__(self, folder: Path, us: Identity, *rest: Any) -> None:
        super().__init__(folder, us, *rest)
        text = re.sub(r", permissions: \{ publish.*?\} \} \}(?=,|\n)", " }", self._text)
        self._text = text.replace("  WALL { users", "  WALL { jetstream: enabled, users")


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    made = House(tmp_path / "wire")
    yield made
    made.server.stop()


async def until(true: Callable[[], bool]) -> None:
    ends = time.monotonic() + 30
    while not true():
        assert time.monotonic() < ends, "it did not come in time"
        await asyncio.sleep(0.05)


async def both(
    house: House, beside: Beside, play: Callable[[Followed], Awaitable[None]], ahead: list[float]
) -> None:
    feed = Feed(beside, kit(version()), looks=0.05)
    followed = Followed(house.at, house.folder / WALL_READER, mono=lambda: time.monotonic() + ahead[0])
    telling = Telling(feed, house.at, house.folder / WALL_WRITER, says=0.5)
    tasks = [asyncio.create_task(each()) for each in (feed.run, followed.run, telling.run)]
    try:
        await play(followed)
    finally:
        for each in tasks:
            each.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def test_another_machine_shows_the_very_sheet_and_turns_neutral_when_the_server_is_killed(house):
    beside, ahead = Beside(), [0.0]

    async def play(followed: Followed) -> None:
        assert followed.news().age is None
        await until(lambda: followed.look() == as_sent(beside.sheet))
        assert followed.news().age == 0
        beside.sheet = sheet_of(SAMPLES["wall-empty"])
        await until(lambda: followed.look() == as_sent(beside.sheet))
        house.server.stop()
        ahead[0] = NEUTRAL + 5.0
        await asyncio.sleep(1)
        age = followed.news().age
        assert age is not None
        assert age > NEUTRAL, "a page that hears nothing more must not look as if it did"
        assert "No news since" in followed.news().silent
        assert followed.look() == as_sent(beside.sheet)
        house.server = house.make()
        house.server.start()
        await until(lambda: followed.news().age == 0)

    asyncio.run(both(house, beside, play, ahead))


def test_what_is_no_sheet_changes_nothing_and_makes_nothing_newer(tmp_path):
    followed = Followed("127.0.0.1:1", tmp_path)
    was = followed.look()
    for data in (b"", b"\n\nevent: sheet", b"[" * 100_000, b'{"age":0,"sheet":7}', b"x" * (3 * LARGEST)):
        followed.take(data)
    assert followed.look() == was
    assert followed.news().age is None


SECRET = "out.k1.000000001"


async def attack(house: House) -> dict[str, bool]:
    """What the wall's key could do; whether it was let."""
    seed = (house.folder / WALL_READER).read_text().strip()
    writer = await nats.connect(house.server.url, nkeys_seed_str=(house.folder / WALL_WRITER).read_text().strip())
    inside = await nats.connect(house.server.url, user=bridge("k2"), password=house.server.password)
    refused: list[str] = []

    async def note(error: Exception) -> None:
        refused.append(str(error))

    wall = await nats.connect(house.server.url, nkeys_seed_str=seed, error_cb=note)
    done = {}
    heard = await wall.subscribe(WALL)
    others = await wall.subscribe(">")
    listens = await writer.subscribe(">")
    await asyncio.sleep(0.3)
    await writer.publish(WALL, b"the wall")
    await writer.publish(f"{WALL}.x", b"the wall")
    await inside.publish(SECRET, b"a letter")
    await asyncio.sleep(0.3)
    done["hears the wall"] = heard.pending_msgs > 0
    done["hears everything"] = others.pending_msgs > 0
    before = listens.pending_msgs
    await wall.publish(WALL, b"forged")
    await wall.flush()
    await asyncio.sleep(0.3)
    watching = await nats.connect(house.server.url, nkeys_seed_str=seed)
    again = await watching.subscribe(WALL)
    await watching.flush()
    await wall.publish(WALL, b"forged")
    await wall.flush()
    await asyncio.sleep(0.3)
    done["writes on the wall"] = again.pending_msgs > 0 or listens.pending_msgs > before
    try:
        answer = (await wall.request("$JS.API.INFO", b"", timeout=1.0)).data
        done["asks the engine"] = b'"error"' not in answer
    except (NatsError, TimeoutError):
        done["asks the engine"] = False
    for each in (wall, watching, writer, inside):
        await each.close()
    return done


def test_the_key_of_a_wall_hears_the_wall_and_can_do_nothing_else(house):
    done = asyncio.run(attack(house))
    assert done.pop("hears the wall")
    assert not any(done.values()), done


def test_without_those_rights_every_one_of_these_attacks_succeeds(tmp_path):
    careless = House(tmp_path / "wire", Careless)
    try:
        done = asyncio.run(attack(careless))
    finally:
        careless.server.stop()
    assert all(done.values()), done


def test_the_letters_between_shops_are_in_another_account_than_the_wall(house):
    """Also a wall's key that may do everything in its account would hear none of them."""

    async def listen() -> int:
        seed = (house.folder / WALL_WRITER).read_text().strip()
        writer = await nats.connect(house.server.url, nkeys_seed_str=seed)
        inside = await nats.connect(house.server.url, user=bridge("k2"), password=house.server.password)
        wall = await nats.connect(house.server.url, nkeys_seed_str=(house.folder / WALL_READER).read_text().strip())
        heard = await wall.subscribe(WALL)
        await wall.flush()
        await inside.publish(WALL, b"a letter")
        await inside.flush()
        await asyncio.sleep(0.3)
        for each in (writer, inside, wall):
            await each.close()
        return int(heard.pending_msgs)

    assert asyncio.run(listen()) == 0
