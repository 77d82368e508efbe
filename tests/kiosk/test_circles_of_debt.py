"""Circles of debt: hours that go round are struck off with everybody's consent. What is lost if this fails
is hours that somebody gave, or the trust that nothing moves without their own hands."""

from archipelago import Shore, badge_of, talk
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.commands import Refusal, SeekCircle, UnlinkNeighbour, WriteLetter
from kiosk.letters import Farewell, RingAgreed, RingCleared, RingDropped
from kiosk.state import fold
from kiosk.state.shared import Ring
from kiosk.views.neighbours import news_on_wall
from kiosk.views.scene import Scene

LIMIT = 5 * 60


def town(count: int, *links: tuple[int, int]) -> list[Shore]:
    shores = [Shore(f"Shop {letter}", 10 + number) for number, letter in enumerate("ABCDEF"[:count])]
    for one, other in links:
        shores[one].link(shores[other], LIMIT)
        shores[other].link(shores[one], LIMIT)
        talk(shores[one], shores[other])
    return shores


def owe(debtor: Shore, creditor: Shore, minutes: int) -> None:
    while minutes:
        part = min(minutes, 120)
        assert not isinstance(creditor.offer(debtor, part), Refusal)
        talk(creditor, debtor)
        minutes -= part


def settle(shores: list[Shore], rounds: int = 12) -> None:
    """Everything that can still be carried is carried."""
    for _ in range(rounds):
        for one in shores:
            for other in shores:
                if other.name in one.state.neighbours:
                    while one.close(other):
                        pass
                    other.hear_all(one)


def seek(shore: Shore) -> Refusal | tuple[object, ...]:
    return shore.ask(SeekCircle(badge_of(shore.people[0]), shore.signer.name))


def rings(shore: Shore, stage: str) -> dict[str, Ring]:
    return {name: ring for name, ring in shore.state.shared.rings.items() if ring.stage == stage}


def say(shore: Shore, stage: str, yes: bool = True) -> bool:
    """The shop's hands answer the first circle that is at this stage; whether there was one to be answered."""
    for name, ring in rings(shore, stage).items():
        letter = RingAgreed(name, 0, ring.route, ring.shops) if yes else RingDropped(name)
        return not isinstance(shore.ask(WriteLetter(ring.debtor, letter, shore.hands)), Refusal)
    return False


def books(shores: list[Shore]) -> dict[tuple[str, str], int]:
    return {
        (one.name, other.name): one.has(other)
        for one in shores
        for other in shores
        if other.name in one.state.neighbours
    }


def a_triangle() -> list[Shore]:
    """A owes B 3 h, B owes C 2 h, C owes A 4 h."""
    a, b, c = shores = town(3, (0, 1), (1, 2), (2, 0))
    owe(a, b, 180)
    owe(b, c, 120)
    owe(c, a, 240)
    return shores


def test_what_goes_round_is_struck_off_once_every_shop_has_agreed():
    a, b, c = shores = a_triangle()
    seek(a)
    settle(shores)
    [ring] = rings(a, "found").values()
    assert (ring.shops[1:], ring.minutes, ring.debtor, ring.creditor) == (
        ("Shop C", "Shop B"),
        120,
        "Shop C",
        "Shop B",
    )
    for shore, stage in ((a, "found"), (c, "asked"), (b, "asked")):
        assert say(shore, stage)
        settle(shores)
    assert (a.has(b), b.has(c), c.has(a)) == (60, 0, 120)
    assert (b.has(a), c.has(b), a.has(c)) == (-60, 0, -120)
    assert all(rings(shore, "cleared") for shore in shores)
    assert not any(n.rings or n.ahead for shore in shores for n in shore.state.neighbours.values())


def test_without_the_last_consent_nothing_moves_and_nothing_is_held_back_for_long():
    a, b, c = shores = a_triangle()
    before = books(shores)
    seek(a)
    settle(shores)
    say(a, "found")
    settle(shores)
    say(c, "asked")
    settle(shores)
    assert books(shores) == before
    assert say(b, "asked", yes=False)
    settle(shores)
    assert books(shores) == before
    assert all(rings(shore, "dropped") for shore in shores)
    assert not any(n.rings for shore in shores for n in shore.state.neighbours.values())


def test_one_person_alone_agrees_to_nothing():
    a, _, _ = shores = a_triangle()
    seek(a)
    settle(shores)
    [(name, ring)] = rings(a, "found").items()
    refused = a.ask(WriteLetter(ring.debtor, RingAgreed(name, 0, (), ()), (badge_of(a.people[0]),)))
    assert isinstance(refused, Refusal)
    assert refused.code == "more hands"


def test_whoever_agreed_is_bound_and_whoever_began_may_stop_it():
    a, _, c = shores = a_triangle()
    before = books(shores)
    seek(a)
    settle(shores)
    say(a, "found")
    settle(shores)
    say(c, "asked")
    assert not say(c, "agreed", yes=False)
    assert say(a, "agreed", yes=False)
    settle(shores)
    assert books(shores) == before
    assert rings(c, "dropped")


def test_a_shop_that_says_cleared_without_consents_moves_nothing_elsewhere():
    """A neighbour that lies can only harm its own books: nobody else follows it."""
    a, b, c = shores = a_triangle()
    seek(a)
    settle(shores)
    [(name, _)] = rings(a, "found").items()
    before = b.has(a), b.has(c), c.has(b)
    a.must(WriteLetter("Shop C", RingAgreed(name, 0, (), ()), a.hands))
    refused = a.ask(WriteLetter("Shop B", RingCleared(name, 120), a.hands))
    assert isinstance(refused, Refusal)
    assert refused.code == "by itself"
    settle(shores)
    assert (b.has(a), b.has(c), c.has(b)) == before


def test_a_shop_that_has_not_agreed_follows_nobody_who_says_that_it_is_cleared():
    a, b, c = shores = a_triangle()
    seek(a)
    settle(shores)
    say(a, "found")
    settle(shores)
    say(c, "asked")
    settle(shores)
    [name] = rings(b, "asked")
    before = b.has(a), b.has(c)
    a.write_as_it_is(RingCleared(name, 120), "Shop B")
    settle(shores)
    assert (b.has(a), b.has(c)) == before


def test_nobody_is_suspected_while_it_goes_round():
    """Whoever began has moved an account that the other has not yet; both say so in their weekly notes."""
    a, b, c = shores = a_triangle()
    seek(a)
    settle(shores)
    for shore, stage in ((a, "found"), (c, "asked"), (b, "asked")):
        say(shore, stage)
        if shore is not b:
            settle(shores)
    b.close(a)
    a.hear_all(b)
    assert rings(a, "cleared")
    assert (a.has(c), c.has(a)) == (-120, 240)
    for one, other in ((a, c), (c, a), (a, b), (b, a), (b, c), (c, b), (a, c), (c, a), (a, c)):
        one.close(other, note=True)
        other.hear_all(one)
        assert other.state.neighbours[one.name].noted is not None
        assert other.state.neighbours[one.name].differs == 0, (one.name, other.name)
    assert (a.has(c), c.has(a)) == (-120, 120)


def test_what_is_offered_already_is_left_room_for():
    """Together they could go past the limit that the assembly has set."""
    for offered_to, minutes in (("Shop B", 480), ("Shop C", -540)):
        a, b, c = shores = a_triangle()
        seek(a)
        settle(shores)
        other = b if offered_to == b.name else c
        assert not isinstance(a.offer(other, minutes), Refusal)
        assert not say(a, "found")


def test_no_shop_parts_while_a_circle_is_open():
    a, b, _ = shores = a_triangle()
    seek(a)
    settle(shores)
    say(a, "found")
    owe(b, a, 180)
    assert a.has(b) == 0
    refused = a.ask(UnlinkNeighbour("Shop B", a.hands))
    assert isinstance(refused, Refusal)
    assert refused.code == "not at zero"


def test_where_nothing_goes_round_nobody_is_asked():
    a, b, c = shores = town(3, (0, 1), (1, 2), (2, 0))
    owe(a, b, 60)
    assert isinstance(seek(a), Refusal)
    owe(c, a, 60)
    owe(c, b, 60)
    assert not isinstance(seek(a), Refusal)
    settle(shores)
    assert not any(rings(shore, "found") or rings(shore, "asked") for shore in shores)
    assert isinstance(seek(a), Refusal)


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("offer"), st.integers(0, 4), st.integers(0, 4), st.sampled_from([-120, -45, 60, 180])),
        st.tuples(st.just("seek"), st.integers(0, 4), st.just(0), st.just(0)),
        st.tuples(st.just("agree"), st.integers(0, 4), st.just(0), st.just(0)),
        st.tuples(st.just("refuse"), st.integers(0, 4), st.just(0), st.just(0)),
        st.tuples(st.just("carry"), st.integers(0, 4), st.integers(0, 4), st.integers(0, 2)),
        st.tuples(st.just("carry all"), st.just(0), st.just(0), st.just(0)),
    ),
    max_size=25,
)


def play(step: tuple[str, int, int, int], shores: list[Shore]) -> None:
    what, first, second, how = step
    one, other = shores[first % len(shores)], shores[second % len(shores)]
    linked = other.name in one.state.neighbours
    if what == "offer" and linked:
        one.offer(other, how)
    elif what == "seek":
        one.ms += 21 * 3_600_000
        seek(one)
    elif what == "agree":
        say(one, "asked") or say(one, "found")
    elif what == "refuse":
        say(one, "asked", yes=False) or say(one, "agreed", yes=False)
    elif what == "carry" and linked:
        one.close(other, note=bool(how))
        other.hear_all(one)
    elif what == "carry all":
        settle(shores, rounds=2)


def a_town_with_debts() -> list[Shore]:
    """Two circles that share a street: A-B-C and A-B-C-D-E."""
    shores = town(5, (0, 1), (1, 2), (2, 0), (2, 3), (3, 4), (4, 0))
    for debtor, creditor, minutes in ((0, 1, 180), (1, 2, 240), (2, 0, 90), (2, 3, 120), (3, 4, 75), (4, 0, 300)):
        owe(shores[debtor], shores[creditor], minutes)
    return shores


@settings(max_examples=12, deadline=None)
@given(STEPS)
def test_whatever_comes_late_no_hour_is_lost_no_limit_passed_and_no_honest_shop_suspected(steps):
    shores = a_town_with_debts()
    for step in steps:
        play(step, shores)
        for shore in shores:
            assert sum(account.minutes for account in shore.state.accounts.values()) == 0
            for neighbour in shore.state.neighbours.values():
                assert abs(shore.state.balance(neighbour.account)) <= LIMIT
                assert neighbour.differs == 0
                assert neighbour.fork is None
    settle(shores)
    for (one, other), minutes in books(shores).items():
        assert minutes + books(shores)[other, one] == 0
    for shore in shores:
        assert not any(neighbour.ahead for neighbour in shore.state.neighbours.values())
        assert fold(shore.entries) == shore.state


@settings(max_examples=8, deadline=None)
@given(st.sets(st.integers(0, 4), min_size=1), st.integers(0, 4))
def test_a_missing_consent_leaves_every_book_as_it_was(refusing, beginner):
    """Each shop may be among those that never answer, in any circle that the town has."""
    shores = a_town_with_debts()
    before = books(shores)
    seek(shores[beginner])
    settle(shores, rounds=6)
    for _ in range(6):
        for number, shore in enumerate(shores):
            if number not in refusing:
                say(shore, "found")
                say(shore, "asked")
        settle(shores, rounds=2)
    cleared = {shore.name for shore in shores if rings(shore, "cleared")}
    assert not cleared & {shores[number].name for number in refusing}
    if not cleared:
        assert books(shores) == before
    net = {
        shore.name: sum(shore.has(other) for other in shores if other.name in shore.state.neighbours)
        for shore in shores
    }
    assert net == {
        shore.name: sum(minutes for (one, _), minutes in before.items() if one == shore.name) for shore in shores
    }


def test_a_circle_asked_for_by_a_clock_that_was_years_ahead_can_be_asked_for_again():
    a, _, _ = a_triangle()
    a.ms += 5000 * 86_400_000
    assert not isinstance(seek(a), Refusal)
    a.ms -= 5000 * 86_400_000
    a.boot = "after a start"
    again = seek(a)
    assert not isinstance(again, Refusal), again


def test_a_shop_that_just_goes_holds_nothing_back_for_ever():
    a, b, c = shores = a_triangle()
    seek(a)
    settle(shores)
    assert say(a, "found")
    settle(shores)
    assert say(c, "asked")
    settle(shores)
    assert c.state.neighbours[b.name].rings
    b.write_as_it_is(Farewell(), c.name)
    settle(shores)
    assert not any(n.rings for shore in (a, c) for n in shore.state.neighbours.values())
    assert rings(c, "dropped")
    assert rings(a, "dropped")
    assert c.state == fold(c.entries)


def test_a_circle_that_waits_for_others_stands_on_the_wall():
    a, _, _ = shores = a_triangle()
    seek(a)
    settle(shores)
    assert say(a, "found")
    points = news_on_wall(Scene(a.state, a.now(), a.find, a.name, {}))
    assert any("Shop B" in each.told and "2 h" in each.words for each in points)
