"""Draws every screen in the languages asked for, and sheets with many on them, to be looked at by people.

    python tests/screens/contact_sheets.py build/pictures all
    python tests/screens/contact_sheets.py build/pictures de ar --size 720x1280

The tour's faces are those that the house makes in the language; the samples' words are taken from the catalogues.
"""

import argparse
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parents[2])]

from kiosk.screens.window import prepare

prepare(offscreen=True)

from PIL import Image, ImageDraw
from screens.said_in import said_in
from screens.tour_by_hand import Tour

from kiosk.faces import Face
from kiosk.screens import pictures
from kiosk.screens.samples import SAMPLES
from kiosk.tongue import ENGLISH, LANGUAGES

SHEET = 2000
"""Pixels that a sheet is wide and high at most."""
SMALLEST = 400
"""Pixels that a picture on it is wide at least."""
TITLE = 16


def drawn(faces: Iterable[tuple[str, Face]], size: tuple[int, int], folder: Path) -> Iterator[Path]:
    """Each face as a picture; gives where they are, in their order."""
    folder.mkdir(parents=True, exist_ok=True)
    named = {id(face): (place, name, face) for place, (name, face) in enumerate(faces)}
    paths: dict[int, Path] = {}
    for face, stage in pictures.laid_out([face for _, _, face in named.values()], size):
        pictures.turn()
        pictures.settle(stage)
        place, name, _ = named[id(face)]
        paths[place] = folder / f"{name}.png"
        pictures.save(stage, paths[place])
    return (paths[place] for place in sorted(paths))


def lay_on_sheets(paths: Iterable[Path], size: tuple[int, int], first: Path) -> None:
    """The pictures, many on a sheet, with their names; sheets are called after the first: …-1.png, …-2.png."""
    upright = size[1] > size[0]
    wide = SMALLEST if not upright else SMALLEST * 5 // 8
    high = wide * size[1] // size[0]
    columns, rows = SHEET // wide, SHEET // (high + TITLE)
    all_of_them = list(paths)
    for number, start in enumerate(range(0, len(all_of_them), columns * rows), start=1):
        some = all_of_them[start : start + columns * rows]
        sheet = Image.new("RGB", (columns * wide, -(-len(some) // columns) * (high + TITLE)), "white")
        write = ImageDraw.Draw(sheet)
        for place, path in enumerate(some):
            x, y = place % columns * wide, place // columns * (high + TITLE)
            write.text((x + 4, y + 2), path.stem, fill="black")
            with Image.open(path) as picture:
                sheet.paste(
                    picture.convert("RGB").resize((wide - 4, high - 4), Image.Resampling.LANCZOS), (x, y + TITLE)
                )
        sheet.save(first.with_name(f"{first.name}-{number}.png"))


def main() -> None:
    """Draw what was asked for."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("folder", type=Path)
    asked.add_argument("languages", nargs="+", choices=["all", *LANGUAGES])
    asked.add_argument("--size", default="800x480", help="pixels of the panel")
    asked.add_argument("--of", choices=["tour", "samples", "both"], default="both")
    asked.add_argument("--only", default="", help="only those whose name begins so")
    told = asked.parse_args()
    wide, high = (int(side) for side in told.size.split("x"))
    tour = Tour()
    for spoken in LANGUAGES if "all" in told.languages else told.languages:
        walked = tour.english.items() if spoken == ENGLISH else tour.walked(spoken)
        samples = ((name, said_in(face, spoken)) for name, face in SAMPLES.items())
        for what, faces in (("tour", walked), ("samples", samples)):
            if told.of not in (what, "both"):
                continue
            chosen = [(name, face) for name, face in faces if name.startswith(told.only)]
            folder = told.folder / spoken / told.size / what
            lay_on_sheets(
                drawn(chosen, (wide, high), folder), (wide, high), told.folder / f"{spoken}-{told.size}-{what}"
            )
        sys.stderr.write(f"{LANGUAGES[spoken]} is in {told.folder}\n")


if __name__ == "__main__":
    main()
