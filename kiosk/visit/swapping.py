"""The errand of hours: kind, badge, badge; the dial between; undo after."""

import re
from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from kiosk.amounts import BadgeHash, EntryId
from kiosk.commands import DropClock, NameWork, NewBadge, ServeCommons, StartClock, Swap, Undo
from kiosk.events import HOURS
from kiosk.faces import Touch
from kiosk.rules.clocking import measured
from kiosk.rules.hours import MOST_RECEIVERS, room
from kiosk.rules.taking_back import undoable
from kiosk.state import Member
from kiosk.tongue import phrase
from kiosk.visit.ground import Step, Surroundings, object_to, owner
from kiosk.visit.guests import got_by, guest_of, turned
from kiosk.visit.neighbour_places import Guest, GuestDial
from kiosk.visit.places import (
    AskGiver,
    ChooseWork,
    Dial,
    Done,
    Errand,
    NameWorkPlace,
    NoBadge,
    Visit,
    WriteNote,
    WriteNotice,
    back,
    go,
    leave,
    start,
    turn,
)


def change(errand: Errand, **changes: Any) -> Errand:
    """The errand with something changed."""
    return msgspec.structs.replace(errand, **changes)


def begin(visit: Visit, errand: Errand, around: Surroundings) -> Visit:
    """The next place of a swap: the kind, then the giver, then the dial."""
    if not errand.work:
        return go(visit, ChooseWork(errand=errand))
    if not errand.giver:
        return go(visit, AskGiver(errand))
    return go(visit, Dial(_fitting(errand, errand.minutes, around)))


def begin_from_clock(visit: Visit, member: Member, around: Surroundings) -> Visit:
    """The dial, set to what the running clock measured; an hour where it ran too long to be believed."""
    clock = member.clock
    if clock is None:
        return visit
    ran = measured(clock, around.now, around.state.charter)
    minutes = 60 if ran is None else ran
    errand = Errand(work=clock.work, giver=member.handle, badge=visit.badge, clocked=True, old=ran is None)
    return go(visit, Dial(_fitting(errand, minutes, around)))


def latest_undoable(around: Surroundings, handle: str) -> EntryId | None:
    """Somebody's latest entry of hours, while either of the two can still undo it."""
    account = around.state.accounts.get(handle)
    for entry_id in reversed(account.recent[-3:] if account else ()):
        found = around.find(entry_id)
        if found is None or found.countered_by is not None or not isinstance(found.entry.event, HOURS):
            continue
        return entry_id if undoable(found.entry, around.state, around.now) else None
    return None


def _fitting(errand: Errand, minutes: int, around: Surroundings) -> Errand:
    """The errand with an amount that is a step, not too long, and within the giver's room."""
    charter = around.state.charter
    most = min(charter.longest, room(around.state, errand.giver).gives_minutes) // charter.step * charter.step
    nearest = (minutes + charter.step // 2) // charter.step * charter.step
    return change(errand, minutes=max(charter.step, min(nearest, most)))


# --- taps -------------------------------------------------------------------------------------------------


def giver_taps(visit: Visit, place: AskGiver, badge: NewBadge, around: Surroundings) -> Step:
    """The first badge of a swap begun by touch."""
    member = owner(badge, around)
    guest = guest_of(badge, around) if isinstance(member, NoBadge) else None
    if guest is not None:
        return Step(turn(visit, turned(GuestDial(guest, place.errand.work), place.errand.minutes, around)))
    if isinstance(member, NoBadge):
        return object_to(visit, around, member.words, member.mend, member.icon)
    errand = change(place.errand, giver=member.handle, badge=badge.hash)
    known = msgspec.structs.replace(visit, who=member.handle, badge=badge.hash)
    return Step(turn(known, Dial(_fitting(errand, errand.minutes, around))))


def receiver_taps(visit: Visit, place: Dial, badge: NewBadge, around: Surroundings) -> Step:
    """The second badge: books it, or joins those who share it."""
    member, errand = owner(badge, around), place.errand
    guest = guest_of(badge, around) if isinstance(member, NoBadge) else None
    if isinstance(member, NoBadge) and guest is None:
        return object_to(visit, around, member.words, member.mend, member.icon)
    if errand.old:
        words, mend = phrase("First say how long it was"), phrase("Touch − or +, or that it is right.")
        return object_to(visit, around, words, mend)
    if guest is not None:
        return _guest_got(visit, errand, guest, around)
    assert not isinstance(member, NoBadge)
    if member.handle == errand.giver:
        return object_to(visit, around, phrase("That is the same person again"), _other(errand), "badge")
    if errand.mode == "commons":
        return Step(visit, _serve(errand, badge.hash))
    if errand.mode == "one":
        return Step(visit, _swap(errand, (badge.hash,)))
    return _join(visit, errand, member, badge.hash, around)


def _guest_got(visit: Visit, errand: Errand, guest: Guest, around: Surroundings) -> Step:
    """Hours go to a guest alone: several, the commons and a witness are this shop's own."""
    if errand.mode != "one":
        words, mend = phrase("A guest swaps with one person"), phrase("Touch “one person”, and they tap again.")
        return object_to(visit, around, words, mend, "badge")
    return Step(visit, got_by(guest, errand))


def _other(errand: Errand) -> str:
    if errand.mode == "commons":
        return phrase("Somebody else taps, as a witness.")
    return phrase("Now the one who got it taps.")


def _join(visit: Visit, errand: Errand, member: Member, badge: BadgeHash, around: Surroundings) -> Step:
    if member.handle in [handle for handle, _ in errand.receivers]:
        words = phrase("{name} is already in", name=member.handle)
        return object_to(visit, around, words, phrase("The next one taps, or book it."))
    if len(errand.receivers) == MOST_RECEIVERS:
        words = phrase("{most} people are the most", most=MOST_RECEIVERS)
        return object_to(visit, around, words, phrase("Book these, then begin again."))
    joined = change(errand, receivers=(*errand.receivers, (member.handle, badge)))
    return Step(turn(visit, Dial(joined)))


def _swap(errand: Errand, receivers: tuple[BadgeHash, ...]) -> Swap:
    return Swap(
        giver=errand.badge,
        receivers=receivers,
        minutes=errand.minutes,
        work=errand.work,
        note=errand.note,
        clocked=errand.clocked,
        notice=errand.notice,
    )


def _serve(errand: Errand, witness: BadgeHash) -> ServeCommons:
    return ServeCommons(
        giver=errand.badge,
        witness=witness,
        minutes=errand.minutes,
        work=errand.work,
        note=errand.note,
        clocked=errand.clocked,
    )


# --- touches ----------------------------------------------------------------------------------------------


def work_chosen(visit: Visit, place: ChooseWork, touch: Touch, around: Surroundings) -> Step:
    """A kind of work was touched; or the next page; or a new word is wanted."""
    match touch.value.split(":", 1):
        case ["page", "1" | "-1" as way]:
            return Step(turn(visit, msgspec.structs.replace(place, page=place.page + int(way))))
        case ["name work"]:
            return Step(go(visit, NameWorkPlace(back_to=place)))
        case ["work", work]:
            return Step(_with_work(visit, place, work, around))
    return Step(visit)


def _with_work(visit: Visit, place: ChooseWork, work: str, around: Surroundings) -> Visit:
    if place.posting is not None:
        return go(visit, WriteNotice(msgspec.structs.replace(place.posting, work=work)))
    return begin(visit, change(place.errand or Errand(), work=work), around)


def work_named(visit: Visit, place: NameWorkPlace, touch: Touch, around: Surroundings) -> Step:
    """Writing a new word for a kind of work."""
    if touch.verb == "type":
        return Step(turn(visit, msgspec.structs.replace(place, text=touch.value)))
    if touch.value == "typed":
        return Step(visit, NameWork(badge=visit.badge, work=place.text))
    return Step(visit)


def dial_touched(visit: Visit, place: Dial, touch: Touch, around: Surroundings) -> Step:
    """− and +, and the ways aside."""
    errand = place.errand
    if touch.verb == "turn":
        turned = _fitting(errand, errand.minutes + _whole(touch.value), around)
        return Step(turn(visit, Dial(change(turned, old=False))))
    match touch.value:
        case "several" | "commons" | "one" as mode:
            return Step(turn(visit, Dial(change(errand, mode=mode, receivers=()))))
        case "note":
            return Step(go(visit, WriteNote(errand, text=errand.note)))
        case "clock":
            return Step(visit, StartClock(badge=errand.badge, work=errand.work))
        case "drop clock":
            return Step(visit, DropClock(badge=errand.badge))
        case "right":
            return Step(turn(visit, Dial(change(errand, old=False))))
        case "book" if errand.receivers:
            return Step(visit, _swap(errand, tuple(badge for _, badge in errand.receivers)))
    return Step(visit)


def _whole(text: str) -> int:
    """A whole number, or 0: what a screen says is not trusted to be one."""
    return int(text) if re.fullmatch(r"-?[0-9]{1,4}", text) else 0


def note_touched(visit: Visit, place: WriteNote, touch: Touch, around: Surroundings) -> Step:
    """Writing a note for the swap."""
    if touch.verb == "type":
        return Step(turn(visit, msgspec.structs.replace(place, text=touch.value)))
    if touch.value == "typed":
        noted = change(place.errand, note=place.text.strip())
        return Step(turn(back(visit), Dial(noted)))
    return Step(visit)


def note_interrupted(visit: Visit, place: WriteNote, badge: NewBadge, around: Surroundings) -> Step:
    """The receiver taps while the note is written: it is taken as it stands, and the swap is booked."""
    noted = change(place.errand, note=place.text.strip())
    return receiver_taps(visit, Dial(noted), badge, around)


def done_touched(visit: Visit, place: Done, touch: Touch, around: Surroundings) -> Step:
    """After a booking: undo, or that is all."""
    if touch.value == "undo":
        return Step(visit, Undo(entry=place.entry, badge=place.by[0], also=place.by[1:]))
    return Step(leave(visit) if touch.value == "done" else visit)


def after_booking(visit: Visit, command: Swap | ServeCommons, entry: EntryId) -> Visit:
    """The place that says what was booked."""
    others = command.receivers if isinstance(command, Swap) else (command.witness,)
    return start(visit, Done(entry=entry, by=(command.giver, *others)), visit.who, visit.badge)


TAPS: Mapping[type, Callable[..., Step]] = {
    AskGiver: giver_taps,
    Dial: receiver_taps,
    WriteNote: note_interrupted,
}

TOUCHES: Mapping[type, Callable[..., Step]] = {
    ChooseWork: work_chosen,
    NameWorkPlace: work_named,
    Dial: dial_touched,
    WriteNote: note_touched,
    Done: done_touched,
}
