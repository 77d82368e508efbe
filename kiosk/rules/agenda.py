"""What the circle may take up now: what is new, and what waits."""

from datetime import date, timedelta
from typing import Literal

from msgspec import Struct

from kiosk.rules.held import to_hold
from kiosk.rules.rotation import comes_next, due
from kiosk.rules.thrones import due_inversions
from kiosk.state import Decision, Obstacle, State, Task

SOON = timedelta(days=3)
"""How long before a duty turns the circle finds out to whom: a Friday's circle knows of the Monday."""


class Item(Struct, frozen=True):
    """One thing the circle may take up.

    kind: a new task, a new question; a duty to hand over; a question to vote again; a task past its date; a
    decision to look at again; an experiment whose day has come; a duty that turns soon and goes by approvals; a
    grievance; a jar to be given away; money of which it is to be said what became of it; a quarter whose
    assumptions are to be taken apart; a routine that was turned round and whose day has come. id: the entry it is
    about, the words of the obstacle, the duty, the jar, or the quarter; "" for new ones. words: as it was said.
    """

    kind: Literal[
        "task",
        "question",
        "duty",
        "vote",
        "late",
        "review",
        "experiment",
        "approval",
        "grievance",
        "friday",
        "receipt",
        "autopsy",
        "potluck",
        "inversion",
    ]
    id: str = ""
    words: str = ""


def agenda(state: State, today: date) -> tuple[Item, ...]:
    """What is new first, then what waits. today: on the clock of the room."""
    asked = to_approve(state, today)
    return (
        Item("task"),
        Item("question"),
        *(Item("duty", each, each) for each in to_hand_over(state, today)),
        *(Item("vote", each.id, each.words) for each in state.questions.values() if may_vote(state, each.id)),
        *(Item("late", each.id, each.words) for each in late_tasks(state, today)),
        *(Item("review", each.id, each.words) for each in due_reviews(state, today)),
        *(Item("experiment", each.words, each.words) for each in due_experiments(state, today)),
        *(Item("approval", each, each) for each in asked),
        *(Item("grievance", each.words, each.words) for each in grievances(state)),
        *(Item("inversion", each.id, each.routine) for each in due_inversions(state, today)),
        *(Item("potluck", period, period) for period in (to_hold(state, "potluck", today),) if period),
        *(Item("autopsy", period, period) for period in (to_hold(state, "autopsy", today),) if period),
    )


def may_vote(state: State, question: str) -> bool:
    """Whether a question can be voted again now: one that everyone said yes to waits for the next circle."""
    waiting = next((each for each in state.questions.values() if each.id == question), None)
    if waiting is None or state.circle is None:
        return False
    return waiting.why != "waits" or waiting.circle != state.circle.number


def late_tasks(state: State, today: date) -> tuple[Task, ...]:
    """Tasks past their day, the longest first."""
    late = (task for task in state.tasks.values() if task.due < today.isoformat())
    return tuple(sorted(late, key=lambda task: task.due))


def due_reviews(state: State, today: date) -> tuple[Decision, ...]:
    """Decisions whose day to be looked at again has come, the longest first."""
    due = (each for each in state.decisions.values() if each.review <= today.isoformat())
    return tuple(sorted(due, key=lambda each: each.review))


def due_experiments(state: State, today: date) -> tuple[Obstacle, ...]:
    """Obstacles with an experiment against them whose day has come, the longest first."""
    due = (each for each in state.heard.obstacles.values() if each.answered and each.answered <= today.isoformat())
    return tuple(sorted(due, key=lambda each: each.answered))


def to_hand_over(state: State, today: date) -> tuple[str, ...]:
    """Duties that can be handed over today because it is time; not those of which the circle has to say first who
    is next."""
    asked = to_approve(state, today)
    return tuple(duty.name for duty in due(state, today) if duty.name not in asked)


def to_approve(state: State, today: date) -> tuple[str, ...]:
    """Duties that turn in the next few days, and nobody knows yet to whom: the circle approves of somebody."""
    soon = (today + SOON).isoformat()
    return tuple(
        name
        for name, duty in state.duties.items()
        if duty.how == "approval" and duty.until <= soon and not comes_next(state, name, (), today)
    )


def grievances(state: State) -> tuple[Obstacle, ...]:
    """Obstacles voiced in several circles, with no experiment against them yet."""
    often = state.charter.grievance
    return tuple(
        each for each in state.heard.obstacles.values() if len(each.circles) >= often and not each.answered
    )
