"""The careful kiosk: a screen that says what happened, what still works, and what to do. It books nothing.

It comes when the record can't be opened, and after three starts in two minutes that did not live. No device is
opened but the touchscreen. The record is only read, and only when somebody asks for it.
"""

import logging
import os
import queue
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from kiosk import tongue
from kiosk.badge_key import KEY_FILE as BADGE_KEY
from kiosk.badge_key import BadgeKeyError
from kiosk.events import Entry
from kiosk.faces import Choice, Face, Frame, PlainFace, Touch
from kiosk.reports.verifying import verify
from kiosk.seal_key import KEY_FILE as SEAL_KEY
from kiosk.store import NoRecordError, Reader, StoreError
from kiosk.tongue import ENGLISH, later, phrase, plural, speaking, unfilled
from kiosk.traces import trace
from kiosk.views.card import card_said, card_state
from kiosk.views.lines import sentence
from kiosk.words import clock, day_and_month, local

log = logging.getLogger(__name__)

TRIES_AGAIN = 10.0
"""Seconds after which a record that could not be opened is tried again by itself."""

BY_ITSELF = "by-itself"
"""What nobody touched: the time to try again has come."""

PAGE = 3
"""Entries on a page."""

COPIED = ("record.sqlite", "record.sqlite-wal", BADGE_KEY, SEAL_KEY)
"""What a copy holds: the record as it is, broken or not, and the keys."""

_BLOCK = 4096
_BRIEF = 60
_LONGEST = 140


class Why(NamedTuple):
    """What happened, in a sentence; what mends it; whether it tries again by itself; and for whoever helps.

    The sentences are in English, as long as nobody knows which language is spoken.
    """

    words: str
    mend: str
    by_itself: bool
    error: str = ""


def fell_over(error: str) -> Why:
    """Three starts that did not live."""
    words = later("The kiosk stopped three times in two minutes")
    mend = later("Try again. If it stops again, copy the record to a stick and tell whoever tends the kiosk.")
    return Why(words, mend, by_itself=False, error=error)


def could_not_start(error: Exception) -> Why:
    """What it was that the start failed at."""
    if isinstance(error, StoreError):
        with speaking(ENGLISH):
            words, mend = card_said(card_state(error))
        return Why(words, mend, by_itself=True, error=f"{type(error).__name__}, {error}")
    if isinstance(error, BadgeKeyError):
        return Why(later("The key of the badges is missing"), str(error), by_itself=True)
    if isinstance(error, OSError):
        return Why(later("The kiosk can’t start"), str(error), by_itself=True)
    mend = later("Tell whoever tends it.")
    return Why(later("The kiosk can’t start"), mend, by_itself=False, error=trace(error))


class SafeHouse:
    """Shows the careful pages, in a thread of its own.

    show: called with each face. again: starts the kiosk as usual; what it raises is shown. sticks: folders that a
    copy can be written to. why: what happened. language: the shop's.
    """

    def __init__(
        self,
        folder: Path,
        shop: str,
        why: Why,
        *,
        show: Callable[[Face], None],
        again: Callable[[], None],
        sticks: Callable[[], tuple[Path, ...]],
        language: str = ENGLISH,
    ) -> None:
        self._folder, self._shop, self._why = folder, shop, why
        self._show, self._again, self._sticks = show, again, sticks
        self._inbox: queue.Queue[Touch | None] = queue.Queue(maxsize=100)
        self._language = language
        self._page = 0
        self._thread = threading.Thread(target=self._live, name="careful", daemon=True)

    @property
    def why(self) -> Why:
        """What happened, as of the newest try; from any thread."""
        return self._why

    def hear(self, heard: object) -> None:
        """A touch; from any thread. Nothing else means anything here."""
        if isinstance(heard, Touch) and heard.verb in ("choose", "home", "back"):
            try:
                self._inbox.put_nowait(heard)
            except queue.Full:
                log.warning("a touch was dropped")

    def start(self) -> None:
        """Show the first page and wait for touches."""
        self._thread.start()

    def stop(self) -> None:
        """End; may be called twice, and from its own thread."""
        if self._thread.is_alive():
            self._inbox.put(None)
            if threading.current_thread() is not self._thread:
                self._thread.join(timeout=10)

    def _live(self) -> None:
        tongue.speak(self._language)
        self._show(self._front())
        while True:
            try:
                touch = self._inbox.get(timeout=TRIES_AGAIN if self._why.by_itself else None)
            except queue.Empty:
                touch = Touch("choose", BY_ITSELF)
            if touch is None or not self._take(touch):
                return

    def _take(self, touch: Touch) -> bool:
        """What a touch leads to; False when the kiosk runs as usual again."""
        key = touch.value if touch.verb == "choose" else "front"
        try:
            if key in ("again", BY_ITSELF):
                return not self._try_again(quiet=key == BY_ITSELF)
            shown = self._pages().get(key, self._front)()
            if key in ("check", "copy"):
                self._forget_touches()
            self._show(shown)
        except Exception as error:
            log.error("a careful page failed: %s", trace(error))
            self._show(self._told(phrase("This did not work"), (_in_words(error),)))
        return True

    def _forget_touches(self) -> None:
        """What was touched while it was busy was meant for the page before."""
        with self._inbox.mutex:
            ends = None in self._inbox.queue
            self._inbox.queue.clear()
            if ends:
                self._inbox.queue.append(None)

    def _pages(self) -> dict[str, Callable[[], Face]]:
        return {
            "read": lambda: self._entries(0),
            "older": lambda: self._entries(self._page + 1),
            "newer": lambda: self._entries(max(0, self._page - 1)),
            "check": self._check,
            "copy": self._copy,
        }

    def _try_again(self, *, quiet: bool) -> bool:
        """Whether the kiosk runs as usual now. quiet: nobody asked, so a page that is being read stays."""
        if not quiet:
            self._busy(phrase("Starting …"))
        try:
            self._again()
        except Exception as error:
            before, self._why = self._why, could_not_start(error)
            if not quiet or self._why != before:
                log.warning("it can't be started: %s", self._why.error or self._why.words)
                self._show(self._front())
            return False
        return True

    # --- the pages

    def _front(self) -> PlainFace:
        entries = self._entries_there()
        works = phrase("The record can be read.") if entries else phrase("There is nothing in the record yet.")
        if entries is None:
            works = phrase("The record can’t be opened.")
        meanwhile = phrase("Nothing is booked meanwhile.")
        tries = phrase("The kiosk tries again by itself.") if self._why.by_itself else ""
        lines = (unfilled(self._why.mend), " ".join(part for part in (meanwhile, tries, works) if part))
        again = Choice("again", phrase("try again"), "undo", tone="strong")
        copy = Choice("copy", phrase("copy to a stick"), "note")
        choices = (again, *(_ways_to_read() if entries else ()), copy)
        return PlainFace(
            frame=Frame(title=self._shop, back=False, leave=False, language=self._language),
            words=unfilled(self._why.words),
            sentences=lines,
            choices=choices,
            small=phrase("For whoever helps: {error}", error=_brief(self._why.error)) if self._why.error else "",
        )

    def _entries_there(self) -> int | None:
        """How many can be read; None where the record can't be opened, or is gone though its key is there."""
        try:
            with Reader.open(self._folder) as reader:
                return reader.last_number
        except NoRecordError:
            return None if (self._folder / BADGE_KEY).exists() else 0
        except StoreError:
            return None

    def _entries(self, page: int) -> PlainFace:
        with Reader.open(self._folder) as reader:
            last = reader.last_number
            pages = max(1, -(-last // PAGE))
            self._page = page = min(page, pages - 1)
            top = last - page * PAGE
            lines = [_line(entry) for entry in _up_to(reader, top)][::-1]
        older = Choice("older", phrase("older"), "arrow-down")
        newer = Choice("newer", phrase("newer"), "arrow-up")
        choices = (*((newer,) if page else ()), *((older,) if page + 1 < pages else ()))
        return self._told(phrase("The record, the newest first"), tuple(lines), choices, icon="list")

    def _check(self) -> PlainFace:
        self._busy(phrase("Checking the record …"))
        with Reader.open(self._folder) as reader:
            found = verify(reader)
        if found.faults:
            return self._told(phrase("Not all is well with the record"), found.faults[:3])
        words = plural(
            "{count} entry, as it was written, and the present is what it comes to.",
            "{count} entries, each as it was written, and the present is what they come to.",
            found.size,
            count=found.size,
        )
        return self._told(phrase("All is well with the record"), (words,), icon="check")

    def _copy(self) -> PlainFace:
        sticks = self._sticks()
        if not sticks:
            words = phrase(
                "Plug one in, wait a moment, and touch again. Without one: the page “tending” tells how."
            )
            once_more = Choice("copy", phrase("try again"), "undo", tone="strong")
            return self._told(phrase("No stick is found"), (words,), (once_more,))
        self._busy(phrase("Copying …"))
        holes = copy_as_it_is(self._folder, new_folder(sticks[0]))
        words = phrase("Take the stick away now. It holds the key of the badges: lock it away.")
        lost = plural(
            "{n} places could not be read and are empty in the copy.",
            "{n} places could not be read and are empty in the copy.",
            holes,
        )
        return self._told(phrase("The record is copied"), (*((lost,) if holes else ()), words), icon="check")

    def _busy(self, words: str) -> None:
        self._show(self._told(words, (phrase("One moment."),), leave=False, icon="clock"))

    def _told(
        self,
        words: str,
        lines: tuple[str, ...],
        choices: tuple[Choice, ...] = (),
        *,
        leave: bool = True,
        icon: str = "warning",
    ) -> PlainFace:
        frame = Frame(title=self._shop, back=leave, leave=False, language=self._language)
        return PlainFace(frame=frame, words=words, sentences=lines, choices=choices, icon=icon)


def _ways_to_read() -> tuple[Choice, ...]:
    read = Choice("read", phrase("read the record"), "list")
    return read, Choice("check", phrase("check the record"), "check")


def _up_to(reader: Reader, top: int) -> Iterator[Entry]:
    for entry in reader.entries(after=max(0, top - PAGE)):
        if entry.number > top:
            return
        yield entry


def _line(entry: Entry) -> str:
    """An entry with its time, as much of it as three of them fit on a page."""
    said = sentence(entry)
    said = said if len(said) <= _LONGEST else f"{said[:_LONGEST]} …"
    then = local(entry.moment)
    return phrase("{day} {time}  {said}", day=day_and_month(then), time=clock(then), said=said)


def _brief(error: str) -> str:
    """As much of it as fits on the screen; the log has all of it."""
    if len(error) <= _BRIEF:
        return error
    return phrase("{error} (more is in the log)", error=error[:_BRIEF].rsplit(" ", 1)[0].rstrip(",;:"))


def _in_words(error: Exception) -> str:
    if isinstance(error, StoreError):
        words, mend = card_said(card_state(error))
        return f"{words}. {mend}"
    return str(error) if isinstance(error, OSError) else trace(error)


def mounted_sticks(roots: tuple[str, ...] = ("/media", "/run/media", "/mnt")) -> tuple[Path, ...]:
    """Folders that something is mounted on and that can be written."""
    found = [place for root in roots for pattern in ("*", "*/*") for place in sorted(Path(root).glob(pattern))]
    return tuple(place for place in found if place.is_mount() and os.access(place, os.W_OK))


def new_folder(stick: Path) -> Path:
    """A folder on a stick that was not there before, so that no older copy is written over. Raises OSError."""
    for number in range(1, 1000):
        place = stick / f"kiosk-copy-{number}"
        if not place.exists():
            place.mkdir(mode=0o700)
            return place
    raise FileExistsError(f"there are a thousand copies on {stick} already")


def copy_as_it_is(folder: Path, target: Path) -> int:
    """Copy the files byte for byte, while no kiosk writes; how many blocks could not be read. Raises OSError.

    What can't be read is left empty: a record with a hole is worth more to whoever rescues it than none.
    """
    holes = 0
    for name in COPIED:
        if (folder / name).exists():
            holes += _copy_file(folder / name, target / name)
    return holes


def _copy_file(source: Path, target: Path) -> int:
    holes = 0
    with source.open("rb", buffering=0) as read, target.open("xb") as written:
        os.fchmod(written.fileno(), 0o600)
        for at in range(0, source.stat().st_size, _BLOCK):
            try:
                block = os.pread(read.fileno(), _BLOCK, at)
            except OSError:
                holes += 1
                block = b""
            written.write(block.ljust(min(_BLOCK, source.stat().st_size - at), b"\0"))
        written.flush()
        os.fsync(written.fileno())
    return holes
