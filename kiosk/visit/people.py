"""Founding, many hands, badges, being away and leaving."""

from collections.abc import Callable, Mapping

import msgspec

from kiosk.amounts import BadgeHash
from kiosk.commands import (
    AddBadge,
    AnswerUpdate,
    AttachPhoto,
    BeginDuty,
    Command,
    Counter,
    EndDuty,
    EndLeave,
    Found,
    Join,
    Leave,
    NewBadge,
    Refusal,
    Return,
    RevokeBadge,
    StartLeave,
)
from kiosk.faces import Touch
from kiosk.rules.people import free_handle
from kiosk.rules.writing import same
from kiosk.tongue import phrase
from kiosk.visit.checkup_places import Checkup
from kiosk.visit.copies import enter
from kiosk.visit.entries import named
from kiosk.visit.ground import Step, Surroundings, nobodys, object_to, owner
from kiosk.visit.kiosk_places import Kiosks
from kiosk.visit.neighbour_places import Neighbours
from kiosk.visit.number_places import CharterPage
from kiosk.visit.places import (
    Care,
    Founding,
    Hands,
    LayNewBadge,
    NoBadge,
    People,
    Seal,
    SureToLeave,
    Visit,
    WhichBadge,
    WhichMember,
    WriteHandle,
    go,
    turn,
)
from kiosk.visit.report_places import ReportPlace
from kiosk.words import refusal

# --- founding ---------------------------------------------------------------------------------------------


def founder_taps(visit: Visit, place: Founding, badge: NewBadge, around: Surroundings) -> Step:
    """One of the first badges; then its owner writes a name."""
    if badge.random:
        phone = nobodys(badge, around)
        return object_to(visit, around, phone.words, phone.mend, phone.icon)
    if place.pending is not None:
        mend = phrase("Write the name for this badge first, then the next taps.")
        return object_to(visit, around, phrase("One at a time"), mend)
    if badge.hash in [known.hash for _, known in place.founders]:
        words, mend = phrase("This badge is in already"), phrase("Now somebody else’s.")
        return object_to(visit, around, words, mend)
    return Step(turn(visit, msgspec.structs.replace(place, pending=badge, text="")))


def founding_touched(visit: Visit, place: Founding, touch: Touch, around: Surroundings) -> Step:
    """Writing the name that goes with a badge; with the last name the shop is founded."""
    if touch.value == "not this":
        return Step(turn(visit, msgspec.structs.replace(place, pending=None, text="")))
    if place.pending is None:
        return Step(visit)
    if touch.verb == "type":
        return Step(turn(visit, msgspec.structs.replace(place, text=touch.value)))
    if touch.value == "typed" and place.text.strip():
        return _named(visit, place, place.pending, around)
    return Step(visit)


def _named(visit: Visit, place: Founding, badge: NewBadge, around: Surroundings) -> Step:
    handle = free_handle(place.text, around.state)
    if isinstance(handle, Refusal):
        return object_to(visit, around, *refusal(handle))
    if same(handle) in [same(known) for known, _ in place.founders]:
        words = phrase("{name} is taken", name=handle)
        return object_to(visit, around, words, phrase("Two people need two names: add a letter."))
    founders = (*place.founders, (handle, badge))
    if len(founders) == around.state.charter.founders:
        return Step(visit, Found(founders=founders))
    return Step(turn(visit, Founding(founders=founders)))


# --- what needs many hands --------------------------------------------------------------------------------


def people_touched(visit: Visit, place: People, touch: Touch, around: Surroundings) -> Step:
    """What is to be done about people and badges."""
    match touch.value:
        case "join":
            return Step(go(visit, WriteHandle(Care(what="join", badge=place.badge))))
        case "add" | "revoke" | "return" | "leave" as what:
            return Step(go(visit, WhichMember(Care(what=what, badge=place.badge))))
        case "away":
            return Step(visit, StartLeave(badge=visit.badge))
        case "back again":
            return Step(visit, EndLeave(badge=visit.badge))
        case "leave for good":
            return Step(go(visit, SureToLeave()))
        case "seal":
            return Step(go(visit, Seal()))
        case "charter":
            return Step(go(visit, CharterPage()))
        case "reports":
            return Step(go(visit, ReportPlace()))
        case "copy":
            return enter(visit, around)
        case "neighbours":
            return Step(go(visit, Neighbours()))
        case "kiosks":
            return Step(go(visit, Kiosks()))
        case "checkup":
            return Step(go(visit, Checkup()))
    return Step(visit)


def seal_touched(visit: Visit, place: Seal, touch: Touch, around: Surroundings) -> Step:
    """The newest seal, or the newest one that a neighbour has signed."""
    return Step(turn(visit, Seal(witnessed=not place.witnessed)) if touch.value == "next" else visit)


def leave_touched(visit: Visit, place: SureToLeave, touch: Touch, around: Surroundings) -> Step:
    """The last word before leaving."""
    if touch.value == "sure":
        return Step(visit, Leave(handle=visit.who, badges=(visit.badge,)))
    return Step(visit)


def member_chosen(visit: Visit, place: WhichMember, touch: Touch, around: Surroundings) -> Step:
    """Whom it concerns."""
    match touch.value.split(":", 1):
        case ["page", "1" | "-1" as way]:
            return Step(turn(visit, msgspec.structs.replace(place, page=max(0, place.page + int(way)))))
        case ["member", handle] if handle in around.state.members:
            care = msgspec.structs.replace(place.care, subject=handle)
            return Step(_next(visit, care))
    return Step(visit)


def handle_written(visit: Visit, place: WriteHandle, touch: Touch, around: Surroundings) -> Step:
    """The name of somebody new."""
    if touch.verb == "type":
        return Step(turn(visit, msgspec.structs.replace(place, text=touch.value)))
    if touch.value != "typed" or not place.text.strip():
        return Step(visit)
    handle = free_handle(place.text, around.state)
    if isinstance(handle, Refusal):
        return object_to(visit, around, *refusal(handle))
    return Step(_next(visit, msgspec.structs.replace(place.care, subject=handle)))


def badge_chosen(visit: Visit, place: WhichBadge, touch: Touch, around: Surroundings) -> Step:
    """Which badge is lost."""
    match touch.value.split(":", 1):
        case ["badge", badge]:
            return Step(_next(visit, msgspec.structs.replace(place.care, lost=BadgeHash(badge))))
    return Step(visit)


def _next(visit: Visit, care: Care) -> Visit:
    """What is still to be known, then the hands."""
    if care.what == "revoke" and care.lost is None:
        return go(visit, WhichBadge(care))
    if care.what in ("join", "add", "return") and care.badge is None:
        return go(visit, LayNewBadge(care))
    return go(visit, Hands(care))


def new_badge_taps(visit: Visit, place: LayNewBadge, badge: NewBadge, around: Surroundings) -> Step:
    """The badge that is to be somebody's."""
    known = owner(badge, around)
    if not isinstance(known, NoBadge):
        words = phrase("This is {name}’s badge", name=known.handle)
        mend = phrase("Lay down one that nobody has yet, or show a new card.")
        return object_to(visit, around, words, mend, "badge")
    if known.badge is None:
        return object_to(visit, around, known.words, known.mend, known.icon)
    return Step(go(visit, Hands(msgspec.structs.replace(place.care, badge=badge))))


def hand_taps(visit: Visit, place: Hands, badge: NewBadge, around: Surroundings) -> Step:
    """One hand more; with the last one it is done."""
    care = place.care
    if care.badge is not None and badge.hash == care.badge.hash:
        words, mend = phrase("That is the new badge itself"), phrase("Now members tap theirs.")
        return object_to(visit, around, words, mend, "badge")
    member = owner(badge, around)
    if isinstance(member, NoBadge):
        return object_to(visit, around, member.words, member.mend, member.icon)
    if care.entry is not None and member.handle in named(around.find(care.entry)):
        words = phrase("{name} is part of this entry", name=member.handle)
        return object_to(visit, around, words, phrase("Others tap for this."), "people")
    if member.handle == care.subject:
        words = phrase("{name} is the one concerned", name=member.handle)
        return object_to(visit, around, words, phrase("Others tap for this."), "people")
    if member.handle in [handle for handle, _ in care.hands]:
        words = phrase("{name} has tapped", name=member.handle)
        return object_to(visit, around, words, phrase("Now somebody else."), "people")
    with_hand = msgspec.structs.replace(care, hands=(*care.hands, (member.handle, badge.hash)))
    if len(with_hand.hands) < around.state.hands_needed():
        return Step(turn(visit, Hands(with_hand)))
    return Step(visit, _command(with_hand))


def _command(care: Care) -> Command | None:
    hands = tuple(badge for _, badge in care.hands)
    match care:
        case Care(what="join", badge=NewBadge() as badge):
            return Join(handle=care.subject, badge=badge, hands=hands)
        case Care(what="add", badge=NewBadge() as badge):
            return AddBadge(handle=care.subject, badge=badge, hands=hands)
        case Care(what="return", badge=NewBadge() as badge):
            return Return(handle=care.subject, badge=badge, hands=hands)
        case Care(what="revoke", lost=str() as lost):
            return RevokeBadge(handle=care.subject, lost=BadgeHash(lost), hands=hands)
        case Care(what="leave"):
            return Leave(handle=care.subject, badges=hands)
        case Care(what="counter", entry=str() as entry):
            return Counter(entry=entry, reason=care.reason, badges=hands)
        case Care(what="begin duty"):
            return BeginDuty(duty=care.duty, how=care.how, term=care.term, hands=hands, fund=care.fund)
        case Care(what="end duty"):
            return EndDuty(duty=care.duty, hands=hands)
        case Care(what="photo"):
            return AttachPhoto(photo=care.subject, badges=hands)
        case Care(what="update"):
            return AnswerUpdate(hands)
    return None


TAPS: Mapping[type, Callable[..., Step]] = {
    Founding: founder_taps,
    LayNewBadge: new_badge_taps,
    Hands: hand_taps,
}

TOUCHES: Mapping[type, Callable[..., Step]] = {
    Founding: founding_touched,
    People: people_touched,
    Seal: seal_touched,
    SureToLeave: leave_touched,
    WhichMember: member_chosen,
    WriteHandle: handle_written,
    WhichBadge: badge_chosen,
}
