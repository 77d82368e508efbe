"""Who leads through a shop: does what a stop says with pretend hands, and waits for its face."""

import threading
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from hardware.signals import CardGone, CardsAmbiguous, CardSeen, Signal
from kiosk.codes import write_label
from kiosk.devices import PretendHands
from kiosk.faces import BoardFace, Face, JarFace, ListFace, ReportFace, RowsFace, ShelfFace, Touch, WallFace
from kiosk.figures.numbers import Behind
from kiosk.house import House
from kiosk.letters import write_card
from kiosk.letters.codes import as_codes
from kiosk.periods import month_of
from kiosk.sealing.note import Signer
from kiosk.tongue import ENGLISH
from kiosk.tour.stop import Stop

PATIENCE = 15.0
"""Seconds until a screen that does not come ends the tour with a fault."""


REST = 1.1
"""Seconds between two taps of one badge, and between two presses in a vote."""


PROGRAMS = ("0.1.0+1f3a9c0b", "0.2.0+77e0d1aa")
"""The program that ran in the demo shop before, and the one that runs."""


class TourError(RuntimeError):
    """A screen of the tour did not come."""


class Shown:
    """What the screen showed last, and whether a badge still lies on the reader."""

    def __init__(self) -> None:
        self.newest: Face | None = None
        self.count = 0
        self._news = threading.Condition()
        self._lying = 0

    def show(self, face: Face) -> None:
        """A new face."""
        with self._news:
            self.newest = face
            self.count += 1
            self._news.notify_all()

    def hear(self, signal: Signal) -> None:
        """A signal; only badges coming and going count here."""
        with self._news:
            if isinstance(signal, CardGone):
                self._lying = 0
            elif isinstance(signal, CardSeen | CardsAmbiguous):
                self._lying = 1
            self._news.notify_all()

    def wait_until_gone(self) -> None:
        """Until nothing lies on the reader."""
        with self._news:
            self._news.wait_for(lambda: not self._lying, PATIENCE)

    def wait_for(self, stop: Stop, newer_than: int) -> Face:
        """The face that a stop leads to: not one of the first so many."""
        with self._news:
            came = self._news.wait_for(lambda: self.count > newer_than and self._is(stop), PATIENCE)
        if not came or self.newest is None:
            raise TourError(f"after {stop.do!r} no {stop.face.__name__} came; the screen shows {self.newest}")
        return self.newest

    def _is(self, stop: Stop) -> bool:
        if not isinstance(self.newest, stop.face):
            return False
        spoken = self.newest.language if isinstance(self.newest, WallFace) else self.newest.frame.language
        read = not any(sign in stop.words for sign in "'=(")
        # What people read is looked for in English only.
        return stop.words in repr(self.newest) or (read and spoken != ENGLISH)


class Guide:
    """Leads through a shop: does what a stop says, and waits for its face."""

    def __init__(self, house: House, hands: PretendHands, shown: Shown, card: Path) -> None:
        self._house = house
        self._card = card
        self._hands = hands
        self._shown = shown
        self._tapped = ""

    def lead(self, stop: Stop) -> Face:
        """Do it, and give the face that follows; raises TourError when it does not come."""
        word, _, rest = stop.do.partition(" ")
        before = self._shown.count
        if word:
            self._does()[word](rest)
        return self._shown.wait_for(stop, newer_than=before if word else 0)

    def _does(self) -> dict[str, Callable[[str], None]]:
        return {
            "touch": self._touch,
            "type": lambda text: self._house.hear(Touch("type", text)),
            "turn": lambda minutes: self._house.hear(Touch("turn", minutes)),
            "home": lambda _: self._house.hear(Touch("home")),
            "back": lambda _: self._house.hear(Touch("back")),
            "tap": lambda name: self._lay(lambda: self._hands.tap(name), whose=name),
            "phone": lambda _: self._lay(self._hands.phone),
            "stranger": lambda _: self._lay(self._hands.unknown),
            "two": lambda _: self._hands.lay_two(),
            "nonsense": lambda _: self._hands.scan_nonsense(),
            "drop": lambda cents: self._hands.drop(int(cents)),
            "card": lambda shop: self._hands.scan(card_of(shop)),
            "label": lambda letters: self._hands.scan(write_label(letters)),
            "sheet": lambda section: self._hands.scan(sheet_code(section, date.today())),
            "program": lambda _: self._house.ask(lambda: self._house.note_program(*PROGRAMS)),
            "rest": lambda _: time.sleep(REST),
            "pull": lambda _: self._pull_the_card(),
            "unplug": lambda device: self._hands.cable(device, plugged=False),
            "plug": lambda device: self._hands.cable(device, plugged=True),
        }

    def _pull_the_card(self) -> None:
        """And tap, to see whether it can do without."""
        self._card.rename(self._card.with_name("pulled"))
        self._lay(lambda: self._hands.tap("Wen"))

    def _touch(self, key: str) -> None:
        if key.startswith("press:"):
            time.sleep(REST)  # the buttons rest after each press
        self._house.hear(Touch("choose", key_on(self._shown.newest, key)))

    def _lay(self, lay: Callable[[], None], whose: str = "") -> None:
        """The next badge comes when the last one is gone; the same not so soon that it is one tap still."""
        self._shown.wait_until_gone()
        if whose == self._tapped:
            time.sleep(REST)
        self._tapped = whose
        lay()


def key_on(face: Face | None, what: str) -> str:
    """The key of what is touched on a face, where a stop names it by its place or by its words."""
    match face:
        case JarFace() if what == "a proposal":
            return face.lines[0].key
        case ShelfFace() if what == "a tool":
            return face.lines[0].key
        case ShelfFace() if what == "a decision":
            return face.choices[0].key
        case ListFace() if what == "first line":
            return face.lines[0].key
        case ReportFace() if what == "a figure":
            return face.told.rows[0].key
        case BoardFace() if what == "first notice":
            return face.needs[0].key
        case RowsFace() if what.startswith("words "):
            # What day it is says where in the list it stands.
            return next(each.key for each in face.rows if each.words.startswith(what.removeprefix("words ")))
    return what


def sheet_code(section: str, today: date) -> str:
    """The code beside a section of this month's audit that has too many entries to name them."""
    return str(Behind((), month_of(today), section))


def card_of(shop: str) -> str:
    """The code of another shop's card, as its kiosk shows it where it is on no wire."""
    [code] = as_codes(write_card(shop, Signer("commons-kiosk/neighbour", bytes(32)))) or ("",)
    return code
