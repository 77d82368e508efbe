"""The pictures of the house, each one letter of the font `icons.ttf`. Pure: names and letters only.

A picture that is a letter is crisp at any size and takes any colour. docs/bake_fonts.py draws the font from
the open Lucide set and from the few drawings of our own below.
"""

from collections.abc import Mapping

LUCIDE: Mapping[str, str] = {
    "swap": "arrow-left-right",
    "clock": "clock",
    "board": "message-square-text",
    "need": "hand",
    "offer": "hand-helping",
    "list": "scroll-text",
    "people": "users-round",
    "people-several": "user-round-group",
    "person-add": "user-round-plus",
    "card": "qr-code",
    "door": "door-open",
    "away": "luggage",
    "back-again": "house-heart",
    "undo": "undo-2",
    "check": "check",
    "info": "info",
    "warning": "triangle-alert",
    "plug": "unplug",
    "phone": "smartphone",
    "commons": "house",
    "note": "pencil-line",
    "arrow-right": "arrow-right",
    "arrow-left": "arrow-left",
    "arrow-up": "arrow-up",
    "arrow-down": "arrow-down",
    "plus": "plus",
    "minus": "minus",
    "close": "x",
    "keyboard-backspace": "delete",
    "shift": "arrow-big-up",
    "repair": "wrench",
    "childcare": "baby",
    "translation": "languages",
    "bookkeeping": "calculator",
    "cooking": "cooking-pot",
    "care": "heart",
    "driving": "car",
    "teaching": "graduation-cap",
    "other": "shapes",
    "calendar": "calendar-days",
    "circle": "circle",
    "square": "square",
    "triangle": "triangle",
    "voice": "volume-2",
    "voice-off": "volume-x",
    "larger": "a-large-small",
}
"""Our name of a picture and the one Lucide gives it."""

OWN: Mapping[str, str] = {
    "badge": "M5 4h6a2 2 0 0 1 2 2v12a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2V6a2 2 0 0 1 2-2z"
    "M16.5 8.5a6 6 0 0 1 0 7M19.5 5.5a11 11 0 0 1 0 13",
    "two-cards": "M9 6V5a2 2 0 0 1 2-2h8a2 2 0 0 1 2 2v10a2 2 0 0 1-2 2h-1"
    "M5 8h8a2 2 0 0 1 2 2v9a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2v-9a2 2 0 0 1 2-2z",
    "jar": "M6 3h12M7 6h10M7 6C5 7 4 8.6 4 11v7a3 3 0 0 0 3 3h10a3 3 0 0 0 3-3v-7c0-2.4-1-4-3-5M4.5 13h15",
}
"""Pictures that the set lacks: strokes on the same grid of 24, two wide."""

STRUCK: Mapping[str, str] = {"clock-off": "clock", "badge-lost": "badge"}
"""A picture struck through, and what is struck."""

TURNING = frozenset(
    {"arrow-right", "arrow-left", "undo", "list", "board", "keyboard-backspace", "offer", "back-again"}
)
"""Pictures that point along the way one reads, or hold lines of writing: they turn where that is from the right."""

NAMES: tuple[str, ...] = (*LUCIDE, *OWN, *STRUCK)
"""All names, in the order of their letters in the font."""

FIRST = 0xE000
"""The first letter of the font: where Unicode leaves room for one's own."""


def letter(name: str) -> str:
    """The letter that draws a picture; an unknown name draws "other" rather than nothing."""
    return chr(FIRST + NAMES.index(name if name in NAMES else "other"))
