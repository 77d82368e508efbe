"""The charter: a number changes by a carried vote and many hands, and by nothing else; then it holds at once."""

import re
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import asdict, replace

from kiosk.amounts import BadgeHash
from kiosk.commands import (
    ChangeCharter,
    CloseCircle,
    CloseRound,
    DropQuestion,
    Leave,
    OpenCircle,
    OpenRound,
    Refusal,
    ReviewDecision,
    Swap,
    VoidRound,
)
from kiosk.events import CharterChange, CharterChanged, CharterWritten, Counts, RoundClosed, ShopFounded
from kiosk.rules.charter import NUMBERS, numbers_of, question, sensible, unfit, value_of, value_words, waiting
from kiosk.state import Charter, fold, restore
from kiosk.views.lines import sentence

ADA, BEN, CY, DAN, EVA = BADGES = tuple(BadgeHash(name) for name in ("ada", "ben", "cy", "dan", "eva"))
YES, ALL = Counts(4, 1, 0), Counts(5, 0, 0)
REVIEW = "2027-02-01"


@pytest.fixture
def five(shop):
    return shop.joined("Dan", "Eva")


def gather(shop):
    shop.done(OpenCircle(ADA, BADGES, 0))


def change(shop, number, after):
    return CharterChange(number, value_of(shop.state.charter, number), after)


def ask(shop, number, after, **more):
    about = change(shop, number, after)
    return OpenRound(question(about), "counts", "", REVIEW, change=about, **more)


def carried(shop, number, after, counts=YES):
    """Put it to the buttons and carry it; the round."""
    opened = shop.done(ask(shop, number, after)).id
    shop.done(CloseRound(counts))
    return opened


def test_the_numbers_a_shop_begins_with_are_in_the_record(shop):
    assert isinstance(shop.entries[0].event, ShopFounded)
    assert shop.entries[1].event == CharterWritten(asdict(Charter()))
    assert sentence(shop.entries[1]).startswith("The shop began with these numbers: badges for what needs many")


def test_a_record_of_before_folds_as_it_did(shop):
    older = [entry for entry in shop.entries if not isinstance(entry.event, CharterWritten)]
    assert fold(older).charter == shop.state.charter


def test_a_later_charter_keeps_the_numbers_it_began_with(open_shop):
    """Without this a shop would live by other numbers from the day its kiosk is brought up to date."""
    shop = open_shop()
    shop.write(ShopFounded(()))
    shop.write(CharterWritten({"soft_limit": 300, "a number of later": 7}))
    assert shop.state.charter == Charter(soft_limit=300)
    assert restore(shop.tables) == shop.state


def test_every_number_of_the_charter_has_a_name_and_bounds():
    assert set(NUMBERS) == set(Charter.__struct_fields__)
    for name, value in asdict(Charter()).items():
        known = NUMBERS[name]
        assert value in known.values, name
        assert known.values == tuple(sorted(set(known.values)))
        assert len(question(CharterChange(name, known.values[0], known.values[-1]))) <= 90, name
        assert not re.search(r"_", known.words)


def test_every_number_is_read_somewhere():
    """A number that nothing reads is a promise that a vote can't keep."""
    kiosk = Path(__file__).parents[2] / "kiosk"
    code = (
        "\n".join(path.read_text() for path in kiosk.rglob("*.py") if path.name not in ("charter.py", "present.py"))
        + (kiosk / "state" / "present.py").read_text().partition("class RunningClock")[2]
    )
    later = {"throne", "throne_least", "monthly_days", "quarterly_days", "unswapped"}
    unread = {name for name in NUMBERS if not re.search(rf"(charter|Charter)\w*\.{name}\b", code)}
    assert unread <= later


def test_a_number_changes_by_a_vote_and_many_hands_and_holds_at_once(five):
    gather(five)
    decision = carried(five, "hard_limit", 15 * 60)
    assert five.state.charter.hard_limit == 20 * 60
    assert waiting(five.state) == (decision,)
    assert five.refused(ChangeCharter(decision, (ADA,))) == "more hands"
    assert five.refused(ChangeCharter(decision, (ADA, ADA))) == "more hands"
    done = five.done(ChangeCharter(decision, (ADA, BEN)))
    assert done.event == CharterChanged(CharterChange("hard_limit", 1200, 900), decision, ("Ada", "Ben"))
    assert five.state.charter.hard_limit == 900
    assert waiting(five.state) == ()
    assert five.state.amended["hard_limit"].decision == decision
    assert five.state.amended["hard_limit"].entries == (done.id,)
    assert five.refused(ChangeCharter(decision, (ADA, BEN))) == "holds already"
    assert sentence(done) == (
        "In the charter, hours at which the kiosk stops: 15 h, before 20 h; as k1/5 decided, "
        "by the hands of Ada and Ben."
    ).replace("k1/5", decision)
    five.done(Swap(ADA, (BEN,), 12 * 60, "repair"))
    five.wait(60)
    assert five.refused(Swap(ADA, (BEN,), 4 * 60, "repair")) == "no room"
    assert restore(five.tables) == five.state == fold(five.entries)


def test_what_all_said_yes_to_waits_and_the_change_rides_along(five):
    gather(five)
    first = five.done(ask(five, "hands", 4)).id
    five.done(CloseRound(ALL))
    assert five.state.questions[first].change == CharterChange("hands", 3, 4)
    assert waiting(five.state) == ()
    assert five.refused(ChangeCharter(first, (ADA, BEN, CY))) == "no decision"
    five.done(CloseCircle())
    gather(five)
    again = five.done(OpenRound("", "outcome", "", REVIEW, again=first)).event
    assert again.change == CharterChange("hands", 3, 4)
    second = five.entries[-1].id
    five.done(VoidRound())
    third = five.done(OpenRound("", "outcome", "", REVIEW, again=second)).id
    five.done(CloseRound(Counts(2, 2, 1)))
    assert five.entries[-1].event.outcome == "tied"
    fourth = five.done(OpenRound("", "outcome", "", REVIEW, again=third)).id
    five.done(CloseRound(ALL))
    five.done(ChangeCharter(fourth, (ADA, BEN)))
    assert five.state.charter.hands == 4


def test_what_is_not_carried_changes_nothing(five):
    gather(five)
    opened = carried(five, "hands", 4, Counts(1, 4, 0))
    assert isinstance(five.entries[-1].event, RoundClosed)
    assert five.refused(ChangeCharter(opened, (ADA, BEN, CY))) == "no decision"


def test_a_decision_about_something_else_changes_no_number(five):
    gather(five)
    opened = five.done(OpenRound("Longer breaks?", "counts", "", REVIEW)).id
    five.done(CloseRound(YES))
    assert five.refused(ChangeCharter(opened, (ADA, BEN))) == "holds already"


def test_a_number_that_was_changed_meanwhile_takes_another_vote(five):
    gather(five)
    first, second = carried(five, "guard", 20), carried(five, "guard", 30)
    tied = five.done(ask(five, "guard", 40)).id
    five.done(CloseRound(Counts(2, 2, 0)))
    five.done(ChangeCharter(second, (ADA, BEN)))
    assert five.refused(ChangeCharter(first, (ADA, BEN))) == "changed meanwhile"
    assert waiting(five.state) == ()
    assert five.refused(OpenRound("", "outcome", "", REVIEW, again=tied)) == "changed meanwhile"
    five.done(DropQuestion(tied))
    assert five.state.charter.guard == 30


def test_what_has_become_senseless_since_the_vote_does_not_hold(five):
    """Hands for four of five people are no hands at all once two have left."""
    gather(five)
    decision = carried(five, "hands_small", 3)
    for name, badge in (("Eva", EVA), ("Dan", DAN)):
        five.done(Leave(name, (badge,)))
    assert five.refused(ChangeCharter(decision, (ADA, BEN))) == "hands"


def test_a_decision_that_ended_changes_nothing_any_more(five):
    gather(five)
    decision = carried(five, "guard", 20)
    five.done(ReviewDecision(decision, came_true=True, stands=False, review=""))
    assert five.refused(ChangeCharter(decision, (ADA, BEN))) == "no decision"


def test_no_number_changes_while_a_vote_is_open(five):
    """Whoever holds the hands could otherwise move the bar while people press."""
    gather(five)
    decision = carried(five, "quorum", 60)
    five.done(OpenRound("Longer breaks?", "counts", "", REVIEW))
    assert five.refused(ChangeCharter(decision, (ADA, BEN))) == "vote open"


@pytest.mark.parametrize(
    ("number", "after", "code"),
    [
        ("hands", 1, "no value"),
        ("hands", 3, "no change"),
        ("hands", True, "no value"),
        ("hands", 6, "hands"),
        ("hands_small", 4, "hands"),
        ("small_shop", 3, "hands"),
        ("soft_limit", 21 * 60, "limits"),
        ("hard_limit", 9 * 60, "limits"),
        ("totals", 11, "told"),
        ("counted", 4, "no value"),
        ("block", 3, "no value"),
        ("founders", 2, "settled"),
        ("step", 7, "no value"),
        ("happiness", 3, "no number"),
    ],
)
def test_nobody_can_vote_the_shop_into_what_can_t_work(five, number, after, code):
    gather(five)
    before = NUMBERS[number].values[0] if number == "founders" else getattr(five.state.charter, number, 0)
    about = CharterChange(number, before, after)
    assert five.refused(OpenRound("Shall we?", "counts", "", REVIEW, change=about)) == code


def test_what_the_kiosk_offers_can_be_voted(five):
    for number in NUMBERS:
        for after in sensible(number, five.state):
            assert unfit(change(five, number, after), five.state) is None
    assert sensible("founders", five.state) == ()
    assert sensible("hands", five.state) == (2, 4, 5)


def test_values_are_said_with_their_units():
    assert value_words("soft_limit", 600) == "10 h"
    assert value_words("undo", 300) == "5 min"
    assert value_words("guard", 10) == "10 seconds"
    assert value_words("hands", 1) == "1 badge"
    assert value_words("ceiling", 500_00) == "€ 500.00"
    assert value_words("throne", 50) == "50 %"
    assert value_words("floor", 3) == "one in 3"
    assert value_words("unlikely", 20) == "once in 20 times"
    assert value_words("waits", 3) == "3 Fridays"


# --- it holds at once -------------------------------------------------------------------------------------


def hold(shop, number, after):
    gather(shop)
    decision = carried(shop, number, after)
    shop.done(CloseCircle())
    shop.done(ChangeCharter(decision, BADGES))


def test_shorter_steps_and_longer_swaps_hold_at_once(five):
    assert five.refused(Swap(ADA, (BEN,), 20, "repair")) == "amount"
    hold(five, "step", 20)
    five.done(Swap(ADA, (BEN,), 20, "repair"))
    assert five.refused(Swap(ADA, (BEN,), 13 * 60, "repair")) == "amount"
    hold(five, "longest", 13 * 60)
    five.wait(60)
    five.done(Swap(ADA, (BEN,), 13 * 60, "repair"))


def test_a_larger_part_has_to_vote_at_once(five):
    hold(five, "quorum", 100)
    gather(five)
    five.done(OpenRound("Longer breaks?", "counts", "", REVIEW))
    assert five.done(CloseRound(Counts(4, 0, 0))).event.outcome == "too few"


def test_a_longer_streak_is_told_later(five):
    """Also in the middle of a block: what is told is of as many rounds as it says."""
    hold(five, "block", 6)
    gather(five)
    for at in range(6):
        five.done(OpenRound("Longer breaks?", "outcome", "", REVIEW))
        five.done(CloseRound(Counts(3, 1, 0)))
        assert five.state.dissent.hidden == (at + 1) % 6


# --- properties -------------------------------------------------------------------------------------------

CHANGES = st.tuples(
    st.sampled_from(sorted(NUMBERS)),
    st.integers(0, 40) | st.sampled_from((60, 600, 900, 100_00)),
    st.sampled_from((YES, ALL, Counts(1, 4, 0), Counts(2, 2, 1), Counts(1, 0, 0))),
    st.lists(st.sampled_from((*BADGES, BadgeHash("nobody's"))), max_size=4),
)


@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(asked=st.lists(CHANGES, max_size=8))
def test_a_number_only_ever_changes_by_a_carried_vote_and_hands(open_shop, asked):
    shop = open_shop().founded().joined("Dan", "Eva")
    for number, after, counts, hands in asked:
        if shop.state.circle is None:
            gather(shop)
        answer = shop.ask(ask(shop, number, after))
        if not isinstance(answer, Refusal):
            shop.done(CloseRound(counts))
        for decision in (*shop.state.decisions, *shop.state.questions):
            before = shop.state.charter
            needed = shop.state.hands_needed()
            standing = shop.state.decisions.get(decision)
            answer = shop.ask(ChangeCharter(decision, tuple(hands)))
            if isinstance(answer, Refusal):
                assert shop.state.charter is before
                continue
            (event,) = answer
            assert standing is not None
            assert standing.change == event.change
            assert len(set(event.hands)) >= needed
            assert getattr(before, event.change.number) == event.change.before
            assert shop.state.charter == replace(before, **{event.change.number: event.change.after})
            assert all(value in NUMBERS[name].values for name, value in numbers_of(shop.state.charter).items())
    changed = [entry.event for entry in shop.entries if isinstance(entry.event, CharterChanged)]
    assert len({event.decision for event in changed}) == len(changed)
    assert restore(shop.tables) == shop.state == fold(shop.entries)
    assert msgspec.json.encode(shop.state.charter)
