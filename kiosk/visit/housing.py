"""The kiosks of the shop, at the screen: letting another one in, and taking one off, by many hands each."""

from collections.abc import Callable, Mapping

from msgspec.structs import replace

from kiosk.commands import AddKiosk, Command, NewBadge, RemoveKiosk
from kiosk.faces import Touch
from kiosk.invited import Invited
from kiosk.state import State
from kiosk.tongue import phrase
from kiosk.visit.ground import Step, Surroundings, object_to
from kiosk.visit.kiosk_places import Kiosks, LetInTaps, TakeOffTaps
from kiosk.visit.places import Visit, go, turn
from kiosk.visit.tapping import joined, visitor


def waiting(invited: Invited | None, state: State) -> Invited | None:
    """The kiosk that wants to be let in; None once it was, and where there is no shop."""
    known = invited is None or state.founded is None or invited.device in state.kiosks
    return None if known else invited


def offered(visit: Visit, invited: Invited) -> Visit:
    """It is shown by itself, once."""
    return go(visit, LetInTaps(invited))


def kiosks_touched(visit: Visit, place: Kiosks, touch: Touch, around: Surroundings) -> Step:
    """Which one, or the one that waits."""
    match touch.value.split(":", 1):
        case ["page", "1" | "-1" as way]:
            return Step(turn(visit, Kiosks(max(0, place.page + int(way)))))
        case ["let in"]:
            found = waiting(around.invited, around.state)
            if found is None:
                return object_to(visit, around, phrase("No kiosk wants to be let in any more"))
            return Step(go(visit, LetInTaps(found, visitor(visit))))
        case ["off", device] if device in around.state.kiosks:
            return Step(go(visit, TakeOffTaps(device, visitor(visit))))
    return Step(visit)


def hand_taps(visit: Visit, place: LetInTaps | TakeOffTaps, badge: NewBadge, around: Surroundings) -> Step:
    """One hand more; with the last one it is let in, or off."""
    if isinstance(place, LetInTaps) and waiting(around.invited, around.state) != place.invited:
        return object_to(visit, around, phrase("No kiosk wants to be let in any more"))
    taps = joined(visit, place.taps, badge, around)
    if isinstance(taps, Step):
        return taps
    here = turn(visit, replace(place, taps=taps))
    if len(taps) < around.state.hands_needed():
        return Step(here)
    hands = tuple(hash_ for _, hash_ in taps)
    if isinstance(place, TakeOffTaps):
        return Step(here, RemoveKiosk(place.device, hands))
    new = place.invited
    command = AddKiosk(
        device=new.device,
        name=new.name,
        key=new.key,
        hands=hands,
        here_name=new.here_name,
        here_key=new.here_key,
        wire=new.wire,
        here_wire=new.here_wire,
    )
    return Step(here, command)


def given_back(visit: Visit) -> Visit:
    """After a refusal the hands are given back, so that it can be tried again."""
    match visit.place:
        case LetInTaps() | TakeOffTaps() as place:
            return replace(visit, place=replace(place, taps=visitor(visit)))
    return visit


def told(command: Command, around: Surroundings) -> tuple[str, str] | None:
    """What was done, in one sentence, with its picture; None where it is no matter of kiosks."""
    match command:
        case AddKiosk(name=name):
            words = phrase("The kiosk “{name}” is one of ours. What it needs goes onto the stick now.", name=name)
            return words, "people"
        case RemoveKiosk(device=device):
            known = around.state.kiosks.get(device)
            return phrase("The kiosk “{name}” is none of ours any more.", name=known.name if known else ""), "door"
    return None


TAPS: Mapping[type, Callable[..., Step]] = {LetInTaps: hand_taps, TakeOffTaps: hand_taps}

TOUCHES: Mapping[type, Callable[..., Step]] = {Kiosks: kiosks_touched}
