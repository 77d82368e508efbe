"""The wire between the kiosks of one house: one thread, one session after another, and on one of them the server.

Whatever is asked from outside is answered within two seconds, and at once when there is no session.
"""

import asyncio
import contextlib
import logging
import secrets
import ssl
import threading
import time
from collections.abc import Callable, Coroutine, Mapping, Sequence
from concurrent.futures import Future
from pathlib import Path
from typing import Any, NamedTuple, Protocol, TypeVar

import nats
from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.errors import Error as NatsError
from nats.js import JetStreamContext
from nats.js.api import DiscardPolicy, StreamConfig
from nats.js.errors import APIError, NotFoundError

from kiosk.traces import trace
from kiosk.turns import Claimed
from kiosk.wire import hush
from kiosk.wire.bridge import EXISTS, Taken, all_or_none, end, nothing, quiet
from kiosk.wire.building_conf import BALLOT, KEEPER, KEEPER_PASSWORD, TURN, Kiosk, config, inbox
from kiosk.wire.claims import Claims, newest_turn, rounds_subjects
from kiosk.wire.copies import Batches, Far, Reading, Writing, read_far, stream, write_far
from kiosk.wire.identity import CERTIFICATE, PRIVATE, Identity
from kiosk.wire.server import Engine, NoServerError, new_password

log = logging.getLogger(__name__)

T = TypeVar("T")

PATIENCE = 2.0
"""Seconds after which whoever asked goes on without an answer."""

AGAIN, LONGEST = 0.3, 5.0
"""Seconds after which a new session begins; the longest after a fault of our own."""

LOOKS = 0.1
"""Seconds between two looks for what is to be sent or taken."""

BEATS = 1.0
"""Seconds between two signs of life."""

KEEPS = 10.0
"""Seconds between two times that it is kept how far we are."""

DOUBTS = 60.0
"""Seconds after which it is looked again whether all is there."""

STUCK = 3.0
"""Seconds after which a turn that was won and not written is passed on."""


class Ground(Protocol):
    """What the wire needs of the kiosk; called from its threads, and may block."""

    def kiosks(self) -> Sequence[Kiosk]:
        """Those of the house, ourselves among them."""

    def last_turn(self) -> int:
        """The newest turn that our record knows."""

    def last(self) -> int:
        """Our own newest entry."""

    def taken(self, device: str) -> int:
        """The newest entry of another kiosk that we have; 0 for none."""

    def outgoing(self, after: int) -> Batches:
        """Our own entries after that one, in batches."""

    def take(self, text: str) -> Taken:
        """Give a batch of another kiosk to the house."""

    def pass_turn(self) -> None:
        """A turn is ours and nothing was written with it: write that it is passed on."""

    def answer(self, question: bytes, /) -> bytes | None:
        """What another kiosk asks, in memory; None for nothing."""


class Keeping(NamedTuple):
    """The claims are kept here. listen: host:port where the other kiosks reach us."""

    listen: str


class Kept(NamedTuple):
    """Another kiosk keeps them. at: where it is reached. certificate: its, as PEM."""

    at: str
    certificate: str


class Keeper:
    """The server, where the claims are kept here, and what only its owner may do: lay out streams, throw away."""

    def __init__(self, folder: Path, us: Identity, listen: str, ground: Ground) -> None:
        self._folder, self._us, self._listen, self._ground = folder, us, listen, ground
        self._password = new_password()
        self._known: Sequence[Kiosk] = ()
        self._thrown: list[str] = []
        self.engine: Engine | None = None
        self.trouble = ""

    def stop(self) -> None:
        """End the server; may be called twice."""
        if self.engine is not None:
            self.engine.stop()

    def throw_away(self, round_id: str) -> None:
        """All that was claimed of a round that is over; from any thread."""
        self._thrown.append(round_id)

    async def run(self) -> None:
        """Keep the server alive and its streams laid out, until cancelled."""
        while True:
            try:
                await self._keep()
            except NoServerError as error:
                self.trouble = str(error)
                log.warning("the claims can’t be kept: %s", error)
            except (NatsError, OSError, TimeoutError) as error:
                log.info("the server of the building is not reached: %s", type(error).__name__)
            except Exception as error:
                log.error("the server of the building stumbled: %s", trace(error))
            await asyncio.sleep(AGAIN)

    async def _keep(self) -> None:
        loop = asyncio.get_running_loop()
        kiosks = tuple(self._ground.kiosks())
        if self.engine is None or not self.engine.lives or kiosks != self._known:
            await loop.run_in_executor(None, self._open, kiosks)
        self.trouble = ""
        client = await self._connect()
        try:
            lines = client.jetstream(timeout=5)
            await self._lay_out(lines, kiosks)
            if len(kiosks) == 1 and await self._knows_turns(lines):
                await self._lay_out(lines, kiosks, anew=True)
            while not client.is_closed and tuple(self._ground.kiosks()) == kiosks:
                await self._tidy(lines)
                await asyncio.sleep(LOOKS)
        finally:
            with contextlib.suppress(NatsError, OSError, TimeoutError):
                await asyncio.wait_for(client.close(), 5)

    def _open(self, kiosks: Sequence[Kiosk]) -> None:
        """Start it, or start it anew when a kiosk came or went."""
        if self.engine is not None:
            self.engine.stop()
        text = self.told(kiosks)
        pem = "".join(each.certificate for each in kiosks)
        self.engine = Engine(self._folder, text, pem, {KEEPER_PASSWORD: self._password})
        self.engine.start()
        self._known = kiosks

    def told(self, kiosks: Sequence[Kiosk]) -> str:
        """What the server is told."""
        return config(self._folder, self._us.device, self._listen, kiosks)

    async def _connect(self) -> Client:
        return await nats.connect(
            f"tls://{self._listen}",
            tls=known_by(self._us.certificate, self._folder),
            user=KEEPER,
            password=self._password,
            allow_reconnect=False,
            connect_timeout=3,
            reconnect_time_wait=0.1,
            max_reconnect_attempts=2,
            ping_interval=2,
            max_outstanding_pings=2,
            error_cb=quiet,
            disconnected_cb=nothing,
            closed_cb=nothing,
        )

    async def _lay_out(self, lines: JetStreamContext, kiosks: Sequence[Kiosk], *, anew: bool = False) -> None:
        """Both streams of claims, of one generation; where one is missing, a new one begins."""
        for each in kiosks:
            await _make(lines, stream(each.device))
        there = [each.config.name or "" for each in await lines.streams_info()]
        claims = [name for name in there if name.startswith((f"{TURN}_", f"{BALLOT}_"))]
        kinds = sorted(name.partition("_")[0] for name in claims)
        if not anew and kinds == sorted((TURN, BALLOT)) and len({name.partition("_")[2] for name in claims}) == 1:
            return
        for name in claims:
            await lines.delete_stream(name)
        generation = secrets.token_hex(8)
        await _make(lines, _ballots(generation))
        await _make(lines, _turns(generation))

    async def _knows_turns(self, lines: JetStreamContext) -> bool:
        """Whether turns were claimed. The only kiosk of a house claims none of its own, so it begins them anew."""
        return await newest_turn(lines, await lines.find_stream_name_by_subject("turn")) > 0

    async def _tidy(self, lines: JetStreamContext) -> None:
        while self._thrown:
            name = (await lines.find_stream_name_by_subject("ballot.x")) or ""
            for subject in rounds_subjects(self._thrown[0]):
                await lines.purge_stream(name, subject=subject)
            self._thrown.pop(0)


class Building:
    """folder: for keys, and for the server's store where the claims are kept here. token: a keyed hash, of a round
    and a person."""

    keeper = Keeper
    """Who looks after the server."""

    def __init__(
        self, folder: Path, us: Identity, where: Keeping | Kept, ground: Ground, token: Callable[[str, str], str]
    ) -> None:
        self._folder, self._us, self._where, self._ground = folder, us, where, ground
        run = secrets.token_hex(8)
        self._claims = Claims(
            us.device,
            run,
            token=token,
            kiosks=self._added,
            last_turn=ground.last_turn,
            know_all_but=self._know_all_but,
        )
        self._keeper = self.keeper(folder, us, where.listen, ground) if isinstance(where, Keeping) else None
        self._heard: dict[str, tuple[float, Far]] = {}
        self._readings: dict[str, Reading] = {}
        self._news = asyncio.Event()
        self._writing = Writing(us.device, ground.outgoing)
        self._client: Client | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._live, name="building", daemon=True)

    # --- from any thread ------------------------------------------------------------------------------------

    def start(self) -> None:
        """Begin. Never raises."""
        hush()
        self._thread.start()

    def stop(self) -> None:
        """End; may be called twice."""
        self._over.set()
        if self._thread.is_alive():
            self._thread.join(timeout=20)
        if self._keeper is not None:
            self._keeper.stop()

    @property
    def server(self) -> Engine | None:
        """The server, where it is ours."""
        return self._keeper.engine if self._keeper is not None else None

    def take(self, number: int, without: str = "") -> Claimed:
        """Win a turn; see `Claims.take`."""
        return self._asked(self._claims.take(number, without), "unheard")

    def holder(self, number: int) -> str | None:
        """Who has won it; "" for nobody, None when nobody knows."""
        return self._asked(self._claims.holder(number), None)

    def open_round(self, round_id: str) -> Claimed:
        """Mark a vote by badge as open; see `Claims.open_round`."""
        return self._asked(self._claims.open_round(round_id), "unheard")

    def ballot(self, round_id: str, person: str) -> Claimed:
        """Begin somebody's ballot; see `Claims.ballot`."""
        return self._asked(self._claims.ballot(round_id, person), "unheard")

    def close_round(self, round_id: str) -> None:
        """A vote is over: what was claimed in it is thrown away."""
        self._claims.close_round(round_id)
        if self._keeper is not None:
            self._keeper.throw_away(round_id)

    def generation(self) -> str:
        """Of the claims; "" while they are not reached."""
        return self._claims.generation

    def ask(self, device: str, question: bytes) -> bytes | None:
        """Ask another kiosk, from memory to memory; None when it does not answer."""
        return self._asked(self._ask_other(device, question), None)

    def ask_soon(self, device: str, question: bytes, told: Callable[[bytes | None], None]) -> None:
        """The same without waiting. told: called with the answer, in the thread of the wire; must not raise."""
        loop = self._loop
        if loop is None or self._over.is_set():
            told(None)
            return

        async def ask_and_tell() -> None:
            told(await self._ask_other(device, question))

        asyncio.run_coroutine_threadsafe(ask_and_tell(), loop)

    def reached(self, device: str) -> float | None:
        """Seconds since a sign of life of another kiosk; None when there was none."""
        heard = self._heard.get(device)
        return None if heard is None else time.monotonic() - heard[0]

    def wrote(self, device: str) -> int:
        """The newest entry that another kiosk has told of; 0 while it was not heard."""
        heard = self._heard.get(device)
        return 0 if heard is None else heard[1].last

    def has_of_us(self, device: str) -> int:
        """The newest of our entries that another kiosk says it has; 0 while it was not heard."""
        heard = self._heard.get(device)
        return 0 if heard is None else heard[1].taken.get(self._us.device, 0)

    @property
    def trouble(self) -> str:
        """Why the claims can't be kept here; "" when all is well, or they are kept elsewhere."""
        return self._keeper.trouble if self._keeper is not None else ""

    @property
    def is_open(self) -> bool:
        """Whether the claims are reached now."""
        return bool(self._claims.generation)

    def _asked(self, question: Coroutine[Any, Any, T], silence: T) -> T:
        loop = self._loop
        if loop is None or self._over.is_set():
            question.close()
            return silence
        asked: Future[T] = asyncio.run_coroutine_threadsafe(asyncio.wait_for(question, PATIENCE), loop)
        try:
            return asked.result(PATIENCE + 0.5)
        except Exception as error:
            if not isinstance(error, TimeoutError):
                log.error("a question to the building stumbled: %s", trace(error))
            return silence

    # --- the thread -----------------------------------------------------------------------------------------

    def _live(self) -> None:
        try:
            asyncio.run(self._all())
        except Exception as error:
            log.error("the wire of the building fell over: %s", trace(error))

    async def _all(self) -> None:
        self._loop = asyncio.get_running_loop()
        works = [asyncio.create_task(self._sessions())]
        if self._keeper is not None:
            works.append(asyncio.create_task(self._keeper.run()))
        try:
            while not self._over.is_set():
                await asyncio.sleep(LOOKS)
        finally:
            self._loop = None
            await end(works)

    async def _sessions(self) -> None:
        waits = AGAIN
        while True:
            try:
                await self._session()
            except (NatsError, OSError, TimeoutError) as error:
                log.info("the building is not reached: %s", type(error).__name__)
                waits = AGAIN
            except Exception as error:
                # A fault of our own comes again, and must fill no log.
                log.error("the wire of the building stumbled: %s", trace(error))
                waits = min(2 * waits, LONGEST)
            await asyncio.sleep(waits)

    async def _session(self) -> None:
        client = await self._connect()
        try:
            self._writing.forget()
            lines = client.jetstream(timeout=5)
            turns = await lines.find_stream_name_by_subject("turn")
            await self._listen(client)
            await self._claims.begin(lines, turns.removeprefix(f"{TURN}_"))
            self._client = client
            await all_or_none(
                self._claims_are_there(client),
                self._beat(client, lines),
                self._write(lines),
                self._read(lines),
                self._pass_on(),
            )
        finally:
            self._claims.end()
            self._client = None
            with contextlib.suppress(NatsError, OSError, TimeoutError):
                await asyncio.wait_for(client.close(), 5)

    async def _connect(self) -> Client:
        at = self._where.listen if isinstance(self._where, Keeping) else self._where.at
        theirs = self._us.certificate if isinstance(self._where, Keeping) else self._where.certificate
        return await nats.connect(
            f"tls://{at}",
            tls=known_by(theirs, self._folder),
            nkeys_seed_str=self._us.seed,
            inbox_prefix=inbox(self._us.device),
            allow_reconnect=False,
            connect_timeout=3,
            reconnect_time_wait=0.1,
            max_reconnect_attempts=2,
            ping_interval=2,
            max_outstanding_pings=2,
            error_cb=quiet,
            disconnected_cb=nothing,
            closed_cb=nothing,
        )

    async def _claims_are_there(self, client: Client) -> None:
        """The session ends with its connection, or when the streams are not those any more."""
        while not client.is_closed and not self._claims.lost_touch.is_set():
            await asyncio.sleep(LOOKS)

    async def _listen(self, client: Client) -> None:
        async def wrote(message: Msg) -> None:
            self._reading_of(message.subject.split(".")[1]).called = True
            self._news.set()

        async def beat(message: Msg) -> None:
            device, far = message.subject.partition(".")[2], read_far(message.data)
            if far is not None and device != self._us.device:
                self._heard[device] = (time.monotonic(), far)

        async def asked(message: Msg) -> None:
            answer = await asyncio.get_running_loop().run_in_executor(None, self._ground.answer, message.data)
            await message.respond(answer or b"")

        await client.subscribe("beat.*", cb=beat)
        await client.subscribe("copy.*.*", cb=wrote)
        await client.subscribe(f"ask.{self._us.device}", cb=asked)

    async def _ask_other(self, device: str, question: bytes) -> bytes | None:
        if self._client is None:
            return None
        try:
            return (await self._client.request(f"ask.{device}", question, timeout=PATIENCE)).data or None
        except (NatsError, OSError, TimeoutError):
            return None

    def _others(self) -> list[str]:
        return [each.device for each in self._ground.kiosks() if each.device != self._us.device]

    async def _beat(self, client: Client, lines: JetStreamContext) -> None:
        """A sign of life, and how far we are; what the others go by while we are away is kept."""
        kept: Far | None = None
        until = 0.0
        while True:
            far = Far(self._writing.end, {device: self._ground.taken(device) for device in self._others()})
            await client.publish(f"beat.{self._us.device}", write_far(far))
            if far != kept and time.monotonic() >= until:
                await lines.publish(f"far.{self._us.device}", write_far(far))
                kept, until = far, time.monotonic() + KEEPS
            await asyncio.sleep(BEATS)

    async def _write(self, lines: JetStreamContext) -> None:
        """What the others lack of ours; of who is silent, what they lacked when they were last heard."""
        known: dict[str, Far | None] = {}
        until = time.monotonic() + DOUBTS
        while True:
            last = self._ground.last()
            for device in self._others():
                if device not in known:
                    known[device] = await self._was_at(lines, device)
                heard = self._heard.get(device)
                far = heard[1] if heard is not None else known[device]
                if far is not None:
                    await self._writing.put(lines, far.taken.get(self._us.device, 0), last)
            if time.monotonic() >= until:
                # Of a store that is full the oldest goes, and who is far behind may want just that.
                self._writing.forget()
                until = time.monotonic() + DOUBTS
            await asyncio.sleep(LOOKS)

    async def _was_at(self, lines: JetStreamContext, device: str) -> Far | None:
        try:
            name = f"{TURN}_{self._claims.generation}"
            return read_far((await lines.get_last_msg(name, f"far.{device}")).data)
        except NotFoundError:
            return None

    async def _read(self, lines: JetStreamContext) -> None:
        """What the others wrote: at the beginning, and as soon as they tell of it."""
        for device in self._others():
            self._reading_of(device).called = True
        while True:
            for device in self._others():
                heard = self._heard.get(device)
                last = heard[1].last if heard is not None else 0
                await self._reading_of(device).look(lines, time.monotonic(), last)
            self._news.clear()
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._news.wait(), LOOKS)

    def _reading_of(self, device: str) -> Reading:
        if device not in self._readings:
            self._readings[device] = Reading(device, self._ground.taken, self._ground.take)
        return self._readings[device]

    async def _pass_on(self) -> None:
        loop = asyncio.get_running_loop()
        since, which = time.monotonic(), 0
        while True:
            unused = await self._claims.unused()
            if unused != which:
                since, which = time.monotonic(), unused
            elif unused and time.monotonic() - since > STUCK:
                await loop.run_in_executor(None, self._ground.pass_turn)
                since = time.monotonic()
            await asyncio.sleep(1.0)

    async def _know_all_but(self, without: str) -> bool:
        """Whether we have all that the other kiosks but one had put there by now: each must say so once more."""
        began = time.monotonic()
        others = [device for device in self._others() if device != without]
        while time.monotonic() - began < BEATS + 5 * LOOKS:
            heard = {device: self._heard[device] for device in others if device in self._heard}
            if len(heard) == len(others) and all(at > began for at, _ in heard.values()):
                return all(far.last <= self._ground.taken(device) for device, (_, far) in heard.items())
            await asyncio.sleep(LOOKS)
        return False

    def _added(self) -> Mapping[str, str]:
        return {each.device: each.claims for each in self._ground.kiosks()}


def _turns(generation: str) -> StreamConfig:
    return StreamConfig(
        name=f"{TURN}_{generation}",
        subjects=["turn", "here.*", "far.*"],
        max_msgs_per_subject=1,
        discard=DiscardPolicy.OLD,
        max_bytes=16_000_000,
    )


def _ballots(generation: str) -> StreamConfig:
    return StreamConfig(
        name=f"{BALLOT}_{generation}",
        subjects=["ballot.>"],
        max_msgs_per_subject=1,
        discard=DiscardPolicy.NEW,
        discard_new_per_subject=True,
        deny_delete=True,
        max_bytes=64_000_000,
    )


async def _make(lines: JetStreamContext, wanted: StreamConfig) -> None:
    try:
        await lines.add_stream(wanted)
    except APIError as error:
        if error.err_code != EXISTS:
            raise


def known_by(certificate: str, folder: Path) -> ssl.SSLContext:
    """TLS to the one who has this very certificate, showing ours, whose key lies in the folder.

    The name in it does not matter: a certificate that may sign no others is trusted for itself alone.
    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.load_verify_locations(cadata=certificate)
    context.load_cert_chain(folder / CERTIFICATE, folder / PRIVATE)
    return context
