"""The pictures of the tour."""

import sys
from pathlib import Path

from kiosk.faces import Face, WallFace
from kiosk.settings import Settings
from kiosk.tour.walking import walk

SIZES = ((800, 480), (1280, 720), (720, 1280))
"""Pixels: the small panel, the large one, and the large one upright."""

WALL_SIZE = (1920, 1080)


def play(folder: Path, settings: Settings) -> int:
    """Play all shops and leave pictures in the folder, one subfolder a size. Gives the exit code."""
    seen = list(walk(settings))
    _draw(seen, folder)
    sys.stderr.write(f"{len(seen)} screens at {len(SIZES)} sizes, and the wall, in {folder}\n")
    return 0


def _draw(seen: list[tuple[str, Face]], folder: Path) -> None:
    from kiosk.screens.window import prepare

    prepare(offscreen=True)
    from kiosk.screens.pictures import picture

    for name, face in seen:
        sizes = (*SIZES, WALL_SIZE) if isinstance(face, WallFace) else SIZES
        for width, height in sizes:
            place = folder / f"{width}x{height}"
            place.mkdir(parents=True, exist_ok=True)
            picture(face, (width, height), place / f"{name}.png")
