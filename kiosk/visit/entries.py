"""What I booked, and taking an older entry back."""

from collections.abc import Callable, Mapping

import msgspec

from kiosk.amounts import EntryId, Handle
from kiosk.commands import Counter, NewBadge, Undo
from kiosk.events import HOURS, Found
from kiosk.faces import Touch
from kiosk.rules.taking_back import parties
from kiosk.tongue import later, phrase
from kiosk.visit.ground import Step, Surroundings, object_to, owner
from kiosk.visit.places import (
    Care,
    Hands,
    MyEntries,
    NoBadge,
    OneEntry,
    Together,
    Visit,
    WhyCounter,
    WriteReason,
    go,
    turn,
)

REASONS: Mapping[str, str] = {
    "amount": later("the amount was wrong"),
    "person": later("it was somebody else"),
    "twice": later("it was booked twice"),
    "never": later("it did not happen"),
}


def named(found: Found | None) -> tuple[Handle, ...]:
    """All whose badges made an entry of hours: giver and receivers, or giver and witness."""
    if found is None or not isinstance(found.entry.event, HOURS):
        return ()
    return parties(found.entry.event)


def list_touched(visit: Visit, place: MyEntries, touch: Touch, around: Surroundings) -> Step:
    """A page further, or one entry."""
    match touch.value.split(":", 1):
        case ["page", "1" | "-1" as way]:
            return Step(turn(visit, MyEntries(page=max(0, place.page + int(way)))))
        case ["entry", entry]:
            return Step(go(visit, OneEntry(EntryId(entry))))
    return Step(visit)


def entry_touched(visit: Visit, place: OneEntry, touch: Touch, around: Surroundings) -> Step:
    """Undo at once, or begin to take it back."""
    match touch.value:
        case "undo":
            return Step(visit, Undo(entry=place.entry, badge=visit.badge))
        case "together" | "hands" as way:
            return Step(go(visit, WhyCounter(place.entry, together=way == "together")))
    return Step(visit)


def reason_touched(visit: Visit, place: WhyCounter, touch: Touch, around: Surroundings) -> Step:
    """One of the usual reasons, or one's own words."""
    if touch.value == "own words":
        return Step(go(visit, WriteReason(place.entry, place.together)))
    if touch.value in REASONS:
        return Step(_with_reason(visit, place.entry, place.together, REASONS[touch.value], around))
    return Step(visit)


def reason_written(visit: Visit, place: WriteReason, touch: Touch, around: Surroundings) -> Step:
    """The reason in one's own words."""
    if touch.verb == "type":
        return Step(turn(visit, msgspec.structs.replace(place, text=touch.value)))
    if touch.value == "typed" and place.text.strip():
        return Step(_with_reason(visit, place.entry, place.together, place.text.strip(), around))
    return Step(visit)


def _with_reason(visit: Visit, entry: EntryId, together: bool, reason: str, around: Surroundings) -> Visit:
    if together:
        return go(visit, Together(entry, reason, badges=((visit.who, visit.badge),)))
    return go(visit, Hands(Care(what="counter", entry=entry, reason=reason)))


def other_taps(visit: Visit, place: Together, badge: NewBadge, around: Surroundings) -> Step:
    """The badges of all that the entry names, one after another; with the last one it is taken back."""
    member = owner(badge, around)
    if isinstance(member, NoBadge):
        return object_to(visit, around, member.words, member.mend, member.icon)
    people = named(around.find(place.entry))
    tapped = [handle for handle, _ in place.badges]
    if member.handle not in people:
        words = phrase("This entry does not name {name}", name=member.handle)
        return object_to(visit, around, words, phrase("The other one of it taps."))
    if member.handle in tapped:
        words = phrase("{name} has tapped", name=member.handle)
        return object_to(visit, around, words, phrase("Now the other one of this entry taps."))
    badges = (*place.badges, (member.handle, badge.hash))
    if {handle for handle, _ in badges} >= set(people):
        return Step(visit, Counter(place.entry, place.reason, tuple(hash_ for _, hash_ in badges)))
    return Step(turn(visit, msgspec.structs.replace(place, badges=badges)))


TAPS: Mapping[type, Callable[..., Step]] = {Together: other_taps}

TOUCHES: Mapping[type, Callable[..., Step]] = {
    MyEntries: list_touched,
    OneEntry: entry_touched,
    WhyCounter: reason_touched,
    WriteReason: reason_written,
}
