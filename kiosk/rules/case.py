"""What a rule judges by."""

from collections.abc import Callable
from typing import NamedTuple

from kiosk.amounts import EntryId, Moment
from kiosk.commands import Refusal
from kiosk.events import AnyEvent, Found
from kiosk.state import State

Find = Callable[[EntryId], Found | None]
"""Looks an older entry up in the record."""

Verdict = tuple[AnyEvent, ...] | Refusal
"""What a rule says: what happened, or why not."""


class Case(NamedTuple):
    """The present, the moment of asking, and a way to look older entries up. next: the name of the next entry."""

    state: State
    now: Moment
    find: Find
    next: EntryId = EntryId("")
