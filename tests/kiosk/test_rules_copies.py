"""Whose hands put a copy of the record in place: several people, known to both, and none of them twice."""

import pytest

from kiosk.amounts import BadgeHash, Moment
from kiosk.commands import NewBadge, PutInPlace, Refusal
from kiosk.events import RecordRestored
from kiosk.rules.copies import Offered, put_in_place
from kiosk.state import Badge, Circle, Member, State

NOW = Moment(1_790_000_000_000, 1, "b")
PEOPLE = ("Ada", "Ben", "Cy", "Dee", "Eve", "Flo")


def badge(name: str, there: str = "") -> NewBadge:
    return NewBadge(BadgeHash(name.casefold()), "tag", there=BadgeHash(there))


def shop(*names: str) -> State:
    """Each has a badge of their own name, and Ada has two."""
    members = {name: Member(name, "here", NOW) for name in names}
    badges = {BadgeHash(name.casefold()): Badge(name, "tag", NOW) for name in names}
    if "Ada" in names:
        badges[BadgeHash("ada's card")] = Badge("Ada", "card", NOW)
    return State(founded=NOW, members=members, badges=badges)


def copy(*names: str, here: int = 9, shared: int = 7) -> Offered:
    state = shop(*names)
    owners = {hash_: each.handle for hash_, each in state.badges.items()}
    return Offered(7, NOW, "ab", owners, state.hands_needed(), here=here, shared=shared)


def said(here: State, offered: Offered, *hands: NewBadge, root: str = "ab") -> RecordRestored | str:
    what = put_in_place(PutInPlace(root, hands), offered, here, "set-aside/x")
    return what.code if isinstance(what, Refusal) else what


def test_three_people_of_both_records_do_it_and_the_entry_says_what_is_gone():
    event = said(shop(*PEOPLE), copy(*PEOPLE), badge("Ada"), badge("Ben"), badge("Cy"))
    assert isinstance(event, RecordRestored)
    assert (event.hands, event.entries, event.replaced, event.lost) == (("Ada", "Ben", "Cy"), 7, 9, 2)


@pytest.mark.parametrize(
    "hands",
    [
        ("Ada", "Ben"),
        ("Ada", "Ben", "Ben"),
        ("Ada", "Ben", "Ada's card"),
        (),
    ],
)
def test_the_same_person_counts_once_whatever_they_tap_with(hands):
    assert said(shop(*PEOPLE), copy(*PEOPLE), *map(badge, hands)) == "more hands"


def test_the_larger_shop_says_how_many_hands_it_takes():
    few = PEOPLE[:3]
    assert said(shop(*few), copy(*PEOPLE), badge("Ada"), badge("Ben")) == "more hands"
    assert said(shop(*PEOPLE), copy(*few), badge("Ada"), badge("Ben")) == "more hands"
    assert isinstance(said(shop(*few), copy(*few), badge("Ada"), badge("Ben")), RecordRestored)


def test_a_badge_that_only_one_of_the_two_knows_is_no_hand():
    assert said(shop(*PEOPLE), copy(*PEOPLE[:3]), badge("Ada"), badge("Ben"), badge("Flo")) == "not in the copy"
    assert said(shop(*PEOPLE[:3]), copy(*PEOPLE), badge("Ada"), badge("Ben"), badge("Flo")) == "not here"


def test_on_a_fresh_card_the_copy_says_whose_badge_it_is_under_its_own_key():
    offered = copy(*PEOPLE, here=0, shared=0)
    hands = [NewBadge(BadgeHash(f"new {name}"), "tag", there=BadgeHash(name)) for name in ("ada", "ben", "cy")]
    event = said(State(), offered, *hands)
    assert isinstance(event, RecordRestored)
    assert (event.hands, event.replaced, event.replaced_kiosk) == (("Ada", "Ben", "Cy"), 0, "")


def test_nothing_is_exchanged_in_the_middle_of_a_circle_or_for_a_copy_that_nobody_has_looked_at():
    hands = [badge(name) for name in PEOPLE[:3]]
    assert said(shop(*PEOPLE), copy(*PEOPLE), *hands, root="cd") == "another copy"
    here = shop(*PEOPLE)
    circle = Circle(number=1, opened=NOW, opener="", roll=PEOPLE, order=PEOPLE, seconds=300)
    open_circle = State(founded=NOW, members=here.members, badges=here.badges, circle=circle)
    assert said(open_circle, copy(*PEOPLE), *hands) == "circle open"
