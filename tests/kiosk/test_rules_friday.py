"""Friday: one badge, one ballot, and the jar is given away to the last cent, or nothing of it is."""

from datetime import date

import msgspec
import pytest

from kiosk.amounts import JAR, BadgeHash, EntryId
from kiosk.commands import (
    ArgueDownside,
    CloseCircle,
    CloseFriday,
    CountJar,
    DecideRest,
    GiveMoney,
    Leave,
    OpenCircle,
    OpenFriday,
    OpenRound,
    ProposeProject,
    SecondProject,
    ShowReceipt,
    TakeCoin,
    VoidRound,
    WithdrawProject,
)
from kiosk.counting import steps
from kiosk.events import CircleOpened, FridayClosed, FridayOpened, HandedOn, MemberLeft, Returned, RoundVoided, Step
from kiosk.rules.contents import decide
from kiosk.rules.friday import most_told, shared_out
from kiosk.rules.funds import in_hand, late_fridays
from kiosk.rules.projects import overdue_receipts, standing
from kiosk.state import Charter, Sources, fold

NAMES = ("Ada", "Ben", "Cy", "Dan", "Eve", "Fay", "Gus", "Hal", "Ina", "Jon")
ALL = tuple(BadgeHash(name.lower()) for name in NAMES)
ADA, BEN, CY, DAN, EVE = ALL[:5]
DAY = 24 * 3600


def week(open_shop, people=8, cents=90_00, prices=(60_00, 30_00, 28_00, 20_00), rest_to=""):
    """A shop with money and standing proposals; the ids of those, in order."""
    shop = open_shop().founded().joined(*NAMES[3:people])
    if rest_to:
        shop.done(DecideRest(rest_to, ALL[:3]))
    if cents:
        shop.done(GiveMoney(ADA, BEN, cents))
    ids = tuple(standing_project(shop, f"thing {number}", price) for number, price in enumerate(prices))
    return shop, ids


def standing_project(shop, title, cents, badge=ADA, second=BEN, **more):
    project = shop.done(ProposeProject(badge=badge, title=title, cents=cents, sort="other", **more)).id
    shop.done(SecondProject(project, second))
    return project


def meet(shop, people=8, fund=JAR, count=True, argue=True):
    """The circle, the count and the downside slots."""
    shop.done(OpenCircle(opener=ALL[0], badges=ALL[:people], draw=5))
    if count:
        shop.done(CountJar(shop.state.funds[fund].cents, ALL[:2], fund=fund))
    for project in standing(shop.state, fund) if argue else ():
        shop.done(ArgueDownside(project.id, "it may rust"))


def open_it(open_shop, people=8, detail="totals", **more):
    shop, ids = week(open_shop, people, **more)
    meet(shop, people)
    shop.done(OpenFriday(detail))
    return shop, ids


def cast(ids, *wanted):
    """Ballots by the places of what they approve."""
    return tuple(frozenset(ids[place] for place in each) for each in wanted)


def close(shop, ballots, seed="six four one"):
    return shop.done(CloseFriday(ballots=ballots, seed=seed)).event


MINORITY = ((0, 1, 3),) * 4 + ((2, 3),) * 4
"""Two halves that want different things."""


# --- opening ----------------------------------------------------------------------------------------------


def test_what_is_given_away_is_fixed_before_anybody_presses(open_shop):
    shop, ids = open_it(open_shop)
    opened = shop.entries[-1].event
    assert isinstance(opened, FridayOpened)
    assert (opened.number, opened.cents, opened.rest_to, opened.detail) == (1, 90_00, "strike reserve", "totals")
    assert opened.roll == NAMES[:8]
    assert [(each.project, each.cents) for each in opened.projects] == list(
        zip(ids, (60_00, 30_00, 28_00, 20_00), strict=True)
    )


def test_a_jar_is_counted_by_hand_on_the_day_it_is_given_away(open_shop):
    shop, _ = week(open_shop)
    meet(shop, count=False)
    assert shop.refused(OpenFriday()) == "not counted"
    shop.done(CountJar(90_00, (ADA, BEN)))
    shop.wait(DAY)
    meet(shop, count=False)
    assert shop.refused(OpenFriday()) == "not counted"
    shop.done(CountJar(90_00, (ADA, BEN)))
    shop.done(OpenFriday())


def test_every_project_has_its_downside_slot_in_this_circle_and_nobody_argues_against_their_own(open_shop):
    shop, ids = week(open_shop, people=3)
    meet(shop, people=3, argue=False)
    assert shop.refused(OpenFriday()) == "downside first"
    for project in ids:
        argued = shop.done(ArgueDownside(project, "it may rust")).event
        assert argued.against != "Ada"
    assert shop.refused(ArgueDownside(ids[0])) == "argued already"
    assert sum(shop.state.argued.values()) == 4
    assert shop.state.argued == {"Ben": 2, "Cy": 2}
    shop.wait(DAY)
    meet(shop, people=3, argue=False)
    assert shop.refused(OpenFriday()) == "downside first"


def test_no_slot_for_what_does_not_stand(open_shop):
    shop, _ = week(open_shop, people=3)
    unseconded = shop.done(ProposeProject(badge=BEN, title="a hat", cents=1, sort="other")).id
    meet(shop, people=3)
    assert shop.refused(ArgueDownside(unseconded)) == "not standing"
    assert shop.refused(ArgueDownside(EntryId("k1/999"))) == "no project"
    shop.done(OpenFriday())
    assert unseconded not in {each.project for each in shop.state.friday.projects}


def test_a_friday_needs_a_circle_two_people_money_and_something_to_buy(open_shop):
    shop, _ = week(open_shop, people=3, cents=0, prices=())
    assert shop.refused(OpenFriday()) == "no circle"
    meet(shop, people=2)
    assert shop.refused(OpenFriday()) == "empty jar"
    shop.done(GiveMoney(ADA, BEN, 5))
    assert shop.refused(OpenFriday()) == "empty jar"
    shop.done(CountJar(5, (ADA, BEN)))
    assert shop.refused(OpenFriday()) == "no projects"
    assert shop.refused(OpenFriday(fund="gone")) == "no fund"
    assert shop.refused(CloseFriday()) == "no friday"


def test_one_thing_after_another(open_shop):
    """Two votes at once would be one press for two questions."""
    shop, ids = open_it(open_shop)
    assert shop.refused(OpenFriday()) == "friday open"
    assert shop.refused(OpenRound("Close at four?", "counts", "", "2026-12-01")) == "friday open"
    assert shop.refused(CloseCircle()) == "friday open"
    assert shop.refused(CountJar(1, (ADA, BEN))) == "friday open"
    assert shop.refused(WithdrawProject(ids[0], ADA)) == "friday open"
    assert shop.refused(ArgueDownside(ids[0])) == "friday open"
    assert shop.refused(DecideRest("hardship", ALL[:3])) == "friday open"


def test_a_vote_that_is_open_is_finished_first(open_shop):
    shop, _ = week(open_shop)
    meet(shop)
    shop.done(OpenRound("Close at four?", "counts", "", "2026-12-01"))
    assert shop.refused(OpenFriday()) == "vote open"


@pytest.mark.parametrize(
    ("people", "asked", "told"),
    [
        (4, "ballots", "outcome"),
        (4, "totals", "outcome"),
        (5, "totals", "totals"),
        (9, "ballots", "totals"),
        (10, "ballots", "ballots"),
        (10, "outcome", "outcome"),
        (10, "totals", "totals"),
    ],
)
def test_among_few_nothing_is_told_that_could_be_traced(people, asked, told):
    assert most_told(asked, people, Charter()) == told


# --- closing ----------------------------------------------------------------------------------------------


def test_the_minority_gets_its_share_and_the_jar_is_empty(open_shop):
    """Most votes first would give one half everything they want but little, and the other almost nothing."""
    shop, ids = open_it(open_shop)
    closed = close(shop, cast(ids, *MINORITY))
    assert {each.project for each in closed.funded} == {ids[1], ids[2], ids[3]}
    assert (closed.spent, closed.rest) == (78_00, 12_00)
    assert closed.handed_on == (HandedOn("reserve", "strike reserve", 12_00),)
    assert shop.state.funds[JAR].cents == 0
    assert shop.state.reserves["strike reserve"].cents == 12_00
    assert (closed.nothing, closed.floor, closed.ballots) == (0, 3, 8)


def test_the_explanation_is_of_the_same_run_and_says_why_of_each(open_shop):
    shop, ids = open_it(open_shop)
    closed = close(shop, cast(ids, *MINORITY))
    assert {each.project: each.ballots for each in closed.approvals} == dict(zip(ids, (4, 4, 4, 8), strict=True))
    tags = [step.__struct_config__.tag for step in closed.steps]
    assert tags[0] == "shared"
    bought = {step.id for step in closed.steps if step.__struct_config__.tag in ("bought", "filled")}
    left = {step.id for step in closed.steps if step.__struct_config__.tag == "left"}
    assert bought | left == set(ids)
    assert left == {ids[0]}
    assert msgspec.json.decode(msgspec.json.encode(closed), type=FridayClosed) == closed


def test_who_approved_of_what_is_never_written_down(open_shop):
    """Neither a name nor an order of ballots: whoever voted, the record is the same."""
    shop, ids = open_it(open_shop)
    ballots = cast(ids, *MINORITY)
    one = shop.case
    forth = close(shop, ballots)
    (back,) = decide(CloseFriday(ballots[::-1], "six four one"), one)
    assert back == forth
    assert forth.cast == ()
    text = msgspec.json.encode(forth).decode()
    assert not any(f'"{name}"' in text for name in NAMES)


def test_with_outcome_only_nothing_but_what_was_bought_is_told(open_shop):
    shop, ids = open_it(open_shop, detail="outcome")
    closed = close(shop, cast(ids, *MINORITY))
    assert (closed.approvals, closed.steps, closed.nothing, closed.cast) == ((), (), None, ())
    shop, ids = open_it(open_shop, people=4, detail="ballots")
    assert close(shop, cast(ids, (0,), (0,), (1,))).detail == "outcome"


def test_totals_are_told_only_when_enough_took_part(open_shop):
    """Eight on the roll, four ballots: totals of four would unmask as totals of four always do."""
    shop, ids = open_it(open_shop)
    closed = close(shop, cast(ids, (0,), (0,), (1,), (1,)))
    assert (closed.detail, closed.steps, closed.approvals, closed.nothing) == ("outcome", (), (), None)


def test_among_ten_all_ballots_can_be_told_without_names(open_shop):
    shop, ids = open_it(open_shop, people=10, detail="ballots")
    ballots = cast(ids, *MINORITY, (1,), ())
    closed = close(shop, ballots)
    assert sorted(closed.cast) == list(closed.cast)
    assert sorted(map(sorted, closed.cast)) == sorted(map(sorted, ballots))


def test_nobody_is_counted_twice_and_half_of_the_roll_takes_part(open_shop):
    shop, ids = open_it(open_shop)
    assert shop.refused(CloseFriday(cast(ids, *[(0,)] * 9))) == "too many"
    assert shop.refused(CloseFriday(cast(ids, *[(0,)] * 3))) == "too few ballots"
    assert shop.refused(CloseFriday()) == "too few ballots"
    assert shop.refused(CloseFriday((frozenset({EntryId("k1/1")}),) * 4)) == "ballots"
    assert shop.state.friday is not None


def test_one_ballot_of_two_buys_nothing(open_shop):
    """Without this the one would give the jar away alone, and what is bought would be their ballot, published."""
    shop, ids = open_it(open_shop, people=2, detail="outcome")
    assert shop.refused(CloseFriday(cast(ids, (0,)))) == "too few ballots"
    assert [each.project for each in close(shop, cast(ids, (0,), (0,))).funded] == [ids[0]]


def test_a_tie_waits_for_a_number_made_in_the_room(open_shop):
    """Same price, same approvals: only a lot decides, and nobody may know it before the seed is there."""
    shop, ids = open_it(open_shop, people=5, cents=100_00, prices=(50_00, 50_00, 50_00), detail="outcome")
    ballots = cast(ids, (0, 1), (0, 1), (0, 2), (1, 2), (2,))
    assert shop.refused(CloseFriday(ballots)) == "lot"
    closed = close(shop, ballots, seed="five two")
    assert closed.by_lot
    assert closed.seed == "five two"
    assert len(closed.funded) == 2


def test_different_seeds_can_win(open_shop):
    won = set()
    for seed in range(12):
        shop, ids = open_it(open_shop, people=5, cents=100_00, prices=(50_00, 50_00, 50_00))
        closed = close(shop, cast(ids, (0, 1), (0, 1), (0, 2), (1, 2), (2,)), seed=str(seed))
        won.add(frozenset(each.project for each in closed.funded))
    assert len(won) > 1


def test_what_completion_buys_at_least_a_third_want(open_shop):
    """One approval takes nobody's whole jar: nothing here is wanted by two."""
    shop, ids = open_it(open_shop, people=5, cents=100_00, prices=(90_00, 95_00))
    closed = close(shop, cast(ids, (0,), (1,), (), (), ()))
    assert closed.funded == ()
    assert closed.nothing == 2
    assert closed.rest == 100_00


def test_how_many_got_nothing_is_counted_over_fridays_and_never_who(open_shop):
    shop, ids = open_it(open_shop, people=5, cents=100_00, prices=(90_00, 95_00))
    close(shop, cast(ids, (0,), (1,), (), (), ()))
    assert shop.state.funds[JAR].missed == 1
    shop.wait(7 * DAY)
    shop.done(GiveMoney(ADA, BEN, 100_00))
    meet(shop, 5)
    shop.done(OpenFriday("totals"))
    close(shop, cast(ids, (0,), (1,), (), (), ()))
    assert shop.state.funds[JAR].missed == 2
    shop.wait(7 * DAY)
    shop.done(GiveMoney(ADA, BEN, 100_00))
    meet(shop, 5)
    shop.done(OpenFriday("totals"))
    close(shop, cast(ids, (0,), (0,), (0,), (0,), (0,)))
    assert shop.state.funds[JAR].missed == 0


# --- the rest ---------------------------------------------------------------------------------------------


def test_the_rest_goes_back_to_members_equally_and_the_odd_cents_go_round(open_shop):
    shop, ids = open_it(open_shop, people=8, cents=78_03, rest_to="Back to members")
    closed = close(shop, cast(ids, *MINORITY))
    assert closed.returned == (Returned("Ben", 1), Returned("Cy", 1), Returned("Dan", 1))
    assert shop.state.money.returned == 3
    assert [each.handle for each in shared_out(("Ada", "Ben", "Cy"), 1, 5)] == ["Cy"]
    assert shared_out(("Ada", "Ben"), 5, 2) == (Returned("Ada", 3), Returned("Ben", 2))


def test_the_rest_is_set_aside_for_what_came_closest_and_then_that_is_cheaper(open_shop):
    shop, ids = open_it(open_shop, people=5, cents=70_00, prices=(50_00, 60_00), rest_to="next project in part")
    ballots = cast(ids, (0, 1), (0, 1), (0, 1), (0,), (1,))
    closed = close(shop, ballots)
    assert [each.project for each in closed.funded] == [ids[0]]
    assert closed.handed_on == (HandedOn("project", ids[1], 20_00),)
    assert shop.state.projects[ids[1]].price == 40_00
    assert in_hand(shop.state) == 20_00
    assert shop.state.funds[JAR].cents == 0

    shop.wait(7 * DAY)
    shop.done(GiveMoney(ADA, BEN, 45_00))
    meet(shop, 5)
    shop.done(OpenFriday())
    assert [each.cents for each in shop.state.friday.projects] == [40_00]
    closed = close(shop, cast((ids[1],), *[(0,)] * 5))
    assert closed.funded[0].cents == 40_00
    assert closed.funded[0].aside == 20_00
    assert shop.state.purchases[ids[1]].cents == 60_00
    assert shop.state.money.spent == 50_00 + 60_00


def test_where_nothing_comes_close_the_first_reserve_has_the_rest(open_shop):
    shop, ids = open_it(open_shop, people=5, rest_to="next project in part", prices=(95_00,), detail="outcome")
    closed = close(shop, cast(ids, (0,), (), (), (), ()))
    assert closed.handed_on == (HandedOn("reserve", "strike reserve", 90_00),)


def test_what_was_set_aside_goes_back_when_the_proposal_is_taken_back(open_shop):
    shop, ids = open_it(open_shop, people=5, cents=70_00, prices=(50_00, 60_00), rest_to="next project in part")
    close(shop, cast(ids, (0, 1), (0, 1), (0, 1), (0,), (1,)))
    assert shop.done(WithdrawProject(ids[1], ADA)).event.cents == 20_00
    assert shop.state.funds[JAR].fresh == Sources(handed_on=20_00)


# --- power cuts, coins, and people who leave --------------------------------------------------------------


@pytest.mark.parametrize("why", ["power cut", "given up"])
def test_a_void_friday_leaves_everything_as_it_was_and_is_taken_again(open_shop, why):
    shop, ids = week(open_shop)
    meet(shop)
    before = shop.state
    shop.done(OpenFriday("totals"))
    assert shop.done(VoidRound(why)).event == RoundVoided(EntryId("k1/" + str(len(shop.entries) - 1)), why)
    assert shop.state == before
    shop.done(OpenFriday("totals"))
    assert shop.state.friday.number == 1
    assert close(shop, cast(ids, *MINORITY)).spent == 78_00


def test_a_friday_left_open_is_void_when_the_next_circle_begins(open_shop):
    shop, _ = open_it(open_shop)
    shop.wait(DAY)
    shop.done(OpenCircle(opener=ADA, badges=ALL[:3], draw=1))
    assert isinstance(shop.entries[-3].event, RoundVoided)
    assert isinstance(shop.entries[-1].event, CircleOpened)
    assert shop.state.friday is None
    assert shop.state.funds[JAR].cents == 90_00


def test_a_coin_that_falls_while_a_friday_is_open_is_for_the_next_one(open_shop):
    shop, ids = open_it(open_shop)
    shop.done(TakeCoin(cents=50, pulses=5))
    shop.done(TakeCoin(cents=None, pulses=3))
    closed = close(shop, cast(ids, *MINORITY))
    assert closed.spent + closed.rest == 90_00
    assert shop.state.funds[JAR].sources == Sources(coins=50)
    assert shop.state.funds[JAR].unknown == 1


def test_what_is_proposed_while_a_friday_is_open_is_for_the_next_one(open_shop):
    shop, ids = open_it(open_shop)
    new = standing_project(shop, "late", 1_00, CY)
    close(shop, cast(ids, *MINORITY))
    assert new in shop.state.projects
    assert shop.state.projects[new].waited == 0


def test_the_roll_stays_as_it_was_fixed_when_somebody_leaves(open_shop):
    shop, ids = open_it(open_shop)
    shop.done(Leave("Ben", (BEN,)))
    closed = close(shop, cast(ids, *MINORITY))
    assert {each.project for each in closed.funded} == {ids[1], ids[2], ids[3]}


def test_whoever_carries_out_what_is_voted_on_leaves_after_the_vote(open_shop):
    """Without this money would be given to somebody who is gone, and nobody would answer for it."""
    shop, ids = open_it(open_shop)
    assert shop.refused(Leave("Ada", (ADA,))) == "carries"
    assert shop.refused(Leave("Ada", (BEN, CY))) == "carries"
    close(shop, cast(ids, *MINORITY))
    shop.done(Leave("Ada", (ADA,)))


def test_what_should_go_back_to_members_when_nobody_is_left_is_kept(open_shop):
    shop, ids = open_it(open_shop, people=3, rest_to="back to members", prices=(60_00,))
    # Straight into the record: the kiosk lets no carrier go while the vote is open.
    for name in ("Ada", "Ben", "Cy"):
        shop.write(MemberLeft(handle=name, minutes=0))
    closed = close(shop, cast(ids, (), (), ()))
    assert closed.handed_on == (HandedOn("reserve", "strike reserve", 90_00),)


# --- afterwards -------------------------------------------------------------------------------------------


def test_what_is_not_bought_waits_three_fridays(open_shop):
    shop, ids = week(open_shop, people=5, cents=10_00, prices=(95_00, 1_00))
    for friday in range(3):
        assert ids[0] in shop.state.projects
        if friday:
            shop.done(GiveMoney(ADA, BEN, 10_00))
            standing_project(shop, f"cheap {friday}", 1_00)
        meet(shop, 5)
        shop.done(OpenFriday())
        offered = tuple(each.project for each in shop.state.friday.projects)
        closed = close(shop, cast(offered, *[(1,)] * 5))
        shop.wait(7 * DAY)
    assert closed.expired == (ids[0],)
    assert not shop.state.projects


def test_whoever_got_money_shows_something_by_the_next_friday(open_shop):
    shop, ids = open_it(open_shop)
    closed = close(shop, cast(ids, *MINORITY))
    assert closed.due == "2026-11-06"
    assert overdue_receipts(shop.state, date(2026, 11, 6)) == ()
    late = overdue_receipts(shop.state, date(2026, 11, 7))
    assert {each.id for each in late} == {ids[1], ids[2], ids[3]}
    shop.done(ShowReceipt(ids[1], ADA, "€ 29.90 at the corner shop"))
    assert shop.refused(ShowReceipt(ids[1], ADA, "again")) == "no purchase"
    assert shop.refused(ShowReceipt(ids[2], BEN, "it is there")) == "witness"
    assert shop.refused(ShowReceipt(ids[2], BEN, "it is there", BEN)) == "second badge"
    assert shop.refused(ShowReceipt(ids[2], ADA, " ")) == "no words"
    shop.done(ShowReceipt(ids[2], BEN, "it is there", CY))
    assert set(shop.state.purchases) == {ids[3]}


def test_a_friday_that_passes_with_money_and_wishes_is_late_and_no_other(open_shop):
    """Monday 2 November: the first Friday is the 6th."""
    shop, ids = week(open_shop)
    assert late_fridays(shop.state, date(2026, 11, 6)) == ()
    (late,) = late_fridays(shop.state, date(2026, 11, 7))
    assert (late.fund, late.cents, late.since) == (JAR, 90_00, date(2026, 11, 6))
    shop.wait(5 * DAY)
    meet(shop)
    shop.done(OpenFriday("totals"))
    close(shop, cast(ids, *MINORITY))
    assert late_fridays(shop.state, date(2026, 12, 31)) == ()
    shop.done(TakeCoin(cents=50, pulses=5))
    assert late_fridays(shop.state, date(2026, 11, 13)) == ()
    assert late_fridays(shop.state, date(2026, 11, 14))[0].since == date(2026, 11, 13)


def test_a_jar_without_wishes_or_without_money_is_not_late(open_shop):
    shop, _ = week(open_shop, prices=())
    assert late_fridays(shop.state, date(2027, 1, 1)) == ()
    shop, _ = week(open_shop, cents=0)
    assert late_fridays(shop.state, date(2027, 1, 1)) == ()


def test_emptied_the_day_before_it_has_had_its_friday(open_shop):
    shop, ids = week(open_shop)
    shop.wait(3 * DAY)
    meet(shop)
    shop.done(OpenFriday("totals"))
    close(shop, cast(ids, *MINORITY))
    shop.done(TakeCoin(cents=50, pulses=5))
    assert late_fridays(shop.state, date(2026, 11, 12)) == ()


def test_what_stands_first_on_a_friday_is_for_the_next_one(open_shop):
    """Without this a wish seconded after Friday's circle would hang on the wall as late from Saturday on."""
    shop, _ = week(open_shop, prices=())
    shop.wait(4 * DAY)
    standing_project(shop, "a bell", 5_00)
    assert late_fridays(shop.state, date(2026, 11, 13)) == ()
    assert late_fridays(shop.state, date(2026, 11, 14))[0].since == date(2026, 11, 13)


def test_the_record_folds_to_the_same(open_shop):
    shop, ids = open_it(open_shop)
    close(shop, cast(ids, *MINORITY))
    assert fold(shop.entries) == shop.state


def test_the_record_has_room_for_all_that_a_counting_says():
    """Without this something that the counting learns to say would silently be left out of the record."""
    told = {each.__struct_config__.tag: each.__struct_fields__ for each in Step.__args__}
    assert told == {each.__struct_config__.tag: each.__struct_fields__ for each in steps.Step.__args__}
