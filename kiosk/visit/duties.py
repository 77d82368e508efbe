"""Duties: the list of them, beginning and ending one, drawing a lot, handing over by two taps."""

from collections.abc import Callable, Mapping

from msgspec.structs import replace

from kiosk.amounts import BadgeHash, Handle
from kiosk.commands import DrawDuty, HandOver, NewBadge, Refusal
from kiosk.events import DutyDrawn, DutyHandedOver, duty_called
from kiosk.faces import Said, Touch
from kiosk.rules.case import Case
from kiosk.rules.duties import duty_name, passed_already
from kiosk.rules.rotation import comes_next
from kiosk.tongue import phrase
from kiosk.visit import assuming
from kiosk.visit.circle_places import NextOne
from kiosk.visit.circling import DRAWS, onward
from kiosk.visit.duty_places import (
    DrawingLot,
    Duties,
    DutyHow,
    DutyTerm,
    HandingOver,
    OneDuty,
    WhichDuty,
)
from kiosk.visit.ground import Answered, Step, Surroundings, object_to, owner
from kiosk.visit.picking import today
from kiosk.visit.places import Care, Hands, NoBadge, Visit, back, go, say, turn
from kiosk.visit.turning import HOWS, TERMS, ways
from kiosk.words import capital, duty_word, refusal, until

# --- the list, and one of it ------------------------------------------------------------------------------


def list_touched(visit: Visit, place: Duties, touch: Touch, around: Surroundings) -> Step:
    """A page further, one duty, or a new one."""
    match touch.value.split(":", 1):
        case ["page", "1" | "-1" as way]:
            return Step(turn(visit, replace(place, page=max(0, place.page + int(way)))))
        case ["duty", duty] if duty in around.state.duties:
            return Step(go(visit, OneDuty(duty)))
        case ["begin"]:
            return Step(go(visit, WhichDuty(fund=place.fund)))
        case ["routines"]:
            return Step(go(visit, assuming.enter(around)))
    return Step(visit)


def one_touched(visit: Visit, place: OneDuty, touch: Touch, around: Surroundings) -> Step:
    """Hand it over, draw the lot, say that the next one is not here, or let it end."""
    if place.duty not in around.state.duties:
        return Step(back(visit))
    if touch.value not in ways(place.duty, place.absent, around):
        return Step(visit)
    match touch.value:
        case "hand over":
            return Step(go(visit, HandingOver(place.duty, place.absent, _own_tap(visit, place, around))))
        case "draw":
            return Step(go(visit, DrawingLot(place.duty, place.absent)))
        case "ask":
            return Step(go(visit, NextOne(place.duty)))
        case "not here":
            return _not_here(visit, place, around)
    return Step(go(visit, Hands(Care(what="end duty", duty=place.duty))))


def _not_here(visit: Visit, place: OneDuty, around: Surroundings) -> Step:
    """The next one's turn comes, unless whoever is said not to be here was passed over before."""
    state, duty = around.state, around.state.duties[place.duty]
    absent = (*place.absent, comes_next(state, place.duty, place.absent, today(around)))
    waits = passed_already(duty, absent, Case(state, around.now, around.find))
    if waits:
        return object_to(visit, around, *refusal(waits))
    return Step(turn(visit, replace(place, absent=absent)))


def _own_tap(visit: Visit, place: OneDuty, around: Surroundings) -> tuple[Handle, BadgeHash] | None:
    """Whoever stands here with their badge and is one of the two has tapped already."""
    coming = comes_next(around.state, place.duty, place.absent, today(around))
    concerned = visit.who and visit.who in (coming, around.state.duties[place.duty].holder)
    return (visit.who, visit.badge) if concerned else None


def one_taps(visit: Visit, place: OneDuty, badge: NewBadge, around: Surroundings) -> Step:
    """A badge says the same as touching "hand over"."""
    if place.duty not in around.state.duties:
        return Step(back(visit))
    if "hand over" not in ways(place.duty, place.absent, around):
        told = phrase("It is not known yet who comes next")
        return object_to(visit, around, told, phrase("First that is found out."), "people")
    both = HandingOver(place.duty, place.absent)
    return over_taps(go(visit, both), both, badge, around)


# --- handing over -----------------------------------------------------------------------------------------


def over_taps(visit: Visit, place: HandingOver, badge: NewBadge, around: Surroundings) -> Step:
    """The one leaving and the one coming, in either order."""
    member = owner(badge, around)
    if isinstance(member, NoBadge):
        return object_to(visit, around, member.words, member.mend, member.icon)
    if place.duty not in around.state.duties:
        return Step(back(visit))
    if place.first is None:
        return Step(turn(visit, replace(place, first=(member.handle, badge.hash))))
    if place.first[0] == member.handle:
        told = phrase("{name} has tapped", name=member.handle)
        return object_to(visit, around, told, phrase("Now the other one."), "people")
    return Step(visit, _hand_over(place, place.first, (member.handle, badge.hash), around))


def _hand_over(
    place: HandingOver, one: tuple[Handle, BadgeHash], other: tuple[Handle, BadgeHash], around: Surroundings
) -> HandOver:
    """Which of the two is coming: not the holder; else the one whose turn it is."""
    duty = around.state.duties[place.duty]
    mine = comes_next(around.state, duty.name, place.absent, today(around), here=one[0]) == one[0]
    if other[0] == duty.holder or (one[0] != duty.holder and mine):
        one, other = other, one
    return HandOver(duty.name, coming=other[1], leaving=one[1], absent=place.absent)


def step_back(visit: Visit, place: HandingOver | DrawingLot, touch: Touch, around: Surroundings) -> Step:
    """Not now: a step back."""
    return Step(back(visit) if touch.value == "back" else visit)


# --- who comes next ---------------------------------------------------------------------------------------


def lot_taps(visit: Visit, place: DrawingLot, badge: NewBadge, around: Surroundings) -> Step:
    """Whoever taps draws it."""
    member = owner(badge, around)
    if isinstance(member, NoBadge):
        return object_to(visit, around, member.words, member.mend, member.icon)
    return Step(visit, DrawDuty(place.duty, around.draw(DRAWS), badge.hash, place.absent))


# --- a new one --------------------------------------------------------------------------------------------


def which_touched(visit: Visit, place: WhichDuty, touch: Touch, around: Surroundings) -> Step:
    """One of the usual duties, or the shop's own words."""
    if place.text is not None:
        return _written(visit, place, place.text, touch, around)
    match touch.value.split(":", 1):
        case ["write"]:
            return Step(go(visit, replace(place, text="")))
        case ["begin", duty]:
            return _named(visit, place, duty, around)
    return Step(visit)


def _written(visit: Visit, place: WhichDuty, text: str, touch: Touch, around: Surroundings) -> Step:
    if touch.verb == "type":
        return Step(turn(visit, replace(place, text=touch.value)))
    return _named(visit, place, text, around) if touch.value == "typed" and text.strip() else Step(visit)


def _named(visit: Visit, place: WhichDuty, text: str, around: Surroundings) -> Step:
    name = duty_name(text, around.state, place.fund)
    if isinstance(name, Refusal):
        return object_to(visit, around, *refusal(name))
    return Step(go(visit, DutyHow(name, place.fund)))


def how_touched(visit: Visit, place: DutyHow, touch: Touch, around: Surroundings) -> Step:
    """In turn, by lot, or by an approval round."""
    how = next((how for how in HOWS if touch.value == f"how:{how}"), None)
    return Step(go(visit, DutyTerm(place.duty, how, place.fund)) if how else visit)


def term_touched(visit: Visit, place: DutyTerm, touch: Touch, around: Surroundings) -> Step:
    """How long; then the hands."""
    term = next((term for term in TERMS if touch.value == f"term:{term}"), None)
    if term is None:
        return Step(visit)
    begun = Care(what="begin duty", duty=place.duty, how=place.how, term=term, fund=place.fund)
    return Step(go(visit, Hands(begun)))


# --- answers ----------------------------------------------------------------------------------------------


def after(visit: Visit, answered: Answered, around: Surroundings) -> Visit | None:
    """Where it goes on after a lot, and in the circle after a hand-over; None for all else."""
    event = answered.entries[-1].event
    in_circle = getattr(visit.place, "in_circle", False)
    now = around.now.mono
    match event:
        case DutyDrawn(coming=coming, duty=duty, fund=fund):
            drawn = turn(visit, HandingOver(duty_called(duty, fund), in_circle=True)) if in_circle else back(visit)
            return say(drawn, Said(words=phrase("{name} is drawn", name=coming), icon="check", tone="done"), now)
        case DutyHandedOver() if in_circle:
            return say(onward(visit, around), Said(words=handed_over(event), icon="check", tone="done"), now)
    return None


def handed_over(event: DutyHandedOver) -> str:
    """Who has it now, in one line."""
    duty = capital(duty_word(duty_called(event.duty, event.fund)))
    return phrase("{duty}: {name}, {until}", duty=duty, name=event.coming, until=until(event.until))


TAPS: Mapping[type, Callable[..., Step]] = {
    OneDuty: one_taps,
    HandingOver: over_taps,
    DrawingLot: lot_taps,
}

TOUCHES: Mapping[type, Callable[..., Step]] = {
    Duties: list_touched,
    OneDuty: one_touched,
    HandingOver: step_back,
    DrawingLot: step_back,
    WhichDuty: which_touched,
    DutyHow: how_touched,
    DutyTerm: term_touched,
}
