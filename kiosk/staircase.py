"""The staircase: key, core, house, devices. Down again in reverse.

Loaded once the wall is drawn: what stands here takes half of a start.
"""

import logging
import os
import threading
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

import msgspec

from hardware.device import tee
from hardware.rig import Rig
from kiosk import program
from kiosk.asked import NoHands, Screen, Wanted
from kiosk.box import Box, DeviceHow, KioskHow, look, memory_of, read_checked
from kiosk.clock import SystemClock
from kiosk.core import Core
from kiosk.devices import PretendHands, Watcher, open_devices, rig_settings
from kiosk.drive import showing
from kiosk.faces import Alarm
from kiosk.house import House
from kiosk.invited import lying
from kiosk.lights import AlarmLamp, button_lamps, trials
from kiosk.nightly import copy_every_night
from kiosk.open_building import Together
from kiosk.open_lines import LinkKeys, OpenLines, street
from kiosk.opened import Opened
from kiosk.our_way import template_of
from kiosk.photos import keep, waiting
from kiosk.post_office import PostOffice
from kiosk.pulse import Pulse
from kiosk.reckoning import Reckoning
from kiosk.safekeeping import Safekeeping, keeps, takes_along
from kiosk.seal_key import seal_key, sealing
from kiosk.sealing.note import Signer
from kiosk.settings import SIZES
from kiosk.status import refused_update, write_status
from kiosk.store import Store
from kiosk.telling import Telling, Told
from kiosk.template import lying_ready
from kiosk.visit.ground import Answered
from kiosk.visit.hearing import DeviceTold, listener
from kiosk.voice import Voice
from kiosk.witnessing import Witnessing

log = logging.getLogger(__name__)

Devices = tuple[Rig, NoHands | PretendHands]


def climb(
    wanted: Wanted,
    opened: Opened,
    stairs: ExitStack,
    screen: Screen,
    pretended: Devices | None,
    again: Callable[[], None],
) -> House:
    """Up to a house that lives. Each step stands on the one before; the stack takes them down in reverse.

    again: called when the kiosk is to begin again, with another record in place.
    """
    settings, folder = wanted.settings, wanted.data
    store, key, state = opened
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
    core = Core(store, state, SystemClock(), together)
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
        show=showing(screen.show, driven=wanted.drive),
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
        # It reads every file of the program; the wall is drawn by now.
        looks.start()
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


def say_undrawn(house: House, pages: tuple[str, ...]) -> None:
    """Tell the house which pages can't be drawn, for as long as there are any."""
    house.hear(DeviceTold("screen", "undrawn" if pages else "ready", ", ".join(pages)))
