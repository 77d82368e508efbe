"""Titles in every language that is shipped, and the verb to say instead. The words are data: title_words/*.toml.

A title names somebody who is above others; a duty names what is done. `words` may have any of the endings in
`after`, and the beginnings in `before`; `exact` are taken as they stand; `ends` close a compound as well
("Abteilungsleiter"); `starts` open any word of that stem; `phrases` are several words in a row; `alone` are titles
only where nothing else stands beside them ("Leitung" may be a pipe); `spared` are words that only look like one.
`say` is the verb offered instead; without it `otherwise` is an example.
"""

from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from unicodedata import category, normalize

import msgspec
from msgspec import Struct

from kiosk.rules.writing import same

LANGUAGES = ("en", "es", "fr", "de", "pl", "ar")
"""The order in which they are asked; a word that is a title in two of them is answered in the first."""

_LENGTHENING = "\u0640"
"""The Arabic tatweel only makes a word longer to look at."""


class Titled(Struct, frozen=True):
    """A title that somebody wrote. word: as it was written. say: the verb to say instead, or "". otherwise: an
    example of a duty in that language."""

    word: str
    say: str
    otherwise: str


class _Group(Struct, frozen=True, forbid_unknown_fields=True):
    say: str = ""
    exact: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()
    starts: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    alone: tuple[str, ...] = ()


class _Language(Struct, frozen=True, forbid_unknown_fields=True):
    after: tuple[str, ...]
    otherwise: str
    title: tuple[_Group, ...]
    before: tuple[str, ...] = ("",)
    spared: tuple[str, ...] = ()


def title_in(name: str) -> Titled | None:
    """The first title in the name of a duty, if there is one; also one that is spaced out or has digits in it."""
    found = _written_title(name)
    if found:
        return found
    again = next(filter(None, map(_written_title, _other_looks(name))), None)
    return msgspec.structs.replace(again, word=name) if again else None


def _written_title(name: str) -> Titled | None:
    for bare in (_with_accents, _without_accents):
        found = (_title_of(name, language, bare) for language in _languages(bare))
        first = next((each for each in found if each), None)
        if first:
            return first
    return None


# --- names as they may be meant ---------------------------------------------------------------------------

_DIGITS = (str.maketrans("01345", "oleas"), str.maketrans("01345", "oieas"))
"""Letters that digits are written for; a 1 may be either of two."""


def _other_looks(name: str) -> Iterator[str]:
    """The name with spaced-out words joined, as it stands and with letters for its digits."""
    for each in (name, *(name.translate(letters) for letters in _DIGITS)):
        yield _joined(each)


def _joined(name: str) -> str:
    """With each run of single letters as one word: of "c e o" it is "ceo"."""
    runs = groupby(name.split(), key=lambda word: len(_with_accents(word)) == 1)
    return " ".join(("" if single else " ").join(words) for single, words in runs)


# --- words as they are compared ---------------------------------------------------------------------------


def _with_accents(word: str) -> str:
    """A word without capitals, and whatever is no letter."""
    return _letters(normalize("NFC", same(word)))


def _without_accents(word: str) -> str:
    """The same as it is typed where there are no accents on the keyboard."""
    return _letters(normalize("NFKD", same(word)))


def _letters(text: str) -> str:
    return "".join(sign for sign in text if category(sign)[0] == "L" and sign != _LENGTHENING)


Bare = Callable[[str], str]


@lru_cache(maxsize=2)
def _languages(bare: Bare) -> tuple[_Language, ...]:
    folder = Path(__file__).parent / "title_words"
    return tuple(_read((folder / f"{name}.toml").read_bytes(), bare) for name in LANGUAGES)


def _read(text: bytes, bare: Bare) -> _Language:
    language = msgspec.toml.decode(text, type=_Language)
    return _Language(
        after=_all(language.after, bare),
        otherwise=language.otherwise,
        title=tuple(_group(group, bare) for group in language.title),
        before=_all(language.before, bare),
        spared=_all(language.spared, bare),
    )


def _group(group: _Group, bare: Bare) -> _Group:
    return _Group(
        say=group.say,
        exact=_all(group.exact, bare),
        words=_all(group.words, bare),
        ends=_all(group.ends, bare),
        starts=_all(group.starts, bare),
        phrases=_phrases(group.phrases, bare),
        alone=_phrases(group.alone, bare),
    )


def _phrases(phrases: tuple[str, ...], bare: Bare) -> tuple[str, ...]:
    return tuple(" ".join(_all(tuple(each.split()), bare)) for each in phrases)


def _all(words: tuple[str, ...], bare: Bare) -> tuple[str, ...]:
    return tuple(bare(word) for word in words)


# --- comparing --------------------------------------------------------------------------------------------


def _title_of(name: str, language: _Language, bare: Bare) -> Titled | None:
    written = name.split()
    parts = tuple(_parted(written))
    whole = f" {' '.join(bare(word) for word in parts)} "
    for group in language.title:
        if whole.strip() in group.alone or any(f" {phrase} " in whole for phrase in group.phrases):
            return Titled(name, group.say, language.otherwise)
    for word in (*written, *parts):
        for group in language.title:
            if _is_title(bare(word), group, language):
                return Titled(word, group.say, language.otherwise)
    return None


def _parted(words: list[str]) -> Iterator[str]:
    """The parts of words with a sign in between: of "vice-chair" both."""
    for word in words:
        yield from "".join(sign if category(sign)[0] in "LM" else " " for sign in word).split()


def _is_title(word: str, group: _Group, language: _Language) -> bool:
    if any(word == spared + ending for spared in language.spared for ending in language.after):
        return False
    begun = (each for each in language.before if word.startswith(each))
    return any(_matches(word.removeprefix(each), group, language) for each in begun)


def _matches(word: str, group: _Group, language: _Language) -> bool:
    stems = [word.removesuffix(ending) for ending in language.after if word.endswith(ending)]
    return (
        word in group.exact
        or word.startswith(group.starts)
        or any(stem in group.words or (bool(stem) and stem.endswith(group.ends)) for stem in stems)
    )
