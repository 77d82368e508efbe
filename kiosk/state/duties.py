"""Folding duties: who has them, who comes next, and whose turn is nearer than another's."""

from collections.abc import Callable, Mapping
from typing import Any

from msgspec.structs import replace

from kiosk.amounts import JAR, Handle, Moment
from kiosk.events import (
    ApprovalClosed,
    ApprovalOpened,
    DutyBegan,
    DutyDrawn,
    DutyEnded,
    DutyHandedOver,
    Entry,
    How,
    Term,
    duty_called,
)
from kiosk.state.change import Change, Touched, lay, without
from kiosk.state.circles import note
from kiosk.state.present import KEEPING_THE_JAR, Approval, Duty, State

_CIRCLE = Touched("circle", "circle")
_LATEST = Touched("latest", "latest")
_ARGUED = Touched("argued", "argued")
_KEPT = Touched("kept", "kept")


def _begin(state: State, entry: Entry, event: DutyBegan) -> Change:
    duty = new_duty(state, event.duty, event.how, event.term, entry.moment, event.fund)
    return _noted(lay(state, duties={duty.name: duty}), entry, duty.name)


def new_duty(state: State, duty: str, how: How, term: Term, moment: Moment, fund: str) -> Duty:
    """A duty that nobody has had yet. All are counted in it: a daughter's may come to be everybody's."""
    held = {member.handle: 0 for member in state.present()}
    return Duty(duty=duty, how=how, term=term, began=moment, held=held, fund=fund)


def _end(state: State, entry: Entry, event: DutyEnded) -> Change:
    name = duty_called(event.duty, event.fund)
    return _noted(replace(state, duties=without(state.duties, name)), entry, name)


def _draw(state: State, entry: Entry, event: DutyDrawn) -> Change:
    duty = state.duties[duty_called(event.duty, event.fund)]
    drawn = replace(duty, coming=event.coming, first=_waiting(duty.first, event.skipped))
    return _noted(lay(state, duties={duty.name: drawn}), entry, duty.name)


def _hand_over(state: State, entry: Entry, event: DutyHandedOver) -> Change:
    """Whoever is behind the round that the comer was in could not take it; that round is over for them."""
    duty = state.duties[duty_called(event.duty, event.fund)]
    round_ = duty.held.get(event.coming, 0)
    held = {handle: max(count, round_) for handle, count in duty.held.items()}
    first = _waiting(duty.first, event.skipped)
    turned = replace(
        duty,
        holder=event.coming,
        since=entry.moment,
        until=event.until,
        last=event.coming,
        coming="",
        held={**held, event.coming: round_ + 1},
        had={**duty.had, event.coming: duty.had.get(event.coming, 0) + 1},
        first=tuple(handle for handle in first if handle != event.coming),
        turns=duty.turns + 1,
    )
    noted = _noted(lay(state, duties={duty.name: turned}), entry, duty.name)
    return _kept(noted, event) if event.fund != JAR and event.duty == KEEPING_THE_JAR else noted


def _kept(change: Change, event: DutyHandedOver) -> Change:
    """Who kept which jar counts when circles are drawn, also when that fund has ended."""
    state, touched = change
    kept = {**state.kept, event.coming: state.kept.get(event.coming, 0) + 1}
    return Change(replace(state, kept=kept), (*touched, _KEPT))


def _waiting(first: tuple[Handle, ...], skipped: tuple[Handle, ...]) -> tuple[Handle, ...]:
    return (*first, *(handle for handle in skipped if handle not in first))


def _noted(state: State, entry: Entry, duty: str) -> Change:
    """What was done about a duty stands with what the circle did, if one is open."""
    changed = Touched("duties", duty)
    return Change(note(state, entry.id), (changed, _LATEST) if state.circle else (changed,))


# --- approval rounds --------------------------------------------------------------------------------------


def _open_approval(state: State, entry: Entry, event: ApprovalOpened) -> Change:
    """If somebody had been chosen already and is not a candidate, they were not there: they come first later."""
    assert state.circle is not None
    approval = Approval(id=entry.id, duty=event.duty, candidates=event.candidates, roll=event.roll, fund=event.fund)
    opened = replace(state, circle=replace(state.circle, approval=approval))
    duty = state.duties.get(approval.name)
    if duty is None or not duty.coming:
        return Change(opened, (_CIRCLE,))
    missed = () if duty.coming in event.candidates else (duty.coming,)
    again = replace(duty, coming="", first=_waiting(duty.first, missed))
    return Change(lay(opened, duties={duty.name: again}), (_CIRCLE, Touched("duties", duty.name)))


def _close_approval(state: State, entry: Entry, event: ApprovalClosed) -> Change:
    """Somebody who left meanwhile does not come next."""
    assert state.circle is not None
    closed = note(replace(state, circle=replace(state.circle, approval=None)), entry.id)
    duty = state.duties.get(duty_called(event.duty, event.fund))
    if duty is None or event.coming not in duty.held:
        return Change(closed, (_CIRCLE, _LATEST))
    chosen = replace(duty, coming=event.coming)
    return Change(lay(closed, duties={duty.name: chosen}), (_CIRCLE, _LATEST, Touched("duties", duty.name)))


# --- people -----------------------------------------------------------------------------------------------


def comes_in(change: Change, handle: Handle) -> Change:
    """Somebody new, or back in the shop, begins at the least of all who are there: no turns to make up for."""
    state = change.state
    others = _others(state, handle)
    duties = {
        name: replace(duty, held={**duty.held, handle: _least(duty.held, others)})
        for name, duty in state.duties.items()
    }
    touched = tuple(Touched("duties", name) for name in duties)
    come = Change(lay(state, duties=duties), (*change.touched, *touched))
    return _argued(come, handle, _least(state.argued, others))


def comes_back(change: Change, handle: Handle) -> Change:
    """Somebody back from leave has not to argue at all the votes that they missed.

    With duties it is each round that catches up those who are away (`_hand_over`), so that one turn waits for them
    and no more; and nobody gets rid of a turn by being away for a day.
    """
    least = _least(change.state.argued, _others(change.state, handle))
    return _argued(change, handle, max(least, change.state.argued.get(handle, 0)))


def _others(state: State, handle: Handle) -> list[Handle]:
    """Those who are there; all who belong to the shop where they are all on leave."""
    others = [each for each in state.present() if each.handle != handle]
    return [each.handle for each in others if each.standing == "here"] or [each.handle for each in others]


def _least(counts: Mapping[Handle, int], people: list[Handle]) -> int:
    return min((counts.get(each, 0) for each in people), default=0)


def _argued(change: Change, handle: Handle, times: int) -> Change:
    if times == change.state.argued.get(handle, 0):
        return change
    return Change(lay(change.state, argued={handle: times}), (*change.touched, _ARGUED))


def goes(change: Change, handle: Handle, entry: Entry) -> Change:
    """Somebody left the shop: what they had is nobody's, and they do not come next."""
    duties = {name: _without(duty, handle, entry) for name, duty in change.state.duties.items()}
    touched = tuple(Touched("duties", name) for name in duties)
    return Change(lay(change.state, duties=duties), (*change.touched, *touched))


def _without(duty: Duty, handle: Handle, entry: Entry) -> Duty:
    left = replace(
        duty,
        held=without(duty.held, handle),
        first=tuple(each for each in duty.first if each != handle),
        coming="" if duty.coming == handle else duty.coming,
    )
    return replace(left, holder="", until="", since=entry.moment) if duty.holder == handle else left


DUTIES: Mapping[type, Callable[[State, Entry, Any], Change]] = {
    DutyBegan: _begin,
    DutyEnded: _end,
    DutyDrawn: _draw,
    DutyHandedOver: _hand_over,
    ApprovalOpened: _open_approval,
    ApprovalClosed: _close_approval,
}
"""How each event about duties changes the present."""
