"""Demo members for a kiosk with pretend devices, so that the first swap takes less than a minute.

They come in as anybody does: through the rules, by badges and many hands. None of them exists.
"""

from collections.abc import Iterable

import msgspec

from kiosk.amounts import EntryId, Moment
from kiosk.badge_key import BadgeKey
from kiosk.clock import DEMO
from kiosk.codes import read_code, write_code
from kiosk.commands import (
    AddBadge,
    BorrowTool,
    Command,
    Found,
    GiveMoney,
    Join,
    NewBadge,
    PostNotice,
    ProposeProject,
    Refusal,
    SecondProject,
    ServeCommons,
    ShelveTool,
    SliceWages,
    Swap,
    TakeCoin,
)
from kiosk.core import Core, Record
from kiosk.events import Slice
from kiosk.state import State
from kiosk.words import local

MEMBERS = ("Amina", "Jo", "Tomek", "Sara", "Priya", "Luís", "Wen", "Ada")

UIDS = {name: bytes([0x04, 0xD0, place, 0x00, 0x00, 0x00, 0x80]) for place, name in enumerate(MEMBERS, start=1)}
"""The number of each demo member's tag; 04D00100000080 is Amina's."""

CODES = {name: write_code(bytes([place]) * 16) for place, name in enumerate(MEMBERS, start=1)}
"""The code on each demo member's printed card."""

PHONE = bytes.fromhex("08C0FFEE")
"""What a phone says: another number at each tap."""

STRANGER = bytes.fromhex("04FFEE01020380")
"""A tag that is nobody's."""

HOUR = 3_600_000

_SWAPS = (
    (52, "Amina", "Jo", 90, "childcare"),
    (47, "Tomek", "Priya", 60, "translation"),
    (46, "Sara", "Luís", 45, "repair"),
    (30, "Priya", "Amina", 120, "bookkeeping"),
    (27, "Wen", "Sara", 60, "cooking"),
    (23, "Jo", "Tomek", 75, "driving"),
    (6, "Luís", "Wen", 150, "repair"),
    (3, "Amina", "Ada", 60, "teaching"),
    (2, "Sara", "Jo", 30, "care"),
)
"""Hours ago, giver, receiver, minutes, kind."""


class _Past:
    """A clock set to some hours ago."""

    def __init__(self, now: Moment) -> None:
        self._now = now
        self.hours_ago = 60

    def now(self) -> Moment:
        back = self.hours_ago * HOUR
        return msgspec.structs.replace(self._now, wall=self._now.wall - back, mono=self._now.mono - back, boot=DEMO)


def tag(key: BadgeKey, name: str) -> NewBadge:
    """A demo member's tag as the house knows it."""
    return NewBadge(hash=key.hash("nfc", UIDS[name]), medium="tag")


def card(key: BadgeKey, name: str) -> NewBadge:
    """A demo member's printed card as the house knows it."""
    return NewBadge(hash=key.hash("card", read_code(CODES[name]) or b""), medium="card")


def settle_in(
    record: Record, key: BadgeKey, now: Moment, state: State | None = None, *, jar: bool = False
) -> State:
    """Found a demo shop, with three days behind it, in a record without one; gives the state it ends in.

    state: the present before it, where there is something already (a coin that fell). jar: with money in the jar,
    proposals for it, and tools on the shelf.

    Raises ValueError when the rules refuse a part of it, which would be a fault of this page.
    """
    past = _Past(now)
    core = Core(record, state or State(), past)
    for command in _coming_in(key):
        _book(core, command)
    for hours_ago, giver, receiver, minutes, work in _SWAPS:
        past.hours_ago = hours_ago
        _book(core, Swap(tag(key, giver).hash, (tag(key, receiver).hash,), minutes, work))
    past.hours_ago = 1
    _book(core, ServeCommons(tag(key, "Tomek").hash, tag(key, "Ada").hash, 30, "other", "swept the yard"))
    for command in _notices(key, now):
        _book(core, command)
    if jar:
        _fill_the_jar(core, key)
        _fill_the_shelf(core, key)
    return core.state


NEIGHBOURS = ("Noor", "Emil", "Rosa", "Iwan", "Zoë", "Bea")
"""The demo members of the shop next door."""

NEIGHBOUR_UIDS = {name: bytes([0x04, 0xD1, place, 0, 0, 0, 0x80]) for place, name in enumerate(NEIGHBOURS, start=1)}

_NEXT_DOOR = ((20, "Noor", "Emil", 60, "cooking"), (5, "Rosa", "Noor", 90, "translation"))


def settle_next_door(record: Record, key: BadgeKey, now: Moment) -> State:
    """Found the shop next door, a small one. Raises ValueError as settle_in does."""
    past = _Past(now)
    core = Core(record, State(), past)
    badges = {name: NewBadge(hash=key.hash("nfc", uid), medium="tag") for name, uid in NEIGHBOUR_UIDS.items()}
    first = tuple(badges.items())[:3]
    _book(core, Found(first))
    for name, badge in tuple(badges.items())[3:]:
        _book(core, Join(name, badge, tuple(hand.hash for _, hand in first)))
    for hours_ago, giver, receiver, minutes, work in _NEXT_DOOR:
        past.hours_ago = hours_ago
        _book(core, Swap(badges[giver].hash, (badges[receiver].hash,), minutes, work))
    return core.state


def _book(core: Core, command: Command) -> EntryId:
    answer = core.handle(command)
    booked = () if isinstance(answer, Refusal) else answer.entries
    if not booked:
        raise ValueError(f"the demo does not fit the rules: {command}: {answer}")
    return booked[-1].id


_PROJECTS = (
    ("a new seal for the oven", 120_00, "tool repair", "Tomek", "Sara"),
    ("print the zine", 60_00, "printing", "Priya", "Jo"),
    ("a second mixer", 260_00, "other", "Luís", ""),
)
"""What is proposed, its price, its kind, by whom, and the second badge; "" where it waits for one."""


def _fill_the_jar(core: Core, key: BadgeKey) -> None:
    slices = tuple(Slice(name, 40_00) for name in MEMBERS[:6])
    _book(core, SliceWages(240_00, tuple(tag(key, each.handle).hash for each in slices), slices))
    _book(core, GiveMoney(tag(key, "Wen").hash, tag(key, "Ada").hash, 25_00))
    for cents in (2_00, 50, 1_00, 20):
        _book(core, TakeCoin(cents=cents, pulses=1))
    for title, cents, sort, proposer, second in _PROJECTS:
        name = _book(core, ProposeProject(tag(key, proposer).hash, title, cents, sort))
        if second:
            _book(core, SecondProject(name, tag(key, second).hash))


TOOLS = {"DRILL234": "the drill", "LADDER23": "the long ladder", "SEWING23": "the sewing machine"}
"""What is on the shelf, by label."""


def _fill_the_shelf(core: Core, key: BadgeKey) -> None:
    two = (tag(key, "Amina").hash, tag(key, "Jo").hash)
    for label, name in TOOLS.items():
        _book(core, ShelveTool(label, name, two))
    _book(core, BorrowTool("LADDER23", tag(key, "Wen").hash))


def _coming_in(key: BadgeKey) -> Iterable[Command]:
    first, others = MEMBERS[:3], MEMBERS[3:]
    hands = tuple(tag(key, name).hash for name in first)
    yield Found(tuple((name, tag(key, name)) for name in first))
    for name in others:
        yield Join(name, tag(key, name), hands)
    for name in MEMBERS:
        yield AddBadge(name, card(key, name), tuple(tag(key, other).hash for other in MEMBERS if other != name)[:3])


def _notices(key: BadgeKey, now: Moment) -> Iterable[Command]:
    in_a_week = msgspec.structs.replace(now, wall=now.wall + 7 * 24 * HOUR)
    last = local(in_a_week).date().isoformat()
    yield PostNotice(tag(key, "Tomek").hash, "need", "translation", "a letter, Polish to English", last)
    yield PostNotice(tag(key, "Sara").hash, "offer", "childcare", "Saturday mornings", last)
    yield PostNotice(tag(key, "Priya").hash, "offer", "translation", "Polish, English, Hindi", last)
    yield PostNotice(tag(key, "Wen").hash, "need", "repair", "a bicycle that clicks", last)
