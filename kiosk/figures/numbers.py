"""Names of entries in short, as they are printed and typed: "k3f9/12,17,20-25" for nine of them."""

import re
from collections.abc import Iterable, Iterator
from itertools import groupby

from kiosk.amounts import EntryId

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


def spelled_out(text: str) -> list[EntryId]:
    """The entries that a text like the one of `in_short` names, each once, in the order of the text.

    Raises UnreadableError, saying why, for any other text, and for one that names more than MOST.
    """
    found: dict[EntryId, None] = {}
    for group in text.split() or [""]:
        matched = _GROUP.fullmatch(group)
        if matched is None:
            raise UnreadableError(f"{group!r} names no entries; they are named like k3f9/12 or k3f9/12,17,20-25")
        for run in matched["runs"].split(","):
            first, _, last = run.partition("-")
            numbers = range(int(first), int(last or first) + 1)
            if len(found) + len(numbers) > MOST:
                raise UnreadableError(f"{run} names more than {MOST:,} entries")
            found.update(dict.fromkeys(EntryId(f"{matched['device']}/{number}") for number in numbers))
    return list(found)
