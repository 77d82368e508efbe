"""Two real kiosks of one shop over a real wire: whatever is done at either, both say the same in the end."""

import os
import random
import signal
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from kiosks import HANDS, badge_of

from kiosk.commands import Join, NewBadge, Swap, TakeCoin
from kiosk.reports.verifying import verify
from kiosk.store import Reader

from .conftest import eventually
from .real import Real, founded, joined, patiently


def swap(giver: str, receiver: str, minutes: int = 15) -> Swap:
    return Swap(badge_of(giver), (badge_of(receiver),), minutes, "repair")


def newcomer(name: str) -> Join:
    return Join(name, NewBadge(badge_of(name), "tag"), HANDS)


def free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[tuple[Real, Real]]:
    first = Real(tmp_path / "first", f"127.0.0.1:{free_port()}")
    founded(first)
    assert first.code(swap("Ada", "Ben", 60)) == ""
    eventually(lambda: first.together.generation() != "")
    first.invite(tmp_path / "stick", "upstairs")
    second = joined(tmp_path / "stick", tmp_path / "second")
    yield first, second
    second.stop()
    first.stop()


def agree(first: Real, second: Real) -> bool:
    return first.shared() == second.shared()


def test_a_new_kiosk_begins_with_a_stick_and_both_say_the_same_from_then_on(pair):
    first, second = pair
    assert second.state.balance("Ada") == 60
    assert agree(first, second)
    assert second.code(swap("Ben", "Cy", 30)) == ""
    assert first.code(TakeCoin(200, 2)) == ""
    assert patiently(second, newcomer("Dora"), time.sleep) == ""
    assert patiently(first, newcomer("Emil"), time.sleep) == ""
    assert patiently(first, newcomer("Dora"), time.sleep) != ""
    eventually(lambda: agree(first, second))
    assert second.state.members["Emil"].standing == "here"
    assert second.state.funds["jar"].cents == 200
    eventually(lambda: [each.reached for each in (*first.together.look(), *second.together.look())] == [True] * 2)


def test_what_was_booked_while_the_wire_was_cut_is_caught_up_and_nothing_comes_twice(pair):
    first, second = pair
    assert patiently(second, newcomer("Dora"), time.sleep) == ""
    first.stop()
    assert second.code(newcomer("Emil")) == "unheard"
    for turn in range(5):
        assert second.code(swap("Dora", "Ben", 15 + 15 * turn)) == ""
        assert second.code(TakeCoin(100, 1)) == ""
    first.start()
    dice = random.Random(1)
    for turn in range(12):
        here = dice.choice((first, second))
        assert here.code(TakeCoin(50, 1)) == ""
        if turn % 4 == 1:
            os.kill(first.together._wire.server.pid, signal.SIGKILL)
        if turn % 4 == 3:
            assert patiently(here, newcomer(f"N{turn}"), time.sleep) == ""
    eventually(lambda: agree(first, second))
    assert first.state.funds["jar"].cents == 5 * 100 + 12 * 50
    assert {f"N{turn}" for turn in (3, 7, 11)} <= set(second.state.members)
    for kiosk in (first, second):
        assert sum(account.minutes for account in kiosk.state.accounts.values()) == 0
        with Reader.open(kiosk.folder) as reader:
            assert verify(reader).faults == ()
