"""Whose badges were tapped, whether they are hands enough, and whether a badge may become somebody's."""

from collections.abc import Iterable, Sequence

from kiosk.amounts import BadgeHash, Handle
from kiosk.commands import NewBadge, Refusal
from kiosk.rules.case import Case
from kiosk.state import Member


def owner(badge: BadgeHash, case: Case) -> Member | Refusal:
    """Who tapped."""
    member = case.state.owner(badge)
    if member is not None:
        return member
    if badge in case.state.badges:
        return Refusal(
            "lost badge",
            "This badge was reported lost and opens nothing any more. Please use another one, "
            "or ask others to tap so that you get a new one.",
        )
    return Refusal(
        "unknown badge",
        "This badge is nobody's yet. If it is yours, ask members to tap so that it can be added.",
    )


def owners(badges: Iterable[BadgeHash], case: Case) -> tuple[Member, ...] | Refusal:
    """Who tapped, each once however many of their badges they used, in the order they first did."""
    seen: dict[Handle, Member] = {}
    for badge in badges:
        member = owner(badge, case)
        if isinstance(member, Refusal):
            return member
        seen.setdefault(member.handle, member)
    return tuple(seen.values())


def handles(members: Iterable[Member]) -> tuple[Handle, ...]:
    """The names of these people."""
    return tuple(member.handle for member in members)


def many_hands(
    badges: Sequence[BadgeHash], case: Case, concerned: Handle | None = None
) -> tuple[Handle, ...] | Refusal:
    """Who lends a hand, when they are enough; more than enough are welcome, and all are named.

    Somebody away may lend a hand: who taps is evidently there, and being away is meant to shield a balance,
    not to take away a say (a small shop could otherwise not act while people are on leave).
    """
    members = owners(badges, case)
    if isinstance(members, Refusal):
        return members
    hands = handles(members)
    if concerned in hands:
        return Refusal(
            "own hand",
            "This is about {handle}, so the hands must be other people's. Ask somebody else to tap.",
            {"handle": str(concerned)},
        )
    needed = case.state.hands_needed()
    if len(hands) < needed:
        return Refusal(
            "more hands",
            "This takes the badges of {needed} different people; so far it is {tapped}. "
            "Ask somebody else to tap too.",
            {"needed": needed, "tapped": len(hands)},
        )
    return hands


def not_fresh(badge: NewBadge, case: Case) -> Refusal | None:
    """Why this badge cannot become somebody's; None when it can."""
    if badge.random:
        return Refusal(
            "random badge",
            "This badge shows another number at every tap, as phones do, so the kiosk would not know it again. "
            "Please take a QR card instead.",
        )
    known = case.state.badges.get(badge.hash)
    if known is None:
        return None
    if known.good:
        return Refusal(
            "badge taken",
            "This is already {handle}'s badge. Please take another one.",
            {"handle": known.handle},
        )
    return Refusal(
        "badge revoked",
        "This badge was reported lost once, and a lost badge is never used again. Please take another one.",
    )
