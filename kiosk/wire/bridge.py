"""Segments over the wire: ours are put into our stream, and what the copy of the neighbour's brings is taken.

One subject for each segment, created only if it is not there: so nothing comes twice however often it is sent,
without any window of time. The copy is a mirror; it is acknowledged only once the record has what it brought.
Whatever goes wrong ends the session, and a new one begins.
"""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable, Sequence
from typing import Literal

import nats
from nats.aio.client import Client
from nats.errors import Error as NatsError
from nats.errors import TimeoutError as NatsTimeoutError
from nats.js import JetStreamContext
from nats.js.api import (
    AckPolicy,
    ConsumerConfig,
    DiscardPolicy,
    ExternalStream,
    StreamConfig,
    StreamSource,
)
from nats.js.errors import APIError, NotFoundError

from kiosk.letters import digest
from kiosk.traces import trace
from kiosk.wire.conf import copy, out

log = logging.getLogger(__name__)

Taken = Literal["taken", "later"]
"""What became of a segment: it is in the record, or refused for good; or it may be taken later."""

LARGEST_STREAM = 500_000_000
"""Bytes; more waits here than was ever written."""

THERE = (10071, 10077, 10164)
"""The server's codes for a subject that has its message already."""

EXISTS = 10058
AGAIN = 0.5
"""Seconds after which a new session begins."""

LOOKS = 1.0
"""Seconds between two looks for what is to be sent."""

HOUSE = "house"
"""The name of whoever reads a copy."""

ALL_AGAIN = 3600
"""Looks after which all is offered once more: where a fork was mended the numbers go on from an earlier one."""

NUDGE, LONGEST_NUDGE = 4.0, 30.0
"""Seconds of silence after which a copy is made anew, at first and at last."""

FRESH = 60 * 10**9
"""Nanoseconds since a sign of life, within which a line is open."""


class Bridge:
    """Between this kiosk's server and the record, for one neighbour.

    outgoing: our segments with a higher number, oldest first. take: gives a segment to the house; it may block, and
    is called in a thread of its own.
    """

    def __init__(
        self,
        me: str,
        you: str,
        url: Callable[[], tuple[str, str]],
        outgoing: Callable[[int], Sequence[tuple[int, str]]],
        take: Callable[[str], Taken],
    ) -> None:
        self._me, self._you, self._url = me, you, url
        self._outgoing, self._take = outgoing, take
        self.is_open = False
        self._nudge_after = NUDGE

    async def run(self) -> None:
        """One session after another, until cancelled."""
        while True:
            try:
                await self._session()
            except (NatsError, APIError, OSError, TimeoutError) as error:
                log.info("the line to %s broke: %s", self._you, type(error).__name__)
            except Exception as error:
                log.error("the line to %s stumbled: %s", self._you, trace(error))
            self.is_open = False
            await asyncio.sleep(AGAIN)

    async def _session(self) -> None:
        url, password = self._url()
        client = await nats.connect(
            url,
            user="bridge",
            password=password,
            allow_reconnect=False,
            connect_timeout=5,
            error_cb=quiet,
            disconnected_cb=nothing,
            closed_cb=nothing,
        )
        try:
            lines = client.jetstream(timeout=10)
            await self._streams(lines)
            await all_or_none(self._push(lines), self._pull(lines), self._watch(client, lines))
        finally:
            with contextlib.suppress(NatsError, OSError, TimeoutError):
                await asyncio.wait_for(client.close(), 5)

    async def _streams(self, lines: JetStreamContext) -> None:
        ours = StreamConfig(
            name=out(self._me),
            subjects=[f"out.{self._me}.>"],
            max_msgs_per_subject=1,
            discard=DiscardPolicy.NEW,
            discard_new_per_subject=True,
            deny_delete=True,
            deny_purge=True,
            max_bytes=LARGEST_STREAM,
        )
        source = StreamSource(name=out(self._you), external=ExternalStream(api=f"$JS.{self._you}.API"))
        theirs = StreamConfig(name=copy(self._you), mirror=source)
        for each in (ours, theirs):
            try:
                await lines.add_stream(each)
            except APIError as error:
                if error.err_code != EXISTS:
                    raise

    async def _push(self, lines: JetStreamContext) -> None:
        """What is there already is passed over; so a cursor in memory is enough, and a wiped store is filled."""
        sent = looked = 0
        while True:
            for number, text in self._outgoing(sent):
                await self._put(lines, number, text)
                sent = number
            looked += 1
            if looked % ALL_AGAIN == 0:
                sent = 0
            await asyncio.sleep(LOOKS)

    async def _put(self, lines: JetStreamContext, number: int, text: str) -> None:
        headers = {"Nats-Expected-Last-Subject-Sequence": "0", "Nats-Expected-Stream": out(self._me)}
        try:
            await lines.publish(subject(self._me, number, text), text.encode(), headers=headers)
        except APIError as error:
            if error.err_code not in THERE:
                raise

    async def _pull(self, lines: JetStreamContext) -> None:
        name = copy(self._you)
        wanted = ConsumerConfig(durable_name=HOUSE, ack_policy=AckPolicy.EXPLICIT, ack_wait=60, max_ack_pending=64)
        subscription = await lines.pull_subscribe("", durable=HOUSE, stream=name, config=wanted)
        loop = asyncio.get_running_loop()
        while True:
            try:
                messages = await subscription.fetch(32, timeout=5)
            except (NatsTimeoutError, TimeoutError):
                continue
            for message in messages:
                text = message.data.decode(errors="replace")
                taken = await loop.run_in_executor(None, self._take, text)
                if taken == "taken":
                    await message.ack()
                else:
                    await message.nak(delay=5)

    async def _watch(self, client: Client, lines: JetStreamContext) -> None:
        """Whether there was a sign of life lately; an end of the connection is the end of the session."""
        silent = 0.0
        while not client.is_closed:
            try:
                mirror = (await lines.stream_info(copy(self._you))).mirror
            except NotFoundError:
                return
            self.is_open = mirror is not None and mirror.active is not None and 0 <= mirror.active < FRESH
            silent = 0.0 if self.is_open else silent + LOOKS
            if silent >= self._nudge_after and await self._all_taken(lines):
                # A copy that was cut off tries again only after forty seconds; one that is made anew, at once.
                self._nudge_after = min(2 * self._nudge_after, LONGEST_NUDGE)
                await lines.delete_stream(copy(self._you))
                return
            if self.is_open:
                self._nudge_after = NUDGE
            await asyncio.sleep(LOOKS)

    async def _all_taken(self, lines: JetStreamContext) -> bool:
        """Whether nothing in the copy waits to be taken; only then may it go."""
        try:
            waits = await lines.consumer_info(copy(self._you), HOUSE)
        except NotFoundError:
            return False
        return not waits.num_pending and not waits.num_ack_pending


def subject(me: str, number: int, text: str) -> str:
    """What a segment is called in our stream. With its hash, so that one which goes on after a fork has room beside
    the one of that number that was there before."""
    return f"out.{me}.{number:09}.{digest(text)[:16]}"


async def all_or_none(*works: Awaitable[None]) -> None:
    """Until one of them ends, and then none goes on."""
    tasks = [asyncio.ensure_future(each) for each in works]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for each in done:
            each.result()
    finally:
        await end(tasks)


async def end(tasks: Sequence[asyncio.Future[None]]) -> None:
    """Cancel, until all have ended: what is cancelled just when its answer comes may not notice
    (`asyncio.wait_for` before Python 3.12, https://github.com/python/cpython/issues/86296)."""
    while waiting := [each for each in tasks if not each.done()]:
        for each in waiting:
            each.cancel()
        await asyncio.wait(waiting, timeout=0.5)
    await asyncio.gather(*tasks, return_exceptions=True)


async def quiet(_: Exception) -> None:
    """The session's own errors say enough."""


async def nothing() -> None:
    """There is nothing to do."""
