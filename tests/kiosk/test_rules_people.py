import pytest

from kiosk.amounts import COMMONS, BadgeHash
from kiosk.commands import (
    AddBadge,
    DropClock,
    EndLeave,
    Found,
    Join,
    Leave,
    NewBadge,
    PostNotice,
    Return,
    RevokeBadge,
    StartClock,
    StartLeave,
    Swap,
)
from kiosk.events import CharterWritten, MemberJoined, MemberLeft, MemberReturned, ShopFounded


def b(*names):
    return tuple(BadgeHash(name) for name in names)


def new(name, random=False):
    return NewBadge(hash=BadgeHash(name), medium="card", random=random)


def trio(*names):
    return Found(founders=tuple((name, new(badge)) for name, badge in names))


ABC = (("Ada", "ada"), ("Ben", "ben"), ("Cy", "cy"))


# --- founding ---------------------------------------------------------------------------------------------


def test_three_people_can_found_their_shop(empty):
    empty.done(trio((" Ada ", "ada"), ("Ben", "ben"), ("Cy", "cy")))
    assert [type(entry.event) for entry in empty.entries] == [ShopFounded, CharterWritten]
    assert [member.handle for member in empty.state.present()] == ["Ada", "Ben", "Cy"]


@pytest.mark.parametrize(
    ("founders", "code"),
    [
        ((), "founders"),
        (ABC[:2], "founders"),
        ((*ABC, ("Dan", "dan")), "founders"),
        ((("Ada", "ada"), ("Ben", "ada"), ("Cy", "cy")), "same badge"),
        ((("Ada", "ada"), ("ADA", "ben"), ("Cy", "cy")), "same name"),
        ((("Ada", "ada"), ("Commons", "ben"), ("Cy", "cy")), "name of all"),
        ((("Ada", "ada"), ("", "ben"), ("Cy", "cy")), "name too short"),
    ],
)
def test_no_two_found_a_shop_in_the_name_of_three(empty, founders, code):
    assert empty.refused(trio(*founders)) == code


def test_a_phone_that_changes_its_number_does_not_lock_its_founder_out_tomorrow(empty):
    founders = (("Ada", new("ada", random=True)), ("Ben", new("ben")), ("Cy", new("cy")))
    assert empty.refused(Found(founders=founders)) == "random badge"


def test_nobody_founds_the_shop_anew_over_those_who_are_in_it(shop):
    assert shop.refused(trio(("Mo", "mo"), ("Nia", "nia"), ("Oz", "oz"))) == "already founded"


def test_before_the_founding_everybody_is_told_how_to_begin(empty):
    assert empty.refused(Join(handle="Dan", badge=new("dan"), hands=b("ada", "ben"))) == "not founded"
    assert empty.refused(StartLeave(badge=BadgeHash("ada"))) == "not founded"


# --- coming in --------------------------------------------------------------------------------------------


def test_two_hands_let_somebody_into_a_small_shop_and_are_named(shop):
    entry = shop.done(Join(handle="Dan", badge=new("dan"), hands=b("ada", "ben")))
    assert entry.event == MemberJoined(handle="Dan", badge=BadgeHash("dan"), medium="card", hands=("Ada", "Ben"))


def test_two_are_not_enough_in_a_shop_of_six(shop):
    shop.joined("Dan", "Eve")
    assert shop.state.hands_needed() == 2
    shop.joined("Fay")
    assert shop.refused(Join(handle="Gus", badge=new("gus"), hands=b("ada", "ben"))) == "more hands"
    shop.done(Join(handle="Gus", badge=new("gus"), hands=b("ada", "ben", "fay")))


def test_more_hands_than_needed_are_welcome_and_all_are_named(shop):
    entry = shop.done(Join(handle="Dan", badge=new("dan"), hands=b("cy", "ada", "ben")))
    assert entry.event.hands == ("Cy", "Ada", "Ben")


def test_two_badges_of_one_person_are_one_hand(shop):
    shop.done(AddBadge(handle="Ada", badge=new("ada 2"), hands=b("ben", "cy")))
    assert shop.refused(Join(handle="Dan", badge=new("dan"), hands=b("ada", "ada 2"))) == "more hands"
    assert shop.refused(Join(handle="Dan", badge=new("dan"), hands=b("ada", "ada"))) == "more hands"
    assert shop.refused(Join(handle="Dan", badge=new("dan"), hands=())) == "more hands"


def test_a_stranger_is_no_hand(shop):
    assert shop.refused(Join(handle="Dan", badge=new("dan"), hands=b("ada", "who"))) == "unknown badge"


def test_the_new_badge_cannot_let_itself_in(shop):
    assert shop.refused(Join(handle="Dan", badge=new("dan"), hands=b("ada", "dan"))) == "own hand"


def test_somebody_on_leave_can_still_lend_a_hand(shop):
    shop.done(StartLeave(badge=BadgeHash("ben")))
    shop.done(Join(handle="Dan", badge=new("dan"), hands=b("ada", "ben")))


def test_somebody_who_left_lends_no_hand(shop):
    shop.joined("Dan")
    shop.done(Leave(handle="Ben", badges=b("ben")))
    assert shop.refused(Join(handle="Eve", badge=new("eve"), hands=b("ada", "ben"))) == "unknown badge"


@pytest.mark.parametrize("name", ["ada", "ADA", "Ａｄａ", " Ada "])
def test_nobody_comes_in_under_another_ones_name(shop, name):
    assert shop.refused(Join(handle=name, badge=new("dan"), hands=b("ben", "cy"))) == "name taken"


def test_a_name_keeps_belonging_to_the_one_who_left(shop):
    shop.done(Leave(handle="Ada", badges=b("ada")))
    join = Join(handle="ada", badge=new("dan"), hands=b("ben", "cy"))
    assert shop.refused(join) == "name of one who left"


@pytest.mark.parametrize("name", ["commons", "COMMONS", "Commons ", "ｃommons"])
def test_nobody_can_pass_for_the_commons_account(shop, name):
    assert shop.refused(Join(handle=name, badge=new("dan"), hands=b("ada", "ben"))) == "name of all"


def test_a_badge_belongs_to_one_person_only(shop):
    assert shop.refused(Join(handle="Dan", badge=new("ada"), hands=b("ben", "cy"))) == "badge taken"
    assert shop.refused(AddBadge(handle="Ben", badge=new("ada"), hands=b("ada", "cy"))) == "badge taken"


def test_a_phone_is_offered_a_card_instead(shop):
    join = Join(handle="Dan", badge=new("dan", random=True), hands=b("ada", "ben"))
    assert shop.refused(join) == "random badge"


# --- badges -----------------------------------------------------------------------------------------------


def test_others_give_somebody_one_more_badge(shop):
    shop.done(AddBadge(handle="Ada", badge=new("ada 2"), hands=b("ben", "cy")))
    owner = shop.state.owner(BadgeHash("ada 2"))
    assert owner is not None
    assert owner.handle == "Ada"


def test_nobody_gives_themselves_a_badge_with_one_friend(shop):
    assert shop.refused(AddBadge(handle="Ada", badge=new("ada 2"), hands=b("ada", "ben"))) == "own hand"
    assert shop.refused(AddBadge(handle="Ada", badge=new("ada 2"), hands=b("ada", "ben", "cy"))) == "own hand"


@pytest.mark.parametrize(
    ("handle", "code"), [("Nobody", "nobody"), ("commons", "nobody"), ("", "nobody"), ("Cy", "left")]
)
def test_no_badge_is_given_to_somebody_who_is_not_in_the_shop(shop, handle, code):
    shop.joined("Dan")
    shop.done(Leave(handle="Cy", badges=b("cy")))
    assert shop.refused(AddBadge(handle=handle, badge=new("x"), hands=b("ada", "ben"))) == code


def test_whoever_finds_a_lost_badge_can_do_nothing_with_it(shop):
    shop.joined("Dan")
    shop.done(RevokeBadge(handle="Ada", lost=BadgeHash("ada"), hands=b("ben", "cy")))
    lost = BadgeHash("ada")
    for command in (
        StartLeave(badge=lost),
        Leave(handle="Ada", badges=(lost,)),
        Join(handle="Eve", badge=new("eve"), hands=(lost, BadgeHash("ben"))),
        Swap(giver=lost, receivers=b("ben"), minutes=60, work="care"),
        Swap(giver=BadgeHash("ben"), receivers=(lost,), minutes=60, work="care"),
    ):
        assert shop.refused(command) == "lost badge"


def test_a_lost_badge_is_nobodys_for_ever_also_after_its_owner_left(shop):
    shop.joined("Dan")
    shop.done(RevokeBadge(handle="Ada", lost=BadgeHash("ada"), hands=b("ben", "cy")))
    assert shop.refused(AddBadge(handle="Ada", badge=new("ada"), hands=b("ben", "cy"))) == "badge revoked"
    shop.done(Leave(handle="Ada", badges=b("ben", "cy")))
    assert shop.refused(Join(handle="Eve", badge=new("ada"), hands=b("ben", "cy"))) == "badge revoked"


def test_nobody_loses_a_badge_by_one_hand_or_in_another_ones_name(shop):
    lost = BadgeHash("ada")
    assert shop.refused(RevokeBadge(handle="Ada", lost=lost, hands=b("ben"))) == "more hands"
    assert shop.refused(RevokeBadge(handle="Ada", lost=lost, hands=b("ada", "ben", "cy"))) == "own hand"
    assert shop.refused(RevokeBadge(handle="Ben", lost=lost, hands=b("ada", "cy"))) == "not their badge"
    assert shop.refused(RevokeBadge(handle="Ada", lost=BadgeHash("x"), hands=b("ben", "cy"))) == "not their badge"
    shop.done(RevokeBadge(handle="Ada", lost=lost, hands=b("ben", "cy")))
    assert shop.refused(RevokeBadge(handle="Ada", lost=lost, hands=b("ben", "cy"))) == "lost already"


# --- going and coming back --------------------------------------------------------------------------------


def test_everybody_can_leave_by_themselves_and_what_they_gave_stays_with_all(shop):
    shop.done(Swap(giver=BadgeHash("ada"), receivers=b("ben"), minutes=90, work="care"))
    entry = shop.done(Leave(handle="Ada", badges=b("ada")))
    assert entry.event == MemberLeft(handle="Ada", minutes=90)
    assert shop.balances() == {"Ada": 0, "Ben": -90, COMMONS: 90}


def test_a_debt_of_somebody_who_is_gone_is_carried_by_all(shop):
    shop.done(Swap(giver=BadgeHash("ada"), receivers=b("ben"), minutes=90, work="care"))
    entry = shop.done(Leave(handle="Ben", badges=b("ada", "cy")))
    assert entry.event == MemberLeft(handle="Ben", minutes=-90, hands=("Ada", "Cy"))
    assert shop.balances() == {"Ada": 90, "Ben": 0, COMMONS: -90}


def test_nobody_is_put_out_by_one_person_or_half_by_their_own_badge(shop):
    assert shop.refused(Leave(handle="Ada", badges=b("ben"))) == "more hands"
    assert shop.refused(Leave(handle="Ada", badges=())) == "more hands"
    assert shop.refused(Leave(handle="Ada", badges=b("ada", "ben"))) == "own hand"
    assert shop.refused(Leave(handle="Ada", badges=b("ada", "ben", "cy"))) == "own hand"


def test_whoever_left_is_not_put_out_again(shop):
    shop.done(Leave(handle="Ada", badges=b("ada")))
    assert shop.refused(Leave(handle="Ada", badges=b("ada"))) == "left"
    assert shop.refused(Leave(handle="Ada", badges=b("ben", "cy"))) == "left"


def test_whoever_leaves_leaves_no_badge_no_clock_and_no_notice_behind(shop):
    shop.done(StartClock(badge=BadgeHash("ada"), work="care"))
    shop.done(PostNotice(badge=BadgeHash("ada"), side="need", work="care", words="x", until="2026-11-30"))
    shop.done(Leave(handle="Ada", badges=b("ada")))
    assert shop.state.notices == {}
    assert shop.state.members["Ada"].clock is None
    assert shop.refused(DropClock(badge=BadgeHash("ada"))) == "unknown badge"
    shop.done(Join(handle="Dan", badge=new("ada"), hands=b("ben", "cy")))


def test_whoever_comes_back_finds_their_old_name_and_an_empty_account(shop):
    shop.done(Swap(giver=BadgeHash("ada"), receivers=b("ben"), minutes=90, work="care"))
    shop.done(Leave(handle="Ada", badges=b("ada")))
    entry = shop.done(Return(handle="Ada", badge=new("ada 2"), hands=b("ben", "cy")))
    assert entry.event == MemberReturned(handle="Ada", badge=BadgeHash("ada 2"), medium="card", hands=("Ben", "Cy"))
    assert shop.state.balance("Ada") == 0
    assert shop.state.members["Ada"].standing == "here"


@pytest.mark.parametrize(
    ("handle", "badge", "hands", "code"),
    [
        ("Ben", "x", ("ben", "cy"), "never left"),
        ("Nobody", "x", ("ben", "cy"), "nobody"),
        ("Ada", "x", ("ben",), "more hands"),
        ("Ada", "x", ("ben", "x"), "own hand"),
        ("Ada", "ben", ("ben", "cy"), "badge taken"),
    ],
)
def test_nobody_slips_in_under_the_name_of_one_who_left(shop, handle, badge, hands, code):
    shop.done(Leave(handle="Ada", badges=b("ada")))
    assert shop.refused(Return(handle=handle, badge=new(badge), hands=b(*hands))) == code


def test_being_away_begins_and_ends_once(shop):
    ada = BadgeHash("ada")
    assert shop.refused(EndLeave(badge=ada)) == "not away"
    shop.done(StartLeave(badge=ada))
    assert shop.state.members["Ada"].standing == "away"
    assert shop.refused(StartLeave(badge=ada)) == "away already"
    shop.done(EndLeave(badge=ada))
    assert shop.state.members["Ada"].standing == "here"
    assert shop.refused(EndLeave(badge=BadgeHash("who"))) == "unknown badge"


def test_the_last_one_does_not_leave(shop):
    """Without this nobody could ever come in again, as nobody could vouch for them."""
    for name in ("Ada", "Ben"):
        shop.done(Leave(name, (BadgeHash(name.lower()),)))
    assert shop.refused(Leave("Cy", (BadgeHash("cy"),))) == "last one"
