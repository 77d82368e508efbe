"""The card by which two shops link, face to face: who we are and by which key, signed by it.

    commons-kiosk/link/1
    Canal Street
    commons-kiosk/k3f9+1a2b3c4d+AQ…
    nkey UDSY…                 (only where the shop is on a wire: what it logs in with,
    certificate MIIB…           by what it is known there,
    at 10.0.0.11:7422           and where it listens, if it does)

As a signed note it proves that its key is at hand; as one or two codes a phone or the kiosk's scanner reads it.
"""

import re

from msgspec import Struct

from kiosk.sealing.note import Bad, Signer, Verifier, parse_note, read_note, read_verifier, sign

HEAD = "commons-kiosk/link/1"
LONGEST = 2000
"""Bytes; more does not fit two codes that can be read from a screen."""

_LONGEST_NAME = 40
_WIRE = {
    "nkey": re.compile("U[A-Z2-7]{55}"),
    "certificate": re.compile("[0-9A-Za-z+/]{100,1200}={0,2}"),
    "at": re.compile(r"([0-9A-Za-z.-]{1,100}|\[[0-9a-f:]{2,45}\]):[1-9][0-9]{0,4}"),
}


class Wire(Struct, frozen=True):
    """How a shop is known on the wire. nkey: its login. certificate: Base64. at: host:port, or "" if it dials."""

    nkey: str = ""
    certificate: str = ""
    at: str = ""


class Card(Struct, frozen=True):
    """shop: what it is called. key: whose signature its letters bear. wire: None where there is none."""

    shop: str
    key: Verifier
    wire: Wire | None = None


def write_card(shop: str, signer: Signer, wire: Wire | None = None) -> str:
    """The card, signed. Raises ValueError for what can't stand on one."""
    said = [(word, getattr(wire, word)) for word in _WIRE] if wire else []
    lines = [HEAD, shop, str(signer.verifier), *(f"{word} {value}" for word, value in said if value)]
    text = sign("".join(f"{line}\n" for line in lines), signer)
    read = read_card(text)
    match read:
        case Bad(why=why):
            raise ValueError(f"{shop!r} can't stand on a card: {why}")
    return text


def read_card(raw: bytes | str) -> Card | Bad:
    """The card, if its own key has signed it."""
    data = raw.encode("utf-8", "surrogatepass") if isinstance(raw, str) else raw
    if len(data) > LONGEST:
        return Bad("it is too long for a card")
    parsed = parse_note(data)
    if isinstance(parsed, Bad):
        return parsed
    head, *lines = parsed.text[:-1].split("\n")
    if head != HEAD or len(lines) < 2:
        return Bad("it is not the card of a shop")
    shop, key, wire = lines[0], read_verifier(lines[1]), _wire(lines[2:])
    if isinstance(key, Bad):
        return key
    if isinstance(wire, Bad):
        return wire
    if not shop.strip() or len(shop) > _LONGEST_NAME or not shop.isprintable():
        return Bad("the shop's name is not one that can be shown")
    note = read_note(data, [key])
    return note if isinstance(note, Bad) else Card(shop, key, wire)


def _wire(lines: list[str]) -> Wire | Bad | None:
    said: dict[str, str] = {}
    for line in lines:
        word, _, value = line.partition(" ")
        if word not in _WIRE or word in said or not _WIRE[word].fullmatch(value):
            return Bad("a line of it can't be understood")
        said[word] = value
    if not said:
        return None
    if "nkey" not in said or "certificate" not in said:
        return Bad("it says only half of how it is known on the wire")
    return Wire(**said)
