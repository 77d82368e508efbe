"""What the devices say, in the words of a visit. The only module of the house that knows signals."""

from collections.abc import Callable, Mapping
from typing import Literal

from msgspec import Struct

from hardware.signals import (
    ButtonFreed,
    ButtonPressed,
    ButtonReleased,
    ButtonsHeld,
    ButtonsTogether,
    ButtonStuck,
    CardsAmbiguous,
    CardSeen,
    CodeScanned,
    CodeUnreadable,
    CoinDropped,
    CoinUnidentified,
    DeviceChanged,
    Signal,
)
from kiosk.amounts import BadgeHash
from kiosk.badge_key import BadgeKey
from kiosk.codes import read_code, read_label
from kiosk.commands import NewBadge
from kiosk.figures.numbers import Behind, read_behind
from kiosk.letters.codes import is_code

ANSWERS = ("yes", "no", "abstain")
"""The three buttons, in the order of their shapes: circle, square, triangle."""


class Tapped(Struct, frozen=True):
    """A badge: a tag laid down, or a card's code shown. Its number or secret ends here; only the hash goes on."""

    badge: NewBadge


class LabelSeen(Struct, frozen=True):
    """The label of a tool. label: the letters by which the shelf knows it. length: of the whole code."""

    label: str
    length: int = 0


class LetterScanned(Struct, frozen=True):
    """A code of what a neighbour wrote, or of its card. text: as it was scanned; anybody can make one."""

    text: str


class SheetSeen(Struct, frozen=True):
    """A code beside the figures on a sheet. behind: the entries, or the section, that it names."""

    behind: Behind


class Misread(Struct, frozen=True):
    """Something was held up that is no badge. what: which. length: of a code that is none of ours."""

    what: Literal["two cards", "foreign code", "unreadable code"]
    length: int = 0


class Pressed(Struct, frozen=True):
    """One of the vote buttons."""

    button: str


class Released(Struct, frozen=True):
    """A button that was pressed came up. held: milliseconds. bounces: how often its contact chattered meanwhile."""

    button: str
    held: int
    bounces: int = 0


class Stuck(Struct, frozen=True):
    """A button has been down for too long, and is left out."""

    button: str


class Freed(Struct, frozen=True):
    """A button that was stuck came up."""

    button: str


class PressedTwo(Struct, frozen=True):
    """Two of the buttons went down at once, which is nobody's choice."""


class HeldTogether(Struct, frozen=True):
    """All the buttons have been held down together for three seconds."""


class CoinHeard(Struct, frozen=True):
    """A coin fell. cents: None when it is of a kind that the acceptor was not told of."""

    cents: int | None
    pulses: int


class DeviceTold(Struct, frozen=True):
    """A device says how it is. state: the word of hardware.signals.DeviceState."""

    device: str
    state: str
    detail: str


Heard = (
    Tapped
    | LabelSeen
    | LetterScanned
    | SheetSeen
    | Misread
    | Pressed
    | Released
    | Stuck
    | Freed
    | PressedTwo
    | HeldTogether
    | CoinHeard
    | DeviceTold
)


NO_KEY = BadgeHash("")

Links = Mapping[str, BadgeKey]
"""The key of each link with a neighbour, by the neighbour's name."""


def hear(signal: Signal, key: BadgeKey, there: BadgeKey | None = None, links: Links | None = None) -> Heard | None:
    """What a signal means to a visit; None for those that mean nothing to it (a card taken away).

    there: the key of a copy of the record that waits to be put in place. links: of this shop.
    """
    match signal:
        case CardSeen(uid=uid, tech=tech, random=random):
            copied = there.hash(tech, uid) if there else NO_KEY
            guests = () if random else _guests(tech, uid, links)
            return Tapped(NewBadge(key.hash(tech, uid), "tag", random=random, there=copied, guests=guests))
        case CodeScanned(text=text):
            return _code(text, key, there, links)
        case CodeUnreadable():
            return Misread("unreadable code")
        case CardsAmbiguous():
            return Misread("two cards")
        case ButtonPressed(button=button):
            return Pressed(button)
        case ButtonReleased(button=button, held=held, bounces=bounces):
            return Released(button, round(held * 1000), bounces)
        case ButtonStuck(button=button):
            return Stuck(button)
        case ButtonFreed(button=button):
            return Freed(button)
        case ButtonsTogether(buttons=buttons) if len(buttons) < len(ANSWERS):
            return PressedTwo()
        case ButtonsHeld(buttons=buttons) if len(buttons) == len(ANSWERS):
            return HeldTogether()
        case CoinDropped(cents=cents, pulses=pulses):
            return CoinHeard(cents=cents, pulses=pulses)
        case CoinUnidentified(pulses=pulses):
            return CoinHeard(cents=None, pulses=pulses)
        case DeviceChanged(device=device, state=state, detail=detail):
            return DeviceTold(device=device, state=state.value, detail=detail)
    return None


def _guests(kind: str, said: bytes, links: Links | None) -> tuple[tuple[str, BadgeHash], ...]:
    return tuple((name, key.hash(kind, said)) for name, key in (links or {}).items())


def _code(text: str, key: BadgeKey, there: BadgeKey | None, links: Links | None) -> Heard:
    if is_code(text):
        return LetterScanned(text)
    behind = read_behind(text)
    if behind is not None:
        return SheetSeen(behind)
    label = read_label(text)
    if label is not None:
        return LabelSeen(label, len(text))
    secret = read_code(text)
    if secret is None:
        return Misread("foreign code", len(text))
    copied = there.hash("card", secret) if there else NO_KEY
    guests = _guests("card", secret, links)
    return Tapped(NewBadge(key.hash("card", secret), "card", there=copied, guests=guests))


def listener(
    key: BadgeKey,
    say: Callable[[Heard], None],
    there: Callable[[], BadgeKey | None] = lambda: None,
    links: Callable[[], Links | None] = lambda: None,
) -> Callable[[Signal], None]:
    """A sink for the rig: turns each signal into something heard and passes it on at once.

    there, links: as in `hear`.
    """

    def listen(signal: Signal) -> None:
        heard = hear(signal, key, there(), links())
        if heard is not None:
            say(heard)

    return listen
