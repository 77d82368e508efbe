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

CARD = "card"
"""Its name among the devices."""

_STATES: tuple[tuple[type[StoreError], str], ...] = (
    (StoreFullError, "full"),
    (StoreReadOnlyError, "read only"),
    (StoreBusyError, "held"),
    (StoreGoneError, "gone"),
    (StoreDamagedError, "damaged"),
    (StoreNewerError, "newer"),
)

_SAID: Mapping[str, tuple[str, str]] = {
    "full": ("The card is full", "Make room on it, or give the kiosk a larger one."),
    "read only": ("The card can only be read", "Switch the kiosk off and on. If it stays so, change the card."),
    "held": ("Another program holds the record", "Close it; the kiosk goes on by itself."),
    "gone": ("The card is not there", "Put it back in; the kiosk goes on by itself."),
    "damaged": ("The card is damaged", "Take a copy now, and bring back the last good one."),
    "newer": ("A newer kiosk wrote this record", "Update this one."),
    "failing": ("The card does not answer", "Switch the kiosk off and on. If it stays so, change the card."),
}


def card_state(trouble: StoreError) -> str:
    """In one word, what the card is like."""
    return next((state for kind, state in _STATES if isinstance(trouble, kind)), "failing")


def card_said(state: str) -> tuple[str, str]:
    """(what is wrong, what mends it), a sentence each."""
    return _SAID.get(state, _SAID["failing"])


def not_kept(trouble: StoreError) -> str:
    """To whoever wanted something written down: why it was not."""
    words, mend = card_said(card_state(trouble))
    return f"{words}. {mend}"
