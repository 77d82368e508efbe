"""Hands that are told in words: one line, one movement. For a terminal, and for anything that can write a line."""

from collections.abc import Callable, Mapping
from typing import Final, TypeAlias

from msgspec import Struct

from hardware.pretend.pn532 import PretendPn532
from hardware.pretend.rdm6300 import PretendRdm6300
from hardware.pretend.scanner import PretendScanner
from hardware.pretend.wires import PretendSerialDevice


class Hand(Struct, frozen=True):
    """One movement.

    form: how it is said; move: does it with the words behind its name, ValueError if they make no sense.
    """

    form: str
    move: Callable[[str], None]


Hands: TypeAlias = Mapping[str, Hand]


def obey(hands: Hands, line: str) -> str:
    """Do what a line says; answers "ok …", or "? …" with what would have been understood."""
    name, _, rest = line.strip("\r\n").lstrip().partition(" ")
    if name == "help":
        return "ok " + forms(hands)
    hand = hands.get(name)
    if hand is None:
        return "? " + forms(hands)
    try:
        hand.move(rest)
    except ValueError as error:
        return f"? {hand.form}: {error}"
    return f"ok {line.strip()}"


def forms(hands: Hands) -> str:
    """All that can be said, in one line."""
    return ", ".join([*(hand.form for hand in hands.values()), "help", "quit"])


def hands_of(device: PretendSerialDevice) -> Hands:
    """The movements this device has hands for: its own, and those that any plug and wire have."""
    match device:
        case PretendPn532():
            own = _of_pn532(device)
        case PretendRdm6300():
            own = _of_rdm6300(device)
        case PretendScanner():
            own = _of_scanner(device)
        case _:
            own = {}
    return own | {
        "garbage": Hand("garbage [HEX]", lambda rest: device.garbage(_bytes(rest) if rest.strip() else None)),
        "unplug": Hand("unplug", _alone(device.unplug)),
        "replug": Hand("replug", _alone(device.replug)),
    }


def _of_pn532(device: PretendPn532) -> dict[str, Hand]:
    return {
        "tap": Hand("tap UID", lambda rest: device.tap(_uid(rest))),
        "two": Hand("two UID UID", lambda rest: device.tap(_two(rest))),
        "away": Hand("away", _alone(device.away)),
        "cut": Hand("cut N", lambda rest: device.cut(_number(rest))),
        "mute": Hand("mute", _alone(device.mute)),
        "speak": Hand("speak", _alone(device.speak)),
        "power": Hand("power", _alone(device.power_cycle)),
    }


def _of_rdm6300(device: PretendRdm6300) -> dict[str, Hand]:
    return {
        "tap": Hand("tap UID", lambda rest: device.tap(_bytes(rest))),
        "away": Hand("away", _alone(device.away)),
    }


def _of_scanner(device: PretendScanner) -> dict[str, Hand]:
    return {
        "scan": Hand("scan TEXT", lambda rest: device.scan(_text(rest))),
        "raw": Hand("raw HEX", lambda rest: device.raw(_bytes(rest))),
    }


_LONGEST_UID: Final = 10


def _alone(move: Callable[[], None]) -> Callable[[str], None]:
    def moved(rest: str) -> None:
        if rest.strip():
            raise ValueError(f"nothing follows it, not {rest.strip()!r}")
        move()

    return moved


def _bytes(text: str) -> bytes:
    data = bytes.fromhex(text.replace(":", " "))
    if not data:
        raise ValueError("hexadecimal digits are missing")
    return data


def _uid(text: str) -> bytes:
    uid = _bytes(text)
    if len(uid) > _LONGEST_UID:
        raise ValueError(f"a card's number has at most {_LONGEST_UID} bytes, not {len(uid)}")
    return uid


def _two(text: str) -> list[bytes]:
    words = text.split()
    if len(words) != 2:
        raise ValueError("two numbers, each without spaces")
    return [_uid(word) for word in words]


def _number(text: str) -> int:
    if not text.strip().isdecimal():
        raise ValueError(f"{text.strip()!r} is not a whole number")
    return int(text)


def _text(text: str) -> str:
    if not text:
        raise ValueError("the text is missing")
    return text
