import pytest

from kiosk.amounts import COMMONS, BadgeHash, EntryId
from kiosk.commands import Counter, Leave, NewBadge, Return, ServeCommons, StartLeave, Swap, Undo
from kiosk.events import HoursCountered
from kiosk.rules.taking_back import parties, undoable

ADA, BEN, CY, DAN, EVE = (BadgeHash(name) for name in ("ada", "ben", "cy", "dan", "eve"))


@pytest.fixture
def shop(shop):
    return shop.joined("Dan", "Eve")


def swap(giver=ADA, receivers=(BEN,), minutes=60):
    return Swap(giver=giver, receivers=receivers, minutes=minutes, work="care")


def serve(giver=ADA, witness=BEN, minutes=60):
    return ServeCommons(giver=giver, witness=witness, minutes=minutes, work="other")


def counter(entry, *badges, reason="wrong day"):
    return Counter(entry=entry.id, reason=reason, badges=badges)


# --- undo -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("badge", [ADA, BEN, CY])
def test_any_one_of_them_takes_a_slip_back_with_one_tap(shop, badge):
    entry = shop.done(swap(receivers=(BEN, CY), minutes=15))
    shop.wait(300)
    back = shop.done(Undo(entry=entry.id, badge=badge)).event
    assert back.how == "undo"
    assert back.countered == entry.id
    assert back.moves == {"Ada": -15, "Ben": 8, "Cy": 7}
    assert shop.balances() == {"Ada": 0, "Ben": 0, "Cy": 0}


@pytest.mark.parametrize("badge", [ADA, BEN])
def test_work_for_the_commons_is_undone_by_giver_or_witness(shop, badge):
    entry = shop.done(serve())
    shop.done(Undo(entry=entry.id, badge=badge))
    assert shop.balances() == {"Ada": 0, COMMONS: 0}


def test_a_bystander_cannot_take_anybodys_hours(shop):
    entry = shop.done(swap())
    assert shop.refused(Undo(entry=entry.id, badge=CY)) == "not theirs"
    assert shop.refused(Undo(entry=entry.id, badge=BadgeHash("who"))) == "unknown badge"


def test_after_five_minutes_one_alone_cannot_take_hours_back_but_learns_how_to(shop):
    entry = shop.done(swap())
    assert undoable(entry, shop.state, shop.now)
    shop.wait(300.001)
    assert not undoable(entry, shop.state, shop.now)
    refusal = shop.ask(Undo(entry=entry.id, badge=ADA))
    assert refusal.code == "too late"
    assert refusal.facts == {"undo_minutes": 5, "names": "Ada, Ben", "needed": 2}
    assert refusal.words.format(**refusal.facts)


def test_a_wall_clock_set_right_in_between_costs_nobody_their_undo(shop):
    entry = shop.done(swap())
    shop.now = type(shop.now)(wall=shop.now.wall + 10**9, mono=shop.now.mono + 1000, boot=shop.now.boot)
    shop.done(Undo(entry=entry.id, badge=ADA))


def test_a_power_cut_does_not_cut_the_time_to_undo(shop):
    entry = shop.done(swap())
    shop.restart(299)
    shop.done(Undo(entry=entry.id, badge=ADA))


@pytest.mark.parametrize(("seconds", "trusted"), [(301, True), (-1, True), (60, False)])
def test_a_clock_set_back_does_not_let_one_person_undo_for_days(shop, seconds, trusted):
    entry = shop.done(swap())
    shop.restart(seconds, trusted=trusted)
    assert shop.refused(Undo(entry=entry.id, badge=ADA)) == "too late"
    shop.done(counter(entry, ADA, BEN))


def test_nothing_is_undone_twice(shop):
    entry = shop.done(swap())
    shop.done(Undo(entry=entry.id, badge=ADA))
    assert shop.refused(Undo(entry=entry.id, badge=BEN)) == "taken back"
    assert shop.refused(counter(entry, ADA, BEN)) == "taken back"


# --- later ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("make", [swap, serve])
def test_all_who_are_in_it_take_it_back_together_whenever_they_like(shop, make):
    entry = shop.done(make())
    shop.wait(40 * 24 * 3600)
    back = shop.done(counter(entry, BEN, ADA, reason=" it was\nTuesday ")).event
    assert (back.how, back.by, back.reason) == ("both", ("Ben", "Ada"), "it was Tuesday")
    assert set(shop.balances().values()) == {0}
    assert shop.refused(counter(entry, ADA, BEN)) == "taken back"


def test_all_means_every_receiver_too(shop):
    entry = shop.done(swap(receivers=(BEN, CY)))
    assert shop.refused(counter(entry, ADA, BEN)) == "own hand"
    assert shop.done(counter(entry, ADA, CY, BEN)).event.how == "both"


def test_many_hands_mend_what_two_cannot_agree_on(shop):
    entry = shop.done(swap())
    assert shop.refused(counter(entry, CY)) == "more hands"
    assert shop.refused(counter(entry, CY, CY)) == "more hands"
    back = shop.done(counter(entry, CY, DAN)).event
    assert (back.how, back.by) == ("hands", ("Cy", "Dan"))


def test_in_a_bigger_shop_it_takes_three(shop):
    shop.joined("Fay")
    entry = shop.done(swap())
    assert shop.refused(counter(entry, CY, DAN)) == "more hands"
    assert shop.done(counter(entry, CY, DAN, EVE)).event.how == "hands"


@pytest.mark.parametrize("badges", [(ADA,), (ADA, CY), (ADA, CY, DAN), (BEN, CY, DAN)])
def test_one_of_the_two_is_no_hand_in_their_own_cause(shop, badges):
    entry = shop.done(swap())
    assert shop.refused(counter(entry, *badges)) == "own hand"


def test_a_stranger_counts_for_nothing(shop):
    entry = shop.done(swap())
    assert shop.refused(counter(entry, ADA, BEN, BadgeHash("who"))) == "unknown badge"
    assert shop.refused(counter(entry)) == "more hands"


@pytest.mark.parametrize(
    ("reason", "code"), [("", "no words"), (" \u200b", "no words"), ("x" * 121, "words too long")]
)
def test_nobodys_hours_go_back_without_a_reason(shop, reason, code):
    entry = shop.done(swap())
    assert shop.refused(counter(entry, ADA, BEN, reason=reason)) == code


def test_only_hours_are_taken_back_and_a_taking_back_stands(shop):
    left = shop.done(StartLeave(badge=EVE))
    assert shop.refused(counter(left, ADA, BEN)) == "no hours"
    assert shop.refused(Undo(entry=left.id, badge=EVE)) == "no hours"
    entry = shop.done(swap())
    back = shop.done(counter(entry, ADA, BEN))
    assert shop.refused(counter(back, ADA, BEN)) == "a counter"
    assert shop.refused(Undo(entry=back.id, badge=ADA)) == "a counter"
    assert shop.refused(Undo(entry=EntryId("\ud800"), badge=ADA)) == "no entry"


def test_a_mistake_is_mendable_even_where_it_breaks_a_limit(shop):
    first = shop.done(swap(minutes=720))
    shop.done(swap(minutes=480))
    shop.done(swap(BEN, (ADA,), minutes=720))
    shop.done(swap(BEN, (ADA,), minutes=705))
    shop.done(swap(CY, (ADA,), minutes=720))
    assert shop.state.balance("Ada") == -945
    shop.wait(3600)
    shop.done(counter(first, ADA, BEN))
    assert shop.state.balance("Ada") == -1665
    assert sum(shop.balances().values()) == 0
    assert shop.refused(swap(CY, (ADA,), minutes=15)) == "no room"
    shop.done(swap(ADA, (CY,), minutes=15))


def test_who_is_away_is_no_reason_to_leave_a_mistake_standing(shop):
    entry = shop.done(swap(BEN, (ADA,)))
    shop.done(StartLeave(badge=BEN))
    shop.done(Undo(entry=entry.id, badge=ADA))
    assert shop.state.balance("Ben") == 0


# --- when somebody has left -------------------------------------------------------------------------------


def test_the_side_of_one_who_left_falls_to_the_commons_that_carries_it(shop):
    entry = shop.done(swap())
    shop.done(Leave(handle="Ada", badges=(ADA,)))
    assert shop.refused(counter(entry, BEN)) == "own hand"
    assert shop.refused(counter(entry, BEN, CY, DAN)) == "own hand"
    back = shop.done(counter(entry, CY, DAN)).event
    assert back.moves == {COMMONS: -60, "Ben": 60}
    assert shop.balances() == {"Ada": 0, "Ben": 0, COMMONS: 0}


def test_sides_of_several_who_left_add_up(shop):
    entry = shop.done(swap(receivers=(BEN, CY, DAN), minutes=75))
    shop.done(Leave(handle="Ben", badges=(BEN,)))
    shop.done(Leave(handle="Cy", badges=(CY,)))
    assert shop.done(Undo(entry=entry.id, badge=ADA)).event.moves == {"Ada": -75, COMMONS: 50, "Dan": 25}
    assert set(shop.balances().values()) == {0}


def test_when_the_giver_to_the_commons_left_nothing_moves_and_it_is_still_taken_back_once(shop):
    entry = shop.done(serve(CY, DAN))
    shop.done(Leave(handle="Cy", badges=(CY,)))
    assert entry.id in shop.state.board.latest
    back = shop.done(counter(entry, ADA, BEN)).event
    assert back.moves == {COMMONS: 0}
    assert entry.id not in shop.state.board.latest
    assert shop.refused(counter(entry, ADA, BEN)) == "taken back"


def test_when_only_a_witness_left_the_giver_alone_cannot_take_it_back(shop):
    entry = shop.done(serve(ADA, BEN))
    shop.done(Leave(handle="Ben", badges=(BEN,)))
    shop.wait(3600)
    assert shop.refused(counter(entry, ADA)) == "own hand"
    assert shop.done(counter(entry, CY, DAN)).event.moves == {"Ada": -60, COMMONS: 60}


def test_whoever_came_back_is_not_charged_for_hours_that_the_commons_kept(shop):
    entry = shop.done(swap())
    shop.done(Leave(handle="Ada", badges=(ADA,)))
    again = Return(handle="Ada", badge=NewBadge(hash=BadgeHash("ada 2"), medium="tag"), hands=(BEN, CY))
    shop.done(again)
    back = shop.done(counter(entry, BadgeHash("ada 2"), BEN)).event
    assert isinstance(back, HoursCountered)
    assert back.how == "both"
    assert back.moves == {COMMONS: -60, "Ben": 60}
    assert set(shop.balances().values()) == {0}


def test_what_somebody_gave_after_coming_back_is_theirs(shop):
    shop.done(Leave(handle="Ada", badges=(ADA,)))
    shop.done(Return(handle="Ada", badge=NewBadge(hash=ADA, medium="tag"), hands=(BEN, CY)))
    entry = shop.done(swap())
    assert shop.done(counter(entry, ADA, BEN)).event.moves == {"Ada": -60, "Ben": 60}


@pytest.mark.parametrize(("seconds", "account"), [(-3600, COMMONS), (3600, "Ada")])
def test_hours_booked_at_another_kiosk_go_back_to_where_they_are(shop, seconds, account):
    shop.done(Leave(handle="Ada", badges=(ADA,)))
    shop.done(Return(handle="Ada", badge=NewBadge(hash=ADA, medium="tag"), hands=(BEN, CY)))
    here = shop.now
    shop.now = type(here)(wall=here.wall + seconds * 1000, mono=1, boot="another kiosk")
    event = shop.ask(swap())[0]
    entry = shop.write(event, device="k2")
    shop.now = here
    assert shop.done(counter(entry, ADA, BEN)).event.moves == {account: -60, "Ben": 60}


def test_the_people_of_an_entry_are_those_who_tapped(shop):
    assert parties(shop.done(swap(receivers=(CY, BEN))).event) == ("Ada", "Cy", "Ben")
    assert parties(shop.done(serve()).event) == ("Ada", "Ben")
