"""The whole house of a shop, from the bytes on the wire to the faces, with pretend devices."""

import tempfile
from contextlib import ExitStack
from datetime import date
from pathlib import Path

from hardware.device import tee
from kiosk import periods
from kiosk.badge_key import BadgeKey
from kiosk.belongings import copy_keys
from kiosk.box import Box, DeviceHow, Machine
from kiosk.clock import SystemClock
from kiosk.core import Core
from kiosk.counted import Counted
from kiosk.demo import settle_in
from kiosk.devices import PretendHands, open_devices
from kiosk.house import House
from kiosk.open_lines import LinkKeys, street
from kiosk.reports import gathered
from kiosk.reports.gathered import audit_of
from kiosk.safekeeping import Safekeeping, keeps
from kiosk.seal_key import seal_key, sealing
from kiosk.settings import Settings
from kiosk.state import State
from kiosk.store import Reader, Store
from kiosk.store.restoring import check, lay_ready, offer
from kiosk.tour.guide import Guide, Shown
from kiosk.visit.hearing import listener
from kiosk.words import local

A_BOX = Box(
    machine=Machine(
        degrees=58, throttled=0, free=12 * 1024**3, size=29 * 1024**3, mount="/data", spare=640 * 1024**2
    ),
    devices=(
        DeviceHow("badge reader", "ready", "/dev/serial/by-id/usb-1a86_USB_Serial-if00-port0", errors=3),
        DeviceHow("buttons", "ready", "pins 5, 6, 13"),
    ),
    drawn_by="V3D 4.2",
)
"""How the box of the tour is: well."""


def open_shop(settings: Settings, stairs: ExitStack, *, demo: bool, jar: bool, copy: bool) -> Guide:
    """A shop to be led through, until the stairs are gone down.

    demo: whether it has been going for some days; jar: and there is something in its jar. copy: whether one of its
    record lies ready.
    """
    folder = Path(stairs.enter_context(tempfile.TemporaryDirectory(prefix="kiosk-tour-"))) / "card"
    store = stairs.enter_context(Store.open(folder))
    key = BadgeKey.of(folder, may_make=True)
    clock, shown = SystemClock(), Shown()
    state = settle_in(store, key, clock.now(), jar=jar) if demo else State()
    if copy:
        lay_a_copy(folder, stairs)
    signer = seal_key(folder, store.device, may_make=True)
    assert signer is not None
    core, keeping = Core(store, state, clock), Safekeeping(folder, store, again=lambda: None)
    counted = as_if_over(folder, local(clock.now()).date()) if demo else None
    house = House(
        core,
        settings.shop.name,
        show=shown.show,
        copies=keeping.look,
        put_in_place=keeps(core, keeping),
        sealing=sealing(folder, store.device, store.tree),
        box=lambda: A_BOX,
        language=settings.shop.language,
        audit=audit_of(folder),
        counted=lambda: counted,
        street=street(folder, store.device, signer, settings.shop.name, find=store.find),
    )
    rig, hands = open_devices(Settings(), pretend=True)
    assert isinstance(hands, PretendHands)
    stairs.callback(hands.close)
    house.start()
    stairs.callback(house.stop)
    rig.start(tee(listener(key, house.hear, keeping.key, LinkKeys(signer, lambda: core.state)), shown.hear))
    stairs.callback(rig.stop)
    return Guide(house, hands, shown, folder)


def as_if_over(folder: Path, today: date) -> Counted:
    """The month and the quarter that run, counted as if they were over: the demo shop has no others."""
    month, quarter = periods.month_of(today), periods.quarter_of(today)
    with Reader.open(folder) as reader:
        trend = gathered.audits(reader, (periods.before(month), month))
        return Counted(trend[-1], trend, gathered.ledger(reader, quarter), trend, reader.last_number)


def lay_a_copy(folder: Path, stairs: ExitStack) -> None:
    """Lay a copy ready, of the shop as it is; on a fresh card one of the demo shop."""
    with Reader.open(folder) as reader:
        fresh = not reader.last_number
    source = folder
    if fresh:
        source = Path(stairs.enter_context(tempfile.TemporaryDirectory(prefix="kiosk-tour-")))
        with Store.open(source) as other:
            settle_in(other, BadgeKey.of(source, may_make=True), SystemClock().now())
    with Reader.open(source) as reader:
        checked = check(reader)
        copy_keys(source, lay_ready(reader, folder))
    offer(folder, checked)
