"""Money coming into a jar, and the count by hand before it is given away."""

from collections.abc import Sequence

from msgspec import UNSET

from kiosk.amounts import JAR, BadgeHash, Handle, elapsed
from kiosk.commands import CountJar, GiveMoney, Refusal, SliceWages, TakeCoin
from kiosk.events import CoinFell, Fresh, JarCounted, MoneyGiven, WagesSliced
from kiosk.rules.badges import handles, owner, owners
from kiosk.rules.case import Case, Verdict
from kiosk.state import Fund, could_witness

MOST = 1_000_000_00
"""Cents; more than this at once is a slip of the finger."""


def take_coin(command: TakeCoin, case: Case) -> Verdict:
    """Book a coin as unclaimed. Never refused, also before there is a shop; it has happened.

    A fund that is gone, or was never there, gets nothing; the jar does.
    """
    fund = command.fund if command.fund in case.state.funds else JAR
    return (CoinFell(cents=command.cents, pulses=command.pulses, fund=fund),)


def give_money(command: GiveMoney, case: Case) -> Verdict:
    """By hand: one gives, another sees it."""
    fund, giver, witness = fund_named(command.fund, case), owner(command.giver, case), owner(command.witness, case)
    if isinstance(fund, Refusal):
        return fund
    if isinstance(giver, Refusal):
        return giver
    if isinstance(witness, Refusal):
        return witness
    if giver.handle == witness.handle:
        return second_badge()
    could = could_witness(case.state) if case.state.in_building else UNSET
    given = MoneyGiven(giver.handle, witness.handle, command.cents, fund.name, could)
    return bad_sum(command.cents) or _double_read(given, fund, case) or (given,)


def slice_wages(command: SliceWages, case: Case) -> Verdict:
    """A slice of the wages: whose it is adds up to all of it, where that is said."""
    fund, hands = fund_named(command.fund, case), two_badges(command.badges, case)
    if isinstance(fund, Refusal):
        return fund
    if isinstance(hands, Refusal):
        return hands
    sliced = WagesSliced(cents=command.cents, hands=hands, slices=command.slices, fund=fund.name)
    return bad_sum(command.cents) or _bad_slices(command, case) or _double_read(sliced, fund, case) or (sliced,)


def _bad_slices(command: SliceWages, case: Case) -> Refusal | None:
    people = [each.handle for each in command.slices]
    belonging = set(handles(case.state.present()))
    if len(set(people)) != len(people) or not belonging.issuperset(people):
        return Refusal("slices", "Each slice is of another member. Choose the names from the list again.")
    odd = next((bad for bad in (bad_sum(each.cents) for each in command.slices) if bad), None)
    if odd or not people:
        return odd
    if sum(each.cents for each in command.slices) != command.cents:
        return Refusal("slices", "The slices don’t add up to the whole. Enter them again.")
    return None


def count_jar(command: CountJar, case: Case) -> Verdict:
    """The count by hand. What it finds is what there is; a difference stands as a difference."""
    fund, hands = fund_named(command.fund, case), two_badges(command.badges, case)
    if isinstance(fund, Refusal):
        return fund
    if isinstance(hands, Refusal):
        return hands
    if fund.round is not None:
        return Refusal("friday open", "This jar is being given away just now. Finish that first, or stop it.")
    counted = JarCounted(
        cents=command.cents,
        expected=fund.cents,
        hands=hands,
        unknown=fund.unknown,
        fund=fund.name,
        fresh=_fresh(fund) if case.state.in_building else UNSET,
    )
    return bad_sum(command.cents, least=0, most=MOST + fund.cents) or (counted,)


def _fresh(fund: Fund) -> Fresh:
    """What this count has counted of what came in since the last one: as far as it is known here."""
    new = fund.fresh
    return Fresh(new.coins, new.by_hand, new.wages, new.handed_on, new.difference, fund.unknown, fund.since)


# --- what these rules share -------------------------------------------------------------------------------


def fund_named(name: str, case: Case) -> Fund | Refusal:
    """The jar, or a daughter of it."""
    return case.state.funds.get(name) or Refusal("no fund", "This jar is there no more. Choose one from the list.")


def bad_sum(cents: int, least: int = 1, most: int = MOST) -> Refusal | None:
    """Why this is no amount of money that can be booked. It is not said back: it may be any number at all."""
    if least <= cents <= most and not isinstance(cents, bool):
        return None
    return Refusal(
        "sum",
        "Enter an amount between {least_cents} and {most_cents}.",
        {"least_cents": least, "most_cents": most},
    )


def two_badges(badges: Sequence[BadgeHash], case: Case) -> tuple[Handle, ...] | Refusal:
    """Who tapped, when they are two or more different people."""
    members = owners(badges, case)
    if isinstance(members, Refusal):
        return members
    return handles(members) if len(members) > 1 else second_badge()


def second_badge() -> Refusal:
    """What to say when one person stands there alone."""
    return Refusal("second badge", "This takes the badges of two different people. Ask somebody else to tap too.")


def _double_read(event: MoneyGiven | WagesSliced, fund: Fund, case: Case) -> Refusal | None:
    """The guard against one errand read twice, judged from the record so that a restart does not forget it."""
    last = case.find(fund.last) if fund.last else None
    guard = case.state.charter.guard
    if last is None or last.entry.event != event or abs(elapsed(last.entry.moment, case.now)) > guard * 1000:
        return None
    return Refusal(
        "already booked",
        "This was booked a moment ago, once, and that is enough. If it was put in twice, "
        "wait {seconds} seconds and tap again.",
        {"seconds": guard},
    )
