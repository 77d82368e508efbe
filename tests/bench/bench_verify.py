"""How long it takes to check a record of a million, beside `sha256sum` of the same bytes.

The tree: every entry is read, hashed and put into the tree. All of it: also the file itself, every entry
understood, the whole record folded and held against the present, as `kiosk verify` does. The time is the
processor's.
"""

import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from shops import shop
from table import KEPT, Row, against, at_most, lay_down, middle

from kiosk.sealing.tree import Growing
from kiosk.store import Reader

ROUNDS = int(sys.argv[1]) if len(sys.argv) > 1 else 3
ENTRIES = 1_000_000
VERIFY = (sys.executable, "-m", "kiosk", "verify", "--data")


def lines_of(folder: Path) -> Path:
    """What is hashed for the leaves, in one file: mark, salt and line of every entry."""
    path = folder.with_suffix(".lines")
    if not path.exists():
        making = path.with_suffix(".making")
        with Reader.open(folder) as reader, making.open("wb") as file:
            for row in reader.rows():
                file.write(b"\x00" + row.salt + row.body.encode())
        making.rename(path)
    return path


def tree_of(folder: Path) -> tuple[int, bytes]:
    tree = Growing()
    with Reader.open(folder) as reader:
        for row in reader.rows():
            tree.add(row.leaf)
        assert reader.tree() == (tree.size, tree.root)
    return tree.size, tree.root


def own_time(act: Callable[[], object]) -> float:
    start = time.process_time()
    act()
    return time.process_time() - start


def childs_time(*command: str) -> float:
    """Seconds of the processor that a program took."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(command, capture_output=True, text=True, env=dict(os.environ), check=False)
    assert done.returncode == 0, done.stderr
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def shows_a_bar(folder: Path) -> bool:
    """Whether somebody at a terminal sees how far it has got."""
    command = f"{' '.join(VERIFY)} {folder}"
    done = subprocess.run(["script", "-qec", command, "/dev/null"], capture_output=True, text=True, check=False)
    return "checking" in done.stdout and "%" in done.stdout


def main() -> int:
    KEPT.mkdir(parents=True, exist_ok=True)
    folder = shop(ENTRIES)
    lines = lines_of(folder)
    sums, trees, whole = list[float](), list[float](), list[float]()
    for _ in range(ROUNDS):
        sums.append(childs_time("sha256sum", str(lines)))
        trees.append(own_time(lambda: tree_of(folder)))
        whole.append(childs_time(*VERIFY, str(folder)))
    megabytes = lines.stat().st_size / 1e6
    print(f"  seconds: {megabytes:.0f} MB {middle(sums)}, tree {middle(trees)}, all of it {middle(whole)}")
    bar = shows_a_bar(shop(1_000))
    lay_down(
        "3-verify",
        [
            at_most(f"tree over {ENTRIES:,} entries ÷ `sha256sum` of the same bytes", against(trees, sums), 3),
            at_most("`kiosk verify` of them ÷ that", against(whole, sums), 15),
            Row("a bar tells how far it has got", "yes", "yes" if bar else "no", bar),
        ],
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
