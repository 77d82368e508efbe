import msgspec
import pytest

from kiosk.amounts import BadgeHash, EntryId
from kiosk.commands import Leave, NameWork, PostNotice, StartLeave, TakeDownNotice
from kiosk.events import NoticePosted, WorkNamed
from kiosk.rules.notices import EACH, hanging, matches

ADA, BEN, CY = BadgeHash("ada"), BadgeHash("ben"), BadgeHash("cy")
HOUR = 3600


def post(badge=ADA, side="need", work="repair", words="my bike", until="2026-11-10"):
    return PostNotice(badge=badge, side=side, work=work, words=words, until=until)


def texts(shop):
    return [notice.words for notice in hanging(shop.state, shop.now)]


def test_a_need_is_hung_up_for_all_to_see(shop):
    entry = shop.done(post(words="  my\nbike "))
    assert entry.event == NoticePosted("Ada", "need", "repair", "my bike", "2026-11-10")
    assert [notice.id for notice in hanging(shop.state, shop.now)] == [entry.id]


@pytest.mark.parametrize("until", ["2026-11-02", "2027-02-02"])
def test_a_notice_may_hang_from_a_day_to_a_quarter_of_a_year(shop, until):
    shop.done(post(until=until))


@pytest.mark.parametrize(
    ("until", "code"),
    [
        ("2026-11-01", "day past"),
        ("2027-02-03", "day too far"),
        ("9999-12-31", "day too far"),
        ("0001-01-01", "day past"),
        ("2026-11-31", "no day"),
        ("2026-13-01", "no day"),
        ("20261110", "no day"),
        ("2026-W46-2", "no day"),
        ("2026-11-10T00:00", "no day"),
        ("２０２６-11-10", "no day"),
        ("", "no day"),
        ("tomorrow", "no day"),
        ("\ud800", "no day"),
        ("2026-11-10\x00", "no day"),
    ],
)
def test_a_day_that_is_none_hangs_nothing(shop, until, code):
    assert shop.refused(post(until=until)) == code


@pytest.mark.parametrize(("hours", "code"), [(10, None), (12, "day past")])
def test_west_of_greenwich_today_is_still_today_in_the_evening(shop, hours, code):
    """Noon of the 2nd UTC; ten hours before the 3rd begins at noon everywhere."""
    shop.wait(12 * HOUR + hours * HOUR)
    if code:
        assert shop.refused(post(until="2026-11-02")) == code
    else:
        shop.done(post(until="2026-11-02"))
        assert texts(shop) == ["my bike"]


def test_a_notice_hangs_through_its_last_day_and_then_comes_down_by_itself(shop):
    shop.done(post(until="2026-11-03"))
    shop.wait(36 * HOUR)
    assert texts(shop) == ["my bike"]
    shop.wait(12 * HOUR - 1)
    assert texts(shop) == ["my bike"]
    shop.wait(1)
    assert texts(shop) == []


@pytest.mark.parametrize(
    ("words", "code"), [("", "no words"), ("\u200b", "no words"), ("x" * 81, "words too long")]
)
def test_a_notice_says_something_that_fits_on_the_board(shop, words, code):
    assert shop.refused(post(words=words)) == code


def test_a_notice_is_about_work_the_shop_knows_and_by_somebody_in_it(shop):
    assert shop.refused(post(work="bees")) == "unknown work"
    assert shop.refused(post(badge=BadgeHash("who"))) == "unknown badge"


def test_one_person_leaves_room_on_the_board_for_others(shop):
    for number in range(EACH):
        shop.done(post(words=f"n{number}", until="2026-11-03"))
    assert shop.refused(post()) == "board full"
    shop.done(post(badge=BEN))
    shop.done(TakeDownNotice(badge=ADA, notice=shop.entries[-2].id))
    shop.done(post())


def test_notices_that_came_down_by_themselves_take_nobodys_place(shop):
    for number in range(EACH):
        shop.done(post(words=f"n{number}", until="2026-11-03"))
    shop.wait(48 * HOUR)
    shop.done(post(words="new"))
    assert texts(shop) == ["new"]


def test_nobody_takes_down_what_another_put_up(shop):
    entry = shop.done(post())
    assert shop.refused(TakeDownNotice(badge=BEN, notice=entry.id)) == "other notice"
    assert shop.refused(TakeDownNotice(badge=BadgeHash("who"), notice=entry.id)) == "unknown badge"
    assert shop.refused(TakeDownNotice(badge=ADA, notice=EntryId("k1/99"))) == "notice gone"
    shop.done(TakeDownNotice(badge=ADA, notice=entry.id))
    assert shop.refused(TakeDownNotice(badge=ADA, notice=entry.id)) == "notice gone"


def test_needs_find_the_offers_that_fit_them(shop):
    bike = shop.done(post(ADA, "need", "repair")).id
    fixer = shop.done(post(BEN, "offer", "repair")).id
    shop.done(post(CY, "offer", "care"))
    shop.done(post(ADA, "offer", "repair"))
    other = shop.done(post(CY, "offer", "repair")).id
    assert [(need.id, offer.id) for need, offer in matches(shop.state, shop.now)] == [(bike, fixer), (bike, other)]
    shop.done(Leave(handle="Ben", badges=(BEN,)))
    assert [(need.id, offer.id) for need, offer in matches(shop.state, shop.now)] == [(bike, other)]
    shop.wait(20 * 24 * HOUR)
    assert matches(shop.state, shop.now) == ()


def test_the_board_keeps_its_order_also_after_a_restart(shop):
    for words in ("first", "second", "third"):
        shop.done(post(words=words))
        shop.wait(1)
    backwards = dict(reversed(shop.state.notices.items()))
    shop.state = msgspec.structs.replace(shop.state, notices=backwards)
    assert texts(shop) == ["first", "second", "third"]


# --- words for work ---------------------------------------------------------------------------------------


def test_the_shop_adds_its_own_words_for_work(shop):
    assert shop.done(NameWork(badge=ADA, work="  bee  keeping ")).event == WorkNamed("Ada", "bee keeping")
    assert shop.state.work()[-2:] == ("bee keeping", "other")


@pytest.mark.parametrize(
    ("work", "code"),
    [
        ("Repair", "known work"),
        ("OTHER", "known work"),
        ("ｃare", "known work"),
        ("x", "name too short"),
        ("12", "name too short"),
        ("x" * 25, "name too long"),
        ("[color]", "name signs"),
        ("\u202ebees", "name signs"),
    ],
)
def test_a_word_for_work_is_new_and_readable(shop, work, code):
    assert shop.refused(NameWork(badge=ADA, work=work)) == code


def test_the_same_word_is_not_added_twice(shop):
    shop.done(NameWork(badge=ADA, work="bees"))
    assert shop.refused(NameWork(badge=BEN, work="Bees")) == "known work"
    assert shop.refused(NameWork(badge=BadgeHash("who"), work="wasps")) == "unknown badge"


def test_who_is_away_may_still_offer_and_ask(shop):
    shop.done(StartLeave(badge=ADA))
    shop.done(post())
