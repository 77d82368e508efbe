"""A neighbour that was a friend when the shops linked, and is not any more. Over its link it may copy what we sent
to it, and nothing else. Each attack is also tried where the rights were left out: there it must succeed, or the
test would prove nothing."""

import asyncio
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import nats
import pytest
from nats.errors import Error as NatsError
from nats.js.api import StreamConfig

from kiosk.wire.conf import bridge, copy, out
from kiosk.wire.identity import Identity, Presented, identity
from kiosk.wire.server import Server

from .conftest import free_port

VICTIM, OTHER = "k1", "k2"


class Careless(Server):
    """A server as it would be without the rights that a link is held to."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        text = re.sub(r", permissions: \{.*?\} \} \} \] \}", " } ] }", self._text, flags=re.S)
        self._text = re.sub(r"\n *deny_imports: \[.*?\],", "", text, flags=re.S)


@contextmanager
def linked(tmp_path: Path, *, victim_dials: bool, kind: type[Server]) -> Iterator[tuple[Server, Server]]:
    """A victim and a neighbour, each with its server; the neighbour has every right in its own account."""
    folders = {name: tmp_path / name for name in (VICTIM, OTHER)}
    for folder in folders.values():
        folder.mkdir()
    us = {name: identity(folder, name, name.encode() * 16) for name, folder in folders.items()}
    listener = OTHER if victim_dials else VICTIM
    port = free_port()
    shown = {name: presented(us[name], f"127.0.0.1:{port}" if name == listener else "") for name in us}
    servers = {
        name: (kind if name == VICTIM else Careless)(
            folders[name],
            us[name],
            [shown[OTHER if name == VICTIM else VICTIM]],
            f"127.0.0.1:{port}" if name == listener else "",
        )
        for name in us
    }
    try:
        for name in (listener, VICTIM if listener == OTHER else OTHER):
            servers[name].start()
        yield servers[VICTIM], servers[OTHER]
    finally:
        for server in servers.values():
            server.stop()


def presented(who: Identity, at: str) -> Presented:
    return Presented(who.device, who.nkey, who.certificate, at)


API = f"$JS.{VICTIM}.API"
STREAM, COPY = out(VICTIM), copy(OTHER)
ATTACKS = {
    "look at the stream": (f"{API}.STREAM.INFO.{STREAM}", b""),
    "list streams": (f"{API}.STREAM.NAMES", b""),
    "read a message": (f"{API}.STREAM.MSG.GET.{STREAM}", b'{"seq":1}'),
    "list who reads": (f"{API}.CONSUMER.NAMES.{STREAM}", b""),
    "look at the account": (f"{API}.INFO", b""),
    "write as the victim": (f"out.{VICTIM}.000000099", b"forged"),
    "make a stream": (
        f"{API}.STREAM.CREATE.mine",
        b'{"name":"mine","subjects":["mine"],"retention":"limits","storage":"file"}',
    ),
    "read by a reader of one's own": (
        f"{API}.CONSUMER.CREATE.{COPY}",
        b'{"stream_name":"COPY_k2","config":{"ack_policy":"none","deliver_policy":"all","deliver_subject":"x"}}',
    ),
    "empty the stream": (f"{API}.STREAM.PURGE.{STREAM}", b""),
    "delete the stream": (f"{API}.STREAM.DELETE.{STREAM}", b""),
}


async def attack(victim: Server, other: Server) -> dict[str, bool]:
    """What each attack came to: whether it was answered as done."""
    inside = await nats.connect(victim.url, user=bridge(OTHER), password=victim.password)
    lines = inside.jetstream()
    await lines.add_stream(StreamConfig(name=STREAM, subjects=[f"out.{VICTIM}.>"]))
    await lines.add_stream(StreamConfig(name=COPY, subjects=["private.>"]))
    await lines.publish(f"out.{VICTIM}.000000001", b"a segment")
    await lines.publish("private.1", b"a secret")
    outside = await nats.connect(other.url, user=bridge(VICTIM), password=other.password)
    await asyncio.sleep(1.0)
    done = {}
    for name, (subject, payload) in ATTACKS.items():
        try:
            answer = (await outside.request(subject, payload, timeout=1.0)).data
            done[name] = b'"error"' not in answer
        except (NatsError, TimeoutError):
            done[name] = False
    await outside.close()
    there = {each.config.name: each.state.messages for each in await lines.streams_info()}
    await inside.close()
    done["anything at all"] = there != {STREAM: 1, COPY: 1}
    return done


@pytest.mark.parametrize("victim_dials", [False, True], ids=["who calls us", "whom we call"])
def test_over_a_link_nobody_reads_changes_or_deletes_anything_here(tmp_path, victim_dials):
    with linked(tmp_path, victim_dials=victim_dials, kind=Server) as (victim, other):
        done = asyncio.run(attack(victim, other))
    assert not any(done.values()), done


@pytest.mark.parametrize("victim_dials", [False, True], ids=["who calls us", "whom we call"])
def test_without_those_rights_every_one_of_these_attacks_succeeds(tmp_path, victim_dials):
    with linked(tmp_path, victim_dials=victim_dials, kind=Careless) as (victim, other):
        done = asyncio.run(attack(victim, other))
    assert all(done.values()), done


def test_a_stranger_with_another_certificate_or_another_key_gets_no_link(tmp_path):
    port = free_port()
    folders = [tmp_path / name for name in ("k1", "k2", "k3")]
    for folder in folders:
        folder.mkdir()
    us, friend, stranger = (identity(folder, folder.name, folder.name.encode() * 16) for folder in folders)
    listening = Server(folders[0], us, [presented(friend, "")], f"127.0.0.1:{port}")
    calling = Server(folders[2], stranger, [presented(us, f"127.0.0.1:{port}")])
    try:
        listening.start()
        calling.start()
        told = folders[0] / "nats.log"
        for _ in range(100):
            if "TLS" in told.read_text():
                break
            asyncio.run(asyncio.sleep(0.1))
        assert "TLS leafnode handshake error" in told.read_text() or "TLS handshake error" in told.read_text()
        for folder in (folders[0], folders[2]):
            assert "JetStream using domains" not in (folder / "nats.log").read_text()
    finally:
        calling.stop()
        listening.stop()


def test_two_kiosks_of_one_name_are_refused_before_anything_starts(tmp_path):
    us = identity(tmp_path, "k1", b"1" * 32)
    with pytest.raises(ValueError, match="a name of its own"):
        Server(tmp_path, us, [presented(us, "")])
