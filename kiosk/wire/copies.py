"""What each kiosk wrote, for the others in the building: put where they find it, fetched until nothing is missing.

Each batch is one message under the number of its first entry. Whoever reads asks for the batch that begins with the
next entry it lacks: where it stands is in its own record, so there is nothing to acknowledge. Whoever writes looks
where the others stand and puts there what they lack, also when the store was wiped or they are far behind.
"""

import asyncio
from collections.abc import Callable, Mapping, Sequence

import msgspec
from msgspec import Struct
from nats.js import JetStreamContext
from nats.js.api import DiscardPolicy, RawStreamMsg, StreamConfig
from nats.js.errors import APIError, NotFoundError

from kiosk.wire import NO_MESSAGE
from kiosk.wire.bridge import THERE, Taken
from kiosk.wire.building_conf import copies

LARGEST = 64_000_000
"""Bytes of batches kept for each kiosk; who is further behind is waited for by the writer, and gets them again."""

SOON, LATE = 0.2, 5.0
"""Seconds until what is missing, or must be taken later, is asked for again; at first and at last."""

MOST_PLACES = 8
"""Places after which it is known that all is there: one for each kiosk that reads."""

LAST = "Kiosk-Last"
"""The header that says which is the last entry of a batch."""

Batches = Sequence[tuple[int, int, str]]
"""The numbers of the first and the last entry, and the text, of each."""


class Far(Struct, frozen=True):
    """How far a kiosk is. last: its newest entry that it has put there. taken: the newest it has of each other."""

    last: int
    taken: Mapping[str, int]


def stream(device: str) -> StreamConfig:
    """Where a kiosk's batches are kept."""
    return StreamConfig(
        name=copies(device),
        subjects=[f"copy.{device}.*"],
        max_msgs_per_subject=1,
        max_bytes=LARGEST,
        discard=DiscardPolicy.OLD,
    )


class Writing:
    """Puts our batches there as far as the others lack them. outgoing: our batches after an entry, oldest first."""

    def __init__(self, device: str, outgoing: Callable[[int], Batches]) -> None:
        self._device, self._outgoing = device, outgoing
        self._ends: dict[int, int] = {}
        self._seen: dict[int, int] = {}
        self.end = 0

    def forget(self) -> None:
        """What was there may be gone: it is looked for anew."""
        self._ends.clear()
        self._seen.clear()

    async def put(self, lines: JetStreamContext, after: int, last: int) -> None:
        """See to it that all batches after an entry are there. last: our newest; not all entries are for others."""
        # Nobody lacks, or has, more than there is: whoever says so makes nobody believe that we have written more.
        after = begins = min(max(after, 0), last)
        if self._seen.get(begins) == last:
            return
        while after < last:
            end = self._ends.get(after + 1, 0)
            if not end:
                loop = asyncio.get_running_loop()
                batches = await loop.run_in_executor(None, self._outgoing, after)
                if not batches:
                    break
                end = await self._put_all(lines, batches)
            after = end
        self.end = max(self.end, after)
        self._seen = {begins: last, **dict(list(self._seen.items())[-MOST_PLACES:])}

    async def _put_all(self, lines: JetStreamContext, batches: Batches) -> int:
        """Until one is there already, cut otherwise; the entry after which it goes on."""
        at = 0
        for first, last, text in batches:
            end = await self._create(lines, first, last, text)
            self._ends[first] = at = end
            if end != last:
                break
        return at

    async def _create(self, lines: JetStreamContext, first: int, last: int, text: str) -> int:
        """The last entry of what stands there now."""
        subject = f"copy.{self._device}.{first}"
        headers = {"Nats-Expected-Last-Subject-Sequence": "0", LAST: str(last)}
        try:
            await lines.publish(subject, text.encode(), headers=headers, stream=copies(self._device))
        except APIError as error:
            if error.err_code not in THERE:
                raise
            found = await _at(lines, self._device, first)
            return _end(found) or last
        return last


class Reading:
    """Fetches what another kiosk wrote.

    taken: the newest of its entries that we have. take: gives a batch to the house.
    """

    def __init__(self, device: str, taken: Callable[[str], int], take: Callable[[str], Taken]) -> None:
        self._device, self._taken, self._take = device, taken, take
        self._waits = 0.0
        self._until = 0.0
        self.called = False

    async def look(self, lines: JetStreamContext, now: float, last: int) -> None:
        """Fetch, if there is news. last: the newest entry that the other kiosk has told of. now: seconds."""
        behind = last > self._taken(self._device)
        if now < self._until or not (self.called or behind):
            return
        self.called = False
        if await self._fetch(lines):
            self._waits, self._until = 0.0, 0.0
        elif behind:
            self._waits = min(max(SOON, 2 * self._waits), LATE)
            self._until = now + self._waits

    async def _fetch(self, lines: JetStreamContext) -> bool:
        """Take all that is there and can be taken now; whether that was anything."""
        loop = asyncio.get_running_loop()
        began = before = self._taken(self._device)
        while (found := await _at(lines, self._device, before + 1)) is not None:
            text = (found.data or b"").decode(errors="replace")
            taken = await loop.run_in_executor(None, self._take, text)
            after = self._taken(self._device)
            if taken == "later" or after <= before:
                break
            before = after
        return before > began


async def _at(lines: JetStreamContext, device: str, first: int) -> RawStreamMsg | None:
    try:
        return await lines.get_last_msg(copies(device), f"copy.{device}.{first}")
    except NotFoundError:
        return None


def _end(found: RawStreamMsg | None) -> int:
    said = (found.headers or {}).get(LAST, "") if found is not None else ""
    return int(said) if said.isascii() and said.isdigit() else 0


def write_far(far: Far) -> bytes:
    """As it goes over the wire."""
    return msgspec.json.encode(far)


def read_far(said: bytes | None) -> Far | None:
    """What another kiosk said; None for what is none."""
    try:
        return msgspec.json.decode(said or b"", type=Far)
    except NO_MESSAGE:
        return None
