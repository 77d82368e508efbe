"""The places where numbers are said aloud, looked at and countered, and where the charter is read."""

from typing import Literal

from msgspec import Struct

from kiosk.amounts import BadgeHash, EntryId, Handle

Kind = Literal["hours", "made", "taken", "won", "reform"]

Tap = tuple[Handle, BadgeHash]


class Telling(Struct, frozen=True):
    """A number being put together.

    what: the kind of work, the goods, or what was won. amount: minutes, whole units, or cents. unit: of the goods.
    since, until: as 2026-11-01; of what was won the day, and how long it holds. how: by which action, or who
    boasts. source: where it comes from.
    """

    kind: Kind
    what: str = ""
    amount: int = 0
    unit: str = ""
    since: str = ""
    until: str = ""
    how: str = ""
    source: str = ""


class Numbers(Struct, frozen=True):
    """What kind of number is said; and the ways to those that were."""


class SaidNumbers(Struct, frozen=True):
    """The latest numbers that were said; page counts from 0."""

    page: int = 0


class OneNumber(Struct, frozen=True):
    """One number that was said, and what can be done with it."""

    entry: EntryId


class WhichThing(Struct, frozen=True):
    """Of which work, or of which goods; page counts from 0."""

    telling: Telling
    page: int = 0


class InWords(Struct, frozen=True):
    """Writing a part of it: the goods, or what was won; their unit; by which action, or whom; the source."""

    telling: Telling
    part: Literal["what", "unit", "how", "source"]
    text: str = ""


class WhichWord(Struct, frozen=True):
    """One of the words of before, for a part of it; page counts from 0."""

    telling: Telling
    part: Literal["unit", "how", "source"]
    page: int = 0


class HowMany(Struct, frozen=True):
    """How many: on the pad."""

    telling: Telling


class WhichDays(Struct, frozen=True):
    """From when until when."""

    telling: Telling


class WhichDay(Struct, frozen=True):
    """On which day; page counts from 0, the latest first."""

    telling: Telling
    page: int = 0


class HoldsUntil(Struct, frozen=True):
    """How long it holds."""

    telling: Telling


class NumberTaps(Struct, frozen=True):
    """The badges of whoever says it, and of whoever stands by it."""

    telling: Telling
    taps: tuple[Tap, ...] = ()


class WhyWrong(Struct, frozen=True):
    """Why a number is wrong."""

    entry: EntryId


class WrongInWords(Struct, frozen=True):
    """Writing why a number is wrong."""

    entry: EntryId
    text: str = ""


class WrongTaps(Struct, frozen=True):
    """Two badges say that a number is wrong."""

    entry: EntryId
    reason: str
    taps: tuple[Tap, ...] = ()


class CharterPage(Struct, frozen=True):
    """The numbers the shop lives by; page counts from 0."""

    page: int = 0


class CharterNumber(Struct, frozen=True):
    """One of them, and its history; page counts from 0."""

    number: str
    page: int = 0


class CharterEntry(Struct, frozen=True):
    """One change of a number, whole."""

    entry: EntryId


class CharterHands(Struct, frozen=True):
    """Many hands let a number hold that a vote has carried."""

    decision: EntryId
    taps: tuple[Tap, ...] = ()


NumberPlace = (
    Numbers
    | SaidNumbers
    | OneNumber
    | WhichThing
    | InWords
    | WhichWord
    | HowMany
    | WhichDays
    | WhichDay
    | HoldsUntil
    | NumberTaps
    | WhyWrong
    | WrongInWords
    | WrongTaps
    | CharterPage
    | CharterNumber
    | CharterEntry
    | CharterHands
)

PUT_TOGETHER = (WhichThing, InWords, WhichWord, HowMany, WhichDays, WhichDay, HoldsUntil)
"""Places where a number is being put together, before badges say it."""
