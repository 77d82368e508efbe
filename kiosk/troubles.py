"""What is not well: devices that said so, the record where it can't be read, and the kiosk where it stumbled."""

import logging
from collections.abc import Callable, Mapping

from kiosk.amounts import EntryId, Moment
from kiosk.traces import trace
from kiosk.views.scene import DeviceTrouble
from kiosk.visit.hearing import DeviceTold

log = logging.getLogger(__name__)

RECORD = "record"
"""Stands among the devices that are not well when an entry can't be read."""

KIOSK = "kiosk"
"""Stands there once something of the kiosk's own went wrong, until it is started again."""

MOST_FAULTS = 100
"""Different ones that are logged in one run: what fails all the time must not fill the card."""

WELL = ("ready", "starting", "stopped")
"""States of a device that are no alarm."""


class Troubles:
    """Keeps what is not well, and since when. now: this moment."""

    def __init__(self, now: Callable[[], Moment]) -> None:
        self._now = now
        self._stumbled_over: set[str] = set()
        self.devices: Mapping[str, DeviceTrouble] = {}

    def told(self, told: DeviceTold) -> None:
        """What a device says of itself; another mapping comes of it, so that a scene keeps its own."""
        devices = {name: trouble for name, trouble in self.devices.items() if name != told.device}
        if told.state not in WELL:
            known = self.devices.get(told.device)
            since = known.since if known else self._now()
            devices[told.device] = DeviceTrouble(told.device, told.state, told.detail, since)
        self.devices = devices

    def not_as_written(self, entry: EntryId, why: Exception) -> None:
        """An entry can't be read; the first one is said, for whoever mends it looks at all."""
        if RECORD in self.devices:
            return
        log.warning("%s", why)
        detail = f"Entry {entry} is not as it was written."
        self.told(DeviceTold(device=RECORD, state="fault", detail=detail))

    def stumble(self, over: str, error: Exception) -> None:
        """What went wrong is logged once, by its place in the program, and is an alarm."""
        told = f"{over}: {trace(error)}"
        if told not in self._stumbled_over and len(self._stumbled_over) < MOST_FAULTS:
            self._stumbled_over.add(told)
            log.error("%s", told)
            self.told(DeviceTold(device=KIOSK, state="stumbled", detail=told))
