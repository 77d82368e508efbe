"""Whose turn it is: those who have had a duty least, in the shop's order, by lot or by an approval round.

Among those who are there, the next is of those in the earliest round (`Duty.held`); of them first whoever was not
there when their turn came, then the next after the present holder. With nobody away and equal terms turned together
this is `order[(turn - duty) mod people]`: nobody has two duties, and everybody moves from each to the one after it.

Each jar's duties go round by themselves: a daughter's among its circle, those of the jar among all. What somebody
has in one does not count in another.
"""

from calendar import monthrange
from collections import Counter
from datetime import date, timedelta

from msgspec import Struct

from kiosk.amounts import Handle
from kiosk.events import Term
from kiosk.periods import is_late
from kiosk.rules.fund_circles import turn_takers
from kiosk.state import Duty, State
from kiosk.words import local


class Overdue(Struct, frozen=True):
    """A duty that has not turned though its term is over, or that nobody has.

    since: the last day of the term, or the day from which nobody had it, as 2026-11-30. days: since then.
    leaving: who has it; "" for nobody. coming: who is next; "" where that is not found out yet. never: who of those
    who belong to the shop has never had it.
    """

    duty: str
    since: str
    days: int
    leaving: Handle
    coming: Handle
    never: tuple[Handle, ...]


# --- who --------------------------------------------------------------------------------------------------


def not_here(state: State, absent: tuple[Handle, ...], today: date, here: Handle = "") -> frozenset[Handle]:
    """Who can take no duty now: on leave, not in the circle that is open today, or said not to be here.

    here: who has just tapped, and so is evidently here (being on leave still counts).
    """
    people = [each.handle for each in state.present()]
    circle = state.circle
    together = circle.roll if circle is not None and local(circle.opened).date() == today else people
    on_leave = {each.handle for each in state.present() if each.standing == "away"}
    elsewhere = {handle for handle in people if handle in absent or handle not in together} - {here}
    return frozenset(on_leave | elsewhere)


def may_take(
    state: State, duty_name: str, absent: tuple[Handle, ...], today: date, here: Handle = ""
) -> tuple[Handle, ...]:
    """Those who may be drawn or approved of as the next one now, in the shop's order; by turns only the next.

    absent: who is said not to be here, beside those who are known not to be. Whoever was skipped before comes
    first, alone where it is one. Nobody when all are away; KeyError when no such duty goes round.
    """
    duty = state.duties[duty_name]
    away = not_here(state, absent, today, here)
    ranked = [handle for handle in in_turn(state, duty, today) if handle not in away]
    if not ranked or duty.how == "order":
        return tuple(ranked[:1])
    crowded = busy(state, duty, today)
    best = (crowded[ranked[0]], duty.held[ranked[0]])
    alike = [handle for handle in ranked if (crowded[handle], duty.held[handle]) == best]
    chosen = [handle for handle in alike if handle in duty.first] or alike
    return tuple(each.handle for each in state.present() if each.handle in chosen)


def comes_next(state: State, duty_name: str, absent: tuple[Handle, ...], today: date, here: Handle = "") -> Handle:
    """Who takes a duty next; "" where a lot or an approval round has to say it, or where all are away."""
    if _chosen_stands(state, state.duties[duty_name], not_here(state, absent, today, here), today):
        return state.duties[duty_name].coming
    able = may_take(state, duty_name, absent, today, here)
    return able[0] if len(able) == 1 else ""


def _chosen_stands(state: State, duty: Duty, away: frozenset[Handle], today: date) -> bool:
    """Whether the one drawn or approved of is there and still has no other duty, unless all who are there have."""
    able = [handle for handle in in_turn(state, duty, today) if handle not in away]
    if duty.coming not in able:
        return False
    crowded = busy(state, duty, today)
    return crowded[duty.coming] == min(crowded[handle] for handle in able)


def waits_for(state: State, duty_name: str, absent: tuple[Handle, ...], today: date, here: Handle = "") -> Handle:
    """Who was passed over before, has not had it since, and would be passed over again by word alone; else "".

    Without this two people keep a duty by saying of everybody else that they are not here.
    """
    duty = state.duties[duty_name]
    known = not_here(state, (), today, here)
    again = {handle for handle in absent if handle in duty.first and handle not in known} - {here}
    if not again or _chosen_stands(state, duty, not_here(state, absent, today, here), today):
        return ""
    others = tuple(handle for handle in absent if handle not in again)
    able = may_take(state, duty_name, others, today, here)
    return next((handle for handle in able if handle in again), "")


def passed_over(
    state: State, duty_name: str, absent: tuple[Handle, ...], today: date, coming: Handle
) -> tuple[Handle, ...]:
    """Whose turn it would have been before `coming`, and who are not there.

    Somebody on leave is named once; they are remembered until they are back.
    """
    duty = state.duties[duty_name]
    away = not_here(state, absent, today, coming)
    if duty.how != "order":
        return (duty.coming,) if duty.coming in away else ()
    ranked = in_turn(state, duty, today)
    before = ranked[: ranked.index(coming)] if coming in ranked else ()
    due = [handle for handle in before if duty.held[handle] <= duty.held[coming]]
    return tuple(handle for handle in due if handle in away and not _known_away(state, duty, handle))


def _known_away(state: State, duty: Duty, handle: Handle) -> bool:
    return handle in duty.first and state.members[handle].standing == "away"


def in_turn(state: State, duty: Duty, today: date) -> tuple[Handle, ...]:
    """All but the holder, as they would take it, whether they are there or not."""
    crowded = busy(state, duty, today)
    after = _places(state, duty)
    people = (handle for handle in turn_takers(state, duty.fund) if handle != duty.holder)
    return tuple(
        sorted(people, key=lambda each: (crowded[each], duty.held[each], each not in duty.first, after[each]))
    )


def busy(state: State, duty: Duty, today: date) -> Counter[Handle]:
    """How many other duties of this jar each still has when this one turns: today, or after its term if later.

    Whoever is drawn or approved of for another one has it as good as already.
    """
    turns = max(today.isoformat(), duty.until)
    others = [other for other in beside(state, duty) if other.duty != duty.duty]
    still = [other.holder for other in others if other.until > turns]
    soon = [other.coming for other in others if other.coming]
    return Counter([*still, *soon])


def beside(state: State, duty: Duty) -> tuple[Duty, ...]:
    """The duties that go round together with this one, in the order they began; it is one of them."""
    return tuple(each for each in state.duties.values() if each.fund == duty.fund)


def _places(state: State, duty: Duty) -> dict[Handle, int]:
    """How far each is from where it goes on, round the shop's order; those who left keep their place in it."""
    order = tuple(state.members)
    start = order.index(duty.last) + 1 if duty.last else order.index(_first_holder(state, duty))
    return {handle: (place - start) % len(order) for place, handle in enumerate(order)}


def _first_holder(state: State, duty: Duty) -> Handle:
    """Where a duty begins: just behind the one who has the duty begun before it, so that they don't meet."""
    together, people = beside(state, duty), turn_takers(state, duty.fund)
    number = together.index(duty)
    before = together[number - 1].last if number else ""
    if before in people:
        return people[people.index(before) - 1]
    return people[-number % len(people)] if people else next(iter(state.members))


def never_had(state: State, duty: Duty) -> tuple[Handle, ...]:
    """Who of those among whom it goes round has never had a duty."""
    return tuple(handle for handle in turn_takers(state, duty.fund) if handle not in duty.had)


# --- when -------------------------------------------------------------------------------------------------


def last_day(term: Term, day: date) -> date:
    """The last day of the term that a day is in, by the calendar."""
    if term == "day":
        return day
    if term == "week":
        return day + timedelta(days=6 - day.weekday())
    return day.replace(day=monthrange(day.year, day.month)[1])


def next_until(duty: Duty, today: date) -> str:
    """The last day of the next term, when it begins today: this one or, before the present one is over, the next.

    Handing over again and again before a term is over does not lead further than to the end of the next one.
    """
    if today.isoformat() > duty.until:
        return last_day(duty.term, today).isoformat()
    after_this = last_day(duty.term, date.fromisoformat(duty.until) + timedelta(days=1))
    furthest = last_day(duty.term, last_day(duty.term, today) + timedelta(days=1))
    return max(duty.until, min(after_this, furthest).isoformat())


def is_over(duty: Duty, today: date) -> bool:
    """Whether somebody has it longer than their term."""
    return bool(duty.holder) and today.isoformat() > duty.until


def due(state: State, today: date) -> tuple[Duty, ...]:
    """Duties that can be handed over today because it is time, the longest over first: over, or over today and its
    holder there, or nobody's, or that of somebody on leave."""
    away = not_here(state, (), today)
    found = [duty for duty in state.duties.values() if _is_due(state, duty, away, today)]
    return tuple(sorted(found, key=lambda duty: duty.until))


def _is_due(state: State, duty: Duty, away: frozenset[Handle], today: date) -> bool:
    if not duty.holder or state.members[duty.holder].standing == "away" or is_over(duty, today):
        return True
    return duty.until == today.isoformat() and duty.holder not in away


def overdue(state: State, today: date) -> tuple[Overdue, ...]:
    """Duties that should have turned and have not, the longest first: over, or nobody's, for so long that people
    would call it late (`kiosk.periods.is_late`)."""
    found = [_overdue(state, duty, today) for duty in state.duties.values()]
    late = (each for each in found if is_late(date.fromisoformat(each.since), today))
    return tuple(sorted(late, key=lambda each: -each.days))


def _overdue(state: State, duty: Duty, today: date) -> Overdue:
    since = date.fromisoformat(duty.until) if duty.holder else local(duty.since or duty.began).date()
    return Overdue(
        duty=duty.name,
        since=since.isoformat(),
        days=(today - since).days,
        leaving=duty.holder,
        coming=comes_next(state, duty.name, (), today),
        never=never_had(state, duty),
    )
