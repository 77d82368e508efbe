"""Opening the kiosk, as `kiosk run` asks for it, without the libraries of the other commands."""

import logging
import sys
from pathlib import Path

from kiosk.asked import Wanted
from kiosk.run import run_kiosk
from kiosk.settings import Settings, default_path, load
from kiosk.store import StoreError

BAD_USE, FAILED = 2, 1
"""Exit codes, as those of the other commands: it can't be done as asked; something went wrong on the way."""


def open_kiosk(
    settings: Path | None = None,
    data: Path | None = None,
    *,
    pretend: bool = False,
    no_screen: bool = False,
    drive: bool = False,
    tour: Path | None = None,
) -> int:
    """Open it, and be there until it closes; gives the exit code. Arguments: the options of `kiosk run`."""
    logging.basicConfig(level=logging.WARNING, format="kiosk: %(message)s", stream=sys.stderr)
    # What lives is said at each start; of the lines to other kiosks, which break all the time, only the faults.
    logging.getLogger("kiosk.run").setLevel(logging.INFO)
    chosen = load(settings or default_path())
    if not isinstance(chosen, Settings):
        sys.stderr.writelines(f"{fault}\n" for fault in chosen)
        return BAD_USE
    if pretend and data is None and (settings or default_path()) is None:
        # Demo members must never end up in the folder that a shop of this machine would use by default.
        data = chosen.data.folder.with_name(f"{chosen.data.folder.name}-pretend")
    wanted = Wanted(settings=chosen, folder=data, pretend=pretend, screen=not no_screen, drive=drive, tour=tour)
    try:
        return run_kiosk(wanted)
    except (StoreError, OSError, ValueError) as trouble:
        sys.stderr.write(f"kiosk: {trouble}\n")
        return FAILED


def open_two_kiosks(settings: Path | None = None, tour: Path | None = None) -> int:
    """Open two made-up shops side by side; gives the exit code."""
    from kiosk.side_by_side import run_two

    logging.basicConfig(level=logging.WARNING, format="kiosk: %(message)s", stream=sys.stderr)
    chosen = load(settings or default_path())
    if not isinstance(chosen, Settings):
        sys.stderr.writelines(f"{fault}\n" for fault in chosen)
        return BAD_USE
    try:
        return run_two(chosen, tour)
    except (StoreError, OSError, ValueError) as trouble:
        sys.stderr.write(f"kiosk: {trouble}\n")
        return FAILED
