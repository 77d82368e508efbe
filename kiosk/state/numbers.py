"""Folding numbers said aloud: the latest of them, and words to pick from. What they add up to is in the record."""

from collections.abc import Callable, Hashable, Mapping
from typing import Any, TypeVar

from msgspec.structs import replace

from kiosk.events import ConcessionWon, Entry, NumberSaid, ReformNoted
from kiosk.state.change import Change, Touched
from kiosk.state.present import Spoken, State

SHOWN = 60
"""How many of the latest numbers are kept at hand to be looked at, and countered."""

WORDS = 12
"""How many words of each sort are kept to pick from."""

_SPOKEN = Touched("spoken", "spoken")

T = TypeVar("T", bound=Hashable)


def _last(known: tuple[T, ...], new: T) -> tuple[T, ...]:
    """With this one last, and each only once."""
    return (*(each for each in known if each != new), new)[-WORDS:]


def _said(state: State, entry: Entry, event: NumberSaid) -> Change:
    spoken = _heard(state.spoken, entry, event.source)
    if event.measure == "hours":
        return _keep(state, replace(spoken, works=_last(spoken.works, event.what)))
    return _keep(state, replace(spoken, goods=_last(spoken.goods, (event.what, event.unit))))


def _won(state: State, entry: Entry, event: ConcessionWon) -> Change:
    spoken = _heard(state.spoken, entry, event.source)
    actions = _last(spoken.actions, event.action)
    return _keep(state, replace(spoken, won=_last(spoken.won, event.what), actions=actions))


def _noted(state: State, entry: Entry, event: ReformNoted) -> Change:
    spoken = _heard(state.spoken, entry, event.source)
    boasters = _last(spoken.boasters, event.by)
    return _keep(state, replace(spoken, noted=_last(spoken.noted, event.what), boasters=boasters))


def _heard(spoken: Spoken, entry: Entry, source: str) -> Spoken:
    latest = (*spoken.latest, entry.id)[-SHOWN:]
    return replace(spoken, latest=latest, sources=_last(spoken.sources, source))


def _keep(state: State, spoken: Spoken) -> Change:
    return Change(replace(state, spoken=spoken), (_SPOKEN,))


NUMBERS: Mapping[type, Callable[[State, Entry, Any], Change]] = {
    NumberSaid: _said,
    ConcessionWon: _won,
    ReformNoted: _noted,
}
"""How each number that is said changes the present. One that is countered stays in the list, marked."""
