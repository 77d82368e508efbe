"""What is on the screen, since when, and what is laid over it while the card takes long."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from kiosk.faces import Face, Said
from kiosk.patience import Patience
from kiosk.tongue import later
from kiosk.traces import trace
from kiosk.views.appearing import what_it_is
from kiosk.views.plain import said_over

log = logging.getLogger(__name__)

SLOW = 0.3
"""Seconds of writing after which people are told that it goes on."""

WRITING = Said(
    words=later("Writing it down …"),
    mend=later("The memory card is slow just now. One moment."),
    icon="clock",
    tone="plain",
)
STILL = Said(
    words=later("Still writing …"),
    mend=later("That did not count. Try again when this is gone."),
    icon="clock",
    tone="plain",
)

FOR_THE_CARD = (WRITING, STILL)
FOR_ANOTHER_KIOSK = (
    Said(words=later("One moment"), icon="clock", tone="plain"),
    Said(words=STILL.mend, icon="clock", tone="plain"),
)
"""What is said while something takes long, and to whoever touches the screen meanwhile."""


class OnScreen:
    """Shows faces, each once. show: called with each new one, mostly from the house's thread.

    mono: this moment, in monotonic milliseconds. overlaid: called when something else has been on the screen while
    the house wrote, so that what was meant for the face before it can be dropped.
    """

    def __init__(self, show: Callable[[Face], None], mono: Callable[[], int], overlaid: Callable[[], None]) -> None:
        self._show = show
        self._mono = mono
        self._overlaid = overlaid
        self._waits = FOR_THE_CARD
        self._patience = Patience(SLOW, lambda: self._lay_over(self._waits[0]))
        self._appeared = 0
        self.face: Face | None = None

    def start(self) -> None:
        """Begin to notice when something takes long."""
        self._patience.start()

    def stop(self) -> None:
        """End; may be called twice."""
        self._patience.stop()

    def show(self, face: Face) -> None:
        """What is to be seen from now on."""
        if face == self.face:
            return
        if self.face is None or what_it_is(face) != what_it_is(self.face):
            self._appeared = self._mono()
        self.face = face
        self._show(face)

    def appeared_within(self, milliseconds: int) -> bool:
        """Whether another screen came so short a while ago."""
        return self._mono() - self._appeared < milliseconds

    @contextmanager
    def waiting(self, said: tuple[Said, Said] = FOR_THE_CARD) -> Iterator[None]:
        """Around whatever is written, or asked of another kiosk: when it takes long, that is said."""
        self._waits = said
        try:
            with self._patience.waiting():
                yield
        finally:
            if self._patience.slow:
                self.face = None
                self._overlaid()

    def tells_to_wait(self) -> bool:
        """While the card takes long, whoever touches or taps sees that it did not count; from any thread."""
        with self._patience.lock:
            if self._patience.tried:
                self._lay_over(self._waits[1])
                return True
        return False

    def _lay_over(self, said: Said) -> None:
        """While the house's own thread writes: over what is shown, from another thread."""
        try:
            with self._patience.lock:
                if self._patience.tried and self.face is not None:
                    self._show(said_over(self.face, said))
        except Exception as error:
            log.error("it can't be said that the card is slow: %s", trace(error))
