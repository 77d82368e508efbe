"""The staircase: settings, store, key, core, house, devices, screen. Down again in reverse."""

import gc
import logging
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple, Protocol

import msgspec

from hardware.device import tee
from hardware.rig import Rig
from kiosk import program
from kiosk.badge_key import KEY_FILE, BadgeKey
from kiosk.box import Box, DeviceHow, KioskHow, look, memory_of, read_checked
from kiosk.clock import SystemClock
from kiosk.core import Core
from kiosk.demo import is_demo, settle_in
from kiosk.devices import NoHands, PretendHands, Watcher, open_devices, rig_settings
from kiosk.displays import display_there
from kiosk.drive import Driver, say_face
from kiosk.faces import Alarm, Face, Touch
from kiosk.heartbeat import Heartbeat
from kiosk.house import THREAD as HOUSE_THREAD
from kiosk.house import House
from kiosk.invited import lying
from kiosk.lights import AlarmLamp, button_lamps, trials
from kiosk.nightly import copy_every_night
from kiosk.open_building import Together
from kiosk.open_lines import LinkKeys, OpenLines, street
from kiosk.our_way import template_of
from kiosk.photos import keep, waiting
from kiosk.post_office import PostOffice
from kiosk.pulse import Pulse
from kiosk.reckoning import Reckoning
from kiosk.safe import SafeHouse, Why, could_not_start, fell_over, mounted_sticks
from kiosk.safekeeping import Safekeeping, keeps, takes_along
from kiosk.seal_key import seal_key, sealing
from kiosk.sealing.note import Signer
from kiosk.settings import SIZES, Settings
from kiosk.starts import Starts, places
from kiosk.state import State, restore
from kiosk.status import on_trial, refused_update, write_status
from kiosk.store import RECORD_FILE, Store, StoreDamagedError
from kiosk.store.restoring import decided, settle
from kiosk.telling import Telling, Told
from kiosk.template import lying_ready
from kiosk.traces import trace
from kiosk.visit.ground import Answered
from kiosk.visit.hearing import DeviceTold, listener
from kiosk.voice import Voice
from kiosk.witnessing import Witnessing

log = logging.getLogger(__name__)

Devices = tuple[Rig, NoHands | PretendHands]

TOUR = Path("build/tour")
"""Where the tour leaves its pictures when there is no display."""

LOOKED_AROUND = Path("build/tour-made-up")
"""Where those of a made-up year are left."""


class Wanted(NamedTuple):
    """What the command line asked for. folder: the data folder, instead of the settings' one."""

    settings: Settings
    folder: Path | None = None
    pretend: bool = False
    screen: bool = True
    drive: bool = False
    tour: Path | None = None

    @property
    def data(self) -> Path:
        """The data folder."""
        return self.folder or self.settings.data.folder


class Screen(Protocol):
    """What faces are shown on; `run` takes the main thread until the kiosk ends."""

    def show(self, face: Face) -> None:
        """Show a face; from any thread."""

    def run(self) -> None:
        """Be there until stopped."""

    def stop(self) -> None:
        """End; from any thread, also twice."""

    @property
    def drawn_by(self) -> str:
        """What draws it; "" while that is not known."""

    def after_a_frame(self, done: Callable[[], None]) -> None:
        """Call this once something more has been drawn; from any thread."""


class NoScreen:
    """Stands in for the screen where there is none: faces only go to whoever drives."""

    drawn_by = ""

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

    def after_a_frame(self, done: Callable[[], None]) -> None:
        """There is nothing to wait for."""
        done()


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
        falls = _note_falls(starts, ground.screen, stairs)
        ground.enter(fell_over(starts.error) if careful else None)
        # What has been loaded stays; from now on only what comes is looked through for what goes away again.
        gc.freeze()
        gc.enable()
        try:
            ground.screen.run()
        except Exception as error:
            falls("the screen", error)
            return 1
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


class DemoRecordError(ValueError):
    """Demo members were found where a shop's own record should be."""


def _note_falls(starts: Starts, screen: Screen, stairs: ExitStack) -> Callable[[str, BaseException], None]:
    """An end that nobody meant leaves its place in the log and beside the record, and no names."""

    def fell(where: str, error: BaseException) -> None:
        told = f"{where}: {trace(error)}"
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

    Raises what the start raises where there is nobody to show it to.
    """

    def __init__(self, wanted: Wanted, stairs: ExitStack) -> None:
        self._wanted = wanted
        self._upper = ExitStack()
        self._pretended = open_devices(wanted.settings, pretend=True) if wanted.pretend else None
        self._hands = self._pretended[1] if self._pretended else NoHands()
        stairs.callback(self._hands.close)
        stairs.callback(self._leave)
        self._behind: House | SafeHouse | None = None
        self._undrawn: tuple[str, ...] = ()
        self.begins_again = False
        self.screen = _screen(wanted, self._hands, self._hear, self._failing)
        stairs.callback(self.screen.stop)
        self._heartbeat = Heartbeat({"the house": self._ask, "the screen": self.screen.after_a_frame})
        stairs.callback(self._heartbeat.stop)
        _end_on_signals(self.screen)

    @property
    def ended(self) -> bool:
        """Whether the house ended by itself, which it never should."""
        return isinstance(self._behind, House) and not self._behind.lives

    def enter(self, careful: Why | None) -> None:
        """Let the house live; or the careful one, because of what happened or because this can't be done."""
        if careful is None:
            try:
                self._climb()
            except DemoRecordError:
                raise
            except Exception as error:
                if _is_the_updates(error) or not (self._wanted.screen or self._wanted.drive):
                    raise
                careful = could_not_start(error)
                log.warning("starting carefully: %s", careful.error or careful.mend)
        if careful is not None:
            self._be_careful(careful)
        if self._wanted.drive:
            Driver(self._hear, self._hands.words(), self.screen.stop).start()
        self._heartbeat.start()

    def _ask(self, done: Callable[[], None]) -> None:
        """The heartbeat's question; a careful house, which books nothing, has no inbox to be stuck."""
        if isinstance(self._behind, House):
            self._behind.ask(done)
        else:
            done()

    def _be_careful(self, why: Why) -> None:
        safe = SafeHouse(
            self._wanted.data,
            self._wanted.settings.shop.name,
            why,
            show=_showing(self._wanted, self.screen),
            again=self._climb,
            sticks=mounted_sticks,
            language=self._wanted.settings.shop.language,
        )
        self._behind = safe
        safe.start()

    def _climb(self) -> None:
        """Up to the house; what was opened is closed again when that fails."""
        with ExitStack() as steps:
            house = climb(self._wanted, steps, self.screen, self._pretended, self._end_to_begin_again)
            self._upper = steps.pop_all()
        self._behind = house
        self._failing(self._undrawn)

    def _end_to_begin_again(self) -> None:
        self.begins_again = True
        self.screen.stop()

    def _leave(self) -> None:
        if isinstance(self._behind, SafeHouse):
            self._behind.stop()
        self._upper.close()

    def _hear(self, touch: Touch) -> None:
        if self._behind is not None:
            self._behind.hear(touch)

    def _failing(self, pages: tuple[str, ...]) -> None:
        """Pages that can't be drawn are an alarm until they can."""
        self._undrawn = pages
        if isinstance(self._behind, House):
            told = ", ".join(pages)
            self._behind.hear(DeviceTold("screen", "undrawn" if pages else "ready", told))


def _is_the_updates(error: Exception) -> bool:
    """An update that can't do what it is for must not count as ready: the version before it comes back then.

    A card that can't be read or written (all these are OSErrors) no other version could do better with.
    """
    return on_trial() and not isinstance(error, OSError)


def climb(
    wanted: Wanted, stairs: ExitStack, screen: Screen, pretended: Devices | None, again: Callable[[], None]
) -> House:
    """Up to a house that lives. Each step stands on the one before; the stack takes them down in reverse."""
    settings, folder = wanted.settings, wanted.data
    aside = settle(folder)
    if aside:
        log.warning("a copy of the record was put in place; the record of before is kept in %s", folder / aside)
    _must_not_be_lost(folder)
    store = stairs.enter_context(Store.open(folder))
    if store.rebuilt:
        log.warning("%s", store.rebuilt)
    key = BadgeKey.of(folder, may_make=store.next_number == 1)
    pulse = stairs.enter_context(Pulse(folder))
    keeping = Safekeeping(
        folder, store, wanted=settings.data.copy is not None, again=lambda: _soon(again, SHOWN_FOR)
    )
    signer = seal_key(folder, store.device, may_make=True)
    assert signer is not None
    together = Together(
        folder,
        store,
        signer,
        key,
        listen=settings.building.listen or "",
        at=settings.building.claims or "",
    )
    core = Core(store, _present(store, key, demo=wanted.pretend), SystemClock(), together)
    rig, _ = pretended or open_devices(settings, pretend=False)
    watcher = Watcher(rig, rig_settings(settings), hushed=lambda: house.voting)
    alarm_lamp = AlarmLamp(rig.lamps)
    voice = Voice() if settings.screen.voice != "off" else None
    looking = Looking(folder, watcher, screen, voice, together.look)
    reckoning = Reckoning(folder, lambda: store.last_number, settings.shop.language)
    lines: list[OpenLines] = []
    house = House(
        core,
        settings.shop.name,
        show=_showing(wanted, screen),
        cue=_cue(rig),
        told_alarms=_warn(folder, alarm_lamp, looking),
        let_coins_in=_coin_gate(rig),
        light=button_lamps(rig.lamps),
        alive=pulse.beat,
        photos=lambda: waiting(folder),
        keep_photo=lambda photo: keep(folder, photo),
        copies=keeping.look,
        put_in_place=keeps(core, keeping),
        take_along=takes_along(core, keeping),
        box=looking.look,
        try_out=trials(rig.lamps, rig.sounder, alarm_lamp),
        sealing=sealing(folder, store.device, store.tree),
        template=lambda: lying_ready(folder),
        counted=reckoning.look,
        language=settings.shop.language,
        say=voice.say if voice is not None else lambda _words, _language: None,
        voice=settings.screen.voice,
        size=SIZES.index(settings.screen.text),
        audit=lambda period: counted.month(period) if (counted := reckoning.look()) else None,
        street=street(
            folder,
            store.device,
            signer,
            settings.shop.name,
            find=store.find,
            listen=settings.neighbours.listen or "",
            is_open=lambda name: any(each.is_open(name) for each in lines),
        ),
        invited=lambda: lying(folder),
    )
    if voice is not None:
        voice.start(house.hear)
        stairs.callback(voice.stop)
    reckoning.start()
    stairs.callback(reckoning.stop)
    house.start()
    stairs.callback(house.stop)
    if not wanted.pretend:
        looks = threading.Thread(target=_look_at_program, args=(folder, house), name="program", daemon=True)
        # It reads every file of the program: after the first frame.
        screen.after_a_frame(looks.start)
    if refused := refused_update():
        house.hear(DeviceTold(device="update", state="fault", detail=refused))
    if settings.data.copy is not None:
        stairs.callback(copy_every_night(settings.data.copy, folder, keeping.told, lambda: house.quiet))
    links = LinkKeys(signer, lambda: core.state)
    rig.start(tee(listener(key, house.hear, keeping.key, links), watcher))
    stairs.callback(rig.stop)
    together.start(lambda: core.state, house.book, house.answer)
    stairs.callback(together.stop)
    lines.append(_open_the_post(wanted, store, core, house, signer, stairs))
    telling = Telling(folder, lambda: looking.tell(keeping.fault))
    telling.start()
    stairs.callback(telling.stop)
    return house


def _look_at_program(folder: Path, house: House) -> None:
    """Beside all else, so that nobody waits for it: is this the program that ran before?"""
    runs, known = program.running(), program.known(folder)
    if not known or not house.founded:
        # What was laid before there was a shop is nobody's news.
        program.keep(folder, runs)
        return
    house.ask(lambda: house.note_program(known, runs))


def _open_the_post(
    wanted: Wanted, store: Store, core: Core, house: House, signer: Signer, stairs: ExitStack
) -> OpenLines:
    """Letters to and from neighbours: the post office, and lines where there is a wire."""

    def take(text: str) -> Answered | None:
        return post.take(text)

    lines = OpenLines(
        wanted.data,
        store.device,
        signer,
        state=lambda: core.state,
        find=store.find,
        take=take,
        listen=wanted.settings.neighbours.listen or "",
        wall=wanted.settings.neighbours.wall or "",
    )
    post = PostOffice(
        wanted.data,
        signer.name,
        book=house.book,
        state=lambda: core.state,
        now=core.now,
        open_line=lines.is_open,
        witness=Witnessing(wanted.data, signer, lambda state: template_of(state, wanted.settings)).look,
    )
    post.start()
    stairs.callback(post.stop)
    lines.start()
    stairs.callback(lines.stop)
    return lines


SHOWN_FOR = 4.0
"""Seconds for which the screen says that the kiosk starts again."""


def _soon(do: Callable[[], None], seconds: float) -> None:
    timer = threading.Timer(seconds, do)
    timer.daemon = True
    timer.start()


def _must_not_be_lost(folder: Path) -> None:
    """Where the key lies, there was a record; a new one must not begin in its place."""
    if (folder / KEY_FILE).exists() and not (folder / RECORD_FILE).exists():
        raise StoreDamagedError(
            f"{folder / RECORD_FILE} is gone, though its key is there. Put it back; "
            f"or move {KEY_FILE} aside too, and bring back a copy."
        )


def _screen(
    wanted: Wanted,
    hands: NoHands | PretendHands,
    touched: Callable[[Touch], None],
    failing: Callable[[tuple[str, ...]], None],
) -> Screen:
    """The window, with the dock beside it where there are pretend devices; or none."""
    if not wanted.screen:
        return NoScreen()
    from kiosk.window import open_window

    return open_window(wanted.settings.screen, hands, touched, failing)


def present_of(store: Store) -> State:
    """The present as the store kept it. Raises StoreDamagedError when it can't be read."""
    try:
        return restore(store.tables())
    except (msgspec.ValidationError, KeyError, TypeError) as error:
        raise StoreDamagedError("The present can't be read. Bring back a backup.") from error


def _present(store: Store, key: BadgeKey, *, demo: bool) -> State:
    """The present as the store kept it; demo members in a shop that has none yet, where they are asked for."""
    state = present_of(store)
    if demo and state.founded is None:
        return settle_in(store, key, SystemClock().now(), state, jar=True)
    if not demo and is_demo(state):
        raise DemoRecordError(
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


LOOKS = 15.0
"""Seconds between two looks at the machine."""


class Looking:
    """How the box is: the machine every fifteen seconds, the devices each time that is asked."""

    def __init__(
        self,
        folder: Path,
        watcher: Watcher,
        screen: Screen,
        voice: Voice | None = None,
        kiosks: Callable[[], tuple[KioskHow, ...]] = tuple,
    ) -> None:
        self._folder, self._watcher, self._screen, self._voice = folder, watcher, screen, voice
        self._kiosks = kiosks
        self._looked = -LOOKS
        self._box = Box()
        self.alarms: tuple[Alarm, ...] = ()

    def look(self) -> Box:
        """How it is; for the house."""
        now = time.monotonic()
        if now - self._looked >= LOOKS:
            self._looked = now
            self._box = Box(
                machine=look(self._folder),
                drawn_by=self._screen.drawn_by,
                used=memory_of(os.getpid()),
                checked=read_checked(self._folder),
            )
        return msgspec.structs.replace(self._box, devices=self._devices(), kiosks=self._kiosks())

    def _devices(self) -> tuple[DeviceHow, ...]:
        """Those of the rig, and the voice, which is a program."""
        return (*self._watcher.look(), *([self._voice.look()] if self._voice is not None else []))

    def tell(self, fault: str) -> Told:
        """The same for `kiosk doctor`; from any thread. fault: why no copy could be made."""
        return Told(os.getpid(), self._devices(), self.alarms, self._screen.drawn_by, fault, self._kiosks())


def _warn(folder: Path, alarm_lamp: AlarmLamp, looking: Looking) -> Callable[[tuple[Alarm, ...]], None]:
    """Word of what is wrong: what is broken to `kiosk state`, all of it to the lamp and to `kiosk doctor`."""

    def leave_word(alarms: tuple[Alarm, ...]) -> None:
        write_status(folder, (alarm for alarm in alarms if alarm.pressing))
        looking.alarms = alarms
        alarm_lamp(alarms)

    return leave_word


def _end_on_signals(screen: Screen) -> None:
    """SIGTERM and Ctrl-C end the kiosk in order; nothing is lost without it, but the lamps go out."""
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: screen.stop())
