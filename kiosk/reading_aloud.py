"""Who is read to, and what: all of a new screen, and then what is new on it."""

from collections.abc import Callable

from kiosk import tongue
from kiosk.faces import Face
from kiosk.settings import Read
from kiosk.views.aloud import Reader, sentences
from kiosk.views.appearing import what_it_is
from kiosk.visit.hearing import Pressed, Released
from kiosk.visit.places import Idle, Visit
from kiosk.visit.tongues import is_read

ASKS, HOLDS = "abstain", 2_000
"""The button that is held by whoever wants to be read to, and for how many milliseconds."""


class ReadingAloud:
    """Reads the faces of a visit where that is wished. say: as for the house. voice: when it is read aloud, where
    nobody has chosen.
    """

    def __init__(self, say: Callable[[str, str], None], voice: Read) -> None:
        self._reader = Reader(say)
        self._voice = voice
        self._hold_asks = False

    def pressed(self, pressed: Pressed, visit: Visit) -> None:
        """A button goes down: whether holding it would ask for being read to."""
        idle = isinstance(visit.place, Idle)
        self._hold_asks = idle and pressed.button == ASKS and visit.voice != "on"

    def asked_for(self, released: Released, visit: Visit) -> bool:
        """Whoever can't see the screen holds the triangle for two seconds when nobody is here."""
        asks = self._hold_asks and released.button == ASKS and released.held >= HOLDS
        return asks and isinstance(visit.place, Idle) and self._voice != "off"

    def read(self, visit: Visit, shown: Face, again: Callable[[], Face], language: str) -> None:
        """Read what is new on the screen; be silent when the visit is over.

        again: makes the face that is shown, here with amounts and days for the ear. language: of whoever is here.
        """
        if not is_read(visit, self._voice):
            self._reader.hush()
            return
        with tongue.aloud():
            heard = again()
            with tongue.speaking(language):
                self._reader.read(what_it_is(shown), sentences(heard), tongue.language())
