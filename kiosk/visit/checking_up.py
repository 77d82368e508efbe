"""Looking after the kiosk: how it is, and a test of what arrives. Nothing is booked here but a coin that fell."""

from collections.abc import Callable, Mapping

from msgspec.structs import replace

from kiosk.commands import NewBadge
from kiosk.faces import Touch
from kiosk.rules.approvals import approving
from kiosk.tongue import later, phrase, plural, unfilled
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
    SheetSeen,
    Stuck,
)
from kiosk.visit.places import Care, Hands, Visit, back, go, turn
from kiosk.words import money

KEPT = 3
"""Things that arrived which are still to be seen."""

LAMPS = (*ANSWERS, "alarm")
TONES = (later("heard"), later("done"), later("not possible"), later("vote"))
"""Keys, and what each is for."""

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
        case ["update"] if around.state.program is not None and not around.state.program.by:
            return Step(go(visit, Hands(Care(what="update"))))
    return Step(visit)


def _try(visit: Visit, around: Surroundings) -> Step:
    if around.state.circle is not None or approving(around.state) is not None:
        mend = phrase("While a circle or a vote is open the buttons belong to it.")
        return object_to(visit, around, phrase("Not now"), mend)
    return Step(go(visit, Tryout()))


def finding_touched(visit: Visit, place: OneFinding, touch: Touch, around: Surroundings) -> Step:
    """Read; back to the others."""
    return Step(back(visit))


def tryout_touched(visit: Visit, place: Tryout, touch: Touch, around: Surroundings) -> Step:
    """The next lamp, or the next tone."""
    if touch.value == "lamp":
        lamp = LAMPS[place.lamps % len(LAMPS)]
        shown = _arrives(replace(place, lamps=place.lamps + 1), SHAPES.get(lamp, "warning"), _lit(lamp))
        return Step(turn(visit, shown), tries=f"{touch.value}:{lamp}")
    if touch.value == "tone":
        tone = TONES[place.tones % len(TONES)]
        words = phrase("The tone for “{tone}”", tone=unfilled(tone))
        shown = _arrives(replace(place, tones=place.tones + 1), "info", words)
        return Step(turn(visit, shown), tries=f"{touch.value}:{tone}")
    return Step(visit)


def _lit(lamp: str) -> str:
    if lamp == "alarm":
        return phrase("The alarm lamp is lit for two seconds")
    return phrase("The lamp of “{button}” is lit", button=unfilled(lamp))


def _arrives(place: Tryout, icon: str, words: str) -> Tryout:
    return replace(place, arrived=(Arrived(icon, words), *place.arrived)[:KEPT])


def badge_arrives(visit: Visit, place: Tryout, badge: NewBadge, around: Surroundings) -> Step:
    """A badge: whether it is known here, and of what kind. Never its number, and never whose it is."""
    if badge.random:
        return Step(turn(visit, _arrives(place, "phone", phrase("A phone: its number is new each time"))))
    known = bool(around.state.owner(badge.hash))
    if badge.medium == "card":
        words = phrase("A card that is known here") if known else phrase("A card that is nobody’s here")
        return Step(turn(visit, _arrives(place, "card", words)))
    words = phrase("A badge that is known here") if known else phrase("A badge that is nobody’s here")
    return Step(turn(visit, _arrives(place, "badge", words)))


def arrives(visit: Visit, place: Tryout, heard: Heard) -> Step:
    """Anything else that a device says."""
    match heard:
        case Pressed(button=button) if button in ANSWERS:
            down = replace(place, down=(*place.down, button))
            words = phrase("“{button}” was pressed", button=unfilled(button))
            return Step(turn(visit, _arrives(down, SHAPES[button], words)))
        case Released(button=button) if button in ANSWERS:
            up = replace(place, down=tuple(each for each in place.down if each != button))
            return Step(turn(visit, _arrives(up, SHAPES[button], _let_go(heard))))
        case Stuck(button=button) if button in ANSWERS:
            stuck = replace(place, stuck=(*place.stuck, button), down=())
            words = phrase("“{button}” is stuck: it is left out until it comes up", button=unfilled(button))
            return Step(turn(visit, _arrives(stuck, "warning", words)))
        case Freed(button=button) if button in ANSWERS:
            freed = replace(place, stuck=tuple(each for each in place.stuck if each != button))
            words = phrase("“{button}” came up, and counts again", button=unfilled(button))
            return Step(turn(visit, _arrives(freed, SHAPES[button], words)))
    shown = _other(heard)
    return Step(turn(visit, _arrives(place, *shown)) if shown else visit)


def _other(heard: Heard) -> tuple[str, str] | None:
    """The picture and the words of what is not one button alone; None for what is not shown here."""
    match heard:
        case PressedTwo():
            return "info", phrase("Two buttons at once: in a vote that is no press")
        case HeldTogether():
            return "people", phrase("All three held: elsewhere that opens the circle")
        case LabelSeen(length=length):
            return "repair", plural("A tool’s label, {n} sign", "A tool’s label, {n} signs", length)
        case SheetSeen():
            return "list", phrase("A code of a report’s sheet")
        case Misread():
            return _misread(heard)
    return None


def _let_go(heard: Released) -> str:
    seconds, _, tenths = f"{heard.held / 1000:.1f}".partition(".")
    if heard.bounces >= CHATTER:
        return plural(
            "“{button}” let go after {seconds}.{tenths} s; its contact chattered {n} time: is it worn?",
            "“{button}” let go after {seconds}.{tenths} s; its contact chattered {n} times: is it worn?",
            heard.bounces,
            button=unfilled(heard.button),
            seconds=int(seconds),
            tenths=int(tenths),
        )
    return phrase(
        "“{button}” was let go after {seconds}.{tenths} s",
        button=unfilled(heard.button),
        seconds=int(seconds),
        tenths=int(tenths),
    )


def _misread(heard: Misread) -> tuple[str, str]:
    if heard.what == "two cards":
        return "two-cards", phrase("Two badges at once: none of them counts")
    if heard.what == "foreign code":
        return "card", plural(
            "A code that is none of ours, {n} sign", "A code that is none of ours, {n} signs", heard.length
        )
    return "card", phrase("A code that can’t be read")


def coin_arrives(visit: Visit, place: Tryout, cents: int | None) -> Visit:
    """A coin is real money: it is in the jar now, and that is said."""
    if cents is None:
        words = phrase("A coin that is not known here. It is real: it is written down, and stays in the jar")
    else:
        words = phrase("A coin of {money}. It is real: it is in the jar now", money=money(cents))
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
