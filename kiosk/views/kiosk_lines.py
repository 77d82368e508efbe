"""What the record says of the kiosks of a building, in one sentence each."""

from kiosk.events import (
    AnyEvent,
    BuildingJoined,
    EntriesTaken,
    KioskAdded,
    KioskForked,
    KioskRemoved,
    TurnPassed,
)
from kiosk.tongue import phrase, plural
from kiosk.words import names


def about_the_building(event: AnyEvent) -> str:
    """The sentence; "" for what is not about kiosks."""
    match event:
        case KioskAdded(name=name, device=device, hands=hands):
            return phrase(
                "{names} let the kiosk “{kiosk}” ({device}) belong to the shop.",
                names=names(hands),
                kiosk=name,
                device=device,
            )
        case KioskRemoved(device=device, hands=hands):
            return phrase("{names} took the kiosk {device} off the shop.", names=names(hands), device=device)
        case BuildingJoined(device=device):
            return phrase("This kiosk belongs to the shop of the kiosk {device}.", device=device)
        case EntriesTaken(device=device, first=first, last=last):
            return plural(
                "{n} entry of the kiosk {device} came here.",
                "{n} entries of the kiosk {device} came here.",
                last - first + 1,
                device=device,
            )
        case TurnPassed():
            return phrase("This kiosk had its turn to write, and nothing to write.")
        case KioskForked(device=device):
            return phrase(
                "The kiosk {device} tells another past than before; nothing of it is taken any more.", device=device
            )
    return ""
