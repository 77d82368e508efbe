"""How an entry changes the present: the shape of a change, and the small steps that all folding is made of."""

from collections.abc import Mapping
from typing import Any, NamedTuple

import msgspec

from kiosk.state.present import State


class Touched(NamedTuple):
    """A document of the present that an entry changed: its table and its name there."""

    table: str
    name: str


class Change(NamedTuple):
    """What one entry does: the state after it, and the documents it touched."""

    state: State
    touched: tuple[Touched, ...]


def lay(state: State, **maps: Mapping[Any, Any]) -> State:
    """The state with these documents laid over the ones of the same name."""
    merged = {name: {**getattr(state, name), **documents} for name, documents in maps.items()}
    return msgspec.structs.replace(state, **merged)


def without(documents: Mapping[Any, Any], name: object) -> Mapping[Any, Any]:
    """The documents but this one."""
    return {key: value for key, value in documents.items() if key != name}
