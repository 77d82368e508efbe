"""The card by which two shops link, face to face: who we are and by which key, signed by it.

    commons-kiosk/link/1
    Canal Street
    commons-kiosk/k3f9+1a2b3c4d+AQ…
    at nats-tls://10.0.0.11:7422 pin 5f…      (only where the shop can be reached over a wire)

As a signed note it proves that its key is at hand, and fits a code that a phone or the kiosk's scanner reads.
"""

from msgspec import Struct

from kiosk.sealing.note import Bad, Signer, Verifier, parse_note, read_note, read_verifier, sign

HEAD = "commons-kiosk/link/1"
LONGEST = 700
"""Bytes; more does not fit a code that can be read from a screen."""

_LONGEST_NAME = 40


class Card(Struct, frozen=True):
    """shop: what it is called. key: whose signature its letters bear. at: where to reach it; "" for nowhere."""

    shop: str
    key: Verifier
    at: str = ""


def write_card(shop: str, signer: Signer, at: str = "") -> str:
    """The card, signed. Raises ValueError for a name that is no single line."""
    lines = (HEAD, shop, str(signer.verifier), *([f"at {at}"] if at else []))
    if not shop or any(not line.isprintable() for line in lines):
        raise ValueError(f"{shop!r} can't stand on a card")
    return sign("".join(f"{line}\n" for line in lines), signer)


def read_card(raw: bytes | str) -> Card | Bad:
    """The card, if its own key has signed it."""
    data = raw.encode("utf-8", "surrogatepass") if isinstance(raw, str) else raw
    if len(data) > LONGEST:
        return Bad("it is too long for a card")
    parsed = parse_note(data)
    if isinstance(parsed, Bad):
        return parsed
    head, *lines = parsed.text[:-1].split("\n")
    if head != HEAD or not 2 <= len(lines) <= 3:
        return Bad("it is not the card of a shop")
    shop, key, at = lines[0], read_verifier(lines[1]), "".join(lines[2:])
    if isinstance(key, Bad):
        return key
    if not shop.strip() or len(shop) > _LONGEST_NAME or not shop.isprintable() or (at and not at.startswith("at ")):
        return Bad("the shop's name is not one that can be shown")
    note = read_note(data, [key])
    return note if isinstance(note, Bad) else Card(shop, key, at.removeprefix("at "))
