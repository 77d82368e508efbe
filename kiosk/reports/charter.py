"""The charter for a shell and for other programs: each number, since when it is so, and by which vote."""

from collections.abc import Callable, Iterator
from typing import Any

from kiosk.amounts import EntryId
from kiosk.events import CharterChanged, Found, RoundOpened
from kiosk.reports.present import stamp
from kiosk.rules.charter import NUMBERS, name_words, value_of, value_words
from kiosk.state import State
from kiosk.words import capital

Find = Callable[[EntryId], Found | None]


def charter(state: State, find: Find) -> list[dict[str, Any]]:
    """All numbers as plain data, in the order of the screen.

    since: "" where it is what the shop began with. changes: the latest of them, the oldest first.
    """
    return [_number(name, state, find) for name in NUMBERS]


def _number(name: str, state: State, find: Find) -> dict[str, Any]:
    amended = state.amended.get(name)
    value = value_of(state.charter, name)
    changes = [_change(entry, find) for entry in (amended.entries if amended else ())]
    return {
        "number": name,
        "words": name_words(name),
        "value": value,
        "unit": NUMBERS[name].unit,
        "said": value_words(name, value),
        "least": NUMBERS[name].values[0],
        "most": NUMBERS[name].values[-1],
        "since": stamp(amended.since) if amended else "",
        "changes": [each for each in changes if each],
    }


def _change(entry: EntryId, find: Find) -> dict[str, Any] | None:
    found = find(entry)
    event = found.entry.event if found else None
    if found is None or not isinstance(event, CharterChanged):
        return None
    asked = find(event.decision)
    opened = asked.entry.event if asked else None
    return {
        "entry": found.entry.id,
        "time": stamp(found.entry.moment),
        "before": event.change.before,
        "after": event.change.after,
        "decision": event.decision,
        "question": opened.question if isinstance(opened, RoundOpened) else "",
        "hands": list(event.hands),
    }


def charter_lines(numbers: list[dict[str, Any]]) -> Iterator[str]:
    """The same for people, a number a line; what was changed says by which vote."""
    for each in numbers:
        yield f"{capital(each['words'])}: {each['said']}"
        for change in each["changes"]:
            before = value_words(each["number"], change["before"])
            after = value_words(each["number"], change["after"])
            yield f"    {change['time'][:10]}  {before} → {after}  {change['question']} ({change['decision']})"
