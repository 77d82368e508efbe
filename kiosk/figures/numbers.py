"""Names of entries in short, as they are printed and typed: "k3f9/12,17,20-25" for nine of them.

And the codes on paper that name them, or a section of a report.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import NamedTuple

from kiosk.amounts import EntryId
from kiosk.figures.wording import TITLES
from kiosk.periods import first_day

MOST = 100_000
"""Entries that a text may name; a slip of the finger must not fill the memory."""

_GROUP = re.compile(r"(?P<device>[a-z0-9]{1,16})/(?P<runs>\d{1,15}(?:-\d{1,15})?(?:,\d{1,15}(?:-\d{1,15})?)*)")


class UnreadableError(ValueError):
    """What was typed names no entries. Its words say why."""


def in_short(entries: Iterable[EntryId]) -> str:
    """All of them, by kiosk and number: "k3f9/12,17,20-25 x2b8/4"; "" for none."""
    parted = sorted({_parted(entry) for entry in entries})
    found = groupby(parted, lambda each: each[0])
    return " ".join(f"{device}/{','.join(_runs(number for _, number in those))}" for device, those in found)


def _parted(entry: EntryId) -> tuple[str, int]:
    device, _, number = entry.rpartition("/")
    return device, int(number)


def _runs(numbers: Iterable[int]) -> Iterator[str]:
    """Numbers that follow on each other as one."""
    for _, run in groupby(enumerate(numbers), lambda each: each[1] - each[0]):
        row = [number for _, number in run]
        if len(row) > 2:
            yield f"{row[0]}-{row[-1]}"
        else:
            yield from map(str, row)


def spelled_out(text: str, most: int = MOST) -> list[EntryId]:
    """The entries that a text like the one of `in_short` names, each once, in the order of the text.

    Raises UnreadableError, saying why, for any other text, and for one that names more than so many.
    """
    found: dict[EntryId, None] = {}
    for group in text.split() or [""]:
        matched = _GROUP.fullmatch(group)
        if matched is None:
            raise UnreadableError(f"{group!r} names no entries; they are named like k3f9/12 or k3f9/12,17,20-25")
        for run in matched["runs"].split(","):
            first, _, last = run.partition("-")
            numbers = range(int(first), int(last or first) + 1)
            if len(found) + len(numbers) > most:
                raise UnreadableError(f"{run} names more than {most:,} entries")
            found.update(dict.fromkeys(EntryId(f"{matched['device']}/{number}") for number in numbers))
    return list(found)


# --- codes on paper ---------------------------------------------------------------------------------------

MOST_SHOWN = 1_000
"""Entries that a code may name for them to be shown; anybody can make a code."""


class Behind(NamedTuple):
    """What a code on a sheet names: entries; or, where these are too many for a code, a section of a report."""

    entries: tuple[EntryId, ...] = ()
    period: str = ""
    section: str = ""

    def __str__(self) -> str:
        """As the code says it: the command that prints them."""
        if self.entries:
            return f"kiosk record --entries {in_short(self.entries)!r}"
        return f"kiosk record --of {self.period}/{self.section}"


_ENTRIES_CODE = re.compile(r"kiosk record --entries '(?P<named>[a-z0-9/, -]+)'")
_SECTION_CODE = re.compile(r"kiosk record --of (?P<period>\d{4}-(?:Q[1-4]|\d\d))/(?P<section>[a-z]+)")


def read_behind(text: str) -> Behind | None:
    """What a code names; None for one that is not of a sheet, or that names more than MOST_SHOWN entries."""
    entries, section = _ENTRIES_CODE.fullmatch(text.strip()), _SECTION_CODE.fullmatch(text.strip())
    if entries:
        try:
            return Behind(tuple(spelled_out(entries["named"], MOST_SHOWN)))
        except UnreadableError:
            return None
    if section and section["section"] in TITLES and _is_period(section["period"]):
        return Behind((), section["period"], section["section"])
    return None


def _is_period(text: str) -> bool:
    try:
        first_day(text)
    except ValueError:
        return False
    return True
