"""Ten thousand shops, the real merging, no network: how long until all know the news of one, and what it costs.

Districts of fifty shops (a ring and chance links), the districts on a grid with two links to each side and one far
away, as in the sketch this is held against. To follow all ten thousand seals would be a hundred million pairs; a
sample of them is followed, each through every shop, and traffic and memory are reckoned up from it.

    python tests/bench/archipelago_of_ten_thousand.py [SHOPS] [SAMPLE]
"""

import random
import sys
import time
import tracemalloc
from collections.abc import Callable
from itertools import cycle
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[2])]

from kiosk.letters.passing import Known, Seal, looked_at, merge, untold
from kiosk.sealing.checkpoint import Checkpoint, seal
from kiosk.sealing.note import Signer

DISTRICT = 50
HOURS = 24
SHARES = (0.5, 0.95, 0.99, 0.9999)

Link = tuple[int, int]


def drawn(shops: int, dice: random.Random) -> list[Link]:
    """Who is linked with whom."""
    links: set[Link] = set()
    districts = shops // DISTRICT
    side = max(1, int(districts**0.5))

    def join(one: int, other: int) -> None:
        if one != other:
            links.add((min(one, other), max(one, other)))

    for district in range(districts):
        first = district * DISTRICT
        for shop in range(DISTRICT):
            join(first + shop, first + (shop + 1) % DISTRICT)
            if dice.random() < 0.9:
                join(first + shop, first + dice.randrange(DISTRICT))
        beside = [district + 1] if (district + 1) % side else []
        for other in (*beside, district + side):
            if other < districts:
                for _ in range(2):
                    join(first + dice.randrange(DISTRICT), other * DISTRICT + dice.randrange(DISTRICT))
        join(first + dice.randrange(DISTRICT), dice.randrange(shops))
    return sorted(links)


def hourly(_: int, __: Link) -> bool:
    return True


def one_hour_a_day(hour: int, link: Link) -> bool:
    return hour % HOURS == hash(link) % HOURS


def mixed(hour: int, link: Link) -> bool:
    """Three in ten are always open, four in ten at night, three in ten are a stick once a week."""
    kind = hash(link) % 10
    if kind < 3:
        return True
    return hour % HOURS == 3 if kind < 7 else hour % (7 * HOURS) == hash((link, 1)) % (7 * HOURS)


def mixed_with_dead_ones(hour: int, link: Link) -> bool:
    return hash((link, 2)) % 5 != 0 and mixed(hour, link)


def sample_of(shops: int, size: int, dice: random.Random) -> dict[int, Seal]:
    chosen = dice.sample(range(shops), size)
    seals = {}
    for shop in chosen:
        signer = Signer(f"commons-kiosk/s{shop}", shop.to_bytes(32, "big"))
        read = looked_at(str(signer.verifier), seal(Checkpoint(signer.name, 1000 + shop, bytes(32)), signer))
        assert isinstance(read, Seal)
        seals[shop] = read
    return seals


Open = Callable[[int, Link], bool]
"""Whether a link is open in an hour."""


def play(links: list[Link], shops: int, seals: dict[int, Seal], is_open: Open, most: int) -> None:
    known = [merge(Known(), [seals[shop]] if shop in seals else []).known for shop in range(shops)]
    told: dict[Link, dict[str, int]] = {}
    whole, carried, reached = shops * len(seals), 0, len(seals)
    wanted = list(SHARES)
    began = time.process_time()
    for hour in range(most):
        for link in links:
            if not is_open(hour, link):
                continue
            for one, other in (link, link[::-1]):
                fresh = untold(known[one], told.setdefault((one, other), {}), most=len(seals))
                if not fresh:
                    continue
                carried += len(fresh)
                sizes = {each.name: each.size for each in fresh}
                told[one, other].update(sizes)
                told.setdefault((other, one), {}).update(sizes)
                merged = merge(known[other], fresh)
                known[other] = merged.known
                reached += len(merged.fresh)
        while wanted and reached >= wanted[0] * whole:
            print(f"    {wanted.pop(0):8.2%} after {hour + 1:5} hours ({(hour + 1) / HOURS:.1f} days)")
        if not wanted:
            break
    for share in wanted:
        print(f"    {share:8.2%} not reached in {most // HOURS} days: {reached / whole:.2%}")
    each = carried / whole
    size = sum(len(each.text) + len(each.key) for each in seals.values()) / len(seals)
    print(
        f"    each seal comes to each shop {each:.2f} times; for {shops:,} seals a day that is "
        f"{each * shops * size / 1e6:.1f} MB a day and shop; {time.process_time() - began:.0f} s of processor"
    )


def main() -> None:
    shops = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    size = int(sys.argv[2]) if len(sys.argv) > 2 else 40
    dice = random.Random(1)
    links = drawn(shops, dice)
    degree = [0] * shops
    for one, other in links:
        degree[one] += 1
        degree[other] += 1
    print(f"{shops:,} shops, {len(links):,} links, {2 * len(links) / shops:.1f} each, at most {max(degree)}")
    seals = sample_of(shops, size, dice)
    for words, is_open, most in (
        ("an exchange every hour", hourly, 100),
        ("one hour a day each", one_hour_a_day, 30 * HOURS),
        ("3 in 10 always, 4 nightly, 3 by a weekly stick", mixed, 42 * HOURS),
        ("the same, and every fifth link is dead", mixed_with_dead_ones, 42 * HOURS),
    ):
        print(f"  {words}")
        play(links, shops, seals, is_open, most)
    tracemalloc.start()
    made = [_copy(each, number) for number, each in zip(range(shops), cycle(seals.values()), strict=False)]
    held = merge(Known(), made).known
    megabytes = tracemalloc.get_traced_memory()[0] / 1e6
    print(f"  all {len(held.seals):,} seals in one shop: {megabytes:.1f} MB of memory")


def _copy(seal_: Seal, number: int) -> Seal:
    key = seal_.key.replace("commons-kiosk/", f"commons-kiosk/x{number}")
    return Seal(key, seal_.text.replace("commons-kiosk/", f"commons-kiosk/x{number}"), seal_.size)


if __name__ == "__main__":
    main()
