"""Seals that are passed on from shop to shop, so that everybody is a witness of everybody: the latest of each shop.

No shop asks a centre. Two neighbours tell each other only what they have not told yet; so each seal comes to each
shop about once or twice, over whichever way is open first. A seal is believed as far as its signature goes: its key
came with it, and stays the one for that name. What differs from that, or is of another past, is kept as proof and
goes no further.
"""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from msgspec import Struct, field

from kiosk.sealing.checkpoint import Checkpoint, parse_checkpoint
from kiosk.sealing.note import Bad, Verifier, read_note, read_verifier

MOST = 40
"""Seals in one letter; more go with the next."""

LONGEST = 1500
"""Bytes of a seal with its cosignatures."""

PASSED = 600
"""Bytes of a seal that is passed on; with its own signature it has some two hundred."""

_NAME = re.compile("commons-kiosk/[0-9a-z]{1,16}")
"""What a kiosk's record is called; nothing else goes from shop to shop, nor onto anybody's screen."""

REMEMBERED = 20_000
"""Shops; a seal of one more is not kept, so that nobody fills a card by making up shops."""


class Seal(Struct, frozen=True):
    """key: of the shop's kiosk, as it is passed on (vkey). text: its signed checkpoint. size: of its record."""

    key: str
    text: str
    size: int = 0

    @property
    def name(self) -> str:
        """The name of the key, which is that of the record."""
        return self.key.partition("+")[0]


class Doubt(NamedTuple):
    """Two seals that can't both be true, or a key that is not the known one."""

    known: Seal
    other: Seal


class Known(Struct, frozen=True):
    """The latest seal of each shop, by its name, in the order in which they came (the newest last)."""

    seals: Mapping[str, Seal] = field(default_factory=dict)


class Merged(NamedTuple):
    """What became of what was told. fresh: seals that were new here. doubts: what speaks against somebody."""

    known: Known
    fresh: tuple[Seal, ...]
    doubts: tuple[Doubt, ...]


def may_pass(key: str, text: str) -> bool:
    """Whether a seal is short enough to go on, and of a kiosk; who signed it is not looked at."""
    return len(text.encode("utf-8", "surrogatepass")) <= PASSED and bool(_NAME.fullmatch(key.partition("+")[0]))


def looked_at(key: str, text: str) -> Seal | Bad:
    """A seal whose own key has signed it; what is wrong with it otherwise."""
    if not may_pass(key, text):
        return Bad("it is no seal that goes from shop to shop")
    verifier = read_verifier(key)
    if isinstance(verifier, Bad):
        return verifier
    note = read_note(text, [verifier])
    checkpoint = note if isinstance(note, Bad) else parse_checkpoint(note.text)
    if isinstance(checkpoint, Bad):
        return checkpoint
    return Seal(str(verifier), text, checkpoint.size) if _is_of(checkpoint, verifier) else Bad("it is another's")


def _is_of(checkpoint: Checkpoint, verifier: Verifier) -> bool:
    return checkpoint.origin == verifier.name


def merge(known: Known, told: Sequence[Seal], room: int | None = None) -> Merged:
    """Take what a neighbour told. Whatever the order, and however often, it leads to the same seals.

    told: seals that were looked at. room: for so many shops that are not known yet.
    """
    left = REMEMBERED - len(known.seals) if room is None else room
    fresh: dict[str, Seal] = {}
    doubts: list[Doubt] = []
    for seal in told:
        here = fresh.get(seal.name) or known.seals.get(seal.name)
        if here is None:
            if left > 0:
                left -= 1
                fresh[seal.name] = seal
        elif seal.key != here.key or (seal.size == here.size and _says(seal) != _says(here)):
            doubts.append(Doubt(here, seal))
        elif seal.size > here.size:
            fresh[seal.name] = seal
    if not fresh:
        return Merged(known, (), tuple(doubts))
    older = {name: seal for name, seal in known.seals.items() if name not in fresh}
    return Merged(Known(older | fresh), tuple(fresh.values()), tuple(doubts))


def _says(seal: Seal) -> str:
    """What a checkpoint says, whoever has cosigned it."""
    return seal.text.partition("\n\n")[0]


def untold(known: Known, told: Mapping[str, int], most: int = MOST) -> tuple[Seal, ...]:
    """What a neighbour has not heard from us, or told us, the oldest first. told: the sizes it knows, by name."""
    fresh = (seal for name, seal in known.seals.items() if told.get(name, -1) < seal.size)
    return tuple(seal for seal, _ in zip(fresh, range(most), strict=False))
