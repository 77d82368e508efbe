"""People: how they found the shop, come in, are away, lose badges, leave, and some come back."""

from collections.abc import Iterator
from datetime import date, timedelta

from msgspec import Struct

from kiosk import demo
from kiosk.amounts import Handle
from kiosk.codes import read_code
from kiosk.commands import AddBadge, EndLeave, Found, Join, Leave, NewBadge, Return, RevokeBadge, StartLeave
from kiosk.simulating.clock import ends_week, is_workday
from kiosk.simulating.shop import Shop, weighed
from kiosk.simulating.words import HANDLES

FOUNDERS = 3
SOON, LATER, LAST = 14, 60, 300
"""Days by which two fifths are in, by which three quarters, and after which nobody new comes."""

THERE = 0.86
"""How likely somebody is at work who is not on leave."""

LEAVES_A_DAY = 1 / 190
"""How likely somebody goes on leave on a day."""

LOSES_A_DAY = 1 / 1200
"""How likely somebody loses a badge on a day."""

_STAYS = len(demo.MEMBERS)
"""So many never leave and lose no badge: those whose badges lie on the tray of pretended devices."""


class Coming(Struct, frozen=True):
    """On which day, counted from the founding, somebody comes in."""

    day: int
    handle: Handle


def handle_of(number: int) -> Handle:
    """The name of somebody, counted from 0; where the names are used up, with a number behind it."""
    turn, place = divmod(number, len(HANDLES))
    return f"{HANDLES[place]} {turn + 1}" if turn else HANDLES[place]


def uid_of(number: int, badge: int = 0) -> bytes:
    """The number of somebody's tag, counted from 0. badge: how many they have lost before."""
    place = number + 1
    return bytes([0x04, 0xD0, place % 256, place // 256, badge, 0x00, 0x80])


class People:
    """All who ever belong to the shop, and what becomes of them. people: how many."""

    def __init__(self, shop: Shop, people: int, days: int) -> None:
        if people < FOUNDERS:
            raise ValueError(f"a shop takes {FOUNDERS} people at least, not {people}")
        self._shop = shop
        self._dice = shop.dice_for("people")
        self._handles = tuple(handle_of(number) for number in range(people))
        self._lost = dict.fromkeys(self._handles, 0)
        self._coming = list(self._plan_coming())
        self._leaving = self._plan_leaving(days)
        self._returning: dict[int, Handle] = {}
        self._back: dict[Handle, date] = {}

    def _plan_coming(self) -> Iterator[Coming]:
        people = self._handles
        soon, later = len(people) * 2 // 5, len(people) * 3 // 4
        for number, handle in enumerate(people[FOUNDERS:], FOUNDERS):
            span = (0, SOON) if number < soon else (SOON, LATER) if number < later else (LATER, LAST)
            yield Coming(self._dice.randint(*span), handle)

    def _plan_leaving(self, days: int) -> dict[Handle, int]:
        """Every seventh leaves, some time after the first quarter of the year."""
        able = self._handles[_STAYS:]
        some = self._dice.sample(able, len(able) // 7)
        return {handle: self._dice.randint(days // 4, max(days // 4, days - 14)) for handle in some}

    def found(self) -> None:
        """The first three tap together."""
        shop, first = self._shop, self._handles[:FOUNDERS]
        shop.must(Found(tuple((each, shop.fresh(each, self._uid(each))) for each in first)))
        shop.at_work = first

    def _uid(self, handle: Handle) -> bytes:
        return uid_of(self._handles.index(handle), self._lost[handle])

    # -- a day -------------------------------------------------------------------------------------------------

    def morning(self) -> None:
        """Who is at work; who comes in, goes and is back, in front of those who are there."""
        for handle in [each for each, day in self._back.items() if day <= self._shop.today]:
            if self._shop.state.members[handle].standing == "away":
                self._shop.must(EndLeave(self._shop.badge(handle)))
            del self._back[handle]
        self._come_to_work()
        if len(self._shop.at_work) < FOUNDERS:
            return
        for coming in [each for each in self._coming if each.day <= self._shop.days_gone]:
            self._come_in(coming)
        if is_workday(self._shop.today):
            self._goings()
            self._lose_badges()
            self._go_on_leave()

    def _come_to_work(self) -> None:
        here = [each for each in self._handles if self._shop.is_here(each)]
        there = THERE if is_workday(self._shop.today) else THERE / 4
        small = len(here) <= FOUNDERS * 2
        keepers = self._keepers()
        self._shop.at_work = tuple(each for each in here if small or self._dice.random() < there or each in keepers)

    def _keepers(self) -> frozenset[Handle]:
        """Who comes in any case: those who look after a daughter fund, on the day it is given away."""
        funds = self._shop.state.funds.values() if ends_week(self._shop.today) else ()
        return frozenset(each for fund in funds for each in fund.circle)

    def _come_in(self, coming: Coming) -> None:
        shop, handle = self._shop, coming.handle
        self._coming.remove(coming)
        shop.must(Join(handle, shop.fresh(handle, self._uid(handle)), shop.hands(self._dice)))
        if handle in demo.MEMBERS:
            self._give_card(handle)
        shop.at_work = (*shop.at_work, handle)

    def _give_card(self, handle: Handle) -> None:
        """The printed card that lies on the tray of pretended devices too."""
        said = read_code(demo.CODES[handle]) or b""
        card = NewBadge(hash=self._shop.key.hash("card", said), medium="card")
        self._shop.must(AddBadge(handle, card, self._shop.hands(self._dice, but=(handle,))))

    def give_founders_cards(self) -> None:
        """Once there are others to lend hands."""
        for handle in self._handles[:FOUNDERS]:
            self._give_card(handle)

    def _goings(self) -> None:
        """Who leaves today, by their own badge or said by others; and who comes back."""
        shop, gone = self._shop, self._shop.days_gone
        for handle in [each for each, day in self._leaving.items() if day <= gone and shop.is_here(each)]:
            del self._leaving[handle]
            hands = shop.hands(self._dice, but=(handle,))
            alone = self._dice.random() < 0.7
            shop.must(Leave(handle, (shop.badge(handle),) if alone else hands))
            if self._dice.random() < 0.4:
                self._returning[gone + self._dice.randint(40, 110)] = handle
            shop.at_work = tuple(each for each in shop.at_work if each != handle)
        for day in [each for each in self._returning if each <= gone]:
            handle = self._returning.pop(day)
            self._lost[handle] += 1
            shop.must(Return(handle, shop.fresh(handle, self._uid(handle)), shop.hands(self._dice)))

    def _lose_badges(self) -> None:
        shop = self._shop
        for handle in shop.at_work:
            if handle in self._handles[_STAYS:] and self._dice.random() < LOSES_A_DAY:
                hands = shop.hands(self._dice, but=(handle,))
                shop.must(RevokeBadge(handle, shop.badge(handle), hands))
                self._lost[handle] += 1
                shop.must(AddBadge(handle, shop.fresh(handle, self._uid(handle)), hands))

    def _go_on_leave(self) -> None:
        """A few days or some weeks; not half of a small shop at once."""
        shop = self._shop
        for handle in shop.at_work:
            away = len(self._back) + 1
            few = away * 5 > len(shop.state.present()) or shop.state.members[handle].clock is not None
            if self._dice.random() < LEAVES_A_DAY and not few:
                shop.must(StartLeave(shop.badge(handle)))
                days = weighed(self._dice, (5, 12, 19, 40), (3, 4, 3, 1))
                self._back[handle] = shop.today + timedelta(days=days)
                shop.at_work = tuple(each for each in shop.at_work if each != handle)
