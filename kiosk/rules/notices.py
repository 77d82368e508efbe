"""The board of needs and offers: who may hang what there, how long it hangs, and what fits together."""

from datetime import UTC, date, datetime, timedelta

from kiosk.amounts import Moment
from kiosk.commands import PostNotice, Refusal, TakeDownNotice
from kiosk.events import NoticePosted, NoticeTakenDown
from kiosk.rules.badges import owner
from kiosk.rules.case import Case, Verdict
from kiosk.rules.work import unknown_work
from kiosk.rules.writing import plain_words
from kiosk.state import Notice, State

EACH = 5
"""Notices one person may have on the board at a time."""

DAYS = 92
"""The longest a notice hangs: a quarter of a year."""

LONGEST_WORDS = 80
"""Characters."""

_EVERYWHERE = timedelta(hours=12)
"""A moment knows no time zone, so a day counts as over only when it is over everywhere on earth: the last place
is twelve hours behind UTC. A notice may hang some hours too long, but never comes down on its last day."""


def post_notice(command: PostNotice, case: Case) -> Verdict:
    """Put a need or an offer on the board."""
    member = owner(command.badge, case)
    if isinstance(member, Refusal):
        return member
    words = plain_words(command.words, least=1, most=LONGEST_WORDS)
    if isinstance(words, Refusal):
        return words
    refused = (
        unknown_work(command.work, case.state)
        or _bad_day(command.until, case.now)
        or _board_full(member.handle, case)
    )
    if refused:
        return refused
    notice = NoticePosted(
        handle=member.handle, side=command.side, work=command.work, words=words, until=command.until
    )
    return (notice,)


def take_down_notice(command: TakeDownNotice, case: Case) -> Verdict:
    """Take one's own need or offer off the board."""
    member = owner(command.badge, case)
    if isinstance(member, Refusal):
        return member
    notice = case.state.notices.get(command.notice)
    if notice is None:
        return notice_gone()
    if notice.handle != member.handle:
        return Refusal(
            "other notice",
            "{handle} put this up, so {handle} takes it down.",
            {"handle": notice.handle},
        )
    return (NoticeTakenDown(handle=member.handle, notice=notice.id),)


def hanging(state: State, now: Moment) -> tuple[Notice, ...]:
    """The notices that have not expired, in the order they were put up."""
    return tuple(sorted((n for n in state.notices.values() if hangs(n, now)), key=_put_up))


def hangs(notice: Notice, now: Moment) -> bool:
    """Whether this notice's last day is not over yet."""
    return notice.until >= _earliest_day(now).isoformat()


def matches(state: State, now: Moment) -> tuple[tuple[Notice, Notice], ...]:
    """Each hanging need beside each offer of the same kind of work by somebody else."""
    board = hanging(state, now)
    needs = [notice for notice in board if notice.side == "need"]
    offers = [notice for notice in board if notice.side == "offer"]
    return tuple(
        (need, offer)
        for need in needs
        for offer in offers
        if need.work == offer.work and need.handle != offer.handle
    )


def notice_gone() -> Refusal:
    """What to say when a notice is no longer there."""
    return Refusal("notice gone", "This is no longer on the board. Go on without it, or choose another.")


def _put_up(notice: Notice) -> tuple[int, str]:
    return (notice.posted.wall, notice.id)


def _day(now: Moment) -> datetime:
    return datetime.fromtimestamp(now.wall / 1000, UTC)


def _earliest_day(now: Moment) -> date:
    return (_day(now) - _EVERYWHERE).date()


def _bad_day(until: str, now: Moment) -> Refusal | None:
    day = _read_day(until)
    if day is None:
        return Refusal("no day", "That is no day of the calendar. Please choose the last day again.")
    if day < _earliest_day(now):
        return Refusal("day past", "That day is over. Please choose today or a later day.")
    if day > _day(now).date() + timedelta(days=DAYS):
        return Refusal(
            "day too far",
            "A notice hangs for at most {days} days. Choose an earlier day; it can be put up again then.",
            {"days": DAYS},
        )
    return None


def _read_day(text: str) -> date | None:
    """A day written as 2026-11-30 and no other way, as days are compared by their letters."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.isoformat() == text else None


def _board_full(handle: str, case: Case) -> Refusal | None:
    own = [notice for notice in hanging(case.state, case.now) if notice.handle == handle]
    if len(own) < EACH:
        return None
    return Refusal(
        "board full",
        "{handle} has {notices} notices on the board. Take one down first.",
        {"handle": handle, "notices": len(own)},
    )
