"""Somebody who is on the same network, or has got hold of one kiosk of the house. A stranger gets no answer at all.
A kiosk may claim, tell of itself and read, and can take nothing away from the others. Each attack is also tried
where the rights were left out: there it must succeed, or the test would prove nothing."""

import asyncio
import re
import ssl
from collections.abc import Sequence
from pathlib import Path

import nats
import pytest
from nats.aio.client import Client
from nats.errors import Error as NatsError

from kiosk.wire.building import Building, Keeper, known_by
from kiosk.wire.building_conf import KEEPER, Kiosk, config, inbox
from kiosk.wire.identity import Identity, identity

from .conftest import House, eventually


class CarelessKeeper(Keeper):
    """One whose server holds no kiosk to its rights."""

    def told(self, kiosks: Sequence[Kiosk]) -> str:
        return re.sub(r", permissions: \{.*?\} \} \}", " }", super().told(kiosks), flags=re.S)


class Careless(Building):
    keeper = CarelessKeeper


def opened(house: House) -> House:
    """Something is claimed and written, so that there is something to lose."""
    first = house.open()[0]
    assert [first.open_round("k1/1"), first.ballot("k1/1", "ada"), first.take(1)] == ["won"] * 3
    house.keeper.wrote.append("k1:0")
    eventually(lambda: house.rooms[1].heard.get("k1") == ["k1:0"])
    return house


async def connect(house: House, us: Identity, folder: Path, seed: str, prefix: str, **more: object) -> Client:
    context = known_by(house.keeper.me.certificate, folder)
    login = more or {"nkeys_seed_str": seed}

    async def quiet(_: Exception) -> None:
        pass

    return await nats.connect(
        f"tls://{house.at}",
        tls=context,
        inbox_prefix=prefix,
        allow_reconnect=False,
        max_reconnect_attempts=1,
        reconnect_time_wait=0,
        error_cb=quiet,
        **login,
    )


def attacks(house: House) -> dict[str, tuple[str, bytes]]:
    assert house.keeper.wire is not None
    generation = house.keeper.wire.generation()
    api = "$JS.API"
    return {
        "make another stream": (f"{api}.STREAM.CREATE.mine", b'{"name":"mine","subjects":["mine"]}'),
        "read by a reader of one's own": (
            f"{api}.CONSUMER.CREATE.COPIES_k1",
            b'{"stream_name":"COPIES_k1","config":{"ack_policy":"none","deliver_policy":"all","deliver_subject":"x"}}',
        ),
        "write as another": ("copy.k1.9", b"forged"),
        "say for another how far it is": ("here.k1", b'{"turn":0}'),
        "say for another what it has": ("far.k1", b'{"last":0,"taken":{}}'),
        "forget one batch": (f"{api}.STREAM.MSG.DELETE.COPIES_k1", b'{"seq":1}'),
        "delete the turns": (f"{api}.STREAM.DELETE.TURN_{generation}", b""),
        "empty the ballots": (f"{api}.STREAM.PURGE.BALLOT_{generation}", b""),
        "empty what another wrote": (f"{api}.STREAM.PURGE.COPIES_k1", b""),
    }


async def attack(house: House) -> dict[str, bool]:
    """What each attack of the second kiosk came to: whether it was answered as done."""
    us = house.rooms[1]
    client = await connect(house, us.me, us.folder, us.me.seed, inbox("k2"))
    done = {}
    try:
        heard: list[bytes] = []

        async def overhear(message: object) -> None:
            heard.append(b"something")

        await client.subscribe(f"{inbox('k1')}.>", cb=overhear)
        for name, (subject, payload) in attacks(house).items():
            try:
                done[name] = b'"error"' not in (await client.request(subject, payload, timeout=0.5)).data
            except (NatsError, TimeoutError):
                done[name] = False
        await asyncio.sleep(1.2)
        done["overhear another's answers"] = bool(heard)
    finally:
        await client.close()
    return done


def test_a_kiosk_of_the_house_can_take_nothing_away_from_the_others(house):
    building_here = opened(house())
    done = asyncio.run(attack(building_here))
    assert not any(done.values()), done
    first, second = (room.wire for room in building_here.rooms)
    assert [second.ballot("k1/1", "ada"), second.take(1), first.take(1)] == ["lost", "lost", "won"]


def test_without_those_rights_every_one_of_these_attacks_succeeds(house):
    careless = house()
    careless.keeper.kind = Careless
    done = asyncio.run(attack(opened(careless)))
    assert all(done.values()), done


async def gets_in(house: House, *told: object, **more: object) -> bool:
    try:
        client = await connect(house, *told, **more)  # type: ignore[arg-type]
        answered = await client.request("$JS.API.STREAM.NAMES", b"", timeout=1.0)
        await client.close()
    except (NatsError, OSError, TimeoutError):
        return False
    return b"streams" in answered.data


def test_a_stranger_gets_no_answer_whatever_half_of_a_key_it_has(house, tmp_path):
    building_here = house()
    building_here.open()
    here, us = building_here.keeper, building_here.rooms[1]
    folder = tmp_path / "stranger"
    folder.mkdir()
    stranger = identity(folder, "k9", b"9" * 32)
    tries = {
        "both halves of a kiosk's key": (us.me, us.folder, us.me.seed),
        "its own": (stranger, folder, stranger.seed),
        "a kiosk's key, its own certificate": (stranger, folder, us.me.seed),
        "a kiosk's certificate, its own key": (us.me, us.folder, stranger.seed),
    }
    got_in = {
        name: asyncio.run(gets_in(building_here, me, where, seed, inbox("k2")))
        for name, (me, where, seed) in tries.items()
    }
    assert got_in == dict.fromkeys(tries, False) | {"both halves of a kiosk's key": True}
    guessed = {"user": KEEPER, "password": "keeper"}
    assert not asyncio.run(gets_in(building_here, us.me, us.folder, "", inbox("k2"), **guessed))
    assert here.wire is not None
    assert here.wire.is_open


def test_a_server_that_pretends_to_keep_the_claims_is_told_nothing(house, tmp_path):
    building_here = house()
    there = building_here.rooms[1]
    pretender = tmp_path / "pretender"
    pretender.mkdir()
    identity(pretender, "k1", b"1" * 32)
    heard: list[bytes] = []

    async def pretend() -> None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(pretender / "wire.crt", pretender / "wire.key")

        async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            writer.write(b'INFO {"tls_required":true,"headers":true,"max_payload":1000,"nonce":"x"}\r\n')
            try:
                await writer.start_tls(context)
                heard.append(await asyncio.wait_for(reader.read(100), 2))
            except (OSError, TimeoutError):
                heard.append(b"")
            writer.close()

        host, _, port = building_here.at.rpartition(":")
        async with await asyncio.start_server(answer, host, int(port)):
            wire = there.open(building_here.where(there))
            while not heard:
                await asyncio.sleep(0.05)
            assert not wire.is_open

    asyncio.run(pretend())
    assert set(heard) == {b""}


@pytest.mark.parametrize("name", ["k 1", 'k1"', "k1.*", ""])
def test_a_name_that_could_be_more_than_a_name_starts_no_server(tmp_path, name):
    us = identity(tmp_path, "k1", b"1" * 32)
    with pytest.raises(ValueError, match="a name of its own"):
        config(tmp_path, "k1", "127.0.0.1:1", [Kiosk(name, us.nkey, us.certificate)])
