"""Hours: who worked for whom. Two badges confirm; nobody books hours onto another person alone."""

from collections.abc import Iterable
from typing import NamedTuple

from msgspec import UNSET

from kiosk.amounts import COMMONS, EntryId, Handle, elapsed, split
from kiosk.commands import Refusal, ServeCommons, Swap
from kiosk.events import HOURS, CommonsServed, CommonsShared, HoursSwapped, Share, moves
from kiosk.rules.badges import handles, owner
from kiosk.rules.case import Case, Verdict
from kiosk.rules.clocking import measured, no_clock
from kiosk.rules.notices import hangs, notice_gone
from kiosk.rules.work import unknown_work
from kiosk.rules.writing import plain_words
from kiosk.state import Charter, Member, State, could_witness

Hours = HoursSwapped | CommonsServed

MOST_RECEIVERS = 12
"""People. With amounts of a step or more, everybody gets at least a minute."""

LONGEST_NOTE = 120
"""Characters, of a note and of a reason."""


class Room(NamedTuple):
    """How far somebody's balance may still move, to be shown before an amount is chosen.

    gives_minutes, gets_minutes: room left for giving and for getting, to the hard limit; never below zero.
    past_soft: whether the balance is further from zero than the soft limit, so a word of warning is due.
    """

    gives_minutes: int
    gets_minutes: int
    past_soft: bool


def room(state: State, handle: Handle) -> Room:
    """The room left for a member. Somebody away gets nothing: the absent sink no further."""
    balance = state.balance(handle)
    limit = state.charter.hard_limit
    member = state.members.get(handle)
    away = member is not None and member.standing == "away"
    return Room(
        gives_minutes=max(0, limit - balance),
        gets_minutes=0 if away else max(0, limit + balance),
        past_soft=abs(balance) > state.charter.soft_limit,
    )


def swap(command: Swap, case: Case) -> Verdict:
    """Book hours from a giver to one or several receivers."""
    people = _swappers(command, case)
    if isinstance(people, Refusal):
        return people
    note = plain_words(command.note, least=0, most=LONGEST_NOTE)
    if isinstance(note, Refusal):
        return note
    refused = _bad_amount(command.minutes, case.state.charter) or unknown_work(command.work, case.state)
    if refused:
        return refused
    giver, *receivers = people
    parts = split(command.minutes, len(receivers))
    event = HoursSwapped(
        giver=giver.handle,
        receivers=tuple(Share(m.handle, part) for m, part in zip(receivers, parts, strict=True)),
        work=command.work,
        note=note,
        clocked=command.clocked,
        from_memory=command.clocked and _from_memory(giver, command.minutes, case),
        notice=command.notice,
    )
    return (
        _double_read(event, case)
        or _not_clocked(event, giver)
        or _absent(receivers)
        or _wrong_notice(command.notice, handles(people), case)
        or _no_room(event, case.state)
        or (event,)
    )


def serve_commons(command: ServeCommons, case: Case) -> Verdict:
    """Book hours given to the shop itself, seen by a witness. The commons account has no limit; the giver has.

    Before that, what the commons has got so far is borne by all (`borne_by_all`).
    """
    giver, witness = owner(command.giver, case), owner(command.witness, case)
    if isinstance(giver, Refusal):
        return giver
    if isinstance(witness, Refusal):
        return witness
    if giver.handle == witness.handle:
        return Refusal(
            "own witness",
            "{handle} can't be the witness too. Ask somebody who saw the work to tap.",
            {"handle": giver.handle},
        )
    note = plain_words(command.note, least=0, most=LONGEST_NOTE)
    if isinstance(note, Refusal):
        return note
    refused = _bad_amount(command.minutes, case.state.charter) or unknown_work(command.work, case.state)
    if refused:
        return refused
    event = CommonsServed(
        giver=giver.handle,
        witness=witness.handle,
        minutes=command.minutes,
        work=command.work,
        note=note,
        clocked=command.clocked,
        from_memory=command.clocked and _from_memory(giver, command.minutes, case),
        could=could_witness(case.state) if case.state.in_building else UNSET,
    )
    refused = _double_read(event, case) or _not_clocked(event, giver) or _no_room(event, case.state)
    shared = borne_by_all(case.state)
    return refused or ((shared, event) if shared else (event,))


def borne_by_all(state: State) -> CommonsShared | None:
    """What the commons has got, or has over, in whole steps for each who is here; None while it is less than one.

    The commons is all of us: without this, work for it would only ever raise balances, until nobody has any room.
    No limit holds it up, as it is nobody's doing. Those who are away bear nothing.
    """
    here = tuple(member.handle for member in state.present() if member.standing == "here")
    owed, step = -state.balance(COMMONS), state.charter.step
    each = abs(owed) // (step * len(here)) * step if here else 0
    return CommonsShared(each if owed > 0 else -each, here) if each else None


def _swappers(command: Swap, case: Case) -> tuple[Member, ...] | Refusal:
    """The giver and then the receivers, all different. An away giver is let: who taps is evidently there, and
    giving raises a balance."""
    if not 1 <= len(command.receivers) <= MOST_RECEIVERS:
        return Refusal(
            "receivers",
            "Between 1 and {most} people can get hours at once. Please tap again, the giver first.",
            {"most": MOST_RECEIVERS},
        )
    people: list[Member] = []
    for badge in (command.giver, *command.receivers):
        member = owner(badge, case)
        if isinstance(member, Refusal):
            return member
        if people and member.handle == people[0].handle:
            return Refusal(
                "same person",
                "{handle} can't give hours to {handle}. Now the other person taps.",
                {"handle": member.handle},
            )
        if member.handle in handles(people):
            return Refusal(
                "twice the same",
                "{handle} tapped twice. Each receiver taps once.",
                {"handle": member.handle},
            )
        people.append(member)
    return tuple(people)


def _bad_amount(minutes: int, charter: Charter) -> Refusal | None:
    """The amount asked for is not said back: it may be any number at all."""
    if charter.step <= minutes <= charter.longest and minutes % charter.step == 0:
        return None
    return Refusal(
        "amount",
        "Choose between {least_minutes} and {most_minutes}, in steps of {step_minutes}.",
        {"least_minutes": charter.step, "most_minutes": charter.longest, "step_minutes": charter.step},
    )


def _from_memory(giver: Member, minutes: int, case: Case) -> bool:
    """Whether an amount is what people say rather than what the clock measured, give or take a step."""
    charter = case.state.charter
    ran = measured(giver.clock, case.now, charter) if giver.clock else None
    return ran is None or abs(minutes - ran) > charter.step


def _not_clocked(event: Hours, giver: Member) -> Refusal | None:
    return no_clock(giver.handle, giver.clock) if event.clocked else None


def _double_read(event: Hours, case: Case) -> Refusal | None:
    """The guard against one badge read twice, judged from the record so that a restart does not forget it.

    Either way of now: after a restart the wall clock may stand a little before the entry it follows.
    """
    account = case.state.accounts.get(event.giver)
    last = case.find(account.last) if account and account.last else None
    if last is None or last.countered_by or not isinstance(last.entry.event, HOURS):
        return None
    guard = case.state.charter.guard
    if _deed(last.entry.event) != _deed(event) or abs(elapsed(last.entry.moment, case.now)) > guard * 1000:
        return None
    return Refusal(
        "already booked",
        "This was booked a moment ago, once, and that is enough. If {handle} did it twice, "
        "wait {seconds} seconds and tap again.",
        {"handle": event.giver, "seconds": guard},
    )


def _deed(event: Hours) -> tuple[frozenset[Handle], int, str]:
    """Who, how much and what; in which order receivers tapped makes no other deed of it."""
    moved = moves(event)
    return (frozenset(moved), moved[event.giver], event.work)


def _absent(receivers: Iterable[Member]) -> Refusal | None:
    away = next((member for member in receivers if member.standing == "away"), None)
    if away is None:
        return None
    return Refusal(
        "away",
        "{handle} is marked as away, and nobody's balance sinks while they are. {handle} can say “I am back” "
        "with one tap first.",
        {"handle": away.handle},
    )


def _wrong_notice(notice: EntryId | None, people: tuple[Handle, ...], case: Case) -> Refusal | None:
    if notice is None:
        return None
    found = case.state.notices.get(notice)
    if found is None or not hangs(found, case.now):
        return notice_gone()
    if found.handle in people:
        return None
    return Refusal(
        "other notice",
        "That notice is {handle}'s, who is not part of this swap. Go on without it, or let {handle} tap too.",
        {"handle": found.handle},
    )


def _no_room(event: Hours, state: State) -> Refusal | None:
    for handle, minutes in moves(event).items():
        left = room(state, handle)
        if handle == COMMONS:
            continue
        if minutes > left.gives_minutes:
            return _too_much_given(handle, left.gives_minutes, state.charter.step)
        if -minutes > left.gets_minutes:
            return _too_much_got(handle, left.gets_minutes)
    return None


def _too_much_given(handle: Handle, left: int, step: int) -> Refusal:
    if left < step:
        return Refusal(
            "no room",
            "{handle} has given so much that it is time to get something back. Swap the other way round first.",
            {"handle": handle, "room_minutes": left},
        )
    return Refusal(
        "no room",
        "{handle} has room to give {room_minutes} only. Choose less, or swap the other way round first.",
        {"handle": handle, "room_minutes": left},
    )


def _too_much_got(handle: Handle, left: int) -> Refusal:
    if left < 1:
        return Refusal(
            "no room",
            "{handle} has got so much that it is time to give something back. Swap the other way round first.",
            {"handle": handle, "room_minutes": left},
        )
    return Refusal(
        "no room",
        "{handle} has room to get {room_minutes} only. Choose less, or swap the other way round first.",
        {"handle": handle, "room_minutes": left},
    )
