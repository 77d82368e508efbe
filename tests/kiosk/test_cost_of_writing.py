"""What an errand asks of the disk, counted below SQLite: each sync and each page wears the card and takes time."""

import pytest
from crash.disk import Listener

from kiosk.amounts import BadgeHash, Moment
from kiosk.commands import Found, Join, NewBadge, Refusal, Swap
from kiosk.core import Core
from kiosk.state import restore
from kiosk.store import Store

NAMES = tuple(f"member{number}" for number in range(30))
FILLING, COUNTED = 250, 400
"""Swaps until the log is written over in place, and swaps that are counted then."""

ALLOWED = 24 * 1024
"""Bytes of one errand, with its share of moving the log into the file."""


class Hand:
    """A clock that goes on by an hour at every look, so that nobody is asked to wait."""

    def __init__(self) -> None:
        self.ms = 1_790_000_000_000

    def now(self) -> Moment:
        self.ms += 3_600_000
        return Moment(wall=self.ms, mono=self.ms, boot="count")


@pytest.fixture(scope="module")
def counted(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[int], list[int]]:
    """(syncs, bytes) of each of many swaps."""
    syncs, sizes = list[int](), list[int]()
    with Listener().listening() as log, Store.open(tmp_path_factory.mktemp("record")) as store:
        core = Core(store, restore(store.tables()), Hand())
        come_in(core)
        for turn in range(FILLING + COUNTED):
            log.steps.clear()
            swap(core, turn)
            syncs.append(sum(step.what == "sync" for step in log.steps))
            sizes.append(sum(len(step.data) for step in log.steps))
    return syncs[FILLING:], sizes[FILLING:]


def come_in(core: Core) -> None:
    """Three found the shop and take the others in."""
    badges = {name: NewBadge(BadgeHash(name), "tag") for name in NAMES}
    hands = tuple(badges[name].hash for name in NAMES[:3])
    core.handle(Found(tuple((name, badges[name]) for name in NAMES[:3])))
    for name in NAMES[3:]:
        core.handle(Join(name, badges[name], hands))
    assert len(core.state.members) == len(NAMES)


def swap(core: Core, turn: int) -> None:
    """Everybody gives to the next one but two, there and back, so that nobody gets near a limit."""
    giver, receiver = NAMES[turn // 2 % 30], NAMES[(turn // 2 + 3) % 30]
    if turn % 2:
        giver, receiver = receiver, giver
    booked = core.handle(Swap(BadgeHash(giver), (BadgeHash(receiver),), 45, "repair", "the chain and the bell"))
    assert not isinstance(booked, Refusal), booked


def test_an_errand_is_one_sync(counted: tuple[list[int], list[int]]) -> None:
    """Without one it is not on the disk; a second one would double the wait. Moving the log takes two more."""
    syncs, _ = counted
    assert set(syncs) <= {1, 2, 3}
    assert sum(found > 1 for found in syncs) <= len(syncs) // 50


def test_an_errand_writes_few_pages(counted: tuple[list[int], list[int]]) -> None:
    """A card wears out by what is written to it."""
    _, sizes = counted
    assert sum(sizes) / len(sizes) <= ALLOWED
