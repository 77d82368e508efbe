"""The staircase: settings, store, key, core, house, devices, screen. Down again in reverse."""

import logging
import os
import signal
import sys
import threading
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple, Protocol

from hardware.device import tee
from hardware.rig import Rig
from kiosk.badge_key import BadgeKey
from kiosk.clock import SystemClock
from kiosk.core import Core
from kiosk.demo import is_demo, settle_in
from kiosk.devices import NoHands, PretendHands, open_devices
from kiosk.displays import display_there
from kiosk.drive import Driver, say_face
from kiosk.faces import Alarm, Face, Touch
from kiosk.house import House
from kiosk.lights import alarm_lamp, button_lamps
from kiosk.nightly import copy_every_night
from kiosk.photos import keep, waiting
from kiosk.pulse import Pulse
from kiosk.safekeeping import Safekeeping, keeps
from kiosk.settings import Settings
from kiosk.state import State, restore
from kiosk.status import write_status
from kiosk.store import Store
from kiosk.store.restoring import decided, settle
from kiosk.visit.hearing import listener

log = logging.getLogger(__name__)

TOUR = Path("build/tour")
"""Where the tour leaves its pictures when there is no display."""


class Wanted(NamedTuple):
    """What the command line asked for. folder: the data folder, instead of the settings' one."""

    settings: Settings
    folder: Path | None = None
    pretend: bool = False
    screen: bool = True
    drive: bool = False
    tour: Path | None = None


class Screen(Protocol):
    """What faces are shown on; `run` takes the main thread until the kiosk ends."""

    def show(self, face: Face) -> None:
        """Show a face; from any thread."""

    def run(self) -> None:
        """Be there until stopped."""

    def stop(self) -> None:
        """End; from any thread, also twice."""


class NoScreen:
    """Stands in for the screen where there is none: faces only go to whoever drives."""

    def __init__(self) -> None:
        self._over = threading.Event()

    def show(self, face: Face) -> None:
        """Nothing to draw on."""

    def run(self) -> None:
        """Wait for the end."""
        self._over.wait()

    def stop(self) -> None:
        """The end."""
        self._over.set()


def run_kiosk(wanted: Wanted) -> int:
    """Run until the window is closed, the driving program ends, or a signal comes. Gives the exit code."""
    if wanted.tour is None and wanted.screen and not display_there():
        if not wanted.pretend:
            # A real kiosk whose panel is not there yet must be tried again, not shown around.
            raise OSError("no display found; connect one, or say --no-screen, or --tour FOLDER for pictures")
        sys.stderr.write(f"kiosk: no display found; playing a tour into {TOUR} instead\n")
        wanted = wanted._replace(tour=TOUR)
    if wanted.tour is not None:
        from kiosk.tour import play

        return play(wanted.tour, wanted.settings)
    with ExitStack() as stairs:
        _climb(wanted, stairs).run()
    if decided(wanted.folder or wanted.settings.data.folder):
        _start_again()
    return 0


def _start_again() -> None:
    """Up the same stairs once more, in the same process: another record is put in place on the way."""
    sys.stdout.flush()
    os.execv(sys.executable, [sys.executable, "-m", "kiosk", *sys.argv[1:]])


def _climb(wanted: Wanted, stairs: ExitStack) -> Screen:
    """Each step stands on the one before; the stack takes them down in reverse."""
    settings = wanted.settings
    folder = wanted.folder or settings.data.folder
    aside = settle(folder)
    if aside:
        log.warning("a copy of the record was put in place; the record of before is kept in %s", folder / aside)
    store = stairs.enter_context(Store.open(folder))
    if store.rebuilt:
        log.warning("%s", store.rebuilt)
    key = BadgeKey.of(folder, may_make=store.next_number == 1)
    rig, hands = open_devices(settings, pretend=wanted.pretend)
    stairs.callback(hands.close)

    def touched(touch: Touch) -> None:
        house.hear(touch)

    screen = _screen(wanted, hands, touched)
    pulse = stairs.enter_context(Pulse(folder))
    keeping = Safekeeping(
        folder, store, wanted=settings.data.copy is not None, again=lambda: _soon(screen.stop, SHOWN_FOR)
    )
    core = Core(store, _present(store, key, demo=wanted.pretend), SystemClock())
    house = House(
        core,
        settings.shop.name,
        show=_showing(wanted, screen),
        cue=_cue(rig),
        told_alarms=_warn(folder, rig),
        let_coins_in=_coin_gate(rig),
        light=button_lamps(rig.lamps),
        alive=pulse.beat,
        photos=lambda: waiting(folder),
        keep_photo=lambda photo: keep(folder, photo),
        copies=keeping.look,
        put_in_place=keeps(core, keeping),
        language=settings.shop.language,
    )
    house.start()
    stairs.callback(house.stop)
    if settings.data.copy is not None:
        stairs.callback(copy_every_night(settings.data.copy, folder, keeping.told, lambda: house.quiet))
    rig.start(tee(listener(key, house.hear, keeping.key)))
    stairs.callback(rig.stop)
    stairs.callback(screen.stop)
    if wanted.drive:
        Driver(house.hear, hands.words(), screen.stop).start()
    _end_on_signals(screen)
    return screen


SHOWN_FOR = 4.0
"""Seconds for which the screen says that the kiosk starts again."""


def _soon(do: Callable[[], None], seconds: float) -> None:
    timer = threading.Timer(seconds, do)
    timer.daemon = True
    timer.start()


def _screen(wanted: Wanted, hands: NoHands | PretendHands, touched: Callable[[Touch], None]) -> Screen:
    """The window, with the dock beside it where there are pretend devices; or none."""
    if not wanted.screen:
        return NoScreen()
    from kiosk.window import open_window

    return open_window(wanted.settings.screen, hands, touched)


def _present(store: Store, key: BadgeKey, *, demo: bool) -> State:
    """The present as the store kept it; demo members in a shop that has none yet, where they are asked for."""
    state = restore(store.tables())
    if demo and state.founded is None:
        return settle_in(store, key, SystemClock().now(), state, jar=True)
    if not demo and is_demo(state):
        raise ValueError(
            "this record began with demo members, whose badges anybody can make. "
            "Name another data folder for a shop of your own, or run it with --pretend."
        )
    return state


def _showing(wanted: Wanted, screen: Screen) -> Callable[[Face], None]:
    """Faces go to the screen, and to whoever drives once it is drawn."""
    if not wanted.drive:
        return screen.show

    def show(face: Face) -> None:
        screen.show(face)
        say_face(face)

    return show


def _cue(rig: Rig) -> Callable[[str], None]:
    """What is to be heard goes to the sounder, where there is one."""
    sounder = rig.sounder
    return sounder.play if sounder is not None else lambda _: None


def _coin_gate(rig: Rig) -> Callable[[bool], None]:
    """Lets coins in or fall through, where there is an acceptor."""
    acceptor = rig.coin_acceptor
    if acceptor is None:
        return lambda _: None
    return lambda let_in: acceptor.take() if let_in else acceptor.refuse()


def _warn(folder: Path, rig: Rig) -> Callable[[tuple[Alarm, ...]], None]:
    """Word of what is wrong: what is broken to `kiosk state`, all of it to the lamp."""
    light = alarm_lamp(rig.lamps)

    def leave_word(alarms: tuple[Alarm, ...]) -> None:
        write_status(folder, (alarm for alarm in alarms if alarm.pressing))
        light(alarms)

    return leave_word


def _end_on_signals(screen: Screen) -> None:
    """SIGTERM and Ctrl-C end the kiosk in order; nothing is lost without it, but the lamps go out."""
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: screen.stop())
