"""What an errand asks of the disk, counted below SQLite: each sync and each page wears the card and takes time."""

from pathlib import Path

import pytest
from crash.disk import Listener

from kiosk.amounts import BadgeHash, Moment
from kiosk.commands import Found, Join, NewBadge, Refusal, SayNumber, Swap
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


def test_a_number_said_aloud_writes_no_more_than_a_swap(tmp_path: Path) -> None:
    """Also once all that is kept of numbers is full, and in the longest words there may be."""
    syncs, sizes = list[int](), list[int]()
    with Listener().listening() as log, Store.open(tmp_path) as store:
        core = Core(store, restore(store.tables()), Hand())
        come_in(core)
        for turn in range(260):
            log.steps.clear()
            word = f"{turn:03} x"
            said = SayNumber(
                measure="made",
                what=word * 8,
                amount=turn + 1,
                unit=word * 4,
                since="2026-09-01",
                until="2026-09-07",
                source=word * 16,
                teller=BadgeHash(NAMES[0]),
                witness=BadgeHash(NAMES[1]),
            )
            booked = core.handle(said)
            assert not isinstance(booked, Refusal), booked
            syncs.append(sum(step.what == "sync" for step in log.steps))
            sizes.append(sum(len(step.data) for step in log.steps))
    assert sorted(syncs[100:])[80] == 1
    assert sum(sizes[100:]) / len(sizes[100:]) <= ALLOWED
