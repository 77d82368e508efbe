import pytest

from kiosk.amounts import COMMONS, BadgeHash, EntryId
from kiosk.commands import (
    AddBadge,
    Counter,
    EndLeave,
    Leave,
    NameWork,
    NewBadge,
    PostNotice,
    ServeCommons,
    StartClock,
    StartLeave,
    Swap,
    TakeDownNotice,
    Undo,
)
from kiosk.events import CommonsServed, CommonsShared, HoursSwapped, Share
from kiosk.rules.hours import MOST_RECEIVERS, Room, room
from kiosk.state import fold, restore

ADA, BEN, CY = BadgeHash("ada"), BadgeHash("ben"), BadgeHash("cy")


def swap(giver=ADA, receivers=(BEN,), minutes=60, work="care", **more):
    return Swap(giver=giver, receivers=receivers, minutes=minutes, work=work, **more)


def serve(giver=ADA, witness=BEN, minutes=60, work="other", **more):
    return ServeCommons(giver=giver, witness=witness, minutes=minutes, work=work, **more)


def give(shop, giver, receiver, minutes):
    """Hours in single swaps, far enough apart that none is taken for a double read."""
    while minutes:
        part = min(minutes, 720)
        shop.wait(60)
        shop.done(swap(giver, (receiver,), part))
        minutes -= part


# --- booking ----------------------------------------------------------------------------------------------


def test_an_hour_given_is_an_hour_got(shop):
    entry = shop.done(swap(note="  mending\nthe  roof "))
    assert entry.event == HoursSwapped("Ada", (Share("Ben", 60),), "care", note="mending the roof")
    assert shop.balances() == {"Ada": 60, "Ben": -60}


def test_minding_four_children_of_three_people_loses_no_minute(shop):
    shop.joined("Dan", "Eve")
    receivers = (BEN, CY, BadgeHash("dan"), BadgeHash("eve"))
    entry = shop.done(swap(receivers=receivers, minutes=15, work="childcare"))
    assert entry.event.receivers == (Share("Ben", 4), Share("Cy", 4), Share("Dan", 4), Share("Eve", 3))
    assert shop.state.balance("Ada") == 15
    assert sum(shop.balances().values()) == 0


def test_with_as_many_receivers_as_there_may_be_everybody_gets_something(shop):
    names = [f"M{place}" for place in range(MOST_RECEIVERS + 1)]
    shop.joined(*names)
    badges = tuple(BadgeHash(name.lower()) for name in names)
    assert shop.refused(swap(receivers=badges)) == "receivers"
    entry = shop.done(swap(receivers=badges[1:], minutes=15))
    assert min(share.minutes for share in entry.event.receivers) == 1


@pytest.mark.parametrize(
    ("giver", "receivers", "code"),
    [
        (ADA, (), "receivers"),
        (ADA, (ADA,), "same person"),
        (ADA, (BEN, ADA), "same person"),
        (ADA, (BEN, BEN), "twice the same"),
        (ADA, ("who",), "unknown badge"),
        ("who", (ADA,), "unknown badge"),
    ],
)
def test_nobody_books_hours_alone(shop, giver, receivers, code):
    assert shop.refused(swap(giver, receivers)) == code


def test_two_badges_of_one_person_are_not_two_people(shop):
    second = NewBadge(hash=BadgeHash("ada 2"), medium="tag")
    shop.done(AddBadge(handle="Ada", badge=second, hands=(BEN, CY)))
    assert shop.refused(swap(ADA, (BadgeHash("ada 2"),))) == "same person"
    assert shop.refused(swap(BEN, (ADA, BadgeHash("ada 2")))) == "twice the same"
    assert shop.refused(serve(ADA, BadgeHash("ada 2"))) == "own witness"


@pytest.mark.parametrize("minutes", [-60, 0, 1, 14, 16, 20, 50, 725, 735, True, False])
def test_nobody_books_an_amount_that_makes_no_sense(shop, minutes):
    assert shop.refused(swap(minutes=minutes)) == "amount"
    assert shop.refused(serve(minutes=minutes)) == "amount"


@pytest.mark.parametrize("minutes", [10**5000, -(10**5000)], ids=["vast", "vastly below zero"])
def test_an_amount_too_long_to_be_said_is_refused_all_the_same(shop, minutes):
    """Python refuses to write out a number of 5,000 digits, so a refusal that quoted it would freeze the kiosk."""
    assert shop.refused(swap(minutes=minutes)) == "amount"
    assert shop.refused(serve(minutes=minutes)) == "amount"


@pytest.mark.parametrize("minutes", [15, 720])
def test_the_shortest_and_the_longest_help_count(shop, minutes):
    shop.done(swap(minutes=minutes))
    assert shop.balances() == {"Ada": minutes, "Ben": -minutes}


def test_only_kinds_of_work_that_the_shop_has_end_up_in_its_report(shop):
    assert shop.refused(swap(work="bees")) == "unknown work"
    assert shop.refused(serve(work="bees")) == "unknown work"
    shop.done(NameWork(badge=CY, work="bees"))
    shop.done(swap(work="bees"))


def test_a_note_too_long_costs_nobody_their_hours(shop):
    assert shop.refused(swap(note="x" * 121)) == "words too long"
    assert shop.refused(serve(note="x" * 121)) == "words too long"
    shop.done(swap(note="x" * 120))


def test_whoever_left_neither_gives_nor_gets(shop):
    shop.done(Leave(handle="Ben", badges=(BEN,)))
    assert shop.refused(swap()) == "unknown badge"
    assert shop.refused(swap(BEN, (ADA,))) == "unknown badge"
    assert shop.refused(serve()) == "unknown badge"


# --- limits -----------------------------------------------------------------------------------------------


def test_the_room_left_is_known_before_an_amount_is_chosen(shop):
    assert room(shop.state, "Ada") == Room(1200, 1200, past_soft=False)
    give(shop, ADA, BEN, 600)
    assert room(shop.state, "Ada") == Room(600, 1800, past_soft=False)
    give(shop, ADA, BEN, 15)
    assert room(shop.state, "Ada") == Room(585, 1815, past_soft=True)
    assert room(shop.state, "Ben") == Room(1815, 585, past_soft=True)


def test_past_the_soft_limit_people_are_warned_and_not_stopped(shop):
    give(shop, ADA, BEN, 1200)
    assert shop.balances() == {"Ada": 1200, "Ben": -1200}


def test_nobody_gives_until_they_are_owed_more_than_can_be_given_back(shop):
    give(shop, ADA, BEN, 1170)
    shop.wait(60)
    refusal = shop.ask(swap(ADA, (CY,), 45))
    assert refusal.code == "no room"
    assert refusal.facts == {"handle": "Ada", "room_minutes": 30}
    assert "{room_minutes}" in refusal.words
    shop.done(swap(ADA, (CY,), 30))
    assert shop.refused(swap(ADA, (CY,), 15)) == "no room"
    shop.done(swap(CY, (ADA,), 15))
    shop.wait(60)
    shop.done(swap(ADA, (CY,), 15))


def test_nobody_sinks_deeper_than_they_can_climb_out(shop):
    give(shop, ADA, BEN, 1170)
    refusal = shop.ask(swap(CY, (BEN,), 45))
    assert refusal.code == "no room"
    assert refusal.facts == {"handle": "Ben", "room_minutes": 30}
    shop.done(swap(CY, (BEN,), 30))
    assert shop.refused(swap(CY, (BEN,), 15)) == "no room"


def test_a_share_of_a_group_counts_to_the_minute(shop):
    give(shop, ADA, BEN, 1185)
    shop.done(swap(CY, (BEN, ADA), 15))
    shop.wait(60)
    refusal = shop.ask(swap(CY, (BEN, ADA), 15))
    assert refusal.code == "no room"
    assert refusal.facts == {"handle": "Ben", "room_minutes": 7}
    shop.done(swap(CY, (ADA, BEN), 15))
    assert shop.state.balance("Ben") == -1200


def test_one_receiver_without_room_is_named_among_several(shop):
    give(shop, ADA, BEN, 1200)
    refusal = shop.ask(swap(CY, (ADA, BEN), 30))
    assert refusal.code == "no room"
    assert refusal.facts["handle"] == "Ben"


def test_whoever_works_for_the_commons_is_held_to_the_limit_too(shop):
    give(shop, ADA, BEN, 1185)
    assert shop.refused(serve(ADA, CY, 30)) == "no room"
    shop.done(serve(ADA, CY, 15))
    assert shop.balances() == {"Ada": 1200, "Ben": -1185, COMMONS: -15}


def test_who_is_absent_sinks_no_further_and_learns_how_to_go_on(shop):
    shop.done(StartLeave(badge=BEN))
    assert shop.refused(swap()) == "away"
    assert room(shop.state, "Ben").gets_minutes == 0
    shop.done(EndLeave(badge=BEN))
    shop.done(swap())


def test_who_is_away_and_drops_in_to_help_gets_their_hours(shop):
    shop.done(StartLeave(badge=ADA))
    shop.done(swap())
    shop.done(serve())
    assert shop.state.balance("Ada") == 120


# --- double reads -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("seconds", [0, 1, 10])
def test_a_badge_read_twice_costs_nobody_twice(shop, seconds):
    shop.done(swap())
    shop.wait(seconds)
    assert shop.refused(swap()) == "already booked"
    assert shop.balances() == {"Ada": 60, "Ben": -60}


@pytest.mark.parametrize("seconds", [3, -3])
def test_a_power_cut_between_two_reads_books_nothing_twice(shop, seconds):
    shop.done(swap())
    shop.restart(seconds)
    assert shop.refused(swap()) == "already booked"


@pytest.mark.parametrize("seconds", [11, -3600])
def test_a_clock_set_back_an_hour_does_not_forbid_the_same_help_for_an_hour(shop, seconds):
    shop.done(swap())
    shop.restart(seconds)
    shop.done(swap())


def test_the_same_help_again_a_little_later_counts_again(shop):
    shop.done(swap())
    shop.wait(10.001)
    shop.done(swap())
    assert shop.state.balance("Ada") == 120


@pytest.mark.parametrize(
    "other",
    [
        swap(minutes=75),
        swap(work="driving"),
        swap(receivers=(CY,)),
        swap(receivers=(BEN, CY)),
        swap(BEN, (ADA,)),
        swap(CY, (BEN,)),
        serve(minutes=60, work="care"),
    ],
)
def test_the_guard_stands_in_the_way_of_no_other_help(shop, other):
    shop.done(swap())
    shop.done(other)


def test_a_group_that_taps_in_another_order_is_still_the_same_group(shop):
    shop.done(swap(receivers=(BEN, CY), minutes=15))
    assert shop.refused(swap(receivers=(CY, BEN), minutes=15)) == "already booked"


def test_work_for_the_commons_is_not_counted_twice_either(shop):
    shop.done(serve())
    assert shop.refused(serve()) == "already booked"
    assert shop.refused(serve(witness=CY)) == "already booked"


def test_what_was_undone_can_be_booked_again_at_once(shop):
    entry = shop.done(swap())
    shop.done(Undo(entry=entry.id, badge=BEN))
    shop.done(swap())
    assert shop.balances() == {"Ada": 60, "Ben": -60}


def test_a_clock_ended_twice_by_one_tap_says_booked_and_not_that_none_is_running(shop):
    shop.done(StartClock(badge=ADA, work="care"))
    shop.wait(3600)
    shop.done(swap(clocked=True))
    assert shop.refused(swap(clocked=True)) == "already booked"


# --- the commons, clocks and notices ----------------------------------------------------------------------


def test_cleaning_the_shop_is_seen_by_somebody_else(shop):
    entry = shop.done(serve(note="floor"))
    assert entry.event == CommonsServed("Ada", "Ben", 60, "other", note="floor")
    assert shop.balances() == {"Ada": 60, COMMONS: -60}
    assert shop.refused(serve(CY, CY)) == "own witness"
    assert shop.refused(serve(CY, "who")) == "unknown badge"
    assert shop.refused(serve("who", CY)) == "unknown badge"


def test_a_clock_that_never_ran_measures_nothing(shop):
    assert shop.refused(swap(clocked=True)) == "no clock"
    assert shop.refused(serve(clocked=True)) == "no clock"


@pytest.mark.parametrize("command", [swap(clocked=True), serve(clocked=True)])
def test_what_was_measured_says_so_and_ends_the_clock(shop, command):
    shop.done(StartClock(badge=ADA, work="care"))
    shop.wait(3600)
    entry = shop.done(command)
    assert entry.event.clocked
    assert not entry.event.from_memory
    assert shop.state.members["Ada"].clock is None


@pytest.mark.parametrize("command", [swap(clocked=True), serve(clocked=True)])
def test_a_clock_forgotten_overnight_is_not_taken_for_a_measure(shop, command):
    shop.done(StartClock(badge=ADA, work="care"))
    shop.wait(12 * 3600)
    assert shop.done(command).event.from_memory


def test_hours_said_by_hand_leave_a_running_clock_alone(shop):
    shop.done(StartClock(badge=ADA, work="care"))
    shop.wait(20 * 3600)
    entry = shop.done(swap())
    assert not entry.event.clocked
    assert not entry.event.from_memory
    assert shop.state.members["Ada"].clock is not None


def post(shop, badge, side="need"):
    return shop.done(PostNotice(badge=badge, side=side, work="care", words="x", until="2026-11-03")).id


@pytest.mark.parametrize("badge", [ADA, BEN])
def test_a_swap_can_start_from_a_notice_and_leaves_it_hanging(shop, badge):
    notice = post(shop, badge)
    assert shop.done(swap(notice=notice)).event.notice == notice
    assert notice in shop.state.notices


def test_nobody_uses_up_another_ones_notice(shop):
    notice = post(shop, CY)
    assert shop.refused(swap(notice=notice)) == "other notice"
    shop.done(swap(receivers=(BEN, CY), notice=notice))


def test_a_notice_that_is_gone_is_said_to_be_gone(shop):
    assert shop.refused(swap(notice=EntryId("k1/99"))) == "notice gone"
    notice = post(shop, ADA)
    shop.done(TakeDownNotice(badge=ADA, notice=notice))
    assert shop.refused(swap(notice=notice)) == "notice gone"
    notice = post(shop, ADA)
    shop.wait(3 * 24 * 3600)
    assert shop.refused(swap(notice=notice)) == "notice gone"


# --- what the commons has got -----------------------------------------------------------------------------


def served(shop, *minutes, giver=ADA, witness=BEN):
    for each in minutes:
        shop.wait(60)
        shop.done(serve(giver, witness, each))


def test_what_the_commons_got_is_borne_by_all_alike_before_the_next_work_for_it(shop):
    """Work for the commons would only ever raise balances, until nobody has room to give any more."""
    served(shop, 60)
    assert shop.balances() == {"Ada": 60, COMMONS: -60}
    shop.done(StartLeave(CY))
    served(shop, 30)
    shared, work = shop.entries[-2:]
    assert shared.event == CommonsShared(30, ("Ada", "Ben"))
    assert isinstance(work.event, CommonsServed)
    assert shop.balances() == {"Ada": 60, "Ben": -30, COMMONS: -30}
    served(shop, 15)
    assert isinstance(shop.entries[-2].event, CommonsShared)
    assert fold(shop.entries) == restore(shop.tables) == shop.state


def test_less_than_a_step_for_each_waits(shop):
    served(shop, 30, 15)
    assert [type(entry.event) for entry in shop.entries[-2:]] == [CommonsServed, CommonsServed]


def test_what_the_commons_has_over_goes_back_the_same_way(shop):
    """Somebody who was wrongly booked on would get nothing back when it is countered."""
    served(shop, 180)
    wrong = shop.entries[-1].id
    served(shop, 30)
    assert shop.balances() == {"Ada": 150, "Ben": -60, "Cy": -60, COMMONS: -30}
    shop.done(Counter(wrong, "it was nothing", (ADA, BEN)))
    served(shop, 15)
    assert shop.entries[-2].event == CommonsShared(-45, ("Ada", "Ben", "Cy"))
    assert sum(shop.balances().values()) == 0


def test_a_double_read_is_one_work_also_when_it_was_borne_meanwhile(shop):
    served(shop, 180)
    shop.wait(60)
    shop.done(serve(minutes=30))
    assert shop.refused(serve(minutes=30)) == "already booked"


def test_a_year_of_work_for_the_commons_leaves_everybody_room(shop):
    for _ in range(60):
        served(shop, 120)
        served(shop, 120, giver=BEN, witness=CY)
        served(shop, 120, giver=CY, witness=ADA)
    assert all(abs(minutes) <= 4 * 60 for minutes in shop.balances().values())
