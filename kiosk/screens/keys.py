"""Which keys the on-screen keyboard has, on which page. Pure.

A lying screen has ten keys in a row and the order of a typewriter; a standing one has room for seven that a finger
finds, and the order of the alphabet.
"""

from typing import Literal, NamedTuple

Page = Literal["letters", "figures", "accents", "more accents"]

SHIFT, RUBOUT, BLANK, TURN, ACCENTS = "shift", "rubout", " ", "turn", "accents"
"""Keys that are not a letter."""


class Key(NamedTuple):
    """A key: what it does (a letter, or one of the words above), what stands on it, and how wide, in keys."""

    does: str
    shown: str
    wide: float = 1


_TYPEWRITER = ("qwertyuiop", "asdfghjkl’", "zxcvbnm")
_ALPHABET = ("abcdefg", "hijklmn", "opqrstu", "vwxyz’-")
_FIGURES = "1234567890-/:;()€&+=!?%@#“”"
_ACCENTS = "áàâäãåąæçćčđéèêëęíîïłñńóôö"
_MORE_ACCENTS = "õøœřśšşßțúûüůýžźżğıőűėēāū"


def _rows(letters: str, across: int) -> list[str]:
    return [letters[at : at + across] for at in range(0, len(letters), across)]


def layout(page: Page, tall: bool) -> list[list[Key]]:
    """The rows of a page, from the top; the lowest holds the space."""
    last = _last_row(page, tall)
    if page == "letters":
        rows = [[Key(letter, letter) for letter in row] for row in (_ALPHABET if tall else _TYPEWRITER)]
        if tall:
            return [*rows, last]
        return [*rows[:2], [Key(SHIFT, "shift", 1.5), *rows[2], Key(RUBOUT, "keyboard-backspace", 1.5)], last]
    letters = {"figures": _FIGURES, "accents": _ACCENTS, "more accents": _MORE_ACCENTS}[page]
    across = 7 if tall else 10
    keys = [[Key(letter, letter) for letter in row] for row in _rows(letters, across)]
    if not tall:
        keys[-1] = [*keys[-1][:7], Key(RUBOUT, "keyboard-backspace", 10 - len(keys[-1][:7]))]
    return [*keys, last]


def _last_row(page: Page, tall: bool) -> list[Key]:
    """Shift and rubout where the letters leave them no room; the pages; the space."""
    turn = Key(TURN, "123" if page == "letters" else "abc", 1 if tall else 1.5)
    accents = Key(ACCENTS, "áñ" if page != "accents" else "õü", 1 if tall else 1.5)
    if tall:
        return [
            Key(SHIFT, "shift"),
            turn,
            accents,
            Key(BLANK, "", 2),
            Key(".", "."),
            Key(RUBOUT, "keyboard-backspace"),
        ]
    return [
        turn,
        accents,
        Key(",", ","),
        Key(BLANK, "", 4),
        Key(".", "."),
        Key("*", "*") if page == "figures" else Key("-", "-"),
    ]


def after(page: Page, key: str) -> Page:
    """The page after a key was touched."""
    if key == TURN:
        return "figures" if page == "letters" else "letters"
    if key == ACCENTS:
        return "more accents" if page == "accents" else "accents"
    if page in ("accents", "more accents"):
        return "letters"
    return page
