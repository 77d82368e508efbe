"""Which program runs here, so that nobody swaps it quietly: its number, and a print over all its files.

It finds what was laid, by an update or by hand. Whoever means to deceive can lay a program that lies about this
too; against that there is only another kiosk, or another program, that reads the same record.
"""

import hashlib
from pathlib import Path

from kiosk.beside import leave

FILE = "program.txt"
"""Left beside the record: the program that was there before the record ever named one; may be lost."""

LONGEST = 60
"""Letters of a version."""

HERE = Path(__file__).parent.parent
PACKAGES = ("kiosk", "hardware")


def running(home: Path = HERE) -> str:
    """The program in a folder, as 0.2.0+1f3a9c0b: its number, and the beginning of a SHA-256 over its files."""
    from importlib.metadata import PackageNotFoundError, version  # large, and asked once, in no hurry

    try:
        number = version("commons-kiosk")
    except PackageNotFoundError:
        number = "0"
    found = hashlib.sha256()
    for path in sorted(each for package in PACKAGES for each in (home / package).rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            data = path.read_bytes()
            found.update(f"{path.relative_to(home)} {len(data)}\n".encode() + data)
    return f"{number}+{found.hexdigest()[:8]}"[:LONGEST]


def known(folder: Path) -> str:
    """The program that was last known to have run on a data folder before the record named one; "" for none."""
    try:
        return (folder / FILE).read_text(encoding="utf-8")[:LONGEST]
    except (OSError, UnicodeDecodeError):
        return ""


def keep(folder: Path, program: str) -> None:
    """From now on this is the program that is known here."""
    leave(folder, FILE, program.encode())
