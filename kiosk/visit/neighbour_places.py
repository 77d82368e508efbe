"""The places of a visit that has to do with neighbours. Frozen; forgotten when the visit ends."""

from msgspec import Struct

from kiosk.amounts import BadgeHash, Handle
from kiosk.events import Whose
from kiosk.letters import Side, Story
from kiosk.letters.codes import Pieces
from kiosk.visit.jar_places import Tap

USUAL_LIMIT = 10 * 60
"""Minutes that the account with a neighbour may go to, unless people say otherwise."""


class Neighbours(Struct, frozen=True):
    """All neighbours; page counts from 0."""

    page: int = 0


class OneNeighbour(Struct, frozen=True):
    """One of them: its account, and what can be done with it."""

    name: str


class TheirNews(Struct, frozen=True):
    """What a neighbour told, and what hangs on its board; page counts from 0."""

    name: str
    page: int = 0


class OurCard(Struct, frozen=True):
    """Our card, for the scanner of another kiosk. at: which of its codes."""

    at: int = 0


class Scanning(Struct, frozen=True):
    """Codes of a card or of letters are scanned, in any order."""

    pieces: Pieces


class HowFar(Struct, frozen=True):
    """A card is here: how far the account with that shop may go, in minutes. The next badge is the first hand."""

    card: str
    minutes: int = USUAL_LIMIT


class LinkTaps(Struct, frozen=True):
    """Many hands link with the shop whose card is here."""

    card: str
    minutes: int
    taps: tuple[Tap, ...] = ()


class PartTaps(Struct, frozen=True):
    """Many hands part from a neighbour."""

    name: str
    taps: tuple[Tap, ...] = ()


class SwapThere(Struct, frozen=True):
    """Waiting for the badge that somebody of ours taps at a neighbour's kiosk. ends: they swap there no more."""

    name: str
    ends: bool = False


class LettersOut(Struct, frozen=True):
    """Our letters to a neighbour as codes, for its kiosk's scanner. at: which of the codes."""

    name: str
    at: int = 0


class Guest(Struct, frozen=True):
    """A neighbour's member who stands here. badge: hashed with the key of the link."""

    shop: str
    handle: Handle
    badge: BadgeHash


class GuestDial(Struct, frozen=True):
    """How long, where a guest gave; the next badge is the one of ours who got it."""

    guest: Guest
    work: str
    minutes: int = 60


class TwoStories(Struct, frozen=True):
    """Two stories are looked at. of: seals or letters. whose: theirs, or ours as they say."""

    name: str
    of: Story
    whose: Whose


class StoryCodes(Struct, frozen=True):
    """Both seals as codes, to be photographed and carried over. at: which of them."""

    story: TwoStories
    at: int = 0


class MendTaps(Struct, frozen=True):
    """Many hands say which of both goes on."""

    story: TwoStories
    goes_on: Side
    taps: tuple[Tap, ...] = ()


NeighbourPlace = (
    Neighbours
    | OneNeighbour
    | TheirNews
    | OurCard
    | Scanning
    | HowFar
    | LinkTaps
    | PartTaps
    | SwapThere
    | LettersOut
    | GuestDial
    | TwoStories
    | StoryCodes
    | MendTaps
)
