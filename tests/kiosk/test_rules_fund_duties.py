"""Duties of daughter funds: without them one person quietly keeps the small jar, and the next one, and the next."""

import msgspec
import pytest

from kiosk.amounts import JAR, BadgeHash
from kiosk.commands import (
    BeginDuty,
    CloseApproval,
    CountJar,
    DrawDuty,
    EndDuty,
    EndFund,
    EndLeave,
    GiveMoney,
    HandOver,
    Leave,
    OpenApproval,
    OpenCircle,
    SplitFund,
    StartLeave,
)
from kiosk.events import DutyHandedOver, FundSplit, Part, read_entry, write_entry
from kiosk.rules.agenda import agenda
from kiosk.rules.duties import OF_A_FUND
from kiosk.rules.fund_circles import turn_takers
from kiosk.rules.funds import next_keepers, times_kept
from kiosk.rules.rotation import comes_next, never_had, overdue
from kiosk.state import fold, restore
from kiosk.words import local

NAMES = ("Ada", "Ben", "Cy", "Dan", "Eve", "Fay", "Gus", "Hal")
ALL = tuple(BadgeHash(name.lower()) for name in NAMES)
ADA, BEN, CY, DAN, EVE, FAY, GUS, HAL = ALL
HANDS = (BEN, DAN, FAY)
DAY = 24 * 3600
KEEPING, MINUTES, FACILITATING = (f"{duty} (garden)" for duty in OF_A_FUND)


@pytest.fixture
def shop(open_shop):
    """A shop whose jar was split: the garden is looked after by Ada, Cy and Eve, the press by Ben, Dan and Fay."""
    shop = open_shop().founded().joined(*NAMES[3:])
    shop.done(GiveMoney(ADA, BEN, 601_00))
    shop.done(OpenCircle(ADA, ALL, 7))
    shop.done(CountJar(601_00, (ADA, BEN)))
    shop.done(SplitFund((("garden", 300_00), ("press", 301_00))))
    return shop


def today(shop):
    return local(shop.now).date()


def following(shop, duty=KEEPING, absent=()):
    return comes_next(shop.state, duty, absent, today(shop))


def turn(shop, duty=KEEPING):
    """Whoever is next takes it, and whoever has it gives it; of those in the shop the first is the witness."""
    coming = following(shop, duty)
    leaving = shop.state.duties[duty].holder or next(name for name in NAMES if name != coming)
    return shop.done(HandOver(duty, BadgeHash(coming.lower()), BadgeHash(leaving.lower()))).event


def test_each_part_of_a_jar_has_duties_of_its_own_from_the_beginning(shop):
    assert list(shop.state.duties) == [
        "keeping the jar (garden)",
        "taking minutes (garden)",
        "facilitating (garden)",
        "keeping the jar (press)",
        "taking minutes (press)",
        "facilitating (press)",
    ]
    assert {(duty.how, duty.term) for duty in shop.state.duties.values()} == {("order", "week")}
    assert fold(shop.entries) == shop.state == restore(shop.tables)


def test_they_go_round_in_the_circle_of_their_fund_and_nobody_has_two(shop):
    seen = []
    for _ in range(4):
        seen.append([turn(shop, duty).coming for duty in (KEEPING, MINUTES, FACILITATING)])
        shop.wait(7 * DAY)
    assert seen == [["Ada", "Eve", "Cy"], ["Cy", "Ada", "Eve"], ["Eve", "Cy", "Ada"], ["Ada", "Eve", "Cy"]]


def test_nobody_of_another_circle_takes_one(shop):
    assert following(shop) == "Ada"
    assert shop.refused(HandOver(KEEPING, BEN, DAN)) == "not their turn"
    turn(shop)
    assert following(shop) == "Cy"
    assert never_had(shop.state, shop.state.duties[KEEPING]) == ("Cy", "Eve")


def test_what_somebody_has_in_one_jar_does_not_count_in_another(shop):
    """Without this whoever keeps the minutes of all would never come to keep the small jar."""
    for place, duty in enumerate(("taking minutes", "keeping the jar")):
        shop.done(BeginDuty(duty, "order", "week", HANDS))
        shop.done(HandOver(duty, ALL[0 if place == 0 else 7], BEN))
    assert shop.state.duties["taking minutes"].holder == "Ada"
    assert turn(shop).coming == "Ada"
    assert shop.state.duties["keeping the jar"].holder == "Hal"


def test_a_duty_of_a_fund_that_does_not_turn_is_an_alarm(shop):
    turn(shop)
    until = shop.state.duties[KEEPING].until
    shop.wait(9 * DAY)
    late = {each.duty: each for each in overdue(shop.state, today(shop))}
    assert late[KEEPING].leaving == "Ada"
    assert late[KEEPING].since == until
    assert late[KEEPING].coming == "Cy"
    assert late[MINUTES].leaving == ""
    assert late[MINUTES].days == 9


def test_the_circle_is_asked_to_hand_them_over(shop):
    asked = [item.id for item in agenda(shop.state, today(shop)) if item.kind == "duty"]
    assert asked == list(shop.state.duties)


def test_who_is_away_is_skipped_and_comes_first_later(shop):
    shop.done(StartLeave(CY))
    assert turn(shop).coming == "Ada"
    shop.wait(7 * DAY)
    handed = turn(shop)
    assert (handed.coming, handed.skipped) == ("Eve", ("Cy",))
    shop.done(EndLeave(CY))
    assert following(shop) == "Cy"


def test_with_its_circle_gone_a_funds_duties_are_everybodys(shop):
    """Without this nobody could take over from the last one of them."""
    turn(shop)
    for badge in (CY, EVE):
        shop.done(StartLeave(badge))
    assert turn_takers(shop.state, "garden") == NAMES
    shop.wait(8 * DAY)
    assert turn(shop).coming == "Ben"
    shop.done(EndLeave(EVE))
    assert turn_takers(shop.state, "garden") == ("Ada", "Cy", "Eve")
    shop.wait(8 * DAY)
    assert turn(shop).coming == "Eve"
    for name in ("Cy", "Eve"):
        shop.done(Leave(name, (BadgeHash(name.lower()),)))
    assert turn_takers(shop.state, "garden") == ("Ada", "Ben", "Dan", "Fay", "Gus", "Hal")
    assert fold(shop.entries) == shop.state == restore(shop.tables)


def test_keeping_a_small_jar_counts_when_circles_are_drawn(shop):
    """Without this whoever has kept one for weeks is drawn as often as somebody who has kept none."""
    before = times_kept(shop.state, "Ada")
    turn(shop)
    assert times_kept(shop.state, "Ada") == before + 1
    assert next_keepers(shop.state)[-1] == "Ada"
    turn(shop, MINUTES)
    assert times_kept(shop.state, "Eve") == before


def test_it_still_counts_when_the_fund_has_ended(shop):
    turn(shop)
    shop.done(CountJar(0, (ADA, BEN), fund="garden"))
    shop.done(EndFund("garden"))
    assert not [duty for duty in shop.state.duties.values() if duty.fund == "garden"]
    assert times_kept(shop.state, "Ada") == 2
    assert fold(shop.entries) == shop.state == restore(shop.tables)


def test_a_fund_may_have_more_duties_and_let_one_end(shop):
    shop.done(BeginDuty("watering the beds", "lot", "day", HANDS, "garden"))
    assert shop.refused(BeginDuty("Keeping the jar", "order", "week", HANDS, "garden")) == "known duty"
    assert shop.refused(BeginDuty("Treasurer", "order", "week", HANDS, "garden")) == "title"
    assert shop.refused(BeginDuty("weeding", "order", "week", HANDS, "gone")) == "no fund"
    drawn = shop.done(DrawDuty("watering the beds (garden)", 1, HAL)).event
    assert drawn.among == ("Ada", "Cy", "Eve")
    assert drawn.fund == "garden"
    shop.done(EndDuty(FACILITATING, HANDS))
    assert FACILITATING not in shop.state.duties
    assert "facilitating (press)" in shop.state.duties
    shop.done(BeginDuty("facilitating", "order", "week", HANDS))
    assert shop.state.duties["facilitating"].fund == JAR


def test_who_keeps_it_next_is_approved_of_by_its_own_circle(shop):
    shop.done(BeginDuty("weeding", "approval", "week", HANDS, "garden"))
    opened = shop.done(OpenApproval("weeding (garden)")).event
    assert opened.roll == opened.candidates == ("Ada", "Cy", "Eve")
    assert shop.refused(EndDuty("weeding (garden)", HANDS)) == "approval open"
    shop.done(CountJar(0, (ADA, BEN), fund="garden"))
    assert shop.refused(EndFund("garden")) == "approval open"
    shop.done(CloseApproval((frozenset({"Eve"}),) * 3))
    assert following(shop, "weeding (garden)") == "Eve"
    assert fold(shop.entries) == shop.state == restore(shop.tables)


def test_one_of_a_circle_alone_does_not_say_who_is_next(open_shop):
    """It would be a yes or no of one person on others, told to all."""
    shop = open_shop().founded().joined(*NAMES[3:])
    shop.done(OpenCircle(ADA, (ADA, BEN, DAN), 7))
    shop.write(FundSplit(1, (Part("garden", 1, ("Ada", "Cy", "Eve")),)))
    shop.done(BeginDuty("weeding", "approval", "week", HANDS, "garden"))
    assert shop.refused(OpenApproval("weeding (garden)")) == "only one"
    shop.wait(DAY)
    assert shop.refused(OpenApproval("weeding (garden)")) == "too few"


def test_a_daughters_daughter_has_duties_too(shop):
    shop.wait(60)
    shop.done(GiveMoney(ADA, BEN, 301_00, fund="garden"))
    shop.done(CountJar(601_00, (ADA, BEN), fund="garden"))
    shop.done(SplitFund((("herbs", 300_00), ("trees", 301_00)), fund="garden"))
    herbs = shop.state.funds["herbs"]
    assert turn(shop, "keeping the jar (herbs)").coming == herbs.circle[0]
    assert KEEPING in shop.state.duties


def test_records_of_before_are_read_as_they_were(shop):
    """What was written down when duties knew of no fund is the whole shop's."""
    entry = shop.done(BeginDuty("sweeping", "order", "week", HANDS))
    line = msgspec.json.decode(write_entry(entry))
    del line["event"]["fund"]
    assert read_entry(msgspec.json.encode(line)) == entry
    split = next(each for each in shop.entries if isinstance(each.event, FundSplit))
    line = msgspec.json.decode(write_entry(split))
    del line["event"]["duties"]
    assert read_entry(msgspec.json.encode(line)).event.duties == ()
    handed = shop.write(DutyHandedOver("sweeping", "Gus", "", "2026-11-08"))
    assert shop.state.duties["sweeping"].holder == "Gus"
    line = msgspec.json.decode(write_entry(handed))
    del line["event"]["fund"]
    assert read_entry(msgspec.json.encode(line)) == handed
