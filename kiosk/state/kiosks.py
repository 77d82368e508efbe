"""What a kiosk knows of the other kiosks of its shop, and how lists are put in an order that is the same on all."""

from collections.abc import Iterable

from msgspec import Struct

from kiosk.amounts import EntryId, Moment
from kiosk.events import Entry, Place
from kiosk.letters import Wire


class Kiosk(Struct, frozen=True):
    """A kiosk of the shop, this one too. name: what people call it. key: by which it signs.

    removed: it is none any more. wire, claims: as in the entry by which it was added.
    """

    device: str
    name: str
    key: str
    since: Moment
    removed: bool = False
    wire: Wire | None = None
    claims: str = ""


class HeardOf(Struct, frozen=True, omit_defaults=True):
    """What is here of another kiosk's entries: all up to a number. Each kiosk has its own.

    peaks: of the tree over its record up to there, in hex. key: by which it signs, where that was said before it is
    known as one of the shop's. order: the highest of its entries'. forked: it signed another past.
    """

    number: int = 0
    peaks: tuple[str, ...] = ()
    key: str = ""
    order: int = 0
    forked: bool = False


class Ordered(Struct, frozen=True):
    """The newest of some entries, the newest last. orders: of those at the end that were written in a building;
    what stands before them was written by a kiosk that was alone, in its own order."""

    names: tuple[EntryId, ...]
    orders: tuple[int, ...]

    def with_one(self, entry: Entry, most: int) -> "Ordered":
        """With one entry more, in its place, and of all only the newest."""
        if not entry.order:
            names, orders = (*self.names, entry.id), self.orders
        else:
            alone = len(self.names) - len(self.orders)
            placed = [place_of(name, order) for name, order in zip(self.names[alone:], self.orders, strict=True)]
            placed = sorted([*placed, entry.place])
            names = (*self.names[:alone], *(name_of(place) for place in placed))
            orders = tuple(place.order for place in placed)
        names = names[-most:]
        return Ordered(names, orders[-len(names) :])


def place_of(name: EntryId, order: int) -> Place:
    """Where an entry stands among those of all kiosks."""
    device, _, number = name.rpartition("/")
    return Place(order, device, int(number))


def name_of(place: Place) -> EntryId:
    """The name of the entry that stands there."""
    return EntryId(f"{place.device}/{place.number}")


def later(entry: Entry, name: EntryId | None, order: int) -> bool:
    """Whether an entry comes after the one of this name; where both were written by one kiosk alone, it does."""
    return name is None or not entry.order or entry.place > place_of(name, order)


def alive(kiosks: Iterable[Kiosk], device: str) -> tuple[Kiosk, ...]:
    """The other kiosks of the shop."""
    return tuple(each for each in kiosks if each.device != device and not each.removed)
