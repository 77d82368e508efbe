"""The rows of every list in the circle: what can be picked, and in which order."""

from collections.abc import Mapping
from datetime import date, timedelta

from kiosk.rules.agenda import Item, agenda
from kiosk.rules.circle import FEWEST
from kiosk.rules.friday import roll_of
from kiosk.rules.projects import FRIDAY, standing
from kiosk.state import State
from kiosk.tongue import later, phrase, plural

PAGE = 3
"""Rows on one page: so many are large enough, on the smallest panel too, to be read from the end of the room."""

DAYS: Mapping[str, int] = {
    later("tomorrow"): 1,
    later("in three days"): 3,
    later("in a week"): 7,
    later("in two weeks"): 14,
    later("in a month"): 31,
}
"""By when a task is done: words, and how many days that is."""

REVIEWS: Mapping[str, int] = {
    later("in a month"): 31,
    later("in three months"): 91,
    later("in half a year"): 183,
}
"""When a decision is looked at again: words, and how many days that is."""


def reviews(state: State) -> tuple[int, ...]:
    """In how many days a decision may be looked at again, to choose from; the charter's own among them."""
    return tuple(sorted({*REVIEWS.values(), state.charter.review}))


def review_words(days: int) -> str:
    """One of them as it is said."""
    known = next((words for words, after in REVIEWS.items() if after == days), "")
    return phrase(known) if known else plural("in {n} day", "in {n} days", days)


DETAILS: Mapping[str, str] = {
    "outcome": later("only what came of it"),
    "counts": later("the counts: yes, no, abstain"),
}
"""How much of a vote is told."""

SAID_ALOUD = later("as it was said aloud")
"""Stands for words that nobody wrote down, so that the circle can go on with the buttons alone."""

STARTERS = (
    later("too few hands"),
    later("supplies"),
    later("a broken machine"),
    later("the roster"),
    later("tired people"),
    later("the room"),
    later("money"),
)
"""Words to pick from before a shop has its own."""

BENEFITS = (
    later("all of us"),
    later("whoever does it"),
    later("those who never have to"),
    later("the owners"),
    later("nobody any more"),
)
"""Answers to pick from. No name is among them: the question is about the routine."""

WAYS_ROUND = (
    later("each time somebody else"),
    later("whoever has done it least"),
    later("by lot, each time"),
    later("always two together"),
    later("nobody does it, and we see what is missing"),
)
"""How a routine can be turned round, to pick from."""

CAME = (
    later("it went well without"),
    later("others can do it too"),
    later("nobody did it"),
    later("it came back to the same person"),
    later("we forgot about it"),
)
"""What can have come of it, to pick from."""

UNTIL: Mapping[str, int] = {
    later("for two weeks"): 14,
    later("for a month"): 31,
    later("for three months"): 91,
}
"""How long something is turned round: words, and how many days that is."""

OVER = later("it is over")
"""The other answer to whether it goes on."""

LATELY = 12
"""How many words voiced lately are offered: more than three pages nobody walks through."""


def words(state: State) -> tuple[str, ...]:
    """For a priority or an obstacle: words voiced lately, the newest first, then those of every shop."""
    lately = tuple(reversed(state.heard.words))[:LATELY]
    return (*lately, *(each for each in STARTERS if each not in lately))


OFFERED = frozenset((SAID_ALOUD, *STARTERS, *BENEFITS, *WAYS_ROUND, *CAME))
"""All words of every shop that can be picked."""


def voiced(text: str) -> str:
    """What was voiced or picked, as the screen says it: words of every shop in the language spoken.

    The record keeps those in English, so that the same thing is known again; all others are as they were written.
    """
    return phrase(text) if text in OFFERED else text


def topics(state: State) -> tuple[str, ...]:
    """For a task, a question, a downside: nothing written, or words voiced lately, the newest first."""
    return (SAID_ALOUD, *tuple(reversed(state.heard.words))[:LATELY])


A_NUMBER = later("a number of our charter")
"""Stands for a change of the charter, which is put together in another way."""


def questions(state: State) -> tuple[str, ...]:
    """For a question: the same, and last a number of the charter."""
    return (*topics(state), A_NUMBER)


def items(state: State, today: date) -> tuple[Item, ...]:
    """What the circle may take up; on a Friday the jars come first. today: on the clock of the room."""
    first, then = agenda(state, today), (*fridays(state), *due_receipts(state, today))
    return (*then, *first) if today.weekday() == FRIDAY else (*first[:NEW], *then, *first[NEW:])


NEW = 2
"""What is always on the list: a new task, a new question."""


def fridays(state: State) -> tuple[Item, ...]:
    """Jars that this circle can give away: with money or something that stands, and two who look after it."""
    circle = state.circle
    return tuple(
        Item("friday", fund.name, fund.name)
        for fund in state.funds.values()
        if (fund.cents or fund.unknown or standing(state, fund.name))
        and circle is not None
        and len(roll_of(state, fund, circle)) >= FEWEST
    )


def due_receipts(state: State, today: date) -> tuple[Item, ...]:
    """Money of which it is to be said by today what became of it."""
    due = sorted(
        (each for each in state.purchases.values() if each.due <= today.isoformat()), key=lambda each: each.due
    )
    return tuple(Item("receipt", each.id, f"{each.carrier}, {each.title}") for each in due)


def day_after(today: date, days: int) -> str:
    """A day so many days on, as 2026-11-30."""
    return (today + timedelta(days=days)).isoformat()
