"""Folding the charter: the numbers that the shop lives by, and when and by which vote each was changed."""

from collections.abc import Callable, Mapping
from typing import Any

from msgspec.structs import fields, replace

from kiosk.amounts import EntryId
from kiosk.events import CharterChanged, CharterWritten, Entry
from kiosk.state.change import Change, Touched, lay
from kiosk.state.present import Amended, Charter, CopiedFrom, State

KEPT = 24
"""How many of the changes of one number are kept at hand for its history."""

_SHOP = Touched("shop", "shop")
_NAMES = frozenset(each.name for each in fields(Charter))


def _written(state: State, entry: Entry, event: CharterWritten) -> Change:
    """Names that this house does not know are of another version's, and change nothing here."""
    numbers: dict[str, Any] = {name: value for name, value in event.numbers.items() if name in _NAMES}
    written = replace(state, charter=replace(state.charter, **numbers))
    if not event.template:
        return Change(written, (_SHOP,))
    copied = replace(written, copied_from=CopiedFrom(event.shop, event.template))
    return Change(copied, (_SHOP, Touched("copied_from", "copied_from")))


def _changed(state: State, entry: Entry, event: CharterChanged) -> Change:
    name = event.change.number
    before = state.amended.get(name)
    entries = (*(before.entries if before else ()), entry.id)[-KEPT:]
    amended = lay(state, amended={name: Amended(entry.moment, event.decision, entries)})
    touched = (_SHOP, Touched("amended", name))
    if name in _NAMES:
        now: dict[str, Any] = {name: event.change.after}
        amended = replace(amended, charter=replace(state.charter, **now))
    settled = _settled(amended, event.decision)
    return Change(settled, (*touched, Touched("decisions", event.decision)))


def _settled(state: State, decision: EntryId) -> State:
    """What was decided holds now, so it waits for no hands any more."""
    known = state.decisions.get(decision)
    return lay(state, decisions={decision: replace(known, change=None)}) if known else state


CHARTER: Mapping[type, Callable[[State, Entry, Any], Change]] = {
    CharterWritten: _written,
    CharterChanged: _changed,
}
"""How each event of the charter changes the present."""
