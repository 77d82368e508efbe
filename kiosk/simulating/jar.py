"""The jar: coins, gifts, wages; proposals all week; Fridays that are counted for real; receipts; daughter funds."""

from collections.abc import Iterator
from datetime import timedelta
from functools import partial

from kiosk.amounts import JAR, Handle
from kiosk.commands import (
    ArgueDownside,
    CloseFriday,
    CountJar,
    DecideRest,
    EndFund,
    GiveMoney,
    OpenFriday,
    ProposeProject,
    SecondProject,
    ShowReceipt,
    SliceWages,
    SpendReserve,
    SplitFund,
    TakeCoin,
    WithdrawProject,
)
from kiosk.events import BACK_TO_MEMBERS, NEXT_PROJECT, Slice, Telling
from kiosk.rules.friday import roll_of
from kiosk.rules.fund_circles import FEWEST_KEEPERS
from kiosk.rules.projects import standing
from kiosk.simulating.clock import ends_month, ends_week, is_workday
from kiosk.simulating.duties import Duties
from kiosk.simulating.hours import OPENS, SHUTS, Doing
from kiosk.simulating.shop import Shop, often, weighed
from kiosk.simulating.votes import Votes
from kiosk.simulating.words import DOWNSIDES, PROJECTS, RECEIPTS
from kiosk.state import Fund, Purchase

COINS = (20, 50, 100, 200)
"""Cents."""

SPLIT = 0.62
"""At which part of the year the shop sells its old mixer: more than one meeting can give away."""

TOLD: tuple[Telling, ...] = ("outcome", "outcome", "totals", "totals", "ballots", "ballots", "ballots")
"""How much of a Friday is told; the one as likely as it stands here."""

PATIENCE = 14
"""Days that somebody waits for a second badge."""

LONG = 200
"""Days of a year in which there is such a sale at all."""

PARTS = ("bread fund", "bicycle fund")
"""What the jar is split into then."""

RESTS = ("hardship", "strike reserve", BACK_TO_MEMBERS, NEXT_PROJECT, "strike reserve")
"""Where the rest of a Friday goes, in turn; it is decided anew about every two months."""


class Jar:
    """All money of a year. days: how long that is."""

    def __init__(self, shop: Shop, duties: Duties, votes: Votes, days: int) -> None:
        self._shop = shop
        self._dice = shop.dice_for("jar")
        self._duties, self._votes = duties, votes
        self._split_on = round(days * SPLIT) if days > LONG else days
        self._rests = 0
        self._lately: tuple[str, ...] = ()
        self._opened_reserves = 0

    def day(self) -> Iterator[Doing]:
        """What comes in and is proposed today, at which minute."""
        people = len(self._shop.at_work)
        if people < 3:
            return
        for _ in range(often(self._dice, min(5.0, people / 8))):
            yield self._some_time(), self._coin
        if not is_workday(self._shop.today):
            return
        if self._dice.random() < 0.35:
            yield self._some_time(), self._gift
        if self._dice.random() < 0.5:
            yield self._some_time(), self._propose
        if ends_month(self._shop.today) and self._shop.days_gone > 20:
            yield 12 * 60, self._wages
        for purchase in self._shop.state.purchases.values():
            if self._will_show(purchase):
                yield self._some_time(), partial(self._show, purchase)

    def _some_time(self) -> int:
        return self._dice.randint(OPENS, SHUTS)

    # -- coming in ---------------------------------------------------------------------------------------------

    def _coin(self) -> None:
        known = self._dice.random() < 0.985
        fund = self._dice.choice(self._full_daughters() or [JAR]) if self._dice.random() < 0.2 else JAR
        cents = self._dice.choice(COINS)
        self._shop.must(TakeCoin(cents if known else None, self._dice.randint(1, 6), fund))

    def _gift(self) -> None:
        giver, witness = self._shop.badges(self._shop.some(self._dice, 2))
        self._shop.must(GiveMoney(giver, witness, self._dice.randint(2, 30) * 100))

    def _wages(self) -> None:
        """At the end of a month a slice of everybody’s; in the month of the mixer, its price too."""
        people = [each.handle for each in self._shop.state.present() if self._dice.random() < 0.9]
        slices = tuple(Slice(each, self._dice.choice((500, 800, 1000, 1000, 1200))) for each in people)
        hands = self._shop.badges(self._shop.some(self._dice, 2))
        if slices and len(hands) == 2:
            self._shop.must(SliceWages(sum(each.cents for each in slices), hands, slices))

    # -- proposals ---------------------------------------------------------------------------------------------

    def _propose(self) -> None:
        able = [each for each in self._shop.at_work if self._open_by(each) < 3]
        if len(able) < 3:
            return
        title, cents, sort = self._dice.choice(self._not_proposed())
        self._lately = (*self._lately, title)[-12:]
        cents = cents * self._dice.randint(70, 130) // 100
        proposer = self._dice.choice(able)
        carrier = proposer if self._dice.random() < 0.7 else self._shop.some(self._dice, 1, but=(proposer,))[0]
        daughters = self._full_daughters()
        fund = self._dice.choice(daughters) if daughters and self._dice.random() < 0.6 else JAR
        badges = self._shop.badges((proposer, carrier))
        self._put_up(ProposeProject(badges[0], title, cents, sort, badges[1], "", fund), (proposer, carrier))

    def _full_daughters(self) -> list[str]:
        """Daughter funds that still have most of what they began with."""
        return [each.name for each in self._shop.state.funds.values() if each.parent and each.cents > 50_00]

    def _not_proposed(self) -> list[tuple[str, int, str]]:
        up = {each.title for each in self._shop.state.projects.values()} | set(self._lately)
        return [each for each in PROJECTS if each[0] not in up] or [PROJECTS[0]]

    def _put_up(self, proposal: ProposeProject, part_of: tuple[Handle, ...]) -> None:
        """And mostly somebody seconds it."""
        proposed = self._shop.must(proposal)
        seconder = self._shop.some(self._dice, 1, but=part_of)
        if seconder and self._dice.random() < 0.92:
            self._shop.must(SecondProject(proposed.id, self._shop.badge(seconder[0])))

    def propose_repair(self, label: str, name: str, carrier: Handle) -> None:
        """For a tool that broke."""
        if self._open_by(carrier) < 3:
            cents = self._dice.randint(10, 60) * 100
            proposal = ProposeProject(self._shop.badge(carrier), f"mend {name}", cents, "tool repair", tool=label)
            self._put_up(proposal, (carrier,))

    def _open_by(self, handle: Handle) -> int:
        return sum(each.proposer == handle for each in self._shop.state.projects.values())

    # -- in the circle -----------------------------------------------------------------------------------------

    def in_circle(self) -> None:
        """At the week’s end each jar is counted by hand and given away."""
        shop = self._shop
        circle = shop.state.circle
        if circle is None or len(circle.roll) < FEWEST_KEEPERS:
            return
        self._open_a_reserve()
        if not ends_week(shop.today):
            return
        self._withdraw_orphans()
        if shop.days_gone // 60 > self._rests:
            shop.must(DecideRest(RESTS[self._rests % len(RESTS)], shop.hands(self._dice)))
            self._rests += 1
        for name in tuple(shop.state.funds):
            if len(roll_of(shop.state, shop.state.funds[name], circle)) >= FEWEST_KEEPERS:
                self._friday(shop.state.funds[name])

    def _friday(self, fund: Fund) -> None:
        if not fund.cents and not fund.unknown:
            self._end(fund)
            return
        self._count(fund)
        if self._is_the_split(fund):
            self._split()
            return
        self._give_away(fund.name)

    def _end(self, fund: Fund) -> None:
        """A daughter that is empty; what is still proposed there falls to the jar."""
        if fund.parent:
            self._shop.may(EndFund(fund.name))

    def _count(self, fund: Fund) -> None:
        """Whoever keeps the jar counts with another; now and then a coin is too much or too few."""
        keeper = self._duties.keeper
        first = (keeper,) if keeper in self._shop.at_work else self._shop.some(self._dice, 1)
        second = self._shop.some(self._dice, 1, but=first)
        odd = weighed(self._dice, (0, -50, 20, -100), (12, 1, 1, 1)) + 50 * fund.unknown
        badges = self._shop.badges((*first, *second))
        self._shop.must(CountJar(max(0, fund.cents + odd), badges, fund.name))

    def _is_the_split(self, fund: Fund) -> bool:
        shop = self._shop
        due = fund.name == JAR and shop.days_gone >= self._split_on and len(shop.state.funds) == 1
        counted = shop.state.funds[JAR].counted.total
        return due and counted > shop.state.charter.ceiling

    def _split(self) -> None:
        counted = self._shop.state.funds[JAR].counted.total
        parts = ((PARTS[0], counted // 2), (PARTS[1], counted - counted // 2))
        if self._shop.may(SplitFund(parts, self._shop.state.charter.fund_circle)):
            self._split_on = 10**9

    def sell_the_mixer(self) -> None:
        """What the old mixer brought goes into the jar, as one sum, shortly before the jar is split."""
        if self._shop.days_gone == self._split_on and len(self._shop.state.members) > 10:
            hands = self._shop.badges(self._shop.some(self._dice, 2))
            if len(hands) == 2:
                self._shop.must(SliceWages(1_150_00, hands))

    def _give_away(self, fund: str) -> None:
        shop = self._shop
        for project in standing(shop.state, fund):
            shop.must(ArgueDownside(project.id, self._dice.choice(DOWNSIDES)))
        told = self._dice.choice(TOLD)
        if not shop.may(OpenFriday(told, fund)):
            return
        friday = shop.state.friday
        assert friday is not None
        liked = {each.project: self._dice.uniform(0.12, 0.75) for each in friday.projects}
        voters = len(friday.roll) - (self._dice.random() < 0.3) * (len(friday.roll) // 8)
        ballots = tuple(
            frozenset(name for name, chance in liked.items() if self._dice.random() < chance) for _ in range(voters)
        )
        shop.must(CloseFriday(ballots, f"dice {self._dice.randint(1, 6)}"))

    def _withdraw_orphans(self) -> None:
        """What nobody can carry out any more is taken back, what nobody seconds, and what one thinks better of."""
        shop = self._shop
        for project in tuple(shop.state.projects.values()):
            orphaned = not (shop.belongs(project.carrier) and shop.belongs(project.proposer))
            alone = not project.seconder and shop.days_since(project.proposed) > PATIENCE
            second_thoughts = project.proposer in shop.at_work and (alone or self._dice.random() < 0.03)
            by = project.proposer if second_thoughts else (shop.some(self._dice, 1) or ("",))[0]
            if by and (orphaned or second_thoughts):
                shop.must(WithdrawProject(project.id, shop.badge(by)))

    # -- what became of it -------------------------------------------------------------------------------------

    def _will_show(self, purchase: Purchase) -> bool:
        """Most show something in the week, nearly all by the day; whoever forgot is reminded by the wall."""
        left = (purchase.due, self._shop.today.isoformat())
        chance = 0.25 if left[0] > left[1] else 0.85
        return self._dice.random() < chance

    def _show(self, purchase: Purchase) -> None:
        if purchase.id not in self._shop.state.purchases:
            return
        words = self._dice.choice(RECEIPTS)
        if purchase.carrier in self._shop.at_work:
            self._shop.must(ShowReceipt(purchase.id, self._shop.badge(purchase.carrier), words))
        elif purchase.due <= self._shop.today.isoformat():
            badge, witness = self._shop.badges(self._shop.some(self._dice, 2, but=(purchase.carrier,)))
            self._shop.must(ShowReceipt(purchase.id, badge, words, witness))

    def _open_a_reserve(self) -> None:
        """About every quarter the shop decides to give something out of the largest reserve."""
        shop = self._shop
        full = [each for each in shop.state.reserves.values() if each.cents >= 40_00]
        if not full or shop.days_gone // 85 <= self._opened_reserves:
            return
        self._opened_reserves += 1
        reserve = max(full, key=lambda each: each.cents)
        decided = self._votes.ask(f"Do we open the reserve “{reserve.name}” for one of us?")
        people = shop.some(self._dice, shop.state.hands_needed() + 1)
        if decided is None or len(people) <= shop.state.hands_needed():
            return
        cents = reserve.cents // 200 * 100
        carrier, *hands = shop.badges(people)
        spend = SpendReserve(reserve.name, cents, "rent, in part", decided.id, carrier, tuple(hands))
        shop.must(spend)
        shop.clock.wait(round(timedelta(minutes=1).total_seconds()))
