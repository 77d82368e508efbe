"""Taking hours back: by an entry that points at the earlier one with the sides swapped. Never refused by a limit,
for a mistake must always be mendable; and never twice."""

from kiosk.amounts import COMMONS, EntryId, Handle, Moment, elapsed
from kiosk.commands import Counter, Refusal, Undo
from kiosk.events import HOURS, Entry, HoursCountered, HoursSwapped, moves
from kiosk.rules.badges import handles, many_hands, owners
from kiosk.rules.case import Case, Verdict
from kiosk.rules.clocking import comparable
from kiosk.rules.hours import LONGEST_NOTE, Hours
from kiosk.rules.writing import plain_words
from kiosk.state import State


def undo(command: Undo, case: Case) -> Verdict:
    """Take an entry back within a few minutes, by one of the people in it."""
    found = _open(command.entry, case)
    if isinstance(found, Refusal):
        return found
    entry, event = found
    members = owners((command.badge, *command.also), case)
    if isinstance(members, Refusal):
        return members
    others = [handle for handle in handles(members) if handle not in parties(event)]
    if others:
        return Refusal(
            "not theirs",
            "{handle} is not part of this swap. One of those who are can undo it: {names}.",
            {"handle": others[0], "names": ", ".join(parties(event))},
        )
    if not undoable(entry, case.state, case.now):
        return _too_late(event, case.state)
    back = HoursCountered(
        countered=entry.id, moves=_swapped(entry, event, case.state), reason="", how="undo", by=handles(members)
    )
    return (back,)


def counter(command: Counter, case: Case) -> Verdict:
    """Take an older entry back, with the badges of all it names, or with many hands."""
    found = _open(command.entry, case)
    if isinstance(found, Refusal):
        return found
    entry, event = found
    reason = plain_words(command.reason, least=1, most=LONGEST_NOTE)
    if isinstance(reason, Refusal):
        return reason
    speakers = owners(command.badges, case)
    if isinstance(speakers, Refusal):
        return speakers
    by = handles(speakers)
    # Somebody who left has no badge, so with one of them among the parties this is never true: it takes hands.
    agreed = set(parties(event)) <= set(by)
    refused = None if agreed else _no_hands(command, event, by, case)
    if refused:
        return refused
    back = HoursCountered(
        countered=entry.id,
        moves=_swapped(entry, event, case.state),
        reason=reason,
        how="both" if agreed else "hands",
        by=by,
    )
    return (back,)


def parties(event: Hours) -> tuple[Handle, ...]:
    """The people an entry of hours names: the giver first, then receivers or the witness."""
    if isinstance(event, HoursSwapped):
        return (event.giver, *(share.handle for share in event.receivers))
    return (event.giver, event.witness)


def undoable(entry: Entry, state: State, now: Moment) -> bool:
    """Whether one tap still takes it back.

    When the time since cannot be known, or seems to run backwards, the entry is taken for an old one: otherwise
    one person could undo it alone for as long as the clock is wrong.
    """
    return comparable(entry.moment, now) and 0 <= elapsed(entry.moment, now) <= state.charter.undo * 1000


def _open(entry_id: EntryId, case: Case) -> tuple[Entry, Hours] | Refusal:
    found = case.find(entry_id)
    if found is None:
        return Refusal("no entry", "The record has no such entry. Please choose it from the list again.")
    event = found.entry.event
    if isinstance(event, HoursCountered):
        return Refusal(
            "a counter",
            "This entry takes another one back, and stays. If the first one was right after all, book it anew.",
        )
    if not isinstance(event, HOURS):
        return Refusal("no hours", "Only hours can be taken back. Please choose an entry with hours.")
    if found.countered_by is not None:
        return Refusal("taken back", "This was taken back already, so all is well. Nothing needs doing.")
    return found.entry, event


def _swapped(entry: Entry, event: Hours, state: State) -> dict[Handle, int]:
    """What is added to each account; zeros stay, so that every entry says whose hours it was about."""
    back: dict[Handle, int] = {}
    for handle, minutes in moves(event).items():
        account = handle if _still_theirs(handle, entry, state) else COMMONS
        back[account] = back.get(account, 0) - minutes
    return back


def _still_theirs(handle: Handle, entry: Entry, state: State) -> bool:
    """Whether these hours are still on this account: when somebody left, theirs went to the commons and stayed
    there, also if they came back since."""
    if handle == COMMONS:
        return True
    member = state.members[handle]
    if member.standing == "left":
        return False
    if member.back is None:
        return True
    device, _, number = member.back.rpartition("/")
    if device == entry.device:
        return entry.number > int(number)
    return elapsed(member.joined, entry.moment) >= 0


def _too_late(event: Hours, state: State) -> Refusal:
    return Refusal(
        "too late",
        "It can be undone by one tap for {undo_minutes}, and that is over. Take it back with a reason instead: "
        "either {names} tap together, or {needed} others.",
        {
            "undo_minutes": state.charter.undo // 60,
            "names": ", ".join(parties(event)),
            "needed": state.hands_needed(),
        },
    )


def _no_hands(command: Counter, event: Hours, by: tuple[Handle, ...], case: Case) -> Refusal | None:
    """Why these people cannot take it back for those in it; None when they can."""
    involved = [handle for handle in parties(event) if handle in by]
    if not involved:
        hands = many_hands(command.badges, case)
        return hands if isinstance(hands, Refusal) else None
    if any(case.state.members[handle].standing == "left" for handle in parties(event)):
        return Refusal(
            "own hand",
            "Not everybody in it is still in the shop, so {needed} people who are not in it must tap.",
            {"needed": case.state.hands_needed()},
        )
    return Refusal(
        "own hand",
        "Either all who are in it tap ({names}), or {needed} people who are not in it.",
        {"names": ", ".join(parties(event)), "needed": case.state.hands_needed()},
    )
