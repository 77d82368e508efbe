"""What every start stands on: settings and screen, the record, and the wall; then, behind it, the staircase."""

import gc
import importlib
import logging
import os
import signal
import sys
import threading
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.asked import HOUSE_THREAD, NoHands, NoScreen, Screen, Wanted
from kiosk.clock import SystemClock
from kiosk.displays import display_there
from kiosk.drive import Driver, showing
from kiosk.faces import Touch
from kiosk.first_face import first_face
from kiosk.heartbeat import Heartbeat
from kiosk.opened import DemoRecordError, Opened, open_record
from kiosk.settings import Settings
from kiosk.starts import Starts, places
from kiosk.status import on_trial
from kiosk.store.restoring import decided
from kiosk.traces import trace

if TYPE_CHECKING:
    from kiosk.devices import PretendHands
    from kiosk.house import House
    from kiosk.safe import SafeHouse, Why
    from kiosk.staircase import Devices
    from kiosk.telling import Telling, Told

log = logging.getLogger(__name__)

TOUR = Path("build/tour")
"""Where the tour leaves its pictures when there is no display."""

LOOKED_AROUND = Path("build/tour-made-up")
"""Where those of a made-up year are left."""


def run_kiosk(wanted: Wanted) -> int:
    """Run until the window is closed, the driving program ends, or a signal comes. Gives the exit code."""
    if wanted.tour is None and wanted.screen and not display_there():
        if not wanted.pretend:
            # A real kiosk whose panel is not there yet must be tried again, not shown around.
            raise OSError("no display found; connect one, or say --no-screen, or --tour FOLDER for pictures")
        return _tour(wanted, "no display found; ")
    if wanted.tour is not None:
        return _tour(wanted)
    # A pretended kiosk is ended in all sorts of ways by whoever tries things.
    starts = Starts(() if wanted.pretend else places(wanted.data))
    careful = starts.begin()
    with ExitStack() as stairs:
        ground = Ground(wanted, stairs)
        _end_on_signals(ground.end)
        falls = _note_falls(starts, ground.screen, stairs)
        ground.enter(starts.error if careful else None)
        try:
            ground.screen.run()
        except Exception as error:
            falls("the screen", error)
            return 1
        if ground.fault is not None:
            raise ground.fault
        # Not whenever a copy is decided on: one that can’t be put in place must keep nobody from ending the kiosk.
        again = ground.begins_again
        if ground.ended and not decided(wanted.data):
            return 1
    starts.end()
    if again and decided(wanted.data):
        _start_again()
    return 0


def _start_again() -> None:
    """Up the same stairs once more, in the same process: another record is put in place on the way."""
    sys.stdout.flush()
    os.execv(sys.executable, [sys.executable, "-m", "kiosk.way_in", *sys.argv[1:]])


def _tour(wanted: Wanted, why: str = "") -> int:
    """Leave pictures instead of a window: of a made-up year that is at hand, else of the demo shops."""
    from kiosk.tour import is_made_up, look_around, play

    year = wanted.pretend and wanted.folder is not None and is_made_up(wanted.folder)
    folder = wanted.tour or (LOOKED_AROUND if year else TOUR)
    if why:
        sys.stderr.write(f"kiosk: {why}leaving pictures in {folder} instead\n")
    return look_around(folder, wanted.settings, wanted.data) if year else play(folder, wanted.settings)


def _note_falls(starts: Starts, screen: Screen, stairs: ExitStack) -> Callable[[str, BaseException], None]:
    """An end that nobody meant leaves its place in the log and beside the record, and no names."""

    def fell(where: str, error: BaseException) -> None:
        told = f"{where}, {trace(error)}"
        log.critical("the kiosk fell over in %s", told)
        starts.fell(told)

    def in_thread(args: threading.ExceptHookArgs) -> None:
        name = args.thread.name if args.thread else "a thread"
        if args.exc_value is not None:
            fell(name, args.exc_value)
        if name == HOUSE_THREAD:
            # Without it nobody is served: better to end, and be started again.
            screen.stop()

    before = threading.excepthook
    threading.excepthook = in_thread
    stairs.callback(lambda: setattr(threading, "excepthook", before))
    return fell


class Ground:
    """What every start stands on: the screen, and behind it either the house or, when that can't be, a careful one.

    fault: what the start fell over where there was nobody to show it to.
    """

    def __init__(
        self, wanted: Wanted, stairs: ExitStack, open_screen: "Callable[..., Screen] | None" = None
    ) -> None:
        self._wanted = wanted
        self._upper = ExitStack()
        self._pretended = _pretended(wanted.settings) if wanted.pretend else None
        self._hands = self._pretended[1] if self._pretended else NoHands()
        stairs.callback(self._hands.close)
        stairs.callback(self._leave)
        self._opened: Opened | None = None
        self._house: House | None = None
        self._safe: SafeHouse | None = None
        self._telling: Telling | None = None
        self._undrawn: tuple[str, ...] = ()
        self.begins_again = self._ending = False
        self.fault: Exception | None = None
        self.screen = (open_screen or _screen)(wanted, self._hands, self._hear, self._failing)
        stairs.callback(self.screen.stop)
        self._heartbeat = Heartbeat({"the house": self._ask, "the screen": self.screen.after_a_frame})
        stairs.callback(self._heartbeat.stop)

    def end(self) -> None:
        """End soon: nothing more is begun. Called by a signal, at any moment."""
        self._ending = True
        self.screen.stop()

    @property
    def ended(self) -> bool:
        """Whether the house ended by itself, which it never should."""
        return self._house is not None and not self._house.lives

    def enter(self, fell: str | None) -> None:
        """Show the wall and let the house live behind it; or the careful one, because of what happened (`fell`), or
        because this can't be done."""
        if fell is not None:
            from kiosk.safe import fell_over

            self._be_careful(fell_over(fell))
            self._live()
            return
        if not self._done(self._open):
            return
        if self._opened is not None:
            store, _, state = self._opened
            first = first_face(store, state, self._wanted.settings, SystemClock().now())
            if first is None:
                self._enter_behind_it()  # nobody need wait for an empty frame
                return
            self.screen.show(first)
        # What the house stands on takes as long to load as all before it, and the wall needs none of it.
        self.screen.after_a_frame(self._enter_behind_it)

    def _enter_behind_it(self) -> None:
        """Called by the screen, which goes on whatever it calls falls over: so nothing is left to that."""
        if self._ending:
            return
        try:
            # A careful house may have tried again by itself meanwhile, and have found its way up.
            if self._house is not None or self._safe is not None or self._done(self._climb):
                self._live()
        except Exception as error:
            self.fault = error
            self.screen.stop()

    def _done(self, step: Callable[[], None]) -> bool:
        """Take a step, or be careful where it can't be taken. False where nobody saw that: `fault` says why."""
        try:
            step()
        except Exception as error:
            shown = self._wanted.screen or self._wanted.drive
            if isinstance(error, DemoRecordError) or _is_the_updates(error) or not shown:
                self.fault = error
                self.screen.stop()
                return False
            from kiosk.safe import could_not_start

            self._be_careful(could_not_start(error))
        return True

    def _live(self) -> None:
        """Whoever is behind the screen now is there for the room."""
        if on_trial():
            # A version that can't be careful must not be the one that stays.
            importlib.import_module("kiosk.safe")
        if self._wanted.drive:
            Driver(self._hear, self._hands.words(), self.screen.stop).start()
        self._heartbeat.start()
        # What has been loaded stays; from now on only what comes is looked through for what goes away again.
        gc.freeze()
        gc.enable()

    def _ask(self, done: Callable[[], None]) -> None:
        """The heartbeat's question; a careful house, which books nothing, has no inbox to be stuck."""
        if self._house is not None:
            self._house.ask(done)
        else:
            done()

    def _be_careful(self, why: "Why") -> None:
        from kiosk.safe import SafeHouse, mounted_sticks
        from kiosk.telling import Telling

        self._safe = SafeHouse(
            self._wanted.data,
            self._wanted.settings.shop.name,
            why,
            show=showing(self.screen.show, driven=self._wanted.drive),
            again=self._climb,
            sticks=mounted_sticks,
            language=self._wanted.settings.shop.language,
        )
        log.warning("starting carefully: %s; %s", why.words, why.error or why.mend)
        self._telling = Telling(self._wanted.data, self._tell)
        self._telling.start()
        self._safe.start()

    def _tell(self) -> "Told":
        """What the careful house says to `kiosk doctor`; the one that lives after it tells for itself."""
        from kiosk.telling import Careful, Told

        assert self._safe is not None
        why = self._safe.why
        return Told(os.getpid(), drawn_by=self.screen.drawn_by, careful=Careful(why.words, why.mend, why.error))

    def _stop_telling(self) -> None:
        if self._telling is not None:
            self._telling.stop()

    def _open(self) -> None:
        """The record; what was opened of it is closed again when that fails."""
        with ExitStack() as steps:
            self._opened = open_record(self._wanted.data, steps, demo=self._wanted.pretend)
            self._upper = steps.pop_all()

    def _climb(self) -> None:
        """Up to the house; what was opened is closed again when that fails."""
        if self._opened is None:
            self._open()
        assert self._opened is not None
        opened, self._opened = self._opened, None
        name, entries = opened.store.device, opened.store.next_number - 1
        with ExitStack() as steps:
            steps.enter_context(self._upper)
            from kiosk.staircase import climb

            house = climb(self._wanted, opened, steps, self.screen, self._pretended, self._end_to_begin_again)
            self._upper = steps.pop_all()
        self._house = house
        self._stop_telling()
        log.info("“%s”: kiosk %s lives, entries: %d", self._wanted.settings.shop.name, name, entries)
        self._failing(self._undrawn)

    def _end_to_begin_again(self) -> None:
        self.begins_again = True
        self.screen.stop()

    def _leave(self) -> None:
        if self._safe is not None:
            self._safe.stop()
        self._stop_telling()
        self._upper.close()

    def _hear(self, touch: Touch) -> None:
        behind = self._house or self._safe
        if behind is not None:
            behind.hear(touch)

    def _failing(self, pages: tuple[str, ...]) -> None:
        """Pages that can't be drawn are an alarm until they can."""
        self._undrawn = pages
        if self._house is not None:
            from kiosk.staircase import say_undrawn

            say_undrawn(self._house, pages)


def _pretended(settings: Settings) -> "Devices":
    from kiosk.devices import open_devices

    return open_devices(settings, pretend=True)


def _is_the_updates(error: Exception) -> bool:
    """An update that can't do what it is for must not count as ready: the version before it comes back then.

    A card that can't be read or written (all these are OSErrors) no other version could do better with.
    """
    return on_trial() and not isinstance(error, OSError)


def _screen(
    wanted: Wanted,
    hands: "NoHands | PretendHands",
    touched: Callable[[Touch], None],
    failing: Callable[[tuple[str, ...]], None],
) -> Screen:
    """The window, with the dock beside it where there are pretend devices; or none."""
    if not wanted.screen:
        return NoScreen()
    from kiosk.window import open_window

    return open_window(wanted.settings.screen, hands, touched, failing)


def _end_on_signals(end: Callable[[], None]) -> None:
    """SIGTERM and Ctrl-C end the kiosk in order; nothing is lost without it, but the lamps go out."""
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: end())
