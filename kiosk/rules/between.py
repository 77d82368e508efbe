"""What shops share besides hours: money held ready for strikes, joint orders, boards. Money stays where it is."""

from collections.abc import Iterator
from datetime import date

from kiosk.amounts import BadgeHash, EntryId, Handle
from kiosk.commands import JoinOrder, Refusal, SendTotals
from kiosk.events import LetterWritten, OrderJoined
from kiosk.letters import Answer, Brought, OrderCall, OrderTotal, Pledge, TakenOff, Visitor
from kiosk.rules.badges import handles, many_hands, owner, owners
from kiosk.rules.case import Case, Verdict
from kiosk.state import Neighbour, State
from kiosk.words import local

MOST_GOODS = 1_000_000

NOT_NOW = "not now"
"""Why nothing comes of a call-up, in the letter."""


# --- strike fund ------------------------------------------------------------------------------------------


def held_for(neighbour: Neighbour, state: State) -> int:
    """Cents that we hold ready and that this neighbour may count on: what is for it alone, and what is for all."""
    promised = state.shared.promised
    ours = [promised.get(neighbour.name), promised.get("")]
    return sum(each.cents for each in ours if each is not None and not each.monthly)


def answer_call(letter: Answer, neighbour: Neighbour, badges: tuple[BadgeHash, ...], case: Case) -> Verdict:
    """Say how much comes of what a neighbour calls up. What is given is pledged no more."""
    call = neighbour.called_up.get(letter.offer)
    if call is None or letter.offer in case.state.shared.giving:
        return Refusal("no call", "This was answered already, or is called up no more. Look at the list again.")
    if letter.accepted and not 0 < letter.cents <= call.cents:
        return Refusal("cents", "Choose an amount up to {most_cents}.", {"most_cents": call.cents})
    hands = many_hands(badges, case)
    if isinstance(hands, Refusal):
        return hands
    if not letter.accepted:
        return (LetterWritten(neighbour.name, Answer(letter.offer, False, NOT_NOW), hands),)
    given = Answer(letter.offer, True, cents=letter.cents)
    return (LetterWritten(neighbour.name, given, hands), *_less_pledged(letter.cents, neighbour, hands, case.state))


def _less_pledged(
    cents: int, neighbour: Neighbour, hands: tuple[Handle, ...], state: State
) -> Iterator[LetterWritten]:
    """First what was pledged to that shop alone, then what was for all. What comes each month stays as it is."""
    for to in (neighbour.name, ""):
        promise = state.shared.promised.get(to)
        if promise is None or promise.monthly or not promise.cents or not cents:
            continue
        taken = min(cents, promise.cents)
        cents -= taken
        yield LetterWritten(to, Pledge(promise.cents - taken, whom="you" if to else "all"), hands)


def brought(letter: Brought, neighbour: Neighbour, badges: tuple[BadgeHash, ...], case: Case) -> Verdict:
    """What was accepted has been handed over: whoever brought it and one who saw it say so."""
    giving = case.state.shared.giving.get(letter.call)
    if giving is None or giving.shop != neighbour.name:
        return Refusal("brought", "This was brought over already. Nothing needs doing.")
    people = owners(badges, case)
    if isinstance(people, Refusal):
        return people
    if len(people) < 2:
        return Refusal("two badges", "Two people tap for this, each with a badge of their own.")
    return (LetterWritten(neighbour.name, Brought(letter.call, giving.cents), handles(people)),)


def pledge_to(name: str, state: State) -> tuple[LetterWritten, ...]:
    """What a new neighbour is told at once: what we hold ready for all."""
    promise = state.shared.promised.get("")
    if promise is None or not promise.cents:
        return ()
    return (LetterWritten(name, Pledge(promise.cents, monthly=promise.monthly)),)


def still_holds(case: Case) -> tuple[EntryId, ...]:
    """What a new neighbour is told besides: calls and notices to all that are open, as they were written."""
    today = local(case.now).date().isoformat()
    state = case.state
    lasts = {
        **{name: asked.call.until for name, asked in state.shared.asked.items()},
        **{name: wanted.until for name, wanted in state.shared.hung.items()},
        **{name: call.closes for name, call in state.called.items()},
    }
    return tuple(name for name, last in lasts.items() if last >= today and _is_to_all(name, case))


def _is_to_all(letter: EntryId, case: Case) -> bool:
    found = case.find(letter)
    event = found.entry.event if found else None
    return isinstance(event, LetterWritten) and not event.to


# --- joint orders -----------------------------------------------------------------------------------------


def called(order: EntryId, shop: str, state: State) -> OrderCall | None:
    """The call of an order. shop: who called it; "" for us."""
    if not shop:
        return state.called.get(order)
    neighbour = state.neighbours.get(shop)
    return neighbour.calls.get(order) if neighbour is not None and not neighbour.parted else None


def is_open(call: OrderCall, today: date) -> bool:
    """Whether members may still say how much they take."""
    return today.isoformat() <= call.closes


def join_order(command: JoinOrder, case: Case) -> Verdict:
    """Take so much of it; said again it counts anew, and 0 is nothing."""
    member = owner(command.badge, case)
    if isinstance(member, Refusal):
        return member
    call = called(command.order, command.neighbour, case.state)
    ordered = case.state.shared.ordered(command.order, command.neighbour)
    if call is None or not is_open(call, local(case.now).date()) or ordered.sent:
        return Refusal("closed", "This order is closed, or was never called. Look at the list again.")
    if not 0 <= command.amount <= MOST_GOODS:
        return Refusal("amount", "Choose a number up to {most}.", {"most": MOST_GOODS})
    if ordered.amounts.get(member.handle, 0) == command.amount:
        return Refusal(
            "the same", "That is what {handle} takes already. Nothing needs doing.", {"handle": member.handle}
        )
    return (OrderJoined(command.order, command.neighbour, member.handle, command.amount),)


def due_totals(state: State, today: date) -> tuple[LetterWritten, ...]:
    """One total for each order of a neighbour that has closed; also where nobody here takes anything: they must not
    wait for our word."""
    return tuple(
        LetterWritten(neighbour.name, OrderTotal(order, ordered.total))
        for neighbour in state.neighbours.values()
        if not neighbour.parted
        for order, call in neighbour.calls.items()
        if not is_open(call, today)
        for ordered in (state.shared.ordered(order, neighbour.name),)
        if not ordered.sent
    )


def send_totals(command: SendTotals, case: Case) -> Verdict:
    """Tell the totals. A clock that can't be trusted closes no order."""
    due = due_totals(case.state, local(case.now).date()) if case.now.trusted else ()
    return due or Refusal("no totals", "No order of a neighbour waits for our total.")


# --- boards, and those who swap there ---------------------------------------------------------------------


def take_off(letter: TakenOff, badges: tuple[BadgeHash, ...], case: Case) -> Verdict:
    """Take something off the neighbours' boards; anybody may."""
    if letter.wanted not in case.state.shared.hung:
        return Refusal("off already", "This hangs on no board any more. Nothing needs doing.")
    people = owners(badges, case)
    return people if isinstance(people, Refusal) else (LetterWritten("", letter, handles(people)),)


def swaps_no_more(handle: Handle, state: State) -> tuple[LetterWritten, ...]:
    """That somebody swaps at no neighbour's kiosk any more: their badge would go on opening it there."""
    there = (each for each in state.neighbours.values() if not each.parted and handle in each.there)
    return tuple(LetterWritten(each.name, Visitor(handle, BadgeHash("")), (handle,)) for each in there)
