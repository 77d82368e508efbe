"""What is seen from beside the kiosk: the record, read only, and what the kiosk left word of.

The record is opened only when something has changed, and let go of at once: no lock stays on it, nothing holds the
kiosk's own housekeeping up, and whatever is restored or replaced there is found.
"""

import time
from collections.abc import Callable
from pathlib import Path
from typing import cast

from msgspec import Struct
from msgspec.structs import replace

from kiosk import tongue
from kiosk.amounts import Moment
from kiosk.clock import Clock, SystemClock
from kiosk.counted import CHARTS_FILE, COUNTED_FILE, read_charts, read_counted
from kiosk.faces import WallFace, WelcomeFace
from kiosk.pulse import last_beat
from kiosk.seal_key import HANGING_FILE, left_hanging
from kiosk.state import restore
from kiosk.status import STATUS_FILE, read_status
from kiosk.store import NoRecordError, Reader
from kiosk.tongue import phrase
from kiosk.views.contents import face
from kiosk.views.report import TURN, hanging
from kiosk.views.scene import Scene
from kiosk.visit.places import IDLE
from kiosk.wall.sheet import Sheet, sheet_of
from kiosk.words import clock, local, when

WATCHED = ("record.sqlite", "record.sqlite-wal", STATUS_FILE, HANGING_FILE, COUNTED_FILE, CHARTS_FILE)
"""The files of the data folder in which anything that the wall shows changes."""

MINUTE = 60_000
"""Milliseconds after which the wall is looked at again though nothing was written; while a report hangs, a turn."""


class Outlook:
    """Looks at one data folder, in the language spoken where it is asked.

    heard: when the kiosk was last known to live, None for never.
    """

    def __init__(
        self,
        folder: Path,
        shop: str,
        clock: Clock | None = None,
        mono: Callable[[], float] = time.monotonic,
    ) -> None:
        self._folder = folder
        self._shop = shop
        self._clock = clock or SystemClock()
        self._mono = mono
        self._seen: object = None
        self._sheet = Sheet("none")
        self._charts: dict[str, bytes] = {}
        self._step = MINUTE
        self.heard: float | None = None

    def look(self) -> Sheet:
        """The sheet as it is now. Raises StoreError while the record can't be read."""
        now, beat = self._clock.now(), last_beat(self._folder)
        seen = (now.wall // self._step, *(_stamp(self._folder / name) for name in WATCHED))
        if seen != self._seen:
            self._sheet = self._read(now)
            self._seen = seen
        if beat is not None:
            self.heard = beat
        return self._sheet

    def _read(self, now: Moment) -> Sheet:
        try:
            with Reader.open(self._folder) as reader, reader.still():
                state, spoken = restore(reader.tables()), tongue.language()
                sealed = left_hanging(self._folder, reader.device, reader.last_number)
                scene = Scene(state, now, reader.find, self._shop, {}, sealed=sealed, language=spoken)
                scene = scene._replace(counted=read_counted(self._folder))
                self._step = TURN if hanging(scene) else MINUTE
                shown = cast(WallFace | WelcomeFace, face(IDLE, scene))
        except NoRecordError:
            return Sheet("none")
        self._charts = read_charts(self._folder)
        return sheet_of(self._with_word(shown) if isinstance(shown, WallFace) else shown, self._charts)

    def chart(self, name: str) -> bytes | None:
        """A drawing that was on a sheet, as SVG; None for a name that is none."""
        return self._charts.get(name)

    def _with_word(self, shown: WallFace) -> WallFace:
        """What is broken is known only to the kiosk; it leaves word of it, most pressing first."""
        told = {alarm.words: alarm for alarm in (*read_status(self._folder), *shown.alarms)}
        return replace(shown, alarms=tuple(replace(alarm, detail="") for alarm in told.values()))

    def news(self) -> "News":
        """How old the news is."""
        return news_of(None if self.heard is None else self._mono() - self.heard, self._clock.now())


def news_of(age: float | None, now: Moment) -> "News":
    """What is said of news that are so many seconds old; None for none yet."""
    if age is None:
        return News(None, silence())
    old = max(0.0, age)
    heard = replace(now, wall=now.wall - int(old * 1000))
    then, today = local(heard), local(now).date()
    since = clock(then) if then.date() == today else when(heard, now)
    return News(int(old), phrase("No news since {time}. The kiosk may be off.", time=since))


def silence() -> str:
    """What a page says that has heard nothing yet."""
    return phrase("No news yet. The kiosk may be off.")


class News(Struct, frozen=True):
    """The age of the latest news in seconds, None where there was none yet. silent: what to say once it is old."""

    age: int | None
    silent: str


def _stamp(path: Path) -> tuple[int, int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns, found.st_size
