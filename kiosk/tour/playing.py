"""The pictures of the tour."""

import logging
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from kiosk.faces import Face, WallFace
from kiosk.settings import Settings
from kiosk.tour.walking import walk

SIZES = ((800, 480), (1280, 720), (720, 1280))
"""Pixels: the small panel, the large one, and the large one upright."""

WALL_SIZE = (1920, 1080)

SAID_EVERY = 20
"""Screens."""


def play(folder: Path, settings: Settings) -> int:
    """Play all shops and leave pictures in the folder, one subfolder a size. Gives the exit code."""
    sys.stderr.write("kiosk: walking through eight shops at once; this takes half a minute\n")
    with as_played():
        seen = list(walk(settings))
    draw(seen, folder)
    return 0


@contextmanager
def as_played() -> Iterator[None]:
    """What goes wrong on the tour goes wrong on purpose, and each line of the log says so."""
    sinks = logging.getLogger().handlers
    before = [sink.formatter for sink in sinks]
    for sink in sinks:
        sink.setFormatter(logging.Formatter("kiosk: played on the tour, all is well: %(message)s"))
    try:
        yield
    finally:
        for sink, formatter in zip(sinks, before, strict=True):
            sink.setFormatter(formatter)


def draw(seen: Sequence[tuple[str, Face]], folder: Path) -> None:
    """Leave pictures of faces in the folder, one subfolder a size, and say how far it is and where they lie."""
    from kiosk.screens.window import prepare

    prepare(offscreen=True)
    from kiosk.screens.pictures import picture

    for number, (name, face) in enumerate(seen, 1):
        if number % SAID_EVERY == 0:
            sys.stderr.write(f"kiosk: draws {number} of {len(seen)} screens\n")
        for width, height in sizes_of(face):
            place = folder / f"{width}x{height}"
            place.mkdir(parents=True, exist_ok=True)
            picture(face, (width, height), place / f"{name}.png")
    sys.stderr.write(f"kiosk: {len(seen)} screens at {len(SIZES)} sizes, and the wall, in {folder}\n")


def sizes_of(face: Face) -> tuple[tuple[int, int], ...]:
    """In which sizes a face is drawn; a page of a report hangs on large walls only."""
    if not isinstance(face, WallFace):
        return SIZES
    return (WALL_SIZE,) if face.report is not None else (*SIZES, WALL_SIZE)
