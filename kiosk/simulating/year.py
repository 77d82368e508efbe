"""A year as it is lived, day by day. Afterwards everything is in the record."""

from collections.abc import Callable
from datetime import timedelta

from kiosk.simulating.assumptions import Assumptions
from kiosk.simulating.circle import BEGINS, Circle
from kiosk.simulating.clock import is_workday
from kiosk.simulating.duties import Duties
from kiosk.simulating.hours import SHUTS, Doing, Hours
from kiosk.simulating.jar import Jar
from kiosk.simulating.numbers import Numbers
from kiosk.simulating.people import FOUNDERS, People
from kiosk.simulating.shop import Shop
from kiosk.simulating.tools import Tools
from kiosk.simulating.votes import Votes

ARRIVE = 7 * 60 + 30
"""Minute of the day."""


class Year:
    """All that happens in a made-up shop. people: how many ever belong to it."""

    def __init__(self, shop: Shop, people: int, days: int) -> None:
        self.shop = shop
        self.days = days
        self.people = People(shop, people, days)
        self.hours = Hours(shop)
        self.duties = Duties(shop)
        self.votes = Votes(shop, days)
        self.jar = Jar(shop, self.duties, self.votes, days)
        self.tools = Tools(shop, self.jar)
        self.circle = Circle(shop, self.duties, self.votes, self.jar)
        self.numbers = Numbers(shop, days)
        self.assumptions = Assumptions(shop)
        self._cards = False

    def live(self, evening: Callable[[Shop], None] | None = None) -> Shop:
        """All of it. evening: is shown the shop at the end of each day."""
        for day in range(self.days):
            self.shop.clock.go_to(self.shop.first + timedelta(days=day), ARRIVE)
            if not day:
                self.people.found()
            self._day()
            if evening is not None:
                evening(self.shop)
        return self.shop

    def _day(self) -> None:
        shop = self.shop
        self.people.morning()
        if len(shop.at_work) > FOUNDERS and not self._cards:
            self.people.give_founders_cards()
            self._cards = True
        workday = is_workday(shop.today)
        if workday:
            self.jar.sell_the_mixer()
            shop.clock.go_to(shop.today, BEGINS)
            self.circle.hold()
        self.duties.by_the_way()
        areas = (self.hours.day(), self.jar.day(), self.tools.day(), self.numbers.day(), self.circle.finishing())
        self._happens([doing for area in areas for doing in area])
        if workday:
            self.assumptions.evening()
        shop.clock.go_to(shop.today, SHUTS + 20)
        self.hours.evening()

    def _happens(self, doings: list[Doing]) -> None:
        today = self.shop.today
        for minute, do in sorted(doings, key=lambda doing: doing[0]):
            self.shop.clock.go_to(today, minute)
            do()
