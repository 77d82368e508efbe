"""One vote at several kiosks: each has a box of its own, and the kiosk that opened it adds up what was in them.

Only rounds of approvals: there everybody's ballot is claimed by a badge. A show of hands belongs to one room.

- A kiosk takes ballots once it was asked by the one that opened the vote, said yes, and is asked again and again
  how far it is. Where it is not asked any more, it begins no ballot: nobody may know that it has a box.
- When the vote is counted, each other box is asked for once: it is shut, emptied, and what was in it sealed to the
  key of this vote. The same sealed answer is given as often as it is asked for, until the vote is over.
- Where a box can't be had nothing is counted. Where it is gone, the vote is void.
"""

import secrets
from collections.abc import Callable, Sequence
from typing import Annotated, Literal, Protocol

import msgspec
from msgspec import Meta, Struct
from msgspec.structs import replace

from kiosk.amounts import EntryId
from kiosk.core import Core
from kiosk.rules.approvals import Approving, approving
from kiosk.sealing.envelope import key_pair, seal, unseal
from kiosk.turns import BoothsThere

ASKS = 1_000
"""Milliseconds between two questions how far another box is."""

OVERDUE = 5_000
"""Milliseconds after which a question that nobody answered is asked again."""

SILENT = 8_000
"""Milliseconds without one after which a kiosk begins no ballot, and without an answer after which that is said."""

_NO_MESSAGE = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)

Opened = Literal["opened there", "somebody is there", "not there"]

Fetched = tuple[int, ...] | Literal["unheard", "lost"]


Count = Annotated[int, Meta(ge=0, le=100_000)]
"""How many ballots lie somewhere."""


class _OpenBooth(Struct, frozen=True, tag="open a booth"):
    """key: what the box is sealed to in the end."""

    vote: EntryId
    key: bytes


class _HowFar(Struct, frozen=True, tag="how far"):
    """booth: which box is meant; one that was lost has another name. elsewhere: ballots in all the other boxes.

    nth: of these questions, so that one that somebody sends once more does not pass for a new one.
    """

    vote: EntryId
    booth: str
    elsewhere: Count
    nth: int


class _HandOver(Struct, frozen=True, tag="hand over"):
    vote: EntryId
    booth: str


class _Booth(Struct, frozen=True, tag="booth"):
    booth: str


class _SomebodyIsHere(Struct, frozen=True, tag="somebody is here"):
    pass


class _NoBooth(Struct, frozen=True, tag="no booth"):
    pass


class _SoFar(Struct, frozen=True, tag="so far"):
    inside: Count


class _HandedOver(Struct, frozen=True, tag="handed over"):
    sealed: bytes


_Question = _OpenBooth | _HowFar | _HandOver
_Answer = _Booth | _SomebodyIsHere | _NoBooth | _SoFar | _HandedOver


class _Inside(Struct, frozen=True):
    """What is sealed. ballots: as hexadecimal numbers, since they may be long ones; all equally long, or the length
    of what is sealed would say something of them to whoever sees it pass."""

    vote: EntryId
    ballots: tuple[str, ...]


class Box(Protocol):
    """What is needed of the ballot box here."""

    @property
    def inside(self) -> int:
        """How many ballots lie in it."""

    def open_too(self, approvals: Approving, /) -> None:
        """Have one, of a vote that was opened at another kiosk."""

    def hand_over(self, *, level: bool) -> tuple[int, ...]:
        """Shut and empty it."""

    def count_elsewhere(self, count: int, /) -> None:
        """How many ballots lie in the others."""


class _There(Struct, frozen=True):
    """A booth at another kiosk.

    heard: when it last answered, monotonic milliseconds. asked: since when it is waited for an answer; None where
    it is not.
    """

    booth: str
    heard: int
    inside: int = 0
    asked: int | None = None


class _Here(Struct, frozen=True):
    """The booth that another kiosk asked for.

    key: its vote's. asked: when it last asked. followed: the number of its last question; 0 for none so far.
    sealed: what was in it, once it was handed over; handed: how many.
    """

    vote: EntryId
    booth: str
    key: bytes
    asked: int
    followed: int = 0
    sealed: bytes = b""
    handed: int = 0


class Booths:
    """Knows the other boxes of the vote that is open, or that ours is one of them; in the house's thread.

    later: calls something in that thread; may be called from any.
    """

    def __init__(self, core: Core, later: Callable[[Callable[[], None]], None]) -> None:
        self._core, self._later = core, later
        self._vote: EntryId | None = None
        self._keys: tuple[bytes, bytes] | None = None
        self._there: dict[str, _There] = {}
        self._had: set[str] = set()
        self._missed: tuple[str, ...] = ()
        self._here: _Here | None = None
        self._asks_at = self._nth = 0
        self.lost = False

    def follow(self) -> None:
        """The vote may be over, or another one open: then nothing is known of any booth."""
        opened = approving(self._core.state)
        now = opened.id if opened is not None else None
        if now == self._vote:
            return
        self._vote, self._keys, self._here, self.lost = now, None, None, False
        self._there, self._had, self._missed = {}, set(), ()

    # --- where it was opened --------------------------------------------------------------------------------

    @property
    def there(self) -> tuple[str, ...]:
        """The kiosks whose box has still to be fetched."""
        return tuple(self._there)

    @property
    def inside(self) -> int:
        """How many ballots lie in the other boxes, as far as they were heard."""
        return sum(each.inside for each in self._there.values())

    def told(self, now: int) -> BoothsThere:
        """What may be shown. now: monotonic milliseconds."""
        silent = (device for device, each in self._there.items() if now - each.heard >= SILENT)
        return BoothsThere(tuple(self._there), tuple(silent), frozenset(self._had), self._missed)

    def open_at(self, device: str, now: int) -> Opened:
        """Take ballots at another kiosk too, if it says yes; waits for its answer."""
        opened = approving(self._core.state)
        if opened is None or not self._core.takes(opened.id) or device not in self._core.others:
            return "not there"
        if device in self._had:
            return "opened there"
        if self._keys is None:
            self._keys = key_pair()
        answer = _read(self._core.turns.ask(device, msgspec.json.encode(_OpenBooth(opened.id, self._keys[1]))))
        if not isinstance(answer, _Booth):
            self._missed = (*(each for each in self._missed if each != device), device)
            return "somebody is there" if isinstance(answer, _SomebodyIsHere) else "not there"
        self._had.add(device)
        self._there[device] = _There(answer.booth, now)
        self._asks_at = 0
        return "opened there"

    def look(self, now: int, here: int, changed: Callable[[], None]) -> None:
        """Ask the other boxes how far they are, once in a while. here: ballots in ours. changed: called where one
        is further than before, or is gone."""
        if self._vote is None or now < self._asks_at:
            return
        self._asks_at = now + ASKS
        everywhere = here + self.inside
        for device, booth in tuple(self._there.items()):
            if booth.asked is None or now - booth.asked >= OVERDUE:
                self._ask_how_far(device, replace(booth, asked=now), everywhere, changed)

    def _ask_how_far(self, device: str, booth: _There, everywhere: int, changed: Callable[[], None]) -> None:
        assert self._vote is not None
        self._nth += 1
        vote = self._vote
        question = _HowFar(vote, booth.booth, everywhere - booth.inside, self._nth)

        def told(raw: bytes | None) -> None:
            self._later(lambda: heard(_read(raw)))

        def heard(answer: _Answer | None) -> None:
            known = self._there.get(device)
            if self._vote != vote or known is None:
                return
            self._there[device] = known = replace(known, asked=None)
            if isinstance(answer, _SoFar):
                now = self._core.now().mono
                self._there[device] = replace(known, heard=now, inside=answer.inside)
            self.lost = self.lost or isinstance(answer, _NoBooth)
            if self.lost or self._there[device].inside != known.inside:
                changed()

        self._there[device] = booth
        self._core.turns.ask_soon(device, msgspec.json.encode(question), told)

    def fetch(self, device: str, fits: Callable[[Sequence[int]], bool]) -> Fetched:
        """What was in another box, once and for all; waits for its answer. fits: whether that can be."""
        assert self._vote is not None
        question = _HandOver(self._vote, self._there[device].booth)
        answer = _read(self._core.turns.ask(device, msgspec.json.encode(question)))
        if answer is None:
            return "unheard"
        ballots = self._opened(answer) if isinstance(answer, _HandedOver) else None
        if ballots is None or not fits(ballots) or len(ballots) < self._there[device].inside:
            # With fewer than it said were in it, people would be counted as having voted who have not.
            return "lost"
        del self._there[device]
        return ballots

    def _opened(self, answer: _HandedOver) -> tuple[int, ...] | None:
        assert self._keys is not None
        opened = unseal(answer.sealed, self._keys[0])
        try:
            inside = msgspec.json.decode(opened or b"", type=_Inside)
            return tuple(int(each, 16) for each in inside.ballots) if inside.vote == self._vote else None
        except (*_NO_MESSAGE, ValueError):
            return None

    # --- where it was opened elsewhere ----------------------------------------------------------------------

    @property
    def here(self) -> EntryId | None:
        """The vote that was opened at another kiosk and has a box here too."""
        return self._here.vote if self._here is not None else None

    def is_asked(self, now: int) -> bool:
        """Whether a ballot may begin as far as the kiosk that opened the vote goes: it asks how far we are."""
        here = self._here
        return here is None or (here.followed > 0 and not self.is_silent(now))

    @property
    def handed_over(self) -> bool:
        """Whether what was in our box is with the kiosk that opened the vote."""
        return self._here is not None and bool(self._here.sealed)

    def is_silent(self, now: int) -> bool:
        """Whether nothing was heard in a while of the kiosk that opened the vote."""
        return self._here is not None and now - self._here.asked >= SILENT

    def answer(self, device: str, raw: bytes, box: Box, *, free: bool) -> bytes | None:
        """What another kiosk asks; None for what can't be answered. free: whether nobody is using this one."""
        try:
            question = msgspec.json.decode(raw, type=_Question)
        except _NO_MESSAGE:
            return None
        opened = approving(self._core.state)
        if opened is None or opened.id != question.vote or not question.vote.startswith(f"{device}/"):
            # A vote that was not heard of here yet, or that is over.
            return None
        self.follow()
        now = self._core.now().mono
        if isinstance(question, _OpenBooth):
            return _write(self._asked_to_open(question, opened, box, now, free=free))
        if self._here is None or self._here.booth != question.booth:
            return _write(_NoBooth())
        if isinstance(question, _HandOver):
            return _write(self._hand_over(self._here, opened, box))
        if question.nth <= self._here.followed:
            return None
        self._here = replace(self._here, asked=now, followed=question.nth)
        box.count_elsewhere(question.elsewhere + self._here.handed)
        return _write(_SoFar(box.inside + self._here.handed))

    def _asked_to_open(self, question: _OpenBooth, opened: Approving, box: Box, now: int, *, free: bool) -> _Answer:
        here = self._here
        if here is not None:
            # The answer may have been lost on the way; a box that was handed over is none any more.
            return _Booth(here.booth) if here.key == question.key and not here.sealed else _NoBooth()
        if not free:
            return _SomebodyIsHere()
        box.open_too(opened)
        self._here = _Here(opened.id, secrets.token_hex(8), question.key, now)
        return _Booth(self._here.booth)

    def _hand_over(self, here: _Here, opened: Approving, box: Box) -> _Answer:
        if not here.sealed:
            ballots = box.hand_over(level=opened.about == "duty")
            digits = len(opened.candidates) // 4 + 1
            inside = _Inside(here.vote, tuple(f"{each:0{digits}x}" for each in ballots))
            sealed = seal(msgspec.json.encode(inside), here.key) or b""
            self._here = here = replace(here, sealed=sealed, handed=len(ballots))
        return _HandedOver(here.sealed)


def _write(answer: _Answer) -> bytes:
    return msgspec.json.encode(answer)


def _read(raw: bytes | None) -> _Answer | None:
    """An answer; None for silence, and for what is none."""
    try:
        return msgspec.json.decode(raw, type=_Answer) if raw else None
    except _NO_MESSAGE:
        return None
