"""Coins that fell. What has happened is written down, whoever it was and whatever it is worth."""

from kiosk.commands import TakeCoin
from kiosk.events import CoinFell
from kiosk.rules.case import Case, Verdict


def take_coin(command: TakeCoin, _: Case) -> Verdict:
    """Book a coin as unclaimed. Never refused, also before there is a shop."""
    return (CoinFell(cents=command.cents, pulses=command.pulses),)
