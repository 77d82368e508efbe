"""Every way that up to twelve people can press: what carries, what is told, and that who came first is all one."""

import itertools

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.amounts import BadgeHash
from kiosk.ballot_box import REST, ShowOfHands, remember
from kiosk.commands import CloseRound, Hush, OpenCircle, OpenRound
from kiosk.events import Counts
from kiosk.rules.contents import decide
from kiosk.state import Charter, fold, restore

MOST = 12
NAMES = ("Dan", "Eve", "Fay", "Gus", "Hal", "Ira", "Jon", "Kay", "Liz")
BADGES = tuple(BadgeHash(name) for name in ("ada", "ben", "cy", *(name.lower() for name in NAMES)))
DAY = "2026-12-24"

presses = st.lists(st.sampled_from(["yes", "no", "abstain"]), max_size=MOST)
people = st.integers(2, MOST)
details = st.sampled_from(["counts", "outcome"])


def counts_of(pressed):
    return Counts(*(pressed.count(answer) for answer in ("yes", "no", "abstain")))


def every_count(most):
    """All ways in which up to so many people can press."""
    ways = itertools.product(range(most + 1), repeat=3)
    return [Counts(*way) for way in ways if sum(way) <= most]


@pytest.fixture(scope="module")
def shops():
    """Shops with a vote open, made once: judging changes none."""
    return {}


def opened(shops, open_shop, size, detail):
    """A circle of so many with a vote open."""
    if (size, detail) not in shops:
        shop = shops[size, detail] = open_shop().founded().joined(*NAMES)
        shop.done(OpenCircle(BadgeHash(""), BADGES[:size], 17))
        shop.done(OpenRound("Close at four?", detail, "", DAY))
    return shops[size, detail]


def judged(shop, ballots):
    return decide(CloseRound(ballots), shop.case)


@pytest.mark.parametrize("size", range(2, MOST + 1))
@pytest.mark.parametrize("detail", ["counts", "outcome"])
def test_it_carries_with_more_yes_than_no_and_half_of_the_roll(shops, open_shop, size, detail):
    """All counts there can be, by plain arithmetic: without this few could decide for many, or a tie decide."""
    shop = opened(shops, open_shop, size, detail)
    for ballots in every_count(size):
        yes, no, abstain = ballots.yes, ballots.no, ballots.abstain
        pressed = yes + no + abstain
        enough = pressed >= 2 and 2 * pressed >= size
        closed = judged(shop, ballots)[0]
        assert (closed.outcome in ("carried", "waits")) == (enough and yes > no)
        assert (closed.outcome == "tied") == (enough and yes == no)
        assert (closed.outcome == "too few") == (not enough)
        assert closed.pressed == pressed
        assert (closed.outcome == "waits") == (enough and yes == pressed and closed.counts is not None)


@pytest.mark.parametrize("size", range(2, MOST + 1))
def test_under_five_ballots_no_counts_are_told_even_where_they_were_asked_for(shops, open_shop, size):
    shop = opened(shops, open_shop, size, "counts")
    for ballots in every_count(size):
        told = judged(shop, ballots)[0].counts
        assert (told == ballots) if ballots.yes + ballots.no + ballots.abstain >= 5 <= size else told is None


@pytest.mark.parametrize("size", range(2, MOST + 1))
def test_where_only_the_outcome_is_told_what_is_written_depends_on_nothing_else(shops, open_shop, size):
    """Without this five to nothing could be told from three to two, and everybody's vote would be known."""
    shop = opened(shops, open_shop, size, "outcome")
    written = {}
    for ballots in every_count(size):
        closed = judged(shop, ballots)
        written.setdefault((closed[0].outcome, closed[0].pressed), set()).add(closed)
    assert all(len(ways) == 1 for ways in written.values())


@given(presses, people, details, st.randoms())
@settings(deadline=None, suppress_health_check=list(HealthCheck))
def test_who_pressed_first_changes_nothing(shops, open_shop, pressed, size, detail, chance):
    shop = opened(shops, open_shop, size, detail)
    shuffled = list(pressed[:size])
    chance.shuffle(shuffled)
    boxes = [ShowOfHands(size), ShowOfHands(size)]
    for box, order in zip(boxes, (pressed[:size], shuffled), strict=True):
        for place, answer in enumerate(order):
            assert box.press(answer, place * REST) == "counted"
    assert judged(shop, boxes[0].count()) == judged(shop, boxes[1].count())
    assert boxes[0].count() == counts_of(pressed[:size])


@given(st.lists(st.tuples(presses, details), max_size=14))
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_the_streak_is_what_the_told_counts_say_and_five_untold_rounds_together(open_shop, rounds):
    """The streak worked out from what was pressed, beside what the shop says of it."""
    size = 6
    shop = open_shop().founded().joined(*NAMES)
    shop.done(OpenCircle(BadgeHash(""), BADGES[:size], 17))
    hush, untold, streak, ballots, apart = Hush(), [], 0, 0, (0, 0)
    for pressed, detail in rounds:
        cast = counts_of(pressed[:size])
        total = cast.yes + cast.no + cast.abstain
        shop.done(OpenRound("Close at four?", detail, "", DAY))
        shop.done(CloseRound(cast, hush))
        agreed = total > 1 and total in (cast.yes, cast.no)
        if total and detail == "counts" and total >= 5:
            streak, ballots = (streak + 1, ballots + total) if agreed else (0, 0)
        elif total:
            untold.append((agreed, total))
            hush = remember(hush, unanimous=agreed)
        if len(untold) == Charter().block:
            all_agreed = all(each for each, _ in untold)
            added = sum(each for _, each in untold)
            apart = (apart[0] + Charter().block, apart[1] + added) if all_agreed else (0, 0)
            untold, hush = [], Hush()
        dissent = shop.state.dissent
        assert (dissent.streak, dissent.ballots) == (streak, ballots)
        assert (dissent.untold, dissent.untold_ballots) == apart
    assert fold(shop.entries) == restore(shop.tables) == shop.state


@given(presses, people)
@settings(deadline=None, suppress_health_check=list(HealthCheck))
def test_one_press_more_than_people_is_never_counted(shops, open_shop, pressed, size):
    box = ShowOfHands(size)
    taken = [box.press(answer, place * REST) for place, answer in enumerate([*pressed, *["yes"] * MOST])]
    assert taken == ["counted"] * size + ["full"] * (len(taken) - size)
    more = Counts(size, 1, 0)
    assert getattr(judged(opened(shops, open_shop, size, "counts"), more), "code", "") == "too many"
