"""Duties: they begin, go round by turns, by lot and by approvals, and one ends."""

from kiosk.amounts import JAR, Handle
from kiosk.commands import (
    BeginDuty,
    CloseApproval,
    DrawDuty,
    EndDuty,
    HandOver,
    OpenApproval,
)
from kiosk.events import How, Term
from kiosk.rules.agenda import to_approve
from kiosk.rules.rotation import comes_next
from kiosk.simulating.clock import workdays_after
from kiosk.simulating.shop import Shop
from kiosk.state import KEEPING_THE_JAR, Duty

BEGINNING: tuple[tuple[int, str, How, Term], ...] = (
    (4, KEEPING_THE_JAR, "order", "week"),
    (4, "taking minutes", "order", "week"),
    (5, "facilitating", "lot", "week"),
    (12, "tending the kiosk", "approval", "month"),
    (40, "watering the plants", "order", "week"),
)
"""On which day a duty begins to go round, counted from the founding; how, and for how long at a time."""

ENDING = (250, "watering the plants")
"""The day on which a duty goes round no more: somebody gave the plants away."""


class Duties:
    """The duties of the jar, and of daughter funds while there are any."""

    def __init__(self, shop: Shop) -> None:
        self._shop = shop
        self._dice = shop.dice_for("duties")
        self._to_begin = list(BEGINNING)
        self._ended = False

    def in_circle(self) -> None:
        """Begin, end, find out who is next, and hand over what is over."""
        shop = self._shop
        while self._to_begin and self._to_begin[0][0] <= shop.days_gone and len(shop.at_work) > 4:
            _, duty, how, term = self._to_begin.pop(0)
            shop.must(BeginDuty(duty, how, term, shop.hands(self._dice)))
        day, duty = ENDING
        if not self._ended and shop.days_gone >= day and duty in shop.state.duties:
            shop.must(EndDuty(duty, shop.hands(self._dice)))
            self._ended = True
        for name in to_approve(shop.state, shop.today):
            self._approve(name)
        self._hand_over()

    def by_the_way(self) -> None:
        """On a day without a circle, or where those of a duty were not in it: whoever is next comes by and taps."""
        self._hand_over()

    def _approve(self, name: str) -> None:
        """One badge, one ballot: whom the others would rather have next."""
        if not self._shop.may(OpenApproval(name)):
            return
        circle = self._shop.state.circle
        up = circle.approval if circle else None
        assert up is not None
        ballots = tuple(frozenset(each for each in up.candidates if self._dice.random() < 0.3) for _ in up.roll)
        self._shop.must(CloseApproval(ballots, self._dice.getrandbits(32)))

    def _hand_over(self) -> None:
        """All that would be late tomorrow; again and again, as who waits for another to hand over comes after."""
        for _ in range(3):
            waiting = [each for each in self._shop.state.duties.values() if self._is_time(each)]
            if not sum(self._turn(duty) for duty in waiting):
                return

    def _is_time(self, duty: Duty) -> bool:
        """Whether it is over, or will be before the shop works again; never for one who keeps the jar for ever."""
        if self._shop.bosses.keeps and duty.name == KEEPING_THE_JAR and duty.holder:
            return False
        today = self._shop.today
        gone = duty.holder and not self._shop.is_here(duty.holder)
        next_day = workdays_after(today, 1)
        over_before = duty.until < next_day.isoformat() and (next_day - today).days > 3
        return not duty.holder or bool(gone) or duty.until < today.isoformat() or over_before

    def _turn(self, duty: Duty) -> bool:
        """Hand it over, if whoever is next is known and the badge beside theirs can be had."""
        shop, today = self._shop, self._shop.today
        if duty.how == "lot" and not comes_next(shop.state, duty.name, (), today):
            drawer = shop.some(self._dice, 1)
            drawn = drawer and shop.may(DrawDuty(duty.name, self._dice.getrandbits(32), shop.badge(drawer[0])))
            if not drawn:
                return False
        coming = comes_next(shop.state, duty.name, (), today)
        over = duty.until < today.isoformat() or not shop.is_here(duty.holder)
        holder_taps = duty.holder in shop.at_work and duty.holder != coming
        leaving = (duty.holder,) if holder_taps or not over else self._witness(coming)
        if not coming or not leaving or coming == leaving[0]:
            return False
        return shop.may(HandOver(duty.name, shop.badge(coming), shop.badge(leaving[0]))) is not None

    def _witness(self, coming: Handle) -> tuple[Handle, ...]:
        """Anybody else who is there; on a day on which nobody is, somebody who comes by."""
        people = [each.handle for each in self._shop.state.present() if each.standing == "here"]
        there = self._shop.some(self._dice, 1, but=(coming,))
        return there or (self._dice.choice([each for each in people if each != coming]),)

    @property
    def keeper(self) -> str:
        """Who keeps the jar now; "" when nobody does."""
        duty = self._shop.state.duties.get(KEEPING_THE_JAR)
        return duty.holder if duty and duty.fund == JAR else ""
