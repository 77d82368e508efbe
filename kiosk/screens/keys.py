"""Which keys the on-screen keyboard has, on which page. Pure.

A lying screen has ten keys in a row (eleven for Arabic) and the order of a typewriter; a standing one has room for
seven that a finger finds, and the order of the alphabet.
"""

from collections.abc import Mapping
from typing import Literal, NamedTuple

Page = Literal["letters", "figures", "accents", "more accents", "arabic", "more arabic"]

SHIFT, RUBOUT, BLANK, TURN, ACCENTS = "shift", "rubout", " ", "turn", "accents"
"""Keys that are not a letter."""


class Key(NamedTuple):
    """A key: what it does (a letter, or one of the words above), what stands on it, and how wide, in keys."""

    does: str
    shown: str
    wide: float = 1


_TYPEWRITER = ("qwertyuiop", "asdfghjkl’", "zxcvbnm")
_ALPHABET = ("abcdefg", "hijklmn", "opqrstu", "vwxyz’-")
_ARABIC = ("ضصثقفغعهخحج", "شسيبلاتنمكط", "ذدرىةوزظأ")
_ARABIC_ALPHABET = "أابتثجحخدذرزسشصضطظعغفقكلمنهوىية"
_MORE_ARABIC = "إآءئؤ؟،؛پچڤگ«»ـ:"
_FIGURES = "1234567890-/:;()€&+=!?%@#“”"
_ACCENTS = "áàâäãåąæçćčđéèêëęíîïłñńóôö"
_MORE_ACCENTS = "õøœřśšşßțúûüůýžźżğıőűėēāū"


def _rows(letters: str, across: int) -> list[str]:
    return [letters[at : at + across] for at in range(0, len(letters), across)]


def layout(page: Page, tall: bool, home: Page = "letters") -> list[list[Key]]:
    """The rows of a page, from the top; the lowest holds the space. home: the page of the language spoken."""
    last = _last_row(page, tall, home)
    if page == "letters":
        rows = [[Key(letter, letter) for letter in row] for row in (_ALPHABET if tall else _TYPEWRITER)]
        if tall:
            return [*rows, last]
        return [*rows[:2], [Key(SHIFT, "shift", 1.5), *rows[2], Key(RUBOUT, "keyboard-backspace", 1.5)], last]
    if page == "arabic" and not tall:
        rows = [[Key(letter, letter) for letter in row] for row in _ARABIC]
        return [*rows[:2], [*rows[2], Key(RUBOUT, "keyboard-backspace", 2)], last]
    letters = {
        "figures": _FIGURES,
        "accents": _ACCENTS,
        "more accents": _MORE_ACCENTS,
        "arabic": _ARABIC_ALPHABET,
        "more arabic": _MORE_ARABIC,
    }[page]
    across = 7 if tall else 10
    keys = [[Key(letter, letter) for letter in row] for row in _rows(letters, across)]
    if not tall:
        keys[-1] = [*keys[-1][:7], Key(RUBOUT, "keyboard-backspace", 10 - len(keys[-1][:7]))]
    return [*keys, last]


HOMES: tuple[Page, ...] = ("letters", "arabic")
"""Pages that one begins with, by language."""

LETTERS: Mapping[Page, str] = {"letters": "abc", "arabic": "ابت"}
"""What stands on the key that leads back there."""

_AFTER_ACCENTS: Mapping[Page, tuple[Page, str]] = {
    "accents": ("more accents", "õü"),
    "arabic": ("more arabic", "إآ"),
    "more arabic": ("letters", "abc"),
}
"""Where the key for more letters leads from a page, and what stands on it; from all others to the accents."""


def _last_row(page: Page, tall: bool, home: Page) -> list[Key]:
    """Shift and rubout where the letters leave them no room; the pages; the space."""
    turn = Key(TURN, "123" if page in HOMES else LETTERS[home], 1 if tall else 1.5)
    accents = Key(ACCENTS, _AFTER_ACCENTS.get(page, ("accents", "áñ"))[1], 1 if tall else 1.5)
    point, comma = (".", "،") if page in ("arabic", "more arabic") else (".", ",")
    if tall:
        return [
            Key(SHIFT, "shift"),
            turn,
            accents,
            Key(BLANK, "", 2),
            Key(point, point),
            Key(RUBOUT, "keyboard-backspace"),
        ]
    return [
        turn,
        accents,
        Key(comma, comma),
        Key(BLANK, "", 4),
        Key(point, point),
        Key("*", "*") if page == "figures" else Key("-", "-"),
    ]


def after(page: Page, key: str, home: Page = "letters") -> Page:
    """The page after a key was touched. home: the page of the language spoken."""
    if key == TURN:
        return "figures" if page in HOMES else home
    if key == ACCENTS:
        return _AFTER_ACCENTS.get(page, ("accents", ""))[0]
    if page == "more arabic" and key not in (SHIFT, RUBOUT):
        return "arabic"
    if page in ("accents", "more accents"):
        return "letters"
    return page
