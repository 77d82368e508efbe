"""The samples in another language: whatever on a face is a sentence of the catalogues is said as they say it.

Samples are written in English by hand. Here each of their texts is looked up among the sentences of the catalogues,
facts and all; names, and what people wrote, stay as they are.
"""

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import Any

import msgspec
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from kiosk.faces import Face, WallFace
from kiosk.tongue import CATALOGUES, isolated, language, plural, sense, speaking, unfilled
from kiosk.words import money, short_day

_SCREENS = {"key", "icon", "tone", "side", "trend", "language", "tongue", "type"}
SIGNS = _SCREENS | {"standing", "detail", "code", "kind", "how"}
"""Fields that are read by the program and not by people."""

OWN = {"shop", "names", "heard_names", "text"}
"""Fields that hold what people wrote."""


class Template:
    """A sentence of the catalogues, and how a text that was made of it is recognised."""

    def __init__(self, one: str, many: str = "", context: str = "") -> None:
        self.one, self.many, self.context = one, many, context
        self.fixed = len(re.sub(r"\{[^}]*\}", "", one))
        self.patterns = [(_longest(form), _pattern(form)) for form in (one, many) if form]
        self.facts = re.findall(r"\{(\w+)", one + many)

    def facts_in(self, text: str) -> dict[str, str] | None:
        """The facts of a text that was made of it; None where it was not."""
        for part, pattern in self.patterns:
            found = pattern.fullmatch(text) if part in text else None
            if found and not any(_odd(fact) for fact in found.groupdict().values()):
                return found.groupdict()
        return None

    def say(self, facts: dict[str, str]) -> str:
        """In the language spoken."""
        if self.many:
            count = facts.pop("n", "2")
            return plural(self.one, self.many, int(count) if count.isdigit() else 2, **facts)
        return _put(sense(self.context, self.one) if self.context else unfilled(self.one), facts)


def _put(text: str, facts: dict[str, str]) -> str:
    return re.sub(r"\{(\w+)[^}]*\}", lambda found: isolated(facts.get(found[1], found[0])), text)


def _longest(form: str) -> str:
    """The longest part without a fact: a text that lacks it was not made of the sentence."""
    return max(re.split(r"\{[^}]*\}", form), key=len)


def _pattern(form: str) -> re.Pattern[str]:
    """A fact that is there twice must be the same twice."""
    parts: list[str] = []
    met: set[str] = set()
    for part in re.split(r"(\{[^}]*\})", form):
        if not part.startswith("{"):
            parts.append(re.escape(part))
            continue
        name = re.findall(r"\w+", part)[0]
        parts.append(f"(?P={name})" if name in met else f"(?P<{name}>.+?)")
        met.add(name)
    return re.compile("".join(parts), re.DOTALL)


def _odd(fact: str) -> bool:
    """More than one sentence is no fact."""
    return ". " in fact and len(fact) > 60


@lru_cache(maxsize=1)
def templates() -> tuple[Template, ...]:
    """All sentences there are; those that say most of themselves first."""
    with (CATALOGUES / "de" / "LC_MESSAGES" / "kiosk.po").open("rb") as file:
        catalogue: Catalog = read_po(file, locale="de")
    found = []
    for message in catalogue:
        ids = message.id if isinstance(message.id, tuple | list) else (message.id,)
        if ids[0]:
            found.append(Template(ids[0], *ids[1:], **({"context": message.context} if message.context else {})))
    return tuple(sorted(found, key=lambda each: -each.fixed))


MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
DATE = re.compile(rf"(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) )?(\d{{1,2}}) ({'|'.join(MONTHS)})")
MONEY = re.compile(r"€ ([\d,]+)\.(\d\d)")


@lru_cache(maxsize=20_000)
def _made_of(text: str) -> tuple[Template, tuple[tuple[str, str], ...]] | None:
    """The sentence that an English text was made of, and its facts: the same for all languages."""
    for template in templates():
        if template.fixed < 2 or (template.facts and template.fixed < len(text) / 8):
            continue
        facts = template.facts_in(text)
        if facts is not None:
            return template, tuple(facts.items())
    return None


@lru_cache(maxsize=20_000)
def _said(text: str, spoken: str) -> str:
    del spoken  # the one that is spoken; it is here for the memory
    if not re.search("[a-z]", text):
        return MONEY.sub(_money, text)
    if whole := DATE.fullmatch(text):
        return short_day(date(2026, MONTHS.index(whole[2]) + 1, int(whole[1])))
    if made := _made_of(text):
        template, facts = made
        return template.say({name: _said(fact, language()) for name, fact in facts})
    sentences = re.split(r"(?<=[.?]) ", text)
    if len(sentences) > 1:
        return " ".join(_said(each, language()) for each in sentences)
    for between in (" · ", ", ", " → "):
        if between in text:
            return between.join(_said(part, language()) for part in text.split(between))
    return MONEY.sub(_money, text)


def _money(found: re.Match[str]) -> str:
    return money(int(found[1].replace(",", "")) * 100 + int(found[2]))


def said_in(face: Face, spoken: str) -> Face:
    """A sample in a language."""
    with speaking(spoken):
        whole: Face = _in_all(face)
    if isinstance(whole, WallFace):
        return msgspec.structs.replace(whole, language=spoken)
    return msgspec.structs.replace(whole, frame=msgspec.structs.replace(whole.frame, language=spoken))


def _in_all(part: Any) -> Any:
    if isinstance(part, str):
        return _said(part, language())
    if isinstance(part, tuple):
        return tuple(_in_all(each) for each in part)
    if isinstance(part, msgspec.Struct):
        said = {name: _in_all(getattr(part, name)) for name in _read(part)}
        return msgspec.structs.replace(part, **said)
    return part


def _read(part: msgspec.Struct) -> Iterator[str]:
    return (name for name in part.__struct_fields__ if name not in SIGNS | OWN)
