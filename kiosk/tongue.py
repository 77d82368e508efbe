"""The language that is spoken just now, and how a sentence is said in it.

English words stand in the code and are the keys of the catalogues (`kiosk/locale/*/LC_MESSAGES/kiosk.po`); what a
catalogue lacks is said in English. The house speaks a visitor's language while it takes what they do, the screen
the language of the face it draws, everything else the shop's. Each thread and each task has its own.
"""

import io
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from gettext import GNUTranslations, NullTranslations
from pathlib import Path

ENGLISH = "en"

LANGUAGES: Mapping[str, str] = {
    ENGLISH: "English",
    "es": "Español",
    "fr": "Français",
    "de": "Deutsch",
    "pl": "Polski",
    "ar": "العربية",
}
"""The languages there are, each called as its speakers call it."""

MARKED = "xx"
"""No language: English with every sentence between ⟦ and ⟧, so that words outside the catalogues are seen."""

CATALOGUES = Path(__file__).parent / "locale"

_spoken: ContextVar[str] = ContextVar("language", default=ENGLISH)
_aloud: ContextVar[bool] = ContextVar("aloud", default=False)
_years: ContextVar[bool] = ContextVar("years", default=False)


def language() -> str:
    """The language spoken just now."""
    return _spoken.get()


def speak(tongue: str) -> None:
    """Speaks this language in this thread from now on."""
    _spoken.set(tongue)


@contextmanager
def speaking(tongue: str) -> Iterator[None]:
    """Speaks this language for a while."""
    token = _spoken.set(tongue)
    try:
        yield
    finally:
        _spoken.reset(token)


def is_aloud() -> bool:
    """Whether words are for the ear just now, and not for the eye."""
    return _aloud.get()


@contextmanager
def aloud() -> Iterator[None]:
    """Says amounts, times and days as one hears them, for a while."""
    token = _aloud.set(True)
    try:
        yield
    finally:
        _aloud.reset(token)


def has_years() -> bool:
    """Whether each day is said with its year just now."""
    return _years.get()


@contextmanager
def with_years() -> Iterator[None]:
    """Says each day with its year, for a while: for what may be read long after it was said."""
    token = _years.set(True)
    try:
        yield
    finally:
        _years.reset(token)


def right_to_left(tongue: str = "") -> bool:
    """Whether a language (the one spoken just now unless said) is written from the right."""
    return (tongue or language()) == "ar"


# --- saying -----------------------------------------------------------------------------------------------


def phrase(text: str, **facts: object) -> str:
    """A text in the language spoken, with its {facts} put in. What people wrote is a fact, never part of a text."""
    return fill(unfilled(text), facts)


def plural(one: str, many: str, n: int, **facts: object) -> str:
    """A text that depends on a number, which is its fact {n}."""
    return fill(_catalogue(language()).ngettext(one, many, n), {"n": n, **facts})


def sense(context: str, text: str, **facts: object) -> str:
    """A text whose English word has several senses; the context tells translators which is meant."""
    return fill(_catalogue(language()).pgettext(context, text), facts)


def later(text: str) -> str:
    """The text itself, in English: marks words in a table for the catalogues; `phrase` says them when needed."""
    return text


def unfilled(text: str) -> str:
    """A text in the language spoken whose facts are not put in yet."""
    return _catalogue(language()).gettext(text) if text else ""


def again(text: str, templates: Iterable[str]) -> str:
    """A text that was put together in English earlier, by one of these templates or whole, in the language spoken.

    What is in no catalogue stays as it is.
    """
    for template in templates:
        pattern = re.sub(r"\\{(\w+)\\}", r"(?P<\1>.+?)", re.escape(template))
        if found := re.fullmatch(pattern, text, re.DOTALL):
            return phrase(template, **found.groupdict())
    return unfilled(text)


def fill(text: str, facts: Mapping[str, object]) -> str:
    """Puts facts into a text; each keeps its own direction of writing and does not disturb what is around it."""
    if not facts:
        return text
    said = {
        name: _before(fact, f"{{{name}}}.", text) if isinstance(fact, str) else fact for name, fact in facts.items()
    }
    return text.format(**{name: isolated(fact) if isinstance(fact, str) else fact for name, fact in said.items()})


def _before(fact: str, at_the_end: str, text: str) -> str:
    """A fact that ends in a full stop, such as a month cut short, at the end of a sentence: one stop is enough."""
    return fact.removesuffix(".") if at_the_end in text and not fact.endswith("..") else fact


# --- two directions of writing ----------------------------------------------------------------------------

_TO_RIGHT, _TO_LEFT, _END = "\u2066", "\u2067", "\u2069"
DIRECTING = dict.fromkeys((*range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C))
"""Invisible characters that say which way is written, as `str.translate` takes them to leave them out."""

LEFTWARD = ("R", "AL")


def isolated(text: str) -> str:
    """A piece of text as it stands in a sentence that may be written the other way (Unicode's isolates, UAX 9).

    Where both are written the same way nothing is added.
    """
    ways = [unicodedata.bidirectional(char) for char in text if char.isalpha()]
    first = ways[0] in LEFTWARD if ways else right_to_left()
    mixed = any((way in LEFTWARD) != right_to_left() for way in ways)
    figures = right_to_left() and any(char.isdigit() for char in text)
    if not mixed and not figures:
        return text
    inner = text if _closed(text) else text.translate(DIRECTING)
    return f"{_TO_LEFT if first else _TO_RIGHT}{inner}{_END}"


def _closed(text: str) -> bool:
    """Whether whatever begins in a text also ends there, so that it can't reach out of its place."""
    depth = 0
    for char in text:
        depth += 1 if "\u2066" <= char <= "\u2068" else -1 if char == _END else 0
        if depth < 0:
            return False
    return depth == 0


# --- catalogues -------------------------------------------------------------------------------------------


class _Marking(NullTranslations):
    """Every text as it is, between marks."""

    def gettext(self, message: str) -> str:
        return f"⟦{message}⟧"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return f"⟦{msgid1 if n == 1 else msgid2}⟧"

    def pgettext(self, context: str, message: str) -> str:
        del context
        return f"⟦{message}⟧"


@lru_cache(maxsize=len(LANGUAGES) + 1)
def _catalogue(tongue: str) -> NullTranslations:
    """All texts of a language. Read from the .po itself, the first time it is spoken: nothing needs compiling."""
    if tongue == ENGLISH:
        return NullTranslations()
    if tongue == MARKED:
        return _Marking()
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    compiled = io.BytesIO()
    with (CATALOGUES / tongue / "LC_MESSAGES" / "kiosk.po").open("rb") as file:
        write_mo(compiled, read_po(file, locale=tongue))
    compiled.seek(0)
    return GNUTranslations(compiled)
