"""Who is in the circle, and what becomes of what it tries."""

from datetime import timedelta

import pytest

from kiosk.amounts import BadgeHash
from kiosk.commands import (
    CloseCircle,
    CloseRound,
    JoinCircle,
    Leave,
    NewBadge,
    OpenCircle,
    OpenRound,
    Return,
    ReviewExperiment,
    RevokeBadge,
    StartExperiment,
    Voice,
    VoidRound,
)
from kiosk.events import CircleOpened, Counts, ExperimentReviewed
from kiosk.rules.agenda import agenda, grievances
from kiosk.rules.votes import who_argues
from kiosk.state import fold, restore
from kiosk.words import local

ADA, BEN, CY, DAN, EVE = BADGES = tuple(BadgeHash(name) for name in ("ada", "ben", "cy", "dan", "eve"))
A_DAY = 24 * 3600


@pytest.fixture
def shop(open_shop):
    return open_shop().founded().joined("Dan", "Eve")


def begin(shop, *badges, opener=""):
    return shop.done(OpenCircle(opener=BadgeHash(opener), badges=badges or BADGES, draw=17)).event


def day(shop, days):
    return (local(shop.now).date() + timedelta(days=days)).isoformat()


def ask(shop):
    shop.done(OpenRound("Close at four?", "counts", "", day(shop, 30)))


def kinds(shop):
    return [item.kind for item in agenda(shop.state, local(shop.now).date())]


# --- who opens it -----------------------------------------------------------------------------------------


def test_whoever_opens_the_circle_is_in_it(shop):
    """Without this somebody would be named as having opened a circle that they have no say in."""
    opened = begin(shop, BEN, CY, opener=ADA)
    assert (opened.opener, opened.roll) == ("Ada", ("Ada", "Ben", "Cy"))
    assert sorted(opened.order) == ["Ada", "Ben", "Cy"]


def test_two_badges_are_enough_also_when_one_of_them_opens_it(shop):
    assert begin(shop, BEN, opener=ADA).roll == ("Ada", "Ben")


def test_a_badge_of_nobodys_opens_no_circle(shop):
    """Without this it would stand in the record as opened by the buttons."""
    assert shop.refused(OpenCircle(BadgeHash("nobody's"), BADGES, 0)) == "unknown badge"
    shop.done(RevokeBadge(handle="Ada", lost=ADA, hands=(BEN, CY, DAN)))
    assert shop.refused(OpenCircle(ADA, (BEN, CY), 0)) == "lost badge"


def test_the_buttons_open_it_in_nobodys_name(shop):
    assert begin(shop, BEN, CY).opener == ""


# --- who leaves in the middle -----------------------------------------------------------------------------


def test_whoever_leaves_the_shop_neither_speaks_argues_nor_is_waited_for(shop):
    """Without this the circle would wait for their turn, and a vote for their press."""
    begin(shop)
    shop.done(Voice())
    gone = shop.state.circle.speaker
    shop.done(Leave(handle=gone, badges=(BadgeHash(gone.lower()),)))
    circle = shop.state.circle
    assert gone not in {*circle.roll, *circle.order, *circle.spoken, circle.speaker}
    while shop.state.circle.speaker:
        shop.done(Voice())
    for _ in circle.roll:
        ask(shop)
        assert gone not in shop.state.circle.round.roll
        assert shop.state.circle.round.against != gone
        shop.done(VoidRound("given up"))
    assert restore(shop.tables) == shop.state == fold(shop.entries)


def test_the_roll_of_an_open_vote_stays_as_it_was_fixed(shop):
    """Whoever leaves before pressing counts as one who did not press: half of the roll is half of who was there."""
    begin(shop)
    ask(shop)
    shop.done(Leave(handle="Eve", badges=(EVE,)))
    assert len(shop.state.circle.round.roll) == 5
    assert who_argues(shop.state, shop.state.circle.roll) != "Eve"
    assert shop.done(CloseRound(Counts(2, 0, 0))).event.outcome == "too few"


def test_whoever_comes_back_in_time_taps_in_again_and_speaks(shop):
    begin(shop)
    while shop.state.circle.speaker:
        shop.done(Voice())
    shop.done(Leave(handle="Eve", badges=(EVE,)))
    shop.done(Return(handle="Eve", badge=NewBadge(BadgeHash("eve again"), "tag"), hands=(ADA, BEN, CY)))
    shop.done(JoinCircle(BadgeHash("eve again")))
    assert shop.state.circle.speaker == "Eve"


def test_nothing_is_put_to_the_buttons_for_one_person_alone(shop):
    """Without this the last one left in a circle would have a secret vote with themselves."""
    begin(shop, ADA, BEN)
    shop.done(Leave(handle="Ada", badges=(ADA,)))
    assert shop.refused(OpenRound("Close at four?", "outcome", "", day(shop, 30))) == "too few"
    shop.done(Leave(handle="Ben", badges=(BEN,)))
    assert shop.state.circle.speaker == ""
    assert shop.refused(OpenRound("Close at four?", "outcome", "", day(shop, 30))) == "too few"


# --- what is tried ----------------------------------------------------------------------------------------


def grieve(shop, words="The door", circles=3):
    """Voice an obstacle in so many circles, each on a day of its own; the last one stays open."""
    for _ in range(circles):
        shop.wait(A_DAY)
        if shop.state.circle:
            shop.done(CloseCircle())
        begin(shop)
        shop.done(Voice("", words))


def test_an_experiment_is_looked_at_when_its_day_has_come_and_not_before(shop):
    """Without this a grievance would be gone for ever with the promise to try something."""
    grieve(shop)
    shop.done(StartExperiment("The door", "a new hinge", day(shop, 2)))
    assert kinds(shop) == ["task", "question"]
    assert shop.refused(ReviewExperiment("The door", helped=True)) == "no experiment"
    shop.wait(2 * A_DAY)
    assert kinds(shop) == ["task", "question", "experiment"]
    assert shop.state.heard.obstacles["the door"].tried == "a new hinge"


def test_what_did_not_help_hangs_on_the_wall_again(shop):
    grieve(shop)
    shop.done(StartExperiment("The door", "a new hinge", day(shop, 2)))
    shop.wait(2 * A_DAY)
    reviewed = shop.done(ReviewExperiment("The door", helped=False)).event
    assert reviewed == ExperimentReviewed(shop.state.circle.number, "The door", helped=False)
    assert [each.words for each in grievances(shop.state)] == ["The door"]
    shop.done(StartExperiment("The door", "no door", day(shop, 2)))
    assert not grievances(shop.state)
    assert restore(shop.tables) == shop.state == fold(shop.entries)


def test_what_helped_is_forgotten_until_it_is_voiced_in_three_circles_more(shop):
    grieve(shop)
    shop.done(StartExperiment("The door", "a new hinge", day(shop, 2)))
    grieve(shop, "the  DOOR.", circles=2)
    shop.done(ReviewExperiment("the DOOR.", helped=True))
    assert not grievances(shop.state)
    assert kinds(shop) == ["task", "question"]
    grieve(shop, circles=2)
    assert not grievances(shop.state)
    grieve(shop, circles=1)
    assert [each.words for each in grievances(shop.state)] == ["The door"]
    assert restore(shop.tables) == shop.state == fold(shop.entries)


def test_an_experiment_is_looked_at_once(shop):
    grieve(shop)
    shop.done(StartExperiment("The door", "a new hinge", day(shop, 2)))
    shop.wait(3 * A_DAY)
    shop.done(ReviewExperiment("The door", helped=True))
    assert shop.refused(ReviewExperiment("The door", helped=True)) == "no experiment"
    shop.done(CloseCircle())
    assert shop.refused(ReviewExperiment("The door", helped=True)) == "no circle"


def test_a_circle_left_open_ends_when_the_next_one_begins(shop):
    begin(shop)
    ask(shop)
    shop.wait(A_DAY)
    assert isinstance(begin(shop), CircleOpened)
    assert shop.state.circle.round is None
