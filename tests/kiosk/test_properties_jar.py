"""Long random weeks of a jar: whatever people do, in whatever order, every cent is somewhere."""

from collections import Counter
from datetime import timedelta

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from kiosk.amounts import JAR, BadgeHash
from kiosk.commands import (
    ArgueDownside,
    CloseCircle,
    CloseFriday,
    CloseRound,
    CountJar,
    DecideRest,
    EndFund,
    EndLeave,
    GiveMoney,
    Join,
    Leave,
    NewBadge,
    OpenCircle,
    OpenFriday,
    OpenRound,
    ProposeProject,
    Refusal,
    Return,
    SecondProject,
    ShowReceipt,
    SliceWages,
    SpendReserve,
    SplitFund,
    StartLeave,
    TakeCoin,
    VoidRound,
    WithdrawProject,
)
from kiosk.events import (
    CoinFell,
    Counts,
    FridayClosed,
    FridayOpened,
    FundSplit,
    JarCounted,
    MoneyGiven,
    ReserveSpent,
    RoundVoided,
    Slice,
    WagesSliced,
    read_entry,
    write_entry,
)
from kiosk.rules.circle import shuffled
from kiosk.rules.funds import in_hand, late_fridays, next_keepers, places_for_rest, times_kept
from kiosk.rules.projects import overdue_receipts, standing
from kiosk.state import Sources, fold, restore
from kiosk.words import local

NAMES = ["Ada", "Ben", "Cy", "Dan", "Eve", "Fay", "Gus", "Hal", "Ina", "Jon", "Kai", "Lu"]
PLACES = [
    "next project in part",
    "next project in part",
    "back to members",
    "hardship",
    "back to members",
    "next project in part",
    "jar",
    "new roof",
    "part 1",
    "part 3",
]
some_cents = st.one_of(st.integers(1, 99), st.integers(1, 900_00))
DAY = 24 * 3600
EXAMPLES = 100
SEEN = (
    "FridayClosed",
    "FundSplit",
    "FundEnded",
    "RoundVoided",
    "ReserveSpent",
    "ReceiptShown",
    "set aside",
    "returned",
    "totals",
    "ballots",
    "lot",
)
"""What must have come about for the property to mean something."""


def moved(event):
    """What an event adds to what the shop has, read off the event alone."""
    match event:
        case CoinFell(cents=cents):
            return cents or 0
        case MoneyGiven(cents=cents) | WagesSliced(cents=cents):
            return cents
        case JarCounted(cents=cents, expected=expected):
            return cents - expected
        case FridayClosed(funded=funded, returned=returned):
            return -sum(each.cents + each.aside for each in funded) - sum(each.cents for each in returned)
        case ReserveSpent(cents=cents):
            return -cents
    return 0


def life_of(open_shop, seen):
    """A machine that lives one random life of a jar after another. seen: counts what came about."""

    class Life(RuleBasedStateMachine):
        @initialize(people=st.sampled_from([12, 3, 5, 6, 8, 10]))
        def open(self, people):
            self.shop = open_shop().founded().joined(*NAMES[3:people])
            self.made = 0
            self.had = 0

        @property
        def state(self):
            return self.shop.state

        def ask(self, command):
            before = self.state
            verdict = self.shop.ask(command)
            if isinstance(verdict, Refusal):
                assert self.state is before
                assert verdict.words.format(**verdict.facts)
                seen[verdict.code] += 1
                return None
            for event in verdict:
                self.had += moved(event)
                seen[type(event).__name__] += 1
            self.check_sums()
            return verdict[-1]

        def check_sums(self):
            state = self.state
            assert in_hand(state) == self.had
            assert state.money.came.total - state.money.spent - state.money.returned == self.had

        # -- who -----------------------------------------------------------------------------------------

        def badges(self):
            return [badge for badge, owned in self.state.badges.items() if owned.good]

        def people(self, data, count):
            """Badges of different people, where there are so many; now and then the same one twice, or nobody's."""
            if data.draw(st.integers(0, 14)) == 0:
                odd = st.sampled_from([*self.badges(), BadgeHash("nobody's")])
                return tuple(data.draw(odd) for _ in range(count))
            drawn = shuffled(tuple(self.badges()), data.draw(st.integers(0, 10_000)))
            return (drawn * count)[:count] if drawn else (BadgeHash("nobody's"),) * count

        def fund(self, data):
            gone = data.draw(st.integers(0, 14)) == 0
            return "gone" if gone else data.draw(st.sampled_from(sorted(self.state.funds)))

        def one_of(self, data, names):
            return data.draw(st.sampled_from(sorted(names))) if names else "k1/1"

        # -- money in ------------------------------------------------------------------------------------

        @rule(data=st.data(), cents=st.sampled_from([None, 10, 20, 50, 100, 200]))
        def a_coin_falls(self, data, cents):
            before = in_hand(self.state)
            assert self.ask(TakeCoin(cents=cents, pulses=3, fund=self.fund(data))) is not None
            assert in_hand(self.state) == before + (cents or 0)

        @rule(data=st.data(), cents=some_cents, twice=st.booleans())
        def somebody_gives(self, data, cents, twice):
            giver, witness = self.people(data, 2)
            command = GiveMoney(giver, witness, cents, fund=self.fund(data))
            given = self.ask(command)
            if twice and given:
                assert self.ask(command) is None

        @rule(data=st.data(), cents=st.integers(-5, 900_00), parts=st.integers(0, 4))
        def wages_are_sliced(self, data, cents, parts):
            present = [member.handle for member in self.state.present()]
            slices = tuple(Slice(handle, cents // max(parts, 1)) for handle in present[:parts])
            whole = sum(each.cents for each in slices) if slices else cents
            self.ask(SliceWages(whole, self.people(data, 2), slices, fund=self.fund(data)))

        @rule(data=st.data(), off=st.sampled_from([0, 0, 0, 20, -20, -5_000_00]))
        def count(self, data, off):
            name = self.fund(data)
            expected = self.state.funds[name].cents if name in self.state.funds else 0
            counted = self.ask(CountJar(expected + off, self.people(data, 2), fund=name))
            if counted:
                fund = self.state.funds[name]
                assert (fund.cents, fund.unknown, fund.fresh) == (expected + off, 0, Sources())

        # -- proposals -----------------------------------------------------------------------------------

        def wish(self, data, name, cents):
            proposer, carrier, other = self.people(data, 3)
            sort = data.draw(st.sampled_from(["tool repair", "dental", "bees"]))
            mine = data.draw(st.booleans())
            command = ProposeProject(proposer, "a thing", cents, sort, carrier=None if mine else carrier, fund=name)
            if self.ask(command) and data.draw(st.integers(0, 5)):
                self.ask(SecondProject(self.shop.entries[-1].id, other))

        @rule(data=st.data(), cents=some_cents)
        def propose(self, data, cents):
            self.wish(data, self.fund(data), cents)

        def week(self, data, name):
            """Money, wishes, a circle and a Friday of one fund, mostly to the end."""
            self.shop.wait(data.draw(st.sampled_from([60, DAY, 7 * DAY])))
            giver, witness = self.people(data, 2)
            cents = data.draw(some_cents)
            self.ask(GiveMoney(giver, witness, cents, fund=name))
            for _ in range(data.draw(st.integers(1, 5))):
                self.wish(data, name, data.draw(st.sampled_from([5_00, 50_00, 50_00, cents, cents // 2 + 1])))
            if data.draw(st.booleans()):
                place = data.draw(st.sampled_from(PLACES))
                self.ask(DecideRest(place, self.people(data, 3), fund=name))
            self.meet(data, 12)
            self.prepare(data, name)
            # Only ten or more may decide that their ballots stay in the record; so where there are, they mostly do.
            often = ["ballots"] * 3 if len(self.state.present()) >= 10 else []
            detail = data.draw(st.sampled_from([*often, "ballots", "totals", "outcome"]))
            self.ask(OpenFriday(detail, fund=name))
            for _ in range(data.draw(st.integers(0, 2))):
                self.a_coin_falls(data, 20)
            for _ in range(data.draw(st.integers(0, 2))):
                self.close_friday(data, data.draw(st.integers(0, 9)), data.draw(st.sampled_from(["", "four"])))

        @rule(data=st.data())
        def a_week_of_the_jar(self, data):
            self.week(data, JAR)

        @rule(data=st.data(), name=st.integers(0, 9))
        def a_week_of_a_daughter(self, data, name):
            daughters = [each.name for each in self.state.funds.values() if each.parent] or [JAR]
            self.week(data, daughters[name % len(daughters)])
            if data.draw(st.booleans()):
                self.end_a_fund(data)

        @rule(data=st.data())
        def second(self, data):
            self.ask(SecondProject(self.one_of(data, self.state.projects), self.people(data, 1)[0]))

        @rule(data=st.data())
        def take_back(self, data):
            project = self.one_of(data, self.state.projects)
            self.ask(WithdrawProject(project, self.people(data, 1)[0]))

        # -- Friday --------------------------------------------------------------------------------------

        @rule(data=st.data(), most=st.integers(2, 12))
        def meet(self, data, most):
            if self.state.circle is not None and data.draw(st.booleans()):
                self.ask(CloseCircle())
            if (
                self.state.circle is not None
                and local(self.state.circle.opened).date() == local(self.shop.now).date()
            ):
                return
            badges = self.people(data, most)
            self.ask(OpenCircle(badges[0], badges, data.draw(st.integers(0, 99))))

        @rule(data=st.data())
        def argue(self, data):
            self.ask(ArgueDownside(self.one_of(data, self.state.projects)))

        def prepare(self, data, name):
            """The count and the downside slots."""
            self.ask(CountJar(self.state.funds[name].cents, self.people(data, 2), fund=name))
            for project in standing(self.state, name):
                self.ask(ArgueDownside(project.id))

        @rule(data=st.data(), detail=st.sampled_from(["outcome", "totals", "ballots"]))
        def open_friday(self, data, detail):
            self.ask(OpenFriday(detail, fund=self.fund(data)))

        @rule(data=st.data(), odd=st.integers(0, 9), seed=st.sampled_from(["", "four", "six two"]))
        def close_friday(self, data, odd, seed):
            friday = self.state.friday
            offered = [each.project for each in friday.projects] if friday else []
            people = len(friday.roll) if friday else 0
            if odd == 0:
                offered, people = [*offered, "k1/1"], people + 1
            ballots = data.draw(
                st.lists(st.frozensets(st.sampled_from(offered or ["k1/1"])), min_size=people, max_size=people)
            )
            if odd == 1:
                ballots = ballots[: people // 2]
            before = self.state
            closed = self.ask(CloseFriday(tuple(ballots), seed))
            if closed:
                self.check_closed(closed, friday, before, ballots)

        def check_closed(self, closed, friday, before, ballots):
            handed = sum(each.cents for each in closed.handed_on)
            returned = sum(each.cents for each in closed.returned)
            assert closed.spent + handed + returned == friday.cents
            assert closed.spent == sum(each.cents for each in closed.funded)
            fund = self.state.funds[friday.fund]
            assert fund.round is None
            assert fund.counted == Sources()
            own = [each for each in closed.handed_on if each.to == friday.fund and each.place == "fund"]
            assert not own
            assert fund.fresh == before.funds[friday.fund].fresh
            assert fund.cents == before.funds[friday.fund].fresh.total
            prices = {each.project: each.cents for each in friday.projects}
            assert all(each.cents == prices[each.project] for each in closed.funded)
            for each in closed.funded:
                assert self.state.purchases[each.project].cents == before.projects[each.project].cents
            assert set(closed.expired).isdisjoint(each.to for each in closed.handed_on)
            gone = {each.project for each in closed.funded} | set(closed.expired)
            assert all((each in self.state.projects) == (each not in gone) for each in prices)
            if closed.detail == "outcome":
                assert (closed.approvals, closed.steps, closed.nothing) == ((), (), None)
            if closed.detail != "ballots":
                assert closed.cast == ()
            else:
                assert len(closed.cast) == len(ballots) >= 10
            seen[closed.detail] += 1
            seen["set aside"] += any(each.place == "project" for each in closed.handed_on)
            seen["returned"] += bool(returned)

        @rule(data=st.data(), why=st.sampled_from(["power cut", "given up"]))
        def stop(self, data, why):
            friday = self.state.friday
            voided = self.ask(VoidRound(why))
            if friday and isinstance(voided, RoundVoided):
                fund = self.state.funds[friday.fund]
                assert (fund.round, fund.counted.total) == (None, friday.cents)

        @rule(data=st.data())
        def show_a_receipt(self, data):
            badge, witness = self.people(data, 2)
            self.ask(ShowReceipt(self.one_of(data, self.state.purchases), badge, "done", witness))

        # -- funds and reserves --------------------------------------------------------------------------

        @rule(data=st.data())
        def decide_rest(self, data):
            name = self.fund(data)
            place = data.draw(st.sampled_from([*PLACES, *places_for_rest(self.state, name)]))
            self.ask(DecideRest(place, self.people(data, 3), fund=name))

        @rule(
            data=st.data(),
            ways=st.sampled_from([2, 2, 3]),
            people=st.sampled_from([3, 3, 3, 2, 4]),
            off=st.sampled_from([0, 0, 0, 1]),
        )
        def split(self, data, ways, people, off):
            richest = max(self.state.funds.values(), key=lambda fund: fund.cents)
            if data.draw(st.integers(0, 2)):
                self.ask(
                    SliceWages(data.draw(st.integers(490_00, 900_00)), self.people(data, 2), fund=richest.name)
                )
                self.meet(data, 12)
            self.ask(CountJar(self.state.funds[richest.name].cents, self.people(data, 2), fund=richest.name))
            part, odd = divmod(self.state.funds[richest.name].counted.total, ways)
            sums = [part + odd + off, *[part] * (ways - 1)]
            first = self.made + 1
            parts = tuple((f"part {first + place}", cents) for place, cents in enumerate(sums))
            before = self.state
            done = self.ask(SplitFund(parts, people, fund=richest.name))
            if isinstance(done, FundSplit):
                self.made += ways
                self.check_drawn(done, before)
                if data.draw(st.booleans()):
                    self.week(data, parts[0][0])
                    self.end_a_fund(data)

        def check_drawn(self, split, before):
            drawn = [handle for part in split.parts for handle in part.circle]
            assert len(set(drawn)) == len(drawn)
            others = set(next_keepers(before)) - set(drawn)
            most = max(times_kept(before, handle) for handle in drawn)
            assert all(times_kept(before, handle) >= most for handle in others)

        @rule(data=st.data())
        def end_a_fund(self, data):
            parents = {fund.parent for fund in self.state.funds.values()}
            ready = [
                each.name
                for each in self.state.funds.values()
                if each.parent and each.name not in parents and not each.cents
            ]
            name = ready[-1] if ready else self.fund(data)
            empty = name in self.state.funds and not self.state.funds[name].cents
            ended = self.ask(EndFund(name))
            assert not ended or (empty and name != JAR)

        @rule(data=st.data(), cents=some_cents)
        def decide_and_spend(self, data, cents):
            """A vote that is carried opens a reserve, once."""
            if not self.state.reserves:
                return
            if data.draw(st.integers(0, 2)):
                self.meet(data, 12)
                self.ask(OpenRound("Spend it?", "counts", "", local_day(self.shop, 30)))
                people = len(self.state.circle.roll) if self.state.circle else 0
                self.ask(CloseRound(Counts(max(2, people - 1), 1, 0)))
            decision = self.one_of(data, self.state.decisions)
            reserve = data.draw(st.sampled_from([*self.state.reserves, "nothing"]))
            carrier, *hands = self.people(data, 4)
            most = self.state.reserves[reserve].cents if reserve in self.state.reserves else cents
            command = SpendReserve(reserve, min(cents, most), "it", decision, carrier, tuple(hands))
            if self.ask(command):
                assert self.ask(command) is None
                assert self.state.reserves[reserve].cents == most - min(cents, most)

        # -- people and time -----------------------------------------------------------------------------

        @rule(data=st.data())
        def go(self, data):
            if len(self.state.present()) > 3:
                badge = self.people(data, 1)[0]
                owner = self.state.owner(badge)
                self.ask(Leave(owner.handle if owner else "Ada", (badge,)))

        @rule(data=st.data(), name=st.sampled_from(NAMES))
        def come(self, data, name):
            known = self.state.members.get(name)
            self.made += 1
            badge = NewBadge(BadgeHash(f"badge {self.made}"), "card")
            command = Return if known else Join
            self.ask(command(name, badge, self.people(data, 3)))

        @rule(data=st.data(), command=st.sampled_from([StartLeave, EndLeave]))
        def be_away_or_back(self, data, command):
            self.ask(command(self.people(data, 1)[0]))

        @rule(days=st.sampled_from([0, 0, 1, 4, 7]), seconds=st.integers(0, 3600))
        def time_passes(self, days, seconds):
            self.shop.wait(days * DAY + seconds)

        @rule(seconds=st.sampled_from([-5, 0, 400]))
        def restart(self, seconds):
            self.shop.restart(seconds)

        # -- what must hold ------------------------------------------------------------------------------

        @invariant()
        def nothing_is_below_zero(self):
            state = self.state
            assert all(fund.cents >= 0 and fund.fresh.total >= 0 for fund in state.funds.values())
            assert all(reserve.cents >= 0 for reserve in state.reserves.values())
            assert all(0 <= project.aside < project.cents for project in state.projects.values())
            assert JAR in state.funds

        @invariant()
        def what_was_touched_is_all_that_changed(self):
            assert restore(self.shop.tables) == self.state

        @invariant()
        def everything_belongs_somewhere(self):
            state = self.state
            assert all(project.fund in state.funds for project in state.projects.values())
            assert all(not fund.parent or fund.parent in state.funds for fund in state.funds.values())
            assert sum(fund.round is not None for fund in state.funds.values()) <= 1
            assert state.friday is None or state.circle is not None

        @invariant()
        def what_is_late_can_be_said(self):
            today = local(self.shop.now).date()
            assert all(each.due < today.isoformat() for each in overdue_receipts(self.state, today))
            assert all(each.since < today and each.cents for each in late_fridays(self.state, today))

        def teardown(self):
            if not hasattr(self, "shop"):
                return
            assert fold(self.shop.entries) == self.state
            assert all(read_entry(write_entry(entry)) == entry for entry in self.shop.entries)
            opened = {e.id: e.event for e in self.shop.entries if isinstance(e.event, FridayOpened)}
            closed = [e.event.round for e in self.shop.entries if isinstance(e.event, FridayClosed)]
            assert len(set(closed)) == len(closed)
            assert set(closed) <= set(opened)

    return Life


def local_day(shop, days):
    return (local(shop.now).date() + timedelta(days=days)).isoformat()


def test_whatever_happens_to_the_jar_every_cent_is_somewhere(open_shop):
    seen = Counter()
    run_state_machine_as_test(
        life_of(open_shop, seen),
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=60,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )
    for what in SEEN:
        assert seen[what], f"“{what}” never came about, so this test tests less than it says"
