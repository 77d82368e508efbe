"""Being led through a reflection potluck by touch, or by badges and three buttons."""

from collections.abc import Callable, Mapping

from msgspec.structs import replace

from kiosk.commands import HoldReport, SayAtPotluck
from kiosk.faces import Said, Touch
from kiosk.periods import last_day, month_of
from kiosk.rules.held import begins, newest, to_hold
from kiosk.state import State
from kiosk.tongue import phrase
from kiosk.visit.assuming import badge_at
from kiosk.visit.assumption_places import Gathered
from kiosk.visit.circling import onward
from kiosk.visit.ground import Answered, Step, Surroundings, object_to
from kiosk.visit.picking import moved, picked, today
from kiosk.visit.places import Visit, back, go, leave, say, turn
from kiosk.visit.potluck_places import Potluck, PotluckWords, Side
from kiosk.visit.rows import words
from kiosk.visit.tapping import visitor
from kiosk.visit.tongues import changed
from kiosk.words import local

AFTER = {"success": "failure", "failure": "figures", "figures": "end"}
BEFORE = {"failure": "success", "figures": "failure", "end": "figures"}
"""The parts of the evening, in turn."""


def enter(around: Surroundings, *, in_circle: bool = False) -> Potluck:
    """The month that waits to be looked back at; else the newest that may be; in a shop's first month that one."""
    day, founded = today(around), around.state.founded
    period = to_hold(around.state, "potluck", day) or newest("potluck", day)
    young = founded is not None and last_day(period) < local(founded).date()
    return Potluck(month_of(day) if young else period, in_circle=in_circle)


def can_be_held(state: State, period: str, around: Surroundings) -> bool:
    """Whether it can be said of this month that its potluck was held; as the rules have it."""
    begun = begins("potluck", period) <= today(around) and state.founded is not None
    there = begun and last_day(period) >= local(state.founded or around.now).date()
    return there and period not in state.held.get("potluck", ())


def potluck_touched(visit: Visit, place: Potluck, touch: Touch, around: Surroundings) -> Step:
    """Note something, go on, one back; at the end, two badges say that it was held."""
    match touch.value:
        case "note" if place.part in ("success", "failure"):
            if not can_be_held(around.state, place.period, around):
                mend = phrase("What is said now is said, not kept.")
                return object_to(visit, around, phrase("This potluck was held already"), mend, "people-several")
            side: Side = "success" if place.part == "success" else "failure"
            return Step(go(visit, PotluckWords(place.period, side, in_circle=place.in_circle)))
        case "voice":
            return Step(changed(visit, "voice", around))
        case "on":
            return Step(turn(visit, _on(place, around)))
        case "back":
            return Step(_back(visit, place, around))
        case "held" if can_be_held(around.state, place.period, around):
            gathering = HoldReport("potluck", place.period, ())
            return Step(go(visit, Gathered(gathering, 2, visitor(visit), place.in_circle)))
        case "done" if place.part == "end":
            return Step(onward(visit, around) if place.in_circle else leave(visit))
    return Step(visit)


def _on(place: Potluck, around: Surroundings) -> Potluck:
    if place.part == "figures" and place.at + 1 < around.figures:
        return replace(place, at=place.at + 1)
    return _part(place, AFTER.get(place.part, place.part), 0)


def _back(visit: Visit, place: Potluck, around: Surroundings) -> Visit:
    if place.part == "figures" and place.at:
        return turn(visit, replace(place, at=place.at - 1))
    if place.part not in BEFORE:
        return back(visit)
    return turn(visit, _part(place, BEFORE[place.part], max(0, around.figures - 1)))


def _part(place: Potluck, part: str, at: int) -> Potluck:
    """Another part of the evening; only the numbers have a place of their own in it."""
    match part:
        case "success" | "failure" | "end":
            return replace(place, part=part, at=0)
    return replace(place, part="figures", at=at)


def words_touched(visit: Visit, place: PotluckWords, touch: Touch, around: Surroundings) -> Step:
    """What is kept of it."""
    offered = words(around.state)
    row = picked(touch, place.at, len(offered))
    text = offered[row] if row is not None else (place.text or "").strip() if touch.value == "typed" else ""
    if text:
        badge = None if place.in_circle else visit.badge or None
        return Step(visit, SayAtPotluck(place.period, place.side, text, badge))
    if touch.verb == "type":
        return Step(turn(visit, replace(place, text=touch.value)))
    if touch.value == "write":
        return Step(go(visit, replace(place, text="")))
    if touch.value == "back":
        return Step(back(visit))
    return Step(turn(visit, replace(place, at=moved(touch, place.at, len(offered)))))


def after(visit: Visit, answered: Answered, around: Surroundings) -> Visit | None:
    """Back to where the room talks on, with what was kept; None for all else."""
    if not isinstance(answered.command, SayAtPotluck):
        return None
    while visit.trail and not isinstance(visit.place, Potluck):
        visit = back(visit)
    return say(visit, Said(words=phrase("Noted, without a name"), icon="check", tone="done"), around.now.mono)


TAPS: Mapping[type, Callable[..., Step]] = dict.fromkeys((Potluck, PotluckWords), badge_at)
TOUCHES: Mapping[type, Callable[..., Step]] = {Potluck: potluck_touched, PotluckWords: words_touched}
