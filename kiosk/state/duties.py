"""Folding duties: who has them, how often each has had them, and who comes first next time."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from msgspec.structs import replace

from kiosk.amounts import Handle
from kiosk.events import ApprovalClosed, DutyNamed, DutyPassed, Entry, LotDrawn
from kiosk.state.change import Change, Touched, lay
from kiosk.state.present import ARGUING, Duty, State

_LATEST = Touched("latest", "latest")


def least(state: State, duty: Duty) -> int:
    """How often those of the shop who had it least have had it."""
    return min((duty.times.get(member.handle, 0) for member in state.present()), default=0)


def newcomer(state: State, handle: Handle) -> tuple[State, tuple[Touched, ...]]:
    """Somebody new starts at the present least, so that not every duty falls on them at once."""
    begun = {
        name: replace(duty, times={**duty.times, handle: max(duty.times.get(handle, 0), least(state, duty))})
        for name, duty in state.duties.items()
        if duty.times
    }
    return lay(state, duties=begun), tuple(Touched("duties", name) for name in begun)


def take_out(state: State, handle: Handle) -> tuple[State, tuple[Touched, ...]]:
    """Somebody left: what they had is free, and nobody waits for them."""
    freed = {
        name: replace(
            duty,
            holder="" if duty.holder == handle else duty.holder,
            owed=tuple(each for each in duty.owed if each != handle),
            chosen="" if duty.chosen == handle else duty.chosen,
        )
        for name, duty in state.duties.items()
        if handle in (duty.holder, duty.chosen, *duty.owed)
    }
    return lay(state, duties=freed), tuple(Touched("duties", name) for name in freed)


def taken_on(duty: Duty, handle: Handle, day: str, skipped: tuple[Handle, ...] = ()) -> Duty:
    """The duty in other hands."""
    waiting = [each for each in duty.owed if each != handle]
    owed = (*waiting, *(each for each in skipped if each not in waiting and each != handle))
    times = {**duty.times, handle: duty.times.get(handle, 0) + 1}
    return replace(duty, holder=handle, since=day, times=times, owed=owed, chosen="")


def argued(state: State, entry: Entry, handle: Handle) -> tuple[State, tuple[Touched, ...]]:
    """With every vote the downside is argued by the next one."""
    duty = state.duties[ARGUING]
    day = datetime.fromtimestamp(entry.moment.wall / 1000, UTC).date().isoformat()
    return lay(state, duties={ARGUING: taken_on(duty, handle, day)}), (Touched("duties", ARGUING),)


def _name(state: State, entry: Entry, event: DutyNamed) -> Change:
    duty = Duty(name=event.duty, term=event.term, turn=event.turn)
    return Change(lay(state, duties={event.duty: duty}), (Touched("duties", event.duty),))


def _pass(state: State, entry: Entry, event: DutyPassed) -> Change:
    duty = taken_on(state.duties[event.duty], event.holder, event.day, event.skipped)
    passed = lay(state, duties={event.duty: duty})
    if state.circle is None or state.latest is None:
        return Change(passed, (Touched("duties", event.duty),))
    noted = replace(state.latest, entries=(*state.latest.entries, entry.id))
    return Change(replace(passed, latest=noted), (Touched("duties", event.duty), _LATEST))


def _choose(state: State, duty: str, chosen: Handle) -> Change:
    return Change(lay(state, duties={duty: replace(state.duties[duty], chosen=chosen)}), (Touched("duties", duty),))


def _draw(state: State, entry: Entry, event: LotDrawn) -> Change:
    return _choose(state, event.duty, event.drawn)


def _approve(state: State, entry: Entry, event: ApprovalClosed) -> Change:
    assert state.circle is not None
    assert state.circle.round is not None
    chosen = _choose(state, state.circle.round.duty, event.chosen)
    closed = replace(chosen.state, circle=replace(state.circle, round=None))
    return Change(closed, (*chosen.touched, Touched("circle", "circle")))


ROTATION: Mapping[type, Callable[[State, Entry, Any], Change]] = {
    DutyNamed: _name,
    DutyPassed: _pass,
    LotDrawn: _draw,
    ApprovalClosed: _approve,
}
"""How each event of a duty changes the present."""
