"""Long random lives of a shop: whatever people do, in whatever order, nobody is cheated of a minute or a say."""

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from kiosk.amounts import COMMONS, BadgeHash, elapsed
from kiosk.commands import (
    AddBadge,
    Counter,
    DropClock,
    EndLeave,
    Join,
    Leave,
    NameWork,
    NewBadge,
    PostNotice,
    Refusal,
    Return,
    RevokeBadge,
    ServeCommons,
    StartClock,
    StartLeave,
    Swap,
    TakeDownNotice,
    Undo,
)
from kiosk.events import (
    BadgeAdded,
    BadgeRevoked,
    CommonsServed,
    HoursCountered,
    HoursSwapped,
    MemberJoined,
    MemberLeft,
    MemberReturned,
    moves,
    read_entry,
    write_entry,
)
from kiosk.state import fold, restore

NAMES = ["Ada", "Ben", "Cy", "Dan", "Eve", "Fay", "Gus", "Hal"]
some_minutes = st.integers(0, 49).map(lambda quarters: quarters * 15)
NAMED = (MemberJoined, MemberReturned, BadgeAdded, BadgeRevoked)
"""What many hands must say, always."""


def badges_in(command):
    """Every badge that speaks in a command; a new badge and a lost one are spoken of."""
    for name in ("badge", "giver", "witness"):
        badge = getattr(command, name, None)
        if isinstance(badge, str):
            yield badge
    for name in ("hands", "receivers", "badges"):
        yield from getattr(command, name, ())


def life_of(open_shop):
    """A machine that lives one random life of a shop after another."""

    class Life(RuleBasedStateMachine):
        @initialize()
        def open(self):
            self.shop = open_shop().founded().joined("Dan", "Eve", "Fay")
            self.lost = set()
            self.given = {}
            self.made = 0

        # -- what people do ------------------------------------------------------------------------------

        def somebody(self, data, most=1, least=1):
            """Badges, mostly good ones; now and then one that is lost or nobody's."""
            good = [badge for badge, owned in self.shop.state.badges.items() if owned.good]
            odd = [*sorted(self.lost), BadgeHash("nobody's")]
            often = st.sampled_from(good) if good else st.sampled_from(odd)
            one = st.integers(0, 19).flatmap(lambda dice: st.sampled_from(odd) if dice == 0 else often)
            return tuple(data.draw(st.lists(one, min_size=least, max_size=most)))

        def hands(self, data, concerned):
            """Mostly as many hands as it takes, by others; sometimes whatever comes."""
            others = [b for b, owned in self.shop.state.badges.items() if owned.good and owned.handle != concerned]
            if data.draw(st.integers(0, 4)) == 0:
                return self.somebody(data, most=5, least=0)
            return tuple(data.draw(st.permutations(others)))[:3]

        def new_badge(self, data):
            self.made += 1
            fresh = BadgeHash(f"badge {self.made}")
            known = [*self.shop.state.badges, fresh]
            chosen = data.draw(st.sampled_from(known)) if data.draw(st.integers(0, 5)) == 0 else fresh
            return NewBadge(hash=chosen, medium="card", random=data.draw(st.integers(0, 9)) == 0)

        def some_entry(self, data):
            hours = [
                e for e in self.shop.entries if isinstance(e.event, (HoursSwapped, CommonsServed, HoursCountered))
            ]
            return data.draw(st.sampled_from(hours[:-7:-1] or self.shop.entries[-1:]))

        def seldom(self, data, one_in):
            return data.draw(st.integers(1, one_in)) == 1

        @rule(data=st.data(), name=st.sampled_from(NAMES), command=st.sampled_from([Join, AddBadge]))
        def let_in(self, data, name, command):
            self.ask(command(handle=name, badge=self.new_badge(data), hands=self.hands(data, name)))

        @rule(data=st.data())
        def come_back(self, data):
            gone = [m.handle for m in self.shop.state.members.values() if m.standing == "left"]
            name = data.draw(st.sampled_from(gone or NAMES))
            self.ask(Return(handle=name, badge=self.new_badge(data), hands=self.hands(data, name)))

        @rule(data=st.data())
        def lose_a_badge(self, data):
            lost = data.draw(st.sampled_from(sorted(self.shop.state.badges) or [BadgeHash("x")]))
            owned = self.shop.state.badges.get(lost)
            name = owned.handle if owned else "Ada"
            self.ask(RevokeBadge(handle=name, lost=lost, hands=self.hands(data, name)))
            if self.seldom(data, 2):
                self.ask(AddBadge(handle=name, badge=self.new_badge(data), hands=self.hands(data, name)))

        @rule(data=st.data(), name=st.sampled_from(NAMES))
        def go(self, data, name):
            """Seldom from a shop so small that nobody could be let in again."""
            if len(self.shop.state.present()) < 4 and not self.seldom(data, 5):
                return
            own = tuple(b for b, owned in self.shop.state.badges.items() if owned.good and owned.handle == name)
            by_hands = data.draw(st.booleans())
            self.ask(Leave(handle=name, badges=self.hands(data, name) if by_hands else own[:1]))

        @rule(data=st.data(), command=st.sampled_from([StartLeave, EndLeave, DropClock]))
        def be_away_or_back(self, data, command):
            self.ask(command(badge=self.somebody(data)[0]))

        @rule(data=st.data())
        def start_a_clock(self, data):
            self.ask(StartClock(badge=self.somebody(data)[0], work="care"))

        def help_once(self, data, minutes, most):
            """One swap, mostly by different people, clocked mostly when a clock runs."""
            giver, *receivers = self.different(data, most)
            clock = getattr(self.shop.state.owner(giver), "clock", None)
            clocked = self.seldom(data, 2) if clock else self.seldom(data, 10)
            command = Swap(giver=giver, receivers=tuple(receivers), minutes=minutes, work="care", clocked=clocked)
            self.ask(command)
            return command

        def different(self, data, most):
            chosen = self.somebody(data, least=2, most=most)
            if self.seldom(data, 8):
                return chosen
            badges = {owned.handle: b for b, owned in self.shop.state.badges.items() if owned.good}
            people = tuple(badges.values())
            return tuple(data.draw(st.permutations(people)))[:most] if len(people) > 1 else chosen

        @rule(data=st.data(), times=st.integers(1, 4), minutes=some_minutes, most=st.integers(2, 5))
        def help_each_other(self, data, times, minutes, most):
            for _ in range(times):
                command = self.help_once(data, minutes, most)
                self.shop.wait(data.draw(st.sampled_from([0, 1, 11, 600])))
                self.ask(command)

        @rule(data=st.data(), minutes=some_minutes)
        def help_all(self, data, minutes):
            giver, witness = self.different(data, 2)
            command = ServeCommons(giver=giver, witness=witness, minutes=minutes, work="other")
            self.ask(command)
            self.shop.wait(data.draw(st.sampled_from([0, 1, 11, 600])))
            self.ask(command)

        @rule(data=st.data(), minutes=some_minutes)
        def change_their_mind(self, data, minutes):
            """Help, undo it, help again, undo that twice."""
            command = self.help_once(data, minutes, 3)
            for badge in (command.giver, command.receivers[0]):
                entry = self.some_entry(data)
                self.ask(Undo(entry=entry.id, badge=badge))
                self.ask(Undo(entry=entry.id, badge=badge))
                self.ask(command)

        @rule(data=st.data())
        def undo(self, data):
            self.ask(Undo(entry=self.some_entry(data).id, badge=self.somebody(data)[0]))

        @rule(data=st.data(), all_in_it=st.booleans(), times=st.integers(1, 3))
        def take_back(self, data, all_in_it, times):
            for _ in range(times):
                entry = self.some_entry(data)
                concerned = set(moves(entry.event)) | {getattr(entry.event, "witness", None)}
                good = {owned.handle: badge for badge, owned in self.shop.state.badges.items() if owned.good}
                chosen = [badge for handle, badge in good.items() if (handle in concerned) == all_in_it]
                self.ask(Counter(entry=entry.id, reason="slip", badges=tuple(chosen)))

        @rule(data=st.data(), how_many=st.integers(1, 3))
        def go_and_be_missed(self, data, how_many):
            """Some leave after a swap, it is taken back without them, and they may come back in between."""
            command = self.help_once(data, 60, 4)
            for badge in (*command.receivers, command.giver)[:how_many]:
                owner = self.shop.state.owner(badge)
                self.ask(Leave(handle=owner.handle if owner else "Ada", badges=(badge,)))
            if data.draw(st.booleans()):
                self.come_back(data)
            self.ask(Undo(entry=self.shop.entries[-how_many].id, badge=command.giver))
            self.take_back(data, False, 2)

        @rule(data=st.data(), side=st.sampled_from(["need", "offer"]))
        def hang_a_notice(self, data, side):
            badge = self.somebody(data)[0]
            self.ask(PostNotice(badge=badge, side=side, work="care", words="x", until="2026-12-01"))

        @rule(data=st.data())
        def take_a_notice_down(self, data):
            hung = sorted(self.shop.state.notices) or ["k1/1"]
            self.ask(TakeDownNotice(badge=self.somebody(data)[0], notice=data.draw(st.sampled_from(hung))))

        @rule(data=st.data(), word=st.sampled_from(["bees", "Bees", "sewing", "care"]))
        def name_work(self, data, word):
            self.ask(NameWork(badge=self.somebody(data)[0], work=word))

        @rule(seconds=st.sampled_from([1, 9, 11, 200, 301, 3600, 50_000, 400_000]))
        def time_passes(self, seconds):
            self.shop.wait(seconds)

        @rule(seconds=st.sampled_from([-5, 0, 5, 400]))
        def power_cut(self, seconds):
            self.shop.restart(seconds)
            self.shop.state = restore(self.shop.tables)

        # -- what must hold, judged without asking the rules ---------------------------------------------

        def ask(self, command):
            before = self.shop.state
            needed = before.hands_needed()
            verdict = self.shop.ask(command)
            if isinstance(verdict, Refusal):
                assert verdict.words.format(**verdict.facts).isprintable()
                assert self.shop.state is before
                return
            assert not self.lost & set(badges_in(command)), "a lost badge did something"
            for event, entry in zip(verdict, self.shop.entries[-len(verdict) :], strict=True):
                assert read_entry(write_entry(entry)) == entry
                self.check_hands(event, needed)
                self.check_hours(event, entry, before)

        def check_hands(self, event, needed):
            hands = getattr(event, "hands", ())
            if isinstance(event, NAMED) or hands:
                assert len(set(hands)) == len(hands) >= needed
                assert event.handle not in hands
            if isinstance(event, BadgeRevoked):
                self.lost.add(event.badge)
            if isinstance(event, (MemberJoined, MemberReturned, BadgeAdded)):
                assert event.badge not in self.lost, "a lost badge was used again"

        def check_hours(self, event, entry, before):
            if isinstance(event, HoursSwapped):
                parts = [share.minutes for share in event.receivers]
                assert min(parts) >= 1
                assert max(parts) - min(parts) <= 1
                assert parts == sorted(parts, reverse=True)
                assert event.giver not in [share.handle for share in event.receivers]
                away = {m.handle for m in before.members.values() if m.standing != "here"}
                assert not away & {share.handle for share in event.receivers}, "the absent sank further"
            if isinstance(event, CommonsServed):
                assert event.giver != event.witness
            if isinstance(event, (HoursSwapped, CommonsServed)):
                self.check_limit(event, before)
                self.check_guard(event, entry)

        def check_limit(self, event, before):
            limit = before.charter.hard_limit
            for handle, minutes in moves(event).items():
                if handle != COMMONS and minutes:
                    ahead = 1 if minutes > 0 else -1
                    assert self.shop.state.balance(handle) * ahead <= limit

        def check_guard(self, event, entry):
            moved = moves(event)
            deed = (type(event), frozenset(moved), moved[event.giver], event.work)
            last = self.given.get(event.giver)
            taken_back = {e.event.countered for e in self.shop.entries if isinstance(e.event, HoursCountered)}
            if last and last[0] == deed and last[1].id not in taken_back:
                assert abs(elapsed(last[1].moment, entry.moment)) > 10_000, "booked twice by one tap"
            self.given[event.giver] = (deed, entry)

        @invariant()
        def no_minute_is_made_or_lost(self):
            assert sum(self.shop.balances().values()) == 0

        @invariant()
        def the_record_the_present_and_the_documents_agree(self):
            assert fold(self.shop.entries) == self.shop.state
            assert restore(self.shop.tables) == self.shop.state

        @invariant()
        def nothing_is_taken_back_twice(self):
            countered = [e.event.countered for e in self.shop.entries if isinstance(e.event, HoursCountered)]
            assert len(countered) == len(set(countered))

        @invariant()
        def whoever_left_owes_nothing_is_owed_nothing_and_opens_nothing(self):
            gone = {m.handle for m in self.shop.state.members.values() if m.standing == "left"}
            assert all(self.shop.state.balance(handle) == 0 for handle in gone)
            assert not gone & {owned.handle for owned in self.shop.state.badges.values() if owned.good}

        @invariant()
        def what_the_record_says_adds_up_to_what_the_accounts_say(self):
            sums = {}
            for entry in self.shop.entries:
                for handle, minutes in moves(entry.event).items():
                    sums[handle] = sums.get(handle, 0) + minutes
            assert sums == self.shop.balances()

        @invariant()
        def what_is_taken_back_is_taken_back_whole(self):
            """A counter-entry moves what the entry moved, or sends to the commons what can't go back."""
            by_id = {entry.id: entry for entry in self.shop.entries}
            left = {entry.event.handle for entry in self.shop.entries if isinstance(entry.event, MemberLeft)}
            for entry in self.shop.entries:
                if isinstance(entry.event, HoursCountered):
                    moved = moves(by_id[entry.event.countered].event)
                    stayed = {handle for handle in moved if handle not in left and handle != COMMONS}
                    assert all(entry.event.moves[handle] == -moved[handle] for handle in stayed)

    return Life


def test_no_life_of_a_shop_cheats_anybody(open_shop):
    quiet = settings(
        max_examples=70,
        stateful_step_count=40,
        deadline=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(life_of(open_shop), settings=quiet)
