"""A shop's way of doing things, to be copied by another: its charter, its duties, its words. Never its people.

A template is a small file in JSON that anybody can read and change. Nothing in it is believed: what a founding
takes from it goes through the same rules as if it were said at the kiosk, and what is no good is left out.
"""

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

import msgspec
from msgspec import Struct, field

from kiosk.events import How, Term

Kind = Literal["commons-kiosk template 1"]
LONGEST = 64 * 1024
"""Bytes."""

MOST_DUTIES, MOST_WORDS = 40, 60


class DutyOf(Struct, frozen=True, forbid_unknown_fields=True):
    """A duty that goes round. duty: a verb. how, term: as at the kiosk."""

    duty: str
    how: How
    term: Term


class Template(Struct, frozen=True):
    """shop: whose it is, as it calls itself. numbers: of the charter. work: its own kinds of work. language: the
    shop's. text: how large words are at first."""

    kind: Kind = "commons-kiosk template 1"
    shop: str = ""
    numbers: Mapping[str, int] = field(default_factory=dict)
    duties: tuple[DutyOf, ...] = ()
    work: tuple[str, ...] = ()
    language: str = ""
    text: str = ""


_text = msgspec.json.Encoder(order="sorted")


def write_template(template: Template) -> bytes:
    """The file; of the same template it is always the same, so that its hash tells whether anything changed."""
    return msgspec.json.format(_text.encode(template), indent=2) + b"\n"


def read_template(data: bytes) -> Template | str:
    """The template, or why it is none, in a few words."""
    if len(data) > LONGEST:
        return "it is too long for a template"
    try:
        template = msgspec.json.decode(data, type=Template)
    except (msgspec.DecodeError, RecursionError) as error:
        return f"it is no template: {str(error)[:200]}"
    if len(template.duties) > MOST_DUTIES or len(template.work) > MOST_WORDS:
        return "it holds more than a shop can have"
    return template


def digest_of(template: Template) -> str:
    """What it is called among neighbours, in hex; whose it is does not count."""
    return hashlib.sha256(write_template(msgspec.structs.replace(template, shop=""))).hexdigest()


def differences(ours: Template, theirs: Template) -> tuple[str, ...]:
    """What is otherwise there, a line each; empty where both do things alike."""
    lines: list[str] = []
    for name in sorted({*ours.numbers, *theirs.numbers}):
        here, there = ours.numbers.get(name), theirs.numbers.get(name)
        if here != there:
            lines.append(f"{name}: {_or_none(there)} there, {_or_none(here)} here")
    for word, mine, other in (
        ("duty", [each.duty for each in ours.duties], [each.duty for each in theirs.duties]),
        ("kind of work", ours.work, theirs.work),
    ):
        lines += [f"{word} only there: {each}" for each in other if each not in mine]
        lines += [f"{word} only here: {each}" for each in mine if each not in other]
    changed = {each.duty: each for each in ours.duties}
    lines += [
        f"{each.duty}: by {each.how}, for a {each.term} there"
        for each in theirs.duties
        if each.duty in changed and changed[each.duty] != each
    ]
    return tuple(lines)


def _or_none(value: int | None) -> str:
    return "nothing" if value is None else str(value)


TEMPLATE_FILE = "template.json"
"""Where a template lies until the shop is founded, in the data folder."""


def lying_ready(folder: Path) -> Template | None:
    """The template that a founding takes over; None where none lies in the data folder, or it is none."""
    try:
        read = read_template((folder / TEMPLATE_FILE).read_bytes())
    except OSError:
        return None
    return read if isinstance(read, Template) else None
