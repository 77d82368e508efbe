"""Whose turn it is to write in the building, and who has begun to vote where: asked of the server that keeps it.

Everything here fails closed. What was not clearly answered is asked again, and what stays unclear is "unheard".

- A *turn* is one message. The next one replaces it, and only if it is the one that was there (compare and swap).
  So it is won once, however often it is asked for, and what is kept does not grow.
- A *ballot* is a message that is made only if it is not there. Its subject is a keyed hash of round and person.
- What is kept has a *generation*, in the names of the streams. When it was wiped there is another one: a ballot of
  a round that was opened in the old one is unheard, and a turn is given only once every kiosk has said how far it
  had got before, or two turns could follow the same one.
"""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Mapping

import msgspec
from msgspec import Struct
from nats.errors import Error as NatsError
from nats.js import JetStreamContext
from nats.js.api import RawStreamMsg
from nats.js.errors import APIError, NoStreamResponseError, NotFoundError, ServiceUnavailableError

from kiosk.turns import Claimed
from kiosk.wire import NO_MESSAGE
from kiosk.wire.bridge import THERE
from kiosk.wire.building_conf import BALLOT, TURN

ANSWERS = 1.0
"""Seconds in which a server answers that is there."""

AGAIN = 0.05
"""Seconds after which what was unclear is asked again."""

FAR_AHEAD = 100_000
"""Turns that nobody is ahead of us by, where we have all that the others wrote."""

UNREADABLE = 2**63 - 1
"""The number of what stands there and is no turn."""

GONE = (10059, 10060)
"""The server's codes for a stream that is not there, or not the one that was meant."""


class Turn(Struct, frozen=True):
    """The newest turn that was given."""

    number: int
    device: str


class Here(Struct, frozen=True):
    """What a kiosk says when it meets a generation. turn: the newest that it knows, or that it may be writing."""

    turn: int


class _Began(Struct, frozen=True):
    """Who began a ballot, or opened a round. run: of its program; what another run began is not ours any more."""

    device: str
    run: str


class WentBackError(Exception):
    """What is kept is older than what was kept before."""


class Claims:
    """What one kiosk asks of the keeper. It outlives the sessions, and remembers what they must not forget.

    token: a keyed hash of a round and a person. kiosks: those of the house, with the generation in which each was
    added. last_turn: the newest that our record knows. know_all_but: whether we have all that the others but this
    one have written so far. run: names this run of the program.
    """

    def __init__(
        self,
        device: str,
        run: str,
        *,
        token: Callable[[str, str], str],
        kiosks: Callable[[], Mapping[str, str]],
        last_turn: Callable[[], int],
        know_all_but: Callable[[str], Awaitable[bool]],
    ) -> None:
        self._us = _Began(device, run)
        self._token, self._kiosks, self._last_turn = token, kiosks, last_turn
        self._know_all_but = know_all_but
        self._lines: JetStreamContext | None = None
        self.generation = ""
        self._won = 0
        self._rounds: dict[str, str] = {}
        self._begun: dict[str, set[str]] = {}
        self._closed: set[str] = set()
        self._newest: dict[str, int] = {}
        self._broken: set[str] = set()
        self.lost_touch = asyncio.Event()

    @property
    def won(self) -> int:
        """The newest turn that this run has won."""
        return self._won

    # --- a session ------------------------------------------------------------------------------------------

    async def begin(self, lines: JetStreamContext, generation: str) -> None:
        """A session began: we say how far we are, and claim again what we had claimed in this generation."""
        self.lost_touch.clear()
        here = msgspec.json.encode(Here(max(self._won, self._last_turn())))
        there = {"Nats-Expected-Stream": f"{TURN}_{generation}"}
        await lines.publish(f"here.{self._us.device}", here, timeout=ANSWERS, headers=there)
        if not await self._has_gone_on(lines, generation):
            self._broken.add(generation)
        if generation not in self._broken:
            for round_id in [each for each, where in self._rounds.items() if where == generation]:
                for subject in sorted(self._begun.get(round_id, ())):
                    await self._create(lines, generation, subject)
        self._lines, self.generation = lines, generation

    def end(self) -> None:
        """The session is over: nothing is heard until the next."""
        self._lines, self.generation = None, ""

    async def _has_gone_on(self, lines: JetStreamContext, generation: str) -> bool:
        """A store that was put back to an earlier day has lost claims that we know of."""
        known = self._newest.get(generation, 0)
        return (await lines.stream_info(f"{BALLOT}_{generation}")).state.last_seq >= known

    # --- turns ----------------------------------------------------------------------------------------------

    async def take(self, number: int, without: str = "") -> Claimed:
        """Win a turn. number: one more than the newest that our record knows. without: a kiosk that is taken off
        with this turn.

        What we have won before, without knowing or without writing it, is won again.
        """
        asked = False
        while lines := await self._lines_for(asked):
            generation = self.generation
            try:
                held = await self._held(lines, generation)
                expected = await self._follows(lines, generation, held, number, without)
                if not isinstance(expected, int):
                    return expected
                said, asked = msgspec.json.encode(Turn(number, self._us.device)), True
                await lines.publish("turn", said, timeout=ANSWERS, headers=_only(expected, f"{TURN}_{generation}"))
            except (NatsError, OSError, TimeoutError) as error:
                if await self._is_over(error):
                    return "unheard"
            else:
                self._won = number
                return "won"
        return "unheard"

    async def holder(self, number: int) -> str | None:
        """Who has won a turn; "" for nobody, None when that can't be known now."""
        if self._lines is None:
            return None
        try:
            held = await self._held(self._lines, self.generation)
        except (NatsError, OSError, TimeoutError):
            return None
        return held[1].device if held is not None and held[1].number >= number else ""

    async def unused(self) -> int:
        """A turn that is ours and that our record does not know: nobody else can go on before it does. 0: none."""
        known = self._last_turn()
        if self._lines is None:
            return 0
        try:
            held = await self._held(self._lines, self.generation)
        except (NatsError, OSError, TimeoutError):
            return 0
        if held is None:
            return self._won if self._won > known else 0
        return held[1].number if held[1].device == self._us.device and held[1].number > known else 0

    async def _held(self, lines: JetStreamContext, generation: str) -> tuple[int, Turn] | None:
        return await _turn(lines, f"{TURN}_{generation}")

    async def _follows(
        self, lines: JetStreamContext, generation: str, held: tuple[int, Turn] | None, number: int, without: str
    ) -> int | Claimed:
        """What must stand there for this turn to be the next one: its place, 0 for nothing; or what came of it."""
        if held is None:
            before = await self._how_far_all_were(lines, generation, without)
            if before is None or number - 1 > before:
                return "unheard"
            if number - 1 < before:
                return 0 if await self._is_foreign(before, number) else "lost"
            return 0
        place, turn = held
        if turn.number == number:
            if turn.device == self._us.device:
                self._won = number
                return "won"
            # A kiosk that was removed will never write what it has won.
            return "lost" if turn.device in self._kiosks() and turn.device != without else place
        if turn.number > number:
            # Several turns of one that nobody hears, unless some are another’s that it has heard before us.
            ours = turn.device == without and await self._know_all_but(without)
            return place if ours or await self._is_foreign(turn.number, number) else "lost"
        # One that is further behind than we are was put back to an earlier day: nobody knows what came after.
        return place if turn.number == number - 1 else "unheard"

    async def _is_foreign(self, there: int, wanted: int) -> bool:
        """Whether what stands there follows nothing that was ever written, and so can be passed over.

        Whoever wins a turn has written, or taken, the one before. So one that is far ahead, where all are heard and
        we have all that any of them has, is a number that somebody made up.
        """
        return there - wanted > FAR_AHEAD and await self._know_all_but("")

    async def _how_far_all_were(self, lines: JetStreamContext, generation: str, without: str) -> int | None:
        """The newest turn before this generation; None while a kiosk has not said what it knows."""
        far = self._last_turn()
        for device, added in self._kiosks().items():
            if device in (self._us.device, without) or added == generation:
                continue
            found = await _last(lines, f"{TURN}_{generation}", f"here.{device}")
            if found is None:
                return None
            far = max(far, _far(found.data or b""))
        return far

    # --- ballots --------------------------------------------------------------------------------------------

    async def open_round(self, round_id: str) -> Claimed:
        """Mark a vote by badge as open, once, before its first ballot. It is bound to this generation then."""
        generation = self.generation
        verdict = await self._claim(round_id, generation, _round(round_id))
        if verdict == "won":
            self._rounds[round_id] = generation
        return verdict

    async def ballot(self, round_id: str, person: str) -> Claimed:
        """Begin somebody's ballot here, and nowhere else. Whoever began it here may begin it here again."""
        if round_id in self._closed:
            return "unheard"
        generation = self._rounds.get(round_id) or await self._opened_in(round_id)
        return await self._claim(round_id, generation, f"{_round(round_id)}.{self._token(round_id, person)}")

    def close_round(self, round_id: str) -> None:
        """A vote is over: nothing of it is kept in mind, but that there are no more ballots."""
        self._closed.add(round_id)
        self._rounds.pop(round_id, None)
        self._begun.pop(round_id, None)

    async def _opened_in(self, round_id: str) -> str:
        """The generation in which a round was opened at another kiosk; "" when that can't be known."""
        lines, generation = self._lines, self.generation
        if lines is None:
            return ""
        try:
            if await _last(lines, f"{BALLOT}_{generation}", _round(round_id)) is None:
                return ""
        except (NatsError, OSError, TimeoutError) as error:
            await self._is_over(error)
            return ""
        self._rounds[round_id] = generation
        return generation

    async def _claim(self, round_id: str, generation: str, subject: str) -> Claimed:
        asked = False
        while lines := await self._lines_for(asked):
            if not generation or generation != self.generation or generation in self._broken:
                return "unheard"
            try:
                asked = True
                if await self._create(lines, generation, subject):
                    self._begun.setdefault(round_id, set()).add(subject)
                    return "won"
                found = await _last(lines, f"{BALLOT}_{generation}", subject)
                if found is not None:
                    return self._is_ours(round_id, subject, found)
            except WentBackError:
                return "unheard"
            except (NatsError, OSError, TimeoutError) as error:
                if await self._is_over(error):
                    return "unheard"
        return "unheard"

    def _is_ours(self, round_id: str, subject: str, found: RawStreamMsg) -> Claimed:
        try:
            began = msgspec.json.decode(found.data or b"", type=_Began)
        except NO_MESSAGE:
            return "lost"
        if began != self._us:
            return "lost"
        self._begun.setdefault(round_id, set()).add(subject)
        return "won"

    async def _lines_for(self, asked: bool) -> JetStreamContext | None:
        """The session. Whoever has asked and was cut off before the answer waits for the next, to read it there."""
        while asked and self._lines is None:
            await asyncio.sleep(AGAIN)
        return self._lines

    async def _create(self, lines: JetStreamContext, generation: str, subject: str) -> bool:
        """Whether it was not there before. Raises WentBackError when claims that we know of are there no more."""
        stream = f"{BALLOT}_{generation}"
        try:
            done = await lines.publish(
                subject, msgspec.json.encode(self._us), timeout=ANSWERS, headers=_only(0, stream)
            )
        except APIError as error:
            if error.err_code in THERE:
                return False
            raise
        if done.seq <= self._newest.get(generation, 0):
            self._broken.add(generation)
            raise WentBackError
        self._newest[generation] = done.seq
        return True

    async def _is_over(self, error: Exception) -> bool:
        """Whether asking again is no use. A stream that is gone ends the session: the next one looks anew."""
        if isinstance(error, NoStreamResponseError | ServiceUnavailableError) or _code(error) in GONE:
            self.lost_touch.set()
            return True
        await asyncio.sleep(AGAIN)
        return isinstance(error, APIError) and error.err_code not in THERE


async def newest_turn(lines: JetStreamContext, stream: str) -> int:
    """The number of the newest turn that was given; 0 for none."""
    held = await _turn(lines, stream)
    return held[1].number if held is not None else 0


async def _turn(lines: JetStreamContext, stream: str) -> tuple[int, Turn] | None:
    """Its place in the stream, and the turn."""
    found = await _last(lines, stream, "turn")
    if found is None:
        return None
    try:
        turn = msgspec.json.decode(found.data or b"", type=Turn)
    except NO_MESSAGE:
        turn = Turn(UNREADABLE, "")
    return found.seq or 0, turn


def _far(said: bytes) -> int:
    """How far a kiosk says it is."""
    try:
        return msgspec.json.decode(said, type=Here).turn
    except NO_MESSAGE:
        return UNREADABLE


def rounds_subjects(round_id: str) -> Collection[str]:
    """All that is claimed of a round."""
    return (_round(round_id), f"{_round(round_id)}.>")


def _round(round_id: str) -> str:
    return f"ballot.{round_id.replace('/', '-')}"


def _only(place: int, stream: str) -> dict[str, str]:
    """It is taken only if just this stands there, in just this stream; the server holds both together."""
    return {"Nats-Expected-Last-Subject-Sequence": str(place), "Nats-Expected-Stream": stream}


def _code(error: Exception) -> int | None:
    return error.err_code if isinstance(error, APIError) else None


async def _last(lines: JetStreamContext, stream: str, subject: str) -> RawStreamMsg | None:
    """What stands there; not by a direct read, which may be stale."""
    try:
        return await lines.get_last_msg(stream, subject)
    except NotFoundError as error:
        if error.err_code in GONE:
            raise
        return None
