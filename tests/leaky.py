"""Kiosks that give a vote away, for the controls: an attack that does not find these out is blind."""

import logging
from pathlib import Path
from typing import Any

from by_hand import Kiosk

from kiosk.house import House


class Whispering(House):
    """Logs what is pressed."""

    def _press(self, answer: Any) -> None:
        logging.getLogger("kiosk").warning("pressed %s", answer)
        super()._press(answer)


class Blinking(House):
    """Sounds another tone for no."""

    def _press(self, answer: Any) -> None:
        super()._press(answer)
        if answer == "no":
            self._cue("heard")


class Noting(House):
    """Keeps each press, and each badge of a ballot, with its time, in a file of its own in the folder `notes`."""

    notes = Path()

    def _note(self, what: str) -> None:
        with (Noting.notes / "notes").open("a") as file:
            file.write(f"{what} {self._core.now().wall}\n")

    def _press(self, answer: Any) -> None:
        super()._press(answer)
        self._note(answer)

    def _begin_ballot(self, handle: Any) -> None:
        super()._begin_ballot(handle)
        self._note(handle)


def seen_and_heard(kiosk: Kiosk, caplog: Any) -> tuple[object, ...]:
    """All that came out of a kiosk: faces, tones, lamps, log."""
    return (tuple(kiosk.faces), tuple(kiosk.heard), tuple(kiosk.lit), tuple(caplog.messages))
