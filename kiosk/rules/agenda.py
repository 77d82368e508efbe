"""What the circle may take up now: what is new, and what waits."""

from datetime import date
from typing import Literal

from msgspec import Struct

from kiosk.state import State


class Item(Struct, frozen=True):
    """One thing the circle may take up.

    kind: a new task, a new question; a question to vote again; a task past its date; a decision to look at again;
    a duty to hand over; a grievance. id: the entry, duty or grievance (its words) it is about; "" for new ones.
    words: what it is about, as it was said.
    """

    kind: Literal["task", "question", "vote", "late", "review", "duty", "grievance"]
    id: str = ""
    words: str = ""


def agenda(state: State, today: date) -> tuple[Item, ...]:
    """What is new first, then what waits, the longest waiting first. today: on the clock of the room."""
    return (Item("task"), Item("question"))
