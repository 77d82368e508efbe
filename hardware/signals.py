"""Every sentence a device can say.

A signal is frozen, names the device that said it, and carries the moment it happened: seconds on the
monotonic clock, taken at the edge or at the last byte, not where the signal is handled.
"""

from enum import StrEnum

from msgspec import Struct


class DeviceState(StrEnum):
    """How a device is doing; the word is also what `kiosk state` and the bench print."""

    STARTING = "starting"  # asked to start, not yet heard from
    READY = "ready"  # answers
    LOST = "lost"  # was never there, or is gone; being looked for
    BUSY = "busy"  # another program holds its port
    FAULT = "fault"  # there, but something needs a person (stuck button, jammed coin)
    STOPPED = "stopped"


class Signal(Struct, frozen=True, kw_only=True):
    """What all signals share.

    device: the name the rig gave it, such as "badge reader".
    at: seconds on the monotonic clock.
    """

    device: str
    at: float


class CardSeen(Signal, frozen=True, kw_only=True):
    """A card was laid on a reader; said once for each time it is laid there.

    uid: 4, 7 or 10 bytes from an NFC tag (tech "nfc"), 5 bytes from a 125 kHz tag (tech "em4100"), or the last 4 of
    them where its reader types no more.
    random: the number is made up anew at each tap, as phones do (ISO 14443-3: four bytes, the first 08).
    """

    uid: bytes
    tech: str = "nfc"
    random: bool = False


class CardGone(Signal, frozen=True, kw_only=True):
    """The card that was seen has been taken away."""

    uid: bytes
    tech: str = "nfc"


class CardsAmbiguous(Signal, frozen=True, kw_only=True):
    """Two or more cards lie on the reader at once; none of them is chosen. Said once until that ends."""

    count: int = 2


class CodeScanned(Signal, frozen=True, kw_only=True):
    """A whole code was read: NFC-normalised text without control characters."""

    text: str


class CodeUnreadable(Signal, frozen=True, kw_only=True):
    """The scanner sent something that is no code. why: "too long", "not text" or "cut off"."""

    why: str


class ButtonPressed(Signal, frozen=True, kw_only=True):
    """One deliberate press, said when it has been stable long enough. button: "yes", "no", "abstain", …"""

    button: str


class ButtonReleased(Signal, frozen=True, kw_only=True):
    """The end of a press that was said. held: seconds from press to release.

    bounces: how often the contact changed besides, from the first edge to the last; many tell of a worn switch.
    """

    button: str
    held: float
    bounces: int = 0


class ButtonsTogether(Signal, frozen=True, kw_only=True):
    """Several buttons went down within 80 ms: nobody's choice. Said once for the group."""

    buttons: tuple[str, ...]


class ButtonsHeld(Signal, frozen=True, kw_only=True):
    """These buttons have all been down for three seconds."""

    buttons: tuple[str, ...]


class ButtonStuck(Signal, frozen=True, kw_only=True):
    """A button has been down too long, or was down at the start; it is left out until it comes up."""

    button: str


class ButtonFreed(Signal, frozen=True, kw_only=True):
    """A stuck button came up; it counts again."""

    button: str


class CoinDropped(Signal, frozen=True, kw_only=True):
    """A coin of known value fell. cents: its value; pulses: how the acceptor said it."""

    cents: int
    pulses: int


class CoinUnidentified(Signal, frozen=True, kw_only=True):
    """Something fell that the table of coins does not know. Never rounded to a coin."""

    pulses: int


class DeviceChanged(Signal, frozen=True, kw_only=True):
    """A device's state changed. detail: one sentence for a person, naming the culprit; may be empty."""

    state: DeviceState
    detail: str = ""
