"""Records to measure on: a shop of sixty that swapped, with as many entries as asked for. Kept under build/.

Entries are written as the kiosk writes them, many in one commit; so a million takes about a minute, once.
"""

import random
import shutil
from collections.abc import Sequence
from pathlib import Path

from table import KEPT

from kiosk.amounts import BadgeHash, Moment
from kiosk.badge_key import BadgeKey
from kiosk.events import AnyEvent, Entry, Founder, HoursSwapped, Share, ShopFounded
from kiosk.state import SHAPE, State, Touched, apply, document, restore
from kiosk.store import Store

MEMBERS = 60
BATCH = 5_000
MADE_AS = f"2-{SHAPE}"
"""Raise the first figure when shops are made in another way, so that none from before is taken."""

NAMES = tuple(f"member{number}" for number in range(MEMBERS))
BEGAN = 1_793_620_800_000
"""When the first entry was written, in milliseconds since 1970; the others follow two minutes apart."""

Documents = dict[Touched, dict[str, object] | None]


class Booking:
    """Books swaps between two of the shop's members, as the core does: judged by nobody, folded, written."""

    def __init__(self, folder: Path) -> None:
        self.store = Store.open(folder)
        self.state = restore(self.store.tables())
        self.dice = random.Random(self.store.next_number)
        if self.state.founded is None:
            self.book([ShopFounded(tuple(Founder(name, BadgeHash(name * 5), "tag") for name in NAMES))])

    def swap(self) -> AnyEvent:
        giver, receiver = self.dice.sample(NAMES, 2)
        note = "mended the chain and the bell, three of the spokes as well"
        minutes = 15 * self.dice.randint(1, 12)
        return HoursSwapped(giver=giver, receivers=(Share(receiver, minutes),), work="repair", note=note)

    def prepared(self, events: Sequence[AnyEvent]) -> tuple[list[Entry], State, Documents]:
        """Entries, the state after them, and the documents they changed: all that the store is given."""
        first, state, names = self.store.next_number, self.state, dict[Touched, None]()
        entries = [self._entry(number, event) for number, event in enumerate(events, first)]
        for entry in entries:
            state, touched = apply(state, entry)
            names.update(dict.fromkeys(touched))
        return entries, state, {name: document(state, name) for name in names}

    def _entry(self, number: int, event: AnyEvent) -> Entry:
        moment = Moment(wall=BEGAN + number * 120_000, mono=12_345_678, boot="3f1c9a")
        return Entry(self.store.device, number, moment, event)

    def book(self, events: Sequence[AnyEvent]) -> None:
        entries, state, documents = self.prepared(events)
        self.store.append(entries, documents)
        self.state = state


def shop(entries: int) -> Path:
    """The folder of a shop with so many entries, made if it is not there. To look at, not to write to."""
    folder = KEPT / f"shop-{entries}-{MADE_AS}"
    if not folder.exists():
        making = folder.with_suffix(".making")
        shutil.rmtree(making, ignore_errors=True)
        booking = Booking(making)
        while (left := entries - booking.store.last_number) > 0:
            booking.book([booking.swap() for _ in range(min(BATCH, left))])
        BadgeKey.of(making, may_make=True)
        booking.store.close()
        making.rename(folder)
    return folder


def copy_of(entries: int, place: Path) -> Path:
    """A copy of such a shop to write to."""
    return Path(shutil.copytree(shop(entries), place))
