"""Reports read aloud in time, and assumptions taken apart: who benefits, and what is turned round for a while."""

from datetime import date, timedelta
from typing import Literal

from kiosk.commands import HoldReport, ReviewInversion, SayAtPotluck, SayBenefit, StartInversion
from kiosk.events import Report
from kiosk.periods import last_day
from kiosk.rules.assumptions import routines_known
from kiosk.rules.held import MONTHLY, QUARTERLY, to_hold
from kiosk.rules.thrones import due_inversions
from kiosk.simulating.clock import workday_from
from kiosk.simulating.shop import Shop
from kiosk.simulating.words import BENEFITS, CAME, FAILURES, INVERSIONS, SUCCESSES

HELD_AFTER = {"audit": 2, "potluck": 3, "ledger": 6, "autopsy": 8}
"""Days after the end of the month or the quarter, or the first workday from then on."""

HELD_AT = 16 * 60 + 45
"""Minute of the day."""


class Assumptions:
    """The evenings at which the shop looks at itself."""

    def __init__(self, shop: Shop) -> None:
        self._shop = shop
        self._dice = shop.dice_for("assumptions")

    def evening(self) -> None:
        """What is to be held today, and what an experiment came to whose day it is."""
        if len(self._shop.at_work) < self._shop.state.hands_needed() + 1:
            return
        for report in (*MONTHLY, *QUARTERLY):
            period = to_hold(self._shop.state, report, self._shop.today)
            if period and self._shop.today >= self._evening_of(report, period):
                self._hold(report, period)
        self._review()

    def _evening_of(self, report: Report, period: str) -> date:
        return workday_from(last_day(period) + timedelta(days=HELD_AFTER[report]))

    def _hold(self, report: Report, period: str) -> None:
        self._shop.clock.go_to(self._shop.today, HELD_AT)
        if report == "autopsy":
            self._take_apart(period)
        if report == "potluck":
            self._look_back(period)
        hands = self._shop.badges(self._shop.some(self._dice, 2))
        self._shop.must(HoldReport(report, period, hands))

    def _look_back(self, period: str) -> None:
        """What went well, and what went wrong."""
        sides: tuple[tuple[Literal["success", "failure"], tuple[str, ...]], ...]
        sides = (("success", SUCCESSES), ("failure", FAILURES))
        for side, words in sides:
            for said in self._dice.sample(words, self._dice.randint(2, 4)):
                (speaker,) = self._shop.some(self._dice, 1)
                self._shop.must(SayAtPotluck(period, side, said, self._shop.badge(speaker)))

    def _take_apart(self, period: str) -> None:
        """Who benefits from some routines; and one of them is turned round."""
        shop = self._shop
        on = {each.routine for each in shop.state.inversions.values()}
        asked = self._dice.sample(sorted(routines_known(shop.state) - on), 4)
        for routine in asked:
            (speaker,) = shop.some(self._dice, 1)
            shop.must(SayBenefit(period, routine, self._dice.choice(BENEFITS), shop.badge(speaker)))
        until = workday_from(shop.today + timedelta(days=self._dice.choice((28, 42, 56))))
        words = self._dice.choice(INVERSIONS)
        shop.must(StartInversion(period, asked[0], words, until.isoformat(), shop.hands(self._dice)))

    def _review(self) -> None:
        """What happened; one in four goes on a month longer."""
        for due in due_inversions(self._shop.state, self._shop.today):
            longer = workday_from(self._shop.today + timedelta(days=28)).isoformat()
            until = longer if self._dice.random() < 0.25 else ""
            hands = self._shop.badges(self._shop.some(self._dice, 2))
            self._shop.must(ReviewInversion(due.id, self._dice.choice(CAME), until, hands))
