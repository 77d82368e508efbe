"""Approval rounds: one badge, one ballot, approve of any number. Whom the others would rather have next.

What is put to the buttons may be people for a duty; whatever else is decided in this way goes through `approving`,
so that the box, the booth and the screen need not know what they are about.
"""

from collections import Counter
from datetime import date
from typing import Literal

from msgspec import Struct

from kiosk.amounts import EntryId, Handle
from kiosk.commands import CloseApproval, OpenApproval, Refusal
from kiosk.events import ApprovalClosed, ApprovalOpened
from kiosk.rules.case import Case, Verdict
from kiosk.rules.circle import not_now, opened
from kiosk.rules.fund_circles import FEWEST_KEEPERS, turn_takers
from kiosk.rules.rotation import comes_next, may_take
from kiosk.state import Approval, Charter, Friday, State
from kiosk.words import local

FEWEST = 2
"""Candidates from which on there is anything to decide."""

FEWEST_BALLOTS = 2
"""Ballots without which nothing is decided, however few are here: what comes of one alone tells what it was."""


class Approving(Struct, frozen=True):
    """A round of approvals that is open, whatever it is about.

    about: what the candidates are for. words: what is decided, as the record names it. candidates: in the order in
    which they come up. roll: who may take part.
    """

    id: EntryId
    about: Literal["duty", "friday"]
    words: str
    candidates: tuple[str, ...]
    roll: tuple[Handle, ...]


def approving(state: State) -> Approving | None:
    """The round of approvals that is open."""
    about_duty = state.circle.approval if state.circle else None
    if about_duty is None:
        return _friday(state.friday)
    return Approving(about_duty.id, "duty", about_duty.name, about_duty.candidates, about_duty.roll)


def vote_open(state: State) -> bool:
    """Whether a vote of any sort is open: by hands, or one ballot a badge."""
    return vote_of(state) is not None


def vote_of(state: State) -> EntryId | None:
    """The vote that is open, of any sort: the entry that opened it."""
    by_badge, circle = approving(state), state.circle
    if by_badge is not None:
        return by_badge.id
    return circle.round.id if circle is not None and circle.round is not None else None


def taken_elsewhere(state: State, device: str) -> str:
    """The name of the kiosk that takes the open vote, where it is not this one; "" for none."""
    opened = vote_of(state)
    at = opened.rpartition("/")[0] if opened else device
    return state.kiosk_called(at) if state.in_building and at != device else ""


def _friday(open_now: Friday | None) -> Approving | None:
    """A jar that is being given away: its projects are what is up."""
    if open_now is None:
        return None
    up = tuple(each.project for each in open_now.projects)
    return Approving(open_now.id, "friday", open_now.fund, up, open_now.roll)


def open_approval(command: OpenApproval, case: Case) -> Verdict:
    """Put to the buttons who has a duty next; where only one person can, that one is next without a vote."""
    circle = opened(case)
    if isinstance(circle, Refusal):
        return circle
    refused = not_now(circle, case) or _not_by_approval(command.duty, case)
    if refused:
        return refused
    up = candidates(case.state, command.duty, local(case.now).date())
    if not up:
        return Refusal("nobody", "Nobody can take this now. Ask again when somebody is back.")
    if len(up) < FEWEST:
        return Refusal("only one", "Only {handle} can take this now, so nobody is voted on.", {"handle": up[0]})
    duty = case.state.duties[command.duty]
    takers = turn_takers(case.state, duty.fund)
    roll = tuple(handle for handle in circle.roll if handle in takers)
    if len(roll) < FEWEST_KEEPERS:
        return Refusal("too few", "Two people who look after this jar say who is next. Wait for another one.")
    return (ApprovalOpened(circle.number, duty.duty, up, roll, duty.fund),)


def candidates(state: State, duty: str, today: date) -> tuple[Handle, ...]:
    """Who may be approved of for a duty, in the shop's order; nobody for one that does not go round."""
    return may_take(state, duty, (), today) if duty in state.duties else ()


def _not_by_approval(name: str, case: Case) -> Refusal | None:
    """Why no approval round says who has this duty next; where the one chosen is not here, there may be another."""
    duty = case.state.duties.get(name)
    if duty is None:
        return Refusal("no duty", "This duty does not go round any more. Choose another one.")
    if duty.how != "approval":
        return Refusal("no approvals", "Who has this next is not found by a vote. Hand it over as it goes round.")
    if duty.coming and duty.coming == comes_next(case.state, name, (), local(case.now).date()):
        return Refusal("known already", "{handle} comes next already. Hand it over.", {"handle": duty.coming})
    return None


def close_approval(command: CloseApproval, case: Case) -> Verdict:
    """Count. It is about people: only who comes next is told, and whether a lot decided between several."""
    counted = case.state.circle.approval if case.state.circle else None
    if counted is None:
        return Refusal("no vote", "No approval round is open. Put a duty to the buttons first.")
    if len(command.ballots) > len(counted.roll):
        return Refusal("too many", "More have voted than are here. Stop this round and take it again.")
    if any(not ballot <= set(counted.candidates) for ballot in command.ballots):
        return Refusal("not up", "Somebody was approved of who is not up. Stop this round and take it again.")
    winners = _most_approved(command.ballots, counted, case.state)
    coming = winners[command.draw % len(winners)] if winners else ""
    by_lot = len(winners) > 1
    return (ApprovalClosed(counted.id, counted.duty, len(command.ballots), coming, by_lot, counted.fund),)


def enough_ballots(ballots: int, people: int, charter: Charter) -> bool:
    """Whether so many decide for the roll. people: how many are on it."""
    return ballots >= ballots_needed(people, charter)


def ballots_needed(people: int, charter: Charter) -> int:
    """How many of a roll must take part: half of it (the charter's `quorum`), and never one alone."""
    return max(FEWEST_BALLOTS, -(-charter.quorum * people // 100))


def _most_approved(ballots: tuple[frozenset[Handle], ...], counted: Approval, state: State) -> tuple[Handle, ...]:
    """Who was approved of most, of those still here, in the order they came up; nobody when too few took part."""
    if not enough_ballots(len(ballots), len(counted.roll), state.charter):
        return ()
    approvals = Counter(handle for ballot in ballots for handle in ballot)
    here = [
        handle for handle in counted.candidates if approvals[handle] and state.members[handle].standing != "left"
    ]
    most = max((approvals[handle] for handle in here), default=0)
    return tuple(handle for handle in here if approvals[handle] == most)
