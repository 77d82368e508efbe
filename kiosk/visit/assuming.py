"""Taking assumptions apart: the routines of a quarter, who benefits, turning one round, and what came of it."""

from collections.abc import Callable, Mapping

from msgspec.structs import replace

from kiosk.amounts import BadgeHash
from kiosk.commands import Command, HoldReport, NewBadge, ReviewInversion, SayBenefit, StartInversion
from kiosk.faces import Said, Touch
from kiosk.periods import before, quarter_of
from kiosk.rules.concentration import Quarter, quarter
from kiosk.rules.held import to_hold
from kiosk.state import Inversion, State
from kiosk.tongue import phrase
from kiosk.visit.assumption_places import (
    Autopsy,
    Gathered,
    GoesOn,
    OneRoutine,
    TurnRound,
    TurnUntil,
    WhatCame,
    WhoBenefits,
)
from kiosk.visit.circling import comes_late, onward
from kiosk.visit.ground import Answered, Step, Surroundings
from kiosk.visit.jar_places import Tap
from kiosk.visit.picking import moved, picked, today
from kiosk.visit.places import Visit, back, go, say, turn
from kiosk.visit.rows import BENEFITS, CAME, UNTIL, WAYS_ROUND, day_after
from kiosk.visit.tapping import joined, visitor
from kiosk.words import by_day, capital


def enter(around: Surroundings, *, in_circle: bool = False) -> Autopsy:
    """The quarter that waits to be looked at; else the one that runs."""
    day = today(around)
    waiting = to_hold(around.state, "autopsy", day)
    return Autopsy(waiting or quarter_of(day), in_circle=in_circle)


def can_be_held(state: State, period: str, around: Surroundings) -> bool:
    """Whether it can be said of this quarter that the autopsy was held."""
    return to_hold(state, "autopsy", today(around)) == period


def rows(looked: Quarter, around: Surroundings) -> tuple[str, ...]:
    """What an autopsy lists: routines by their names; "held" where that can be said of it; the other quarter."""
    held = (HELD,) if can_be_held(around.state, looked.period, around) else ()
    return (*looked.names, *held, OTHER)


HELD, OTHER = "held", "other"
"""What stands on the list besides routines."""


# --- the list, and one of it ------------------------------------------------------------------------------


def autopsy_touched(visit: Visit, place: Autopsy, touch: Touch, around: Surroundings) -> Step:
    """One routine, the other quarter, or the end."""
    found = rows(quarter(around.state, place.period), around)
    row = picked(touch, place.at, len(found))
    if row is not None:
        chosen = found[row]
        marked = turn(visit, replace(place, at=row))
        if chosen == OTHER:
            return Step(turn(visit, replace(place, period=other_quarter(place.period, around), at=0)))
        if chosen == HELD:
            return Step(go(marked, _gathered(HoldReport("autopsy", place.period, ()), 2, visit, place)))
        return Step(go(marked, _one(place.period, chosen, around, in_circle=place.in_circle)))
    if touch.value == "back":
        return Step(back(visit))
    return Step(turn(visit, replace(place, at=moved(touch, place.at, len(found)))))


def other_quarter(period: str, around: Surroundings) -> str:
    """The quarter that runs, and the one before it: from each the other."""
    now = quarter_of(today(around))
    return before(now) if period == now else now


def _one(period: str, routine: str, around: Surroundings, *, in_circle: bool) -> OneRoutine:
    on = inversion_of(around.state, routine)
    due = on is not None and on.until <= today(around).isoformat()
    return OneRoutine(period, routine, "invert" if on is None else "came" if due else "", in_circle)


def inversion_of(state: State, routine: str) -> Inversion | None:
    """How it is being turned round just now."""
    return next((each for each in state.inversions.values() if each.routine == routine), None)


def routine_touched(visit: Visit, place: OneRoutine, touch: Touch, around: Surroundings) -> Step:
    """Who benefits, turning it round, or what came of that."""
    on = inversion_of(around.state, place.routine)
    match touch.value:
        case "benefit":
            return Step(go(visit, WhoBenefits(place.period, place.routine, in_circle=place.in_circle)))
        case "invert" if place.way == "invert":
            return Step(go(visit, TurnRound(place.period, place.routine, in_circle=place.in_circle)))
        case "came" if on is not None and place.way == "came":
            return Step(go(visit, WhatCame(on.id, in_circle=place.in_circle)))
        case "back":
            return Step(back(visit))
    return Step(visit)


# --- words and days ---------------------------------------------------------------------------------------


def benefit_touched(visit: Visit, place: WhoBenefits, touch: Touch, around: Surroundings) -> Step:
    """What the room says."""
    text = _text(place, touch, BENEFITS)
    if not text:
        return _walked(visit, place, touch, len(BENEFITS))
    command = SayBenefit(place.period, place.routine, text, visit.badge or None)
    if visit.who or place.in_circle:
        return Step(visit, command)
    return Step(go(visit, Gathered(command, 1)))


def turn_touched(visit: Visit, place: TurnRound, touch: Touch, around: Surroundings) -> Step:
    """How it is turned round."""
    text = _text(place, touch, WAYS_ROUND)
    if not text:
        return _walked(visit, place, touch, len(WAYS_ROUND))
    return Step(go(visit, TurnUntil(place.period, place.routine, text, in_circle=place.in_circle)))


def until_touched(visit: Visit, place: TurnUntil, touch: Touch, around: Surroundings) -> Step:
    """Until when; then many hands."""
    row = picked(touch, place.at, len(UNTIL))
    if row is None:
        return _walked(visit, place, touch, len(UNTIL))
    until = day_after(today(around), tuple(UNTIL.values())[row])
    command = StartInversion(place.period, place.routine, place.words, until, ())
    return Step(go(visit, _gathered(command, around.state.hands_needed(), visit, place)))


def came_touched(visit: Visit, place: WhatCame, touch: Touch, around: Surroundings) -> Step:
    """What happened."""
    text = _text(place, touch, CAME)
    if not text:
        return _walked(visit, place, touch, len(CAME))
    return Step(go(visit, GoesOn(place.inversion, text, in_circle=place.in_circle)))


def goes_on_touched(visit: Visit, place: GoesOn, touch: Touch, around: Surroundings) -> Step:
    """It is over, or goes on with another date; then two badges."""
    row = picked(touch, place.at, len(UNTIL) + 1)
    if row is None:
        return _walked(visit, place, touch, len(UNTIL) + 1)
    until = day_after(today(around), tuple(UNTIL.values())[row - 1]) if row else ""
    command = ReviewInversion(place.inversion, place.words, until, ())
    return Step(go(visit, _gathered(command, 2, visit, place)))


Listed = WhoBenefits | TurnRound | TurnUntil | WhatCame | GoesOn


def _text(place: WhoBenefits | TurnRound | WhatCame, touch: Touch, offered: tuple[str, ...]) -> str:
    row = picked(touch, place.at, len(offered))
    if row is not None:
        return offered[row]
    return (place.text or "").strip() if touch.value == "typed" else ""


def _walked(visit: Visit, place: Listed, touch: Touch, count: int) -> Step:
    """What all lists have: the next row, a step back; and where words are asked for, one's own."""
    writes = hasattr(place, "text")
    if touch.verb == "type" and writes:
        return Step(turn(visit, replace(place, text=touch.value)))
    if touch.value == "write" and writes:
        return Step(go(visit, replace(place, text="")))
    if touch.value == "back":
        return Step(back(visit))
    return Step(turn(visit, replace(place, at=moved(touch, place.at, count))))


# --- badges -----------------------------------------------------------------------------------------------


def _gathered(
    command: HoldReport | StartInversion | ReviewInversion,
    needed: int,
    visit: Visit,
    place: Autopsy | TurnUntil | GoesOn,
) -> Gathered:
    return Gathered(command, needed, visitor(visit), place.in_circle)


def badge_taps(visit: Visit, place: Gathered, badge: NewBadge, around: Surroundings) -> Step:
    """One more; with the last one it is asked."""
    taps = joined(visit, place.taps, badge, around)
    if isinstance(taps, Step):
        return taps
    here = turn(visit, replace(place, taps=taps))
    return Step(here, filled(place.command, taps)) if len(taps) >= place.needed else Step(here)


def filled(command: Command, taps: tuple[Tap, ...]) -> Command:
    """The command with the badges that were tapped."""
    badges: tuple[BadgeHash, ...] = tuple(badge for _, badge in taps)
    if isinstance(command, SayBenefit):
        return replace(command, badge=badges[0])
    return replace(command, badges=badges)


def gathered_touched(visit: Visit, place: Gathered, touch: Touch, around: Surroundings) -> Step:
    """A step back; nothing is booked."""
    return Step(back(visit) if touch.value == "back" else visit)


def badge_at(visit: Visit, place: Autopsy, badge: NewBadge, around: Surroundings) -> Step:
    """A badge while the room talks: somebody comes late to the circle; elsewhere it says who is there."""
    if place.in_circle and around.state.circle is not None:
        return comes_late(visit, place, badge, around)
    taps = joined(visit, (), badge, around)
    if isinstance(taps, Step):
        return taps
    (handle, known), *_ = taps
    said = Said(words=phrase("{name} is in", name=handle), icon="badge", tone="plain")
    return Step(say(replace(visit, who=handle, badge=known), said, around.now.mono))


# --- answers ----------------------------------------------------------------------------------------------


def told(command: Command) -> tuple[str, str] | None:
    """What was done, in one sentence, with its picture; None for all else."""
    match command:
        case HoldReport():
            return phrase("It was held, and is written down."), "check"
        case ReviewInversion(until=""):
            return phrase("It is over, and what happened is written down."), "check"
        case ReviewInversion(until=until):
            return phrase("It goes on. {day} we ask again.", day=capital(by_day(until))), "check"
    return None


def after(visit: Visit, answered: Answered, around: Surroundings) -> Visit | None:
    """Where it goes on after something was booked; None for all else."""
    command, now = answered.command, around.now.mono
    match command:
        case SayBenefit():
            noted = Said(words=phrase("Noted, without a name"), icon="check", tone="done")
            return say(_to_the_routine(visit, around), noted, now)
        case StartInversion(until=until):
            on = phrase("It is turned round. {day} we ask what happened.", day=capital(by_day(until)))
            return say(_to_the_routine(visit, around), Said(words=on, icon="check", tone="done"), now)
        case ReviewInversion() | HoldReport() if getattr(visit.place, "in_circle", False):
            done = Said(words=phrase("Done, and off the list"), icon="check", tone="done")
            return say(onward(visit, around), done, now)
    return None


def _to_the_routine(visit: Visit, around: Surroundings) -> Visit:
    """Back to the routine it was about, as it stands now."""
    while visit.trail and not isinstance(visit.place, OneRoutine):
        visit = back(visit)
    if not isinstance(visit.place, OneRoutine):
        return visit
    place = visit.place
    return turn(visit, _one(place.period, place.routine, around, in_circle=place.in_circle))


TAPS: Mapping[type, Callable[..., Step]] = {
    Gathered: badge_taps,
    **dict.fromkeys((Autopsy, OneRoutine, WhoBenefits, TurnRound, TurnUntil, WhatCame, GoesOn), badge_at),
}

TOUCHES: Mapping[type, Callable[..., Step]] = {
    Autopsy: autopsy_touched,
    OneRoutine: routine_touched,
    WhoBenefits: benefit_touched,
    TurnRound: turn_touched,
    TurnUntil: until_touched,
    WhatCame: came_touched,
    GoesOn: goes_on_touched,
    Gathered: gathered_touched,
}
