"""A year of made-up shops: whoever comes, goes, is away or late, duties go round, and fairly."""

import random
from collections import Counter

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.amounts import BadgeHash
from kiosk.commands import BeginDuty, DrawDuty, EndDuty, EndLeave, HandOver, Leave, Refusal, StartLeave
from kiosk.events import (
    ApprovalClosed,
    ApprovalOpened,
    CircleClosed,
    CircleOpened,
    DutyDrawn,
    DutyHandedOver,
    Founder,
    MemberJoined,
    MemberReturned,
    ShopFounded,
)
from kiosk.rules.contents import decide
from kiosk.rules.rotation import comes_next, may_take
from kiosk.state import fold, restore
from kiosk.words import local

DAY = 24 * 3600
DAYS = {"day": 1, "week": 7, "month": 31}
terms = st.sampled_from(["day", "week", "month"])
hows = st.sampled_from(["order", "order", "lot", "approval"])
slow = settings(max_examples=12, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))


def found(open_shop, people):
    """A shop of so many, founded at once; each badge is called like its owner."""
    shop = open_shop()
    names = [f"M{number}" for number in range(people)]
    shop.write(ShopFounded(tuple(Founder(name, BadgeHash(name), "tag") for name in names)))
    return shop, names


def hands(shop):
    """As many badges as anything takes."""
    return tuple(shop.state.badges)[:3]


@slow
@given(people=st.integers(3, 8) | st.integers(3, 200), data=st.data())
def test_with_nobody_away_it_is_the_formula_on_the_page(people, data, open_shop):
    """holder(duty, turn) = order[(turn - duty) mod people], in whatever order people hand over on the day."""
    shop, names = found(open_shop, people)
    count = data.draw(st.integers(1, people))
    term = data.draw(terms)
    turns = min(2 * people + 1, max(3, 600 // count))
    shuffle = random.Random(data.draw(st.integers(0, 99)))
    duties = [f"duty {place}" for place in range(count)]
    for duty in duties:
        shop.done(BeginDuty(duty, "order", term, hands(shop)))
    for number in range(turns):
        for place in shuffle.sample(range(count), count):
            coming = names[(number - place) % people]
            duty = shop.state.duties[duties[place]]
            leaving = duty.holder or names[(number - place + 1) % people]
            event = shop.done(HandOver(duty.duty, BadgeHash(coming), BadgeHash(leaving))).event
            assert event.skipped == ()
        held = [duty.holder for duty in shop.state.duties.values()]
        assert len(set(held)) == count
        shop.wait(DAYS[term] * DAY)


class Year:
    """A shop lives day by day; what must hold is judged from the record and the calendar, not by the rules."""

    def __init__(self, open_shop, people, duties, seed):
        self.shop, self.names = found(open_shop, people)
        self.chance = random.Random(seed)
        self.turns = {}
        self.steady = {}
        self.joined = dict.fromkeys(self.names, 0)
        self.first = {}
        for place, (how, term) in enumerate(duties):
            self.begin(f"duty {place}", how, term)

    def begin(self, name, how, term):
        self.shop.done(BeginDuty(name, how, term, hands(self.shop)))
        self.turns[name], self.first[name] = [], []
        self.steady[name] = {member.handle for member in self.shop.state.present()}

    # -- what people see -----------------------------------------------------------------------------------

    @property
    def today(self):
        return local(self.shop.now).date().isoformat()

    def here(self, absent=()):
        people = [each.handle for each in self.shop.state.present() if each.standing == "here"]
        return [handle for handle in people if handle not in absent]

    def free(self, duty, absent=()):
        """Who is there, and has no other duty that lasts longer than this one, nor is chosen for another."""
        turns = max(self.today, duty.until)
        others = [each for each in self.shop.state.duties.values() if each.duty != duty.duty]
        taken = {each.holder for each in others if each.until > turns} | {each.coming for each in others}
        return [each for each in self.here(absent) if each not in taken and each != duty.holder]

    def often(self, name, handle, since=0):
        return sum(each == handle for each in self.turns[name][since:])

    # -- what people do ------------------------------------------------------------------------------------

    def day(self):
        if self.chance.random() < 0.1:
            self.come_or_go()
        if self.chance.random() < 0.02:
            self.begin_or_end()
        for name in list(self.shop.state.duties):
            duty = self.shop.state.duties[name]
            late = self.today > duty.until
            if self.chance.random() < (0.5 if late else 0.8 if self.today == duty.until else 0.02):
                self.turn(name)
        self.shop.wait(self.chance.choice((1, 1, 1, 2, 5)) * DAY)

    def come_or_go(self):
        what = self.chance.choice(("join", "return", "leave", "away", "back", "back"))
        state, here = self.shop.state, self.here()
        gone = [each.handle for each in state.members.values() if each.standing == "left"]
        away = [each.handle for each in state.present() if each.standing == "away"]
        if what == "join":
            self.come_in(f"M{len(state.members)}", MemberJoined)
        elif what == "return" and gone:
            self.come_in(self.chance.choice(gone), MemberReturned)
        elif what == "leave" and len(state.present()) > 3:
            name = self.chance.choice(here or away)
            self.shop.done(Leave(name, (self.badge(name),)))
            self.gone(name)
        elif what == "away" and len(here) > 2:
            self.shop.done(StartLeave(self.badge(self.chance.choice(here))))
        elif what == "back" and away:
            self.shop.done(EndLeave(self.badge(self.chance.choice(away))))

    def come_in(self, name, event):
        self.shop.write(event(name, BadgeHash(f"{name} {len(self.shop.entries)}"), "tag", ()))
        self.joined[name] = {duty: len(turns) for duty, turns in self.turns.items()}

    def gone(self, name):
        for duty in self.turns:
            self.steady[duty].discard(name)
            self.first[duty] = [each for each in self.first[duty] if each != name]

    def badge(self, name):
        return next(badge for badge, owned in self.shop.state.badges.items() if owned.handle == name)

    def begin_or_end(self):
        names = list(self.shop.state.duties)
        if len(names) > 1 and self.chance.random() < 0.5:
            self.shop.done(EndDuty(self.chance.choice(names), hands(self.shop)))
        else:
            how, term = self.chance.choice(("order", "lot")), self.chance.choice(("day", "week", "month"))
            self.begin(f"duty {len(self.shop.entries)}", how, term)

    def turn(self, name):
        """Perhaps somebody is not there; perhaps somebody else tries first; then it is handed over."""
        duty = self.shop.state.duties[name]
        absent = ()
        if self.chance.random() < 0.2:
            likely = comes_next(self.shop.state, name, (), local(self.shop.now).date()) or duty.coming
            absent = tuple({likely, self.chance.choice(self.names)} - {"", duty.holder})
        if duty.how == "lot":
            self.draw(duty, absent)
        if duty.how == "approval":
            self.choose(duty, absent)
        duty = self.shop.state.duties[name]
        coming = comes_next(self.shop.state, name, absent, local(self.shop.now).date())
        leaving = self.leaving(duty, coming)
        self.try_somebody_else(duty, coming, leaving, absent)
        if coming and leaving:
            free = self.free(duty, absent)
            command = HandOver(name, self.badge(coming), self.badge(leaving), absent)
            verdict = self.shop.ask(command)
            if isinstance(verdict, Refusal):
                self.stays(verdict, duty, absent)
                return
            self.check(duty, verdict[0], free, absent)

    def stays(self, refused, duty, absent):
        assert refused.code in ("has another", "passed over"), refused
        if refused.code == "has another":
            assert self.today < duty.until
        else:
            assert refused.facts["handle"] in {*absent} & {*self.first[duty.duty]} & {*self.here()}

    def leaving(self, duty, coming):
        holder = self.shop.state.members.get(duty.holder)
        if holder and holder.standing == "here":
            return duty.holder
        return next((each for each in self.here() if each != coming), "")

    def draw(self, duty, absent):
        badge = next((self.badge(each) for each in self.here(absent)), None)
        self.steady[duty.duty] &= {*self.free(duty, absent), duty.holder, duty.coming}
        waiting = set(self.first[duty.duty]) & set(self.free(duty, absent))
        verdict = self.shop.ask(DrawDuty(duty.duty, self.chance.randrange(2**63), badge, absent)) if badge else ()
        if isinstance(verdict, Refusal):
            assert verdict.code in ("drawn already", "no lot", "nobody there", "passed over", "own lot"), verdict
            return
        for event in verdict:
            assert isinstance(event, DutyDrawn)
            assert event.coming in event.among
            assert len(event.among) > (0 if event.skipped else 1)
            assert set(event.among) <= waiting if waiting else True
            assert set(event.skipped) <= {duty.coming} - set(self.here(absent))
            self.first[duty.duty] += event.skipped

    def choose(self, duty, absent):
        """A circle of those who are there, and whoever they approve of; its own rules are judged elsewhere."""
        today = local(self.shop.now).date()
        if comes_next(self.shop.state, duty.duty, absent, today):
            return
        roll = tuple(self.here(absent))
        number = len(self.shop.entries)
        self.shop.write(CircleOpened(number, "", roll, roll, 300))
        able = may_take(self.shop.state, duty.duty, (), today)
        assert set(able) <= set(roll)
        self.steady[duty.duty] &= {*self.free(duty, absent), duty.holder, duty.coming}
        opened = self.shop.write(ApprovalOpened(number, duty.duty, able, roll))
        if duty.coming and duty.coming not in able:
            self.first[duty.duty].append(duty.coming)
        chosen = self.chance.choice(able) if able else ""
        self.shop.write(ApprovalClosed(opened.id, duty.duty, len(roll), chosen))
        self.shop.write(CircleClosed(number))

    def try_somebody_else(self, duty, coming, leaving, absent):
        wrong = [each for each in self.here() if each not in (coming, leaving, *absent)]
        if wrong and leaving:
            one = self.chance.choice(wrong)
            verdict = decide(HandOver(duty.duty, self.badge(one), self.badge(leaving), absent), self.shop.case)
            assert isinstance(verdict, Refusal), f"{one} took {duty} before {coming}"

    # -- what must hold ------------------------------------------------------------------------------------

    def check(self, before, event, free, absent):
        name = before.duty
        assert isinstance(event, DutyHandedOver)
        assert event.coming in self.here(absent)
        assert event.coming != event.leaving == before.holder
        assert event.until >= max(self.today, before.until)
        if free:
            assert event.coming in free, "somebody has two duties while others have none"
        self.check_first(before, event, free)
        self.check_turns(before, event, free)
        self.turns[name].append(event.coming)
        news = [each for each in event.skipped if each not in self.first[name]]
        self.first[name] = [each for each in (*self.first[name], *news) if each != event.coming]
        assert set(self.first[name]) == set(self.shop.state.duties[name].first)

    def check_first(self, before, event, free):
        waiting = [each for each in self.first[before.duty] if each in free]
        if before.how == "order" and waiting:
            assert event.coming in waiting, "somebody was skipped before and is skipped again though they are there"
        assert not set(event.skipped) & set(free)

    def check_turns(self, before, event, free):
        """Those who could always take it have had it as often as anybody, but for one turn of a round."""
        name = before.duty
        self.steady[name] &= {*free, before.holder}
        often = Counter(self.turns[name])
        for each in self.steady[name] - {event.coming, before.holder}:
            if event.coming in self.steady[name]:
                assert often[each] >= often[event.coming], f"{event.coming} has it again before {each}"
            since = self.joined[event.coming]
            start = since.get(name, 0) if isinstance(since, dict) else 0
            assert self.often(name, event.coming, start) <= self.often(name, each, start) + 1

    def end(self):
        assert fold(self.shop.entries) == self.shop.state
        assert restore(self.shop.tables) == self.shop.state


@slow
@given(
    people=st.integers(3, 9) | st.integers(3, 200),
    duties=st.lists(st.tuples(hows, terms), min_size=1, max_size=5),
    seed=st.integers(0, 2**32),
)
def test_over_a_year_duties_go_round_whatever_happens(people, duties, seed, open_shop):
    year = Year(open_shop, people, duties, seed)
    start = local(year.shop.now).date()
    while (local(year.shop.now).date() - start).days < 365:
        year.day()
    year.end()


@slow
@given(people=st.integers(3, 30), how=st.sampled_from(["order", "lot"]), seed=st.integers(0, 2**32))
def test_in_every_round_everybody_who_is_there_has_it_once(people, how, seed, open_shop):
    """The plain promise, with nobody away: the first n turns are n people, and so are the next n."""
    shop, names = found(open_shop, people)
    chance = random.Random(seed)
    shop.done(BeginDuty("sweeping", how, "day", hands(shop)))
    holders = []
    for _ in range(3 * people):
        today = local(shop.now).date()
        if not comes_next(shop.state, "sweeping", (), today):
            shop.done(DrawDuty("sweeping", chance.randrange(2**63), BadgeHash("M0")))
        coming = comes_next(shop.state, "sweeping", (), today)
        witness = next(each for each in names if each != coming)
        shop.done(HandOver("sweeping", BadgeHash(coming), BadgeHash(witness)))
        holders.append(coming)
        shop.wait(2 * DAY)
    for begin in range(0, 3 * people, people):
        assert sorted(holders[begin : begin + people]) == sorted(names)
