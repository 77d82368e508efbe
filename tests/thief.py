"""What somebody sees who has taken the card out of the kiosk and reads every byte of it."""

import random
from pathlib import Path

WAL_HEADER, FRAME_HEADER = 32, 24
"""Bytes (sqlite.org/fileformat2.html, section 4): they hold salts that are random in every run."""


class Dice:
    """The machine's randomness, the same in every run: entries are salted, and salts would differ by themselves."""

    def __init__(self) -> None:
        self.random = random.Random(0)

    def throw(self, size: int = 32) -> bytes:
        return self.random.randbytes(size)


def seen_on_disk(folder: Path) -> dict[str, object]:
    """Every file as a thief reads it: all bytes but the random salts of the log, which say nothing of a vote."""
    found: dict[str, object] = {}
    for path in sorted(folder.iterdir()):
        data = path.read_bytes()
        if path.name.endswith("-shm"):
            continue  # the index of the log: it repeats the salts, and is made anew from the log
        if path.name.endswith("-wal"):
            found[path.name] = frames(data)
        else:
            found[path.name] = data
    return found


def frames(log: bytes) -> list[tuple[bytes, bytes]]:
    """Which pages were written, in which order, with what in them."""
    if len(log) < WAL_HEADER:
        return []
    size = int.from_bytes(log[8:12], "big") + FRAME_HEADER
    parts = [log[at : at + size] for at in range(WAL_HEADER, len(log), size)]
    return [(part[:8], part[FRAME_HEADER:]) for part in parts]
