"""Two shops with a wire between them, and all that can happen to it: hours that were worked must arrive, once."""

import os
import shutil
import signal
import time
from collections.abc import Callable

from .conftest import Moored, link

PATIENCE = 240.0
"""Seconds; a copy that was cut off begins again after up to forty (nats-server 6454)."""


def eventually(true: Callable[[], bool], patience: float = PATIENCE) -> None:
    until = time.monotonic() + patience
    while not true():
        assert time.monotonic() < until, "it did not come in time"
        time.sleep(0.1)


def settled(one: Moored, other: Moored) -> bool:
    """Whether all offers were answered and both books say the same."""
    for here, there in ((one, other), (other, one)):
        here.answer(there)
    return (
        all(
            not here.shore.state.neighbours[there.shore.name].offers
            and not here.shore.state.neighbours[there.shore.name].waiting
            for here, there in ((one, other), (other, one))
        )
        and one.shore.has(other.shore) + other.shore.has(one.shore) == 0
    )


def test_hours_go_over_the_wire_and_the_answer_comes_back(harbour):
    here, there = harbour("Canal Street"), harbour("Mill Lane")
    link(here, there)
    here.open()
    there.open()
    assert here.offer(there, 60)
    eventually(lambda: settled(here, there))
    assert there.shore.has(here.shore) == 60


def test_what_was_written_while_the_other_was_away_arrives_in_order_and_once(harbour):
    here, there = harbour("Canal Street"), harbour("Mill Lane")
    link(here, there, 1000 * 60)
    here.open()
    for _ in range(40):
        assert here.offer(there, 15)
    there.open()
    eventually(lambda: settled(here, there))
    assert there.shore.has(here.shore) == 40 * 15
    assert "gap" not in there.took


def test_servers_that_are_killed_again_and_again_lose_nothing_and_double_nothing(harbour):
    here, there = harbour("Canal Street"), harbour("Mill Lane")
    link(here, there, 1000 * 60)
    here.open()
    there.open()
    given = 0
    for turn in range(6):
        for _ in range(5):
            given += 15 * here.offer(there, 15)
        victim = (here, there)[turn % 2]
        assert victim.lines is not None
        eventually(lambda victim=victim: victim.lines.server.lives)
        os.kill(victim.lines.server.pid, signal.SIGKILL)
    eventually(lambda: settled(here, there))
    assert there.shore.has(here.shore) == given


def test_a_server_whose_store_is_gone_is_filled_again_from_the_record(harbour):
    here, there = harbour("Canal Street"), harbour("Mill Lane")
    link(here, there)
    here.open()
    there.open()
    here.offer(there, 60)
    eventually(lambda: settled(here, there))
    for each in (here, there):
        each.close()
        shutil.rmtree(each.folder / "js")
        each.open()
    here.offer(there, 30)
    eventually(lambda: settled(here, there))
    assert there.shore.has(here.shore) == 90
