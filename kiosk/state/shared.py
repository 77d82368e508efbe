"""What shops share besides hours: money held ready for strikes, joint orders, the boards, circles of debt."""

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct, field

from kiosk.amounts import EntryId, Handle
from kiosk.letters import CallUp, Wanted


class Promise(Struct, frozen=True):
    """Money that is held ready for strikes. cents: once, or each month."""

    cents: int
    monthly: bool = False


class Came(Struct, frozen=True):
    """A neighbour's answer to our call-up, in cents: what it gives (0: nothing), and what of it was brought."""

    cents: int
    brought: int = 0


class Asked(Struct, frozen=True):
    """A call-up of ours. answers: of the neighbours that have answered, by their names."""

    call: CallUp
    answers: Mapping[str, Came] = field(default_factory=dict)


class Giving(Struct, frozen=True):
    """What we said yes to, and have not brought over yet. shop: who called it up, and for what."""

    shop: str
    words: str
    cents: int


class Ordered(Struct, frozen=True):
    """What our members take of a joint order, in whole units. neighbour: who called it; "" for us.

    sent: the total has gone over, and nothing is added any more.
    """

    neighbour: str
    amounts: Mapping[Handle, int] = field(default_factory=dict)
    sent: bool = False

    @property
    def total(self) -> int:
        """Units, all members together."""
        return sum(self.amounts.values())


class Ring(Struct, frozen=True):
    """A circle of debt: each shop owes the next one, and the last one owes the first.

    stage: "sought" (we asked around), "found" (it leads back to us), "asked" (another shop found it, and asks us),
    "agreed" (we did; the others are asked), "cleared", "dropped". mine: we asked first. minutes: what is struck off
    each debt, at most until it is cleared. route, shops: all of it as in `RingAgreed`. debtor: the neighbour that
    owes us in it. creditor: the one that we owe. place: where on the route we stand.
    """

    stage: Literal["sought", "found", "asked", "agreed", "cleared", "dropped"]
    mine: bool = False
    minutes: int = 0
    route: tuple[str, ...] = ()
    shops: tuple[str, ...] = ()
    debtor: str = ""
    creditor: str = ""
    place: int = 0


class Shared(Struct, frozen=True):
    """All of it. promised: ours, by the neighbour it is for alone, "" for that for all. asked: call-ups of ours.
    giving: by the call-up. orders: by `order_name`. hung: what hangs on the neighbours' boards, by
    its letter. told: decisions and reports that were made public. seen: circles of debt that were asked for by
    anybody, the latest. rings: those that concern us, by their names.
    """

    promised: Mapping[str, Promise] = field(default_factory=dict)
    asked: Mapping[EntryId, Asked] = field(default_factory=dict)
    giving: Mapping[EntryId, Giving] = field(default_factory=dict)
    orders: Mapping[EntryId, Ordered] = field(default_factory=dict)
    hung: Mapping[EntryId, Wanted] = field(default_factory=dict)
    told: tuple[str, ...] = ()
    seen: tuple[str, ...] = ()
    rings: Mapping[str, Ring] = field(default_factory=dict)

    def order_name(self, order: EntryId, shop: str) -> EntryId:
        """Under what an order is kept. Of two that are called alike, the second also has its shop in its name."""
        known = self.orders.get(order)
        return order if known is None or known.neighbour == shop else EntryId(f"{shop}\n{order}")

    def ordered(self, order: EntryId, shop: str) -> Ordered:
        """What our members take of an order. shop: who called it; "" for us."""
        return self.orders.get(self.order_name(order, shop), Ordered(shop))
