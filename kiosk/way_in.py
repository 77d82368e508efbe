"""The way in: `kiosk run` in its plain form begins at once; all else goes to the command line.

Reading the command line with its help texts takes a tenth of a second and six megabytes, which a kiosk on the wall
never needs.
"""

import gc
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

FLAGS = ("--pretend", "--no-screen", "--drive")
FOLDERS = ("--settings", "--data")


def plain(arguments: Sequence[str]) -> dict[str, Any] | None:
    """What `kiosk run` is told in its plain form; None for anything that the command line is to read."""
    if arguments[:1] != ["run"]:
        return None
    told: dict[str, Any] = {}
    rest = list(arguments[1:])
    while rest:
        word = rest.pop(0)
        if word in FLAGS:
            told[word[2:].replace("-", "_")] = True
        elif word in FOLDERS and rest and not rest[0].startswith("-"):
            told[word[2:]] = Path(rest.pop(0))
        else:
            return None
    return told


def main() -> None:
    """Begin. Each way is only loaded when it is gone, which is what this module is for."""
    told = plain(sys.argv[1:])
    if told is None:
        from kiosk.__main__ import main as command_line

        command_line()
        return
    # What is loaded now stays, and looking through it for what does not takes long. `kiosk.run` turns it on again.
    gc.disable()
    from kiosk.opening import open_kiosk

    raise SystemExit(open_kiosk(**told))


if __name__ == "__main__":
    main()
