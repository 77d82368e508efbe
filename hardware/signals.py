"""Every sentence a device can say.

A signal is frozen, names the device that said it, and carries the moment it happened: seconds on the
monotonic clock, taken at the edge or at the last byte, not where the signal is handled.
"""

from dataclasses import dataclass
from enum import StrEnum


class DeviceState(StrEnum):
    """How a device is doing; the word is also what `kiosk state` and the bench print."""

    STARTING = "starting"  # asked to start, not yet heard from
    READY = "ready"  # answers
    LOST = "lost"  # was never there, or is gone; being looked for
    BUSY = "busy"  # another program holds its port
    FAULT = "fault"  # there, but something needs a person (stuck button, jammed coin)
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True, kw_only=True)
class Signal:
    """What all signals share.

    device: the name the rig gave it, such as "badge reader".
    at: seconds on the monotonic clock.
    """

    device: str
    at: float


@dataclass(frozen=True, slots=True, kw_only=True)
class CardSeen(Signal):
    """A card was laid on a reader; said once for each time it is laid there.

    uid: 4, 7 or 10 bytes from an NFC tag (tech "nfc"), 5 bytes from a 125 kHz tag (tech "em4100").
    random: the number is made up anew at each tap, as phones do (ISO 14443-3: four bytes, the first 08).
    """

    uid: bytes
    tech: str = "nfc"
    random: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CardGone(Signal):
    """The card that was seen has been taken away."""

    uid: bytes
    tech: str = "nfc"


@dataclass(frozen=True, slots=True, kw_only=True)
class CardsAmbiguous(Signal):
    """Two or more cards lie on the reader at once; none of them is chosen. Said once until that ends."""

    count: int = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeScanned(Signal):
    """A whole code was read: NFC-normalised text without control characters."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeUnreadable(Signal):
    """The scanner sent something that is no code. why: "too long", "not text" or "cut off"."""

    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ButtonPressed(Signal):
    """One deliberate press, said when it has been stable long enough. button: "yes", "no", "abstain", …"""

    button: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ButtonReleased(Signal):
    """The end of a press that was said. held: seconds from press to release.

    bounces: how often the contact changed besides, from the first edge to the last; many tell of a worn switch.
    """

    button: str
    held: float
    bounces: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ButtonsTogether(Signal):
    """Several buttons went down within 80 ms: nobody's choice. Said once for the group."""

    buttons: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ButtonsHeld(Signal):
    """These buttons have all been down for three seconds."""

    buttons: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ButtonStuck(Signal):
    """A button has been down too long, or was down at the start; it is left out until it comes up."""

    button: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ButtonFreed(Signal):
    """A stuck button came up; it counts again."""

    button: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CoinDropped(Signal):
    """A coin of known value fell. cents: its value; pulses: how the acceptor said it."""

    cents: int
    pulses: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CoinUnidentified(Signal):
    """Something fell that the table of coins does not know. Never rounded to a coin."""

    pulses: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceChanged(Signal):
    """A device's state changed. detail: one sentence for a person, naming the culprit; may be empty."""

    state: DeviceState
    detail: str = ""
