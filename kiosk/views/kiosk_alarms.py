"""What is wrong between the kiosks of a building, and what came of each having written without the other."""

from collections.abc import Iterator

from kiosk.faces import Alarm
from kiosk.state import Member, State
from kiosk.tongue import phrase
from kiosk.views.scene import Scene
from kiosk.words import duration


def kiosk_alarms(scene: Scene) -> tuple[Alarm, ...]:
    """A kiosk that tells another past first, then limits that were passed at two kiosks, as neither knew of the
    other's swaps: shown, never hidden. Nothing where there is one kiosk."""
    state = scene.state
    if not state.in_building:
        return ()
    here = state.kiosks.get(scene.device)
    return (
        *((_taken_off(),) if here is not None and here.removed else ()),
        *(_forked(state.kiosk_called(device)) for device, heard in state.taken.items() if heard.forked),
        *(_past(member, state) for member in state.present() if _over(member, state) > 0),
        *_left_behind(state),
    )


def _taken_off() -> Alarm:
    return Alarm(
        words=phrase("This kiosk was taken off: what is written here reaches nobody"),
        mend=phrase("Go to another kiosk of the shop. With a fresh card this one can begin anew."),
    )


def _forked(name: str) -> Alarm:
    return Alarm(
        words=phrase("The kiosk “{name}” tells another past than before", name=name),
        mend=phrase("Was it put back from an old copy? Take it off, and let it begin anew. It is not believed."),
    )


def _over(member: Member, state: State) -> int:
    return abs(state.balance(member.handle)) - state.charter.hard_limit


def _past(member: Member, state: State) -> Alarm:
    gave = state.balance(member.handle) > 0
    return Alarm(
        words=phrase(
            "{name} is {time} past the limit: swapped at two kiosks",
            name=member.handle,
            time=duration(_over(member, state)),
        ),
        mend=phrase("{name} gets something back first.", name=member.handle)
        if gave
        else phrase("{name} gives something back first.", name=member.handle),
        pressing=False,
    )


def _left_behind(state: State) -> Iterator[Alarm]:
    """Somebody left at one kiosk while they swapped something at another: the hours are theirs, and show."""
    for member in state.members.values():
        minutes = state.balance(member.handle)
        if member.standing == "left" and minutes:
            words = phrase(
                "{name} has left, and {time} of a swap at another kiosk stand on that account",
                name=member.handle,
                time=duration(abs(minutes)),
            )
            yield Alarm(words=words, mend=phrase("Take that swap back, by many hands."), pressing=False)
