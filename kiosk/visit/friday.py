"""Friday, inside the circle: the count, the other side of each project, the vote, the counting, and zero."""

from collections.abc import Callable, Mapping
from typing import get_args

from msgspec.structs import replace

from kiosk.commands import (
    ArgueDownside,
    CloseFriday,
    Command,
    CountJar,
    OpenFriday,
    ShowReceipt,
    SplitFund,
    VoidRound,
)
from kiosk.events import FridayClosed, FundSplit, JarCounted, Telling
from kiosk.faces import Said, Touch
from kiosk.rules.friday import most_told, roll_of
from kiosk.rules.projects import standing
from kiosk.state import Fund, Project, State
from kiosk.tongue import phrase
from kiosk.visit import parting
from kiosk.visit.booth import forget_badge
from kiosk.visit.circle_places import Agenda, Booth
from kiosk.visit.circling import friday_begins, onward
from kiosk.visit.friday_places import (
    CountingSteps,
    Downside,
    Drawn,
    Emptied,
    FrozenList,
    MakeSeed,
    SplitEqually,
    ToCount,
    TooMuch,
)
from kiosk.visit.ground import Answered, Step, Surroundings
from kiosk.visit.jar_places import Counting, HowMuch, in_circle
from kiosk.visit.picking import moved, picked
from kiosk.visit.places import Visit, back, go, say, start, turn
from kiosk.visit.rows import topics
from kiosk.words import difference

SEED = 9
"""Presses that make a seed: three people, three each."""


# --- where it goes on -------------------------------------------------------------------------------------


def _goes_on(visit: Visit, fund: str, around: Surroundings) -> Visit:
    """The next place of a jar's Friday; its way back is what needs doing."""
    return go(start(visit, Agenda()), friday_begins(fund, around))


def unheard(state: State, fund: str) -> Project | None:
    """The first project whose other side has not been heard in this circle."""
    circle = state.circle
    return next((each for each in standing(state, fund) if circle and each.argued != circle.number), None)


def most(state: State, fund: Fund) -> Telling:
    """How much may be told where so many take part."""
    people = len(roll_of(state, fund, state.circle)) if state.circle else 0
    return most_told("ballots", people, state.charter)


def tellings(state: State, fund: str) -> tuple[Telling, ...]:
    """What may be told of this Friday, the least first."""
    all_three: tuple[Telling, ...] = get_args(Telling)
    return all_three[: all_three.index(most(state, state.funds[fund])) + 1]


# --- before the vote --------------------------------------------------------------------------------------


def count_touched(visit: Visit, place: ToCount, touch: Touch, around: Surroundings) -> Step:
    """Count it now, or leave it for today."""
    match touch.value:
        case "count":
            return Step(go(visit, HowMuch(Counting(place.fund, in_circle=True))))
        case "back":
            return Step(back(visit))
    return Step(visit)


def too_much_touched(visit: Visit, place: TooMuch, touch: Touch, around: Surroundings) -> Step:
    """Split it, or give it away as it is."""
    match touch.value:
        case "split":
            return Step(go(visit, SplitEqually(place.fund)))
        case "whole":
            return Step(go(visit, FrozenList(place.fund)))
        case "back":
            return Step(back(visit))
    return Step(visit)


def drawn_touched(visit: Visit, place: Drawn, touch: Touch, around: Surroundings) -> Step:
    """On to what else needs doing."""
    return Step(onward(visit, around) if touch.value == "on" else visit)


def list_touched(visit: Visit, place: FrozenList, touch: Touch, around: Surroundings) -> Step:
    """The other side of the next project, and when all were heard, the vote."""
    match touch.value.split(":", 1):
        case ["go on"]:
            project = unheard(around.state, place.fund)
            if project is None:
                return Step(visit, OpenFriday(place.detail, place.fund))
            return Step(go(visit, Downside(place, project.id, began=around.now.mono)))
        case ["detail"]:
            may = tellings(around.state, place.fund)
            return Step(turn(visit, replace(place, detail=may[(may.index(place.detail) + 1) % len(may)])))
        case ["page", "1" | "-1" as way]:
            return Step(turn(visit, replace(place, page=max(0, place.page + int(way)))))
        case ["back"]:
            return Step(back(visit))
    return Step(visit)


def downside_touched(visit: Visit, place: Downside, touch: Touch, around: Surroundings) -> Step:
    """Somebody argues against it for a minute; their words are picked, written, or not."""
    if touch.verb == "type":
        return Step(turn(visit, replace(place, text=touch.value)) if place.text is not None else visit)
    if place.text is not None:
        text = place.text.strip()
        return Step(visit, ArgueDownside(place.project, text)) if touch.value == "typed" and text else Step(visit)
    if not place.noting:
        match touch.value:
            case "note":
                return Step(turn(visit, replace(place, noting=True)))
            case "go on":
                return Step(visit, ArgueDownside(place.project))
        return Step(visit)
    return _noting(visit, place, touch, around)


def _noting(visit: Visit, place: Downside, touch: Touch, around: Surroundings) -> Step:
    rows = topics(around.state)
    row = picked(touch, place.at, len(rows))
    if row is not None:
        return Step(visit, ArgueDownside(place.project, rows[row]))
    match touch.value:
        case "none":
            return Step(visit, ArgueDownside(place.project))
        case "write":
            return Step(go(visit, replace(place, text="")))
    return Step(turn(visit, replace(place, at=moved(touch, place.at, len(rows)))))


# --- the lot, the counting, and zero ----------------------------------------------------------------------


def seed_touched(visit: Visit, place: MakeSeed, touch: Touch, around: Surroundings) -> Step:
    """Presses that everybody sees, or a word; with the last of them the lot is drawn. Or it is taken again."""
    if place.stopping:
        going_on = turn(visit, replace(place, stopping=False))
        match touch.value:
            case "void":
                return Step(going_on, VoidRound())
            case "go on":
                return Step(going_on)
        return Step(visit)
    if touch.verb == "type":
        return Step(turn(visit, replace(place, text=touch.value)) if place.text is not None else visit)
    if place.text is not None:
        text = place.text.strip()
        return Step(visit, CloseFriday(seed=text)) if touch.value == "typed" and text else Step(visit)
    match touch.value.split(":", 1):
        case ["write"]:
            return Step(go(visit, MakeSeed(text="")))
        case ["seed", "1" | "2" | "3" as press]:
            made = place.pressed + press
            if len(made) < SEED:
                return Step(turn(visit, MakeSeed(made)))
            return Step(turn(visit, MakeSeed()), CloseFriday(seed=made))
    return Step(visit)


def steps(closed: FridayClosed, offered: int) -> int:
    """How many steps the counting has: one for each project bought, and one for what was not.

    Where only the outcome is told, all that was bought is one step: one by one would tell what more approved of.
    """
    bought = len(closed.funded) if closed.detail != "outcome" else min(1, len(closed.funded))
    return bought + (1 if len(closed.funded) < offered or not closed.funded else 0)


def counting_touched(visit: Visit, place: CountingSteps, touch: Touch, around: Surroundings) -> Step:
    """The next step; after the last one the jar is empty."""
    match touch.value.split(":", 1):
        case ["next"] if place.at + 1 < _steps(place, around):
            return Step(turn(visit, replace(place, at=place.at + 1, page=0)))
        case ["next"] | ["skip"]:
            return Step(turn(visit, Emptied(place.entry)))
        case ["page", "1" | "-1" as way]:
            return Step(turn(visit, replace(place, page=max(0, place.page + int(way)))))
    return Step(visit)


def _steps(place: CountingSteps, around: Surroundings) -> int:
    found = around.find(place.entry)
    closed = found.entry.event if found else None
    if not isinstance(closed, FridayClosed):
        return 0
    opened = around.find(closed.round)
    offered = getattr(opened.entry.event, "projects", ()) if opened else ()
    return steps(closed, len(offered))


def emptied_touched(visit: Visit, place: Emptied, touch: Touch, around: Surroundings) -> Step:
    """Read on, or on to what else needs doing."""
    match touch.value.split(":", 1):
        case ["page", "1" | "-1" as way]:
            return Step(turn(visit, replace(place, page=max(0, place.page + int(way)))))
        case ["on"]:
            return Step(onward(visit, around))
    return Step(visit)


# --- answers ----------------------------------------------------------------------------------------------


def after(visit: Visit, answered: Answered, around: Surroundings) -> Visit | None:
    """Where it goes on after something of a Friday was booked; None for what is none of it."""
    entry = answered.entries[-1] if answered.entries else None
    match answered.command:
        case OpenFriday() if entry is not None:
            return forget_badge(start(visit, Booth(entry.id)))
        case CloseFriday() if entry is not None:
            return forget_badge(start(visit, CountingSteps(entry.id)))
        case ArgueDownside() if isinstance(visit.place, Downside):
            return _heard(visit, visit.place, around)
        case SplitFund() if entry is not None and isinstance(entry.event, FundSplit):
            return start(visit, Drawn(entry.id))
        case CountJar(fund=fund) if in_circle(visit.place) and around.state.circle is not None:
            found = entry.event if entry else None
            off = found.cents - found.expected if isinstance(found, JarCounted) else 0
            said = Said(words=phrase("Counted"), mend=difference(off), icon="check", tone="done")
            return say(_goes_on(visit, fund, around), said, around.now.mono)
        case ShowReceipt() if in_circle(visit.place) and around.state.circle is not None:
            said = Said(words=phrase("Written down"), icon="check", tone="done")
            return say(onward(visit, around), said, around.now.mono)
    return None


def _heard(visit: Visit, place: Downside, around: Surroundings) -> Visit:
    """On to the other side of the next project; after the last one, the list again."""
    here = go(start(visit, Agenda()), place.friday)
    project = unheard(around.state, place.friday.fund)
    return here if project is None else go(here, Downside(place.friday, project.id, began=around.now.mono))


def refused(visit: Visit, command: Command, code: str) -> Visit | None:
    """Some projects are level: a lot is needed, and its seed is made in the room. None for all else."""
    if isinstance(command, CloseFriday) and code == "lot":
        return start(visit, MakeSeed())
    return None


TOUCHES: Mapping[type, Callable[..., Step]] = {
    **parting.TOUCHES,
    ToCount: count_touched,
    TooMuch: too_much_touched,
    Drawn: drawn_touched,
    FrozenList: list_touched,
    Downside: downside_touched,
    MakeSeed: seed_touched,
    CountingSteps: counting_touched,
    Emptied: emptied_touched,
}
