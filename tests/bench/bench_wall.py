"""Whether looking on costs those who book anything: `python tests/bench/bench_wall.py [VIEWERS]`.

A swap is judged, folded, written and synced over and over, as the core does it, while nobody looks on, while the
wall page is served to nobody, and while it is served to two hundred viewers who are all told of each change within
a second. The three take turns in one run, in an order shuffled anew each round; a ratio is taken within its round.
Everything runs on this one machine, the viewers too.
"""

import asyncio
import random
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import msgspec

from kiosk.amounts import Moment
from kiosk.badge_key import BadgeKey
from kiosk.clock import SystemClock
from kiosk.commands import Swap
from kiosk.core import Booked, Core
from kiosk.demo import MEMBERS, settle_in, tag
from kiosk.store import Store

VIEWERS = int(sys.argv[1]) if sys.argv[1:2] and sys.argv[1].isdigit() else 200
ROUNDS, SWAPS = 8, 40
PAUSE = 0.05
"""Seconds between two swaps."""

NOBODY, ALONE, CROWD = "no wall page", "served, nobody looks on", f"{VIEWERS} viewers"


class Hurried:
    """A clock on which a minute passes between two swaps, so that none is taken for the one before."""

    def __init__(self) -> None:
        self._clock, self.minutes = SystemClock(), 0

    def now(self) -> Moment:
        now, ahead = self._clock.now(), self.minutes * 60_000
        return msgspec.structs.replace(now, wall=now.wall + ahead, mono=now.mono + ahead)


class Kiosk:
    """The core on a demo shop."""

    def __init__(self, folder: Path) -> None:
        self.store = Store.open(folder)
        key = BadgeKey.of(folder, may_make=True)
        self.clock = Hurried()
        self.core = Core(self.store, settle_in(self.store, key, self.clock.now(), jar=True), self.clock)
        self.badges = [tag(key, name).hash for name in MEMBERS]

    def swap(self) -> float:
        """Milliseconds for one swap."""
        self.clock.minutes += 1
        giver = self.clock.minutes % len(self.badges)
        command = Swap(self.badges[giver], (self.badges[giver - 1],), 15, "repair")
        began = time.perf_counter()
        answer = self.core.handle(command)
        took = (time.perf_counter() - began) * 1000
        assert isinstance(answer, Booked), answer
        return took


async def look_on(port: int) -> None:
    """All viewers, in a process of their own, until it is killed. Says how much came, once a second."""
    told = 0

    async def viewer() -> None:
        nonlocal told
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"GET /feed HTTP/1.1\r\nHost: localhost\r\n\r\n")
        while line := await reader.readline():
            told += line.startswith(b"event: sheet")

    viewers = [asyncio.create_task(viewer()) for _ in range(VIEWERS)]
    while told < VIEWERS:
        await asyncio.sleep(0.1)
    print("all look on", flush=True)
    await asyncio.gather(*viewers)


class Audience:
    """The page server and its viewers, as many processes as that takes."""

    def __init__(self, folder: Path, how: str) -> None:
        self._processes: list[subprocess.Popen[str]] = []
        if how != NOBODY:
            line = self._start("-m", "kiosk", "wall", "--data", str(folder), "--port", "0")
            if how == CROWD:
                self._start(__file__, "look on", line.rpartition(":")[2].strip().rstrip("/"))

    def _start(self, *words: str) -> str:
        process = subprocess.Popen([sys.executable, *words], stdout=subprocess.PIPE, text=True)
        self._processes.append(process)
        assert process.stdout is not None
        line = process.stdout.readline()
        assert line, words
        return line

    def go(self) -> None:
        for process in self._processes:
            process.kill()
            process.wait()


def main() -> None:
    ways, dice = [NOBODY, ALONE, CROWD], random.Random(1)
    times: dict[str, list[float]] = {way: [] for way in ways}
    ratios: dict[str, list[float]] = {way: [] for way in ways}
    with tempfile.TemporaryDirectory() as folder:
        kiosk = Kiosk(Path(folder))
        for _ in range(ROUNDS):
            medians = {}
            for way in dice.sample(ways, len(ways)):
                audience = Audience(Path(folder), way)
                time.sleep(1)
                block = []
                for _ in range(SWAPS):
                    time.sleep(PAUSE)
                    block.append(kiosk.swap())
                audience.go()
                times[way] += block
                medians[way] = statistics.median(block)
            for way in ways:
                ratios[way].append(medians[way] / medians[NOBODY])
        kiosk.store.close()
    print(f"{ROUNDS} rounds of {SWAPS} swaps; milliseconds, median [p10..p90]; × no wall page, [least..most]")
    for way in ways:
        low, *_, high = statistics.quantiles(times[way], n=10)
        ratio = f"{statistics.median(ratios[way]):.2f} [{min(ratios[way]):.2f}..{max(ratios[way]):.2f}]"
        print(f"  {way:<26} {statistics.median(times[way]):7.2f}  [{low:.2f}..{high:.2f}]   {ratio}")


if __name__ == "__main__":
    if sys.argv[1:2] == ["look on"]:
        asyncio.run(look_on(int(sys.argv[2])))
    else:
        main()
