"""A copy of the record that lies ready: whose hands put it in place, and what is written down of it.

The one rule that is not asked by the core, since what happened is written into the copy and not into this record.
"""

from collections.abc import Mapping

from msgspec import Struct

from kiosk.amounts import BadgeHash, Handle, Moment
from kiosk.commands import NewBadge, PutInPlace, Refusal
from kiosk.events import RecordRestored
from kiosk.state import State


class Offered(Struct, frozen=True):
    """A copy of the record that lies ready to be put in place, beside the record that is here.

    entries, newest, root (hex): of the copy. owners: whose each good badge is there. hands: how many it takes
    to put it in place, as the copy has it. here, here_newest, here_root, here_kiosk: the same of the record that
    is here. shared: with so many entries both begin.
    """

    entries: int
    newest: Moment
    root: str
    owners: Mapping[BadgeHash, Handle]
    hands: int
    here: int = 0
    here_newest: Moment | None = None
    here_root: str = ""
    here_kiosk: str = ""
    shared: int = 0

    @property
    def lost(self) -> int:
        """Entries of the record that is here and not in the copy."""
        return self.here - self.shared

    @property
    def gained(self) -> int:
        """Entries of the copy that are not in the record that is here."""
        return self.entries - self.shared

    def owner(self, badge: NewBadge) -> Handle:
        """Whose badge this is in the copy; "" for nobody's."""
        return self.owners.get(badge.there or badge.hash, "")


class Copies(Struct, frozen=True):
    """How it stands with copies of the record, as the running kiosk knows it.

    offered: one that waits to be put in place. wanted: whether the kiosk is to make one every night. last: when the
    last good one was made. fault: why the latest try came to nothing, in a sentence.
    """

    offered: Offered | None = None
    wanted: bool = False
    last: Moment | None = None
    fault: str = ""


def hands_for(offered: Offered, here: State) -> int:
    """How many people put a copy in place: as many as what needs care needs, in the larger of the two shops."""
    return max(offered.hands, here.hands_needed() if here.founded else 0)


def hand_of(badge: NewBadge, offered: Offered, here: State) -> tuple[Handle, Handle] | Refusal:
    """Whose hand a badge is, here and in the copy.

    In a shop that is founded both must know it: else whoever made up a copy could put it in place by themselves. On
    a kiosk that is nobody's yet the copy alone says whose badge it is.
    """
    there = offered.owner(badge)
    if not there:
        return Refusal(
            "not in the copy",
            "The copy does not know this badge. Somebody taps whose badge was good when it was made.",
        )
    if here.founded is None:
        return there, there
    member = here.owner(badge.hash)
    if member is None:
        return Refusal("not here", "This badge is nobody’s here. Somebody of the shop as it is now taps.")
    return member.handle, there


def put_in_place(command: PutInPlace, offered: Offered, here: State, aside: str) -> RecordRestored | Refusal:
    """Put the copy in the place of the record that is here. aside: where that one will be kept."""
    if command.root != offered.root:
        return Refusal("another copy", "Another copy was laid ready meanwhile. Look at that one first.")
    busy = not_now(here)
    if busy:
        return busy
    hands: dict[Handle, Handle] = {}
    for badge in command.hands:
        whose = hand_of(badge, offered, here)
        if isinstance(whose, Refusal):
            return whose
        if whose[1] not in hands.values():
            hands.setdefault(*whose)
    needed = hands_for(offered, here)
    if len(hands) < needed:
        return Refusal(
            "more hands",
            "This takes the badges of {needed} different people; so far it is {tapped}. Somebody else taps too.",
            {"needed": needed, "tapped": len(hands)},
        )
    return RecordRestored(
        entries=offered.entries,
        newest=offered.newest,
        replaced=offered.here,
        shared=offered.shared,
        hands=tuple(hands.values()),
        aside=aside,
        replaced_kiosk=offered.here_kiosk if offered.here else "",
        replaced_root=offered.here_root if offered.here else "",
        replaced_newest=offered.here_newest,
    )


def not_now(here: State) -> Refusal | None:
    """Why no copy can be put in place just now; None when one can."""
    if here.circle is None:
        return None
    return Refusal("circle open", "A circle is open. End it first; then the copy can be put in place.")
