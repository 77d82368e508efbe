"""Five shops and six lines in circles, servers that die at random: each hour arrives once where it should, and
nowhere else. `KIOSK_LONG_LINES=1` plays the whole of it, which takes minutes."""

import os
import random
import signal
import time
from itertools import combinations

import pytest

from .conftest import LONG, Moored, link
from .test_two_shops_on_the_wire import eventually, settled

pytestmark = pytest.mark.timeout(1800)

NAMES = ("Canal Street", "Mill Lane", "Harbour", "North Gate", "Station Yard")
LINKS = ((0, 1), (1, 2), (2, 3), (3, 4), (0, 4), (0, 2))
TURNS, KILLS = (120, 18) if LONG else (12, 1)


def kill(moored: Moored) -> None:
    assert moored.lines is not None
    server = moored.lines.server
    eventually(lambda: server.lives)
    os.kill(server.pid, signal.SIGKILL)


def swaps_taken(moored: Moored) -> list[tuple[str, str]]:
    """Who wrote each offer that is in this record, and where it is in theirs."""
    return [
        (neighbour, line.id)
        for neighbour, line in moored.shore.letters_taken()
        if line.posted is not None and line.kind == "offer"
    ]


def test_five_shops_in_circles_whose_servers_die_at_random_all_end_up_even(harbour):
    dice = random.Random(5)
    shops = [harbour(name) for name in NAMES]
    for one, other in LINKS:
        link(shops[one], shops[other], 1000 * 60)
    for shop in shops:
        shop.open()
    given: dict[tuple[int, int], int] = {}
    dies = set(dice.sample(range(TURNS), KILLS))
    for turn in range(TURNS):
        one, other = dice.sample(dice.choice(LINKS), 2)
        if shops[one].offer(shops[other], 15):
            given[one, other] = given.get((one, other), 0) + 1
        if turn in dies:
            kill(dice.choice(shops))
    assert sum(given.values()) > TURNS // 2
    began = time.monotonic()
    eventually(lambda: all(settled(shops[one], shops[other]) for one, other in LINKS), 1200)
    print(f"\n{sum(given.values())} swaps, {KILLS} kills, all even {time.monotonic() - began:.0f} s later")
    for one, other in LINKS:
        there, back = given.get((one, other), 0), given.get((other, one), 0)
        assert shops[other].shore.has(shops[one].shore) == 15 * (there - back)
    for place, shop in enumerate(shops):
        came = swaps_taken(shop)
        assert len(came) == len(set(came)), "an offer is in this record twice"
        assert len(came) == sum(count for (_, to), count in given.items() if to == place)
        assert sum(each.minutes for each in shop.shore.state.accounts.values()) == 0
    for one, other in set(combinations(range(len(shops)), 2)) - {(min(pair), max(pair)) for pair in LINKS}:
        assert shops[other].shore.name not in shops[one].shore.state.neighbours
