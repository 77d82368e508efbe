"""What is said while nothing can be written down: what the card is like, and what mends it."""

from collections.abc import Mapping

from kiosk.store.errors import (
    StoreBusyError,
    StoreDamagedError,
    StoreError,
    StoreFullError,
    StoreGoneError,
    StoreNewerError,
    StoreReadOnlyError,
)
from kiosk.tongue import later, phrase

CARD = "card"
"""Its name among the devices."""

_STATES: tuple[tuple[type[StoreError], str], ...] = (
    (StoreFullError, "full"),
    (StoreReadOnlyError, "read-only"),
    (StoreBusyError, "held"),
    (StoreGoneError, "gone"),
    (StoreDamagedError, "damaged"),
    (StoreNewerError, "newer"),
)

_OFF_AND_ON = later("Switch the kiosk off and on. If it stays so, change the memory card.")

_SAID: Mapping[str, tuple[str, str]] = {
    "full": (later("The memory card is full"), later("Make room on it, or give the kiosk a larger one.")),
    "read-only": (later("The memory card can only be read"), _OFF_AND_ON),
    "held": (later("Another program holds the record"), later("Close it; the kiosk goes on by itself.")),
    "gone": (later("The memory card is not there"), later("Put it back in; the kiosk goes on by itself.")),
    "damaged": (later("The memory card is damaged"), later("Take a copy now, and bring back the last good one.")),
    "newer": (later("A newer kiosk wrote this record"), later("Update this one.")),
    "failing": (later("The memory card does not answer"), _OFF_AND_ON),
}


def card_state(trouble: StoreError) -> str:
    """In one word, what the card is like."""
    return next((state for kind, state in _STATES if isinstance(trouble, kind)), "failing")


def card_said(state: str) -> tuple[str, str]:
    """(what is wrong, what mends it), a sentence each."""
    words, mend = _SAID.get(state, _SAID["failing"])
    return phrase(words), phrase(mend)


def not_kept(trouble: StoreError) -> str:
    """To whoever wanted something written down: why it was not."""
    words, mend = card_said(card_state(trouble))
    return f"{words}. {mend}"
