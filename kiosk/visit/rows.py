"""The rows of every list in the circle: what can be picked, and in which order."""

from collections.abc import Mapping
from datetime import date, timedelta

from kiosk.rules.agenda import Item, agenda
from kiosk.state import State

PAGE = 3
"""Rows on one page: so many are large enough, on the smallest panel too, to be read from the end of the room."""

DAYS: Mapping[str, int] = {
    "tomorrow": 1,
    "in three days": 3,
    "in a week": 7,
    "in two weeks": 14,
    "in a month": 31,
}
"""By when a task is done: words, and how many days that is."""

REVIEWS: Mapping[str, int] = {"in a month": 31, "in three months": 91, "in half a year": 183}
"""When a decision is looked at again: words, and how many days that is."""

DETAILS: Mapping[str, str] = {
    "outcome": "only what came of it",
    "counts": "the counts: yes, no, abstain",
}
"""How much of a vote is told."""

SAID_ALOUD = "as it was said aloud"
"""Stands for words that nobody wrote down, so that the circle can go on with the buttons alone."""

STARTERS = ("too few hands", "supplies", "a broken machine", "the roster", "tired people", "the room", "money")
"""Words to pick from before a shop has its own."""

LATELY = 12
"""How many words voiced lately are offered: more than three pages nobody walks through."""


def words(state: State) -> tuple[str, ...]:
    """For a priority or an obstacle: words voiced lately, the newest first, then those of every shop."""
    lately = tuple(reversed(state.heard.words))[:LATELY]
    return (*lately, *(each for each in STARTERS if each not in lately))


def topics(state: State) -> tuple[str, ...]:
    """For a task, a question, a downside: nothing written, or words voiced lately, the newest first."""
    return (SAID_ALOUD, *tuple(reversed(state.heard.words))[:LATELY])


def items(state: State, today: date) -> tuple[Item, ...]:
    """What the circle may take up. today: on the clock of the room."""
    return agenda(state, today)


def day_after(today: date, days: int) -> str:
    """A day so many days on, as 2026-11-30."""
    return (today + timedelta(days=days)).isoformat()
