"""Folding what a shop's kiosks tell each other: who they are, and how far each has been heard."""

from collections.abc import Callable, Mapping
from typing import Any

from msgspec.structs import replace

from kiosk.batch import taken
from kiosk.events import (
    BuildingJoined,
    EntriesTaken,
    Entry,
    KioskAdded,
    KioskForked,
    KioskRemoved,
    KioskUpdated,
    RecordRestored,
)
from kiosk.sealing.tree import grown
from kiosk.state.change import Change, Touched, lay
from kiosk.state.kiosks import HeardOf, Kiosk
from kiosk.state.present import State

OF_ITS_BOX = (BuildingJoined, KioskForked, KioskUpdated, RecordRestored)
"""What a kiosk says of its own box and card: it stands in the record of all, and is shown only there."""

TURN = Touched("turn", "turn")


def heard(state: State, event: EntriesTaken) -> State:
    """How far a kiosk has been heard, once its batch was taken."""
    before = state.taken.get(event.device) or HeardOf()
    peaks, size, order = tuple(bytes.fromhex(each) for each in before.peaks), before.number, before.order
    for told in taken(event):
        peaks = grown(peaks, size, told.leaf)
        size += 1
        order = max(order, told.entry.order if told.entry else 0)
    now = replace(before, number=size, peaks=tuple(each.hex() for each in peaks), order=order)
    return lay(state, taken={event.device: now})


def _added(state: State, entry: Entry, event: KioskAdded) -> Change:
    kiosk = Kiosk(event.device, event.name, event.key, entry.moment, wire=event.wire, claims=event.claims)
    return Change(lay(state, kiosks={event.device: kiosk}), (Touched("kiosks", event.device),))


def _removed(state: State, entry: Entry, event: KioskRemoved) -> Change:
    gone = replace(state.kiosks[event.device], removed=True)
    return Change(lay(state, kiosks={event.device: gone}), (Touched("kiosks", event.device),))


def _joined(state: State, entry: Entry, event: BuildingJoined) -> Change:
    return Change(
        lay(state, taken={event.device: HeardOf(key=event.key)}),
        (Touched("taken", event.device),),
    )


def _forked(state: State, entry: Entry, event: KioskForked) -> Change:
    before = state.taken.get(event.device) or HeardOf()
    return Change(lay(state, taken={event.device: replace(before, forked=True)}), (Touched("taken", event.device),))


BUILDING: Mapping[type, Callable[[State, Entry, Any], Change]] = {
    KioskAdded: _added,
    KioskRemoved: _removed,
    BuildingJoined: _joined,
    KioskForked: _forked,
}
"""How each event of the building changes the present."""
