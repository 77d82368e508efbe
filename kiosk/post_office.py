"""The post office of a running kiosk: puts letters into segments when it is time, and takes what was carried here.

It decides nothing. Everything goes to the house as a command, and whatever comes of it is in the record; so a post
office that is killed anywhere begins again and loses nothing.
"""

import logging
import threading
from collections.abc import Callable, Iterable
from pathlib import Path

from kiosk import letterbox
from kiosk.amounts import Moment, elapsed
from kiosk.commands import CloseSegment, Command, SendTotals, TakeSegment
from kiosk.rules.between import due_totals
from kiosk.rules.neighbours import linked_here
from kiosk.state import Neighbour, State
from kiosk.traces import trace
from kiosk.visit.ground import Answered
from kiosk.words import local

log = logging.getLogger(__name__)

WAITS = 15 * 60_000
"""Milliseconds that a letter waits for others, where nothing hurries."""

HURRIES = 5_000
"""Milliseconds, where a line is open and somebody waits for an answer."""

NOTE_EVERY = 7 * 86_400_000
"""Milliseconds between two balance notes."""

LOOKS = 1.0
"""Seconds between two looks."""

REST = 30_000
"""Milliseconds before what can't be taken yet is looked at again, unless something else was taken meanwhile: two
thousand of them each second would leave no time for people."""

PATIENCE = 30.0
"""Seconds for the house to answer."""

GONE = ("known", "no segment", "not for us", "no neighbour")
"""Refusals after which what was carried here need not lie any longer; all others may become well later."""


class PostOffice:
    """A thread beside the house.

    book: asks the house for something and calls with what came of it, from the house's thread. state: the present.
    me: the name of our key. open_line: whether a neighbour can be reached over a wire right now. witness: what is
    to be asked for so that we and the neighbours are each other's witnesses.
    """

    def __init__(
        self,
        folder: Path,
        me: str,
        *,
        book: Callable[[Command, Callable[[Answered], None]], None],
        state: Callable[[], State],
        now: Callable[[], Moment],
        open_line: Callable[[str], bool] = lambda _: False,
        witness: Callable[[State, Moment], Iterable[Command]] = lambda _state, _now: (),
        looks: float = LOOKS,
    ) -> None:
        self._folder, self._me = folder, me
        self._book, self._state, self._now = book, state, now
        self._open_line, self._witness, self._looks = open_line, witness, looks
        self._since: dict[str, Moment] = {}
        self._noted: dict[str, Moment] = {}
        self._rests: dict[str, Moment] = {}
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._live, name="post office", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """End; may be called twice."""
        self._over.set()
        if self._thread.is_alive():
            self._thread.join(timeout=PATIENCE)

    def _live(self) -> None:
        while not self._over.wait(self._looks):
            try:
                self.look()
            except Exception as error:
                log.error("the post office stumbled: %s", trace(error))
                self._over.wait(30 * self._looks)

    def look(self) -> None:
        """Once around: what lies here is taken, what is due goes out."""
        for path in letterbox.lying(self._folder):
            self._take_from(path)
        for command in self._witness(self._state(), self._now()):
            self._ask(command)
        at_once = letterbox.asked_to_close(self._folder)
        for neighbour in self._state().neighbours.values():
            if linked_here(neighbour, self._me):
                self._send(neighbour, at_once=at_once)
        now = self._now()
        if now.trusted and due_totals(self._state(), local(now).date()):
            self._ask(SendTotals())

    def take(self, text: str) -> Answered | None:
        """Let the house take a segment, from any carrier; None when it did not answer in time."""
        return self._ask(TakeSegment(text, self._me))

    def _take_from(self, path: Path) -> None:
        now = self._now()
        last = self._rests.get(path.name)
        if last is not None and 0 <= elapsed(last, now) < REST:
            return
        answered = self.take(letterbox.read(path))
        if answered is None or answered.failed:
            return
        if answered.refusal is None:
            self._rests.clear()
        if answered.refusal is None or answered.refusal.code in GONE:
            self._rests.pop(path.name, None)
            path.unlink(missing_ok=True)
        else:
            self._rests[path.name] = now

    def _send(self, neighbour: Neighbour, *, at_once: bool) -> None:
        now = self._now()
        note = self._note_due(neighbour, now)
        if not neighbour.waiting and not note:
            self._since.pop(neighbour.name, None)
            return
        since = self._since.setdefault(neighbour.name, now)
        waits = HURRIES if self._open_line(neighbour.name) else WAITS
        if not at_once and elapsed(since, now) < waits:
            return
        answered = self._ask(CloseSegment(neighbour.name, self._me, note))
        if answered is not None and answered.entries:
            self._since.pop(neighbour.name, None)
            if note:
                self._noted[neighbour.name] = now

    def _note_due(self, neighbour: Neighbour, now: Moment) -> bool:
        """A week after the last one; at a start one is due, so that a neighbour hears that we are back."""
        last = self._noted.get(neighbour.name)
        return not neighbour.parted and (last is None or elapsed(last, now) >= NOTE_EVERY)

    def _ask(self, command: Command) -> Answered | None:
        came = threading.Event()
        told: list[Answered] = []

        def answered(answer: Answered) -> None:
            told.append(answer)
            came.set()

        self._book(command, answered)
        return told[0] if came.wait(PATIENCE) else None
