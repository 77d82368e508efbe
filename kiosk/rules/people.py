"""Who belongs to the shop: founding, coming in, going, being away, and badges. Nobody decides any of it alone
about somebody else."""

from kiosk.amounts import COMMONS, Handle
from kiosk.commands import (
    AddBadge,
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
from kiosk.events import (
    BadgeAdded,
    BadgeRevoked,
    Founder,
    LeaveEnded,
    LeaveStarted,
    MemberJoined,
    MemberLeft,
    MemberReturned,
    ShopFounded,
)
from kiosk.rules.badges import handles, many_hands, not_fresh, owner, owners
from kiosk.rules.between import swaps_no_more
from kiosk.rules.case import Case, Verdict
from kiosk.rules.founding import begins_with
from kiosk.rules.writing import NAME_SIGNS, one_script, plain_name, same
from kiosk.state import Member, State

LONGEST_HANDLE = 24
"""Characters."""


def found(command: Found, case: Case) -> Verdict:
    """Found the shop, once; the numbers it begins with are written down beside it."""
    if case.state.founded is not None:
        return Refusal(
            "already founded",
            "This shop is founded already. To come in, ask {hands} members to tap for you.",
            {"hands": case.state.hands_needed()},
        )
    needed = case.state.charter.founders
    if len(command.founders) != needed:
        return Refusal(
            "founders",
            "A shop is founded by {needed} people together, each with a badge of their own; here it is {came}. "
            "Please tap again together.",
            {"needed": needed, "came": len(command.founders)},
        )
    founders: list[Founder] = []
    for name, badge in command.founders:
        founder = _founder(name, badge, case, founders)
        if isinstance(founder, Refusal):
            return founder
        founders.append(founder)
    handles_of = tuple(each.handle for each in founders)
    return (ShopFounded(founders=tuple(founders)), *begins_with(command.template, handles_of, case.state))


def join(command: Join, case: Case) -> Verdict:
    """Let somebody in under a new name."""
    handle = free_handle(command.handle, case.state)
    if isinstance(handle, Refusal):
        return handle
    hands = _vouched(command, case)
    if isinstance(hands, Refusal):
        return hands
    badge = command.badge
    return (MemberJoined(handle=handle, badge=badge.hash, medium=badge.medium, hands=hands),)


def come_back(command: Return, case: Case) -> Verdict:
    """Let somebody who had left come back under their old name."""
    member = _named(command.handle, case.state)
    if isinstance(member, Refusal):
        return member
    if member.standing != "left":
        return Refusal(
            "never left",
            "{handle} belongs to the shop already. To use another badge, let it be added.",
            {"handle": member.handle},
        )
    hands = _vouched(command, case)
    if isinstance(hands, Refusal):
        return hands
    badge = command.badge
    return (MemberReturned(handle=member.handle, badge=badge.hash, medium=badge.medium, hands=hands),)


def add_badge(command: AddBadge, case: Case) -> Verdict:
    """Give a member one more badge."""
    member = _belonging(command.handle, case.state)
    if isinstance(member, Refusal):
        return member
    hands = _vouched(command, case, concerned=member.handle)
    if isinstance(hands, Refusal):
        return hands
    badge = command.badge
    return (BadgeAdded(handle=member.handle, badge=badge.hash, medium=badge.medium, hands=hands),)


def revoke_badge(command: RevokeBadge, case: Case) -> Verdict:
    """Make a lost badge worthless, for ever."""
    member = _belonging(command.handle, case.state)
    if isinstance(member, Refusal):
        return member
    lost = case.state.badges.get(command.lost)
    if lost is None or lost.handle != member.handle:
        return Refusal(
            "not their badge",
            "{handle} has no such badge. Please choose one from the list again.",
            {"handle": member.handle},
        )
    if not lost.good:
        return Refusal("lost already", "This badge is revoked already; it opens nothing. Nothing needs doing.")
    hands = many_hands(command.hands, case, concerned=member.handle)
    if isinstance(hands, Refusal):
        return hands
    there = swaps_no_more(member.handle, case.state)
    return (*there, BadgeRevoked(handle=member.handle, badge=command.lost, hands=hands))


def start_leave(command: StartLeave, case: Case) -> Verdict:
    """Be away for a while."""
    member = owner(command.badge, case)
    if isinstance(member, Refusal):
        return member
    if member.standing == "away":
        return Refusal(
            "away already",
            "{handle} is marked as away already. When you are back, say so here.",
            {"handle": member.handle},
        )
    return (LeaveStarted(handle=member.handle),)


def end_leave(command: EndLeave, case: Case) -> Verdict:
    """Be back."""
    member = owner(command.badge, case)
    if isinstance(member, Refusal):
        return member
    if member.standing != "away":
        return Refusal(
            "not away",
            "{handle} is not marked as away, so all is well. Just go on.",
            {"handle": member.handle},
        )
    return (LeaveEnded(handle=member.handle),)


def leave(command: Leave, case: Case) -> Verdict:
    """Leave the shop, or let somebody go who is gone. The balance goes to the commons."""
    member = _belonging(command.handle, case.state)
    if isinstance(member, Refusal):
        return member
    if len(case.state.present()) == 1:
        return Refusal("last one", "You are the last one here. Somebody else has to come in first.")
    speakers = owners(command.badges, case)
    if isinstance(speakers, Refusal):
        return speakers
    if _carries_now(member.handle, case.state):
        return Refusal(
            "carries",
            "What {handle} carries out is being voted on. Finish that vote first.",
            {"handle": member.handle},
        )
    there = swaps_no_more(member.handle, case.state)
    if handles(speakers) == (member.handle,):
        return (*there, MemberLeft(handle=member.handle, minutes=case.state.balance(member.handle)))
    hands = many_hands(command.badges, case, concerned=member.handle)
    if isinstance(hands, Refusal):
        return hands
    return (*there, MemberLeft(handle=member.handle, minutes=case.state.balance(member.handle), hands=hands))


def _carries_now(handle: Handle, state: State) -> bool:
    """Whether they carry out what may be bought in the vote that is open: money goes to nobody who has left."""
    up = state.friday.projects if state.friday else ()
    return any(state.projects[each.project].carrier == handle for each in up)


_OF_ALL = (same(COMMONS), same(f"the {COMMONS}"))
"""Names that stand on the wall for the account of all."""


def free_handle(text: str, state: State) -> Handle | Refusal:
    """A new member's name as it will be kept, if nobody has or had one like it.

    A screen may ask while the name is typed.
    """
    handle = plain_name(text, least=1, most=LONGEST_HANDLE, signs=NAME_SIGNS)
    if isinstance(handle, Refusal):
        return handle
    if same(handle) in _OF_ALL:
        return Refusal("name of all", "That is the name of what belongs to everybody. Please choose another name.")
    if not one_script(handle):
        return Refusal("mixed letters", "This name mixes letters of different alphabets. Please use one of them.")
    taken = _like(handle, state)
    if taken is None:
        return handle
    if taken.standing == "left":
        return Refusal(
            "name of one who left",
            "{handle} was here before and left. If that is you, come back under that name; "
            "if not, please choose another.",
            {"handle": taken.handle},
        )
    return Refusal(
        "name taken",
        "There is a {handle} in the shop already. Please choose a name that can't be mixed up with it.",
        {"handle": taken.handle},
    )


def _like(handle: Handle, state: State) -> Member | None:
    wanted = same(handle)
    return next((member for name, member in state.members.items() if same(name) == wanted), None)


def _founder(name: Handle, badge: NewBadge, case: Case, others: list[Founder]) -> Founder | Refusal:
    handle = free_handle(name, case.state)
    if isinstance(handle, Refusal):
        return handle
    stale = not_fresh(badge, case)
    if stale:
        return stale
    if badge.hash in {other.badge for other in others}:
        return Refusal(
            "same badge",
            "The same badge was tapped twice. Each of you needs a badge of your own; please tap again.",
        )
    if same(handle) in {same(other.handle) for other in others}:
        return Refusal(
            "same name",
            "Two of you are called {handle}. Please choose names that can't be mixed up.",
            {"handle": handle},
        )
    return Founder(handle=handle, badge=badge.hash, medium=badge.medium)


def _vouched(
    command: Join | Return | AddBadge, case: Case, concerned: Handle | None = None
) -> tuple[Handle, ...] | Refusal:
    """The hands that say whose this new badge is; the new badge itself cannot be one of them."""
    stale = not_fresh(command.badge, case)
    if stale:
        return stale
    if command.badge.hash in command.hands:
        return Refusal(
            "own hand",
            "The new badge can't speak for itself. Ask members to tap with badges that are theirs already.",
        )
    return many_hands(command.hands, case, concerned=concerned)


def _named(handle: Handle, state: State) -> Member | Refusal:
    member = state.members.get(handle)
    return member or Refusal(
        "nobody", "Nobody of that name was ever in the shop. Please choose a name from the list."
    )


def _belonging(handle: Handle, state: State) -> Member | Refusal:
    member = _named(handle, state)
    if isinstance(member, Member) and member.standing == "left":
        return Refusal(
            "left",
            "{handle} has left the shop. They can come back if members tap for them.",
            {"handle": member.handle},
        )
    return member
