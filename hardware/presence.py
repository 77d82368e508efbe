"""When a card is there, and when it is gone: pure, told what was seen and when.

A reader says many times a second what lies on it; people mean one thing: a card was laid there.
"""

from collections.abc import Iterator, Sequence

from msgspec import Struct

from hardware.pn532_frames import Target
from hardware.signals import CardGone, CardsAmbiguous, CardSeen, Signal

MISSES = 3
SETTLING = 3
SWAP_BACK = 2.0  # seconds


class _Run(Struct):
    """The same single card, poll after poll, while it is unclear which one is meant."""

    target: Target | None = None
    length: int = 0


class CardPresence:
    """Makes signals of a PN532's polls.

    - A card is said once however long it lies there; it is gone after three polls in a row without it.
    - A different card in the very next poll: the first is gone, then the second is seen.
    - Two cards at once are nobody's: said once, none chosen. When three polls in a row show one card
      alone, that one counts.
    - A card that is back within two seconds of being replaced, with no empty poll between, was never taken
      away: two cards lie there and the chip hears now one, now the other. They too are two cards at once.
    - Random numbers that follow one another are one phone, which makes up a new one each time it is asked.
    """

    def __init__(self, device: str) -> None:
        self._device = device
        self._held: Target | None = None
        self._ambiguous = False
        self._misses = 0
        self._run = _Run()
        self._replaced: tuple[Target, float] | None = None

    def poll(self, targets: Sequence[Target], at: float) -> list[Signal]:
        """What one poll means; no targets is a miss."""
        if not targets:
            return list(self._miss(at))
        self._misses = 0
        if len(targets) > 1:
            return list(self._many(len(targets), at))
        return list(self._one(targets[0], at))

    def forget(self, at: float) -> list[Signal]:
        """The reader itself is lost: whatever lay there is not known to be there any more."""
        return list(self._empty(at))

    def _miss(self, at: float) -> Iterator[Signal]:
        self._replaced = None
        self._run = _Run()
        self._misses += 1
        if self._misses >= MISSES:
            yield from self._empty(at)

    def _empty(self, at: float) -> Iterator[Signal]:
        self._ambiguous = False
        self._replaced = None
        self._run = _Run()
        yield from self._let_go(at)

    def _many(self, count: int, at: float) -> Iterator[Signal]:
        self._run = _Run()
        self._replaced = None
        if not self._ambiguous:
            self._ambiguous = True
            yield CardsAmbiguous(device=self._device, at=at, count=count)

    def _one(self, target: Target, at: float) -> Iterator[Signal]:
        if self._ambiguous and not self._stands_alone(target):
            return
        self._ambiguous = False
        if self._held is None:
            yield self._take(target, at)
        elif not _same(self._held, target):
            yield from self._swap(self._held, target, at)

    def _stands_alone(self, target: Target) -> bool:
        """Whether this one card has been there long enough for the other to be truly gone."""
        same = self._run.target is not None and _same(self._run.target, target)
        self._run = _Run(target, self._run.length + 1 if same else 1)
        return self._run.length >= SETTLING

    def _swap(self, old: Target, new: Target, at: float) -> Iterator[Signal]:
        if self._came_back(new, at):
            yield from self._many(2, at)
            return
        yield from self._let_go(at)
        yield self._take(new, at)
        self._replaced = (old, at)

    def _came_back(self, target: Target, at: float) -> bool:
        if self._replaced is None:
            return False
        replaced, when = self._replaced
        return _same(replaced, target) and at - when < SWAP_BACK

    def _take(self, target: Target, at: float) -> Signal:
        self._held = target
        self._replaced = None
        return CardSeen(device=self._device, at=at, uid=target.uid, random=target.random)

    def _let_go(self, at: float) -> Iterator[Signal]:
        held, self._held = self._held, None
        if held is not None:
            yield CardGone(device=self._device, at=at, uid=held.uid)


def _same(one: Target, other: Target) -> bool:
    return one == other or (one.random and other.random)


class TagPresence:
    """Makes signals of a reader that repeats a tag's number for as long as the tag is near, and then is silent.

    silence: seconds after which the tag is gone. An RDM6300 repeats about every 65 ms.
    """

    def __init__(self, device: str, *, tech: str, silence: float = 0.3) -> None:
        self._device = device
        self._tech = tech
        self._silence = silence
        self._held = b""
        self._last_seen = 0.0

    def seen(self, uid: bytes, at: float) -> list[Signal]:
        """The number was read, its last byte at `at`."""
        self._last_seen = at
        if uid == self._held:
            return []
        said = self.forget(at)
        self._held = uid
        return [*said, CardSeen(device=self._device, at=at, uid=uid, tech=self._tech)]

    def tick(self, now: float) -> list[Signal]:
        """Nothing came until now: a tag not read for so long is gone."""
        if self._held and now - self._last_seen >= self._silence:
            return self.forget(now)
        return []

    def forget(self, at: float) -> list[Signal]:
        """The tag is gone, or the reader is."""
        held, self._held = self._held, b""
        return [CardGone(device=self._device, at=at, uid=held, tech=self._tech)] if held else []
