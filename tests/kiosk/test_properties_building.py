"""Two and three kiosks of a shop, whatever is late, comes twice or never, whoever is cut off or loses power: once
all was told, all say the same. What people would lose otherwise is the one book that all can read."""

from dataclasses import dataclass, field

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from kiosks import HANDS, PEOPLE, Claims, Clock, Kiosk, add, badge_of, founded, plain, talk

from kiosk.amounts import JAR, EntryId
from kiosk.commands import (
    ArgueDownside,
    CloseCircle,
    CloseFriday,
    CloseRound,
    Command,
    Counter,
    CountJar,
    DropClock,
    EndLeave,
    GiveMoney,
    Join,
    Leave,
    NameWork,
    NewBadge,
    OpenCircle,
    OpenFriday,
    OpenRound,
    PostNotice,
    ProposeProject,
    RemoveKiosk,
    Return,
    SecondProject,
    ServeCommons,
    ShelveTool,
    SliceWages,
    StartClock,
    StartLeave,
    Swap,
    TakeCoin,
    TakeEntries,
    Undo,
    Voice,
    VoidRound,
    WithdrawProject,
)
from kiosk.events import Counts
from kiosk.state import fold, restore

WHO = st.sampled_from(PEOPLE)
WORK = st.sampled_from(["repair", "care", "welding"])
MINUTES = st.sampled_from([15, 60, 240])
ONE_OF = st.integers(0, 20)


def badge(who: str) -> NewBadge:
    return NewBadge(badge_of(f"new {who}"), "tag")


FREE: st.SearchStrategy[Command] = st.one_of(
    st.builds(
        lambda giver, receiver, minutes, work, clocked: Swap(
            badge_of(giver), (badge_of(receiver),), minutes, work, clocked=clocked
        ),
        WHO,
        WHO,
        MINUTES,
        WORK,
        st.booleans(),
    ),
    st.builds(
        lambda giver, seen, minutes, work: ServeCommons(badge_of(giver), badge_of(seen), minutes, work),
        WHO,
        WHO,
        MINUTES,
        WORK,
    ),
    st.builds(lambda who, work: StartClock(badge_of(who), work), WHO, WORK),
    st.builds(lambda who: DropClock(badge_of(who)), WHO),
    st.builds(TakeCoin, st.sampled_from([None, 5, 200]), st.just(1)),
    st.builds(
        lambda giver, seen, cents: GiveMoney(badge_of(giver), badge_of(seen), cents),
        WHO,
        WHO,
        st.sampled_from([100, 999]),
    ),
)
IN_TURN: st.SearchStrategy[Command] = st.one_of(
    st.builds(lambda who: Join(who, NewBadge(badge_of(who), "tag"), HANDS), st.just("Dora")),
    st.builds(lambda who: Leave(who, (badge_of(who),)), WHO),
    st.builds(lambda who: Return(who, NewBadge(badge_of(who), "tag"), HANDS), WHO),
    st.builds(lambda who: StartLeave(badge_of(who)), WHO),
    st.builds(lambda who: EndLeave(badge_of(who)), WHO),
    st.builds(lambda cents: CountJar(cents, HANDS[:2]), st.sampled_from([0, 200, 1304])),
    st.builds(lambda cents: SliceWages(cents, HANDS[:2]), st.sampled_from([100, 300])),
    st.just(NameWork(HANDS[0], "welding")),
    st.builds(lambda who: PostNotice(badge_of(who), "need", "care", "a hand", "2026-12-20"), WHO),
    st.builds(lambda who: ProposeProject(badge_of(who), "a lathe", 300, "tool repair"), WHO),
    st.just(ShelveTool("saw-1", "the saw", HANDS[:2])),
    st.builds(lambda who: OpenCircle(badge_of(who), HANDS, 3), WHO),
    st.just(Voice("bread", "no flour")),
    st.just(CloseCircle()),
)
ABOUT_EARLIER = st.sampled_from(["undo", "counter", "second", "withdraw"])

STEP = st.one_of(
    st.tuples(st.just("free"), ONE_OF, FREE),
    st.tuples(st.just("free"), ONE_OF, FREE),
    st.tuples(st.just("turn"), ONE_OF, IN_TURN),
    st.tuples(st.just("earlier"), ONE_OF, st.tuples(ABOUT_EARLIER, ONE_OF, WHO)),
    st.tuples(st.just("friday"), ONE_OF, st.booleans()),
    st.tuples(st.just("friday"), ONE_OF, st.booleans()),
    st.tuples(st.just("vote"), ONE_OF, st.booleans()),
    st.tuples(st.just("hear"), ONE_OF, st.tuples(ONE_OF, st.integers(1, 3))),
    st.tuples(st.just("hear"), ONE_OF, st.tuples(ONE_OF, st.integers(1, 3))),
    st.tuples(st.just("again"), ONE_OF, ONE_OF),
    st.tuples(st.just("power cut"), ONE_OF, st.none()),
    st.tuples(st.just("card full"), ONE_OF, st.booleans()),
    st.tuples(st.just("cut off"), ONE_OF, st.booleans()),
    st.tuples(st.just("clock"), ONE_OF, st.sampled_from([-90_000_000, -5000, 0, 5000, 40 * 86_400_000])),
)


@dataclass
class Building:
    """Two or three kiosks, and what was ever told by them."""

    many: int
    kiosks: list[Kiosk] = field(default_factory=list)
    claims: Claims = field(default_factory=Claims)

    def __post_init__(self) -> None:
        clock = Clock()
        self.kiosks = [Kiosk(f"k{place + 2}", clock.of(), self.claims) for place in range(self.many)]
        first = self.kiosks[0]
        founded(first)
        for command in (Swap(HANDS[0], (HANDS[1],), 60, "repair"), TakeCoin(100, 1), TakeCoin(None, 1)):
            first.must(command)
        for place, other in enumerate(self.kiosks[1:]):
            add(first, other, f"floor {place}")
        talk(*self.kiosks)

    def play(self, what: str, which: int, how: object) -> None:
        kiosk = self.kiosks[which % len(self.kiosks)]
        getattr(self, what.replace(" ", "_"))(kiosk, how)
        assert sum(account.minutes for account in kiosk.state.accounts.values()) == 0

    def free(self, kiosk: Kiosk, command: Command) -> None:
        try:
            assert kiosk.code(command) not in ("unheard", "other kiosk")
        except OSError:
            assert kiosk.record.full

    def turn(self, kiosk: Kiosk, command: Command) -> None:
        try:
            kiosk.ask(command)
        except OSError:
            assert kiosk.record.full

    def earlier(self, kiosk: Kiosk, how: tuple[str, int, str]) -> None:
        what, place, who = how
        recent = [each for account in kiosk.state.accounts.values() for each in account.recent]
        projects = list(kiosk.state.projects)
        swap = recent[place % len(recent)] if recent else None
        project = projects[place % len(projects)] if projects else None
        if what == "undo" and swap:
            self.turn(kiosk, Undo(swap, badge_of(who)))
        elif what == "counter" and swap:
            self.turn(kiosk, Counter(swap, "wrong", HANDS))
        elif what == "second" and project:
            self.turn(kiosk, SecondProject(project, badge_of(who)))
        elif project:
            self.turn(kiosk, WithdrawProject(project, badge_of(who)))

    def friday(self, kiosk: Kiosk, approved: bool) -> None:
        """On towards the next one by a step: an open one is counted, by two ballots."""
        state = kiosk.state
        if state.friday is not None:
            first = frozenset(each.project for each in state.friday.projects[:1])
            ballots = (first, first) if approved else (frozenset[EntryId](), first)
            return self.turn(kiosk, CloseFriday(ballots, "a seed"))
        project = next((each for each in state.projects.values()), None)
        if project is None:
            return self.turn(kiosk, ProposeProject(HANDS[0], "a lathe", 150, "tool repair"))
        if not project.seconder:
            return self.turn(kiosk, SecondProject(project.id, HANDS[1]))
        if state.circle is None:
            return self.turn(kiosk, OpenCircle(HANDS[0], HANDS, 3))
        if project.argued != state.circle.number:
            return self.turn(kiosk, ArgueDownside(project.id, "too loud"))
        if state.funds[JAR].counted_on is None:
            return self.turn(kiosk, CountJar(state.funds[JAR].cents, HANDS[:2]))
        return self.turn(kiosk, OpenFriday("totals"))

    def vote(self, kiosk: Kiosk, yes: bool) -> None:
        """A show of hands in the circle: opened, counted, or void."""
        circle = kiosk.state.circle
        if circle is None:
            return self.turn(kiosk, OpenCircle(HANDS[0], HANDS, 3))
        if circle.round is None:
            return self.turn(kiosk, OpenRound("Paint the wall?", "counts", "", "2027-02-01"))
        return self.turn(kiosk, CloseRound(Counts(2, 1, 0)) if yes else VoidRound())

    def hear(self, kiosk: Kiosk, how: tuple[int, int]) -> None:
        """Some of what another one wrote, and not always the first of it."""
        other = self.kiosks[how[0] % len(self.kiosks)]
        known = kiosk.state.taken.get(other.device)
        if other is kiosk or kiosk.record.full:
            return
        for batch in other.says(known.number if known else 0)[how[0] % 2 :][: how[1]]:
            assert kiosk.code(TakeEntries(batch.text)) in ("", "later")

    def again(self, kiosk: Kiosk, how: int) -> None:
        """From anywhere on, cut otherwise than before."""
        other = self.kiosks[how % len(self.kiosks)]
        if other is kiosk or kiosk.record.full:
            return
        for batch in other.says(how % 7):
            assert kiosk.code(TakeEntries(batch.text)) in ("", "later", "known")

    def power_cut(self, kiosk: Kiosk, _: None) -> None:
        kiosk.start()

    def card_full(self, kiosk: Kiosk, full: bool) -> None:
        kiosk.record.full = full

    def cut_off(self, kiosk: Kiosk, away: bool) -> None:
        (self.claims.cut_off.add if away else self.claims.cut_off.discard)(kiosk.device)

    def clock(self, kiosk: Kiosk, wrong: int) -> None:
        kiosk.clock.wrong = wrong

    def comes_to_rest(self) -> None:
        self.claims.cut_off.clear()
        for kiosk in self.kiosks:
            kiosk.record.full = False
        talk(*self.kiosks)
        for kiosk in self.kiosks:
            if kiosk.core.unsettled:
                assert kiosk.core.settle()
            talk(*self.kiosks)


STEPS = st.lists(STEP, max_size=40)


def played(many: int, steps: list[tuple[str, int, object]]) -> Building:
    building = Building(many)
    for step in steps:
        building.play(*step)
    building.comes_to_rest()
    return building


@pytest.mark.parametrize("many", [2, 3])
@settings(max_examples=40, deadline=None)
@given(steps=STEPS)
def test_once_all_was_told_all_say_the_same(many: int, steps: list[tuple[str, int, object]]) -> None:
    first, *others = played(many, steps).kiosks
    for other in others:
        assert plain(other.shared()) == plain(first.shared())
    for kiosk in (first, *others):
        state = kiosk.state
        assert fold(kiosk.record.written) == state
        assert restore(kiosk.record.tables) == state
        money = state.money
        somewhere = [each.cents for each in (*state.funds.values(), *state.reserves.values())]
        aside = [each.aside for each in state.projects.values()]
        assert money.came.total - money.spent - money.returned == sum(somewhere) + sum(aside)


@settings(max_examples=25, deadline=None)
@given(steps=STEPS)
def test_nothing_is_taken_back_or_counted_twice(steps: list[tuple[str, int, object]]) -> None:
    building = played(2, steps)
    first = building.kiosks[0]
    backs = [entry.event for entry in first.record._all.values() if type(entry.event).__name__ == "HoursCountered"]
    assert len({back.countered for back in backs}) == len(backs)
    turns = [entry for entry in first.record._all.values() if entry.turn]
    by_turn: dict[int, set[str]] = {}
    for entry in turns:
        by_turn.setdefault(entry.turn, set()).add(entry.device)
    assert sorted(by_turn) == list(range(1, len(by_turn) + 1))
    assert all(len(devices) == 1 for devices in by_turn.values())


@settings(max_examples=15, deadline=None)
@given(steps=STEPS)
def test_the_building_goes_on_when_the_others_are_gone_for_good(steps: list[tuple[str, int, object]]) -> None:
    building = Building(2)
    for step in steps:
        building.play(*step)
    first = building.kiosks[0]
    first.record.full = False
    building.claims.cut_off = {first.device}
    hands = HANDS if all(first.state.owner(each) for each in HANDS) else ()
    if hands:
        first.must(RemoveKiosk("k3", hands))
        first.must(NameWork(hands[0], "baking"))
