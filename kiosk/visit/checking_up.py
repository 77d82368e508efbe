"""Looking after the kiosk: how it is, and a test of what arrives. Nothing is booked here but a coin that fell."""

from collections.abc import Callable, Mapping

from msgspec.structs import replace

from kiosk.commands import NewBadge
from kiosk.faces import Touch
from kiosk.rules.approvals import approving
from kiosk.visit.checkup_places import Arrived, Checkup, OneFinding, Tryout
from kiosk.visit.ground import Step, Surroundings, object_to
from kiosk.visit.hearing import (
    ANSWERS,
    Freed,
    Heard,
    HeldTogether,
    LabelSeen,
    Misread,
    Pressed,
    PressedTwo,
    Released,
    Stuck,
)
from kiosk.visit.places import Visit, back, go, turn
from kiosk.words import money

KEPT = 3
"""Things that arrived which are still to be seen."""

LAMPS = (*ANSWERS, "alarm")
TONES = ("heard", "done", "not possible", "vote")

SHAPES: Mapping[str, str] = dict(zip(ANSWERS, ("circle", "square", "triangle"), strict=True))
"""The shape on each of the buttons."""

CHATTER = 6
"""So often a contact opens and closes besides until that is told: all contacts bounce a little."""


def checkup_touched(visit: Visit, place: Checkup, touch: Touch, around: Surroundings) -> Step:
    """Turn the page, look at one thing, or try everything out."""
    match touch.value.split(":", 1):
        case ["page", "1" | "-1" as way]:
            return Step(turn(visit, Checkup(max(0, place.page + int(way)))))
        case ["finding", what]:
            return Step(go(visit, OneFinding(what)))
        case ["try"]:
            return _try(visit, around)
    return Step(visit)


def _try(visit: Visit, around: Surroundings) -> Step:
    if around.state.circle is not None or approving(around.state) is not None:
        return object_to(visit, around, "Not now", "While a circle or a vote is open the buttons belong to it.")
    return Step(go(visit, Tryout()))


def finding_touched(visit: Visit, place: OneFinding, touch: Touch, around: Surroundings) -> Step:
    """Read; back to the others."""
    return Step(back(visit))


def tryout_touched(visit: Visit, place: Tryout, touch: Touch, around: Surroundings) -> Step:
    """The next lamp, or the next tone."""
    if touch.value == "lamp":
        lamp = LAMPS[place.lamps % len(LAMPS)]
        words = "The alarm lamp is lit for two seconds" if lamp == "alarm" else f"The lamp of “{lamp}” is lit"
        shown = _arrives(replace(place, lamps=place.lamps + 1), SHAPES.get(lamp, "warning"), words)
        return Step(turn(visit, shown), tries=f"lamp:{lamp}")
    if touch.value == "tone":
        tone = TONES[place.tones % len(TONES)]
        shown = _arrives(replace(place, tones=place.tones + 1), "info", f"The tone for “{tone}”")
        return Step(turn(visit, shown), tries=f"tone:{tone}")
    return Step(visit)


def _arrives(place: Tryout, icon: str, words: str) -> Tryout:
    return replace(place, arrived=(Arrived(icon, words), *place.arrived)[:KEPT])


def badge_arrives(visit: Visit, place: Tryout, badge: NewBadge, around: Surroundings) -> Step:
    """A badge: whether it is known here, and of what kind. Never its number, and never whose it is."""
    if badge.random:
        return Step(turn(visit, _arrives(place, "phone", "A phone: its number is new each time")))
    known = "that is known here" if around.state.owner(badge.hash) else "that is nobody’s here"
    kind, icon = ("card", "card") if badge.medium == "card" else ("badge", "badge")
    return Step(turn(visit, _arrives(place, icon, f"A {kind} {known}")))


def arrives(visit: Visit, place: Tryout, heard: Heard) -> Step:
    """Anything else that a device says."""
    match heard:
        case Pressed(button=button) if button in ANSWERS:
            down = replace(place, down=(*place.down, button))
            return Step(turn(visit, _arrives(down, SHAPES[button], f"“{button}” was pressed")))
        case Released(button=button) if button in ANSWERS:
            up = replace(place, down=tuple(each for each in place.down if each != button))
            return Step(turn(visit, _arrives(up, SHAPES[button], _let_go(heard))))
        case Stuck(button=button) if button in ANSWERS:
            stuck = replace(place, stuck=(*place.stuck, button), down=())
            words = f"“{button}” is stuck: it is left out until it comes up"
            return Step(turn(visit, _arrives(stuck, "warning", words)))
        case Freed(button=button) if button in ANSWERS:
            freed = replace(place, stuck=tuple(each for each in place.stuck if each != button))
            return Step(turn(visit, _arrives(freed, SHAPES[button], f"“{button}” came up, and counts again")))
        case PressedTwo():
            return Step(turn(visit, _arrives(place, "info", "Two buttons at once: in a vote that is no press")))
        case HeldTogether():
            return Step(turn(visit, _arrives(place, "people", "All three held: elsewhere that opens the circle")))
        case LabelSeen(length=length):
            return Step(turn(visit, _arrives(place, "repair", f"A tool’s label, {length} signs")))
        case Misread():
            return Step(turn(visit, _arrives(place, *_misread(heard))))
    return Step(visit)


def _let_go(heard: Released) -> str:
    seconds = f"{heard.held / 1000:.1f}"
    if heard.bounces >= CHATTER:
        return (
            f"“{heard.button}” let go after {seconds} s; its contact chattered {heard.bounces} times: is it worn?"
        )
    return f"“{heard.button}” was let go after {seconds} s"


def _misread(heard: Misread) -> tuple[str, str]:
    if heard.what == "two cards":
        return "two-cards", "Two badges at once: none of them counts"
    if heard.what == "foreign code":
        return "card", f"A code that is none of ours, {heard.length} signs"
    return "card", "A code that can’t be read"


def coin_arrives(visit: Visit, place: Tryout, cents: int | None) -> Visit:
    """A coin is real money: it is in the jar now, and that is said."""
    if cents is None:
        words = "A coin that is not known here. It is real: it is written down, and stays in the jar"
    else:
        words = f"A coin of {money(cents)}. It is real: it is in the jar now"
    return turn(visit, _arrives(place, "jar", words))


def of_the_test(heard: object) -> bool:
    """Whether this means something only to the test."""
    return isinstance(heard, Released | Stuck | Freed)


TAPS: Mapping[type, Callable[..., Step]] = {Tryout: badge_arrives}

TOUCHES: Mapping[type, Callable[..., Step]] = {
    Checkup: checkup_touched,
    OneFinding: finding_touched,
    Tryout: tryout_touched,
}
