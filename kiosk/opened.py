"""The record of a data folder, opened for writing, and what it says is so now."""

import logging
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple

import msgspec

from kiosk.badge_key import KEY_FILE, BadgeKey
from kiosk.clock import DEMO, SIMULATED, SystemClock
from kiosk.state import State, restore
from kiosk.store import RECORD_FILE, Store, StoreDamagedError
from kiosk.store.restoring import settle

log = logging.getLogger(__name__)


def is_demo(state: State) -> bool:
    """Whether a shop was founded by demo members, whose badges are no secret; also one of a made-up year."""
    return state.founded is not None and state.founded.boot in (DEMO, SIMULATED)


class DemoRecordError(ValueError):
    """Demo members were found where a shop's own record should be."""


class Opened(NamedTuple):
    """The record, the key of its badges, and the present."""

    store: Store
    key: BadgeKey
    state: State


def open_record(folder: Path, stairs: ExitStack, *, demo: bool) -> Opened:
    """Open it, or begin one; the stack closes it. demo: let demo members found a shop where there is none yet.

    Raises the StoreErrors, BadgeKeyError, and DemoRecordError where demo members were not asked for.
    """
    aside = settle(folder)
    if aside:
        log.warning("a copy of the record was put in place; the record of before is kept in %s", folder / aside)
    _must_not_be_lost(folder)
    store = stairs.enter_context(Store.open(folder))
    if store.rebuilt:
        log.warning("%s", store.rebuilt)
    key = BadgeKey.of(folder, may_make=store.next_number == 1)
    return Opened(store, key, _present(store, key, demo=demo))


def _must_not_be_lost(folder: Path) -> None:
    """Where the key lies, there was a record; a new one must not begin in its place."""
    if (folder / KEY_FILE).exists() and not (folder / RECORD_FILE).exists():
        raise StoreDamagedError(
            f"{folder / RECORD_FILE} is gone, though its key is there. Put it back; "
            f"or move {KEY_FILE} aside too, and bring back a copy."
        )


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
        from kiosk.demo import settle_in  # with all rules, which only the house needs else

        return settle_in(store, key, SystemClock().now(), state, jar=True)
    if not demo and is_demo(state):
        raise DemoRecordError(
            "this record began with demo members, whose badges anybody can make. "
            "Name another data folder for a shop of your own, or run it with --pretend."
        )
    return state
