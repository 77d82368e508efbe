"""Hidden thrones: what a boss looks like in the record, and that chance alone looks like none."""

import random
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from kiosk.amounts import BadgeHash
from kiosk.commands import AddBadge, Join, NewBadge, OpenCircle, ReviewInversion, ServeCommons, StartInversion, Swap
from kiosk.events import InversionReviewed
from kiosk.rules.thrones import by_chance_never, due_inversions, thrones, unswapped
from kiosk.state import WORK, Board, Duty, Fund, Kind, Member, Routine, State, fold, restore
from kiosk.state.routines import OPENING, WORK_OF
from kiosk.words import local

DAY = 24 * 3600
NAMES = ("Dee", "Eli", "Flo", "Gus", "Hal", "Ida", "Jan")
END = date(2026, 12, 31)


@pytest.fixture
def ten(shop):
    return shop.joined(*NAMES)


def seen(shop):
    return thrones(shop.state, local(shop.now).date())


def circles(shop, openers):
    for opener in openers:
        shop.done(OpenCircle(opener, ("ada", "ben", "cy"), 0))
        shop.wait(DAY)


def test_one_person_who_opens_all_circles_is_an_alarm_and_it_says_who_and_how_often(ten):
    circles(ten, ["ada"] * 6)
    assert seen(ten) == (), "six of ten people could still be chance"
    circles(ten, ["ada"])
    (throne,) = seen(ten)
    assert (throne.routine, throne.handle, throne.did, throne.times) == (OPENING, "Ada", 7, 7)
    assert throne.since == date(2026, 7, 1)


def test_it_ends_when_others_do_it(ten):
    circles(ten, ["ada"] * 16)
    assert seen(ten)
    circles(ten, ["ben", "cy", "dee", "eli"] * 4)
    assert seen(ten), "sixteen of thirty-two are half of them"
    circles(ten, ["flo"])
    assert seen(ten) == ()


def test_circles_opened_by_the_buttons_are_nobodys_and_count(ten):
    circles(ten, ["ada"] * 8 + [""] * 9)
    assert seen(ten) == ()


def test_the_share_and_the_least_number_are_the_charters(ten):
    circles(ten, ["ada"] * 20 + ["ben", "cy", "dee"] * 8)
    assert seen(ten) == ()
    lower = replace(ten.state, charter=replace(ten.state.charter, throne=40))
    assert thrones(lower, local(ten.now).date())
    more = replace(lower, charter=replace(lower.charter, throne_least=21))
    assert not thrones(more, local(ten.now).date())


def test_in_a_shop_of_three_everybody_does_much(shop):
    circles(shop, ["ada"] * 40)
    assert seen(shop) == ()


def test_a_duty_of_a_few_is_measured_by_those_few(ten):
    """Three look after the garden's jar: half of its turns is much among ten, and not among those three."""
    duty = Duty("keeping the jar", "order", "week", ten.now, fund="Garden")
    turns = Routine("2026-Q4", f"duty: {duty.name}", 36, 36, {"Ada": 18, "Ben": 18})
    kept = replace(ten.state, duties={duty.name: duty}, routines={f"2026-Q4 {turns.name}": turns})
    assert thrones(kept, END), "among ten it would be one"
    few = replace(kept, funds={**kept.funds, "Garden": Fund("Garden", circle=("Ada", "Ben", "Cy"))})
    assert thrones(few, END) == ()


def test_it_is_forgotten_after_half_a_year(ten):
    circles(ten, ["ada"] * 9)
    ten.wait(92 * DAY)
    assert seen(ten)
    ten.wait(92 * DAY)
    assert seen(ten) == ()


def test_whoever_has_left_sits_on_no_throne(ten):
    circles(ten, ["jan"] * 9)
    assert seen(ten)
    members = {**ten.state.members, "Jan": replace(ten.state.members["Jan"], standing="left")}
    assert thrones(replace(ten.state, members=members), local(ten.now).date()) == ()


def test_turning_it_round_quietens_it_until_the_day_on_which_it_is_asked_about(ten):
    circles(ten, ["ada"] * 9)
    today = local(ten.now).date()
    until = (today + timedelta(days=30)).isoformat()
    hands = ("ada", "ben", "cy")
    begun = ten.done(StartInversion("2026-Q4", OPENING, "whoever came last opens it", until, hands))
    assert seen(ten) == ()
    ten.wait(29 * DAY)
    assert seen(ten) == ()
    assert ten.refused(ReviewInversion(begun.id, "it went well", "", ("ada", "ben"))) == "not asked"
    ten.wait(DAY)
    assert seen(ten), "nothing stays without a date"
    assert [each.id for each in due_inversions(ten.state, local(ten.now).date())] == [begun.id]
    again = (local(ten.now).date() + timedelta(days=30)).isoformat()
    ten.done(ReviewInversion(begun.id, "three others opened it", again, ("ada", "ben")))
    assert seen(ten) == ()
    assert ten.state.inversions[begun.id].came == "three others opened it"
    ten.wait(30 * DAY)
    over = ten.done(ReviewInversion(begun.id, "nobody minds any more", "", ("dee", "ben")))
    assert over.event == InversionReviewed(begun.id, "nobody minds any more", "", ("Dee", "Ben"))
    assert ten.state.inversions == {}
    assert restore(ten.tables) == ten.state == fold(ten.entries)


def test_an_inversion_takes_many_hands_a_date_and_a_routine_that_there_is(ten):
    ask = StartInversion("2026-Q4", OPENING, "the last one opens", "2026-12-01", ("ada", "ben", "cy"))
    assert (
        ten.refused(StartInversion(ask.period, ask.routine, ask.words, ask.until, ("ada", "ben"))) == "more hands"
    )
    assert ten.refused(StartInversion(ask.period, ask.routine, ask.words, "", ask.badges)) == "no day"
    assert (
        ten.refused(StartInversion(ask.period, ask.routine, ask.words, "2027-11-01", ask.badges)) == "no such day"
    )
    assert ten.refused(StartInversion(ask.period, "breathing", ask.words, ask.until, ask.badges)) == "no routine"
    assert ten.refused(StartInversion("2025-Q4", ask.routine, ask.words, ask.until, ask.badges)) == "no period"
    assert ten.refused(StartInversion(ask.period, ask.routine, " ", ask.until, ask.badges)) == "no words"
    ten.done(ask)
    assert ten.refused(ask) == "on already"


# --- kinds of work ----------------------------------------------------------------------------------------


def swaps(shop, kinds, times):
    for turn in range(times):
        shop.wait(DAY / 2)
        there, back = ("ada", "ben") if turn % 2 else ("ben", "ada")
        shop.done(Swap(there, (back,), 60, kinds[turn % len(kinds)]))


def test_a_kind_of_work_that_nobody_swaps_is_an_alarm_until_somebody_does(shop):
    rest = [kind for kind in WORK if kind not in ("care", "other")]
    swaps(shop, rest, 180)
    assert unswapped(shop.state, local(shop.now).date()) == (), "not for ninety-one days yet"
    swaps(shop, rest, 4)
    (found,) = unswapped(shop.state, local(shop.now).date())
    assert (found.work, found.since, found.swaps, found.routine) == (
        "care",
        date(2026, 11, 2),
        184,
        WORK_OF + "care",
    )
    shop.done(ServeCommons("ada", "ben", 60, "care"))
    assert unswapped(shop.state, local(shop.now).date()) == ()


def test_a_shop_that_hardly_swaps_at_all_misses_no_kind(shop):
    swaps(shop, ["repair"], 29)
    shop.wait(100 * DAY)
    assert unswapped(shop.state, local(shop.now).date()) == ()


@pytest.mark.parametrize("seed", range(20))
def test_those_who_founded_a_shop_do_not_rule_it_because_they_let_the_others_in(open_shop, seed):
    """Without this a new shop would be told in its first weeks that its founders have a throne."""
    shop, draw = open_shop().founded().joined("Dee"), random.Random(seed)
    there = ["ada", "ben", "cy", "dee"]
    for number in range(45):
        name = f"n{number}"
        badge = NewBadge(BadgeHash(name), "tag")
        if number < 20:
            # Each gets a card and a second tag while there are four of them: any three lend a hand.
            about = there[number % 4]
            hands = [each for each in there if each != about]
            shop.done(AddBadge(about.capitalize(), badge, tuple(BadgeHash(each) for each in hands)))
        else:
            hands = draw.sample(there, 3)
            shop.done(Join(name.upper(), badge, tuple(BadgeHash(each) for each in hands)))
            there.append(name)
        assert seen(shop) == ()


def test_those_who_go_on_letting_all_others_in_do(shop):
    """Without this they could rule for good, since once they were three."""
    shop.joined(*NAMES, *(f"{name} Two" for name in NAMES), *(f"{name} Three" for name in NAMES))
    assert {each.routine for each in seen(shop)} == {"lending hands"}


# --- chance -----------------------------------------------------------------------------------------------

YEARS = 1000
PRESENT = (4, 6, 12, 40)
"""People of the shops that are drawn."""

YEARLY = {"opening": (250, 1), "seconding": (60, 1), "lending": (80, 3), "counting": (52, 2), "minutes": (52, 1)}
"""How often a year, and by how many at once."""


@pytest.mark.parametrize("people", PRESENT)
def test_a_thousand_years_of_chance_raise_no_alarm(people):
    """Everybody is as likely as any other each time. Looked at every month."""
    draw = random.Random(people)
    here = {f"m{n}": Member(f"m{n}", "here", None) for n in range(people)}
    names, raised = list(here), 0
    for _ in range(YEARS // len(PRESENT)):
        for name, (times, hands) in YEARLY.items():
            for _ in ("spring and summer", "autumn and winter"):
                among: dict[str, int] = {}
                for turn in range(1, times // 2 + 1):
                    for who in draw.sample(names, min(hands, people)):
                        among[who] = among.get(who, 0) + 1
                    if turn % (times // 12) == 0:
                        deeds = turn * min(hands, people)
                        raised += alarmed(here, Routine("2026-Q4", name, turn, deeds, among))
    assert raised == 0


def alarmed(members, routine):
    most = max(routine.people.values())
    if most * 2 < routine.times or most < 6:
        return 0
    return len(thrones(State(members=members, routines={f"2026-Q4 {routine.name}": routine}), END))


@given(people=st.integers(4, 40), times=st.integers(6, 300), boss=st.data())
def test_what_raises_is_less_likely_than_once_in_a_million(people, times, boss):
    """The rule says what it says: n people, each with one chance in n, and somebody with at least so many."""
    did = boss.draw(st.integers(6, times))
    chance = sum(probability(people, times, many) for many in range(did, times + 1))
    assert by_chance_never(did, times, times, people) == (chance * people <= 1e-6)


def probability(people, times, many):
    found = 1.0
    for k in range(many):
        found *= (times - k) / (k + 1) / people
    return found * (1 - 1 / people) ** (times - many)


def test_chance_leaves_no_kind_of_work_out(shop):
    """So many swaps that one kind of all is missed by chance once in a million times, and not before."""
    kinds = len(WORK)
    founded = replace(shop.state, board=Board(swaps=152, kinds={each: Kind(90_000, 152) for each in WORK[1:]}))
    assert ((kinds - 1) / kinds) ** 152 * kinds > 1e-7
    day = local(shop.now).date() + timedelta(days=200)
    missed = [unswapped(replace(founded, board=replace(founded.board, swaps=n)), day) for n in (130, 137)]
    assert [len(each) for each in missed] == [0, 1]
