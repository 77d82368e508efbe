"""Made-up shops with jars split to any depth: each jar's duties go round in its own circle, and fairly."""

import random
from collections import Counter
from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.amounts import JAR, BadgeHash
from kiosk.commands import BeginDuty, EndLeave, HandOver, Refusal, StartLeave
from kiosk.events import (
    DutyHandedOver,
    Founder,
    FundEnded,
    FundSplit,
    MemberJoined,
    MemberLeft,
    Part,
    ShopFounded,
)
from kiosk.periods import is_late
from kiosk.rules.contents import decide
from kiosk.rules.duties import OF_A_FUND
from kiosk.rules.funds import times_kept
from kiosk.rules.rotation import comes_next, overdue
from kiosk.state import KEEPING_THE_JAR, fold, restore
from kiosk.words import local

DAY = 24 * 3600
WEEK = 7 * DAY
slow = settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))


def found(open_shop, people):
    """A shop of so many; each badge is called like its owner."""
    shop = open_shop()
    names = [f"M{number}" for number in range(people)]
    shop.write(ShopFounded(tuple(Founder(name, BadgeHash(name), "tag") for name in names)))
    return shop, names


def hand_over(shop, duty, coming, leaving):
    return shop.ask(HandOver(duty, BadgeHash(coming), BadgeHash(leaving)))


@slow
@given(people=st.integers(3, 30), data=st.data())
def test_with_nobody_away_it_is_the_formula_in_each_circle(people, data, open_shop):
    """holder(duty, turn) = circle[(turn - duty) mod its people], in every jar, whatever goes round beside."""
    shop, names = found(open_shop, people)
    chance = random.Random(data.draw(st.integers(0, 99)))
    circles = {}
    for place in range(data.draw(st.integers(1, 3))):
        drawn = set(chance.sample(names, data.draw(st.integers(3, people))))
        circles[f"part {place}"] = tuple(name for name in names if name in drawn)
    parent = JAR
    for fund, circle in circles.items():
        shop.write(FundSplit(1, (Part(fund, 100, circle),), parent, OF_A_FUND))
        parent = fund  # each is a daughter of the one before
    for duty in ("sweeping", KEEPING_THE_JAR):
        shop.done(BeginDuty(duty, "order", "week", tuple(shop.state.badges)[:3]))
    circles[JAR] = tuple(names)
    for number in range(8):
        for duty in chance.sample(list(shop.state.duties.values()), len(shop.state.duties)):
            circle = circles[duty.fund]
            together = [each.name for each in shop.state.duties.values() if each.fund == duty.fund]
            coming = circle[(number - together.index(duty.name)) % len(circle)]
            leaving = duty.holder or next(name for name in names if name != coming)
            (event,) = hand_over(shop, duty.name, coming, leaving)
            assert event.skipped == ()
        for fund in circles:
            held = [duty.holder for duty in shop.state.duties.values() if duty.fund == fund]
            assert len(set(held)) == len(held), "somebody has two duties of one jar"
        shop.wait(WEEK)


class Seasons:
    """Weeks of a shop with daughters; what must hold is judged from circles, presence and the record."""

    def __init__(self, open_shop, people, seed):
        self.shop, self.names = found(open_shop, people)
        self.chance = random.Random(seed)
        self.made = 0
        self.kept = Counter()

    @property
    def state(self):
        return self.shop.state

    def here(self):
        return [each.handle for each in self.state.present() if each.standing == "here"]

    def takers(self, fund):
        """Read off the record: the circle, while two of it are here; else all."""
        circle = [handle for handle in self.state.funds[fund].circle if handle in self.here()]
        return circle if len(circle) >= 2 else self.here()

    def split(self):
        parent = self.chance.choice(list(self.state.funds))
        people = self.chance.sample(self.here(), min(len(self.here()), 6))
        half = len(people) // 2
        parts = tuple(
            Part(f"part {self.made + place}", 1, tuple(name for name in self.names if name in some))
            for place, some in enumerate((people[:half], people[half:]))
        )
        self.made += 2
        self.shop.write(FundSplit(1, parts, parent, OF_A_FUND))
        self.kept.update(handle for part in parts for handle in part.circle)

    def week(self):
        what = self.chance.choice(("split", "away", "back", "leave", "join", "end", "", "", ""))
        away = [each.handle for each in self.state.present() if each.standing == "away"]
        if what == "split" and len(self.here()) >= 4:
            self.split()
        elif what == "away" and len(self.here()) > 3:
            self.shop.done(StartLeave(BadgeHash(self.chance.choice(self.here()))))
        elif what == "back" and away:
            self.shop.done(EndLeave(BadgeHash(self.chance.choice(away))))
        elif what == "leave" and len(self.here()) > 4:
            self.shop.write(MemberLeft(self.chance.choice(self.here()), 0, ()))
        elif what == "join":
            name = f"M{len(self.state.members)}"
            self.names.append(name)
            self.kept[name] = min(self.state.kept.get(each.handle, 0) for each in self.state.present())
            self.shop.write(MemberJoined(name, BadgeHash(name), "tag", ()))
        elif what == "end":
            self.end()
        for name in list(self.state.duties):
            if self.chance.random() < 0.8:
                self.turn(name)
        self.shop.wait(WEEK)

    def end(self):
        parents = {fund.parent for fund in self.state.funds.values()}
        leaves = [each.name for each in self.state.funds.values() if each.parent and each.name not in parents]
        if leaves:
            gone = self.chance.choice(leaves)
            self.shop.write(FundEnded(1, gone))
            assert all(duty.fund != gone for duty in self.state.duties.values())

    def turn(self, name):
        duty, today = self.state.duties[name], local(self.shop.now).date()
        takers = [handle for handle in self.takers(duty.fund) if handle != duty.holder]
        others = {each.name: each for each in self.state.duties.values() if each.fund != duty.fund}
        coming = comes_next(self.state, name, (), today)
        assert bool(coming) == bool(takers), "somebody of the circle is here, and the duty has nowhere to go"
        if not coming:
            return
        assert coming in takers
        leaving = duty.holder if duty.holder in self.here() else next(h for h in self.here() if h != coming)
        wrong = [handle for handle in self.here() if handle not in (coming, leaving)]
        if wrong:
            command = HandOver(name, BadgeHash(self.chance.choice(wrong)), BadgeHash(leaving))
            assert isinstance(decide(command, self.shop.case), Refusal)
        least = min(duty.held[handle] for handle in self.free(duty, takers, today))
        assert duty.held[coming] == least, "somebody has it again before others of the circle have had it"
        verdict = hand_over(self.shop, name, coming, leaving)
        if isinstance(verdict, Refusal):
            assert verdict.code == "has another"
            return
        (event,) = verdict
        assert isinstance(event, DutyHandedOver)
        assert event.fund == duty.fund
        self.kept[coming] += duty.duty == KEEPING_THE_JAR
        assert others == {each.name: each for each in self.state.duties.values() if each.fund != duty.fund}

    def free(self, duty, takers, today):
        """Those with the fewest other duties of this jar."""
        turns = max(today.isoformat(), duty.until)
        beside = [each for each in self.state.duties.values() if each.fund == duty.fund and each.name != duty.name]
        has = Counter(each.holder for each in beside if each.until > turns)
        return [handle for handle in takers if has[handle] == min(has[each] for each in takers)]

    def check(self):
        today = local(self.shop.now).date()
        for each in self.state.present():
            assert times_kept(self.state, each.handle) == self.kept[each.handle]
        late = {each.duty for each in overdue(self.state, today)}
        held = [duty for duty in self.state.duties.values() if duty.holder]
        assert {duty.name for duty in held if is_late(date.fromisoformat(duty.until), today)} <= late
        assert fold(self.shop.entries) == self.state == restore(self.shop.tables)


@slow
@given(people=st.integers(4, 12), seed=st.integers(0, 2**32))
def test_over_a_season_each_jars_duties_go_round_in_its_own_circle(people, seed, open_shop):
    season = Seasons(open_shop, people, seed)
    season.split()
    for _ in range(26):
        season.week()
    season.check()
