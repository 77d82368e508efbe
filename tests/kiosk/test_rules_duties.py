"""Duties go round. Without this whoever once has the keys, the list or the jar keeps them."""

from datetime import timedelta

import pytest

from kiosk.amounts import BadgeHash
from kiosk.commands import (
    BeginDuty,
    CloseCircle,
    DrawDuty,
    EndDuty,
    EndLeave,
    HandOver,
    JoinCircle,
    Leave,
    NewBadge,
    OpenCircle,
    Refusal,
    Return,
    StartLeave,
)
from kiosk.events import (
    ApprovalClosed,
    ApprovalOpened,
    DutyBegan,
    DutyDrawn,
    DutyEnded,
    DutyHandedOver,
    MemberLeft,
    RoundOpened,
    RoundVoided,
)
from kiosk.rules.contents import decide
from kiosk.rules.rotation import comes_next, may_take, never_had, overdue
from kiosk.rules.votes import who_argues
from kiosk.state import fold, restore
from kiosk.words import local

MINUTES = "taking minutes"
HANDS = tuple(BadgeHash(name) for name in ("ada", "ben", "cy"))
DAY = 24 * 3600
MONDAY, SUNDAY, NEXT_SUNDAY = "2026-11-02", "2026-11-08", "2026-11-15"


def today(shop):
    return local(shop.now).date()


def badge(name):
    return BadgeHash(name.lower())


def begin(shop, duty=MINUTES, how="order", term="week"):
    return shop.done(BeginDuty(duty, how, term, HANDS))


def over(coming, leaving, duty=MINUTES, absent=()):
    return HandOver(duty, badge(coming), badge(leaving), absent)


def turned(shop, coming, leaving, duty=MINUTES, absent=()):
    return shop.done(over(coming, leaving, duty, absent)).event


def draw(number=0, by="ada", absent=(), duty=MINUTES):
    return DrawDuty(duty, number, BadgeHash(by), absent)


@pytest.fixture
def five(open_shop):
    """Ada, Ben, Cy, Dan and Eve; minutes go round in turn, week by week."""
    shop = open_shop().founded().joined("Dan", "Eve")
    begin(shop)
    return shop


# --- beginning and ending ---------------------------------------------------------------------------------


def test_a_duty_begins_by_many_hands_and_nobody_has_it_yet(shop):
    assert begin(shop, " taking  minutes ").event == DutyBegan(MINUTES, "order", "week", ("Ada", "Ben", "Cy"))
    duty = shop.state.duties[MINUTES]
    assert (duty.holder, duty.until, duty.held) == ("", "", {"Ada": 0, "Ben": 0, "Cy": 0})


@pytest.mark.parametrize("hands", [(), ("ada",), ("ada", "ada"), ("ada", "nobody"), ("ada", "ben", "lost")])
def test_nobody_begins_or_ends_a_duty_alone(shop, hands):
    hands = tuple(BadgeHash(name) for name in hands)
    assert shop.refused(BeginDuty(MINUTES, "order", "week", hands)) in ("more hands", "unknown badge")
    begin(shop)
    assert shop.refused(EndDuty(MINUTES, hands)) in ("more hands", "unknown badge")


def test_a_title_does_not_begin(shop):
    assert shop.refused(BeginDuty("treasurer", "order", "week", HANDS)) == "title"


def test_two_duties_have_two_names(five):
    assert five.refused(BeginDuty("Taking Minutes", "lot", "day", HANDS)) == "known duty"


def test_a_duty_ends_by_many_hands_and_is_off_the_list(five):
    turned(five, "Ada", "Ben")
    assert five.done(EndDuty(MINUTES, HANDS)).event == DutyEnded(MINUTES, ("Ada", "Ben", "Cy"))
    assert five.state.duties == {}
    assert five.refused(over("Ben", "Ada")) == "no duty"
    assert five.refused(EndDuty(MINUTES, HANDS)) == "no duty"
    begin(five)
    assert five.state.duties[MINUTES].turns == 0


# --- in turn ----------------------------------------------------------------------------------------------


def test_the_first_one_takes_it_with_a_witness(five):
    assert turned(five, "Ada", "Cy") == DutyHandedOver(MINUTES, "Ada", "", SUNDAY, (), witness="Cy")
    duty = five.state.duties[MINUTES]
    assert (duty.holder, duty.until, duty.had) == ("Ada", SUNDAY, {"Ada": 1})
    assert never_had(five.state, duty) == ("Ben", "Cy", "Dan", "Eve")


def test_nobody_takes_a_duty_with_one_badge(five):
    assert five.refused(over("Ada", "Ada")) == "same person"
    assert five.refused(over("Ada", "nobody")) == "unknown badge"
    assert five.refused(over("nobody", "Ada")) == "unknown badge"


def test_it_goes_from_one_to_the_next_with_both_badges(five):
    turned(five, "Ada", "Cy")
    five.wait(6 * DAY)
    assert turned(five, "Ben", "Ada") == DutyHandedOver(MINUTES, "Ben", "Ada", NEXT_SUNDAY)


def test_only_the_one_whose_turn_it_is_may_take_it(five):
    turned(five, "Ada", "Cy")
    refused = five.ask(over("Dan", "Ada"))
    assert isinstance(refused, Refusal)
    assert refused.code == "not their turn"
    assert refused.words.format(**refused.facts).startswith("Ben comes next, not Dan.")


def test_before_the_term_is_over_nobody_takes_it_from_the_one_who_has_it(five):
    turned(five, "Ada", "Cy")
    five.wait(6 * DAY)
    assert five.refused(over("Ben", "Cy")) == "theirs"
    five.wait(DAY)
    assert turned(five, "Ben", "Cy") == DutyHandedOver(MINUTES, "Ben", "Ada", NEXT_SUNDAY, (), witness="Cy")


@pytest.mark.parametrize("gone", ["away", "left"])
def test_when_the_one_who_has_it_is_gone_a_witness_will_do(five, gone):
    turned(five, "Ada", "Cy")
    five.done(StartLeave(badge("Ada")) if gone == "away" else Leave("Ada", (badge("Ada"),)))
    event = turned(five, "Ben", "Cy")
    assert (event.leaving, event.witness) == ("Ada" if gone == "away" else "", "Cy")


def test_whoever_has_it_does_not_take_it_again(five):
    turned(five, "Ada", "Cy")
    five.wait(7 * DAY)
    assert five.refused(over("Ada", "Cy")) == "has it"


@pytest.mark.parametrize(
    ("term", "waits", "untils"),
    [
        ("day", (0, 0), ("2026-11-02", "2026-11-03", "2026-11-03")),
        ("day", (5, 0), ("2026-11-02", "2026-11-07", "2026-11-08")),
        ("week", (0, 0), ("2026-11-08", "2026-11-15", "2026-11-15")),
        ("week", (6, 0), ("2026-11-08", "2026-11-15", "2026-11-15")),
        ("week", (7, 0), ("2026-11-08", "2026-11-15", "2026-11-22")),
        ("month", (28, 0), ("2026-11-30", "2026-12-31", "2026-12-31")),
        ("month", (29, 1), ("2026-11-30", "2026-12-31", "2027-01-31")),
        ("month", (120, 0), ("2026-11-30", "2027-03-31", "2027-04-30")),
    ],
)
def test_a_term_ends_by_the_calendar_and_handing_over_early_leads_to_the_next_one_only(shop, term, waits, untils):
    """Handing on again and again would else put the end off for ever, and with it the alarm. waits: days."""
    begin(shop, term=term)
    found = [turned(shop, "Ada", "Cy").until]
    for days, coming, leaving in zip(waits, ("Ben", "Cy"), ("Ada", "Ben"), strict=True):
        shop.wait(days * DAY)
        found.append(turned(shop, coming, leaving).until)
    assert tuple(found) == untils


def test_three_go_round_and_nobody_has_it_twice_before_all_have_had_it(shop):
    begin(shop, term="day")
    holders = []
    for _ in range(7):
        coming = comes_next(shop.state, MINUTES, (), today(shop))
        turned(shop, coming, next(each for each in ("Ada", "Ben", "Cy") if each != coming))
        holders.append(coming)
        shop.wait(2 * DAY)
    assert holders == ["Ada", "Ben", "Cy", "Ada", "Ben", "Cy", "Ada"]


def test_several_duties_on_one_day_do_not_block_each_other(five):
    """Ada moves from the first to the second while the first one's term is over and nobody has taken it yet."""
    begin(five, "facilitating")
    turned(five, "Ada", "Cy")
    turned(five, "Eve", "Cy", "facilitating")
    five.wait(7 * DAY)
    turned(five, "Ada", "Eve", "facilitating")
    turned(five, "Ben", "Ada")
    held = {duty.duty: duty.holder for duty in five.state.duties.values()}
    assert held == {MINUTES: "Ben", "facilitating": "Ada"}


def test_before_their_term_is_over_nobody_takes_a_second_one(five):
    begin(five, "facilitating")
    turned(five, "Ada", "Cy")
    turned(five, "Eve", "Cy", "facilitating")
    assert five.refused(over("Ada", "Eve", "facilitating")) == "has another"
    turned(five, "Ben", "Ada")
    turned(five, "Ada", "Eve", "facilitating")


def test_whoever_has_a_longer_one_is_passed_by_and_nobody_has_two(shop):
    begin(shop)
    begin(shop, "keeping the jar", term="month")
    turned(shop, "Ada", "Ben")
    turned(shop, "Cy", "Ben", "keeping the jar")
    holders = []
    for _ in range(4):
        shop.wait(7 * DAY)
        holders.append(comes_next(shop.state, MINUTES, (), today(shop)))
        assert turned(shop, holders[-1], shop.state.duties[MINUTES].holder).skipped == ()
    assert holders == ["Ben", "Ada", "Ben", "Cy"]


def test_with_fewer_people_than_duties_somebody_has_two(shop):
    for duty in (MINUTES, "facilitating", "keeping the jar", "tending the kiosk"):
        begin(shop, duty, term="month")
        coming = comes_next(shop.state, duty, (), today(shop))
        turned(shop, coming, "Ada" if coming != "Ada" else "Ben", duty)
    held = sorted(duty.holder for duty in shop.state.duties.values())
    assert held == ["Ada", "Ada", "Ben", "Cy"]


# --- those who are not there ------------------------------------------------------------------------------


def test_whoever_is_not_here_is_skipped_and_comes_first_next_time_once(five):
    turned(five, "Ada", "Eve")
    five.wait(7 * DAY)
    assert turned(five, "Cy", "Ada", absent=("Ben",)).skipped == ("Ben",)
    five.wait(7 * DAY)
    assert comes_next(five.state, MINUTES, (), today(five)) == "Ben"
    turned(five, "Ben", "Cy")
    assert five.state.duties[MINUTES].first == ()
    five.wait(7 * DAY)
    assert comes_next(five.state, MINUTES, (), today(five)) == "Dan"


def test_only_those_whose_turn_it_would_have_been_are_skipped(five):
    assert turned(five, "Ada", "Cy", absent=("Ben", "Eve", "nobody")).skipped == ()


def test_two_people_cannot_keep_a_duty_by_saying_that_nobody_else_is_here(five):
    others = ("Ben", "Cy", "Eve")
    turned(five, "Ada", "Dan", absent=others)
    five.wait(7 * DAY)
    assert turned(five, "Dan", "Ada", absent=others).skipped == ("Ben", "Cy")
    five.wait(7 * DAY)
    refused = five.ask(over("Ada", "Dan", absent=others))
    assert refused.code == "passed over"
    assert refused.words.format(**refused.facts) == (
        "Ben was passed over last time. Now it waits for Ben, or for the circle."
    )
    turned(five, "Ben", "Dan", absent=others)
    five.wait(7 * DAY)
    assert five.refused(over("Ada", "Ben", absent=("Cy",))) == "passed over"


@pytest.mark.parametrize("why", ["on leave", "not in the circle"])
def test_whoever_was_skipped_and_is_known_not_to_be_here_does_not_hold_it_up(five, why):
    turned(five, "Ada", "Dan")
    five.wait(7 * DAY)
    turned(five, "Cy", "Ada", absent=("Ben",))
    five.wait(7 * DAY)
    if why == "on leave":
        five.done(StartLeave(badge("Ben")))
    else:
        five.done(OpenCircle(badge("Ada"), (badge("Ada"), badge("Dan"), badge("Cy")), 0))
    assert turned(five, "Dan", "Cy", absent=("Ben",)).coming == "Dan"


def test_whoever_taps_is_here_whatever_the_screen_says(five):
    assert turned(five, "Ada", "Cy", absent=("Ada", "Cy")).skipped == ()


def test_somebody_on_leave_is_passed_by_and_noted_once(five):
    turned(five, "Ada", "Eve")
    five.done(StartLeave(badge("Ben")))
    five.wait(7 * DAY)
    assert turned(five, "Cy", "Ada").skipped == ("Ben",)
    five.wait(7 * DAY)
    assert turned(five, "Dan", "Cy").skipped == ()
    assert five.refused(over("Ben", "Dan")) == "away"
    five.done(EndLeave(badge("Ben")))
    assert comes_next(five.state, MINUTES, (), today(five)) == "Ben"


def test_back_from_a_long_leave_one_turn_waits_and_not_ten(shop):
    begin(shop, term="day")
    shop.done(StartLeave(badge("Cy")))
    for coming, leaving in [("Ada", "Ben"), *[("Ben", "Ada"), ("Ada", "Ben")] * 10]:
        turned(shop, coming, leaving)
        shop.wait(2 * DAY)
    shop.done(EndLeave(badge("Cy")))
    holders = []
    for _ in range(6):
        holders.append(comes_next(shop.state, MINUTES, (), today(shop)))
        turned(shop, holders[-1], shop.state.duties[MINUTES].holder)
        shop.wait(2 * DAY)
    assert holders == ["Cy", "Ben", "Cy", "Ada", "Ben", "Cy"]


def test_whoever_is_not_in_the_open_circle_is_not_here(five):
    turned(five, "Ada", "Cy")
    five.wait(6 * DAY)
    five.done(OpenCircle(badge("Ada"), (badge("Ada"), badge("Dan"), badge("Eve")), 0))
    assert comes_next(five.state, MINUTES, (), today(five)) == "Dan"
    assert five.refused(over("Dan", "Ada", absent=("Eve",))) == "here after all"
    assert turned(five, "Dan", "Ada").skipped == ("Ben", "Cy")


def test_whoever_comes_to_the_kiosk_during_the_circle_is_here(five):
    turned(five, "Ada", "Cy")
    five.done(OpenCircle(badge("Ada"), (badge("Ada"), badge("Dan")), 0))
    assert turned(five, "Ben", "Ada").skipped == ()


def test_a_circle_that_was_left_open_yesterday_keeps_nobody_out(five):
    turned(five, "Ada", "Cy")
    five.done(OpenCircle(badge("Ada"), (badge("Ada"), badge("Dan")), 0))
    five.wait(DAY)
    assert comes_next(five.state, MINUTES, (), today(five)) == "Ben"


def test_whoever_was_in_a_circle_left_open_yesterday_can_be_skipped_today(five):
    turned(five, "Ada", "Cy")
    five.done(OpenCircle(badge("Ada"), (badge("Ada"), badge("Ben")), 0))
    five.wait(7 * DAY)
    assert turned(five, "Cy", "Ada", absent=("Ben",)).skipped == ("Ben",)


def test_with_nobody_else_there_it_stays(five):
    turned(five, "Ada", "Eve")
    for name in ("Ben", "Cy", "Dan", "Eve"):
        five.done(StartLeave(badge(name)))
    assert comes_next(five.state, MINUTES, (), today(five)) == ""
    five.wait(7 * DAY)
    assert five.refused(over("Ada", "Eve")) == "nobody there"


# --- those who come and go --------------------------------------------------------------------------------


def test_somebody_new_begins_at_the_least_of_those_who_are_there(shop):
    begin(shop, term="day")
    for coming, leaving in (("Ada", "Cy"), ("Ben", "Ada"), ("Cy", "Ben"), ("Ada", "Cy")):
        turned(shop, coming, leaving)
        shop.wait(2 * DAY)
    shop.joined("Dan")
    assert shop.state.duties[MINUTES].held == {"Ada": 2, "Ben": 1, "Cy": 1, "Dan": 1}
    assert never_had(shop.state, shop.state.duties[MINUTES]) == ("Dan",)


def test_a_duty_can_still_be_shown_when_nobody_is_left(five):
    turned(five, "Ada", "Cy")
    begin(five, "facilitating")
    for name in ("Ada", "Ben", "Cy", "Dan", "Eve"):
        five.write(MemberLeft(handle=name, minutes=0))
    assert [late.coming for late in overdue(five.state, today(five) + timedelta(days=9))] == ["", ""]


def test_whoever_left_has_no_duty_and_is_not_next(five):
    turned(five, "Ada", "Cy")
    five.done(Leave("Ada", (badge("Ada"),)))
    duty = five.state.duties[MINUTES]
    assert (duty.holder, duty.until, "Ada" in duty.held) == ("", "", False)
    assert comes_next(five.state, MINUTES, (), today(five)) == "Ben"
    five.done(Leave("Ben", (badge("Ben"),)))
    assert comes_next(five.state, MINUTES, (), today(five)) == "Cy"


def test_whoever_comes_back_begins_at_the_least_and_has_had_it(shop):
    begin(shop, term="day")
    shop.joined("Dan")
    for coming, leaving in (("Ada", "Cy"), ("Ben", "Ada"), ("Cy", "Ben"), ("Dan", "Cy"), ("Ada", "Dan")):
        turned(shop, coming, leaving)
        shop.wait(2 * DAY)
    shop.done(Leave("Dan", (badge("Dan"),)))
    hands = tuple(badge(name) for name in ("Ada", "Ben", "Cy"))
    shop.done(Return("Dan", NewBadge(badge("dan's new"), "tag"), hands))
    assert shop.state.duties[MINUTES].held == {"Ada": 2, "Ben": 1, "Cy": 1, "Dan": 1}
    assert never_had(shop.state, shop.state.duties[MINUTES]) == ()


def test_somebody_new_argues_no_more_than_others_did(shop):
    """Without this whoever comes in argues the other side in every vote until they have caught up."""
    shop.done(OpenCircle(badge("Ada"), HANDS, 0))
    for number in range(7):
        against = who_argues(shop.state, shop.state.circle.roll)
        shop.write(RoundOpened(1, "q", shop.state.circle.roll, "outcome", against, "", "2027-01-01"))
        shop.write(RoundVoided(shop.entries[-1].id, "given up"))
        assert against == ("Ada", "Ben", "Cy")[number % 3]
    shop.joined("Dan")
    assert shop.state.argued == {"Ada": 3, "Ben": 2, "Cy": 2, "Dan": 2}
    shop.done(JoinCircle(badge("Dan")))
    assert who_argues(shop.state, shop.state.circle.roll) == "Ben"
    assert restore(shop.tables) == shop.state


# --- by lot -----------------------------------------------------------------------------------------------


@pytest.fixture
def lots(open_shop):
    """Five people; minutes go round by lot."""
    shop = open_shop().founded().joined("Dan", "Eve")
    begin(shop, how="lot", term="day")
    return shop


def test_a_lot_is_drawn_among_those_who_have_had_it_least(lots):
    everybody = ("Ada", "Ben", "Cy", "Dan", "Eve")
    assert lots.refused(over("Ada", "Ben")) == "not drawn"
    drawn = lots.done(draw(7, by="cy")).event
    assert drawn == DutyDrawn(MINUTES, "Cy", everybody, by="Cy")
    turned(lots, "Cy", "Ada")
    lots.wait(2 * DAY)
    assert may_take(lots.state, MINUTES, (), today(lots)) == ("Ada", "Ben", "Dan", "Eve")
    assert set(lots.done(draw(0)).event.among) == {"Ada", "Ben", "Dan", "Eve"}


def test_every_one_of_them_can_be_drawn(lots):
    found = {decide(draw(number), lots.case)[0].coming for number in range(5)}
    assert found == {"Ada", "Ben", "Cy", "Dan", "Eve"}


def test_a_lot_is_drawn_once(lots):
    """Whoever likes the lot better the second time would else draw until it falls as they want."""
    drawn = lots.done(draw(3)).event.coming
    assert lots.refused(draw(4)) == "drawn already"
    assert comes_next(lots.state, MINUTES, (), today(lots)) == drawn


def test_whoever_was_drawn_and_is_not_here_is_skipped_and_comes_next_time_without_a_lot(lots):
    missed = lots.done(draw(3)).event.coming
    again = lots.done(draw(0, absent=(missed,))).event
    assert again.skipped == (missed,)
    assert missed not in again.among
    turned(lots, again.coming, missed if missed != again.coming else "Ada")
    lots.wait(2 * DAY)
    assert may_take(lots.state, MINUTES, (), today(lots)) == (missed,)
    assert lots.refused(draw(0, by=again.coming.lower())) == "no lot"
    turned(lots, missed, again.coming)


def test_one_badge_does_not_draw_until_it_suits(lots):
    """Drawn again it falls on somebody else than whoever draws it, and no third time."""
    missed = lots.done(draw(3, by="ada")).event.coming
    found = {decide(draw(number, by="ada", absent=(missed,)), lots.case)[0].coming for number in range(12)}
    assert found == {"Ben", "Cy", "Eve"}
    again = lots.done(draw(0, by="ada", absent=(missed,))).event.coming
    assert lots.refused(draw(0, by="ada", absent=(missed, again))) == "passed over"
    assert lots.refused(over("Ada", "Cy", absent=(missed, again))) == "passed over"
    assert turned(lots, again, "Ada", absent=(missed,)).coming == again


def test_the_last_of_a_round_comes_without_a_lot(shop):
    begin(shop, how="lot", term="day")
    for _ in range(2):
        coming = shop.done(draw(1)).event.coming
        turned(shop, coming, next(each for each in ("Ada", "Ben", "Cy") if each != coming))
        shop.wait(2 * DAY)
    assert shop.refused(draw(0)) == "no lot"


def test_a_lot_needs_a_badge_and_a_duty_that_goes_by_lot(five, lots):
    assert lots.refused(draw(0, by="nobody")) == "unknown badge"
    assert five.refused(draw(0)) == "not by lot"
    assert five.refused(draw(0, duty="sweeping")) == "no duty"


def test_whoever_is_drawn_for_one_is_not_drawn_for_another(lots):
    begin(lots, "facilitating", how="lot", term="month")
    drawn = lots.done(draw(0)).event.coming
    assert drawn not in lots.done(draw(0, duty="facilitating")).event.among


def test_whoever_was_drawn_and_left_does_not_come_next(lots):
    drawn = lots.done(draw(3)).event.coming
    lots.done(Leave(drawn, (badge(drawn),)))
    assert lots.state.duties[MINUTES].coming == ""
    lots.done(draw(0, by="ben" if drawn == "Ada" else "ada"))


# --- by an approval round: what others open and close -------------------------------------------------------


@pytest.fixture
def asked(open_shop):
    """A circle of four of five, with the buttons asked who takes the minutes next."""
    shop = open_shop().founded().joined("Dan", "Eve")
    begin(shop, how="approval")
    shop.done(OpenCircle(badge("Ada"), tuple(badge(name) for name in ("Ada", "Ben", "Cy", "Dan")), 0))
    ask(shop)
    return shop


def ask(shop):
    roll = shop.state.circle.roll
    return shop.write(ApprovalOpened(1, MINUTES, may_take(shop.state, MINUTES, (), today(shop)), roll))


def close(shop, coming):
    return shop.write(ApprovalClosed(shop.state.circle.approval.id, MINUTES, 4, coming))


def test_candidates_are_those_in_the_circle_who_have_had_it_least(asked):
    assert asked.state.circle.approval.candidates == ("Ada", "Ben", "Cy", "Dan")
    assert asked.refused(EndDuty(MINUTES, HANDS)) == "approval open"


def test_whoever_was_approved_of_comes_next(asked):
    assert asked.refused(over("Cy", "Ada")) == "not chosen"
    close(asked, "Cy")
    assert asked.state.circle.approval is None
    assert asked.entries[-1].id in asked.state.latest.entries
    assert asked.refused(over("Dan", "Ada")) == "not their turn"
    turned(asked, "Cy", "Ada")
    assert asked.state.duties[MINUTES].coming == ""
    assert fold(asked.entries) == asked.state == restore(asked.tables)


def test_a_round_that_came_to_nothing_chooses_nobody(asked):
    close(asked, "")
    assert comes_next(asked.state, MINUTES, (), today(asked)) == ""
    asked.write(RoundVoided(ask(asked).id, "power cut"))
    assert asked.state.circle.approval is None
    assert asked.state.questions == {}


def test_whoever_left_while_it_was_counted_does_not_come_next(asked):
    asked.done(Leave("Cy", (badge("Cy"),)))
    close(asked, "Cy")
    assert asked.state.duties[MINUTES].coming == ""


def test_whoever_was_chosen_and_does_not_come_is_first_next_time(asked):
    close(asked, "Cy")
    asked.done(CloseCircle())
    asked.wait(DAY)
    asked.done(OpenCircle(badge("Ada"), tuple(badge(name) for name in ("Ada", "Ben", "Dan")), 0))
    ask(asked)
    assert asked.state.duties[MINUTES].first == ("Cy",)
    close(asked, "Dan")
    turned(asked, "Dan", "Ada")
    asked.done(CloseCircle())
    assert may_take(asked.state, MINUTES, (), today(asked)) == ("Cy",)


# --- no turnover ------------------------------------------------------------------------------------------


def test_a_duty_that_does_not_turn_is_told_with_the_days_and_who_never_had_it(five):
    turned(five, "Ada", "Cy")
    for days in (6, 1):  # on Sunday it is over; on Monday morning nobody would call it late
        five.wait(days * DAY)
        assert overdue(five.state, today(five)) == ()
    five.wait(DAY)
    assert [each.days for each in overdue(five.state, today(five))] == [2]
    five.wait(7 * DAY)
    (late,) = overdue(five.state, today(five))
    assert (late.duty, late.since, late.days) == (MINUTES, SUNDAY, 9)
    assert (late.leaving, late.coming, late.never) == ("Ada", "Ben", ("Ben", "Cy", "Dan", "Eve"))
    turned(five, "Ben", "Cy")
    assert overdue(five.state, today(five)) == ()


def test_a_duty_that_nobody_has_is_told_on_the_second_day(five):
    for _ in range(2):
        assert overdue(five.state, today(five)) == ()
        five.wait(DAY)
    (late,) = overdue(five.state, today(five))
    assert (late.since, late.days, late.leaving, late.coming) == (MONDAY, 2, "", "Ada")
    turned(five, "Ada", "Cy")
    five.wait(3 * DAY)
    five.done(Leave("Ada", (badge("Ada"),)))
    five.wait(3 * DAY)  # over a weekend
    assert [(late.days, late.leaving) for late in overdue(five.state, today(five))] == [(3, "")]


def test_the_longest_comes_first(five):
    begin(five, "facilitating", term="day")
    turned(five, "Ada", "Cy")
    turned(five, "Eve", "Cy", "facilitating")
    five.wait(10 * DAY)
    assert [late.duty for late in overdue(five.state, today(five))] == ["facilitating", MINUTES]


def test_the_days_are_those_of_the_calendar(five):
    turned(five, "Ada", "Cy")
    five.wait(14 * DAY)
    (late,) = overdue(five.state, today(five))
    assert today(five) - timedelta(days=late.days) == local(five.entries[-1].moment).date() + timedelta(days=6)
