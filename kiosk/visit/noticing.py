"""The board of needs and offers: put one up, take one down, begin a swap from one."""

from collections.abc import Callable, Mapping
from datetime import timedelta

import msgspec

from kiosk.amounts import EntryId
from kiosk.commands import NewBadge, PostNotice, TakeDownNotice
from kiosk.faces import Touch
from kiosk.tongue import phrase
from kiosk.visit.ground import Step, Surroundings, object_to, owner
from kiosk.visit.places import (
    AskPoster,
    BoardPlace,
    ChooseWork,
    Errand,
    NoBadge,
    OneNotice,
    Posting,
    UntilWhen,
    Visit,
    WriteNotice,
    go,
    turn,
)
from kiosk.visit.swapping import begin
from kiosk.words import local

HANGS = {"week": 7, "fortnight": 14, "month": 31}
"""How long a notice may hang, in days."""


def board_touched(visit: Visit, place: BoardPlace, touch: Touch, around: Surroundings) -> Step:
    """A page further, one notice, or a new one."""
    match touch.value.split(":", 1):
        case ["page", "1" | "-1" as way]:
            return Step(turn(visit, BoardPlace(page=max(0, place.page + int(way)))))
        case ["notice", notice]:
            return Step(go(visit, OneNotice(EntryId(notice))))
        case ["need" | "offer" as side]:
            return Step(_new(visit, Posting(side=side)))
    return Step(visit)


def _new(visit: Visit, posting: Posting) -> Visit:
    return go(visit, ChooseWork(posting=posting) if visit.who else AskPoster(posting))


def poster_taps(visit: Visit, place: AskPoster, badge: NewBadge, around: Surroundings) -> Step:
    """Whose need or offer it is."""
    member = owner(badge, around)
    if isinstance(member, NoBadge):
        return object_to(visit, around, member.words, member.mend, member.icon)
    known = msgspec.structs.replace(visit, who=member.handle, badge=badge.hash)
    return Step(turn(known, ChooseWork(posting=place.posting)))


def notice_touched(visit: Visit, place: OneNotice, touch: Touch, around: Surroundings) -> Step:
    """Begin a swap from it, or take it down."""
    notice = around.state.notices.get(place.notice)
    if notice is None:
        return object_to(visit, around, phrase("This is no longer on the board"))
    if touch.value == "take down":
        return Step(visit, TakeDownNotice(badge=visit.badge, notice=place.notice))
    if touch.value == "swap":
        mine = notice.handle == visit.who
        gives = visit.who if visit.who and mine == (notice.side == "offer") else ""
        errand = Errand(work=notice.work, notice=notice.id, giver=gives, badge=visit.badge)
        return Step(begin(visit, errand, around))
    return Step(visit)


def words_touched(visit: Visit, place: WriteNotice, touch: Touch, around: Surroundings) -> Step:
    """Writing what is needed or offered."""
    if touch.verb == "type":
        return Step(turn(visit, msgspec.structs.replace(place, text=touch.value)))
    if touch.value == "typed" and place.text.strip():
        return Step(go(visit, UntilWhen(msgspec.structs.replace(place.posting, words=place.text.strip()))))
    return Step(visit)


def until_touched(visit: Visit, place: UntilWhen, touch: Touch, around: Surroundings) -> Step:
    """How long it hangs; with this it goes up."""
    if touch.value not in HANGS:
        return Step(visit)
    last = local(around.now).date() + timedelta(days=HANGS[touch.value])
    posting = place.posting
    command = PostNotice(visit.badge, posting.side, posting.work, posting.words, last.isoformat())
    return Step(visit, command)


TAPS: Mapping[type, Callable[..., Step]] = {AskPoster: poster_taps}

TOUCHES: Mapping[type, Callable[..., Step]] = {
    BoardPlace: board_touched,
    OneNotice: notice_touched,
    WriteNotice: words_touched,
    UntilWhen: until_touched,
}
