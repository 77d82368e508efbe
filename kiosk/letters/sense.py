"""What a letter of a neighbour may say on our screens: its words on one line and not endless.

A segment is taken as it is signed, whole; what makes no sense in it is left out when it is read.
"""

from datetime import date

from msgspec.structs import replace

from kiosk.letters.letter import (
    Answer,
    AnyLetter,
    BalanceNote,
    Brought,
    CallUp,
    Limit,
    News,
    OrderCall,
    OrderTotal,
    Pledge,
    TemplateShown,
    Visitor,
    Wanted,
)

LONGEST, MOST = 160, 10_000_000_00
"""Characters of what is shown, and cents, units or minutes."""

LONGEST_NAME, LONGEST_BADGE = 60, 128
"""Characters of a person's name, and of the hash of a badge."""


def sensible(letter: AnyLetter) -> AnyLetter | None:
    """The letter as it can be shown; None where it makes no sense."""
    match letter:
        case CallUp(cents=cents, words=words, until=until):
            return replace(letter, words=_line(words)) if 0 < cents <= MOST and _day(until) else None
        case OrderCall(what=what, unit=unit, closes=closes, cents=cents):
            good = 0 <= cents <= MOST and _day(closes)
            return replace(letter, what=_line(what), unit=_line(unit)[:40]) if good else None
        case Wanted(words=words, until=until):
            return replace(letter, words=_line(words)) if _day(until) else None
        case TemplateShown(words=words):
            return replace(letter, words=_line(words))
        case Visitor(handle=handle, badge=badge):
            return letter if _is_name(handle) and len(badge) <= LONGEST_BADGE else None
        case Limit(minutes=minutes):
            return letter if 0 <= minutes <= MOST else None
        case BalanceNote(minutes=minutes):
            return letter if -MOST <= minutes <= MOST else None
        case News(words=words):
            return replace(letter, words=_line(words))
        case Pledge(cents=many) | Answer(cents=many) | Brought(cents=many) | OrderTotal(amount=many):
            return letter if 0 <= many <= MOST else None
    return letter


def _is_name(handle: str) -> bool:
    """Whether a person can be called so: it is drawn among the names of ours."""
    return 0 < len(handle) <= LONGEST_NAME and _line(handle) == handle


def _line(words: str) -> str:
    """Without what can't be seen or turns the direction of text."""
    return " ".join("".join(sign for sign in words[:1000] if sign.isprintable()).split())[:LONGEST]


def _day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
