"""The program that draws charts for the screen and the wall: a job a line on standard input, a name a line back."""

import sys
from pathlib import Path

import msgspec

from kiosk.drawn import Job
from kiosk.reports.drawing import PAPER, Looks, as_png, as_svg
from kiosk.tongue import speaking


def main(folder: Path) -> None:
    """Draw until nothing more comes."""
    read = msgspec.json.Decoder(Job)
    for line in sys.stdin.buffer:
        job = read.decode(line)
        looks = Looks(job.wide, job.high, job.letters, ground=PAPER)
        with speaking(job.language):
            drawn = as_png(job.chart, looks) if job.form == "png" else as_svg(job.chart, looks)
        draft = folder / f"{job.name}.new"
        draft.write_bytes(drawn)
        draft.replace(folder / job.name)
        sys.stdout.write(f"{job.name}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
