"""The table of all goals: each script lays its rows down, and this puts them together into build/bench.md.

`python tests/bench/table.py` makes the table; with `--fill` it also takes it over into docs/performance.md, between
the two marks there. A row is a ratio, the median of its samples with the middle eight of ten of them, since
milliseconds belong to one machine.
"""

import json
import os
import platform
import statistics
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

HOUSE = Path(__file__).parent.parent.parent
KEPT = HOUSE / "build" / "bench"
TABLE = HOUSE / "build" / "bench.md"
PAGE = HOUSE / "docs" / "performance.md"
MARKS = ("<!-- measured: from here -->", "<!-- measured: to here -->")


class Row(NamedTuple):
    """what: is measured against what. found: median and spread. met: None where there is no goal."""

    what: str
    goal: str
    found: str
    met: bool | None


class Ratio(NamedTuple):
    """A median, and where the middle eight of ten samples lie."""

    median: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{_short(self.median)} [{_short(self.low)} .. {_short(self.high)}]"


def middle(values: Iterable[float]) -> Ratio:
    """With fewer than ten samples the spread is from the least to the most."""
    found = sorted(values)
    if len(found) < 10:
        return Ratio(statistics.median(found), found[0], found[-1])
    tenths = statistics.quantiles(found, n=10)
    return Ratio(statistics.median(found), tenths[0], tenths[-1])


def against(values: Sequence[float], others: Sequence[float]) -> Ratio:
    """Each sample against the one that was taken beside it."""
    return middle(value / other for value, other in zip(values, others, strict=True))


def at_most(what: str, found: Ratio, goal: float, unit: str = "×") -> Row:
    """A row that is met when the median is no more than this."""
    return Row(what, f"≤ {_short(goal)} {unit}", f"{found} {unit}", found.median <= goal)


def at_least(what: str, found: Ratio, goal: float, unit: str = "×") -> Row:
    """A row that is met when the median is no less than this."""
    return Row(what, f"≥ {_short(goal)} {unit}", f"{found} {unit}", found.median >= goal)


def lay_down(script: str, rows: Sequence[Row]) -> None:
    """Print the rows of a script, and keep them for the table."""
    KEPT.mkdir(parents=True, exist_ok=True)
    (KEPT / f"{script}.json").write_text(json.dumps([row._asdict() for row in rows], ensure_ascii=False))
    for row in rows:
        print(f"  {_mark(row):4} {row.what}: {row.found}{f'  (goal {row.goal})' if row.goal else ''}")


def table() -> str:
    """The rows of all scripts that have run, as markdown."""
    rows = [Row(**row) for path in sorted(KEPT.glob("*.json")) for row in json.loads(path.read_text())]
    lines = [f"| {row.what} | {row.goal} | {row.found} | {_mark(row)} |" for row in rows]
    machine = f"Measured on {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}."
    return "\n".join([machine, "", "| what | goal | measured | |", "|---|---|---|---|", *lines, ""])


def fill(made: str) -> None:
    """Take the table over into the page, between its marks."""
    before, _, rest = PAGE.read_text().partition(MARKS[0])
    _, _, after = rest.partition(MARKS[1])
    PAGE.write_text(f"{before}{MARKS[0]}\n{made}{MARKS[1]}{after}")


def _mark(row: Row) -> str:
    return {True: "yes", False: "no", None: ""}[row.met]


def _short(value: float) -> str:
    return f"{value:.2f}" if abs(value) < 10 else f"{value:.0f}"


def main() -> int:
    made = table()
    TABLE.write_text(made)
    print(made)
    if "--fill" in sys.argv[1:]:
        fill(made)
    return 0


if __name__ == "__main__":
    sys.exit(main())
