"""How soon it is there, how much it takes, and how little it does while nobody is there.

Kiosks with a short and with a long record and a bare Kivy window with the same settings are started in turn, each
as a process of its own, and watched from outside (`probe.py`).
"""

import itertools
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from shops import copy_of
from table import KEPT, Row, against, at_most, lay_down, middle
from watched import TICKS, Watched

ROUNDS = int(sys.argv[1]) if len(sys.argv) > 1 else 7
IDLE = 30.0
"""Seconds that nothing happens."""

VISITS = 10_000
WARM = 2_000
"""Visits before the memory is looked at: what is kept for the next time is then there."""

REST = 8.0
"""Seconds at the wall before it: then what earlier screens left behind has been swept up."""

PAINTED_AT_ONCE = {"LP_NUM_THREADS": "0"}
"""Mesa's renderer then holds no frames that it has not painted yet: see "What grows" in docs/check.md."""

LARGE = 1_000_000
FIRST = ("work:repair", "jar", "work:care", "board", "work:cooking", "duties")
"""What is touched first in one visit after the other."""


def started(folder: Path, *arguments: str) -> tuple[float, float]:
    """(seconds to the first frame, MiB a second later)."""
    with Watched(folder, *arguments) as watched:
        first = watched.first_frame()
        time.sleep(1.0)
        return first, watched.memory()


def starting(folder: Path, ways: dict[str, tuple[str, ...]]) -> list[Row]:
    found: dict[str, list[tuple[float, float]]] = {way: [] for way in ways}
    for _ in range(ROUNDS):
        for way, arguments in ways.items():
            found[way].append(started(folder, *arguments))
    firsts = {way: [first for first, _ in each] for way, each in found.items()}
    memory = {way: [size for _, size in each] for way, each in found.items()}
    for way in ways:
        print(f"  {way}: first frame {middle(firsts[way])} s, {middle(memory[way])} MiB")
    more = middle(long - short for long, short in zip(memory["long"], memory["short"], strict=True))
    return [
        at_most(f"first frame with {LARGE:,} entries ÷ with one", against(firsts["long"], firsts["short"]), 1.1),
        at_most(f"memory with {LARGE:,} entries, more than with one", more, 16, "MiB"),
        at_most("first frame ÷ that of a bare Kivy window", against(firsts["short"], firsts["bare"]), 1.5),
        at_most("memory ÷ that of a bare Kivy window", against(memory["short"], memory["bare"]), 1.3),
    ]


def idling(folder: Path, short: tuple[str, ...]) -> list[Row]:
    """Both idle at the same time; a frame may only be drawn for a face that was said, such as another minute."""
    bare_folder = folder / "bare"
    bare_folder.mkdir()
    with Watched(folder, *short) as kiosk, Watched(bare_folder, "bare") as bare:
        kiosk.first_frame()
        bare.first_frame()
        time.sleep(3.0)
        ratios, drawn = list[float](), 0
        for _ in range(3):
            before = (kiosk.processor(), bare.processor(), kiosk.frames)
            _until_a_minute_is_young()
            before = (kiosk.processor(), bare.processor(), kiosk.frames)
            time.sleep(IDLE / 3)
            drawn += kiosk.frames - before[2]
            ratios.append((kiosk.processor() - before[0]) / max(1 / TICKS, bare.processor() - before[1]))
    return [
        Row(f"frames drawn while nothing that is shown changes, in {IDLE:.0f} s", "0", str(drawn), drawn == 0),
        at_most("processor while nobody is there ÷ a bare Kivy window", middle(ratios), 1.3),
    ]


def _until_a_minute_is_young() -> None:
    """The wall tells the time: its minute may not turn while nothing is to change."""
    left = 60 - time.time() % 60
    if left < IDLE / 3 + 1.5:
        time.sleep(left + 1.5)


def visiting(folder: Path, short: tuple[str, ...]) -> list[Row]:
    touched = itertools.cycle(FIRST)
    with Watched(folder, *short, settled=PAINTED_AT_ONCE) as kiosk:
        kiosk.first_frame()
        _visits(kiosk, touched, WARM)
        time.sleep(REST)
        memory, kept, frames = kiosk.memory(), kiosk.kept(), kiosk.frames
        _visits(kiosk, touched, VISITS)
        time.sleep(REST)
        more, kept_then, drawn = kiosk.memory() - memory, kiosk.kept(), kiosk.frames - frames
    what = f"memory after {VISITS:,} visits ({drawn:,} frames), more than before"
    flat = f"{kept[0]} and {kept[1]}, then {kept_then[0]} and {kept_then[1]}"
    return [
        Row(what, "< 10 MiB", f"{more:.1f} MiB", more < 10),
        Row("threads and open files before and after them", "the same", flat, kept == kept_then),
    ]


def _visits(kiosk: Watched, touched: Any, how_many: int) -> None:
    """Somebody begins something and leaves again, as fast as the house goes; drawn whenever the loop turns."""
    for _ in range(how_many):
        face = kiosk.say(f"touch choose {next(touched)}")
        assert '"refused"' not in face, face
        kiosk.say("touch home")


def main() -> int:
    KEPT.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=KEPT) as name:
        folder = Path(name)
        run = {
            "short": ("run", "--drive", "--data", str(copy_of(1, folder / "short"))),
            "long": ("run", "--drive", "--data", str(copy_of(LARGE, folder / "long"))),
        }
        ways = {"bare": ("bare",), **run}
        for arguments in ways.values():
            started(folder, *arguments)  # once for the page cache
        rows = starting(folder, ways)
        rows += idling(folder, run["short"])
        rows += visiting(folder, run["short"])
        lay_down("2-start", rows)
    return 0


if __name__ == "__main__":
    sys.exit(main())
